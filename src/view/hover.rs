//! What a card beside a name says of a player: pages show it where a reader points at the name.

use std::sync::Arc;

use serde::Serialize;

use crate::base::OutPath;
use crate::content::document::Details;
use crate::lang::Arg;
use crate::site::PageIx;

use super::common::Foreign;
use super::context::Context;
use super::face::player_kind;

/// A card beside a name.
#[derive(Debug, Clone, Serialize)]
pub struct HoverCard {
    /// The kind of player: `person`, `organisation` or `country`.
    pub kind: &'static str,
    /// The same in words.
    pub kind_text: Arc<str>,
    /// The name.
    pub name: CardText,
    /// The player in one or two sentences.
    pub summary: Option<CardText>,
    /// The post that the player holds now: of several, the one that began last.
    pub post: Option<CardText>,
    /// Since when, in words.
    pub since: Option<Arc<str>>,
    /// The URL of a picture of the site.
    pub portrait: Option<Arc<str>>,
    /// One to four letters, where there is no picture.
    pub monogram: Arc<str>,
}

/// A text of a card.
#[derive(Debug, Clone, Serialize)]
pub struct CardText {
    /// The text.
    pub text: Arc<str>,
    /// Its language, BCP 47, where that is not the card's.
    pub language: Option<Arc<str>>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
}

impl CardText {
    fn new(text: Arc<str>, foreign: Option<Foreign>) -> Self {
        let dir = foreign.as_ref().map(|foreign| foreign.dir);
        Self { text, language: foreign.map(|foreign| foreign.text), dir }
    }
}

impl Context<'_> {
    /// The card of a player, for an output in the language of the player's page.
    pub fn hover_card(&self, ix: PageIx, out: &OutPath) -> HoverCard {
        let lang = self.lang_of(ix);
        let shared = self.shared.filter(|_| *lang == self.settings.lang);
        let cx = &Context { lang, assets: self.assets.clone(), shared, ..*self };
        let page_cx = cx.page_context(out, Some(lang));
        let summary = &cx.site.page(ix).summary;
        let kind = player_kind(summary);
        let face = cx.face(ix);
        let (name, foreign) = cx.titled(ix);
        let (text, _) = cx.description(ix, &page_cx.lang);
        let text = (!text.is_empty()).then(|| CardText::new(text, cx.other(cx.lang_of(ix))));
        let post = match &summary.details {
            Details::Player(player) => {
                cx.site.posts.held.newest(ix).and_then(|at| player.posts.get(at))
            }
            _ => None,
        };
        let held = post.and_then(|post| page_cx.posts_in_words(ix, &[post]));
        let since = post.and_then(|post| post.start).map(|start| {
            page_cx.t("post-since", &[("date", Arg::Text(&page_cx.date(start).text))])
        });
        HoverCard {
            kind,
            kind_text: page_cx.t(&format!("kind-{kind}"), &[]),
            name: CardText::new(name, foreign),
            summary: text,
            post: held
                .map(|(text, _)| CardText::new(text, cx.other(cx.words_of(summary, "posts")))),
            since,
            portrait: face.portrait,
            monogram: face.monogram,
        }
    }
}
