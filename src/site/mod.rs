//! The whole site as one value: who is who, who names whom, what is where.
//!
//! Made of summaries alone, so it stays the same while no summary changes. It knows no body, no template and no
//! clock: the instant of the build is an input.

mod corrections;
mod due;
mod editions;
mod embeds;
mod facts;
mod faulty;
mod feeds;
mod files;
pub mod graph;
pub mod headers;
pub mod host_rules;
mod icon;
mod input;
mod lists;
mod media;
mod moved;
mod named_with;
mod output;
mod outputs;
mod paths;
mod pictures;
pub mod policies;
mod posts;
mod problem;
mod related;
mod schedule;
mod search;
mod social;
mod sources;
mod state;
mod tally;
pub mod timeline;

pub use corrections::{ChangeRef, corrections_feed_out};
pub use due::{Due, DueKind, due};
pub use editions::Edition;
pub use embeds::Embedded;
pub use facts::{FactIx, FactLists, used_by as facts_used_by};
pub use feeds::{FEED_CAP, FeedItem, beside, feed_archive_out, feed_archives, feed_out};
pub use files::{Acting, LeftOut, Why};
pub use graph::{EventRef, Graph, OfPlayer, OfTopic, PositionRef, QuestionRef};
pub use input::Input;
pub use lists::{CAP, PAGE, newest_first_page, older_page, pages, rest_pages};
pub use media::MediaParts;
pub use named_with::{named_together, named_with};
pub use output::{Add, KindIx, Operation, Output, OutputKind, Producer, Subject, Which};
pub use outputs::{Asset, Outputs};
pub use paths::{
    IndexKind, Owner, RestKind, calendar_out, citation_out, fact_file, facts_file, figures_out,
    list_file, manifest_out, page_out, rest_out, schema_file, year_out,
};
pub use pictures::{
    MOST_PIXELS, PictureFile, PictureFiles, PictureFormat, Pictures, RECIPE, Rendition, Scaled,
    ShownPicture,
};
pub use posts::{FormerPost, PostsInTime, held_on, moves};
pub use problem::{Problem, Sought};
pub use related::related;
pub use schedule::{Happens, NextChange, next_change};
pub use search::{SearchEntry, SearchKind};
pub use social::social_cards_setting;
pub use sources::{SourceIx, SourceKey, SourceLists};
pub use state::{Broken, Instant, State};
pub use timeline::{EventIx, SiteEvent};

use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{BaseUrl, EntityId, OutPath, SourcePath, UrlPath};
use crate::config::{FeedScope, HostKind, PageDataScope, Theme, WellKnown};
use crate::content::document::{Details, Summary};
use crate::content::kind::Kind;
use crate::content::model::{Fact, Source};
use crate::content::moved::OldPath;
use crate::content::reference::{Link, Target};
use crate::content::table::{Table, TableFault};
use crate::names::Edge;

use faulty::Faulty;
use policies::Policies;

/// What CSV files hold, sorted by path.
pub type Tables = Vec<(SourcePath, Result<Arc<Table>, Arc<TableFault>>)>;

/// A page of content in the site, by its place in [`Whole::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageIx(pub u32);

/// A topic, by its place in [`Site::topics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicIx(pub u32);

/// A page of content.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file.
    pub path: SourcePath,
    /// What other pages may see of it.
    pub summary: Arc<Summary>,
    /// Whom its texts name, and in which sections.
    pub named: Arc<[Edge]>,
    /// Whether it is shown as it is, or under a banner. Pages that are not public yet are not in the site.
    pub state: State,
    /// Where it is written. Set while the site is made.
    pub out: OutPath,
}

/// A topic: a page of content, or an id that articles name.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The id.
    pub id: EntityId,
    /// Its page of content, if it has one.
    pub page: Option<PageIx>,
    /// Where its page is written.
    pub out: OutPath,
}

/// A figure, and the article that declares it.
#[derive(Debug, Clone)]
pub struct SiteFact {
    /// The figure.
    pub fact: Arc<Fact>,
    /// The page that declares it; none for `facts.yaml`.
    pub home: Option<PageIx>,
}

