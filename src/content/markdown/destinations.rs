//! Where the destinations of a text stand in its source, for those who change them.
//!
//! A link's place in [`LocatedUse`](super::LocatedUse) is good enough to show: it may be the whole link, or a title that reads
//! like the destination. Here the destination alone is looked for where the parser's events leave room for it, and
//! that of a reference link in its definition. A build never asks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::base::SourcePath;
use crate::content::reference::{Link, Use};

use super::addresses::{self, BareAddress};
use super::driver::{self, options};
use super::links::{self, Wiki, wiki_target};
use super::masked::mask;
use super::{MarkdownSource, Rules, Shape};

/// A destination as a text writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where it leads.
    pub link: Link,
    /// The bytes of the text that say so.
    pub range: Range<usize>,
}

/// A link or picture whose content is being read.
struct Open {
    kind: LinkType,
    url: String,
    /// What has been read of it.
    end: usize,
}

/// The destinations of a text in the file `path`, sorted by their places: of links, pictures, `[[…]]` and link
/// definitions, used or not. Those that content may not have are left out.
pub fn destinations(text: &str, shape: Shape, path: &SourcePath) -> Vec<Destination> {
    let options = options(shape, Rules::Ours);
    let masked = mask(text, options, false);
    let text = &*masked.text;
    let parser = Parser::new_ext(text, options);
    let mut found = Vec::new();
    let add = |found: &mut Vec<_>, link: Option<Link>, range: Option<Range<usize>>| {
        found.extend(link.zip(range).map(|(link, range)| Destination { link, range }));
    };
    for (_, definition) in parser.reference_definitions().iter() {
        let span = definition.span.clone();
        let after = text[span.clone()].find("]:").map(|at| span.start + at + 2);
        let range = after.and_then(|at| inline(text, at..span.end, &definition.dest));
        add(&mut found, links::destination(&definition.dest, path).ok(), range);
    }
    let mut open: Vec<Open> = Vec::new();
    let (mut in_code, mut behind) = (false, 0);
    for (event, range) in parser.into_offset_iter() {
        let ends = matches!(event, Event::End(TagEnd::Link | TagEnd::Image));
        if let Some(inner) = open.last_mut().filter(|_| !ends) {
            inner.end = inner.end.max(range.end);
        }
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. },
            ) => {
                let end = range.start + text[range.clone()].find('[').map_or(0, |at| at + 1);
                open.push(Open { kind: link_type, url: dest_url.to_string(), end });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some(Open { kind, url, end }) = open.pop() else { continue };
                match kind {
                    LinkType::WikiLink { .. } => {
                        let target = wiki_target(&url);
                        let link = match links::wiki(&url, path) {
                            Ok(Wiki::Link(link)) => Some(link),
                            _ => None,
                        };
                        let start = range.start + text[range.clone()].find("[[").unwrap_or(0) + 2;
                        add(&mut found, link, verbatim(text, start..range.end, target));
                    }
                    LinkType::Autolink => {
                        let link = links::destination(&url, path).ok();
                        add(&mut found, link, verbatim(text, range.clone(), &url));
                    }
                    LinkType::Inline => {
                        let close = text[end..range.end].find("](").map(|at| end + at + 2);
                        let link = links::destination(&url, path).ok();
                        add(
                            &mut found,
                            link,
                            close.and_then(|at| inline(text, at..range.end, &url)),
                        );
                    }
                    _ => {}
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if open.is_empty() && !in_code => {
                let mut part = range.start.max(behind)..range.end;
                while let Some(BareAddress { range, url, .. }) =
                    addresses::first(text, part.clone())
                {
                    behind = range.end;
                    part.start = behind.min(part.end);
                    if !url.starts_with("mailto:") {
                        found.push(Destination { link: Link::External(url.into()), range });
                    }
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|destination| destination.range.start);
    found
}

/// What a text refers to by the ids of data, which no destination says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataIds {
    /// The figures of `[[fact:id]]` and the sources of `[^id]`, each with what stands for it: the id alone, or what ends
    /// with it.
    pub used: Vec<(Use, Range<usize>)>,
    /// The footnotes that the text defines, in lower case: their marks look like citations and are none.
    pub footnotes: Vec<String>,
}

/// The figures and sources that a text in the file `path` refers to, in footnotes without a mark too.
pub fn data_ids(text: &str, shape: Shape, path: &SourcePath) -> DataIds {
    if !text.contains('[') {
        return DataIds::default();
    }
    let source = MarkdownSource { path, trusted: false, lang: "en", has_sections: false };
    let draft = driver::run(text, shape, &source, Rules::Ours);
    let footnotes = draft.footnotes.names().map(str::to_lowercase).collect();
    let is_data = |what: &Use| matches!(what, Use::Fact(_) | Use::Cite(_));
    let used = draft.uses.into_iter().filter(|found| is_data(&found.what));
    DataIds { used: used.map(|found| (found.what, found.range)).collect(), footnotes }
}

/// The place of a text in a range.
fn verbatim(text: &str, range: Range<usize>, part: &str) -> Option<Range<usize>> {
    let at = range.start + text[range].find(part)?;
    (!part.is_empty()).then(|| at..at + part.len())
}

/// The destination that begins a range, with space before it: as it is, or with escapes and references in it
/// (CommonMark 0.31, section 6.3).
fn inline(text: &str, range: Range<usize>, url: &str) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let pointed = text[start..range.end].starts_with('<');
    let start = start + usize::from(pointed);
    if !url.is_empty() && text[start..range.end].starts_with(url) {
        return Some(start..start + url.len());
    }
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text[start..range.end].char_indices() {
        match c {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '>' if pointed => return Some(start..start + at),
            _ if pointed => {}
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => return Some(start..start + at),
            _ => {}
        }
    }
    Some(start..range.end)
}

