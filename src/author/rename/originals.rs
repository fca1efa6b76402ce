//! The pages that translations take their sources from.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::document::Document;
use crate::content::kind::Kind;

use super::declared::{language, page};
use super::files::ContentFile;

/// The pages in the site's first language, by kind and id.
pub(super) struct Originals<'a>(BTreeMap<(Kind, &'a str), &'a Document>);

impl<'a> Originals<'a> {
    pub(super) fn new(files: &'a [ContentFile], config: &Config) -> Self {
        let mut originals = BTreeMap::new();
        for file in files {
            let Some(page) = page(file) else { continue };
            let key = (page.summary.kind, &*page.summary.id);
            match language(file) {
                None => drop(originals.insert(key, page)),
                Some(lang) if config.has_languages && lang == config.site.lang => {
                    originals.entry(key).or_insert(page);
                }
                Some(_) => {}
            }
        }
        Self(originals)
    }

    /// The page whose `sources:` the citations of a page mean: its own, or that of the page that it translates.
    pub(super) fn citing(&self, page: &'a Document) -> &'a Document {
        match &page.own {
            Some(own) if !own.has("sources") => {
                let original = self.0.get(&(page.summary.kind, &*page.summary.id));
                original.copied().unwrap_or(page)
            }
            _ => page,
        }
    }
}
