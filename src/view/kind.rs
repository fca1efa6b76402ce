//! What a kind of page has to say of itself, and the one form that the views of all kinds share.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::site::{Output, OutputKind};
use crate::yaml::FieldDoc;

use super::common::{Assets, PageHead, SiteInfo};
use super::{Context, SharedPart, View};

/// A kind of page, registered in one line of `view/mod.rs`.
#[derive(Debug)]
pub struct PageKind {
    /// Its name, its phase, and which of its pages there are.
    pub output: OutputKind,
    /// The template that renders it, by its name in the template set.
    pub template: &'static str,
    /// What `explain` says of the template.
    pub about: &'static str,
    /// The variables of the template.
    pub fields: fn() -> Vec<FieldDoc>,
    /// Makes the view of one of its pages.
    pub(super) view: fn(&Context<'_>, &Output) -> View,
}

/// The content of a kind of page: the variables that its template has beside those of every page.
pub trait PageContent: Serialize + JsonSchema + Sized {
    /// Its name, its phase, and which of its pages there are.
    const KIND: OutputKind;
    /// The template that renders it.
    const TEMPLATE: &'static str;
    /// What `explain` says of the template.
    const ABOUT: &'static str;

    /// The view of one page.
    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self>;
}

/// Everything that a template may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PageView<T> {
    /// The page.
    pub page: PageHead,
    /// The site.
    pub site: SharedPart<SiteInfo>,
    /// The theme's files.
    pub assets: Arc<Assets>,
    /// The page's own content.
    #[serde(flatten)]
    pub content: T,
}
