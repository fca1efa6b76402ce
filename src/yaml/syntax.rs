//! Turns a parser error into a problem in an author's words.
//!
//! The parser says where it could not go on; the mistake is often earlier. Each function here knows one mistake that
//! authors make and finds the place to change.

use std::ops::Range;

use super::tree::{line_end, line_start, one_char, one_line};
use super::{FieldPath, Problem};
use crate::diag::Code;

/// Levels of nesting that a document may have.
pub(super) const MAX_DEPTH: usize = 32;

/// The problem behind an error of the parser at a byte of the text.
pub(super) fn problem(text: &str, at: usize, info: &str) -> Problem {
    let end = at.min(text.len());
    let at = one_char(text, end.min(text.trim_end().len())).start;
    let error = SyntaxError { text, at, end, info };
    let guesses = [
        SyntaxError::too_deep,
        SyntaxError::unknown_alias,
        SyntaxError::tab,
        SyntaxError::bad_escape,
        SyntaxError::text_after_quote,
        SyntaxError::unclosed_quote,
        SyntaxError::reserved_character,
        SyntaxError::block_indicator,
        SyntaxError::second_colon,
        SyntaxError::missing_space,
        SyntaxError::text_after_bracket,
        SyntaxError::unclosed_bracket,
        SyntaxError::list_on_the_line_of_its_key,
        SyntaxError::directive,
        SyntaxError::misplaced_line,
        SyntaxError::control_character,
    ];
    guesses.iter().find_map(|guess| guess(&error)).unwrap_or_else(|| error.unknown())
}

/// The problem of a list or mapping that begins at a byte of the text, one level too deep.
pub(super) fn nested_too_deeply(text: &str, at: usize) -> Problem {
    let message = format!("nested more than {MAX_DEPTH} levels deep");
    Problem::new(Code::TooLarge, FieldPath::root(), one_char(text, at), message)
        .help("flatten it; text that begins with a bracket needs quotes")
}

/// A text as a quoted scalar on one line.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The characters from a place up to a space, the line's end or a flow indicator.
pub(super) fn token(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'))
        .unwrap_or(rest.len());
    start..(start + length).max(one_char(text, start).end)
}

struct SyntaxError<'t> {
    text: &'t str,
    /// The character to show.
    at: usize,
    /// Where the parser stopped: `at`, or in the space at the end of the text.
    end: usize,
    info: &'t str,
}

/// A line such as `  - key: value`; places are bytes of the text.
struct Line<'t> {
    start: usize,
    /// The text of the key, before its colon; `None` for a line without one.
    key: Option<&'t str>,
    /// The value, without spaces around it; without a key, everything after the indentation and dashes.
    value: Range<usize>,
}

