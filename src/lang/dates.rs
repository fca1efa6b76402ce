//! Dates in words, as precise as they were given.
//!
//! Everything is civil: which zone's clock a time shows is the caller's business. The calendar is the Gregorian
//! one in every language, because content writes Gregorian dates and a bare year has no exact counterpart in a
//! calendar whose years begin on another day.

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{MD, Y, YM, YMD, YMDT};
use icu_datetime::input::{Date as IcuDate, DateTime as IcuDateTime, Time};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use jiff::civil::{Date, DateTime};

use super::LangTag;

type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// Formats dates for one language, in CLDR's long form.
///
/// A language that CLDR does not know has its dates in English, like its interface text.
#[derive(Debug)]
pub struct Dates {
    day: Formatter<YMD>,
    day_of_year: Formatter<MD>,
    month: Formatter<YM>,
    year: Formatter<Y>,
    date_time: Formatter<YMDT>,
}

impl Dates {
    /// The dates of a language. Expensive: make one per language and build.
    pub fn new(tag: &LangTag) -> Self {
        let dates = Self::load(&Self::stand_in(tag));
        // Without month names the root locale's pattern prints `M01`: meant for machines, not for readers.
        if dates.month(jiff::civil::date(2025, 1, 1)).contains("M01") {
            return Self::load(&LangTag::english());
        }
        dates
    }

    /// The tag whose dates stand for those of a language. ICU4X 2.4 loads `pt` and `pt-BR` without the digits that their
    /// patterns need, and panics when it formats; it has all of `pt-PT`, whose dates read the same.
    fn stand_in(tag: &LangTag) -> LangTag {
        let is_portuguese = tag.language().as_str() == "pt";
        let other = is_portuguese.then(|| LangTag::parse("pt-PT")).flatten();
        other.unwrap_or_else(|| tag.clone())
    }

    /// A full date, without the day of the week: `20 June 2025` in `en-GB`.
    pub fn day(&self, date: Date) -> String {
        self.day.format(&gregorian(date)).to_string()
    }

    /// The month of a date: `June 2025`. The day is ignored.
    pub fn month(&self, date: Date) -> String {
        self.month.format(&gregorian(date)).to_string()
    }

    /// The year of a date: `2025`. Month and day are ignored.
    pub fn year(&self, date: Date) -> String {
        self.year.format(&gregorian(date)).to_string()
    }

    /// A date with its time to the minute: `20 June 2025 at 15:00` in `en-GB`. Seconds are cut off.
    pub fn date_time(&self, at: DateTime) -> String {
        let time = Time::try_new(at.hour().unsigned_abs(), at.minute().unsigned_abs(), 0, 0)
            .expect("a civil time has an hour below 24 and a minute below 60");
        self.date_time.format(&IcuDateTime { date: gregorian(at.date()), time }).to_string()
    }

    /// The first and the last day of a span of time, as short as the language has it, with what stands between them: `2`,
    /// `–` and `4 June 2025`, or `30 June`, ` – ` and `2 July 2025`.
    pub fn days(&self, from: Date, to: Date) -> DaySpan {
        let (first, last) = (self.day(from), self.day(to));
        let is_month =
            (from.year(), from.month()) == (to.year(), to.month()) && from.day() < to.day();
        if is_month && let Some(span) = of_one_month(&first, &last) {
            return span;
        }
        let between = between(&last);
        if from.year() != to.year() || from >= to {
            return DaySpan { from: first, between: between.wide, to: last };
        }
        // Where the year comes first, the last day does without it.
        let short = |day: Date| self.day_of_year.format(&gregorian(day)).to_string();
        let year = from.year().to_string();
        let (from, to) = match first.starts_with(&year) {
            true => (first, short(to)),
            false => (short(from), last),
        };
        DaySpan { from, between: between.wide, to }
    }

    /// Two formatted dates as one span of time: `June 2025 – 1 July 2025`.
    pub fn range(&self, from: &str, to: &str) -> String {
        format!("{from} – {to}")
    }

