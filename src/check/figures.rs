//! What is said of figures that no file shows on its own.

use std::collections::BTreeSet;

use crate::base::SourcePath;
use crate::content::document::{Compared, Details, Document, Summary};
use crate::content::model::Fact;
use crate::content::reference::Use;
use crate::diag::{Code, Location, PlaceInFile};
use crate::site::{Instant, Problem, Site, SiteFact};
use crate::yaml::FieldPath;

/// The file of the figures that all pages share.
const SHARED: &str = "content/facts.yaml";

/// Figures whose new value is due at the instant of the build, and figures that rest on a homepage.
pub fn findings(site: &Site, instant: &Instant) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut homepages: BTreeSet<&str> = BTreeSet::new();
    for own in site.fact_ids().into_iter().filter_map(|id| site.fact(id)) {
        let fact = &own.fact;
        if let Some(due) = fact.next_update.filter(|due| due.ends(&instant.zone) <= instant.now) {
            let message = format!("a new value of the figure `{}` was due: {due}", fact.id);
            let help = "write the new value and its `as_of`, and list the old one under `history`; or correct the date";
            let at = place(site, own, Some("next_update"));
            problems.push(Problem::new(Code::StaleFact, at, message).help(help));
        }
        let Some((id, url)) = site.source_of_fact(own).and_then(|source| {
            Some((fact.source.as_deref()?, source.url.as_deref().filter(|url| is_homepage(url))?))
        }) else {
            continue;
        };
        // Each source once, at the first of its figures.
        if homepages.insert(id) {
            let message = format!(
                "the source `{id}` of the figure `{}` is a homepage, {url}: readers find no figure there",
                fact.id
            );
            let help = "write the address of the document, or no `url`: a title, a publisher and a date find it too";
            let at = place(site, own, Some("source"));
            problems.push(Problem::new(Code::HomepageSource, at, message).help(help));
        }
    }
    problems
}

/// Figures of one page that measure one thing as parts of two wholes: each that differs from the first.
pub(super) fn two_denominators(site: &Site, document: &Document) -> Vec<Problem> {
    let summary: &Summary = &document.summary;
    if summary.facts_used.len() < 2 {
        return Vec::new();
    }
    let own = |id: &str| summary.facts.iter().find(|fact| &*fact.id == id);
    let fact = |id: &str| own(id).or_else(|| site.fact(id).map(|fact| &*fact.fact));
    let used = document.uses.iter().filter_map(|used| match &used.what {
        Use::Fact(id) => Some((fact(id)?, &used.place)),
        _ => None,
    });
    let (mut seen, mut problems): (Vec<(&Fact, &PlaceInFile)>, _) = (Vec::new(), Vec::new());
    for (fact, at) in used.filter(|(fact, _)| fact.of.is_some() && fact.denominator.is_some()) {
        if seen.iter().any(|(other, _)| other.id == fact.id) {
            continue;
        }
        let is_other = |(other, _): &&(&Fact, &PlaceInFile)| {
            other.of == fact.of && other.about == fact.about && !other.is_comparable(fact)
        };
        if let Some((other, first)) = seen.iter().find(is_other) {
            let message = format!(
                "`{}` and `{}` measure one thing: one is {}, the other {}",
                other.id,
                fact.id,
                measured(other),
                measured(fact)
            );
            let first = Location::place(&document.path, PlaceInFile::clone(first));
            problems.push(
                Problem::new(
                    Code::TwoDenominators,
                    Location::place(&document.path, at.clone()),
                    message,
                )
                .help("keep one of them, or say in `of` what tells them apart")
                .related("the other one", first),
            );
        }
        seen.push((fact, at));
    }
    problems
}

/// The place of a figure, or of one of its fields.
pub(super) fn place(site: &Site, own: &SiteFact, field: Option<&str>) -> Location {
    let (file, entry) = match own.home {
        Some(home) => (site.page(home).path.clone(), FieldPath::root().key("facts")),
        None => (SourcePath::new(SHARED), FieldPath::root()),
    };
    let entry = entry.key(&own.fact.id);
    Location::field(&file, field.map_or_else(|| entry.clone(), |field| entry.key(field)))
}

/// Whether an address has nothing behind the name of its host.
fn is_homepage(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web && !rest.trim_end_matches('/').contains(['/', '?', '#'])
}

/// Figures that an article draws side by side, and that are not parts of one whole: each that differs from the first.
pub(super) fn compared(site: &Site, document: &Document) -> Vec<Problem> {
    let summary = &*document.summary;
    let Details::Article(article) = &summary.details else { return Vec::new() };
    let Compared::Listed(ids) = &article.compared else { return Vec::new() };
    let list = FieldPath::root().key("figures");
    if document.own.is_some() && document.inherits(&list) {
        return Vec::new();
    }
    // A page that is not public yet declares figures that the site does not have.
    let own = |id: &str| summary.facts.iter().find(|fact| &*fact.id == id);
    let fact = |id: &str| own(id).or_else(|| site.fact(id).map(|fact| &*fact.fact));
    let mut known = ids.iter().enumerate().filter_map(|(at, id)| Some((at, fact(id)?)));
    let Some((first_at, first)) = known.next() else { return Vec::new() };
    let place =
        |at: usize| Location::field(&document.path, list.index(at).in_source(&document.left_out));
    known
        .filter(|(_, fact)| !fact.is_comparable(first))
        .map(|(at, fact)| {
            let message = format!(
                "`{}` is {} and `{}` is {}: no axis has both",
                first.id,
                measured(first),
                fact.id,
                measured(fact)
            );
            Problem::new(Code::MixedDenominators, place(at), message)
                .help(
                    "list figures of one unit and one denominator, and say the others in the text",
                )
                .related("the other one", place(first_at))
        })
        .collect()
}

/// In what a figure is measured.
fn measured(fact: &Fact) -> String {
    let measured = match (&fact.unit, &fact.denominator) {
        (_, Some(denominator)) => format!("a share of {denominator}"),
        (Some(unit), None) => format!("in {unit}"),
        (None, None) => "a number without a unit".into(),
    };
    match &fact.per {
        Some(per) => format!("{measured} per {per}"),
        None => measured,
    }
}

#[cfg(test)]
mod tests {
    use super::is_homepage;

    #[test]
    fn addresses_without_a_path() {
        for url in ["https://example.org", "https://example.org/", "HTTP://example.org:80//"] {
            assert!(is_homepage(url), "{url}");
        }
        for url in [
            "https://example.org/a",
            "https://example.org/?id=3",
            "https://example.org/#a",
            "mailto:a@example.org",
        ] {
            assert!(!is_homepage(url), "{url}");
        }
    }
}
