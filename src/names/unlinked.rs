//! Names that stand on a page more than once and are no player's.

use std::collections::BTreeMap;

use crate::content::document::Document;

use super::lexicon::is_small;
use super::matcher;
use super::matching::Matching;
use super::prose::{Block, page_blocks};
use super::tokens::{Token, tokens};

/// How often a name of one word has to stand on a page: a lone capital says less than two.
const LONE: usize = 3;

/// How often a name of several words has to stand on a page.
const SEVERAL: usize = 2;

/// Capitalised names that stand on a page more than once and are no player's, most often first. Words that begin a
/// sentence count only with a capital behind them.
pub fn unlinked(document: &Document, matching: Matching<'_>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    page_blocks(document, &mut |_, block| {
        count(matching, block, &mut counts);
    });
    let several = |name: &str| name.contains(' ');
    let mut found: Vec<(String, usize)> = counts
        .into_iter()
        .filter(|(name, count)| *count >= if several(name) { SEVERAL } else { LONE })
        .collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}

/// The people that a page seems to name and that are no players, in alphabetical order: names of two or three words, none of
/// which is one of bodies, places and days. None where every noun has a capital.
pub fn people(document: &Document, matching: Matching<'_>) -> Vec<String> {
    let lexicon = matching.lexicon;
    if lexicon.nouns_have_capitals() {
        return Vec::new();
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    page_blocks(document, &mut |_, block| {
        count(matching, block, &mut counts);
    });
    let is_part = |word: &str| {
        let lower = word.to_lowercase();
        let is_other = lexicon.is_ordinary(&lower)
            || lexicon.is_thing(&lower)
            || lexicon.is_body(&lower)
            || lexicon.is_title(&lower)
            || lexicon.begins_title(&lower)
            || lexicon.is_always_capital(&lower)
            || lexicon.is_before_thing(word)
            || lexicon.is_head(word);
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(|c| c.is_lowercase() || matches!(c, '-' | '\''))
            && !is_other
    };
    let is_person =
        |name: &String| (2..=3).contains(&name.split(' ').count()) && name.split(' ').all(is_part);
    counts.into_keys().filter(is_person).collect()
}

fn count(matching: Matching<'_>, block: &Block<'_>, counts: &mut BTreeMap<String, usize>) {
    let spans = matcher::spans(matching, &block.folded, &mut |_, _| ());
    let tokens = tokens(&block.folded);
    let is_taken = |token: &Token<'_>| {
        // They are in order, and none is in another.
        let after = spans.partition_point(|span| span.end <= token.start);
        spans.get(after).is_some_and(|span| span.start < token.end)
    };
    let mut begins = true;
    let mut at = 0;
    while at < tokens.len() {
        let first = &tokens[at];
        let mut end = at;
        // Small words join capitals: Bank of England. They neither begin a name nor end it.
        for (next, token) in tokens.iter().enumerate().skip(at) {
            if is_taken(token) || !(token.capital || is_small(token.word)) {
                break;
            }
            if token.capital {
                end = next + 1;
            }
            if token.ends || token.stop {
                break;
            }
        }
        let sentence = begins;
        if end <= at || !first.capital {
            begins = first.ends || first.stop;
            at += 1;
            continue;
        }
        let mut name = &tokens[at..end];
        if sentence && matching.lexicon.may_begin(first.word) {
            name = &name[1..];
        }
        let (lone, nouns) = (name.len() == 1, matching.lexicon.nouns_have_capitals());
        if let (Some(from), Some(to)) = (name.first(), name.last())
            && !(lone
                && (nouns
                    || sentence
                    || matching.lexicon.is_ordinary(from.word)
                    || matching.lexicon.is_always_capital(from.word)
                    || matching.registry.is_nation(from.word)
                    || from.word.len() < 2))
        {
            let written = block.folded.cased()[from.start..to.end].to_owned();
            *counts.entry(written).or_default() += 1;
        }
        begins = tokens[end - 1].ends || tokens[end - 1].stop;
        at = end;
    }
}
