//! `content/site.yaml`: what a site says of itself, with a default for everything.

mod colour;
mod csp;
mod hosts;
mod languages;
mod look;
mod outputs;
pub mod publish;
mod raw;
mod resolve;
mod shared;
mod theme;
mod well_known;
mod words;

pub use csp::{AllowedOrigins, CspDirective};
pub use hosts::HostKind;
pub use languages::Untranslated;
pub use look::{Density, Logo, Radius, Wordmark};
pub use outputs::{FeedScope, PageDataScope};
pub use raw::RawSite;
pub use resolve::resolve;
pub use shared::disk;
pub use theme::{Accent, Paper, Theme};
pub use well_known::{HomeScreen, SecurityContact, WellKnown};
pub use words::AddedWords;

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::base::{BaseUrl, EntityId, SourcePath};
use crate::diag::Levels;
use crate::lang::LangTag;
use crate::yaml::FieldPath;

/// The path of the file.
pub const PATH: &str = "content/site.yaml";

/// A site's settings, resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// What pages see: those of the first language, where the site has several.
    pub site: Settings,
    /// What the pages of each other language see, in the order of `languages:`.
    pub translations: Vec<Settings>,
    /// Whether `languages:` names a language.
    pub has_languages: bool,
    /// When a scheduled day begins.
    pub timezone: TimeZone,
    /// Whether raw HTML in content is passed through.
    pub trusted: bool,
    /// Severities that the site gives to codes.
    pub levels: Levels,
    /// Folders that links of the site may lead into, as paths from the site's folder.
    pub shared: Vec<String>,
    /// Words that the site adds to those of languages.
    pub words: Vec<AddedWords>,
    /// Where the site is published, by name.
    pub publish: Vec<publish::PublishTarget>,
    /// The file, when there is one: the place of problems.
    pub file: Option<SourcePath>,
}

/// The settings that pages may show. Serialisable, so that a change is seen by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The site's name.
    pub title: Arc<str>,
    /// The absolute URL of the home page, with a slash at the end.
    pub base_url: Option<BaseUrl>,
    /// What the site is about.
    pub description: Option<Arc<str>>,
    /// The language of pages that name none.
    pub lang: LangTag,
    /// The authors of articles that name none.
    pub authors: Vec<Arc<str>>,
    /// Ids shown first on the home page.
    pub featured: Vec<EntityId>,
    /// The main navigation; none given means the site's indexes.
    pub nav: Option<Vec<NavItem>>,
    /// The links at the foot of every page.
    pub footer: Vec<NavItem>,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// What the site says in files at fixed places.
    pub well_known: WellKnown,
    /// After how many days a page is to be checked again.
    pub review_every: Option<u32>,
    /// Who checks pages without an owner of their own.
    pub owner: Option<Arc<str>>,
    /// Whether articles and FAQ pages have files for reference managers.
    pub citation_files: bool,
    /// Whether readers can search the site.
    pub search: bool,
    /// Which feeds there are.
    pub feeds: FeedScope,
    /// Whether pages have Markdown beside them.
    pub markdown: bool,
    /// Whether there is a list of the site for language models.
    pub llms_txt: bool,
    /// Whether pages without a picture have one for where they are shared.
    pub social_cards: bool,
    /// Whether figures, players and questions have pages for frames of other sites.
    pub embeds: bool,
    /// Which pages have data beside them.
    pub page_data: PageDataScope,
    /// The URL of the licence of the texts.
    pub license: Option<Arc<str>>,
    /// The kinds of host for which redirects and headers are written.
    pub hosts: Vec<HostKind>,
    /// The key by which IndexNow knows the site: the target that is published to has it.
    pub indexnow: Option<Arc<str>>,
    /// The hub that tells subscribers of feeds what is new: the target that is published to has it.
    pub hub: Option<Arc<str>>,
    /// The other origins from which pages may load.
    pub csp: AllowedOrigins,
    /// The site's looks.
    pub theme: Theme,
    /// Near misses of names that are right as they are.
    pub accept: Vec<Arc<str>>,
    /// What the lists of the language hold of pages that it lacks.
    pub untranslated: Untranslated,
    /// Of the first language: where the links of the other languages lead, with their places.
    #[serde(skip)]
    pub translated: Vec<(FieldPath, Arc<str>)>,
}

