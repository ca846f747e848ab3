//! Functions by the names that people write: `load`, `Client.load`, `app.db.Client.load`, `app::db::Client::load`.

use crate::finding::Place;
use crate::link::{FileId, Func, Program};
use blocklint_ir::{Form, FunctionId, Span};

/// Why a name is not the name of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// Several functions have it: their full names and where they stand.
    Ambiguous(Vec<(String, Place)>),
    /// None has it; the nearest one that there is.
    Missing(Option<String>),
}

/// The one function that the name means.
pub(super) fn by_name(program: &Program<'_>, name: &str) -> Result<Func, Unknown> {
    let wanted = plain(name);
    let named: Vec<(Func, String)> = program
        .all_functions()
        .filter(|&it| program.function(it).form == Form::Named)
        .map(|it| (it, plain(&full_name(program, it))))
        .collect();
    let ends = |full: &str| full == wanted || full.strip_suffix(&wanted).is_some_and(|it| it.ends_with('.'));
    let mut found: Vec<Func> = named.iter().filter(|it| ends(&it.1)).map(|it| it.0).collect();
    // The whole name means more than its end.
    for whole in [full_name, |program: &Program<'_>, it| program.function(it).qualname.clone()] {
        let exact: Vec<Func> = found.iter().copied().filter(|&it| plain(&whole(program, it)) == wanted).collect();
        if found.len() > 1 && !exact.is_empty() {
            found = exact;
        }
    }
    match found[..] {
        [one] => Ok(one),
        [] => {
            let last = |it: &Func| plain(&program.function(*it).qualname);
            let known: Vec<String> = named.iter().map(|it| last(&it.0)).collect();
            let short = known.iter().filter_map(|it| it.rsplit('.').next());
            let near = blocklint_catalog::nearest(&wanted, known.iter().map(String::as_str).chain(short));
            Err(Unknown::Missing(near.map(str::to_owned)))
        }
        _ => Err(Unknown::Ambiguous(found.into_iter().map(|it| candidate(program, it)).collect())),
    }
}

/// The innermost function around a line, or the one that begins on it.
pub(super) fn at(program: &Program<'_>, file: &str, line: Span) -> Option<Func> {
    let (id, file) = program.files().find(|it| &*it.1.summary.path == file)?;
    let mut functions = file.summary.module.functions.iter().enumerate().skip(1);
    let begins = functions.find(|it| it.1.form == Form::Named && line.contains(it.1.name_span.start));
    match begins {
        Some((index, _)) => Some(program.func(id, FunctionId::new(index))),
        None => Some(innermost(program, id, line.start)),
    }
}

/// The innermost function around a byte; the top-level code where there is none.
pub(super) fn innermost(program: &Program<'_>, file: FileId, at: u32) -> Func {
    let module = &program.file(file).summary.module;
    let around = module.functions.iter().enumerate().skip(1).filter(|it| it.1.span.contains(at));
    let index = around.min_by_key(|it| it.1.span.end - it.1.span.start).map_or(0, |it| it.0);
    program.func(file, FunctionId::new(index))
}

/// A function's name with its module's, as its language writes it.
pub(super) fn full_name(program: &Program<'_>, func: Func) -> String {
    let file = program.file_of(func);
    let separator = program.language(file).separator();
    [program.module_path(file).as_str(), &program.function(func).qualname].join(separator)
}

fn candidate(program: &Program<'_>, func: Func) -> (String, Place) {
    let file = program.file(program.file_of(func)).summary.path.clone();
    (full_name(program, func), Place { file, span: program.function(func).name_span })
}

/// The same for both languages, and `<Type as Trait>::method` as the method of the type.
fn plain(name: &str) -> String {
    let name = name.replace("::", ".");
    match (name.find('<'), name.find(" as "), name.find('>')) {
        (Some(open), Some(by), Some(close)) if open < by && by < close => {
            [&name[..open], &name[open + 1..by], &name[close + 1..]].concat()
        }
        _ => name,
    }
}
