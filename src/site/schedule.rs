//! When the site changes without an edit: pages that are published later, pages that expire, events that pass, and
//! posts that begin or end.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::base::SourcePath;
use crate::content::document::Summary;

use super::timeline::{self, is_to_come};
use super::{Instant, State, posts};

/// A change that comes by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NextChange {
    /// When.
    pub at: Timestamp,
    /// The page.
    pub path: SourcePath,
    /// What happens to it.
    pub what: Happens,
    /// How many other pages change at that moment.
    pub others: usize,
}

/// What happens to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happens {
    /// It becomes a part of the site.
    Published,
    /// It gets its banner and leaves the lists.
    Expires,
    /// An event that it tells of is no longer one that happens next.
    EventPasses,
    /// A post that its player holds begins or ends.
    PostMoves,
}

impl NextChange {
    /// The day; the time and its zone too, unless the day begins then: `2026-12-01 15:00 Europe/London`.
    pub fn day(&self, zone: &TimeZone) -> String {
        let at = zone.to_datetime(self.at);
        match at.time() == jiff::civil::Time::midnight() {
            true => at.date().to_string(),
            false => {
                let time = at.strftime("%Y-%m-%d %H:%M");
                format!("{time} {}", zone.iana_name().unwrap_or("UTC"))
            }
        }
    }
}

/// The next moment at which one of the pages, public or not, gets another state; none when the site stays as it is
/// until it is edited. Of several pages the first by path is named.
pub fn next_change<'a>(
    pages: impl ParallelIterator<Item = (&'a SourcePath, &'a Summary)>,
    instant: &Instant,
) -> Option<NextChange> {
    let mut changes: Vec<NextChange> =
        pages.filter_map(|(path, summary)| change(path, summary, instant)).collect();
    changes.sort();
    let first = changes.first()?;
    let others = changes.iter().skip(1).take_while(|other| other.at == first.at).count();
    Some(NextChange { others, ..first.clone() })
}

fn change(path: &SourcePath, summary: &Summary, instant: &Instant) -> Option<NextChange> {
    let begins = [summary.published, summary.not_before].into_iter().flatten();
    let begins = begins.map(|date| (date.begins(&instant.zone), Happens::Published));
    let ends = summary.expires.map(|date| (date.ends(&instant.zone), Happens::Expires));
    let mut coming: Vec<_> = begins.chain(ends).filter(|(at, _)| *at > instant.now).collect();
    coming.sort();
    let is_public = |at: &Timestamp| {
        let then = Instant { now: *at, ..instant.clone() };
        then.state(summary) == Some(State::Public)
    };
    let passes = summary.events.iter().filter(|event| is_to_come(event));
    let passes =
        passes.map(|event| timeline::ends(event, &instant.zone)).filter(|at| *at > instant.now);
    let passes = passes.filter(is_public).min().map(|at| (at, Happens::EventPasses));
    let moves = posts::next_move(summary, instant).filter(is_public);
    let moves = moves.map(|at| (at, Happens::PostMoves));
    // Whether the page then is what it is now is asked of the rule itself: a draft stays one, and what is withdrawn
    // does not expire.
    let now = instant.state(summary).map(shown);
    let another = coming.into_iter().find(|(at, _)| {
        let then = Instant { now: *at, ..instant.clone() };
        then.state(summary).map(shown) != now
    });
    let (at, what) = another.into_iter().chain(passes).chain(moves).min()?;
    Some(NextChange { at, path: path.clone(), what, others: 0 })
}

/// A state without its date.
fn shown(state: State) -> std::mem::Discriminant<State> {
    std::mem::discriminant(&state)
}
