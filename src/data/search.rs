//! The files that the page of a language's search fetches, below `/search/`: `index.txt`, which says how the index is
//! divided, a file for each shard, the words of names, who belongs to which topic and year, and the text of each entry.
//!
//! All are text, one item to a line, with tabs between its parts. `static/theme/search.js` reads them.

use rayon::prelude::*;
use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Summary;
use crate::search::{Indexing, SearchIndex, Section, Stemmer, numbers, shard_text};
use crate::site::{Add, Output, OutputKind, SearchEntry, Site, Subject, Which};
use crate::view::Context;
use crate::view::searched::SearchedPage;

use super::DataContent;

/// Entries that a thread indexes at a time.
const AT_A_TIME: usize = 256;

/// The most bytes of a section's text from which a result takes its sentence.
const SECTION: usize = 1200;

/// The most bytes of the texts of all sections of an entry.
const ENTRY: usize = 8000;

/// Makes the index of a language.
pub fn index(cx: &Context<'_>) -> SearchIndex {
    let tag = cx.settings.lang.as_str();
    let stemmer = Stemmer::of(tag.split('-').next().unwrap_or_default());
    let entries = cx.site.search_entries();
    let indexed = |entries: &[SearchEntry]| {
        let mut index = Indexing::new(&stemmer);
        for entry in entries {
            let page = cx.searched(entry.subject);
            let sections: Vec<Section> =
                page.sections.into_iter().map(|section| section.indexed).collect();
            index.add(entry.number, &sections);
        }
        index
    };
    // A few parts for each thread: joining them costs more than a thread that waits.
    let parts = rayon::current_num_threads() * 2;
    let each = entries.len().div_ceil(parts).max(AT_A_TIME);
    let index = entries.par_chunks(each).map(indexed).reduce_with(Indexing::and);
    let index = index.unwrap_or_else(|| Indexing::new(&stemmer));
    index.finish(Site::search_shards(entries.len()))
}

/// `index.txt`: the number of entries, the rules of the stemmer, terms that stand everywhere, and where each shard begins.
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
        let shards: Vec<&str> = index.shards.iter().map(|(_, from)| &**from).collect();
        let (rules, common) = (index.rules, index.common.join(" "));
        Self(format!("{}\n{rules}\n{common}\n{}\n", index.entries, shards.join(" ")))
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
        let Some(Subject::Part(number)) = output.subject() else {
            unreachable!("the outputs of the kind are shards")
        };
        Self(shard_text(cx.texts.search_index(cx.site.number()).shard(number)))
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

/// `text/N.txt`: what a result shows of an entry, by its number. In the first line its URL, its title, its date, the language
/// and the direction of its words where they are others than the index has. In each other line a section: its anchor, its
/// heading, its text.
#[derive(Debug, Serialize)]
pub struct SearchText(String);

impl DataContent for SearchText {
    const KIND: OutputKind = OutputKind {
        name: "search-text",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| {
            if site.search_out().is_some() {
                for entry in site.search_entries() {
                    let path = site.search_file(&format!("text/{}.txt", entry.number));
                    add.data(path, entry.subject);
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let subject = output.subject().expect("the outputs of the kind are entries");
        let SearchedPage { url, title, lang, date, sections } = cx.searched(subject);
        let mut text = String::new();
        push(&mut text, &url);
        text.push('\t');
        push(&mut text, &title);
        text.push('\t');
        push(&mut text, date.as_deref().unwrap_or_default());
        if let Some((lang, dir)) = lang {
            text.extend(["\t", &*lang, "\t", dir]);
        }
        text.push('\n');
        let mut left = ENTRY;
        for section in sections {
            push(&mut text, section.anchor.as_deref().unwrap_or_default());
            text.push('\t');
            push(&mut text, &section.heading);
            text.push('\t');
            let shown = section.indexed.text.as_str();
            let shown = &shown[..shown.floor_char_boundary(SECTION.min(left))];
            left -= shown.len();
            push(&mut text, shown);
            text.push('\n');
        }
        Self(text)
    }

    fn text(&self) -> String {
        self.0.clone()
    }
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
