//! Whom a name means: by the page, by the words beside it, by the date.

use std::borrow::Cow;

use crate::base::work;

use super::around;
use super::fold::Folded;
use super::link::{MANY, PageLinker};
use super::linked::NameVerdict;
use super::matcher::FormSpan;
use super::registry::{Candidate, Form, PlayerIx, RegistryEntry};
use super::speakers;

impl PageLinker<'_> {
    /// Whether a player is born after the date of the page.
    pub(super) fn is_unborn(&self, player: PlayerIx) -> bool {
        let born = self.registry.player(player).born;
        self.date.zip(born).is_some_and(|(date, born)| date.is_before(born))
    }

    /// The players that a form may stand for. Of a name that a thousand have, those that the page may mean, and enough
    /// of the others to say that it is ambiguous.
    pub(super) fn bearers<'f>(
        &self,
        form: &'f Form,
        text: &str,
        span: &FormSpan,
    ) -> Cow<'f, [Candidate]> {
        let all = &form.candidates[..];
        work::step(all.len().min(MANY));
        if all.len() <= MANY {
            return Cow::Borrowed(all);
        }
        let titles = around::before_name(self.lexicon, text, span.start);
        let titles = titles.chain(around::before_list(self.lexicon, text, span.start));
        let titles = titles.flat_map(|title| self.lexicon.readings(&title));
        let holders = titles.flat_map(|title| self.registry.holders(&title).iter().take(MANY));
        let recent = self.in_order.iter().rev().take(MANY);
        let meant = self.own.iter().chain(self.players.iter().take(MANY)).chain(recent);
        let mut meant: Vec<PlayerIx> = meant.chain(holders).copied().collect();
        meant.extend(all[..MANY].iter().map(|candidate| candidate.player));
        meant.sort_unstable();
        meant.dedup();
        let of = |player: PlayerIx| {
            let from = all.partition_point(|candidate| candidate.player < player);
            all[from..].iter().take_while(move |candidate| candidate.player == player).cloned()
        };
        Cow::Owned(meant.into_iter().flat_map(of).collect())
    }

    /// The one of several that the page is about, or that is established.
    pub(super) fn narrow(&self, players: &[PlayerIx]) -> Result<PlayerIx, NameVerdict> {
        if let [player] = players {
            return Ok(*player);
        }
        let only = |keep: &dyn Fn(&PlayerIx) -> bool| {
            let kept: Vec<PlayerIx> =
                players.iter().copied().filter(|player| keep(player)).collect();
            if let [player] = kept[..] { Some(player) } else { None }
        };
        // A father and a son: the one who holds a post on the page's date.
        let have_posts = || players.iter().all(|player| self.registry.player(*player).has_posts());
        let holds = |player: &PlayerIx| self.registry.player(*player).is_in_post(self.date);
        only(&|player| self.players.contains(player))
            .or_else(|| only(&|player| self.established.contains(player)))
            .or_else(|| only(&holds).filter(|_| self.date.is_some() && have_posts()))
            .ok_or_else(|| NameVerdict::Ambiguous(players.to_vec()))
    }

    /// Whom a contextual name stands for: the one who holds the title before it, else the one who is established.
    pub(super) fn by_context(
        &self,
        text: &Folded,
        span: &FormSpan,
        players: &[PlayerIx],
    ) -> Result<PlayerIx, NameVerdict> {
        let only = |keep: &dyn Fn(&RegistryEntry) -> bool| {
            let mut kept = players.iter().filter(|player| keep(self.registry.player(**player)));
            kept.next().filter(|_| kept.next().is_none()).copied()
        };
        let (cased, lexicon) = (text.cased(), self.lexicon);
        let form = &self.registry.forms[span.form];
        let before = || around::before_name(lexicon, cased, span.start);
        for title in before().chain(around::before_list(lexicon, cased, span.start)) {
            let titles = self.lexicon.readings(&title);
            let holds = |entry: &RegistryEntry| entry.holds_any(&titles, self.date, self.lexicon);
            if let Some(player) = only(&holds) {
                return Ok(player);
            }
        }
        if before().any(|title| self.lexicon.is_common_title(&title))
            && let Some(player) = only(&|entry| entry.is_in_post(self.date))
        {
            return Ok(player);
        }
        if self.lexicon.has_titles_after() {
            let after = self.lexicon.behind_name(&text.lower()[span.end..]);
            if let Some(player) = only(&|entry| entry.holds_one_of(after, self.date)) {
                return Ok(player);
            }
        }
        let known: Vec<PlayerIx> =
            players.iter().copied().filter(|player| self.established.contains(player)).collect();
        // `English`, `Good`: words of the language that are family names too.
        if lexicon.is_surname_word(&form.text) {
            let word = speakers::word_before(cased, span.start).to_lowercase();
            let is_told = lexicon.is_title(&word)
                || !lexicon.is_always_capital(&form.text)
                    && (!around::begins_sentence(lexicon, cased, span.start)
                        || speakers::does(lexicon, &cased[span.end..]));
            if known.is_empty() || !is_told {
                return Err(NameVerdict::Word(players.to_vec()));
            }
        }
        let player = match known.len() {
            0 => return Err(NameVerdict::NotEstablished(players.to_vec())),
            _ => self.narrow(&known)?,
        };
        let mut candidates = form.candidates.iter().filter(|found| found.player == player);
        let is_place = candidates.all(|found| found.is_place);
        match is_place && !speakers::is_government(lexicon, cased, span.start, span.end) {
            true => Err(NameVerdict::Place(player)),
            false => Ok(player),
        }
    }
}
