//! What a page may hold: read as a browser would, against a list of what the theme and Markdown make.

use scraper::{Html, Node};
use url::Url;

/// Where the checked pages are taken to be.
const HERE: &str = "https://here.example/folder/page/";

/// Attributes that any element may have. None of them runs or fetches anything.
const EVERYWHERE: &[&str] = &[
    "aria-current",
    "aria-label",
    "aria-labelledby",
    "class",
    "id",
    "lang",
    "role",
    "tabindex",
    "title",
];

/// Every element that the theme and Markdown make, with its own attributes.
const ELEMENTS: &[(&str, &[&str])] = &[
    (
        "a",
        &[
            "data-originalurl",
            "data-versiondate",
            "data-versionurl",
            "dir",
            "download",
            "href",
            "hreflang",
            "rel",
            "type",
        ],
    ),
    ("abbr", &["title"]),
    ("article", &["data-since"]),
    ("aside", &[]),
    ("audio", &["controls", "preload", "src"]),
    ("base", &["target"]),
    ("bdi", &["dir"]),
    ("button", &["hidden", "popovertarget", "type", "value"]),
    ("blockquote", &["dir"]),
    ("body", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("circle", &["cx", "cy", "r"]),
    ("cite", &[]),
    ("code", &["dir"]),
    ("data", &["value"]),
    ("dd", &["dir"]),
    ("del", &[]),
    ("details", &[]),
    (
        "div",
        &[
            "data-count",
            "data-failed",
            "data-folder",
            "data-kind0",
            "data-kind1",
            "data-kind2",
            "data-kind3",
            "data-kind4",
            "data-kind5",
            "data-kind6",
            "data-kind7",
            "data-more",
            "data-none",
            "data-pagefind-ignore",
            "dir",
            "popover",
        ],
    ),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("fieldset", &["hidden"]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("head", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("html", &["dir"]),
    ("i", &[]),
    ("img", &["alt", "decoding", "height", "loading", "sizes", "src", "srcset", "width"]),
    ("form", &["action", "hidden", "role"]),
    (
        "input",
        &[
            "autocomplete",
            "checked",
            "disabled",
            "name",
            "placeholder",
            "required",
            "type",
            "value",
        ],
    ),
    ("ins", &[]),
    ("kbd", &[]),
    ("label", &[]),
    ("legend", &[]),
    ("li", &["value"]),
    ("line", &["x1", "x2", "y1", "y2"]),
    ("link", &["as", "crossorigin", "dir", "href", "hreflang", "rel", "type"]),
    ("main", &["data-pagefind-body", "data-pagefind-filter"]),
    ("mark", &[]),
    ("meta", &["charset", "content", "http-equiv", "name", "property"]),
    ("nav", &[]),
    ("ol", &["start"]),
    ("option", &["dir", "value"]),
    ("p", &["data-cited", "data-copied", "hidden"]),
    ("path", &["d"]),
    ("picture", &[]),
    ("pre", &["translate"]),
    ("q", &[]),
    ("rect", &["height", "width", "x", "y"]),
    ("s", &[]),
    ("script", &["src", "type"]),
    ("section", &[]),
    ("select", &["name"]),
    ("small", &[]),
    ("source", &["height", "sizes", "srcset", "type", "width"]),
    ("span", &["aria-hidden", "data-address", "data-frame", "data-letters", "data-title", "dir"]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("svg", &["aria-hidden", "focusable", "viewBox"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["data-label"]),
    ("text", &["text-anchor", "x", "y"]),
    ("th", &["colspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("title", &[]),
    ("tr", &[]),
    ("track", &["kind", "label", "src", "srclang"]),
    ("u", &[]),
    ("video", &["controls", "height", "playsinline", "poster", "preload", "src", "width"]),
    ("ul", &[]),
    ("wbr", &[]),
];

/// What figures are drawn with. None of it runs, fetches or leads anywhere.
const DRAWN: &[&str] = &["circle", "line", "path", "rect", "svg", "text"];

/// Elements that run, embed, restyle or send something. The theme has none of them.
const ACTIVE: &[&str] = &[
    "applet", "base", "button", "embed", "form", "frame", "frameset", "iframe", "noscript",
    "object", "param", "portal", "script", "style", "template", "textarea",
];

/// Attributes that a browser reads as URLs, or as lists of them.
const URLS: &[&str] = &[
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "codebase",
    "data",
    "data-frame",
    "data-originalurl",
    "data-versionurl",
    "formaction",
    "href",
    "imagesrcset",
    "longdesc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "usemap",
];

/// A page, read.
pub(crate) struct Read {
    /// What it may not hold.
    pub(crate) problems: Vec<String>,
    /// What a reader can come to see: its text, and the values of its attributes.
    pub(crate) text: String,
    /// The text alone.
    pub(crate) words: String,
}

/// Reads a page and says what is wrong with it.
pub(crate) fn read(html: &str) -> Read {
    let page = Html::parse_document(html);
    let mut read = Read { problems: Vec::new(), text: String::new(), words: String::new() };
    read.problems.extend(page.errors.iter().map(|error| format!("HTML: {error}")));
    let first = outline(&page, &mut read);
    // What reads differently when it is written out again has fooled a sanitiser before (mutation XSS).
    let again = Html::parse_document(&page.html());
    let mut unread = Read { problems: Vec::new(), text: String::new(), words: String::new() };
    let second = outline(&again, &mut unread);
    if first != second {
        let different = first.split('\0').zip(second.split('\0')).find(|(a, b)| a != b);
        read.problems.push(format!("reads differently when it is written again: {different:?}"));
    }
    read
}

/// The tree, each node with its depth; problems and texts are gathered on the way. What separates the parts is in no
/// tree.
fn outline(page: &Html, read: &mut Read) -> String {
    let mut outline = String::new();
    // The namespace of HTML; any other belongs to SVG or MathML.
    let html = &page.root_element().value().name.ns;
    for at in page.tree.root().descendants() {
        let depth = at.ancestors().count().to_string();
        let mut add = |kind: &str, text: &str| {
            for part in [&*depth, kind, text, "\0"] {
                outline.push_str(part);
            }
        };
        match at.value() {
            Node::Element(element) => {
                let name = element.name();
                add("<", name);
                if element.name.ns != *html && !DRAWN.contains(&name) {
                    read.problems.push(format!("<{name}> is not HTML"));
                }
                let mut attributes: Vec<(String, &str)> = element
                    .attrs
                    .iter()
                    .map(|(name, value)| {
                        let prefix = name.prefix.as_ref().map(|prefix| format!("{prefix}:"));
                        (format!("{}{}", prefix.unwrap_or_default(), name.local), &**value)
                    })
                    .collect();
                attributes.sort();
                element_problems(name, &attributes, &mut read.problems);
                for (attribute, value) in attributes {
                    add("@", &attribute);
                    add("=", value);
                    attribute_problems(name, &attribute, value, &mut read.problems);
                    read.text.push_str(value);
                    read.text.push('\n');
                }
            }
            Node::Text(text) => {
                add("", text);
                let parent =
                    at.parent().and_then(|parent| Some(parent.value().as_element()?.name()));
                if parent == Some("script") {
                    linked_data_problems(text, &mut read.problems);
                } else {
                    read.text.push_str(text);
                    read.words.push_str(text);
                }
            }
            Node::Comment(comment) => {
                add("!", comment);
                read.problems.push(format!("a comment: {}", &**comment));
            }
            Node::ProcessingInstruction(_) => read.problems.push("an instruction".into()),
            Node::Doctype(_) | Node::Document | Node::Fragment => {}
        }
    }
    outline
}

/// The ends of the addresses of the site's own feeds.
const FEEDS: [&str; 3] = ["/corrections.xml", "/feed.xml", "/feed.json"];

/// Whether it is of the theme: the forms of the search, which lead to its page alone, their buttons, the buttons of figures'
/// notes, and the scripts.
fn is_of_theme(name: &str, attributes: &[(String, &str)]) -> bool {
    let has = |expected: &[(&str, &str)]| {
        attributes.len() == expected.len()
            && attributes.iter().all(|(name, value)| expected.contains(&(&**name, *value)))
    };
    let page = [("class", "search"), ("hidden", ""), ("id", "b-search"), ("role", "search")];
    match name {
        // One that the script shows, beside a link to what it loads.
        "button" => {
            let tools = ["link", "share"].map(|value| has(&[("type", "button"), ("value", value)]));
            let words = has(&[("type", "button"), ("value", "words"), ("hidden", "")]);
            has(&[])
                || has(&[("type", "button"), ("hidden", "")])
                || tools.contains(&true)
                || words
                || copies(attributes)
                || opens_note(attributes)
        }
        "form" => {
            // Each language has its own page of the search.
            let action = attributes.iter().find(|(name, _)| name == "action");
            let action = action.map_or("", |(_, action)| *action);
            let language = action.strip_prefix('/').and_then(|rest| rest.strip_suffix("search/"));
            let is_language = |text: &str| {
                let tag = text.strip_suffix('/').unwrap_or(text);
                tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            };
            let form = [("action", action), ("class", "site-search"), ("role", "search")];
            let missing =
                [("action", action), ("class", "search"), ("id", "b-search"), ("role", "search")];
            language.is_some_and(is_language) && (has(&form) || has(&missing)) || has(&page)
        }
        "script" => {
            let scripts = ["/theme/page.js", "/theme/search.js", "/theme/missing.js"];
            has(&[("src", "/theme/appearance.js")])
                || scripts.iter().any(|script| has(&[("src", script), ("type", "module")]))
        }
        _ => false,
    }
}

/// Whether a button copies a line of a bibliography of its page.
fn copies(attributes: &[(String, &str)]) -> bool {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, v)| *v);
    attributes.len() == 4
        && value("type") == Some("button")
        && value("class") == Some("copy")
        && value("hidden") == Some("")
        && value("aria-label").is_some()
}

/// Whether a button opens the note of a figure of its page, and does nothing else.
fn opens_note(attributes: &[(String, &str)]) -> bool {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, v)| *v);
    attributes.len() == 3
        && value("type") == Some("button")
        && value("aria-label").is_some()
        && value("popovertarget").is_some_and(|id| id.starts_with("b-note-b-fact-"))
}

fn element_problems(name: &str, attributes: &[(String, &str)], problems: &mut Vec<String>) {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, v)| *v);
    // Links of what other sites show in a frame lead out of it.
    if name == "base" && attributes == [("target".to_owned(), "_top")] {
        return;
    }
    // Data, which no browser runs.
    let is_data = attributes.iter().map(|(name, value)| (&**name, *value));
    if name == "script" && is_data.eq([("type", "application/ld+json")]) {
        return;
    }
    if ACTIVE.contains(&name) && !is_of_theme(name, attributes) {
        return problems.push(format!("the active element <{name}>"));
    }
    if !ELEMENTS.iter().any(|(known, _)| *known == name) {
        return problems.push(format!("<{name}>, which the theme does not make"));
    }
    match name {
        "link" => {
            let rel = value("rel").unwrap_or_default();
            let is_language = rel == "alternate" && value("hreflang").is_some();
            let is_calendar = rel == "alternate" && value("type") == Some("text/calendar");
            let feeds = ["application/atom+xml", "application/feed+json"];
            let is_oembed = rel == "alternate" && value("type") == Some("application/json+oembed");
            let is_feed = rel == "alternate"
                && value("type").is_some_and(|media_type| feeds.contains(&media_type));
            let is_alternate = is_language || is_calendar || is_feed || is_oembed;
            let is_face = rel == "preload"
                && value("as") == Some("font")
                && value("href").is_some_and(|href| href.starts_with("/theme/"));
            let is_manifest = rel == "manifest" && value("href") == Some("/manifest.webmanifest");
            let is_plain = ["canonical", "icon", "stylesheet"].contains(&rel) || is_manifest;
            if !is_plain && !is_alternate && !is_face {
                problems.push(format!("a link with rel `{rel}`"));
            }
            let href = value("href").unwrap_or_default();
            // The site's own address, which the tests give it.
            let is_own = is_manifest
                || is_language && href.starts_with("https://here.example/")
                || is_calendar && href.starts_with('/') && href.ends_with("/timeline.ics")
                || is_oembed
                    && href.starts_with("https://here.example/")
                    && href.ends_with("/oembed.json")
                || is_feed && href.starts_with('/') && FEEDS.iter().any(|end| href.ends_with(end));
            if rel != "canonical" && !is_own && !href.starts_with("/theme/") {
                problems.push(format!("a {rel} that is not the theme's: `{href}`"));
            }
        }
        "meta" => match (value("http-equiv"), value("content")) {
            (None, _) => {}
            (Some("refresh"), Some(content)) => {
                // A redirect stays on the site: a path from its root, in nothing but URL characters.
                let path = content.strip_prefix("0; url=/").unwrap_or("//");
                let tidy = |c: char| c.is_ascii_graphic() && !"\"'<>\\".contains(c);
                if path.starts_with('/') || !path.chars().all(tidy) {
                    problems.push(format!("a refresh that leaves the site: `{content}`"));
                }
            }
            // The page's own policy, which allows nothing that is not listed, and nothing inline.
            (Some("Content-Security-Policy"), Some(content))
                if content.starts_with("default-src 'none'; ") && !content.contains("unsafe") => {}
            (Some(other), _) => problems.push(format!("a meta that stands for the header {other}")),
        },
        "input" if value("type") == Some("search") && value("name") == Some("q") => {}
        "input" if value("type") == Some("radio") && value("name") == Some("b-appearance") => {}
        // Whether the key of the search leads there.
        "input"
            if attributes
                == [
                    ("checked".to_owned(), ""),
                    ("id".to_owned(), "b-key"),
                    ("type".to_owned(), "checkbox"),
                ] => {}
        "input" if value("type") != Some("checkbox") || value("disabled").is_none() => {
            problems.push("an input that is not the box of a task".into());
        }
        _ => {}
    }
}

/// What is wrong with a graph of JSON-LD: it is JSON in which nothing means anything in HTML, and leads nowhere that a link
/// may not lead.
fn linked_data_problems(text: &str, problems: &mut Vec<String>) {
    if text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        problems.push(format!("JSON-LD with a sign of HTML: `{text}`"));
    }
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(graph) => linked_urls(&graph, problems),
        Err(error) => problems.push(format!("JSON-LD: {error}: `{text}`")),
    }
}

