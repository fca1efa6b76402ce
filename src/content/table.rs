//! The table of a CSV file: what a chart draws.
//!
//! The first row names the columns, the first column names the rows, and every other cell is a number or empty. Files come
//! from spreadsheets: cells may be parted by commas, semicolons or tabs, and where semicolons or tabs part them, a comma may
//! be the decimal sign.

use std::fmt;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use serde::Serialize;

use super::model::amount;

/// The most bytes of a file that is read as a table.
pub const MOST_BYTES: u64 = 256 * 1024;
/// The most rows of a table, without the one that names the columns.
pub const MOST_ROWS: usize = 400;
/// The most columns of numbers.
pub const MOST_COLUMNS: usize = 12;

/// Named columns of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the names of the rows are, such as "Year".
    pub row_header: Arc<str>,
    /// The names of the columns of numbers.
    pub columns: Vec<Arc<str>>,
    /// The rows, in the order of the file.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Its name: a date or any text.
    pub name: Arc<str>,
    /// For each column the number in decimal notation, with a point and without grouping; none for an empty cell.
    pub numbers: Vec<Option<Arc<str>>>,
}

/// Why a text is no table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableFault {
    /// The line of the text, 1-based; none where the fault is of the whole.
    pub line: Option<u64>,
    /// What a reader of the message sees, without the place.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Table {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// [`TableFault`] for bytes that are not UTF-8, and as [`Self::parse`].
    pub fn of_file(bytes: &[u8]) -> Result<Self, TableFault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(_) => Err(whole("is not UTF-8", "save it as `CSV UTF-8` in the spreadsheet")),
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`TableFault`] for a cell that is no number, rows of other lengths than the first, and tables that are empty or have
    /// more than [`MOST_ROWS`] or [`MOST_COLUMNS`].
    pub fn parse(text: &str) -> Result<Self, TableFault> {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |sign: char| first.matches(sign).count();
        let separator = [',', ';', '\t'].into_iter().rev().max_by_key(|sign| count(*sign));
        let separator = separator.filter(|sign| count(*sign) > 0).unwrap_or(',');
        let mut reader = ReaderBuilder::new();
        reader.delimiter(separator as u8).has_headers(false).flexible(true);
        let mut records = reader.trim(csv::Trim::All).from_reader(text.as_bytes()).into_records();
        let unread =
            |_: csv::Error| whole("cannot be read", "write rows of cells, parted by commas");
        let header = match records.next() {
            Some(header) => header.map_err(unread)?,
            None => return Err(whole("has no rows", "begin with a row that names the columns")),
        };
        if header.len() < 2 {
            let help = "write the names of the rows in the first column and numbers in the next";
            return Err(at(text, &header, "there is only one column".into(), help));
        }
        if header.len() - 1 > MOST_COLUMNS {
            let message = format!("there are more than {MOST_COLUMNS} columns of numbers");
            return Err(at(text, &header, message, "leave out what the chart does not need"));
        }
        let mut rows = Vec::new();
        for record in records {
            let record = record.map_err(unread)?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            if rows.len() == MOST_ROWS {
                let message = format!("there are more than {MOST_ROWS} rows");
                return Err(at(text, &record, message, "leave out what the chart does not need"));
            }
            rows.push(row(text, &record, header.len(), separator != ',')?);
        }
        if rows.is_empty() {
            return Err(whole("has no row of numbers", "write one below the names of the columns"));
        }
        Ok(Self {
            row_header: header[0].into(),
            columns: header.iter().skip(1).map(Arc::from).collect(),
            rows,
        })
    }
}

impl Table {
    /// The names of its columns and rows.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().map(|row| &*row.name);
        self.columns.iter().map(|name| &**name).chain(rows)
    }
}

fn row(
    text: &str,
    record: &StringRecord,
    length: usize,
    is_comma_decimal: bool,
) -> Result<TableRow, TableFault> {
    if record.len() != length {
        let message =
            format!("this row has {} cells, and the first row has {length}", record.len());
        return Err(at(
            text,
            record,
            message,
            "write an empty cell for a number that is not known",
        ));
    }
    let number = |cell: &str| match cell {
        "" | "-" | "–" | "—" | "…" | ".." => Ok(None),
        cell => match decimal(cell, is_comma_decimal) {
            Some(number) => Ok(Some(number)),
            None => {
                let help = "write digits alone, and the unit in the chart; or leave the cell empty";
                Err(at(text, record, format!("`{cell}` is not a number"), help))
            }
        },
    };
    let numbers = record.iter().skip(1).map(number).collect::<Result<_, _>>()?;
    Ok(TableRow { name: record[0].into(), numbers })
}

