//! What stands at the start of a file in place of a front matter of ours: each form is named, with what to write.

use std::ops::Range;

use super::foreign;
use super::text::is_fence;

/// Fields that are not read as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    /// The line that it is about.
    pub line: Range<usize>,
    /// What it is.
    pub message: String,
    /// What to write.
    pub help: String,
    /// Where the text behind the fields begins; the end of the file if that is unknown.
    pub body: usize,
}

/// What a file without a front matter begins with, if its author meant it as one.
pub(super) fn mistaken(text: &str) -> Option<Opening> {
    if text.starts_with("---\r") && !text.contains('\n') {
        let message =
            "the lines end with a carriage return alone: no line of the front matter is seen";
        return Some(at(0..3, message, "save the file with Unix line ends (LF)", text.len()));
    }
    let lines = OpeningLines::of(text);
    let start = lines.first_word(text)?;
    let line = &text[lines.0[start].clone()];
    let word = line.trim_matches(is_blank);
    let place = lines.0[start].clone();
    let after = |is_end: &dyn Fn(&str) -> bool| {
        let end = lines.0[start + 1..]
            .iter()
            .find(|line| is_end(text[(*line).clone()].trim_matches(is_blank)));
        end.map_or(text.len(), |line| (line.end + 1).min(text.len()))
    };
    let yaml = "write YAML: a line `---`, then fields such as `title: …`, then a line `---`";
    if let Some(rest) = word.strip_prefix("+++") {
        let body = after(&|line| line.starts_with("+++"));
        let help = format!("{yaml}; TOML's `title = \"…\"` is `title: …`");
        return rest.trim().chars().all(char::is_alphanumeric).then(|| {
            at(place, "the front matter is TOML (`+++`), which is not read here", &help, body)
        });
    }
    if word.starts_with('{') && !word.starts_with("{{") && !word.starts_with("{%")
        || word.starts_with(";;;")
    {
        let body = if word.starts_with(';') {
            after(&|line| line.starts_with(";;;"))
        } else {
            after(&|line| line == "}")
        };
        return Some(at(place, "the front matter is JSON, which is not read here", yaml, body));
    }
    let behind = after(&is_fence);
    if is_fence(line) && start > 0 {
        let message = format!(
            "the front matter begins on line {}: what stands above it keeps it from being read",
            start + 1
        );
        return Some(at(
            place,
            &message,
            "move the line `---` to the very start of the file",
            behind,
        ));
    }
    let is_fenced = lines.0[start + 1..].iter().any(|line| is_fence(&text[line.clone()]));
    if let Some(dashes) = dashes(word) {
        let rest = word[dashes..].trim();
        let rest_is_word = rest.starts_with('#')
            || rest.chars().all(|c| c.is_alphanumeric() || ":._-#".contains(c))
                && !rest.contains(": ");
        if rest_is_word && lines.has_field(text, start + 1) {
            let message =
                format!("the front matter opens with \"{}\", not with `---` alone", shown(line));
            return Some(at(
                place,
                &message,
                "write a line of exactly three hyphens, `---`, and nothing else in it",
                behind,
            ));
        }
    }
    if let Some(comment) = word.strip_prefix("<!--") {
        let behind_comment = comment.contains("-->")
            || lines.0[start..].iter().any(|line| text[line.clone()].contains("-->"));
        let opens = lines.0[start..].iter().position(|line| is_fence(&text[line.clone()]));
        if let Some(fence) =
            opens.filter(|fence| behind_comment && lines.has_field(text, start + fence + 1))
        {
            let message = "the front matter stands below a comment, where it is not read";
            let help = "move the line `---` to the very start of the file, above the comment";
            return Some(at(place, message, help, lines.behind_fence(text, start + fence + 1)));
        }
    }
    if (word.starts_with("```") || word.starts_with("~~~")) && lines.has_field(text, start + 1) {
        let mark = word[..3].to_owned();
        let message = "the fields stand in a block of code, where they are not read";
        return Some(at(
            place,
            message,
            "write `---` in place of the lines that open and close the block",
            after(&|line| line.starts_with(&mark)),
        ));
    }
    if let Some(next) = lines.next_word(text, start + 1)
        && word.starts_with(['%', '#'])
        && is_fence(&text[lines.0[next].clone()])
        && lines.fields_until_fence(text, next + 1)
    {
        let message = "the front matter stands below another line, where it is not read";
        let help = "move the line `---` to the very start of the file";
        return Some(at(place, message, help, lines.behind_fence(text, next + 1)));
    }
    if word.starts_with("#+") || (word.starts_with(':') && word[1..].contains(':')) {
        let message = "the fields are written as in Org, AsciiDoc or reStructuredText, which is not read here";
        return Some(at(place, message, yaml, text.len()));
    }
    if word.contains(" = ")
        && !word.contains(". ")
        && lines.0[start..].iter().any(|line| text[line.clone()].trim() == "+++")
    {
        let message = "the front matter is TOML, which is not read here";
        return Some(at(place, message, yaml, after(&|line| line == "+++")));
    }
    if is_field(line) && (is_fenced || lines.fields_until_blank(text, start)) {
        let body = if is_fenced { behind } else { after(&str::is_empty) };
        let message =
            "the fields stand at the start of the file without the line `---` that opens them";
        return Some(at(
            place,
            message,
            "write a line `---` above the first field, and one below the last",
            body,
        ));
    }
    None
}

