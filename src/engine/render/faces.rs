//! The names of the theme's faces, in the theme's files and in its style sheet.

use crate::base::{Digest, OutPath};
use crate::data::stylesheet::{fingerprint, rules};
use crate::render::theme::{FONTS, file};

/// A face is kept for ever under its name, so the name changes with its bytes.
#[test]
fn faces_have_the_names_that_the_style_sheet_asks_for() {
    for font in FONTS {
        let out = OutPath::new(font).expect("plain words");
        let print = fingerprint(Digest::of(file(&out).expect("it is a file of the theme")));
        assert!(font.contains(&format!(".{print}.")), "{font} should hold {print}");
        assert!(rules().contains(&format!("url({})", &font["theme/".len()..])), "{font}");
    }
    assert_eq!(rules().matches("url(").count(), FONTS.len());
}
