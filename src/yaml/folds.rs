//! Texts over several lines, in which YAML puts a space between two. Chinese and Japanese have none there.

use std::borrow::Cow;

use crate::base::joins;

/// A text without the spaces that folding put between two lines of Chinese or Japanese; `written` is what stands in the
/// document.
pub(super) fn joined<'t>(text: Cow<'t, str>, written: &str) -> Cow<'t, str> {
    if text.is_ascii() || !written.contains('\n') {
        return text;
    }
    let mut kept = String::new();
    let mut from = 0;
    let mut lines = written.lines().map(|line| line.trim().trim_matches(['"', '\''])).peekable();
    while let (Some(line), Some(next)) = (lines.next(), lines.peek()) {
        let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else {
            continue;
        };
        if !joins(last, first) {
            continue;
        }
        // A few characters say which of the spaces it is.
        let tail = line.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        let fold = format!("{} {first}", &line[tail..]);
        if let Some(found) = text[from..].find(&fold) {
            let space = from + found + line.len() - tail;
            kept.push_str(&text[from..space]);
            from = space + 1;
        }
    }
    if from == 0 {
        return text;
    }
    kept.push_str(&text[from..]);
    kept.into()
}