    fn load(tag: &LangTag) -> Self {
        const WHY: &str = "the bundled data ends every fallback at the root locale";
        let preferences = DateTimeFormatterPreferences::from(tag.locale());
        Self {
            day: Formatter::try_new(preferences, YMD::long()).expect(WHY),
            day_of_year: Formatter::try_new(preferences, MD::long()).expect(WHY),
            month: Formatter::try_new(preferences, YM::long()).expect(WHY),
            year: Formatter::try_new(preferences, Y::long()).expect(WHY),
            date_time: Formatter::try_new(preferences, YMD::long().with_time_hm()).expect(WHY),
        }
    }
}

/// A span of days in words: the parts make a text one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySpan {
    /// The first day.
    pub from: String,
    /// What stands between the two.
    pub between: &'static str,
    /// The last day.
    pub to: String,
}

/// What stands between the ends of a span: between days of one month, and between whole dates.
struct Between {
    tight: &'static str,
    wide: &'static str,
}

/// The signs of the language that a date is written in.
fn between(date: &str) -> Between {
    let one = |sign| Between { tight: sign, wide: sign };
    match date {
        _ if date.contains('일') => one("~"),
        // A Chinese date has the signs of a Japanese one, and both read this.
        _ if date.contains('日') => one("～"),
        _ => Between { tight: "–", wide: " – " },
    }
}

/// Two days of one month, whose texts differ in the day alone.
fn of_one_month(first: &str, last: &str) -> Option<DaySpan> {
    let digits = |text: &str, at: usize| {
        text[at..].find(|c: char| !c.is_numeric()).map_or(text.len(), |end| at + end)
    };
    let alike = first.chars().zip(last.chars()).take_while(|(a, b)| a == b);
    let differ = alike.map(|(c, _)| c.len_utf8()).sum::<usize>();
    // The days 21 and 24 differ in their second digit.
    let start = first[..differ]
        .rfind(|c: char| !c.is_numeric())
        .map_or(0, |at| at + first[at..].chars().next().map_or(1, char::len_utf8));
    let (end, end_of_last) = (digits(first, start), digits(last, start));
    if end == start || first[end..] != last[end_of_last..] {
        return None;
    }
    // What belongs to the number stays with both: `2.–4. Juni`, `2日～4日`.
    let own = first[end..].find(|c: char| c != '.' && !('\u{3000}'..).contains(&c));
    let own = own.map_or(first.len(), |length| end + length);
    let between = between(first).tight;
    Some(DaySpan { from: first[..own].into(), between, to: last[start..].into() })
}

