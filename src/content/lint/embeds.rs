//! What other programs write to show a film, a chart or a picture, and what is written here instead.

use std::ops::Range;

use memchr::memchr_iter;

use crate::base::html;
use crate::content::markdown::html::{self as raw, RawPart};
use crate::content::media::MediaKind;
use crate::content::outside::Outside;
use crate::diag::{Code, Diagnostic, Severity};

use super::Finding;
use super::leaf::Leaf;

/// No such tag has more bytes.
const LONGEST: usize = 1000;

/// A word of a tag, `word` or `key="word"`.
struct TagWord<'a> {
    key: &'a str,
    value: &'a str,
}

/// What to write instead of a tag of another program, by what stands in it: `youtube ID`, `vimeo(id="1")`,
/// `include video.html src="a.mp4"`. None for one that shows nothing of the kind.
pub(super) fn instead_of_tag(inner: &str) -> Option<String> {
    let mut words = words(inner);
    // In Jekyll the name is that of a file.
    if words.first().is_some_and(|word| matches!(word.value, "include" | "render" | "partial")) {
        words.remove(0);
    }
    let first = words.first()?;
    let name = if first.key.is_empty() { first.value } else { first.key };
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let rest = if first.key.is_empty() { &words[1..] } else { &words[..] };
    instead(&name, rest)
}

