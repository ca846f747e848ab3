//! In what a Python call may stand.

use super::super::program::Shape;
use super::Writer;

/// One line.
pub(super) struct Written {
    pub text: String,
    /// The comment at its end.
    pub note: String,
    pub is_expression: bool,
    pub awaits: bool,
}

pub(super) fn expression(text: String, awaits: bool) -> Written {
    let text = if awaits { format!("await {text}") } else { text };
    Written { text, note: String::new(), is_expression: true, awaits }
}

pub(super) fn statement(text: String) -> Written {
    Written { text, note: String::new(), is_expression: false, awaits: false }
}

impl Writer<'_> {
    /// Writes a line inside something that runs it once and at once, if the line can stand there.
    pub(super) fn shaped(&mut self, shape: Shape, line: &Written, here: usize) {
        let in_async = self.program.functions[here].is_async;
        let Written { text, note, .. } = line;
        // Beyond these, and where a line cannot stand in the shape, it stands alone.
        let number = shape.0 % 52;
        if line.is_expression && self.expression(number, line) {
            return;
        }
        let body = format!("{text}{note}");
        let around = match number {
            10 => ["for _ in (1,):", ""],
            11 => ["while True:", "    break"],
            12 => ["try:\n    pass\nfinally:", ""],
            13 => ["try:\n    raise ValueError\nexcept ValueError:", ""],
            14 => ["with contextlib.nullcontext():", ""],
            15 => ["match 1:\n  case 1:", ""],
            16 if !line.awaits => ["def inner():", "inner()"],
            17 if !line.awaits => ["def inner():", "{\"key\": inner}[\"key\"]()"],
            18 if !line.awaits => ["def inner():", "functools.partial(inner)()"],
            19 if !line.awaits => ["@traced\ndef inner():", "inner()"],
            20 if !line.awaits => ["def inner():", "    yield\nfor _ in inner(): pass"],
            21 if in_async => ["async def inner():", "await inner()"],
            22 if in_async => ["async def inner():", "await asyncio.gather(inner())"],
            23 if !line.awaits => ["@contextlib.contextmanager\ndef inner():", "    yield\nwith inner(): pass"],
            24 if !line.awaits => ["def inner():", "kept = inner\nkept()"],
            25 if !line.awaits => ["def inner():", "def outer():\n    return inner\nouter()()"],
            _ => return self.lines.add(&body),
        };
        around[0].lines().for_each(|it| self.lines.add(it));
        self.lines.add(&format!("    {body}"));
        around[1].lines().for_each(|it| self.lines.add(it));
    }

    /// Writes an expression inside another one.
    fn expression(&mut self, number: u8, line: &Written) -> bool {
        let it = &line.text;
        let around = match number {
            1 => format!("same({it})"),
            2 => format!("[{it} for _ in (1,)]"),
            3 => format!("None or {it}"),
            4 => format!("({it}) if True else None"),
            5 => format!("kept = [{it}]"),
            6 => format!("str({it})"),
            7 if !line.awaits => format!("(lambda: {it})()"),
            8 if !line.awaits => format!("max((1,), key=lambda _: {it})"),
            9 if !line.awaits => format!("list(map(lambda _: {it}, (1,)))"),
            _ => return false,
        };
        self.lines.add(&format!("{around}{}", line.note));
        true
    }
}
