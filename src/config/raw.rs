//! `site.yaml` as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::{Entries, Extra, OneOrMany, Text, TextOr};

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
    /// The language of pages that name none, BCP 47. Default: `en`.
    pub lang: Option<Text>,
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
    /// How often pages are to be checked, in days: `180d`.
    pub review_every: Option<Text>,
    /// `untrusted` (default: raw HTML in content is escaped) or `trusted`.
    pub content_trust: Option<Text>,
    /// What the checks accept.
    pub check: Option<RawCheck>,
    /// Where the site is published: named targets.
    pub publish: Option<Extra>,
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
    /// A logo, from the site's root.
    pub logo: Option<Text>,
    /// Policies: which, and the id or URL of the page.
    pub policies: Option<Entries<Text>>,
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
