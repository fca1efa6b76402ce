//! Atom feeds (RFC 4287): what readers of a feed see of the site.
//!
//! A kind of feed makes a [`Feed`]; the text is the same for all. Entries keep their ids, which are `tag:` URIs
//! (RFC 4151), whatever becomes of titles and addresses.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;
use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::base::html::{Tag, TagEnd, after_comment};
use crate::base::{BaseUrl, EntityId};
use crate::content::date::Date;

/// A feed.
#[derive(Debug, Serialize)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// The language, BCP 47.
    pub lang: String,
    /// The name of the author of entries without one of their own.
    pub author: String,
    /// The absolute URL by which programs know it: that of its newest entries.
    pub id: String,
    /// Its own absolute URL.
    pub url: String,
    /// The absolute URL of the page that lists the same.
    pub page: String,
    /// The URL of the hub that tells subscribers what is new (WebSub).
    pub hub: Option<Arc<str>>,
    /// Where older and newer entries are (RFC 5005).
    pub archives: FeedArchives,
    /// The newest first.
    pub entries: Vec<FeedEntry>,
}

/// The documents that a feed goes on in, by their absolute URLs (RFC 5005, 4).
#[derive(Debug, Default, Serialize)]
pub struct FeedArchives {
    /// Of an archive: the document with the newest entries.
    pub current: Option<String>,
    /// The archive with older entries.
    pub previous: Option<String>,
    /// The archive with newer entries.
    pub next: Option<String>,
}

/// An entry of a feed.
#[derive(Debug, Serialize)]
pub struct FeedEntry {
    /// A `tag:` URI that no other entry of the site ever has.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The absolute URL of its page.
    pub url: String,
    /// The language, where it is not that of the feed.
    pub lang: Option<String>,
    /// When it was published (RFC 3339), where that differs from its last change.
    pub published: Option<String>,
    /// When it last changed in a way that readers should know of (RFC 3339).
    pub updated: String,
    /// Its authors, where they are known.
    pub authors: Vec<String>,
    /// The ids and titles of its topics.
    pub topics: Vec<(EntityId, Arc<str>)>,
    /// What it says.
    pub text: EntryText,
}

/// What an entry says.
#[derive(Debug, Serialize)]
pub enum EntryText {
    /// Everything: HTML with absolute URLs.
    Whole(String),
    /// A plain sentence or two.
    Summary(Arc<str>),
}

impl Feed {
    /// The text of the feed.
    pub fn text(&self) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
        push(&mut xml, &self.lang);
        let is_archive = self.archives.current.is_some();
        if is_archive {
            xml.push_str("\" xmlns:fh=\"http://purl.org/syndication/history/1.0");
        }
        xml.push_str("\">\n");
        if is_archive {
            xml.push_str("<fh:archive/>\n");
        }
        element(&mut xml, "id", &self.id);
        element(&mut xml, "title", &self.title);
        // The newest change of any entry: their order is that of another date in some feeds.
        let updated = self.entries.iter().map(|entry| &*entry.updated).max();
        element(&mut xml, "updated", updated.unwrap_or("1970-01-01T00:00:00Z"));
        xml.push_str("<author>");
        element(&mut xml, "name", &self.author);
        xml.push_str("</author>\n");
        link(&mut xml, "self", "application/atom+xml", &self.url);
        link(&mut xml, "alternate", "text/html", &self.page);
        if let Some(hub) = &self.hub {
            xml.push_str("<link rel=\"hub\" href=\"");
            push(&mut xml, hub);
            xml.push_str("\"/>\n");
        }
        let FeedArchives { current, previous, next } = &self.archives;
        for (rel, url) in [("current", current), ("prev-archive", previous), ("next-archive", next)]
        {
            url.iter().for_each(|url| link(&mut xml, rel, "application/atom+xml", url));
        }
        for entry in &self.entries {
            entry.write(&mut xml);
        }
        xml.push_str("</feed>\n");
        xml
    }
}

#[derive(Serialize)]
struct JsonFeedText<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: [JsonAuthor<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<JsonHub<'a>>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct JsonHub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    date_published: &'a str,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

impl Feed {
    /// The same as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
    pub fn json(&self) -> String {
        fn item(entry: &FeedEntry) -> JsonItem<'_> {
            let (content_html, content_text) = match &entry.text {
                EntryText::Whole(html) => (Some(&**html), None),
                EntryText::Summary(text) => (None, Some(&**text)),
            };
            JsonItem {
                id: &entry.id,
                url: &entry.url,
                title: &entry.title,
                content_html,
                content_text,
                date_published: entry.published.as_ref().unwrap_or(&entry.updated),
                date_modified: &entry.updated,
                authors: entry.authors.iter().map(|name| JsonAuthor { name }).collect(),
                tags: entry.topics.iter().map(|(_, title)| &**title).collect(),
                language: entry.lang.as_deref(),
            }
        }
        let feed = JsonFeedText {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            home_page_url: &self.page,
            feed_url: &self.url,
            language: &self.lang,
            authors: [JsonAuthor { name: &self.author }],
            hubs: self.hub.iter().map(|url| JsonHub { kind: "WebSub", url }).collect(),
            items: self.entries.iter().map(item).collect(),
        };
        let mut text = serde_json::to_string_pretty(&feed).expect("the keys are texts");
        text.push('\n');
        text
    }
}

