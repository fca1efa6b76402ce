//! Diagnostics for people, as the Rust compiler prints them.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer};

use crate::base::{Position, SourcePath};

use super::excerpt::{ExcerptMark, QuotedText};
use super::printable::{one_line, printable};
use super::{Code, Diagnostic, Related, Severity, Span};

/// Columns after which a long line is cut. Fixed, so that output does not depend on the terminal.
const WIDTH: usize = 140;

/// The most bytes that a report quotes from; after them, places are only named. A quoted line is read from end to end:
/// twenty thousand problems in one line of a hundred kilobytes took twenty seconds.
const QUOTED: usize = 8 * 1024 * 1024;

/// To read so many bytes for a place in another file takes as long as to quote one.
const READ: usize = 16;

/// Renders diagnostics in the order given, with an empty line between two and a line end after the last.
///
/// `texts` gives a file's text without byte-order mark and with `\n` line ends, or `None`; neighbours in one file
/// share one call. Where the text is not there, or is no longer the one that a span was made from, the place is
/// named and the excerpt left out.
///
/// Nothing from the site's files can steer a terminal: the only escape sequences are those that `colour` asks for.
pub fn human(
    diagnostics: &[Diagnostic],
    texts: &dyn Fn(&SourcePath) -> Option<String>,
    colour: bool,
) -> String {
    within(QUOTED, diagnostics, texts, colour)
}

fn within(
    mut left: usize,
    diagnostics: &[Diagnostic],
    texts: &dyn Fn(&SourcePath) -> Option<String>,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut out = String::new();
    let secrets = secret_files(diagnostics);
    for run in diagnostics.chunk_by(|a, b| a.span.file == b.span.file) {
        // Its lines may hold what must not be shown, whatever problem they are quoted for.
        let text =
            if secrets.contains(&run[0].span.file) { None } else { texts(&run[0].span.file) };
        let source = text.as_deref().map(QuotedText::new);
        for diagnostic in run {
            if !out.is_empty() {
                out.push('\n');
            }
            let report = renderer.render(&report(diagnostic, source.as_ref(), texts, &mut left));
            for line in report.lines() {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
    }
    out
}

/// The files of which no line is quoted: one of them is a password.
pub fn secret_files(diagnostics: &[Diagnostic]) -> BTreeSet<SourcePath> {
    let secret = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::LiteralCredential);
    secret.map(|diagnostic| diagnostic.span.file.clone()).collect()
}

/// One group for the problem itself, then one for each related place that its excerpt cannot show.
fn report(
    diagnostic: &Diagnostic,
    source: Option<&QuotedText<'_>>,
    texts: &dyn Fn(&SourcePath) -> Option<String>,
    left: &mut usize,
) -> Vec<Group<'static>> {
    let title = level(diagnostic.severity)
        .primary_title(one_line(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let mut elsewhere: Vec<&Related> = Vec::new();
    let excerpt = source.and_then(|source| {
        let range = source.range(&diagnostic.span)?;
        let mut marks = vec![primary(&diagnostic.span, range, diagnostic.label.as_deref())];
        for related in &diagnostic.related {
            let near = related.span.file == diagnostic.span.file;
            match source.range(&related.span).filter(|_| near) {
                Some(range) => {
                    let label = Some(related.message.as_str());
                    marks.push(ExcerptMark { range, label, kind: AnnotationKind::Context });
                }
                None => elsewhere.push(related),
            }
        }
        Some(source.excerpt(&marks, left)?.path(path(&diagnostic.span, &marks)))
    });
    if excerpt.is_none() {
        elsewhere = diagnostic.related.iter().collect();
    }
    group = match excerpt {
        Some(excerpt) => group.element(excerpt),
        None => group.element(origin(&diagnostic.span)),
    };
    if let Some(page) = &diagnostic.page {
        group = group.element(Level::NOTE.message(one_line(&page.to_string())));
    }
    group = group.elements(
        diagnostic.help.iter().map(|help| Level::HELP.message(printable(help.trim_end()))),
    );

    let mut report = vec![group];
    report.extend(elsewhere.into_iter().map(|related| note(related, texts, left)));
    report
}

fn note(
    related: &Related,
    texts: &dyn Fn(&SourcePath) -> Option<String>,
    left: &mut usize,
) -> Group<'static> {
    let title = Level::NOTE.secondary_title(one_line(&related.message));
    // Without anything left to quote there is no need of the text, which is read anew for each note.
    let text = (*left > 0).then(|| texts(&related.span.file)).flatten();
    *left = left.saturating_sub(text.as_ref().map_or(0, |text| text.len() / READ));
    let excerpt = text.as_deref().map(QuotedText::new).and_then(|source| {
        let marks = [primary(&related.span, source.range(&related.span)?, None)];
        Some(source.excerpt(&marks, left)?.path(path(&related.span, &marks)))
    });
    match excerpt {
        Some(excerpt) => title.element(excerpt),
        None => title.element(origin(&related.span)),
    }
}

/// A problem of a file as a whole shows the first line, without pointing at its first character.
fn primary<'a>(span: &Span, range: Range<usize>, label: Option<&'a str>) -> ExcerptMark<'a> {
    let whole = span.start == Position::START && span.end == Position::START;
    let kind =
        if whole && label.is_none() { AnnotationKind::Visible } else { AnnotationKind::Primary };
    ExcerptMark { range, label, kind }
}

