//! What each kind of entry says: its keys, its words, its facts. Knows nothing of paths.

use crate::entry::Knowledge;
use crate::error::Error;
use crate::fact::{
    ArgumentRef, Blocking, Bound, Condition, Constant, Decorator, Effect, Expected, Gives, HandOff, OnLoop, OwnRule,
    Receives, Runs, RunsOn, Scale, Subject, Subscription, Triggered,
};
use crate::header::Header;
use crate::section::{Section, number};
use blocklint_ir::Language;
use toml::de::DeValue;

mod words;
use words::{CONTAINS, DECORATES, GUARDS, INHERITS, LOCKS, ON_LOOP, RUNS, SCALES, TRIGGERS, UNITS};

/// The keys of a section that says what a call gives.
const GIVES: &[&str] = &[
    "type",
    "receiver",
    "instance",
    "argument",
    "result-of",
    "each-result-of",
    "element",
    "failure",
    "owner",
    "future-of",
    "future-of-all",
    "as",
    "provided-by",
    "element-of",
    "mapping-of",
    "reader-of",
    "caller-of",
    "entered",
    "asynchronous-of",
    "attribute-of",
    "object-at",
    "python-module",
    "member",
    "registered",
    "member-name",
    "member-text",
    "unless",
    "otherwise",
    "parameters",
    "default",
];

/// The keys that a section of this kind may have besides `path`, `except` and `source`.
pub(crate) fn keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "blocking" => &[
            "effect",
            "scale",
            "bound",
            "unless",
            "only",
            "credential",
            "first-use",
            "on-loop",
            "failure",
            "instead",
            "rule",
        ],
        "hand-off" => &["callable", "runs", "receives", "receives-element-of", "parameter", "unless", "otherwise"],
        "gives" => GIVES,
        "fails" => &["type", "argument", "result-of", "receiver"],
        "is" => &["type"],
        "alias" | "base" => &["is"],
        "guard" => &["tells"],
        "decorator" => &["makes", "unless", "otherwise", "object"],
        "container" => &["contains"],
        "lock" => &["kind"],
        "override" => &["runs"],
        "schedules" => &["loop"],
        "consumes" | "keeps" => &["argument"],
        "keeps-named" => &["in"],
        "runs" => &["what", "receiver", "every", "by"],
        "parses" => &["argument", "position"],
        "subscribes" => &["argument", "to", "implements", "members"],
        "publishes" => &["to"],
        "extracts" => &["by"],
        "inherits" => &["gives"],
        _ => &[],
    }
}

