//! The page of an article.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::content::document::{Body, Details, Question, Summary};
use crate::content::kind::Kind;
use crate::content::markup::Markup;
use crate::content::model::Player;
use crate::content::parts::ArticlePart;
use crate::site::{Output, OutputKind, PageIx, QuestionRef, Which, related};

use super::SharedPart;
use super::changes::PageChanges;
use super::cite::CiteView;
use super::common::{
    ArticleCard, Banner, DateText, Figure, Foreign, LinkText, PictureView, QuestionLink, Section,
};
use super::compared::Comparison;
use super::context::{Context, PageContext};
use super::face::Face;
use super::fill::HoleFiller;
use super::history::{FormerPostView, HistoryNotice};
use super::html::FilledHtml;
use super::kind::{PageContent, PageView};
use super::linked_data::Subjects;
use super::parts::{ArticleParts, TextPart};
use super::pictures::PictureSource;
use super::reading::minutes;
use super::sources::{Citation, SourceView, retracted};
use super::timeline::{EventView, TimelineView};
use super::words::MarkedHtml;

/// What `article.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ArticlePage {
    /// The article.
    pub article: ArticleView,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ArticleView {
    /// Its parts in its own order or the site's, by the names of their blocks, without those that its text places.
    pub parts: Vec<ArticlePart>,
    /// The summary as its author wrote it; none when the description was taken from the first paragraph.
    pub summary: Option<Arc<str>>,
    /// The genre: `background`, `analysis`, `report`, `opinion` or `qa`.
    pub genre: &'static str,
    /// The place it was written.
    pub dateline: Option<Arc<str>>,
    /// Who wrote it.
    pub authors: Vec<AuthorView>,
    /// When it was published.
    pub published: Option<SharedPart<DateText>>,
    /// When it last changed.
    pub updated: Option<DateText>,
    /// How many minutes readers need for the text.
    pub reading_minutes: Option<u32>,
    /// When its author last checked that it still holds.
    pub reviewed: Option<DateText>,
    /// The last day on which it holds, while it does.
    pub expires: Option<DateText>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// A notice that players have left posts since it was published.
    pub history: Option<HistoryNotice>,
    /// The picture at its head.
    pub image: Option<PictureView>,
    /// The points to take away.
    pub key_points: Vec<FilledHtml>,
    /// Figures side by side, each comparison on one axis.
    pub compared: Vec<Comparison>,
    /// The contents list, with the sections that the text places; empty for a short article.
    pub contents: Vec<Section>,
    /// The sections that stand before and behind the text.
    pub further: Vec<Section>,
    /// The text: its runs, and the sections that it places between them.
    pub text: Vec<TextPart>,
    /// Who is who, by side.
    pub sides: Vec<Side>,
    /// Players that the text names and its author did not list, in the order in which they are named.
    pub also_mentioned: Vec<SharedPart<LinkText>>,
    /// The next of its events.
    pub next: Vec<SharedPart<EventView>>,
    /// Its events, oldest first.
    pub timeline: Option<TimelineView>,
    /// Its questions and answers.
    pub questions: Vec<QuestionView>,
    /// Questions that other pages answer.
    pub more_questions: Vec<QuestionLink>,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// What changed since it was published.
    pub changes: PageChanges,
    /// Its topics.
    pub topics: Vec<SharedPart<LinkText>>,
    /// Articles about the same players and topics.
    pub related: Vec<SharedPart<ArticleCard>>,
    /// The publisher's rules about corrections.
    pub corrections_policy: Option<LinkText>,
    /// How it is cited.
    pub cite: CiteView,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

/// An author, in a byline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuthorView {
    /// The name.
    pub name: Arc<str>,
    /// The language of the name, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// Where to read more.
    pub href: Option<Arc<str>>,
    /// A line about the author.
    pub bio: Option<Arc<str>>,
    /// What stands between the author before and this one ("", ", ", " and "), in the page's language.
    pub separator: Arc<str>,
}

/// The players of one side.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Side {
    /// The country or organisation; none for players without one.
    pub side: Option<SharedPart<LinkText>>,
    /// Its players.
    pub players: Vec<PlayerRow>,
}

