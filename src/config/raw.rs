//! `site.yaml` as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::{Entries, OneOrMany, Text, TextOr};

/// The site: `content/site.yaml`. A missing file is fine.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawSite {
    /// Required. The site's name. Without a `site.yaml`: the folder's name.
    pub title: Option<Text>,
    /// Where the site will be, such as `https://example.org/`. Absolute links are left out without it.
    pub base_url: Option<Text>,
    /// One or two plain sentences about the site.
    pub description: Option<Text>,
    /// The language of pages that name none, BCP 47. Default: the first of `languages`, else `en`.
    pub lang: Option<Text>,
    /// The languages in which the site has pages: the tag of each, with what the site says of itself in it. The first is at `/`, `ja` at `/ja/`. Its pages are `x.ja.md`.
    pub languages: Option<Entries<RawLanguage, true>>,
    /// The time zone in which a day begins, such as `Asia/Tokyo`. Default: `UTC`.
    pub timezone: Option<Text>,
    /// The authors of articles that name none.
    pub authors: Option<OneOrMany<Text>>,
    /// Ids of articles and players shown first on the home page.
    pub featured: Option<OneOrMany<Text>>,
    /// The main navigation: ids, or `text` and `to`. Default: the site's indexes.
    pub nav: Option<OneOrMany<TextOr<RawNavItem>>>,
    /// The links at the foot of every page.
    pub footer: Option<OneOrMany<TextOr<RawNavItem>>>,
    /// Who publishes the site.
    pub publisher: Option<TextOr<RawPublisher>>,
    /// How often pages are to be checked, in days: `180d`. Not shown yet.
    pub review_every: Option<Text>,
    /// `untrusted` (default: raw HTML in content is escaped) or `trusted`.
    pub content_trust: Option<Text>,
    /// Folders that links in `content/`, `static/` and `templates/` may lead into, from the site's folder: `../common`.
    pub shared: Option<OneOrMany<Text>>,
    /// What the checks accept.
    pub check: Option<RawCheck>,
    /// Words of languages beside those that are known, by which names are matched: `fr: {titles: [préfet]}`.
    pub words: Option<Entries<RawWords>>,
    /// Where the site is published: a place such as `dir:../www` for each name, or `to` and more.
    pub publish: Option<Entries<TextOr<RawTarget>>>,
}

/// What a site says of itself in one language.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawLanguage {
    /// The site's name. Default: the site's `title`.
    pub title: Option<Text>,
    /// One or two plain sentences about the site.
    pub description: Option<Text>,
    /// The main navigation. Default: the site's, with the titles of pages in this language.
    pub nav: Option<OneOrMany<TextOr<RawNavItem>>>,
    /// The links at the foot of every page. Default: the site's.
    pub footer: Option<OneOrMany<TextOr<RawNavItem>>>,
    /// What lists show of pages that have no translation: `list` (default) or `hide`.
    pub untranslated: Option<Text>,
}

/// Where the site is published.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawTarget {
    /// Required. `dir:PATH`, `git:REMOTE#BRANCH`, `ssh:HOST:PATH`, `rsync:HOST:PATH` or `s3:BUCKET/PREFIX`. A path starts at the site's folder.
    pub to: Option<Text>,
    /// Where readers find it, such as `https://example.org/`. Default: `base_url`, and nothing is fetched from it.
    pub url: Option<Text>,
    /// How long to wait until readers see what was published, such as `15m`. Default: `15m` for git, else `30s`.
    pub wait: Option<Text>,
    /// For `s3:`: the store's address, such as `https://account.r2.cloudflarestorage.com`. Default: that of AWS.
    pub endpoint: Option<Text>,
    /// For `s3:`: the store's region. Default: `AWS_REGION`, else `us-east-1`.
    pub region: Option<Text>,
    /// A private folder for earlier releases, where the target has no place that readers cannot reach: on this machine for
    /// `dir:`, at the host for `rsync:`.
    pub history: Option<Text>,
    /// Never: a credential is an error here.
    #[schemars(skip)]
    pub password: Option<Text>,
    /// Never.
    #[schemars(skip)]
    pub token: Option<Text>,
    /// Never.
    #[schemars(skip)]
    pub access_key: Option<Text>,
    /// Never.
    #[schemars(skip)]
    pub secret_key: Option<Text>,
}

/// A link of the navigation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawNavItem {
    /// The text. Default: the target's title.
    pub text: Option<Text>,
    /// Required. An id, a path such as `/articles/`, or a URL.
    pub to: Option<Text>,
}

/// Who publishes a site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawPublisher {
    /// Required. The name.
    pub name: Option<Text>,
    /// Where to read more.
    pub url: Option<Text>,
    /// A logo: the path of a file from the site's root, such as `/logo.svg`, or a URL. Not shown yet.
    pub logo: Option<Text>,
    /// Policies: which, and the id of the standing page, its path or a URL. Not shown yet.
    pub policies: Option<Entries<Text>>,
}

/// Words that a site adds to those of a language.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawWords {
    /// Words that a sentence may begin with, before a name that they are no part of: `selon`.
    pub beginnings: Option<OneOrMany<Text>>,
    /// Titles that stand before names: `préfet`.
    pub titles: Option<OneOrMany<Text>>,
    /// Titles that stand behind names without a space: `首相`.
    pub titles_after: Option<OneOrMany<Text>>,
    /// Places and bodies that a name belongs to: `banque` in `Banque de France`.
    pub heads: Option<OneOrMany<Text>>,
    /// What may follow a short name where words have no spaces: `は`.
    pub particles: Option<OneOrMany<Text>>,
    /// Words that an alias should not be, since texts have them without a name.
    pub ordinary: Option<OneOrMany<Text>>,
}

/// What the checks accept.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RawCheck {
    /// Near misses of names that are right as they are.
    pub accept: Option<OneOrMany<Text>>,
    /// Another severity for a code: `error`, `warning`, `info` or `off`.
    pub levels: Option<Entries<Text>>,
}
