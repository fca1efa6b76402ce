//! Posts that players hold, and those that they have left: by the instant of the build, and by what players' `posts` say alone.
//!
//! A post is one title in one organisation. Who holds it since is said where one player alone may be meant: a post that
//! several hold at one time, such as a seat in a parliament, has no successor.

use rustc_hash::FxHashMap;

use crate::content::date::Date;
use crate::content::document::{Details, Summary};
use crate::content::model::{Name, Player, Post};

use super::timeline::folded;
use super::{Instant, PageIx, Site};

/// A post that its holder has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormerPost {
    /// The last date on which it was held.
    pub until: Date,
    /// The player who holds it now.
    pub holder: Option<PageIx>,
}

/// What the instant of the build says of the posts of players.
#[derive(Debug, Default)]
pub struct PostsInTime {
    /// Those that players have left.
    pub former: FormerPosts,
    /// Those that players hold.
    pub held: PostsHeld,
}

impl PostsInTime {
    /// Those of the players of a language.
    pub(super) fn build(site: &Site, instant: &Instant) -> Self {
        Self { former: FormerPosts::build(site, instant), held: PostsHeld::build(site, instant) }
    }
}

/// The posts that players have left, by the page of the player and the place of the post in its list.
#[derive(Debug, Default)]
pub struct FormerPosts(FxHashMap<(PageIx, u32), FormerPost>);

/// A title in an organisation, as it is compared.
type PostKey = (String, String);

/// One player's time in a post.
#[derive(Clone, Copy)]
struct Term<'a> {
    page: PageIx,
    at: u32,
    post: &'a Post,
}

impl FormerPosts {
    fn build(site: &Site, instant: &Instant) -> Self {
        let all: Vec<Term<'_>> = terms(site).collect();
        let is_past = |term: &&Term<'_>| ended(term.post, instant);
        if !all.iter().any(|term| is_past(&term)) {
            return Self::default();
        }
        let mut by_post: FxHashMap<PostKey, Vec<Term<'_>>> = FxHashMap::default();
        for term in &all {
            if let Some(key) = key(term.post) {
                by_post.entry(key).or_default().push(*term);
            }
        }
        let holders: FxHashMap<&PostKey, Option<Term<'_>>> =
            by_post.iter().map(|(key, terms)| (key, holder(terms, instant))).collect();
        let mut former = FxHashMap::default();
        for term in all.iter().filter(is_past) {
            let Some(until) = term.post.end else { continue };
            let key = key(term.post);
            let same = key.as_ref().and_then(|key| by_post.get(key)).into_iter().flatten();
            let mut own = same.filter(|other| other.page == term.page);
            if own.any(|other| holds(other.post, instant)) {
                continue;
            }
            let holder = key.as_ref().and_then(|key| *holders.get(key)?);
            let follows = |holder: &Term<'_>| {
                holder.post.start.is_some_and(|start| !start.is_before(until))
                    && site.page(holder.page).state.is_listed()
            };
            let holder = holder.filter(follows).map(|holder| holder.page);
            former.insert((term.page, term.at), FormerPost { until, holder });
        }
        Self(former)
    }

    /// What became of a post that a player held; none while the player holds it.
    pub fn get(&self, player: PageIx, at: usize) -> Option<FormerPost> {
        self.0.get(&(player, at as u32)).copied()
    }
}

/// The post that each player holds at the instant of the build: of several, the one that began last.
#[derive(Debug, Default)]
pub struct PostsHeld(FxHashMap<PageIx, u32>);

impl PostsHeld {
    fn build(site: &Site, instant: &Instant) -> Self {
        let mut held: FxHashMap<PageIx, Term<'_>> = FxHashMap::default();
        let began = |term: &Term<'_>| term.post.start.map(|start| start.begins(&instant.zone));
        for term in terms(site).filter(|term| holds(term.post, instant)) {
            held.entry(term.page)
                .and_modify(|other| {
                    if began(other) < began(&term) {
                        *other = term;
                    }
                })
                .or_insert(term);
        }
        Self(held.into_iter().map(|(page, term)| (page, term.at)).collect())
    }

    /// The place of a player's post among those of the player.
    pub fn newest(&self, player: PageIx) -> Option<usize> {
        self.0.get(&player).map(|at| *at as usize)
    }
}

