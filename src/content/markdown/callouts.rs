//! Callouts: block quotes whose first line begins with `[!KIND]`.

use std::ops::Range;

use pulldown_cmark::RefDefs;

use crate::base::nearest;
use crate::diag::{Code, Diagnostic};

use super::driver::Driver;

/// A kind of callout: its name as written, and the key that is both its class and its default title's message.
const KINDS: [(&str, &str); 8] = [
    ("NOTE", "callout-note"),
    ("TIP", "callout-tip"),
    ("IMPORTANT", "callout-important"),
    ("WARNING", "callout-warning"),
    ("CAUTION", "callout-caution"),
    ("DID YOU KNOW", "callout-did-you-know"),
    ("PRO TIP", "callout-pro-tip"),
    ("CONTEXT", "callout-context"),
];

/// The mark at the start of a callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'a> {
    /// What stands between the brackets, with its `!`.
    pub(super) label: &'a str,
    /// The kind's class and message.
    pub(super) key: &'static str,
    /// The length of the mark with its brackets.
    pub(super) len: usize,
}

/// Reads the mark at the start of a quote's first paragraph. An unknown kind is no mark: the quote stays a quote.
pub(super) fn marker(paragraph: &str) -> Option<Marker<'_>> {
    let inner = paragraph.strip_prefix("[!")?;
    let end = inner.find([']', '\n'])?;
    let after = inner[end..].strip_prefix(']')?;
    if after.starts_with(['(', '[']) {
        return None;
    }
    let name = &inner[..end];
    let words = || name.split([' ', '-']).filter(|word| !word.is_empty());
    let (_, key) = KINDS.into_iter().find(|(kind, _)| {
        kind.split(' ').count() == words().count()
            && kind.split(' ').zip(words()).all(|(a, b)| a.eq_ignore_ascii_case(b))
    })?;
    // Obsidian's signs for one that folds.
    let folds = after.strip_prefix(['+', '-']);
    let folds = folds.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
    Some(Marker { label: &paragraph[1..end + 2], key, len: end + 3 + usize::from(folds) })
}

/// Kinds of other programs, and the one that says the same here.
const FOREIGN: [(&str, &str); 23] = [
    ("abstract", "CONTEXT"),
    ("attention", "WARNING"),
    ("background", "CONTEXT"),
    ("bug", "WARNING"),
    ("check", "TIP"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("example", "NOTE"),
    ("fail", "CAUTION"),
    ("failure", "CAUTION"),
    ("faq", "NOTE"),
    ("help", "NOTE"),
    ("hint", "TIP"),
    ("info", "NOTE"),
    ("information", "NOTE"),
    ("question", "NOTE"),
    ("quote", "NOTE"),
    ("seealso", "NOTE"),
    ("success", "TIP"),
    ("summary", "CONTEXT"),
    ("tldr", "CONTEXT"),
    ("todo", "NOTE"),
    ("warn", "WARNING"),
];

/// A callout that its author did not get: the bytes of the paragraph that say so, and the kind that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MissedCallout<'a> {
    /// The bytes.
    pub(super) written: &'a str,
    /// The kind, if one is near.
    pub(super) kind: Option<&'static str>,
}

/// Reads a mark of an unknown kind at the start of a quote's first paragraph.
pub(super) fn unknown(paragraph: &str) -> Option<MissedCallout<'_>> {
    let inner = paragraph.strip_prefix("[!")?;
    let end = inner.find([']', '\n'])?;
    let after = inner[end..].strip_prefix(']')?;
    let name = inner[..end].trim();
    let is_name = !name.is_empty()
        && name.len() <= 24
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'));
    if !is_name || after.starts_with(['(', '[']) || marker(paragraph).is_some() {
        return None;
    }
    let lower = name.to_lowercase();
    let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == lower).map(|(_, kind)| *kind);
    let upper = name.to_uppercase().replace(['-', '_'], " ");
    let kinds = || KINDS.iter().map(|(kind, _)| *kind);
    let kind = foreign
        .or_else(|| kinds().find(|kind| kind.replace(' ', "") == upper.replace(' ', "")))
        .or_else(|| nearest(&upper, kinds()));
    Some(MissedCallout { written: &paragraph[..end + 3], kind })
}

/// Reads words at the start of a paragraph that stand for a callout: `**Did you know?**`, `Pro tip:`; in a quotation
/// `**Note:**` and its like as well.
pub(super) fn typed(paragraph: &str, in_quote: bool) -> Option<MissedCallout<'_>> {
    let inner = paragraph.trim_start_matches(['*', '_']);
    let marks = paragraph.len() - inner.len();
    if marks > 3 || !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    KINDS.iter().find_map(|(kind, _)| {
        let words = inner.get(..kind.len()).filter(|words| words.eq_ignore_ascii_case(kind))?;
        let is_own = kind.contains(' ');
        if !words.starts_with(|c: char| c.is_uppercase()) || !(is_own || (in_quote && marks > 1)) {
            return None;
        }
        let behind = &inner[kind.len()..];
        let sign = if *kind == "DID YOU KNOW" { '?' } else { ':' };
        let rest = behind.trim_start_matches([sign, ':', '*', '_']);
        let signs = &behind[..behind.len() - rest.len()];
        let is_closed = signs.chars().filter(|c| matches!(c, '*' | '_')).count() == marks;
        let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let written = &paragraph[..paragraph.len() - rest.len()];
        (signs.contains(sign) && is_closed && ends)
            .then_some(MissedCallout { written, kind: Some(kind) })
    })
}

