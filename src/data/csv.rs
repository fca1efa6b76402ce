//! Rows of CSV (RFC 4180) that no spreadsheet takes for formulas.

/// Writes a row.
pub fn push_row(text: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// Writes a cell. A spreadsheet takes one that begins with `=`, `+`, `-`, `@`, a tab or a return for a formula, unless it is
/// a number: an apostrophe before it makes it a text.
fn push_cell(text: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell);
    let is_quoted = cell.contains(['"', ',', '\r', '\n']);
    if is_quoted {
        text.push('"');
    }
    if is_formula {
        text.push('\'');
    }
    match is_quoted {
        true => text.push_str(&cell.replace('"', "\"\"")),
        false => text.push_str(cell),
    }
    if is_quoted {
        text.push('"');
    }
}

/// Whether a cell is digits with at most one point, after a minus sign or none.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("", ""),
            ("GDP", "GDP"),
            ("-3.5", "-3.5"),
            ("3.5", "3.5"),
            ("-", "'-"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("a,b", "\"a,b\""),
            ("a\nb", "\"a\nb\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
        ] {
            let mut text = String::new();
            push_cell(&mut text, cell);
            assert_eq!(text, expected, "{cell:?}");
        }
    }
}
