//! The files that the page of a language's search fetches, below `/search/`: `index.txt`, which says how the index is
//! divided, a file for each shard, the words of names, who belongs to which topic and year, and the texts of entries.
//!
//! All are text, one item to a line, with tabs between its parts. `static/theme/search.js` reads them.

use rayon::prelude::*;
use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Summary;
use crate::search::{Indexing, SearchIndex, Stemmer, numbers, shard_text};
use crate::site::{Add, Output, OutputKind, SearchEntry, Site, Subject, Which};
use crate::view::Context;
use crate::view::searched::SearchedPage;

use super::DataContent;

/// Entries that a thread indexes at a time.
const AT_A_TIME: usize = 256;

/// The most bytes of a section's text from which a result takes its sentence.
const SECTION: usize = 1200;

/// The bytes of a file of texts. A reader fetches ten of them with the first results.
const TEXT: usize = 5000;

/// Makes the index of a language.
pub fn index(cx: &Context<'_>) -> SearchIndex {
    let tag = cx.settings.lang.as_str();
    let stemmer = Stemmer::of(tag.split('-').next().unwrap_or_default());
    let mut entries = cx.site.search_entries();
    entries.sort_unstable_by_key(|entry| (entry.kind(), entry.number));
    let together = Site::search_texts_together(entries.len());
    let texts: Vec<&[SearchEntry]> =
        entries.chunk_by(|one, other| one.text(together) == other.text(together)).collect();
    let indexed = |texts: &[&[SearchEntry]]| {
        let mut index = Indexing::new(&stemmer);
        for entries in texts {
            let mut text = String::new();
            for entry in *entries {
                let page = cx.searched(entry.subject);
                push_entry(&mut text, &page, TEXT / together as usize);
                index.add(entry.number, page.sections.iter().map(|section| &section.indexed));
            }
            index.add_text(entries[0].text(together), text);
        }
        index
    };
    // A few parts for each thread: those of articles take longest, and joining many costs more than a thread that waits.
    let parts = rayon::current_num_threads() * 4;
    let each = texts.len().div_ceil(parts).max(AT_A_TIME);
    let index = texts.par_chunks(each).map(indexed).reduce_with(Indexing::and);
    let index = index.unwrap_or_else(|| Indexing::new(&stemmer));
    index.finish(Site::search_shards(entries.len()))
}

/// `index.txt`: the numbers of entries, of entries to a file of texts, of shards and of shards to a group; the rules of the
/// stemmer; terms that stand everywhere; where each group begins.
#[derive(Debug, Serialize)]
pub struct SearchBegin(String);