/// The line that may have been meant to close a front matter: what stands there.
pub(super) fn closing(text: &str) -> Option<(usize, String)> {
    let lines = OpeningLines::of(text);
    let mut rest = lines.0.iter().enumerate().skip(1);
    rest.find_map(|(number, range)| {
        let line = &text[range.clone()];
        let word = line.trim_matches(is_blank);
        let is_close =
            dashes(word).is_some_and(|end| end == word.len()) || matches!(word, "..." | "+++");
        is_close.then(|| (number + 1, shown(line)))
    })
}

/// A second block of fields at the start of a body: its place, and where the text behind it begins.
pub(super) fn second(body: &str) -> Option<(Range<usize>, usize)> {
    // Few bodies begin so: the others are not split into lines.
    if !body.trim_start_matches(is_blank).starts_with("---") {
        return None;
    }
    let lines = OpeningLines::of(body);
    let start = lines.first_word(body)?;
    let opens =
        is_fence(&body[lines.0[start].clone()]) && lines.fields_until_fence(body, start + 1);
    let close = lines.0[start + 1..].iter().find(|line| is_fence(&body[(*line).clone()]))?;
    let is_one = |line: &Range<usize>| {
        body[line.clone()].split_once(':').is_some_and(|(key, _)| foreign::is_of_front_matter(key))
    };
    let inside = lines.0[start + 1..].iter().take_while(|line| line.start < close.start);
    (opens && inside.into_iter().any(is_one))
        .then(|| (lines.0[start].clone(), (close.end + 1).min(body.len())))
}

fn at(line: Range<usize>, message: &str, help: &str, body: usize) -> Opening {
    Opening { line, message: message.into(), help: help.into(), body }
}

/// Spaces, and what editors and clipboards leave without being seen.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

/// The length of the dashes that a line begins with, in bytes, if they may stand for `---`: editors make `—` of them.
fn dashes(word: &str) -> Option<usize> {
    let end = word
        .find(|c| !matches!(c, '-' | '–' | '—' | '―' | '−' | '‐' | '‑' | '─'))
        .unwrap_or(word.len());
    let dashes = &word[..end];
    (dashes.chars().count() >= 3 || dashes.contains(['—', '―']) || (dashes == "--" && word == "--"))
        .then_some(end)
}

/// A line with what cannot be seen in it written out.
fn shown(line: &str) -> String {
    let mut text = String::new();
    for c in line.chars().take(40) {
        match is_blank(c) && c != ' ' {
            true => text.push_str(&format!("U+{:04X}", u32::from(c))),
            false => text.push(c),
        }
    }
    text
}

