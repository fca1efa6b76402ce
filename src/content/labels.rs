//! The texts of a page's front matter and of shared data that are no Markdown, as readers see them.

use std::sync::Arc;

use crate::diag::PlaceInFile;
use crate::yaml::FieldPath;

use super::document::{Body, Details, Summary};
use super::model::{Fact, Name, Source};
use super::prose::{Label, LabelKind};
use super::resolve::Texts;

/// Shows every such text, with its path and what it is. Paths count the list items that were kept.
pub(super) fn visit(
    summary: &Summary,
    body: &Body,
    texts: &Texts,
    show: &mut dyn FnMut(&Arc<str>, FieldPath, LabelKind),
) {
    use LabelKind::{Headline, Quoted, Words};
    let field = |key: &str| FieldPath::root().key(key);
    // A player's title is its name.
    if !matches!(summary.details, Details::Player(_)) {
        show(&summary.title, field("title"), Headline);
    }
    let mut some = |text: &Option<Arc<str>>, path: &dyn Fn() -> FieldPath, kind| {
        if let Some(text) = text {
            show(text, path(), kind);
        }
    };
    some(&summary.summary, &|| field("summary"), Words);
    if let Some(withdrawal) = &summary.withdrawal {
        some(&withdrawal.reason, &|| field("withdrawal").key("reason"), Words);
    }
    some(&body.dateline, &|| field("dateline"), Words);
    if let Some(image) = &summary.image {
        some(&Some(image.alt.clone()), &|| field("image").key("alt"), Words);
        some(&image.credit, &|| field("image").key("credit"), Words);
    }
    for (at, event) in summary.events.iter().enumerate() {
        let entry = || field("events").index(at);
        some(&Some(event.name.clone()), &|| entry().key("name"), Headline);
        some(&event.location, &|| entry().key("location"), Words);
    }
    for fact in &summary.facts {
        visit_fact(fact, &|| field("facts").key(&fact.id), &mut |text, path, kind| {
            some(&Some(text.clone()), &|| path.clone(), kind);
        });
    }
    for (at, source) in summary.sources.iter().enumerate() {
        some(&source.title, &|| field("sources").index(at).key("title"), Quoted);
    }
    if let Details::Article(article) = &summary.details {
        for (at, role) in article.roles.iter().enumerate() {
            some(&role.role, &|| field("players").index(at).key("role"), Words);
        }
    }
    for question in &texts.questions {
        let path = || question.answer.path.parent().unwrap_or_default().key("q");
        some(&Some(question.text.clone()), &path, Headline);
    }
}

/// The texts of shared figures.
pub fn of_facts(facts: &[Fact]) -> Vec<Label> {
    let mut labels = Vec::new();
    for fact in facts {
        visit_fact(fact, &|| FieldPath::root().key(&fact.id), &mut |text, path, kind| {
            labels.push(Label { text: text.clone(), place: PlaceInFile::Field(path), kind });
        });
    }
    labels
}

/// The titles of shared sources. Of those that stand in a list, `left_out` are the items that the list has beside them.
pub fn of_sources(sources: &[Source], left_out: Option<&[FieldPath]>) -> Vec<Label> {
    let label = |(at, source): (usize, &Source)| {
        let entry = match left_out {
            Some(left_out) => FieldPath::root().index(at).in_source(left_out),
            None => FieldPath::root().key(source.id.as_deref()?),
        };
        let (text, place) = (source.title.clone()?, PlaceInFile::Field(entry.key("title")));
        Some(Label { text, place, kind: LabelKind::Quoted })
    };
    sources.iter().enumerate().filter_map(label).collect()
}

/// Shows the texts of a figure. `at` makes its path.
fn visit_fact(
    fact: &Fact,
    at: &dyn Fn() -> FieldPath,
    show: &mut dyn FnMut(&Arc<str>, FieldPath, LabelKind),
) {
    let named = |name: &Option<Name>| match name {
        Some(Name::Text(text)) => Some(text.clone()),
        Some(Name::Id(_)) | None => None,
    };
    for (key, text) in [
        ("of", fact.of.clone()),
        ("denominator", fact.denominator.clone()),
        ("per", fact.per.clone()),
        ("about", named(&fact.about)),
        ("attributed_to", named(&fact.attributed_to)),
    ] {
        if let Some(text) = text {
            show(&text, at().key(key), LabelKind::Words);
        }
    }
    for past in &fact.history {
        if let Some(note) = &past.note {
            let entry = at().key("history").index(past.at as usize);
            show(note, entry.key("note"), LabelKind::Words);
        }
    }
}
