//! The Markdown dialect, as suites of cases in `tests/markdown/`, and what must hold of every text.
//!
//! A case begins with `=== name`, perhaps followed by `: words` that say how it is rendered (`trusted`, `block`,
//! `inline`, `lang-fr`) and what is shown after the markup besides problems (`headings`, `uses`, `lead`, `anchors`).
//! Then come the source, a line `.`, and what is expected. `BRIEFING_BLESS=1` writes what was found instead.
#![expect(
    clippy::disallowed_methods,
    reason = "the suites are read here, and rewritten on request"
)]

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use briefing::base::SourcePath;
use briefing::content::markdown::{Anchors, MarkdownSource, Rendered, Shape, render};
use briefing::content::markup::{Hole, Inline, InlineSpan, Markup, Piece};
use briefing::content::reference::{Link, Target, Use};
use briefing::content::typography::Typography;
use briefing::names;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

#[test]
fn suites() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let bless = std::env::var_os("BRIEFING_BLESS").is_some();
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of suites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut failed = String::new();
    for file in files {
        let suite = std::fs::read_to_string(&file).expect("a readable suite");
        let found = run_suite(&suite);
        if bless {
            std::fs::write(&file, found).expect("a writable suite");
        } else {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            compare(&name, &suite, &found, &mut failed);
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn the_texts_of_one_page_share_its_ids() {
    let path = SourcePath::new("content/articles/x.md");
    let source = MarkdownSource { path: &path, trusted: false, lang: "en", has_sections: false };
    let mut anchors = Anchors::default();
    let body = render("## Why\n\na[^1]\n\n[^1]: b", Shape::Body, &source, &mut anchors);
    assert_eq!(body.anchors.join(" "), "why fn-1 fnref-1");
    let answer = render("# Why\n\na[^1]\n\n[^1]: b", Shape::Block, &source, &mut anchors);
    assert_eq!(answer.anchors.join(" "), "why-2 fn-1-2 fnref-1-2");
    assert!(anchors.claim("why-2").is_err());
}

/// A suite with each case's expectation replaced by what was found.
fn run_suite(suite: &str) -> String {
    let mut out = String::new();
    for case in cases(suite) {
        let (head, rest) = case.split_once('\n').expect("a case has lines");
        let (source, _) = rest.split_once("\n.\n").expect("a case has a line `.`");
        let options = head.split_once(": ").map_or("", |(_, options)| options);
        write!(out, "=== {head}\n{source}\n.\n{}\n", show(source, options)).expect("a string");
    }
    out
}

fn cases(suite: &str) -> impl Iterator<Item = &str> {
    let suite = suite.strip_prefix("=== ").expect("a suite begins with a case");
    suite.split("\n=== ")
}

fn compare(name: &str, suite: &str, found: &str, failed: &mut String) {
    for (expected, found) in cases(suite).zip(cases(found)) {
        if expected.trim_end() != found.trim_end() {
            writeln!(failed, "{name}\nexpected: {expected}\nfound: {found}").expect("a string");
        }
    }
}

fn show(text: &str, options: &str) -> String {
    let has = |word: &str| options.split_whitespace().any(|option| option == word);
    let shape = match (has("inline"), has("block")) {
        (true, _) => Shape::Inline,
        (_, true) => Shape::Block,
        _ => Shape::Body,
    };
    let path = SourcePath::new("content/articles/x.md");
    let lang = options.split_whitespace().find_map(|option| option.strip_prefix("lang-"));
    let lang = lang.unwrap_or("en");
    let source = MarkdownSource {
        path: &path,
        trusted: has("trusted"),
        lang,
        has_sections: has("sections"),
    };
    let rendered = render(text, shape, &source, &mut Anchors::default());
    let mut out = markup(&rendered.markup);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let mut line = |text: String| writeln!(out, "{text}").expect("a string");
    if has("lead") {
        line(format!("lead: {}", inline(&rendered.lead)));
    }
    if has("anchors") {
        line(format!("anchors: {}", rendered.anchors.join(" ")));
    }
    for heading in rendered.headings.iter().filter(|_| has("headings")) {
        let empty = if heading.empty { " empty" } else { "" };
        let words = inline(&heading.text);
        let place = &text[heading.range.clone()];
        line(format!("heading: {} #{} {words:?}{empty} {place:?}", heading.level, heading.anchor));
    }
    for found in rendered.uses.iter().filter(|_| has("uses")) {
        let what = match &found.what {
            Use::Link(to) => format!("link {}", link(to)),
            Use::Section(part) => format!("section {}", part.name()),
            Use::Fact(id) => format!("fact {id}"),
            Use::Cite(id) => format!("cite {id}"),
            Use::Image(to) => format!("image {}", link(to)),
            Use::Table(to) => format!("table {}", link(to)),
            Use::History(id) => format!("history {id}"),
        };
        let section = found.section.as_deref().unwrap_or("-");
        let place = &text[found.range.clone()];
        line(format!("use: {what} at {place:?} in {section}"));
    }
    let linked = names::references(&rendered.markup, rendered.prose.steps());
    for (to, [before, name, after]) in linked.iter().filter(|_| has("sentences")) {
        let [before, name, after] = [before, name, after].map(inline);
        line(format!("sentence: {}: {before}<{name}>{after}", target(to)));
    }
    for problem in &rendered.problems {
        let place = &text[problem.span.clone()];
        let help = problem.help.join("; ");
        line(format!("{}: {place:?}: {} (help: {help})", problem.code, problem.message));
    }
    out
}

/// Markup as text, with holes in braces.
fn markup(markup: &Markup) -> String {
    let mut out = String::new();
    for piece in markup.pieces() {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Home(html) => write!(out, "{{home {html}}}").expect("a string"),
            Piece::Hole(hole) => out.push_str(&match hole {
                Hole::HomeStart => "{home-start}".into(),
                Hole::HomeEnd => "{home-end}".into(),
                Hole::Open(to) => format!("{{open {}}}", link(to)),
                Hole::Close => "{close}".into(),
                Hole::Unlinked => "{unlinked}".into(),
                Hole::UnlinkedEnd => "{unlinked-end}".into(),
                Hole::Named(to) => {
                    let to = target(to);
                    format!("{{open {to}}}{{label {to}}}{{close}}")
                }
                Hole::Label(to) => format!("{{label {}}}", target(to)),
                Hole::Fact(id) => format!("{{fact {id}}}"),
                Hole::Cite(id) => format!("{{cite {id}}}"),
                Hole::Image(image) => {
                    let title = image.title.as_ref().map(|title| format!(" title={title:?}"));
                    let src = link(&image.src);
                    format!("{{image {src} alt={:?}{}}}", image.alt, title.unwrap_or_default())
                }
                Hole::Chart(chart) => format!("{{chart {chart:?}}}"),
                Hole::Section(part) => format!("{{section {}}}", part.name()),
                Hole::Message(key) => format!("{{message {key}}}"),
            }),
        }
    }
    out
}

fn inline(inline: &Inline) -> String {
    inline
        .spans()
        .iter()
        .map(|span| match span {
            InlineSpan::Text(text) => text.to_string(),
            InlineSpan::Label(to) => format!("{{label {}}}", target(to)),
            InlineSpan::Fact(id) => format!("{{fact {id}}}"),
        })
        .collect()
}

fn link(link: &Link) -> String {
    match link {
        Link::To(to, None) => target(to),
        Link::To(to, Some(fragment)) => format!("{}#{fragment}", target(to)),
        Link::Root(url) => format!("root {url}"),
        Link::Anchor(anchor) => format!("#{anchor}"),
        Link::External(url) => format!("external {url}"),
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::Id(id) => id.to_string(),
        Target::Typed(kind, id) => format!("{}:{id}", kind.as_str()),
        Target::File(path) => format!("file {path}"),
    }
}

/// Markdown of parts that like to go wrong together.
fn any_markdown() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => proptest::sample::select(PARTS).prop_map(str::to_owned),
        1 => "[ a-zé日<>\\[\\]()!`*_~|:#&\\\\\"'/^{}.=\n-]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    "  \n",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "3) ",
    "# ",
    "## ",
    "#### ",
    " {#id}",
    " {#b-x .c on=1}",
    "---\n",
    "===\n",
    "```\n",
    "```a\" onx\n",
    "~~",
    "**",
    "*",
    "_",
    "`",
    "|",
    "\n|a|b|\n|-|:-:|\n|c|d|\n",
    ": ",
    "[[japan]]",
    "[[japan|Japan]]",
    "[[fact:limit]]",
    "[[-|x]]",
    "[[",
    "]]",
    "[",
    "](",
    ")",
    "]",
    "![",
    "[a](player:b)",
    "![a](b.png \"t\")\n\n",
    "![[c.png]]",
    "[x](javascript:y)",
    "[x](JaVa\tscript:y)",
    "<javascript:alert(1)>",
    "[x](&#106;avascript:y)",
    "[x](<java script:y> 'onload=1')",
    "[x](//evil.example)",
    "[x](https://a.example/\"<>)",
    "[r]: data:text/html,x\n",
    "[r]",
    "[^1]",
    "\n\n[^1]: note ",
    "[^source]",
    "\\[^a]",
    "[!NOTE]",
    "> [!DID YOU KNOW] t\n",
    "<script>",
    "</script>",
    "<b onclick=\"x\">",
    "</p>",
    "<!-- ",
    " -->",
    "<!--",
    "<?",
    "<div>\n",
    "</textarea>",
    "<img src=x onerror=y>",
    "- [ ] ",
    "- [x] ",
    "word ",
    "One. Two? ",
    "Mr. ",
    "日本。",
    "é",
    "&lt;",
    "&amp;",
    "&#0;",
    "\u{202e}",
    "\u{0}",
    "\"",
    "'",
    "--",
    "...",
    "a\n: b\n",
    "<https://e.example>",
    "<a@b.example>",
    "\u{FFFC}",
    "|\n",
    "x\n---\n",
    "%%",
    "==",
    "H~2~O",
    "x^2^",
    "<sub>",
    "</sub>",
    "<abbr title=\"x\">",
    "<details>\n",
    "<summary>x</summary>\n",
    "</details>\n\n",
    "（注）**",
    "6'2\"",
    "https://e.example/a--b",
];

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::with_cases(600)
    })]

    /// Whatever the text: no panic, places that are places, and HTML that is ours alone.
    #[test]
    fn every_text(text in any_markdown()) {
        let path = SourcePath::new("content/articles/x.md");
        for shape in [Shape::Body, Shape::Block, Shape::Inline] {
            for trusted in [false, true] {
                let source = MarkdownSource { path: &path, trusted, lang: "en", has_sections: true };
                let rendered = render(&text, shape, &source, &mut Anchors::default());
                check_places(&text, &rendered);
                prop_assert_eq!(&rendered, &render(&text, shape, &source, &mut Anchors::default()));
                if !trusted {
                    check_html(&filled(&rendered.markup), shape);
                }
            }
        }
    }
}

