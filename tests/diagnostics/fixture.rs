//! The notation of the fixtures.
//!
//! A case begins with a heading `## …`. Its fences have four backticks; the info string is the path of a file and,
//! after spaces, how it is written:
//!
//! | word | the file |
//! |---|---|
//! | `bom`, `crlf` | begins with a byte-order mark; has Windows line ends |
//! | `latin-1` | holds each character as one byte |
//! | `pad=N` | has N times `x` for each `{pad}` |
//! | `picture` | is a small GIF, whatever stands in the fence |
//! | `link`, `fifo` | is a symbolic link to the path in the fence; is a named pipe |
//!
//! A fence `options` lists words for the whole case: `bare` (no `site.yaml` is added), `drafts`, `future`,
//! `base-url` (`--base-url https://example.org/sub/`).
//!
//! A line of carets, then `#~ CODE: MESSAGE`, expects a diagnostic at those columns of the nearest line above that
//! is content; a single `|` stands for a place without width, and `^^^> LINE:COLUMN` for one that ends on a later line. Lines
//! with only `#~ help: …`, `#~ severity: …`, `#~ page: …` or `#~ also: FILE:LINE:COLUMN …` below it say more of the same
//! diagnostic. `#~ CODE: MESSAGE` without carets is about the file as a whole. Files that cannot hold these lines
//! have theirs in a fence `expected`, with `FILE:LINE:COLUMN-LINE:COLUMN` before the `#~`. Texts are matched as parts.

use briefing::diag::{Code, Diagnostic};

/// What marks an expectation.
const MARK: &str = "#~ ";

/// A site and what is wrong with it.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) files: Vec<File>,
    options: Vec<String>,
    elsewhere: Vec<Expected>,
    /// The lines of the fixture that the case spans.
    lines: std::ops::Range<usize>,
}

/// A file of a case.
pub(crate) struct File {
    pub(crate) path: String,
    words: Vec<String>,
    lines: Vec<String>,
    expected: Vec<Expected>,
}

/// A diagnostic that a case expects.
pub(crate) struct Expected {
    pub(crate) code: Code,
    place: String,
    message: String,
    details: Vec<String>,
}

impl Case {
    /// Whether the case has a word among its options.
    pub(crate) fn option(&self, word: &str) -> bool {
        self.options.iter().any(|option| option == word)
    }

    /// Everything that is expected.
    pub(crate) fn expected(&self) -> impl Iterator<Item = &Expected> {
        self.files.iter().flat_map(|file| &file.expected).chain(&self.elsewhere)
    }
}

impl File {
    /// Whether a word stands after its path.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// The text without expectations.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        if self.has("picture") {
            return b"GIF89a\x40\x01\xF0\x00\x00\x00\x00;".to_vec();
        }
        let mut text = self.text();
        if let Some(count) = self.words.iter().find_map(|word| word.strip_prefix("pad=")) {
            text = text.replace("{pad}", &"x".repeat(count.parse().expect("a number after pad=")));
        }
        if self.has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        if self.has("bom") {
            text.insert(0, '\u{feff}');
        }
        match self.has("latin-1") {
            true => {
                text.chars().map(|c| u8::try_from(c).expect("a character of Latin-1")).collect()
            }
            false => text.into_bytes(),
        }
    }
}

/// Reads the cases of a fixture.
pub(crate) fn parse(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case {
                title: title.into(),
                files: Vec::new(),
                options: Vec::new(),
                elsewhere: Vec::new(),
                lines: at - 1..at,
            });
        }
        let Some(info) = line.strip_prefix("````") else { continue };
        let case = cases.last_mut().expect("a heading above the first fence");
        let end = at + lines[at..].iter().position(|line| *line == "````").expect("a closed fence");
        let body = &lines[at..end];
        at = end + 1;
        case.lines.end = at;
        let mut words = info.split_whitespace().map(str::to_string);
        match words.next().expect("a path after the backticks") {
            word if word == "options" => {
                case.options = body
                    .iter()
                    .flat_map(|line| line.split_whitespace())
                    .map(String::from)
                    .collect();
            }
            word if word == "expected" => case.elsewhere = elsewhere(body),
            path => case.files.push(file(path, words.collect(), body)),
        }
    }
    for case in &cases {
        assert!(!case.files.is_empty() || case.option("bare"), "{}: no file", case.title);
    }
    cases
}

