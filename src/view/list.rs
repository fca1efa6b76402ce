//! Pages that list: the indexes, and the rest of a page's long list.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::lang::{Arg, LangTag};
use crate::site::{
    Add, CAP, EventIx, IndexKind, Output, OutputKind, Owner, PageIx, QuestionRef, RestKind, Site,
    Subject, TopicIx, Which, facts_file, figures_out, newest_first_page, older_page, pages,
    rest_out, rest_pages, year_out,
};

use super::SharedPart;
use super::changes::CorrectionView;
use super::common::{
    ArticleCard, Capped, Crumb, Figure, Foreign, LinkText, Pager, PlayerCard, QuestionLink,
    TopicCard,
};
use super::context::{Context, PageContext};
use super::face::player_kind;
use super::filtered::FilterView;
use super::kind::{PageContent, PageView};
use super::pager::{by_date, first_or_page, in_order, window};
use super::player::MentionView;
use super::positions::{PositionView, StanceSide};
use super::source::SourceRow;
use super::timeline::TimelineView;
use super::words::Runs;

/// What `list.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ListPage {
    /// The list.
    pub list: List,
}

/// One page of a list. Only the field that `kind` names has items.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct List {
    /// What is listed: `articles`, `players`, `questions`, `topics`, `facts`, `sources`, `corrections`, `positions`,
    /// `stances`, `mentions`, `timeline`, `figures` or `uses`.
    pub kind: &'static str,
    /// The page whose list this is; none for the indexes.
    pub of: Option<SharedPart<LinkText>>,
    /// Articles.
    pub articles: Vec<SharedPart<ArticleCard>>,
    /// Players, by kind.
    pub players: Vec<PlayerGroup>,
    /// Questions, by the page that answers them.
    pub questions: Vec<QuestionGroup>,
    /// Topics.
    pub topics: Vec<TopicCard>,
    /// Positions of a player.
    pub positions: Vec<PositionView>,
    /// Who stands where on a topic, by side.
    pub stances: Vec<StanceSide>,
    /// Mentions of a player, or pages that use a figure or cite a source.
    pub mentions: Vec<MentionView>,
    /// Events, newest first.
    pub timeline: Option<TimelineView>,
    /// Figures, by whom they are about.
    pub facts: Vec<FactGroup>,
    /// The topics by which figures or articles may be narrowed, those of all first; none where there are few.
    pub filters: Vec<FilterView>,
    /// The years by which articles may be narrowed, all of them first; none where there are few.
    pub years: Vec<FilterView>,
    /// The list of all topics, beside those that are offered.
    pub more_filters: Option<Arc<str>>,
    /// Shared sources, by title.
    pub sources: Vec<SourceRow>,
    /// Corrections and clarifications, newest first.
    pub corrections: Vec<CorrectionView>,
    /// The publisher's rules about corrections.
    pub policy: Option<LinkText>,
    /// The feed of the list (Atom).
    pub feed: Option<Arc<str>>,
    /// The whole list for programs, by the names of formats.
    pub data: Vec<LinkText>,
    /// The links between the list's pages.
    pub pager: Pager,
}

/// Players of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlayerGroup {
    /// The kind: `person`, `organisation` or `country`.
    pub kind: &'static str,
    /// The players, by name.
    pub players: Vec<SharedPart<PlayerCard>>,
}

/// Questions of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuestionGroup {
    /// The page.
    pub page: LinkText,
    /// Its questions.
    pub questions: Vec<QuestionLink>,
}

/// Figures about one player or subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactGroup {
    /// The player or subject; none for figures that name none.
    pub about: Option<LinkText>,
    /// The figures.
    pub facts: Vec<Figure>,
}

impl PageContent for ListPage {
    const KIND: OutputKind =
        OutputKind { name: "list", phase: Phase::List, outputs: Which::OfSite(outputs) };
    const TEMPLATE: &'static str = "list.html";
    const ABOUT: &'static str = "What the template of lists and indexes may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        match output.subject() {
            Some(Subject::Index(kind, number)) => Self::index(cx, &output.path, kind, number),
            Some(Subject::Figures(topic, number)) => {
                Self::filtered(cx, &output.path, topic, number)
            }
            Some(Subject::Year(year, number)) => Self::of_year(cx, &output.path, year, number),
            Some(Subject::Rest(owner, kind, number)) => {
                Self::rest(cx, &output.path, owner, kind, number)
            }
            _ => unreachable!("the outputs of the kind are lists"),
        }
    }
}

