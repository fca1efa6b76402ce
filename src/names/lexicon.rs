//! The words of a language that say what a name beside them means, from one file for each language.
//!
//! A file of `words/` has sections of one entry a line, in lower case and sorted. Entries are compared as names are
//! ([`Folded`]): a file says `président`, and `President` in a text is the same word.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::Folded;

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words that may begin a sentence before a name without being a part of it.
    beginnings: Words,
    /// Words that are a title of office or address, or the last word of one.
    titles: Words,
    /// Words that belong to a title that follows: Foreign Minister, Deputy Prime Minister.
    before_titles: Words,
    /// Titles of an office, which its holder has and others do not.
    offices: Words,
    /// The short form of a title that is also a given name somewhere: General, Gen Nakatani.
    short_titles: FxHashMap<Box<str>, Box<str>>,
    /// Words that make a place or body of their own of a name that is joined to them: Bank of Japan.
    heads: Words,
    /// What joins a name to a head, with the spaces around it.
    joins: Vec<Box<str>>,
    /// Ordinary words that are also written with a capital at the start of a sentence.
    ordinary: Words,
}

type Words = FxHashSet<Box<str>>;

/// The languages that have a file.
const FILES: [(&str, &str); 1] = [("en", include_str!("words/en.txt"))];

static LEXICONS: LazyLock<Vec<(&str, Lexicon)>> = LazyLock::new(|| {
    FILES.iter().map(|(language, file)| (*language, Lexicon::read(file))).collect()
});

/// Words of names that tell nothing of a name.
static PARTICLES: LazyLock<Words> = LazyLock::new(|| {
    let entries = entries(include_str!("words/particles.txt"));
    entries.map(|(_, entry)| folded(entry)).collect()
});

impl Lexicon {
    /// The words of English.
    pub fn english() -> &'static Self {
        &LEXICONS[0].1
    }

    fn read(file: &str) -> Self {
        let mut lexicon = Self::default();
        for (section, entry) in entries(file) {
            lexicon.add(section, entry);
        }
        lexicon
    }

    /// Adds an entry to a section; nothing if there is no section of this name.
    fn add(&mut self, section: &str, entry: &str) {
        let words = match section {
            "beginnings" => &mut self.beginnings,
            "titles" => &mut self.titles,
            "before titles" => &mut self.before_titles,
            "offices" => &mut self.offices,
            "heads" => &mut self.heads,
            "ordinary" => &mut self.ordinary,
            "short titles" => {
                if let Some((long, short)) = entry.split_once(" = ") {
                    self.short_titles.insert(folded(long), folded(short));
                }
                return;
            }
            "joins" => {
                self.joins.push(format!(" {} ", folded(entry)).into());
                return;
            }
            _ => return,
        };
        words.insert(folded(entry));
    }

    /// Whether a sentence may begin with a word, so that a capital says nothing about it.
    pub(super) fn may_begin(&self, lower: &str) -> bool {
        self.beginnings.contains(lower)
    }

    /// Whether a word and the name that is joined to it are one name.
    pub(super) fn is_head(&self, lower: &str) -> bool {
        self.heads.contains(lower)
    }

    /// What stands before a join that a text ends with.
    pub(super) fn before_joins<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.joins.iter().filter_map(|join| text.strip_suffix(&**join))
    }

    /// Whether a word stands in texts without being a name.
    pub(super) fn is_ordinary(&self, lower: &str) -> bool {
        self.ordinary.contains(lower) || self.may_begin(lower)
    }

    /// Whether a word can be a title on its own, whatever a site declares.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word.trim_end_matches('.'))
    }

    /// Whether a word begins a title that the words after it go on.
    pub(super) fn begins_title(&self, word: &str) -> bool {
        self.before_titles.contains(word)
    }

    /// Whether a word is the title of an office, which its holder has and others do not.
    pub(super) fn is_office(&self, word: &str) -> bool {
        self.offices.contains(word)
    }

    /// The short form of a title that is also a given name somewhere, in lower case.
    pub(super) fn short_form(&self, title: &str) -> Option<&str> {
        self.short_titles.get(title).map(|short| &**short)
    }
}

/// Whether a word says so little that two names which share it share nothing.
pub(super) fn is_small(lower: &str) -> bool {
    PARTICLES.contains(lower)
}

/// The entries of a file, each with its section.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = file.lines().map(str::trim);
    let mut section = "";
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => {
                section = name;
                None
            }
            None => Some((section, line)),
        }
    })
}

/// A word as words of texts are compared.
fn folded(entry: &str) -> Box<str> {
    Folded::of(entry).lower().trim().into()
}

#[cfg(test)]
mod tests;
