//! What readers can search: the entries of a language, their numbers, and where the files of the index are.
//!
//! A number is `rank × 8 + kind`. The rank counts the entries of a kind from the oldest, so that a new article takes a new
//! number and leaves all others as they are, and of two numbers of a kind the higher one is the newer entry.

use crate::base::OutPath;
use crate::content::kind::Kind;

use super::{Asset, PageIx, Site, Subject, TopicIx};

/// Entries to a shard of the index. Shards have about 4 KB then.
const PER_SHARD: usize = 3;

/// The most shards.
const MOST_SHARDS: usize = 4096;

/// The most shards whose beginnings everyone who searches fetches; of more those of groups.
const LISTED_SHARDS: usize = 512;

/// The shards of a group.
const GROUP: usize = 64;

/// About the most files of texts: hosts take 20,000 files in all.
const MOST_TEXTS: usize = 4500;

/// The group of an entry in the results. Its place is the lowest three bits of the entry's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchKind {
    /// An article.
    Article,
    /// A player.
    Player,
    /// A page of questions.
    Question,
    /// A topic.
    Topic,
    /// A figure.
    Fact,
    /// A standing page.
    Page,
}

/// Something that readers can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchEntry {
    /// Its number in the index of its language.
    pub number: u32,
    /// What it is: a page, a topic or a figure.
    pub subject: Subject,
}

impl SearchEntry {
    /// The number of the file of texts with its own, of files with those of so many entries.
    pub fn text(self, together: u32) -> u32 {
        self.number / 8 / together * 8 + self.number % 8
    }

    /// Its group.
    pub fn kind(self) -> SearchKind {
        match self.number % 8 {
            0 => SearchKind::Article,
            1 => SearchKind::Player,
            2 => SearchKind::Question,
            3 => SearchKind::Topic,
            4 => SearchKind::Fact,
            _ => SearchKind::Page,
        }
    }
}

/// Whether a published file is a script of the theme that a site without a search has no use for.
pub(super) fn is_unused(site: &Site, file: &Asset) -> bool {
    const SCRIPTS: [&str; 2] = ["theme/missing.js", "theme/search.js"];
    !site.is_searched && file.source.is_none() && SCRIPTS.contains(&file.out.as_str())
}

impl Site {
    /// The address of the search in its language; none for a site without one.
    pub fn search_out(&self) -> Option<OutPath> {
        self.is_searched.then(|| self.search_file("index.html"))
    }

    /// A file of the search in its language.
    pub fn search_file(&self, name: &str) -> OutPath {
        self.out(&format!("search/{name}"))
    }

    /// In how many shards an index of entries is divided.
    pub fn search_shards(entries: usize) -> usize {
        entries.div_ceil(PER_SHARD).clamp(1, MOST_SHARDS)
    }

    /// How many of so many shards have their beginnings in one file; 1 where the index itself lists them all.
    pub fn search_group(shards: usize) -> usize {
        if shards > LISTED_SHARDS { GROUP } else { 1 }
    }

    /// How many entries of a kind, neighbours by rank, have their texts in one file.
    pub fn search_texts_together(entries: usize) -> u32 {
        u32::try_from(entries.div_ceil(MOST_TEXTS)).unwrap_or(u32::MAX).max(1)
    }

    /// What readers can find in its language: what lists show, by number. Pages in other languages are found in theirs.
    pub fn search_entries(&self) -> Vec<SearchEntry> {
        let mut found: Vec<(SearchKind, Option<[i16; 3]>, &str, Subject)> = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let ix = PageIx(at as u32);
            let kind = match page.summary.kind {
                Kind::Article => SearchKind::Article,
                Kind::Player => SearchKind::Player,
                Kind::Faq => SearchKind::Question,
                Kind::Page => SearchKind::Page,
                Kind::Topic => continue,
            };
            if page.state.is_listed() && !self.is_foreign(ix) {
                let day = page.summary.published.map(|date| {
                    let day = date.civil().map_or(0, |day| i16::from(day.day()));
                    [date.year(), date.month().map_or(0, i16::from), day]
                });
                found.push((kind, day, page.path.as_str(), Subject::Page(ix)));
            }
        }
        for (at, topic) in self.topics.iter().enumerate() {
            let ix = TopicIx(at as u32);
            let is_listed = topic
                .page
                .is_none_or(|page| self.page(page).state.is_listed() && !self.is_foreign(page));
            if is_listed && self.has_topic_page(ix) {
                found.push((SearchKind::Topic, None, &topic.id, Subject::Topic(ix)));
            }
        }
        let figures = self.figures.listed().iter();
        found.extend(
            figures.map(|ix| (SearchKind::Fact, None, &**self.fact_id(*ix), Subject::Fact(*ix))),
        );
        found
            .sort_unstable_by(|one, other| (one.0, one.1, one.2).cmp(&(other.0, other.1, other.2)));
        let mut entries = Vec::with_capacity(found.len());
        for same in found.chunk_by(|one, other| one.0 == other.0) {
            let number = |(rank, (kind, .., subject)): (usize, &(SearchKind, _, _, Subject))| {
                SearchEntry { number: rank as u32 * 8 + *kind as u32, subject: *subject }
            };
            entries.extend(same.iter().enumerate().map(number));
        }
        entries.sort_unstable_by_key(|entry| entry.number);
        entries
    }
}