impl Driver<'_> {
    /// Reports a quotation that begins with the mark of a callout that does not exist.
    pub(super) fn missed_callout(&mut self, paragraph: &Range<usize>, definitions: &RefDefs<'_>) {
        let Some(missed) = unknown(&self.text[paragraph.clone()]) else { return };
        let label = missed.written.trim_matches(['[', ']']);
        if definitions.get(label).is_some() {
            return;
        }
        let place = paragraph.start..paragraph.start + missed.written.len();
        let message = format!("`{}` begins no callout: readers see it as it is", missed.written);
        let kinds: Vec<String> = KINDS.iter().map(|(kind, _)| format!("`[!{kind}]`")).collect();
        let found = Diagnostic::new(Code::MissedCallout, place.clone(), message);
        self.draft.problems.push(match missed.kind {
            Some(kind) => found.help(format!("write `[!{kind}]`")).fix(place, format!("[!{kind}]")),
            None => found.help(format!("the kinds are {}", kinds.join(", "))),
        });
    }

    /// Reports a paragraph that begins with words in the place of a callout.
    pub(super) fn typed_callout(&mut self, paragraph: &Range<usize>) {
        let in_quote = self.quotes.last().copied();
        if in_quote == Some(true) {
            return;
        }
        let Some(missed) = typed(&self.text[paragraph.clone()], in_quote.is_some()) else { return };
        let place = paragraph.start..paragraph.start + missed.written.len();
        let message = format!("`{}` stands where a callout may be meant", missed.written);
        let kind = missed.kind.unwrap_or_default();
        let help = match in_quote.is_some() {
            true => format!("write `[!{kind}]` on a line of its own in its place"),
            false => format!(
                "write `> [!{kind}]` on a line of its own in its place, and `> ` before the text"
            ),
        };
        self.problem(Code::MissedCallout, place, &message, &help);
    }
}

#[cfg(test)]
mod tests {
    use super::{marker, typed, unknown};

    #[test]
    fn missed_callouts() {
        for (paragraph, kind) in [
            ("[!info] a", Some(Some("NOTE"))),
            ("[!NOTES]\na", Some(Some("NOTE"))),
            ("[!IMPORTNAT]", Some(Some("IMPORTANT"))),
            ("[!did_you_know]", Some(Some("DID YOU KNOW"))),
            ("[!DidYouKnow]", Some(Some("DID YOU KNOW"))),
            ("[!zebra]", Some(None)),
            ("[!NOTE]", None),
            ("[!NOTE]- a", None),
            ("[!x](y)", None),
            ("[!1]", None),
            ("[x]", None),
        ] {
            assert_eq!(unknown(paragraph).map(|missed| missed.kind), kind, "{paragraph}");
        }
        for (paragraph, in_quote, written) in [
            ("**Did you know?** a", false, Some("**Did you know?**")),
            ("Did you know? a", false, Some("Did you know?")),
            ("Did you know that a?", false, None),
            ("Pro Tip: a", false, Some("Pro Tip:")),
            ("**Pro tip**: a", false, Some("**Pro tip**:")),
            ("*Pro tip:* a", true, Some("*Pro tip:*")),
            ("pro tip: a", false, None),
            ("Pro tips: a", false, None),
            ("**Note:** a", false, None),
            ("Note: a", true, None),
            ("**Note:** a", true, Some("**Note:**")),
            ("**Note**: a", true, Some("**Note**:")),
            ("**Note that** a", true, None),
            ("**Warning**", true, None),
            ("**Context: a** b", true, None),
        ] {
            let found = typed(paragraph, in_quote).map(|missed| missed.written);
            assert_eq!(found, written, "{paragraph}");
        }
        assert_eq!(marker("[!NOTE]+ T").map(|marker| marker.len), Some(8));
        assert_eq!(marker("[!NOTE]+T").map(|marker| marker.len), Some(7));
    }

    #[test]
    fn markers() {
        for (paragraph, key) in [
            ("[!NOTE]", Some("callout-note")),
            ("[!did-you-know] Title\ntext", Some("callout-did-you-know")),
            ("[!Pro  Tip]\n", Some("callout-pro-tip")),
            ("[!NOTES]", None),
            ("[!NO TE]", None),
            ("[!NOTE](x)", None),
            ("[!NOTE", None),
            ("[!NO\nTE]", None),
            ("[NOTE]", None),
            ("[!]", None),
        ] {
            assert_eq!(marker(paragraph).map(|marker| marker.key), key, "{paragraph}");
        }
        let found = marker("[!TIP] x").expect("a mark");
        assert_eq!((found.label, found.len), ("!TIP", 6));
    }
}