/// What is the same in every language of the site.
pub struct Whole {
    /// Every public or withdrawn page, sorted by path.
    pub pages: Vec<Page>,
    /// The languages, the first first. One, if the site names none.
    pub editions: Vec<Edition>,
    /// Every file that is published as it is; [`Output::published`] is a place in this list.
    pub published: Vec<Asset>,
    facts: FxHashMap<EntityId, SiteFact>,
    /// The ids of all figures, sorted: [`FactIx`] is a place in this list.
    fact_ids: Vec<EntityId>,
    /// The ids of the figures that pages use which are not public yet.
    held_facts: FxHashSet<EntityId>,
    /// Figures as the pages of other languages declare them, by the number of the language.
    own_facts: Vec<FxHashMap<EntityId, SiteFact>>,
    sources: FxHashMap<EntityId, Arc<Source>>,
    /// What the CSV files hold, sorted by path.
    tables: Tables,
    /// The ids of all shared sources, sorted: [`SourceIx`] is a place in this list.
    source_ids: Vec<EntityId>,
    /// The ids of the sources that pages rest on which are not public yet.
    held_sources: FxHashSet<EntityId>,
    /// The first shared source with each address, and with each title, publisher and date.
    source_keys: FxHashMap<SourceKey, SourceIx>,
    /// Whether any source, of a page or a shared one, was retracted.
    has_retracted: bool,
    /// The pages of each language, by id.
    ids: Vec<FxHashMap<EntityId, PageIx>>,
    /// Places in the list of published files, by their sources in normal form C.
    assets: FxHashMap<SourcePath, usize>,
    /// Files below `content/` that are not published, by their paths in normal form C.
    left_out: FxHashMap<SourcePath, LeftOut>,
    /// Pages whose files have another path in normal form C, by that.
    composed: FxHashMap<SourcePath, PageIx>,
    hidden_ids: FxHashMap<EntityId, Kind>,
    hidden_files: FxHashSet<SourcePath>,
    hidden_outs: FxHashSet<OutPath>,
    /// The site's own address, as its settings have it.
    base_url: Option<BaseUrl>,
    /// Where the site will be.
    pub base: BaseUrl,
    /// Whether articles and FAQ pages have files for reference managers.
    pub has_citation_files: bool,
    /// What the site says in files at fixed places.
    pub well_known: WellKnown,
    /// Whether readers can search the site.
    pub is_searched: bool,
    /// Which feeds there are.
    pub feeds: FeedScope,
    /// Whether pages have Markdown beside them.
    pub has_markdown: bool,
    /// Whether there is a list of the site for language models.
    pub has_llms_txt: bool,
    /// Whether pages without a picture have one for where they are shared.
    pub has_social_cards: bool,
    /// Whether figures, players and questions have pages for frames of other sites.
    pub has_embeds: bool,
    /// Which pages have data beside them.
    pub page_data: PageDataScope,
    /// The kinds of host for which redirects and headers are written.
    pub hosts: Vec<HostKind>,
    /// The key by which IndexNow knows the site.
    pub indexnow: Option<Arc<str>>,
    /// What pages may load.
    pub policies: Policies,
    /// The site's looks.
    pub theme: Theme,
    /// Files that are left out because of errors of their own, sorted by path.
    pub broken: Vec<Broken>,
    faulty: Faulty,
}

/// The site, as the pages of one language see it. That of the first language knows the others ([`Site::all`]).
pub struct Site {
    whole: Arc<Whole>,
    /// The place of the language in [`Whole::editions`].
    number: usize,
    /// Every topic, in the order of the topics page.
    pub topics: Vec<Topic>,
    /// Who names whom.
    pub graph: Graph,
    /// The figures: which have a page, and what uses each.
    pub figures: FactLists,
    /// The shared sources: which have a page, and what cites each.
    pub citations: SourceLists,
    /// The posts that players have left, and those that they hold.
    pub posts: PostsInTime,
    /// Every output, of every language.
    pub outputs: Arc<Outputs>,
    /// The pictures that pages show, and what is made of them.
    pub pictures: Arc<Pictures>,
    topic_ids: FxHashMap<EntityId, TopicIx>,
    /// The site in its other languages; that of the first language has them.
    others: Vec<Site>,
    /// Problems between files: ids, figures and outputs that collide. The site of the first language has them.
    pub problems: Vec<Problem>,
}

impl Deref for Site {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        &self.whole
    }
}

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// A page of content.
    Page(PageIx),
    /// A topic, with or without a page of content.
    Topic(TopicIx),
    /// A file that is published as it is.
    Asset(OutPath),
    /// A page that is not public yet.
    NotPublic,
    /// A page that is left out because its file has errors of its own.
    Broken,
    /// Nothing.
    Unknown,
}

impl Whole {
    /// A page.
    pub fn page(&self, page: PageIx) -> &Page {
        &self.pages[page.0 as usize]
    }
}