fn instead(name: &str, words: &[TagWord<'_>]) -> Option<String> {
    let value = |keys: &[&str]| {
        let named =
            words.iter().find(|word| keys.iter().any(|key| word.key.eq_ignore_ascii_case(key)));
        named.map(|word| word.value).filter(|value| !value.is_empty())
    };
    let first = || words.iter().find(|word| word.key.is_empty()).map(|word| word.value);
    let title = value(&["title", "caption", "alt"]).filter(|title| is_tidy(title, 80));
    let title = title.unwrap_or("what it shows");
    let line = |url: &str| format!("write `![{title}]({url})` alone on a line");
    let urls = words.iter().map(|word| word.value).filter(|value| value.contains("//"));
    let mut urls = urls.filter(|url| is_tidy(url, 200)).map(whole);
    if let Some(outside) = urls.clone().find_map(|url| Outside::of_url(&url)) {
        return Some(line(&outside.address()));
    }
    let id = value(&["id", "video", "video_id", "videoid", "v", "code", "key", "src", "url"])
        .or_else(first);
    let is_one = |names: &[&str]| names.contains(&name);
    if name.contains("youtube") || is_one(&["yt"]) {
        // What is in the place of an id and is none is the name of a variable.
        let is_id = |id: &&str| id.len() == 11 && Outside::of_youtube(id).is_some();
        let id = id.filter(is_id).unwrap_or("ID");
        return Some(line(&format!("https://www.youtube.com/watch?v={id}")));
    }
    if name.contains("vimeo") {
        let is_id = |id: &&str| id.bytes().all(|byte| byte.is_ascii_digit());
        return Some(line(&format!("https://vimeo.com/{}", id.filter(is_id).unwrap_or("ID"))));
    }
    if name.contains("datawrapper") {
        let is_id = |id: &&str| id.len() == 5 && Outside::of_youtube(id).is_some();
        return Some(line(&format!(
            "https://www.datawrapper.de/_/{}/",
            id.filter(is_id).unwrap_or("ID")
        )));
    }
    if is_one(&["video", "audio", "html5video", "html5audio", "source", "mejs", "plyr"]) {
        let file = words.iter().map(|word| word.value).find(|value| {
            MediaKind::of_name(value.split(['?', '#']).next().unwrap_or_default()).is_some()
        });
        return Some(line(file.filter(|file| is_tidy(file, 200)).unwrap_or("film.mp4")));
    }
    if is_one(&["figure", "img", "image", "picture", "asset_img"]) {
        let src = value(&["src", "link", "file", "url"]).or_else(first);
        return Some(line(src.filter(|src| is_tidy(src, 200)).unwrap_or("picture.jpg")));
    }
    const POSTS: [&str; 10] = [
        "tweet",
        "twitter",
        "instagram",
        "facebook",
        "tiktok",
        "mastodon",
        "bluesky",
        "soundcloud",
        "spotify",
        "gist",
    ];
    let url = match urls.next() {
        Some(url) if is_one(&POSTS) || is_one(&["embed", "iframe", "oembed", "x"]) => url,
        None if is_one(&POSTS) => "https://…".into(),
        _ => return None,
    };
    Some(format!("write a link to it: `[{title}]({url})`"))
}

/// What to write instead of HTML that shows a film, a chart or a picture.
pub(in crate::content) fn instead_of_html(source: &str) -> Option<String> {
    raw::parts(source).iter().find_map(|part| {
        let RawPart::Tag(tag) = part else { return None };
        let name = tag.name.to_ascii_lowercase();
        let is_shown = ["iframe", "video", "audio", "source", "img", "embed", "object"];
        if tag.is_end || !is_shown.contains(&&*name) {
            return None;
        }
        let (_, attributes) = html::Tag::open(source, tag.range.start + 1);
        let words: Vec<TagWord<'_>> =
            attributes.map(|found| TagWord { key: found.name, value: found.value }).collect();
        // A film may have its address in the elements that stand in it.
        let has_address = words.iter().any(|word| matches!(word.key, "src" | "data-src" | "data"));
        (has_address || name == "source").then(|| instead(&name, &words)).flatten()
    })
}

/// `[youtube]…[/youtube]`, `[embed]…`, `[video src="…"]`, `@[youtube](ID)`, in a leaf block with brackets.
pub(super) fn brackets(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    const NAMES: [&str; 9] = [
        "youtube",
        "vimeo",
        "embed",
        "video",
        "audio",
        "datawrapper",
        "iframe",
        "tweet",
        "soundcloud",
    ];
    let whole = leaf.range();
    let mut from = whole.start;
    for found in memchr_iter(b'[', leaf.source().as_bytes()) {
        let open = whole.start + found;
        let rest =
            &leaf.text[open + 1..leaf.text.floor_char_boundary(whole.end.min(open + LONGEST))];
        let is_name = |name: &&&str| {
            let behind = rest.get(name.len()..).and_then(|behind| behind.chars().next());
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && behind.is_some_and(|c| matches!(c, ']' | ' ' | '=' | ':'))
        };
        let Some(name) = NAMES.iter().find(is_name) else { continue };
        let is_directive = open > whole.start && leaf.text[..open].ends_with('@');
        if open < from || !(leaf.is_text(open) || is_directive) {
            continue;
        }
        let Some(end) = rest.find(']') else { continue };
        let (inner, behind) = (&rest[..end], &rest[end + 1..]);
        // What stands in parentheses makes it a link, but where a sign says that it is none.
        if behind.starts_with(['(', '[']) != is_directive {
            continue;
        }
        let close = format!("[/{name}]");
        let (content, len) = match behind.to_ascii_lowercase().find(&close) {
            Some(at) if !is_directive => (&behind[..at], end + 1 + at + close.len()),
            _ if is_directive => {
                let Some((content, _)) = behind.split_once([')', ']']) else { continue };
                (&content[1..], end + 1 + content.len() + 1)
            }
            _ => ("", end + 1),
        };
        let tag = format!(
            "{} {}",
            inner.replacen([':', '='], " ", usize::from(!inner.contains(' '))),
            content
        );
        let Some(help) = instead_of_tag(&tag) else { continue };
        // A word in brackets is mostly a word in brackets.
        if len == end + 1 && !inner.contains([' ', '=', ':']) {
            continue;
        }
        let start = if is_directive { open - 1 } else { open };
        let place = start..(open + 1 + len).min(whole.end);
        from = place.end;
        let message = format!("readers see a shortcode of another program: `[{name}]`");
        findings.push(Diagnostic::new(Code::ForeignSyntax, place, message).help(help));
    }
}

/// The address of a film or chart alone in a paragraph, of which WordPress makes the film.
pub(super) fn alone(leaf: &Leaf<'_>) -> Option<Finding> {
    let source = leaf.source().trim();
    // A sign of emphasis at its end is in none of the pieces.
    let behind = leaf.text[leaf.range().end..].chars().next();
    if behind.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    if !source.starts_with("http") || source.contains(char::is_whitespace) {
        return None;
    }
    let outside = Outside::of_url(source)?;
    let start = leaf.range().start;
    let message = format!("the address alone is a link to {}: nothing is shown here", outside.host);
    let mut found = Diagnostic::new(Code::ForeignSyntax, place(start, source), message).help(format!(
        "write `![what it shows]({source})` to show it, or `[text]({source})` for a link with words"
    ));
    found.severity = Severity::Info;
    Some(found)
}

fn place(start: usize, source: &str) -> Range<usize> {
    start..start + source.len()
}

/// The words of a tag. Quotes hold one together; parentheses and commas part them.
fn words(inner: &str) -> Vec<TagWord<'_>> {
    let mut words = Vec::new();
    let mut rest = inner;
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '{' | '}' | '|');
    loop {
        rest = rest.trim_start_matches(is_gap);
        let Some(first) = rest.chars().next() else { return words };
        if matches!(first, '"' | '\'') {
            let value = rest[1..].split(first).next().unwrap_or_default();
            words.push(TagWord { key: "", value });
            rest = rest.get(1 + value.len() + 1..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|c: char| is_gap(c) || c == '=').unwrap_or(rest.len());
        let is_key = rest[end..].starts_with('=') && !rest[..end].contains("//");
        if !is_key {
            let end = rest.find(is_gap).unwrap_or(rest.len());
            words.push(TagWord { key: "", value: &rest[..end] });
            rest = &rest[end..];
            continue;
        }
        let key = &rest[..end];
        rest = &rest[end + 1..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => rest[1..].split(quote).next().unwrap_or_default(),
            None => rest.split(is_gap).next().unwrap_or_default(),
        };
        words.push(TagWord { key, value });
        let len = value.len() + if quote.is_some() { 2 } else { 0 };
        rest = rest.get(len..).unwrap_or_default();
    }
}