/// The posts of the players of a language, each of whom has one page there.
fn terms(site: &Site) -> impl Iterator<Item = Term<'_>> {
    let pages = site.pages.iter().enumerate();
    let players = pages.filter_map(|(at, page)| match &page.summary.details {
        Details::Player(player) if !player.posts.is_empty() => Some((PageIx(at as u32), player)),
        _ => None,
    });
    let is_own = |ix: PageIx| site.player(&site.page(ix).summary.id) == Some(ix);
    players.filter(move |(ix, _)| is_own(*ix)).flat_map(|(page, player)| {
        let posts = player.posts.iter().enumerate();
        posts.map(move |(at, post)| Term { page, at: at as u32, post })
    })
}

/// The one who holds a post now; none where several held it at one time, or nothing says who does.
fn holder<'a>(terms: &[Term<'a>], instant: &Instant) -> Option<Term<'a>> {
    let mut now = terms.iter().filter(|term| holds(term.post, instant));
    let found = now.next().filter(|_| now.next().is_none())?;
    (!overlap(terms, instant)).then_some(*found)
}

/// Whether two players held a post at one time, until now.
fn overlap(terms: &[Term<'_>], instant: &Instant) -> bool {
    let zone = &instant.zone;
    let begun = terms
        .iter()
        .filter(|term| term.post.start.is_some_and(|start| start.begins(zone) <= instant.now));
    let mut terms: Vec<&Term<'_>> = begun.collect();
    terms.sort_by_key(|term| term.post.start.map(|start| start.begins(zone)));
    terms.windows(2).any(|pair| {
        let (first, second) = (pair[0].post, pair[1].post);
        // A day of change is in both terms, and so is a year that is given alone.
        let begins_before = |end: Date| second.start.is_some_and(|start| start.is_before(end));
        pair[0].page != pair[1].page && first.end.is_none_or(begins_before)
    })
}

/// What makes two posts the same: none without an organisation, since a title alone is that of many.
fn key(post: &Post) -> Option<PostKey> {
    let org = match post.org.as_ref()? {
        Name::Id(id) => format!("id {id}"),
        Name::Text(text) => folded(text),
    };
    Some((folded(&post.title), org))
}

fn ended(post: &Post, instant: &Instant) -> bool {
    post.end.is_some_and(|end| end.ends(&instant.zone) <= instant.now)
}

fn holds(post: &Post, instant: &Instant) -> bool {
    let has_begun = |start: Date| start.begins(&instant.zone) <= instant.now;
    post.start.is_none_or(has_begun) && !ended(post, instant)
}

/// The posts of a page that is a player's.
fn of_summary(summary: &Summary) -> &[Post] {
    match &summary.details {
        Details::Player(player) => &player.posts,
        _ => &[],
    }
}

/// How many posts have begun and ended at an instant. Of the same pages, the same number means that the same people
/// hold the same posts.
pub fn moves<'a>(pages: impl Iterator<Item = &'a Summary>, instant: &Instant) -> usize {
    let begun =
        |post: &&Post| post.start.is_some_and(|start| start.begins(&instant.zone) <= instant.now);
    let count = |summary: &Summary| {
        let posts = of_summary(summary);
        let ended = posts.iter().filter(|post| ended(post, instant)).count();
        posts.iter().filter(begun).count() + ended
    };
    pages.map(count).sum()
}

/// The next moment after an instant at which a post of a page begins or ends.
pub(super) fn next_move(summary: &Summary, instant: &Instant) -> Option<jiff::Timestamp> {
    let moments = of_summary(summary).iter().flat_map(|post| {
        let begins = post.start.map(|start| start.begins(&instant.zone));
        let ends = post.end.map(|end| end.ends(&instant.zone));
        begins.into_iter().chain(ends)
    });
    moments.filter(|at| *at > instant.now).min()
}

/// The posts that a player held on a date, with their places; without a date those that no date ends.
pub fn held_on(player: &Player, date: Option<Date>) -> impl Iterator<Item = (usize, &Post)> {
    player.posts.iter().enumerate().filter(move |(_, post)| match date {
        None => post.end.is_none(),
        Some(date) => date.is_within(post.start, post.end),
    })
}
