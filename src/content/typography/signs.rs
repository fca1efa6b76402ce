//! Which sign a typed one stands for.

use super::marks::Marks;
use super::{ATOM, FIXED, SignEdit, is_dense};

/// Words that begin with an apostrophe, without it.
const ELISIONS: [&str; 12] =
    ["tis", "twas", "twere", "twill", "twould", "til", "em", "n", "nuff", "neath", "tisn", "twasn"];

const PRIME: &str = "′";
const DOUBLE_PRIME: &str = "″";
const APOSTROPHE: &str = "’";

/// The changes to a text.
pub(super) fn edits(text: &str, marks: &'static Marks) -> Vec<SignEdit> {
    let mut reader = Reader {
        text,
        marks,
        doubles: 0,
        singles: 0,
        left: memchr::memchr_iter(b'"', text.as_bytes()).count(),
        last: None,
        last_closing: None,
    };
    let mut edits = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let is_sign = |byte: &u8| matches!(byte, b'"' | b'\'' | b'-' | b'.');
    while let Some(found) = bytes[at..].iter().position(is_sign) {
        at += found;
        let byte = bytes[at];
        let run = bytes[at..].iter().take_while(|next| **next == byte).count();
        match byte {
            b'"' => {
                edits.extend(reader.double(at).map(|sign| SignEdit { range: at..at + 1, sign }));
                at += 1;
            }
            b'\'' => {
                edits.push(SignEdit { range: at..at + 1, sign: reader.single(at) });
                at += 1;
            }
            b'-' => {
                dashes(at, run, &mut edits);
                at += run;
            }
            _ => {
                let dots = (0..run / 3).map(|dots| at + 3 * dots);
                edits.extend(dots.map(|at| SignEdit { range: at..at + 3, sign: "…" }));
                at += run;
            }
        }
    }
    edits
}

/// Three hyphens are a long dash, two are a short one; more are as many long ones as leave no hyphen over.
fn dashes(at: usize, run: usize, edits: &mut Vec<SignEdit>) {
    let (long, short) = match run {
        0 | 1 => return,
        run if run.is_multiple_of(3) => (run / 3, 0),
        run if run.is_multiple_of(2) => (0, run / 2),
        run if run % 3 == 2 => ((run - 2) / 3, 1),
        run => ((run - 4) / 3, 2),
    };
    let mut from = at;
    for (count, length, sign) in [(long, 3, "—"), (short, 2, "–")] {
        for _ in 0..count {
            edits.push(SignEdit { range: from..from + length, sign });
            from += length;
        }
    }
}

/// What stands beside a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// White space, or an end of the text.
    Space,
    /// A sign that something follows: a bracket, a dash, an opening mark.
    Opens,
    /// A sign that ends something.
    Closes,
    /// A letter, a digit, an [`ATOM`].
    Word,
}

struct Reader<'t> {
    text: &'t str,
    marks: &'static Marks,
    /// How many quotations are open.
    doubles: usize,
    singles: usize,
    /// How many `"` are still to come, with the one that is read.
    left: usize,
    /// The last quotation mark, and whether it opened.
    last: Option<(usize, bool)>,
    /// The last `'` of the text that may close a quotation, once it was asked for.
    last_closing: Option<Option<usize>>,
}

