//! Nothing that stands in a file makes the front end panic, and what it builds holds together: every id names something,
//! values refer backwards, spans lie inside the file. Runs on the folders of `BLOCKLINT_CORPUS` where it is set.

mod common;

use blocklint_ir::{Function, Module, RegionKind, Span, ValueId, ValueKind};
use blocklint_python::lower;
use common::{SAMPLES, corpus};

#[test]
fn every_file_lowers_to_a_sound_module() {
    for (path, text) in SAMPLES {
        sound(path, text, &lower(path, text));
    }
    let mut files = 0;
    for file in corpus() {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let path = file.to_string_lossy();
        sound(&path, &text, &lower(&path, &text));
        files += 1;
    }
    println!("{files} corpus files");
}

#[test]
fn every_beginning_of_a_file_lowers_to_a_sound_module() {
    for (path, text) in SAMPLES {
        for end in 0..=text.len() {
            if text.is_char_boundary(end) {
                sound(path, &text[..end], &lower(path, &text[..end]));
            }
        }
    }
    for (index, file) in corpus().into_iter().enumerate().filter(|it| it.0 % 20 == 0) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let cut = text.floor_char_boundary(text.len() * (index % 97) / 97);
        let path = file.to_string_lossy();
        sound(&path, &text[..cut], &lower(&path, &text[..cut]));
        let rest = &text[cut..];
        sound(&path, rest, &lower(&path, rest));
    }
}

#[test]
fn hostile_nesting_is_refused_or_cut_and_never_crashes() {
    let n = 100_000;
    let hostile = [
        "(".repeat(n),
        "[".repeat(n),
        format!("x = {}1{}", "(".repeat(n), ")".repeat(n)),
        format!("x = {}1{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("x = {}1", "-".repeat(n)),
        format!("x = {}1", "not ".repeat(9_000)),
        format!("x = {}1", "lambda: ".repeat(9_000)),
        format!("x = f{}", "()".repeat(9_000)),
        format!("x = f{}", ".a".repeat(n)),
        format!("x = 1{}", " + 1".repeat(9_000)),
        format!("x = {}1", "f'{".repeat(2_000)),
        format!("x = {}1{}", "f'{[".repeat(2_000), "]}'".repeat(2_000)),
        format!("if a:\n{}", "    x = 1\n".repeat(n)),
        (0..900).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "if a:\n"),
        format!("if a: pass\n{}", "elif b: pass\n".repeat(20_000)),
        format!("def f(x: '{}int{}'): pass", "list[".repeat(3_000), "]".repeat(3_000)),
        format!("match x:\n  case {}y{}: pass", "[".repeat(5_000), "]".repeat(5_000)),
        format!("x = {}", "a if b else ".repeat(5_000)),
    ];
    for text in hostile {
        sound("hostile.py", &text, &lower("hostile.py", &text));
    }
}

fn sound(path: &str, text: &str, module: &Module) {
    let inside = |span: Span| span.start <= span.end && span.end as usize <= text.len();
    for function in &module.functions {
        assert!(inside(function.span) && inside(function.name_span), "{path}: {}", function.qualname);
        for (index, value) in function.values.iter().enumerate() {
            let name = &function.qualname;
            assert!(inside(value.span), "{path}: {name} %{index} {:?}", value.span);
            assert!(value.region.index() < function.regions.len(), "{path}: {name} %{index}");
            let backwards = !matches!(value.kind, ValueKind::Choice(_));
            for operand in value.kind.operands() {
                assert!(operand.index() < function.values.len(), "{path}: {name} %{index}");
                assert!(!backwards || operand.index() < index, "{path}: {name} %{index} refers forwards");
            }
            if let ValueKind::Function(id) = value.kind {
                assert!(id.index() < module.functions.len());
            }
        }
        regions(path, function);
    }
    for type_def in &module.types {
        for field in &type_def.fields {
            for place in &field.values {
                let function = module.function(place.function);
                assert!(place.value.index() < function.values.len(), "{path}: {}", type_def.qualname);
            }
        }
    }
}

fn regions(path: &str, function: &Function) {
    for (index, region) in function.regions.iter().enumerate() {
        assert!(region.parent.is_none_or(|it| it.index() < index), "{path}: region {index}");
        let values: Vec<ValueId> = match &region.kind {
            RegionKind::When { test, .. } => vec![*test],
            RegionKind::Match { subject, .. } => vec![*subject],
            RegionKind::Handler { catches, .. } => catches.clone(),
            RegionKind::Held { context } => vec![*context],
            RegionKind::Body
            | RegionKind::Loop
            | RegionKind::Try
            | RegionKind::Finally
            | RegionKind::Script
            | RegionKind::Leaving
            | RegionKind::Completed { .. } => Vec::new(),
        };
        assert!(values.iter().all(|it| it.index() < function.values.len()), "{path}: region {index}");
    }
    let results = function.returns.iter().chain(&function.yields).chain(&function.discarded);
    assert!(results.into_iter().all(|it| it.index() < function.values.len()), "{path}: {}", function.qualname);
}
