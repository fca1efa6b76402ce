//! Which names stand in a block, before anything is asked about the page.
//!
//! All forms are looked for in one pass, overlapping ones too: a longer form that turns out to stand inside a word must
//! not hide a shorter one. Of those that stand by their boundaries and their case, the leftmost and longest win.

use std::ops::Range;

use crate::base::work;

use super::around::begins_sentence;
use super::fold::{BARRIER, Folded, is_cjk, is_word};
use super::lexicon::Lexicon;
use super::matching::Matching;
use super::registry::{Candidate, Form, Registry, Strength};

/// A form that stands in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its place in the registry.
    pub(super) form: usize,
}

/// Why a form does not stand where its letters do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// A letter or digit stands beside it.
    Inside,
    /// It is joined by a hyphen to what is no name.
    Compound,
    /// It is a part of an address, a path or a tag.
    Address,
    /// Its letters have another case.
    Case,
    /// A short form in a script without spaces, beside another character of one.
    Dense,
    /// A longer name stands there.
    Longer,
}

/// How a candidate's form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// As declared.
    Exact,
    /// A name of several words, some of them in capitals: typography.
    Capitals,
    /// A name of several words in another case.
    Case,
    /// The same, and no word has the capital that it is declared with.
    Small,
}

/// The forms that stand in a block, in order. `missed` gets each form whose letters stand there and that does not count.
pub(super) fn spans(
    matching: Matching<'_>,
    text: &Folded,
    missed: &mut dyn FnMut(FormSpan, Miss),
) -> Vec<FormSpan> {
    let registry = matching.registry;
    let Some(automaton) = &registry.automaton else { return Vec::new() };
    let found = automaton.find_overlapping_iter(text.lower());
    let hits: Vec<FormSpan> = found
        .map(|hit| FormSpan { start: hit.start(), end: hit.end(), form: hit.pattern().as_usize() })
        .collect();
    if hits.is_empty() {
        return Vec::new();
    }
    let mut standing: Vec<FormSpan> = Vec::new();
    let mut around = Around {
        text: text.cased(),
        word: 0..0,
        is_address: false,
        hits: &hits,
        starts: Vec::new(),
    };
    work::step(hits.len());
    for hit in &hits {
        match stands(matching, text, *hit, &mut around) {
            Ok(()) => standing.push(*hit),
            // In another case and inside a word, no reader takes it for the name.
            Err(Miss::Inside) if !is_as_declared(registry, text, hit) => {}
            Err(miss) => missed(*hit, miss),
        }
    }
    standing.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut consumed = 0;
    standing.retain(|span| {
        let free = span.start >= consumed;
        if free {
            consumed = span.end;
        } else {
            missed(*span, Miss::Longer);
        }
        free
    });
    standing
}

/// How a candidate is written in a span; none if its case is wrong.
pub(super) fn fit(form: &Form, candidate: &Candidate, written: &str) -> Option<Fit> {
    if *candidate.cased == *written {
        return Some(Fit::Exact);
    }
    if !form.phrase || candidate.strength != Strength::Strong {
        return None;
    }
    let words = || written.split(' ').zip(candidate.cased.split(' '));
    let is_same =
        |(written, own): (&str, &str)| written == own || !written.contains(char::is_lowercase);
    if words().all(is_same) {
        return Some(Fit::Capitals);
    }
    let keeps = |(written, own): (&str, &str)| begins_capital(written) && begins_capital(own);
    Some(if words().any(keeps) { Fit::Case } else { Fit::Small })
}

