//! The page of a player: a person, an organisation or a country.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::content::model;
use crate::lang::LangTag;
use crate::site::graph::OfPlayer;
use crate::site::{
    Embedded, Output, OutputKind, Owner, PageIx, RestKind, Subject, Which, named_together,
    named_with,
};

use super::SharedPart;
use super::article::picture;
use super::changes::PageChanges;
use super::common::{
    Banner, Capped, DateText, Figure, Foreign, LinkText, PictureView, QuestionLink,
};
use super::context::{Context, PageContext, with_fragment};
use super::face::{Face, player_kind};
use super::fill::{HoleFiller, push_escaped};
use super::html::FilledHtml;
use super::kind::{PageContent, PageView};
use super::positions::PositionGroup;
use super::sources::{Citation, SourceView, retracted};
use super::spoken::WordsOf;
use super::timeline::TimelineView;
use super::words::MarkedHtml;

/// What `player.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlayerPage {
    /// The player.
    pub player: PlayerView,
}

/// A player.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlayerView {
    /// The kind: `person`, `organisation` or `country`.
    pub kind: &'static str,
    /// The id, which is stable even if the name changes.
    pub id: EntityId,
    /// The name in its own script.
    pub native_name: Option<Arc<str>>,
    /// One line about the player.
    pub summary: Option<Arc<str>>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// What stands for the player where there is no picture.
    pub face: Face,
    /// A picture.
    pub image: Option<PictureView>,
    /// Facts at a glance.
    pub glance: Vec<GlanceRow>,
    /// The text.
    pub body: FilledHtml,
    /// Posts held, newest first.
    pub posts: Vec<PostView>,
    /// Positions taken, by topic, newest first.
    pub positions: Capped<PositionGroup>,
    /// Relations to other players.
    pub relations: Vec<RelationView>,
    /// Pages that name the player, newest first.
    pub mentions: Capped<MentionView>,
    /// Players that are named in the same articles, most often first.
    pub often_with: Vec<NamedWith>,
    /// The same as a table of who is named with whom, a row and a column for each; none for fewer than three.
    pub together: Vec<NamedRow>,
    /// Events that the player takes part in, newest first.
    pub timeline: Option<TimelineView>,
    /// Questions whose answer names the player.
    pub questions: Capped<QuestionLink>,
    /// Figures about the player, newest first.
    pub facts: Capped<Figure>,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// Links elsewhere.
    pub links: Vec<LinkText>,
    /// Identifiers in other data sets.
    pub identifiers: Vec<Identifier>,
    /// What changed since it was published.
    pub changes: PageChanges,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

/// A row of the facts at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GlanceRow {
    /// The key of the row's label: `glance-` and the field's name with `-`, such as `glance-country` or
    /// `glance-also-known-as`.
    pub label: &'static str,
    /// The values, when they are texts.
    pub values: Vec<LinkText>,
    /// The value, when it is a date.
    pub date: Option<DateText>,
}

/// A post held (a Popolo membership).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PostView {
    /// The post's title.
    pub title: Arc<str>,
    /// The language of the title, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// The organisation.
    pub org: Option<LinkText>,
    /// Since when.
    pub start: Option<DateText>,
    /// Until when.
    pub end: Option<DateText>,
    /// Where it is from.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list.
    pub cite: Option<Citation>,
}

/// A relation to another player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelationView {
    /// The kind of relation, as its author wrote it.
    pub kind: Option<Arc<str>>,
    /// The language of that kind, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// The other player.
    pub to: SharedPart<LinkText>,
    /// Since when.
    pub since: Option<DateText>,
    /// Until when.
    pub until: Option<DateText>,
    /// Where it is from.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list.
    pub cite: Option<Citation>,
}

