//! Statements whose day has passed in languages that write a day with signs behind its numbers: `12月12日`, `12월 12일`. What
//! announces the day may stand before it or behind it; between the two nothing may say that it has passed.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil;

use crate::content::date::Date;

use super::{FoundInSentence, TenseFinding, first_after};

/// Characters between the day and what announces it behind it.
const NEAR: usize = 30;

/// The same on a page without a date, of which nothing else says that the day lay ahead.
const NEARER: usize = 15;

/// Characters between what announces a day before it and the day: those of a year, or of where the clock is.
const BEFORE: usize = 6;

/// Signs of quotation: what they enclose was said by others, on a day of their own.
const QUOTES: [char; 9] = ['"', '“', '”', '‘', '’', '「', '」', '『', '』'];

/// The words of a language.
#[derive(Default)]
struct SignWords {
    /// The signs behind a year, a month and a day.
    year: Vec<&'static str>,
    month: Vec<&'static str>,
    day: Vec<&'static str>,
    /// What announces something and stands before its day: `将于`.
    before: Vec<&'static str>,
    /// The same behind the day: `予定だ`.
    after: Vec<&'static str>,
    /// What says that something has happened.
    past: Vec<&'static str>,
    /// What means another day on each day: `昨日`.
    relative: Vec<&'static str>,
    /// Longer words that hold one of those and mean something else: `明日之星`, `予定だった`.
    never: Vec<&'static str>,
}

/// The words of a language, with what a text without any finding lacks.
pub(super) struct SignRules {
    words: SignWords,
    announced: AhoCorasick,
    relative: AhoCorasick,
    /// Whether words stand apart, so that a relative one begins behind a space.
    is_spaced: bool,
}

impl SignRules {
    /// Those of a language, by the first part of its tag.
    pub(super) fn of(lang: &str) -> Option<&'static Self> {
        static JAPANESE: LazyLock<Option<SignRules>> =
            LazyLock::new(|| SignRules::new(include_str!("ja.txt"), false));
        static KOREAN: LazyLock<Option<SignRules>> =
            LazyLock::new(|| SignRules::new(include_str!("ko.txt"), true));
        static CHINESE: LazyLock<Option<SignRules>> =
            LazyLock::new(|| SignRules::new(include_str!("zh.txt"), false));
        match lang {
            "ja" => JAPANESE.as_ref(),
            "ko" => KOREAN.as_ref(),
            "zh" => CHINESE.as_ref(),
            _ => None,
        }
    }

    fn new(text: &'static str, is_spaced: bool) -> Option<Self> {
        let words = SignWords::read(text);
        let announced = words.before.iter().chain(&words.after);
        let announced = AhoCorasick::new(announced).ok()?;
        let relative = AhoCorasick::new(&words.relative).ok()?;
        Some(Self { words, announced, relative, is_spaced })
    }

    /// Whether a text, a block or a sentence may have a finding.
    pub(super) fn may_find(&self, text: &str, is_dated: bool) -> bool {
        let has_month = self.words.month.iter().any(|sign| text.contains(sign));
        has_month && self.announced.is_match(text) || !is_dated && self.relative.is_match(text)
    }

    pub(super) fn finding(
        &self,
        text: &str,
        written: Option<Date>,
        today: civil::Date,
    ) -> FoundInSentence {
        if text.contains(QUOTES) {
            return None;
        }
        // A line may end wherever a space stands.
        let text = text.replace('\n', " ");
        let days = self.days(&text);
        let passed = days.iter().find_map(|found| {
            let day = match found.year {
                Some(year) => civil::Date::new(year, found.month, found.day).ok()?,
                None => first_after(found.month, found.day, written?)?,
            };
            let is_later = written.is_none_or(|written| written.is_before(Date::day(day)));
            let part = self.announced(&text, &found.range, written.is_some())?;
            (is_later && day < today).then_some((TenseFinding::Passed(day), part))
        });
        let relative =
            || (written.is_none() && !self.has_year(&text)).then(|| self.relative(&text));
        passed.or_else(|| relative().flatten())
    }

    /// The day that stands at some bytes with what announces it.
    fn announced(&self, text: &str, day: &Range<usize>, is_dated: bool) -> Option<Range<usize>> {
        let (before, after) = (&text[..day.start], &text[day.end..]);
        let says = |phrase: &&str| {
            let at = before.rfind(phrase)?;
            let end = at + phrase.len();
            let between = &before[end..];
            let is_near = between.chars().count() <= BEFORE && !between.contains(is_stop);
            (is_near && !self.is_other(text, &(at..end))).then_some(at)
        };
        if let Some(start) = self.words.before.iter().filter_map(|it| says(&it)).max() {
            return Some(start..day.end);
        }
        let near = if is_dated { NEAR } else { NEARER };
        let says = |phrase: &&str| {
            let at = after.find(phrase)?;
            let part = day.end + at..day.end + at + phrase.len();
            let between = after[..at].trim_start_matches(is_stop);
            let is_near = between.chars().count() <= near;
            let has_passed = self.words.past.iter().any(|past| between.contains(past));
            (is_near && !has_passed && !self.is_other(text, &part)).then_some(part.end)
        };
        let end = self.words.after.iter().filter_map(|it| says(&it)).min()?;
        Some(day.start..end)
    }

    /// Whether some bytes are a part of a longer word that means something else.
    fn is_other(&self, text: &str, part: &Range<usize>) -> bool {
        let all = self.words.never.iter().flat_map(|never| text.match_indices(never));
        let mut all = all.map(|(at, never)| at..at + never.len());
        all.any(|never| never.start < part.end && part.start < never.end)
    }

    /// Every day of a sentence.
    fn days(&self, text: &str) -> Vec<WrittenDay> {
        let words = &self.words;
        let ends_with = |before: &str, signs: &[&str]| {
            signs.iter().find_map(|sign| before.strip_suffix(sign).map(str::len))
        };
        let begins_with = |after: &str, signs: &[&str]| {
            signs.iter().find_map(|sign| after.starts_with(sign).then_some(sign.len()))
        };
        let mut days = Vec::new();
        let months = words.month.iter();
        for (at, sign) in months.flat_map(|sign| text.match_indices(sign)) {
            let Some((month, start)) = number_before(&text[..at]) else { continue };
            let behind = at + sign.len();
            let Some((day, end)) = number_behind(text, behind) else { continue };
            let spaces = text[end..].len() - text[end..].trim_start().len();
            let Some(length) = begins_with(&text[end + spaces..], &words.day) else { continue };
            let before = text[..start].trim_end();
            let year = ends_with(before, &words.year);
            let year = year.and_then(|end| number_before(&before[..end]));
            let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { continue };
            days.push(WrittenDay {
                year: year.map(|(year, _)| year),
                month,
                day,
                range: year.map_or(start, |(_, start)| start)..end + spaces + length,
            });
        }
        days
    }

    /// Whether a text names a year.
    fn has_year(&self, text: &str) -> bool {
        let mut years = self.words.year.iter().flat_map(|sign| text.match_indices(sign));
        years.any(|(at, _)| number_before(&text[..at]).is_some_and(|(year, _)| year > 999))
    }

    /// A word that means another day on each day.
    fn relative(&self, text: &str) -> FoundInSentence {
        let begins = |part: &Range<usize>| {
            !self.is_spaced || !text[..part.start].ends_with(char::is_alphanumeric)
        };
        let mut found = self.relative.find_iter(text).map(|found| found.range());
        let part = found.find(|part| begins(part) && !self.is_other(text, part))?;
        Some((TenseFinding::Relative(text[part.clone()].to_owned()), part))
    }
}

