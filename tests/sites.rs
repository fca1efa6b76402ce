//! Whole sites: what is built from a folder, to the last file.
//!
//! A fixture is a folder in `tests/sites/` with `content/`, `templates/` and `static/`, as far as it needs them, and
//! what must come of it in `expected/`: `tree.txt` lists every output, `diagnostics.txt` holds what the build says in
//! the short format (no file: nothing), and `pages/`, where there is one, the exact bytes of every page. What is
//! built and not expected fails, and so does what is expected and not built. `BRIEFING_BLESS=1 cargo test --test
//! sites` writes the expectations anew, to be read before they are committed.

#![allow(clippy::disallowed_methods, reason = "reads and blesses expectations")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use support::{SiteTest, Tree, html};

const PARTS: [&str; 3] = ["content", "templates", "static"];

#[test]
fn a_title_is_enough_for_a_first_article() {
    let output = check("first-article", "/");
    let page = page(&output, "articles/hello/index.html");
    assert_eq!(html::texts(page, "h1"), ["Hello"]);
    assert_eq!(html::texts(page, "title"), ["Hello – site"], "named for the folder");
}

#[test]
fn one_of_everything() {
    check("everything", "/");
}

/// An event that many pages show is drawn once, with the site's templates, in the language of each page.
#[test]
fn an_event_of_many_pages_is_in_the_language_of_each() {
    let files = r#"
        //- /content/articles/talks.md
        ---
        title: Talks
        topics: [trade]
        events:
          - {date: 2025-03-04, name: Talks begin, players: [ann, aki], location: Geneva}
        ---
        //- /content/topics/trade.md
        ---
        title: Trade
        ---
        //- /content/players/ann.md
        ---
        name: Ann Ash
        ---
        //- /content/players/aki.md
        ---
        name: Aki Abe
        lang: ja
        ---
    "#;
    let site = SiteTest::new(files);
    let texts = |path: &str, selector: &str| html::texts(&site.page(path), selector);
    site.build(&[]).expect(0);
    let english = ["Where", "Who", "Read more"];
    assert_eq!(texts("timeline/index.html", ".timeline dt"), english);
    assert_eq!(texts("topics/trade/index.html", ".timeline dt"), english);
    assert_eq!(texts("players/ann/index.html", ".timeline dt"), english);
    assert_eq!(texts("players/aki/index.html", ".timeline dt"), ["場所", "参加者", "詳しい記事"]);

    // A site's own component is the one that is drawn.
    let theme = include_str!("../templates/components/parts.html");
    let start = theme.find("{%- component event(").expect("it is in the theme");
    let end = theme.find("{% endcomponent event -%}").expect("it ends");
    let own = "{%- component event(of: map) -%}\n<p class=\"own\">{{ of.name }}</p>\n";
    let parts = format!("{}{own}{}", &theme[..start], &theme[end..]);
    site.edit("/templates/components/parts.html", &parts).build(&[]).expect(0);
    for path in ["timeline/index.html", "players/ann/index.html", "players/aki/index.html"] {
        assert_eq!(texts(path, ".timeline .own"), ["Talks begin"], "{path}");
    }
}

/// A site changes one part of a page, and fills places that the theme leaves empty, without a copy of any template.
#[test]
fn parts_of_the_theme_are_changed_alone() {
    let site = SiteTest::new(
        r#"
        //- /content/articles/talks.md
        ---
        title: Talks
        key_points: [They met.]
        ---
        They talked.
        //- /templates/article.html
        {% extends "theme/article.html" %}
        {% block key_points %}<p class="own">{{ article.key_points | length }} point</p>{% endblock %}
        //- /templates/base.html
        {% extends "theme/base.html" %}
        {% block main %}<p class="unseen-block">nothing</p>{% endblock %}
        //- /templates/slots/head.html
        <meta name="generator" content="{{ site.title }}">
        //- /templates/slots/masthead.html
        <p class="motto">{{ page.kind }}</p>
        //- /templates/slots/before-article.html
        <p class="before">{{ article.genre }}</p>
        //- /templates/slots/after-article.html
        <p class="after">Write to us.</p>
        //- /templates/slots/footer.html
        <p class="imprint">Imprint</p>
        "#,
    );
    site.build(&[]).expect(0);
    let output = site.output();
    let article = page(&output, "articles/talks/index.html");
    for (selector, texts) in [
        ("article .own", &["1 point"][..]),
        ("article .key-points", &[]),
        ("article .text", &["They talked."]),
        ("header .motto", &["article"]),
        ("main > .before", &["background"]),
        ("main > .after", &["Write to us."]),
        (".site-footer .imprint", &["Imprint"]),
    ] {
        assert_eq!(html::texts(article, selector), texts, "{selector}");
    }
    assert_eq!(html::attributes(article, "head meta[name=generator]", "content"), ["site"]);
    let home = page(&output, "index.html");
    assert_eq!(html::texts(home, "header .motto"), ["home"]);
    assert_eq!(html::texts(home, ".before"), [""; 0]);
}