/// A number in decimal notation; none for a text that is no number.
fn decimal(cell: &str, is_comma_decimal: bool) -> Option<Arc<str>> {
    let cell = cell.strip_suffix('%').unwrap_or(cell).trim().replace('\u{2212}', "-");
    let (grouping, point) = if is_comma_decimal && cell.contains(',') {
        (['.', ' ', '\u{a0}', '\u{202f}', '\'', '_'], ',')
    } else {
        ([',', ' ', '\u{a0}', '\u{202f}', '\'', '_'], '.')
    };
    let plain: String = cell.chars().filter(|c| !grouping.contains(c)).collect();
    let plain = plain.replace(point, ".");
    let is_plain = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    (is_plain && amount(&plain).is_some()).then(|| plain.trim_start_matches('+').into())
}

fn whole(message: &str, help: &str) -> TableFault {
    TableFault { line: None, message: message.into(), help: help.into() }
}

fn at(text: &str, record: &StringRecord, message: String, help: &str) -> TableFault {
    // The reader counts blank lines as the beginning of the next row.
    let line = record.position().map(|position| {
        let before = text.len().min(position.byte() as usize);
        let blank = text[before..].len() - text[before..].trim_start().len();
        1 + text[..before + blank].matches('\n').count() as u64
    });
    TableFault { line, message, help: help.into() }
}

#[cfg(test)]
mod tests {
    use super::{MOST_COLUMNS, MOST_ROWS, Table};

    fn numbers(text: &str) -> Vec<Vec<Option<String>>> {
        let table = Table::parse(text).unwrap();
        let row = |numbers: &[Option<std::sync::Arc<str>>]| {
            numbers.iter().map(|number| number.as_deref().map(str::to_owned)).collect()
        };
        table.rows.iter().map(|of_row| row(&of_row.numbers)).collect()
    }

    #[test]
    fn what_spreadsheets_write() {
        for (text, expected) in [
            ("Year,A\n2020,1.5\n", "1.5"),
            ("Year;A\r\n2020;1,5\r\n", "1.5"),
            ("Year;A\n2020;1.234,5\n", "1234.5"),
            ("Year\tA\n2020\t1,5\n", "1.5"),
            ("Year;A\n2020;1.5\n", "1.5"),
            ("Year,A\n2020,\"1,234\"\n", "1234"),
            ("Year,A\n2020,\"1 234.50\"\n", "1234.50"),
            ("Year,A\n2020,3.5%\n", "3.5"),
            ("Year,A\n2020,−3\n", "-3"),
            ("Year,A\n\n2020, +3 \n,\n", "3"),
            ("\"Year, fiscal\",A\n2020,3\n", "3"),
        ] {
            assert_eq!(numbers(text), [[Some(expected.to_owned())]], "{text:?}");
        }
        assert_eq!(numbers("Year,A,B\n2020,,-\n"), [[None, None]]);
    }

    #[test]
    fn what_is_no_table() {
        for (text, expected) in [
            ("", "has no rows"),
            ("Year,A\n", "has no row of numbers"),
            ("Year\n2020\n", "line 1: there is only one column"),
            ("Year,A\n2020,1,2\n", "line 2: this row has 3 cells, and the first row has 2"),
            ("Year,A\n\n2020\n", "line 3: this row has 1 cells, and the first row has 2"),
            ("Year,A\n2020,much\n", "line 2: `much` is not a number"),
            ("Year,A\n2020,1e400\n", "line 2: `1e400` is not a number"),
            ("Year,A\n2020,1-2\n", "line 2: `1-2` is not a number"),
            ("Year,A\n2020,$5\n", "line 2: `$5` is not a number"),
        ] {
            assert_eq!(Table::parse(text).unwrap_err().to_string(), expected, "{text:?}");
        }
        assert_eq!(Table::of_file(b"Year,A\n2020,\xe9\n").unwrap_err().message, "is not UTF-8");
        assert!(Table::of_file("\u{feff}Year,A\n2020,1\n".as_bytes()).is_ok());
    }

    #[test]
    fn both_sides_of_each_limit() {
        let rows = |count: usize| format!("Year,A\n{}", "x,1\n".repeat(count));
        assert!(Table::parse(&rows(MOST_ROWS)).is_ok());
        assert!(Table::parse(&rows(MOST_ROWS + 1)).is_err());
        let columns =
            |count: usize| format!("Year{}\nx{}\n", ",A".repeat(count), ",1".repeat(count));
        assert!(Table::parse(&columns(MOST_COLUMNS)).is_ok());
        assert!(Table::parse(&columns(MOST_COLUMNS + 1)).is_err());
    }
}
