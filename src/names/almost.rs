//! Names that are almost right: reported, never linked, never rewritten by themselves.
//!
//! | rule | what is written |
//! |---|---|
//! | N1 | a name of several words with a slip in one of them |
//! | N2 | its words in another order |
//! | N3 | a title for the given name (General Nakatani for Gen Nakatani), or one that the player does not hold |
//! | N5 | a lone name of seven letters or more with one slip, of a player established on the page |
//!
//! N4, a name in another case, is found by the matcher.

use rustc_hash::FxHashSet;

use crate::base::{NearMissRule, work};

use super::lexicon::{Lexicon, is_small};
use super::matcher::FormSpan;
use super::matching::Matching;
use super::near::{LONGEST, NearIndex, NearName, Odd, is_long, rest};
use super::odd::{is_other_form, is_slip};
use super::registry::{PlayerIx, Registry};
use super::slips::{LoneNames, Slips};
use super::tokens::Token;

/// Of so many players of one name it is asked whether they hold a title.
const NAMESAKES: usize = 64;

/// A near miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NearMiss {
    pub(super) rule: NearMissRule,
    /// Its place in the folded text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The player that seems to be meant.
    pub(super) player: PlayerIx,
    /// What to write.
    pub(super) right: String,
}

impl NearIndex {
    /// Whether some words are almost one of its names.
    pub(super) fn has_near(&self, tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
        let (registry, accepted) = (Registry::default(), FxHashSet::default());
        let look = |tokens: &[Token<'_>]| {
            let look = Look {
                registry: &registry,
                lexicon,
                index: self,
                tokens,
                spans: &[],
                accepted: &accepted,
            };
            let mut found = Vec::new();
            (0..tokens.len()).any(|at| {
                look.names(at, &mut found);
                !found.is_empty()
            })
        };
        look(tokens) || without_elisions(tokens, lexicon, self).is_some_and(|tokens| look(&tokens))
            // A word of a name that came or went is read in another way.
            || tokens.iter().any(|token| {
                self.by_word.contains_key(token.word)
                    && lexicon.without_elision(token.word).is_some()
            })
    }
}

/// The near misses of a block. `tokens` are its words, `spans` the forms that stand in it.
pub(super) fn misses(
    matching: Matching<'_>,
    tokens: &[Token<'_>],
    spans: &[FormSpan],
    established: &dyn Fn(PlayerIx) -> bool,
    accepted: &FxHashSet<String>,
) -> Vec<NearMiss> {
    let Matching { registry, lexicon } = matching;
    let index = &registry.near;
    if index.names.is_empty() && index.families.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<NearMiss> = Vec::new();
    let look = Look { registry, lexicon, index, tokens, spans, accepted };
    for at in 0..tokens.len() {
        look.names(at, &mut found);
        look.titles(at, established, &mut found);
    }
    if let Some(tokens) = without_elisions(tokens, lexicon, index) {
        let look = Look { tokens: &tokens, ..look };
        (0..tokens.len()).for_each(|at| look.names(at, &mut found));
    }
    found.sort_by_key(|miss| (miss.start, miss.rule, miss.end, miss.player));
    found.dedup_by(|later, first| later.start < first.end);
    found
}

/// The words of a text in which some lost their vowel before others, without those; none if none did. What stands in a
/// name so stays as it is: Côte d'Ivoire.
fn without_elisions<'t>(
    tokens: &[Token<'t>],
    lexicon: &Lexicon,
    index: &NearIndex,
) -> Option<Vec<Token<'t>>> {
    let bare = |token: &Token<'t>| {
        let bare = lexicon.without_elision(token.word)?;
        (!index.by_word.contains_key(token.word)).then_some(bare)
    };
    if !lexicon.has_elisions() || tokens.iter().all(|token| bare(token).is_none()) {
        return None;
    }
    Some(tokens.iter().map(|token| bare(token).map_or(*token, |word| token.ending(word))).collect())
}

struct Look<'a> {
    registry: &'a Registry,
    lexicon: &'a Lexicon,
    index: &'a NearIndex,
    tokens: &'a [Token<'a>],
    spans: &'a [FormSpan],
    accepted: &'a FxHashSet<String>,
}