fn file(path: String, words: Vec<String>, body: &[&str]) -> File {
    let mut file = File { path, words, lines: Vec::new(), expected: Vec::new() };
    for line in body {
        let Some((before, after)) = line.split_once(MARK).filter(|(before, _)| is_place(before))
        else {
            file.lines.push((*line).to_string());
            continue;
        };
        let number = file.lines.len();
        let place = match before.trim() {
            "" => format!("{}:1:1-1:1", file.path),
            marks => {
                let start = before.chars().take_while(|c| *c == ' ').count() + 1;
                let end = match marks.split_once("> ") {
                    Some((_, end)) => end.to_string(),
                    None => format!("{number}:{}", start + marks.matches('^').count()),
                };
                format!("{}:{number}:{start}-{end}", file.path)
            }
        };
        expectation(&mut file.expected, place, before.trim().is_empty(), after);
    }
    file
}

fn is_place(before: &str) -> bool {
    let marks = before.trim();
    let carets = marks.split_once("> ").map_or(marks, |(carets, _)| carets);
    matches!(carets, "" | "|") || carets.bytes().all(|byte| byte == b'^')
}

fn elsewhere(body: &[&str]) -> Vec<Expected> {
    let mut expected = Vec::new();
    for line in body {
        let (place, after) = line.split_once(MARK).expect("`#~ ` in a line of expectations");
        expectation(&mut expected, place.trim().to_string(), place.trim().is_empty(), after);
    }
    expected
}

/// Adds an expectation, or a detail to the one before it.
fn expectation(expected: &mut Vec<Expected>, place: String, unplaced: bool, text: &str) {
    if unplaced
        && ["help: ", "severity: ", "page: ", "also: "].iter().any(|word| text.starts_with(word))
    {
        expected.last_mut().expect("a diagnostic above its details").details.push(text.into());
        return;
    }
    let (code, message) = text.split_once(": ").expect("`CODE: MESSAGE` after the mark");
    let code = Code::from_text(code).unwrap_or_else(|| panic!("`{code}` is not a code"));
    expected.push(Expected { code, place, message: message.into(), details: Vec::new() });
}

/// Holds what was found against what is expected, both ways.
pub(crate) fn compare(case: &Case, found: &[Diagnostic]) -> Result<(), String> {
    let mut left: Vec<&Diagnostic> = found.iter().collect();
    let mut difference = String::new();
    for expected in case.expected() {
        match left.iter().position(|diagnostic| expected.matches(diagnostic)) {
            Some(at) => {
                left.remove(at);
            }
            None => {
                let Expected { code, place, message, details } = expected;
                difference.push_str(&format!("  missing    {place} {code}: {message}\n"));
                difference.extend(details.iter().map(|detail| format!("             {detail}\n")));
            }
        }
    }
    for diagnostic in left {
        let Diagnostic { code, message, .. } = diagnostic;
        difference.push_str(&format!("  unexpected {} {code}: {message}\n", place(diagnostic)));
        difference
            .extend(details(diagnostic).iter().map(|detail| format!("             {detail}\n")));
    }
    if difference.is_empty() { Ok(()) } else { Err(difference) }
}

impl Expected {
    fn matches(&self, diagnostic: &Diagnostic) -> bool {
        let details = details(diagnostic);
        let said = |detail: &String| {
            let (word, text) = detail.split_once(": ").expect("a word before the detail");
            details
                .iter()
                .any(|own| own.split_once(": ").is_some_and(|(w, t)| w == word && t.contains(text)))
        };
        let default = !self.details.iter().any(|detail| detail.starts_with("severity: "));
        diagnostic.code == self.code
            && place(diagnostic) == self.place
            && diagnostic.message.contains(&self.message)
            && self.details.iter().all(said)
            && (!default || diagnostic.severity == diagnostic.code.severity())
    }
}

fn place(diagnostic: &Diagnostic) -> String {
    let (start, end) = (diagnostic.span.start, diagnostic.span.end);
    format!("{}:{}:{}-{}:{}", diagnostic.span.file, start.line, start.column, end.line, end.column)
}

fn details(diagnostic: &Diagnostic) -> Vec<String> {
    let mut details: Vec<String> =
        diagnostic.help.iter().map(|help| format!("help: {help}")).collect();
    details.push(format!("severity: {}", diagnostic.severity));
    details.extend(diagnostic.page.iter().map(|page| format!("page: {page}")));
    let also = diagnostic.related.iter().map(|related| {
        let start = related.span.start;
        format!("also: {}:{}:{} {}", related.span.file, start.line, start.column, related.message)
    });
    details.extend(also);
    details
}