impl DataContent for SearchBegin {
    const KIND: OutputKind = OutputKind {
        name: "search-index",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| file(site, "index.txt", add)),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let index = cx.texts.search_index(cx.site.number());
        let entries = index.entries as usize;
        let together = Site::search_texts_together(entries);
        let group = Site::search_group(Site::search_shards(entries));
        let groups = index.shards.iter().step_by(group);
        let groups: Vec<&str> = groups.map(|(_, from)| &**from).collect();
        let (rules, common, groups) = (index.rules, index.common.join(" "), groups.join(" "));
        let shards = index.shards.len();
        Self(format!("{entries} {together} {shards} {group}\n{rules}\n{common}\n{groups}\n"))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// `from/N.txt`: where each shard of a group begins, if there are many.
#[derive(Debug, Serialize)]
pub struct SearchGroup(String);

impl DataContent for SearchGroup {
    const KIND: OutputKind = OutputKind {
        name: "search-group",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| {
            if site.search_out().is_some() {
                let shards = Site::search_shards(site.search_entries().len());
                let group = Site::search_group(shards);
                let groups = if group > 1 { shards.div_ceil(group) } else { 0 };
                for number in 0..groups {
                    let path = site.search_file(&format!("from/{number}.txt"));
                    add.data(path, Subject::Part(number));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let index = cx.texts.search_index(cx.site.number());
        let group = Site::search_group(Site::search_shards(index.entries as usize));
        let shards = index.shards.iter().skip(part(output) * group).take(group);
        Self(shards.map(|(_, from)| &**from).collect::<Vec<_>>().join(" "))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// `N.txt`: the terms of a shard.
#[derive(Debug, Serialize)]
pub struct SearchShard(String);

impl DataContent for SearchShard {
    const KIND: OutputKind = OutputKind {
        name: "search-shard",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| {
            if site.search_out().is_some() {
                let shards = Site::search_shards(site.search_entries().len());
                for number in 0..shards {
                    add.data(site.search_file(&format!("{number}.txt")), Subject::Part(number));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(shard_text(cx.texts.search_index(cx.site.number()).shard(part(output))))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// `names.txt`: the words of names, for those that readers misspell.
#[derive(Debug, Serialize)]
pub struct SearchNames(String);

impl DataContent for SearchNames {
    const KIND: OutputKind = OutputKind {
        name: "search-names",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| file(site, "names.txt", add)),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self(cx.texts.search_index(cx.site.number()).names.join(" "))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// `filters.txt`: which entries belong to each topic, by its id, and to each year.
#[derive(Debug, Serialize)]
pub struct SearchFilters(String);

impl DataContent for SearchFilters {
    const KIND: OutputKind = OutputKind {
        name: "search-filters",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| file(site, "filters.txt", add)),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let mut of: std::collections::BTreeMap<String, Vec<u32>> =
            std::collections::BTreeMap::new();
        for entry in cx.site.search_entries() {
            let Some(summary) = summary_of(cx.site, entry.subject) else { continue };
            if let Some(date) = summary.published {
                of.entry(format!("year {}", date.year())).or_default().push(entry.number);
            }
            for topic in &summary.topics {
                of.entry(format!("topic {topic}")).or_default().push(entry.number);
            }
        }
        let mut text = String::new();
        for (filter, entries) in of {
            text.push_str(&filter);
            text.push('\t');
            numbers(&mut text, entries.into_iter());
            text.push('\n');
        }
        Self(text)
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// `text/N.txt`: what results show of entries that are neighbours, with an empty line between them. In the first line of
/// an entry its URL, its title, its date, the language and the direction of its words where they are others than the
/// index has. In each other line a section: its anchor, its heading, its text.
#[derive(Debug, Serialize)]
pub struct SearchText(String);

impl DataContent for SearchText {
    const KIND: OutputKind = OutputKind {
        name: "search-text",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| {
            if site.search_out().is_some() {
                let entries = site.search_entries();
                let together = Site::search_texts_together(entries.len());
                let numbers = entries.iter().map(|entry| entry.text(together));
                for number in numbers.collect::<std::collections::BTreeSet<_>>() {
                    let path = site.search_file(&format!("text/{number}.txt"));
                    add.data(path, Subject::Part(number as usize));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(cx.texts.search_index(cx.site.number()).text(part(output) as u32).to_owned())
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

/// Writes what results show of an entry, in a number of bytes of which every section has its share.
fn push_entry(text: &mut String, page: &SearchedPage, bytes: usize) {
    let SearchedPage { url, title, lang, date, sections } = page;
    if !text.is_empty() {
        text.push('\n');
    }
    push(text, url);
    text.push('\t');
    push(text, title);
    text.push('\t');
    push(text, date.as_deref().unwrap_or_default());
    if let Some((lang, dir)) = lang {
        text.extend(["\t", &**lang, "\t", dir]);
    }
    text.push('\n');
    let mut left = bytes;
    for (at, section) in sections.iter().enumerate() {
        push(text, section.anchor.as_deref().unwrap_or_default());
        text.push('\t');
        push(text, &section.heading);
        text.push('\t');
        let all = section.indexed.text.trim_end();
        let shown = beginning(all, SECTION.min(left / (sections.len() - at)));
        left -= shown.len();
        push(text, shown);
        text.push_str(if shown.len() < all.len() { "…\n" } else { "\n" });
    }
}

/// The beginning of a text, of at most so many bytes, and of whole words if it has spaces.
fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let cut = &text[..text.floor_char_boundary(bytes)];
    cut.rfind([' ', '\n']).map_or(cut, |space| &cut[..space])
}

/// The number of an output of which there are several.
fn part(output: &Output) -> usize {
    let Some(Subject::Part(number)) = output.subject() else {
        unreachable!("the outputs of the kind are numbered")
    };
    number
}

/// Adds a file of the search.
fn file(site: &Site, name: &str, add: &mut Add<'_>) {
    if site.search_out().is_some() {
        add.data(site.search_file(name), Subject::Site);
    }
}

/// The summary of an entry that is a page of content.
fn summary_of(site: &Site, subject: Subject) -> Option<&Summary> {
    let page = match subject {
        Subject::Page(page) => page,
        Subject::Topic(topic) => site.topic(topic).page?,
        _ => return None,
    };
    Some(&site.page(page).summary)
}

/// Writes a text as one part of a line.
fn push(text: &mut String, part: &str) {
    let ends = memchr::memchr3_iter(b'\t', b'\n', b'\r', part.as_bytes()).chain([part.len()]);
    let (mut begins, mut is_first) = (0, true);
    for end in ends {
        let piece = &part[begins..end];
        begins = end + 1;
        if piece.is_empty() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            text.push(' ');
        }
        text.push_str(piece);
    }
}
