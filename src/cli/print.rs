//! What the user sees. Colour only where a terminal wants it: anstream sees to that.

use anstream::{AutoStream, ColorChoice};

use crate::base::SourcePath;
use crate::diag::{self, Diagnostic, Severity};

use super::args::Format;
use super::out;

/// Shows the first diagnostics of each code, and how many there are.
pub(super) fn diagnostics(
    format: Format,
    diagnostics: &[Diagnostic],
    texts: &dyn Fn(&SourcePath) -> Option<String>,
) {
    report(format, false, diagnostics, texts);
}

/// Shows diagnostics in a format: for people the first of each code unless `all` are wanted, errors last; for programs
/// every one in the order of files.
pub(super) fn report(
    format: Format,
    all: bool,
    diagnostics: &[Diagnostic],
    texts: &dyn Fn(&SourcePath) -> Option<String>,
) {
    if format == Format::Json {
        out::out(format_args!("{}", diag::json(diagnostics)));
        return;
    }
    let selection = diag::select(diagnostics, if all { usize::MAX } else { diag::OF_EACH });
    // The diagnostic that keeps a file from being quoted may be one that is not shown.
    let secrets = diag::secret_files(diagnostics);
    let texts = |path: &SourcePath| if secrets.contains(path) { None } else { texts(path) };
    let human = format == Format::Human;
    if human {
        let choice = AutoStream::choice(&std::io::stderr());
        let text = diag::human(&selection.shown, &texts, choice != ColorChoice::Never);
        out::err(format_args!("{text}"));
    } else {
        out::err(format_args!("{}", diag::short(&selection.shown)));
    }
    if selection.leaves_out() || human && selection.counts.len() > 1 {
        let gap = if human { "\n" } else { "" };
        out::err(format_args!("{gap}{}", selection.table()));
        if selection.leaves_out() {
            note("`briefing check --all` shows all of them");
        }
    }
}

/// Says one line about what was done or why not.
pub(super) fn note(text: &str) {
    out::err(format_args!("{}\n", diag::printable(text)));
}

/// Reports what stopped the program.
pub(super) fn error(text: &str) {
    let bold = anstyle_error();
    out::err(format_args!("{bold}error{bold:#}: {}\n", diag::printable(text)));
}

/// Asks a question that is answered on the same line.
pub(super) fn ask(question: &str) {
    out::err(format_args!("{} [y/N] ", diag::printable(question)));
}

/// Prints a unified diff on standard output, coloured as is usual.
pub(super) fn diff(text: &str) {
    use clap::builder::styling::AnsiColor;
    for line in diag::printable(text).lines() {
        let style = match line.as_bytes() {
            [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => None,
            [b'-', ..] => Some(AnsiColor::Red.on_default()),
            [b'+', ..] => Some(AnsiColor::Green.on_default()),
            [b'@', ..] => Some(AnsiColor::Cyan.on_default()),
            _ => None,
        };
        match style {
            Some(style) => out::out(format_args!("{style}{line}{style:#}\n")),
            None => out::out(format_args!("{line}\n")),
        }
    }
}

/// Prints what was asked for.
pub(super) fn answer(text: &str) {
    out::out(format_args!("{}\n", diag::printable(text.trim_end())));
}

/// Prints JSON that was asked for.
pub(super) fn json(text: &str) {
    out::out(format_args!("{}\n", diag::json_text(text.trim_end())));
}

/// Prints a file that was asked for, line ends and all. No character in it acts on a terminal.
pub(super) fn file(text: &str) {
    let is_shown = |c: &char| !c.is_control() || matches!(c, '\r' | '\n' | '\t');
    out::out(format_args!("{}", text.chars().filter(is_shown).collect::<String>()));
}

fn anstyle_error() -> clap::builder::styling::Style {
    clap::builder::styling::AnsiColor::Red.on_default().bold()
}

/// "2 errors, 1 warning", without what there is none of.
pub(super) fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |severity: Severity, one: &str, many: &str| {
        let counts = |diagnostic: &&Diagnostic| {
            diagnostic.severity == severity && !diag::is_remark(diagnostic)
        };
        let count = diagnostics.iter().filter(counts).count();
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        }
    };
    let parts = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Info, "note", "notes"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a summary says of the site in half a line, after what it says of diagnostics.
pub(super) fn with_remark(count: String, diagnostics: &[Diagnostic]) -> String {
    let remark = "no `base_url`, so absolute links are left out";
    match (diagnostics.iter().any(diag::is_remark), count.is_empty()) {
        (false, _) => count,
        (true, true) => remark.into(),
        (true, false) => format!("{count}; {remark}"),
    }
}

/// Whether diagnostics are shown for people, so that an empty line belongs behind them.
pub(super) fn shows(format: Format, diagnostics: &[Diagnostic]) -> bool {
    format == Format::Human && !diagnostics.iter().all(diag::is_remark)
}
