//! The keys as options of the command line and variables of the environment. Knows no key by name.

use super::keys::{KEYS, Key, Kind};
use super::value::{DURATION, Given, Layer, NUMBER, Origin, SIZE, Value, Word, bytes, milliseconds};
use clap::builder::{BoolishValueParser, PossibleValuesParser, ValueParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches};
use std::path::{Path, PathBuf};

/// What the command line and the environment say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    given: Vec<(&'static Key, ValueSource, Vec<String>)>,
}

impl clap::Args for Flags {
    fn augment_args(cmd: clap::Command) -> clap::Command {
        let with = |cmd: clap::Command, key: &'static Key| cmd.arg(arg(key));
        let cmd = said().fold(cmd.next_help_heading("Settings, over those of the configuration"), with);
        said().filter(|it| it.kind == Kind::Flag).fold(cmd, |cmd, key| cmd.arg(negation(key)))
    }

    fn augment_args_for_update(cmd: clap::Command) -> clap::Command {
        Self::augment_args(cmd)
    }
}

/// The keys that a command line has words for.
fn said() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|it| it.variable.is_some())
}

fn arg(key: &'static Key) -> Arg {
    let arg = Arg::new(key.name).long(key.name).help(key.help);
    let arg = match key.variable {
        Some(variable) => arg.env(variable),
        None => arg,
    };
    let several = |arg: Arg| arg.action(ArgAction::Append).value_delimiter(',').value_name(key.kind.value_name());
    match key.kind {
        Kind::Flag => arg.action(ArgAction::SetTrue).value_parser(BoolishValueParser::new()),
        Kind::Choice(words) => arg
            .value_parser(PossibleValuesParser::new(words))
            .hide_possible_values(true)
            .value_name(key.kind.value_name()),
        Kind::Duration => arg.value_parser(ValueParser::new(duration)).value_name(key.kind.value_name()),
        Kind::Size => arg.value_parser(ValueParser::new(size)).value_name(key.kind.value_name()),
        Kind::Number => arg.value_parser(ValueParser::new(number)).value_name(key.kind.value_name()),
        Kind::PerFile => several(arg).value_parser(ValueParser::new(per_file)),
        Kind::Text | Kind::Path => arg.value_name(key.kind.value_name()),
        Kind::Rules | Kind::Patterns | Kind::Paths | Kind::Facts => several(arg),
    }
}

/// `--no-require-reason`: the configuration may say otherwise.
fn negation(key: &'static Key) -> Arg {
    Arg::new(key.negation).long(key.negation).hide(true).action(ArgAction::SetTrue).overrides_with(key.name)
}

fn size(text: &str) -> Result<String, String> {
    bytes(text).map(|_| text.to_owned()).ok_or_else(|| format!("it is {SIZE}"))
}

fn number(text: &str) -> Result<String, String> {
    text.parse::<u64>().map(|_| text.to_owned()).map_err(|_| format!("it is {NUMBER}"))
}

fn duration(text: &str) -> Result<String, String> {
    milliseconds(text).map(|_| text.to_owned()).ok_or_else(|| format!("it is {DURATION}"))
}

fn per_file(text: &str) -> Result<String, String> {
    let parts = text.rsplit_once(':').filter(|it| !it.0.is_empty() && !it.1.is_empty());
    parts.map(|_| text.to_owned()).ok_or_else(|| "it reads PATTERN:RULE, as in tests/**:BL101".to_owned())
}

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Vec::new();
        for key in said() {
            if key.kind == Kind::Flag {
                let said = matches.value_source(key.name).filter(|it| *it != ValueSource::DefaultValue);
                let no = matches.get_flag(key.negation).then_some(ValueSource::CommandLine);
                let answer = no.is_none() && matches.get_flag(key.name);
                given.extend(no.or(said).map(|it| (key, it, vec![answer.to_string()])));
                continue;
            }
            let Some(source) = matches.value_source(key.name) else { continue };
            let values: Vec<String> = matches.get_many::<String>(key.name).into_iter().flatten().cloned().collect();
            // An empty variable is one that is not set.
            if values.iter().any(|it| !it.is_empty()) {
                given.push((key, source, values));
            }
        }
        Ok(Self { given })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Flags {
    /// What the variables say and, stronger, what the options say. Relative paths begin at `cwd`.
    pub(crate) fn layers(&self, cwd: &Path) -> [Layer; 2] {
        let mut layers = [Layer::new(), Layer::new()];
        for (key, source, values) in &self.given {
            let folder: PathBuf = cwd.to_owned();
            let origin = match source {
                ValueSource::EnvVariable => Origin::Variable { name: key.variable.unwrap_or(key.name), folder },
                _ => Origin::Option { name: key.name, folder },
            };
            let at = usize::from(*source != ValueSource::EnvVariable);
            layers[at].insert(key.name, Given { value: value(key.kind, values), origin });
        }
        layers
    }
}

fn value(kind: Kind, values: &[String]) -> Value {
    let word = |text: &str| Word { text: text.to_owned(), place: None };
    let first = values.first().map(String::as_str).unwrap_or_default();
    match kind {
        Kind::Flag => Value::Flag(first == "true"),
        Kind::Text | Kind::Choice(_) | Kind::Duration | Kind::Size | Kind::Path => Value::Text(word(first)),
        // What is no number was refused before.
        Kind::Number => Value::Number(first.parse().unwrap_or_default()),
        Kind::Rules | Kind::Patterns | Kind::Paths | Kind::Facts => {
            Value::List(values.iter().filter(|it| !it.is_empty()).map(|it| word(it)).collect())
        }
        Kind::PerFile => {
            let parts = values.iter().filter_map(|it| it.rsplit_once(':'));
            Value::PerFile(parts.map(|(pattern, rule)| (pattern.to_owned(), vec![word(rule)])).collect())
        }
    }
}
