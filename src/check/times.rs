//! Players that an author names by hand on a page of a time at which they had no post yet, or were not born.
//!
//! `names/` says the same of names in prose, except for players that are named by hand as well.

use rustc_hash::FxHashSet;

use crate::base::EntityId;
use crate::content::date::Date;
use crate::content::document::{Details, Document};
use crate::content::kind::Kind;
use crate::content::reference::{Link, Target, Use};
use crate::diag::{Code, Location};
use crate::site::{PageIx, Problem, Resolution, Site};
use crate::yaml::FieldPath;

/// The problems of a page's `players:`, and of the links that its author made. A birth is looked at everywhere,
/// posts at the first place that names the player.
pub(super) fn by_hand(site: &Site, document: &Document) -> Vec<Problem> {
    let summary = &*document.summary;
    let Some(date) = summary.published else { return Vec::new() };
    let mut check = TimeCheck { site, date, own: &summary.id, said: FxHashSet::default() };
    let mut problems = Vec::new();
    let field = |path: FieldPath| {
        let is_own = document.own.is_none() || !document.inherits(&path);
        is_own.then(|| Location::field(&document.path, path.in_source(&document.left_out)))
    };
    if let Details::Article(article) = &summary.details {
        for (number, role) in article.roles.iter().enumerate() {
            let path = FieldPath::root().key("players").index(number).key("player");
            let target = Target::Typed(Kind::Player, (&role.player).into());
            let help = format!("take `{}` out if it means another person", role.player);
            let at = field(path);
            problems.extend(at.and_then(|at| check.target(&target, &help, &|| at.clone())));
        }
    }
    for occurrence in &document.uses {
        if let Use::Link(Link::To(target, _)) = &occurrence.what {
            let at = || Location::place(&document.path, occurrence.place.clone());
            let help = "for another person: write the name as `[[-|name]]`";
            problems.extend(check.target(target, help, &at));
        }
    }
    problems
}

struct TimeCheck<'a> {
    site: &'a Site,
    date: Date,
    own: &'a EntityId,
    /// Players whose posts were looked at.
    said: FxHashSet<PageIx>,
}

impl TimeCheck<'_> {
    /// The problem of a reference. `help` says what to write if it means another person.
    fn target(
        &mut self,
        target: &Target,
        help: &str,
        at: &dyn Fn() -> Location,
    ) -> Option<Problem> {
        let Resolution::Page(ix) = self.site.resolve(target) else { return None };
        let summary = &*self.site.page(ix).summary;
        let Details::Player(player) = &summary.details else { return None };
        let id = &summary.id;
        if id == self.own {
            return None;
        }
        let is_before = |day: Option<Date>| day.is_some_and(|day| self.date.is_before(day));
        if is_before(player.born) {
            let message = format!("`{id}` is born after the page's date");
            let help = format!("{help}; else correct one of the dates");
            return Some(Problem::new(Code::NotBornYet, at(), message).help(help));
        }
        if !is_before(player.first_post()) || !self.said.insert(ix) {
            return None;
        }
        let message = format!("`{id}` had no post yet on the page's date");
        let help = format!("{help}; for this one: add the post");
        Some(Problem::new(Code::NoPostYet, at(), message).help(help))
    }
}
