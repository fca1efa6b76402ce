//! The lines of calendars (iCalendar, RFC 5545).

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A moment in UTC.
pub fn moment(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A whole day.
pub fn day(day: civil::Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Content lines (RFC 5545, 3.1).
#[derive(Default)]
pub struct CalendarLines(String);

impl CalendarLines {
    /// The lines of a calendar of a name, up to its first component. Programs read it again each day.
    pub fn begin(name: &str, product: &str) -> Self {
        let mut lines = Self::default();
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", &format!("-//briefing//{product}//EN"));
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        // RFC 7986; programs that are older read the other name.
        lines.text("NAME", name);
        lines.text("X-WR-CALNAME", name);
        lines
    }

    /// The whole calendar.
    pub fn finish(mut self) -> String {
        self.add("END", "VCALENDAR");
        self.0
    }

    /// Adds a property whose value is of another type than text. A line that is too long goes on in the next.
    pub fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars().filter(|c| !c.is_control())) {
            if octets + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\n' => escaped.push_str("\\n"),
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                _ => escaped.push(c),
            }
        }
        self.add(name, &escaped);
    }
}