impl Site {
    /// Puts a site together. Pure: the same input gives the same site.
    pub fn build(input: Input<'_>) -> Self {
        let mut problems = Vec::new();
        let editions = Edition::all(input.config);
        let languages: Vec<_> = editions[1..].iter().map(|edition| &edition.lang).collect();
        let admitted = state::admit(input.pages, &input.instant, &languages, &mut problems);
        problems.extend(editions::misnamed(&admitted, &editions));
        let facts = facts::collect(&admitted, input.facts, &mut problems);
        let pages = admitted.pages;
        let sorted =
            files::sort_out(&pages, &admitted.hidden, input.files, input.is_trusted, input.acting);
        let mut published = input.assets;
        published.extend(sorted.published);
        problems.extend(sorted.problems);
        let assets = published.iter().enumerate();
        let assets = assets
            .filter_map(|(at, asset)| Some((asset.source.as_ref()?.composed(), at)))
            .collect();
        let held = sorted.left_out.iter().filter(|file| file.why == Why::NotPublic);
        let hidden_outs = held.filter_map(|file| file.out.clone()).chain(admitted.hidden_outs);
        let hidden_outs = hidden_outs.collect();
        let left_out = sorted.left_out.into_iter();
        let hidden_pages = admitted.hidden.iter().map(|page| page.path.composed());
        let hidden_files = hidden_pages.chain(sorted.not_public).collect();
        let sources = sources::shared(input.sources);
        let mut source_ids: Vec<_> = sources.keys().cloned().collect();
        source_ids.sort_unstable();
        let whole = Arc::new(Whole {
            fact_ids: facts.ids(),
            held_facts: facts::held(&admitted.hidden),
            held_sources: sources::held(&admitted.hidden, &facts.by_id),
            facts: facts.by_id,
            own_facts: facts.of_editions,
            tables: input.tables.clone(),
            source_keys: sources::keys(&source_ids, &sources),
            has_retracted: sources::has_retracted(&pages, &sources),
            sources,
            source_ids,
            ids: admitted.ids,
            assets,
            left_out: left_out.map(|file| (file.file.composed(), file)).collect(),
            composed: composed(&pages),
            hidden_ids: admitted.hidden_ids,
            hidden_files,
            hidden_outs,
            base_url: input.config.site.base_url.clone(),
            has_citation_files: input.config.site.citation_files,
            well_known: input.config.site.well_known.clone(),
            is_searched: input.config.site.search,
            feeds: input.config.site.feeds,
            page_data: input.config.site.page_data,
            has_social_cards: input.config.site.social_cards,
            has_embeds: input.config.site.embeds,
            has_markdown: input.config.site.markdown,
            has_llms_txt: input.config.site.llms_txt,
            hosts: input.config.site.hosts.clone(),
            indexnow: input.config.site.indexnow.clone(),
            policies: Policies::new(
                input.config.site.csp.clone(),
                &policies::framed(&pages),
                input.is_trusted,
            ),
            theme: input.config.site.theme.clone(),
            base: input.base.clone(),
            faulty: Faulty::new(&input.broken),
            broken: input.broken,
            pages,
            editions,
            published,
        });
        let instant = &input.instant;
        let mut site = Self::in_language(whole.clone(), 0, instant);
        let others = 1..whole.editions.len();
        site.others =
            others.map(|number| Self::in_language(whole.clone(), number, instant)).collect();
        let pictures = Pictures::new(&site, input.pictures, input.is_trusted, &mut problems);
        site.pictures = Arc::new(pictures);
        let (outputs, colliding) = outputs::table(&site, input.kinds);
        problems.extend(colliding);
        problems.extend(site.all().flat_map(|site| timeline::still_announced(site, instant)));
        problems.extend(social::problem(&site));
        site.problems = problems;
        let outputs = Arc::new(outputs);
        for other in &mut site.others {
            other.outputs = outputs.clone();
            other.pictures = site.pictures.clone();
        }
        site.outputs = outputs;
        site
    }

    /// How many items an index lists.
    pub fn listed(&self, kind: IndexKind) -> usize {
        match kind {
            IndexKind::Articles => self.graph.articles.len(),
            IndexKind::Players => self.graph.players.len(),
            IndexKind::Faq => self.graph.questions.len(),
            IndexKind::Timeline => self.graph.timeline.events.len(),
            // Those that lists leave out are the last.
            IndexKind::Topics => self.topics.partition_point(|topic| self.lists_topic(topic)),
            IndexKind::Facts => self.figures.listed().len(),
            IndexKind::Sources => self.citations.listed().len(),
            IndexKind::Corrections => self.graph.corrections.len(),
        }
    }

