//! Dates as authors write them: a year, a month, a day, or a moment.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};
use serde::{Serialize, Serializer};

/// A date with the precision its author gave it. A bare date stays a bare date.
///
/// A date without a time covers its whole day, month or year in the site's time zone: it begins at its first
/// moment and has passed after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
}

/// The time of a date that has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Time {
    hour: i8,
    minute: i8,
    second: i8,
    /// Seconds east of UTC; none for a local time, which is read in the site's time zone.
    offset: Option<i32>,
}

/// Why a text is not a date; `Display` is the message, [`InvalidDate::help`] what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidDate {
    /// No known form; the nearest right one if the text can only mean one day.
    Form(Option<String>),
    /// The form is right, the day or time does not exist.
    DoesNotExist,
}

impl InvalidDate {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            Self::Form(Some(better)) => format!("write {better}"),
            Self::Form(None) => {
                "write a year (2025), a month (2025-06), a day (2025-06-21) or a moment (2025-06-21T09:30:00+09:00)"
                    .into()
            }
            Self::DoesNotExist => "write a day that exists, as year-month-day".into(),
        }
    }
}

impl Date {
    /// A whole day.
    pub fn day(date: civil::Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()), time: None }
    }

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, RFC 3339, `YYYY-MM-DD H:MM:SS -0500`, or a local time, which has no
    /// offset: `YYYY-MM-DD H:MM`.
    ///
    /// # Errors
    /// [`InvalidDate`] for anything else, and for days and times that do not exist.
    pub fn parse(text: &str) -> Result<Self, InvalidDate> {
        let text = text.trim();
        let (date, time) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], Some(text[at + 1..].trim_start())),
            None => (text, None),
        };
        let parts: Vec<&str> = date.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let digits = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !digits || !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) {
            return Err(InvalidDate::Form(guess(text)));
        }
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i16>().ok());
        let year = number(0).ok_or(InvalidDate::Form(None))?;
        let month = number(1).map(|month| month as i8);
        let day = number(2).map(|day| day as i8);
        if civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err() || year == 0 {
            return Err(InvalidDate::DoesNotExist);
        }
        let time = match time {
            None => None,
            Some(_) if day.is_none() => return Err(InvalidDate::Form(None)),
            Some(time) => Some(parse_time(time)?),
        };
        Ok(Self { year, month, day, time })
    }

    /// The same day, month or year without a time.
    #[must_use]
    pub fn without_time(self) -> Self {
        Self { time: None, ..self }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, when the date is that precise.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The whole day, when the date is that precise.
    pub fn civil(self) -> Option<civil::Date> {
        civil::Date::new(self.year, self.month?, self.day?).ok()
    }

    /// Whether the date names a moment.
    pub fn has_time(self) -> bool {
        self.time.is_some()
    }

    /// The date's first moment.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        match self.time {
            Some(time) => self.moment(time, zone),
            None => first_moment(self.first_day(), zone),
        }
    }

    /// The moment after the date's last: a bare date has passed when its whole day, month or year has.
    pub fn ends(self, zone: &TimeZone) -> Timestamp {
        let span: Span = match (self.time, self.month, self.day) {
            (Some(time), ..) => return self.moment(time, zone),
            (None, None, _) => 1.year(),
            (None, Some(_), None) => 1.month(),
            (None, Some(_), Some(_)) => 1.day(),
        };
        first_moment(self.first_day().saturating_add(span), zone)
    }

    /// Whether the date may lie in a period, of which both ends are a part. An end that is not given is no limit.
    pub fn is_within(self, start: Option<Self>, end: Option<Self>) -> bool {
        start.is_none_or(|start| !self.is_before(start))
            && end.is_none_or(|end| !end.is_before(self))
    }

    /// Whether all of `self` lies before `other`, compared at the coarser of the two precisions. A local time is
    /// compared with another local time, and with a time that has an offset by the day.
    pub fn is_before(self, other: Self) -> bool {
        if let (Some(a), Some(b)) = (self.time, other.time)
            && a.offset.is_some() == b.offset.is_some()
        {
            return self.moment(a, &TimeZone::UTC) < other.moment(b, &TimeZone::UTC);
        }
        let pairs = [
            (Some(self.year), Some(other.year)),
            (self.month.map(i16::from), other.month.map(i16::from)),
            (self.day.map(i16::from), other.day.map(i16::from)),
        ];
        for pair in pairs {
            let (Some(a), Some(b)) = pair else { return false };
            match a.cmp(&b) {
                Ordering::Less => return true,
                Ordering::Greater => return false,
                Ordering::Equal => {}
            }
        }
        false
    }

    /// The civil date and time at which the moment falls in a time zone, for a date that has a time.
    pub fn civil_time(self, zone: &TimeZone) -> Option<civil::DateTime> {
        self.time.map(|time| zone.to_datetime(self.moment(time, zone)))
    }

    /// The same date; a local time gets the offset that it has in a time zone.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Self {
        let Some(time @ Time { offset: None, .. }) = self.time else { return self };
        let moment = self.moment(time, zone);
        let offset = zone.to_offset(moment);
        let at = offset.to_datetime(moment);
        let time = Time {
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
            offset: Some(offset.seconds()),
        };
        Self { time: Some(time), ..Self::day(at.date()) }
    }

    fn first_day(self) -> civil::Date {
        civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(civil::Date::ZERO)
    }

    fn moment(self, time: Time, zone: &TimeZone) -> Timestamp {
        let date = self.first_day().at(time.hour, time.minute, time.second, 0);
        match time.offset {
            Some(offset) => {
                let offset = Offset::from_seconds(offset).unwrap_or(Offset::UTC);
                offset.to_timestamp(date).unwrap_or(Timestamp::MIN)
            }
            // A time that the clocks skipped is as far behind the skip as it was in it.
            None => {
                let zoned = zone.to_ambiguous_zoned_datetime(date).compatible();
                zoned.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
            }
        }
    }
}