/// A row of the table of players.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlayerRow {
    /// The player.
    pub player: SharedPart<LinkText>,
    /// What stands for the player.
    pub face: Face,
    /// The part in this story, as its author says it.
    pub role: Option<Arc<str>>,
    /// The post held on the article's date.
    pub post: Option<Arc<str>>,
    /// Of the posts held on that date, those that the player has left since.
    pub former: Vec<FormerPostView>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub post_html: Option<MarkedHtml>,
    /// The position taken in this story.
    pub position: Option<FilledHtml>,
    /// Where the position is reported.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list.
    pub cite: Option<Citation>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuestionView {
    /// The anchor, without `#`.
    pub anchor: Arc<str>,
    /// The question.
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub html: Option<MarkedHtml>,
    /// The answer.
    pub answer: FilledHtml,
}

impl PageContent for ArticlePage {
    const KIND: OutputKind = OutputKind {
        name: "article",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| add.content_of(site, Kind::Article)),
    };
    const TEMPLATE: &'static str = "article.html";
    const ABOUT: &'static str = "What the template of an article may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let ix = cx.content(output);
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let page_cx = cx.page_context(&output.path, summary.lang.as_ref());
        let filler = HoleFiller::new(&page_cx, ix);
        let body = cx.texts.body(ix);
        let own = match &summary.details {
            Details::Article(article) => article,
            _ => unreachable!("the route of an article leads to an article"),
        };
        let mut head = page_cx.content_page(Self::KIND.name, ix);
        let also = also_mentioned(cx, ix, own);
        let changes = page_cx.corrections(&filler, summary, body);
        let made = ArticleParts::of(&page_cx, &filler, ix, own);
        let ArticleParts { parts, text, image, key_points, compared, sides, timeline, questions } =
            made;
        let updates;
        let mut article = ArticleView {
            parts,
            summary: summary.summary.clone(),
            genre: own.genre.as_str(),
            dateline: body.dateline.clone(),
            authors: authors(&page_cx, summary, body),
            published: page_cx.published(ix),
            updated: summary.updated.map(|date| page_cx.date(date)),
            reading_minutes: minutes(&body.markup, &page_cx.lang.tag),
            reviewed: summary.reviewed.map(|date| page_cx.date(date)),
            expires: summary
                .expires
                .filter(|_| page.state.is_listed())
                .map(|date| page_cx.date(date)),
            banner: page_cx.banner(summary, page.state),
            changes,
            image,
            key_points,
            compared,
            contents: Vec::new(),
            further: Vec::new(),
            text,
            history: None,
            sides,
            also_mentioned: also.iter().map(|player| cx.page_link(*player)).collect(),
            next: page_cx.own_next(ix),
            timeline,
            questions,
            more_questions: more_questions(&page_cx, ix, own),
            figures: filler.figures(),
            sources: {
                updates = page_cx.updates(&filler, summary, body);
                filler.sources()
            },
            retracted: Vec::new(),
            topics: page_cx.topic_links(summary),
            related: related(cx.site, ix).into_iter().map(|ix| page_cx.article_card(ix)).collect(),
            corrections_policy: page_cx.corrections_policy(),
            cite: page_cx.cite(ix, body),
            extra: body.extra.clone(),
        };
        article.retracted = retracted(&article.sources);
        article.changes.updates = updates;
        page_cx.list_contents(&mut article, body);
        article.history = page_cx.history_notice(ix, &article.sides);
        page_cx.show_article(&mut head, &article);
        if let Some(graph) = page_cx.graph(&head) {
            let about = own.roles.iter().filter_map(|role| cx.site.player(&role.player));
            let subjects = Subjects { about: about.collect(), mentions: also };
            head.linked_data = Some(graph.article(&head, ix, &article, &subjects).finish());
        }
        page_cx.view(head, Self { article })
    }
}

/// A page's picture.
pub(super) fn picture(
    filler: &HoleFiller<'_>,
    summary: &Summary,
    body: &Body,
) -> Option<PictureView> {
    let image = summary.image.as_ref()?;
    let PictureSource { src, size, webp } = filler.image_src(&image.src);
    Some(PictureView {
        src,
        webp,
        alt: image.alt.clone(),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        credit: image.credit.clone(),
        credit_foreign: filler.other("image"),
        caption: filler.some(&body.caption),
    })
}

/// The byline: the article's authors, or the site's, with the words between them.
fn authors(page_cx: &PageContext<'_>, summary: &Summary, body: &Body) -> Vec<AuthorView> {
    let (cx, settings) = (page_cx.cx, page_cx.cx.settings);
    let mut foreign = cx.other(cx.words_of(summary, "authors"));
    let own = body
        .authors
        .iter()
        .map(|author| (author.name.clone(), author.url.clone(), author.bio.clone()));
    let mut authors: Vec<_> = own.collect();
    if authors.is_empty() {
        authors = settings.authors.iter().map(|name| (name.clone(), None, None)).collect();
        foreign = cx.other(cx.site_lang());
    }
    // The list is written around marks that no name has, and then cut at them.
    let marks = vec!["\u{e000}"; authors.len()];
    let list = page_cx.lang.lists.and(&marks);
    let separators = list.split('\u{e000}');
    authors
        .into_iter()
        .zip(separators)
        .map(|((name, href, bio), separator)| AuthorView {
            name,
            foreign: foreign.clone(),
            href,
            bio,
            separator: separator.into(),
        })
        .collect()
}

