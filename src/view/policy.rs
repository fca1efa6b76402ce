//! What a page loads from elsewhere, and whether the theme's faces serve it.

use crate::config::CspDirective;
use crate::lang::LangTag;

use super::context::PageContext;

impl PageContext<'_> {
    /// Notes that the page shows a picture which may lie elsewhere.
    pub(super) fn shows_picture(&self, src: &str) {
        if let Some((scheme, rest)) = src.split_once("://") {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            self.origins.borrow_mut().add(CspDirective::Img, &format!("{scheme}://{host}"));
        }
    }
}

/// Languages whose letters the theme's faces lack.
const OTHER_LETTERS: [&str; 13] =
    ["ar", "bg", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "ur", "zh"];

/// Whether the theme's faces have the letters of a language.
pub(super) fn has_faces(lang: &LangTag) -> bool {
    !OTHER_LETTERS.contains(&lang.as_str().split('-').next().unwrap_or_default())
}