/// A day's first moment in a zone; a day that a zone skipped begins where the next one does.
fn first_moment(day: civil::Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_zoned_datetime(day.at(0, 0, 0, 0))
        .compatible()
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

fn parse_time(text: &str) -> Result<Time, InvalidDate> {
    let form = || InvalidDate::Form(None);
    let end = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, zone) = (&text[..end], text[end..].trim());
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let mut parts = clock.split(':').map(|part| match part.len() {
        1 | 2 => part.parse::<i8>().map_err(|_| form()),
        _ => Err(form()),
    });
    let hour = parts.next().ok_or_else(form)??;
    let minute = parts.next().ok_or_else(form)??;
    let second = parts.next().unwrap_or(Ok(0))?;
    if parts.next().is_some() {
        return Err(form());
    }
    if civil::Time::new(hour, minute, second, 0).is_err() {
        return Err(InvalidDate::DoesNotExist);
    }
    let offset = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        _ => {
            let sign = match zone.as_bytes().first() {
                Some(b'+') => 1,
                Some(b'-') => -1,
                _ => return Err(form()),
            };
            let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
            if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(form());
            }
            let hours: i32 = digits[..2].parse().map_err(|_| form())?;
            let minutes: i32 = digits[2..].parse().map_err(|_| form())?;
            if hours > 23 || minutes > 59 {
                return Err(InvalidDate::DoesNotExist);
            }
            Some(sign * (hours * 3600 + minutes * 60))
        }
    };
    Ok(Time { hour, minute, second, offset })
}

