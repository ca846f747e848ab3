//! In what a Rust call may stand.

use super::super::program::Shape;
use super::Writer;

/// One expression.
pub(super) struct Written {
    pub text: String,
    /// The comment behind it.
    pub note: String,
    pub awaits: bool,
}

pub(super) fn expression(text: String) -> Written {
    Written { text, note: String::new(), awaits: false }
}

/// A future that may hold itself has to lie elsewhere.
pub(super) fn awaited(call: &str, boxed: bool) -> Written {
    let text = if boxed { format!("Box::pin({call}).await") } else { format!("{call}.await") };
    Written { text, note: String::new(), awaits: true }
}

impl Writer<'_> {
    /// Writes an expression inside something that runs it once and at once, if it can stand there.
    pub(super) fn shaped(&mut self, shape: Shape, it: &Written, here: usize) {
        let in_async = self.program.functions[here].is_async;
        let Written { text, note, awaits } = it;
        let line = match shape.0 % 40 {
            1 => format!("same({text});"),
            2 => format!("for _ in 0..1 {{ {text}; }}"),
            3 => format!("loop {{ {text}; break; }}"),
            4 => format!("while let Some(_) = Some(1) {{ {text}; break; }}"),
            5 => format!("match 1 {{ 1 => {{ {text}; }} _ => {{}} }}"),
            6 => format!("let _ = {{ {text} }};"),
            7 => format!("let _ = ({text}, 1);"),
            8 => format!("vec![{text}].len();"),
            9 => format!("assert!({{ {text}; true }});"),
            10 => format!("if {{ {text}; true }} {{}}"),
            11 if !awaits => format!("(|| {{ {text}; }})();"),
            12 if !awaits => format!("let inner = || {{ {text}; }}; inner();"),
            13 if !awaits => format!("let inner: Box<dyn Fn() + '_> = Box::new(|| {{ {text}; }}); inner();"),
            14 if !awaits => format!("[1].iter().for_each(|_| {{ {text}; }});"),
            15 if !awaits => format!("Some(1).map(|_| {{ {text}; }});"),
            16 if in_async => format!("async {{ {text}; }}.await;"),
            17 if in_async => format!("tokio::join!(async {{ {text}; }});"),
            18 if in_async => format!("tokio::select! {{ _ = async {{ {text}; }} => {{}} }}"),
            19 if in_async => format!("let inner = async || {{ {text}; }}; inner().await;"),
            // Beyond these, and where it cannot stand in the shape, it stands alone.
            _ => format!("{text};"),
        };
        self.lines.add(&format!("{line}{note}"));
    }
}
