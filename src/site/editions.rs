//! The pages of one thing in the languages of the site.

use crate::content::document::Summary;
use crate::lang::LangTag;

use super::{PageIx, Site};

impl Site {
    /// The page with an id: in the site's first language, else in the first of the others that has one.
    pub fn by_id(&self, id: &str) -> Option<PageIx> {
        self.ids.iter().find_map(|ids| ids.get(id)).copied()
    }

    /// Whether the lists of the site's first language may show a page.
    pub(super) fn lists(&self, summary: &Summary) -> bool {
        summary.edition.is_none()
    }

    /// The page of which a page is a translation, in the site's first language.
    pub(super) fn original(&self, summary: &Summary) -> Option<PageIx> {
        let _: &LangTag = summary.edition.as_ref()?;
        self.ids.first()?.get(&summary.id).copied()
    }
}
