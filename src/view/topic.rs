//! The page of a topic.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::content::markup::Markup;
use crate::site::graph::OfTopic;
use crate::site::{CAP, IndexKind, Output, OutputKind, Owner, RestKind, Subject, TopicIx, Which};

use super::SharedPart;
use super::article::picture;
use super::changes::PageChanges;
use super::common::{
    ArticleCard, Banner, Capped, Figure, LinkText, PictureView, PlayerCard, QuestionLink, TopicCard,
};
use super::context::Context;
use super::fill::HoleFiller;
use super::html::{FilledHtml, Values};
use super::kind::{PageContent, PageView};
use super::positions::StanceSide;
use super::sources::{SourceView, retracted};
use super::timeline::{EventView, TimelineView};
use super::words::Runs;

/// What `topic.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TopicPage {
    /// The topic.
    pub topic: TopicView,
}

/// A topic. One that has no file of its own has lists alone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TopicView {
    /// The summary as its author wrote it.
    pub summary: Option<Arc<str>>,
    /// The topic it is a part of.
    pub parent: Option<SharedPart<LinkText>>,
    /// The topics that are a part of it.
    pub parts: Capped<TopicCard>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// A picture.
    pub image: Option<PictureView>,
    /// The text.
    pub body: FilledHtml,
    /// Articles that its author put first.
    pub featured: Vec<SharedPart<ArticleCard>>,
    /// Its other articles, newest first.
    pub articles: Capped<SharedPart<ArticleCard>>,
    /// The players of its articles.
    pub players: Capped<SharedPart<PlayerCard>>,
    /// Who stands where: the newest position of each player, by side.
    pub stances: Capped<StanceSide>,
    /// The next events of its articles.
    pub next: Vec<SharedPart<EventView>>,
    /// The events of its articles, newest first.
    pub timeline: Option<TimelineView>,
    /// The questions of its articles and FAQ pages.
    pub questions: Capped<QuestionLink>,
    /// Figures that the topic's pages use, newest first.
    pub facts: Capped<Figure>,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// What changed since it was published.
    pub changes: PageChanges,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

impl PageContent for TopicPage {
    const KIND: OutputKind = OutputKind {
        name: "topic",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            let all = (0..site.topics.len() as u32).map(TopicIx);
            for ix in all.filter(|ix| site.has_topic_page(*ix)) {
                let topic = site.topic(ix);
                let is_listed = topic.page.is_none_or(|page| site.page(page).state.is_listed());
                add.page(topic.out.clone(), Subject::Topic(ix), is_listed);
            }
        }),
    };
    const TEMPLATE: &'static str = "topic.html";
    const ABOUT: &'static str = "What the template of a topic may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let Some(Subject::Topic(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are topics")
        };
        let site = cx.site;
        let page = site.topic(ix).page;
        let summary = page.map(|page| &site.page(page).summary);
        let page_cx =
            cx.page_context(&output.path, summary.and_then(|summary| summary.lang.as_ref()));
        let description = page.map(|page| cx.description(page, &page_cx.lang));
        let way = page_cx.index_crumb(IndexKind::Topics).into_iter().collect();
        let title = site.topic_title(ix);
        let description = description.map(|(text, _)| text).unwrap_or_default();
        let mut head = page_cx.page(Self::KIND.name, title.clone(), description, way);
        if let Some(lang) = page.map(|page| cx.title_lang(page)).filter(|lang| *lang != cx.lang) {
            page_cx.mark_title(&mut head, &Runs::of(&title, lang));
        }
        head.feed = cx.feed_of(Subject::Topic(ix));
        head.indexed = page.is_none_or(|page| site.page(page).state.is_listed());
        let id = &site.topic(ix).id;
        let topics = cx.first.all().filter_map(|site| {
            let ix = site.topic_by_id(id).filter(|ix| site.has_topic_page(*ix))?;
            Some((site.number(), site.topic(ix).out.clone()))
        });
        page_cx.also_in(&mut head, topics);
        let nothing = OfTopic::default();
        let of = site.graph.by_topic.get(&ix).unwrap_or(&nothing);
        let owner = Owner::Topic(ix);
        let (parent, featured) = match summary.map(|summary| &summary.details) {
            Some(Details::Topic(topic)) => (topic.parent.clone(), topic.featured.clone()),
            _ => (None, Vec::new()),
        };
        let featured: Vec<_> = featured
            .iter()
            .filter_map(|id| site.of_kind(Kind::Article, id))
            .filter(|ix| site.page(*ix).state.is_listed())
            .collect();
        let parts = site.parts(ix);
        let all = cx.href(&site.index_out(IndexKind::Topics, 0));
        let filler = page.map(|page| (HoleFiller::new(&page_cx, page), cx.texts.body(page)));
        let empty = Markup::default();
        let mut updates = Vec::new();
        let mut topic = TopicView {
            summary: summary.and_then(|summary| summary.summary.clone()),
            parent: parent.and_then(|id| site.topic_by_id(&id)).map(|ix| cx.topic_link(ix)),
            parts: Capped {
                items: parts.iter().take(CAP).map(|part| page_cx.topic_card(*part)).collect(),
                more: (parts.len() > CAP).then_some(all),
            },
            banner: page.and_then(|page| {
                let page = site.page(page);
                page_cx.banner(&page.summary, page.state)
            }),
            changes: match (&filler, summary) {
                (Some((filler, body)), Some(summary)) => page_cx.corrections(filler, summary, body),
                _ => PageChanges::default(),
            },
            image: filler
                .as_ref()
                .zip(summary)
                .and_then(|((filler, body), summary)| picture(filler, summary, body)),
            body: match &filler {
                Some((filler, body)) => filler.html(&body.markup),
                None => FilledHtml::new(empty, true, Values::default(), Vec::new()),
            },
            featured: featured.iter().map(|ix| page_cx.article_card(*ix)).collect(),
            articles: page_cx.capped(&of.articles, owner, RestKind::Articles, |ix| {
                (!featured.contains(ix)).then(|| page_cx.article_card(*ix))
            }),
            players: page_cx
                .capped(&of.players, owner, RestKind::Players, |ix| Some(page_cx.player_card(*ix))),
            stances: page_cx.stances(of, owner),
            next: page_cx.next_of(of.events.iter().map(|event| (*event, None))),
            timeline: page_cx.timeline_of(&of.events, owner),
            questions: page_cx.capped(&of.questions, owner, RestKind::Questions, |question| {
                page_cx.question_link(*question)
            }),
            facts: page_cx.capped_figures(owner),
            figures: filler.as_ref().map(|(filler, _)| filler.figures()).unwrap_or_default(),
            extra: filler.as_ref().map(|(_, body)| body.extra.clone()).unwrap_or_default(),
            sources: match (filler, summary) {
                (Some((filler, body)), Some(summary)) => {
                    updates = page_cx.updates(&filler, summary, body);
                    filler.sources()
                }
                _ => Vec::new(),
            },
            retracted: Vec::new(),
        };
        topic.retracted = retracted(&topic.sources);
        topic.changes.updates = updates;
        page_cx.show_picture(&mut head, topic.image.as_ref());
        if let Some(graph) = page_cx.graph(&head) {
            head.linked_data = Some(graph.topic(&head, ix, &topic).finish());
        }
        page_cx.view(head, Self { topic })
    }
}
