//! The picture of a page for where it is shared: its title, a figure and names, as `card.svg` draws them.
//!
//! SVG breaks no lines and knows no sizes of texts: lines, sizes and places are set here.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::content::document::{Compared, Details};
use crate::content::model::Name;
use crate::site::{FactIx, Output, OutputKind, PageIx, Subject, Which, facts_used_by};

use super::context::{Context, PageContext};
use super::face::player_kind;
use super::figure::fact_text;
use super::kind::{PageContent, PageView};

mod lines;

pub use lines::{CardBlock, CardFace, CardLine, CardTypesetter, SetLines};
use lines::{Fit, Setter, plain};

/// What `card.svg` may see: an SVG of 1200 × 630 that is drawn with the theme's two faces (`Newsreader`, `Public Sans`) and
/// those of `templates/card.ttf` or `templates/card.otf`. It has no line breaks and no file but itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardPage {
    /// What the picture shows.
    pub card: CardView,
}

/// What the picture of a page shows. Texts whose letters no face has are left out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardView {
    /// The kind of page: `home`, `article`, `player`, `faq`, `topic`, `page` or `fact`.
    pub kind: &'static str,
    /// Where lines begin, in pixels from the left: at the right side in a script that runs from right to left.
    pub start: u32,
    /// Where lines end.
    pub end: u32,
    /// `text-anchor` of what stands at `start`.
    pub anchor: &'static str,
    /// `text-anchor` of what stands at `end`.
    pub far_anchor: &'static str,
    /// The words over the title: the kind of page, and its topic.
    pub kicker: Option<Arc<str>>,
    /// The title, or the value of a figure.
    pub title: Option<CardBlock>,
    /// What the page is about.
    pub lead: Option<CardBlock>,
    /// A figure beside the title.
    pub figure: Option<CardFigure>,
    /// The letters that stand for a player, beside the name.
    pub monogram: Option<CardMonogram>,
    /// The site's name; its host on the home page.
    pub site: Option<Arc<str>>,
    /// The names of players, in one line.
    pub people: Option<Arc<str>>,
    /// The site's colours.
    pub colours: CardColours,
}

/// A figure on a picture.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardFigure {
    /// The left side of its box, in pixels.
    pub x: u32,
    /// The width of its box.
    pub width: u32,
    /// The height of its box.
    pub height: u32,
    /// Where its lines begin.
    pub start: u32,
    /// The value with its unit.
    pub value: CardBlock,
    /// What it measures.
    pub of: CardBlock,
}

/// Letters in a circle.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardMonogram {
    /// The letters.
    pub text: Arc<str>,
    /// The middle of the circle, in pixels from the left.
    pub x: u32,
    /// Their size.
    pub size: u32,
}

/// The colours of a picture, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardColours {
    /// The site's colour.
    pub accent: Arc<str>,
    /// The ground.
    pub paper: Arc<str>,
    /// The ground of boxes.
    pub wash: Arc<str>,
}

/// The size of the picture, in pixels: what networks show without cutting.
pub(super) const SIZE: (u32, u32) = (1200, 630);

/// The empty space at the left and the right.
const MARGIN: u32 = 72;

/// Where the title begins, and where all that is over the foot ends, from the top.
const TOP: u32 = 152;
const BOTTOM: u32 = 504;

/// The width of the box of a figure.
const BOX: u32 = 376;

/// The space between the title and what stands beside it.
const GAP: u32 = 64;

/// The colours of the theme, as `static/theme/css/tokens.css` has them.
const ACCENT: &str = "#0b5a6f";
const PAPER: &str = "#ffffff";
const WASH: &str = "#f6f4ef";

/// The sizes of what is set, the largest first.
const TITLES: Fit =
    Fit { face: CardFace::Serif, sizes: &[88, 76, 66, 58, 50, 44], leading: 110, lines: 6 };
const VALUES: Fit =
    Fit { face: CardFace::Serif, sizes: &[190, 160, 132, 108, 88, 72, 60], leading: 104, lines: 3 };
const LEADS: Fit = Fit { face: CardFace::Text, sizes: &[32], leading: 136, lines: 3 };
const MEASURES: Fit = Fit { face: CardFace::Text, sizes: &[44, 38, 34], leading: 124, lines: 4 };
const FIGURES: Fit =
    Fit { face: CardFace::Serif, sizes: &[84, 72, 62, 54, 46, 38], leading: 106, lines: 3 };
/// The room under a figure for what it measures.
const NOTES_ROOM: u32 = 130;
const NOTES: Fit = Fit { face: CardFace::Sans, sizes: &[26], leading: 132, lines: 4 };