impl FeedEntry {
    fn write(&self, xml: &mut String) {
        xml.push_str("<entry");
        if let Some(lang) = &self.lang {
            xml.push_str(" xml:lang=\"");
            push(xml, lang);
            xml.push('"');
        }
        xml.push_str(">\n");
        element(xml, "id", &self.id);
        element(xml, "title", &self.title);
        self.published.iter().for_each(|at| element(xml, "published", at));
        element(xml, "updated", &self.updated);
        for author in &self.authors {
            xml.push_str("<author>");
            element(xml, "name", author);
            xml.push_str("</author>\n");
        }
        link(xml, "alternate", "text/html", &self.url);
        for (id, title) in &self.topics {
            xml.push_str("<category term=\"");
            push(xml, id);
            xml.push_str("\" label=\"");
            push(xml, title);
            xml.push_str("\"/>\n");
        }
        match &self.text {
            EntryText::Whole(html) => {
                xml.push_str("<content type=\"html\">");
                push(xml, html);
                xml.push_str("</content>\n</entry>\n");
            }
            EntryText::Summary(text) => {
                element(xml, "summary", text);
                xml.push_str("</entry>\n");
            }
        }
    }
}

/// The id of an entry: `name` is unique in the site, and `date` one on which the site had its address.
pub fn tag_uri(base: &BaseUrl, date: Date, name: &str) -> String {
    let origin = base.origin.as_deref().unwrap_or_default();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    format!("tag:{host},{}:{}/{name}", date.without_time(), base.prefix().trim_start_matches('/'))
}

/// A date as the moment at which it begins (RFC 3339, in UTC).
pub fn moment(date: Date, zone: &TimeZone) -> String {
    // Without fractions of seconds.
    date.begins(zone).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// HTML whose links stand on pages of the site, for a reader elsewhere. `page` is the absolute URL from which other
/// relative links lead.
pub fn absolute(html: &str, base: &BaseUrl, page: &str) -> String {
    let origin = base.origin.as_deref().unwrap_or_default();
    let mut out = String::with_capacity(html.len() + 64);
    let mut copied = 0;
    let mut at = 0;
    while let Some(gap) = html[at..].find('<') {
        at += gap + 1;
        let rest = &html[at..];
        if rest.starts_with("!--") {
            at = after_comment(html, at + 3);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (_, mut tag) = Tag::open(html, at);
        for attribute in tag.by_ref() {
            let is =
                |names: &[&str]| names.iter().any(|name| attribute.name.eq_ignore_ascii_case(name));
            let urls = match () {
                () if is(&ONE_URL) => std::iter::once(0..attribute.value.len()).collect(),
                () if is(&MANY_URLS) => candidates(attribute.value),
                () => continue,
            };
            for place in urls {
                let before = match &attribute.value[place.clone()] {
                    url if url.starts_with("//") || has_scheme(url) => continue,
                    url if url.starts_with('/') => origin,
                    _ => page,
                };
                let at = attribute.offset + place.start;
                out.push_str(&html[copied..at]);
                out.push_str(before);
                copied = at;
            }
        }
        if tag.end == TagEnd::Missing {
            break;
        }
        at = tag.at;
    }
    out.push_str(&html[copied..]);
    out
}

/// The attributes that hold a URL: HTML's own, and those in which pages keep one for a script.
const ONE_URL: [&str; 10] = [
    "href",
    "src",
    "cite",
    "poster",
    "data",
    "longdesc",
    "background",
    "data-src",
    "data-href",
    "data-poster",
];

/// The attributes that hold several, each with a width or a density.
const MANY_URLS: [&str; 3] = ["srcset", "imagesrcset", "data-srcset"];

/// Where the URLs of a `srcset` stand in it (<https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute>).
fn candidates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let is_between = |c: char| c.is_ascii_whitespace() || c == ',';
    while let Some(gap) = text[at..].find(|c| !is_between(c)) {
        let start = at + gap;
        let rest = &text[start..];
        let word = &rest[..rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())];
        let url = word.trim_end_matches(',');
        found.push(start..start + url.len());
        at = start + word.len();
        // A comma at the end of a URL ends its candidate; else what says its width comes first.
        if url.len() == word.len() {
            at += text[at..].find(',').unwrap_or(text.len() - at);
        }
    }
    found
}