/// The words that a key of an entry may have; empty where it takes others.
pub fn known_words(key: &str) -> Vec<&'static str> {
    fn names<T>(known: &[(&'static str, T)]) -> Vec<&'static str> {
        known.iter().map(|it| it.0).collect()
    }
    match key {
        "effect" => Effect::ALL.map(Effect::name).to_vec(),
        "scale" => names(SCALES),
        "unit" => names(UNITS),
        "on-loop" => names(ON_LOOP),
        "runs" => names(RUNS),
        "receives" => vec!["element", "failure"],
        _ => Vec::new(),
    }
}

/// What a section of this kind says.
pub(crate) fn read(kind: &str, section: &Section<'_>, header: &Header) -> Result<Knowledge, Error> {
    Ok(match kind {
        "blocking" => Knowledge::Blocking(Box::new(blocking(section, header, None)?)),
        "hand-off" => Knowledge::HandOff(hand_off(section, None)?),
        "gives" => Knowledge::Gives(gives(section)?, parameters(section)?),
        "fails" => Knowledge::Fails(gives(section)?),
        "is" => Knowledge::Is((*section.required("type")?.get_ref()).to_owned()),
        "alias" => Knowledge::Alias((*section.required("is")?.get_ref()).to_owned()),
        "base" => Knowledge::Base((*section.required("is")?.get_ref()).to_owned()),
        "guard" => Knowledge::Guard(word(section, "tells", GUARDS)?),
        "decorator" => Knowledge::Decorates(decorator(section)?),
        "container" => Knowledge::Contains(word(section, "contains", CONTAINS)?),
        "lock" => Knowledge::Lock(word(section, "kind", LOCKS)?),
        "override" => Knowledge::Overrides(word(section, "runs", RUNS)?),
        "schedules" => {
            let inner = section.section("loop")?.ok_or_else(|| section.missing("loop"))?;
            inner.only(&["argument", "position"])?;
            Knowledge::Schedules(argument(&inner, "argument")?)
        }
        "consumes" => Knowledge::Consumes(section.index("argument")?.ok_or_else(|| section.missing("argument"))?),
        "keeps" => Knowledge::Keeps(section.index("argument")?.ok_or_else(|| section.missing("argument"))?),
        "keeps-named" => Knowledge::KeepsNamed((*section.required("in")?.get_ref()).to_owned()),
        "runs" => Knowledge::Runs(triggered(section)?),
        "parses" => Knowledge::Parses(argument(section, "argument")?),
        "subscribes" => Knowledge::Subscribes(Subscription {
            argument: section.index("argument")?.ok_or_else(|| section.missing("argument"))?,
            to: (*section.required("to")?.get_ref()).to_owned(),
            implements: section.owned("implements")?,
            members: section.texts("members")?.iter().map(|it| (*it.get_ref()).to_owned()).collect(),
        }),
        "publishes" => Knowledge::Publishes((*section.required("to")?.get_ref()).to_owned()),
        "extracts" => Knowledge::Extracts((*section.required("by")?.get_ref()).to_owned()),
        "inherits" => Knowledge::Inherits(word(section, "gives", INHERITS)?),
        "harmless" => Knowledge::Harmless,
        "weak-task" => Knowledge::WeakTask,
        "completes" => Knowledge::Completes,
        "current-loop" => Knowledge::CurrentLoop,
        _ => Knowledge::Diverges,
    })
}

/// A user's blocking call, of which the path alone may be said.
pub(crate) fn own_blocking(section: Option<&Section<'_>>, header: &Header) -> Result<Blocking, Error> {
    match section {
        Some(section) => blocking(section, header, Some(Effect::Wait)),
        None => Ok(Blocking { source: header.source.clone().unwrap_or_default(), ..Blocking::plain(Effect::Wait) }),
    }
}

/// A user's hand-off, whose callables run there unless it says otherwise.
pub(crate) fn own_hand_off(section: Option<&Section<'_>>, runs: RunsOn) -> Result<HandOff, Error> {
    match section {
        Some(section) => hand_off(section, Some(runs)),
        None => Ok(HandOff::of_every_callable(runs)),
    }
}

fn word<T: Copy>(section: &Section<'_>, key: &str, known: &[(&str, T)]) -> Result<T, Error> {
    section.word(key, known)?.ok_or_else(|| section.missing(key))
}

/// `usual` is the effect where none is said; without it, it must be said.
fn blocking(section: &Section<'_>, header: &Header, usual: Option<Effect>) -> Result<Blocking, Error> {
    let effects = Effect::ALL.map(|it| (it.name(), it));
    let source = section.owned("source")?.or_else(|| header.source.clone());
    let (instead, instead_on) = instead(section)?;
    Ok(Blocking {
        effect: section.word("effect", &effects)?.or(usual).ok_or_else(|| section.missing("effect"))?,
        unsaid: !section.has("effect"),
        scale: section.word("scale", SCALES)?.unwrap_or(Scale::Large),
        bound: section.section("bound")?.map(|it| bound(&it)).transpose()?,
        unless: conditions(section, "unless")?,
        only: conditions(section, "only")?,
        credential: section.flag("credential")?,
        first_use: section.flag("first-use")?,
        on_loop: section.word("on-loop", ON_LOOP)?.unwrap_or(OnLoop::Stalls),
        failure: section.owned("failure")?,
        instead,
        instead_on,
        source: source.ok_or_else(|| section.missing("source"))?,
        rule: section.text("rule")?.map(|it| OwnRule::named(it.get_ref(), it.span())),
    })
}

type Instead = (Option<String>, Vec<(String, String)>);

/// One phrase, or one for each runtime; the first of tokio's, asyncio's and the first written is the plain one.
fn instead(section: &Section<'_>) -> Result<Instead, Error> {
    let Some(DeValue::Table(_)) = section.value("instead") else {
        return Ok((section.owned("instead")?, Vec::new()));
    };
    let Some(inner) = section.section("instead")? else { return Ok((None, Vec::new())) };
    let all: Vec<(String, String)> =
        inner.all_texts()?.into_iter().map(|(runtime, phrase)| (runtime.to_owned(), phrase.to_owned())).collect();
    let plain = ["tokio", "asyncio"].into_iter().find_map(|runtime| all.iter().find(|(it, _)| it == runtime));
    let plain = plain.or(all.first()).map(|(_, phrase)| phrase.clone());
    Ok((plain, all))
}

fn bound(section: &Section<'_>) -> Result<Bound, Error> {
    section.only(&["argument", "position", "unit", "default"])?;
    let unit_ms = section.word("unit", UNITS)?.unwrap_or(1000.0);
    let default = section.number("default")?;
    if default.is_some_and(|it| it < 0.0) {
        return Err(section.wrong("default", "a duration"));
    }
    #[expect(clippy::cast_sign_loss, reason = "a negative default was refused above")]
    let default_ms = default.map(|it| (it * unit_ms).round() as u64);
    Ok(Bound { argument: argument(section, "argument")?, unit_ms, default_ms })
}

/// An argument by position, by the name under `key`, or both.
fn argument(section: &Section<'_>, key: &str) -> Result<ArgumentRef, Error> {
    let found = ArgumentRef { position: section.index("position")?, name: section.owned(key)? };
    if found.position.is_none() && found.name.is_none() { Err(section.missing(key)) } else { Ok(found) }
}

fn conditions(section: &Section<'_>, key: &str) -> Result<Vec<Condition>, Error> {
    section.sections(key)?.iter().map(condition).collect()
}

fn condition(section: &Section<'_>) -> Result<Condition, Error> {
    section.only(&["argument", "position", "is", "absent", "type", "address"])?;
    let argument = argument(section, "argument")?;
    if let Some(given) = ["type", "address"].into_iter().find(|it| section.has(it))
        && let Some(key) = ["is", "absent"].into_iter().find(|it| section.has(it))
    {
        return Err(section.wrong(key, &format!("left out when `{given}` is given")));
    }
    if section.flag("address")? {
        return Ok(Condition { argument, is: Expected::Address });
    }
    if section.has("type") {
        let types = section.texts("type")?.iter().map(|it| (*it.get_ref()).to_owned()).collect();
        return Ok(Condition { argument, is: Expected::Instance(types) });
    }
    let is = match (section.flag("absent")?, section.value("is")) {
        (true, None) => Constant::None,
        (true, Some(_)) => return Err(section.wrong("is", "left out when `absent = true`")),
        (false, None) => return Err(section.missing("is")),
        (false, Some(DeValue::Boolean(it))) => Constant::Bool(*it),
        (false, Some(DeValue::String(it))) if it.eq_ignore_ascii_case("none") => {
            return Err(section.wrong("is", "written as `absent = true` when it means None or not given"));
        }
        (false, Some(DeValue::String(it))) => Constant::Text(it.to_string()),
        (false, Some(it)) => {
            Constant::Number(number(it).ok_or_else(|| section.wrong("is", "a truth value, a number or a text"))?)
        }
    };
    Ok(Condition { argument, is: Expected::Value(is) })
}

fn decorator(section: &Section<'_>) -> Result<Decorator, Error> {
    let found = Decorator {
        makes: word(section, "makes", DECORATES)?,
        unless: conditions(section, "unless")?,
        otherwise: section.word("otherwise", DECORATES)?,
        object: section.owned("object")?,
    };
    match (found.unless.is_empty(), found.otherwise) {
        (true, Some(_)) => Err(section.missing("unless")),
        _ => Ok(found),
    }
}

fn triggered(section: &Section<'_>) -> Result<Triggered, Error> {
    let what = word(section, "what", TRIGGERS)?;
    let by = section.owned("by")?;
    let named = matches!(
        what,
        Runs::Convert
            | Runs::Member
            | Runs::ElementMember
            | Runs::InnerMember
            | Runs::Fields
            | Runs::Named
            | Runs::NamedBesides
            | Runs::OwnNamed
    );
    let of = match (section.flag("receiver")?, section.flag("every")?) {
        (true, true) => return Err(section.wrong("every", "left out when `receiver = true`")),
        (true, false) => Subject::Receiver,
        (false, true) => Subject::Every,
        (false, false) => Subject::First,
    };
    match by {
        None if named => Err(section.missing("by")),
        Some(_) if !named => Err(section.wrong("by", "left out unless `what` is \"convert\" or asks for a member")),
        by => Ok(Triggered { what, of, by }),
    }
}

fn hand_off(section: &Section<'_>, usual: Option<RunsOn>) -> Result<HandOff, Error> {
    let callable = match section.section("callable")? {
        None => None,
        Some(inner) => {
            inner.only(&["name", "position"])?;
            Some(argument(&inner, "name")?)
        }
    };
    let receives = match section.index("receives-element-of")? {
        Some(_) if section.has("receives") => {
            return Err(section.wrong("receives", "left out when `receives-element-of` is given"));
        }
        Some(index) => Some(Receives::ElementOf(index)),
        None => section.owned("receives")?.map(|it| match &*it {
            "element" => Receives::Element,
            "failure" => Receives::Failure,
            _ => Receives::Type(it),
        }),
    };
    let parameter = match section.index("parameter")? {
        Some(_) if receives.is_none() => return Err(section.missing("receives")),
        given => given.unwrap_or_default(),
    };
    let runs = section.word("runs", RUNS)?.or(usual).ok_or_else(|| section.missing("runs"))?;
    let unless = conditions(section, "unless")?;
    let otherwise = section.word("otherwise", RUNS)?;
    if unless.is_empty() && otherwise.is_some() {
        return Err(section.missing("unless"));
    }
    Ok(HandOff { callable, runs, receives, parameter, unless, otherwise })
}

/// The names of a call's parameters, in the order in which they may be given without.
fn parameters(section: &Section<'_>) -> Result<Vec<String>, Error> {
    Ok(section.texts("parameters")?.into_iter().map(|it| (*it.get_ref()).to_owned()).collect())
}

fn gives(section: &Section<'_>) -> Result<Gives, Error> {
    let besides = ["unless", "otherwise", "as", "parameters", "default"];
    let given = keys("gives").iter().copied().filter(|it| !besides.contains(it) && section.has(it));
    let said: Vec<&str> = given.collect();
    let [key] = said[..] else {
        return Err(match said.get(1) {
            None => section.missing("type"),
            Some(second) => section.wrong(second, &format!("left out when `{}` is given", said[0])),
        });
    };
    let index = || section.index(key).map(Option::unwrap_or_default);
    let flag = |gives| if section.flag(key)? { Ok(gives) } else { Err(section.wrong(key, "true, or left out")) };
    match key {
        "type" if section.has("unless") || section.has("otherwise") => {
            let text = |key| Ok((*section.required(key)?.get_ref()).to_owned());
            let unless = if section.has("unless") {
                conditions(section, "unless")?
            } else {
                return Err(section.missing("unless"));
            };
            Ok(Gives::TypeUnless(text(key)?, unless, text("otherwise")?))
        }
        "type" => Ok(Gives::Type((*section.required(key)?.get_ref()).to_owned())),
        "receiver" => flag(Gives::Receiver),
        "instance" => flag(Gives::Instance),
        "element" => flag(Gives::ElementOfReceiver(section.index("default")?)),
        "failure" => flag(Gives::FailureOfReceiver),
        "owner" => flag(Gives::Owner),
        "argument" => Ok(Gives::Argument(index()?)),
        "result-of" => Ok(Gives::ResultOf(index()?)),
        "each-result-of" => Ok(Gives::EachResultOf(index()?)),
        "element-of" => Ok(Gives::ElementOf(index()?)),
        "mapping-of" => Ok(Gives::MappingOf(index()?)),
        "entered" => Ok(Gives::Entered(index()?)),
        "asynchronous-of" => Ok(Gives::AsynchronousOf(index()?)),
        "attribute-of" => Ok(Gives::AttributeOf(index()?)),
        "reader-of" => Ok(Gives::Reader(index()?, false)),
        "caller-of" => Ok(Gives::Reader(index()?, true)),
        "object-at" => Ok(Gives::At(index()?)),
        "python-module" => Ok(Gives::Module(Language::Python, index()?)),
        "member" => Ok(Gives::Member(index()?)),
        "registered" => {
            let entry = (*section.required("as")?.get_ref()).to_owned();
            Ok(Gives::Registered(index()?, entry, section.owned("otherwise")?))
        }
        "member-name" => flag(Gives::MemberName),
        "member-text" => flag(Gives::MemberText),
        "provided-by" => Ok(Gives::ProvidedBy(index()?)),
        "future-of-all" => flag(Gives::FutureOfAll((*section.required("as")?.get_ref()).to_owned())),
        _ => Ok(Gives::FutureOf(index()?, section.owned("as")?)),
    }
}
