//! The rules' pages as a small site: plain HTML, one style, a search over codes and names, and no network when it is looked at.

use anyhow::Result;
use blocklint::{Rule, Rules};
use pulldown_cmark::{Options, Parser, html};
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
        fs::write(folder.join(format!("{}.html", rule.name)), page(rule))?;
    }
    fs::write(folder.join("index.html"), index(&rules))?;
    println!("wrote {} pages to {}", rules.iter().count(), folder.display());
    Ok(())
}

fn page(rule: &Rule) -> String {
    let languages: Vec<&str> = rule.languages.iter().map(|it| it.name()).collect();
    let severity = rule.severity;
    let mut body = format!(
        "<nav><a href=\"index.html\">All rules</a></nav>\n<p class=\"facts\"><code>{}</code> \
         <span class=\"{severity}\">{severity}</span> {} · since {}</p>\n",
        rule.code,
        languages.join(", "),
        escape(&rule.since)
    );
    html::push_html(&mut body, Parser::new_ext(&rule.page, Options::ENABLE_TABLES));
    document(&format!("{} {}", rule.code, rule.name), &body)
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
            escape(&rule.summary)
        );
    }
    let _ =
        write!(body, "</tbody>\n</table>\n<p id=\"none\" hidden>No rule has this.</p>\n<script>\n{SEARCH}</script>\n");
    document("blocklint: the rules", &body)
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n<main>\n{body}</main>\n</html>\n",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
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
            assert!(page(rule).contains("<h2>Examples</h2>"), "{}", rule.code);
        }
    }

    #[test]
    fn nothing_is_fetched_when_a_page_is_looked_at() {
        for rule in &Rules::builtin().unwrap() {
            let page = page(rule);
            assert!(!page.contains("src=\"http") && !page.contains("<link"), "{}", rule.code);
        }
    }
}