/// The same content with the default theme: the same outputs and diagnostics, and pages that are sound.
#[test]
fn the_default_theme_shows_everything() {
    let site = SiteTest::from_dir(&folder("everything"), &["content", "static"]);
    let run = site.build(&["--format", "short"]).expect(0);
    let output = site.output();
    compare("everything", "tree.txt", &list(&output));
    compare("everything", "diagnostics.txt", &run.diagnostics());
    html::check(&output, "/");
    for (path, selector, texts) in [
        ("articles/treaty/index.html", ".h-entry .p-name", &["The treaty"][..]),
        ("articles/treaty/index.html", ".p-summary", &["What the treaty says, and to whom."]),
        ("articles/treaty/index.html", ".p-author", &["Ann Author", "Bob Byline"]),
        (
            "articles/treaty/index.html",
            "table.key-players tbody th[scope=row]",
            &["Jane Doe", "The Alliance", "Japan"],
        ),
        ("articles/treaty/index.html", "header .changes .label", &["Clarification", "Correction"]),
        (
            "articles/treaty/index.html",
            "header .was-and-now dd",
            &["It was signed on 20 January 1960.", "It was signed by Japan on 19 January 1960."],
        ),
        ("articles/treaty/index.html", ".updates li .change-note", &["Added the vote."]),
        ("faq/basics/index.html", "header .changes .change-note", &["Whose answer it is."]),
        ("corrections/index.html", "main h2", &["The basics", "The treaty", "The treaty"]),
        ("corrections/index.html", "main .details", &["Our policyAbout"]),
        ("index.html", ".site-footer nav a", &["Source code", "Corrections", "Feeds", "Data"]),
        ("articles/withdrawn/index.html", ".banner-title", &["Withdrawn 1 March 2025"]),
        ("articles/withdrawn/index.html", ".banner dd", &["The figures were wrong.", "The treaty"]),
        ("players/jane/index.html", ".h-card .p-name", &["Jane Doe"]),
        ("players/japan/index.html", ".p-note", &["An island country."]),
        ("404.html", "h1", &["Page not found"]),
        ("2019/treaty/index.html", "h1", &["The treaty"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
    for (path, selector, name, values) in [
        ("articles/treaty/index.html", "time.dt-published", "datetime", &["2025-06-20"][..]),
        ("articles/treaty/index.html", "time.dt-updated", "datetime", &["2025-07-03"]),
        ("articles/treaty/index.html", "meta[property='og:title']", "content", &["The treaty"]),
        ("articles/withdrawn/index.html", "meta[name=robots]", "content", &["noindex"]),
        (
            "old-treaty.html",
            "link[rel=canonical]",
            "href",
            &["https://example.org/articles/treaty/"],
        ),
    ] {
        let found = html::attributes(page(&output, path), selector, name);
        assert_eq!(found, values, "{path}: {selector}");
    }
}

/// The record of a city's water policy: figures, events, sources, changes and positions of one site, on each of its pages.
#[test]
fn a_record_of_another_kind() {
    let output = check("water", "/");
    for (path, selector, texts) in [
        ("articles/metering/index.html", ".compare tbody td a", &["19%", "12%", "10–11%"][..]),
        (
            "articles/metering/index.html",
            ".chart figcaption",
            &[
                "Water used at home, for each resident In litres a day",
                "Change in the bill between 2014 and 2024",
            ],
        ),
        (
            "articles/metering/index.html",
            "header .was-and-now dt",
            &["What was wrong", "What is right"],
        ),
        (
            "articles/leaks/index.html",
            ".chart tbody th",
            &["31 December 2024", "31 December 2019", "31 December 2014"],
        ),
        (
            "articles/old-prices/index.html",
            ".banner dd",
            &[
                "The prices are no longer those that are charged.",
                "Meters in every home, and what they changed",
            ],
        ),
        ("corrections/index.html", "main h2", &["Meters in every home, and what they changed"]),
        ("facts/use-per-head/index.html", "h1", &["water that each resident uses at home"]),
        ("sources/salt-study-2022/index.html", "h1", &["Salt in coastal wells"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
    let files = [
        "articles/metering/citation.bib",
        "corrections.xml",
        "facts/use-per-head.svg",
        "sources.json",
        "timeline.ics",
    ];
    for file in files {
        assert!(output.contains_key(file), "{file}");
    }
}

/// Sources are numbered where a page first cites them, lead back to each citation, and have pages of their own.
#[test]
fn a_site_that_cites() {
    let output = check("sources", "/");
    for path in output.keys().filter(|path| path.ends_with(".html")) {
        let page = page(&output, path);
        let cited = html::attributes(page, ".cite a", "href");
        let entries = html::attributes(page, ".sources li", "id");
        let mut first: Vec<&str> = Vec::new();
        for entry in cited.iter().filter_map(|href| href.strip_prefix('#')) {
            if !first.contains(&entry) {
                first.push(entry);
            }
        }
        assert_eq!(first, entries[..first.len()], "{path}: by first citation, the others last");
        for entry in entries {
            let to = |from: &str, with: &str| -> BTreeSet<String> {
                html::attributes(page, from, with).into_iter().collect()
            };
            let back = to(&format!("[id='{entry}'] .backlinks a"), "href");
            let there = to(&format!(".cite a[href='#{entry}']"), "id");
            let there: BTreeSet<_> = there.into_iter().map(|id| format!("#{id}")).collect();
            assert_eq!(back, there, "{path}: {entry}");
        }
    }
    let titles = ".sources cite";
    for (path, selector, texts) in [
        (
            "articles/who-pays/index.html",
            titles,
            &[
                "Audit of the harbour",
                "Letter of the minister",
                "Minutes of the council",
                "The Harbour Act",
                "A book on harbours",
                "https://elsewhere.example/reading",
            ][..],
        ),
        // Its figure rests on it.
        // A correction at its head and an update at its foot cite others.
        (
            "articles/second/index.html",
            titles,
            &["The Harbour Act", "Audit of the harbour", "Minutes of the council"],
        ),
        ("facts/harbour-cost/index.html", titles, &["Audit of the harbour", "The Harbour Act"]),
        (
            "players/mara-voss/index.html",
            titles,
            &["Minutes of the council", "Audit of the harbour"],
        ),
        (
            "sources/audit-2024/index.html",
            ".mention-page a",
            &["Another page on the harbour", "Who pays for the harbour", "Mara Voss"],
        ),
        ("sources/audit-2024/index.html", ".figure-of", &["Cost of the harbour"]),
        (
            "sources/index.html",
            ".source-title",
            &[
                "Audit of the harbour",
                "How fast the harbour silts up Retracted November 2, 2023 Its measurements could not be \
                 repeated.",
                "Minutes of the council",
                "Speech on the harbour",
                "The Harbour Act",
            ],
        ),
        (
            "articles/silt/index.html",
            ".head .banner li",
            &[
                "How fast the harbour silts up Retracted November 2, 2023 Its measurements could not be \
               repeated.",
            ],
        ),
        ("sources/silt-study/index.html", ".banner .label", &["Retracted November 2, 2023"]),
        // A heading links to itself, and a question too.
        ("faq/harbour-questions/index.html", "h2 > .permalink", &["Who decides?", "Since when?"]),
        ("articles/who-pays/index.html", "h3 > .permalink", &["Is it in the law?"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
    let robust = "cite a[data-versionurl]";
    for (name, values) in [
        (
            "href",
            ["https://auditors.example/reports/harbour", "https://council.example/minutes/12"],
        ),
        (
            "data-originalurl",
            ["https://auditors.example/reports/harbour", "https://council.example/minutes/12"],
        ),
        (
            "data-versionurl",
            [
                "https://web.archive.org/web/20240302101500/https://auditors.example/reports/harbour",
                "https://archive.example/council-12",
            ],
        ),
        // The day of the copy as its address has it, else that of reading.
        ("data-versiondate", ["2024-03-02", "2024-04-02"]),
    ] {
        let page = page(&output, "articles/who-pays/index.html");
        assert_eq!(html::attributes(page, robust, name), values, "{name}");
    }
}

/// English, Japanese, and Arabic whose lists leave out what has no translation.
#[test]
fn a_site_in_three_languages() {
    let output = check("translations", "/");
    html::check(&output, "/");
    let cards = "main .card h2, main .card h3";
    for (path, selector, texts) in [
        // What the site says of itself, and whose links they are.
        ("about/index.html", ".site-name", &["Sea Briefing"][..]),
        ("ja/about/index.html", ".site-name", &["海の解説"]),
        ("ja/index.html", ".site-header nav:not(.languages) a", &["記事", "私たちについて"]),
        ("ar/index.html", ".site-header nav:not(.languages) a", &["All stories", "من نحن"]),
        // A path of the first language leads to the same in this one.
        ("ar/index.html", ".site-header a[href='/ar/articles/']", &["All stories"]),
        (
            "ja/articles/summit/index.html",
            "main a[href='/articles/strait/'][hreflang=en]:not([lang])",
            &["別の記事", "英語のまま", "The strait"],
        ),
        ("ja/articles/summit/index.html", ".languages a", &["English", "日本語", "العربية"]),
        // Lists: the language's own pages, then the others unless they are hidden.
        ("articles/index.html", cards, &["The summit", "The strait"]),
        ("ja/articles/index.html", cards, &["首脳会談", "島々", "The strait"]),
        ("ar/articles/index.html", cards, &["القمة"]),
        ("ar/topics/index.html", cards, &[]),
        ("ar/players/index.html", cards, &[]),
        ("ja/players/index.html", cards, &["海峡庁", "ボレア", "アーランド"]),
        ("ja/topics/sea/index.html", ".question-links a", &["Why ships?"]),
        (
            "ja/corrections/index.html",
            ".change-note[lang=en], dd[lang=en]",
            &["Which strait it is.", "The strait.", "The northern strait."],
        ),
        ("ja/corrections/index.html", "main .label, main dt", &["補足", "誤", "正"]),
        // What a page inherits, and what it does not.
        ("ja/articles/summit/index.html", ".p-author", &["Ann Author"]),
        ("ja/articles/summit/index.html", ".fact", &["40 ships", "40 ships"]),
        ("ja/articles/summit/index.html", "time.dt-published", &["2025年6月20日"]),
        ("ja/articles/summit/index.html", ".event-name", &["The summit opens"]),
        (
            "ja/articles/summit/index.html",
            ".key-players tbody tr th[scope=row]",
            &["ボレア", "アーランド"],
        ),
        ("ja/articles/summit/index.html", ".key-players td", &["", "", "", ""]),
        ("articles/summit/index.html", ".p-summary", &["What was agreed at sea."]),
        (
            "ar/articles/summit/index.html",
            ".p-summary, .byline bdi, figcaption",
            &["Ann Author", "الصورة: Ann Author"],
        ),
        (
            "ja/players/borea/index.html",
            ".mention-page a",
            &["首脳会談", "島々", "The strait", "On ships"],
        ),
        ("players/borea/index.html", ".mention-page a", &["The summit", "The strait", "On ships"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
    for (path, selector, name, values) in [
        ("ja/index.html", "html", "lang", &["ja"][..]),
        ("ar/index.html", "html", "dir", &["rtl"]),
        ("ja/articles/summit/index.html", ".u-photo", "alt", &["地図"]),
        ("ar/articles/summit/index.html", ".u-photo", "alt", &[""]),
        // References lead to the page of the reader's language, else of the first. A path is what it is.
        (
            "ja/articles/summit/index.html",
            ".e-content p a[href^='/']",
            "href",
            &[
                "/ja/players/borea/",
                "/players/aland/",
                "/articles/strait/",
                "/ja/articles/summit/#next",
                "/articles/summit/map.png",
                "/articles/strait/",
            ],
        ),
        (
            "articles/strait/index.html",
            ".e-content a",
            "href",
            &["/players/borea/", "/articles/summit/", "/articles/summit/"],
        ),
        (
            "ja/articles/islands/index.html",
            ".e-content a",
            "href",
            &[
                "/ja/articles/summit/",
                "/ja/players/borea/",
                "/ja/players/kaikyo/",
                "/players/aland/",
            ],
        ),
        ("ja/articles/islands/index.html", ".e-content a[hreflang]", "lang", &[]),
        (
            "ja/articles/summit/index.html",
            "link[rel=alternate][hreflang]",
            "href",
            &[
                "https://example.org/articles/summit/",
                "https://example.org/ja/articles/summit/",
                "https://example.org/ar/articles/summit/",
                "https://example.org/articles/summit/",
            ],
        ),
        (
            "ar/articles/summit/index.html",
            ".e-content a",
            "href",
            &["/players/borea/", "/players/aland/", "/articles/strait/"],
        ),
    ] {
        let found = html::attributes(page(&output, path), selector, name);
        assert_eq!(found, values, "{path}: {selector}");
    }
    let hidden = |text: &[u8]| String::from_utf8_lossy(text).contains("まだ");
    assert!(
        !output.values().any(|text| hidden(text)),
        "a page to come has a translation that is there"
    );
}

#[test]
fn what_is_not_public_yet_is_built_on_request() {
    let site = SiteTest::from_dir(&folder("everything"), &["content", "static"]);
    site.build(&[]).expect(0);
    let public = site.output();
    for page in public.values() {
        let text = String::from_utf8_lossy(page);
        for hidden in ["A draft", "A scheduled article", "only-in-a-draft"] {
            assert!(!text.contains(hidden), "{hidden}");
        }
    }
    for (args, more) in [
        (
            &["--drafts"][..],
            &["articles/draft/index.html", "topics/only-in-a-draft/index.html"][..],
        ),
        (&["--future"], &["articles/scheduled/index.html"]),
        (
            &["--drafts", "--future"],
            &[
                "articles/draft/index.html",
                "articles/scheduled/index.html",
                "topics/only-in-a-draft/index.html",
            ],
        ),
        (&[], &[]),
    ] {
        site.build(args).expect(0);
        let output = site.output();
        html::check(&output, "/");
        let mut added = differences(&public, &output).0;
        added.retain(|path| path.ends_with(".html"));
        assert_eq!(added, more, "{args:?}");
        assert!(public.keys().all(|path| output.contains_key(path)), "{args:?}");
    }
    assert_eq!(site.output(), public, "the flags leave nothing behind");
}

#[test]
fn the_clock_publishes_and_expires() {
    let site = SiteTest::from_dir(&folder("everything"), &["content", "static"]);
    for (today, scheduled, expired) in
        [("2025-12-31", false, false), ("2026-01-01", false, true), ("2026-01-02", true, true)]
    {
        site.run(&["build", "--today", today], &[]).expect(0);
        let output = site.output();
        html::check(&output, "/");
        assert_eq!(output.contains_key("articles/scheduled/index.html"), scheduled, "{today}");
        let own = page(&output, "articles/expired/index.html");
        assert_eq!(!html::texts(own, ".banner").is_empty(), expired, "{today}");
        let dates = html::texts(own, ".dates time");
        assert_eq!(dates.contains(&"31 December 2025".to_string()), !expired, "{today}");
    }
}

/// A player that was withdrawn is in no list, a draft topic is nowhere, and a FAQ page is on the article it belongs to.
#[test]
fn a_local_time_is_read_in_the_time_zone_of_the_site() {
    let site = SiteTest::new(
        "
        //- /content/site.yaml
        title: T
        timezone: Europe/London
        //- /content/articles/a.md
        ---
        title: A
        published: 2025-07-01 09:30
        ---
        Text.
        ",
    );
    // 08:29:59 and 08:30:00 in UTC.
    for (now, zone, public, shown) in [
        ("1751358599", "Europe/London", false, ""),
        ("1751358600", "Europe/London", true, "2025-07-01T09:30:00+01:00"),
        ("1751358600", "UTC", false, ""),
        ("1751358600", "Asia/Tokyo", true, "2025-07-01T09:30:00+09:00"),
    ] {
        site.edit("content/site.yaml", &format!("title: T\ntimezone: {zone}\n"));
        site.run(&["build"], &[("SOURCE_DATE_EPOCH", now)]).expect(0);
        let output = site.output();
        let page = output.get("articles/a/index.html").map(|page| String::from_utf8_lossy(page));
        assert_eq!(page.is_some(), public, "{now} {zone}");
        assert!(page.is_none_or(|page| page.contains(&format!("datetime=\"{shown}\""))), "{zone}");
    }
}

#[test]
fn a_long_summary_is_shown_whole_on_its_page_and_cut_at_a_word_elsewhere() {
    let words = "word ".repeat(70);
    let summary = words.trim_end();
    let site = SiteTest::new("//- /content/site.yaml\ntitle: T\n");
    site.edit("content/articles/a.md", &format!("---\ntitle: A\nsummary: {summary}\n---\nText.\n"));
    let run = site.build(&[]).expect(0);
    assert!(run.stderr.contains("warning[long-text]"), "{}", run.stderr);
    let output = site.output();
    let own = page(&output, "articles/a/index.html");
    assert_eq!(html::texts(own, ".p-summary"), [summary]);
    let cut = format!("{}…", "word ".repeat(60).trim_end());
    assert!(own.contains(&format!("<meta name=\"description\" content=\"{cut}\">")), "{own}");
    let list = page(&output, "articles/index.html");
    assert!(list.contains(&cut) && !list.contains(summary), "{list}");
}

#[test]
fn lists_hold_what_is_public_and_belongs_there() {
    let site = SiteTest::new(
        "//- /content/players/japan.md\n---\nname: Japan\n---\n\
         //- /content/players/former.md\n---\nname: Former\nstatus: withdrawn\n---\n\
         //- /content/topics/talks.md\n---\ntitle: Talks\n---\n\
         //- /content/topics/plan.md\n---\ntitle: Plan\nstatus: draft\n---\n\
         //- /content/faq/named.md\n---\ntitle: Named\narticle: a\ntopics: [talks, talks]\n---\n## Why?\n\nSo.\n\
         //- /content/faq/basics.md\n---\ntitle: Basics\narticle: a\n---\n## How?\n\nSo.\n\
         //- /content/faq/gone.md\n---\ntitle: Gone\nstatus: withdrawn\n---\n## Was it?\n\nNo.\n\
         //- /content/faq/other.md\n---\ntitle: Other\n---\n## Where?\n\nHere.\n\
         //- /content/articles/a.md\n---\ntitle: A\ntopics: [talks, plan]\nplayers: [japan, former]\nfaq: [named, gone]\n---\n",
    );
    site.build(&[]).expect(0);
    let output = site.output();
    html::check(&output, "/");
    assert!(!output.contains_key("topics/plan/index.html"));
    for (path, selector, texts) in [
        ("topics/talks/index.html", ".cards-small h3", &["Japan"][..]),
        ("topics/talks/index.html", ".question-links a", &["Why?"]),
        ("articles/a/index.html", "ul.topics li", &["Talks"]),
        ("articles/a/index.html", ".question-links a", &["Why?", "How?"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
}

#[test]
fn long_lists_are_paged_and_a_new_article_changes_two_pages_of_the_index() {
    let site =
        SiteTest::new("//- /content/players/japan.md\n---\nname: Japan\nkind: country\n---\n");
    let article = |number: usize| {
        let text = format!(
            "---\ntitle: Article {number}\npublished: 2025-{:02}-{:02}\nplayers:\n  - {{player: japan, \
             position: Says {number}.}}\nevents:\n  - {{date: 2025-01-01, name: Event {number}, players: \
             japan}}\ntopics: talks\nfaq:\n  - {{q: What is {number}?, a: \"It is [[japan]].\"}}\n---\n\
             Of [[japan]].\n",
            number / 28 + 1,
            number % 28 + 1
        );
        site.edit(&format!("content/articles/a{number:03}.md"), &text);
    };
    (0..245).for_each(article);
    site.build(&[]).expect(0);
    let before = site.output();
    html::check(&before, "/");
    // The questions of a site are an index by name: its first page is the first of three.
    let mut expected: Vec<_> =
        (2..=3).map(|number| format!("faq/page/{number}/index.html")).collect();
    for list in ["articles", "timeline", "players/japan/mentions", "players/japan/positions"] {
        expected.extend((1..=3).map(|number| format!("{list}/page/{number}/index.html")));
    }
    for list in ["players/japan/questions", "players/japan/timeline", "topics/talks/articles"] {
        expected.extend((1..=3).map(|number| format!("{list}/page/{number}/index.html")));
    }
    for list in ["topics/talks/questions", "topics/talks/timeline"] {
        expected.extend((1..=3).map(|number| format!("{list}/page/{number}/index.html")));
    }
    expected.sort();
    let paged: Vec<_> = before.keys().filter(|path| path.contains("/page/")).cloned().collect();
    assert_eq!(paged, expected);

    let titles = |path: &str| html::texts(page(&before, path), "main .card h2, main .card h3");
    let numbers = |range: std::ops::Range<usize>| -> Vec<String> {
        range.rev().map(|number| format!("Article {number}")).collect()
    };
    assert_eq!(titles("articles/index.html"), numbers(225..245), "the newest come first");
    assert_eq!(
        titles("articles/page/1/index.html"),
        numbers(0..100),
        "pages count from the oldest"
    );
    assert_eq!(titles("articles/page/2/index.html"), numbers(100..200));
    assert_eq!(titles("articles/page/3/index.html"), numbers(200..245));

    // Every article can be reached from the index by its links to the next page.
    let mut path = "articles/index.html".to_string();
    let mut reached = BTreeSet::new();
    loop {
        reached.extend(titles(&path));
        let next = html::attributes(page(&before, &path), "a[rel=next]", "href");
        let Some(next) = next.first() else { break };
        path = format!("{}index.html", next.trim_start_matches('/'));
    }
    assert_eq!(reached.len(), 245);

    article(245);
    site.build(&[]).expect(0);
    let after = site.output();
    html::check(&after, "/");
    let (new, changed) = differences(&before, &after);
    assert_eq!(new, ["articles/a245/index.html", "search/text/1960.txt"]);
    for (folder, lists) in [
        ("articles/", &["page"][..]),
        ("players/japan/", &["mentions/page", "positions/page", "questions/page", "timeline/page"]),
        ("topics/talks/", &["articles/page", "questions/page", "timeline/page"]),
    ] {
        let mut expected = vec![format!("{folder}index.html")];
        expected.extend(lists.iter().map(|list| format!("{folder}{list}/3/index.html")));
        expected.sort();
        let lists = |path: &&String| {
            let below = path.strip_prefix(folder);
            below.is_some_and(|below| below == "index.html" || below.contains("page/"))
        };
        let changed: Vec<_> = changed.iter().filter(lists).cloned().collect();
        assert_eq!(changed, expected, "the first page of each list and its newest");
    }
}

#[test]
fn alphabetical_indexes_are_paged() {
    let site = SiteTest::new("//- /content/site.yaml\ntitle: Many\nlang: ar\n");
    for number in 0..101 {
        let player = format!("---\nname: Player {number:03}\n---\n");
        site.edit(&format!("content/players/p{number}.md"), &player);
        let topic = format!("---\ntitle: Topic {number:03}\nparent: t0\n---\n");
        let topic = if number == 0 { topic.replace("parent: t0\n", "") } else { topic };
        site.edit(&format!("content/topics/t{number}.md"), &topic);
        let faq = format!("---\ntitle: Page {number:03}\n---\n## What is {number}?\nA number.\n");
        site.edit(&format!("content/faq/f{number}.md"), &faq);
    }
    site.build(&[]).expect(0);
    let output = site.output();
    html::check(&output, "/");
    for (index, selector, name) in [
        ("players", ".card h3", "Player 100"),
        ("topics", ".card h2", "Topic 100"),
        ("faq", "h2", "Page 100"),
    ] {
        let first = page(&output, &format!("{index}/index.html")).to_string();
        let second = page(&output, &format!("{index}/page/2/index.html"));
        assert_eq!(html::texts(&first, &format!("main {selector}")).len(), 100, "{index}");
        assert_eq!(html::texts(second, &format!("main {selector}")), [name], "{index}");
        let next = html::attributes(&first, "a[rel=next]", "href");
        assert_eq!(next, [format!("/{index}/page/2/")]);
        assert_eq!(html::attributes(second, "a[rel=prev]", "href"), [format!("/{index}/")]);
        assert!(!output.contains_key(&format!("{index}/page/3/index.html")), "{index}");
        assert_eq!(html::attributes(second, "html", "dir"), ["rtl"]);
    }
    let parts = html::texts(page(&output, "topics/t0/index.html"), "main .card");
    assert_eq!(parts.len(), 20, "a page's own list ends, and leads to the index");
}

#[test]
fn a_site_needs_little() {
    let always = [
        "404.html",
        "articles",
        "faq",
        "favicon.ico",
        "index.html",
        "players",
        "timeline",
        "topics",
    ];
    for (path, text, own, list) in [
        ("static/a.txt", "a", "a.txt", None),
        ("content/players/x.md", "---\nname: X\n---\n", "players/x/index.html", Some("players")),
        ("content/pages/x.md", "---\ntitle: X\n---\n", "x/index.html", None),
        (
            "content/faq/x.md",
            "---\ntitle: X\n---\n## Why?\nSo.\n",
            "faq/x/index.html",
            Some("questions"),
        ),
    ] {
        let site = SiteTest::new("//- /content/site.yaml\ntitle: Little\n");
        // The indexes are there before anything is in them.
        let index = |path: &&str| match path.contains('.') {
            true => path.to_string(),
            false => format!("{path}/index.html"),
        };
        let mut paths: BTreeSet<String> = always.iter().map(index).collect();
        for own in [None, Some(own)] {
            if let Some(own) = own {
                site.edit(path, text);
                paths.insert(own.into());
                if let Some(list) = list {
                    let schema = format!("api/{list}.schema.json");
                    paths.extend(["api/index.html".into(), format!("{list}.json"), schema]);
                }
                if list == Some("players") {
                    let card = own.replace("index.html", "card.json");
                    paths.extend(["api/card.schema.json".into(), card]);
                }
            }
            site.build(&[]).expect(0);
            let mut output = site.output();
            html::check(&output, "/");
            output.retain(|path, _| !path.starts_with("theme/") && !path.starts_with("search/"));
            assert_eq!(output.into_keys().collect::<BTreeSet<_>>(), paths);
        }
    }
}

/// Markup in a text is shown, wherever a page prints that text.
#[test]
fn text_is_never_markup() {
    let site = SiteTest::new(
        r#"
        //- /content/site.yaml
        title: "<i>Site</i> & \"co\""
        description: "<i>d</i>"
        publisher: "<i>p</i>"
        nav: {text: "<i>n</i>", to: /articles/}
        //- /content/articles/a/index.md
        ---
        title: "<i>A</i> & \"b\""
        summary: "</p><script>x()</script>"
        dateline: "<i>d</i>"
        published: 2025-01-01
        authors: {name: "<i>a</i>", url: "https://e.org/?a=1&b=\"><i>"}
        topics: t
        players: {player: x, role: "<i>r</i>", position: "<i>p</i> & *c*", source: s}
        key_points: "<img src=x onerror=y()>"
        faq: {q: "What & <i>why</i>?", a: "<script>x()</script>"}
        facts: {f: {value: 1, unit: "<i>u</i>", of: "<i>o</i>"}}
        events: {date: 2025, name: "<i>e</i>", location: "<i>l</i>", players: x}
        sources: {id: s, title: "<i>t</i>", author: "<i>a</i>", publisher: "<i>p</i>", url: "https://e.org/?a&b"}
        changes: {date: 2025-01-02, kind: update, note: "<i>n</i>"}
        image: {src: logo.svg, alt: "\"><i>", credit: "<i>c</i>", caption: "<i>c</i>"}
        ---
        <script>x()</script> [[x]] of [[fact:f]].[^s]

        ## A <i>b</i> & c

        > [!NOTE] <i>t</i>
        > Text.

        ![" onerror="x()](logo.svg "<i>")
        //- /content/articles/a/logo.svg
        <svg xmlns="http://www.w3.org/2000/svg"/>
        //- /content/players/x.md
        ---
        name: "<i>X</i> & \"y\""
        summary: "<i>s</i>"
        native_name: "<i>n</i>"
        links: {text: "<i>l</i>", url: "https://e.org/"}
        ids: {"<i>s</i>": "<i>v</i>"}
        posts: {title: "<i>p</i>", org: "<I>O</I>"}
        relations: {to: x, type: "<i>r</i>"}
        ---
        //- /content/topics/t.md
        ---
        title: "<i>T</i>"
        summary: "<i>s</i>"
        ---
        "#,
    );
    site.build(&[]).expect(0);
    let output = site.output();
    html::check(&output, "/");
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
        // The titles in the lines of bibliographies, which hold text alone.
        let titles = html::texts(text, ".cite-page i");
        assert_eq!(html::texts(text, ".cite-page i *"), [""; 0], "{path}");
        // The search is found by its own script, and pages have one.
        assert_eq!(html::texts(text, "i, script:not([src^='/theme/'])"), titles, "{path}");
    }
    let article = page(&output, "articles/a/index.html");
    assert_eq!(html::texts(article, "h1"), ["<i>A</i> & “b”"]);
    assert_eq!(html::texts(article, ".p-summary"), ["</p><script>x()</script>"]);
    assert_eq!(html::attributes(article, "img.u-photo", "alt"), ["“><i>"]);
    assert_eq!(html::texts(page(&output, "players/x/index.html"), "h1"), ["<i>X</i> & \"y\""]);
}

#[test]
fn a_site_below_a_path_has_that_path_in_every_link() {
    let output = check("project-path", "/project/");
    for (path, bytes) in &output {
        let Some(place) = path.strip_suffix("index.html") else { continue };
        let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
        let canonical = html::attributes(text, "link[rel=canonical]", "href");
        let moved = if path == "old/index.html" { "articles/talks/" } else { place };
        assert_eq!(canonical, [format!("https://example.org/project/{moved}")], "{path}");
    }
    assert_eq!(
        html::attributes(page(&output, "articles/talks/index.html"), ".e-content a", "href"),
        [
            "/project/players/japan/",
            "/project/players/japan/",
            "/project/players/japan/",
            "https://example.org/project/about/",
        ]
    );
}

/// What `.ci/hosts` asks of every kind of host is written by the same build.
#[test]
fn hosts_are_told_what_has_moved() {
    let output = check("hosts", "/");
    for path in
        ["_redirects", "vercel.json", "staticwebapp.config.json", "_hosts/nginx.conf", ".htaccess"]
    {
        let text = page(&output, path);
        assert!(text.contains("/articles/talks/"), "{path}");
        assert!(!text.contains("secret"), "{path}");
    }
}

#[test]
fn another_address_needs_no_edit() {
    let site = SiteTest::from_dir(&folder("project-path"), &PARTS);
    site.edit(
        "content/articles/talks.md",
        "---\ntitle: Talks\nplayers: japan\ntopics: talks\n---\n[Japan](/players/japan/)\n",
    );
    for (address, base) in [("https://example.net", "/"), ("http://localhost:8000/a/b/", "/a/b/")] {
        site.build(&["--base-url", address]).expect(0);
        html::check(&site.output(), base);
    }
}

#[test]
fn a_file_of_the_site_replaces_one_file_of_the_theme() {
    let output = check("overrides", "/");
    let ours = |path: &str| !html::texts(page(&output, path), ".ours").is_empty();
    assert!(ours("articles/talks/index.html"));
    assert!(!ours("players/japan/index.html"));
    assert_eq!(html::texts(page(&output, "players/japan/index.html"), ".h-card h1"), ["Japan"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, from) in [
        ("theme/style.css", folder("overrides").join("static/theme/style.css")),
        ("theme/icon.svg", root.join("static/theme/icon.svg")),
    ] {
        assert_eq!(output[path], fs::read(from).expect("the file is there"), "{path}");
    }
}

/// The theme's own sheet has a name that changes with its bytes; a site gives it a colour, adds rules, or replaces it.
#[test]
fn a_site_has_a_look_of_its_own() {
    let site = SiteTest::new("//- /content/site.yaml\ntitle: T\n");
    let sheets = |site: &SiteTest| {
        site.run(&["build"], &[]).expect(0);
        let output = site.output();
        html::check(&output, "/");
        let hrefs = html::attributes(page(&output, "index.html"), "link[rel=stylesheet]", "href");
        let first = std::str::from_utf8(&output[&hrefs[0][1..]]).expect("CSS is text").to_owned();
        let preloaded = html::attributes(page(&output, "index.html"), "link[rel=preload]", "href");
        (hrefs, first, preloaded)
    };
    let (plain, css, fonts) = sheets(&site);
    assert_eq!(plain.len(), 1, "{plain:?}");
    assert!(
        plain[0].starts_with("/theme/style.")
            && plain[0].len() == "/theme/style.01234567.css".len()
    );
    assert!(
        css.starts_with("@layer reset,tokens,base,components,page,site;")
            || css.starts_with("@layer reset, tokens")
    );
    assert_eq!(fonts.len(), 2);
    for font in &fonts {
        assert!(css.contains(&format!("url({})", &font["/theme/".len()..])), "{font}");
    }

    site.edit("content/site.yaml", "title: T\ntheme: {accent: '#8A1538'}\n");
    let (coloured, css, _) = sheets(&site);
    assert_ne!(coloured, plain);
    assert!(css.contains("{--accent-light:#8a1538;--accent-dark:#"), "{}", &css[css.len() - 200..]);

    site.edit("content/site.yaml", "title: T\ntheme: {paper: '#fffaf2', fonts: system}\n");
    let (_, css, fonts) = sheets(&site);
    let tokens = "{--paper-light:#fffaf2;--wash-light:#f7f2ea;--serif-face:ui-serif;--sans-face:ui-sans-serif}";
    assert!(css.contains(tokens), "{}", &css[css.len() - 200..]);
    assert_eq!(fonts.len(), 0, "readers load none");

    site.edit(
        "content/site.yaml",
        "title: T\ntheme: {radius: none, density: airy, figures: false}\n",
    );
    let (_, css, _) = sheets(&site);
    assert!(
        css.contains("{--radius:0px;--pill:0px;--pace:1.35;--looser:.1}"),
        "{}",
        &css[css.len() - 400..]
    );
    assert!(css.ends_with("{display:none}}}}\n"), "{}", &css[css.len() - 400..]);

    site.edit("content/site.yaml", "title: T\ntheme: {accent: '#8A1538'}\n");
    site.edit("static/theme/site.css", "h1 { color: red }\n");
    let (added, ..) = sheets(&site);
    assert_eq!(added, [coloured[0].as_str(), "/theme/site.css"]);

    site.edit("static/theme/style.css", "h1 { color: blue }\n");
    let (own, css, fonts) = sheets(&site);
    assert_eq!(own, ["/theme/style.css", "/theme/site.css"]);
    assert_eq!((css.as_str(), fonts.len()), ("h1 { color: blue }\n", 0));
}

/// The logo has its words beside it, or in its text alternative; search engines get it as that of the publisher.
#[test]
fn a_site_shows_its_logo() {
    let site = SiteTest::new(
        r#"
        //- /static/logo.svg
        <svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"/>
        //- /static/logo-dark.svg
        <svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"/>
        //- /content/articles/a.md
        ---
        title: A
        ---
        "#,
    );
    let built = |logo: &str| {
        let head = "title: The <Site>\nbase_url: https://example.org/sub/\npublisher: P\n";
        site.edit("content/site.yaml", &format!("{head}theme: {{logo: /logo.svg{logo}}}\n"));
        site.run(&["build"], &[]).expect(0);
        let output = site.output();
        html::check(&output, "/sub/");
        output
    };
    let of = |output: &Tree, path: &str, attribute: &str| {
        html::attributes(page(output, path), ".site-name img", attribute)
    };
    let article = "articles/a/index.html";
    let output = built("");
    assert_eq!(of(&output, article, "src"), ["/sub/logo.svg"]);
    assert_eq!(of(&output, article, "width"), ["80"]);
    assert_eq!(of(&output, article, "alt"), [""]);
    assert_eq!(html::texts(page(&output, article), ".site-name a"), ["The <Site>"]);
    assert_eq!(of(&output, article, "class"), ["logo logo-plate"]);
    assert!(page(&output, article).contains(
        "\"logo\":{\"@type\":\"ImageObject\",\"url\":\"https://example.org/sub/logo.svg\""
    ));
    // At home the title of the page says it.
    assert_eq!(html::texts(page(&output, "index.html"), ".site-name"), [""]);
    assert_eq!(of(&output, "index.html", "alt"), [""]);

    let output = built(", wordmark: true");
    assert_eq!(html::texts(page(&output, article), ".site-name a"), ["The <Site>"]);
    let output = built(", wordmark: Words");
    assert_eq!(html::texts(page(&output, article), ".site-name a"), ["Words"]);

    let output = built(", wordmark: false, logo_dark: /logo-dark.svg");
    assert_eq!(of(&output, article, "src"), ["/sub/logo.svg", "/sub/logo-dark.svg"]);
    assert_eq!(of(&output, article, "alt"), ["The <Site>"; 2]);
    assert_eq!(of(&output, article, "class"), ["logo logo-light", "logo logo-dark"]);
    assert_eq!(html::texts(page(&output, article), ".site-name a"), [""]);

    let output = built(", logo_dark: /logo.svg");
    assert_eq!(of(&output, article, "class"), ["logo"]);
}

/// The parts of an article come in its own order or the site's, in the contents too, and sources are numbered as readers meet
/// them.
#[test]
fn articles_have_their_parts_in_order() {
    let site = SiteTest::new(
        r#"
        //- /content/articles/a.md
        ---
        title: A
        key_points: ["Point.[^one]"]
        players: [{player: ann, position: For., source: two}]
        events: [{date: 2020, name: It was.}]
        sources:
          - {id: one, title: One}
          - {id: two, title: Two}
          - {id: three, title: Three}
        ---
        Text.[^three]

        ## B

        ## C

        ## D

        ## E
        //- /content/players/ann.md
        ---
        name: Ann Lee
        ---
        //- /templates/article.html
        {% extends "theme/article.html" %}
        {% block timeline %}<section id="own">{{ super() }}</section>{% endblock timeline %}
        "#,
    );
    let built = |order: &str| {
        site.edit("content/site.yaml", &format!("title: T\n{order}"));
        site.run(&["build"], &[]).expect(0);
        let output = site.output();
        html::check(&output, "/");
        let own = page(&output, "articles/a/index.html").to_owned();
        let parts = [
            "class=\"key-points\"",
            "class=\"with-margin\"",
            "id=\"b-players\"",
            "id=\"own\"",
            "class=\"sources\"",
        ];
        let places = parts.map(|part| own.find(part).unwrap_or_else(|| panic!("{part}")));
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| places[*at]);
        let sources = html::texts(&own, ".sources cite");
        (order, html::attributes(&own, ".further a", "href"), sources)
    };
    let (order, further, sources) = built("");
    assert_eq!(order, [0, 1, 2, 3, 4]);
    assert_eq!(further, ["#b-players", "#b-timeline", "#b-sources"]);
    assert_eq!(sources, ["One", "Three", "Two"]);
    let (order, further, sources) = built("theme: {order: [sources, timeline, players, text]}\n");
    assert_eq!(order, [4, 3, 2, 1, 0]);
    assert_eq!(further, ["#b-sources", "#b-timeline", "#b-players"]);
    assert_eq!(sources, ["Two", "Three", "One"]);
    // What an article names comes first; the rest follows in the site's order.
    let text =
        std::fs::read_to_string(site.path().join("content/articles/a.md")).expect("it is there");
    let text = text.replace("title: A", "title: A\norder: [players, text]");
    site.edit("content/articles/a.md", &text);
    let (order, further, sources) = built("");
    assert_eq!(order, [2, 1, 0, 3, 4]);
    assert_eq!(further, ["#b-players", "#b-timeline", "#b-sources"]);
    assert_eq!(sources, ["Two", "Three", "One"]);
    let (order, ..) = built("theme: {order: sources}\n");
    assert_eq!(order, [2, 1, 4, 0, 3]);
}

/// A page's policy lets it load what it shows, and nothing else.
#[test]
fn a_page_says_what_it_may_load() {
    let site = SiteTest::new(
        r#"
        //- /content/articles/a.md
        ---
        title: A
        ---
        ![One](https://pictures.example/a.png) ![Two](https://pictures.example/b.png?x=;%20y) ![Own](/theme/icon.svg)
        //- /content/articles/b.md
        ---
        title: B
        ---
        Text.
        "#,
    );
    let policies = |site: &SiteTest, path: &str| {
        site.run(&["build"], &[]).expect(0);
        let output = site.output();
        html::attributes(page(&output, path), "meta[http-equiv=Content-Security-Policy]", "content")
    };
    let expected = |pictures: &str| {
        format!(
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:{pictures}; \
             media-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
             base-uri 'none'"
        )
    };
    let of_a = expected(" https://pictures.example");
    assert_eq!(policies(&site, "articles/a/index.html"), [of_a]);
    assert_eq!(policies(&site, "articles/b/index.html"), [expected("")]);
    site.edit("content/site.yaml", "title: T\ncontent_trust: trusted\n");
    assert_eq!(policies(&site, "articles/a/index.html"), [""; 0]);
}

/// The home page says what changed; an article how long it takes to read, and who is who with a portrait or letters.
#[test]
fn readers_see_what_changed_and_who_is_who() {
    let site = SiteTest::new(
        r#"
        //- /content/articles/a.md
        ---
        title: A
        published: 2025-01-01
        players: [{player: ann, position: For.}, {player: bo, position: Against.}]
        changes:
          - {date: 2025-02-01, kind: update, note: A vote was added.}
          - {date: 2025-03-01, kind: correction, was: Two., now: Three.}
        ---
        Text.
        //- /content/articles/draft.md
        ---
        title: Draft
        status: draft
        changes: [{date: 2025-04-01, kind: update, note: Hidden.}]
        ---
        Text.
        //- /content/players/ann.md
        ---
        name: Ann Lee
        image: {src: /ann.svg, alt: Ann Lee}
        ---
        //- /content/players/bo.md
        ---
        name: Bo van Dam
        image: {src: https://elsewhere.example/bo.png, alt: Bo}
        ---
        "#,
    );
    site.edit("static/ann.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    site.run(&["build"], &[]).expect(0);
    let output = site.output();
    let home = page(&output, "index.html");
    assert_eq!(
        html::texts(home, ".changed .change-date time"),
        ["March 1, 2025", "February 1, 2025"]
    );
    assert_eq!(html::texts(home, ".changed .changed-page"), ["A", "A"]);
    assert_eq!(html::texts(home, ".changed dd"), ["Two.", "Three."]);
    let article = page(&output, "articles/a/index.html");
    assert_eq!(html::texts(article, ".meta dd").last().map(String::as_str), Some("1 minute"));
    assert_eq!(html::texts(article, ".key-players th[scope=row]"), ["Ann Lee", "Bo van Dam"]);
    assert_eq!(html::attributes(article, ".key-players .face", "data-letters"), ["BD"]);
    assert_eq!(html::attributes(article, ".key-players .face img", "src"), ["/ann.svg"]);
}

#[test]
fn pages_have_languages() {
    let output = check("languages", "/");
    for (path, lang, skip, published) in [
        ("index.html", "de", "Zum Inhalt", None),
        ("articles/gespraech/index.html", "de", "Zum Inhalt", Some("5. März 2025")),
        ("articles/entretien/index.html", "fr", "Aller au contenu", Some("6 mars 2025")),
        ("articles/arabic/index.html", "ar", "انتقل إلى المحتوى", None),
        ("players/japan/index.html", "de", "Zum Inhalt", None),
    ] {
        let page = page(&output, path);
        assert_eq!(html::attributes(page, "html", "lang"), [lang], "{path}");
        assert_eq!(html::texts(page, "body > a")[0], skip, "{path}");
        let dates = html::texts(page, "time.dt-published");
        assert_eq!(dates.first().map(String::as_str), published, "{path}");
    }
    let list = page(&output, "articles/index.html");
    // A card says when its title and summary are not in the page's language. Its label and its date are.
    for (attribute, expected) in
        [("lang", ["fr", "fr", "ar", "ar"]), ("dir", ["ltr", "ltr", "rtl", "rtl"])]
    {
        let found = html::attributes(list, "main [lang]", attribute);
        assert_eq!(found, expected, "{attribute}");
    }
    assert_eq!(html::attributes(list, "main .kicker[lang], main time[lang]", "lang"), [""; 0]);
    // What runs the other way is isolated, so that no sign or digit changes its place.
    let arabic = page(&output, "articles/arabic/index.html");
    assert_eq!(html::attributes(arabic, "html", "dir"), ["rtl"]);
    assert_eq!(html::texts(arabic, ".text .fact > bdi"), ["3.5% من GDP"]);
    assert_eq!(html::texts(arabic, ".figure-text bdi"), ["3.5% من GDP"]);
    assert_eq!(html::texts(arabic, "cite bdi"), ["The Hague declaration"]);
}

/// The site of this repository has nothing to complain of, now and later.
#[test]
fn texts_have_the_signs_of_their_language() {
    let output = check("signs", "/");
    for (path, selector, texts) in [
        ("articles/index.html", ".site-name", &["It’s “Briefed”"][..]),
        ("articles/talks/index.html", "h1", &["What’s in the “deal” – and what isn’t"]),
        (
            "articles/talks/index.html",
            ".p-summary",
            &["“It’s done,” the minister’s office said; see https://example.org/a--b."],
        ),
        ("articles/talks/index.html", ".event-name", &["The “last” round"]),
        (
            "articles/talks/index.html",
            ".text > h2 + p",
            &["The 6′2″ minister’s “plan” isn’t signed."],
        ),
        ("articles/accord/index.html", "h1", &["L’accord « historique »"]),
        ("articles/accord/index.html", ".text > p", &["Il l’a dit : « Oui »."]),
        ("articles/bouei/index.html", "h1", &["防衛費の“上限”"]),
        ("articles/bouei/index.html", ".p-summary", &["防衛費は増えた。 GDP 比 2 % だ。"]),
        ("articles/bouei/index.html", ".text > p", &["彼は“はい”と言った。"]),
        // A name stays as its owner writes it.
        ("players/vann/index.html", "h1", &["Conan O'Vann"]),
    ] {
        assert_eq!(html::texts(page(&output, path), selector), texts, "{path}: {selector}");
    }
    let article = page(&output, "articles/talks/index.html");
    assert_eq!(html::attributes(article, "img.u-photo", "alt"), ["The “deal”’s first page"]);
}

#[test]
fn the_shipped_site_builds_without_a_diagnostic() {
    let site = SiteTest::from_dir(Path::new(env!("CARGO_MANIFEST_DIR")), &PARTS);
    for today in [&[][..], &["--today", "2026-01-01"], &["--today", "2035-01-01"]] {
        let run = site.run(&[&["build", "--format", "short"], today].concat(), &[]).expect(0);
        assert_eq!(run.diagnostics(), "", "{today:?}");
        assert!(!run.summary().contains(';'), "{}", run.summary());
        html::check(&site.output(), "/");
    }
}

/// What is checked on every page is found when it is wrong.
#[test]
fn the_checks_of_pages_find_each_fault() {
    let page = |main: &str| {
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title></head>\
             <body><a href=\"#m\">Skip</a><main id=m><h1>T</h1>{main}</main></body></html>"
        )
    };
    let found = |text: &str| {
        let files = [("a/index.html", text), ("logo.svg", ""), ("404.html", &*page(""))];
        let output = files.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()));
        html::problems(&Tree::from(output), "/base/")
    };
    for sound in [
        "",
        "<a href='/base/a/#m'>x</a><a href='../logo.svg?v=1'>x</a><a href='https://e.org/'>x</a>",
        "<h2 id='b%'>x</h2><a href='#b%25'>x</a><img src='../logo.svg' alt=''>",
        "<table><caption>x</caption></table><table><tr><th scope=col>x</table>",
    ] {
        assert_eq!(found(&page(sound)), [""; 0], "{sound}");
    }
    for (main, problem) in [
        ("<h1>x</h1>", "2 h1"),
        ("<h3>x</h3>", "h1 is followed by <h3>x</h3>"),
        ("<h2></h2>", "an empty <h2></h2>"),
        ("<p id=m></p>", "two ids `m`"),
        ("<p id='a b'></p>", "the id `a b`"),
        ("</div>", "HTML: "),
        ("<p style='color:red'></p>", "an inline style"),
        ("<p onclick='x()'></p>", "an inline script in onclick"),
        ("<script>x()</script>", "inline <script>"),
        ("<img src='../logo.svg'>", "no alt"),
        ("<table><tr><td>x</table>", "a table without"),
        ("<nav aria-labelledby=x></nav>", "aria-labelledby names `x`"),
        ("<a href=''>x</a>", "an empty href"),
        ("<a href='/a/'>x</a>", "`/a/` is not below /base/"),
        ("<a href='/base/b/'>x</a>", "`/base/b/` leads to no file"),
        ("<a href='../../x'>x</a>", "`../../x` leaves the site"),
        ("<a href='#x'>x</a>", "`#x` leads to no id in a/index.html"),
        ("<a href='../logo.svg#x'>x</a>", "`../logo.svg#x` leads to no id"),
        ("<img alt='' srcset='../logo.svg 1x, ../2.svg 2x'>", "`../2.svg` leads to no file"),
    ] {
        let problems = found(&page(main));
        let named = |found: &String| found.starts_with(&format!("a/index.html: {problem}"));
        assert!(problems.iter().any(named), "{main}: {problems:?}");
    }
    for (from, to, problem) in [
        ("<!doctype html>", "", "no doctype"),
        (" lang=en", "", "no lang"),
        ("<title>T</title>", "", "0 titles"),
        ("<title>T</title>", "<title></title>", "an empty <title>"),
        ("<main id=m>", "<main>", "the first link is `#m`"),
        ("<a href=\"#m\">Skip</a>", "", "the first link is ``"),
    ] {
        let problems = found(&page("").replacen(from, to, 1));
        let named = |found: &String| found.starts_with(&format!("a/index.html: {problem}"));
        assert!(problems.iter().any(named), "{problem}: {problems:?}");
    }
}

/// Builds a fixture and holds the output against what is expected of it. Returns the output.
#[track_caller]
fn check(name: &str, base: &str) -> Tree {
    let site = SiteTest::from_dir(&folder(name), &PARTS);
    let run = site.build(&["--format", "short"]).expect(0);
    let output = site.output();
    compare(name, "diagnostics.txt", &run.diagnostics());
    compare(name, "tree.txt", &list(&output));
    let pages = folder(name).join("expected/pages");
    if pages.exists() {
        if support::blessing() {
            fs::remove_dir_all(&pages).expect("expectations can be removed");
        }
        let built = output.iter().filter(|(path, _)| path.ends_with(".html"));
        let built: Vec<(&String, &str)> = built
            .map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
            .collect();
        for (path, text) in &built {
            compare(name, &format!("pages/{path}"), text);
        }
        let expected: Vec<String> = support::tree(&pages).into_keys().collect();
        let built: Vec<String> = built.into_iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(built, expected, "pages built, and pages expected");
    }
    html::check(&output, base);
    output
}

/// Holds a text against a file of a fixture's expectations.
#[track_caller]
fn compare(name: &str, file: &str, found: &str) {
    support::compare(&format!("sites/{name}/expected/{file}"), &unprinted(found));
}

/// A text without the fingerprint of the theme's style sheet: an edit of a rule changes no expectation.
fn unprinted(text: &str) -> String {
    const SHEET: &str = "theme/style.";
    let mut parts = text.split(SHEET);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(SHEET);
        match part.split_at_checked(8) {
            Some((print, rest)) if rest.starts_with(".css") && !print.contains('.') => {
                whole.push_str("PRINT");
                whole.push_str(rest);
            }
            _ => whole.push_str(part),
        }
    }
    whole
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name)
}

fn list(output: &Tree) -> String {
    output.keys().map(|path| format!("{path}\n")).collect()
}

#[track_caller]
fn page<'a>(output: &'a Tree, path: &str) -> &'a str {
    let bytes = output.get(path).unwrap_or_else(|| panic!("no {path} in {}", list(output)));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// The files that only the second tree has, and those of both whose bytes differ.
fn differences(before: &Tree, after: &Tree) -> (Vec<String>, Vec<String>) {
    let new = after.keys().filter(|path| !before.contains_key(*path)).cloned().collect();
    let changed = after
        .iter()
        .filter(|(path, bytes)| before.get(*path).is_some_and(|before| before != *bytes))
        .map(|(path, _)| path.clone())
        .collect();
    (new, changed)
}
