//! Callouts: block quotes whose first line begins with `[!KIND]`.

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
    Some(Marker { label: &paragraph[1..end + 2], key, len: end + 3 })
}

#[cfg(test)]
mod tests {
    use super::marker;

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
