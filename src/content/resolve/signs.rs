//! The texts of front matter and data files that readers see, with the signs of their language.
//!
//! Names stay as they are declared: they are compared, and printed as their owners write them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::content::document::Details;
use crate::content::model::{Event, Fact, Source};
use crate::content::typography::Typography;

use super::Resolved;

/// Sets the texts of a page that are no Markdown.
pub fn set_page(page: &mut Resolved, typography: Typography) {
    let summary = &mut page.summary;
    if !matches!(summary.details, Details::Player(_)) {
        set(&mut summary.title, typography);
    }
    set_some(&mut summary.summary, typography);
    if let Some(withdrawal) = &mut summary.withdrawal {
        set_some(&mut withdrawal.reason, typography);
    }
    set_some(&mut page.body.dateline, typography);
    if let Some(image) = &mut summary.image {
        set(&mut image.alt, typography);
        set_some(&mut image.credit, typography);
    }
    for Event { name, location, .. } in &mut summary.events {
        set(name, typography);
        set_some(location, typography);
    }
    set_facts(&mut summary.facts, typography);
    set_sources(&mut summary.sources, typography);
    if let Details::Article(article) = &mut summary.details {
        article.roles.iter_mut().for_each(|role| set_some(&mut role.role, typography));
    }
    page.texts.questions.iter_mut().for_each(|question| set(&mut question.text, typography));
}

/// Sets the texts of figures.
pub fn set_facts(facts: &mut [Fact], typography: Typography) {
    for Fact { of, denominator, per, history, .. } in facts {
        set_some(of, typography);
        set_some(per, typography);
        set_some(denominator, typography);
        history.iter_mut().for_each(|past| set_some(&mut past.note, typography));
    }
}

/// Sets the titles of sources.
pub fn set_sources(sources: &mut [Source], typography: Typography) {
    for source in sources {
        set_some(&mut source.title, typography);
        if let Some(retraction) = &mut source.retracted {
            set_some(&mut retraction.note, typography);
        }
    }
}

/// Sets a text that may be missing.
pub fn set_some(text: &mut Option<Arc<str>>, typography: Typography) {
    if let Some(text) = text {
        set(text, typography);
    }
}

/// Sets a text.
pub fn set(text: &mut Arc<str>, typography: Typography) {
    if let Cow::Owned(own) = typography.text(text) {
        *text = own.into();
    }
}
