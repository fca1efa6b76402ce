//! Statements in prose whose day has passed since they were written: "will meet on 12 December". And words that say a day
//! only together with the day on which they were written, on a page that says no such day: "yesterday".
//!
//! A finding has to be sure. A statement counts if its page was written before its day, if the word that announces it
//! and the day stand close together, and if no sign of quotation stands in the sentence. The words of each language are
//! lines in `tense/`; a language without a file has no findings. Languages that write a day with signs behind its numbers,
//! and some of them no spaces, have rules of their own (`tense/signs.rs`).

mod signs;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use jiff::civil;
use jiff::tz::TimeZone;
use memchr::memmem::Finder;

use crate::content::date::Date;
use crate::content::document::Document;
use crate::content::sentences;
use crate::diag::{Code, Location};
use crate::site::Problem;

use super::prose::ProseBlock;

use signs::SignRules;

/// Words between what announces a day and the day: more may say something else of it.
const NEAR: usize = 8;

/// The same on a page without a date, of which nothing else says that the day lay ahead.
const NEARER: usize = 4;

/// Bytes behind `on` in which the day and the month stand, with the day of the week and tags between them.
const BEHIND: usize = 64;

/// Signs of quotation: what they enclose was said by others, on a day of their own.
const QUOTES: [char; 8] = ['"', '“', '”', '„', '«', '»', '‹', '›'];

/// The words of a language. A phrase is several words with spaces between them.
#[derive(Default)]
struct TenseWords {
    /// What announces something: `will`.
    future: Vec<Vec<&'static str>>,
    /// What stands before a day on which something happens: `on`.
    on: Vec<&'static str>,
    /// What may stand between the day, the month and the year: the `de` of `12 de mayo de 2025`.
    between: Vec<&'static str>,
    /// The days of the week, which may stand before the day.
    days: Vec<&'static str>,
    /// The months, from January, as a text has them.
    months: Vec<&'static str>,
    /// What means another day on each day: `yesterday`, `next week`.
    relative: Vec<Vec<&'static str>>,
    /// Words after which a relative one has another meaning: `the next week`.
    not_after: Vec<&'static str>,
}

/// The words of a language, with what a text without any finding lacks.
struct TenseRules {
    words: TenseWords,
    /// What stands before a day.
    on: Vec<Finder<'static>>,
    /// The months.
    months: AhoCorasick,
    /// The phrases that announce something, and the relative ones, in any case.
    future: AhoCorasick,
    relative: AhoCorasick,
}

/// The rules of one language, made for its first page.
type LanguageRules = LazyLock<Option<TenseRules>>;

macro_rules! languages {
    ($($lang:literal)+) => {
        impl TenseRules {
            /// Those of a language, by the first part of its tag.
            fn of(lang: &str) -> Option<&'static Self> {
                match lang {
                    $($lang => {
                        static RULES: LanguageRules = LazyLock::new(|| {
                            TenseRules::new(include_str!(concat!("tense/", $lang, ".txt")))
                        });
                        RULES.as_ref()
                    })+
                    _ => None,
                }
            }
        }
    };
}

languages! { "ar" "de" "en" "es" "fr" "sv" }

impl TenseRules {
    fn new(words: &'static str) -> Option<Self> {
        let words = TenseWords::read(words);
        let on = words.on.iter().map(|on| Finder::new(*on)).collect();
        let mut dense = AhoCorasick::builder();
        dense.kind(Some(AhoCorasickKind::DFA)).prefilter(false);
        let months = dense.build(&words.months).ok()?;
        dense.ascii_case_insensitive(true);
        let future = dense.build(words.future.iter().flat_map(|it| in_lines(it))).ok()?;
        let relative = dense.build(words.relative.iter().flat_map(|it| in_lines(it))).ok()?;
        Some(Self { words, on, months, future, relative })
    }

    /// Whether a text, a block or a sentence may have a finding: most have neither a day behind `on` nor, on a page without a
    /// date, a relative word.
    fn may_find(&self, text: &str, is_dated: bool) -> bool {
        let bytes = text.as_bytes();
        // The second byte of each of the digits of Arabic follows this one.
        let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == 0xD9;
        let is_day = |end: usize| {
            let behind = &bytes[end..bytes.len().min(end + BEHIND)];
            behind.iter().any(is_digit) && self.months.is_match(behind)
        };
        let has_day = self.on.iter().any(|on| {
            let is_word = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            let mut places = on.find_iter(bytes).filter(|at| is_word(*at));
            places.any(|at| is_day(at + on.needle().len()))
        });
        has_day && self.future.is_match(text) || !is_dated && self.relative.is_match(text)
    }
}

