//! What a site says of its looks: its colour and its paper, from which the style sheet derives the others, and its faces.

use std::sync::Arc;

use serde::Serialize;

use super::colour::{Colour, contrast};
use super::look::{Density, Logo, Radius, logo};
use super::raw::RawTheme;
use crate::content::parts::{self, ArticlePart};
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{Spanned, Text};

/// The looks of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// Its own colour; none for that of the theme.
    pub accent: Option<Accent>,
    /// Its own light paper; none for that of the theme.
    pub paper: Option<Paper>,
    /// Whether pages are set in the faces of the reader's system, and ask for none.
    pub has_system_faces: bool,
    /// What stands at the head of every page beside the site's name, or in its place.
    pub logo: Option<Logo>,
    /// How round corners are.
    pub radius: Radius,
    /// How far things stand apart.
    pub density: Density,
    /// Whether the margin of articles says nothing of their figures.
    pub has_plain_margin: bool,
    /// The parts of an article in the site's order; none for that of the theme.
    pub order: Option<Arc<[ArticlePart]>>,
}

impl Theme {
    /// The parts of an article in the order in which pages have them.
    pub fn parts(&self) -> &[ArticlePart] {
        self.order.as_deref().unwrap_or(&ArticlePart::ALL)
    }
}

/// The grounds of a site's pages in the light, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The page.
    pub paper: Arc<str>,
    /// The boxes on it.
    pub wash: Arc<str>,
}

/// A site's colour on each ground, `#rrggbb`: text in it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accent {
    /// On light paper.
    pub light: Arc<str>,
    /// On dark paper.
    pub dark: Arc<str>,
}

/// The grounds on which text stands, as `static/theme/css/tokens.css` has them: the paper, and the wash of a box.
const LIGHT: [Colour; 2] = [Colour::rgb(0xff, 0xff, 0xff), Colour::rgb(0xf6, 0xf4, 0xef)];
const DARK: [Colour; 2] = [Colour::rgb(0x14, 0x17, 0x1a), Colour::rgb(0x1e, 0x23, 0x27)];

/// The contrast of text that WCAG 2.2 asks for (1.4.3).
const ENOUGH: f64 = 4.5;

/// The colours of small text on light paper, as `static/theme/css/tokens.css` has them: soft, warn, good, caution, special.
const INKS: [Colour; 5] = [
    Colour::rgb(0x54, 0x5b, 0x64),
    Colour::rgb(0x8f, 0x3a, 0x12),
    Colour::rgb(0x1d, 0x6b, 0x3d),
    Colour::rgb(0x76, 0x50, 0x00),
    Colour::rgb(0x5a, 0x3a, 0x8c),
];

/// How much darker than its paper a wash is, of a lightness from 0 to 1.
const WASH: f64 = 0.025;

pub(super) fn theme(fields: &mut Fields, raw: RawTheme) -> Theme {
    let paper = paper(fields, raw.paper);
    let light = paper.unwrap_or(LIGHT);
    let text = |colour: Colour| colour.to_string().into();
    let faces = [("theme", false), ("system", true)];
    Theme {
        accent: accent(fields, raw.accent, &light),
        paper: paper.map(|[paper, wash]| Paper { paper: text(paper), wash: text(wash) }),
        has_system_faces: fields.choice("fonts", raw.fonts, &faces).unwrap_or(false),
        logo: logo(fields, raw.logo, raw.logo_dark, raw.wordmark),
        radius: fields.choice("radius", raw.radius, &Radius::ALL).unwrap_or_default(),
        density: fields.choice("density", raw.density, &Density::ALL).unwrap_or_default(),
        has_plain_margin: fields
            .choice("figures", raw.figures, &[("true", false), ("false", true)])
            .unwrap_or(false),
        order: raw.order.map(|names| {
            let named = parts::named(fields, names);
            parts::completed(&named, &ArticlePart::ALL).into()
        }),
    }
}

/// The colour that a setting names, and the setting.
fn colour(fields: &mut Fields, text: Option<Text>) -> Option<(Colour, Text)> {
    let text = fields.spanned(text)?;
    let Some(colour) = Colour::parse(&text.value) else {
        let message = format!("\"{}\" is not a colour", text.value);
        let help = "write six hexadecimal digits in quotation marks, such as `\"#0b5a6f\"`";
        fields.problem(Code::InvalidValue, text.span, message, help);
        return None;
    };
    Some((colour, text))
}