fn has_scheme(url: &str) -> bool {
    let end = url.find([':', '/', '?', '#']);
    end.is_some_and(|end| end > 0 && url[end..].starts_with(':'))
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.extend(["<", name, ">"]);
    push(xml, text);
    xml.extend(["</", name, ">\n"]);
}

fn link(xml: &mut String, rel: &str, media_type: &str, url: &str) {
    xml.extend(["<link rel=\"", rel, "\" type=\"", media_type, "\" href=\""]);
    push(xml, url);
    xml.push_str("\"/>\n");
}

/// Writes a text, without the characters that XML has no form for.
fn push(xml: &mut String, text: &str) {
    let has_form = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    // Hardly any text has such bytes, and without a branch the compiler looks at many at once. 0xef begins U+FFFE.
    let is_rare = |b: u8| (b < b' ') & (b != b'\t') & (b != b'\n') & (b != b'\r') | (b == 0xef);
    let may_lack = text.bytes().fold(false, |found, byte| found | is_rare(byte));
    let kept: Cow<'_, str> = match may_lack && !text.chars().all(has_form) {
        true => text.chars().filter(|c| has_form(*c)).collect(),
        false => text.into(),
    };
    escape_html(xml, &kept).expect("a text can be written to");
}

#[cfg(test)]
mod tests {
    use super::{absolute, push, tag_uri};
    use crate::base::BaseUrl;
    use crate::content::date::Date;

    #[test]
    fn links_lead_to_the_site_from_anywhere() {
        let base = BaseUrl::parse("https://example.org/sub/").expect("a base URL");
        let page = "https://example.org/sub/a/";
        for (html, expected) in [
            ("<a href=\"/sub/b/#c\">b</a>", "<a href=\"https://example.org/sub/b/#c\">b</a>"),
            ("<a class=x href='#c'>b</a>", "<a class=x href='https://example.org/sub/a/#c'>b</a>"),
            ("<img alt=\"\" SRC=c.png>", "<img alt=\"\" SRC=https://example.org/sub/a/c.png>"),
            ("<a href=\"https://b.example/\">", "<a href=\"https://b.example/\">"),
            ("<a href=\"mailto:a@b.example\">", "<a href=\"mailto:a@b.example\">"),
            ("<a href=\"//b.example/\">", "<a href=\"//b.example/\">"),
            ("3 < 4 <!-- <a href=\"/x\"> --> </p>", "3 < 4 <!-- <a href=\"/x\"> --> </p>"),
            ("<a title=\"href=/x\">", "<a title=\"href=/x\">"),
            (
                "<img srcset=\"/sub/a.png, b.png 2x,c.png 3x, data:image/png;base64,x 4x , https://b.example/,d 5x\">",
                "<img srcset=\"https://example.org/sub/a.png, https://example.org/sub/a/b.png 2x,\
                 https://example.org/sub/a/c.png 3x, data:image/png;base64,x 4x , https://b.example/,d 5x\">",
            ),
            ("<img srcset=/a.png>", "<img srcset=https://example.org/a.png>"),
            ("<img srcset=\" , \">", "<img srcset=\" , \">"),
            (
                "<video poster=/p.png data-src='v.mp4' data-id=/x></video>",
                "<video poster=https://example.org/p.png data-src='https://example.org/sub/a/v.mp4' data-id=/x></video>",
            ),
        ] {
            assert_eq!(absolute(html, &base, page), expected);
        }
    }

    #[test]
    fn what_xml_has_no_form_for_is_left_out() {
        let mut xml = String::new();
        push(&mut xml, "a\u{0}\u{b}b <&> \"\u{ffff}\n");
        assert_eq!(xml, "ab &lt;&amp;&gt; &quot;\n");
    }

    #[test]
    fn ids_name_the_host_without_its_port() {
        let base = |url| BaseUrl::parse(url).expect("a base URL");
        let date = Date::parse("2025-06-20 09:00").expect("a date");
        let of = |url| tag_uri(&base(url), date, "articles/a/correction/1");
        let plain = "tag:example.org,2025-06-20:/articles/a/correction/1";
        assert_eq!(of("https://example.org/"), plain);
        assert_eq!(of("http://example.org:8080/"), plain);
        assert_eq!(
            of("https://example.org/sub/"),
            "tag:example.org,2025-06-20:sub/articles/a/correction/1"
        );
    }
}
