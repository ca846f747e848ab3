//! The answer for a person.

use super::words;
use crate::cli::shown::{Asked, Shown};
use blocklint_engine::detect::does;
use blocklint_engine::explain::{Because, Blocks, Fate, FunctionAnswer, Lead, Library, Runs, Site, Told, Why};
use blocklint_engine::finding::{Confidence, Domain, Place};
use blocklint_report::{Style, verb, visible, wrapped};

/// The whole answer.
pub(super) fn text(answer: &Why, asked: &Asked, shown: &Shown<'_>, style: &Style) -> String {
    let mut out = Out { text: String::new(), shown, style };
    let line = Place { file: asked.file.as_str().into(), span: asked.line };
    let [(number, _), _] = shown.range(&line);
    let head = format!("{}:{number}", shown.file(&line));
    out.line(0, &format!("{}  {}", out.paint(&head, "1"), shown.text(&line)));
    for function in &answer.functions {
        out.function(function);
    }
    let defines =
        answer.functions.iter().any(|it| line.file == it.place.file && line.span.contains(it.place.span.start));
    if !defines && answer.functions.iter().all(|it| it.sites.is_empty()) {
        out.blank();
        out.line(0, "Nothing on this line calls anything, or reads what could run code.");
    }
    out.findings(&answer.told);
    out.text
}

struct Out<'o> {
    text: String,
    shown: &'o Shown<'o>,
    style: &'o Style,
}