impl<'t> SyntaxError<'t> {
    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.info.contains(word))
    }

    fn line(&self, at: usize) -> Line<'t> {
        let start = line_start(self.text, at);
        let end = line_end(self.text, at);
        let mut line = self.text[start..end].trim_end();
        let mut rest = line.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        if !rest.contains(['"', '\''])
            && let Some(comment) = rest.find(" #")
        {
            line = line[..line.len() - rest.len() + comment].trim_end();
            rest = rest[..comment].trim_end();
        }
        let from = start + line.len() - rest.len();
        let colon = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1));
        match colon {
            Some(colon) if !rest.starts_with(['"', '\'', '[', '{', '#']) => {
                let value = rest[colon + 1..].trim_start();
                let from = start + line.len() - value.len();
                Line { start, key: Some(&rest[..colon]), value: from..start + line.len() }
            }
            _ => Line { start, key: None, value: from..start + line.len() },
        }
    }

    /// The nearest line above that is neither empty nor a comment.
    fn line_above(&self, at: usize) -> Option<Line<'t>> {
        let mut start = line_start(self.text, at);
        while start > 0 {
            start = line_start(self.text, start - 1);
            let line = self.text[start..line_end(self.text, start)].trim();
            if !line.is_empty() && !line.starts_with('#') {
                return Some(self.line(start));
            }
        }
        None
    }

    fn made(&self, span: Range<usize>, message: impl Into<String>) -> Problem {
        let span = one_line(self.text, span);
        Problem::new(Code::YamlSyntax, FieldPath::root(), span, message)
    }

    /// "put the value in quotes", with the line as it should be.
    fn quote(&self, line: &Line<'_>) -> String {
        let value = quoted(&self.text[line.value.clone()]);
        match line.key {
            Some(key) => format!("put the value in quotes: {key}: {value}"),
            None => format!("put the text in quotes: {value}"),
        }
    }

    /// The parser has a limit of its own, beyond ours, and reads ahead.
    fn too_deep(&self) -> Option<Problem> {
        self.says(&["recursion limit"]).then(|| nested_too_deeply(self.text, self.at))
    }

    fn unknown_alias(&self) -> Option<Problem> {
        if !self.says(&["unknown anchor", "scanning an anchor or alias", "a tag"]) {
            return None;
        }
        let line = self.line(self.at);
        let first = self.text[line.value.clone()].chars().next()?;
        if matches!(first, '[' | '{') {
            return self.unknown_alias_in_brackets();
        }
        let message = match first {
            '*' => "a value that begins with `*` is an alias: aliases are not used here",
            '&' => "a value that begins with `&` is an anchor: anchors are not used here",
            _ => "a value that begins with `!` is a tag: tags are not used here",
        };
        let help = self.quote(&line);
        let problem = self.made(line.value, message).help(help);
        Some(Problem { code: Code::YamlFeature, ..problem })
    }

    /// `[one, *two]`: the value to change is one of those in the brackets.
    fn unknown_alias_in_brackets(&self) -> Option<Problem> {
        let before = &self.text[..one_char(self.text, self.at).end];
        let at = before.rfind(['*', '&', '!'])?;
        let (what, sign) = match before[at..].chars().next()? {
            '*' => ("aliases", '*'),
            '&' => ("anchors", '&'),
            _ => ("tags", '!'),
        };
        let message = format!("{what} (`{sign}…`) are not used here");
        let help = format!("text that begins with `{sign}` needs quotes");
        let problem = self.made(token(self.text, at), message).help(help);
        Some(Problem { code: Code::YamlFeature, ..problem })
    }

    fn tab(&self) -> Option<Problem> {
        let line = line_start(self.text, self.at);
        let margin = |start: usize| {
            let line = &self.text[start..line_end(self.text, start)];
            let margin = &line[..line.len() - line.trim_start().len()];
            margin.find('\t').map(|at| start + at)
        };
        // The parser may take the tab's line as the end of the value above, and fail below.
        let above = || self.line_above(self.at).and_then(|line| margin(line.start));
        match margin(line).or_else(above) {
            Some(tab) => {
                Some(self.made(tab..tab + 1, "a tab in the indentation").help("indent with spaces"))
            }
            None if self.says(&["tab"]) => {
                let tab = self.text[line..].find('\t').map_or(self.at, |at| line + at);
                let message = "a tab where YAML takes only spaces";
                Some(self.made(tab..tab + 1, message).help("use spaces"))
            }
            None => None,
        }
    }

    fn bad_escape(&self) -> Option<Problem> {
        if !self.says(&["escape", "hexadecimal"]) {
            return None;
        }
        let known = r#"0abtnvfre "/\N_LPxuU"#;
        let mut at = self.at;
        loop {
            at += self.text[at..].find('\\')?;
            let escaped = self.text[at + 1..].chars().next()?;
            if !known.contains(escaped) || (matches!(escaped, 'x' | 'u' | 'U') && !self.is_hex(at))
            {
                let end = at + 1 + escaped.len_utf8();
                let sequence = &self.text[at..end];
                let message = format!("`{sequence}` is not an escape sequence");
                let help = "in double quotes write `\\\\` for a backslash, or use single quotes";
                return Some(self.made(at..end, message).help(help));
            }
            at += 1 + escaped.len_utf8();
        }
    }

    fn is_hex(&self, backslash: usize) -> bool {
        let length = match self.text.as_bytes().get(backslash + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            _ => 8,
        };
        let digits = self.text.get(backslash + 2..backslash + 2 + length);
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        value.is_some_and(|value| char::from_u32(value).is_some())
    }

    /// `'it's'`; or a quote that was left open and closed by the opening quote of a line below.
    fn text_after_quote(&self) -> Option<Problem> {
        if !self.says(&["trailing content after"]) {
            return None;
        }
        let line = self.line(self.at);
        let value = &self.text[line.value.clone()];
        let before = self.text[..self.at].trim_end();
        let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''));
        let opens_here = value.starts_with(quote?) && self.at > line.value.start + 1;
        if !opens_here {
            return self.quote_left_open_above();
        }
        let help = if value.starts_with('\'') {
            let inner = value.trim_matches('\'').replace("''", "'").replace('\'', "''");
            format!("in single quotes write an apostrophe twice: '{inner}'")
        } else {
            let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            let inner = inner.unwrap_or(value).replace("\\\"", "\"").replace('\'', "''");
            format!("put the whole value in other quotes: '{inner}'")
        };
        Some(self.made(self.at..line.value.end, "text after the closing quote").help(help))
    }

    fn quote_left_open_above(&self) -> Option<Problem> {
        let mut at = self.at;
        loop {
            let line = self.line_above(at)?;
            let value = &self.text[line.value.clone()];
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(quote) = quote
                && value[1..].chars().filter(|c| *c == quote).count() % 2 == 0
            {
                return Some(self.never_closed(line.value));
            }
            at = line.start;
        }
    }

    fn unclosed_quote(&self) -> Option<Problem> {
        if !self.says(&["quoted scalar"]) {
            return None;
        }
        let line = self.line(self.at);
        Some(self.never_closed(self.at..line.value.end))
    }

    fn never_closed(&self, span: Range<usize>) -> Problem {
        let span = one_line(self.text, span);
        let value = &self.text[span.clone()];
        let quote = value.chars().next().unwrap_or('"');
        let help = format!("close it at the end of the value: {value}{quote}");
        self.made(span, format!("the quote `{quote}` is never closed")).help(help)
    }

    fn reserved_character(&self) -> Option<Problem> {
        let first = self.text[self.at..].chars().next()?;
        let line = self.line(self.at);
        let begins = line.value.start == self.at;
        let reserved = matches!(first, '%' | '@' | '`') && self.says(&["unexpected character"]);
        let bracket = matches!(first, ']' | '}' | ',') && begins && !self.is_in_brackets();
        if !reserved && !bracket {
            return None;
        }
        let message = match first {
            '`' => "a value cannot begin with a backtick".to_owned(),
            _ => format!("a value cannot begin with `{first}`"),
        };
        let help = if begins { self.quote(&line) } else { "put the value in quotes".to_owned() };
        Some(self.made(self.at..line.value.end, message).help(help))
    }

    fn is_in_brackets(&self) -> bool {
        self.open_bracket().is_some()
    }

    fn block_indicator(&self) -> Option<Problem> {
        if !self.says(&["scanning a block scalar"]) {
            return None;
        }
        let line = self.line(self.at);
        let first = self.text[self.at..].chars().next()?;
        let message = format!("text after `{first}` must begin on the next line");
        let help = self.quote(&line);
        Some(self.made(self.at..line.value.end, message).help(help))
    }

    /// `title: Japan: why`.
    fn second_colon(&self) -> Option<Problem> {
        if !self.says(&["mapping values are not allowed"]) {
            return None;
        }
        let line = self.line(self.at);
        if line.key.is_some() && line.value.start <= self.at {
            let help = self.quote(&line);
            return Some(
                self.made(line.value, "a value with a colon and a space in it needs quotes")
                    .help(help),
            );
        }
        let above = self.line_above(self.at)?;
        if above.key.is_none() {
            return Some(self.neither(&above));
        }
        let key = above.key.unwrap_or_default();
        let message = format!("this line is indented under `{key}`, which has a value already");
        let help = format!("begin the line in the column of `{key}`, or put the text in quotes");
        let start = line_end(self.text, line.start);
        let indentation =
            self.text[line.start..start].len() - self.text[line.start..start].trim_start().len();
        Some(self.made(line.start + indentation..start, message).help(help))
    }

    /// `title:Japan`, or a line that is no entry at all.
    fn missing_space(&self) -> Option<Problem> {
        if !self.says(&["simple key expect"]) {
            return None;
        }
        let here = self.line(self.at);
        let at_start = self.text[here.start..self.at].trim().is_empty();
        let blamed = if at_start && here.key.is_some() || here.value.is_empty() {
            self.line_above(self.at)?
        } else {
            here
        };
        if blamed.key.is_some() {
            return None;
        }
        Some(self.neither(&blamed))
    }

    fn neither(&self, line: &Line<'_>) -> Problem {
        let value = &self.text[line.value.clone()];
        let key = value.split(':').next().unwrap_or_default();
        let is_url = value[key.len()..].starts_with("://");
        if key.len() < value.len() && !is_url && !key.contains([' ', '/', '"', '\'']) {
            let fixed = format!("{key}: {}", &value[key.len() + 1..]);
            let at = line.value.start + key.len();
            return self
                .made(at..at + 1, "a key needs a colon and a space")
                .help(format!("write a space after the colon: {fixed}"));
        }
        self.made(line.value.clone(), "this line is neither `key: value` nor part of a list")
            .help("write `key: value`; text over several lines is indented under its key")
    }

    /// `summary: [[japan]] said`.
    fn text_after_bracket(&self) -> Option<Problem> {
        if !self.says(&[
            "did not find expected key",
            "',' or",
            "illegal placement",
            "'-' indicator",
        ]) {
            return None;
        }
        let line = self.line(self.at);
        let value = &self.text[line.value.clone()];
        let closed = value.matches(['[', '{']).count() <= value.matches([']', '}']).count();
        if !value.starts_with(['[', '{']) || value.ends_with([']', '}']) || !closed {
            return None;
        }
        let help = self.quote(&line);
        Some(self.made(line.value, "text that begins with a bracket needs quotes").help(help))
    }

    fn unclosed_bracket(&self) -> Option<Problem> {
        let flow =
            ["flow", "illegal placement", "',' or", "expected node content", "eof", "simple key"];
        if !self.says(&flow) {
            return None;
        }
        let open = self.open_bracket()?;
        let bracket = &self.text[open..=open];
        let line = line_end(self.text, open);
        if line >= self.end && self.text[self.end..line].contains([']', '}']) {
            let message = "two commas, or a comma before a value";
            return self
                .says(&["node content"])
                .then(|| self.made(self.at..self.at + 1, message).help("remove one comma"));
        }
        let help = if bracket == "[" { "close it with `]`" } else { "close it with `}`" };
        let text = "text that begins with a bracket needs quotes";
        let message = format!("the bracket `{bracket}` is never closed");
        Some(self.made(open..line, message).help(format!("{help}; {text}")))
    }

    /// The outermost bracket that is open where the parser stopped.
    fn open_bracket(&self) -> Option<usize> {
        let mut open: Vec<usize> = Vec::new();
        let mut quote: Option<char> = None;
        let mut before = '\n';
        for (at, c) in self.text[..self.end].char_indices() {
            let starts = matches!(before, '\n' | ' ' | ':' | '-' | '[' | '{' | ',');
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if starts => quote = Some(c),
                (None, '[' | '{') if starts => open.push(at),
                (None, ']' | '}') => drop(open.pop()),
                _ => {}
            }
            before = c;
        }
        open.first().copied()
    }

    fn list_on_the_line_of_its_key(&self) -> Option<Problem> {
        if !self.says(&["block sequence entries are not allowed", "\"-\" is only valid"]) {
            return None;
        }
        let line = self.line(self.at);
        let message = "a list begins on the line after its key";
        let help = self.quote(&line);
        let help = format!("move `- …` to a line of its own; or, if this is text, {help}");
        Some(self.made(line.value, message).help(help))
    }

    fn directive(&self) -> Option<Problem> {
        if !self.says(&["directive", "document start"]) {
            return None;
        }
        let mut at = 0;
        while !self.text[at..].starts_with('%') {
            at = line_end(self.text, at) + 1;
            self.text.get(at..)?;
        }
        let end = line_end(self.text, at);
        let help = "remove the line: directives are not used here";
        Some(self.made(at..end, "a line cannot begin with `%`").help(help))
    }

    fn misplaced_line(&self) -> Option<Problem> {
        if !self.says(&["expected key", "'-' indicator", "indentation", "indented", "not allowed"])
        {
            return None;
        }
        let start = line_start(self.text, self.at);
        let end = line_end(self.text, self.at);
        let line = &self.text[start..end];
        let start = start + line.len() - line.trim_start().len();
        if self.says(&["'-' indicator"]) {
            let message = "this line stands among list items without a `- `";
            let help = "begin each item with `- `, and indent its further lines";
            return Some(self.made(start..end, message).help(help));
        }
        let message = "the indentation of this line fits no line above";
        let help = "keys of one mapping begin in the same column, and so do the items of a list";
        Some(self.made(start..end, message).help(help))
    }

    fn control_character(&self) -> Option<Problem> {
        let c = self.text[self.at..].chars().next()?;
        if !c.is_control() && c != '\u{feff}' {
            return None;
        }
        let message = format!("the control character U+{:04X} is not allowed", u32::from(c));
        Some(self.made(self.at..self.at + c.len_utf8(), message).help("remove it"))
    }

    fn unknown(&self) -> Problem {
        let end = line_end(self.text, self.at);
        self.made(self.at..end, format!("not valid YAML: {}", self.info))
            .help("put text in quotes if it has a colon, a `#` or a bracket in it")
    }
}
