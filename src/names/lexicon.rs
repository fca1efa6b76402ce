//! The words of a language that say what a name beside them means, from one file for each language.
//!
//! A file of `words/` has sections of one entry a line, in lower case and sorted. Entries are compared as names are
//! ([`Folded`]): a file says `président`, and `President` in a text is the same word.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::content::sentences;

use super::fold::{Folded, is_cjk};

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Words that may begin a sentence before a name without being a part of it.
    beginnings: Words,
    /// Words that are a title of office or address, or the last word of one.
    titles: Words,
    /// Titles of several people that are not made by an `s`: Senatoren.
    plurals: FxHashMap<Box<str>, Box<str>>,
    /// Whether an `s` makes one of any other.
    has_plural_s: bool,
    /// The titles that an abbreviation or another word stands for: Sen., Congressman.
    abbreviated: FxHashMap<Box<str>, Vec<Box<str>>>,
    /// Titles that a holder of some post has beside it: Chairman.
    common_titles: Words,
    /// Words that make a title a lesser one: Vice President is no President.
    lesser: Words,
    /// What joins the last name of several to those before it: and.
    conjunctions: Words,
    /// Words that belong to a title that follows: Foreign Minister, Deputy Prime Minister.
    before_titles: Words,
    /// Titles that stand behind a name without a space: 岸田首相.
    titles_after: Vec<Box<str>>,
    /// Titles of an office, which its holder has and others do not.
    offices: Words,
    /// The short form of a title that is also a given name somewhere: General, Gen Nakatani.
    short_titles: FxHashMap<Box<str>, Box<str>>,
    /// Words that make a place or body of their own of a name that is joined to them: Bank of Japan.
    heads: Words,
    /// The same, where a capital is not needed: golfe du Mexique.
    heads_in_any_case: Words,
    /// What is named after people, and has their names before it: Library, Act, Award. Where words have no spaces it
    /// follows at once.
    things: Words,
    /// The same, where a capital is not needed behind a name with an ending: Palmes gata.
    things_in_any_case: Words,
    /// What has the names of people behind it, with a capital: USS.
    before_things: Words,
    /// The same, where a capital is not needed: rue.
    before_things_in_any_case: Words,
    /// What bodies are called that many states and places have: Department of Labor.
    bodies: Words,
    /// What a person or a body may belong to, beside its name: Republican, Federal.
    affiliations: Words,
    /// What joins a name to a head, with the spaces around it.
    joins: Vec<Box<str>>,
    /// What a word loses its vowel to before a name, with the apostrophe: l'Allemagne.
    elisions: Vec<Box<str>>,
    /// Verbs of saying and doing, in the forms that follow a government: said, denies.
    verbs: Words,
    /// Whether an `ed` ends a verb of doing.
    has_ed: bool,
    /// The same verbs where they stand before it.
    verbs_before: Words,
    /// What stands before a place that says something: according to.
    before_speakers: Vec<Box<str>>,
    /// What stands behind one, where words have no spaces: は.
    behind_speakers: Vec<Box<str>>,
    /// What stands before a place as a place: in.
    before_places: Words,
    /// Family names that are ordinary words too: Good.
    surnames: Words,
    /// The same, with a capital wherever they stand: English.
    always_capitals: Words,
    /// Ordinary words that are also written with a capital at the start of a sentence.
    ordinary: Words,
    /// What may stand before a short name of a script without spaces: it ends a word.
    before_names: Vec<Box<str>>,
    /// What may stand behind one: particles.
    after_names: Vec<Box<str>>,
    /// What is written before a name in one word with it: و and ب.
    prefixes: Words,
    /// What is written behind a name in one word with it: the s of a German genitive.
    endings: Words,
    /// Where nouns have capitals: what stands before a name as a part of another, such as a given name.
    first_words: Words,
    /// The same behind a name: Japan Airlines.
    last_words: Words,
    /// Whether every noun has a capital, so that one beside a name is no evidence.
    capital_nouns: bool,
    /// Whether a block that begins with a dash is speech: its sentence begins there.
    speech_dash: bool,
    /// Whether words have spaces although names are found without: a particle ends at one.
    spaced: bool,
}