/// A page that names the player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MentionView {
    /// The page, at the section that names the player.
    pub page: LinkText,
    /// The kind of page: `article`, `faq`, `topic`, `player` or `page`.
    pub kind: &'static str,
    /// When it was published.
    pub date: Option<SharedPart<DateText>>,
    /// The sentence; none when only the page's front matter names the player.
    pub sentence: Option<Sentence>,
    /// The language of the sentence, when it is not that of the page shown.
    pub foreign: Option<Foreign>,
    /// What beside a sentence cites the source that the list is about.
    pub ways: Vec<CitingView>,
}

/// What cites a source on a page, beside its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CitingView {
    /// What it is: `fact`, `event`, `position`, `post` or `relation`.
    pub kind: &'static str,
    /// What it is called, with its place on the page.
    pub to: LinkText,
}

/// A sentence that names a player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sentence {
    /// What stands before the name.
    pub before: Arc<str>,
    /// The name as it is written there.
    pub name: Arc<str>,
    /// The rest.
    pub after: Arc<str>,
    /// All of it as HTML, where a part of it is in another language than the rest.
    pub html: Option<MarkedHtml>,
}

/// A player that is named in the same articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedWith {
    /// The player.
    pub player: SharedPart<LinkText>,
    /// How many articles name both.
    pub articles: usize,
}

/// A player in the table of who is named with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedRow {
    /// The player.
    pub player: SharedPart<LinkText>,
    /// A cell for each player of the table, in the order of its rows.
    pub cells: Vec<NamedCell>,
}

/// How often two players are named in one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedCell {
    /// How many of the articles that name the page's player name both.
    pub articles: usize,
    /// From 0, for none, to 4, for as many as any two have.
    pub level: usize,
    /// Whether the cell is of one player alone.
    pub is_own: bool,
}

/// An identifier in another data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Identifier {
    /// The data set.
    pub scheme: Arc<str>,
    /// The identifier there.
    pub value: Arc<str>,
    /// Its page there, when it is known.
    pub href: Option<Arc<str>>,
}

impl PageContent for PlayerPage {
    const KIND: OutputKind = OutputKind {
        name: "player",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| add.content_of(site, Kind::Player)),
    };
    const TEMPLATE: &'static str = "player.html";
    const ABOUT: &'static str = "What the template of a player may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let ix = cx.content(output);
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let page_cx = cx.page_context(&output.path, summary.lang.as_ref());
        let filler = HoleFiller::new(&page_cx, ix);
        let body = cx.texts.body(ix);
        let own = match &summary.details {
            Details::Player(player) => player,
            _ => unreachable!("the route of a player leads to a player"),
        };
        let mut head = page_cx.content_page(Self::KIND.name, ix);
        head.feed = cx.feed_of(Subject::Page(ix));
        head.embed = cx.embed_link(Embedded::Player(ix));
        let nothing = OfPlayer::default();
        let of = cx.site.graph.by_player.get(&ix).unwrap_or(&nothing);
        let owner = Owner::Player(ix);
        let mut posts: Vec<&model::Post> = own.posts.iter().collect();
        posts.sort_by_key(|post| std::cmp::Reverse(post.start.map(|date| date.begins(cx.zone))));
        let in_words = |key| cx.other(cx.words_of(summary, key));
        let relations = own.relations.iter().map(|relation| RelationView {
            kind: relation.kind.clone(),
            foreign: in_words("relations"),
            to: cx.player_link(&relation.to),
            since: relation.since.map(|date| page_cx.date(date)),
            until: relation.until.map(|date| page_cx.date(date)),
            source: cx.source_link(summary, &relation.source),
            cite: filler.cite(&relation.source),
        });
        let updates;
        let often_with = named_with(cx.site, ix);
        let mut player = PlayerView {
            kind: player_kind(summary),
            id: summary.id.clone(),
            native_name: own.native_name.clone(),
            summary: summary.summary.clone(),
            banner: page_cx.banner(summary, page.state),
            changes: page_cx.corrections(&filler, summary, body),
            face: cx.face(ix),
            image: picture(&filler, summary, body),
            glance: glance(&page_cx, ix, own),
            body: filler.html(&body.markup),
            posts: posts
                .into_iter()
                .map(|post| PostView {
                    title: post.title.clone(),
                    foreign: in_words("posts"),
                    org: post
                        .org
                        .as_ref()
                        .map(|org| cx.name_link(org, cx.words_of(summary, "posts"))),
                    start: post.start.map(|date| page_cx.date(date)),
                    end: post.end.map(|date| page_cx.date(date)),
                    source: cx.source_link(summary, &post.source),
                    cite: filler.cite(&post.source),
                })
                .collect(),
            positions: page_cx.position_groups(of, owner),
            relations: relations.collect(),
            mentions: page_cx.capped(&of.mentions, owner, RestKind::Mentions, |page| {
                Some(page_cx.mention(ix, *page))
            }),
            together: page_cx.together(ix, &often_with),
            often_with: often_with
                .into_iter()
                .map(|(other, articles)| NamedWith { player: cx.page_link(other), articles })
                .collect(),
            timeline: page_cx.timeline_of(&of.events, owner),
            questions: page_cx.capped(&of.questions, owner, RestKind::Questions, |question| {
                page_cx.question_link(*question)
            }),
            facts: page_cx.capped_figures(owner),
            figures: filler.figures(),
            sources: {
                updates = page_cx.updates(&filler, summary, body);
                filler.sources()
            },
            retracted: Vec::new(),
            links: own
                .links
                .iter()
                .map(|link| {
                    let text = link.text.clone().unwrap_or_else(|| link.url.clone());
                    let foreign = link.text.as_ref().and_then(|_| in_words("links"));
                    LinkText { text, href: Some(link.url.clone()), foreign }
                })
                .collect(),
            identifiers: identifiers(own),
            extra: body.extra.clone(),
        };
        player.retracted = retracted(&player.sources);
        player.changes.updates = updates;
        page_cx.show_picture(&mut head, player.image.as_ref());
        if let Some(graph) = page_cx.graph(&head) {
            head.linked_data = Some(graph.player(&head, ix, &player).finish());
        }
        page_cx.view(head, Self { player })
    }
}

