//! The parts that several pages share.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::SharedPart;
use super::face::Face;
use super::html::FilledHtml;
use super::linked_data::LinkedData;
use super::social::SocialCard;
use super::sources::Citation;
use super::words::MarkedHtml;

/// What `base.html` needs of every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageHead {
    /// The kind of page: `home`, `article`, `player`, `faq`, `topic`, `fact`, `source`, `page`, `list`, `feeds`,
    /// `api`, `embed`, `not-found` or `redirect`.
    pub kind: &'static str,
    /// The language of the page, BCP 47.
    pub lang: Arc<str>,
    /// The direction of its script: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The title, for the head and the page's one h1.
    pub title: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub title_html: Option<MarkedHtml>,
    /// One or two plain sentences for search results and link previews.
    pub description: Arc<str>,
    /// The page's own root-relative URL.
    pub url: Arc<str>,
    /// The absolute URL, when the site has a `base_url`.
    pub canonical: Option<Arc<str>>,
    /// The way to the page from the home page; empty on the home page. The last one is the page itself.
    pub breadcrumbs: Vec<Crumb>,
    /// Whether search engines may list the page.
    pub indexed: bool,
    /// The languages that the page is in, its own among them; empty where there is one alone.
    pub languages: Vec<PageLanguage>,
    /// The URL of the page for readers of other languages.
    pub default_url: Option<Arc<str>>,
    /// What is shown of the page where it is shared.
    pub card: SocialCard,
    /// What the page tells search engines about itself, in JSON-LD; none without a `base_url`.
    pub linked_data: Option<LinkedData>,
    /// The feed of what the page is about.
    pub feed: Option<FeedLink>,
    /// How other sites show what the page is about.
    pub embed: Option<EmbedLink>,
    /// Whether the theme's faces have the letters of its language; others are shown in those of the reader's system.
    pub has_faces: bool,
    /// What the page may load and run (Content Security Policy). None where content is trusted to do anything.
    pub policy: Option<Arc<str>>,
}

/// How other sites show a thing in a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EmbedLink {
    /// What it is called.
    pub title: Arc<str>,
    /// The URL of the page for frames.
    pub href: Arc<str>,
    /// The absolute URL of the same for programs (oEmbed).
    pub oembed: Arc<str>,
    /// The HTML to copy.
    pub html: Arc<str>,
    /// The width of the frame, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FeedLink {
    /// What it is about.
    pub title: Arc<str>,
    /// The language of that, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// Its URL.
    pub href: Arc<str>,
    /// Its media type.
    pub media_type: &'static str,
    /// What its format is called.
    pub format: &'static str,
}

/// A step of the way to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Crumb {
    /// The page's name.
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub html: Option<MarkedHtml>,
    /// Its URL; none for the page itself.
    pub href: Option<Arc<str>>,
}

/// What every page shows of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SiteInfo {
    /// The site's name.
    pub title: Arc<str>,
    /// The language of the name, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// The logo at the head of every page.
    pub logo: Option<SiteLogo>,
    /// What the site is about.
    pub description: Option<Arc<str>>,
    /// The URL of the home page.
    pub home: Arc<str>,
    /// The main navigation.
    pub nav: Vec<NavLink>,
    /// The links at the foot of every page.
    pub footer: Vec<NavLink>,
    /// Who publishes the site.
    pub publisher: Option<LinkText>,
    /// The URL of the search; none on a site without one.
    pub search: Option<Arc<str>>,
    /// Its feeds.
    pub feeds: Vec<FeedLink>,
    /// The words of the reader's choice of light and dark.
    pub appearance: AppearanceWords,
}

/// The words of the reader's choice of light and dark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AppearanceWords {
    /// What is chosen.
    pub label: Arc<str>,
    /// As the reader's system has it.
    pub auto: Arc<str>,
    /// Light.
    pub light: Arc<str>,
    /// Dark.
    pub dark: Arc<str>,
}

/// The logo of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SiteLogo {
    /// The picture.
    pub picture: LogoPicture,
    /// Another on dark paper.
    pub dark: Option<LogoPicture>,
    /// Whether the picture shows on light paper alone, and there is no other.
    pub needs_plate: bool,
    /// The words beside it; none where it has the name in it.
    pub wordmark: Option<Arc<str>>,
}

