//! The index of figures, narrowed to those of one topic, and that of articles, narrowed to those of one year.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::lang::{Arg, LangTag};
use crate::site::{IndexKind, Site, TopicIx, figures_out, year_out};

use super::common::{Crumb, LinkText};
use super::context::{Context, PageContext};
use super::kind::PageView;
use super::list::{List, ListPage};
use super::pager::{by_date, first_or_page, in_order, window};
use super::words::Runs;

/// The most topics that the list of articles offers: those with the most articles.
const TOPICS: usize = 24;

/// A part of the index of figures or articles that readers may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FilterView {
    /// The topic or year; none for all.
    pub part: Option<LinkText>,
    /// The page with its figures or articles, or the topic's own with its articles.
    pub href: Arc<str>,
    /// How many figures or articles it has; none on a page that does not change with them.
    pub count: Option<Arc<str>>,
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

    /// A page of the articles of a year; 0 is the first.
    pub(super) fn of_year(
        cx: &Context<'_>,
        out: &OutPath,
        year: i16,
        number: usize,
    ) -> PageView<Self> {
        let page_cx = cx.page_context(out, None);
        let years = &cx.site.graph.years;
        let found = years.iter().find(|(other, _)| *other == year);
        let articles = found.map_or(&[][..], |(_, articles)| articles);
        let mut list = List::new(IndexKind::Articles.folder(), None);
        let shown = first_or_page(articles, number).iter();
        list.articles = shown.map(|ix| page_cx.article_card(*ix)).collect();
        if number == 0 {
            page_cx.offer_years(&mut list, Some(year));
        }
        let page = |number: usize| Some(cx.href(&year_out(cx.site, year, number)));
        list.pager = by_date(number, articles.len(), page(0), &page);
        let text = page_cx.year(year);
        let title = page_cx.t("list-year", &[("year", Arg::Text(&text))]);
        let mut way: Vec<Crumb> = page_cx.index_crumb(IndexKind::Articles).into_iter().collect();
        if number > 0 {
            way.push(Crumb { text, html: None, href: page(0) });
        }
        let mut view = page_cx.list(title, way, list);
        if number == 0 {
            let all = cx.first.all();
            let has_year = |site: &&Site| site.graph.years.iter().any(|(other, _)| *other == year);
            let outs = all.filter(has_year).map(|site| (site.number(), year_out(site, year, 0)));
            page_cx.also_in(&mut view.page, outs);
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
            part: None,
            href: self.cx.href(&site.index_out(IndexKind::Facts, 0)),
            count: Some(self.count(site.figures.listed().len())),
            is_shown: shown.is_none(),
        };
        let part = |(topic, facts): &(TopicIx, Vec<_>)| FilterView {
            part: Some(LinkText::clone(&self.cx.topic_link(*topic))),
            href: self.cx.href(&figures_out(site, *topic, 0)),
            count: Some(self.count(facts.len())),
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
            part: None,
            href: self.cx.href(&site.index_out(IndexKind::Articles, 0)),
            count: Some(self.count(site.graph.articles.len())),
            is_shown: true,
        };
        let part = |(topic, articles): &(TopicIx, usize)| FilterView {
            part: Some(LinkText::clone(&self.cx.topic_link(*topic))),
            href: self.cx.href(&site.topic(*topic).out),
            count: Some(self.count(*articles)),
            is_shown: false,
        };
        list.filters = [all].into_iter().chain(topics.iter().map(part)).collect();
        let index = site.index_out(IndexKind::Topics, 0);
        let index = site.outputs.get(&index).filter(|_| is_cut).map(|_| self.cx.href(&index));
        list.more_filters = index;
    }

    /// Offers the years of articles on the first page of their list, and on that of a year. Only the first has how many
    /// articles there are of each: a new article does not change the pages of other years.
    pub(super) fn offer_years(&self, list: &mut List, shown: Option<i16>) {
        let site = self.cx.site;
        let years = &site.graph.years;
        if years.is_empty() {
            return;
        }
        let count = |of: Option<i16>, articles: &[_]| {
            (shown.is_none() || shown == of).then(|| self.count(articles.len()))
        };
        let all = FilterView {
            part: None,
            href: self.cx.href(&site.index_out(IndexKind::Articles, 0)),
            count: count(None, &site.graph.articles),
            is_shown: shown.is_none(),
        };
        let part = |(year, articles): &(i16, Vec<_>)| FilterView {
            part: Some(LinkText::new(self.year(*year), None)),
            href: self.cx.href(&year_out(site, *year, 0)),
            count: count(Some(*year), articles),
            is_shown: shown == Some(*year),
        };
        list.years = [all].into_iter().chain(years.iter().map(part)).collect();
    }

    /// A year, as the language writes it.
    fn year(&self, year: i16) -> Arc<str> {
        self.lang.dates.year(jiff::civil::date(year, 1, 1)).into()
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
