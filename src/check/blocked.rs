//! What a template or a style sheet of the site loads or runs, and the policy of its pages does not let it: scripts, styles
//! and handlers in the page itself, and files of origins that `csp` does not name.

use std::ops::Range;

use memchr::memchr;

use crate::base::html::{Tag, after_comment, text_end};
use crate::config::{AllowedOrigins, CspDirective};

/// What a policy blocks, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Where it stands in the file.
    pub range: Range<usize>,
    /// One line.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// What the policy blocks in a template, in the order of the file. A template that replaces the policy of its page has none.
pub fn in_template(text: &str, allowed: &AllowedOrigins) -> Vec<Blocked> {
    let mut found = Vec::new();
    if text.contains("block policy") {
        return found;
    }
    let masked = without_tags(text);
    let html = &*masked;
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(gap) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let open = at + gap + 1;
        at = match bytes.get(open) {
            Some(b'!') if html[open..].starts_with("!--") => after_comment(html, open + 3),
            Some(byte) if byte.is_ascii_alphabetic() => {
                element(text, html, open, allowed, &mut found)
            }
            _ => open,
        };
    }
    found
}

/// Reads an element whose name begins at `open`; returns where reading goes on.
fn element(
    text: &str,
    html: &str,
    open: usize,
    allowed: &AllowedOrigins,
    found: &mut Vec<Blocked>,
) -> usize {
    let (name, mut tag) = Tag::open(html, open);
    let name = name.to_ascii_lowercase();
    let mut attributes = Vec::new();
    for attribute in &mut tag {
        attributes.push((attribute.name.to_ascii_lowercase(), attribute.value, attribute.offset));
    }
    let end = tag.at;
    let after = text_end(html, &name, end);
    let value =
        |key: &str| attributes.iter().find(|(name, ..)| name == key).map(|(_, value, _)| *value);
    let whole = open - 1..end;
    for (key, value, offset) in &attributes {
        let (key, value, offset) = (&**key, *value, *offset);
        let place = offset..offset + value.len();
        if key.len() > 2 && key.starts_with("on") && !value.is_empty() {
            found.push(Blocked {
                range: place,
                message: format!("the policy of pages blocks `{key}`: nothing inline runs"),
                help: "move it into a script in `static/`, which calls `addEventListener`".into(),
            });
        } else if key == "style" && !value.is_empty() {
            found.push(Blocked {
                range: place,
                message: "the policy of pages blocks `style`: no rules stand in a page".into(),
                help:
                    "give the element a `class`, and write the rules into `static/theme/site.css`"
                        .into(),
            });
        } else if value
            .trim_start()
            .get(..11)
            .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
        {
            found.push(Blocked {
                range: place,
                message: "the policy of pages blocks `javascript:`: nothing inline runs".into(),
                help: "move it into a script in `static/`, which calls `addEventListener`".into(),
            });
        } else if let Some(directive) =
            directive(&name, key, value_of(&attributes, "rel"), value_of(&attributes, "as"))
        {
            for url in urls(key, value) {
                let at = offset + (url.as_ptr() as usize - value.as_ptr() as usize);
                origin(text, at..at + url.len(), directive, allowed, found);
            }
        }
    }
    let is_filled = !text[end..after].trim().is_empty();
    match &*name {
        "script" if value("src").is_none() && is_filled => {
            let kind = value("type").unwrap_or_default().to_ascii_lowercase();
            if kind.is_empty()
                || kind == "module"
                || kind == "importmap"
                || kind.contains("javascript")
            {
                found.push(Blocked {
                    range: whole,
                    message: "the policy of pages blocks this script: it stands in the page".into(),
                    help: "move it to `static/theme/site.js`, and write `<script src=\"/theme/site.js\" defer></script>`".into(),
                });
            }
        }
        "style" if is_filled => found.push(Blocked {
            range: whole,
            message: "the policy of pages blocks these rules: they stand in the page".into(),
            help: "move them to `static/theme/site.css`, which every page loads".into(),
        }),
        "object" | "embed" | "applet" => found.push(Blocked {
            range: whole,
            message: format!("the policy of pages blocks `<{name}>`"),
            help: "write a link, or an `<iframe>`".into(),
        }),
        _ => {}
    }
    after
}

fn value_of<'a>(attributes: &[(String, &'a str, usize)], key: &str) -> &'a str {
    attributes.iter().find(|(name, ..)| name == key).map(|(_, value, _)| *value).unwrap_or_default()
}