/// Makes what was found the expectations of a case.
pub(crate) fn update(case: &mut Case, found: &[Diagnostic]) {
    for file in &mut case.files {
        file.expected.clear();
    }
    case.elsewhere.clear();
    for diagnostic in found {
        let mut details = details(diagnostic);
        let default = format!("severity: {}", diagnostic.code.severity());
        details.retain(|detail| *detail != default);
        let expected = Expected {
            code: diagnostic.code,
            place: place(diagnostic),
            message: diagnostic.message.clone(),
            details,
        };
        let file = case.files.iter_mut().find(|file| {
            let plain = !["latin-1", "link", "fifo"].iter().any(|word| file.has(word));
            // What is missing at the end of a file is on the line after its last.
            let inside = diagnostic.span.start.line as usize <= file.lines.len().max(1);
            file.path == diagnostic.span.file.as_str() && plain && inside
        });
        match file {
            Some(file) => file.expected.push(expected),
            None => case.elsewhere.push(expected),
        }
    }
}

/// The text of a fixture with the expectations of its cases.
pub(crate) fn write(old: &str, cases: &[Case]) -> String {
    let lines: Vec<&str> = old.lines().collect();
    let mut out = String::new();
    let mut at = 0;
    for case in cases {
        for line in &lines[at..case.lines.start] {
            out.push_str(&format!("{line}\n"));
        }
        at = case.lines.end;
        write_case(&lines[case.lines.clone()], case, &mut out);
    }
    for line in &lines[at..] {
        out.push_str(&format!("{line}\n"));
    }
    out
}

fn write_case(lines: &[&str], case: &Case, out: &mut String) {
    let (mut files, mut inside, mut dropped) = (case.files.iter(), false, false);
    for line in lines {
        match line.strip_prefix("````") {
            Some("") => {
                if !dropped {
                    out.push_str("````\n");
                }
                (inside, dropped) = (false, false);
            }
            Some(info) => {
                inside = true;
                dropped = info.starts_with("expected");
                if !dropped {
                    out.push_str(&format!("{line}\n"));
                }
                if !dropped && !info.starts_with("options") {
                    write_file(files.next().expect("a file for each fence"), out);
                } else if !dropped {
                    inside = false;
                }
            }
            None if !inside => out.push_str(&format!("{line}\n")),
            None => {}
        }
    }
    if !case.elsewhere.is_empty() {
        out.push_str(if out.ends_with("\n\n") { "````expected\n" } else { "\n````expected\n" });
        for expected in &case.elsewhere {
            out.push_str(&format!(
                "{} {MARK}{}: {}\n",
                expected.place, expected.code, expected.message
            ));
            out.extend(expected.details.iter().map(|detail| format!("  {MARK}{detail}\n")));
        }
        out.push_str("````\n");
    }
}

fn write_file(file: &File, out: &mut String) {
    // The places of this file, as line, column, and what stands for the end.
    let mut expected: Vec<(usize, usize, String, &Expected)> = file
        .expected
        .iter()
        .map(|expected| {
            let place = expected.place.strip_prefix(&file.path).expect("a place in the file");
            let numbers: Vec<usize> =
                place.split([':', '-']).filter_map(|number| number.parse().ok()).collect();
            let [line, column, end_line, end] = numbers[..] else { panic!("a place: {place}") };
            let marks = match () {
                () if (line, column, end_line, end) == (1, 1, 1, 1) => {
                    return (0, 1, String::new(), expected);
                }
                () if end_line != line => format!("^> {end_line}:{end} "),
                () if end == column => "| ".into(),
                () => format!("{} ", "^".repeat(end - column)),
            };
            (line, column, marks, expected)
        })
        .collect();
    expected.sort_by_key(|(line, column, ..)| (*line, *column));
    let mut next = expected.iter().peekable();
    for number in 0..=file.lines.len() {
        if number > 0 {
            out.push_str(&format!("{}\n", file.lines[number - 1]));
        }
        while let Some((_, column, marks, expected)) = next.next_if(|(line, ..)| *line <= number) {
            let margin = " ".repeat(column - 1);
            out.push_str(&format!(
                "{margin}{marks}{MARK}{}: {}\n",
                expected.code, expected.message
            ));
            let margin = " ".repeat(column - 1 + marks.chars().count());
            out.extend(expected.details.iter().map(|detail| format!("{margin}{MARK}{detail}\n")));
        }
    }
    assert!(next.next().is_none(), "a place after the end of {}", file.path);
}