/// A text as it may have been typed.
fn typed(text: &str) -> String {
    let typed = |c: char| match c {
        '“' | '”' | '″' => "\"".into(),
        '‘' | '’' | '′' => "'".into(),
        '—' => "---".into(),
        '–' => "--".into(),
        '…' => "...".into(),
        c => c.to_string(),
    };
    text.chars().map(typed).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::with_cases(2000)
    })]

    /// Whatever the text: typography changes the signs that are named, and nothing else.
    #[test]
    fn typography_changes_signs_alone(text in "([\"'.\\-a-z0-9 °(),;!?日は한é\u{202f}—]|\n\n|https://e.example/){0,40}") {
        let set = Typography::of("en").text(&text);
        prop_assert_eq!(typed(&set), typed(&text));
        // What is set is not set again.
        prop_assert!(!set.contains('"'), "{}", set);
    }
}

fn check_places(text: &str, rendered: &Rendered) {
    let check = |range: &Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?}");
    rendered.headings.iter().for_each(|heading| check(&heading.range));
    rendered.uses.iter().for_each(|found| check(&found.range));
    rendered.problems.iter().for_each(|problem| check(&problem.span));
    let mut anchors = rendered.anchors.clone();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), rendered.anchors.len(), "an id stands twice");
    let printed = filled(&rendered.markup);
    for anchor in &rendered.anchors {
        assert!(printed.contains(&format!(" id=\"{anchor}\"")), "#{anchor} is not printed");
    }
    for found in &rendered.uses {
        if let Some(section) = &found.section {
            assert!(rendered.anchors.contains(section), "no section #{section}");
        }
    }
}