/// Every page of the indexes, and of the long lists of players and topics.
fn outputs(site: &Site, add: &mut Add<'_>) {
    for kind in IndexKind::ALL {
        let total = site.listed(kind);
        let more = match kind {
            IndexKind::Articles | IndexKind::Timeline | IndexKind::Corrections => {
                1..=rest_pages(total)
            }
            IndexKind::Players
            | IndexKind::Faq
            | IndexKind::Topics
            | IndexKind::Facts
            | IndexKind::Sources => 2..=pages(total),
        };
        // A link of the site to an index leads somewhere on the day that its last page expires, too. An author may
        // have another use for the address of one that has nothing to list. A site without figures has none of those, one
        // without shared sources none of these, and one without corrections no list of them.
        let first = site.index_out(kind, 0);
        let has_none = match kind {
            IndexKind::Facts => site.figures.with_page().is_empty(),
            IndexKind::Sources => site.citations.with_page().is_empty(),
            IndexKind::Corrections => true,
            _ => false,
        };
        if total == 0 && (has_none || site.is_taken(&first)) {
            continue;
        }
        add.page(first, Subject::Index(kind, 0), total > 0);
        for number in more {
            add.page(site.index_out(kind, number), Subject::Index(kind, number), false);
        }
    }
    for (topic, facts) in site.figures.filters() {
        for number in [0].into_iter().chain(2..=pages(facts.len())) {
            let path = figures_out(site, *topic, number);
            add.page(path, Subject::Figures(*topic, number), false);
        }
    }
    for (year, articles) in &site.graph.years {
        for number in 0..=rest_pages(articles.len()) {
            add.page(year_out(site, *year, number), Subject::Year(*year, number), false);
        }
    }
    let mut rest = |page: &OutPath, owner: Owner, kind: RestKind, total: usize| {
        for number in 1..=rest_pages(total) {
            let path = rest_out(page, kind, number);
            add.page(path, Subject::Rest(owner, kind, number), false);
        }
    };
    for (ix, of) in &site.graph.by_player {
        let page = site.page(*ix);
        // The lists of a page in another language are those of that language.
        if !page.state.is_listed() || site.is_foreign(*ix) {
            continue;
        }
        for (kind, total) in [
            (RestKind::Mentions, of.mentions.len()),
            (RestKind::Positions, of.positions.len()),
            (RestKind::Questions, of.questions.len()),
            (RestKind::Timeline, of.events.len()),
        ] {
            rest(&page.out, Owner::Player(*ix), kind, total);
        }
    }
    for (ix, of) in site.graph.by_topic.iter().filter(|(ix, _)| site.has_topic_page(**ix)) {
        for (kind, total) in [
            (RestKind::Articles, of.articles.len()),
            (RestKind::Players, of.players.len()),
            (RestKind::Stances, of.stances.len()),
            (RestKind::Questions, of.questions.len()),
            (RestKind::Timeline, of.events.len()),
        ] {
            rest(&site.topic(*ix).out, Owner::Topic(*ix), kind, total);
        }
    }
    for (ix, facts) in site.figures.players() {
        let page = site.page(ix);
        if page.state.is_listed() && !site.is_foreign(ix) {
            rest(&page.out, Owner::Player(ix), RestKind::Figures, facts.len());
        }
    }
    for (ix, facts) in site.figures.topics().filter(|(ix, _)| site.has_topic_page(*ix)) {
        rest(&site.topic(ix).out, Owner::Topic(ix), RestKind::Figures, facts.len());
    }
    for fact in site.figures.with_page() {
        let uses = site.figures.uses(*fact).len();
        rest(&site.fact_out(*fact), Owner::Fact(*fact), RestKind::Uses, uses);
    }
    for source in site.citations.with_page() {
        let (page, owner) = (site.source_out(*source), Owner::Source(*source));
        rest(&page, owner, RestKind::Uses, site.citations.uses(*source).len());
        rest(&page, owner, RestKind::Figures, site.citations.figures(*source).len());
    }
}

