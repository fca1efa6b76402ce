//! The links of an output, by its format.

use std::borrow::Cow;

use serde_json::Value;

use crate::base::{BaseUrl, MediaType};

use super::scan::{Link, LinkKind, PageLinks, scan};

/// The links of an output that the program wrote. A text of another format than HTML, XML and JSON has none.
pub(super) fn links_of<'a>(text: &'a str, media_type: MediaType, base: &BaseUrl) -> PageLinks<'a> {
    if media_type.is_html() {
        return scan(text);
    }
    let urls = match () {
        () if media_type.is_xml() => of_xml(text),
        () if media_type.is_json() => of_json(text),
        () => Vec::new(),
    };
    // Programs resolve nothing: what is meant as a link of the site is an absolute URL.
    let origin = base.origin.as_deref().unwrap_or_default();
    let is_own = |url: &Cow<'_, str>| !origin.is_empty() && url.starts_with(origin);
    let link = |url| Link { kind: LinkKind::Href, url, offset: 0 };
    PageLinks { links: urls.into_iter().filter(is_own).map(link).collect(), ids: Vec::new() }
}

/// Every text and every value of an attribute. A text that is no well-formed XML has none: the tests of its kind hold
/// that.
fn of_xml(text: &str) -> Vec<Cow<'_, str>> {
    let Ok(document) = roxmltree::Document::parse(text) else { return Vec::new() };
    let mut urls = Vec::new();
    for node in document.descendants() {
        urls.extend(node.attributes().map(|attribute| Cow::Owned(attribute.value().to_owned())));
        urls.extend(
            node.text().filter(|_| node.is_text()).map(|text| text.trim().to_owned().into()),
        );
    }
    urls
}

/// Every string.
fn of_json(text: &str) -> Vec<Cow<'_, str>> {
    let mut urls = Vec::new();
    let mut values: Vec<Value> = serde_json::from_str(text).into_iter().collect();
    while let Some(value) = values.pop() {
        match value {
            Value::String(text) => urls.push(Cow::Owned(text)),
            Value::Array(items) => values.extend(items),
            Value::Object(fields) => values.extend(fields.into_iter().map(|(_, value)| value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    urls
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
                   <l>see https://example.org/no</l><l>https://elsewhere.org/</l></feed>";
        check("a.xml", xml, &["https://example.org/sub/", "https://example.org/sub/a/?x&y"]);
        check("a.atom", xml, &["https://example.org/sub/", "https://example.org/sub/a/?x&y"]);
        let json = r#"{"url": "https:\/\/example.org/sub/a/", "items": [{"id": "https://example.org/x"}, 1, null]}"#;
        check("a.json", json, &["https://example.org/sub/a/", "https://example.org/x"]);
        check("a.html", "<a href=/sub/a/>a</a>", &["/sub/a/"]);
        check("a.txt", "https://example.org/sub/", &[]);
        check("a.xml", "<feed>", &[]);
        check("a.json", "{", &[]);
    }
}
