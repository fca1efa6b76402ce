//! The links of an output, by its format.

use std::borrow::Cow;

use memchr::memmem;

use crate::base::{BaseUrl, MediaType};

use super::scan::{LinkKind, PageLinks, ScannedLink, scan};

/// The links of an output that the program wrote. A text of another format than HTML, XML and JSON has none.
pub(super) fn links_of<'a>(text: &'a str, media_type: MediaType, base: &BaseUrl) -> PageLinks<'a> {
    if media_type.is_html() {
        return scan(text);
    }
    let origin = base.origin.as_deref().filter(|_| media_type.is_xml() || media_type.is_json());
    let link = |url| ScannedLink { kind: LinkKind::Href, url, offset: 0 };
    let links = origin.into_iter().flat_map(|origin| own_urls(text, origin)).map(link);
    PageLinks { links: links.collect(), ids: Vec::new() }
}

/// Every absolute URL of the site itself, wherever it stands: programs resolve nothing, so what is meant as a link of the
/// site is one of those. `&amp;` is decoded; a quote, a bracket, an escape or white space ends a URL.
fn own_urls<'a>(text: &'a str, origin: &str) -> Vec<Cow<'a, str>> {
    let found = memmem::find_iter(text.as_bytes(), origin.as_bytes());
    let url = |at: usize| {
        let mut end = at + origin.len();
        while let Some(c) = text[end..].chars().next() {
            let is_reference = text[end..].starts_with("&amp;");
            if c.is_whitespace() || "<>\"'\\".contains(c) || (c == '&' && !is_reference) {
                break;
            }
            end += if is_reference { "&amp;".len() } else { c.len_utf8() };
        }
        let url = &text[at..end];
        // Another host may begin with the name of this one.
        let is_own = matches!(url[origin.len()..].chars().next(), None | Some('/' | '?' | '#'));
        is_own.then(|| match url.contains('&') {
            true => Cow::Owned(url.replace("&amp;", "&")),
            false => Cow::Borrowed(url),
        })
    };
    found.filter_map(url).collect()
}

#[cfg(test)]
mod tests {
    use super::links_of;
    use crate::base::{BaseUrl, MediaType, OutPath};

    #[track_caller]
    fn check(name: &str, text: &str, expected: &[&str]) {
        let base = BaseUrl::parse("https://example.org/sub/").expect("a base URL");
        let media_type = MediaType::of(&OutPath::new(name).expect("a valid path"));
        let links = links_of(text, media_type, &base).links;
        let mut urls: Vec<&str> = links.iter().map(|link| &*link.url).collect();
        urls.sort_unstable();
        assert_eq!(urls, expected, "{name}");
    }

    #[test]
    fn links_of_every_format() {
        let xml = "<feed><link href=\"https://example.org/sub/a/?x&amp;y\"/>\n<id> https://example.org/sub/ </id>\
                   <l>&lt;a href=&quot;https://example.org/sub/b/&quot;&gt;</l><l>https://elsewhere.org/</l>\
                   <l>https://example.org.elsewhere/</l></feed>";
        let found = [
            "https://example.org/sub/",
            "https://example.org/sub/a/?x&y",
            "https://example.org/sub/b/",
        ];
        check("a.xml", xml, &found);
        check("a.atom", xml, &found);
        let json = r#"{"url": "https://example.org/sub/a/", "html": "<a href=\"https://example.org/x\">", "n": 1}"#;
        check("a.json", json, &["https://example.org/sub/a/", "https://example.org/x"]);
        check("a.html", "<a href=/sub/a/>a</a>", &["/sub/a/"]);
        check("a.txt", "https://example.org/sub/", &[]);
        check("a.xml", "https://example.org", &["https://example.org"]);
    }
}
