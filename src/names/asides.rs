//! What readers see of a page although no name links there: titles, headings, quotations, the texts of links.
//!
//! Slips and names in another case are reported there as in prose. A player that is named there is not mentioned.

use rustc_hash::FxHashSet;

use crate::base::NearMissRule;
use crate::content::document::{Document, Text};
use crate::content::prose::{Label, LabelKind};

use super::almost::{self, NearMiss};
use super::fold::Folded;
use super::link::Accepted;
use super::linked::{Finding, FindingKind};
use super::matcher::{self, Fit, FormSpan};
use super::matching::Matching;
use super::prose::{Block, blocks};
use super::registry::{PlayerIx, Strength};
use super::tokens::{Token, tokens};
use super::vocabulary::WordFilterBuilder;
use super::written::{ends, source};

/// A text in which no name links.
pub(super) struct Aside<'a, 'b> {
    pub(super) block: &'b Block<'a>,
    kind: LabelKind,
    of: AsideOf<'a, 'b>,
    /// Its number among the texts of the page.
    number: u32,
}

/// What an aside is a part of.
enum AsideOf<'a, 'b> {
    Text(&'b Text<'a>),
    /// A label, as it is written.
    Label(&'b str),
}

/// Shows every such text of a page.
pub(super) fn page_asides<'a>(document: &'a Document, visit: &mut dyn FnMut(&Aside<'a, '_>)) {
    let mut block = Block::default();
    document.body.texts(&document.summary, &mut |text| {
        let steps = document.prose.asides(text.number);
        blocks(&mut block, text.markup, steps, None, &mut 0, &mut |block| {
            let kind = if block.scope > 0 { LabelKind::Headline } else { LabelKind::Words };
            visit(&Aside { block, kind, of: AsideOf::Text(&text), number: text.number });
        });
    });
    visit_labels(document.prose.labels(), visit);
}

/// Shows labels with their numbers.
fn visit_labels<'a>(
    labels: impl Iterator<Item = (u32, &'a Label)>,
    visit: &mut dyn FnMut(&Aside<'a, '_>),
) {
    for (number, label) in labels {
        let mut block = Block::default();
        block.folded.push(0, 0, &label.text);
        block.folded.finish();
        let of = AsideOf::Label(&label.text);
        visit(&Aside { block: &block, kind: label.kind, of, number });
    }
}

/// The problems of the names in those texts. `words` takes up their words.
pub(super) fn findings(
    document: &Document,
    matching: Matching<'_>,
    established: &dyn Fn(PlayerIx) -> bool,
    accepted: &Accepted,
    words: &mut Option<WordFilterBuilder>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    page_asides(document, &mut |aside| {
        look(aside, matching, established, &accepted.0, words, &mut found);
    });
    found
}

/// The problems of the names in labels that stand on no page of their own: those of shared figures and sources.
pub fn label_findings<'l>(
    labels: impl Iterator<Item = (u32, &'l Label)>,
    matching: Matching<'_>,
    accepted: &Accepted,
) -> Vec<Finding> {
    let mut found = Vec::new();
    visit_labels(labels, &mut |aside| {
        look(aside, matching, &|_| false, &accepted.0, &mut None, &mut found);
    });
    found
}

