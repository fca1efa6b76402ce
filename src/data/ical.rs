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
        let begins = self.0.len();
        self.0.extend([name, ":"]);
        if value.contains(char::is_control) {
            self.0.extend(value.chars().filter(|c| !c.is_control()));
        } else {
            self.0.push_str(value);
        }
        if self.0.len() - begins > LINE {
            let line = self.0.split_off(begins);
            self.fold(&line);
        }
        self.0.push_str("\r\n");
    }

    /// Writes a line in pieces of no more octets than a line may have, each but the first after a space. No character is cut.
    fn fold(&mut self, line: &str) {
        let (first, mut rest) = line.split_at(line.floor_char_boundary(LINE));
        self.0.push_str(first);
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(LINE - 1));
            self.0.extend(["\r\n ", piece]);
            rest = after;
        }
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