/// The picture of a logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LogoPicture {
    /// The URL.
    pub src: Arc<str>,
    /// The width in pixels, when it is known.
    pub width: Option<u32>,
    /// The height in pixels, when it is known.
    pub height: Option<u32>,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NavLink {
    /// The text.
    pub text: Arc<str>,
    /// The URL.
    pub href: Arc<str>,
    /// `page` on the page itself, `true` on pages below it, none elsewhere (the values of `aria-current`).
    pub current: Option<&'static str>,
    /// The language of the text and of what it leads to, when readers are led out of theirs.
    pub foreign: Option<Foreign>,
}

/// The theme's files, by the URL at which they are served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assets {
    /// The style sheet.
    pub stylesheet: Arc<str>,
    /// The site's own rules, which are added to it: `static/theme/site.css`.
    pub site_stylesheet: Option<Arc<str>>,
    /// The faces of the theme's style sheet, which pages in Latin letters ask for at once.
    pub fonts: Vec<Arc<str>>,
    /// The site's icon.
    pub icon: Arc<str>,
    /// The media type of the icon.
    pub icon_type: Arc<str>,
    /// The manifest of a web application, if the site has one.
    pub manifest: Option<Arc<str>>,
    /// The colour of the window's frame, if the site says one.
    pub theme_color: Option<Arc<str>>,
    /// The script of the search.
    pub search: Arc<str>,
    /// The script of pages.
    pub script: Arc<str>,
    /// The script of the reader's choice of light and dark; none where the style sheet is the site's own, which may know neither.
    pub appearance: Option<Arc<str>>,
}

/// Text with a link, or without one when it leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinkText {
    /// The text.
    pub text: Arc<str>,
    /// The URL.
    pub href: Option<Arc<str>>,
    /// The language of the text and of what it leads to, when readers are led out of theirs.
    pub foreign: Option<Foreign>,
}

/// Another language than the page's: of a text, or of what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Foreign {
    /// The language of what a link leads to, BCP 47. None where it leads to no page whose language is known.
    pub lang: Option<Arc<str>>,
    /// The language of the text: that of the page where a player has a name in it, else mostly the other.
    pub text: Arc<str>,
    /// The direction of the text: `ltr` or `rtl`.
    pub dir: &'static str,
}

/// A page in one of the languages that it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageLanguage {
    /// The language, BCP 47.
    pub lang: Arc<str>,
    /// The direction of its script: `ltr` or `rtl`.
    pub dir: &'static str,
    /// What the language calls itself.
    pub name: Arc<str>,
    /// The root-relative URL of the page in that language.
    pub href: Arc<str>,
    /// The absolute URL, when the site has a `base_url`; else the root-relative one.
    pub url: Arc<str>,
    /// Whether it is the language of the page.
    pub current: bool,
}

impl LinkText {
    /// A text that leads to no page of the site.
    pub fn new(text: Arc<str>, href: Option<Arc<str>>) -> Self {
        Self { text, href, foreign: None }
    }
}

/// A date for a `<time>` element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateText {
    /// The machine's form.
    pub iso: Arc<str>,
    /// The reader's form, in the page's language.
    pub text: Arc<str>,
}

/// A list that may go on elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Capped<T> {
    /// The first items.
    pub items: Vec<T>,
    /// Where the rest is, when there is more.
    pub more: Option<Arc<str>>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArticleCard {
    /// The title.
    pub title: Arc<str>,
    /// The URL.
    pub href: Arc<str>,
    /// The summary.
    pub summary: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the rest.
    pub summary_html: Option<MarkedHtml>,
    /// The genre: `background`, `analysis`, `report`, `opinion` or `qa`.
    pub genre: &'static str,
    /// When it was published.
    pub published: Option<SharedPart<DateText>>,
    /// The language of the title, when it is not the page's or leads readers out of theirs.
    pub foreign: Option<Foreign>,
    /// The language of the summary, when it is not the page's.
    pub summary_foreign: Option<Foreign>,
}

