//! What a site is made of.

use std::sync::Arc;

use crate::base::{BaseUrl, SourcePath};
use crate::config::Config;
use crate::content::model::{Fact, Source};

use super::{Acting, Asset, Broken, Instant, OutputKind, Page, PictureFiles, Tables};

/// What the site is made of.
pub struct Input<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Every page of content, sorted by path.
    pub pages: Vec<Page>,
    /// The figures of `facts.yaml`.
    pub facts: &'a [Fact],
    /// The sources of `sources.yaml`.
    pub sources: &'a [Source],
    /// Files of the theme and of `static/`, with where they are written.
    pub assets: Vec<Asset>,
    /// Files beside the pages of content, which the page folders among them publish.
    pub files: &'a [SourcePath],
    /// Whether authors of content may publish files that act in a browser.
    pub is_trusted: bool,
    /// The SVGs among the files that do more than show a picture.
    pub acting: &'a Acting,
    /// What the CSV files among all files hold, sorted by path.
    pub tables: &'a Tables,
    /// What is known of the pictures among all files, sorted by path.
    pub pictures: &'a Arc<PictureFiles>,
    /// Files that are left out because of errors of their own, sorted by path.
    pub broken: Vec<Broken>,
    /// The instant of the build, and what it lets in.
    pub instant: Instant,
    /// Where the site will be.
    pub base: &'a BaseUrl,
    /// The kinds of output that a program can make.
    pub kinds: &'a [&'static OutputKind],
}