/// Whether a line is a field: `key: value`, with a key of one word.
fn is_field(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.len() <= 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    is_key && (value.is_empty() || value.starts_with([' ', '\t'])) && !value.starts_with("//")
}

/// The lines of a text.
struct OpeningLines(Vec<Range<usize>>);

impl OpeningLines {
    fn of(text: &str) -> Self {
        let mut at = 0;
        let line = |line: &str| {
            let range = at..at + line.len();
            at = range.end + 1;
            range
        };
        // Fields stand at the start: a few hundred lines are enough.
        Self(text.split('\n').take(2000).map(line).collect())
    }

    /// The first line that is not blank.
    fn first_word(&self, text: &str) -> Option<usize> {
        self.next_word(text, 0)
    }

    /// The first line from a number on that is not blank.
    fn next_word(&self, text: &str, from: usize) -> Option<usize> {
        let is_word = |line: &Range<usize>| !text[line.clone()].trim_matches(is_blank).is_empty();
        self.0.iter().skip(from).position(is_word).map(|at| from + at)
    }

    /// Where the line behind the next `---` begins.
    fn behind_fence(&self, text: &str, from: usize) -> usize {
        let fence = self.0.iter().skip(from).find(|line| is_fence(&text[(*line).clone()]));
        fence.map_or(text.len(), |line| (line.end + 1).min(text.len()))
    }

    /// Whether the next line that is not blank is a field.
    fn has_field(&self, text: &str, from: usize) -> bool {
        let mut lines = self.0.iter().skip(from).map(|line| &text[line.clone()]);
        let first =
            lines.find(|line| !line.trim_matches(is_blank).is_empty() && !line.starts_with('#'));
        first.is_some_and(|line| is_field(line.trim_start()))
    }

    /// Whether the lines up to the next `---` are fields and nothing else.
    fn fields_until_fence(&self, text: &str, from: usize) -> bool {
        let mut fields = 0;
        for line in self.0.iter().skip(from).map(|line| &text[line.clone()]) {
            if is_fence(line) {
                return fields > 0;
            }
            let is_more = line.trim().is_empty() || line.starts_with([' ', '#', '\t', '-']);
            fields += usize::from(is_field(line));
            if !is_field(line) && !(is_more && (fields > 0 || !line.starts_with(['-', ' ']))) {
                return false;
            }
        }
        false
    }

    /// Whether the lines up to the next blank one are fields, and at least one of them is a usual one.
    fn fields_until_blank(&self, text: &str, from: usize) -> bool {
        let lines = self.0.iter().skip(from).map(|line| &text[line.clone()]);
        let lines: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
        let usual = [
            "title",
            "date",
            "status",
            "name",
            "author",
            "draft",
            "tags",
            "published",
            "slug",
            "layout",
        ];
        let is_usual = |line: &&str| {
            line.split_once(':').is_some_and(|(key, _)| usual.contains(&&*key.to_lowercase()))
        };
        lines.iter().all(|line| is_field(line) || line.starts_with([' ', '-']))
            && lines.iter().any(is_usual)
    }
}

#[cfg(test)]
mod tests {
    use super::{closing, mistaken, second};