/// A player in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlayerCard {
    /// The name.
    pub name: Arc<str>,
    /// The URL.
    pub href: Arc<str>,
    /// The kind: `person`, `organisation` or `country`.
    pub kind: &'static str,
    /// What stands for it.
    pub face: Face,
    /// One line about it.
    pub summary: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the rest.
    pub summary_html: Option<MarkedHtml>,
    /// The language of the name, when it is not the page's or leads readers out of theirs.
    pub foreign: Option<Foreign>,
    /// The language of the summary, when it is not the page's.
    pub summary_foreign: Option<Foreign>,
}

/// A topic in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TopicCard {
    /// The title.
    pub title: Arc<str>,
    /// The URL.
    pub href: Arc<str>,
    /// What it is about.
    pub summary: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the rest.
    pub summary_html: Option<MarkedHtml>,
    /// The language of the title, when it is not the page's or leads readers out of theirs.
    pub foreign: Option<Foreign>,
    /// The language of the summary, when it is not the page's.
    pub summary_foreign: Option<Foreign>,
}

/// A question, and the page that answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuestionLink {
    /// The question.
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the rest.
    pub html: Option<MarkedHtml>,
    /// Where it is answered.
    pub href: Arc<str>,
    /// The title of the page that answers it.
    pub page: Arc<str>,
    /// The language of both, when readers are led out of theirs.
    pub foreign: Option<Foreign>,
}

/// A heading of a contents list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// The heading.
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the rest.
    pub html: Option<MarkedHtml>,
    /// Its anchor, with `#`.
    pub href: Arc<str>,
    /// The headings below it.
    pub sections: Vec<Section>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PictureView {
    /// The URL.
    pub src: Arc<str>,
    /// The same picture as WebP in several widths, as the value of `srcset`; none for one that is not scaled.
    pub webp: Option<Arc<str>>,
    /// The text alternative; empty for a decorative picture.
    pub alt: Arc<str>,
    /// Width in pixels, when it is known.
    pub width: Option<u32>,
    /// Height in pixels, when it is known.
    pub height: Option<u32>,
    /// Who made it.
    pub credit: Option<Arc<str>>,
    /// The language of that name, when it is not the page's.
    pub credit_foreign: Option<Foreign>,
    /// What it shows.
    pub caption: Option<FilledHtml>,
}

/// A figure that a page shows, with everything that makes it checkable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// The anchor on this page, without `#`.
    pub anchor: Arc<str>,
    /// The figure as it stands in the text, such as "3.5% of GDP".
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub html: Option<MarkedHtml>,
    /// The same in all its digits, where the text has fewer, such as "¥8,700,000,000,000".
    pub exact: Option<Arc<str>>,
    /// The figure that says the same amount in another currency.
    pub conversion: Option<LinkText>,
    /// The URL of its own page.
    pub href: Option<Arc<str>>,
    /// The language of that page, when readers are led out of theirs.
    pub hreflang: Option<Arc<str>>,
    /// What it measures.
    pub of: Option<Arc<str>>,
    /// The language of what it measures, when that is not the page's.
    pub lang: Option<Arc<str>>,
    /// The direction of that language: `ltr` or `rtl`.
    pub dir: Option<&'static str>,
    /// Whose it is.
    pub about: Option<LinkText>,
    /// `actual`, `target`, `request`, `estimate`, `forecast` or `cap`.
    pub kind: Option<&'static str>,
    /// `confirmed`, `reported` or `disputed`.
    pub status: Option<&'static str>,
    /// The day for which it holds.
    pub as_of: Option<DateText>,
    /// Who said so.
    pub attributed_to: Option<LinkText>,
    /// Where it is from.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list, where the page has one.
    pub cite: Option<Citation>,
}

/// The links between the pages of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Pager {
    /// The page before this one (newer items, or earlier in the alphabet).
    pub previous: Option<Arc<str>>,
    /// The page after this one.
    pub next: Option<Arc<str>>,
    /// The number of this page; none on the first.
    pub number: Option<usize>,
    /// Whether the order is by date, newest first.
    pub by_date: bool,
}

/// A notice over a page that is no longer current.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Banner {
    /// `withdrawn` or `expired`.
    pub kind: &'static str,
    /// Since when, if it is known.
    pub date: Option<DateText>,
    /// Why.
    pub reason: Option<Arc<str>>,
    /// The page that takes its place.
    pub successor: Option<SharedPart<LinkText>>,
}
