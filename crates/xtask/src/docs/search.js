const field = document.getElementById("search");
const rows = [...document.querySelectorAll("tbody tr")];
const none = document.getElementById("none");
const shown = () => rows.filter((row) => !row.hidden);
function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  none.hidden = shown().length > 0;
}
field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && shown().length === 1) location.href = shown()[0].querySelector("a").href;
});
// `index.html#BL101` asks for a code.
function asked() {
  field.value = decodeURIComponent(location.hash.slice(1));
  search();
}
addEventListener("hashchange", asked);
asked();
