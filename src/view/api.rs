//! The page that says which data the site has for programs.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::config::PageDataScope;
use crate::site::{
    Add, IndexKind, Output, OutputKind, Site, Subject, Which, beside, calendar_out, facts_file,
    feed_out, list_file, schema_file,
};

use super::common::LinkText;
use super::context::Context;
use super::kind::{PageContent, PageView};

/// What `api.html` may see: the page of the data for programs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ApiPage {
    /// The data.
    pub api: ApiView,
}

/// The data of the site in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiView {
    /// The files.
    pub files: Vec<DataFile>,
    /// The schema of the `card.json` beside the page of each player, where there are players.
    pub card_schema: Option<Arc<str>>,
    /// The schema of the `index.json` beside pages, where there is one.
    pub page_schema: Option<Arc<str>>,
    /// Which pages have one: `players` or `all`.
    pub page_data: Option<&'static str>,
    /// The page of the feeds, where there are any.
    pub feeds: Option<Arc<str>>,
    /// The licence of the texts.
    pub license: Option<LinkText>,
}

/// A file for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DataFile {
    /// What it has: the key of the text that says so, after `data-`.
    pub kind: &'static str,
    /// Its name: `articles.json`.
    pub name: Arc<str>,
    /// Its URL.
    pub href: Arc<str>,
    /// The URL of its schema.
    pub schema: Option<Arc<str>>,
}

impl PageContent for ApiPage {
    const KIND: OutputKind =
        OutputKind { name: "api", phase: Phase::List, outputs: Which::OfSite(outputs) };
    const TEMPLATE: &'static str = "api.html";
    const ABOUT: &'static str = "What the template of the page of data may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let page_cx = cx.page_context(&output.path, None);
        let site = cx.site;
        let title = page_cx.t("data", &[]);
        let mut head =
            page_cx.page(Self::KIND.name, title, page_cx.t("data-about", &[]), Vec::new());
        let pages = cx.first.all().map(|site| (site.number(), api_page_out(site)));
        page_cx.also_in(&mut head, pages.filter(|(_, out)| site.outputs.get(out).is_some()));
        let there = |out: &OutPath| site.outputs.get(out).map(|_| cx.href(out));
        let schema = |name: &str| there(&schema_file(name));
        let file = |kind, out: OutPath, schema: Option<Arc<str>>| {
            let href = there(&out)?;
            let name = out.as_str().rsplit('/').next().unwrap_or_default().into();
            Some(DataFile { kind, name, href, schema })
        };
        let lists = ["articles", "players", "questions", "topics"];
        let lists =
            lists.into_iter().map(|name| file(name, list_file(site, name, 1), schema(name)));
        let home = site.home_out();
        let sources = OutPath::new("sources.json").expect("plain words");
        let others = [
            file("facts", facts_file(1, "json"), schema("facts")),
            file("facts", facts_file(1, "csv"), None),
            file("sources", sources, schema("sources")),
            file("feed", feed_out(&home), None),
            file("feed", beside(&home, "feed.json"), None),
            file("calendar", calendar_out(&home), None),
        ];
        let license = cx.settings.license.as_ref().map(|url| {
            let href = if url.starts_with('/') { cx.root_href(url).into() } else { url.clone() };
            LinkText::new(url.clone(), Some(href))
        });
        let api = ApiView {
            files: lists.chain(others).flatten().collect(),
            card_schema: schema("card"),
            page_schema: schema("page"),
            page_data: match site.page_data {
                PageDataScope::None => None,
                PageDataScope::Players => Some("players"),
                PageDataScope::All => Some("all"),
            },
            feeds: there(&super::feeds::feeds_page_out(site)),
            license,
        };
        page_cx.view(head, Self { api })
    }
}

fn outputs(site: &Site, add: &mut Add<'_>) {
    let out = api_page_out(site);
    let listed = [IndexKind::Articles, IndexKind::Players, IndexKind::Faq, IndexKind::Topics];
    if listed.into_iter().any(|kind| site.listed(kind) > 0) && !site.is_taken(&out) {
        add.page(out, Subject::Site, true);
    }
}

/// Where the page of the data is.
pub(super) fn api_page_out(site: &Site) -> OutPath {
    beside(&site.home_out(), "api/index.html")
}
