//! Bodies as they are read here, beside what another implementation of CommonMark makes of them: GitHub's `cmark-gfm`.
//!
//! `.ci/commonmark` fetches texts that people published for readers, and runs this; a plain `cargo test` does not. Both
//! pages are read as HTML and written down as blocks, one a line. Lines that differ must be explained by a rule of our
//! dialect: [`explained`] names them all.

#![allow(clippy::print_stdout, reason = "what was counted is a part of the proof")]
#![allow(
    clippy::disallowed_methods,
    reason = "reads texts and runs a program that the environment names"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use briefing::base::SourcePath;
use briefing::content::markdown::{Anchors, MarkdownSource, Shape, render};
use briefing::content::markup::{Hole, Piece};
use briefing::content::reference::{Link, Target};
use scraper::{ElementRef, Html, Node};

#[test]
fn every_difference_to_another_implementation_is_a_rule() {
    let folder = std::env::var_os("MARKDOWN_CORPUS");
    let folder =
        folder.expect("MARKDOWN_CORPUS names a folder of texts; .ci/commonmark fetches it");
    let mut files = Vec::new();
    texts(Path::new(&folder), &mut files);
    files.sort();
    let mut unexplained = Vec::new();
    let mut blocks = 0;
    let mut known = BTreeSet::new();
    let mut counts = BTreeMap::<&str, usize>::new();
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if !known.insert(text.clone()) {
            continue;
        }
        let (page, is_reported) = ours(&text);
        let (ours, theirs) = (lines(&page), lines(&theirs(&text)));
        blocks += theirs.len();
        let (ours, theirs) = (ours.join("\n") + "\n", theirs.join("\n") + "\n");
        let patch = diffy::DiffOptions::new().set_context_len(0).create_patch(&theirs, &ours);
        for hunk in patch.hunks() {
            let mut difference = Difference { theirs: Vec::new(), ours: Vec::new(), is_reported };
            for line in hunk.lines() {
                match line {
                    diffy::Line::Delete(line) => {
                        difference.theirs.push(line.trim_end_matches('\n'));
                    }
                    diffy::Line::Insert(line) => difference.ours.push(line.trim_end_matches('\n')),
                    diffy::Line::Context(_) => {}
                }
            }
            match explained(&difference) {
                Some(rule) => *counts.entry(rule).or_default() += 1,
                None => unexplained.push(format!(
                    "{}\n  theirs: {:#?}\n  ours: {:#?}",
                    file.display(),
                    difference.theirs,
                    difference.ours
                )),
            }
        }
    }
    println!("{} texts, {blocks} blocks, differences {counts:?}", known.len());
    // A folder of a few texts proves nothing.
    assert!(blocks > 10_000, "{blocks} blocks");
    assert!(unexplained.is_empty(), "{}\n{}", unexplained.len(), unexplained.join("\n"));
}

/// Lines that differ.
struct Difference<'a> {
    theirs: Vec<&'a str>,
    ours: Vec<&'a str>,
    /// Whether a problem of the text is reported.
    is_reported: bool,
}

/// A rule of our dialect. Applied to the lines of both, it leaves no difference.
struct Rule {
    /// What it says, for the count that is printed.
    name: &'static str,
    theirs: fn(&str) -> String,
    ours: fn(&str) -> String,
    /// Whether it holds only where a problem of the text is reported.
    is_reported: bool,
}

const RULES: &[Rule] = &[
    // `> [!NOTE]` begins a callout, and what follows it in its line is the callout's title.
    Rule { name: "callout", theirs: without_callout, ours: same, is_reported: false },
    // A picture that is a paragraph is a figure, and its title the caption.
    Rule { name: "figure", theirs: same, ours: without_figure, is_reported: false },
    // Another library says here which text is an address: `www.` alone, `a@2.x` and `git+https://` are none.
    Rule {
        name: "address",
        theirs: without_addresses,
        ours: without_addresses,
        is_reported: false,
    },
    // `[[x]]` names a page.
    Rule { name: "name", theirs: same, ours: without_names, is_reported: false },
    // A link that leads nowhere is text: it has no destination, another scheme, or leaves the site.
    Rule { name: "bad link", theirs: without_links, ours: without_links, is_reported: true },
    // Of a tab that stands in a list, `cmark-gfm` leaves a space too many; the reference implementation in JavaScript
    // does not.
    Rule { name: "tab", theirs: without_indents, ours: without_indents, is_reported: false },
];

