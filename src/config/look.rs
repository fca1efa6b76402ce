//! What of a site's look is one of a few choices, and its logo.

use std::sync::Arc;

use serde::Serialize;

use super::well_known::site_file;
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::Text;

/// How round corners are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Radius {
    /// Square.
    None,
    /// As the theme has them.
    #[default]
    Small,
    /// Round.
    Large,
}

impl Radius {
    /// Each, as `site.yaml` names it.
    pub(super) const ALL: [(&'static str, Self); 3] =
        [("none", Self::None), ("small", Self::Small), ("large", Self::Large)];
}

/// How far things stand apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Density {
    /// Closer than in the theme.
    Compact,
    /// As in the theme.
    #[default]
    Normal,
    /// Farther.
    Airy,
}

impl Density {
    /// Each, as `site.yaml` names it.
    pub(super) const ALL: [(&'static str, Self); 3] =
        [("compact", Self::Compact), ("normal", Self::Normal), ("airy", Self::Airy)];
}

/// A site's logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// The file, from the site's root.
    pub file: Arc<str>,
    /// That on dark paper; none where the first stands on a light plate there.
    pub dark: Option<Arc<str>>,
    /// The words beside it.
    pub wordmark: Wordmark,
}

/// The words beside a logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Wordmark {
    /// The site's title.
    Title,
    /// Others.
    Words(Arc<str>),
    /// None: the logo has the name in it.
    None,
}

pub(super) fn logo(
    fields: &mut Fields,
    file: Option<Text>,
    dark: Option<Text>,
    wordmark: Option<Text>,
) -> Option<Logo> {
    let is_given = file.is_some();
    let help = "put the file under static/, and write its path from there, such as `/logo.svg`";
    let file = site_file(fields, file, help);
    let alone = [("logo_dark", &dark), ("wordmark", &wordmark)];
    for (name, text) in alone.into_iter().filter(|_| !is_given) {
        if let Some(text) = text {
            let message = format!("`{name}` without a `logo`");
            fields.problem(Code::InvalidValue, text.span, message, "name the `logo` too");
        }
    }
    let dark = site_file(fields, dark, help);
    let wordmark = match fields.text(wordmark) {
        None => Wordmark::Title,
        Some(words) if &*words == "true" => Wordmark::Title,
        Some(words) if &*words == "false" => Wordmark::None,
        Some(words) => Wordmark::Words(words),
    };
    Some(Logo { file: file?, dark, wordmark })
}