impl Out<'_> {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.style.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A sentence, wrapped; what follows is indented further.
    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&wrapped(text, self.style.width, (indent, indent + 2)));
        self.text.push('\n');
    }

    fn function(&mut self, it: &FunctionAnswer) {
        self.blank();
        let asynchronous = if it.asynchronous { " (asynchronous)" } else { "" };
        let name = self.paint(&visible(&it.name), "1");
        self.line(0, &format!("In {name}{asynchronous}, defined at {}:", self.shown.at(&it.place)));
        for runs in &it.runs {
            self.runs(runs, &it.name);
        }
        for site in &it.sites {
            self.site(site);
        }
    }

    fn runs(&mut self, it: &Runs, function: &str) {
        let more = match it.entries {
            0 | 1 => String::new(),
            2 => ", and 1 more such function leads to it".to_owned(),
            more => format!(", and {} more such functions lead to it", more - 1),
        };
        let runs = match it.because {
            Because::Promise | Because::Accessor => format!("may run on {}", words::thread(Domain::Loop)),
            _ => format!("runs on {}", words::thread(it.domain)),
        };
        let runs = self.paint(&runs, "36");
        self.line(2, &format!("{runs}: {}{more}", words::because(it, self.shown)));
        for (at, step) in it.route.iter().enumerate() {
            let place = self.shown.at(&step.place);
            let next = it.route.get(at + 1).map_or(function, |it| &it.function);
            let what = format!("{} {} {next}", step.function, verb(step.via.name()));
            self.line(4, &format!("{place}  {}", visible(&what)));
        }
    }

    fn site(&mut self, it: &Site) {
        self.blank();
        let code = self.paint(&self.shown.text(&it.place), "1");
        let awaited = if it.awaited { ", awaited" } else { "" };
        let [(line, column), _] = self.shown.range(&it.place);
        self.line(2, &format!("{code}  ({line}:{column}{awaited})"));
        // What blocks says by itself that it is guarded.
        let said = it.leads.iter().any(|it| matches!(it, Lead::Library(Library { blocks: Some(_), .. })));
        if let Some(guard) = it.guard.as_ref().filter(|_| !said) {
            self.line(4, &words::guarded(guard, self.shown));
        }
        for lead in &it.leads {
            self.lead(lead);
        }
        if !it.stopped.is_empty() {
            self.line(4, "leads nowhere that is known, because the type of something is not:");
        }
        for stop in &it.stopped {
            let (code, place) = (self.shown.text(&stop.place), self.shown.at(&stop.place));
            self.line(6, &format!("`{code}` at {place}: {}", stop.gap));
        }
    }

    fn lead(&mut self, lead: &Lead) {
        match lead {
            Lead::Function { name, place, via, confidence, below, .. } => {
                let sure = if *confidence == Confidence::Possible { ", as far as its name alone tells" } else { "" };
                let runs = verb(via.name());
                self.line(4, &format!("{runs} {} ({}){sure}", visible(name), self.shown.at(place)));
                if below.is_empty() {
                    self.line(6, "nothing that blocks is known below it");
                }
                for blocks in below {
                    self.below(blocks);
                }
            }
            Lead::Coroutine { name, place, findings } => {
                let place = self.shown.at(place);
                self.line(
                    4,
                    &format!("makes a coroutine of {} ({place}), which is an entry of its own", visible(name)),
                );
                let found = if findings.is_empty() { "nothing".to_owned() } else { findings.join(", ") };
                self.line(6, &format!("found from there on: {found}"));
            }
            Lead::HandedOver { name, place, runs } => {
                let thread = words::thread(*runs);
                self.line(4, &format!("hands {} ({}) over, to run on {thread}", visible(name), self.shown.at(place)));
            }
            Lead::Library(it) => self.library(it),
            Lead::Type(name) => self.line(4, &format!("makes a {}, which runs no code of its own", visible(name))),
            Lead::Parameter { name, asynchronous } => {
                let runs = if *asynchronous {
                    "an asynchronous function, as a test says, which is an entry of its own"
                } else {
                    "what each caller passes runs here"
                };
                self.line(4, &format!("calls its parameter `{}`: {runs}", visible(name)));
            }
            Lead::NotHere { name, place, why } => {
                self.line(4, &format!("does not run {} ({}) here: {why}", visible(name), self.shown.at(place)));
            }
        }
    }

    fn library(&mut self, it: &Library) {
        let path = visible(&it.path).into_owned();
        // What is known of a method whoever has it.
        if let Some(name) =
            path.strip_prefix('_').map(|it| it.trim_start_matches([':', '.'])).filter(|_| it.blocks.is_none())
        {
            return self.line(4, &format!("calls `{name}` of something: whatever it is of, it is not one that blocks"));
        }
        match &it.blocks {
            Some(blocks) => {
                self.line(4, &format!("calls `{path}`, which {}", does(blocks.effect)));
                if let Some(source) = &it.source {
                    self.line(6, &format!("known from {source}"));
                }
                let verdict = words::verdict(blocks, self.shown);
                self.line(6, &self.paint(&verdict, "33"));
            }
            None if it.known => self.line(4, &format!("calls `{path}`, which is known and not one that blocks")),
            None if !it.bound => {
                self.line(4, &format!("calls `{path}`, which nothing in the checked sources binds and no table knows"));
            }
            None => self.line(4, &format!("calls `{path}`, of which no table knows anything")),
        }
    }

    fn below(&mut self, it: &Blocks) {
        let functions: Vec<&str> = it.chain.iter().map(|it| &*it.function).collect();
        let way = functions.join(" > ");
        let place = self.shown.at(&it.place);
        self.line(6, &visible(&format!("`{}` {} at {place}, by way of {way}", it.api, does(it.effect))));
        let verdict = words::verdict(it, self.shown);
        self.line(8, &self.paint(&verdict, "33"));
    }

    fn findings(&mut self, told: &[Told]) {
        self.blank();
        if told.is_empty() {
            self.line(0, "No finding passes this line.");
            return;
        }
        self.line(0, "Findings that pass this line:");
        for it in told {
            let finding = &it.finding;
            let head = self.paint(&format!("{}[{} {}]", finding.severity, finding.code, finding.rule), "1");
            let place = self.shown.at(&finding.place);
            self.line(2, &format!("{head} {place}: {}", visible(&finding.message)));
            if it.fate != Fate::Reported {
                self.line(4, &words::fate(&finding.code, &it.fate, self.shown));
            }
        }
    }
}
