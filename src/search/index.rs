//! The index: of each term, the sections that hold it, and how the terms are divided into shards.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::tokens::{TokenSink, unpacked};
use super::{Stemmer, Tokenizer};

/// The most sections that a term lists: the best. A list of any size says little more, and takes what it likes to fetch.
pub const MOST: usize = 500;

/// The most sections of one entry that a term lists: a result leads to one. More found no more, and took more bytes.
const SECTIONS: usize = 2;

/// What an impact is rounded to.
const STEP: f32 = 3.0;

/// The words of a section of a usual length.
const USUAL_LENGTH: f32 = 120.0;

/// A section in which a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The number of the entry.
    pub entry: u32,
    /// The section in it; 0 is what stands above the first heading, with the title and all names.
    pub section: u16,
    /// How much the section has to do with the term, from 1 to 63.
    pub impact: u8,
}

impl Posting {
    /// What lists are sorted by: the kind of the entry, its rank in that, the section.
    pub(super) fn place(&self) -> (u32, u32, u16) {
        (self.entry % 8, self.entry, self.section)
    }
}

/// What is indexed of a section.
#[derive(Debug, Default)]
pub struct Section {
    /// Its texts that are short and say what it is about, each with a weight: titles, names, headings.
    pub labels: Vec<(String, u8)>,
    /// Whether the labels are names, whose slips are forgiven.
    pub is_named: bool,
    /// Its text.
    pub text: String,
}

/// A term, and where it stands.
#[derive(Debug)]
pub struct TermList {
    /// The term.
    pub term: Box<str>,
    /// In how many entries it stands, listed or not.
    pub entries: u32,
    /// The best sections, sorted by kind, entry and section.
    pub postings: Vec<Posting>,
}

/// An index in the making.
pub struct Indexing<'a> {
    tokenizer: Tokenizer,
    terms: Terms<'a>,
    lists: Vec<DraftList>,
    names: BTreeSet<Box<str>>,
    texts: Vec<(u32, Box<str>)>,
    entries: u32,
}

/// The terms that were met, each with a place, and what the section that is being added has of them.
struct Terms<'a> {
    stemmer: &'a Stemmer,
    /// Of each token that was seen, the place of its term.
    packed: FxHashMap<u128, u32>,
    tokens: FxHashMap<Box<str>, u32>,
    places: FxHashMap<Box<str>, u32>,
    counts: Vec<TermCount>,
    /// The places of the section's terms.
    touched: Vec<u32>,
    /// The tokens of its text.
    length: u32,
}

/// How often a section has a term, and what its labels give to that.
#[derive(Clone, Copy, Default)]
struct TermCount {
    count: u32,
    label: f32,
}

#[derive(Default)]
struct DraftList {
    postings: Vec<Posting>,
    entries: u32,
    /// The last entry, plus 1.
    last: u32,
}

/// An index.
#[derive(Debug)]
pub struct SearchIndex {
    /// How many entries it has.
    pub entries: u32,
    /// The terms, in the order of their UTF-16 code units, by which scripts compare.
    pub terms: Vec<TermList>,
    /// For each shard the place of its first term, and the text from which on terms belong to it.
    pub shards: Vec<(usize, String)>,
    /// Terms that stand nearly everywhere, the most frequent first.
    pub common: Vec<Box<str>>,
    /// The words of names, not stemmed, sorted.
    pub names: Vec<Box<str>>,
    /// The texts that results show, each with its number, sorted.
    pub texts: Vec<(u32, Box<str>)>,
    /// The rules of the stemmer.
    pub rules: &'static str,
}

impl DraftList {
    /// Adds a section of the last entry, unless enough better ones are there.
    fn push(&mut self, posting: Posting) {
        let of_entry = self.postings.iter().rev().take_while(|other| other.entry == posting.entry);
        let start = self.postings.len() - of_entry.count();
        if self.postings.len() - start < SECTIONS {
            return self.postings.push(posting);
        }
        let least = self.postings[start..].iter_mut().min_by_key(|other| other.impact);
        if let Some(least) = least.filter(|least| least.impact < posting.impact) {
            *least = posting;
        }
    }
}

impl TokenSink for Terms<'_> {
    fn packed(&mut self, word: u128) {
        let place = match self.packed.get(&word) {
            Some(place) => *place,
            None => self.new_packed(word),
        };
        self.count(place);
    }

    fn token(&mut self, token: &str, is_word: bool) {
        let place = self.place(token, is_word);
        self.count(place);
    }
}

