//! Dates in words, as precise as they were given.
//!
//! Everything is civil: which zone's clock a time shows is the caller's business. The calendar is the Gregorian
//! one in every language, because content writes Gregorian dates and a bare year has no exact counterpart in a
//! calendar whose years begin on another day.

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{Y, YM, YMD, YMDT};
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

    /// Two formatted dates as one span of time: `June 2025 – 1 July 2025`.
    pub fn range(&self, from: &str, to: &str) -> String {
        format!("{from} – {to}")
    }

    fn load(tag: &LangTag) -> Self {
        const WHY: &str = "the bundled data ends every fallback at the root locale";
        let preferences = DateTimeFormatterPreferences::from(tag.locale());
        Self {
            day: Formatter::try_new(preferences, YMD::long()).expect(WHY),
            month: Formatter::try_new(preferences, YM::long()).expect(WHY),
            year: Formatter::try_new(preferences, Y::long()).expect(WHY),
            date_time: Formatter::try_new(preferences, YMD::long().with_time_hm()).expect(WHY),
        }
    }
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
    fn ranges() {
        let dates = Dates::new(&LangTag::english());
        assert_eq!(dates.range("2012", "June 2025"), "2012 – June 2025");
    }
}
