//! One pass over a page's HTML: every link it has, every anchor it offers.

use std::borrow::Cow;

use memchr::memchr;

use crate::base::html::{Tag, TagEnd, after_comment, decode, is_space, text_end, until};

/// What a page links to and what it can be linked to at, in the order of the page.
///
/// A `<base>` element is not honoured: its `href` is a link like any other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLinks<'a> {
    /// Every link, each as often as it stands there.
    pub links: Vec<ScannedLink<'a>>,
    /// Every anchor (an `id`, or the `name` of an `<a>`) with the byte offset of its value. None is empty.
    pub ids: Vec<(Cow<'a, str>, usize)>,
}

/// One link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedLink<'a> {
    /// Which attribute it comes from.
    pub kind: LinkKind,
    /// The URL with its character references decoded, otherwise as written.
    pub url: Cow<'a, str>,
    /// Where the attribute's value starts, in bytes from the start of the page. All candidates of a `srcset`
    /// share it.
    pub offset: usize,
}

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkKind {
    /// `href`, or `xlink:href` in SVG.
    Href,
    /// `src`.
    Src,
    /// One candidate of a `srcset` or `imagesrcset`.
    SrcSet,
    /// `poster`, `action`, `formaction`, the `data` of an `<object>`, or a `<meta>` that refreshes.
    Other,
}

/// Lists the links and anchors of a page, as a browser without scripts would find them.
///
/// What looks like a tag in a comment, a script, a style sheet, a `<textarea>` or a `<title>` is not one. Any
/// text is accepted; broken markup is read as the HTML standard says.
pub fn scan(html: &str) -> PageLinks<'_> {
    let bytes = html.as_bytes();
    let mut page = PageLinks::default();
    let mut at = 0;
    while let Some(gap) = memchr(b'<', &bytes[at..]) {
        let open = at + gap + 1;
        at = match bytes.get(open) {
            Some(b'!') if html[open..].starts_with("!--") => after_comment(html, open + 3),
            Some(b'!' | b'?') => after_end(bytes, open),
            Some(b'/') if bytes.get(open + 1).is_some_and(u8::is_ascii_alphabetic) => {
                // Half of all tags are `</name>`.
                let end = until(bytes, open + 2, |byte| !byte.is_ascii_alphanumeric());
                if bytes.get(end) == Some(&b'>') {
                    at = end + 1;
                    continue;
                }
                let (_, mut tag) = Tag::open(html, open + 1);
                while tag.next().is_some() {}
                tag.at
            }
            Some(b'/') => after_end(bytes, open),
            Some(byte) if byte.is_ascii_alphabetic() => start_tag(html, open, &mut page),
            _ => open,
        };
    }
    page
}

