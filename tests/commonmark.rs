//! The examples of the CommonMark specification, rendered by what writes our pages, with our own rules off.
//!
//! `.ci/commonmark` fetches the specification and runs this; a plain `cargo test` does not, because the text is not
//! ours to keep in the repository. Both sides are read as HTML: `<br />` and `<br>` are one.

#![allow(clippy::disallowed_methods, reason = "reads the specification where the environment says")]

use briefing::content::markdown::render_commonmark;
use briefing::content::markup::{Hole, Piece};
use briefing::content::reference::Link;
use scraper::{ElementRef, Html, Node};

/// An example: its number, Markdown and HTML.
type Example = (usize, String, String);

#[test]
fn every_example_of_the_specification() {
    let place = std::env::var_os("COMMONMARK_SPEC");
    let place = place.expect("COMMONMARK_SPEC names the spec.txt; .ci/commonmark fetches it");
    let spec = std::fs::read_to_string(place).expect("the specification is readable");
    let examples = examples(&spec);
    // Version 0.31.2. Another version is to be read before it is believed.
    assert_eq!(examples.len(), 652);
    let failures: Vec<String> = examples
        .iter()
        .filter_map(|(number, source, expected)| {
            let found = render(source);
            (tree(&found) != tree(expected)).then(|| {
                format!("example {number}\n{source}\nexpected:\n{expected}\nfound:\n{found}")
            })
        })
        .collect();
    assert!(failures.is_empty(), "{} fail\n{}", failures.len(), failures.join("\n"));
}

/// An example stands between two fences of 32 backticks; a line `.` parts it, and `→` is a tab.
fn examples(spec: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let spec = spec.replace("\r\n", "\n").replace('→', "\t");
    let open = format!("\n{fence} example\n");
    let close = format!("\n{fence}\n");
    let parts = spec.split(&open).skip(1).map(|part| {
        let (example, _) = part.split_once(&close).expect("an example ends");
        // The Markdown may be empty, and so may the HTML.
        let example = format!("\n{example}\n");
        let (source, html) = example.split_once("\n.\n").expect("an example has two parts");
        (format!("{}\n", source.get(1..).unwrap_or_default()), html.to_owned())
    });
    parts.enumerate().map(|(at, (source, html))| (at + 1, source, html)).collect()
}

/// The markup as HTML; the holes are filled as CommonMark would have it.
fn render(source: &str) -> String {
    let mut out = String::new();
    for piece in render_commonmark(source).pieces() {
        match piece {
            Piece::Html(html) => out.push_str(html),
            // An id of a heading.
            Piece::Home(_) => {}
            Piece::Hole(Hole::Image(image)) => {
                let Link::External(src) = &image.src else { panic!("{image:?}: {source}") };
                let title = image.title.as_deref();
                let title = title.map(|title| format!(" title=\"{}\"", attribute(title)));
                let (src, alt) = (attribute(&encoded(src)), attribute(&image.alt));
                let title = title.unwrap_or_default();
                out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\"{title} />"));
            }
            Piece::Hole(hole) => panic!("{hole:?} is not of CommonMark: {source}"),
        }
    }
    // Our code can be reached by keyboard; what it says is the same.
    out.replace("<pre tabindex=\"0\">", "<pre>")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// A URL as the specification's examples have it.
fn encoded(url: &str) -> String {
    let mut out = String::new();
    pulldown_cmark_escape::escape_href(&mut out, url).expect("a string takes all");
    out.replace("&amp;", "&").replace("&#x27;", "'")
}

/// What a browser makes of it, one line each: elements with sorted attributes, text, comments. Line ends between
/// elements do not count.
fn tree(html: &str) -> Vec<String> {
    let page = Html::parse_fragment(html);
    let mut lines = Vec::new();
    children(page.root_element(), &mut lines);
    lines
}

fn children(of: ElementRef<'_>, lines: &mut Vec<String>) {
    for node in of.children() {
        match node.value() {
            Node::Element(element) => {
                let mut attributes: Vec<_> = element.attrs().collect();
                attributes.sort_unstable();
                lines.push(format!("<{} {attributes:?}>", element.name()));
                ElementRef::wrap(node).into_iter().for_each(|element| children(element, lines));
                lines.push(format!("</{}>", element.name()));
            }
            Node::Text(text) if &**text != "\n" => {
                lines.push(format!("{:?}", text.trim_matches('\n')));
            }
            Node::Comment(comment) => lines.push(format!("<!--{}-->", comment.comment)),
            _ => {}
        }
    }
}
