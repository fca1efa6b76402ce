//! Names that are almost right: reported, never linked, never rewritten by themselves.
//!
//! | rule | what is written |
//! |---|---|
//! | N1 | a name of several words with a slip in one of them; in a short word, or where it makes another name, it weighs less |
//! | N2 | its words in another order |
//! | N3 | a title for the given name (General Nakatani for Gen Nakatani), or one that the player does not hold |
//! | N6 | words before an abbreviation in brackets that are those it stands for but for one |
//! | N5 | a lone name of seven letters or more with one slip, of a player established on the page |
//!
//! N4, a name in another case, is found by the matcher.

use rustc_hash::FxHashSet;

use crate::base::{NearMissRule, work};
use crate::content::model::PlayerKind;

use super::fold::Folded;
use super::lexicon::{Lexicon, is_small};
use super::matcher::FormSpan;
use super::matching::Matching;
use super::misspelling::{Slip, is_one_slip, is_other_form, slip};
use super::near::{LONGEST, NearIndex, NearName, OmittedWord, is_long, rest};
use super::registry::{PlayerIx, Registry, Strength};
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
    /// Whether some words are almost one of its names, but for one that `concerns` the caller. Nothing of other names is
    /// known here: what they would excuse is near.
    pub(super) fn has_near(
        &self,
        tokens: &[Token<'_>],
        lexicon: &Lexicon,
        concerns: &dyn Fn(&str) -> bool,
    ) -> bool {
        let (registry, accepted) = (Registry::default(), FxHashSet::default());
        let look = |tokens: &[Token<'_>]| {
            let look = Look {
                registry: &registry,
                lexicon,
                index: self,
                tokens,
                spans: &[],
                accepted: &accepted,
                knows_others: false,
            };
            let mut found = Vec::new();
            (0..tokens.len()).any(|at| {
                found.clear();
                look.names(at, &mut found);
                let mut inside = found.iter().flat_map(|miss: &NearMiss| {
                    let first = tokens.partition_point(|token| token.start < miss.start);
                    tokens[first..].iter().take_while(|token| token.end <= miss.end)
                });
                inside.any(|token| concerns(token.word))
            })
        };
        look(tokens) || without_elisions(tokens, lexicon, self).is_some_and(|tokens| look(&tokens))
            // A word of a name that came or went is read in another way.
            || tokens.iter().any(|token| {
                self.by_word.contains_key(token.word)
                    && concerns(token.word)
                    && lexicon.without_elision(token.word).is_some()
            })
    }
}

/// The near misses of a block. `tokens` are its words, `spans` the forms that stand in it.
pub(super) fn misses(
    matching: Matching<'_>,
    text: &Folded,
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
    let look = Look { registry, lexicon, index, tokens, spans, accepted, knows_others: true };
    for (at, token) in tokens.iter().enumerate() {
        look.names(at, &mut found);
        if token.capital {
            look.titles(at, established, &mut found);
        }
    }
    if let Some(tokens) = without_elisions(tokens, lexicon, index) {
        let look = Look { tokens: &tokens, ..look };
        (0..tokens.len()).for_each(|at| look.names(at, &mut found));
    }
    look.expansions(text, &mut found);
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
    /// Whether the words of other names are known, which a slip may be.
    knows_others: bool,
}