impl Config {
    /// What pages see in each language, the first language first. One, where `languages:` names none.
    pub fn editions(&self) -> impl Iterator<Item = &Settings> {
        std::iter::once(&self.site).chain(&self.translations)
    }
}

impl Settings {
    /// The ids that `site.yaml` names, with their places.
    pub fn named(&self) -> Vec<(FieldPath, &str)> {
        let root = FieldPath::root();
        let featured = self.featured.iter().enumerate();
        let mut named: Vec<_> =
            featured.map(|(at, id)| (root.key("featured").index(at), id.as_str())).collect();
        let others = self.links().chain(self.policies()).map(|(at, to)| (at, &**to));
        named.extend(others.filter(|(_, to)| !is_url(to)));
        named
    }

    /// The paths of the site and the URLs that `site.yaml` links to, with their places.
    pub fn urls(&self) -> Vec<(FieldPath, &Arc<str>)> {
        self.links().chain(self.policies()).filter(|(_, to)| is_url(to)).collect()
    }

    /// The publisher's policies, with their places: ids, paths and URLs.
    pub fn policies(&self) -> impl Iterator<Item = (FieldPath, &Arc<str>)> {
        let policies = self.publisher.iter().flat_map(|publisher| &publisher.policies);
        let all = FieldPath::root().key("publisher").key("policies");
        policies.map(move |(which, to)| (all.key(which), to))
    }

    /// The publisher's logo, with its place.
    pub fn logo(&self) -> Option<(FieldPath, &Arc<str>)> {
        let logo = self.publisher.as_ref()?.logo.as_ref()?;
        Some((FieldPath::root().key("publisher").key("logo"), logo))
    }

    /// The site's icon, with its place.
    pub fn icon(&self) -> Option<(FieldPath, &Arc<str>)> {
        Some((FieldPath::root().key("icon"), self.well_known.icon.as_ref()?))
    }

    /// The logos that pages show, with their places.
    pub fn shown_logos(&self) -> impl Iterator<Item = (FieldPath, &Arc<str>)> {
        let logo = self.theme.logo.as_ref();
        let own = logo.map(|logo| ("logo", &logo.file));
        let dark = logo.and_then(|logo| Some(("logo_dark", logo.dark.as_ref()?)));
        let theme = FieldPath::root().key("theme");
        own.into_iter().chain(dark).map(move |(key, file)| (theme.key(key), file))
    }

    /// Where the links of the navigation lead.
    fn links(&self) -> impl Iterator<Item = (FieldPath, &Arc<str>)> {
        let nav = self.nav.iter().flatten().enumerate().map(|item| ("nav", item));
        let footer = self.footer.iter().enumerate().map(|item| ("footer", item));
        let at = |list: &str, at: usize| FieldPath::root().key(list).index(at).key("to");
        let own = nav.chain(footer).map(move |(list, (number, item))| (at(list, number), &item.to));
        own.chain(self.translated.iter().map(|(path, to)| (path.clone(), to)))
    }
}

/// Whether a link of the settings is no id.
pub fn is_url(to: &str) -> bool {
    to.contains([':', '/', '#', '.'])
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavItem {
    /// The text; the target's title when there is none.
    pub text: Option<Arc<str>>,
    /// An id, a root-relative path or a URL.
    pub to: Arc<str>,
}

/// Who publishes a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// The name.
    pub name: Arc<str>,
    /// Where to read more.
    pub url: Option<Arc<str>>,
    /// A logo, from the site's root.
    pub logo: Option<Arc<str>>,
    /// The publisher's policies: which, and where.
    pub policies: Vec<(Arc<str>, Arc<str>)>,
}
