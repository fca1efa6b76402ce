//! One table of outputs: what is at which path.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{OutPath, SourcePath};
use crate::content::document::Summary;
use crate::content::kind::Kind;
use crate::content::moved::OldPath;
use crate::diag::Code;
use crate::yaml::FieldPath;

use super::{Page, PageIx, Problem, Site, TopicIx, Where, pages, rest_pages};

/// What an output is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Route {
    /// The home page.
    Home,
    /// A page of content; topics are [`Route::Topic`].
    Page(PageIx),
    /// A topic, with or without a page of content.
    Topic(TopicIx),
    /// A page of an index; 0 is the first.
    Index(IndexKind, usize),
    /// A page of a long list that another page begins.
    Rest(Owner, RestKind, usize),
    /// The page for what is not there.
    NotFound,
    /// A page that says where a page has moved.
    Redirect(PageIx),
    /// A file that is published as it is, by its place in the list of assets.
    Asset(usize),
}

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
}

impl IndexKind {
    /// Every index, in the order of the default navigation.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Players, Self::Faq, Self::Topics];

    /// The folder of the index.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Players => "players",
            Self::Faq => "faq",
            Self::Topics => "topics",
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
    /// Questions of a player or topic.
    Questions,
    /// Events of a player or topic.
    Timeline,
}

impl RestKind {
    /// The segment of the URL, and the kind that templates see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Players => "players",
            Self::Mentions => "mentions",
            Self::Positions => "positions",
            Self::Questions => "questions",
            Self::Timeline => "timeline",
        }
    }
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it comes from; none for a file of the theme inside the program.
    pub source: Option<SourcePath>,
    /// Where it is written.
    pub out: OutPath,
}

/// The table of outputs.
#[derive(Debug, Default)]
pub struct Routes(BTreeMap<OutPath, Route>);

impl Routes {
    /// What is at a path.
    pub fn get(&self, out: &OutPath) -> Option<&Route> {
        self.0.get(out)
    }

    /// Every output, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Route)> {
        self.0.iter()
    }

    /// How many outputs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where a page of content is written; `None` for a slug that was refused when it was parsed.
pub fn page_out(summary: &Summary) -> Option<OutPath> {
    page_path(summary.kind, &summary.slug)
}

/// Where a page of a kind and slug is written.
pub(super) fn page_path(kind: Kind, slug: &str) -> Option<OutPath> {
    let path = match kind {
        Kind::Page => format!("{slug}/index.html"),
        kind => format!("{}/{slug}/index.html", kind.folder()),
    };
    OutPath::new(&path).ok()
}

/// A page of an index: `/articles/`, `/articles/page/2/`.
pub fn index_out(kind: IndexKind, number: usize) -> OutPath {
    let folder = kind.folder();
    let path = match number {
        0 => format!("{folder}/index.html"),
        number => format!("{folder}/page/{number}/index.html"),
    };
    OutPath::new(&path).expect("the folders of indexes are plain words")
}

/// A page of a list that another page begins: `<page>/LIST/page/N/`.
pub fn rest_out(page: &OutPath, kind: RestKind, number: usize) -> OutPath {
    let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    OutPath::new(&format!("{folder}{}/page/{number}/index.html", kind.as_str()))
        .expect("a valid path with plain segments after it")
}

/// Fills the table. Two sources for one output are a problem that names both; the first one stays.
pub(super) fn table(site: &Site) -> (Routes, Vec<Problem>) {
    let assets = &site.published;
    let mut table = Table {
        site,
        assets,
        added: Vec::new(),
        routes: BTreeMap::new(),
        problems: Vec::new(),
        redirects: FxHashMap::default(),
    };
    table.own();
    table.indexes();
    for at in 0..site.pages.len() as u32 {
        let ix = PageIx(at);
        let page = site.page(ix);
        match site.topic_by_id(&page.summary.id).filter(|_| page.summary.kind == Kind::Topic) {
            Some(topic) if site.topic(topic).page == Some(ix) => {
                table.add(page.out.clone(), Route::Topic(topic));
            }
            _ => table.add(page.out.clone(), Route::Page(ix)),
        }
    }
    table.topics();
    table.rests();
    for (at, asset) in assets.iter().enumerate() {
        table.add(asset.out.clone(), Route::Asset(at));
    }
    for at in 0..site.pages.len() as u32 {
        for from in &site.page(PageIx(at)).summary.redirect_from {
            if let Ok(from) = site.old_out(from) {
                table.add(from, Route::Redirect(PageIx(at)));
            }
        }
    }
    table.fill();
    table.collisions();
    (Routes(table.routes), table.problems)
}

