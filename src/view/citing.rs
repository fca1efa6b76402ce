//! How a page cites a shared source: the sentence, and the figures, events, positions and posts that rest on it.

use std::sync::Arc;

use crate::base::EntityId;
use crate::content::document::Details;
use crate::lang::LangTag;
use crate::names::citing;
use crate::site::{PageIx, SourceIx, facts_used_by};

use super::common::LinkText;
use super::context::{PageContext, with_fragment};
use super::player::{CitingView, MentionView, Sentence};
use super::sources::citation_anchor;

/// Letters of the sentence that are shown.
const SENTENCE: usize = 300;

/// What else of one page is listed: more of it is on the page.
const WAYS: usize = 8;

impl PageContext<'_> {
    /// A page that cites a source: at the first citation, where its text has one, with that sentence.
    pub(super) fn source_use(&self, source: SourceIx, page: PageIx) -> MentionView {
        let (cx, id) = (self.cx, self.cx.site.source_id(source));
        let summary = &*cx.site.page(page).summary;
        let mut link = LinkText::clone(&cx.page_link(page));
        let ways = self.ways(source, page, &link);
        let mut sentence = None;
        if summary.sources_cited.binary_search(id).is_ok() {
            let anchor = citation_anchor(id, 1);
            link.href = link.href.map(|href| with_fragment(&href, &anchor));
            sentence = citing(cx.texts.body(page), id).map(|inline| {
                let (before, html) = cx.plain_of(page, &inline, &self.lang, Some(SENTENCE));
                Sentence { before, name: "".into(), after: "".into(), html }
            });
        }
        MentionView {
            page: link,
            kind: summary.kind.as_str(),
            date: self.published(page),
            foreign: sentence.as_ref().and_then(|_| cx.other(cx.lang_of(page))),
            sentence,
            ways,
        }
    }

    /// What cites a source in the fields of a page, and the figures by which the page rests on it. `page_link` leads to
    /// the page.
    fn ways(&self, source: SourceIx, page: PageIx, page_link: &LinkText) -> Vec<CitingView> {
        let (cx, site) = (self.cx, self.cx.site);
        let summary = &*site.page(page).summary;
        let shared = site.source_at(source);
        let is_it = |id: &Option<EntityId>| {
            let found = id.as_deref().and_then(|id| site.source_of(summary, id));
            found.is_some_and(|found| std::ptr::eq(found, &**shared))
        };
        let mut ways = Vec::new();
        let mut add = |kind, text: &Arc<str>, lang: Option<&LangTag>, anchor: Option<&str>| {
            let href = page_link.href.as_deref();
            let href = href.map(|href| match anchor {
                Some(anchor) => with_fragment(href, anchor),
                None => href.into(),
            });
            let foreign = lang.and_then(|lang| cx.other(lang));
            ways.push(CitingView { kind, to: LinkText { text: text.clone(), href, foreign } });
        };
        let mut seen = Vec::new();
        for fact in facts_used_by(summary).filter_map(|id| site.fact_ix(id)) {
            let own = site.fact_at(fact);
            let past = own.fact.history.iter().map(|past| &past.source);
            let mut named = [&own.fact.source].into_iter().chain(past);
            let rests = named.any(|id| {
                let found = cx.fact_source(own, id);
                found.is_some_and(|found| std::ptr::eq(found, &**shared))
            });
            if !rests || seen.contains(&fact) {
                continue;
            }
            seen.push(fact);
            let is_there = summary.facts_used.contains(&own.fact.id);
            let anchor = is_there.then(|| format!("b-fact-{}", own.fact.id));
            match &own.fact.of {
                Some(of) => add("fact", of, Some(cx.fact_lang(own)), anchor.as_deref()),
                None => add("fact", &self.fact_title(fact).0, None, anchor.as_deref()),
            }
        }
        for event in summary.events.iter().filter(|event| is_it(&event.source)) {
            add("event", &event.name, Some(cx.words_of(summary, "events")), None);
        }
        match &summary.details {
            Details::Article(article) => {
                for role in article.roles.iter().filter(|role| is_it(&role.source)) {
                    if let Some(player) = site.player(&role.player) {
                        let link = cx.page_link(player);
                        let lang = link.foreign.as_ref();
                        let lang = lang.and_then(|foreign| LangTag::parse(&foreign.text));
                        add("position", &link.text, lang.as_ref(), Some("b-players"));
                    }
                }
            }
            Details::Player(player) => {
                let lang = cx.words_of(summary, "posts");
                for post in player.posts.iter().filter(|post| is_it(&post.source)) {
                    add("post", &post.title, Some(lang), Some("b-posts"));
                }
                for relation in player.relations.iter().filter(|it| is_it(&it.source)) {
                    if let Some(other) = site.player(&relation.to) {
                        let link = cx.page_link(other);
                        let lang = link.foreign.as_ref();
                        let lang = lang.and_then(|foreign| LangTag::parse(&foreign.text));
                        add("relation", &link.text, lang.as_ref(), Some("b-relations"));
                    }
                }
            }
            Details::Faq(_) | Details::Topic(_) | Details::Page => {}
        }
        ways.truncate(WAYS);
        ways
    }
}
