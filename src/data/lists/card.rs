//! `card.json` beside the page of a player: what a card beside the player's name says. `static/theme/page.js` shows it.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::content::kind::Kind;
use crate::site::{Output, OutputKind, PageIx, Subject, Which, beside};
use crate::view::Context;
use crate::view::hover::HoverCard;

use super::super::DataContent;
use super::super::schemas::schema_url;
use super::{VERSION, json, url};

/// The card of a player.
#[derive(Debug, Serialize)]
pub struct CardJson {
    /// The URL of the schema.
    schema: String,
    version: u32,
    id: EntityId,
    /// The player's page.
    url: String,
    /// The language of the page, BCP 47.
    language: Arc<str>,
    /// The direction of that language: `ltr` or `rtl`.
    dir: &'static str,
    #[serde(flatten)]
    card: HoverCard,
}

impl DataContent for CardJson {
    const KIND: OutputKind = OutputKind {
        name: "card",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| {
            for (at, page) in site.pages.iter().enumerate() {
                let ix = PageIx(at as u32);
                let is_player = page.summary.kind == Kind::Player && !site.is_foreign(ix);
                // Two files with one id are reported for their pages alone.
                if is_player && site.player(&page.summary.id) == Some(ix) {
                    add.data(beside(&page.out, "card.json"), Subject::Page(ix));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Page(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are those of pages")
        };
        let page = cx.site.page(ix);
        let lang = cx.page_lang(ix);
        Self {
            schema: schema_url(cx, "card"),
            version: VERSION,
            id: page.summary.id.clone(),
            url: url(cx, &page.out),
            language: lang.as_str().into(),
            dir: lang.direction(),
            card: cx.hover_card(ix, &output.path),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}
