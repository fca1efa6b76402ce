//! Pages, and the works on them: articles, questions, topics, lists, sources.

use std::sync::Arc;

use crate::content::document::Summary;
use crate::content::model::ChangeKind;
use crate::site::{PageIx, TopicIx};
use crate::view::SharedPart;
use crate::view::article::ArticleView;
use crate::view::changes::ChangeView;
use crate::view::common::{ArticleCard, Banner, LinkText, PageHead};
use crate::view::context::{PageContext, fragment};
use crate::view::faq::FaqView;
use crate::view::html::FilledHtml;
use crate::view::list::List;
use crate::view::sources::SourceView;
use crate::view::topic::TopicView;

use super::text::{plain, sections};
use super::{ARTICLE, Graph, Node, PUBLISHER, QUESTIONS, SITE, TOPIC, WORK, whole_day};

/// Pages that an article or a FAQ page is about and that it mentions.
pub(in crate::view) struct Subjects {
    /// The players that it is about.
    pub(in crate::view) about: Vec<PageIx>,
    /// Players that it names beside them.
    pub(in crate::view) mentions: Vec<PageIx>,
}

impl Graph<'_> {
    /// Adds the page itself, with the way to it.
    pub(super) fn page(&mut self, kind: &str, head: &PageHead, fill: impl FnOnce(&mut Node<'_>)) {
        let home = self.page_cx.cx.href(&self.page_cx.cx.site.home_out());
        let origin = self.origin;
        self.out.push(',');
        Node::write(&mut self.out, origin, |node| {
            node.kind(kind);
            node.url("@id", &head.url, "");
            node.url("url", &head.url, "");
            node.text("name", &head.title);
            node.some("description", Some(&head.description));
            node.text("inLanguage", &head.lang);
            node.id("isPartOf", &home, SITE);
            image(node, "primaryImageOfPage", head);
            if head.breadcrumbs.len() > 1 {
                node.node("breadcrumb", |list| {
                    list.kind("BreadcrumbList");
                    list.nodes(
                        "itemListElement",
                        head.breadcrumbs.iter().zip(1..),
                        |node, (crumb, at)| {
                            node.kind("ListItem");
                            node.number("position", at);
                            node.text("name", &crumb.text);
                            if let Some(href) = &crumb.href {
                                node.url("item", href, "");
                            }
                        },
                    );
                });
            }
            fill(node);
        });
    }

    /// The graph of an article's page.
    pub(in crate::view) fn article(
        mut self,
        head: &PageHead,
        ix: PageIx,
        view: &ArticleView,
        subjects: &Subjects,
    ) -> Self {
        let (page_cx, origin) = (self.page_cx, self.origin);
        let cx = page_cx.cx;
        let url = &head.url;
        self.page("WebPage", head, |page| {
            page.some("datePublished", whole_day(&view.published));
            page.some("dateModified", whole_day(&view.updated));
            page.some("lastReviewed", whole_day(&view.reviewed));
            page.id("mainEntity", url, ARTICLE);
        });
        self.node(url, ARTICLE, |node| {
            node.kind(match view.genre {
                "analysis" => "AnalysisNewsArticle",
                "report" => "ReportageNewsArticle",
                "opinion" => "OpinionNewsArticle",
                _ => "BackgroundNewsArticle",
            });
            node.text("headline", &head.title);
            node.some("description", Some(&head.description));
            node.url("url", url, "");
            node.id("mainEntityOfPage", url, "");
            node.text("inLanguage", &head.lang);
            image(node, "image", head);
            node.some("dateline", view.dateline.as_deref());
            node.some("datePublished", whole_day(&view.published));
            node.some("dateModified", whole_day(&view.updated));
            node.some("expires", whole_day(&view.expires));
            standing(node, view.banner.as_ref());
            node.nodes("author", &view.authors, |node, author| {
                let name = &author.name;
                let settings = cx.settings;
                let publisher = settings.publisher.as_ref().map(|publisher| &publisher.name);
                let is_site = publisher == Some(name) || *name == settings.title;
                let is_person = !is_site && !crate::cite::is_institution(name);
                node.kind(if is_person { "Person" } else { "Organization" });
                node.text("name", name);
                if let Some(href) = &author.href {
                    node.url("url", href, "");
                }
                node.some("description", author.bio.as_deref());
            });
            if cx.settings.publisher.is_some() {
                node.id("publisher", &page_cx.first_home(), PUBLISHER);
            }
            node.texts("articleSection", view.topics.iter().map(|topic| &*topic.text));
            about(page_cx, node, origin, subjects, &view.topics);
            citations(node, url, &view.sources);
            corrections(node, &view.changes.corrections);
            let first = cx.entity_out(ix);
            if *first != *page_cx.out {
                node.id("translationOfWork", &cx.href(first), ARTICLE);
            }
        });
        if !view.questions.is_empty() {
            self.node(url, QUESTIONS, |node| {
                node.kind("FAQPage");
                node.id("isPartOf", url, "");
                let questions = view.questions.iter();
                let questions =
                    questions.map(|own| (&*own.anchor, &*own.text, plain(&own.answer.text())));
                node.nodes("mainEntity", questions, |node, own| question(node, url, own));
            });
        }
        self
    }

    /// The graph of a page of questions and answers.
    pub(in crate::view) fn faq(
        mut self,
        head: &PageHead,
        summary: &Summary,
        view: &FaqView,
        subjects: &Subjects,
    ) -> Self {
        let (page_cx, origin) = (self.page_cx, self.origin);
        let html = view.body.text();
        let answers = sections(&html);
        let questions = summary.questions.iter().filter_map(|own| {
            let (_, answer) = answers.iter().find(|(anchor, _)| *anchor == &*own.anchor)?;
            let (text, _) = page_cx.cx.words(&own.text, &page_cx.lang, None);
            Some((own.anchor.clone(), text, plain(answer)))
        });
        let questions: Vec<_> = questions.filter(|(_, _, answer)| !answer.is_empty()).collect();
        let kind = if questions.is_empty() { "WebPage" } else { "FAQPage" };
        self.page(kind, head, |page| {
            page.some("lastReviewed", whole_day(&view.reviewed));
            page.some(
                "datePublished",
                whole_day(&summary.published.map(|date| page_cx.date(date))),
            );
            page.some("dateModified", whole_day(&summary.updated.map(|date| page_cx.date(date))));
            standing(page, view.banner.as_ref());
            if page_cx.cx.settings.publisher.is_some() {
                page.id("publisher", &page_cx.first_home(), PUBLISHER);
            }
            about(page_cx, page, origin, subjects, &view.topics);
            citations(page, &head.url, &view.sources);
            corrections(page, &view.changes.corrections);
            page.nodes("mainEntity", &questions, |node, (anchor, text, answer)| {
                question(node, &head.url, (anchor, text, answer.clone()));
            });
        });
        self
    }

    /// The graph of a topic's page.
    pub(in crate::view) fn topic(mut self, head: &PageHead, ix: TopicIx, view: &TopicView) -> Self {
        let page_cx = self.page_cx;
        let cx = page_cx.cx;
        let entity = match cx.site.topic(ix).page {
            Some(page) => cx.href(cx.entity_out(page)),
            None => head.url.clone(),
        };
        self.page("CollectionPage", head, |page| {
            standing(page, view.banner.as_ref());
            page.id("about", &entity, TOPIC);
            citations(page, &head.url, &view.sources);
            corrections(page, &view.changes.corrections);
            item_list(page, articles(&view.articles.items));
        });
        let index = page_cx.topics_index();
        self.node(&entity, TOPIC, |node| {
            node.kind("DefinedTerm");
            node.text("name", &head.title);
            node.some("description", Some(&head.description));
            node.url("url", &head.url, "");
            if let Some(index) = &index {
                node.id("inDefinedTermSet", index, "#b-topics");
            }
        });
        self
    }

    /// The graph of a page of a list.
    pub(in crate::view) fn list(mut self, head: &PageHead, view: &List) -> Self {
        let players = view.players.iter().flat_map(|group| &group.players);
        let players = players.map(|card| (&card.name, &card.href));
        let topics = view.topics.iter().map(|card| (&card.title, &card.href));
        let items: Vec<_> = articles(&view.articles).chain(players).chain(topics).collect();
        self.page("CollectionPage", head, |page| {
            if let Some(LinkText { href: Some(href), .. }) = view.of.as_deref() {
                page.id("isPartOf", href, "");
            }
            item_list(page, items.iter().copied());
        });
        if view.kind == "topics" && view.of.is_none() {
            let index = self.page_cx.topics_index().unwrap_or_else(|| head.url.clone());
            self.node(&index, "#b-topics", |node| {
                node.kind("DefinedTermSet");
                node.text("name", &head.title);
                node.url("url", &index, "");
            });
        }
        self
    }

    /// The graph of a shared source's page.
    pub(in crate::view) fn source(mut self, head: &PageHead, view: &SourceView) -> Self {
        let url = &head.url;
        self.page("WebPage", head, |page| page.id("mainEntity", url, WORK));
        self.node(url, WORK, |node| work(node, view));
        self
    }

    /// The graph of a page that is about nothing but itself.
    pub(in crate::view) fn plain(mut self, head: &PageHead) -> Self {
        self.page("WebPage", head, |_| {});
        self
    }

    /// The graph of a standing page.
    pub(in crate::view) fn standing(
        mut self,
        head: &PageHead,
        id: &str,
        updated: Option<&str>,
    ) -> Self {
        let kind = match id {
            "about" => "AboutPage",
            "contact" => "ContactPage",
            _ => "WebPage",
        };
        self.page(kind, head, |page| page.some("dateModified", updated));
        self
    }
}

