//! What became of the posts that articles give their players, by the day of the build.

use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::source::Memory;

use super::{text, texts};

fn player(site: &mut Memory, id: &str, posts: &str) {
    let text = format!("---\nname: {}\nposts:\n{posts}---\n", id.to_uppercase());
    site.write(&format!("content/players/{id}.md"), text);
}

/// A ministry that Ann led until 3 March 2026, and an article of 2025 that names her.
fn site() -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nlang: en-GB\n");
    let body = "---\nname: The Ministry\nkind: organisation\n---\n";
    site.write("content/players/ministry.md", body);
    player(
        &mut site,
        "ann",
        "  - {title: Minister, org: ministry, start: 2024-01, end: 2026-03-03}\n",
    );
    player(&mut site, "bo", "  - {title: minister, org: ministry, start: 2026-03-03}\n");
    let article = "---\ntitle: A\npublished: 2025-06-20\nplayers: [ann]\n---\n\nText.\n";
    site.write("content/articles/a.md", article);
    site
}

fn load(site: &Memory, day: &str) -> Loaded {
    let options = Options { now: Now::Day(day.parse().unwrap()), ..Options::default() };
    Engine::once().load(site, options)
}

/// What the article says of posts that were left, and its notice.
fn said(site: &Memory, day: &str) -> (Vec<String>, Vec<String>) {
    let page = text(&load(site, day), "articles/a/index.html").unwrap();
    (texts(&page, ".key-players .former"), texts(&page, ".banner p"))
}

#[test]
fn a_post_is_held_until_its_last_day_is_over() {
    let site = site();
    assert_eq!(said(&site, "2026-03-03"), (vec![], vec![]));
    let (row, notice) = said(&site, "2026-03-04");
    assert_eq!(row, ["until 3 March 2026 Since then BO"]);
    assert_eq!(
        notice,
        [
            "As things stood on 20 June 2025",
            "These people have since left posts that they held then ANN",
        ]
    );
}

#[test]
fn a_successor_is_named_where_one_player_alone_may_be_meant() {
    let without = "until 3 March 2026";
    for (posts, expected) in [
        // Nothing says when it began, or it began before the other left.
        ("  - {title: Minister, org: ministry}\n", without),
        ("  - {title: Minister, org: ministry, start: 2026-02}\n", without),
        // Another post, another body, a title alone.
        ("  - {title: Deputy Minister, org: ministry, start: 2026-03-03}\n", without),
        ("  - {title: Minister, org: Elsewhere, start: 2026-03-03}\n", without),
        ("  - {title: Minister, start: 2026-03-03}\n", without),
        // It is over again, or has not begun.
        ("  - {title: Minister, org: ministry, start: 2026-03-03, end: 2026-03-04}\n", without),
        ("  - {title: Minister, org: ministry, start: 2027}\n", without),
        (
            "  - {title: Minister, org: ministry, start: 2026-04}\n",
            "until 3 March 2026 Since then BO",
        ),
    ] {
        let mut site = site();
        player(&mut site, "bo", posts);
        assert_eq!(said(&site, "2026-06-01").0, [expected], "{posts}");
    }
    // Several hold it at one time: it is a seat, and none is the other's successor.
    let mut site = site();
    player(&mut site, "cy", "  - {title: Minister, org: ministry, start: 2023, end: 2026-01}\n");
    assert_eq!(said(&site, "2026-06-01").0, [without]);
}

#[test]
fn a_post_that_the_player_holds_again_was_not_left() {
    let mut site = site();
    player(
        &mut site,
        "ann",
        "  - {title: Minister, org: ministry, start: 2024-01, end: 2026-03-03}\n  \
         - {title: Minister, org: ministry, start: 2026-05-01}\n",
    );
    assert_eq!(said(&site, "2026-04-01").0, ["until 3 March 2026 Since then BO"]);
    assert_eq!(said(&site, "2026-06-01").0, Vec::<String>::new());
}

#[test]
fn of_several_posts_those_that_were_left_are_named() {
    let mut site = site();
    player(
        &mut site,
        "ann",
        "  - {title: Minister, org: ministry, start: 2024-01, end: 2026-03-03}\n  \
         - {title: Member, org: The Lower House, start: 2012}\n",
    );
    let (row, _) = said(&site, "2026-06-01");
    assert_eq!(row, ["Minister, The Ministry until 3 March 2026 Since then BO"]);
}

#[test]
fn a_page_that_is_withdrawn_has_the_notice_of_that_alone() {
    let mut site = site();
    let article = "---\ntitle: A\npublished: 2025-06-20\nstatus: withdrawn\nplayers: [ann]\n---\n";
    site.write("content/articles/a.md", article);
    let (row, notice) = said(&site, "2026-06-01");
    assert_eq!(row.len(), 1);
    assert_eq!(notice[0], "Withdrawn");
}

#[test]
fn the_end_of_a_post_is_a_day_on_which_the_site_changes() {
    let next = |day| load(&site(), day).next_change().map(|next| next.at.to_string());
    assert_eq!(next("2026-01-01").as_deref(), Some("2026-03-03T00:00:00Z"), "another begins");
    assert_eq!(next("2026-03-03").as_deref(), Some("2026-03-04T00:00:00Z"));
    assert_eq!(next("2026-03-04"), None);
}
