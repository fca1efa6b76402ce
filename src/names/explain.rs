//! Why a name links or does not, in words.

use super::around::Neighbour;
use super::linked::{ConsideredName, NameVerdict};
use super::matcher::Miss;
use super::matching::Matching;
use super::registry::{PlayerIx, Registry};

/// What became of a name, and by which rule.
pub fn explain(matching: Matching<'_>, looked: &ConsideredName) -> String {
    let registry = matching.registry;
    let id = |player: &PlayerIx| format!("`{}`", registry.player(*player).id);
    let all = |players: &[PlayerIx]| players.iter().map(id).collect::<Vec<_>>().join(" or ");
    match &looked.verdict {
        NameVerdict::Links(player) => format!("links to {}", id(player)),
        NameVerdict::Again(player) => {
            format!("names {} without a link: the section has one already", id(player))
        }
        NameVerdict::Parted(player) => {
            format!("names {} without a link: emphasis begins or ends inside it", id(player))
        }
        NameVerdict::PageOff(player) => {
            format!("names {} without a link: the page says `autolink: off`", id(player))
        }
        NameVerdict::Small(player) => {
            format!("does not link: the name of {} has capitals", id(player))
        }
        NameVerdict::Unborn(player) => {
            format!("does not link: {} is born after the date of the page", id(player))
        }
        NameVerdict::PlayerOff(player) => {
            format!("does not link: {} says `autolink: false`", id(player))
        }
        NameVerdict::Own(player) => format!("does not link: this is the page of {}", id(player)),
        NameVerdict::Never => {
            format!("does not link: {} lists it under `never`", all(&never(registry, looked)))
        }
        NameVerdict::Neighbour(Neighbour::Next(word)) => {
            format!(
                "does not link: with the capital of `{word}` behind it, it seems to be another name"
            )
        }
        NameVerdict::Neighbour(Neighbour::Previous(word)) => {
            format!("does not link: with `{word}` before it, it seems to be another name")
        }
        NameVerdict::Neighbour(Neighbour::Head(word)) => {
            format!("does not link: a {} of that name is something else", word.to_lowercase())
        }
        NameVerdict::Neighbour(Neighbour::GoesOn(words) | Neighbour::Joined(words)) => {
            format!("does not link: with `{words}` behind it, it seems to be another name")
        }
        NameVerdict::NotEstablished(players) => format!(
            "does not link: {} is not named in full before it on the page, and no title or post \
             of theirs stands {} it",
            all(players),
            if matching.lexicon.has_titles_after() { "beside" } else { "before" }
        ),
        NameVerdict::Defined => {
            "does not link: the page says that it is short for something else".into()
        }
        NameVerdict::Word(players) => format!(
            "does not link: it is an ordinary word too, and no title of {} stands before it",
            all(players)
        ),
        NameVerdict::Place(player) => format!(
            "does not link: it stands for {} before a verb of saying or doing, or as a possessive",
            id(player)
        ),
        NameVerdict::Ambiguous(players) => format!(
            "does not link: it may be {}; list one under `players:`, name one in full before, or \
             write `[[id|{}]]`",
            all(players),
            looked.written
        ),
        NameVerdict::Misses(miss) => {
            let why = match miss {
                Miss::Inside => "letters or digits stand beside it",
                Miss::Compound => "a hyphen joins it to what is no name",
                Miss::Address => "it is a part of an address, a path or a tag",
                Miss::Case if looked.written.contains(' ') => {
                    "ordinary words in small letters are no name"
                }
                Miss::Case => "a name of one word is found in its own case alone",
                Miss::Dense => "a short name of a script without spaces stands alone or not at all",
                Miss::Longer => "it is a part of a longer name that stands there",
            };
            format!("is not {}: {why}", all(&looked.candidates))
        }
    }
}

/// Who lists a phrase under `never`.
fn never(registry: &Registry, looked: &ConsideredName) -> Vec<PlayerIx> {
    registry.listing(&super::same_name(&looked.written)).to_vec()
}