impl PageContext<'_> {
    /// Who of some players is named with whom in the articles that name another one.
    fn together(&self, player: PageIx, others: &[(PageIx, usize)]) -> Vec<NamedRow> {
        if others.len() < 3 {
            return Vec::new();
        }
        let others: Vec<PageIx> = others.iter().map(|(other, _)| *other).collect();
        let counts = named_together(self.cx.site, player, &others);
        let shared = |row: usize| {
            let cells = counts[row].iter().enumerate();
            cells.filter(move |(at, _)| *at != row).map(|(_, count)| *count)
        };
        let most = (0..others.len()).flat_map(shared).max().unwrap_or_default().max(1);
        let rows = others.iter().zip(&counts).enumerate();
        let row = |(at, (other, counts)): (usize, (&PageIx, &Vec<usize>))| NamedRow {
            player: self.cx.page_link(*other),
            cells: (counts.iter().enumerate())
                .map(|(column, articles)| NamedCell {
                    articles: *articles,
                    level: (4 * articles).div_ceil(most).min(4),
                    is_own: column == at,
                })
                .collect(),
        };
        rows.map(row).collect()
    }

    /// A page that names a player, with the sentence.
    pub(super) fn mention(&self, player: PageIx, page: PageIx) -> MentionView {
        let cx = self.cx;
        let naming = cx.site.page(page);
        let id = &cx.site.page(player).summary.id;
        let found = cx.texts.linked(page).mentions.iter().find(|mention| mention.player == *id);
        let mut link = LinkText::clone(&cx.page_link(page));
        if let (Some(section), Some(href)) =
            (found.and_then(|mention| mention.section.as_ref()), &link.href)
        {
            link.href = Some(with_fragment(href, section));
        }
        let sentence = found.map(|mention| {
            let parts = mention.sentence(cx.texts.body(page));
            let parts = parts.map(|part| cx.plain_of(page, &part, &self.lang, None));
            sentence(parts)
        });
        MentionView {
            page: link,
            kind: naming.summary.kind.as_str(),
            date: self.published(page),
            sentence,
            foreign: cx.other(cx.lang_of(page)),
            ways: Vec::new(),
        }
    }
}

