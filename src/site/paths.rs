//! Where pages are written: the one place that knows the forms of a site's addresses.

use crate::base::OutPath;
use crate::content::document::Summary;
use crate::content::kind::Kind;
use crate::lang::LangTag;

use super::{FactIx, PageIx, Site, SourceIx, TopicIx};

/// The indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexKind {
    /// `/articles/`
    Articles,
    /// `/players/`
    Players,
    /// `/faq/`
    Faq,
    /// `/topics/`
    Topics,
    /// `/timeline/`
    Timeline,
    /// `/facts/`
    Facts,
    /// `/sources/`
    Sources,
    /// `/corrections/`
    Corrections,
}

impl IndexKind {
    /// Every index.
    pub const ALL: [Self; 8] = [
        Self::Articles,
        Self::Players,
        Self::Faq,
        Self::Topics,
        Self::Timeline,
        Self::Facts,
        Self::Sources,
        Self::Corrections,
    ];

    /// The indexes of the default navigation, in its order. The lists of sources lead to that of all sources, and the foot of
    /// each page to the corrections.
    pub const NAVIGATION: [Self; 6] =
        [Self::Articles, Self::Players, Self::Faq, Self::Topics, Self::Timeline, Self::Facts];

    /// The folder of the index.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Players => "players",
            Self::Faq => "faq",
            Self::Topics => "topics",
            Self::Timeline => "timeline",
            Self::Facts => "facts",
            Self::Sources => "sources",
            Self::Corrections => "corrections",
        }
    }
}

/// Whose list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A player's.
    Player(PageIx),
    /// A topic's.
    Topic(TopicIx),
    /// A figure's.
    Fact(FactIx),
    /// A shared source's.
    Source(SourceIx),
}

/// Which list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RestKind {
    /// Articles of a topic.
    Articles,
    /// Players of a topic.
    Players,
    /// Pages that name a player.
    Mentions,
    /// Positions of a player.
    Positions,
    /// The newest position of each player on a topic.
    Stances,
    /// Questions of a player or topic.
    Questions,
    /// Events of a player or topic.
    Timeline,
    /// Figures about a player, of a topic, or from a source.
    Figures,
    /// Pages that use a figure, or cite a source.
    Uses,
}

impl RestKind {
    /// The segment of the URL, and the kind that templates see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Players => "players",
            Self::Mentions => "mentions",
            Self::Positions => "positions",
            Self::Stances => "stances",
            Self::Questions => "questions",
            Self::Timeline => "timeline",
            Self::Figures => "figures",
            Self::Uses => "uses",
        }
    }
}

/// Where a page of content is written; `None` for a slug that was refused when it was parsed.
pub fn page_out(summary: &Summary) -> Option<OutPath> {
    in_edition(page_path(summary.kind, &summary.slug)?, summary.edition.as_ref())
}

/// Where an output of a language is written that is at a path in the site's first language.
pub(super) fn in_edition(out: OutPath, edition: Option<&LangTag>) -> Option<OutPath> {
    match edition {
        Some(tag) => OutPath::new(&format!("{tag}/{out}")).ok(),
        None => Some(out),
    }
}

/// Where a page of a kind and slug is written.
pub(super) fn page_path(kind: Kind, slug: &str) -> Option<OutPath> {
    let path = match kind {
        Kind::Page => format!("{slug}/index.html"),
        kind => format!("{}/{slug}/index.html", kind.folder()),
    };
    OutPath::new(&path).ok()
}

/// A page of an index in the site's first language: `/articles/`, `/articles/page/2/`.
pub(super) fn index_out(kind: IndexKind, number: usize) -> OutPath {
    let folder = kind.folder();
    let path = match number {
        0 => format!("{folder}/index.html"),
        number => format!("{folder}/page/{number}/index.html"),
    };
    OutPath::new(&path).expect("the folders of indexes are plain words")
}

/// A page of the figures of a topic: `/facts/topics/TOPIC/`, `/facts/topics/TOPIC/page/2/`.
pub fn figures_out(site: &Site, topic: TopicIx, number: usize) -> OutPath {
    let (prefix, own) = (site.edition().prefix(), &site.topic(topic).out);
    let below = own.as_str().strip_prefix(&*prefix).unwrap_or(own.as_str());
    let folder = below.strip_suffix("index.html").unwrap_or(below);
    site.out(&match number {
        0 => format!("facts/{folder}index.html"),
        number => format!("facts/{folder}page/{number}/index.html"),
    })
}

/// A page of the articles of a year: `/articles/years/2026/`, `/articles/years/2026/page/2/`.
pub fn year_out(site: &Site, year: i16, number: usize) -> OutPath {
    site.out(&match number {
        0 => format!("articles/years/{year}/index.html"),
        number => format!("articles/years/{year}/page/{number}/index.html"),
    })
}

/// Where the calendar of the events that a page lists is: `timeline.ics` in the page's folder.
pub fn calendar_out(page: &OutPath) -> OutPath {
    let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    OutPath::new(&format!("{folder}timeline.ics")).expect("a valid path with a plain name after it")
}

/// Where the manifest of a web application is written.
pub fn manifest_out() -> OutPath {
    OutPath::new("manifest.webmanifest").expect("plain words")
}

/// A page with its sources for reference managers: `citation.json` in the page's folder.
pub fn citation_out(page: &OutPath, extension: &str) -> OutPath {
    let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    OutPath::new(&format!("{folder}citation.{extension}"))
        .expect("a valid path with a plain name after it")
}

/// The file of a figure for programs: `/facts/ID.json`. None for an id that no path may hold.
pub fn fact_file(id: &str, extension: &str) -> Option<OutPath> {
    OutPath::new(&format!("facts/{id}.{extension}")).ok()
}

/// A file of all figures for programs, from 1: `/facts.json`, `/facts-2.json`.
pub fn facts_file(number: usize, extension: &str) -> OutPath {
    let path = match number {
        1 => format!("facts.{extension}"),
        number => format!("facts-{number}.{extension}"),
    };
    OutPath::new(&path).expect("plain words")
}

/// A list of the site for programs, in its language: `/articles.json`, `/ja/articles-2.json`. The first is 1.
pub fn list_file(site: &Site, name: &str, number: usize) -> OutPath {
    site.out(&match number {
        1 => format!("{name}.json"),
        number => format!("{name}-{number}.json"),
    })
}

/// A schema of the site's data: `/api/articles.schema.json`.
pub fn schema_file(name: &str) -> OutPath {
    OutPath::new(&format!("api/{name}.schema.json")).expect("plain words")
}

/// A page of a list that another page begins: `<page>/LIST/page/N/`.
pub fn rest_out(page: &OutPath, kind: RestKind, number: usize) -> OutPath {
    let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    OutPath::new(&format!("{folder}{}/page/{number}/index.html", kind.as_str()))
        .expect("a valid path with plain segments after it")
}
