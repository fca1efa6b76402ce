//! The index of figures, narrowed to those of one topic.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::lang::{Arg, LangTag};
use crate::site::{IndexKind, TopicIx, figures_out};

use super::common::{Crumb, LinkText};
use super::context::{Context, PageContext};
use super::kind::PageView;
use super::list::{List, ListPage, in_order, window};
use super::words::Runs;

/// The most topics that the list of articles offers: those with the most articles.
const TOPICS: usize = 24;

/// A part of the index of figures or articles that readers may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FilterView {
    /// The topic; none for all.
    pub topic: Option<LinkText>,
    /// The page with its figures, or the topic's own with its articles.
    pub href: Arc<str>,
    /// How many figures or articles it has.
    pub count: Arc<str>,
    /// Whether the page shows it.
    pub is_shown: bool,
}

impl ListPage {
    /// A page of the figures of a topic; 0 is the first.
    pub(super) fn filtered(
        cx: &Context<'_>,
        out: &OutPath,
        topic: TopicIx,
        number: usize,
    ) -> PageView<Self> {
        const TITLE: &str = "list-figures";
        let page_cx = cx.page_context(out, None);
        let facts = cx.site.figures.filtered(topic);
        let of = cx.topic_link(topic);
        let mut list = List::new(IndexKind::Facts.folder(), Some(of.clone()));
        list.facts = page_cx.fact_groups(window(facts, number));
        page_cx.offer_filters(&mut list, Some(topic));
        let page = |number: usize| Some(cx.href(&figures_out(cx.site, topic, number)));
        list.pager = in_order(number, facts.len(), &page);
        let title = page_cx.t(TITLE, &[("name", Arg::Text(&of.text))]);
        let lang = of.foreign.as_ref().and_then(|foreign| LangTag::parse(&foreign.text));
        let runs = lang.map(|lang| Runs::of(&of.text, &lang));
        let mut way: Vec<Crumb> = page_cx.index_crumb(IndexKind::Facts).into_iter().collect();
        if number > 0 {
            let html = runs.as_ref().and_then(|runs| runs.html(&page_cx.lang.tag));
            way.push(Crumb { text: of.text.clone(), html, href: page(0) });
        }
        let mut view = page_cx.list(title, way, list);
        if let Some(runs) = runs {
            let title = Runs::message(&page_cx.lang, TITLE, &[("name", runs)]);
            page_cx.mark_list_title(&mut view, title);
        }
        view
    }
}

impl PageContext<'_> {
    /// Offers the parts of the index of figures on one of its pages, which shows those of a topic or all.
    pub(super) fn offer_filters(&self, list: &mut List, shown: Option<TopicIx>) {
        let site = self.cx.site;
        let filters = site.figures.filters();
        if filters.is_empty() {
            return;
        }
        let all = FilterView {
            topic: None,
            href: self.cx.href(&site.index_out(IndexKind::Facts, 0)),
            count: self.count(site.figures.listed().len()),
            is_shown: shown.is_none(),
        };
        let part = |(topic, facts): &(TopicIx, Vec<_>)| FilterView {
            topic: Some(LinkText::clone(&self.cx.topic_link(*topic))),
            href: self.cx.href(&figures_out(site, *topic, 0)),
            count: self.count(facts.len()),
            is_shown: shown == Some(*topic),
        };
        list.filters = [all].into_iter().chain(filters.iter().map(part)).collect();
        let topics = site.index_out(IndexKind::Topics, 0);
        list.more_filters = site.outputs.get(&topics).map(|_| self.cx.href(&topics));
    }

    /// Offers the topics of articles on the first page of their list, which a new article changes anyway.
    pub(super) fn offer_topics(&self, list: &mut List) {
        let site = self.cx.site;
        let of = site.graph.by_topic.iter().map(|(topic, of)| (*topic, of.articles.len()));
        let mut topics: Vec<(TopicIx, usize)> = of.filter(|(_, count)| *count > 0).collect();
        if topics.len() < 2 {
            return;
        }
        let is_cut = topics.len() > TOPICS;
        // Topics are numbered in the order of the language's alphabet.
        topics.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
        topics.truncate(TOPICS);
        topics.sort_by_key(|(topic, _)| *topic);
        let all = FilterView {
            topic: None,
            href: self.cx.href(&site.index_out(IndexKind::Articles, 0)),
            count: self.count(site.graph.articles.len()),
            is_shown: true,
        };
        let part = |(topic, articles): &(TopicIx, usize)| FilterView {
            topic: Some(LinkText::clone(&self.cx.topic_link(*topic))),
            href: self.cx.href(&site.topic(*topic).out),
            count: self.count(*articles),
            is_shown: false,
        };
        list.filters = [all].into_iter().chain(topics.iter().map(part)).collect();
        let index = site.index_out(IndexKind::Topics, 0);
        let index = site.outputs.get(&index).filter(|_| is_cut).map(|_| self.cx.href(&index));
        list.more_filters = index;
    }

    /// A number of items, as the language writes it.
    fn count(&self, count: usize) -> Arc<str> {
        let digits = count.to_string();
        self.lang.numbers.number(&digits).unwrap_or(digits).into()
    }

    /// Marks the words in the title of a list's page that are in another language.
    pub(super) fn mark_list_title(&self, view: &mut PageView<ListPage>, title: Runs) {
        let title = match view.content.list.pager.number {
            None => title,
            Some(number) => {
                let number = Runs::of(&number.to_string(), &self.lang.tag);
                let parts = [("title", title), ("number", number)];
                Runs::message(&self.lang, "page-of", &parts)
            }
        };
        self.mark_title(&mut view.page, &title);
    }
}