type Words = FxHashSet<Box<str>>;

/// The languages that have a file.
const FILES: [(&str, &str); 9] = [
    ("en", include_str!("words/en.txt")),
    ("ar", include_str!("words/ar.txt")),
    ("de", include_str!("words/de.txt")),
    ("es", include_str!("words/es.txt")),
    ("fr", include_str!("words/fr.txt")),
    ("ja", include_str!("words/ja.txt")),
    ("ko", include_str!("words/ko.txt")),
    ("sv", include_str!("words/sv.txt")),
    ("zh", include_str!("words/zh.txt")),
];

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

    /// The words of a language, by its tag; those of English where it has no file.
    pub fn of(lang: &str) -> &'static Self {
        let language = lang.split('-').next().unwrap_or_default();
        let found = LEXICONS.iter().find(|(name, _)| *name == language);
        found.map_or_else(Self::english, |(_, lexicon)| lexicon)
    }

    /// The same with more words, each with its section.
    pub(super) fn with<'w>(&self, words: impl Iterator<Item = (&'w str, &'w str)>) -> Self {
        let mut lexicon = self.clone();
        words.for_each(|(section, word)| lexicon.add(section, word));
        lexicon
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
            "heads in any case" => &mut self.heads_in_any_case,
            "common titles" => &mut self.common_titles,
            "lesser" => &mut self.lesser,
            "conjunctions" => &mut self.conjunctions,
            "things" => &mut self.things,
            "things in any case" => &mut self.things_in_any_case,
            "before things" => &mut self.before_things,
            "before things in any case" => &mut self.before_things_in_any_case,
            "bodies" => &mut self.bodies,
            "affiliations" => &mut self.affiliations,
            "verbs" => &mut self.verbs,
            "verbs before" => &mut self.verbs_before,
            "before places" => &mut self.before_places,
            "surnames" => &mut self.surnames,
            "always capitals" => &mut self.always_capitals,
            "before speakers" => return self.before_speakers.push(folded(entry)),
            "behind speakers" => return self.behind_speakers.push(folded(entry)),
            "prefixes" => &mut self.prefixes,
            "endings" => &mut self.endings,
            "first words" => &mut self.first_words,
            "last words" => &mut self.last_words,
            "ordinary" => &mut self.ordinary,
            "short titles" => {
                if let Some((long, short)) = entry.split_once(" = ") {
                    self.short_titles.insert(folded(long), folded(short));
                }
                return;
            }
            "plurals" => {
                if let Some((many, one)) = entry.split_once(" = ") {
                    self.plurals.insert(folded(many), folded(one));
                }
                return;
            }
            "abbreviated titles" => {
                if let Some((short, long)) = entry.split_once(" = ") {
                    let long = long.split(", ").map(folded).collect();
                    self.abbreviated.insert(folded(short), long);
                }
                return;
            }
            "joins" => {
                let join = folded(entry);
                let space = if join.ends_with('\'') { "" } else { " " };
                self.joins.push(format!(" {join}{space}").into());
                return;
            }
            "elisions" => return self.elisions.push(folded(entry)),
            "titles after names" => return self.titles_after.push(folded(entry)),
            "before names" => return self.before_names.push(folded(entry)),
            "after names" => return self.after_names.push(folded(entry)),
            "rules" => return self.rule(entry),
            _ => return,
        };
        words.insert(folded(entry));
    }

    fn rule(&mut self, rule: &str) {
        match rule {
            "nouns have capitals" => self.capital_nouns = true,
            "a dash begins speech" => self.speech_dash = true,
            "an s makes a plural" => self.has_plural_s = true,
            "verbs end in ed" => self.has_ed = true,
            "words have spaces" => self.spaced = true,
            "heads need no join" => self.joins.push(" ".into()),
            _ => {}
        }
    }

    /// Whether a sentence may begin with a word, so that its capital is no evidence of a name.
    pub(super) fn may_begin(&self, lower: &str) -> bool {
        self.beginnings.contains(lower)
    }

    /// Whether a word and the name that is joined to it are one name.
    pub(super) fn is_head(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let capital = word.starts_with(char::is_uppercase);
        let any_case = |word: &str| self.heads_in_any_case.contains(word);
        let mut found = capital && self.heads.contains(&*lower) || any_case(&lower);
        if self.has_affixes() {
            self.stems(&lower, &mut |stem| found |= any_case(stem));
        }
        found
    }

    /// A word without the one before it that lost its vowel: `Allemagne` of `l'Allemagne`.
    pub(super) fn without_elision<'w>(&self, word: &'w str) -> Option<&'w str> {
        let at = word.find('\'')? + 1;
        let lower = word[..at].to_lowercase();
        self.elisions.iter().any(|elision| **elision == *lower).then(|| &word[at..])
    }

    /// Whether words lose their vowel before a name.
    pub(super) fn has_elisions(&self) -> bool {
        !self.elisions.is_empty()
    }

    /// Whether a dash at the beginning of a block begins a sentence.
    pub(super) fn dash_begins_speech(&self) -> bool {
        self.speech_dash
    }

    /// Whether a capital of the word beside a name is no evidence: every noun has one.
    pub(super) fn nouns_have_capitals(&self) -> bool {
        self.capital_nouns
    }

    /// Whether a word before a name is a part of another, where nouns have capitals.
    pub(super) fn is_first_word(&self, lower: &str) -> bool {
        self.first_words.contains(lower)
    }

    /// Whether a word behind a name is a part of another, where nouns have capitals.
    pub(super) fn is_last_word(&self, lower: &str) -> bool {
        self.last_words.contains(lower)
    }

    /// Whether a word is a thing that has its name before it from a person.
    pub(super) fn is_thing(&self, lower: &str) -> bool {
        self.things.contains(lower)
    }

    /// Whether a word behind a name with an ending is a thing that is named after its bearer.
    pub(super) fn is_thing_in_any_case(&self, lower: &str) -> bool {
        self.things_in_any_case.contains(lower)
    }

    /// What stands behind an ending that is written in one word with the name before it.
    pub(super) fn behind_ending<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.endings.iter().find_map(|ending| text.strip_prefix(&**ending))
    }

    /// The thing that a text begins with, where words have no spaces.
    pub(super) fn thing_behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        if !text.starts_with(is_cjk) {
            return None;
        }
        let found = self.things.iter().filter(|thing| text.starts_with(&***thing));
        found.map(|thing| &text[..thing.len()]).max_by_key(|thing| thing.len())
    }

    /// Whether a word is a thing that has its name behind it from a person.
    pub(super) fn is_before_thing(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let is_capital = word.starts_with(char::is_uppercase);
        is_capital && self.before_things.contains(&*lower)
            || self.before_things_in_any_case.contains(&*lower)
    }

    /// Whether a word is that of bodies which many states and places have.
    pub(super) fn is_body(&self, lower: &str) -> bool {
        self.bodies.contains(lower)
    }

    /// Whether a word beside a name says where its bearer belongs, and is no part of it.
    pub(super) fn is_affiliation(&self, lower: &str) -> bool {
        self.affiliations.contains(lower)
    }

    /// What joins a name to a head, with the spaces around it.
    pub(super) fn joins(&self) -> impl Iterator<Item = &str> {
        self.joins.iter().map(|join| &**join)
    }

    /// What stands before a join that a text ends with.
    pub(super) fn before_joins<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.joins.iter().filter_map(|join| text.strip_suffix(&**join))
    }

    /// Whether a word as it is written is a verb of saying or doing.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
            || self.has_ed
                && word.len() > 4
                && word.ends_with("ed")
                && word.starts_with(char::is_lowercase)
    }

    /// Whether it knows verbs.
    pub(super) fn has_verbs(&self) -> bool {
        !(self.verbs.is_empty() && self.verbs_before.is_empty() && self.behind_speakers.is_empty())
    }

    /// Whether a word is a verb that stands before the one who says or does something.
    pub(super) fn is_verb_before(&self, word: &str) -> bool {
        self.verbs_before.contains(word)
    }

    /// Whether a text in lower case ends with what stands before a place that says something.
    pub(super) fn ends_before_speaker(&self, lower: &str) -> bool {
        self.before_speakers.iter().any(|words| {
            let before = lower.strip_suffix(&**words);
            before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        })
    }

    /// Whether a text begins with what stands behind a place that says something.
    pub(super) fn begins_behind_speaker(&self, text: &str) -> bool {
        self.behind_speakers.iter().any(|word| text.starts_with(&**word))
    }

    /// Whether a word stands before a place as a place.
    pub(super) fn is_before_place(&self, lower: &str) -> bool {
        self.before_places.contains(lower)
    }

    /// Whether a family name is an ordinary word, so that a capital at the beginning of a sentence tells nothing.
    pub(super) fn is_surname_word(&self, lower: &str) -> bool {
        self.surnames.contains(lower) || self.is_always_capital(lower)
    }

    /// Whether a family name is an ordinary word with a capital wherever it stands.
    pub(super) fn is_always_capital(&self, lower: &str) -> bool {
        self.always_capitals.contains(lower)
    }

    /// Whether a word stands in texts without being a name.
    pub(super) fn is_ordinary(&self, lower: &str) -> bool {
        self.ordinary.contains(lower) || self.may_begin(lower)
    }

    /// Whether a word can be a title on its own, whatever a site declares.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word.trim_end_matches('.'))
    }

    /// What a title in lower case may mean: itself, that of one of several people, what it is short for.
    pub(super) fn readings(&self, title: &str) -> Vec<String> {
        let (before, last) = title.split_at(title.rfind(' ').map_or(0, |at| at + 1));
        let mut words: Vec<String> = vec![last.to_owned()];
        words.extend(self.singulars(last));
        let long = words.iter().filter_map(|word| self.abbreviated.get(word.as_str()));
        let long: Vec<String> = long.flatten().map(|word| word.to_string()).collect();
        words.extend(long);
        words.into_iter().map(|word| format!("{before}{word}")).collect()
    }

    /// Whether a word in lower case is the title of several people.
    pub(super) fn is_plural_title(&self, word: &str) -> bool {
        let is_one = |one: &String| self.is_title(one) || self.abbreviated.contains_key(&**one);
        self.plurals.contains_key(word) || self.singulars(word).iter().any(is_one)
    }

    /// Whether a title is one that holders of other posts have beside theirs.
    pub(super) fn is_common_title(&self, title: &str) -> bool {
        self.common_titles.contains(title)
    }

    /// Whether a word before a title makes it a lesser one.
    pub(super) fn is_lesser(&self, word: &str) -> bool {
        self.lesser.contains(word)
    }

    /// Whether a word in lower case joins the last name of several to those before it.
    pub(super) fn is_conjunction(&self, word: &str) -> bool {
        word == "&" || self.conjunctions.contains(word)
    }

    /// Whether a word is short for a title: `sen`, and not `congressman` for `representative`.
    fn is_abbreviated_title(&self, word: &str) -> bool {
        word.chars().nth(4).is_none() && self.abbreviated.contains_key(word)
    }

    /// What a word is the plural of, if it is one.
    fn singulars(&self, word: &str) -> Vec<String> {
        let mut found: Vec<String> =
            self.plurals.get(word).map(|one| one.to_string()).into_iter().collect();
        if self.has_plural_s
            && word.len() > 3
            && let Some(one) = word.strip_suffix('s')
        {
            found.push(one.to_owned());
            found.extend(one.strip_suffix('e').map(str::to_owned));
            found.extend(one.strip_suffix("ie").map(|stem| format!("{stem}y")));
        }
        found
    }

    /// Whether a word begins a title that the words after it go on.
    pub(super) fn begins_title(&self, word: &str) -> bool {
        self.before_titles.contains(word)
    }

    /// Whether a word is the title of an office, which its holder has and others do not.
    pub(super) fn is_office(&self, word: &str) -> bool {
        self.offices.contains(word)
    }

    /// Whether a full stop behind a word in lower case belongs to it: an initial, an abbreviation, a short title.
    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        let short_title = |word: &str| {
            self.is_title(word) && !self.is_office(word) && word.chars().nth(4).is_none()
        };
        sentences::are_initials(word)
            || sentences::is_abbreviated(word)
            || self.short_titles.values().any(|short| **short == *word)
            || self.is_abbreviated_title(word)
            || word.strip_suffix('s').is_some_and(|word| self.is_abbreviated_title(word))
            || short_title(word)
    }

    /// The short form of a title that is also a given name somewhere, in lower case.
    pub(super) fn short_form(&self, title: &str) -> Option<&str> {
        self.short_titles.get(title).map(|short| &**short)
    }
}

