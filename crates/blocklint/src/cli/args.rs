//! What may be written on the command line.

use super::completion::Shell;
use crate::config::flags::Flags;
use blocklint_report::Format;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "Examples:
  blocklint check                                   the project in the current directory
  blocklint check src/app.py                        the whole project, reporting only what is in this file
  blocklint check --profile strict --all-chains .   small local work too, with every way to it
  blocklint check --output sarif=out.sarif --output-format github .
  blocklint explain BL001                           what a rule means and what to do instead";

/// Finds every way to block an async runtime's thread, in Python and Rust, and proves it with the call chain.
#[derive(Debug, Parser)]
#[command(name = "blocklint", version, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check Python and Rust code: exit 0 when clean, 1 with findings, 2 on a usage, configuration or internal error
    #[command(after_help = EXAMPLES)]
    Check(Box<CheckArgs>),
    /// Accept the findings that there are, so that only new ones fail
    Baseline(Box<BaselineArgs>),
    /// Write what files contain to a file, for `check --summaries`: a check's first half, for machines that share the work
    Summarize(SummarizeArgs),
    /// Remove the cache: what files contain is worked out again
    Clean(CleanArgs),
    /// Say why a line is thought to block, or why nothing is said of it
    Why(Box<WhyArgs>),
    /// Draw the calls around a function: who leads to it, and what it leads to that blocks
    Graph(Box<GraphArgs>),
    /// Print a rule's page: what it finds, why it hurts, what to do instead
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Run the shipped incident and say whether this installation finds it
    SelfTest,
    /// Show what is in force, and where each value came from
    Config(Box<ConfigShowArgs>),
    /// Write a commented configuration to start from
    Init,
    /// Speak the Language Server Protocol over standard input and output, for editors
    Server(Box<ServerArgs>),
    /// Print the JSON Schema of a machine-readable result, or of the configuration
    Schema {
        /// Of what
        kind: SchemaKind,
    },
    /// Print the version
    Version,
    /// Print a completion script
    GenerateShellCompletion {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    GenerateMan,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaKind {
    /// `blocklint check --output-format json`
    Findings,
    /// `blocklint.toml`, `[tool.blocklint]`, `[workspace.metadata.blocklint]`
    Config,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(crate) struct CheckArgs {
    /// Directories to analyse and report whole; files limit what is reported, their project is analysed
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,

    /// Give the shortest chain of every asynchronous entry and not only of five
    #[arg(long)]
    pub(crate) all_chains: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// Report only what is not in this baseline [default: .blocklint-baseline.json when it is there]
    #[arg(long, value_name = "FILE", env = "BLOCKLINT_BASELINE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Check what `blocklint summarize` wrote, and read no sources; the paths limit what is reported
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["diff_base", "staged"])]
    pub(crate) summaries: Vec<PathBuf>,

    /// Take standard input for the text of this file, there or not, and report only what is in it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["summaries", "staged", "show_files", "watch", "add_ignore"])]
    pub(crate) stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) change: ChangeArgs,

    /// Write a comment that silences it at each finding, with this reason, and check again
    #[arg(long, value_name = "REASON", value_parser = reason, conflicts_with_all = ["summaries", "staged", "show_files", "watch", "stdin_filename"])]
    pub(crate) add_ignore: Option<String>,

    /// Exit 0 with findings too
    #[arg(short, long)]
    pub(crate) exit_zero: bool,

    /// List the files that would be read, and stop
    #[arg(long)]
    pub(crate) show_files: bool,

    /// Check again whenever a file changes, until Ctrl-C
    #[arg(short, long, conflicts_with_all = ["show_files", "diff_base", "staged", "summaries", "add_ignore"])]
    pub(crate) watch: bool,
}

/// Which change is looked at, if not the whole state.
#[derive(Debug, Args)]
pub(crate) struct ChangeArgs {
    /// Report only what is new since this revision: what its merge base with the current state does not have
    #[arg(long, value_name = "REVISION", env = "BLOCKLINT_DIFF_BASE")]
    pub(crate) diff_base: Option<String>,

    /// Check what is staged and not what is on disk, and report only what the last commit does not have
    #[arg(long, conflicts_with_all = ["diff_base", "show_files"])]
    pub(crate) staged: bool,
}

/// What is analysed, and what of it counts: the same for every command that looks at a project.
#[derive(Debug, Clone, Args)]
pub(crate) struct AnalysisArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,

    /// Neither read nor write what earlier runs kept
    #[arg(long, env = "BLOCKLINT_NO_CACHE", value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) no_cache: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SummarizeArgs {
    /// Files and directories below the working directory, or below `--root`
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// Where to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) config: ConfigArgs,

    /// Neither read nor write what earlier runs kept
    #[arg(long, env = "BLOCKLINT_NO_CACHE", value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) no_cache: bool,

    /// Say on standard error how much was parsed
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// The projects whose cache it is
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