impl Look<'_> {
    /// Names of several words that the word at a place may be one of.
    fn names(&self, at: usize, found: &mut Vec<NearMiss>) {
        if self.index.words.may_have(self.tokens[at].key) {
            self.typos(at, found);
            self.order(at, found);
        }
    }

    /// N1: names that share the word at a place, and all others but one.
    fn typos(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        let Some(places) = self.index.by_word.get(token.word) else { return };
        for (length, place) in places {
            let (length, place) = (usize::from(*length), usize::from(*place));
            let Some(window) = at.checked_sub(place).and_then(|from| self.window(from, length))
            else {
                continue;
            };
            // Most windows that share a word with a name are that name.
            if window.iter().any(|token| token.capital) && !self.is_known(window) {
                for odd in (0..length).filter(|odd| *odd != place) {
                    self.slips(window, place, odd, found);
                }
            }
        }
    }

    /// Names that a window would be, were it not for one word. `place` is a word that is right.
    fn slips(&self, window: &[Token<'_>], place: usize, odd: usize, found: &mut Vec<NearMiss>) {
        // The first word that tells counts, so that a name is looked at once.
        let tells = |at: &usize| *at != odd && !is_small(window[*at].word);
        let written = window[odd].word;
        if (0..place).any(|at| tells(&at)) || written.len() < 4 {
            return;
        }
        let key = rest(window.iter().map(|token| token.word), odd);
        let Some(names) = self.index.by_rest.get(&key) else { return };
        let own = Odd::of(0, written);
        let few;
        let names = match names.len() > Slips::FROM {
            true => {
                few = self.index.slips.near(key, written);
                &few
            }
            false => names,
        };
        for near in names.iter().filter(|near| near.may_be(own)) {
            work::step(1);
            let name = &self.index.names[near.name as usize];
            // Keys are short: two names may share one.
            let same = |at: usize| at == odd || *window[at].word == *name.words[at];
            let right = &name.words[odd.min(name.words.len() - 1)];
            if !self.is_same(written, right)
                && name.words.len() == window.len()
                && (0..window.len()).all(same)
                && is_slip(written, right)
                && !is_other_form(written, right)
                && self.is_one_sentence(window, Some(name))
            {
                found.push(self.miss(NearMissRule::Typo, window, name.player, &name.written));
            }
        }
    }

    /// N2: the same words in another order.
    fn order(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        if !token.capital || !self.index.by_word.contains_key(token.word) {
            return;
        }
        for length in 2..=LONGEST {
            let Some(window) = self.window(at, length) else { return };
            let last = &window[length - 1];
            if !self.index.by_word.contains_key(last.word) && !is_small(last.word) {
                return;
            }
            if window.iter().any(|token| !token.capital && !is_small(token.word)) {
                return;
            }
            let mut set: Vec<&str> = window.iter().map(|token| token.word).collect();
            set.sort_unstable();
            let Some(names) = self.index.by_set.get(set.join(" ").as_str()) else { continue };
            if self.is_known(window) {
                continue;
            }
            let mut names = names.iter().map(|name| &self.index.names[*name as usize]);
            if let Some(name) = names.find(|name| self.is_one_sentence(window, Some(name))) {
                found.push(self.miss(NearMissRule::Order, window, name.player, &name.written));
            }
        }
    }

    /// N3: a title where the given name belongs, or one that the player does not hold.
    fn titles(&self, at: usize, established: &dyn Fn(PlayerIx) -> bool, found: &mut Vec<NearMiss>) {
        if !self.tokens[at].capital {
            return;
        }
        let Some(window) = self.window(at, 2) else { return };
        let (title, family) = (&window[0], &window[1]);
        if !family.capital {
            return;
        }
        let Some(players) = self.index.families.get(family.word) else { return };
        if self.is_known(window) && !title.stop || !self.is_one_sentence(window, None) {
            return;
        }
        let short = self.lexicon.short_form(title.word);
        let read_as_title = title.stop.then_some(title.word);
        let mut meant = [short, read_as_title].into_iter().flatten().filter_map(|given| {
            let players = self.index.namesakes.get(&(family.word.into(), given.into()))?;
            let mut players = players.iter().take(NAMESAKES);
            players.find(|player| !self.registry.player(**player).holds(title.word, None))
        });
        if let Some(player) = meant.next() {
            let name = &self.registry.player(*player).name;
            found.push(self.miss(NearMissRule::TitleForName, window, *player, name));
            return;
        }
        let [player] = players[..] else { return };
        let entry = self.registry.player(player);
        let own = entry.titles.iter().chain(entry.posts.iter().map(|post| &post.title));
        let mut own_words = own.flat_map(|title| title.split(' '));
        let holds = own_words.any(|word| {
            word == title.word
                || self.lexicon.short_form(word) == Some(title.word)
                || self.lexicon.short_form(title.word) == Some(word)
        });
        let has_titles = !entry.titles.is_empty() || !entry.posts.is_empty();
        if established(player)
            && has_titles
            && self.lexicon.is_office(title.word)
            && !holds
            && !entry.holds_any(&self.lexicon.readings(title.word), None, self.lexicon)
            && !self.is_known(window)
        {
            found.push(self.miss(NearMissRule::Title, window, player, &entry.name));
        }
    }

    /// Whether two words are the same but for one that lost its vowel before them.
    fn is_same(&self, written: &str, right: &str) -> bool {
        let bare = |word| self.lexicon.without_elision(word).unwrap_or(word);
        written == right || bare(written) == bare(right)
    }

    fn window(&self, from: usize, length: usize) -> Option<&[Token<'_>]> {
        let window = self.tokens.get(from..from + length)?;
        let whole = window[..length - 1].iter().all(|token| !token.ends);
        whole.then_some(window)
    }

    /// Whether no sentence ends between the words of a window. A full stop that stands in the name that seems to be meant
    /// ends none.
    fn is_one_sentence(&self, window: &[Token<'_>], name: Option<&NearName>) -> bool {
        window.windows(2).all(|two| {
            let [word, next] = [&two[0], &two[1]];
            !word.stop
                || next.word.starts_with(char::is_lowercase) && !next.capital
                || self.lexicon.is_abbreviation(word.word)
                || name.is_some_and(|name| name.has_stop(word.word))
        })
    }

    /// Whether a window is a form itself, stands in a longer one, or is accepted.
    fn is_known(&self, window: &[Token<'_>]) -> bool {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        let words: Vec<&str> = window.iter().map(|token| token.word).collect();
        let words = words.join(" ");
        self.index.known.contains(words.as_str())
            || self.accepted.contains(&words)
            || self.around(start).is_some_and(|span| {
                let form = &self.registry.forms[span.form];
                end <= span.end && (form.phrase || form.never)
            })
    }

    /// The form that may stand around a place: they are in order, and none is in another.
    fn around(&self, start: usize) -> Option<&FormSpan> {
        let after = self.spans.partition_point(|span| span.start <= start);
        self.spans.get(after.checked_sub(1)?)
    }

    fn miss(
        &self,
        rule: NearMissRule,
        window: &[Token<'_>],
        player: PlayerIx,
        right: &str,
    ) -> NearMiss {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        NearMiss { rule, start, end, player, right: right.into() }
    }
}

/// N5: the lone name of an established player that a word is almost.
pub(super) fn lone(
    registry: &Registry,
    players: &LoneNames,
    token: &Token<'_>,
    accepted: &FxHashSet<String>,
) -> Option<(PlayerIx, String)> {
    let word = token.word;
    if !token.capital || !is_long(word) {
        return None;
    }
    let near = |player: PlayerIx| {
        work::step(1);
        let mut lone = registry.player(player).lone.iter();
        let found = lone.find(|(right, _)| {
            Odd::of(0, word).may_be(Odd::of(0, right))
                && strsim::osa_distance(word, right) == 1
                && !is_other_form(word, right)
        });
        found.map(|(_, written)| (player, written.to_string()))
    };
    let found = players.near(word).filter_map(near).min()?;
    (!registry.near.known.contains(word) && !accepted.contains(word)).then_some(found)
}