/// The place of a role in the article's list, and the page and the fields of its player.
type PlayedRole<'a> = (usize, PageIx, &'a Player);

/// The players by side, sides in the order of their first player; those without one come last.
pub(super) fn sides(
    page_cx: &PageContext<'_>,
    filler: &HoleFiller<'_>,
    summary: &Summary,
    article: &crate::content::document::Article,
    body: &Body,
) -> Vec<Side> {
    let cx = page_cx.cx;
    let mut sides: Vec<(Option<EntityId>, Vec<PlayedRole<'_>>)> = Vec::new();
    for (at, role) in article.roles.iter().enumerate() {
        let Some(ix) = cx.site.player(&role.player) else { continue };
        let player = match &cx.site.page(ix).summary.details {
            Details::Player(player) => player,
            _ => continue,
        };
        let side = cx.side_of(role, ix);
        match sides.iter_mut().find(|(id, _)| *id == side) {
            Some((_, rows)) => rows.push((at, ix, player)),
            None => sides.push((side, vec![(at, ix, player)])),
        }
    }
    sides.sort_by_key(|(side, _)| side.is_none());
    let row = |(at, ix, player): PlayedRole<'_>| {
        let role = &article.roles[at];
        let (post, former) = page_cx.posts_on(ix, player, summary.published);
        let (post, post_html) = post.map_or((None, None), |(post, html)| (Some(post), html));
        PlayerRow {
            player: cx.page_link(ix),
            face: cx.face(ix),
            role: role.role.clone(),
            post,
            post_html,
            former,
            position: body.positions.get(at).and_then(|markup| filler.some(markup)),
            source: cx.source_link(summary, &role.source),
            cite: filler.cite(&role.source),
        }
    };
    let side = |(side, players): (Option<EntityId>, Vec<_>)| Side {
        side: side.map(|id| cx.player_link(&id)),
        players: players.into_iter().map(row).collect(),
    };
    sides.into_iter().map(side).collect()
}

/// An article's own questions and answers.
pub(super) fn questions(
    page_cx: &PageContext<'_>,
    filler: &HoleFiller<'_>,
    summary: &Summary,
    body: &Body,
) -> Vec<QuestionView> {
    let view = |(question, answer): (&Question, &Markup)| {
        let (text, html) = page_cx.cx.words(&question.text, &page_cx.lang, None);
        QuestionView { anchor: question.anchor.clone(), text, html, answer: filler.html(answer) }
    };
    summary.questions.iter().zip(&body.answers).map(view).collect()
}

/// The players that an article's texts name, without those that its author listed.
fn also_mentioned(
    cx: &Context<'_>,
    ix: PageIx,
    article: &crate::content::document::Article,
) -> Vec<PageIx> {
    let listed = |id: &EntityId| article.roles.iter().any(|role| role.player == *id);
    let mentions = cx.texts.linked(ix).mentions.iter().filter(|mention| !listed(&mention.player));
    mentions
        .filter_map(|mention| cx.site.player(&mention.player))
        .filter(|player| cx.site.page(*player).state.is_listed())
        .collect()
}

fn more_questions(
    page_cx: &PageContext<'_>,
    ix: PageIx,
    article: &crate::content::document::Article,
) -> Vec<QuestionLink> {
    let site = page_cx.cx.site;
    let named = article.faq.iter().filter_map(|faq| site.of_kind(Kind::Faq, &faq.id));
    let mut pages: Vec<PageIx> = named.filter(|page| site.page(*page).state.is_listed()).collect();
    // A FAQ page may say itself which article it belongs to.
    for faq in site.graph.faqs_of.get(&ix).into_iter().flatten() {
        if !pages.contains(faq) {
            pages.push(*faq);
        }
    }
    pages
        .into_iter()
        .flat_map(|page| {
            let count = site.page(page).summary.questions.len() as u32;
            (0..count).map(move |at| QuestionRef { page, at })
        })
        .filter_map(|question| page_cx.question_link(question))
        .collect()
}
