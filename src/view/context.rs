//! What every view is made of, and the parts that all of them need.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::{BaseUrl, EntityId, OutPath};
use crate::config::{AllowedOrigins, NavItem, Settings};
use crate::content::date::Date;
use crate::content::document::{Body, Details, Summary};
use crate::content::kind::Kind;
use crate::content::model::{Name, Source};
use crate::lang::{Arg, LangTag, Language, Languages};
use crate::names::Linked;
use crate::search::SearchIndex;
use crate::site::{IndexKind, Output, PageIx, Resolution, Site, State, TopicIx};

use super::SharedPart;
use super::api::api_page_out;
use super::card::CardTypesetter;
use super::common::{
    AppearanceWords, ArticleCard, Assets, Banner, Crumb, DateText, Foreign, LinkText, NavLink,
    PageHead, PlayerCard, QuestionLink, SiteInfo, TopicCard,
};
use super::face::player_kind;
use super::feeds::feeds_page_out;
use super::kind::PageView;
use super::policy::has_faces;
use super::shared::{Marks, SharedParts};
use super::social::SocialCard;
use super::spoken::WordsOf;
use super::words::Runs;

/// Bodies: what a view reads beside the site.
pub trait PageTexts: Sync {
    /// The body of a page.
    fn body(&self, page: PageIx) -> &Body;

    /// The names in the texts of a page.
    fn linked(&self, page: PageIx) -> &Linked;

    /// The index of all texts in a language, by its number.
    fn search_index(&self, edition: usize) -> Arc<SearchIndex>;
}

/// Everything that views are made of. The same for every page of a build in one language.
pub struct Context<'a> {
    /// The site in its first language.
    pub first: &'a Site,
    /// The site in the language of the views.
    pub site: &'a Site,
    /// Its settings in that language.
    pub settings: &'a Settings,
    /// Its settings in its first language.
    pub site_settings: &'a Settings,
    /// The language of the page that is made: that of the settings, or of a page that says another.
    pub lang: &'a LangTag,
    /// When a day begins.
    pub zone: &'a TimeZone,
    /// Where the site will be.
    pub base: &'a BaseUrl,
    /// Bodies.
    pub texts: &'a dyn PageTexts,
    /// The languages.
    pub languages: &'a Languages,
    /// The theme's files.
    pub assets: Arc<Assets>,
    /// What measures the texts of pictures of pages; none where there are none.
    pub typesetter: Option<&'a dyn CardTypesetter>,
    /// What pages share; none where a single page is made.
    pub shared: Option<&'a SharedParts>,
}

/// What the view of one page is made of: everything that views are made of, the page's path and its language.
pub(super) struct PageContext<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) out: &'a OutPath,
    pub(super) lang: Arc<Language>,
    /// From where the page loads what it shows from elsewhere.
    pub(super) origins: RefCell<AllowedOrigins>,
    /// Whether a picture stands further up: browsers fetch the others when readers come near.
    pub(super) has_picture: Cell<bool>,
    /// Whether readers see the text in another program, which has its own measure.
    pub(super) is_elsewhere: bool,
}

impl<'a> Context<'a> {
    /// The URL of an output for an `href`: root-relative, with the base URL's own path.
    pub(super) fn href(&self, out: &OutPath) -> Arc<str> {
        Arc::from(out.href(self.base.prefix()))
    }

    /// A root-relative URL as an author wrote it, with the base URL's own path.
    pub(super) fn root_href(&self, url: &str) -> String {
        format!("{}{url}", self.base.prefix())
    }

    /// The page of content that an output of its kind shows.
    pub(super) fn content(&self, output: &Output) -> PageIx {
        output.content(self.first).expect("the kind adds outputs of pages of content alone")
    }