/// What decides over the URL of an attribute, if a browser loads it.
fn directive(element: &str, attribute: &str, rel: &str, loaded_as: &str) -> Option<CspDirective> {
    let has = |word: &str| rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case(word));
    Some(match (element, attribute) {
        ("script", "src") => CspDirective::Script,
        ("link", "href") if has("stylesheet") => CspDirective::Style,
        ("link", "href") if has("modulepreload") => CspDirective::Script,
        ("link", "href") if has("icon") || has("apple-touch-icon") => CspDirective::Img,
        ("link", "href") if has("preload") => match loaded_as {
            "script" => CspDirective::Script,
            "style" => CspDirective::Style,
            "font" => CspDirective::Font,
            "image" => CspDirective::Img,
            "fetch" => CspDirective::Connect,
            _ => return None,
        },
        ("img" | "input" | "image", "src" | "srcset") | ("source", "srcset") | (_, "poster") => {
            CspDirective::Img
        }
        ("video" | "audio" | "source" | "track", "src") => CspDirective::Media,
        ("iframe" | "frame", "src") => CspDirective::Frame,
        ("form", "action") | (_, "formaction") => CspDirective::Form,
        _ => return None,
    })
}

/// The URLs of an attribute.
fn urls<'a>(attribute: &str, value: &'a str) -> Vec<&'a str> {
    match attribute {
        "srcset" => value.split(',').filter_map(|part| part.split_whitespace().next()).collect(),
        _ => vec![value.trim()],
    }
}

