//! Fields of front matter.

use super::{ARTICLES, At, Editor, FAQ, PAGES, PLAYERS, TOPICS, deeds};

deeds! {
    title_of_article name_of_player title_of_faq title_of_topic title_of_page
    summary slug status published updated expires reviewed redirect lang image
    topics genre authors dateline key_points roles events own_facts own_sources questions faq_pages changes
    autolink figures extra
    posts relations player_kind country aliases head party born links
    faq_about faq_article topic_parent topic_order topic_featured remove_field
}

const ANY: [&str; 5] = [ARTICLES, PLAYERS, FAQ, TOPICS, PAGES];

fn title_of_article(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[ARTICLES], a, "title", &format!("Titled anew {n}"))
}

fn name_of_player(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "name", &format!("Another Name {n}"))
}

fn title_of_faq(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[FAQ], a, "title", &format!("Asked anew {n}"))
}

fn title_of_topic(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[TOPICS], a, "title", &format!("Subject {n}"))
}

fn title_of_page(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[PAGES], a, "title", &format!("About {n}"))
}

fn summary(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "summary", &format!("Summed up {n}."))
}

fn slug(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "slug", ["moved", "elsewhere", "story-0"][b % 3])
}

fn status(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "status", ["draft", "withdrawn", "published"][b % 3])
}

fn published(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(
        &[ARTICLES],
        a,
        "published",
        &format!("202{}-{:02}-1{}", 5 + b % 2, b % 12 + 1, a % 10),
    )
}

fn updated(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[ARTICLES, PAGES], a, "updated", &format!("2025-12-{:02}", b % 28 + 1))
}

/// Some of these days have passed on one of the days of the builds and not on another.
fn expires(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let day = ["2025-12-31", "2026-01-01", "2026-01-02", "2027-01-01"][b % 4];
    site.set_in(&[ARTICLES], a, "expires", day)
}

fn reviewed(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "reviewed", &format!("2025-11-{:02}", b % 28 + 1))
}

fn redirect(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let from = ["/old/", "/articles/story-0/", "/who-we-are/", "[/one/, /two/]"][b % 4];
    site.set_in(&ANY, a, "redirect_from", from)
}

fn lang(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "lang", ["fr", "en", "ar"][b % 3])
}

fn image(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let src =
        ["/img/flag.png", "map.png", "../articles/story-1/map.png", "https://example.org/x.png"];
    let value =
        format!("{{src: {}, alt: Picture {n}, caption: \"By *{n}*, [[borea]].\"}}", src[b % 4]);
    site.set_in(&[ARTICLES, PLAYERS], a, "image", &value)
}

/// Some of these figures are parts of one whole, and some are not.
fn figures(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let value = ["auto", "[own-0, own-1]", "[share, cost]", "[own-1, gone, own-0]"][b % 4];
    site.set_in(&[ARTICLES], a, "figures", value)
}

fn topics(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let value = ["[money]", "[ships, money]", "[weather]", "[]"][b % 4];
    site.set_in(&[ARTICLES, FAQ], a, "topics", value)
}

fn genre(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[ARTICLES], a, "genre", ["report", "opinion", "qa"][b % 3])
}

fn authors(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let value = match b % 2 {
        0 => format!("[Ann {n}, Ben {n}]"),
        _ => format!("{{name: Ann {n}, url: https://example.org/ann, bio: Writes {n}.}}"),
    };
    site.set_in(&[ARTICLES], a, "authors", &value)
}

fn dateline(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[ARTICLES], a, "dateline", &format!("Port {n}"))
}

fn key_points(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    site.set_in(&[ARTICLES], a, "key_points", &format!("[\"Point {n} on [[{player}]].\"]"))
}

fn roles(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let (one, two) = (site.player(b)?, site.player(b + 1)?);
    let value = format!(
        "[{{player: {one}, position: \"Now *holds* {n}.\", source: gazette}}, {{player: {two}, role: Guest {n}, side: borea}}]"
    );
    site.set_in(&[ARTICLES], a, "players", &value)
}

/// Some of these events have passed on one of the days of the builds and not on another, and several articles may tell
/// of one.
fn events(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    let day = b % 9 + 1;
    let value = match b % 4 {
        0 => format!("[{{date: 2025-05-0{day}, name: Talk {n}, players: [{player}]}}]"),
        1 => format!(
            "[{{date: 2026-01-01, end: 2026-01-0{day}, name: Fair, status: planned, players: [{player}]}}]"
        ),
        2 => "[{id: vote, date: 2025-12-30, postponed_to: 2026-01-02, name: Vote, status: postponed}]"
            .to_string(),
        _ => format!("[{{id: vote, date: 2026-01-0{day}, name: The vote, status: cancelled}}, {{date: 2026, name: Year}}]"),
    };
    site.set_in(&[ARTICLES], a, "events", &value)
}