impl ListPage {
    /// A page of an index; 0 is the first.
    fn index(cx: &Context<'_>, out: &OutPath, kind: IndexKind, number: usize) -> PageView<Self> {
        let page_cx = cx.page_context(out, None);
        let graph = &cx.site.graph;
        let name = if kind == IndexKind::Faq { "questions" } else { kind.folder() };
        let mut list = List::new(name, None);
        let total = match kind {
            IndexKind::Articles => {
                let articles = first_or_page(&graph.articles, number);
                list.articles = articles.iter().map(|ix| page_cx.article_card(*ix)).collect();
                if number == 0 {
                    page_cx.offer_topics(&mut list);
                    page_cx.offer_years(&mut list, None);
                }
                graph.articles.len()
            }
            IndexKind::Players => {
                list.players = page_cx.player_groups(window(&graph.players, number));
                graph.players.len()
            }
            IndexKind::Faq => {
                list.questions = page_cx.question_groups(window(&graph.questions, number));
                graph.questions.len()
            }
            IndexKind::Topics => {
                let listed = cx.site.listed(kind);
                let topics: Vec<TopicIx> = (0..listed as u32).map(TopicIx).collect();
                list.topics =
                    window(&topics, number).iter().map(|ix| page_cx.topic_card(*ix)).collect();
                topics.len()
            }
            IndexKind::Timeline => {
                let events: Vec<EventIx> =
                    (0..graph.timeline.events.len() as u32).map(EventIx).collect();
                let checked = cx.site.checked(&events, cx.zone);
                list.timeline = page_cx.newest_first(&events, number, checked);
                if let Some(line) = list.timeline.as_mut().filter(|_| number == 0) {
                    line.calendar = page_cx.calendar(&cx.site.home_out(), &events);
                }
                events.len()
            }
            IndexKind::Facts => {
                let facts = cx.site.figures.listed();
                list.facts = page_cx.fact_groups(window(facts, number));
                let files = [("JSON", facts_file(1, "json")), ("CSV", facts_file(1, "csv"))];
                list.data = cx.formats(&files.map(|(name, out)| (name, Some(out))));
                page_cx.offer_filters(&mut list, None);
                facts.len()
            }
            IndexKind::Sources => {
                let sources = cx.site.citations.listed();
                list.sources = page_cx.source_rows(window(sources, number));
                sources.len()
            }
            IndexKind::Corrections => {
                let shown = first_or_page(&graph.corrections, number).iter();
                list.corrections = shown.filter_map(|at| page_cx.correction(*at)).collect();
                list.policy = page_cx.corrections_policy();
                list.feed = cx.corrections_feed();
                graph.corrections.len()
            }
        };
        let page = |number: usize| Some(cx.href(&cx.site.index_out(kind, number)));
        list.pager = match kind {
            IndexKind::Articles | IndexKind::Timeline | IndexKind::Corrections => {
                by_date(number, total, page(0), &page)
            }
            _ => in_order(number, total, &page),
        };
        let title = page_cx.index_title(kind);
        let way = (number > 0).then(|| page_cx.index_crumb(kind)).flatten();
        let mut page = page_cx.list(title, way.into_iter().collect(), list);
        page.page.indexed = total > 0;
        if number == 0 {
            let indexes = cx.first.all().map(|site| (site.number(), site.index_out(kind, 0)));
            // One with nothing in it is for links of the language alone.
            let is_there = |(_, out): &(usize, OutPath)| {
                cx.site.outputs.get(out).is_some_and(|output| output.is_listed)
            };
            page_cx.also_in(&mut page.page, indexes.filter(is_there));
        }
        page
    }

