//! The words of the default theme in a reader's language, on pages that a whole build makes.

mod support;

use support::{SiteTest, html};

/// Every place where a sentence of the theme goes around a link or a date.
const STORY: &str = "\
//- /content/site.yaml
title: Word order
lang: xx
publisher: Japan
//- /content/articles/story.md
---
title: Story
authors: [{name: Ann, url: 'https://example.org/ann'}, Bob]
dateline: Tokyo
published: 2025-03-01
expires: 2025-04-01
sources: [{id: s, title: Paper, accessed: 2025-02-01}]
players: [{player: japan}]
---
One[^s] sentence of [[korea]] and [[china]].
//- /content/players/japan.md
---
name: Japan
kind: country
---
//- /content/players/korea.md
---
name: Korea
kind: country
---
//- /content/players/china.md
---
name: China
kind: country
---
";

/// What stands in the lines of the story's page that a sentence is in, element by element.
fn lines(own: &str) -> Vec<String> {
    let site = SiteTest::new(STORY);
    if !own.is_empty() {
        site.edit("templates/lang/xx.ftl", own);
    }
    site.build(&[]).expect(0);
    let output = site.output();
    html::check(&output, "/");
    let page = std::str::from_utf8(&output["articles/story/index.html"]).expect("a page is UTF-8");
    let of = |selector: &str| html::texts(page, selector);
    [".publisher", ".byline", ".dates", ".banner-title", ".sources li > span", ".also-mentioned"]
        .into_iter()
        .map(|selector| format!("{selector}: {}", of(selector).join(" | ")))
        .collect()
}

#[test]
fn a_language_puts_names_and_dates_where_it_wants_them() {
    let english = [
        ".publisher: Published by Japan",
        ".byline: By Ann, Bob",
        ".dates: FromTokyo PublishedMarch 1, 2025",
        ".banner-title: Out of date April 1, 2025",
        ".sources li > span: Read February 1, 2025",
        ".also-mentioned: Also mentioned Korea, China",
    ];
    assert_eq!(lines(""), english);
    let own = "by = „{ $authors }“ schrieb dies\ndateline = { $place }発\n\
               published-by = { $publisher } <publishes> this\naccessed = { $date }閲覧\n\
               state-expired-on = Since { $date } out of date\nlist-comma = 、\n";
    let turned = [
        ".publisher: Japan <publishes> this",
        ".byline: „Ann, Bob“ schrieb dies | Tokyo発",
        ".dates: PublishedMarch 1, 2025",
        ".banner-title: Since April 1, 2025 out of date",
        ".sources li > span: February 1, 2025閲覧",
        ".also-mentioned: Also mentioned Korea、China",
    ];
    assert_eq!(lines(own), turned);
}

#[test]
fn a_message_without_its_variable_stands_before_it() {
    let own = "by = Von\ndateline = Aus\npublished-by = Verlag:\naccessed = Gelesen\n";
    let found = lines(own);
    assert_eq!(
        found[..3],
        [
            ".publisher: Verlag: Japan",
            ".byline: Von Ann, Bob",
            ".dates: AusTokyo PublishedMarch 1, 2025",
        ]
    );
    assert_eq!(found[4], ".sources li > span: Gelesen February 1, 2025");
}