    /// A topic.
    pub fn topic(&self, topic: TopicIx) -> &Topic {
        &self.topics[topic.0 as usize]
    }

    /// The page of a file, by its path in normal form C.
    fn by_file(&self, file: &SourcePath) -> Option<PageIx> {
        match self.pages.binary_search_by(|page| page.path.cmp(file)) {
            Ok(at) => Some(PageIx(at as u32)),
            Err(_) => self.composed.get(file).copied(),
        }
    }

    /// The published file that a path names, in whatever normal form. A name with `%` may be written as in a URL.
    pub fn asset(&self, file: &SourcePath) -> Option<&Asset> {
        let at = self.assets.get(&file.composed());
        let at = at.or_else(|| self.assets.get(&file.percent_decoded()?.composed()));
        at.map(|at| &self.published[*at])
    }

    /// The published file that a link leads to.
    pub fn linked_asset(&self, link: &Link) -> Option<&Asset> {
        match link {
            Link::To(Target::File(file), _) => self.asset(file),
            Link::Root(url) => {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                self.asset_at(&UrlPath::out(path).ok()?)
            }
            Link::To(..) | Link::Anchor(_) | Link::External(_) => None,
        }
    }

    /// What a CSV file holds; none for another file.
    pub fn table(&self, file: &SourcePath) -> Option<&Result<Arc<Table>, Arc<TableFault>>> {
        let at = self.tables.binary_search_by(|(path, _)| path.cmp(file)).ok()?;
        Some(&self.tables[at].1)
    }

    /// The published file at a path.
    pub fn asset_at(&self, out: &OutPath) -> Option<&Asset> {
        self.published.get(self.outputs.get(out)?.published()?)
    }

    /// Whether a file, a page or the former address of a page is at a path. Without the table of outputs: it is asked
    /// while that is made.
    pub fn is_taken(&self, out: &OutPath) -> bool {
        let leads = |old: &OldPath| self.old_out(old).as_ref() == Ok(out);
        let at = |page: &Page| page.out == *out || page.summary.redirect_from.iter().any(leads);
        self.published.iter().any(|file| file.out == *out) || self.pages.iter().any(at)
    }

    /// The file below `content/` that a path names, if it is there and not published.
    pub fn left_out(&self, file: &SourcePath) -> Option<&LeftOut> {
        let found = self.left_out.get(&file.composed());
        found.or_else(|| self.left_out.get(&file.percent_decoded()?.composed()))
    }

    /// The file that would be written there if it were published.
    pub fn left_out_at(&self, out: &OutPath) -> Option<&LeftOut> {
        let mut found: Vec<_> =
            self.left_out.values().filter(|file| file.out.as_ref() == Some(out)).collect();
        found.sort_by(|a, b| a.file.cmp(&b.file));
        found.first().copied()
    }

    /// The player with an id.
    pub fn player(&self, id: &str) -> Option<PageIx> {
        self.of_kind(Kind::Player, id)
    }

    /// The page of a kind with an id.
    pub fn of_kind(&self, kind: Kind, id: &str) -> Option<PageIx> {
        self.by_id(id).filter(|page| self.page(*page).summary.kind == kind)
    }

    /// The topic with an id.
    pub fn topic_by_id(&self, id: &str) -> Option<TopicIx> {
        self.topic_ids.get(id).copied()
    }

    /// The figure with an id.
    pub fn fact(&self, id: &str) -> Option<&SiteFact> {
        let own = self.number.checked_sub(1).and_then(|at| self.own_facts.get(at)?.get(id));
        own.or_else(|| self.facts.get(id))
    }

    /// The ids of all figures, sorted.
    pub fn fact_ids(&self) -> Vec<&str> {
        self.fact_ids.iter().map(|id| &**id).collect()
    }

    /// The id of a figure.
    pub fn fact_id(&self, fact: FactIx) -> &EntityId {
        &self.fact_ids[fact.0 as usize]
    }

    /// The figure at a place.
    pub fn fact_at(&self, fact: FactIx) -> &SiteFact {
        self.fact(self.fact_id(fact)).expect("every id in the list is that of a figure")
    }

    /// The place of the figure with an id.
    pub fn fact_ix(&self, id: &str) -> Option<FactIx> {
        let at = self.fact_ids.binary_search_by(|own| (**own).cmp(id)).ok()?;
        Some(FactIx(at as u32))
    }

