//! A number with its noun, in the English of messages.

/// `1 page`, `2 pages`: for nouns whose plural ends in `s`.
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
