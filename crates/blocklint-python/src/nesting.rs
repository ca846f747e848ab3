//! How deep a text nests, judged before it is parsed: a syntax tree is walked and freed by recursion, so a hostile text could
//! overflow the stack. It reads characters, not grammar, and errs on the deep side.

/// An upper bound (within a small factor) of the depth of the syntax tree of `text`.
pub(crate) fn depth(text: &str) -> usize {
    scan(text, 2)
}

/// `strings`: how many levels of interpolated strings are looked into.
fn scan(text: &str, strings: usize) -> usize {
    let bytes = text.as_bytes();
    let mut scan = Scan { text, bytes, at: 0, open: Vec::new(), chain: 0, total: 0, indent: 0, deepest: 0 };
    scan.run(strings);
    scan.deepest
}

/// The bytes of names, keywords and numbers.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80 || byte == b'_' as usize || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The operator chains around each open bracket.
    open: Vec<usize>,
    /// The operators since the last comma, bracket or line at this level.
    chain: usize,
    /// Everything open at this place.
    total: usize,
    indent: usize,
    deepest: usize,
}

impl Scan<'_> {
    fn run(&mut self, strings: usize) {
        self.line_start();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'#' => self.at = self.find('\n'),
                b'"' | b'\'' => self.string(false, strings),
                b'(' | b'[' | b'{' => {
                    self.at += 1;
                    self.open.push(self.chain);
                    self.chain = 0;
                    self.grow();
                }
                b')' | b']' | b'}' => {
                    self.at += 1;
                    self.total -= self.chain;
                    self.chain = 0;
                    if let Some(chain) = self.open.pop() {
                        self.total -= 1;
                        self.chain = chain;
                        self.link();
                    }
                }
                b',' | b';' => {
                    self.at += 1;
                    self.cut();
                }
                b'\n' => {
                    self.at += 1;
                    if self.open.is_empty() {
                        self.cut();
                        self.line_start();
                    }
                }
                b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'=' => {
                    self.at += 1;
                    self.link();
                }
                _ if WORD[byte as usize] => self.word(strings),
                _ => self.at += 1,
            }
        }
    }

    /// The next place of an ASCII character, or the end. Only called behind another ASCII character.
    fn find(&self, character: char) -> usize {
        let rest = self.text.get(self.at..).and_then(|it| it.find(character));
        rest.map_or(self.bytes.len(), |it| self.at + it)
    }

    fn line_start(&mut self) {
        let start = self.at;
        self.skip_while(|it| it == b' ' || it == b'\t');
        self.indent = self.at - start;
    }

    fn skip_while(&mut self, mut held: impl FnMut(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|&it| held(it)) {
            self.at += 1;
        }
    }

    fn grow(&mut self) {
        self.total += 1;
        self.deepest = self.deepest.max(self.total + self.indent);
    }

    fn link(&mut self) {
        self.chain += 1;
        self.grow();
    }

    fn cut(&mut self) {
        self.total -= self.chain;
        self.chain = 0;
    }

    fn word(&mut self, strings: usize) {
        let start = self.at;
        self.skip_while(|it| WORD[it as usize]);
        let word = &self.bytes[start..self.at];
        if matches!(self.bytes.get(self.at), Some(b'"' | b'\'')) && word.len() <= 2 {
            let interpolated = word.iter().any(|it| matches!(it, b'f' | b'F' | b't' | b'T'));
            self.string(interpolated, strings);
        } else if matches!(word, b"not" | b"await" | b"lambda" | b"if" | b"else" | b"yield") {
            self.link();
        }
    }

    /// Goes to the first quote or just before it, fast: most of a file's strings are documentation without escapes.
    fn skip_text(&mut self, quote: u8) {
        let end = self.find(char::from(quote));
        if !self.bytes[self.at..end].contains(&b'\\') {
            self.at = end;
        }
    }

    fn string(&mut self, interpolated: bool, strings: usize) {
        let quote = self.bytes[self.at];
        let triple = self.bytes[self.at..].starts_with(&[quote; 3]);
        self.at += if triple { 3 } else { 1 };
        let start = self.at;
        let mut end = self.bytes.len();
        if triple {
            self.skip_text(quote);
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'\\' {
                self.at += 2;
            } else if byte == quote && (!triple || self.bytes[self.at..].starts_with(&[quote; 3])) {
                end = self.at;
                self.at += if triple { 3 } else { 1 };
                break;
            } else if byte == b'\n' && !triple {
                end = self.at;
                break;
            } else {
                self.at += 1;
            }
        }
        self.at = self.at.min(self.bytes.len());
        if interpolated && strings > 0 {
            let inner = self.text.get(start..end).map_or(0, |it| scan(it, strings - 1));
            self.deepest = self.deepest.max(self.total + self.indent + inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn brackets_operators_and_indentation_add_up() {
        assert_eq!(depth("f(x, [y])"), 2);
        assert_eq!(depth("a + b + c"), 2);
        assert_eq!(depth("a + b, c + d"), 1);
        assert_eq!(depth("if x:\n    f(y)\n"), 5);
        assert_eq!(depth("not not not x"), 3);
    }

    #[test]
    fn strings_and_comments_do_not_count() {
        assert_eq!(depth("x # ((((("), 0);
        assert_eq!(depth("'(((((' '''(((\n((' \"\\\"((\""), 0);
        assert_eq!(depth("f'{((x))}'"), 3);
    }

    #[test]
    fn hostile_nesting_is_seen() {
        assert!(depth(&"(".repeat(100_000)) >= 100_000);
        assert!(depth(&"-".repeat(100_000)) >= 100_000);
        assert!(depth(&format!("f{}", "()".repeat(100_000))) >= 100_000);
        assert!(depth(&format!("x = f'{}'", "{[".repeat(100_000))) >= 100_000);
    }
}