    #[test]
    fn forms_that_are_no_front_matter_are_named() {
        for (text, says, body) in [
            ("+++\ntitle = \"A\"\n+++\nText", "TOML", "Text"),
            ("\n\n+++\ndraft = true\n+++\nText", "TOML", "Text"),
            ("+++ toml\ndraft = true\n+++\nText", "TOML", "Text"),
            ("{\n  \"draft\": true\n}\nText", "JSON", "Text"),
            ("{\"draft\": true}\nText", "JSON", ""),
            (";;;\n\"draft\": true\n;;;\nText", "JSON", "Text"),
            ("\n---\ntitle: A\n---\nText", "begins on line 2", "Text"),
            ("  \n\t\n---\ntitle: A\n---\nText", "begins on line 3", "Text"),
            ("\u{feff}---\ntitle: A\n---\nText", "opens with \"U+FEFF---\"", "Text"),
            ("\u{200b}---\ntitle: A\n---\nText", "opens with \"U+200B---\"", "Text"),
            (" ---\ntitle: A\n---\nText", "opens with \" ---\"", "Text"),
            ("---\u{a0}\ntitle: A\n---\nText", "opens with \"---U+00A0\"", "Text"),
            ("----\ntitle: A\n---\nText", "opens with \"----\"", "Text"),
            ("--- yaml\ntitle: A\n---\nText", "opens with \"--- yaml\"", "Text"),
            ("---yaml\ntitle: A\n---\nText", "opens with \"---yaml\"", "Text"),
            ("--- # fields\ntitle: A\n---\nText", "opens with \"--- # fields\"", "Text"),
            ("—\ntitle: A\n---\nText", "opens with \"—\"", "Text"),
            ("—-\ntitle: A\n---\nText", "opens with \"—-\"", "Text"),
            ("–––\ntitle: A\n---\nText", "opens with \"–––\"", "Text"),
            ("--\ntitle: A\n---\nText", "opens with \"--\"", "Text"),
            ("<!-- draft -->\n---\ntitle: A\n---\nText", "below a comment", "Text"),
            ("# A\n---\ntitle: A\n---\nText", "below another line", "Text"),
            ("%YAML 1.2\n---\ntitle: A\n---\nText", "below another line", "Text"),
            ("```yaml\ntitle: A\n```\nText", "block of code", "Text"),
            ("#+title: A\n\nText", "Org", ""),
            (":title: A\n:draft: true\n\nText", "Org", ""),
            ("title = \"A\"\n+++\nText", "TOML", "Text"),
            ("title: A\nstatus: draft\n---\nText", "without the line `---`", "Text"),
            ("Title: A\nDate: 2030-01-01\nStatus: draft\n\nText", "without the line `---`", "Text"),
            ("---\rtitle: A\r---\rText", "carriage return", ""),
        ] {
            let Some(found) = mistaken(text) else { panic!("{text:?} is not named") };
            assert!(found.message.contains(says), "{text:?}: {}", found.message);
            assert_eq!(&text[found.body..], body, "{text:?}");
        }
    }

    #[test]
    fn prose_is_no_front_matter() {
        for text in [
            "",
            "\n\n",
            "Text alone.",
            "Note: this is prose, and it goes on.\nMore.\n",
            "{{ name }} is here",
            "# A title\n\nText.\n\n---\n\nMore.",
            "- a list: of things\n- more",
            "---- four dashes as a rule",
            "https://example.org/ is a URL",
        ] {
            assert_eq!(mistaken(text), None, "{text:?}");
        }
    }

    #[test]
    fn lines_that_were_meant_to_close() {
        for (text, found) in [
            ("---\ntitle: A\n----\nText", Some((3, "----"))),
            ("---\ntitle: A\n ---\nText", Some((3, " ---"))),
            ("---\ntitle: A\n---\u{a0}\nText", Some((3, "---U+00A0"))),
            ("---\ntitle: A\n—\nText", Some((3, "—"))),
            ("---\ntitle: A\n...\nText", Some((3, "..."))),
            ("---\ntitle: A\nText - with - dashes", None),
        ] {
            let found = found.map(|(line, text)| (line, text.to_owned()));
            assert_eq!(closing(text), found, "{text:?}");
        }
    }

    #[test]
    fn a_second_block_of_fields() {
        assert_eq!(second("---\nstatus: draft\n---\nText"), Some((0..3, 22)));
        assert_eq!(
            second("\n---\nstatus: draft\ntopics:\n  - a\n---\n").map(|found| found.0),
            Some(1..4)
        );
        for body in [
            "Text\n---\nstatus: draft\n---\n",
            "---\n\nText: more prose here.\n\n---\n",
            "---\n",
            "",
            "---\n---\n",
            "---\nSource: Reuters\n---\n",
        ] {
            assert_eq!(second(body), None, "{body:?}");
        }
    }
}