impl Terms<'_> {
    fn count(&mut self, place: u32) {
        self.length += 1;
        let count = &mut self.counts[place as usize];
        count.count += 1;
        if count.count == 1 && count.label == 0.0 {
            self.touched.push(place);
        }
    }

    #[cold]
    fn new_packed(&mut self, word: u128) -> u32 {
        let place = self.place(unpacked(word, &mut [0; 16]), true);
        self.packed.insert(word, place);
        place
    }

    /// The place of a token's term.
    fn place(&mut self, token: &str, is_word: bool) -> u32 {
        if let Some(place) = self.tokens.get(token) {
            return *place;
        }
        let mut term = token.to_owned();
        if is_word {
            self.stemmer.stem(&mut term);
        }
        let place = self.place_of_term(&term);
        self.tokens.insert(token.into(), place);
        place
    }

    fn place_of_term(&mut self, term: &str) -> u32 {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.counts.len() as u32;
        self.counts.push(TermCount::default());
        self.places.insert(term.into(), place);
        place
    }
}

impl<'a> Indexing<'a> {
    /// An index of nothing.
    pub fn new(stemmer: &'a Stemmer) -> Self {
        let terms = Terms {
            stemmer,
            packed: FxHashMap::default(),
            tokens: FxHashMap::default(),
            places: FxHashMap::default(),
            counts: Vec::new(),
            touched: Vec::new(),
            length: 0,
        };
        Self {
            tokenizer: Tokenizer::default(),
            terms,
            lists: Vec::new(),
            names: BTreeSet::new(),
            texts: Vec::new(),
            entries: 0,
        }
    }

    /// Adds an entry, by its number, with its sections in order.
    pub fn add<'s>(&mut self, entry: u32, sections: impl IntoIterator<Item = &'s Section>) {
        self.entries += 1;
        for (number, section) in sections.into_iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            self.section(entry, number, section);
        }
    }

    /// Adds a text that results show, by its number.
    pub fn add_text(&mut self, number: u32, text: String) {
        self.texts.push((number, text.into()));
    }

    fn section(&mut self, entry: u32, number: u16, section: &Section) {
        let Self { tokenizer, terms, lists, names, .. } = self;
        for (label, weight) in &section.labels {
            let mut places = Vec::new();
            tokenizer.tokens(label, |token, is_word| {
                if section.is_named && is_word && token.len() > 3 && !names.contains(token) {
                    names.insert(token.into());
                }
                places.push(terms.place(token, is_word));
            });
            // A word among many says less of what it stands in.
            let each = f32::from(*weight) / (0.6 + 0.1 * places.len() as f32);
            for place in places {
                let count = &mut terms.counts[place as usize];
                if count.label == 0.0 {
                    terms.touched.push(place);
                }
                count.label = count.label.max(each);
            }
        }
        terms.length = 0;
        tokenizer.each(&section.text, terms);
        // BM25 with k1 = 1.2 and b = 0.75, without the rareness of the term.
        let saturation = 1.2 * (0.25 + 0.75 * terms.length as f32 / USUAL_LENGTH);
        lists.resize_with(terms.counts.len(), DraftList::default);
        for place in terms.touched.drain(..) {
            let list = &mut lists[place as usize];
            let TermCount { count, label } = std::mem::take(&mut terms.counts[place as usize]);
            let count = count as f32;
            // In few steps: that is enough to rank by, and takes fewer bytes. A cast cuts off: half a step more rounds.
            let impact = (label + 24.0 * count / (count + saturation)) / STEP + 0.5;
            let impact = (impact as u8).clamp(1, 63);
            if list.last != entry + 1 {
                (list.last, list.entries) = (entry + 1, list.entries + 1);
                if list.postings.len() >= 2 * MOST {
                    keep_best(&mut list.postings);
                }
            }
            list.push(Posting { entry, section: number, impact });
        }
    }

    /// The index of the entries of both, none of which is in both.
    #[must_use]
    #[expect(clippy::iter_over_hash_type, reason = "terms and postings are sorted at the end")]
    pub fn and(mut self, mut other: Self) -> Self {
        self.entries += other.entries;
        self.names.append(&mut other.names);
        self.texts.append(&mut other.texts);
        for (term, place) in other.terms.places {
            let Some(from) = other.lists.get_mut(place as usize).map(std::mem::take) else {
                continue;
            };
            let place = self.terms.place_of_term(&term) as usize;
            self.lists.resize_with(self.lists.len().max(place + 1), DraftList::default);
            let list = &mut self.lists[place];
            list.entries += from.entries;
            list.postings.extend(from.postings);
            if list.postings.len() >= 2 * MOST {
                keep_best(&mut list.postings);
            }
        }
        self
    }

    /// The index, in a number of shards that is not 0.
    pub fn finish(self, shards: usize) -> SearchIndex {
        let Self { terms, mut lists, names, mut texts, entries, .. } = self;
        let Terms { stemmer, places, .. } = terms;
        texts.sort_unstable_by_key(|(number, _)| *number);
        let mut terms: Vec<TermList> = places
            .into_iter()
            .map(|(term, place)| {
                let DraftList { mut postings, entries, .. } =
                    std::mem::take(&mut lists[place as usize]);
                keep_best(&mut postings);
                postings.sort_unstable_by_key(Posting::place);
                TermList { term, entries, postings }
            })
            .collect();
        terms.sort_unstable_by(|one, other| by_units(&one.term, &other.term));
        let mut common: Vec<_> =
            terms.iter().filter(|list| entries >= 200 && list.entries > entries / 2).collect();
        common.sort_by_key(|list| Reverse(list.entries));
        SearchIndex {
            entries,
            common: common.iter().take(40).map(|list| list.term.clone()).collect(),
            shards: divide(&terms, shards),
            terms,
            names: names.into_iter().collect(),
            texts,
            rules: stemmer.rules(),
        }
    }
}