fn same(line: &str) -> String {
    line.to_owned()
}

fn without_callout(line: &str) -> String {
    let Some((kind, text)) = line.split_once("| [!") else { return line.to_owned() };
    let Some((_, text)) = text.split_once(']') else { return line.to_owned() };
    let text = text.trim_start().trim_start_matches("<br></br>").trim_start();
    if text.is_empty() { String::new() } else { format!("{kind}| {text}") }
}

fn without_figure(line: &str) -> String {
    let Some(picture) = line.strip_prefix("figure| ") else { return line.to_owned() };
    let end = picture.rfind('>').map_or(picture.len(), |end| end + 1);
    format!("p| {}", &picture[..end])
}

/// A line without the marks of links, those that `is_kept` says aside. It is given the destination and the text.
fn unlinked(line: &str, is_kept: fn(&str, &str) -> bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once("<a ") {
        let Some((address, behind)) = link.split_once('>') else { break };
        let Some((text, behind)) = behind.split_once("</a>") else { break };
        out.push_str(before);
        match is_kept(address, text) {
            true => out.push_str(&format!("<a {address}>{text}</a>")),
            false => out.push_str(text),
        }
        rest = behind;
    }
    out + rest
}

fn without_addresses(line: &str) -> String {
    unlinked(line, |address, text| {
        address.trim_end_matches('/').rsplit_once(text.trim_end_matches('/')).is_none()
    })
}

fn without_links(line: &str) -> String {
    unlinked(line, |_, _| false)
}

fn without_names(line: &str) -> String {
    line.replace("[[Id(\"", "[[").replace("\")]]", "]]")
}

fn without_indents(line: &str) -> String {
    match line.starts_with("pre| ") {
        true => line.replace("<code> ", "<code>").replace("⏎ ", "⏎"),
        false => line.to_owned(),
    }
}

fn explained(difference: &Difference<'_>) -> Option<&'static str> {
    let own = |line: &&str| (*line).to_owned();
    let mut theirs: Vec<String> = difference.theirs.iter().map(own).collect();
    let mut ours: Vec<String> = difference.ours.iter().map(own).collect();
    for rule in RULES.iter().filter(|rule| difference.is_reported || !rule.is_reported) {
        theirs.iter_mut().for_each(|line| *line = (rule.theirs)(line));
        ours.iter_mut().for_each(|line| *line = (rule.ours)(line));
        // A callout's title is a line of its own.
        let text = |lines: &[String]| {
            let texts =
                lines.iter().map(|line| line.split_once("| ").map_or(&**line, |(_, it)| it));
            texts.collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        if theirs == ours || rule.name == "callout" && text(&theirs) == text(&ours) {
            return Some(rule.name);
        }
    }
    None
}

fn texts(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of texts") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => texts(&path, files),
            false if path.extension().is_some_and(|it| it == "md") => files.push(path),
            false => {}
        }
    }
}

