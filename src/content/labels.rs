//! The texts of a page's front matter that are no Markdown, as readers see them.

use std::sync::Arc;

use crate::yaml::FieldPath;

use super::document::{Body, Details, Summary};
use super::prose::LabelKind;
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
        some(&fact.of, &|| field("facts").key(&fact.id).key("of"), Words);
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
