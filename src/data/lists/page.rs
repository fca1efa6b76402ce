//! `index.json` beside a page: what the page says, for programs.

use std::sync::Arc;

use serde::Serialize;

use crate::base::Phase;
use crate::config::PageDataScope;
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::site::{Output, OutputKind, PageIx, QuestionRef, Subject, Which, beside};
use crate::view::Context;

use super::super::DataContent;
use super::super::atom::absolute;
use super::super::facts::{FactRecord, SourceRecord};
use super::super::schemas::schema_url;
use super::popolo::{Membership, Popolo};
use super::{PageHeadRecord, VERSION, json, url};

/// A page of content.
#[derive(Debug, Serialize)]
pub struct PageJson {
    /// The URL of the schema.
    schema: String,
    version: u32,
    /// The URL of the licence of the texts.
    license: Option<Arc<str>>,
    #[serde(flatten)]
    page: PageHeadRecord,
    /// `withdrawn` or `expired`.
    state: Option<&'static str>,
    image: Option<String>,
    /// Of a player: the same in the form of Popolo.
    player: Option<Popolo>,
    memberships: Vec<Membership>,
    questions: Vec<AskedRecord>,
    facts: Vec<FactRecord>,
    sources: Vec<SourceRecord>,
    /// The text as HTML with absolute URLs.
    html: String,
}

/// A question of the page.
#[derive(Debug, Serialize)]
struct AskedRecord {
    question: Arc<str>,
    url: String,
}

impl DataContent for PageJson {
    const KIND: OutputKind = OutputKind {
        name: "page-json",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            if site.page_data == PageDataScope::None {
                return;
            }
            for (at, page) in site.pages.iter().enumerate() {
                let ix = PageIx(at as u32);
                let is_player = page.summary.kind == Kind::Player;
                let is_wanted = is_player || site.page_data == PageDataScope::All;
                if is_wanted && !site.is_foreign(ix) {
                    add.data(beside(&page.out, "index.json"), Subject::Page(ix));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Page(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are those of pages")
        };
        let site = cx.site;
        let page = site.page(ix);
        let summary = &page.summary;
        let own = url(cx, &page.out);
        let asked = (0..summary.questions.len() as u32).map(|at| QuestionRef { page: ix, at });
        let question = |at: QuestionRef| {
            let (question, anchor) = cx.question(at)?;
            Some(AskedRecord { question, url: format!("{own}#{anchor}") })
        };
        let facts = summary.facts_used.iter().filter_map(|id| site.fact_ix(id));
        let is_player = matches!(summary.details, Details::Player(_));
        let html = cx.whole_text(ix, &output.path);
        Self {
            schema: schema_url(cx, "page"),
            version: VERSION,
            license: cx.settings.license.clone(),
            page: PageHeadRecord::new(cx, ix),
            state: match page.state {
                crate::site::State::Public => None,
                crate::site::State::Withdrawn => Some("withdrawn"),
                crate::site::State::Expired(_) => Some("expired"),
            },
            image: cx.image_url(ix),
            player: Popolo::of(cx, ix),
            memberships: if is_player { Membership::of(cx, ix) } else { Vec::new() },
            questions: asked.filter_map(question).collect(),
            facts: facts.map(|fact| FactRecord::new(cx, fact)).collect(),
            sources: cx
                .sources_of(ix)
                .into_iter()
                .map(|source| SourceRecord::of(cx, source))
                .collect(),
            html: match cx.base.origin {
                Some(_) => absolute(&html, cx.base, &own),
                None => html,
            },
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}