fn theirs(text: &str) -> String {
    let mut child = Command::new("cmark-gfm")
        .args([
            "--unsafe",
            "-e",
            "table",
            "-e",
            "strikethrough",
            "-e",
            "tasklist",
            "-e",
            "autolink",
            "-e",
            "footnotes",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cmark-gfm starts");
    let mut input = child.stdin.take().expect("it reads");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written").expect("read");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Our page of it, with the holes as their sources have them, and whether a problem is reported.
fn ours(text: &str) -> (String, bool) {
    let path = SourcePath::new("content/articles/x.md");
    let source = MarkdownSource { path: &path, trusted: true, lang: "en", has_sections: false };
    let rendered = render(text, Shape::Body, &source, &mut Anchors::default());
    let mut out = String::new();
    for piece in rendered.markup.pieces() {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Home(_) => {}
            Piece::Hole(hole) => match hole {
                Hole::Open(to) => out.push_str(&format!("<a href=\"{}\">", attribute(&link(to)))),
                Hole::Close => out.push_str("</a>"),
                Hole::Image(image) => out.push_str(&format!(
                    "<img src=\"{}\" alt=\"{}\">",
                    attribute(&link(&image.src)),
                    attribute(&image.alt)
                )),
                Hole::Fact(id) => out.push_str(&format!("[[fact:{id}]]")),
                Hole::Cite(id) => out.push_str(&format!("[^{id}]")),
                // Another program shows the block as code.
                Hole::Chart(chart) => out.push_str(&format!("<pre>{chart:?}</pre>")),
                Hole::Named(to) => out.push_str(&format!("[[{to:?}]]")),
                Hole::Label(to) => out.push_str(&format!("{{label {to:?}}}")),
                Hole::Message(_)
                | Hole::Section(_)
                | Hole::HomeStart
                | Hole::HomeEnd
                | Hole::Unlinked
                | Hole::UnlinkedEnd => {}
            },
        }
    }
    (out, !rendered.problems.is_empty())
}

fn link(to: &Link) -> String {
    match to {
        // A file of the site, by the last part of its path.
        Link::To(Target::File(path), fragment) => {
            let fragment = fragment.as_ref().map(|it| format!("#{it}")).unwrap_or_default();
            format!("{path}{fragment}")
        }
        Link::To(to, fragment) => format!("{to:?} {fragment:?}"),
        Link::Root(url) | Link::External(url) => url.to_string(),
        Link::Anchor(anchor) => format!("#{anchor}"),
    }
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The blocks of a page, one a line: the path of elements that hold it, and its text with the marks in it.
fn lines(html: &str) -> Vec<String> {
    let page = Html::parse_fragment(html);
    let mut out = Blocks::default();
    out.children(page.root_element());
    out.end();
    out.lines
}

#[derive(Default)]
struct Blocks {
    lines: Vec<String>,
    kind: String,
    text: String,
    pre: bool,
}

impl Blocks {
    fn children(&mut self, of: ElementRef<'_>) {
        for node in of.children() {
            match node.value() {
                Node::Element(_) => {
                    ElementRef::wrap(node).into_iter().for_each(|it| self.element(it));
                }
                Node::Text(text) => self.text.push_str(text),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let name = value.name();
        let shown = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "h",
            "p" | "li" | "ul" | "ol" | "blockquote" | "pre" | "td" | "th" | "tr" | "hr"
            | "table" | "div" | "dl" | "dt" | "dd" | "section" | "details" | "summary"
            | "aside" | "figure" => name,
            "a" => {
                let href = address(value.attr("href").unwrap_or_default());
                self.text.push_str(&format!("<a {href}>"));
                self.children(element);
                return self.text.push_str("</a>");
            }
            "img" => {
                let (src, alt) = (value.attr("src"), value.attr("alt"));
                let (src, alt) = (address(src.unwrap_or_default()), alt.unwrap_or_default());
                return self.text.push_str(&format!("<img {src} {alt}>"));
            }
            "em" | "strong" | "code" | "del" | "br" | "mark" | "sub" | "sup" => {
                self.text.push_str(&format!("<{name}>"));
                self.children(element);
                return self.text.push_str(&format!("</{name}>"));
            }
            "input" => return self.text.push_str("<input>"),
            _ => return self.children(element),
        };
        self.end();
        shown.clone_into(&mut self.kind);
        let was = self.pre;
        self.pre = name == "pre";
        if matches!(name, "hr") {
            self.text.push('-');
        }
        self.children(element);
        self.end();
        self.pre = was;
        self.kind.clear();
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = match self.pre {
            true => text.replace('\n', "⏎"),
            false => text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        if !text.is_empty() {
            self.lines.push(format!("{}| {}", self.kind, plain(&text)));
        }
    }
}

/// An address; of one that is relative, what stands behind its last slash: we resolve it.
fn address(url: &str) -> String {
    let url = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
    if url.contains("://") || url.starts_with(['#', '/']) || url.contains(':') {
        return url.into_owned();
    }
    let path = url.find(['#', '?']).unwrap_or(url.len());
    let from = url[..path].trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
    url[from..].replacen('/', "", 1)
}

/// A text with the signs that a keyboard has.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '“' | '”' | '″' => "\"".into(),
            '‘' | '’' | '′' => "'".into(),
            '–' => "--".into(),
            '—' => "---".into(),
            '…' => "...".into(),
            c => c.to_string(),
        })
        .collect()
}
