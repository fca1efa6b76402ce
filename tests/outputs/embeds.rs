//! What other sites show in a frame: the pages, and what oEmbed consumers read.

use briefing::base::OutPath;
use briefing::site::headers::{OutputHeaders, is_framable};
use briefing::source::Memory;
use serde_json::Value;

use super::{load, text, texts};

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let head = "title: Small & true\nbase_url: https://example.org/sub/\n";
    site.write("content/site.yaml", format!("{head}{settings}"));
    let facts = "spent:\n  value: 3\n  unit: ships\n  of: What \"they\" spend\n  as_of: 2025\n  kind: target\n  \
                 status: confirmed\n  next_update: 2027\n  source: paper\n";
    site.write("content/facts.yaml", facts);
    site.write("content/sources.yaml", "paper: {title: A paper, url: 'https://example.com/'}\n");
    site.write("content/players/ann.md", "---\nname: Ann Ode\nsummary: A minister.\n---\n");
    site.write("content/players/bo.md", "---\nname: Bo Ek\nstatus: draft\n---\n");
    site.write("content/players/cy.md", "---\nname: Cy Hill\nstatus: withdrawn\n---\n");
    let faq = "---\ntitle: Basics\n---\n\nBefore.\n\n## Why?\n\nAs [[fact:spent]] says, see [how](#how).\n\n### More\n\nStill why.\n\n## How? {#how}\n\nSo.\n";
    site.write("content/faq/basics.md", faq);
    // A player whose id is the word for an embed is none.
    site.write("content/players/embed.md", "---\nname: Em Bed\n---\n");
    site
}

const ON: &str = "embeds: true\n";

#[test]
fn a_figure_a_player_and_a_question_have_a_page_without_a_frame_around_them() {
    let loaded = load(&site(ON));
    for (path, level, heading, shown) in [
        ("facts/spent/embed/", "h1", "What “they” spend", "A paper"),
        ("players/ann/embed/", "h1", "Ann Ode", "A minister."),
        ("faq/basics/embed/why/", "h2", "Why?", "Still why."),
        ("faq/basics/embed/how/", "h2", "How?", "So."),
    ] {
        let page = text(&loaded, &format!("{path}index.html")).expect(path);
        assert_eq!(texts(&page, level), [heading], "{path}");
        assert!(texts(&page, "main")[0].contains(shown), "{page}");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert_eq!(texts(&page, ".site-header, nav, script").len(), 0, "{path}");
    }
    let why = text(&loaded, "faq/basics/embed/why/index.html").unwrap();
    assert!(!why.contains("Before.") && !why.contains("So."), "{why}");
    assert!(why.contains("href=\"/sub/faq/basics/#how\""), "{why}");
    for path in ["players/bo/embed/index.html", "players/cy/embed/index.html"] {
        assert_eq!(text(&loaded, path), None, "{path}");
    }
}

#[test]
fn a_program_finds_how_to_show_it() {
    let loaded = load(&site(ON));
    for (page, folder, title, height) in [
        ("facts/spent/", "facts/spent/embed/", "What “they” spend: 3\u{a0}ships", 240),
        ("players/ann/", "players/ann/embed/", "Ann Ode", 240),
        ("faq/basics/embed/why/", "faq/basics/embed/why/", "Why?", 420),
    ] {
        let html = text(&loaded, &format!("{page}index.html")).unwrap();
        let link = format!("href=\"https://example.org/sub/{folder}oembed.json\"");
        assert!(html.contains(&link) && html.contains("application/json+oembed"), "{html}");
        let oembed = text(&loaded, &format!("{folder}oembed.json")).unwrap();
        let oembed: Value = serde_json::from_str(&oembed).unwrap();
        assert_eq!(oembed["version"], "1.0");
        assert_eq!(oembed["type"], "rich");
        assert_eq!(oembed["title"], title);
        assert_eq!(oembed["provider_url"], "https://example.org/sub/");
        assert_eq!((&oembed["width"], &oembed["height"]), (&480.into(), &height.into()));
        let frame = scraper::Html::parse_fragment(oembed["html"].as_str().unwrap());
        let frame = frame.select(&scraper::Selector::parse("iframe").unwrap()).next().unwrap();
        assert_eq!(frame.attr("src"), Some(&*format!("https://example.org/sub/{folder}")));
        assert_eq!(frame.attr("title"), Some(title));
    }
    // What readers copy is the same.
    let faq = text(&loaded, "faq/basics/index.html").unwrap();
    let copied = texts(&faq, ".embed-code code");
    assert_eq!(copied.len(), 2);
    assert!(copied[0].contains("https://example.org/sub/faq/basics/embed/why/"), "{copied:?}");
}

#[test]
fn embeds_alone_may_be_framed_and_data_alone_is_open_to_all() {
    let loaded = load(&site(ON));
    for (path, is_framed, is_open) in [
        ("facts/spent/embed/index.html", true, false),
        ("facts/spent/embed/oembed.json", false, true),
        ("players/embed/index.html", false, false),
        ("players/embed/embed/index.html", true, false),
        ("index.html", false, false),
        ("facts.json", false, true),
        ("sources.json", false, true),
        ("theme/search.js", false, false),
        ("theme/page.js", false, false),
        ("players/embed/card.json", false, true),
    ] {
        let output = loaded.site().outputs.get(&OutPath::new(path).unwrap()).expect(path);
        assert_eq!(
            (is_framable(output), OutputHeaders::of(output, &loaded.site().policies).is_open),
            (is_framed, is_open),
            "{path}"
        );
    }
}

#[test]
fn there_are_none_unless_a_site_asks_for_them() {
    for settings in ["", "embeds: false\n"] {
        let loaded = load(&site(settings));
        let embeds = loaded.site().outputs.iter().filter(|output| output.is_embed);
        assert_eq!(embeds.count(), 0);
        assert!(!text(&loaded, "facts/spent/index.html").unwrap().contains("embed"));
    }
}