/// The light paper of a site, and the wash of boxes on it.
fn paper(fields: &mut Fields, text: Option<Text>) -> Option<[Colour; 2]> {
    let (asked, Spanned { value: text, span }) = colour(fields, text)?;
    let grounds = |paper: Colour| {
        let (lightness, ..) = paper.oklch();
        [paper, paper.with_lightness((lightness - WASH).max(0.0))]
    };
    let contrast = |grounds: &[Colour; 2]| {
        INKS.iter().map(|ink| least(*ink, grounds)).fold(f64::INFINITY, f64::min)
    };
    let own = grounds(asked);
    let found = contrast(&own);
    if found >= ENOUGH {
        return Some(own);
    }
    let (lightness, ..) = asked.oklch();
    let steps = (1..=1000).map(|step| f64::from(step) / 1000.0);
    let mut lighter =
        steps.map(|step| grounds(asked.with_lightness(lightness + (1.0 - lightness) * step)));
    let readable = lighter.find(|grounds| contrast(grounds) >= ENOUGH).unwrap_or(LIGHT);
    let message = format!(
        "small text on paper of `{text}` has a contrast of {:.1} to 1, and readers need {ENOUGH} to 1: pages have `{}`",
        (found * 10.0).floor() / 10.0,
        readable[0]
    );
    let help = format!("write `paper: \"{}\"`, or another colour that is as light", readable[0]);
    fields.problem(Code::ThemeContrast, span, message, help);
    Some(readable)
}

/// The colour of a site on its light paper and on dark paper.
fn accent(fields: &mut Fields, text: Option<Text>, paper: &[Colour; 2]) -> Option<Accent> {
    let (colour, Spanned { value: text, span }) = colour(fields, text)?;
    let light = readable(colour, paper);
    if light != colour {
        // Rounded down, so that what is said is never enough.
        let found = (least(colour, paper) * 10.0).floor() / 10.0;
        let message = format!(
            "text in `{text}` has a contrast of {found:.1} to 1 with light paper, and readers need {ENOUGH} to 1: pages have \
             `{light}` there"
        );
        let help = format!("write `accent: \"{light}\"`, or another colour that is as dark");
        fields.problem(Code::ThemeContrast, span, message, help);
    }
    let dark = readable(colour, &DARK);
    let text = |colour: Colour| colour.to_string().into();
    Some(Accent { light: text(light), dark: text(dark) })
}

/// The contrast of a colour with that of some grounds from which it differs least.
fn least(colour: Colour, grounds: &[Colour]) -> f64 {
    grounds.iter().map(|ground| contrast(colour, *ground)).fold(f64::INFINITY, f64::min)
}

/// The colour of the same hue, as near in lightness as can be, in which text on these grounds can be read.
fn readable(colour: Colour, grounds: &[Colour; 2]) -> Colour {
    if least(colour, grounds) >= ENOUGH {
        return colour;
    }
    let darker = contrast(grounds[0], Colour::rgb(0, 0, 0)) > ENOUGH;
    let (lightness, _, _) = colour.oklch();
    let steps = (1..=1000).map(|step| f64::from(step) / 1000.0);
    let tried = steps.map(|step| match darker {
        true => lightness * (1.0 - step),
        false => lightness + (1.0 - lightness) * step,
    });
    let mut all = tried.map(|lightness| colour.with_lightness(lightness));
    all.find(|one| least(*one, grounds) >= ENOUGH).unwrap_or(match darker {
        true => Colour::rgb(0, 0, 0),
        false => Colour::rgb(0xff, 0xff, 0xff),
    })
}

#[cfg(test)]
mod tests {
    use super::{Colour, DARK, ENOUGH, INKS, LIGHT, least, readable};

    #[test]
    fn text_in_any_colour_can_be_read_on_both_papers() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let colour = Colour::rgb(red, green, blue);
                    for grounds in [&LIGHT, &DARK] {
                        let found = readable(colour, grounds);
                        assert!(least(found, grounds) >= ENOUGH, "{colour}: {found}");
                        if least(colour, grounds) >= ENOUGH {
                            assert_eq!(found, colour);
                        }
                    }
                }
            }
        }
    }

    /// The style sheet and this file name the same colours.
    #[test]
    fn the_colours_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../static/theme/css/tokens.css");
        for (name, light, dark) in [("paper", LIGHT[0], DARK[0]), ("wash", LIGHT[1], DARK[1])] {
            for line in [
                format!("--{name}-light: {light};"),
                format!("light-dark(var(--{name}-light), {dark});"),
            ] {
                assert!(tokens.contains(&line), "{line}");
            }
        }
        for (name, ink) in ["soft", "warn", "good", "caution", "special"].iter().zip(INKS) {
            let line = format!("--{name}: {ink};");
            assert!(tokens.contains(&line), "{line}");
        }
    }

    #[test]
    fn small_text_can_be_read_on_the_paper_of_the_theme() {
        for ink in INKS {
            assert!(least(ink, &LIGHT) >= ENOUGH, "{ink}");
        }
    }
}
