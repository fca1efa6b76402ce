//! What other sites show in a frame: a figure, a player's card, a question with its answer.

use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Summary;
use crate::lang::LangTag;
use crate::site::{Embedded, Output, OutputKind, PageIx, QuestionRef, Subject, Which};

use super::SharedPart;
use super::common::{EmbedLink, Figure, LinkText, PictureView, PlayerCard};
use super::context::{Context, PageContext};
use super::fill::HoleFiller;
use super::kind::{PageContent, PageView};

/// What `embed.html` may see: a page for frames of other sites, without anything around what it shows.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EmbedPage {
    /// What is shown.
    pub embed: EmbedView,
}

/// What an embed shows. Only the field that `kind` names is there.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EmbedView {
    /// `figure`, `player` or `question`.
    pub kind: &'static str,
    /// The figure.
    pub figure: Option<Figure>,
    /// The player.
    pub player: Option<SharedPart<PlayerCard>>,
    /// The player's picture.
    pub image: Option<PictureView>,
    /// The question.
    pub question: Option<EmbeddedQuestion>,
    /// The page that it is a part of.
    pub page: LinkText,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EmbeddedQuestion {
    /// The question.
    pub text: Arc<str>,
    /// The answer: print it with `| safe`.
    pub answer: Arc<str>,
}

impl PageContent for EmbedPage {
    const KIND: OutputKind = OutputKind {
        name: "embed",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            for what in site.embeds() {
                if let Some(out) = site.embed_out(what, "index.html") {
                    add.embed(out, Subject::Embed(what));
                }
            }
        }),
    };
    const TEMPLATE: &'static str = "embed.html";
    const ABOUT: &'static str = "What the template of what other sites show in a frame may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let Some(Subject::Embed(what)) = output.subject() else {
            unreachable!("the outputs of the kind are embeds")
        };
        let lang = cx.embedded_lang(what);
        let cx = Context {
            lang,
            assets: cx.assets.clone(),
            shared: cx.shared.filter(|_| *lang == cx.settings.lang),
            ..*cx
        };
        let page_cx = cx.page_context(&output.path, Some(lang));
        let (title, page) = page_cx.embedded_title(what);
        let mut head = page_cx.page(Self::KIND.name, title, "".into(), Vec::new());
        head.indexed = false;
        head.breadcrumbs = Vec::new();
        head.canonical = cx.base.url(&cx.site.embedded_page(what)).map(Into::into);
        head.embed = page_cx.embed_link(what);
        let none = EmbedView {
            kind: "figure",
            figure: None,
            player: None,
            image: None,
            question: None,
            page,
        };
        let embed = match what {
            Embedded::Fact(fact) => {
                EmbedView { figure: Some(page_cx.figure(cx.site.fact_at(fact))), ..none }
            }
            Embedded::Player(ix) => EmbedView {
                kind: "player",
                player: Some(page_cx.player_card(ix)),
                image: page_cx.embedded_picture(ix),
                ..none
            },
            Embedded::Question(question) => EmbedView {
                kind: "question",
                question: page_cx.embedded_question(question),
                ..none
            },
        };
        page_cx.view(head, Self { embed })
    }
}

impl Context<'_> {
    fn embedded_lang(&self, what: Embedded) -> &LangTag {
        match what {
            Embedded::Fact(_) => &self.settings.lang,
            Embedded::Player(page) => self.lang_of(page),
            Embedded::Question(question) => self.lang_of(question.page),
        }
    }

    /// The embeds of the questions of a FAQ page.
    pub(super) fn question_embeds(&self, page: PageIx) -> Vec<EmbedLink> {
        if !self.site.has_embeds {
            return Vec::new();
        }
        let count = self.site.page(page).summary.questions.len() as u32;
        let questions = (0..count).map(|at| Embedded::Question(QuestionRef { page, at }));
        questions.filter_map(|question| self.embed_link(question)).collect()
    }

    /// The embed of what a page is about or asks, in the site's own language.
    pub fn embed_link(&self, what: Embedded) -> Option<EmbedLink> {
        if !self.site.has_embeds {
            return None;
        }
        let out = self.site.embed_out(what, "index.html")?;
        self.page_context(&out, Some(self.embedded_lang(what))).embed_link(what)
    }
}