fn linked_urls(value: &serde_json::Value, problems: &mut Vec<String>) {
    const URLS: [&str; 7] =
        ["@context", "@id", "url", "item", "sameAs", "archivedAt", "urlTemplate"];
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                let texts = value.as_array().into_iter().flatten().chain([value]);
                let texts = texts.filter_map(serde_json::Value::as_str);
                let found = texts.filter(|_| URLS.contains(&&**key)).filter_map(url_problem);
                problems.extend(found.map(|problem| format!("JSON-LD, {key}: {problem}")));
                linked_urls(value, problems);
            }
        }
        serde_json::Value::Array(values) => {
            values.iter().for_each(|value| linked_urls(value, problems));
        }
        _ => {}
    }
}

fn attribute_problems(element: &str, name: &str, value: &str, problems: &mut Vec<String>) {
    if name.starts_with("on") {
        problems.push(format!("the handler {name}=`{value}`"));
    } else if name == "style" {
        problems.push(format!("the inline style `{value}`"));
    } else {
        let own = ELEMENTS.iter().find(|(known, _)| *known == element).map(|(_, own)| *own);
        if own.is_some_and(|own| !own.contains(&name)) && !EVERYWHERE.contains(&name) {
            problems.push(format!("{name}=`{value}` on <{element}>, which the theme does not set"));
        }
    }
    let local = name.rsplit(':').next().unwrap_or(name);
    if URLS.contains(&local) {
        let urls: Vec<&str> = match local {
            "srcset" | "imagesrcset" => {
                value.split(',').filter_map(|image| image.split_whitespace().next()).collect()
            }
            "ping" | "archive" => value.split_whitespace().collect(),
            _ => vec![value],
        };
        let found = urls.into_iter().filter_map(url_problem);
        problems.extend(found.map(|problem| format!("{name}: {problem}")));
    }
}