impl Lexicon {
    /// Whether titles stand behind names.
    pub(super) fn has_titles_after(&self) -> bool {
        !self.titles_after.is_empty()
    }

    /// What follows a name, where its title would begin.
    pub(super) fn behind_name<'t>(&self, text: &'t str) -> &'t str {
        let spaced = self.spaced.then(|| text.strip_prefix(' ')).flatten();
        spaced.unwrap_or(text)
    }

    /// Whether a short name of a script without spaces may begin behind a text.
    pub(super) fn may_stand_before(&self, text: &str) -> bool {
        self.before_names.iter().any(|word| text.ends_with(&**word))
    }

    /// Whether a short name of a script without spaces ends before a text: a title or a particle follows.
    pub(super) fn may_stand_behind(&self, text: &str) -> bool {
        let particle = |text: &str| self.after_names.iter().any(|word| text.starts_with(&**word));
        if !self.spaced {
            return self.is_before_title(text) || particle(text);
        }
        let word = &text[..text.find(|c| !is_cjk(c)).unwrap_or(text.len())];
        let particle = |rest: &str| self.after_names.iter().any(|particle| **particle == *rest);
        let title = |title: &str| word.strip_prefix(title);
        particle(word)
            || self
                .titles_after
                .iter()
                .filter_map(|name| title(name))
                .any(|rest| rest.is_empty() || particle(rest))
    }

    /// Whether a text begins with a title that stands behind names.
    pub(super) fn is_before_title(&self, text: &str) -> bool {
        self.titles_after.iter().any(|title| text.starts_with(&**title))
    }

    /// Whether words have spaces although names are found without.
    pub(super) fn is_spaced(&self) -> bool {
        self.spaced
    }

    /// Whether letters are written before a name of so many in one word with it.
    pub(super) fn is_prefix(&self, letters: &str, length: usize) -> bool {
        // With fewer letters it may be the beginning of another word.
        let enough = if letters == "و" { 3 } else { 4 };
        length >= enough && self.prefixes.contains(letters)
    }

    /// Whether letters are written behind a name in one word with it.
    pub(super) fn is_ending(&self, letters: &str) -> bool {
        self.endings.contains(letters)
    }

    /// Whether names stand in words that have more letters.
    pub(super) fn has_affixes(&self) -> bool {
        !self.prefixes.is_empty() || !self.endings.is_empty()
    }

    /// Shows a word of a text without what may be written before and behind a name.
    pub(super) fn stems(&self, word: &str, each: &mut dyn FnMut(&str)) {
        self.prefixes.iter().filter_map(|prefix| word.strip_prefix(&**prefix)).for_each(&mut *each);
        self.endings.iter().filter_map(|ending| word.strip_suffix(&**ending)).for_each(each);
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
