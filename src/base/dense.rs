//! Scripts that have no spaces between words: Han and Kana.

/// Whether two lines that end and begin with these characters are joined without a space: Han and Kana have none
/// between words. Hangul has.
pub fn joins(before: char, after: char) -> bool {
    is_dense(before) && is_dense(after)
}

/// Whether a character is Han, Kana, or punctuation of theirs.
pub fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' // radicals
        | '\u{3001}'..='\u{30FF}' // punctuation, Hiragana, Katakana
        | '\u{3100}'..='\u{312F}' // Bopomofo
        | '\u{31A0}'..='\u{4DBF}' // extensions, enclosed forms, Han
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF9F}' // forms as wide and as narrow as another's
        | '\u{20000}'..='\u{3FFFF}')
}