/// The markup as a page might print it at home.
fn filled(markup: &Markup) -> String {
    let mut out = String::new();
    for piece in markup.pieces() {
        match piece {
            Piece::Html(html) | Piece::Home(html) => out.push_str(html),
            Piece::Hole(hole) => out.push_str(match hole {
                Hole::Named(_) => "<a href=\"/x\">x</a>",
                Hole::Open(_) => "<a href=\"/x\">",
                Hole::Close => "</a>",
                Hole::Image(_) => "<img src=\"/x\" alt=\"\">",
                _ => "",
            }),
        }
    }
    out
}

/// Reads the HTML of an untrusted text: known elements and attributes, safe URLs, every tag closed in order.
fn check_html(html: &str, shape: Shape) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a stray `>`: {html}");
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("a tag without end: {html}"));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "wrongly nested: {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name), "<{name}>: {html}");
        if shape == Shape::Inline {
            assert!(INLINE.contains(&name), "<{name}> in a line: {html}");
        }
        assert!(!(name == "a" && open.contains(&"a")), "a link in a link: {html}");
        check_attributes(attributes.trim_end_matches('/'), html);
        if !["br", "hr", "img", "input", "wbr"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} not closed: {html}");
}

const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "wbr",
];
const INLINE: &[&str] = &[
    "a", "abbr", "br", "cite", "code", "del", "em", "img", "ins", "kbd", "mark", "q", "s", "small",
    "strong", "sub", "sup", "u", "wbr",
];

fn check_attributes(attributes: &str, html: &str) {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let len = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = &rest[..len];
        let known = [
            "alt",
            "aria-label",
            "checked",
            "class",
            "disabled",
            "href",
            "id",
            "role",
            "scope",
            "src",
            "start",
            "tabindex",
            "title",
            "type",
        ];
        assert!(known.contains(&name), "{name}=: {html}");
        rest = &rest[len..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let end = value.find('"').unwrap_or_else(|| panic!("a value without end: {html}"));
            let safe = ["https://", "http://", "mailto:", "tel:", "#", "/x"];
            let url = value[..end].to_lowercase();
            assert!(
                name != "href" || safe.iter().any(|start| url.starts_with(start)),
                "{url}: {html}"
            );
            rest = &value[end + 1..];
        }
        rest = rest.trim_start();
    }
}
