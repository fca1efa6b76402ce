//! The texts of a template set, by name, and the places in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::theme;
use crate::base::{Digest, Hasher, LineIndex, SourcePath};
use crate::diag::Span;

/// Every template of a set. A name is the path relative to `templates/`, as templates write it.
#[derive(Debug, Clone)]
pub(super) struct TemplateTexts(BTreeMap<Arc<str>, TemplateText>);

#[derive(Debug, Clone)]
struct TemplateText {
    text: Arc<str>,
    /// Whether it is the theme's own, so that a reader will not find it in the site's folder.
    embedded: bool,
}

impl TemplateTexts {
    /// The theme with a site's templates over it. Files that are no templates by their names are left out.
    pub(super) fn new(overrides: &[(SourcePath, Arc<str>)]) -> Self {
        let theme = theme::TEMPLATES.iter().map(|(name, text)| {
            (Arc::from(*name), TemplateText { text: Arc::from(*text), embedded: true })
        });
        let own = overrides.iter().filter_map(|(path, text)| {
            let name = path.as_str().strip_prefix("templates/")?;
            theme::is_template(name)
                .then(|| (Arc::from(name), TemplateText { text: text.clone(), embedded: false }))
        });
        Self(theme.chain(kept(overrides)).chain(own).collect())
    }

    /// Name and text of each template, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (&**name, &*text.text))
    }

    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|name| &**name)
    }

    /// The text of a template.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| &*text.text)
    }

    /// Whether a template is the theme's own, not the site's.
    pub(super) fn is_embedded(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|text| text.embedded)
    }

    /// A range of a template's text; the whole file for a name that the set does not have.
    pub(super) fn span(&self, name: &str, range: Range<usize>) -> Span {
        match self.get(name) {
            Some(text) => Span::new(path(name), &LineIndex::new(text), range),
            None => Span::file(path(name)),
        }
    }

    /// The digest of every name and text.
    pub(super) fn digest(&self) -> Digest {
        let mut hasher = Hasher::new();
        for (name, text) in self.iter() {
            hasher.part(name.as_bytes()).part(text.as_bytes());
        }
        hasher.finish()
    }
}

/// The theme's templates that a site's own name as `theme/NAME`, to extend what they replace.
fn kept(overrides: &[(SourcePath, Arc<str>)]) -> impl Iterator<Item = (Arc<str>, TemplateText)> {
    // Components are known everywhere, so that a second copy of theirs would define each twice.
    let pages = theme::TEMPLATES.iter().filter(|(name, _)| !name.starts_with("components/"));
    pages.filter_map(|(name, text)| {
        let name = format!("{}{name}", theme::FOLDER);
        let is_named = overrides.iter().any(|(_, own)| own.contains(&*name));
        is_named.then(|| (name.into(), TemplateText { text: Arc::from(*text), embedded: true }))
    })
}

/// The path that a message shows for a template's name.
pub(super) fn path(name: &str) -> SourcePath {
    SourcePath::new(format!("templates/{name}"))
}
