//! Writes JSON-LD as text that may stand in a script of HTML: no value can end that.

use std::fmt::Write;

/// An object of JSON-LD while it is written.
pub(in crate::view) struct Node<'a> {
    out: &'a mut String,
    /// What stands before the site's root-relative URLs: `https://example.org`.
    origin: &'a str,
}

impl<'a> Node<'a> {
    /// Writes an object at the end of a text.
    pub(super) fn write(out: &'a mut String, origin: &'a str, fill: impl FnOnce(&mut Node<'_>)) {
        out.push('{');
        fill(&mut Node { out: &mut *out, origin });
        out.push('}');
    }

    /// `@type`: a type of schema.org.
    pub(super) fn kind(&mut self, kind: &str) {
        self.text("@type", kind);
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        push_text(self.out, &[text]);
    }

    /// A text, if there is one.
    pub(super) fn some(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.text(key, text);
        }
    }

    /// A URL: one that begins with `/` is the site's own. `fragment` stands behind it, with its `#`, or is empty.
    pub(super) fn url(&mut self, key: &str, href: &str, fragment: &str) {
        self.key(key);
        let origin = if is_own(href) { self.origin } else { "" };
        push_text(self.out, &[origin, href, fragment]);
    }

    /// A reference to an object, by its `@id`.
    pub(super) fn id(&mut self, key: &str, href: &str, fragment: &str) {
        self.node(key, |node| node.url("@id", href, fragment));
    }

    /// A number.
    pub(super) fn number(&mut self, key: &str, number: usize) {
        self.key(key);
        let _ = write!(self.out, "{number}");
    }

    /// An object.
    pub(super) fn node(&mut self, key: &str, fill: impl FnOnce(&mut Node<'_>)) {
        self.key(key);
        Node::write(self.out, self.origin, fill);
    }

    /// A list of objects; nothing for an empty one.
    pub(super) fn nodes<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut fill: impl FnMut(&mut Node<'_>, T),
    ) {
        self.list(key, items, |out, origin, item| {
            Node::write(out, origin, |node| fill(node, item));
        });
    }

    /// A list of texts; nothing for an empty one.
    pub(super) fn texts<'t>(&mut self, key: &str, texts: impl IntoIterator<Item = &'t str>) {
        self.list(key, texts, |out, _, text| push_text(out, &[text]));
    }

    /// A list of objects that are written already; nothing for an empty one.
    pub(super) fn written(&mut self, key: &str, nodes: impl IntoIterator<Item = impl AsRef<str>>) {
        self.list(key, nodes, |out, _, node| out.push_str(node.as_ref()));
    }

    /// An object that is written already.
    pub(super) fn raw(&mut self, key: &str, node: &str) {
        self.key(key);
        self.out.push_str(node);
    }

    fn list<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut push: impl FnMut(&mut String, &str, T),
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.key(key);
        self.out.push('[');
        for (at, item) in items.enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            push(self.out, self.origin, item);
        }
        self.out.push(']');
    }

    fn key(&mut self, key: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.out.push('"');
        self.out.push_str(key);
        self.out.push_str("\":");
    }
}

/// Whether a URL is root-relative.
pub(in crate::view) fn is_own(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//")
}

/// Which bytes a string of JSON in a page may not hold as they are; 0xE2 may begin a separator.
const IS_SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] =
            matches!(byte as u8, 0..0x20 | 0x7f | b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2);
        byte += 1;
    }
    table
};

/// Writes a text as a string of JSON, of which a parser of HTML sees letters alone: nothing in it begins a tag, a comment or a
/// character reference. The separators of lines and paragraphs end a line for some readers of scripts.
fn push_text(out: &mut String, parts: &[&str]) {
    out.push('"');
    for part in parts {
        let (mut from, mut next) = (0, 0);
        while let Some(ahead) =
            part.as_bytes()[next..].iter().position(|byte| IS_SPECIAL[usize::from(*byte)])
        {
            let at = next + ahead;
            next = at + 1;
            let escape = match part.as_bytes()[at] {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'<' => "\\u003c",
                b'>' => "\\u003e",
                b'&' => "\\u0026",
                0..0x20 | 0x7f => "",
                0xe2 if part[at..].starts_with(['\u{2028}', '\u{2029}']) => "",
                _ => continue,
            };
            out.push_str(&part[from..at]);
            out.push_str(escape);
            from = at;
            if let (true, Some(c)) = (escape.is_empty(), part[at..].chars().next()) {
                let _ = write!(out, "\\u{:04x}", c as u32);
                from += c.len_utf8();
            } else {
                from += 1;
            }
        }
        out.push_str(&part[from..]);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn no_value_ends_the_script() {
        let hostile = "</script><!--<script>&amp;\"\\\u{2028}\u{2029}\n\t\u{0}\u{7f}\u{e9}\u{65e5}\u{1f600}\u{2027}";
        let mut out = String::new();
        Node::write(&mut out, "https://example.org", |node| {
            node.kind("Thing");
            node.text("name", hostile);
            node.url("url", "/a/", "#b");
            node.url("other", "//elsewhere.example/", "");
            node.texts("none", []);
            node.texts("names", [hostile, "b"]);
            node.nodes("parts", [1, 2], |part, at| part.number("position", at));
            node.id("publisher", "/", "#b-publisher");
        });
        assert!(!out.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']), "{out}");
        let expected = serde_json::json!({
            "@type": "Thing", "name": hostile, "url": "https://example.org/a/#b",
            "other": "//elsewhere.example/", "names": [hostile, "b"],
            "parts": [{"position": 1}, {"position": 2}],
            "publisher": {"@id": "https://example.org/#b-publisher"},
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&out).expect("JSON"), expected);
    }
}