impl Look<'_> {
    /// Names of several words that the word at a place may be one of. Few words may be: the rest is no part of the loop.
    #[inline]
    fn names(&self, at: usize, found: &mut Vec<NearMiss>) {
        if self.index.words.may_have(self.tokens[at].key) {
            self.of_word(at, found);
        }
    }

    #[inline(never)]
    fn of_word(&self, at: usize, found: &mut Vec<NearMiss>) {
        self.typos(at, found);
        self.order(at, found);
    }

    /// N1: names that share the word at a place, and all others but one.
    fn typos(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        let Some(places) = self.index.by_word.get(token.word) else { return };
        for (length, place) in places {
            let (length, place) = (usize::from(*length), usize::from(*place));
            let Some((from, window)) =
                at.checked_sub(place).and_then(|from| Some((from, self.window(from, length)?)))
            else {
                continue;
            };
            // Most windows that share a word with a name are that name.
            if window.iter().any(|token| token.capital)
                && !self.is_known(window)
                && !self.crosses_name(window)
            {
                for odd in (0..length).filter(|odd| *odd != place) {
                    self.slips(from, window, place, odd, found);
                }
            }
        }
    }

    /// Names that a window would be, were it not for one word. `place` is a word that is right.
    fn slips(
        &self,
        from: usize,
        window: &[Token<'_>],
        place: usize,
        odd: usize,
        found: &mut Vec<NearMiss>,
    ) {
        // The first word that tells counts, so that a name is looked at once.
        let tells = |at: &usize| *at != odd && !is_small(window[*at].word);
        let written = window[odd].word;
        if (0..place).any(|at| tells(&at)) || written.len() < 2 {
            return;
        }
        let key = rest(window.iter().map(|token| token.word), odd);
        let Some(names) = self.index.by_rest.get(&key) else { return };
        let own = OmittedWord::of(0, written);
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
                && let Some(slip) = slip(written, right)
                && !is_other_form(written, right, name.kind, odd + 1 == window.len())
                && let Some(rule) = self.rule_of(slip, from, window, odd, name)
                && self.is_one_sentence(window, Some(name))
            {
                found.push(self.miss(rule, window, name.player, &name.written));
            }
        }
    }

    /// Which rule a slip breaks; none if the words are hardly meant as the name. The window begins at the word `from`.
    fn rule_of(
        &self,
        slip: Slip,
        from: usize,
        window: &[Token<'_>],
        odd: usize,
        name: &NearName,
    ) -> Option<NearMissRule> {
        let written = window[odd].word;
        let others = || (0..window.len()).filter(|at| *at != odd).map(|at| &window[at]);
        let is_person = name.kind == Some(PlayerKind::Person);
        // Not a bill that Frist wrote, where a player is called Bill Frost.
        let is_word = |token: &Token<'_>| !token.capital && self.lexicon.is_ordinary(token.word);
        if is_person && others().any(is_word) {
            return None;
        }
        let is_longer = is_person && self.is_in_longer_name(from, window, odd);
        if slip == Slip::Clear {
            let right = &name.words[odd];
            // With another first letter two slips rather make the name of another.
            let is_far =
                written.chars().next() != right.chars().next() && !is_one_slip(written, right);
            let other = is_person && (is_far || self.index.words_of_people.contains(written));
            let rule =
                if other || is_longer { NearMissRule::OtherName } else { NearMissRule::Typo };
            return Some(rule);
        }
        let telling = others().filter(|token| !is_small(token.word));
        let is_clear = match is_person || name.kind.is_none() {
            // One initial is not enough.
            true => telling.map(|token| token.word.len()).sum::<usize>() > 1,
            false => telling.count() > 1,
        };
        let is_clear = is_clear
            && window.iter().all(|token| token.capital || is_small(token.word))
            && !(window[odd].stop && odd + 1 < window.len());
        let is_other = self.knows_others && self.index.words_of_names.contains(written)
            || self.lexicon.is_ordinary(written)
            || self.lexicon.is_title(written);
        let rule = if is_longer { NearMissRule::OtherName } else { NearMissRule::ShortTypo };
        (is_clear && !is_other).then_some(rule)
    }

    /// Whether the odd word stands at an end of a window, and a capital beside it goes on with another name: James Martin
    /// Hale is not Marten Hale.
    fn is_in_longer_name(&self, from: usize, window: &[Token<'_>], odd: usize) -> bool {
        let goes_on = |token: &Token<'_>| {
            token.capital
                && !self.lexicon.nouns_have_capitals()
                && !self.lexicon.is_title(token.word)
                && !self.lexicon.may_begin(token.word)
        };
        let last = from + window.len() - 1;
        let before = from.checked_sub(1).map(|at| &self.tokens[at]);
        // One space parts them: no sign, and no word that lost its vowel.
        let is_joined = |token: &Token<'_>, next: &Token<'_>| {
            !token.ends && !token.stop && token.end + 1 == next.start
        };
        let end = &self.tokens[last];
        odd == 0 && before.is_some_and(|token| is_joined(token, &window[0]) && goes_on(token))
            || from + odd == last
                && self
                    .tokens
                    .get(last + 1)
                    .is_some_and(|next| is_joined(end, next) && goes_on(next))
    }

    /// N2: the same words in another order.
    fn order(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        if !token.capital || is_small(token.word) || !self.index.by_word.contains_key(token.word) {
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
            // State Department of Health is no Department of State.
            if is_small(last.word) {
                continue;
            }
            let mut set: Vec<&str> = window.iter().map(|token| token.word).collect();
            set.sort_unstable();
            let Some(names) = self.index.by_set.get(set.join(" ").as_str()) else { continue };
            let ends = [0, length - 1];
            if self.is_known(window)
                || self.crosses_name(window)
                || self.has_name(window)
                || ends.into_iter().any(|end| self.is_in_longer_name(at, window, end))
            {
                continue;
            }
            let mut names = names.iter().map(|name| &self.index.names[*name as usize]);
            if let Some(name) = names.find(|name| self.is_one_sentence(window, Some(name))) {
                // Thomas Allen is hardly Allen Thomas where others are called Allen.
                let is_person = length == 2 && name.kind == Some(PlayerKind::Person);
                let rule = match is_person && self.index.families.contains_key(last.word) {
                    true => NearMissRule::OtherName,
                    false => NearMissRule::Order,
                };
                found.push(self.miss(rule, window, name.player, &name.written));
            }
        }
    }

    /// N6: other words before an abbreviation in brackets than those it stands for, all of them right but one.
    fn expansions(&self, text: &Folded, found: &mut Vec<NearMiss>) {
        let (lower, cased) = (text.lower(), text.cased());
        for span in self.spans {
            let form = &self.registry.forms[span.form];
            // In quotation marks as well.
            let before = cased[..span.start].trim_end_matches('"');
            let is_abbreviation = !form.phrase
                && before.ends_with(" (")
                && cased[span.end..].trim_start_matches('"').starts_with(')')
                && !cased[span.start..span.end].contains(char::is_lowercase);
            let [candidate] = &form.candidates[..] else { continue };
            if !is_abbreviation || candidate.strength != Strength::Strong {
                continue;
            }
            let end = self.tokens.partition_point(|token| token.start < span.start);
            let by_player = &self.index.by_player;
            let first = by_player.partition_point(|(player, _)| *player < candidate.player);
            let own = by_player[first..].iter().take_while(|(of, _)| *of == candidate.player);
            for (player, name) in own {
                let name = &self.index.names[*name as usize];
                let Some(from) = end.checked_sub(name.words.len()) else { continue };
                let Some(window) = self.window(from, name.words.len()) else { continue };
                work::step(1);
                let behind = &lower[window[window.len() - 1].end..before.len()];
                if behind == " ("
                    && is_other_expansion(window, &name.words)
                    && !self.is_known(window)
                    && self.is_one_sentence(window, Some(name))
                {
                    found.push(self.miss(NearMissRule::Expansion, window, *player, &name.written));
                    break;
                }
            }
        }
    }

    /// N3: a title where the given name belongs, or one that the player does not hold. A capital begins the word at the place.
    fn titles(&self, at: usize, established: &dyn Fn(PlayerIx) -> bool, found: &mut Vec<NearMiss>) {
        let Some(window) = self.window(at, 2) else { return };
        let (title, family) = (&window[0], &window[1]);
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
        if !family.capital {
            return;
        }
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

    /// Whether a form that stands in the text begins or ends inside a window, and goes on beyond it.
    fn crosses_name(&self, window: &[Token<'_>]) -> bool {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        let is_across = |at: usize| {
            self.around(at).is_some_and(|span| {
                let inside = span.start < at && at < span.end;
                inside && !(span.start <= start && end <= span.end)
            })
        };
        is_across(start) || is_across(end)
    }

    /// Whether a name of several words stands inside a window.
    fn has_name(&self, window: &[Token<'_>]) -> bool {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        let first = self.spans.partition_point(|span| span.start < start);
        let inside = self.spans[first..].iter().take_while(|span| span.end <= end);
        inside.into_iter().any(|span| self.registry.forms[span.form].phrase)
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

/// Whether some words are those of a name but for one of several, which begins alike: the abbreviation fits both. Of a name
/// of more words a small one may differ: `of` for `for`.
fn is_other_expansion(window: &[Token<'_>], name: &[Box<str>]) -> bool {
    let (mut same, mut other, mut other_small) = (0, 0, 0);
    for (token, right) in window.iter().zip(name) {
        let is_right_small = is_small(right);
        match *token.word == **right {
            true => same += usize::from(!is_right_small),
            false if is_right_small && is_small(token.word) => other_small += 1,
            false if is_right_small || token.word.chars().next() != right.chars().next() => {
                return false;
            }
            false => other += 1,
        }
        if !token.capital && !is_right_small {
            return false;
        }
    }
    matches!((other, other_small), (1, 0) if same >= 2)
        || (other, other_small) == (0, 1) && same >= 3
}

/// Whether two words differ in their last two letters alone, as a country and its people do: Germans, Germany.
fn differ_at_end(written: &str, right: &str) -> bool {
    let same = written.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    same + 2 >= written.chars().count().max(right.chars().count())
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
        let entry = registry.player(player);
        let mut lone = entry.lone.iter();
        let found = lone.find(|(right, _)| {
            OmittedWord::of(0, word).may_be(OmittedWord::of(0, right))
                && is_one_slip(word, right)
                && !is_other_form(word, right, Some(entry.kind), true)
                && !(entry.kind == PlayerKind::Country && differ_at_end(word, right))
        });
        found.map(|(_, written)| (player, written.to_string()))
    };
    let found = players.near(word).filter_map(near).min()?;
    (!registry.near.known.contains(word) && !accepted.contains(word)).then_some(found)
}
