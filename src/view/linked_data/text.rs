//! The text of HTML as a reader sees it, for programs.

use memchr::memchr;

use crate::base::html::{Tag, after_comment, decode, text_end};

/// Elements that stand in a line: what is around them is not parted by them.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
];

/// Elements in which nothing is text: drawings, players, which browsers show in place of what is in them, and controls.
const UNREAD: [&str; 4] = ["svg", "video", "audio", "button"];

/// The text of HTML: a space stands for any white space, and for what parts two blocks.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = 0;
    while rest < html.len() {
        let open = memchr(b'<', &html.as_bytes()[rest..]).map_or(html.len(), |gap| rest + gap);
        push(&mut out, &decode(&html[rest..open]));
        if open == html.len() {
            break;
        }
        let name = open + 1;
        if html[name..].starts_with("!--") {
            rest = after_comment(html, name + 3);
            continue;
        }
        let is_end = html[name..].starts_with('/');
        let (name, mut tag) = Tag::open(html, name + usize::from(is_end));
        tag.by_ref().for_each(drop);
        rest = tag.at;
        if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
            push(&mut out, " ");
        }
        if !is_end {
            rest = text_end(html, name, rest);
            if let Some(unread) = UNREAD.iter().find(|unread| name.eq_ignore_ascii_case(unread)) {
                let end = html[rest..].find(&format!("</{unread}>"));
                rest = end.map_or(html.len(), |end| rest + end);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Adds a text, with one space for any white space.
fn push(out: &mut String, text: &str) {
    let mut words = text.split([' ', '\t', '\n', '\r', '\u{c}']);
    out.push_str(words.next().unwrap_or_default());
    for word in words {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The sections of a text that begin with a second-level heading that has an anchor: the anchor, and the text below the
/// heading, without the footnotes at the end.
pub(super) fn sections(html: &str) -> Vec<(&str, &str)> {
    const HEADING: &str = "<h2 id=\"";
    let end = html.find("<div class=\"footnotes\"").unwrap_or(html.len());
    let mut found = Vec::new();
    for part in html[..end].split(HEADING).skip(1) {
        if let (Some((anchor, _)), Some((_, text))) =
            (part.split_once('"'), part.split_once("</h2>"))
        {
            found.push((anchor, text));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{plain, sections};

    #[test]
    fn text_as_a_reader_sees_it() {
        for (html, text) in [
            ("", ""),
            (
                "<p>A <a href=\"/x/\" title=\"a>b\">b</a>c.</p>\n<p>D &amp; &lt;e&gt;</p>",
                "A bc. D & <e>",
            ),
            ("a<br>b<!-- c -->d", "a bd"),
            ("<ul><li>a</li><li>b</li></ul>", "a b"),
            ("a<svg><text>1</text></svg>b<script>c</script>", "a b"),
            ("a<video><a>Open</a></video>b <button hidden>Show</button>c", "a b c"),
            ("a\u{a0}b \u{3000}c", "a\u{a0}b \u{3000}c"),
            ("1<sup><a>[1]</a></sup>.", "1[1]."),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn sections_end_where_the_next_begins() {
        let html = "<p>x</p><h2 id=\"a\"><a>A?</a></h2>\n<p>1</p><h3 id=\"c\">C</h3><h2 id=\"b\">B</h2><p>2</p>\
                    <div class=\"footnotes\"><h2 id=\"n\">N</h2></div>";
        let found = [("a", "\n<p>1</p><h3 id=\"c\">C</h3>"), ("b", "<p>2</p>")];
        assert_eq!(sections(html), found);
    }
}
