//! The theme's style sheet: one file, whose name changes with its bytes.

use std::sync::LazyLock;

use serde::Serialize;

use crate::base::{Digest, OutPath, Phase};
use crate::config::{Accent, Density, Paper, Radius, Theme};
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

macro_rules! sources {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../static/theme/css/", $name, ".css")))),+]
    };
}

/// The files of `static/theme/css/` with their names, in the order of their layers.
const SOURCES: &[(&str, &str)] = sources!(
    "layers" "fonts" "reset" "tokens" "base" "masthead" "contents" "head" "text" "media" "callouts" "tables"
    "figures" "charts" "popovers" "people" "timeline" "cards" "lists" "sources" "tools" "notices" "search" "embed" "page" "print"
);

/// What readers are sent of them: neither comments nor the white space at the ends of lines.
static TEXT: LazyLock<String> =
    LazyLock::new(|| SOURCES.iter().map(|(_, rules)| stripped(rules)).collect());

static DIGEST: LazyLock<Digest> = LazyLock::new(|| Digest::of(TEXT.as_bytes()));

/// Where a site may put a style sheet of its own in place of the theme's, relative to the output folder.
pub const OWN: &str = "theme/style.css";

/// Where a site may put rules that are added to those of the theme.
pub const ADDED: &str = "theme/site.css";

/// The style sheet of a site without one of its own.
#[derive(Debug, Serialize)]
pub struct Stylesheet {
    rules: Digest,
    theme: Theme,
}

impl DataContent for Stylesheet {
    const KIND: OutputKind = OutputKind {
        name: "stylesheet",
        phase: Phase::Asset,
        outputs: Which::OfOutputs(|site, others, add| {
            let own = OutPath::new(OWN).expect("plain words");
            if others.get(&own).is_none() {
                add.fingerprinted(stylesheet_out(&site.theme), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self { rules: *DIGEST, theme: cx.site.theme.clone() }
    }

    fn text(&self) -> String {
        format!("{}{}", *TEXT, tokens(&self.theme))
    }
}

/// Where the style sheet of a site is, relative to the output folder.
pub fn stylesheet_out(theme: &Theme) -> OutPath {
    let tokens = tokens(theme);
    let digest = match tokens.is_empty() {
        true => *DIGEST,
        false => Digest::of(format!("{}{tokens}", *DIGEST).as_bytes()),
    };
    // A name of digits alone says nothing of bytes: it may be a date.
    let name = format!("theme/style.{}.css", fingerprint(digest));
    OutPath::new(&name).expect("plain words")
}

/// What readers are sent of the theme's own rules.
pub fn rules() -> &'static str {
    &TEXT
}

/// What the name of a file says of its bytes: eight hexadecimal digits, one of them a letter.
pub fn fingerprint(digest: Digest) -> String {
    let digits = digest.to_string();
    match digits[..8].contains(|digit: char| digit.is_ascii_alphabetic()) {
        true => digits[..8].to_owned(),
        false => format!("{}f", &digits[..7]),
    }
}

/// The notes of figures open where the figures stand, and are listed on paper, and where a link leads to one.
const PLAIN_MARGIN: &str = "@layer page{@media screen{@supports selector(:popover-open){\
    .figures-used:not(:has(:target)){position:absolute;margin:0}\
    .figures-used:not(:has(:target)) :is(h2,.figure-note:not(:popover-open)){display:none}}}}\n";

/// The rules that give a site its look; empty for that of the theme.
fn tokens(theme: &Theme) -> String {
    let mut tokens = String::new();
    if let Some(Accent { light, dark }) = &theme.accent {
        tokens.push_str(&format!("--accent-light:{light};--accent-dark:{dark};"));
    }
    if let Some(Paper { paper, wash }) = &theme.paper {
        tokens.push_str(&format!("--paper-light:{paper};--wash-light:{wash};"));
    }
    if theme.has_system_faces {
        tokens.push_str("--serif-face:ui-serif;--sans-face:ui-sans-serif;");
    }
    tokens.push_str(match theme.radius {
        Radius::None => "--radius:0px;--pill:0px;",
        Radius::Small => "",
        Radius::Large => "--radius:14px;",
    });
    tokens.push_str(match theme.density {
        Density::Compact => "--pace:.7;--looser:-.1;",
        Density::Normal => "",
        Density::Airy => "--pace:1.35;--looser:.1;",
    });
    let mut rules = match tokens.is_empty() {
        true => tokens,
        false => format!("@layer tokens{{:root{{{}}}}}\n", tokens.trim_end_matches(';')),
    };
    if theme.has_plain_margin {
        rules.push_str(PLAIN_MARGIN);
    }
    rules
}

/// A style sheet without its comments, its empty lines and the white space at the ends of its lines. No string of the theme
/// holds what a comment begins with.
fn stripped(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut text = String::with_capacity(kept.len());
    for line in lines {
        // A value or a selector that goes on needs the white space before its next line.
        let ends = line.ends_with([',', '{', ';', '}']);
        text.push_str(line);
        if !ends {
            text.push(' ');
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::path::Path;

    use super::{SOURCES, TEXT, fingerprint, stripped};
    use crate::base::Digest;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let css = "/* a */\na,\nb {\n  c: d\n    e;\n\n  /* f\n g */\n}\n";
        assert_eq!(stripped(css), "a,b {c: d e;}\n");
    }

    #[test]
    fn a_fingerprint_is_no_date() {
        let all = (0..2000_u32).map(|number| fingerprint(Digest::of(&number.to_le_bytes())));
        for one in all {
            assert!(one.len() == 8 && one.contains(|digit: char| digit.is_ascii_alphabetic()));
        }
    }

    /// Each file is in the style sheet, and each has braces that match, so that no rule ends in another file.
    #[test]
    fn every_source_is_in_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/theme/css");
        let files = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
        let names =
            files.map(|entry| entry.expect("the folder can be read").file_name().to_owned());
        let names: BTreeSet<_> = names.collect();
        let known = SOURCES.iter().map(|(name, _)| format!("{name}.css").into());
        assert_eq!(names, known.collect::<BTreeSet<OsString>>());
        for (name, rules) in SOURCES {
            let of = |brace: char| rules.matches(brace).count();
            assert_eq!(of('{'), of('}'), "{name}");
        }
        assert!(!TEXT.contains("/*") && !TEXT.contains("\n "), "{}", TEXT.len());
    }
}
