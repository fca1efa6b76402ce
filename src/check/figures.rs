//! What is said of figures that no file shows on its own.

use crate::content::document::{Compared, Details, Document};
use crate::content::model::Fact;
use crate::diag::{Code, Location};
use crate::site::{Problem, Site};
use crate::yaml::FieldPath;

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
    match (&fact.unit, &fact.denominator) {
        (_, Some(denominator)) => format!("a share of {denominator}"),
        (Some(unit), None) => format!("in {unit}"),
        (None, None) => "a number without a unit".into(),
    }
}