/// The picture at the head of a page.
pub(super) fn image(node: &mut Node<'_>, key: &str, head: &PageHead) {
    // A drawing of the title shows nothing of what the page is about.
    let Some(picture) = head.card.image.as_ref().filter(|picture| !picture.is_drawn) else {
        return;
    };
    node.node(key, |image| {
        image.kind("ImageObject");
        image.text("url", &picture.url);
        image.some("caption", Some(&picture.alt));
        image.some("creditText", picture.credit.as_deref());
        if let (Some(width), Some(height)) = (picture.width, picture.height) {
            image.number("width", width as usize);
            image.number("height", height as usize);
        }
    });
}

/// That a page is no longer current.
fn standing(node: &mut Node<'_>, banner: Option<&Banner>) {
    node.some(
        "creativeWorkStatus",
        banner.map(|banner| match banner.kind {
            "expired" => "Expired",
            _ => "Withdrawn",
        }),
    );
}

fn about(
    page_cx: &PageContext<'_>,
    node: &mut Node<'_>,
    origin: &str,
    subjects: &Subjects,
    topics: &[SharedPart<LinkText>],
) {
    let entities = |all: &[PageIx]| -> Vec<Arc<str>> {
        all.iter().map(|page| page_cx.entity_ref(*page, origin)).collect()
    };
    let topics = topics.iter().map(|topic| {
        let mut out = String::new();
        Node::write(&mut out, origin, |node| {
            node.kind("DefinedTerm");
            if let Some(href) = &topic.href {
                node.url("@id", href, TOPIC);
            }
            node.text("name", &topic.text);
        });
        Arc::from(out)
    });
    node.written("about", entities(&subjects.about).into_iter().chain(topics));
    node.written("mentions", entities(&subjects.mentions));
}

