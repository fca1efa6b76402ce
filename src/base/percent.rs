//! Percent-encoding in URLs, undone.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text without its percent-encoding; `None` when a `%` stands alone, or the bytes are not UTF-8.
pub fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        match first {
            b'%' => {
                bytes.push(percent_byte(rest)?);
                rest = &rest[3..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// A URL with its letters in Unicode normal form C, as paths and anchors are, encoded or not. Other ASCII characters that
/// are encoded stay so: they separate nothing.
pub fn composed_url(url: &str) -> Cow<'_, str> {
    if url.is_ascii() && !url.contains('%') {
        return Cow::Borrowed(url);
    }
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let [first, after @ ..] = rest {
        match percent_byte(rest) {
            Some(byte) if !byte.is_ascii() || byte.is_ascii_alphanumeric() => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(letters) if !is_nfc(&letters) => Cow::Owned(letters.nfc().collect()),
        _ => Cow::Borrowed(url),
    }
}

/// The byte that a text starting with `%XX` stands for.
pub fn percent_byte(text: &[u8]) -> Option<u8> {
    let &[b'%', high, low, ..] = text else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{composed_url, percent_decoded};

    #[test]
    fn decoded() {
        for (text, expected) in [
            ("a b", Some("a b")),
            ("caf%C3%A9%20%25", Some("café %")),
            ("%", None),
            ("%2", None),
            ("%zz", None),
            ("%ff", None),
            ("%+1", None),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn composed() {
        for (url, expected) in [
            ("/a/%2F%65?b#c", "/a/%2F%65?b#c"),
            ("/caf\u{e9}/", "/caf\u{e9}/"),
            ("/cafe\u{301}/#e\u{301}", "/caf\u{e9}/#\u{e9}"),
            ("/cafe%CC%81/%20", "/caf\u{e9}/%20"),
            ("/caf%65%CC%81/%2F", "/caf\u{e9}/%2F"),
            ("/caf%C3%A9/", "/caf%C3%A9/"),
            ("/%ff%CC%81", "/%ff%CC%81"),
        ] {
            assert_eq!(composed_url(url), expected, "{url}");
        }
    }
}