    pub(super) fn page_context(
        &'a self,
        out: &'a OutPath,
        lang: Option<&LangTag>,
    ) -> PageContext<'a> {
        let lang = self.languages.language(lang.unwrap_or(&self.settings.lang));
        let (origins, has_picture) = (RefCell::default(), Cell::new(false));
        PageContext { cx: self, out, lang, origins, has_picture, is_elsewhere: false }
    }

    /// Where a reference leads: the title of what it names and its URL.
    pub(super) fn resolve(&self, target: &crate::content::reference::Target) -> Option<LinkText> {
        match self.site.resolve(target) {
            Resolution::Page(page) => Some(LinkText::clone(&self.page_link(page))),
            Resolution::Topic(topic) => Some(LinkText::clone(&self.topic_link(topic))),
            Resolution::Asset(out) => {
                let name = out.as_str().rsplit('/').next().unwrap_or_default();
                Some(LinkText::new(name.into(), Some(self.href(&out))))
            }
            Resolution::NotPublic | Resolution::Broken | Resolution::Unknown => None,
        }
    }

    pub(super) fn page_link(&self, page: PageIx) -> SharedPart<LinkText> {
        let make = || {
            let (text, foreign) = self.titled(page);
            let href = Some(self.href(&self.site.page(page).out));
            LinkText { text, href, foreign }
        };
        match self.shared {
            Some(shared) => shared.part(&shared.of(page).link, make),
            None => SharedPart::new(make()),
        }
    }

    pub(super) fn topic_link(&self, topic: TopicIx) -> SharedPart<LinkText> {
        let make = || {
            let own = self.site.topic(topic);
            let (text, foreign) = self.topic_titled(topic);
            LinkText { text, href: Some(self.href(&own.out)), foreign }
        };
        match self.shared {
            Some(shared) => shared.part(shared.topic(topic), make),
            None => SharedPart::new(make()),
        }
    }

    /// The title of a topic. An id stands for it where no page says one.
    pub(super) fn topic_titled(&self, topic: TopicIx) -> (Arc<str>, Option<Foreign>) {
        match self.site.topic(topic).page {
            Some(page) => self.titled(page),
            None => (self.site.topic_title(topic), None),
        }
    }

    /// A player's name with its page; an id that is none stays as it is.
    pub(super) fn player_link(&self, id: &EntityId) -> SharedPart<LinkText> {
        match self.site.player(id) {
            Some(page) => self.page_link(page),
            None => SharedPart::new(LinkText::new(id.into(), None)),
        }
    }

    /// A player's name with its page; a name of something else, whose language is that of the field that has it.
    pub(super) fn name_link(&self, name: &Name, lang: &LangTag) -> LinkText {
        match name {
            Name::Id(id) => LinkText::clone(&self.player_link(id)),
            Name::Text(text) => self.text_in(text, lang),
        }
    }

    /// A text that leads nowhere.
    pub(super) fn text_in(&self, text: &Arc<str>, lang: &LangTag) -> LinkText {
        LinkText { text: text.clone(), href: None, foreign: self.other(lang) }
    }

    /// A source by the id that a page uses: the page's own first, then the shared ones.
    pub(super) fn source<'b>(&'b self, summary: &'b Summary, id: &str) -> Option<&'b Source> {
        self.site.source_of(summary, id)
    }

    pub(super) fn source_link(&self, summary: &Summary, id: &Option<EntityId>) -> Option<LinkText> {
        let source = self.source(summary, id.as_deref()?)?;
        self.link_to_source(source, self.source_lang(summary, source))
    }

    /// What a page says of itself in lists and to search engines: its summary, or the first paragraph, shortened.
    pub(super) fn description(&self, page: PageIx, lang: &Language) -> WordsOf {
        let summary = &self.site.page(page).summary;
        match &summary.summary {
            Some(text) if text.len() <= SUMMARY => (text.clone(), None),
            Some(text) => (shorten(text, SUMMARY), None),
            None => self.plain_of(page, &summary.lead, lang, Some(SUMMARY)),
        }
    }
}