/// A sentence of three parts.
fn sentence(parts: [WordsOf; 3]) -> Sentence {
    let html = parts.iter().any(|(_, html)| html.is_some()).then(|| {
        let mut out = String::new();
        for (at, (text, html)) in parts.iter().enumerate() {
            out.push_str(if at == 1 { "<mark>" } else { "" });
            match html {
                Some(html) => out.push_str(html.as_str()),
                None => push_escaped(&mut out, text),
            }
            out.push_str(if at == 1 { "</mark>" } else { "" });
        }
        MarkedHtml::new(out)
    });
    let [before, name, after] = parts.map(|(text, _)| text);
    Sentence { before, name, after, html }
}

/// The facts at a glance, in the order in which a reader asks.
fn glance(page_cx: &PageContext<'_>, ix: PageIx, player: &model::Player) -> Vec<GlanceRow> {
    let cx = page_cx.cx;
    let lang = |key| cx.words_of(&cx.site.page(ix).summary, key);
    let text = |text: &Arc<str>| LinkText::new(text.clone(), None);
    let name_in = |text: &Arc<str>, said: Option<&LangTag>, file: &LangTag| {
        let foreign = match said {
            Some(said) => cx.other(said),
            None if file.has_letters_of(text) => cx.other(file),
            None => cx.native_lang(ix, text),
        };
        LinkText { text: text.clone(), href: None, foreign }
    };
    let mut rows = Vec::new();
    let mut values = |label, values: Vec<LinkText>| {
        if !values.is_empty() {
            rows.push((label, values, None));
        }
    };
    let name = |name: &Option<model::Name>, key| -> Vec<LinkText> {
        name.iter().map(|name| cx.name_link(name, lang(key))).collect()
    };
    let one = |value: &Option<Arc<str>>| -> Vec<LinkText> { value.iter().map(text).collect() };
    let native = |name: &Arc<str>| LinkText {
        text: name.clone(),
        href: None,
        foreign: cx.native_lang(ix, name),
    };
    values("glance-native-name", player.native_name.iter().map(native).collect());
    let aliases = player.aliases.iter().filter(|alias| !alias.contextual);
    let alias = |alias: &model::Alias| name_in(&alias.text, alias.lang.as_ref(), lang("aliases"));
    values("glance-also-known-as", aliases.map(alias).collect());
    values("glance-abbreviation", one(&player.abbr));
    values("glance-classification", one(&player.classification));
    values("glance-country", name(&player.country, "country"));
    values("glance-party", name(&player.party, "party"));
    values("glance-parent", name(&player.parent, "parent"));
    values("glance-head", name(&player.head, "head"));
    values("glance-capital", name(&player.capital, "capital"));
    values("glance-iso", one(&player.iso));
    values("glance-demonym", one(&player.demonym));
    let dates = [
        ("glance-born", player.born),
        ("glance-died", player.died),
        ("glance-founded", player.founded),
        ("glance-dissolved", player.dissolved),
    ];
    rows.extend(
        dates.into_iter().filter_map(|(label, date)| Some((label, Vec::new(), Some(date?)))),
    );
    rows.into_iter()
        .map(|(label, values, date)| GlanceRow {
            label,
            values,
            date: date.map(|date| page_cx.date(date)),
        })
        .collect()
}

fn identifiers(player: &model::Player) -> Vec<Identifier> {
    let wikidata = player.wikidata.iter().map(|item| Identifier {
        scheme: "Wikidata".into(),
        value: item.clone(),
        href: Some(format!("https://www.wikidata.org/wiki/{item}").into()),
    });
    let others = player.ids.iter().map(|(scheme, value)| Identifier {
        scheme: scheme.clone(),
        value: value.clone(),
        href: None,
    });
    wikidata.chain(others).collect()
}