impl PageContent for CardPage {
    const KIND: OutputKind = OutputKind {
        name: "social-card",
        phase: Phase::Asset,
        outputs: Which::OfSite(|site, add| {
            for (out, subject) in site.social_cards() {
                add.drawing(out, subject);
            }
        }),
    };
    const TEMPLATE: &'static str = "card.svg";
    const ABOUT: &'static str =
        "What the template of the pictures of pages that are shared may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let subject = output.subject().unwrap_or(Subject::Site);
        let lang = match subject {
            Subject::Page(ix) => cx.site.page(ix).summary.lang.as_ref(),
            _ => None,
        };
        let page_cx = cx.page_context(&output.path, lang);
        let shown = page_cx.shown_on_card(subject);
        let page = page_cx.page(Self::KIND.name, shown.title.clone(), "".into(), Vec::new());
        let card = page_cx.card(shown);
        PageView {
            page,
            site: page_cx.site_info(),
            assets: cx.assets.clone(),
            content: Self { card },
        }
    }
}

/// What a card shows, before any line is set.
struct Shown {
    kind: &'static str,
    kicker: Vec<Arc<str>>,
    title: Arc<str>,
    lead: Arc<str>,
    figure: Option<FactIx>,
    monogram: Option<Arc<str>>,
    people: Vec<Arc<str>>,
}