struct Table<'a> {
    site: &'a Site,
    assets: &'a [Asset],
    /// What is written, in the order in which one precedes another.
    added: Vec<(OutPath, Route)>,
    /// The same by path.
    routes: BTreeMap<OutPath, Route>,
    problems: Vec<Problem>,
    /// Of pages with a redirect that collides, where each stands in their list.
    redirects: FxHashMap<PageIx, FxHashMap<OutPath, usize>>,
}

impl Table<'_> {
    fn add(&mut self, out: OutPath, route: Route) {
        self.added.push((out, route));
    }

    /// Sorts what was added; of two outputs at one path the first stays. A tree that is made of a sorted list is made
    /// several times faster than one that grows.
    fn fill(&mut self) {
        let mut added = std::mem::take(&mut self.added);
        added.par_sort_by(|(a, _), (b, _)| a.cmp(b));
        for same in added.chunk_by(|(a, _), (b, _)| a == b) {
            for (out, route) in &same[1..] {
                self.collide(out, route, out, &same[0].1);
            }
        }
        added.dedup_by(|(later, _), (first, _)| later == first);
        self.routes = added.into_iter().collect();
    }

    fn own(&mut self) {
        let fixed = |path: &str| OutPath::new(path).expect("plain words");
        self.add(fixed("index.html"), Route::Home);
        self.add(fixed("404.html"), Route::NotFound);
    }

    fn indexes(&mut self) {
        for kind in IndexKind::ALL {
            let total = self.site.listed(kind);
            let more = match kind {
                IndexKind::Articles => 1..=rest_pages(total),
                IndexKind::Players | IndexKind::Faq | IndexKind::Topics => 2..=pages(total),
            };
            // A link of the site to an index leads somewhere on the day that its last page expires, too. An author may
            // have another use for the address of one that has nothing to list.
            if total == 0 && self.is_taken(&index_out(kind, 0)) {
                continue;
            }
            self.add(index_out(kind, 0), Route::Index(kind, 0));
            for number in more {
                self.add(index_out(kind, number), Route::Index(kind, number));
            }
        }
    }

    /// Whether a file, a page or the old address of one is at a path.
    fn is_taken(&self, out: &OutPath) -> bool {
        let leads = |old: &OldPath| self.site.old_out(old).as_ref() == Ok(out);
        let at = |page: &Page| page.out == *out || page.summary.redirect_from.iter().any(leads);
        self.assets.iter().any(|asset| asset.out == *out) || self.site.pages.iter().any(at)
    }

    fn topics(&mut self) {
        for at in 0..self.site.topics.len() as u32 {
            let topic = self.site.topic(TopicIx(at));
            if topic.page.is_none() {
                self.add(topic.out.clone(), Route::Topic(TopicIx(at)));
            }
        }
    }

    fn rests(&mut self) {
        for (ix, of) in &self.site.graph.by_player {
            let page = self.site.page(*ix);
            if !page.state.is_listed() {
                continue;
            }
            for (kind, total) in [
                (RestKind::Mentions, of.mentions.len()),
                (RestKind::Positions, of.positions.len()),
                (RestKind::Questions, of.questions.len()),
                (RestKind::Timeline, of.events.len()),
            ] {
                self.rest(&page.out, Owner::Player(*ix), kind, total);
            }
        }
        for (ix, of) in &self.site.graph.by_topic {
            let topic = self.site.topic(*ix);
            for (kind, total) in [
                (RestKind::Articles, of.articles.len()),
                (RestKind::Players, of.players.len()),
                (RestKind::Questions, of.questions.len()),
                (RestKind::Timeline, of.events.len()),
            ] {
                self.rest(&topic.out, Owner::Topic(*ix), kind, total);
            }
        }
    }

    fn rest(&mut self, page: &OutPath, owner: Owner, kind: RestKind, total: usize) {
        for number in 1..=rest_pages(total) {
            self.add(rest_out(page, kind, number), Route::Rest(owner, kind, number));
        }
    }

    /// Paths that one folder cannot hold everywhere: they differ only by case, or one is a folder of the other.
    fn collisions(&mut self) {
        let mut found = Vec::new();
        let mut folded: FxHashMap<Cow<'_, str>, &OutPath> = FxHashMap::default();
        // Where every path is its own folding no two can be alike.
        if !self.routes.keys().all(OutPath::is_folded) {
            for out in self.routes.keys() {
                if let Some(first) = folded.insert(out.folded(), out) {
                    found.push((out.clone(), first.clone()));
                }
            }
        }
        // Few files are no pages, and only those are ever folders of another.
        let is_page = |path: &str| path.ends_with("index.html");
        let files = self.routes.keys().filter(|out| !is_page(out.as_str()));
        let files: FxHashMap<Cow<'_, str>, &OutPath> =
            files.map(|out| (out.folded(), out)).collect();
        let pages = |path: &str| {
            let whole = folded.get(path).copied();
            whole.or_else(|| Some(self.routes.get_key_value(&OutPath::new(path).ok()?)?.0))
        };
        let above = |out: &OutPath| {
            let path = out.folded();
            let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
            let file = |folder| match is_page(folder) {
                true => pages(folder),
                false => files.get(folder).copied(),
            };
            folders.filter_map(file).map(|file| (out.clone(), file.clone())).collect::<Vec<_>>()
        };
        found.par_extend(self.routes.par_iter().flat_map_iter(|(out, _)| above(out)));
        for (out, first) in found {
            let route = |path: &OutPath| self.routes.get(path).cloned();
            if let (Some(second), Some(other)) = (route(&out), route(&first)) {
                self.collide(&out, &second, &first, &other);
            }
        }
    }

    fn collide(&mut self, out: &OutPath, route: &Route, first: &OutPath, other: &Route) {
        let (at, by) = (self.owner(route), self.owner(other));
        let name = |source: &Option<SourcePath>| match source {
            Some(path) => format!("`{path}`"),
            None => "the site itself".to_string(),
        };
        let message = if out == first {
            match at == by {
                true => format!("{} writes `{out}` twice", name(&at)),
                false => format!("{} and {} both write `{out}`", name(&by), name(&at)),
            }
        } else {
            format!(
                "{} writes `{first}` and {} writes `{out}`: not every host can hold both",
                name(&by),
                name(&at)
            )
        };
        // The place to change is one of the author's, whichever of the two it is.
        let (place, second) = match (self.place(out, route), self.place(first, other)) {
            (Some(at), by) => (at, by),
            (None, Some(by)) => (by, None),
            (None, None) => (Where::file(&SourcePath::new(crate::config::PATH)), None),
        };
        let mut problem = Problem::new(Code::RouteCollision, place, message)
            .help("give one of them another `slug`, name or path");
        if let Some(second) = second {
            problem = problem.related("the other one", second);
        }
        self.problems.push(problem);
    }

    /// What an author wrote to have an output at its path: a field, or the file itself.
    fn place(&mut self, out: &OutPath, route: &Route) -> Option<Where> {
        let root = FieldPath::root();
        match route {
            Route::Page(ix) => {
                let Page { path, summary, .. } = self.site.page(*ix);
                let slug = (summary.slug != summary.id).then(|| root.key("slug"));
                Some(slug.map_or_else(|| Where::file(path), |slug| Where::field(path, slug)))
            }
            Route::Redirect(ix) => {
                let Page { path, summary, .. } = self.site.page(*ix);
                let site = self.site;
                let places = self.redirects.entry(*ix).or_insert_with(|| {
                    let all = summary.redirect_from.iter().enumerate().rev();
                    all.filter_map(|(at, old)| Some((site.old_out(old).ok()?, at))).collect()
                });
                Some(Where::field(path, root.key("redirect_from").index(*places.get(out)?)))
            }
            _ => self.owner(route).map(|path| Where::file(&path)),
        }
    }

    fn owner(&self, route: &Route) -> Option<SourcePath> {
        match route {
            Route::Page(ix) | Route::Redirect(ix) | Route::Rest(Owner::Player(ix), ..) => {
                Some(self.site.page(*ix).path.clone())
            }
            Route::Topic(ix) | Route::Rest(Owner::Topic(ix), ..) => {
                self.site.topic(*ix).page.map(|page| self.site.page(page).path.clone())
            }
            Route::Asset(at) => self.assets.get(*at).and_then(|asset| asset.source.clone()),
            Route::Home | Route::Index(..) | Route::NotFound => None,
        }
    }
}