/// Which configuration is in force.
#[derive(Debug, Clone, Args)]
pub(crate) struct ConfigArgs {
    /// Read no configuration file
    #[arg(long, env = "BLOCKLINT_ISOLATED")]
    pub(crate) isolated: bool,

    /// Read this configuration file instead of the closest one, or set a key as it is written there
    #[arg(long, value_name = "FILE|KEY=VALUE", env = "BLOCKLINT_CONFIG")]
    pub(crate) config: Vec<String>,

    #[command(flatten)]
    pub(crate) flags: Flags,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ServerArgs {
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,

    /// Show only what is not in this baseline [default: .blocklint-baseline.json when it is there]
    #[arg(long, value_name = "FILE", env = "BLOCKLINT_BASELINE")]
    pub(crate) baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    /// What to do with it
    pub(crate) command: BaselineCommand,

    #[command(flatten)]
    pub(crate) check: CheckArgs,
}

/// What to do with a baseline.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum BaselineCommand {
    /// Accept everything that is found
    Write,
    /// List what is accepted
    Show,
    /// Drop what is found no more
    Prune,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// The format of standard output
    #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = FormatParser, env = "BLOCKLINT_OUTPUT_FORMAT")]
    pub(crate) output_format: Format,

    /// Write another format to a file as well; `-` is standard output
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = destination)]
    pub(crate) outputs: Vec<(Format, PathBuf)>,

    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", env = "BLOCKLINT_COLOR")]
    pub(crate) color: clap::ColorChoice,

    /// Count findings by rule, and say on standard error how long it took
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Print nothing: only the exit status and `--output` files
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say on standard error what is read and which configuration is in force
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigShowArgs {
    /// The project
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) config: ConfigArgs,

    /// As text, which is a configuration itself, or as JSON
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) output_format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// The line, as in app/db.py:41, or app/db.py:41:16 for one call on it
    #[arg(value_name = "FILE:LINE[:COLUMN]")]
    pub(crate) place: String,

    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    /// The function: `load`, `Client.load`, `app.db.Client.load`, `app::db::Client::load`, or the one around `FILE:LINE`
    pub(crate) function: String,

    /// What is analysed [default: the current directory, or the project of the file]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,

    /// For people, for Graphviz, for programs
    #[arg(long, value_enum, default_value = "text", visible_alias = "output-format")]
    pub(crate) format: GraphFormat,

    /// How many calls away functions are still shown
    #[arg(long, value_name = "CALLS", default_value = "4", value_parser = clap::value_parser!(u32).range(1..=50))]
    pub(crate) depth: u32,

    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", env = "BLOCKLINT_COLOR")]
    pub(crate) color: clap::ColorChoice,
}

/// How a graph is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Two trees.
    Text,
    /// The language of Graphviz.
    Dot,
    /// Nodes and links.
    Json,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct AnswerArgs {
    /// As text or as JSON
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) output_format: TextOrJson,

    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", env = "BLOCKLINT_COLOR")]
    pub(crate) color: clap::ColorChoice,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule's code or name
    #[arg(required_unless_present = "all")]
    pub(crate) rule: Option<String>,

    /// Every rule
    #[arg(long, conflicts_with = "rule")]
    pub(crate) all: bool,

    /// As text or as JSON
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) output_format: TextOrJson,

    #[command(flatten)]
    pub(crate) own: OwnArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// As text or as JSON
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) output_format: TextOrJson,

    #[command(flatten)]
    pub(crate) own: OwnArgs,
}

/// Where rules of one's own come from.
#[derive(Debug, Args)]
pub(crate) struct OwnArgs {
    /// Read no configuration file: the tool's own rules only
    #[arg(long, env = "BLOCKLINT_ISOLATED")]
    pub(crate) isolated: bool,

    /// Read this configuration file instead of the closest one
    #[arg(long, value_name = "FILE|KEY=VALUE", env = "BLOCKLINT_CONFIG")]
    pub(crate) config: Vec<String>,
}

/// How a listing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn destination(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("it reads FORMAT=FILE, as in sarif=out.sarif")?;
    if file.is_empty() {
        return Err("it names no file; `-` is standard output".to_owned());
    }
    Ok((format.parse()?, PathBuf::from(file)))
}

/// Formats by name, listed in help and completions.
#[derive(Debug, Clone)]
struct FormatParser;

impl clap::builder::TypedValueParser for FormatParser {
    type Value = Format;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Format, clap::Error> {
        let names = clap::builder::PossibleValuesParser::new(Format::ALL.map(Format::name));
        let name = names.parse_ref(cmd, arg, value)?;
        Ok(name.parse().expect("a possible value is a format"))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.into_iter().map(|it| clap::builder::PossibleValue::new(it.name()))))
    }
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if crate::ignores::readable(text) {
        return Ok(text.to_owned());
    }
    Err("it says in one line why the finding is fine, without another comment in it".to_owned())
}