impl PageContext<'_> {
    fn shown_on_card(&self, subject: Subject) -> Shown {
        let cx = self.cx;
        let mut shown = Shown {
            kind: "home",
            kicker: Vec::new(),
            title: cx.settings.title.clone(),
            lead: cx.settings.description.clone().unwrap_or_default(),
            figure: None,
            monogram: None,
            people: Vec::new(),
        };
        match subject {
            Subject::Page(ix) => self.page_on_card(ix, &mut shown),
            Subject::Topic(ix) => {
                shown.kind = "topic";
                shown.kicker = vec![self.t("kind-topic", &[])];
                shown.title = cx.topic_titled(ix).0;
                let page = cx.site.topic(ix).page;
                shown.lead =
                    page.map(|page| cx.description(page, &self.lang).0).unwrap_or_default();
                shown.figure = cx.site.figures.of_topic(ix).first().copied();
                let of = cx.site.graph.by_topic.get(&ix);
                let players = of.map(|of| of.players.as_slice()).unwrap_or_default();
                shown.people = players.iter().map(|ix| cx.titled(*ix).0).collect();
            }
            Subject::Fact(ix) => {
                let fact = &cx.site.fact_at(ix).fact;
                shown.kind = "fact";
                shown.kicker = vec![self.t("kind-fact", &[])];
                shown.title = fact_text(fact, &self.lang).into();
                shown.lead = fact.of.clone().unwrap_or_default();
                shown.people = fact.about.iter().filter_map(|about| self.named(about)).collect();
            }
            _ => {}
        }
        shown
    }

    fn page_on_card(&self, ix: PageIx, shown: &mut Shown) {
        let cx = self.cx;
        let summary = &cx.site.page(ix).summary;
        shown.kind = summary.kind.as_str();
        shown.title = summary.title.clone();
        shown.lead = cx.description(ix, &self.lang).0;
        let used = facts_used_by(summary).filter_map(|id| cx.site.fact_ix(id));
        shown.figure = used.into_iter().next();
        let player = |id: &EntityId| Some(cx.titled(cx.site.player(id)?).0);
        let topic = self.topic_links(summary).first().map(|topic| topic.text.clone());
        let mut kind = format!("kind-{}", shown.kind);
        match &summary.details {
            Details::Article(article) => {
                kind = format!("genre-{}", article.genre.as_str());
                if let Compared::Listed(ids) = &article.compared {
                    shown.figure = ids.iter().find_map(|id| cx.site.fact_ix(id)).or(shown.figure);
                }
                shown.people =
                    article.roles.iter().filter_map(|role| player(&role.player)).collect();
            }
            Details::Player(_) => {
                kind = format!("kind-{}", player_kind(summary));
                shown.monogram = Some(cx.face(ix).monogram);
                shown.figure = None;
            }
            Details::Faq(faq) => shown.people = faq.about.iter().filter_map(player).collect(),
            _ => {}
        }
        // A page that is about no subject of the site has nothing to say of its kind.
        if shown.kind != "page" {
            shown.kicker = [Some(self.t(&kind, &[])), topic].into_iter().flatten().collect();
        }
    }

    /// The name of a player whose page is public, or of something else.
    fn named(&self, name: &Name) -> Option<Arc<str>> {
        match name {
            Name::Id(id) => Some(self.cx.titled(self.cx.site.player(id)?).0),
            Name::Text(text) => Some(text.clone()),
        }
    }

    /// Sets what a card shows.
    fn card(&self, shown: Shown) -> CardView {
        let cx = self.cx;
        let setter = Setter(cx.typesetter);
        let is_mirrored = self.lang.tag.direction() == "rtl";
        let (left, right) = (MARGIN, SIZE.0 - MARGIN);
        let whole = right - left;
        let figure = shown.figure.and_then(|fact| self.card_figure(&setter, fact, is_mirrored));
        let monogram =
            shown.monogram.filter(|text| setter.width(text, CardFace::Serif, 100).is_some());
        let beside = match (&figure, &monogram) {
            (Some(_), _) => BOX + GAP,
            (None, Some(_)) => 288 + GAP,
            (None, None) => 0,
        };
        let width = whole - beside;
        let is_fact = shown.kind == "fact";
        let titles = if is_fact { VALUES } else { TITLES };
        // Under a value stands what it measures.
        let below = if is_fact && !shown.lead.is_empty() { 2 * MEASURES.sizes[0] + 56 } else { 0 };
        let mut title = setter.block(&shown.title, titles, width, TOP, BOTTOM - below);
        let mut site = Some(cx.settings.title.clone()).filter(|_| shown.kind != "home");
        let host = cx.base.origin.as_deref().and_then(|origin| origin.split_once("://"));
        let host = host.map(|(_, host)| Arc::<str>::from(host));
        let mut lead = None;
        match &title {
            Some(title) => {
                let leads = if is_fact { MEASURES } else { LEADS };
                let measure = width.min(if is_fact { whole } else { 900 });
                let top = title.bottom + if is_fact { 44 } else { 28 };
                lead = setter.block(&shown.lead, leads, measure, top, BOTTOM);
            }
            // Without letters for its title it is the card of its site.
            None => {
                let names = [site.take(), Some(cx.site_settings.title.clone()), host.clone()];
                let mut names = names.iter().flatten();
                title = names.find_map(|name| setter.block(name, titles, width, TOP, BOTTOM));
            }
        }
        let site = site.or(host);
        let site = site.and_then(|site| setter.one_line(&site, CardFace::Sans, 28, whole - 40));
        let room = site.as_ref().and_then(|site| setter.width(site, CardFace::Sans, 28));
        let room = (whole as f32 - room.unwrap_or_default() - 120.0).max(0.0);
        let kicker = shown.kicker.join(" · ");
        let (start, end) = if is_mirrored { (right, left) } else { (left, right) };
        let (anchor, far_anchor) = ("start", "end");
        CardView {
            kind: shown.kind,
            start,
            end,
            anchor: if is_mirrored { far_anchor } else { anchor },
            far_anchor: if is_mirrored { anchor } else { far_anchor },
            kicker: setter.one_line(&kicker, CardFace::Sans, 26, width),
            title,
            lead,
            figure,
            monogram: monogram.map(|text| {
                let width = setter.width(&text, CardFace::Serif, 100).unwrap_or(100.0);
                let size = (100.0 * 176.0 / width).min(120.0) as u32;
                let x = if is_mirrored { left + 144 } else { right - 144 };
                CardMonogram { text, x, size }
            }),
            site,
            people: setter.as_many(&shown.people, CardFace::Sans, 26, room),
            colours: self.card_colours(),
        }
    }

    fn card_figure(
        &self,
        setter: &Setter<'_>,
        ix: FactIx,
        is_mirrored: bool,
    ) -> Option<CardFigure> {
        const INSIDE: u32 = 36;
        let fact = &self.cx.site.fact_at(ix).fact;
        let width = BOX - 2 * INSIDE;
        let top = TOP + INSIDE - 8;
        let text = fact_text(fact, &self.lang);
        let value = setter.block(&text, FIGURES, width, top, BOTTOM - INSIDE - NOTES_ROOM)?;
        let of = fact.of.as_deref().unwrap_or_default();
        let of = setter.block(of, NOTES, width, value.bottom + 20, BOTTOM - INSIDE)?;
        let x = if is_mirrored { MARGIN } else { SIZE.0 - MARGIN - BOX };
        let start = if is_mirrored { x + BOX - INSIDE } else { x + INSIDE };
        Some(CardFigure { x, width: BOX, height: of.bottom + INSIDE - TOP, start, value, of })
    }

    fn card_colours(&self) -> CardColours {
        let theme = &self.cx.site.theme;
        let (accent, paper) = (theme.accent.as_ref(), theme.paper.as_ref());
        CardColours {
            accent: accent.map_or_else(|| ACCENT.into(), |accent| accent.light.clone()),
            paper: paper.map_or_else(|| PAPER.into(), |paper| paper.paper.clone()),
            wash: paper.map_or_else(|| WASH.into(), |paper| paper.wash.clone()),
        }
    }
}

impl Context<'_> {
    /// The first page whose title no card can show, and a letter that no face has.
    pub fn undrawn_title(&self) -> Option<(PageIx, char)> {
        let faces = self.typesetter?;
        self.site.social_cards().into_iter().find_map(|(_, subject)| {
            let Subject::Page(ix) = subject else { return None };
            let title = &self.site.page(ix).summary.title;
            Some((ix, faces.lacks(&plain(title))?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ACCENT, PAPER, WASH};

    #[test]
    fn the_colours_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../static/theme/css/tokens.css");
        for (name, colour) in [("accent", ACCENT), ("paper", PAPER), ("wash", WASH)] {
            assert!(tokens.contains(&format!("--{name}-light: {colour};")), "{name}");
        }
    }
}