impl Reader<'_> {
    fn double(&mut self, at: usize) -> Option<&'static str> {
        let (before, after) = (self.before(at), self.text[at + 1..].chars().next());
        self.left -= 1;
        if let (Some(before), Some(after)) = (before, after)
            && [before, after].iter().all(|c| ('\u{5D0}'..='\u{5EA}').contains(c))
        {
            // An abbreviation of Hebrew.
            return None;
        }
        let number = number_before(&self.text[..at]);
        if let Some(number) = number {
            let is_seconds = number.is_behind_minutes;
            let is_inches = self.doubles == 0
                && number.digits <= 3
                && self.beside(after, at + 1) != Beside::Word;
            if is_seconds || is_inches {
                return Some(DOUBLE_PRIME);
            }
        }
        let is_open = self.doubles > 0;
        let opens = match (self.beside(before, at), self.beside(after, at + 1)) {
            (Beside::Space, Beside::Space) => !is_open && after.is_some(),
            (Beside::Space, Beside::Closes) => {
                !(is_open && matches!(after, Some(',' | ';' | ':' | '!' | '?' | ')')))
            }
            (Beside::Opens, Beside::Space | Beside::Closes) => !is_open,
            (Beside::Space, _) => true,
            (Beside::Opens, _) => !(is_open && before.is_some_and(is_dash)),
            (_, Beside::Space | Beside::Closes) => false,
            _ if is_open => false,
            // Whether marks are left for it to be closed.
            _ => self.left % 2 == 1,
        };
        self.last = Some((at, opens));
        let (first, last) = self.marks.double;
        Some(if opens {
            self.doubles += 1;
            match after {
                Some(next) if next.is_whitespace() => first.trim_end(),
                _ => first,
            }
        } else {
            self.doubles = self.doubles.saturating_sub(1);
            match before {
                Some(previous) if previous.is_whitespace() => last.trim_start(),
                _ => last,
            }
        })
    }

    fn single(&mut self, at: usize) -> &'static str {
        let (before, after) = (self.before(at), self.text[at + 1..].chars().next());
        if let Some(number) = number_before(&self.text[..at])
            && (number.is_behind_degrees || (self.singles == 0 && self.is_feet(at, number.digits)))
        {
            return PRIME;
        }
        let are_dense = before.is_some_and(is_letter_without_apostrophe)
            && after.is_some_and(is_letter_without_apostrophe);
        let sides = (self.beside(before, at), self.beside(after, at + 1));
        let opens = match sides {
            (Beside::Space | Beside::Opens, Beside::Word | Beside::Opens) => {
                if self.is_elision(at) {
                    return APOSTROPHE;
                }
                self.closes_behind(at) || before.is_none()
            }
            (Beside::Space, Beside::Closes) => self.closes_behind(at),
            (Beside::Word, Beside::Word) if are_dense => {
                self.singles == 0 && self.closes_behind(at)
            }
            _ => false,
        };
        if opens {
            self.singles += 1;
            self.last = Some((at, true));
            return self.marks.single.0;
        }
        let may_close = match sides {
            (Beside::Space, _) => false,
            (_, Beside::Space | Beside::Closes) => true,
            (_, Beside::Word) => are_dense || after.is_some_and(is_letter_without_apostrophe),
            (_, Beside::Opens) => true,
        };
        if self.singles > 0 && may_close {
            self.singles -= 1;
            self.last = Some((at, false));
            return self.marks.single.1;
        }
        APOSTROPHE
    }

    /// The character before an offset, without the lead of a comment that was taken out.
    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().rev().find(|c| *c != '\u{1}')
    }

    /// What a character beside a sign is; `at` is the offset of the sign, or the one behind it.
    fn beside(&self, c: Option<char>, at: usize) -> Beside {
        let Some(c) = c else { return Beside::Space };
        match c {
            _ if c.is_whitespace() => Beside::Space,
            '"' | '\'' => match self.last {
                Some((last, opened)) if last + 1 == at => {
                    if opened {
                        Beside::Opens
                    } else {
                        Beside::Closes
                    }
                }
                // It follows: between two marks side by side, a space or a word decides.
                _ => self.beside_run(at),
            },
            '(' | '[' | '{' | '«' | '‹' | '“' | '‘' | '„' | '‚' | '¿' | '¡' | '（' | '「'
            | '『' | '【' | '《' | '〈' | '/' | '=' => Beside::Opens,
            _ if is_dash(c) => Beside::Opens,
            _ if c.is_alphanumeric()
                || matches!(
                    c,
                    ATOM | FIXED | '$' | '€' | '£' | '#' | '@' | '&' | '_' | '%' | '°' | '+'
                ) =>
            {
                Beside::Word
            }
            _ => Beside::Closes,
        }
    }

    /// What follows a run of straight marks that begins at an offset.
    fn beside_run(&self, at: usize) -> Beside {
        let rest = self.text[at.min(self.text.len())..].trim_start_matches(['"', '\'']);
        match rest.chars().next() {
            Some(c) if c.is_alphanumeric() || c == ATOM => Beside::Word,
            Some('(' | '[' | '…' | '¿' | '¡') => Beside::Word,
            _ => Beside::Space,
        }
    }

    /// Whether `'` behind a number of so many digits says feet: `6'2"`, `a 6' pole`.
    fn is_feet(&self, at: usize, digits: usize) -> bool {
        let rest = &self.text[at + 1..];
        let more = rest.bytes().take_while(u8::is_ascii_digit).count();
        match more {
            0 => digits <= 3 && !rest.starts_with(|c: char| c.is_alphabetic()),
            1 | 2 => !rest[more..].starts_with(|c: char| c.is_alphanumeric()),
            // Thousands in Switzerland.
            _ => false,
        }
    }

    /// Whether an apostrophe begins the word behind it: `'tis`, `'90s`.
    fn is_elision(&self, at: usize) -> bool {
        let rest = &self.text[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let behind = &rest[digits..];
            let behind = behind.strip_prefix('s').unwrap_or(behind);
            return digits == 2 && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '\'');
        }
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.len() <= 6 && ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
    }

    /// Whether a `'` behind an offset may close a quotation that begins there.
    fn closes_behind(&mut self, at: usize) -> bool {
        let text = self.text;
        let may_close = |at: &usize| {
            let before = text[..*at].chars().next_back();
            let after = text[at + 1..].chars().next();
            before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '“' | '‘'))
                && after.is_none_or(|c| !c.is_alphanumeric() || is_letter_without_apostrophe(c))
        };
        let last = *self
            .last_closing
            .get_or_insert_with(|| memchr::memrchr_iter(b'\'', text.as_bytes()).find(may_close));
        last.is_some_and(|last| last > at + 1)
    }
}

/// A number that a text ends with.
struct Number {
    digits: usize,
    /// Whether degrees stand before it: `40°26`.
    is_behind_degrees: bool,
    /// Whether minutes or feet stand before it: `26'46`.
    is_behind_minutes: bool,
}

fn number_before(text: &str) -> Option<Number> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let before = text.trim_end_matches(is_part);
    let number = &text[before.len()..];
    if !number.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let before = before.trim_end_matches([' ', '\u{A0}', '\u{202F}']);
    let unit = before.chars().next_back();
    let is_behind_number = |unit: char| {
        before.strip_suffix(unit).is_some_and(|s| s.ends_with(|c: char| c.is_ascii_digit()))
    };
    Some(Number {
        digits,
        is_behind_degrees: unit == Some('°'),
        is_behind_minutes: matches!(unit, Some('\'' | '′' | '’')) && is_behind_number(unit?),
    })
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‐' | '‑')
}

/// Whether words of a letter's script have no apostrophe: Han, Kana, Hangul.
fn is_letter_without_apostrophe(c: char) -> bool {
    is_dense(c) || matches!(c, '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}')
}