fn gregorian(date: Date) -> IcuDate<Gregorian> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    IcuDate::try_new_gregorian(i32::from(year), month.unsigned_abs(), day.unsigned_abs())
        .expect("a civil date exists in the proleptic Gregorian calendar")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Dates;
    use crate::lang::LangTag;

    #[test]
    fn every_precision_in_every_language() {
        for (lang, expected) in [
            ("en", ["2025", "June 2025", "June 20, 2025", "June 20, 2025 at 3:05\u{202f}PM"]),
            ("en-US", ["2025", "June 2025", "June 20, 2025", "June 20, 2025 at 3:05\u{202f}PM"]),
            ("en-GB", ["2025", "June 2025", "20 June 2025", "20 June 2025 at 15:05"]),
            ("de", ["2025", "Juni 2025", "20. Juni 2025", "20. Juni 2025 um 15:05"]),
            ("ja", ["2025年", "2025年6月", "2025年6月20日", "2025年6月20日 15:05"]),
            ("ja-u-ca-japanese", ["2025年", "2025年6月", "2025年6月20日", "2025年6月20日 15:05"]),
            ("ar", ["2025", "يونيو 2025", "20 يونيو 2025", "20 يونيو 2025 في 3:05 م"]),
            (
                "pt",
                ["2025", "junho de 2025", "20 de junho de 2025", "20 de junho de 2025 às 15:05"],
            ),
            (
                "pt-BR",
                ["2025", "junho de 2025", "20 de junho de 2025", "20 de junho de 2025 às 15:05"],
            ),
            ("xx", ["2025", "June 2025", "June 20, 2025", "June 20, 2025 at 3:05\u{202f}PM"]),
        ] {
            let dates = Dates::new(&LangTag::parse(lang).unwrap());
            let day = date(2025, 6, 20);
            let time = day.at(15, 5, 59, 0);
            let all = [dates.year(day), dates.month(day), dates.day(day), dates.date_time(time)];
            assert_eq!(all, expected, "{lang}");
        }
    }

    #[test]
    fn early_and_late_dates_have_words_too() {
        let dates = Dates::new(&LangTag::parse("en-GB").unwrap());
        for (day, expected) in [
            (date(1960, 1, 19), "19 January 1960"),
            (date(2024, 2, 29), "29 February 2024"),
            (date(9999, 12, 31), "31 December 9999"),
            (date(-9999, 1, 1), "1 January 10000 BC"),
        ] {
            assert_eq!(dates.day(day), expected);
        }
    }

    #[test]
    fn spans_of_days() {
        let of = |lang: &str, from, to| {
            let span = Dates::new(&LangTag::parse(lang).unwrap()).days(from, to);
            format!("{}{}{}", span.from, span.between, span.to)
        };
        for (lang, month, year, years) in [
            (
                "en-GB",
                "2–4 June 2025",
                "30 June – 2 July 2025",
                "31 December 2025 – 1 January 2026",
            ),
            (
                "en",
                "June 2–4, 2025",
                "June 30 – July 2, 2025",
                "December 31, 2025 – January 1, 2026",
            ),
            (
                "de",
                "2.–4. Juni 2025",
                "30. Juni – 2. Juli 2025",
                "31. Dezember 2025 – 1. Januar 2026",
            ),
            (
                "fr",
                "2–4 juin 2025",
                "30 juin – 2 juillet 2025",
                "31 décembre 2025 – 1 janvier 2026",
            ),
            (
                "es",
                "2–4 de junio de 2025",
                "30 de junio – 2 de julio de 2025",
                "31 de diciembre de 2025 – 1 de enero de 2026",
            ),
            ("ja", "2025年6月2日～4日", "2025年6月30日～7月2日", "2025年12月31日～2026年1月1日"),
            ("zh", "2025年6月2日～4日", "2025年6月30日～7月2日", "2025年12月31日～2026年1月1日"),
            (
                "ko",
                "2025년 6월 2일~4일",
                "2025년 6월 30일~7월 2일",
                "2025년 12월 31일~2026년 1월 1일",
            ),
            ("ar", "2–4 يونيو 2025", "30 يونيو – 2 يوليو 2025", "31 ديسمبر 2025 – 1 يناير 2026"),
        ] {
            assert_eq!(of(lang, date(2025, 6, 2), date(2025, 6, 4)), month, "{lang}");
            assert_eq!(of(lang, date(2025, 6, 30), date(2025, 7, 2)), year, "{lang}");
            assert_eq!(of(lang, date(2025, 12, 31), date(2026, 1, 1)), years, "{lang}");
        }
        // The days differ in their second digit, or in how many they have; a day is a span of itself.
        assert_eq!(of("en-GB", date(2025, 6, 21), date(2025, 6, 24)), "21–24 June 2025");
        assert_eq!(of("en", date(2025, 6, 2), date(2025, 6, 24)), "June 2–24, 2025");
        assert_eq!(of("en-GB", date(2025, 6, 2), date(2025, 6, 2)), "2 June 2025 – 2 June 2025");
    }

    #[test]
    fn ranges() {
        let dates = Dates::new(&LangTag::english());
        assert_eq!(dates.range("2012", "June 2025"), "2012 – June 2025");
    }
}
