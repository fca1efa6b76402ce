//! `oembed.json` beside an embed: how others show it (<https://oembed.com/>, a response of the type `rich`).

use std::sync::Arc;

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

/// What an oEmbed consumer reads.
#[derive(Debug, Serialize)]
pub struct Oembed {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: Arc<str>,
    provider_name: Arc<str>,
    provider_url: String,
    html: Arc<str>,
    width: u32,
    height: u32,
}

impl DataContent for Oembed {
    const KIND: OutputKind = OutputKind {
        name: "oembed",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            for what in site.embeds() {
                if let Some(out) = site.embed_out(what, "oembed.json") {
                    add.data(out, Subject::Embed(what));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Embed(what)) = output.subject() else {
            unreachable!("the outputs of the kind are embeds")
        };
        let link = cx.embed_link(what).expect("each of them has a page in a frame");
        Self {
            version: "1.0",
            kind: "rich",
            title: link.title,
            provider_name: cx.settings.title.clone(),
            provider_url: cx.base.url(&cx.site.home_out()).unwrap_or_default(),
            html: link.html,
            width: link.width,
            height: link.height,
        }
    }

    fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("the keys are texts");
        text.push('\n');
        text
    }
}