/// A phrase as it may stand in a text: a line may end at each of its spaces.
fn in_lines(phrase: &[&str]) -> Vec<String> {
    let mut forms: Vec<String> =
        phrase.first().map(|word| (*word).to_owned()).into_iter().collect();
    for word in phrase.iter().skip(1) {
        let longer = |form: &String| [format!("{form} {word}"), format!("{form}\n{word}")];
        forms = forms.iter().flat_map(longer).collect();
    }
    forms
}

impl TenseWords {
    fn read(text: &'static str) -> Self {
        let (mut words, mut section) = (Self::default(), "");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "future" => words.future.push(line.split(' ').collect()),
                "relative" => words.relative.push(line.split(' ').collect()),
                "on" => words.on.push(line),
                "between" => words.between.push(line),
                "days" => words.days.push(line),
                "months" => words.months.push(line),
                _ => words.not_after.push(line),
            }
        }
        words
    }
}

impl TenseWords {
    /// Whether a text that seems to end has the full stop of a day there: `am 12. Dezember`.
    fn is_in_day(&self, text: &str, end: usize) -> bool {
        let Some(before) = text[..end].strip_suffix('.') else { return false };
        let next = text[end..].trim_start();
        before.ends_with(|c: char| c.is_ascii_digit())
            && self.months.iter().any(|month| {
                let rest = next.strip_prefix(month);
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
            })
    }
}