/// Reads the tag whose name starts at `open`, and the text of an element that has only text. Returns the byte
/// at which markup goes on.
fn start_tag<'a>(html: &'a str, open: usize, page: &mut PageLinks<'a>) -> usize {
    let (name, mut tag) = Tag::open(html, open);
    let before = (page.links.len(), page.ids.len());
    let is = |element: &str| name.eq_ignore_ascii_case(element);
    let mut seen = 0_u16;
    let mut id = None;
    let mut refreshes = false;
    let mut content = None;
    for attribute in &mut tag {
        let Some(meaning) = AttributeMeaning::of(attribute.name) else { continue };
        // Of two attributes with one name, the first counts.
        let bit = 1 << meaning as u16;
        if seen & bit != 0 {
            continue;
        }
        seen |= bit;
        let (value, offset) = (attribute.value, attribute.offset);
        let mut link = |kind| page.links.push(ScannedLink { kind, url: decode(value), offset });
        match meaning {
            AttributeMeaning::Href | AttributeMeaning::XlinkHref => link(LinkKind::Href),
            AttributeMeaning::Src => link(LinkKind::Src),
            AttributeMeaning::Poster | AttributeMeaning::Action | AttributeMeaning::FormAction => {
                link(LinkKind::Other);
            }
            AttributeMeaning::Data if is("object") => link(LinkKind::Other),
            AttributeMeaning::SrcSet | AttributeMeaning::ImageSrcSet => {
                let decoded = decode(value);
                page.links.extend(image_candidates(&decoded).map(|url| ScannedLink {
                    kind: LinkKind::SrcSet,
                    url: Cow::Owned(url.to_owned()),
                    offset,
                }));
            }
            AttributeMeaning::HttpEquiv => refreshes = value.eq_ignore_ascii_case("refresh"),
            AttributeMeaning::Content if is("meta") => content = Some((value, offset)),
            // An element may carry one anchor in both attributes.
            AttributeMeaning::Id | AttributeMeaning::Name
                if !value.is_empty() && id != Some(value) =>
            {
                if meaning == AttributeMeaning::Id || is("a") {
                    id = Some(value);
                    page.ids.push((decode(value), offset));
                }
            }
            AttributeMeaning::Data
            | AttributeMeaning::Content
            | AttributeMeaning::Id
            | AttributeMeaning::Name => {}
        }
    }
    if let Some((value, offset)) = content.filter(|_| refreshes)
        && let Some(url) = refresh_url(&decode(value))
    {
        page.links.push(ScannedLink {
            kind: LinkKind::Other,
            url: Cow::Owned(url.to_owned()),
            offset,
        });
    }
    match tag.end {
        TagEnd::Missing => {
            page.links.truncate(before.0);
            page.ids.truncate(before.1);
            tag.at
        }
        TagEnd::Plain => text_end(html, name, tag.at),
        // SVG has `<title/>` and `<style/>`. In HTML the slash means nothing, but reading on checks too much
        // rather than too little.
        TagEnd::SelfClosing => tag.at,
    }
}

/// The attributes that matter here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AttributeMeaning {
    Href,
    XlinkHref,
    Src,
    SrcSet,
    ImageSrcSet,
    Poster,
    Action,
    FormAction,
    Data,
    HttpEquiv,
    Content,
    Id,
    Name,
}

impl AttributeMeaning {
    /// Most attributes of a page are `class` and the like: the length and the first letter rule them out.
    fn of(name: &str) -> Option<Self> {
        let first = name.as_bytes().first()?.to_ascii_lowercase();
        let (meaning, expected) = match (name.len(), first) {
            (2, b'i') => (Self::Id, "id"),
            (3, b's') => (Self::Src, "src"),
            (4, b'h') => (Self::Href, "href"),
            (4, b'n') => (Self::Name, "name"),
            (4, b'd') => (Self::Data, "data"),
            (6, b's') => (Self::SrcSet, "srcset"),
            (6, b'p') => (Self::Poster, "poster"),
            (6, b'a') => (Self::Action, "action"),
            (7, b'c') => (Self::Content, "content"),
            (10, b'h') => (Self::HttpEquiv, "http-equiv"),
            (10, b'f') => (Self::FormAction, "formaction"),
            (10, b'x') => (Self::XlinkHref, "xlink:href"),
            (11, b'i') => (Self::ImageSrcSet, "imagesrcset"),
            _ => return None,
        };
        name.eq_ignore_ascii_case(expected).then_some(meaning)
    }
}

/// The byte behind the next `>`.
fn after_end(bytes: &[u8], start: usize) -> usize {
    memchr(b'>', &bytes[start..]).map_or(bytes.len(), |gap| start + gap + 1)
}

/// The URLs of a `srcset`. A URL may contain commas (`data:` does) but not end with one.
fn image_candidates(value: &str) -> impl Iterator<Item = &str> {
    let space = |c: char| c.is_ascii() && is_space(c as u8);
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| space(c) || c == ',');
        if rest.is_empty() {
            return None;
        }
        let (word, after) = rest.split_at(rest.find(space).unwrap_or(rest.len()));
        let url = word.trim_end_matches(',');
        rest = if url.len() == word.len() { after_descriptors(after) } else { after };
        Some(url)
    })
}