/// Adds the problems of the names in one text.
fn look(
    aside: &Aside<'_, '_>,
    matching: Matching<'_>,
    established: &dyn Fn(PlayerIx) -> bool,
    accepted: &FxHashSet<String>,
    words: &mut Option<WordFilterBuilder>,
    found: &mut Vec<Finding>,
) {
    let Matching { registry, lexicon } = matching;
    let text = &aside.block.folded;
    let tokens = tokens(text);
    if let Some(words) = words {
        words.add(&tokens, lexicon);
    }
    let spans = match registry.longest.any(&tokens, lexicon) {
        true => matcher::spans(matching, text, &mut |_, _| ()),
        false => Vec::new(),
    };
    let misses = almost::misses(matching, text, &tokens, &spans, established, accepted);
    found.extend(misses.into_iter().map(|miss| {
        let NearMiss { rule, start, end, player, right } = miss;
        // The publisher may have printed the title so.
        let rule = match aside.kind {
            LabelKind::Quoted => NearMissRule::Quoted,
            LabelKind::Headline | LabelKind::Words => rule,
        };
        let player = registry.player(player).id.clone();
        aside.finding(start, end, FindingKind::Near { rule, player, right })
    }));
    if aside.kind != LabelKind::Quoted {
        let cases = spans.iter().filter_map(|span| aside.case(matching, span));
        found.extend(cases);
    }
    if aside.kind == LabelKind::Headline {
        let lowered = lowered(matching, &tokens, text, established);
        found.extend(lowered.map(|(token, right)| {
            let right = right.into();
            aside.finding(token.start, token.end, FindingKind::Case { right })
        }));
    }
}

impl Aside<'_, '_> {
    fn finding(&self, start: usize, end: usize, what: FindingKind) -> Finding {
        let written = self.block.folded.cased()[start..end].to_owned();
        let (first, last) = ends(self.block, start, end);
        let source = match self.of {
            AsideOf::Text(text) => source(text, self.block, first, last),
            AsideOf::Label(label) => {
                let rest = label.get(last.at as usize..).and_then(|rest| rest.chars().next());
                first.at..last.at + rest.map_or(1, char::len_utf8) as u32
            }
        };
        Finding { text: self.number, start: first, last, source, written, what }
    }

    /// The problem of a name in another case. In a headline every word may have a capital.
    fn case(&self, matching: Matching<'_>, span: &FormSpan) -> Option<Finding> {
        let form = &matching.registry.forms[span.form];
        let written = &self.block.folded.cased()[span.start..span.end];
        let strong = form.candidates.iter().filter(|found| found.strength == Strength::Strong);
        let fits = strong.filter_map(|found| Some((matcher::fit(form, found, written)?, found)));
        let (fit, candidate) = fits.min_by_key(|(fit, _)| *fit)?;
        let is_person = matching.registry.player(candidate.player).is_person;
        if !(fit == Fit::Case || fit == Fit::Small && is_person) {
            return None;
        }
        let mut words = written.split(' ').zip(candidate.cased.split(' '));
        let is_raised = |(written, own): (&str, &str)| {
            written == own || own.starts_with(char::is_lowercase) && written.to_lowercase() == *own
        };
        if self.kind == LabelKind::Headline && words.all(is_raised) {
            return None;
        }
        let right = candidate.accented.as_ref().into();
        Some(self.finding(span.start, span.end, FindingKind::Case { right }))
    }
}

/// Abbreviations in a headline that have one capital, as every word there may have: `Iiss` for `IISS`. Those that are read
/// like a word may be one, unless the page names the player.
fn lowered<'t>(
    matching: Matching<'t>,
    tokens: &'t [Token<'t>],
    text: &'t Folded,
    established: &'t dyn Fn(PlayerIx) -> bool,
) -> impl Iterator<Item = (&'t Token<'t>, &'t str)> {
    let Matching { registry, lexicon } = matching;
    let begins_phrase = |at: usize| {
        let next = tokens.get(at + 1);
        at == 0
            && !tokens[at].ends
            && next.is_some_and(|next| next.capital && !lexicon.may_begin(next.word))
    };
    tokens.iter().enumerate().filter_map(move |(at, token)| {
        let (player, right) = registry.near.abbreviations.get(token.word)?;
        let written = &text.cased()[token.start..token.end];
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        let is_lowered = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some()
            && letters.all(char::is_lowercase)
            && written.contains(char::is_lowercase);
        let is_clear = match lexicon.is_ordinary(token.word) {
            true => !lexicon.may_begin(token.word) && established(*player) && begins_phrase(at),
            false => super::misspelling::is_unspeakable(token.word) || established(*player),
        };
        (is_lowered && is_clear).then_some((token, &**right))
    })
}
