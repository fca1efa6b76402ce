//! What stands for a player beside its name: a portrait, or letters of the name.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::links::{Root, root};
use crate::content::document::{Details, Summary};
use crate::content::model::Player;
use crate::content::reference::{Link, Target};
use crate::site::PageIx;

use super::context::Context;

/// What stands for a player beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Face {
    /// The URL of a picture of the site.
    pub portrait: Option<Arc<str>>,
    /// One to four letters, where there is no picture.
    pub monogram: Arc<str>,
}

impl Context<'_> {
    /// What stands for a player. A picture of another host is none: a page that lists players asks no other host for them.
    pub(super) fn face(&self, ix: PageIx) -> Face {
        let summary = &self.site.page(ix).summary;
        let player = match &summary.details {
            Details::Player(player) => Some(player),
            _ => None,
        };
        let portrait = summary.image.as_ref().and_then(|image| {
            let asset = match &image.src {
                Link::To(Target::File(file), _) => self.site.asset(file)?,
                Link::Root(url) => match root(self.site, url) {
                    Root::There(out) => self.site.asset_at(&out)?,
                    _ => return None,
                },
                _ => return None,
            };
            let shown = self.site.pictures.shown(&asset.out);
            let square = shown.and_then(|shown| shown.face(image.focus()));
            Some(self.href(square.map_or(&asset.out, |square| &square.out)))
        });
        Face { portrait, monogram: monogram(&summary.title, player.map(|player| &**player)) }
    }
}

/// A player's kind, as templates see it.
pub(super) fn player_kind(summary: &Summary) -> &'static str {
    match &summary.details {
        Details::Player(player) => player.kind.as_str(),
        _ => "person",
    }
}

/// The longest abbreviation that a monogram has room for.
const ABBREVIATION: usize = 4;

/// Letters for a player: a short abbreviation, or else the first letters of the first and the last word of the name.
fn monogram(name: &str, player: Option<&Player>) -> Arc<str> {
    let abbr = player.and_then(|player| player.abbr.as_ref());
    if let Some(abbr) = abbr
        && abbr.chars().count() <= ABBREVIATION
        && abbr.chars().all(char::is_alphanumeric)
    {
        return abbr.clone();
    }
    // `NATO`, `3M`: a name that is an abbreviation itself.
    if name.chars().count() <= ABBREVIATION
        && name.is_ascii()
        && name.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit())
    {
        return name.into();
    }
    let letters = name.split([' ', '\u{a0}', '-']).filter_map(|word| {
        word.chars().find(|letter| letter.is_alphanumeric()).filter(|letter| !letter.is_lowercase())
    });
    let letters: Vec<char> = letters.collect();
    let found: String = match letters[..] {
        [] => name.chars().take(1).flat_map(char::to_uppercase).collect(),
        // Scripts without capitals have no such form: the first sign of a name stands for it.
        [first, ..] if !first.is_uppercase() => first.to_string(),
        [first] => first.to_string(),
        [first, .., last] => [first, last].iter().collect(),
    };
    found.into()
}

#[cfg(test)]
mod tests {
    use super::monogram;

    #[test]
    fn the_letters_of_names() {
        for (name, letters) in [
            ("Marco Rubio", "MR"),
            ("Japan", "J"),
            ("United States", "US"),
            ("Ursula von der Leyen", "UL"),
            ("US Department of Defense", "UD"),
            ("Conan O’Vann", "CO"),
            ("bell hooks", "B"),
            ("岩屋毅", "岩"),
            ("김정은", "김"),
            ("محمد بن سلمان", "م"),
            ("NATO", "NATO"),
            ("3M", "3M"),
            ("OECD countries", "O"),
            ("", ""),
        ] {
            assert_eq!(&*monogram(name, None), letters, "{name}");
        }
    }
}
