const field = document.getElementById("search");
const rows = [...document.querySelectorAll("tbody tr")];
const none = document.getElementById("none");
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  none.hidden = rows.some((row) => !row.hidden);
});
