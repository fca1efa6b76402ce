//! Diagnostics of a site, as values: one [`Diagnostic`] per problem, rendered in several forms.
//!
//! Every stage returns the diagnostics that it made; none prints. A severity here is a default: the command and the
//! site's `check.levels` have the last word, in one place ([`Levels`]), never the check itself.

mod code;
mod excerpt;
mod group;
mod human;
mod json;
mod levels;
mod location;
mod printable;
mod select;
mod short;
#[cfg(test)]
mod tests;

pub use code::Code;
pub use group::{group, once_per_file};
pub use human::{human, secret_files};
pub use json::{json, json_text};
pub use levels::{Levels, Strictness};
pub use location::{Location, PlaceInFile};
pub use printable::printable;
pub use select::{Count, OF_EACH, Selection, is_remark, select};
pub use short::short;

use std::fmt;

use serde::Serialize;

use crate::base::{LineIndex, NearMissRule, OutPath, Position, SourcePath};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build fails.
    Error,
    /// The build goes on; the author should look at it.
    Warning,
    /// Worth knowing.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// A range of a file's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: SourcePath,
    /// Its first character.
    pub start: Position,
    /// The character after its last.
    pub end: Position,
}

impl Span {
    /// A span from byte offsets of the file's text (without byte-order mark, with `\n` line ends).
    pub fn new(file: SourcePath, index: &LineIndex<'_>, range: std::ops::Range<usize>) -> Self {
        Self { file, start: index.position(range.start), end: index.position(range.end) }
    }

    /// The start of a file: for problems of the file as a whole.
    pub fn file(file: SourcePath) -> Self {
        Self { file, start: Position::START, end: Position::START }
    }
}

/// Another place that takes part in a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related<P = Span> {
    /// What is there, such as "first used here".
    pub message: String,
    /// Where.
    pub span: P,
}

/// A part of a file, and what to write there instead: alone it solves the problem that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replacement<P = Span> {
    /// What is replaced; an empty place is an insertion.
    pub span: P,
    /// What stands there afterwards.
    pub text: String,
}

/// The page that was being made when a template failed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageOrigin {
    /// The output.
    pub out: OutPath,
    /// The content file it is made from, if it is made from one.
    pub source: Option<SourcePath>,
    /// How many more pages fail in the same way.
    pub more: usize,
}

impl fmt::Display for PageOrigin {
    /// `while rendering articles/x/index.html, made from content/articles/x.md, and 899 more pages`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "while rendering {}", self.out)?;
        if let Some(source) = &self.source {
            write!(f, ", made from {source}")?;
        }
        match (self.more, self.source.is_some()) {
            (0, _) => Ok(()),
            (1, true) => f.write_str(", and 1 more page"),
            (1, false) => f.write_str(" and 1 more page"),
            (more, true) => write!(f, ", and {more} more pages"),
            (more, false) => write!(f, " and {more} more pages"),
        }
    }
}

/// One problem: what, where, and what to write instead.
///
/// `P` is how its places are known: a stage that has no lines and columns reports bytes of a text, and
/// [`Diagnostic::at`] looks them up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic<P = Span> {
    /// The kind of problem; stable across versions.
    pub code: Code,
    /// Which of its code's rules found it, where a code has several: near misses of names.
    pub rule: Option<NearMissRule>,
    /// How much it matters, after [`Levels`] were applied.
    pub severity: Severity,
    /// One line, lower case, that makes sense alone.
    pub message: String,
    /// Where; every problem has a place.
    pub span: P,
    /// What stands under the carets.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// What `check --fix` writes, in the order of the file; empty where only an author can decide.
    pub fix: Vec<Replacement<P>>,
    /// Other places that take part.
    pub related: Vec<Related<P>>,
    /// The page being rendered, for template errors.
    pub page: Option<PageOrigin>,
    /// The outputs that a dead link could lead to, best first: a server drops the link when one of them is a page that
    /// is left out for errors of its own.
    pub missing: Vec<OutPath>,
}

impl<P> Diagnostic<P> {
    /// A problem with its code's default severity. A message that quotes a long value keeps its two ends.
    pub fn new(code: Code, span: P, message: impl Into<String>) -> Self {
        Self {
            code,
            rule: None,
            severity: code.severity(),
            message: short_line(message.into()),
            span,
            label: None,
            help: Vec::new(),
            fix: Vec::new(),
            related: Vec::new(),
            page: None,
            missing: Vec::new(),
        }
    }

    /// Adds the text under the carets.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what to write instead, unless something says so already.
    #[must_use]
    pub fn or_help(self, help: impl Into<String>) -> Self {
        if self.help.is_empty() { self.help(help) } else { self }
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, span: P) -> Self {
        self.related.push(Related { message: message.into(), span });
        self
    }

    /// Adds a part of what `check --fix` writes. The parts come in the order of the file.
    #[must_use]
    pub fn fix(mut self, span: P, text: impl Into<String>) -> Self {
        self.fix.push(Replacement { span, text: text.into() });
        self
    }

    /// The same problem with its places looked up: its own first, then the others in order.
    pub fn at<Q>(self, mut place: impl FnMut(P) -> Q) -> Diagnostic<Q> {
        let span = place(self.span);
        let related = |Related { message, span }| Related { message, span: place(span) };
        let related = self.related.into_iter().map(related).collect();
        let fix = |Replacement { span, text }| Replacement { span: place(span), text };
        let fix = self.fix.into_iter().map(fix).collect();
        let Self { code, rule, severity, message, label, help, page, missing, .. } = self;
        Diagnostic { code, rule, severity, message, span, label, help, fix, related, page, missing }
    }
}

/// The most bytes that a message may have.
const MESSAGE_LIMIT: usize = 500;

/// A message on one line, however many lines or megabytes the value has that it quotes.
fn short_line(message: String) -> String {
    let message = match message.contains(['\n', '\r']) {
        true => message.replace(['\n', '\r'], " "),
        false => message,
    };
    if message.len() <= MESSAGE_LIMIT {
        return message;
    }
    let start = message.floor_char_boundary(MESSAGE_LIMIT / 2);
    let end = message.ceil_char_boundary(message.len() - MESSAGE_LIMIT / 4);
    format!("{} … {}", &message[..start], &message[end..])
}

/// Puts a run's diagnostics into their one order: by file, position, code, then message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.span, a.code.as_str(), &a.message, &a.page).cmp(&(
            &b.span,
            b.code.as_str(),
            &b.message,
            &b.page,
        ))
    });
}