/// What is wrong with a URL, as a browser reads it.
fn url_problem(written: &str) -> Option<String> {
    let here = Url::parse(HERE).expect("a valid URL");
    // What cannot be a URL leads nowhere.
    let url = here.join(written).ok()?;
    match url.scheme() {
        "mailto" | "tel" => None,
        "http" | "https" => {
            let start = written.trim_start_matches(|c: char| c <= ' ').to_ascii_lowercase();
            let open = start.starts_with("http://") || start.starts_with("https://");
            (url.host() != here.host() && !open)
                .then(|| format!("`{written}` hides that it leads to {url}"))
        }
        scheme => Some(format!("`{written}` has the scheme {scheme}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, url_problem};

    /// Every rule finds what it is for: a checker that finds nothing would let everything pass.
    #[test]
    fn every_rule_can_fail() {
        for (html, expected) in [
            ("<script>x()</script>", "the active element <script>"),
            ("<script src=/a.js></script>", "the active element <script>"),
            ("<script type=application/ld+json src=/a.js></script>", "the active element <script>"),
            ("<script type=module>{}</script>", "the active element <script>"),
            (
                "<script type=application/ld+json>{\"a\":\"<b>\"}</script>",
                "JSON-LD with a sign of HTML",
            ),
            ("<script type=application/ld+json>{'a'}</script>", "JSON-LD: key must be a string"),
            (
                "<script type=application/ld+json>{\"b\":[{\"url\":\"javascript:x()\"}]}</script>",
                "JSON-LD, url: `javascript:x()` has the scheme",
            ),
            ("<iframe src=/></iframe>", "the active element <iframe>"),
            ("<object data=/a></object>", "the active element <object>"),
            ("<embed src=/a>", "the active element <embed>"),
            ("<base href=/a/>", "the active element <base>"),
            ("<form action=/a></form>", "the active element <form>"),
            ("<noscript><p>a</noscript>", "the active element <noscript>"),
            ("<style>a{}</style>", "the active element <style>"),
            ("<template>a</template>", "the active element <template>"),
            ("<b>a</b>", "<b>, which the theme does not make"),
            ("<math></math>", "<math> is not HTML"),
            ("<svg><a xlink:href=javascript:x()>a</a></svg>", "xlink:href: `javascript:x()` has"),
            ("<math><mi>a</mi></math>", "<mi> is not HTML"),
            ("<p onclick=x()>a</p>", "the handler onclick=`x()`"),
            ("<p OnMouseOver=x()>a</p>", "the handler onmouseover=`x()`"),
            ("<p style='color:red'>a</p>", "the inline style"),
            ("<p contenteditable>a</p>", "contenteditable=`` on <p>"),
            ("<a href=/ target=x>a</a>", "target=`x` on <a>"),
            ("<a href=/ ping='/a javascript:x()'>a</a>", "ping: `javascript:x()` has"),
            ("<a href=javascript:x()>a</a>", "href: `javascript:x()` has the scheme"),
            ("<a href='&#106;avascript:x()'>a</a>", "href: `javascript:x()` has the scheme"),
            ("<img src=data:image/png,a alt=a>", "src: `data:image/png,a` has the scheme data"),
            ("<img src=/a alt=a srcset='/b 1x, //c 2x'>", "srcset: `//c` hides"),
            ("<img src=/a alt=a srcset='javascript:x() 1x'>", "srcset: `javascript:x()` has"),
            ("<table><tr><td background=javascript:x()>a</table>", "background: `javascript:x()`"),
            ("<blockquote cite=javascript:x()>a</blockquote>", "cite: `javascript:x()` has"),
            ("<meta http-equiv=refresh content='0; url=//a'>", "a refresh that leaves the site"),
            ("<meta http-equiv=refresh content='0; url=https://a'>", "a refresh that leaves"),
            ("<meta http-equiv=refresh content=\"0; url=/'a\">", "a refresh that leaves"),
            ("<meta http-equiv=set-cookie content=a>", "a meta that stands for the header"),
            ("<link rel=import href=/a>", "a link with rel `import`"),
            ("<link rel=stylesheet href=https://a/>", "a stylesheet that is not the theme's"),
            ("<input type=image src=/a>", "an input that is not the box of a task"),
            ("<p>a<!-- b --></p>", "a comment:  b "),
            ("<p>a</b></p>", "HTML: "),
            ("<table>a</table>", "HTML: "),
            ("<xmp>a</xmp>", "<xmp>, which the theme does not make"),
            // A form inside a form can be read, but not written.
            ("<form><div></form><form>a", "reads differently when it is written again"),
        ] {
            let html = format!("<!doctype html><html lang=en><head><title>a</title></head>{html}");
            let found = read(&html).problems.join("\n");
            assert!(found.contains(expected), "{html}: {found}");
        }
        let clean = "<!doctype html><html lang=en><head><title>a</title></head><body>\
                     <p class=a id=b><a href=/c/>d</a> &lt;script></p></body></html>";
        assert_eq!(read(clean).problems, [""; 0]);
    }

    #[test]
    fn urls_are_read_as_browsers_read_them() {
        for bad in [
            "javascript:x()",
            "JaVaScRiPt:x()",
            " \u{1}javascript:x()",
            "java\tscript:x()",
            "java\nscript:x()",
            "\u{0}javascript:x()",
            "vbscript:x",
            "data:text/html,x",
            "blob:x",
            "//other.example/",
            "/\\other.example/",
            "\\\\other.example/",
            "/\t/other.example/",
            "https:\\\\other.example/",
            "player:japan",
        ] {
            assert!(url_problem(bad).is_some(), "{bad:?}");
        }
        for good in [
            "",
            "a",
            "../a?b#c",
            "#javascript:x()",
            "?a=javascript:x()",
            "./javascript:x()",
            "/a:b",
            "/..//a",
            "https://other.example/",
            "HTTP://other.example/",
            "mailto:a@b.example",
            "tel:+81-3",
            "java%73cript:x()",
            "https://",
        ] {
            assert_eq!(url_problem(good), None, "{good:?}");
        }
    }
}
