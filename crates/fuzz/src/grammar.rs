//! Programs from bytes: each byte chooses how a grammar goes on. Most of what comes out is valid and about itself, so that names resolve,
//! types flow and calls lead somewhere.
//!
//! A line of a grammar is a name and one thing that the name may become; the first of a name's lines must come to an end, and is taken when
//! the bytes are used up. In it `<name>` stands for what the name becomes, `\n` begins a line, `\>` and `\<` begin and end a block,
//! `\f` ends a file.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) static PYTHON: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(include_str!("../grammars/python.txt")));
pub(crate) static RUST: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(include_str!("../grammars/rust.txt")));

/// Longer programs show nothing that shorter ones do not.
const LONGEST: usize = 1 << 14;

/// What a name may become.
type Choices = Vec<Vec<Piece>>;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Name(String),
    Line,
    Begin,
    End,
}

#[derive(Debug)]
pub(crate) struct Grammar(HashMap<String, Choices>);

impl Grammar {
    fn new(text: &str) -> Self {
        let mut rules: HashMap<String, Choices> = HashMap::new();
        for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            let (name, choice) = line.split_once(' ').unwrap_or((line, ""));
            rules.entry(name.to_owned()).or_default().push(pieces(choice.trim_start()));
        }
        let named = rules.values().flatten().flatten().filter_map(|it| match it {
            Piece::Name(name) => Some(name),
            _ => None,
        });
        named.for_each(|it| assert!(rules.contains_key(it), "a grammar does not say what <{it}> is"));
        Self(rules)
    }

    /// The program that these bytes choose.
    pub(crate) fn text(&self, choices: &[u8]) -> String {
        let mut out = String::new();
        let (mut choices, mut indent) = (choices.iter(), 0_usize);
        let start = Piece::Name("start".to_owned());
        let mut open = vec![&start];
        while let Some(piece) = open.pop() {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Line => out.extend(std::iter::once("\n").chain(std::iter::repeat_n("    ", indent))),
                Piece::Begin => indent += 1,
                Piece::End => indent = indent.saturating_sub(1),
                Piece::Name(name) => {
                    let all = &self.0[name];
                    let chosen =
                        choices.next().filter(|_| out.len() < LONGEST).map_or(0, |it| usize::from(*it) % all.len());
                    open.extend(all[chosen].iter().rev());
                }
            }
        }
        out
    }
}

fn pieces(choice: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = choice;
    while let Some(first) = rest.chars().next() {
        let inside = rest.strip_prefix('<').and_then(|it| it.split_once('>'));
        let name = inside.filter(|it| !it.0.is_empty() && it.0.bytes().all(|it| it.is_ascii_lowercase()));
        if let Some((name, after)) = name {
            out.push(Piece::Name(name.to_owned()));
            rest = after;
            continue;
        }
        let known = [
            ("\\n", Piece::Line),
            ("\\>", Piece::Begin),
            ("\\<", Piece::End),
            ("\\f", Piece::Text("\u{c}".to_owned())),
        ];
        if let Some((word, piece)) = known.into_iter().find(|it| rest.starts_with(it.0)) {
            out.push(piece);
            rest = &rest[word.len()..];
            continue;
        }
        match out.last_mut() {
            Some(Piece::Text(text)) => text.push(first),
            _ => out.push(Piece::Text(first.to_string())),
        }
        rest = &rest[first.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_choose_and_the_first_choice_ends() {
        let grammar = Grammar::new("start if <e>:\\>\\n<s>\\<\\nend\n# a remark\ns pass\ns <e>\\n<s>\ne x\ne f(<e>)\n");
        assert_eq!(grammar.text(&[]), "if x:\n    pass\nend");
        assert_eq!(grammar.text(&[0, 1, 0, 1, 1, 1]), "if f(x):\n    f(f(x))\n    pass\nend");
    }

    /// What the front ends call an error is no program; a grammar that makes none would be of no use.
    #[test]
    fn most_programs_are_valid() {
        for (grammar, name) in [(&*PYTHON, "a.py"), (&*RUST, "src/lib.rs")] {
            let (mut valid, mut state) = (0, 1_u32);
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            for _ in 0..100 {
                let choices: Vec<u8> = (0..400).map(|_| next()).collect();
                let text = grammar.text(&choices);
                let first = text.split('\u{c}').next().unwrap_or_default();
                let analysis = blocklint::check_sources(&[(name, first)], &crate::hold::EVERYTHING);
                valid += usize::from(analysis.errors.is_empty());
            }
            assert!(valid >= 80, "only {valid} of 100 programs in {name} are valid");
        }
    }
}
