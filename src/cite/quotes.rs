//! Quotation marks of titles.

/// Straight quotation marks and apostrophes as typographic ones.
pub(super) fn curly(text: &str) -> String {
    if !text.contains(['"', '\'']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    for c in text.chars() {
        let opens = before.is_none_or(|c| c.is_whitespace() || "([{“‘—–".contains(c));
        out.push(match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        });
        before = Some(c);
    }
    out
}

/// The text of a title that gets quotation marks around it: double ones in it become single ones, and single ones double.
pub(super) fn inner(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<char> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let in_word = chars.peek().is_some_and(|next| next.is_alphanumeric());
        out.push(match c {
            // German opens with a low mark, and closes with the one that opens in English.
            '„' | '‚' => {
                open.push(c);
                c
            }
            '“' if open.last() == Some(&'„') => open.pop().map_or(c, |_| c),
            '‘' if open.last() == Some(&'‚') => open.pop().map_or(c, |_| c),
            '“' | '‘' => {
                open.push(c);
                if c == '“' { '‘' } else { '“' }
            }
            '”' if open.last() == Some(&'“') => {
                open.pop();
                '’'
            }
            '’' if open.last() == Some(&'‘') && !in_word => {
                open.pop();
                '”'
            }
            _ => c,
        });
    }
    out
}