/// A URL with its scheme.
fn whole(url: &str) -> String {
    let url = url.replace("&amp;", "&");
    if url.starts_with("//") { format!("https:{url}") } else { url }
}

/// Whether a text can stand between the signs of a link, and in a message.
fn is_tidy(text: &str, most: usize) -> bool {
    text.len() <= most
        && !text.contains(|c: char| {
            c.is_control() || matches!(c, '`' | '[' | ']' | '(' | ')' | '<' | '>')
        })
}

#[cfg(test)]
mod tests {
    use super::{instead_of_html, instead_of_tag};

    const FILM: &str =
        "write `![what it shows](https://www.youtube.com/watch?v=aB3-_xaB3-_)` alone on a line";
    const ANY: &str =
        "write `![what it shows](https://www.youtube.com/watch?v=ID)` alone on a line";
    const VIMEO: &str = "write `![what it shows](https://vimeo.com/123)` alone on a line";

    #[test]
    fn tags_of_other_programs() {
        for (inner, expected) in [
            (" youtube aB3-_xaB3-_ ", Some(FILM)),
            (" youtube id=\"aB3-_xaB3-_\" autoplay=\"true\" ", Some(FILM)),
            ("youtube(id=\"aB3-_xaB3-_\", class='x')", Some(FILM)),
            ("include youtube.html id='aB3-_xaB3-_'", Some(FILM)),
            ("include embed/youtubePlayer.html id=page.video", Some(ANY)),
            ("youtube id", Some(ANY)),
            ("youtube=https://youtu.be/aB3-_xaB3-_", Some(FILM)),
            ("embed https://youtu.be/aB3-_xaB3-_", Some(FILM)),
            ("video https://www.youtube.com/embed/aB3-_xaB3-_", Some(FILM)),
            ("vimeo 123", Some(VIMEO)),
            ("vimeo(id=\"123\")", Some(VIMEO)),
            (
                "video src=\"talks.mp4\" width=1",
                Some("write `![what it shows](talks.mp4)` alone on a line"),
            ),
            (
                "figure src=\"a.jpg\" caption=\"The vote\"",
                Some("write `![The vote](a.jpg)` alone on a line"),
            ),
            (
                "datawrapper \"Ab1cD\"",
                Some(
                    "write `![what it shows](https://www.datawrapper.de/_/Ab1cD/)` alone on a line",
                ),
            ),
            (
                "tweet https://x.com/a/1",
                Some("write a link to it: `[what it shows](https://x.com/a/1)`"),
            ),
            ("tweet 123", Some("write a link to it: `[what it shows](https://…)`")),
            ("include x.html", None),
            ("note", None),
            ("if page.title", None),
            ("", None),
        ] {
            assert_eq!(instead_of_tag(inner).as_deref(), expected, "{inner}");
        }
    }

    #[test]
    fn html_that_shows_something() {
        for (html, expected) in [
            (
                "<div><iframe width=\"1\" src=\"//www.youtube.com/embed/aB3-_xaB3-_?rel=0&amp;x\"></iframe></div>",
                Some(FILM),
            ),
            (
                "<iframe src='https://player.vimeo.com/video/123' title=\"The vote\">",
                Some("write `![The vote](https://vimeo.com/123)` alone on a line"),
            ),
            (
                "<iframe src=https://maps.example/x></iframe>",
                Some("write a link to it: `[what it shows](https://maps.example/x)`"),
            ),
            (
                "<video controls><source src=\"talks.mp4\"></video>",
                Some("write `![what it shows](talks.mp4)` alone on a line"),
            ),
            ("<img src='a.png' alt='A map'>", Some("write `![A map](a.png)` alone on a line")),
            ("<b>x</b>", None),
            ("<iframe></iframe>", None),
        ] {
            assert_eq!(instead_of_html(html).as_deref(), expected, "{html}");
        }
    }
}