fn begins_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a name in another case than declared is one: `marco Rubio` is, `the second bill Frost wrote` and `better postal
/// service` are ordinary words.
fn is_meant(matching: Matching<'_>, text: &Folded, hit: FormSpan, candidate: &Candidate) -> bool {
    let Matching { registry, lexicon } = matching;
    let form = &registry.forms[hit.form];
    let written = &text.cased()[hit.start..hit.end];
    let Some(fit) = fit(form, candidate, written) else { return false };
    if fit < Fit::Case {
        return true;
    }
    let words = || written.split(' ').zip(candidate.cased.split(' '));
    let lowered = |(written, own): &(&str, &str)| begins_capital(own) && !begins_capital(written);
    let is_ordinary = |(written, _): (&str, &str)| lexicon.is_ordinary(written);
    if registry.player(candidate.player).is_person {
        return !words().filter(lowered).any(is_ordinary);
    }
    // Bodies and countries are called by ordinary words: a capital has to tell, and not that of the sentence.
    let first = written.split(' ').next().unwrap_or_default();
    let begins = begins_sentence(lexicon, text.cased(), hit.start);
    let told = words().skip(usize::from(begins)).any(|(written, _)| begins_capital(written));
    let is_lowered = words().any(|pair| lowered(&pair));
    fit == Fit::Case
        && (!is_lowered || told && (begins_capital(first) || !lexicon.is_ordinary(first)))
}

fn stands(
    matching: Matching<'_>,
    text: &Folded,
    hit: FormSpan,
    around: &mut Around<'_>,
) -> Result<(), Miss> {
    let Matching { registry, lexicon } = matching;
    let form = &registry.forms[hit.form];
    let cased = text.cased();
    let before = cased[..hit.start].chars().next_back();
    let after = cased[hit.end..].chars().next();
    if let Some(length) = form.dense {
        if length <= 2 && !is_apart(lexicon, length, &cased[..hit.start], &cased[hit.end..]) {
            return Err(Miss::Dense);
        }
    } else {
        let written = &cased[hit.start..hit.end];
        if before.is_some_and(is_word) && !is_prefixed(lexicon, &cased[..hit.start], written)
            || after.is_some_and(is_word) && !is_inflected(lexicon, written, &cased[hit.end..])
        {
            return Err(Miss::Inside);
        }
        if around.is_address(&hit) {
            return Err(Miss::Address);
        }
        // A hyphen with a space on its other side joins nothing: `pre- and post-war`, `Hale- R-Ga.`.
        let ends = |c: char| c == ' ';
        if before == Some('-')
            && !cased[..hit.start - 1].ends_with(ends)
            && !joined(registry, text, around.ending(hit.start - 1))
        {
            return Err(Miss::Compound);
        }
        if after == Some('-')
            && !cased[hit.end + 1..].starts_with(ends)
            && !joined(registry, text, around.starting(hit.end + 1))
        {
            return Err(Miss::Compound);
        }
    }
    let fits = form.never
        || form.candidates.iter().any(|candidate| is_meant(matching, text, hit, candidate));
    if fits { Ok(()) } else { Err(Miss::Case) }
}

/// Whether a short name of a script without spaces stands by itself: no character of one beside it, or what begins and
/// ends words.
fn is_apart(lexicon: &Lexicon, length: usize, before: &str, after: &str) -> bool {
    if before.ends_with(is_cjk) && !lexicon.may_stand_before(before) {
        return false;
    }
    match (after.starts_with(is_cjk), length) {
        (true, 1) => lexicon.is_before_title(after),
        (true, _) => lexicon.may_stand_behind(after),
        // A family name of one character is a word as well: 이.
        (false, 1) if lexicon.is_spaced() => lexicon.is_before_title(lexicon.behind_name(after)),
        (false, _) => true,
    }
}

/// Whether a name is written in one word with what stands before it.
fn is_prefixed(lexicon: &Lexicon, before: &str, written: &str) -> bool {
    let letters = &before[before.trim_end_matches(is_word).len()..];
    lexicon.has_affixes() && lexicon.is_prefix(letters, written.chars().count())
}