    /// A page of a list that another page begins.
    fn rest(
        cx: &Context<'_>,
        out: &OutPath,
        owner: Owner,
        kind: RestKind,
        number: usize,
    ) -> PageView<Self> {
        let page_cx = cx.page_context(out, None);
        let site = cx.site;
        let first = first_page(site, owner);
        let mut of_fact = None;
        let (of, index) = match owner {
            Owner::Player(ix) => (cx.page_link(ix), IndexKind::Players),
            Owner::Topic(ix) => (cx.topic_link(ix), IndexKind::Topics),
            Owner::Fact(ix) => {
                let (title, runs) = page_cx.fact_title(ix);
                of_fact = runs;
                let link = LinkText::new(title, Some(cx.href(&first)));
                (SharedPart::new(link), IndexKind::Facts)
            }
            Owner::Source(ix) => {
                let link = LinkText::new(page_cx.shared_source(ix).title, Some(cx.href(&first)));
                (SharedPart::new(link), IndexKind::Sources)
            }
        };
        let of_other = |foreign: &Foreign| {
            let lang = LangTag::parse(&foreign.text).unwrap_or_else(LangTag::english);
            Runs::of(&of.text, &lang)
        };
        let runs = of_fact.or_else(|| of.foreign.as_ref().map(of_other));
        let mut list = List::new(kind.as_str(), Some(of.clone()));
        let total = page_cx.fill(&mut list, owner, kind, number);
        let page = |number: usize| Some(cx.href(&rest_out(&first, kind, number)));
        list.pager = by_date(number, total, of.href.clone(), &page);
        let key = match kind {
            RestKind::Articles => "list-articles",
            RestKind::Players => "list-players",
            RestKind::Mentions => "list-mentions",
            RestKind::Positions => "list-positions",
            RestKind::Stances => "list-stances",
            RestKind::Questions => "list-questions",
            RestKind::Timeline => "list-timeline",
            RestKind::Figures => "list-figures",
            RestKind::Uses if matches!(owner, Owner::Source(_)) => "list-citations",
            RestKind::Uses => "list-uses",
        };
        let title = page_cx.t(key, &[("name", Arg::Text(&of.text))]);
        let mut way: Vec<Crumb> = page_cx.index_crumb(index).into_iter().collect();
        let html = runs.as_ref().and_then(|runs| runs.html(&page_cx.lang.tag));
        way.push(Crumb { text: of.text.clone(), html, href: of.href.clone() });
        let mut view = page_cx.list(title, way, list);
        if let Some(runs) = runs {
            let title = Runs::message(&page_cx.lang, key, &[("name", runs)]);
            page_cx.mark_list_title(&mut view, title);
        }
        view
    }
}

impl List {
    pub(super) fn new(kind: &'static str, of: Option<SharedPart<LinkText>>) -> Self {
        Self {
            kind,
            of,
            articles: Vec::new(),
            players: Vec::new(),
            questions: Vec::new(),
            topics: Vec::new(),
            positions: Vec::new(),
            stances: Vec::new(),
            mentions: Vec::new(),
            timeline: None,
            facts: Vec::new(),
            filters: Vec::new(),
            years: Vec::new(),
            more_filters: None,
            sources: Vec::new(),
            corrections: Vec::new(),
            policy: None,
            feed: None,
            data: Vec::new(),
            pager: Pager::default(),
        }
    }
}

