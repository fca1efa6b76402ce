//! The figures of the site, and who declares each.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::content::model::Fact;

use super::state::Admitted;
use super::{Page, PageIx, Problem, SiteFact, problem};

/// Every figure, by id.
pub(super) struct Facts {
    pub(super) by_id: FxHashMap<Arc<str>, SiteFact>,
    /// Those that the pages of each other language declare of an entity that has them in the first, as those have them.
    pub(super) of_editions: Vec<FxHashMap<Arc<str>, SiteFact>>,
}

/// Gathers the figures of pages and `shared` ones. Of two with one id the first stays.
pub(super) fn collect(admitted: &Admitted, shared: &[Fact], problems: &mut Vec<Problem>) -> Facts {
    let pages = &admitted.pages;
    let mut by_id = FxHashMap::default();
    for fact in shared {
        let fact = SiteFact { fact: Arc::new(fact.clone()), home: None };
        by_id.insert(fact.fact.id.clone(), fact);
    }
    let mut of_editions = vec![FxHashMap::default(); admitted.ids.len() - 1];
    // A figure of a page and of its translation is one, and the page's.
    let declares = |page: &Page, id: &str| page.summary.facts.iter().any(|fact| &*fact.id == id);
    let mut translated: Vec<(usize, SiteFact)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let home = Some(PageIx(at as u32));
        let original =
            page.summary.edition.as_ref().and_then(|_| admitted.ids[0].get(&page.summary.id));
        for fact in &page.summary.facts {
            let fact = SiteFact { fact: Arc::new(fact.clone()), home };
            if original.is_some_and(|first| declares(&pages[first.0 as usize], &fact.fact.id)) {
                translated.push((at, fact));
                continue;
            }
            if let Some(first) = by_id.get(&fact.fact.id) {
                let other = first.home.map(|home: PageIx| &pages[home.0 as usize].path);
                problems.push(problem::duplicate_fact(page, &fact.fact.id, other));
                continue;
            }
            by_id.insert(fact.fact.id.clone(), fact);
        }
    }
    for (at, fact) in translated {
        let id = &pages[at].summary.id;
        let is_own = |ids: &FxHashMap<Arc<str>, PageIx>| ids.get(id) == Some(&PageIx(at as u32));
        if let Some(edition) = admitted.ids[1..].iter().position(is_own) {
            of_editions[edition].insert(fact.fact.id.clone(), fact);
        }
    }
    Facts { by_id, of_editions }
}