/// The one day that a wrongly written date can mean: `21/06/2025`, `2025/6/1`, `2025-6-1`. `06/07/2025` has two.
fn guess(text: &str) -> Option<String> {
    let parts: Vec<i16> =
        text.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = match (a > 31, c > 31) {
        (true, false) => (a, b, c),
        (false, true) if a > 12 => (c, b, a),
        (false, true) if b > 12 || a == b => (c, a, b),
        _ => return None,
    };
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.to_string())
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
            match time.offset {
                None => {}
                Some(0) => f.write_str("Z")?,
                Some(offset) => {
                    let minutes = offset.abs() / 60;
                    let sign = if offset < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)?;
                }
            }
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form(_) => "is not a date",
            Self::DoesNotExist => "does not exist",
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Date;

    /// Clocks skip an hour in spring and show another twice in autumn: such a time is one moment all the same.
    #[test]
    fn a_local_time_that_clocks_skip_or_show_twice() {
        let london = TimeZone::get("Europe/London").expect("a bundled zone");
        for (text, moment, written) in [
            ("2025-03-30 01:30", "2025-03-30T01:30:00Z", "2025-03-30T02:30:00+01:00"),
            ("2025-10-26 01:30", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00+01:00"),
            ("2025-07-01 12:00", "2025-07-01T11:00:00Z", "2025-07-01T12:00:00+01:00"),
            ("2025-01-01 12:00", "2025-01-01T12:00:00Z", "2025-01-01T12:00:00Z"),
        ] {
            let date = Date::parse(text).expect("a date");
            assert_eq!(date.begins(&london).to_string(), moment, "{text}");
            assert_eq!(date.in_zone(&london).to_string(), written, "{text}");
        }
    }

    #[test]
    fn forms() {
        for (text, iso) in [
            ("2025", "2025"),
            ("2025-06", "2025-06"),
            ("2025-06-21", "2025-06-21"),
            ("2025-06-21T09:30:00Z", "2025-06-21T09:30:00Z"),
            ("2025-06-21T09:30:00.123+09:00", "2025-06-21T09:30:00+09:00"),
            ("2025-06-21 9:30:00 -0500", "2025-06-21T09:30:00-05:00"),
            ("2024-02-29", "2024-02-29"),
            ("2022-11-24T10:56:58", "2022-11-24T10:56:58"),
            ("2022-11-24T10:56:58.25", "2022-11-24T10:56:58"),
            ("2030-01-01 09:00", "2030-01-01T09:00:00"),
            ("2030-01-01 9:00", "2030-01-01T09:00:00"),
            ("2030-01-01t09:00", "2030-01-01T09:00:00"),
            ("2030-01-01  09:00 ", "2030-01-01T09:00:00"),
        ] {
            assert_eq!(
                Date::parse(text).map(|date| date.to_string()).as_deref(),
                Ok(iso),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_a_date() {
        for (text, message, help) in [
            ("21/06/2025", "is not a date", "write 2025-06-21"),
            ("2025-6-1", "is not a date", "write 2025-06-01"),
            ("06/07/2025", "is not a date", "write a year"),
            ("soon", "is not a date", "write a year"),
            ("2025-02-30", "does not exist", "write a day that exists"),
            ("2025-13", "does not exist", "write a day that exists"),
            ("2025-06-21T25:00:00Z", "does not exist", "write a day"),
            ("2025-06T09:00:00Z", "is not a date", "write a year"),
            ("2025-06-21T09", "is not a date", "write a year"),
            ("2025-06-21T09:00:00 Tokyo", "is not a date", "write a year"),
            ("2025-06-21 09:61", "does not exist", "write a day"),
            ("2025-06T09:00", "is not a date", "write a year"),
            ("2025-06-21 é", "is not a date", "write a year"),
        ] {
            let error = Date::parse(text).expect_err(text);
            assert_eq!(error.to_string(), message, "{text}");
            assert!(error.help().starts_with(help), "{text}: {}", error.help());
        }
    }

    #[test]
    fn order_is_compared_at_the_coarser_precision() {
        let before = |a: &str, b: &str| {
            Date::parse(a).expect("a date").is_before(Date::parse(b).expect("a date"))
        };
        assert!(before("2025", "2026-01"));
        assert!(before("2025-06-20", "2025-06-21"));
        assert!(!before("2025", "2025-06"));
        assert!(!before("2025-06-21", "2025-06"));
        assert!(before("2025-06-21T10:00:00Z", "2025-06-21T10:30:00Z"));
        assert!(before("2025-06-21T10:00:00+09:00", "2025-06-21T10:00:00Z"));
        assert!(before("2025-06-21 10:00", "2025-06-21 10:01"));
        assert!(!before("2025-06-21 10:00", "2025-06-21T23:00:00Z"));
        assert!(before("2025-06-20 10:00", "2025-06-21T01:00:00Z"));
    }

    #[test]
    fn a_bare_date_covers_its_whole_day_in_the_sites_zone() {
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a bundled zone");
        let day = Date::parse("2025-06-21").expect("a date");
        assert_eq!(day.begins(&tokyo).to_string(), "2025-06-20T15:00:00Z");
        assert_eq!(day.ends(&tokyo).to_string(), "2025-06-21T15:00:00Z");
        let local = Date::parse("2025-06-21 09:30").expect("a date");
        assert_eq!(local.begins(&tokyo).to_string(), "2025-06-21T00:30:00Z");
        assert_eq!(local.ends(&tokyo).to_string(), "2025-06-21T00:30:00Z");
        assert_eq!(local.begins(&TimeZone::UTC).to_string(), "2025-06-21T09:30:00Z");
        assert_eq!(local.in_zone(&tokyo).to_string(), "2025-06-21T09:30:00+09:00");
        assert_eq!(day.in_zone(&tokyo), day);
        let year = Date::parse("2025").expect("a date");
        assert_eq!(year.ends(&TimeZone::UTC).to_string(), "2026-01-01T00:00:00Z");
    }
}
