//! Every kind of output that the program makes: those of pages, then those of data.

use std::sync::LazyLock;

use crate::base::Digest;
use crate::data::{DATA, Data};
use crate::render::TemplateSet;
use crate::site::{KindIx, Output, OutputKind};
use crate::view::{Context, PAGES, View};

/// The kinds, each at the place that a [`KindIx`] names.
pub(super) static KINDS: LazyLock<Vec<&'static OutputKind>> = LazyLock::new(|| {
    let (pages, data) =
        (PAGES.iter().map(|kind| &kind.output), DATA.iter().map(|kind| &kind.output));
    pages.chain(data).collect()
});

/// What an output's text is made of.
pub(super) enum OutputValue {
    Page(View, &'static str),
    Data(Box<dyn Data>),
}

impl OutputValue {
    /// The value of an output; none for a file that is published as it is.
    pub(super) fn of(cx: &Context<'_>, output: &Output) -> Option<Self> {
        if let Some(template) = template(output) {
            return Some(Self::Page(View::of(cx, output)?, template));
        }
        let kind = DATA.get(usize::from(output.kind.0).checked_sub(PAGES.len())?)?;
        Some(Self::Data(kind.make(cx, output)))
    }

    /// The digest of the templates that the text is made with.
    pub(super) fn templates(&self, set: &TemplateSet) -> Digest {
        match self {
            Self::Page(..) => set.digest(),
            Self::Data(_) => Digest::default(),
        }
    }

    /// The digest of everything that the text is made of.
    pub(super) fn digest(&self) -> Digest {
        match self {
            Self::Page(view, _) => view.digest(),
            Self::Data(data) => data.digest(),
        }
    }
}

/// The word for an output's kind, as manifests have it.
pub(super) fn name(output: &Output, is_theme: bool) -> &'static str {
    match KINDS.get(usize::from(output.kind.0)) {
        Some(kind) => kind.name,
        None if output.kind == KindIx::FILE && is_theme => "theme",
        None => "file",
    }
}

/// The template of a page.
pub(super) fn template(output: &Output) -> Option<&'static str> {
    PAGES.get(usize::from(output.kind.0)).map(|kind| kind.template)
}