/// What the policy blocks in a style sheet, in the order of the file.
pub fn in_styles(text: &str, allowed: &AllowedOrigins) -> Vec<Blocked> {
    let mut found = Vec::new();
    let css = without(text, "/*", "*/");
    let lower = css.to_ascii_lowercase();
    let mut places: Vec<(usize, bool)> =
        lower.match_indices("url(").map(|(at, _)| (at + 4, false)).collect();
    places.extend(lower.match_indices("@import").map(|(at, _)| (at + 7, true)));
    for (at, is_import) in places {
        let rest = &css[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let quote = css[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let start = start + usize::from(quote.is_some());
        let end = match quote {
            Some(quote) => css[start..].find(quote),
            None if is_import => continue,
            None => css[start..].find(')'),
        };
        let Some(end) = end.map(|end| start + end) else { continue };
        let before = &lower[..at];
        let statement = before.rsplit([';', '}', '{']).next().unwrap_or_default();
        let block = before
            .rfind('{')
            .map_or("", |open| before[..open].rsplit(['}', ';']).next().unwrap_or_default());
        // A namespace is a name: nothing is loaded.
        if statement.trim_start().starts_with("@namespace") {
            continue;
        }
        let is_in_block = before.rfind('{') > before.rfind('}');
        let directive = match () {
            () if is_import || statement.contains("@import") => CspDirective::Style,
            () if is_in_block && block.contains("@font-face") => CspDirective::Font,
            () => CspDirective::Img,
        };
        origin(text, start..end, directive, allowed, &mut found);
    }
    found.sort_by_key(|blocked| blocked.range.start);
    found
}

/// Adds a URL whose origin a directive does not allow.
fn origin(
    text: &str,
    range: Range<usize>,
    directive: CspDirective,
    allowed: &AllowedOrigins,
    found: &mut Vec<Blocked>,
) {
    let url = text[range.clone()].trim();
    let rest = match url.split_once("://") {
        Some(("https" | "http" | "HTTPS" | "HTTP", rest)) => rest,
        None if url.starts_with("//") => &url[2..],
        _ => return,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    // The host is what a template puts there.
    if host.is_empty() || host.contains(|c: char| matches!(c, '{' | '}') || c.is_whitespace()) {
        return;
    }
    let origin = format!("https://{host}");
    if allowed.of(directive.name()).any(|known| known == origin) && !url.starts_with("http:") {
        return;
    }
    let name = directive.name();
    let key = name.replace('-', "_");
    let help = match (url.starts_with("http:"), directive) {
        (true, _) => format!("write `https://{rest}`: a page over https loads nothing over http"),
        (_, CspDirective::Script) => format!(
            "write `csp: {{{key}: {origin}}}` into content/site.yaml, and as `connect_src` too if the script sends something \
             there, or put the file into `static/`"
        ),
        (_, CspDirective::Style) => format!(
            "write `csp: {{{key}: {origin}}}` into content/site.yaml, and as `font_src` the origin of the fonts that it loads, or put \
             the file into `static/`"
        ),
        (_, CspDirective::Frame | CspDirective::Form) => {
            format!("write `csp: {{{key}: {origin}}}` into content/site.yaml")
        }
        _ => format!(
            "write `csp: {{{key}: {origin}}}` into content/site.yaml, or put the file into `static/`"
        ),
    };
    let message = format!("the policy of pages blocks `{origin}`: `{name}` does not name it");
    found.push(Blocked { range, message, help });
}

/// A template without its comments and tags, as long as it was: its values are words, whose quotes end no attribute.
fn without_tags(text: &str) -> String {
    let plain = without(&without(text, "{#", "#}"), "{%", "%}");
    let mut out = String::with_capacity(plain.len());
    let mut rest = &*plain;
    while let Some(at) = rest.find("{{") {
        let len = rest[at..].find("}}").map_or(rest.len(), |end| at + end + 2);
        out.push_str(&rest[..at]);
        out.extend(std::iter::repeat_n('_', len - at));
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// A text with as many spaces in place of what stands between two marks.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let inner = &rest[at + start.len()..];
        let len = inner.find(end).map_or(rest.len(), |len| at + start.len() + len + end.len());
        out.push_str(&rest[..at]);
        out.extend(
            rest.as_bytes()[at..len].iter().map(|byte| if *byte == b'\n' { '\n' } else { ' ' }),
        );
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{in_styles, in_template};
    use crate::config::{AllowedOrigins, CspDirective};

    fn allowed() -> AllowedOrigins {
        let mut allowed = AllowedOrigins::default();
        allowed.add(CspDirective::Script, "https://known.example");
        allowed.add(CspDirective::Font, "https://known.example");
        allowed
    }

    #[test]
    fn templates() {
        for (text, expected) in [
            ("<script>x()</script>", Some("this script")),
            ("<script type=module>x()</script>", Some("this script")),
            ("<script type=\"application/ld+json\">{}</script>", None),
            ("<script src=\"/a.js\"></script>", None),
            ("<script src=\"{{ assets.script }}\"></script>", None),
            ("<script src=https://known.example/a.js></script>", None),
            ("<script src=\"http://known.example/a.js\"></script>", Some("https://known.example")),
            (
                "<script src=\"//stats.example/a.js\"></script>",
                Some("`script-src` does not name it"),
            ),
            ("<link rel=\"stylesheet\" href=\"https://known.example/a.css\">", Some("`style-src`")),
            ("<link rel=\"preconnect\" href=\"https://a.example\">", None),
            ("<link rel=preload as=font href=https://known.example/a.woff2>", None),
            ("<a href=\"https://a.example/\" onclick=\"x()\">", Some("`onclick`")),
            ("<a href=\"https://a.example/\">", None),
            ("<a href=\"JavaScript:x()\">", Some("`javascript:`")),
            ("<p style=\"color: red\">", Some("`style`")),
            ("<style>p {}</style>", Some("these rules")),
            ("<iframe src=\"https://a.example/\"></iframe>", Some("`frame-src`")),
            ("<img src=\"https://a.example/a.png\">", Some("`img-src`")),
            (
                "<img src=\"/a.png\" srcset=\"/b.png 1x, https://a.example/c.png 2x\">",
                Some("`img-src`"),
            ),
            ("<img src=\"{{ image.src }}\">", None),
            ("<img src=\"https://{{ a(of=\"x\") }}/a.png\">", None),
            ("<button aria-label=\"{{ t(key=\"copy\", style=line.style) }}\">", None),
            ("<p style=\"--n: {{ n }}\">", Some("`style`")),
            ("<form action=\"https://a.example/\">", Some("`form-action`")),
            ("<object data=a.pdf></object>", Some("`<object>`")),
            ("{# <script>x()</script> #}<!-- <style>p {}</style> -->", None),
            ("{% if a %}<p{% if b %} style=\"x\"{% endif %}>{% endif %}", Some("`style`")),
            ("{% block policy %}{% endblock %}<script>x()</script>", None),
        ] {
            let found = in_template(text, &allowed());
            let said: Vec<_> = found.iter().map(|found| &*found.message).collect();
            assert_eq!(said.len(), usize::from(expected.is_some()), "{text}: {said:?}");
            assert!(expected.is_none_or(|expected| said[0].contains(expected)), "{text}: {said:?}");
        }
    }

    #[test]
    fn style_sheets() {
        for (text, expected) in [
            ("@import \"https://a.example/a.css\";", Some("`style-src`")),
            ("@import url(https://a.example/a.css);", Some("`style-src`")),
            ("@font-face { src: url('https://a.example/a.woff2') }", Some("`font-src`")),
            ("@font-face { src: url(https://known.example/a.woff2) }", None),
            ("p { background: url( \"https://a.example/a.png\" ) }", Some("`img-src`")),
            ("p { background: url(a.png), url(data:image/png;base64,AA) }", None),
            ("/* url(https://a.example/a.png) */", None),
            ("@namespace svg url(\"http://www.w3.org/2000/svg\"); a { b: c }", None),
        ] {
            let found = in_styles(text, &allowed());
            let said: Vec<_> = found.iter().map(|found| &*found.message).collect();
            assert_eq!(said.len(), usize::from(expected.is_some()), "{text}: {said:?}");
            assert!(expected.is_none_or(|expected| said[0].contains(expected)), "{text}: {said:?}");
        }
    }
}
