//! The page that says which feeds there are, and what pages and feeds need of one another.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::content::document::{Details, Summary};
use crate::content::model::Source;
use crate::content::reference::Link;
use crate::lang::{Arg, LangTag};
use crate::site::{
    Add, CAP, IndexKind, Output, OutputKind, PageIx, QuestionRef, Site, Subject, TopicIx, Which,
    beside, feed_out,
};

use super::article::picture;
use super::common::{FeedLink, LinkText};
use super::context::{Context, PageContext, fragment};
use super::fill::{HoleFiller, push_escaped, push_href};
use super::kind::{PageContent, PageView};

/// What `feeds.html` may see: the page of the feeds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FeedsPage {
    /// The feeds.
    pub feeds: FeedsView,
}

/// The feeds of the site in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FeedsView {
    /// Those of the whole site.
    pub site: Vec<FeedLink>,
    /// That of the corrections.
    pub corrections: Option<Arc<str>>,
    /// The calendar of the site.
    pub calendar: Option<Arc<str>>,
    /// Those of the first topics.
    pub topics: Vec<LinkText>,
    /// All topics, where there are more.
    pub more_topics: Option<Arc<str>>,
    /// Those of the players that most pages name.
    pub players: Vec<LinkText>,
    /// All players, where there are more.
    pub more_players: Option<Arc<str>>,
}

impl PageContent for FeedsPage {
    const KIND: OutputKind =
        OutputKind { name: "feeds", phase: Phase::List, outputs: Which::OfSite(outputs) };
    const TEMPLATE: &'static str = "feeds.html";
    const ABOUT: &'static str = "What the template of the page of feeds may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let page_cx = cx.page_context(&output.path, None);
        let site = cx.site;
        let title = page_cx.t("feeds", &[]);
        let mut head =
            page_cx.page(Self::KIND.name, title, page_cx.t("feeds-about", &[]), Vec::new());
        let all = cx.first.all();
        let pages = all.map(|site| (site.number(), feeds_page_out(site)));
        page_cx.also_in(&mut head, pages.filter(|(_, out)| site.outputs.get(out).is_some()));
        let there = |out: OutPath| site.outputs.get(&out).map(|_| cx.href(&out));
        let topics = (0..site.topics.len() as u32).map(TopicIx);
        let topics = topics.filter_map(|ix| {
            let link = cx.topic_link(ix);
            let href = there(feed_out(&site.topic(ix).out))?;
            Some(LinkText { href: Some(href), ..LinkText::clone(&link) })
        });
        let topics: Vec<LinkText> = topics.take(CAP + 1).collect();
        let named = site.graph.most_named.iter().filter_map(|ix| {
            let link = cx.page_link(*ix);
            let href = there(feed_out(&site.page(*ix).out))?;
            Some(LinkText { href: Some(href), ..LinkText::clone(&link) })
        });
        let players: Vec<LinkText> = named.take(CAP).collect();
        let index = |kind| there(site.index_out(kind, 0));
        let feeds = FeedsView {
            site: cx.site_feeds(),
            corrections: cx.corrections_feed(),
            calendar: there(crate::site::calendar_out(&site.home_out())),
            more_topics: (topics.len() > CAP).then(|| index(IndexKind::Topics)).flatten(),
            topics: topics.into_iter().take(CAP).collect(),
            more_players: (!players.is_empty()).then(|| index(IndexKind::Players)).flatten(),
            players,
        };
        page_cx.view(head, Self { feeds })
    }
}

fn outputs(site: &Site, add: &mut Add<'_>) {
    let out = feeds_page_out(site);
    if site.has_feed(Subject::Site) && !site.is_taken(&out) {
        add.page(out, Subject::Site, true);
    }
}

/// Where the page of the feeds is.
pub(super) fn feeds_page_out(site: &Site) -> OutPath {
    beside(&site.home_out(), "feeds/index.html")
}

