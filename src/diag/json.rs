//! Diagnostics for programs: one JSON object on each line.

use std::fmt::Write as _;

use serde::Serialize;

use crate::base::{NearMissRule, OutPath, SourcePath};

use super::printable::steers;
use super::{Diagnostic, Severity, Span};

/// The version of the objects' shape. It grows when a field changes its meaning or goes, not when one is added.
const SCHEMA: u32 = 1;

/// Renders each diagnostic as one JSON object, with a line end after each. Needs no file's text.
///
/// Lines and columns are 1-based, columns count characters, the end is the place after the last character. Every
/// field but `rule` and `fix` is always there: `label` and `page` may be `null`, `help` and `related` may be empty.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let line = serde_json::to_string(&object(diagnostic))
            .expect("texts and numbers are always valid JSON");
        escaped(&line, &mut out);
        out.push('\n');
    }
    out
}

/// JSON in which nothing steers a terminal.
pub fn json_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escaped(text, &mut out);
    out
}

/// JSON is text, and its reader may be a terminal: what would steer it is escaped too. Such characters stand in strings
/// alone.
fn escaped(line: &str, out: &mut String) {
    if line.is_ascii() {
        return out.push_str(line);
    }
    for c in line.chars() {
        if steers(c) || c == '\u{7F}' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a String cannot fail");
            }
        } else {
            out.push(c);
        }
    }
}

#[derive(Serialize)]
struct Object<'a> {
    schema: u32,
    code: &'static str,
    /// Only where a code has several rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    label: Option<&'a str>,
    help: &'a [String],
    /// Only where one edit is sure to be right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<FixObject<'a>>,
    related: Vec<RelatedObject<'a>>,
    page: Option<JsonPage<'a>>,
}

#[derive(Serialize)]
struct FixObject<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct RelatedObject<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a SourcePath,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct JsonPage<'a> {
    out: &'a OutPath,
    source: Option<&'a SourcePath>,
    more: usize,
}

fn object(diagnostic: &Diagnostic) -> Object<'_> {
    Object {
        schema: SCHEMA,
        code: diagnostic.code.as_str(),
        rule: diagnostic.rule.map(NearMissRule::as_str),
        severity: diagnostic.severity,
        message: &diagnostic.message,
        place: place(&diagnostic.span),
        label: diagnostic.label.as_deref(),
        help: &diagnostic.help,
        fix: diagnostic
            .fix
            .iter()
            .map(|fix| FixObject { text: &fix.text, place: place(&fix.span) })
            .collect(),
        related: diagnostic
            .related
            .iter()
            .map(|related| RelatedObject { message: &related.message, place: place(&related.span) })
            .collect(),
        page: diagnostic.page.as_ref().map(|page| JsonPage {
            out: &page.out,
            source: page.source.as_ref(),
            more: page.more,
        }),
    }
}

fn place(span: &Span) -> JsonPlace<'_> {
    JsonPlace {
        file: &span.file,
        line: span.start.line,
        column: span.start.column,
        end_line: span.end.line,
        end_column: span.end.column,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json as value};

    use crate::diag::tests::{at, page};
    use crate::diag::{Code, Diagnostic, json};

    fn check(diagnostics: &[Diagnostic], expected: &[Value]) {
        let text = json(diagnostics);
        assert_eq!(text.lines().count(), expected.len());
        assert!(text.is_empty() || text.ends_with('\n'));
        let objects: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
        assert_eq!(objects, expected);
    }

    #[test]
    fn one_object_each() {
        let plain = Diagnostic::new(Code::UnknownTopic, at("Talks"), "a \"quoted\"\nmessage\u{1b}");
        let mut full = Diagnostic::new(Code::DuplicateKey, at("title: Two"), "key twice")
            .label("second")
            .related("first", at("title: Talks"))
            .help("remove one");
        full.page = Some(page("a/index.html", 899));
        check(
            &[plain, full],
            &[
                value!({
                    "schema": 1, "code": "unknown-topic", "severity": "info",
                    "message": "a \"quoted\" message\u{1b}",
                    "file": "content/articles/talks.md",
                    "line": 2, "column": 8, "end_line": 2, "end_column": 13,
                    "label": null, "help": [], "related": [], "page": null,
                }),
                value!({
                    "schema": 1, "code": "duplicate-key", "severity": "error",
                    "message": "key twice",
                    "file": "content/articles/talks.md",
                    "line": 6, "column": 1, "end_line": 6, "end_column": 11,
                    "label": "second", "help": ["remove one"],
                    "related": [{
                        "message": "first", "file": "content/articles/talks.md",
                        "line": 2, "column": 1, "end_line": 2, "end_column": 13,
                    }],
                    "page": {"out": "a/index.html", "source": "content/articles/a.md", "more": 899},
                }),
            ],
        );
        check(&[], &[]);
    }

    #[test]
    fn nothing_steers_a_terminal() {
        let message = "a\u{9b}31m\u{202e}\u{200f}\u{1b}é\u{e0041}";
        let text = json(&[Diagnostic::new(Code::UnknownPlayer, at("marco-rubo"), message)]);
        assert!(text.contains(r"a\u009b31m\u202e\u200f\u001bé\udb40\udc41"), "{text}");
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["message"], message);
    }

    #[test]
    fn fields_have_one_order() {
        let text = json(&[Diagnostic::new(Code::UnknownPlayer, at("marco-rubo"), "m")]);
        assert_eq!(
            text,
            "{\"schema\":1,\"code\":\"unknown-player\",\"severity\":\"error\",\"message\":\"m\",\
             \"file\":\"content/articles/talks.md\",\"line\":4,\"column\":13,\"end_line\":4,\
             \"end_column\":23,\"label\":null,\"help\":[],\"related\":[],\"page\":null}\n"
        );
    }
}