/// The rules of a language, of either kind.
#[derive(Clone, Copy)]
enum AnyRules {
    Words(&'static TenseRules),
    Signs(&'static SignRules),
}

/// What is found in a sentence, and where.
type FoundInSentence = Option<(TenseFinding, Range<usize>)>;

impl AnyRules {
    fn of(lang: &str) -> Option<Self> {
        let words = TenseRules::of(lang).map(Self::Words);
        words.or_else(|| SignRules::of(lang).map(Self::Signs))
    }

    fn may_find(self, text: &str, is_dated: bool) -> bool {
        match self {
            Self::Words(rules) => rules.may_find(text, is_dated),
            Self::Signs(rules) => rules.may_find(text, is_dated),
        }
    }

    /// Whether a text that seems to end has the full stop of a day there.
    fn is_in_day(self, text: &str, end: usize) -> bool {
        matches!(self, Self::Words(rules) if rules.words.is_in_day(text, end))
    }

    fn finding(self, text: &str, written: Option<Date>, today: civil::Date) -> FoundInSentence {
        match self {
            Self::Words(rules) => Sentence::new(text).finding(&rules.words, written, today),
            Self::Signs(rules) => rules.finding(text, written, today),
        }
    }
}

/// The problems of the prose of a page on a day. `lang` is the first part of its language's tag.
pub fn document(
    document: &Document,
    lang: &str,
    zone: &TimeZone,
    today: civil::Date,
) -> Vec<Problem> {
    let Some(rules) = AnyRules::of(lang) else { return Vec::new() };
    let summary = &document.summary;
    let written = [summary.updated, summary.published].into_iter().flatten();
    let written = written.max_by_key(|date| date.begins(zone)).or(summary.reviewed);
    let mut problems = Vec::new();
    document.body.texts(summary, &mut |text| {
        if !rules.may_find(text.markup.all_html(), written.is_some()) {
            return;
        }
        for block in ProseBlock::all(text.markup, document.prose.steps(text.number)) {
            if !rules.may_find(&block.text, written.is_some()) {
                continue;
            }
            let mut from = 0;
            for end in sentences::ends(&block.text) {
                if rules.is_in_day(&block.text[from..], end - from) {
                    continue;
                }
                let sentence = &block.text[from..end];
                let found = rules
                    .may_find(sentence, written.is_some())
                    .then(|| rules.finding(sentence, written, today))
                    .flatten();
                let place = found.as_ref().and_then(|(_, part)| {
                    let source = block.source(&(from + part.start..from + part.end))?;
                    document.prose.place(text.number, source)
                });
                if let (Some((found, _)), Some(place)) = (found, place) {
                    problems.push(found.problem(Location::place(&document.path, place)));
                }
                from = end;
            }
        }
    });
    problems
}

/// What is found in a sentence.
enum TenseFinding {
    /// A day that was announced and has passed.
    Passed(civil::Date),
    /// A word that means another day on each day.
    Relative(String),
}

impl TenseFinding {
    fn problem(self, at: Location) -> Problem {
        match self {
            Self::Passed(day) => {
                let message = format!("the text announces what happens on {day}, which has passed");
                let help = "write what happened on that day, or by whom it was planned and when";
                Problem::new(Code::PassedDay, at, message).help(help)
            }
            Self::Relative(words) => {
                let message =
                    format!("\"{words}\" says no day: the page does not say when it was written");
                let help = "write the day, or give the page a date, such as `reviewed: …`";
                Problem::new(Code::RelativeDay, at, message).help(help)
            }
        }
    }
}

/// The first day of a month and number after a page was written. A page that says its month or year alone may have been
/// written on either side of the day.
fn first_after(month: i8, day: i8, written: Date) -> Option<civil::Date> {
    let in_year = |year: i16| civil::Date::new(year, month, day).ok();
    let years = [written.year(), written.year() + 1].into_iter().filter_map(in_year);
    let day = years.into_iter().find(|day| written.is_before(Date::day(*day)))?;
    written.civil().is_some().then_some(day)
}

/// A sentence in words, in lower case, each with its bytes.
struct Sentence<'a> {
    text: &'a str,
    words: Vec<(String, Range<usize>)>,
}

/// A word with the digits of Arabic as those of ASCII.
fn with_digits(word: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from(b'0' + (u32::from(c) - 0x660) as u8),
        c => c,
    };
    word.chars().map(digit).collect()
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str) -> Self {
        let mut words = Vec::new();
        let is_sign = |c: char| !c.is_alphanumeric() && c != '\u{FFFC}' && c != '\'' && c != '’';
        for word in text.split(is_sign).filter(|word| !word.is_empty()) {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            words.push((with_digits(word).to_lowercase(), start..start + word.len()));
        }
        Self { text, words }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(word, _)| word)
    }

    fn has(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(number, word)| self.word(at + number) == *word)
    }

    /// The bytes from one word to before another.
    fn part(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].1.start..self.words[words.end - 1].1.end
    }

    fn finding(
        &self,
        words: &TenseWords,
        written: Option<Date>,
        today: civil::Date,
    ) -> FoundInSentence {
        if self.text.contains(QUOTES) {
            return None;
        }
        self.passed(words, written, today).or_else(|| self.relative(words, written))
    }

    fn passed(
        &self,
        words: &TenseWords,
        written: Option<Date>,
        today: civil::Date,
    ) -> FoundInSentence {
        let near = if written.is_some() { NEAR } else { NEARER };
        for at in 0..self.words.len() {
            let announced = words.future.iter().filter(|phrase| self.has(at, phrase));
            let Some(length) = announced.map(Vec::len).max() else { continue };
            let begins = at + length;
            for on in begins..self.words.len().min(begins + near + 1) {
                if !words.on.contains(&self.word(on)) {
                    continue;
                }
                let Some((day, end)) = self.day(words, on + 1, written) else { continue };
                let is_later = written.is_none_or(|written| written.is_before(Date::day(day)));
                if is_later && day < today {
                    return Some((TenseFinding::Passed(day), self.part(at..end)));
                }
            }
        }
        None
    }

    /// The day that begins at a word, and where it ends: `12 December 2025`, `Monday, December 12`. Without a year it is the
    /// first after the page was written.
    fn day(
        &self,
        words: &TenseWords,
        at: usize,
        written: Option<Date>,
    ) -> Option<(civil::Date, usize)> {
        let at = at + usize::from(words.days.contains(&self.word(at)));
        let month_of = |at: usize| {
            let found =
                words.months.iter().position(|month| month.to_lowercase() == self.word(at))?;
            i8::try_from(found + 1).ok()
        };
        let day_of = |at: usize| {
            let word = self.word(at);
            let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
            let is_day = matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th" | "er");
            word[..digits].parse::<i8>().ok().filter(|_| is_day)
        };
        // Over a word that joins the parts of a day.
        let past = |at: usize| at + usize::from(words.between.contains(&self.word(at)));
        let second = past(at + 1);
        let (day, month) = match (day_of(at), month_of(at)) {
            (Some(day), _) => (day, month_of(second)?),
            (_, Some(month)) => (day_of(second)?, month),
            _ => return None,
        };
        let end = second + 1;
        let third = past(end);
        let year = self.word(third).parse::<i16>().ok().filter(|_| self.word(third).len() == 4);
        if let Some(year) = year {
            return Some((civil::Date::new(year, month, day).ok()?, third + 1));
        }
        Some((first_after(month, day, written?)?, end))
    }

    fn relative(&self, words: &TenseWords, written: Option<Date>) -> FoundInSentence {
        let is_year =
            |(word, _): &(String, Range<usize>)| word.len() == 4 && word.parse::<u16>().is_ok();
        if written.is_some() || self.words.iter().any(is_year) {
            return None;
        }
        (0..self.words.len()).find_map(|at| {
            let phrase = words.relative.iter().find(|phrase| self.has(at, phrase))?;
            let before = at.checked_sub(1).map_or("", |before| self.word(before));
            let part = self.part(at..at + phrase.len());
            let found = TenseFinding::Relative(self.text[part.clone()].to_owned());
            (!words.not_after.contains(&before)).then_some((found, part))
        })
    }
}