/// Whether a name is written in one word with its ending. An abbreviation has none.
fn is_inflected(lexicon: &Lexicon, written: &str, after: &str) -> bool {
    let letters = &after[..after.len() - after.trim_start_matches(is_word).len()];
    lexicon.has_affixes() && written.ends_with(char::is_lowercase) && lexicon.is_ending(letters)
}

/// Whether what stands on the other side of a hyphen is a name itself.
fn joined<'h>(
    registry: &Registry,
    text: &Folded,
    other_side: impl Iterator<Item = &'h FormSpan>,
) -> bool {
    let whole = |other: &&FormSpan| {
        work::step(1);
        let (before, after) = (&text.cased()[..other.start], &text.cased()[other.end..]);
        !before.ends_with(is_word) && !after.starts_with(is_word)
    };
    let declared = |other: &FormSpan| is_as_declared(registry, text, other);
    other_side.filter(whole).any(declared)
}

/// Whether a form is written in a case that its player declares.
fn is_as_declared(registry: &Registry, text: &Folded, hit: &FormSpan) -> bool {
    let form = &registry.forms[hit.form];
    let written = &text.cased()[hit.start..hit.end];
    form.candidates.iter().any(|candidate| fit(form, candidate, written) == Some(Fit::Exact))
}

/// What stands around the hits of a text, which are looked at in the order of their ends.
struct Around<'a> {
    text: &'a str,
    /// The part between spaces that the last hit stood in: a text of a megabyte may have no space.
    word: Range<usize>,
    /// Whether that has what addresses have.
    is_address: bool,
    hits: &'a [FormSpan],
    /// The hits by where they start; made when one is asked for.
    starts: Vec<usize>,
}

impl<'a> Around<'a> {
    /// The hits that end at an offset.
    fn ending(&self, end: usize) -> impl Iterator<Item = &'a FormSpan> {
        let from = self.hits.partition_point(|hit| hit.end < end);
        self.hits[from..].iter().take_while(move |hit| hit.end == end)
    }

    /// The hits that start at an offset.
    fn starting(&mut self, start: usize) -> impl Iterator<Item = &'a FormSpan> {
        if self.starts.is_empty() {
            self.starts = (0..self.hits.len()).collect();
            self.starts.sort_by_key(|at| self.hits[*at].start);
        }
        let hits = self.hits;
        let from = self.starts.partition_point(|at| hits[*at].start < start);
        let same = self.starts[from..].iter().map(move |at| &hits[*at]);
        same.take_while(move |hit| hit.start == start)
    }

    /// Whether the word around a span is an address, a path of the web, or a tag.
    fn is_address(&mut self, hit: &FormSpan) -> bool {
        let text = self.text;
        let bytes = text.as_bytes();
        if bytes.get(hit.end) == Some(&b'.')
            && text[hit.end + 1..].starts_with(|c: char| c.is_alphanumeric())
        {
            return true;
        }
        let ends = |c: char| c == ' ' || c == BARRIER;
        if !(self.word.start <= hit.start && hit.end <= self.word.end) {
            let from = floor(text, hit.start.saturating_sub(ADDRESS));
            let to = floor(text, hit.end + ADDRESS);
            let start = text[from..hit.start].char_indices().rev().find(|(_, c)| ends(*c));
            let start = start.map_or(from, |(at, c)| from + at + c.len_utf8());
            let end = text[hit.end..to].find(ends).map_or(to, |at| hit.end + at);
            let word = &text[start..end];
            work::step(word.len() / 16);
            self.is_address = word.contains("://") || word.contains('@');
            self.word = start..end;
        }
        let word = &text[self.word.clone()];
        if word.len() == hit.end - hit.start {
            return false;
        }
        let before = &text[self.word.start..hit.start];
        self.is_address
            || before.ends_with('#')
            || before.starts_with("www.")
            || before.ends_with('.') && before.trim_end_matches('.').ends_with(is_word)
    }
}

/// So many bytes on each side of a name are a part of its address, if there is no space: no address is longer.
const ADDRESS: usize = 512;

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