impl PageContext<'_> {
    /// A view: what every page has, and the page's own content.
    pub(super) fn view<T>(&self, mut page: PageHead, content: T) -> PageView<T> {
        if page.linked_data.is_none() {
            page.linked_data = self.graph(&page).map(|graph| graph.plain(&page).finish());
        }
        page.policy = self.cx.site.policies.of_page(&self.origins.borrow());
        PageView { page, site: self.site_info(), assets: self.cx.assets.clone(), content }
    }

    /// Interface text; the key itself where no language has it.
    pub(super) fn t(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Arc<str> {
        self.lang.text(key, args).unwrap_or_else(|_| Arc::from(key))
    }

    pub(super) fn date(&self, date: Date) -> DateText {
        let dates = &self.lang.dates;
        let text = match (date.civil_time(self.cx.zone), date.civil()) {
            (Some(at), _) => dates.date_time(at),
            (None, Some(day)) => dates.day(day),
            (None, None) => {
                let first = jiff::civil::date(date.year(), date.month().unwrap_or(1), 1);
                if date.month().is_some() { dates.month(first) } else { dates.year(first) }
            }
        };
        let iso = date.in_zone(self.cx.zone).to_string().into();
        DateText { iso, text: text.into() }
    }

    /// What `base.html` needs of a page.
    pub(super) fn page(
        &self,
        kind: &'static str,
        title: Arc<str>,
        description: Arc<str>,
        way: Vec<Crumb>,
    ) -> PageHead {
        let cx = self.cx;
        let origin = cx.base.origin.as_ref();
        let canonical = origin.map(|origin| format!("{origin}{}", cx.href(self.out)).into());
        let mut breadcrumbs = Vec::new();
        let home = cx.site.home_out();
        if *self.out != home {
            let text = self.t("home", &[]);
            breadcrumbs.push(Crumb { text, html: None, href: Some(cx.href(&home)) });
            breadcrumbs.extend(way);
            breadcrumbs.push(Crumb { text: title.clone(), html: None, href: None });
        }
        let mut card = SocialCard::new(self.lang.territory.clone());
        card.image = self.drawn_picture(&title);
        PageHead {
            kind,
            lang: self.lang.tag.as_str().into(),
            dir: self.lang.tag.direction(),
            title,
            title_html: None,
            description,
            url: cx.href(self.out),
            canonical,
            breadcrumbs,
            indexed: true,
            languages: Vec::new(),
            default_url: None,
            card,
            linked_data: None,
            feed: None,
            embed: None,
            has_faces: has_faces(&self.lang.tag),
            policy: None,
        }
    }

    /// What `base.html` needs of a page of content.
    pub(super) fn content_page(&self, kind: &'static str, ix: PageIx) -> PageHead {
        let page = self.cx.site.page(ix);
        let index = match page.summary.kind {
            Kind::Article => Some(IndexKind::Articles),
            Kind::Player => Some(IndexKind::Players),
            Kind::Faq => Some(IndexKind::Faq),
            Kind::Topic => Some(IndexKind::Topics),
            Kind::Page => None,
        };
        let way = index.and_then(|index| self.index_crumb(index)).into_iter().collect();
        let (description, _) = self.cx.description(ix, &self.lang);
        let title = &page.summary.title;
        let mut head = self.page(kind, title.clone(), description, way);
        let lang = self.cx.title_lang(ix);
        if *lang != self.lang.tag {
            self.mark_title(&mut head, &Runs::of(title, lang));
        }
        head.indexed = page.state.is_listed();
        self.also_in(&mut head, self.cx.pages_of(ix));
        head
    }

    /// A step to an index.
    pub(super) fn index_crumb(&self, kind: IndexKind) -> Option<Crumb> {
        let out = self.cx.site.index_out(kind, 0);
        self.cx.site.outputs.get(&out)?;
        let (text, html) = (self.index_title(kind), None);
        Some(Crumb { text, html, href: Some(self.cx.href(&out)) })
    }

    pub(super) fn index_title(&self, kind: IndexKind) -> Arc<str> {
        self.t(
            match kind {
                IndexKind::Articles => "articles",
                IndexKind::Players => "players",
                IndexKind::Faq => "faq",
                IndexKind::Topics => "topics",
                IndexKind::Timeline => "timeline",
                IndexKind::Facts => "facts",
                IndexKind::Sources => "sources",
                IndexKind::Corrections => "corrections",
            },
            &[],
        )
    }

    /// What pages share, where this one is in the site's own language.
    pub(super) fn shared(&self) -> Option<&SharedParts> {
        self.cx.shared.filter(|_| self.lang.tag == self.cx.settings.lang)
    }

    /// The links at the foot of a page, with those to the corrections, the feeds and the data of the site if it has any.
    fn with_corrections(&self, mut footer: Vec<NavLink>, nav: &[NavLink]) -> Vec<NavLink> {
        let has_any = !self.cx.site.graph.corrections.is_empty();
        if let Some(Crumb { text, href: Some(href), .. }) =
            has_any.then(|| self.index_crumb(IndexKind::Corrections)).flatten()
            && !footer.iter().chain(nav).any(|link| link.href == href)
        {
            footer.push(NavLink { text, href, current: None, foreign: None });
        }
        let site = self.cx.site;
        for (key, out) in [("feeds", feeds_page_out(site)), ("data", api_page_out(site))] {
            if site.outputs.get(&out).is_some_and(|output| output.published().is_none()) {
                let (text, href) = (self.t(key, &[]), self.cx.href(&out));
                footer.push(NavLink { text, href, current: None, foreign: None });
            }
        }
        footer
    }

    /// When a page was published.
    pub(super) fn published(&self, page: PageIx) -> Option<SharedPart<DateText>> {
        let date = self.cx.site.page(page).summary.published?;
        Some(match self.shared() {
            Some(shared) => shared.date(date, || self.date(date)),
            None => SharedPart::new(self.date(date)),
        })
    }

    /// What every page shows of the site.
    pub(super) fn site_info(&self) -> SharedPart<SiteInfo> {
        let Some(shared) = self.shared() else {
            let info = self.own_site_info();
            let marks = self.marks(&info);
            return SharedPart::new(with_marks(info, &marks));
        };
        let info = shared.site_info.get_or_init(|| self.own_site_info());
        let marks = self.marks(info);
        shared.site(marks.clone(), || with_marks(info.clone(), &marks))
    }

    /// Which links of the site lead to this page, or to a page above it.
    fn marks(&self, info: &SiteInfo) -> Marks {
        let own = self.cx.href(self.out);
        let homes = [self.cx.href(&self.cx.site.home_out()), self.cx.root_href("/").into()];
        let mark = |href: &str| match () {
            () if *own == *href => Some("page"),
            () if homes.iter().any(|home| **home == *href) => None,
            () if href.ends_with('/') && own.starts_with(href) => Some("true"),
            () => None,
        };
        info.nav.iter().chain(&info.footer).map(|link| mark(&link.href)).collect()
    }

    fn own_site_info(&self) -> SiteInfo {
        let cx = self.cx;
        let home = cx.site.home_out();
        let nav: Vec<NavLink> = match &cx.settings.nav {
            Some(items) => items.iter().filter_map(|item| self.nav_link(item)).collect(),
            None => IndexKind::NAVIGATION
                .into_iter()
                .filter(|kind| *kind != IndexKind::Corrections && cx.site.listed(*kind) > 0)
                .filter_map(|kind| {
                    let Crumb { text, href, .. } = self.index_crumb(kind)?;
                    Some(NavLink { text, href: href?, current: None, foreign: None })
                })
                .collect(),
        };
        let footer = cx.settings.footer.iter().filter_map(|item| self.nav_link(item));
        let footer = self.with_corrections(footer.collect(), &nav);
        let publisher = cx.settings.publisher.as_ref().map(|publisher| LinkText {
            href: publisher.url.clone(),
            ..cx.text_in(&publisher.name, cx.site_lang())
        });
        let title = &cx.settings.title;
        SiteInfo {
            title: title.clone(),
            foreign: cx.other(cx.settings_lang(|site| site.title == *title)),
            logo: cx.logo(),
            description: cx.settings.description.clone(),
            home: cx.href(&home),
            nav,
            footer,
            publisher,
            search: cx.site.search_out().map(|out| cx.href(&out)),
            feeds: cx.site_feeds(),
            appearance: AppearanceWords {
                label: self.t("appearance", &[]),
                auto: self.t("appearance-auto", &[]),
                light: self.t("appearance-light", &[]),
                dark: self.t("appearance-dark", &[]),
            },
        }
    }

    pub(super) fn nav_link(&self, item: &NavItem) -> Option<NavLink> {
        let cx = self.cx;
        let to = &item.to;
        let (text, href, foreign) = if to.starts_with('/') {
            let (href, foreign) = cx.root_in_language(to);
            (None, href, foreign)
        } else if to.contains([':', '/', '#', '.']) {
            (None, to.clone(), None)
        } else {
            let target = crate::content::reference::Target::Id(to.clone());
            let link = cx.resolve(&target)?;
            (Some(link.text), link.href?, link.foreign)
        };
        let Some(own) = &item.text else {
            let text = text.unwrap_or_else(|| to.clone());
            return Some(NavLink { text, href, current: None, foreign });
        };
        // Links that the edition does not say itself are those of the site.
        let is_of_site =
            |site: &Settings| site.nav.iter().flatten().chain(&site.footer).any(|of| of == item);
        let of_text = cx.other(cx.settings_lang(is_of_site));
        let foreign = match (of_text, foreign) {
            (Some(of_text), Some(to)) => Some(Foreign { lang: to.lang, ..of_text }),
            (None, Some(to)) => {
                let (text, dir) = (cx.lang.as_str().into(), cx.lang.direction());
                Some(Foreign { text, dir, ..to })
            }
            (of_text, None) => of_text,
        };
        Some(NavLink { text: own.clone(), href, current: None, foreign })
    }

    pub(super) fn banner(&self, summary: &Summary, state: State) -> Option<Banner> {
        let own = summary.withdrawal.as_deref();
        let (kind, date) = match state {
            State::Public => return None,
            State::Withdrawn => ("withdrawn", own.and_then(|own| own.date).or(summary.updated)),
            State::Expired(date) => ("expired", Some(date)),
        };
        let (cx, successor) = (self.cx, own.and_then(|own| own.successor.as_ref()));
        let successor = successor.and_then(|id| match summary.kind {
            Kind::Topic => cx.site.topic_by_id(id).map(|topic| cx.topic_link(topic)),
            kind => cx.site.of_kind(kind, id).map(|page| cx.page_link(page)),
        });
        let reason = own.and_then(|own| own.reason.clone());
        Some(Banner { kind, date: date.map(|date| self.date(date)), reason, successor })
    }

    pub(super) fn article_card(&self, ix: PageIx) -> SharedPart<ArticleCard> {
        match self.shared() {
            Some(shared) => shared.part(&shared.of(ix).article, || self.own_article_card(ix)),
            None => SharedPart::new(self.own_article_card(ix)),
        }
    }

    fn own_article_card(&self, ix: PageIx) -> ArticleCard {
        let page = self.cx.site.page(ix);
        let summary = &page.summary;
        let genre = match &summary.details {
            Details::Article(article) => article.genre,
            _ => crate::content::model::Genre::default(),
        };
        let (title, foreign) = self.cx.titled(ix);
        let (summary, summary_html) = self.cx.description(ix, &self.lang);
        ArticleCard {
            title,
            href: self.cx.href(&page.out),
            summary,
            summary_html,
            genre: genre.as_str(),
            published: self.published(ix),
            foreign,
            summary_foreign: self.cx.other(self.cx.lang_of(ix)),
        }
    }

    pub(super) fn player_card(&self, ix: PageIx) -> SharedPart<PlayerCard> {
        match self.shared() {
            Some(shared) => shared.part(&shared.of(ix).player, || self.own_player_card(ix)),
            None => SharedPart::new(self.own_player_card(ix)),
        }
    }

    fn own_player_card(&self, ix: PageIx) -> PlayerCard {
        let (name, foreign) = self.cx.titled(ix);
        let page = self.cx.site.page(ix);
        let (summary, summary_html) = self.cx.description(ix, &self.lang);
        PlayerCard {
            foreign,
            summary_foreign: self.cx.other(self.cx.lang_of(ix)),
            name,
            href: self.cx.href(&page.out),
            kind: player_kind(&page.summary),
            face: self.cx.face(ix),
            summary,
            summary_html,
        }
    }

    pub(super) fn topic_card(&self, ix: TopicIx) -> TopicCard {
        let topic = self.cx.site.topic(ix);
        let (summary, summary_html) = match topic.page {
            Some(page) => self.cx.description(page, &self.lang),
            None => ("".into(), None),
        };
        let (title, foreign) = self.cx.topic_titled(ix);
        let lang = topic.page.map(|page| self.cx.lang_of(page));
        let summary_foreign = lang.and_then(|lang| self.cx.other(lang));
        let href = self.cx.href(&topic.out);
        TopicCard { title, href, summary, summary_html, foreign, summary_foreign }
    }

    pub(super) fn question_link(&self, question: crate::site::QuestionRef) -> Option<QuestionLink> {
        let page = self.cx.site.page(question.page);
        let asked = page.summary.questions.get(question.at as usize)?;
        let link = self.cx.page_link(question.page);
        let (text, html) = self.cx.plain_of(question.page, &asked.text, &self.lang, None);
        Some(QuestionLink {
            text,
            html,
            href: with_fragment(link.href.as_deref().unwrap_or_default(), &asked.anchor),
            page: link.text.clone(),
            foreign: link.foreign.clone(),
        })
    }

    pub(super) fn topic_links(&self, summary: &Summary) -> Vec<SharedPart<LinkText>> {
        let site = self.cx.site;
        let topics = summary.topics.iter().filter_map(|id| site.topic_by_id(id));
        topics.map(|topic| self.cx.topic_link(topic)).collect()
    }
}