/// The numbered sources of a page.
fn citations(node: &mut Node<'_>, url: &str, sources: &[SourceView]) {
    node.nodes("citation", sources, |node, source| {
        match &source.page {
            Some(page) => node.url("@id", page, WORK),
            None => node.url("@id", url, &format!("#{}", fragment(&source.anchor))),
        }
        work(node, source);
    });
}

fn work(node: &mut Node<'_>, source: &SourceView) {
    node.kind(match source.kind.as_deref().unwrap_or_default() {
        "article-journal" => "ScholarlyArticle",
        "article-newspaper" => "NewsArticle",
        "article" | "article-magazine" => "Article",
        "book" => "Book",
        "chapter" => "Chapter",
        "report" => "Report",
        "thesis" => "Thesis",
        "legislation" | "bill" | "regulation" => "Legislation",
        "post-weblog" => "BlogPosting",
        "webpage" => "WebPage",
        _ => "CreativeWork",
    });
    node.text("name", &source.title);
    node.nodes("author", &source.authors, |node, name| {
        let kind = if crate::cite::is_institution(name) { "Organization" } else { "Person" };
        node.kind(kind);
        node.text("name", name);
    });
    if let Some(publisher) = &source.publisher {
        node.node("publisher", |node| {
            node.kind("Organization");
            node.text("name", publisher);
        });
    }
    node.some("datePublished", source.date.as_ref().map(|date| &*date.iso));
    node.some("url", source.href.as_deref());
    node.some("archivedAt", source.archived.as_deref());
    if source.retracted.is_some() {
        node.text("creativeWorkStatus", "Retracted");
    }
}

/// What a page has said wrongly.
fn corrections(node: &mut Node<'_>, changes: &[ChangeView]) {
    let is_correction = |change: &&ChangeView| change.kind == ChangeKind::Correction.as_str();
    node.nodes("correction", changes.iter().filter(is_correction), |node, change| {
        node.kind("CorrectionComment");
        let text = |text: &FilledHtml| plain(&text.text());
        let was_and_now = [&change.was, &change.now].into_iter().flatten().map(text);
        let was_and_now = was_and_now.collect::<Vec<_>>().join(" → ");
        let texts = change.note.as_ref().map(text).into_iter().chain([was_and_now]);
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        node.text("text", &texts.join(" "));
        node.some("datePublished", whole_day(&change.date));
    });
}

fn question(node: &mut Node<'_>, url: &str, (anchor, text, answer): (&str, &str, String)) {
    node.kind("Question");
    node.url("@id", url, &format!("#{}", fragment(anchor)));
    node.text("name", text);
    node.node("acceptedAnswer", |node| {
        node.kind("Answer");
        node.text("text", &answer);
    });
}

/// The title and the URL of an item of a list.
type ListedItem<'a> = (&'a Arc<str>, &'a Arc<str>);

fn articles(cards: &[SharedPart<ArticleCard>]) -> impl Iterator<Item = ListedItem<'_>> {
    cards.iter().map(|card| (&card.title, &card.href))
}

fn item_list<'a>(node: &mut Node<'_>, items: impl Iterator<Item = ListedItem<'a>>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    node.node("mainEntity", |list| {
        list.kind("ItemList");
        list.nodes("itemListElement", items.zip(1..), |node, ((name, href), at)| {
            node.kind("ListItem");
            node.number("position", at);
            node.text("name", name);
            node.url("url", href, "");
        });
    });
}