/// The heading of an excerpt. annotate-snippets adds line and column only where something is pointed at.
fn path(span: &Span, marks: &[ExcerptMark<'_>]) -> String {
    let file = one_line(span.file.as_str());
    if marks.iter().all(|mark| mark.kind == AnnotationKind::Visible) {
        format!("{file}:{}:{}", span.start.line, span.start.column)
    } else {
        file
    }
}

/// The heading of a place whose text is not to be had.
fn origin(span: &Span) -> Origin<'static> {
    Origin::path(one_line(span.file.as_str()))
        .line(span.start.line as usize)
        .char_column(span.start.column as usize)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::FileFailurePersistence;

    use crate::base::{LineIndex, Position, SourcePath};
    use crate::diag::tests::{ARTICLE, at, page, span};
    use crate::diag::{Code, Diagnostic, Span, human};

    const JAPAN: &str = "---\nname: Japan\n---\n";

    fn texts(file: &SourcePath) -> Option<String> {
        match file.as_str() {
            "content/articles/talks.md" => Some(ARTICLE.to_owned()),
            "content/players/japan.md" => Some(JAPAN.to_owned()),
            "content/empty.md" => Some(String::new()),
            "templates/long.html" => Some(long_line()),
            _ => None,
        }
    }

    fn long_line() -> String {
        format!("{}{{{{ page.titel }}}}{}", "<b>".repeat(60), "</b>".repeat(60))
    }

    fn problem(span: Span) -> Diagnostic {
        Diagnostic::new(Code::UnknownPlayer, span, "no player `marco-rubo`")
    }

    fn check(diagnostics: &[Diagnostic], expected: &str) {
        let actual = human(diagnostics, &texts, false);
        assert_eq!(actual, expected.trim_start_matches('\n'), "\n{actual}");
    }

    #[test]
    fn a_place_a_label_and_help() {
        check(
            &[problem(at("marco-rubo"))
                .label("not found under content/players/")
                .help("did you mean `marco-rubio` (Marco Rubio)?")
                .help("a second way,\nin two lines")],
            r"
error[unknown-player]: no player `marco-rubo`
 --> content/articles/talks.md:4:13
  |
4 |   - player: marco-rubo
  |             ^^^^^^^^^^ not found under content/players/
  |
  = help: did you mean `marco-rubio` (Marco Rubio)?
  = help: a second way,
          in two lines
",
        );
    }

    #[test]
    fn several_diagnostics_have_an_empty_line_between() {
        let stale = Diagnostic::new(Code::NotPublicYet, at("日本"), "not public yet");
        let topic = Diagnostic::new(Code::UnknownTopic, at("One line"), "no page for `x`");
        check(
            &[stale, topic],
            r"
warning[not-yet-public]: not public yet
 --> content/articles/talks.md:5:19
  |
5 |     side: japan # 日本
  |                   ^^^^

info[unknown-topic]: no page for `x`
 --> content/articles/talks.md:8:1
  |
8 | One line,
  | ^^^^^^^^
",
        );
        check(&[], "");
    }

    #[test]
    fn related_places() {
        check(
            &[problem(at("title: Two"))
                .label("second")
                .related("first", at("title: Talks"))
                .related("in this file too", span("content/players/japan.md", JAPAN, "name"))
                .related("and a file as a whole", Span::file(SourcePath::new("content/x.png")))
                .help("keep one")],
            r"
error[unknown-player]: no player `marco-rubo`
 --> content/articles/talks.md:6:1
  |
2 | title: Talks
  | ------------ first
...
6 | title: Two
  | ^^^^^^^^^^ second
  |
  = help: keep one
note: in this file too
 --> content/players/japan.md:2:1
  |
2 | name: Japan
  | ^^^^
note: and a file as a whole
 --> content/x.png:1:1
",
        );
    }

    #[test]
    fn the_page_being_rendered() {
        for (more, source, note) in [
            (0, true, "while rendering articles/x/index.html, made from content/articles/x.md"),
            (0, false, "while rendering articles/x/index.html"),
            (1, false, "while rendering articles/x/index.html and 1 more page"),
            (
                899,
                true,
                "while rendering articles/x/index.html, made from content/articles/x.md, \
                 and 899 more pages",
            ),
        ] {
            let mut diagnostic = problem(at("Talks")).help("write it right");
            let mut page = page("articles/x/index.html", more);
            page.source = page.source.filter(|_| source);
            diagnostic.page = Some(page);
            check(
                &[diagnostic],
                &format!(
                    r"
error[unknown-player]: no player `marco-rubo`
 --> content/articles/talks.md:2:8
  |
2 | title: Talks
  |        ^^^^^
  |
  = note: {note}
  = help: write it right
"
                ),
            );
        }
    }

    #[test]
    fn a_file_as_a_whole_shows_its_first_line() {
        let file = |name: &str| Span::file(SourcePath::new(name));
        check(
            &[
                problem(file("content/articles/talks.md")),
                problem(file("content/articles/talks.md")).label("here"),
                problem(file("content/empty.md")),
            ],
            r"
error[unknown-player]: no player `marco-rubo`
 --> content/articles/talks.md:1:1
  |
1 | ---
  |

error[unknown-player]: no player `marco-rubo`
 --> content/articles/talks.md:1:1
  |
1 | ---
  | ^ here

error[unknown-player]: no player `marco-rubo`
 --> content/empty.md:1:1
  |
1 |
  |
",
        );
    }

    #[test]
    fn without_the_text_the_place_is_named() {
        let gone = span("content/gone.md", ARTICLE, "side");
        let shorter = span("content/players/japan.md", ARTICLE, "One line");
        let moved = span("content/players/japan.md", "abc", "b");
        let (start, end) = (moved.start, shorter.end);
        let half = Span { file: moved.file.clone(), start, end };
        for (span, place) in [
            (gone, "content/gone.md:5:5"),
            (shorter, "content/players/japan.md:8:1"),
            (half, "content/players/japan.md:1:2"),
        ] {
            check(
                &[problem(span).label("not shown").related("seen here", at("Talks")).help("help")],
                &format!(
                    r"
error[unknown-player]: no player `marco-rubo`
 --> {place}
  = help: help
note: seen here
 --> content/articles/talks.md:2:8
  |
2 | title: Talks
  |        ^^^^^
"
                ),
            );
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let actual =
            human(&[problem(span("templates/long.html", &long_line(), "titel"))], &texts, false);
        assert!(actual.contains("templates/long.html:1:189"), "\n{actual}");
        assert!(actual.contains("{{ page.titel }}"), "\n{actual}");
        assert!(actual.contains("^^^^^"), "\n{actual}");
        assert!(actual.lines().all(|line| line.chars().count() <= super::WIDTH), "\n{actual}");
    }

    #[test]
    fn a_report_quotes_only_so_much() {
        let text = "é".to_string() + &"a".repeat(1000) + "c\nb\n";
        let place = |at: &str| span("content/x.md", &text, at);
        let problems = vec![problem(place("c")).related("seen here", place("b")); 5];
        let report = super::within(3500, &problems, &|_| Some(text.clone()), false);
        let quoted: Vec<bool> =
            report.split("\nerror").map(|problem| problem.contains('^')).collect();
        assert_eq!(quoted, [true, true, true, false, false], "\n{report}");
        assert_eq!(report.matches("--> content/x.md:1:1002\n").count(), 5, "\n{report}");
        assert_eq!(report.matches("seen here").count(), 5, "\n{report}");
    }

    #[test]
    fn only_our_own_escapes_reach_the_terminal() {
        let text = "a \u{1b}[31m \u{9b}31m \u{202e} b\n";
        let file = "content/\u{1b}[0m.md";
        let diagnostic = Diagnostic::new(Code::BadUrl, span(file, text, "b\n"), text)
            .label(text)
            .help(text)
            .related(text, span(file, text, "a"))
            .related(text, Span::file(SourcePath::new(text)));
        let plain = human(std::slice::from_ref(&diagnostic), &|_| Some(text.to_owned()), false);
        let hostile = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!plain.contains(hostile), "{plain:?}");
        let coloured = human(&[diagnostic], &|_| Some(text.to_owned()), true);
        assert!(coloured.contains("\u{1b}[1m\u{1b}[91merror"), "{coloured:?}");
        assert!(!coloured.contains("\u{1b}[31m"), "{coloured:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
            ..ProptestConfig::default()
        })]

        /// Texts change between the build and the report: whatever the spans say, there is a report of every place.
        #[test]
        fn every_problem_is_reported(
            text in "(?s)[a中\u{301}\t\r\n ]{0,40}",
            places in prop::collection::vec((0usize..50, 0usize..50, any::<bool>()), 1..4),
        ) {
            let index = LineIndex::new(&text);
            let file = SourcePath::new("content/x.md");
            let spans = places.iter().map(|(a, b, honest)| {
                let place = |at: usize| {
                    if *honest {
                        index.position(at)
                    } else {
                        Position { offset: at as u32, line: *b as u32 + 1, column: 1 }
                    }
                };
                Span { file: file.clone(), start: place(*a.min(b)), end: place(*a.max(b)) }
            });
            let mut spans: Vec<Span> = spans.collect();
            let mut diagnostic = problem(spans.remove(0)).label("label");
            for span in spans {
                diagnostic = diagnostic.related("related", span);
            }
            let report = human(&[diagnostic], &|_| Some(text.clone()), false);
            prop_assert!(report.starts_with("error[unknown-player]: no player `marco-rubo`\n"));
            prop_assert!(report.contains("--> content/x.md:"), "\n{report}");
            prop_assert!(report.lines().all(|line| line == line.trim_end()), "\n{report}");
        }
    }
}
