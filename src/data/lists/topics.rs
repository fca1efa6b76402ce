//! `topics.json`: every topic.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::content::document::Details;
use crate::site::{IndexKind, Output, OutputKind, TopicIx, Which, feed_out};
use crate::view::Context;

use super::super::DataContent;
use super::{ListHead, json, part_of, parts, url, window};

/// The topics of one file.
#[derive(Debug, Serialize)]
pub struct TopicsJson {
    #[serde(flatten)]
    head: ListHead,
    topics: Vec<TopicRecord>,
}

/// A topic.
#[derive(Debug, Serialize)]
struct TopicRecord {
    id: EntityId,
    title: Arc<str>,
    url: String,
    summary: Option<Arc<str>>,
    /// The id of the topic that it is a part of.
    parent: Option<EntityId>,
    /// How many articles it has.
    articles: usize,
    /// Its feed (Atom).
    feed: Option<String>,
}

impl DataContent for TopicsJson {
    const KIND: OutputKind = OutputKind {
        name: "topics-json",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            parts(site, "topics", site.listed(IndexKind::Topics), add);
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let (site, number) = (cx.site, part_of(output));
        let topics: Vec<TopicIx> =
            (0..site.listed(IndexKind::Topics) as u32).map(TopicIx).collect();
        let page = site.index_out(IndexKind::Topics, 0);
        let record = |ix: &TopicIx| {
            let topic = site.topic(*ix);
            let details = topic.page.map(|page| &site.page(page).summary.details);
            let feed = feed_out(&topic.out);
            TopicRecord {
                id: topic.id.clone(),
                title: site.topic_title(*ix),
                url: url(cx, &topic.out),
                summary: topic.page.map(|page| cx.summary_of(page)),
                parent: match details {
                    Some(Details::Topic(topic)) => topic.parent.clone(),
                    _ => None,
                }
                .filter(|id| site.topic_by_id(id).is_some()),
                articles: site.graph.by_topic.get(ix).map_or(0, |of| of.articles.len()),
                feed: site.outputs.get(&feed).map(|_| url(cx, &feed)),
            }
        };
        Self {
            head: ListHead::part(cx, "topics", &page, number, topics.len()),
            topics: window(&topics, number).iter().map(record).collect(),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}