/// What follows the width or density of a candidate. A comma in parentheses does not end it.
fn after_descriptors(text: &str) -> &str {
    let mut inside = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => inside = true,
            b')' => inside = false,
            b',' if !inside => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

/// The URL in `0; url=/there/`, if the value has one: without one, the page only reloads itself.
fn refresh_url(content: &str) -> Option<&str> {
    let text = content.trim_ascii_start();
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let separated = after_number.trim_ascii_start();
    let spaced = separated.len() < after_number.len();
    if after_number.len() == text.len() || !(spaced || separated.starts_with([';', ','])) {
        return None;
    }
    let rest = separated.strip_prefix([';', ',']).unwrap_or(separated).trim_ascii_start();
    let url = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => {
            rest[3..].trim_ascii_start().strip_prefix('=').map_or(rest, str::trim_ascii_start)
        }
        _ => rest,
    };
    let url = match url.chars().next() {
        Some(quote @ ('"' | '\'')) => url[1..].split(quote).next().unwrap_or_default(),
        _ => url,
    };
    (!url.is_empty()).then_some(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::FileFailurePersistence;

    use super::{LinkKind, ScannedLink, scan};

    /// Scans a snippet and compares its links: kind and URL, separated by `|`.
    fn check(html: &str, expected: &str) {
        let links: Vec<_> = scan(html).links.iter().map(line).collect();
        assert_eq!(links.join("|"), expected, "{html}");
    }

    fn line(link: &ScannedLink<'_>) -> String {
        let kind = match link.kind {
            LinkKind::Href => "href",
            LinkKind::Src => "src",
            LinkKind::SrcSet => "srcset",
            LinkKind::Other => "other",
        };
        format!("{kind} {}", link.url)
    }

    #[test]
    fn attributes() {
        for (html, expected) in [
            ("<a href=\"/a/\">x</a><A HREF='/b/'><img/src=c.png/>", "href /a/|href /b/|src c.png/"),
            ("<a\n\thref \n= /a/?x=1&amp;y=2#z>", "href /a/?x=1&y=2#z"),
            ("<a title=\"x > y\" data-x='\">' href=/a/>", "href /a/"),
            ("<a href=/a/ href=/b/ HREF=\"/c/\">", "href /a/"),
            ("<a href=\"/a/\"title=\"x\"rel=x href2=y xhref=z data-href=w>", "href /a/"),
            ("<a href><a href=><a href=\"\">", "href |href |href "),
            ("<a =href=/a/ href=/b/>", "href /b/"),
            ("<link rel=canonical href=https://example.org/>", "href https://example.org/"),
            ("<svg><use xlink:href=#i /><a href=/a/></svg>", "href #i|href /a/"),
            ("<video src=v.mp4 poster=p.jpg><iframe src=/f/>", "src v.mp4|other p.jpg|src /f/"),
            ("<form action=/f/><button formaction=/g/>", "other /f/|other /g/"),
            ("<object data=o.svg><p data=x name=y content=z cite=/c/>", "other o.svg"),
            ("<template><a href=/a/></template>", "href /a/"),
            ("<noscript><img src=a></noscript>", "src a"),
            ("<a href='/caf&#233;/&quot;'>", "href /café/\""),
        ] {
            check(html, expected);
        }
    }

    #[test]
    fn pictures() {
        for (value, expected) in [
            ("a.png", "a.png"),
            ("a.png 1x, b.png 2x", "a.png|b.png"),
            ("\n a.png 480w,\n b.png 800w\n,", "a.png|b.png"),
            ("a.png, b.png 2x,c.png 3x", "a.png|b.png|c.png"),
            ("a.png,b.png 2x", "a.png,b.png"),
            ("data:image/png;base64,AA== 1x, /b.png 2x", "data:image/png;base64,AA==|/b.png"),
            ("a.png x(1,2) 1x, b.png", "a.png|b.png"),
            ("/a?x=1&amp;y=2 1x", "/a?x=1&y=2"),
            (" , ", ""),
        ] {
            let expected: Vec<_> =
                expected.split_terminator('|').map(|url| format!("srcset {url}")).collect();
            let expected = expected.join("|");
            check(&format!("<img srcset=\"{value}\">"), &expected);
            check(&format!("<link imagesrcset='{value}'>"), &expected);
        }
    }

    #[test]
    fn refreshes() {
        for (content, expected) in [
            ("0; url=/a/", "other /a/"),
            ("0;URL = '/a/'x", "other /a/"),
            ("3.5 , /a/", "other /a/"),
            ("0 /a/", "other /a/"),
            ("0;url", "other url"),
            ("5", ""),
            ("0;", ""),
            ("0x; url=/a/", ""),
            ("; url=/a/", ""),
        ] {
            check(&format!("<meta http-equiv=Refresh content=\"{content}\">"), expected);
            check(&format!("<META content=\"{content}\" http-equiv='refresh'/>"), expected);
            check(&format!("<meta name=description content=\"{content}\">"), "");
        }
    }

    #[test]
    fn text_that_only_looks_like_markup() {
        for (html, expected) in [
            ("<!-- <a href=/x/> --><a href=/a/>", "href /a/"),
            ("<!--><a href=/a/>--><!---><a href=/b/>", "href /a/|href /b/"),
            ("<!-- -- > <a href=/x/> --!><a href=/a/>", "href /a/"),
            ("<!-- <a href=/x/> ---><a href=/a/>", "href /a/"),
            ("<!doctype html><?x <a href=/a/><a href=/b/>", "href /b/"),
            ("<script src=s.js>'<a href=/x/>'</script ><a href=/a/>", "src s.js|href /a/"),
            ("<SCRIPT>'</scripts><a href=/x/>'</Script><a href=/a/>", "href /a/"),
            ("<script type=application/ld+json>{\"a\": \"<img src=x>\"}</script>", ""),
            ("<script><!-- <script>'</script><a href=/x/> --></script><a href=/a/>", "href /a/"),
            ("<script><!--><script>'</script><a href=/a/>", "href /a/"),
            ("<style>a > b::after { content: '<a href=/x/>' }</style>", ""),
            ("<title><a href=/x/></title><textarea><a href=/y/></textarea>", ""),
            ("<svg><title/><a href=/a/></svg>", "href /a/"),
            ("<style><a href=/x/>", ""),
            ("1 < 2 <3 </ a href=/x/> </> <a href=/a/>", "href /a/"),
            ("</a href=/x/ title='>'><a href=/a/>", "href /a/"),
            ("<a href=/a/><a href=/x/", "href /a/"),
            ("<!-- <a href=/x/>", ""),
            ("<a href=\"/x/><p>", ""),
        ] {
            check(html, expected);
        }
    }

    #[test]
    fn anchors() {
        let page = scan(
            "<h2 id=a>A</h2><a name=b></a><p name=x id='c&amp;d'><a id=e name=e></a>\
             <p id><p id=''><p id=b><p id=a><p id=a><!-- <p id=y> --><p title=é id=f>",
        );
        let ids: Vec<_> = page.ids.iter().map(|(id, _)| &**id).collect();
        assert_eq!(ids, ["a", "b", "c&d", "e", "b", "a", "a", "f"]);
        assert!(page.links.is_empty());
    }

    #[test]
    fn offsets_point_at_values() {
        let html = "é<a title=日 href = '/a/'><img src=b srcset='c 1x, d 2x'><p id=\"e\"><a href>";
        let page = scan(html);
        let at: Vec<_> = page.links.iter().map(|link| &html[link.offset..]).collect();
        for (rest, start) in at.iter().zip(["/a/'", "b srcset", "c 1x", "c 1x", ">"]) {
            assert!(rest.starts_with(start), "{rest:?} {start:?}");
        }
        assert_eq!(at.len(), 5);
        assert!(html[page.ids[0].1..].starts_with("e\""));
    }

    /// Markup whose every piece a mutation can turn into something else.
    const RICH: &str = "<!doctype html><title>é</title><meta http-equiv=refresh content='0; url=/日/'>\
        <a href=\"/a/?x&amp;y#&#233;\" id=a name='a'>é</a><img srcset='a 1x, data:,é 2x' src=b>\
        <!-- é --><script src=s>'<b>'</script><svg><use xlink:href=#i /></svg><p id=\"日\">é";

    fn mutated() -> impl Strategy<Value = String> {
        let edit = (0..RICH.len(), 0..8_usize, "[<>/=!'\"& ;#x,é-]{0,4}");
        prop::collection::vec(edit, 0..8).prop_map(|edits| {
            let mut html: Vec<char> = RICH.chars().collect();
            for (at, removed, added) in edits {
                let at = at.min(html.len());
                let end = (at + removed).min(html.len());
                html.splice(at..end, added.chars());
            }
            html.into_iter().collect()
        })
    }

    /// One attribute in any of its spellings.
    fn attribute() -> impl Strategy<Value = String> {
        let name = "(href|HREF|src|poster|action|formaction|data|id|Id|name|title|content|=x|\"|é)";
        let value = "([az/#?=.é日]|&amp;|&#39;|&#x2F|&quot;|&){0,6}";
        let spelling = ("[ \n/]{1,2}", name, " ?= ?", value, "[ <>]?", 0..5_u8);
        spelling.prop_map(|(space, name, equals, value, odd, quotes)| match quotes {
            0 => format!("{space}{name}"),
            1 => format!("{space}{name}{equals}{value}"),
            2 => format!("{space}{name}{equals}\"{value}{odd}'{odd}\""),
            3 => format!("{space}{name}{equals}'{odd}\"{odd}{value}'"),
            _ => format!("{space}{name}{equals}\"{value}\""),
        })
    }

    /// A page whose tree has one element for every tag, so that a browser's parser can be the judge.
    fn page() -> impl Strategy<Value = String> {
        let attributes = || prop::collection::vec(attribute(), 0..4).prop_map(|all| all.concat());
        let element = "(p|div|SPAN|img|link|object|video|input)";
        let piece = prop_oneof![
            (element, attributes()).prop_map(|(name, rest)| format!("<{name}{rest} >")),
            attributes().prop_map(|rest| format!("<a{rest} >é</a>")),
            attributes().prop_map(|rest| format!("<script{rest} >'<p id=x></scr'</script>")),
            attributes().prop_map(|rest| format!("</span{rest} >")),
            "(<!-->|<!--->|<!-- <p id=x> --!>|<!----->|<!--a-- > -->|<!x <p>|<\\?x>|</ x>|</>|<3|< p)",
            "<(textarea|style|title|script)>(<p id=x>|<!--|</|-->|<a href='>){0,3}",
            "(</div>|</textarea>|</style>|</title >|</script/>|</p\n>|é|-->|>)",
        ];
        prop::collection::vec(piece, 0..12)
            .prop_map(|pieces| format!("<!doctype html><body>{}", pieces.concat()))
    }

    /// What a browser's parser finds in a page: links as [`line`] writes them, and anchors.
    fn by_parser(html: &str) -> (Vec<String>, Vec<String>) {
        let (mut links, mut ids) = (Vec::new(), Vec::new());
        let document = scraper::Html::parse_document(html);
        for element in document.tree.nodes().filter_map(|node| node.value().as_element()) {
            for (kind, name) in [
                ("href", "href"),
                ("src", "src"),
                ("other", "poster"),
                ("other", "action"),
                ("other", "formaction"),
                ("other", "data"),
            ] {
                if name != "data" || element.name() == "object" {
                    links.extend(element.attr(name).map(|url| format!("{kind} {url}")));
                }
            }
            let id = element.attr("id").filter(|id| !id.is_empty());
            let name =
                element.attr("name").filter(|name| element.name() == "a" && !name.is_empty());
            ids.extend(id.map(str::to_owned));
            ids.extend(name.filter(|name| id != Some(name)).map(str::to_owned));
        }
        (links, ids)
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_text_is_a_page(html in prop_oneof![mutated(), any::<String>()]) {
            let page = scan(&html);
            for offset in page.links.iter().map(|l| l.offset).chain(page.ids.iter().map(|i| i.1)) {
                prop_assert!(html.is_char_boundary(offset));
            }
        }

        #[test]
        fn agrees_with_a_browsers_parser(html in page()) {
            let found = scan(&html);
            let mut links: Vec<_> = found.links.iter().map(line).collect();
            let mut ids: Vec<_> = found.ids.into_iter().map(|(id, _)| id.into_owned()).collect();
            let (mut expected_links, mut expected_ids) = by_parser(&html);
            for list in [&mut links, &mut ids, &mut expected_links, &mut expected_ids] {
                list.sort();
            }
            prop_assert_eq!(links, expected_links);
            prop_assert_eq!(ids, expected_ids);
        }
    }
}