/// What is shown of the site, with a mark for each of its links.
fn with_marks(mut info: SiteInfo, marks: &[Option<&'static str>]) -> SiteInfo {
    for (link, mark) in info.nav.iter_mut().chain(&mut info.footer).zip(marks) {
        link.current = *mark;
    }
    info
}

/// A URL that leads to an anchor.
pub(super) fn with_fragment(href: &str, anchor: &str) -> Arc<str> {
    [href, "#", &fragment(anchor)].concat().into()
}

/// An anchor for a URL's fragment: percent-encoded where RFC 3986 asks for it.
pub(super) fn fragment(anchor: &str) -> Cow<'_, str> {
    let safe = |c: char| {
        !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | ':')
    };
    // Nearly all are safe to the end: without a way out of the loop many bytes are looked at together.
    if anchor.bytes().fold(true, |all, byte| all & (!byte.is_ascii() || safe(byte.into()))) {
        return Cow::Borrowed(anchor);
    }
    let mut out = String::with_capacity(anchor.len());
    for c in anchor.chars() {
        if safe(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{:02X}", c as u32));
        }
    }
    Cow::Owned(out)
}

/// The most characters of a summary where others are beside it.
const SUMMARY: usize = 300;

/// A text of at most `limit` characters, cut between words.
pub(super) fn shorten(text: &str, limit: usize) -> Arc<str> {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.into() };
    let kept = &text[..cut];
    let kept = kept.rfind(char::is_whitespace).map_or(kept, |end| &kept[..end]);
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c)))
        .into()
}
