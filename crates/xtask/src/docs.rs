//! The rules' pages as a small site: plain HTML, one style, a search over codes and names, and no network when it is looked at.

use anyhow::Result;
use blocklint::{Rule, Rules};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const STYLE: &str = include_str!("docs/style.css");
const SEARCH: &str = include_str!("docs/search.js");

/// Writes `target/docs`: a page for each rule and an index. `docs-url` in a configuration points to where it is served.
pub(crate) fn run(root: &Path) -> Result<()> {
    let folder = root.join("target/docs");
    fs::create_dir_all(&folder)?;
    let rules = Rules::builtin()?;
    for rule in &rules {
        fs::write(folder.join(format!("{}.html", rule.name)), page(rule, &rules))?;
    }
    fs::write(folder.join("index.html"), index(&rules))?;
    println!("wrote {} pages to {}", rules.iter().count(), folder.display());
    Ok(())
}

fn page(rule: &Rule, rules: &Rules) -> String {
    let languages: Vec<&str> = rule.languages.iter().map(|it| it.name()).collect();
    let severity = rule.severity;
    let mut body = format!(
        "<nav><a href=\"index.html\">All rules</a></nav>\n<p class=\"facts\"><code>{}</code> <code>{}</code> \
         <span class=\"{severity}\">{severity}</span> · {} · since {}</p>\n",
        rule.code,
        rule.name,
        languages.join(", "),
        escape(&rule.since)
    );
    body.push_str(&rendered(&rule.page, rules));
    body.push_str(
        "<p class=\"facts\">The examples are run as tests: what is marked is reported, and everything else is silent.</p>\n",
    );
    body.push_str(&ways(rule, rules));
    document(&format!("{} {}", rule.code, rule.name), &body)
}

/// Markdown with links to the rules that it names, and with the reported lines of examples marked.
fn rendered(text: &str, rules: &Rules) -> String {
    let mut in_code = false;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        match event {
            Event::Code(name) if rules.rule(&name).is_some_and(|it| it.name == *name) => {
                Event::InlineHtml(format!("<a href=\"{name}.html\"><code>{name}</code></a>").into())
            }
            Event::Text(code) if in_code => Event::Html(marked(&code).into()),
            other => other,
        }
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// The lines that an example's own test expects a finding on.
fn marked(code: &str) -> String {
    let line = |it: &str| {
        let text = escape(it.trim_end_matches('\n'));
        let end = if it.ends_with('\n') { "\n" } else { "" };
        let hazard = ["# hazard", "// hazard"].iter().any(|marker| it.contains(marker));
        if hazard { format!("<mark>{text}</mark>{end}") } else { text + end }
    };
    code.split_inclusive('\n').map(line).collect()
}

/// The rules before and after.
fn ways(rule: &Rule, rules: &Rules) -> String {
    let all: Vec<&Rule> = rules.iter().collect();
    let at = all.iter().position(|it| it.code == rule.code).unwrap_or(0);
    let link = |it: Option<&&Rule>, arrow: [&str; 2]| {
        it.map_or_else(
            || "<span></span>".to_owned(),
            |it| format!("<a href=\"{}.html\">{}{} {}{}</a>", it.name, arrow[0], it.code, it.name, arrow[1]),
        )
    };
    let before = link(at.checked_sub(1).and_then(|it| all.get(it)), ["← ", ""]);
    format!("<nav class=\"ways\">{before}{}</nav>\n", link(all.get(at + 1), ["", " →"]))
}

fn index(rules: &Rules) -> String {
    let mut body = String::from(
        "<h1>blocklint: the rules</h1>\n<p><input id=\"search\" type=\"search\" placeholder=\"Code, name or word\" \
         aria-label=\"Search the rules\" autofocus></p>\n<table>\n<thead><tr><th>Code<th>Rule<th>Severity<th>What it finds</tr></thead>\n<tbody>\n",
    );
    for rule in rules {
        let _ = writeln!(
            body,
            "<tr><td><code>{}</code><td><a href=\"{1}.html\">{1}</a><td><span class=\"{2}\">{2}</span><td>{3}</tr>",
            rule.code,
            rule.name,
            rule.severity,
            inline(&rule.summary, rules)
        );
    }
    let _ =
        write!(body, "</tbody>\n</table>\n<p id=\"none\" hidden>No rule has this.</p>\n<script>\n{SEARCH}</script>\n");
    document("blocklint: the rules", &body)
}

/// One sentence of Markdown without a paragraph around it.
fn inline(text: &str, rules: &Rules) -> String {
    rendered(text, rules).trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n<main>\n{body}</main>\n</html>\n",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_leads_to_every_page() {
        let rules = Rules::builtin().unwrap();
        let index = index(&rules);
        for rule in &rules {
            assert!(index.contains(&format!("href=\"{}.html\"", rule.name)), "{}", rule.code);
            assert!(page(rule, &rules).contains("<h2>Examples</h2>"), "{}", rule.code);
        }
    }

    #[test]
    fn nothing_is_fetched_when_a_page_is_looked_at() {
        let rules = Rules::builtin().unwrap();
        for rule in &rules {
            let page = page(rule, &rules);
            assert!(!page.contains("src=\"http") && !page.contains("<link"), "{}", rule.code);
        }
    }

    #[test]
    fn reported_lines_are_marked_and_rules_are_links() {
        let rules = Rules::builtin().unwrap();
        let html = rendered("See `blocking-sleep`.\n\n```py\na < b\nf()  # hazard: g > f\n```\n", &rules);
        assert!(html.contains("<a href=\"blocking-sleep.html\"><code>blocking-sleep</code></a>"), "{html}");
        assert!(html.contains("a &lt; b\n<mark>f()  # hazard: g &gt; f</mark>\n"), "{html}");
        assert!(inline("a `poll` blocks", &rules).starts_with("a <code>"));
    }
}