impl Context<'_> {
    /// The title of a feed: of the site, or of a topic or a player with that of the site.
    pub fn feed_title(&self, subject: Subject) -> Arc<str> {
        let title = match subject {
            Subject::Page(ix) => self.site.page(ix).summary.title.clone(),
            Subject::Topic(ix) => self.site.topic_title(ix),
            _ => return self.settings.title.clone(),
        };
        let args = [("title", Arg::Text(&title)), ("site", Arg::Text(&self.settings.title))];
        let lang = self.languages.language(&self.settings.lang);
        lang.text("page-title", &args).unwrap_or(title)
    }

    /// The feeds of the whole site.
    pub(super) fn site_feeds(&self) -> Vec<FeedLink> {
        let home = self.site.home_out();
        let feeds = [
            (feed_out(&home), "application/atom+xml", "Atom"),
            (beside(&home, "feed.json"), "application/feed+json", "JSON Feed"),
        ];
        let there = feeds.into_iter().filter(|(out, ..)| self.site.outputs.get(out).is_some());
        let title = &self.settings.title;
        let other = self.other(self.settings_lang(|site| site.title == *title));
        let link = |(out, media_type, format): (OutPath, _, _)| FeedLink {
            title: title.clone(),
            foreign: other.clone(),
            href: self.href(&out),
            media_type,
            format,
        };
        there.map(link).collect()
    }

    /// The feed of a topic or a player.
    pub(super) fn feed_of(&self, subject: Subject) -> Option<FeedLink> {
        let out = feed_out(&self.site.feed_page(subject));
        self.site.outputs.get(&out)?;
        let (title, other) = match subject {
            Subject::Topic(ix) => self.topic_titled(ix),
            Subject::Page(ix) => self.titled(ix),
            _ => (self.settings.title.clone(), None),
        };
        Some(FeedLink {
            title,
            foreign: other,
            href: self.href(&out),
            media_type: "application/atom+xml",
            format: "Atom",
        })
    }

    /// The names of a page's authors: its own, or those of the site.
    pub fn authors_of(&self, page: PageIx) -> Vec<String> {
        let own = &self.texts.body(page).authors;
        match own.is_empty() {
            true => self.settings.authors.iter().map(|name| name.to_string()).collect(),
            false => own.iter().map(|author| author.name.to_string()).collect(),
        }
    }

    /// What lists say of a page.
    pub fn summary_of(&self, page: PageIx) -> Arc<str> {
        self.description(page, &self.languages.language(self.lang_of(page))).0
    }

    /// The language of a page.
    pub fn page_lang(&self, page: PageIx) -> &LangTag {
        self.lang_of(page)
    }

    /// A question in plain words, and its anchor as it stands in a URL.
    pub fn question(&self, at: QuestionRef) -> Option<(Arc<str>, String)> {
        let asked = self.site.page(at.page).summary.questions.get(at.at as usize)?;
        let lang = self.languages.language(self.lang_of(at.page));
        let (text, _) = self.plain_of(at.page, &asked.text, &lang, None);
        Some((text, fragment(&asked.anchor).into_owned()))
    }

    /// The absolute URL of the picture at the head of a page, where it is known.
    pub fn image_url(&self, page: PageIx) -> Option<String> {
        let summary = &self.site.page(page).summary;
        match &summary.image.as_ref()?.src {
            Link::External(url) => Some(url.to_string()),
            link => self.base.url(&self.site.linked_asset(link)?.out),
        }
    }

    /// The sources of a page: its own, and then the shared ones that its texts cite.
    pub fn sources_of(&self, page: PageIx) -> Vec<&Source> {
        let summary = &self.site.page(page).summary;
        let own = summary.sources.iter().map(|source| {
            let id = source.id.as_deref();
            id.and_then(|id| self.site.source_of(summary, id)).unwrap_or(source)
        });
        let shared = summary.sources_cited.iter().filter_map(|id| self.site.source(id));
        let mut all: Vec<&Source> = Vec::new();
        for source in own.chain(shared.map(|source| &**source)) {
            // A page may name a shared source in its list and cite it in its text.
            if source.is_whole() && !all.iter().any(|known| std::ptr::eq(*known, source)) {
                all.push(source);
            }
        }
        all
    }

    /// The source that a page means by an id.
    pub fn source_of<'b>(&'b self, summary: &'b Summary, id: &str) -> Option<&'b Source> {
        self.site.source_of(summary, id)
    }

    /// The text of a page for readers elsewhere, as HTML whose links are those of the site: picture, points to take away,
    /// text, questions and answers.
    pub fn whole_text(&self, page: PageIx, out: &OutPath) -> String {
        let lang = self.lang_of(page);
        let shared = self.shared.filter(|_| *lang == self.settings.lang);
        let cx = Context { lang, assets: self.assets.clone(), shared, ..*self };
        let page_cx = PageContext { is_elsewhere: true, ..cx.page_context(out, Some(lang)) };
        let filler = HoleFiller::new(&page_cx, page);
        let summary = &cx.site.page(page).summary;
        let body = cx.texts.body(page);
        let mut html = String::new();
        if let Some(image) = picture(&filler, summary, body) {
            html.push_str("<p><img src=\"");
            push_href(&mut html, &image.src);
            html.push_str("\" alt=\"");
            push_escaped(&mut html, &image.alt);
            html.push_str("\"></p>\n");
        }
        if !body.key_points.is_empty() {
            html.push_str("<ul>\n");
            for point in &body.key_points {
                html.push_str(&format!("<li>{}</li>\n", filler.html(point).text()));
            }
            html.push_str("</ul>\n");
        }
        html.push_str(&filler.html(&body.markup).text());
        if matches!(summary.details, Details::Article(_)) && !summary.questions.is_empty() {
            html.push_str(&format!("<h2>{}</h2>\n", page_cx.t("questions", &[])));
            for (question, answer) in summary.questions.iter().zip(&body.answers) {
                let (text, _) = cx.words(&question.text, &page_cx.lang, None);
                html.push_str("<h3>");
                push_escaped(&mut html, &text);
                html.push_str(&format!("</h3>\n{}", filler.html(answer).text()));
            }
        }
        html
    }
}