/// Under the article's own id, or under one that is shared.
fn own_facts(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let id = ["own-0", "share", "another"][b % 3];
    site.set_in(&[ARTICLES], a, "facts", &format!("{{{id}: {{value: {n}, unit: boats}}}}"))
}

fn own_sources(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let value = match b % 3 {
        0 => format!("[{{id: gazette, title: Our Gazette {n}}}]"),
        1 => "[almanac, gazette]".to_string(),
        _ => "[]".to_string(),
    };
    site.set_in(&[ARTICLES], a, "sources", &value)
}

fn questions(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    site.set_in(&[ARTICLES], a, "faq", &format!("[{{q: Who is {n}?, a: \"It is [[{player}]].\"}}]"))
}

fn faq_pages(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let faq = site.id(FAQ, b)?;
    site.set_in(&[ARTICLES], a, "faq", &format!("[{faq}]"))
}

fn changes(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    let value =
        format!("[{{date: 2025-12-01, kind: correction, note: \"Not {n} but [[{player}]].\"}}]");
    site.set_in(&[ARTICLES], a, "changes", &value)
}

fn autolink(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[ARTICLES], a, "autolink", ["off", "page", "all"][b % 3])
}

fn extra(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&ANY, a, "extra", &format!("{{note: Kept {n}}}"))
}

/// Posts that were held on an article's date, or not any more, or not yet.
fn posts(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let path = site.player_at(["cara-dane", "eno-falk", "gil-hart"][a % 3])?;
    let value = match b % 4 {
        0 => format!("[{{title: Premier {n}, org: aland, start: 2020-01-01, end: 2025-02-01}}]"),
        1 => format!("[{{title: Premier {n}, org: works, start: 2025-02-02}}]"),
        2 => format!("[{{title: Speaker {n}}}, {{title: Envoy, org: borea, start: 2024}}]"),
        _ => "[]".to_string(),
    };
    site.set(&path, "posts", &value)
}

fn relations(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let to = site.player(b)?;
    site.set_in(
        &[PLAYERS],
        a,
        "relations",
        &format!("[{{to: {to}, type: relation {n}, since: 2024}}]"),
    )
}

fn player_kind(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "kind", ["person", "organisation", "country"][b % 3])
}

fn country(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = site.player_at(["works", "cara-dane", "eno-falk", "gil-hart"][a % 4])?;
    site.set(&path, "country", ["borea", "aland", "Elsewhere", "nobody-known"][b % 4])
}

fn aliases(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(
        &[PLAYERS],
        a,
        "aliases",
        &format!("[Alias {n}, {{text: Short {n}, when: context}}]"),
    )
}

fn head(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = site.player_at(["works", "aland", "borea"][a % 3])?;
    site.set(&path, "head", ["gil-hart", "cara-dane", "Somebody Else"][b % 3])
}

fn party(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let path = site.player_at(["cara-dane", "eno-falk", "gil-hart"][a % 3])?;
    let value = if b % 2 == 0 { "works".to_string() } else { format!("Party {n}") };
    site.set(&path, "party", &value)
}

fn born(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = site.player_at(["cara-dane", "eno-falk", "gil-hart"][a % 3])?;
    site.set(&path, "born", ["1961", "1962-03", "1963-04-05"][b % 3])
}

fn links(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "links", &format!("[https://example.org/{n}]"))
}

fn faq_about(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let player = site.player(b)?;
    site.set_in(&[FAQ], a, "about", &format!("[{player}]"))
}

fn faq_article(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let article = site.id(ARTICLES, b)?;
    site.set_in(&[FAQ], a, "article", &article)
}

fn topic_parent(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let topic = site.id(TOPICS, b)?;
    site.set_in(&[TOPICS], a, "parent", &topic)
}

fn topic_order(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[TOPICS], a, "order", &format!("{}", b % 5))
}

fn topic_featured(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let article = site.id(ARTICLES, b)?;
    site.set_in(&[TOPICS], a, "featured", &format!("[{article}]"))
}

fn remove_field(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = site.path(&ANY, a)?;
    let text = site.text(&path)?;
    let front = text.strip_prefix("---\n")?.split_once("\n---\n")?.0;
    let lines: Vec<&str> = front.lines().collect();
    let key = lines.get(b.checked_rem(lines.len())?)?.split(':').next()?;
    site.change(&path, |text| text.replacen(front, super::without(front, key).trim_end(), 1))
}