impl PageContext<'_> {
    pub(super) fn list(&self, title: Arc<str>, way: Vec<Crumb>, list: List) -> PageView<ListPage> {
        let title = match list.pager.number {
            None => title,
            Some(number) => {
                let number = number.to_string();
                let args = [("title", Arg::Text(&title)), ("number", Arg::Text(&number))];
                self.t("page-of", &args)
            }
        };
        let mut head = self.page(ListPage::KIND.name, title.clone(), title, way);
        if let Some(graph) = self.graph(&head) {
            head.linked_data = Some(graph.list(&head, &list).finish());
        }
        self.view(head, ListPage { list })
    }

    /// Fills one page of a rest list and says how long the whole list is.
    fn fill(&self, list: &mut List, owner: Owner, kind: RestKind, number: usize) -> usize {
        let graph = &self.cx.site.graph;
        let events = |events: &[EventIx]| {
            self.newest_first(events, number, self.cx.site.checked(events, self.cx.zone))
        };
        if kind == RestKind::Figures {
            let facts = self.figures_of(owner);
            let about = None;
            let facts_of_page = self.figures_at(newest_first_page(facts, number));
            list.facts = vec![FactGroup { about, facts: facts_of_page }];
            return facts.len();
        }
        let questions = |questions: &[QuestionRef]| -> Vec<QuestionGroup> {
            self.question_groups(newest_first_page(questions, number))
        };
        match owner {
            Owner::Player(ix) => {
                let Some(of) = graph.by_player.get(&ix) else { return 0 };
                match kind {
                    RestKind::Mentions => {
                        let page = newest_first_page(&of.mentions, number);
                        list.mentions = page.iter().map(|page| self.mention(ix, *page)).collect();
                        of.mentions.len()
                    }
                    RestKind::Positions => {
                        let page = newest_first_page(&of.positions, number);
                        list.positions = page.iter().filter_map(|at| self.position(*at)).collect();
                        of.positions.len()
                    }
                    RestKind::Questions => {
                        list.questions = questions(&of.questions);
                        of.questions.len()
                    }
                    RestKind::Timeline => {
                        list.timeline = events(&of.events);
                        of.events.len()
                    }
                    _ => 0,
                }
            }
            Owner::Topic(ix) => {
                let Some(of) = graph.by_topic.get(&ix) else { return 0 };
                match kind {
                    RestKind::Articles => {
                        let page = newest_first_page(&of.articles, number);
                        list.articles = page.iter().map(|ix| self.article_card(*ix)).collect();
                        of.articles.len()
                    }
                    RestKind::Players => {
                        list.players = self.player_groups(newest_first_page(&of.players, number));
                        of.players.len()
                    }
                    RestKind::Stances => {
                        list.stances = self.stance_sides(newest_first_page(&of.stances, number));
                        of.stances.len()
                    }
                    RestKind::Questions => {
                        list.questions = questions(&of.questions);
                        of.questions.len()
                    }
                    RestKind::Timeline => {
                        list.timeline = events(&of.events);
                        of.events.len()
                    }
                    _ => 0,
                }
            }
            Owner::Fact(ix) => {
                let uses = self.cx.site.figures.uses(ix);
                let page = newest_first_page(uses, number);
                list.mentions = page.iter().map(|page| self.fact_use(ix, *page)).collect();
                uses.len()
            }
            Owner::Source(ix) => {
                let uses = self.cx.site.citations.uses(ix);
                let page = newest_first_page(uses, number);
                list.mentions = page.iter().map(|page| self.source_use(ix, *page)).collect();
                uses.len()
            }
        }
    }

    fn player_groups(&self, players: &[PageIx]) -> Vec<PlayerGroup> {
        let mut groups: Vec<PlayerGroup> = Vec::new();
        for ix in players {
            let kind = player_kind(&self.cx.site.page(*ix).summary);
            let card = self.player_card(*ix);
            match groups.last_mut().filter(|group| group.kind == kind) {
                Some(group) => group.players.push(card),
                None => groups.push(PlayerGroup { kind, players: vec![card] }),
            }
        }
        groups
    }

    fn question_groups(&self, questions: &[QuestionRef]) -> Vec<QuestionGroup> {
        let mut groups: Vec<QuestionGroup> = Vec::new();
        for question in questions {
            let Some(link) = self.question_link(*question) else { continue };
            // An article's questions are listed once.
            let page = LinkText::clone(&self.cx.page_link(question.page));
            match groups.last_mut().filter(|group| group.page == page) {
                Some(group) => group.questions.push(link),
                None => groups.push(QuestionGroup { page, questions: vec![link] }),
            }
        }
        groups
    }

    /// The first items of a page's long list, and where it goes on.
    pub(super) fn capped<R, T>(
        &self,
        all: &[R],
        owner: Owner,
        kind: RestKind,
        make: impl Fn(&R) -> Option<T>,
    ) -> Capped<T> {
        let site = self.cx.site;
        let first = || first_page(site, owner);
        let more = older_page(all.len()).map(|number| rest_out(&first(), kind, number));
        Capped {
            items: all.iter().take(CAP).filter_map(make).collect(),
            // A page that is in no list has no pages of its own lists either.
            more: more.filter(|out| site.outputs.get(out).is_some()).map(|out| self.cx.href(&out)),
        }
    }
}

/// The page that a list begins on.
pub(super) fn first_page(site: &Site, owner: Owner) -> OutPath {
    match owner {
        Owner::Player(ix) => site.page(ix).out.clone(),
        Owner::Topic(ix) => site.topic(ix).out.clone(),
        Owner::Fact(ix) => site.fact_out(ix),
        Owner::Source(ix) => site.source_out(ix),
    }
}
