//! What the user sees. Colour only where a terminal wants it: anstream sees to that.

use anstream::{AutoStream, ColorChoice};

use crate::base::SourcePath;
use crate::diag::{self, Diagnostic, Severity};

use super::args::Format;
use super::out;

/// Shows diagnostics in a format.
pub(super) fn diagnostics(
    format: Format,
    diagnostics: &[Diagnostic],
    texts: &dyn Fn(&SourcePath) -> Option<String>,
) {
    match format {
        Format::Human => {
            let choice = AutoStream::choice(&std::io::stderr());
            let text = diag::human(diagnostics, texts, choice != ColorChoice::Never);
            out::err(format_args!("{text}"));
        }
        Format::Short => out::err(format_args!("{}", diag::short(diagnostics))),
        Format::Json => out::out(format_args!("{}", diag::json(diagnostics))),
    }
}

/// Says one line about what was done or why not.
pub(super) fn note(text: &str) {
    out::err(format_args!("{text}\n"));
}

/// Reports what stopped the program.
pub(super) fn error(text: &str) {
    let bold = anstyle_error();
    out::err(format_args!("{bold}error{bold:#}: {text}\n"));
}

/// Asks a question that is answered on the same line.
pub(super) fn ask(question: &str) {
    out::err(format_args!("{question} [y/N] "));
}

/// Prints a unified diff on standard output, coloured as is usual.
pub(super) fn diff(text: &str) {
    use clap::builder::styling::AnsiColor;
    for line in text.lines() {
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

/// "1 page", "2 pages".
pub(super) fn noun(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Prints what was asked for.
pub(super) fn answer(text: &str) {
    out::out(format_args!("{}\n", text.trim_end()));
}

fn anstyle_error() -> clap::builder::styling::Style {
    clap::builder::styling::AnsiColor::Red.on_default().bold()
}

/// "2 errors, 1 warning", without what there is none of.
pub(super) fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |severity: Severity, one: &str, many: &str| {
        let count = diagnostics.iter().filter(|found| found.severity == severity).count();
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