impl SignWords {
    fn read(text: &'static str) -> Self {
        let (mut words, mut section) = (Self::default(), "");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "year" => words.year.push(line),
                "month" => words.month.push(line),
                "day" => words.day.push(line),
                "before" => words.before.push(line),
                "after" => words.after.push(line),
                "past" => words.past.push(line),
                "relative" => words.relative.push(line),
                _ => words.never.push(line),
            }
        }
        words
    }
}

/// A day that a text names, and its bytes.
struct WrittenDay {
    year: Option<i16>,
    month: i8,
    day: i8,
    range: Range<usize>,
}

/// Where one statement ends and another begins.
fn is_stop(c: char) -> bool {
    matches!(c, '、' | '，' | '。' | '；' | ',' | ';')
}

/// A digit of ASCII, or one as wide as a sign.
fn digit(c: char) -> Option<i16> {
    let value = c.to_digit(10).or_else(|| {
        let wide = u32::from(c).checked_sub(0xFF10)?;
        (wide < 10).then_some(wide)
    })?;
    i16::try_from(value).ok()
}

/// The number of up to four digits that stands at the end of a text, and where it begins.
fn number_before(text: &str) -> Option<(i16, usize)> {
    let text = text.trim_end();
    let digits = text.char_indices().rev().take_while(|(_, c)| digit(*c).is_some());
    let start = digits.map(|(at, _)| at).last()?;
    Some((number(&text[start..])?, start))
}

/// The number of up to four digits that begins at a place, behind spaces, and where it ends.
fn number_behind(text: &str, at: usize) -> Option<(i16, usize)> {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let length = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
    Some((number(&rest[..length])?, start + length))
}

fn number(digits: &str) -> Option<i16> {
    let is_one = (1..=4).contains(&digits.chars().count());
    is_one.then(|| digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit))
}
