//! What holds: places that are places, HTML that is ours alone, outputs inside the site.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Component, Path};

use briefing::base::{LineIndex, OutPath, Position, SourcePath, UrlPath};
use briefing::check::{UrlTarget, candidates, scan};
use briefing::content::markdown::Rendered;
use briefing::content::markup::{Hole, Markup, Piece};
use briefing::diag::{Diagnostic, Span};
use scraper::{Html, Selector};

/// Every place of every problem in a file is one of its text: in order, on characters, its line and column right.
pub(crate) fn places(path: &SourcePath, text: &str, diagnostics: &[Diagnostic]) {
    let index = LineIndex::new(text);
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter().map(|related| &related.span);
        for span in related.chain([&diagnostic.span]).filter(|span| span.file == *path) {
            place(text, &index, span, diagnostic);
        }
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.message.contains('\n'),
            "{diagnostic:?}"
        );
    }
}

fn place(text: &str, index: &LineIndex<'_>, span: &Span, diagnostic: &Diagnostic) {
    let check = |at: Position| {
        let offset = at.offset as usize;
        assert!(text.is_char_boundary(offset), "{diagnostic:?}");
        assert_eq!(index.position(offset), at, "{diagnostic:?}");
    };
    check(span.start);
    check(span.end);
    assert!(span.start <= span.end, "{diagnostic:?}");
}

/// What holds of a rendered text by itself.
pub(crate) fn rendered(text: &str, rendered: &Rendered, trusted: bool) {
    let check = |range: &Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?}");
    rendered.headings.iter().for_each(|heading| check(&heading.range));
    rendered.uses.iter().for_each(|found| check(&found.range));
    rendered.problems.iter().for_each(|problem| check(&problem.span));
    let anchors: BTreeSet<&str> = rendered.anchors.iter().map(|anchor| &**anchor).collect();
    assert_eq!(anchors.len(), rendered.anchors.len(), "an id stands twice");
    for found in &rendered.uses {
        assert!(found.section.as_deref().is_none_or(|section| anchors.contains(section)));
    }
    if !trusted {
        let html = filled(&rendered.markup);
        let page = Html::parse_fragment(&html);
        safe(&page, &html);
        let ids = values(&page, "[id]", "id");
        assert_eq!(ids.iter().map(|id| &**id).collect::<BTreeSet<_>>(), anchors, "{html}");
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

/// A page that content made: no script but data, no handler, no scheme that runs, nothing embedded. Our own reader
/// of links finds what a browser finds.
pub(crate) fn page(html: &str) {
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{:?}: {html}", page.errors);
    safe(&page, html);
    let found = scan(html);
    let ids: BTreeSet<String> = found.ids.iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(ids, values(&page, "[id]", "id"), "{html}");
    let links: BTreeSet<String> = found.links.iter().map(|link| link.url.to_string()).collect();
    let missed: Vec<String> =
        values(&page, "a[href]", "href").into_iter().filter(|url| !links.contains(url)).collect();
    assert!(missed.is_empty(), "{missed:?}: {html}");
}

fn safe(page: &Html, html: &str) {
    for script in page.select(&selector("script")) {
        // The scripts of pages and of the search, which only the theme names.
        if let Some(src) = script.value().attr("src") {
            let own = ["page", "search", "appearance", "missing"];
            let is_own = own.iter().any(|name| src.ends_with(&format!("/theme/{name}.js")));
            assert!(is_own, "{src}: {html}");
            assert_eq!(script.text().collect::<String>(), "", "{html}");
            continue;
        }
        assert_eq!(script.value().attr("type"), Some("application/ld+json"), "{html}");
        let text: String = script.text().collect();
        let data: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(data.is_ok(), "{data:?} in {html}");
    }
    let embedded = selector(
        "iframe, object, embed, base, form:not(.site-search, #b-search), style, svg, math, template, noscript, textarea",
    );
    assert!(page.select(&embedded).next().is_none(), "{html}");
    for element in page.select(&selector("*")) {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && name != "style", "{name}: {html}");
            if matches!(name, "href" | "src" | "action" | "formaction" | "cite" | "poster") {
                assert!(is_safe(value), "{name}={value:?}: {html}");
            }
        }
    }
}

/// Whether a browser that follows a URL runs nothing.
fn is_safe(url: &str) -> bool {
    let url = url.trim_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "");
    let Some((scheme, _)) = url.split_once(':') else { return true };
    let is_scheme =
        scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    !is_scheme || ["http", "https", "mailto", "tel"].contains(&&*scheme.to_ascii_lowercase())
}

fn values(page: &Html, of: &str, name: &str) -> BTreeSet<String> {
    let selector = selector(of);
    let elements = page.select(&selector);
    elements.filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a valid selector")
}

/// An output lies below its folder, and names itself.
pub(crate) fn output(out: &OutPath) {
    let below = out.below(Path::new("folder"));
    let inside = below.strip_prefix("folder").expect("it lies below");
    assert!(inside.components().count() > 0, "{out}");
    assert!(inside.components().all(|part| matches!(part, Component::Normal(_))), "{out}");
    assert_eq!(OutPath::new(out.as_str()).as_ref(), Ok(out));
    let url = out.url();
    assert_eq!(UrlPath::out(url.as_str()).as_ref(), Ok(out));
    let href = out.href("");
    assert!(href.is_ascii(), "{out}");
    resolved(&briefing::check::resolve(&url, &href, &Default::default()));
}

/// A path that a link leads to never climbs, and what could answer it is an output.
pub(crate) fn resolved(target: &UrlTarget) {
    if let UrlTarget::Internal { path, .. } | UrlTarget::OutsideBase { path } = target {
        assert!(path.starts_with('/'), "{path}");
        assert!(!path.split('/').any(|part| matches!(part, "." | "..")), "{path}");
        candidates(path).for_each(|out| assert!(!out.as_str().contains('\\'), "{out}"));
    }
}
