//! What a site says of its looks: one colour, from which the style sheet derives the others.

use std::sync::Arc;

use serde::Serialize;

use super::colour::{Colour, contrast};
use super::raw::RawTheme;
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::Spanned;

/// The looks of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// Its own colour; none for that of the theme.
    pub accent: Option<Accent>,
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

pub(super) fn theme(fields: &mut Fields, raw: RawTheme) -> Theme {
    let Some(Spanned { value: text, span }) = fields.spanned(raw.accent) else {
        return Theme::default();
    };
    let Some(colour) = Colour::parse(&text) else {
        let message = format!("\"{text}\" is not a colour");
        let help = "write six hexadecimal digits in quotation marks, such as `\"#0b5a6f\"`";
        fields.problem(Code::InvalidValue, span, message, help);
        return Theme::default();
    };
    let light = readable(colour, &LIGHT);
    if light != colour {
        // Rounded down, so that what is said is never enough.
        let found = (least(colour, &LIGHT) * 10.0).floor() / 10.0;
        let message = format!(
            "text in `{text}` has a contrast of {found:.1} to 1 with light paper, and readers need {ENOUGH} to 1: pages have \
             `{light}` there"
        );
        let help = format!("write `accent: \"{light}\"`, or another colour that is as dark");
        fields.problem(Code::ThemeContrast, span, message, help);
    }
    let dark = readable(colour, &DARK);
    let text = |colour: Colour| colour.to_string().into();
    Theme { accent: Some(Accent { light: text(light), dark: text(dark) }) }
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
    use super::{Colour, DARK, ENOUGH, LIGHT, least, readable};

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

    /// The style sheet and this file name the same grounds.
    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../static/theme/css/tokens.css");
        for (name, light, dark) in [("paper", LIGHT[0], DARK[0]), ("wash", LIGHT[1], DARK[1])] {
            let line = format!("--{name}: light-dark({light}, {dark});");
            assert!(tokens.contains(&line), "{line}");
        }
    }
}
