//! The page of a language's search. Its script finds what a reader types in the files that `data/search.rs` writes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{IndexKind, Output, OutputKind, SearchKind, Subject, TopicIx, Which};

use super::common::{Foreign, LinkText};
use super::context::{Context, PageContext};
use super::kind::{PageContent, PageView};

/// The most topics that the search offers as filters: those with the most articles.
const TOPICS: usize = 100;

/// What `search.html` may see: the search.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchPage {
    /// The search.
    pub search: SearchView,
}

/// The search's own parts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchView {
    /// The URL of its script.
    pub script: Arc<str>,
    /// The URL of the folder of its index.
    pub folder: Arc<str>,
    /// The kinds of entry that there are.
    pub kinds: Vec<SearchChoice>,
    /// The topics of articles.
    pub topics: Vec<SearchChoice>,
    /// The years in which entries were published, the newest first.
    pub years: Vec<i16>,
    /// The lists of the site, for readers without script.
    pub lists: Vec<LinkText>,
}

/// A choice of a filter.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchChoice {
    /// What the script knows it by.
    pub value: Arc<str>,
    /// What readers see.
    pub text: Arc<str>,
    /// The language of the text, where it is not the page's.
    pub foreign: Option<Foreign>,
}

impl PageContent for SearchPage {
    const KIND: OutputKind = OutputKind {
        name: "search",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            if let Some(out) = site.search_out() {
                add.page(out, Subject::Site, false);
            }
        }),
    };
    const TEMPLATE: &'static str = "search.html";
    const ABOUT: &'static str = "What the template of the search may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let page_cx = cx.page_context(&output.path, None);
        let site = cx.site;
        let mut page =
            page_cx.page(Self::KIND.name, page_cx.t("search", &[]), "".into(), Vec::new());
        page.indexed = false;
        let others = cx.first.all().filter_map(|site| Some((site.number(), site.search_out()?)));
        page_cx.also_in(&mut page, others);
        let entries = site.search_entries();
        let mut years = BTreeSet::new();
        let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &entries {
            let Subject::Page(page) = entry.subject else { continue };
            let summary = &site.page(page).summary;
            years.extend(summary.published.map(|date| date.year()));
            for topic in &summary.topics {
                *topics.entry(topic).or_default() += 1;
            }
        }
        let mut by_count: Vec<usize> = topics.values().copied().collect();
        by_count.sort_unstable_by(|one, other| other.cmp(one));
        let least = by_count.get(TOPICS).map_or(1, |count| count + 1);
        let of_topic = |ix: &TopicIx| topics.get(&*site.topic(*ix).id).copied().unwrap_or(0);
        let topics = (0..site.topics.len() as u32).map(TopicIx).filter(|ix| of_topic(ix) >= least);
        let topic = |ix| {
            let (text, foreign) = cx.topic_titled(ix);
            let foreign = foreign.map(|foreign| Foreign { lang: None, ..foreign });
            SearchChoice { value: (&site.topic(ix).id).into(), text, foreign }
        };
        let view = SearchView {
            topics: topics.map(topic).collect(),
            years: years.into_iter().rev().collect(),
            lists: lists(&page_cx),
            ..SearchView::of_words(&page_cx, &output.path)
        };
        page_cx.view(page, Self { search: view })
    }
}

impl SearchView {
    /// A search without filters. `out`: the page of the search.
    pub(super) fn of_words(page_cx: &PageContext<'_>, out: &OutPath) -> Self {
        let cx = page_cx.cx;
        let entries = cx.site.search_entries();
        let found: BTreeSet<SearchKind> = entries.iter().map(|entry| entry.kind()).collect();
        let kind = |kind: &SearchKind| SearchChoice {
            value: (*kind as u8).to_string().into(),
            text: page_cx.t(
                match kind {
                    SearchKind::Article => "articles",
                    SearchKind::Player => "players",
                    SearchKind::Question => "faq",
                    SearchKind::Topic => "topics",
                    SearchKind::Fact => "facts",
                    SearchKind::Page => "search-pages",
                },
                &[],
            ),
            foreign: None,
        };
        Self {
            script: cx.assets.search.clone(),
            folder: cx.href(out),
            kinds: found.iter().map(kind).collect(),
            topics: Vec::new(),
            years: Vec::new(),
            lists: Vec::new(),
        }
    }
}

/// The lists of the site that have items.
pub(super) fn lists(page_cx: &PageContext<'_>) -> Vec<LinkText> {
    let lists = IndexKind::ALL.into_iter().filter_map(|kind| {
        let crumb = page_cx.index_crumb(kind)?;
        (page_cx.cx.site.listed(kind) > 0).then(|| LinkText::new(crumb.text, crumb.href))
    });
    lists.collect()
}
