//! The events of a site on its pages.

use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::source::Memory;
use scraper::{Html, Selector};

use crate::text;

fn site(articles: &[(&str, &str, &str)]) -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nlang: en-GB\nbase_url: https://example.org/\n");
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n");
    for (id, front, events) in articles {
        let text = format!("---\ntitle: About {id}\n{front}events:\n{events}---\n\nText.\n");
        site.write(&format!("content/articles/{id}.md"), text);
    }
    site
}

fn load(site: &Memory, today: &str) -> Loaded {
    let now = Now::Day(today.parse().unwrap());
    Engine::once().load(site, Options { now, folder: "site".into(), ..Options::default() })
}

/// The texts of what a selector finds on a page, with one space for each white space.
fn texts(loaded: &Loaded, page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(&text(loaded, page).expect("a page"));
    let selector = Selector::parse(selector).unwrap();
    let found = html.select(&selector).map(|element| {
        let text: String = element.text().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    found.collect()
}

/// What a line says, item by item: dates and names alone.
fn line(loaded: &Loaded, page: &str) -> Vec<String> {
    let items = ".timeline .event-date, .timeline .event-name, .timeline .checked";
    texts(loaded, page, items)
}

#[test]
fn what_several_pages_tell_is_one_event() {
    let site = site(&[
        (
            "a",
            "published: 2025-05-01\n",
            "  - {date: 2025-07-01, name: The Vote, status: planned, players: [ann]}\n",
        ),
        (
            "b",
            "published: 2025-06-01\n",
            "  - {date: 2025-07-01, name: The “vote”, status: cancelled}\n",
        ),
        // It was checked last, and does not say what became of it.
        ("c", "published: 2025-06-02\n", "  - {date: '2025-07-01 09:00', name: the vote}\n"),
        // An event of the same name on a different day, or in a month, stays apart.
        (
            "d",
            "published: 2025-05-01\n",
            "  - {date: 2025-07-02, name: The vote}\n  - {date: 2025-07, name: The vote}\n",
        ),
        ("draft", "status: draft\n", "  - {date: 2025-07-01, name: The vote, status: held}\n"),
    ]);
    let loaded = load(&site, "2025-06-10");
    let expected = [
        "2 July 2025",
        "The vote",
        "July 2025",
        "The vote",
        "1 July 2025 Cancelled",
        "The “vote”",
        "Last checked on 2 June 2025",
    ];
    assert_eq!(line(&loaded, "timeline/index.html"), expected);
    let told = texts(&loaded, "timeline/index.html", ".event-off dd a[href*=articles]");
    assert_eq!(told, ["About b", "About a", "About c"], "the page that says it comes first");
    // Each article says the same of it in its own words, and leads to the others.
    assert_eq!(line(&loaded, "articles/a/index.html")[1..], ["1 July 2025 Cancelled", "The Vote"]);
    assert_eq!(
        texts(&loaded, "articles/a/index.html", ".timeline dd a[href*=articles]"),
        ["About b", "About c"]
    );
    // A player that one page names takes part.
    let of_player = line(&loaded, "players/ann/index.html");
    assert_eq!(of_player, ["1 July 2025 Cancelled", "The “vote”", "Last checked on 2 June 2025"]);
}

#[test]
fn an_id_is_one_event_whatever_its_date_and_name() {
    let site = site(&[
        ("a", "published: 2025-05-01\n", "  - {date: 2025-07-01, name: Vote, status: planned}\n"),
        (
            "b",
            "published: 2025-06-01\n",
            "  - {id: vote, date: 2025-07-01, name: Vote, status: planned}\n",
        ),
        (
            "c",
            "published: 2025-06-02\n",
            "  - {id: vote, date: 2025-08-01, name: Late vote, status: planned}\n",
        ),
        ("d", "published: 2025-06-02\n", "  - {id: other, date: 2025-07-01, name: Vote}\n"),
    ]);
    let loaded = load(&site, "2025-06-10");
    let expected = [
        "1 August 2025 Planned",
        "Late vote",
        "1 July 2025",
        "Vote",
        "Last checked on 2 June 2025",
    ];
    assert_eq!(line(&loaded, "timeline/index.html"), expected);
    let told = texts(&loaded, "timeline/index.html", ".timeline li:first-child dd a");
    assert_eq!(told, ["About c", "About b", "About a"]);
}

#[test]
fn the_last_check_stands_between_what_has_begun_and_what_lies_ahead() {
    let events = "  - {date: 2025-06-30, end: 2025-07-02, name: Talks, status: held}\n  \
                  - {date: 2025-07-02, end: 2025-07-04, name: Fair}\n  \
                  - {date: 2025-07, name: Month}\n  - {date: 2025, end: 2026, name: Years}\n  \
                  - {date: 2025-06-01, postponed_to: 2025-09-01, name: Vote, status: postponed}\n";
    let expected = [
        "2025 – 2026",
        "Years",
        "30 June – 2 July 2025 Took place",
        "Talks",
        "July 2025",
        "Month",
        "Last checked on 1 July 2025",
        "2–4 July 2025",
        "Fair",
        "1 September 2025 Postponed from 1 June 2025",
        "Vote",
    ];
    for front in [
        "published: 2025-07-01\n",
        "published: 2025-05-01\nupdated: 2025-07-01\n",
        "published: 2025-05-01\nupdated: 2025-06-01\nreviewed: 2025-07-01\n",
    ] {
        let loaded = load(&site(&[("a", front, events)]), "2025-08-01");
        assert_eq!(line(&loaded, "articles/a/index.html"), expected, "{front}");
    }
    let loaded = load(&site(&[("a", "", events)]), "2025-08-01");
    assert_eq!(texts(&loaded, "articles/a/index.html", ".checked, .event-ahead"), [""; 0]);
}

#[test]
fn what_happens_next_is_what_has_not_passed_on_the_day_of_the_build() {
    let events = "  - {date: 2025-07-01, name: Before, status: planned}\n  \
                  - {date: 2025-07-01, end: 2025-07-03, name: Now}\n  \
                  - {date: 2025-07-04, name: Off, status: cancelled}\n  \
                  - {date: 2025-07-05, name: Off, status: postponed}\n  \
                  - {date: 2025-07-01, postponed_to: 2025-07-06, name: Moved, status: postponed}\n  \
                  - {date: 2025-07, name: Month, status: planned}\n  \
                  - {date: 2025-07-09, name: Later}\n";
    let front = "published: 2025-06-01\ntopics: [sea]\n";
    let site = site(&[
        ("a", front, events),
        ("b", "status: withdrawn\n", "  - {date: 2025-07-05, name: Gone}\n"),
    ]);
    let next = |today: &str, page: &str| {
        texts(&load(&site, today), page, ".next-events .event-name").join(", ")
    };
    for page in ["index.html", "articles/a/index.html", "topics/sea/index.html"] {
        assert_eq!(next("2025-07-03", page), "Now, Month, Moved, Later", "{page}");
        assert_eq!(next("2025-07-04", page), "Month, Moved, Later", "{page}");
        assert_eq!(next("2025-07-10", page), "Month", "{page}");
        assert_eq!(next("2025-08-01", page), "", "{page}");
    }
}