    /// The shared source with an id.
    pub fn source(&self, id: &str) -> Option<&Arc<Source>> {
        self.sources.get(id)
    }

    /// The ids of all shared sources, sorted.
    pub fn source_ids(&self) -> Vec<&str> {
        self.source_ids.iter().map(|id| &**id).collect()
    }

    /// Whether an id belongs to a page that is not public yet.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.hidden_ids.contains_key(id)
    }

    /// Whether a page that is not public yet will be written there, and nothing is now.
    pub fn is_hidden_out(&self, out: &OutPath) -> bool {
        self.hidden_outs.contains(out) && self.outputs.get(out).is_none()
    }

    /// Whether there are pages that are not public yet.
    pub fn has_hidden(&self) -> bool {
        !self.hidden_outs.is_empty()
    }

    /// Whether an output would be that of a file that is left out for its errors, or lies below its page.
    pub fn is_broken_out(&self, out: &OutPath) -> bool {
        self.faulty.has_out(out)
    }

    /// What a reference leads to.
    pub fn resolve(&self, target: &Target) -> Resolution {
        match self.find(target) {
            Resolution::Unknown if self.faulty.has(target) => Resolution::Broken,
            found => found,
        }
    }

    fn find(&self, target: &Target) -> Resolution {
        match target {
            Target::Id(id) => match self.by_id(id) {
                Some(page) => self.page_or_topic(page),
                None if self.is_hidden(id) => Resolution::NotPublic,
                None => Resolution::Unknown,
            },
            Target::Typed(Kind::Topic, id) => match self.topic_by_id(id) {
                Some(topic) => Resolution::Topic(topic),
                None if self.hidden_ids.get(&**id) == Some(&Kind::Topic) => Resolution::NotPublic,
                None => self.unlisted_topic(id).map_or(Resolution::Unknown, Resolution::Page),
            },
            Target::Typed(kind, id) => match self.of_kind(*kind, id) {
                Some(page) => Resolution::Page(page),
                None if self.hidden_ids.get(&**id) == Some(kind) => Resolution::NotPublic,
                None => Resolution::Unknown,
            },
            Target::File(file) => {
                let composed = file.composed();
                match self.by_file(&composed) {
                    Some(page) => self.page_or_topic(self.page_in(page)),
                    None if self.hidden_files.contains(&composed) => Resolution::NotPublic,
                    None => match self.asset(file) {
                        Some(asset) => Resolution::Asset(asset.out.clone()),
                        None => Resolution::Unknown,
                    },
                }
            }
        }
    }

    fn page_or_topic(&self, page: PageIx) -> Resolution {
        let summary = &self.page(page).summary;
        match (summary.kind, self.topic_by_id(&summary.id)) {
            (Kind::Topic, Some(topic)) => Resolution::Topic(topic),
            _ => Resolution::Page(page),
        }
    }

    /// The player that a reference leads to.
    pub fn player_of(&self, target: &Target) -> Option<PageIx> {
        match self.resolve(target) {
            Resolution::Page(page) if self.page(page).summary.kind == Kind::Player => Some(page),
            _ => None,
        }
    }

    /// A topic's title: its page's, or its id.
    pub fn topic_title(&self, topic: TopicIx) -> Arc<str> {
        let topic = self.topic(topic);
        match topic.page {
            Some(page) => self.page(page).summary.title.clone(),
            None => (&topic.id).into(),
        }
    }

    /// The topics that have a given topic as their parent, in order.
    pub fn parts(&self, topic: TopicIx) -> Vec<TopicIx> {
        let id = &self.topic(topic).id;
        let part = |other: &Topic| {
            other.page.is_some_and(|page| match &self.page(page).summary.details {
                Details::Topic(topic) => {
                    topic.parent.as_ref() == Some(id) && self.lists_topic(other)
                }
                _ => false,
            })
        };
        (0..self.topics.len() as u32)
            .map(TopicIx)
            .filter(|other| part(self.topic(*other)))
            .collect()
    }
}

/// The pages whose files have another path in normal form C.
fn composed(pages: &[Page]) -> FxHashMap<SourcePath, PageIx> {
    let pages = pages.iter().enumerate();
    let composed = pages.map(|(at, page)| (page.path.composed(), &page.path, PageIx(at as u32)));
    composed.filter(|(path, own, _)| path != *own).map(|(path, _, ix)| (path, ix)).collect()
}