#[cfg(test)]
mod tests {
    use super::{data_ids, destinations};
    use crate::base::SourcePath;
    use crate::content::markdown::Shape;

    #[test]
    fn each_stands_where_it_is_written() {
        for (text, expected) in [
            (
                "At https://example.org/y/. And `https://example.org`",
                vec!["https://example.org/y/"],
            ),
            ("[[japan]] and [[japan#a|japan]]", vec!["japan", "japan#a"]),
            ("| a |\n|---|\n| [[japan\\|Japan]] |", vec!["japan"]),
            ("[player:x](player:x \"player:x\")", vec!["player:x"]),
            ("[a](<player:x>) <player:x>", vec!["player:x", "player:x"]),
            ("[a *b* `c`]( player:x )", vec!["player:x"]),
            ("[a][b] and [b]\n\n[b]: player:x 'player:x'", vec!["player:x"]),
            ("[unused]: <../players/x.md#a>", vec!["../players/x.md#a"]),
            ("[a](player:x\\-y)", vec!["player:x\\-y"]),
            ("[a](player:x&#45;y)", vec!["player:x&#45;y"]),
            ("[](player:x)", vec!["player:x"]),
            ("![a](x/p.png)\n\n[![a](p.png)](player:x)", vec!["x/p.png", "p.png", "player:x"]),
            ("![[p.png]]", vec!["p.png"]),
            ("> [!NOTE] [[japan]]\n> x", vec!["japan"]),
            ("[a](b_(c).md)", vec!["b_(c).md"]),
            ("- [a](\n  player:x)", vec!["player:x"]),
            ("`[[japan]]` \\[[japan]] <!-- [[japan]] --> [[fact:japan]] [[-|japan]]", vec![]),
            ("```\n[a](player:x)\n```", vec![]),
        ] {
            let path = SourcePath::new("content/players/y.md");
            let found = destinations(text, Shape::Body, &path);
            let found: Vec<&str> = found.into_iter().map(|one| &text[one.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn ids_of_data_stand_where_they_are_written() {
        let text = "[[fact:cost]] | `[[fact:cost]]` [[ fact: cost ]][^ft] \\[^ft] [a [^ft]](b.md)\n\n\
                    [^un]: of [[fact:cost]], [^ft].\n\n```\n[^ft]\n```\n\n| a |\n|---|\n| *x*[^ft] |\n";
        let found = data_ids(text, Shape::Body, &SourcePath::new("content/articles/a.md"));
        let used: Vec<_> = found.used.iter().map(|(_, range)| &text[range.clone()]).collect();
        assert_eq!(used, ["fact:cost", "fact: cost", "ft", "fact:cost", "ft", "ft"]);
        assert_eq!(found.footnotes, ["un"]);
    }
}
