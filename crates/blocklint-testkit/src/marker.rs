//! Markers at the end of a line, or alone above it, and the names in them.

/// What must be found on one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marker {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The functions from the asynchronous entry down, then the API.
    pub names: Vec<String>,
    /// The severity, when it matters.
    pub severity: Option<String>,
    /// The code, when it matters.
    pub code: Option<String>,
    /// Why the finding is known to be missed.
    pub todo: Option<String>,
}

/// Every marker in a file's text.
pub fn markers(file: &str, text: &str) -> Result<Vec<Marker>, String> {
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let Some(body) = comment(line, "hazard") else { continue };
        let marker = parse(body).map_err(|reason| format!("{file}:{}: {reason}: `{}`", at + 1, line.trim()))?;
        let alone = line.trim_start().starts_with(['#', '/']);
        out.push(Marker { file: file.to_owned(), line: at + 1 + usize::from(alone), ..marker });
    }
    Ok(out)
}

/// What follows `word` in a comment on this line.
fn comment<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    ["# ", "// "].iter().find_map(|mark| line.split_once(&format!("{mark}{word}"))).map(|it| it.1)
}

fn parse(mut body: &str) -> Result<Marker, String> {
    let (mut severity, mut code) = (None, None);
    let names = loop {
        let (slot, close) = match body.chars().next() {
            Some('(') => (&mut severity, ')'),
            Some('[') => (&mut code, ']'),
            Some(':') => break &body[1..],
            _ => return Err("a marker reads `hazard: entry > function > api`".to_owned()),
        };
        let (inside, rest) = body[1..].split_once(close).ok_or_else(|| format!("missing `{close}`"))?;
        *slot = Some(inside.trim().to_owned());
        body = rest;
    };
    if let Some(other) = severity.as_deref().filter(|it| !["note", "warning", "error"].contains(it)) {
        return Err(format!("unknown severity `{other}`"));
    }
    let todo = comment(names, "todo:").map(|it| it.trim().to_owned());
    if todo.as_deref() == Some("") {
        return Err("a `todo:` says why".to_owned());
    }
    let names = names.split(" # todo:").next().unwrap_or(names).split(" // todo:").next().unwrap_or(names);
    let names: Vec<String> = names.split(" > ").map(|it| it.trim().to_owned()).collect();
    if names.iter().any(String::is_empty) {
        return Err("a marker names the functions and the api".to_owned());
    }
    Ok(Marker { file: String::new(), line: 0, names, severity, code, todo })
}

/// The last segment of a path: `get` of `requests.get`, `method` of `<Type as Trait>::method`, `inner` of `outer.<locals>.inner`.
pub fn last_name(path: &str) -> &str {
    let path = path.trim_end_matches("()");
    let after_colons = path.rsplit_once("::").map_or(path, |it| it.1);
    after_colons.rsplit_once('.').map_or(after_colons, |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_names_the_way() {
        let found = markers("a.py", "x\nf()  # hazard(note)[BL104]: h > f > sqlite3.connect  # todo: not yet").unwrap();
        let expected = Marker {
            file: "a.py".to_owned(),
            line: 2,
            names: ["h", "f", "sqlite3.connect"].map(str::to_owned).to_vec(),
            severity: Some("note".to_owned()),
            code: Some("BL104".to_owned()),
            todo: Some("not yet".to_owned()),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_marker_alone_speaks_for_the_line_below() {
        let found = markers("a.py", "    # hazard: h > f\n    f()\n").unwrap();
        assert_eq!((found[0].line, found[0].names.len()), (2, 2));
    }

    #[test]
    fn a_marker_that_cannot_be_read_is_an_error() {
        for line in ["f()  # hazard h > f", "f()  # hazard(bad): h > f", "f()  // hazard:", "f()  # hazard: a  # todo:"]
        {
            assert!(markers("a.py", line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_last_name_of_a_path() {
        let paths = ["requests.get", "<A as B>::run", "outer.<locals>.inner", "f", "std::thread::sleep"];
        assert_eq!(paths.map(last_name), ["get", "run", "inner", "f", "sleep"]);
    }
}