impl SearchIndex {
    /// The terms of a shard; none for one that there is not.
    pub fn shard(&self, number: usize) -> &[TermList] {
        let Some((start, _)) = self.shards.get(number) else { return &[] };
        let end = self.shards.get(number + 1).map_or(self.terms.len(), |(start, _)| *start);
        &self.terms[*start..end]
    }

    /// The text of a number; none where there is no such text.
    pub fn text(&self, number: u32) -> &str {
        let at = self.texts.binary_search_by_key(&number, |(number, _)| *number);
        at.map_or("", |at| &self.texts[at].1)
    }
}

/// Cuts a list to its best sections; of equals the newest entries, which have the highest numbers, are better.
fn keep_best(postings: &mut Vec<Posting>) {
    if postings.len() > MOST {
        let rank = |posting: &Posting| {
            (u8::MAX - posting.impact, u32::MAX - posting.entry, posting.section)
        };
        postings.select_nth_unstable_by_key(MOST - 1, rank);
        postings.truncate(MOST);
    }
}

fn by_units(one: &str, other: &str) -> Ordering {
    match one.is_ascii() && other.is_ascii() {
        true => one.cmp(other),
        false => one.encode_utf16().cmp(other.encode_utf16()),
    }
}

/// Divides terms into shards of about one size. A border is looked for near where an even division has it, where a term
/// begins with other letters than the one before it, and of such where the term itself says: an edit moves the even division
/// by little, and hardly any border.
fn divide(terms: &[TermList], shards: usize) -> Vec<(usize, String)> {
    let mut ends = Vec::with_capacity(terms.len());
    let mut total = 0;
    for list in terms {
        total += list.term.len() + 4 + 2 * list.postings.len();
        ends.push(total);
    }
    let mut borders = vec![(0, String::new())];
    for number in 1..shards {
        let (even, around) = (total * number / shards, total / shards / 4);
        let first = ends.partition_point(|end| *end < even.saturating_sub(around)) + 1;
        let last = ends.partition_point(|end| *end < even + around) + 1;
        let last = last.min(terms.len());
        let nearest = (first.min(last)..=last).filter(|at| *at < terms.len());
        let best = nearest.min_by_key(|at| {
            let term = &terms[*at].term;
            (shared(&terms[at - 1].term, term), mixed(term))
        });
        if let Some(at) = best
            && at > borders[borders.len() - 1].0
        {
            let term = &terms[at].term;
            let kept = shared(&terms[at - 1].term, term) + 1;
            borders.push((at, term.chars().take(kept).collect()));
        }
    }
    borders
}

/// How many characters two terms have in common at their beginnings.
fn shared(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// A number that depends on all bytes of a term: its FNV-1a hash.
fn mixed(term: &str) -> u64 {
    let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    term.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}
