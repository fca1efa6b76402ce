//! The arguments. Their doc comments are the help text.

mod publish;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

use crate::lang::LangTag;

pub(super) use publish::{PublishArgs, PublishRun, PublishVerb, RollbackArgs, TargetArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// A static site generator for policy explainers.
///
/// Write Markdown in content/articles, content/players and content/faq; briefing makes a website in which every
/// name leads to its player and every reference is checked.
#[derive(Debug, Parser)]
#[command(
    name = "briefing",
    version,
    styles = STYLES,
    after_help = "Examples:\n  \
        briefing init newsroom              a first site, in a folder of that name\n  \
        briefing build                      the site in this folder, into public/\n  \
        briefing build --drafts --future    with everything that is not public yet\n  \
        briefing serve --open               the site in a browser, following what you write\n  \
        briefing check                      the same mistakes and more, nothing written\n  \
        briefing why \"Secretary Rubio\"      why a name links or does not\n  \
        briefing explain article            what an article's front matter may hold\n  \
        briefing explain unknown-player     what a message means and what to do"
)]
pub(super) struct Args {
    /// The command.
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the website.
    ///
    /// Reads content/, templates/ and static/ of a site and writes the finished pages. Every problem is reported with
    /// its place; if one is an error, nothing is written. Only files whose bytes changed are touched.
    Build(BuildArgs),
    /// Show the site in a browser while you write.
    ///
    /// Pages follow the files as they are saved, drafts and scheduled pages included. Nothing is written. The address
    /// of a file with errors shows them; every other page works as before.
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// Check the site without writing it.
    ///
    /// Reports everything that a build reports. A misspelt player's name is an error here, and a warning in a build.
    Check(CheckArgs),
    /// List what waits for a person.
    ///
    /// Pages that are to be checked again, figures whose new value is due, planned events that are over, pages that expire:
    /// by the person responsible. Exits with 1 if anything is late.
    Due(DueArgs),
    /// Explain why a name links or does not.
    ///
    /// For every place in a text or a file where the letters of a player's name stand: whether it links, to whom, or
    /// by which rule it does not.
    Why(WhyArgs),
    /// List who is named where.
    ///
    /// Without a player: how many pages name each. With --unlinked: names that a page repeats and no player declares.
    Mentions(MentionsArgs),
    /// Print the names of players as the dictionary of another checker.
    ///
    /// Every name, alias, abbreviation and family name, in the form that the other program reads. Write it to the file that its
    /// manual names, so that it takes no name for a mistake.
    Names(NamesArgs),
    /// Publish the website.
    ///
    /// Builds the site for the target's URL, compares it with what the target holds, shows the plan and asks, then
    /// sends what differs, in an order in which no page refers to a missing file. The result is checked as readers see it.
    Publish(PublishArgs),
    /// Explain a code, a kind of content, or what a template may see.
    ///
    /// Without a topic: the list of topics.
    Explain(ExplainArgs),
    /// Start a site.
    ///
    /// Writes a first article, player and page of questions that name each other, and content/site.yaml with comments.
    /// Nothing is overwritten. With --ci it also writes a workflow that builds and publishes the site; in a folder
    /// that already has a site, only that.
    Init(InitArgs),
    /// Add a page to a site.
    ///
    /// Writes the file with its front matter and prints its path. Nothing is overwritten.
    New(NewArgs),
    /// Give a page, a topic, a fact or a source another id.
    ///
    /// Renames the file or the entry and rewrites everything in content that names it: front matter, [[id]], [^id], typed
    /// links, paths, URLs. The old address redirects to the new one. Shows the changes and asks first; nothing else in any file is touched.
    Rename(RenameArgs),
    /// Copy templates of the theme, and follow what it changes in them.
    ///
    /// A file in the site's templates/ replaces the theme's of that name. `eject` makes such a copy and keeps the text that
    /// it was made from; `diff` shows what the theme has changed since; `check` says what each of the site's templates is.
    Theme(ThemeArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing build\n  \
    briefing build --site newsroom --output /srv/www\n  \
    briefing build --base-url https://example.org/explainers/\n  \
    briefing build --today 2026-03-01 --format json")]
pub(super) struct BuildArgs {
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The folder to write; default: public/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Where the site will be, instead of `base_url` in site.yaml.
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Build drafts too.
    #[arg(long)]
    pub(super) drafts: bool,
    /// Build pages whose `published` date is yet to come.
    #[arg(long)]
    pub(super) future: bool,
    /// Build as on this day (its first moment in the site's time zone), instead of now.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    /// Take over files in the output folder that no build of this site wrote.
    #[arg(long)]
    pub(super) adopt: bool,
    /// Write a `.br` and a `.gz` beside each text, for a server that gives them to browsers.
    #[cfg(feature = "precompress")]
    #[arg(long)]
    pub(super) precompress: bool,
    /// Print how long each stage took.
    #[arg(long)]
    pub(super) timings: bool,
    /// Show every diagnostic, not the first ten of each code.
    #[arg(long)]
    pub(super) all: bool,
    /// How to show diagnostics.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

/// Which site, and as on which day.
#[derive(Debug, clap::Args)]
pub(super) struct SiteArgs {
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// Drafts are part of the site too.
    #[arg(long)]
    pub(super) drafts: bool,
    /// Pages whose `published` date is yet to come are part of the site too.
    #[arg(long)]
    pub(super) future: bool,
    /// As on this day (its first moment in the site's time zone), instead of now.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing check\n  \
    briefing check --fix\n  \
    briefing check --drafts --future --format short")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Where the site will be, instead of `base_url` in site.yaml.
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Write what solves a problem, where one edit is sure to be right, and show it as a diff.
    #[arg(long)]
    pub(super) fix: bool,
    /// Show every diagnostic, not the first ten of each code.
    #[arg(long)]
    pub(super) all: bool,
    /// How to show diagnostics.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing why \"Secretary Rubio left Washington.\"\n  \
    briefing why --lang fr \"Le Japon vote.\"\n  \
    briefing why --in content/articles/talks.md\n  \
    briefing why Rubio --in content/articles/talks.md")]
pub(super) struct WhyArgs {
    /// A text, as the body of an article; with --in: a name in the file.
    #[arg(value_name = "TEXT", required_unless_present = "file")]
    pub(super) text: Option<String>,
    /// A file of the site.
    #[arg(long = "in", value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// The language of the text, such as `fr`. Default: the site's.
    #[arg(long, value_name = "LANG", conflicts_with = "file", value_parser = language)]
    pub(super) lang: Option<LangTag>,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing mentions\n  \
    briefing mentions marco-rubio --format json\n  \
    briefing mentions --unlinked")]
pub(super) struct MentionsArgs {
    /// A player's id.
    #[arg(value_name = "PLAYER")]
    pub(super) player: Option<String>,
    /// List names that a page repeats and no player declares.
    #[arg(long, conflicts_with = "player")]
    pub(super) unlinked: bool,
    /// How to show the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Text)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing due\n  \
    briefing due --within 90d\n  \
    briefing due --within 0d --format json       what is late, for a program\n  \
    briefing due --within 365d --format ics > due.ics")]
pub(super) struct DueArgs {
    /// How far to look ahead, in days.
    #[arg(long, value_name = "DAYS", value_parser = day_count, default_value = "30d")]
    pub(super) within: u32,
    /// How to show the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DueFormat::Human)]
    pub(super) format: DueFormat,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

/// How what is due is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DueFormat {
    /// For people, by owner.
    #[value(alias = "text")]
    Human,
    /// One JSON object a line.
    Json,
    /// A calendar (iCalendar), with a whole day for each thing.
    Ics,
    /// A table, with a line for each thing.
    Csv,
}

/// A number of days, such as `30d`.
fn day_count(text: &str) -> Result<u32, String> {
    let days = text.strip_suffix('d').unwrap_or(text).trim().parse::<u32>().ok();
    let days = days.filter(|days| *days <= 36_500);
    days.ok_or_else(|| "write a number of days, such as `30d`".to_owned())
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing names --format vale > styles/config/vocabularies/Names/accept.txt\n  \
    briefing names --format cspell > names.txt\n  \
    briefing names --format hunspell > names.txt && hunspell -p names.txt content/articles/*.md\n  \
    briefing names --format typos >> typos.toml")]
pub(super) struct NamesArgs {
    /// The program that reads the dictionary.
    #[arg(long, value_name = "PROGRAM", value_enum)]
    pub(super) format: DictionaryFormat,
    /// The language of the names, such as `fr`. Default: every language.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<LangTag>,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

/// A program with a dictionary of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DictionaryFormat {
    /// A vocabulary: whole names and words, as regular expressions.
    Vale,
    /// One word a line, with possessives and abbreviations.
    Harper,
    /// One word a line; possessives of English too.
    Hunspell,
    /// One word a line, with each kind of apostrophe.
    Cspell,
    /// One word a line.
    Languagetool,
    /// Tables of typos.toml.
    Typos,
}

/// How a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

#[cfg(feature = "serve")]
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing serve --open\n  \
    briefing serve --site newsroom --port 8000\n  \
    briefing serve --bind 0.0.0.0       for the phone beside the computer\n  \
    briefing serve --editor 'vscode://file{path}:{line}:{column}'\n\n\
    Changes are shown at once, also behind links and under a second name (hard link). The system does not report three \
    kinds, which are shown within 30 seconds: writes through a memory map, writes of another machine to a shared disk, \
    and a disk that is mounted over a folder of the site or unmounted. --poll reads all files repeatedly instead.")]
pub(super) struct ServeArgs {
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The port; without it 4000, or the next that is free.
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// The address to listen at, instead of this machine alone: 0.0.0.0 lets other machines in.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) bind: Option<std::net::IpAddr>,
    /// Open the home page in a browser.
    #[arg(long)]
    pub(super) open: bool,
    /// Leave drafts out.
    #[arg(long)]
    pub(super) no_drafts: bool,
    /// Leave pages out whose `published` date is yet to come.
    #[arg(long)]
    pub(super) no_future: bool,
    /// Show the site as on this day (its first moment in the site's time zone), instead of today.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    /// The path below which the site lies, as it will where it is published, such as /project/.
    #[arg(long, value_name = "PATH")]
    pub(super) base_path: Option<String>,
    /// Load a changed page again instead of changing the one that is shown.
    #[arg(long)]
    pub(super) no_morph: bool,
    /// Poll all files, where the system does not report changes.
    #[arg(long)]
    pub(super) poll: bool,
    /// The link that opens a place in your editor, with {path}, {line} and {column}; also `BRIEFING_EDITOR`.
    #[arg(long, value_name = "URL")]
    pub(super) editor: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing init newsroom\n  \
    briefing init --ci github --git https://git.example/briefing.git --rev 3f2c9d1e")]
pub(super) struct InitArgs {
    /// The folder; it is made if it does not exist.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Also write a workflow that builds and checks the site on every push and once a day, and publishes it to the target
    /// of `publish:`.
    #[arg(long, value_name = "HOST", value_enum)]
    pub(super) ci: Option<CiHost>,
    /// With --ci: the repository of briefing that the workflow builds the program from.
    #[arg(long, value_name = "URL", requires = "ci")]
    pub(super) git: Option<String>,
    /// With --ci: the hash of the commit.
    #[arg(long, value_name = "REV", requires = "ci")]
    pub(super) rev: Option<String>,
}

/// Where a site is built by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiHost {
    /// GitHub Actions.
    Github,
    /// GitLab CI/CD.
    Gitlab,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing new article \"Japan: why the limit fell\"\n  \
    briefing new player \"Gen Nakatani\"\n  \
    briefing new faq \"日本の防衛費\" --id defence-questions")]
pub(super) struct NewArgs {
    /// What the page is.
    #[arg(value_name = "KIND", value_enum)]
    pub(super) kind: NewKind,
    /// The title; a player's name.
    #[arg(value_name = "TITLE", allow_hyphen_values = true)]
    pub(super) title: String,
    /// The id, which is the file's name; default: derived from the title.
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
}

/// A kind of page that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NewKind {
    /// An explainer.
    Article,
    /// A person, organisation or country.
    Player,
    /// Questions and answers.
    Faq,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing rename marco-rubio marco-a-rubio\n  \
    briefing rename marco-rubio marco-a-rubio --yes\n  \
    briefing rename topic:trade trade-policy\n  \
    briefing rename fact:spending-goal spending-goal-2035\n  \
    briefing rename source:ft ft-june --in content/articles/talks.md")]
pub(super) struct RenameArgs {
    /// The id of an article, a player, a FAQ page, a topic, a standing page, a fact or a source; KIND:ID where several
    /// kinds have it.
    #[arg(value_name = "[KIND:]ID")]
    pub(super) old: String,
    /// The new id.
    #[arg(value_name = "NEW-ID")]
    pub(super) id: String,
    /// The file that declares a source, where several do.
    #[arg(long = "in", value_name = "FILE")]
    pub(super) file: Option<String>,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// Do not ask.
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    briefing theme eject                      the templates that can be copied\n  \
    briefing theme eject article.html         a copy of that, to change\n  \
    briefing theme diff                       what the theme has changed in those that were copied\n  \
    briefing theme check                      what each of the site's own templates is")]
pub(super) struct ThemeArgs {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(super) site: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Copy templates of the theme into the site.
    ///
    /// Without a file: the list of those that can be copied. Nothing is overwritten. To change one part of a page, less is
    /// needed: a template that says `{% extends "theme/article.html" %}` and holds one block, or a file of templates/slots/.
    Eject {
        /// The templates, relative to templates/, such as article.html.
        #[arg(value_name = "FILE")]
        files: Vec<String>,
    },
    /// Show what the theme has changed in copied templates since they were copied.
    Diff {
        /// The templates, relative to templates/; default: all that were copied.
        #[arg(value_name = "FILE")]
        files: Vec<String>,
    },
    /// Say what each of the site's own templates is to the theme.
    ///
    /// Names fields that no view has, files that nothing uses, and messages that are unknown or missing. Exits with 1 if the
    /// theme has changed a template that was copied, or if something is unknown or does nothing.
    Check,
}

/// Reads a language tag.
fn language(text: &str) -> Result<LangTag, &'static str> {
    LangTag::parse(text).ok_or("it is not a BCP 47 tag, such as `en`, `en-GB` or `ja`")
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// A code (`unknown-player`), a kind (`article`, `player`, `faq`, `topic`, `page`, `facts`, `sources`, `site`) or
    /// a template (`article.html`).
    pub(super) topic: Option<String>,
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line of the file, on standard error.
    Human,
    /// One line each, on standard error.
    Short,
    /// One JSON object a line, on standard output.
    Json,
}
