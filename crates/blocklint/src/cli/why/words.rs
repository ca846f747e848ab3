//! Sentences that the text and the document share.

use crate::cli::shown::Shown;
use blocklint_engine::explain::{Because, Blocks, Fate, Guarded, Runs, Verdict};
use blocklint_engine::finding::Domain;

/// Which thread, as in "runs on …".
pub(super) fn thread(domain: Domain) -> &'static str {
    match domain {
        Domain::Loop => "the event loop's thread",
        Domain::Worker => "a worker thread",
        Domain::Main => "the main thread",
        Domain::Any => "several threads",
        Domain::Unknown => "no thread that is known",
    }
}

/// Why the first function of the way runs there; `itself` when that is the function that was asked about.
pub(super) fn because(runs: &Runs, shown: &Shown<'_>) -> String {
    let itself = runs.route.first().is_none_or(|_| runs.because == Because::DeadCallers);
    let entry = runs.route.first().filter(|_| !itself).map(|it| it.function.to_string());
    let why = match &runs.because {
        Because::HandedOver(place) => format!("it is handed over to run there, at {}", shown.at(place)),
        other => other.to_string(),
    };
    match entry {
        None => why,
        Some(entry) => format!("`{entry}` leads to it, and {why}"),
    }
}

/// What a check makes of a blocking call.
pub(super) fn verdict(blocks: &Blocks, shown: &Shown<'_>) -> String {
    match &blocks.verdict {
        Verdict::Finding(code, fate) => self::fate(code, fate, shown),
        Verdict::Awaited => "silent: it is awaited or scheduled, so it does not block".to_owned(),
        Verdict::Arguments => "silent: with these arguments it does not block".to_owned(),
        Verdict::Guarded(guard) => format!("silent: {}", guarded(guard, shown)),
        Verdict::Finished => "silent: what it waits for is finished by then".to_owned(),
        Verdict::NotOnLoop => "silent: no event loop was found to run it".to_owned(),
        Verdict::Infeasible => "silent: what callers pass rules out every way to it".to_owned(),
    }
}

/// What became of a finding.
pub(super) fn fate(code: &str, fate: &Fate, shown: &Shown<'_>) -> String {
    match fate {
        Fate::Reported => format!("reported as {code}"),
        Fate::Suppressed(by) if by.is_empty() => format!("{code}, silenced by `per-file-ignores` of the configuration"),
        Fate::Suppressed(by) => {
            let places: Vec<String> = by.iter().map(|it| shown.at(it)).collect();
            format!("{code}, silenced by the comment at {}", places.join(", "))
        }
        Fate::SmallInTest => format!("{code}, not shown: it is small work in test code"),
        Fate::BelowSeverity(severity) => {
            format!("{code}, not shown: it is a {severity}, and only what is worse is asked for")
        }
        Fate::BelowConfidence(confidence) => {
            format!("{code}, not shown: it is only {confidence}, and surer ones are asked for")
        }
        Fate::NotSelected => format!("{code}, not shown: the rule is not selected"),
    }
}

/// What the code around says.
pub(super) fn guarded(guard: &Guarded, shown: &Shown<'_>) -> String {
    match &guard.test {
        Some(test) => format!("`{}` at {} says that no event loop runs here", shown.text(test), shown.at(test)),
        None => "the code around says that no event loop runs here".to_owned(),
    }
}
