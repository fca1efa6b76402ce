//! Three looks made of settings, `static/theme/site.css` and slots alone, with the texts of the shipped site: those of a
//! ministry, of a think tank and of a campaign. `.ci/browser` opens their pages.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the files that it is made of; what fails in a helper fails its test"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{SiteTest, html};

const LOOKS: [&str; 3] = ["ministry", "think-tank", "campaign"];

/// The contrast of text that WCAG 2.2 asks for (1.4.3).
const ENOUGH: f64 = 4.5;

fn folder(look: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks").join(look)
}

/// The files of a look, relative to its folder.
fn files(look: &str) -> Vec<String> {
    let root = folder(look);
    let entries = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let path = |entry: walkdir::DirEntry| entry.path().strip_prefix(&root).unwrap().to_owned();
    files.map(|entry| path(entry).to_str().unwrap().replace('\\', "/")).collect()
}

/// The texts of the shipped site in a look.
fn site(look: &str) -> SiteTest {
    let site = SiteTest::from_dir(Path::new(env!("CARGO_MANIFEST_DIR")), &["content"]);
    for file in files(look) {
        site.edit(&file, &fs::read_to_string(folder(look).join(&file)).unwrap());
    }
    site
}

/// The luminance of a colour (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The value of a custom property in a style sheet: that of its last rule.
fn property<'a>(css: &'a str, name: &str) -> &'a str {
    let (_, rest) = css.rsplit_once(&format!("{name}:")).unwrap_or_else(|| panic!("{name}"));
    rest.split([';', '}']).next().unwrap().trim()
}

#[test]
fn a_look_is_made_of_settings_rules_and_slots_alone() {
    for look in LOOKS {
        for file in files(look) {
            let is_allowed = file == "content/site.yaml"
                || file == "static/theme/site.css"
                || file.starts_with("templates/slots/")
                || file.starts_with("static/") && file.ends_with(".svg");
            assert!(is_allowed, "{look}: {file}");
        }
        // Its rules take every colour from the settings, which are held against the paper.
        let css = fs::read_to_string(folder(look).join("static/theme/site.css")).unwrap();
        assert!(!css.contains(['#', '!']) && !css.contains("rgb"), "{look}");
    }
}

#[test]
fn each_look_builds_and_can_be_read() {
    for (look, first, logos) in [
        ("ministry", "key-points", 2),
        ("think-tank", "key-points", 1),
        ("campaign", "compared", 2),
    ] {
        let site = site(look);
        let run = site.run(&["build", "--format", "short", "--today", "2026-01-01"], &[]).expect(0);
        assert_eq!(run.diagnostics(), "", "{look}");
        let output = site.output();
        html::check(&output, "/");
        let text = |path: &str| String::from_utf8(output[path].clone()).unwrap();

        let article = text("articles/us-japan-two-plus-two/index.html");
        assert_eq!(html::attributes(&article, ".site-name img", "src").len(), logos, "{look}");
        let parts = html::attributes(&article, "article > section", "class");
        assert_eq!(parts[0], first, "{look}: {parts:?}");
        let sheets = html::attributes(&article, "link[rel=stylesheet]", "href");
        assert_eq!(sheets[1], "/theme/site.css", "{look}");

        let css = text(&sheets[0][1..]);
        for (colour, grounds) in [
            ("--accent-light", ["--paper-light", "--wash-light"]),
            ("--accent-dark", ["dark paper", "dark wash"]),
        ] {
            let colour = property(&css, colour);
            for ground in grounds {
                let ground = match ground {
                    "dark paper" => "#14171a",
                    "dark wash" => "#1e2327",
                    name => property(&css, name),
                };
                let found = contrast(colour, ground);
                assert!(found >= ENOUGH, "{look}: {colour} on {ground}: {found:.2}");
            }
        }
    }
}

/// What each look asks for is in its pages: where the text stands among the parts of an article, and the words of its slots.
#[test]
fn the_parts_of_each_look_stand_in_its_order() {
    for (look, order, slot) in [
        ("ministry", ["key-points", "with-margin", "b-timeline", "b-players"], "official website"),
        ("think-tank", ["key-points", "with-margin", "compared", "b-players"], "makers of arms"),
        (
            "campaign",
            ["compared", "key-points", "b-players", "with-margin"],
            "How to write to them",
        ),
    ] {
        let site = site(look);
        site.run(&["build", "--today", "2026-01-01"], &[]).expect(0);
        let output = site.output();
        let page =
            std::str::from_utf8(&output["articles/us-japan-two-plus-two/index.html"]).unwrap();
        let place = |part: &str| {
            let forms = [format!("class=\"{part}\""), format!("id=\"{part}\"")];
            forms.iter().find_map(|form| page.find(form)).unwrap_or_else(|| panic!("{part}"))
        };
        assert!(order.map(place).is_sorted(), "{look}");
        assert!(page.contains(slot), "{look}");
    }
}