impl PageContext<'_> {
    /// The title of what an embed shows, and the page that it is a part of.
    fn embedded_title(&self, what: Embedded) -> (Arc<str>, LinkText) {
        let cx = self.cx;
        match what {
            Embedded::Fact(fact) => {
                let (title, _) = self.fact_title(fact);
                let href = cx.href(&cx.site.fact_out(fact));
                (title.clone(), LinkText::new(title, Some(href)))
            }
            Embedded::Player(page) => {
                let link = LinkText::clone(&cx.page_link(page));
                (link.text.clone(), link)
            }
            Embedded::Question(question) => {
                let mut link = LinkText::clone(&cx.page_link(question.page));
                let asked = cx.question(question);
                if let (Some((_, anchor)), Some(href)) = (&asked, &link.href) {
                    link.href = Some(format!("{href}#{anchor}").into());
                }
                (asked.map(|(text, _)| text).unwrap_or_default(), link)
            }
        }
    }

    /// The embed of a thing: its addresses, and the HTML to copy.
    pub(super) fn embed_link(&self, what: Embedded) -> Option<EmbedLink> {
        let cx = self.cx;
        let out = cx.site.embed_out(what, "index.html")?;
        let oembed = cx.site.embed_out(what, "oembed.json")?;
        cx.site.outputs.get(&out)?;
        let url = cx.base.url(&out)?;
        let (title, _) = self.embedded_title(what);
        let height = match what {
            Embedded::Fact(_) | Embedded::Player(_) => 240,
            Embedded::Question(_) => 420,
        };
        let mut html = String::from("<iframe src=\"");
        let escape = |html: &mut String, text: &str| {
            escape_html(html, text).expect("a text can be written to");
        };
        escape(&mut html, &url);
        html.push_str("\" title=\"");
        escape(&mut html, &title);
        html.push_str(&format!(
            "\" width=\"{WIDTH}\" height=\"{height}\" loading=\"lazy\"></iframe>"
        ));
        Some(EmbedLink {
            title,
            href: cx.href(&out),
            oembed: cx.base.url(&oembed)?.into(),
            html: html.into(),
            width: WIDTH,
            height,
        })
    }

    fn embedded_picture(&self, page: PageIx) -> Option<PictureView> {
        let filler = HoleFiller::new(self, page);
        let summary: &Summary = &self.cx.site.page(page).summary;
        super::article::picture(&filler, summary, self.cx.texts.body(page))
    }

    /// A question of a FAQ page with the part of the page's text that answers it: what follows its heading, up to the next.
    fn embedded_question(&self, at: QuestionRef) -> Option<EmbeddedQuestion> {
        const HEADING: &str = "<h2";
        let cx = self.cx;
        let asked = cx.site.page(at.page).summary.questions.get(at.at as usize)?;
        let body = cx.texts.body(at.page);
        let headings = body.headings.iter().filter(|heading| heading.level == 2);
        let place = headings.map(|heading| &heading.anchor).position(|own| *own == asked.anchor)?;
        let html = HoleFiller::new(self, at.page).html(&body.markup).text();
        let (start, _) = html.match_indices(HEADING).nth(place)?;
        let rest = &html[start..];
        let rest = &rest[rest.find("</h2>")? + "</h2>".len()..];
        let answer = &rest[..rest.find(HEADING).unwrap_or(rest.len())];
        let (text, _) = cx.question(at)?;
        Some(EmbeddedQuestion { text, answer: answer.trim().into() })
    }
}

/// The width of a frame, in pixels. The page in it fits whatever width it gets.
const WIDTH: u32 = 480;
