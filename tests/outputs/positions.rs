//! Positions of players by topic, and who stands where.

use briefing::source::Memory;

use super::{load, text, texts};

fn article(site: &mut Memory, id: &str, more: &str) {
    let text = format!("---\ntitle: About {id}\n{more}---\n\nText.\n");
    site.write(&format!("content/articles/{id}.md"), text);
}

fn site() -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nlang: en-GB\n");
    site.write("content/players/borea.md", "---\nname: Borea\nkind: country\n---\n");
    site.write("content/players/ann.md", "---\nname: Ann Ode\ncountry: borea\n---\n");
    site.write("content/players/cy.md", "---\nname: Cy Poe\n---\n");
    site.write("content/topics/talks.md", "---\ntitle: The talks\n---\n");
    article(
        &mut site,
        "a",
        "published: 2025-01-01\ntopics: [sea, talks]\nplayers:\n  - {player: ann, position: For., source: s}\n  \
         - {player: borea, position: Waits.}\n  - {player: cy, position: Unsure., side: borea}\n\
         sources: [{id: s, title: A paper}]\n",
    );
    article(
        &mut site,
        "b",
        "published: 2025-03-01\ntopics: [talks]\nplayers:\n  - {player: ann, position: Against.}\n  \
         - {player: cy, position: Still unsure.}\n",
    );
    article(
        &mut site,
        "c",
        "published: 2024-01-01\nplayers: {player: ann, position: On nothing.}\n",
    );
    article(
        &mut site,
        "d",
        "published: 2025-05-01\ntopics: [talks]\nstatus: withdrawn\nplayers: {player: ann, position: Gone.}\n",
    );
    site
}

#[test]
fn a_player_s_positions_are_by_topic_each_with_its_date_and_source() {
    let loaded = load(&site());
    let page = text(&loaded, "players/ann/index.html").unwrap();
    let section = "section[aria-labelledby=b-positions]";
    let all = |selector: &str| texts(&page, &format!("{section} {selector}"));
    assert_eq!(all("h3"), ["The talks", "Other topics"]);
    assert_eq!(all(".position"), ["Against.", "For.", "On nothing."]);
    assert_eq!(all("time"), ["1 March 2025", "1 January 2025", "1 January 2024"]);
    assert_eq!(all(".label"), ["Latest statement", "Earlier statement"]);
    assert_eq!(all(".where a"), ["About b", "About a", "About c"]);
    assert!(all(".where")[1].ends_with("Source A paper"), "{:?}", all(".where"));
}

#[test]
fn one_position_is_neither_early_nor_late() {
    let loaded = load(&site());
    let page = text(&loaded, "players/borea/index.html").unwrap();
    assert_eq!(texts(&page, ".positions .position"), ["Waits."]);
    assert_eq!(texts(&page, ".positions .label"), Vec::<String>::new());
}

#[test]
fn a_topic_says_who_stands_where() {
    let loaded = load(&site());
    let page = text(&loaded, "topics/talks/index.html").unwrap();
    let section = "section[aria-labelledby=b-stances]";
    let all = |selector: &str| texts(&page, &format!("{section} {selector}"));
    assert_eq!(all("h3"), ["Borea", "Others"]);
    assert_eq!(all(".stance-player"), ["Ann Ode", "Borea", "Cy Poe"]);
    assert_eq!(all(".position"), ["Against.", "Waits.", "Still unsure."]);
    assert_eq!(all("time"), ["1 March 2025", "1 January 2025", "1 March 2025"]);
    // A topic without a file has them, too; what another article says later is not of it.
    let page = text(&loaded, "topics/sea/index.html").unwrap();
    assert_eq!(texts(&page, ".stances .position"), ["For.", "Waits.", "Unsure."]);
    assert_eq!(texts(&page, "section[aria-labelledby=b-stances] h3"), ["Borea"]);
}

#[test]
fn a_long_list_of_who_stands_where_goes_on() {
    let mut site = site();
    for number in 0..25 {
        let id = format!("p{number:02}");
        site.write(
            &format!("content/players/{id}.md"),
            format!("---\nname: Player {number}\n---\n"),
        );
        let front = format!("topics: [sea]\nplayers: {{player: {id}, position: Says {number}.}}\n");
        article(&mut site, &format!("a{number}"), &front);
    }
    let loaded = load(&site);
    let page = text(&loaded, "topics/sea/index.html").unwrap();
    assert_eq!(texts(&page, ".stances .position").len(), 20);
    assert!(page.contains("href=\"/topics/sea/stances/page/1/\""), "{page}");
    let rest = text(&loaded, "topics/sea/stances/page/1/index.html").unwrap();
    assert_eq!(texts(&rest, ".stances .position").len(), 28);
    assert_eq!(texts(&rest, "h1"), ["Who stands where: sea, page 1"]);
}

/// Who is named with whom, in the articles that name one of them: a row and a column for each of the others.
#[test]
fn a_player_s_page_has_who_is_named_with_whom() {
    let mut site = site();
    site.write("content/players/dee.md", "---\nname: Dee Roe\n---\n");
    // A draft, and an article that does not name her, count for nothing.
    article(&mut site, "e", "published: 2025-06-01\nstatus: draft\nplayers: [ann, borea, dee]\n");
    article(&mut site, "f", "published: 2025-06-02\nplayers: [borea, dee]\n");
    let section = "section[aria-labelledby=b-often-with]";
    let of = |site: &Memory, selector: &str| {
        let page = text(&load(site), "players/ann/index.html").unwrap();
        texts(&page, &format!("{section} {selector}"))
    };
    assert_eq!(of(&site, "li"), ["Cy Poe in 2 articles", "Borea in 1 article"]);
    assert_eq!(of(&site, "table"), [""; 0]);
    article(&mut site, "g", "published: 2025-06-03\nplayers: [ann, cy, dee]\n");
    assert_eq!(of(&site, "li"), [""; 0]);
    assert_eq!(of(&site, "thead th"), ["Cy Poe", "Borea", "Dee Roe"]);
    assert_eq!(of(&site, "tbody th"), ["Cy Poe", "Borea", "Dee Roe"]);
    assert_eq!(of(&site, "td")[1..], ["3", "1", "1", "1", "1", "0", "1", "0", "1"]);
    assert_eq!(of(&site, ".alone"), ["3", "1", "1"]);
    assert_eq!(of(&site, ".level-0"), ["0", "0"]);
    assert_eq!(of(&site, "caption").len(), 1);
}

/// What an author puts first on a topic is not there again.
#[test]
fn a_topic_shows_each_article_once() {
    let mut site = site();
    site.write("content/topics/talks.md", "---\ntitle: The talks\nfeatured: [a]\n---\n");
    let page = text(&load(&site), "topics/talks/index.html").unwrap();
    assert_eq!(texts(&page, "section[aria-labelledby=b-featured] h3"), ["About a"]);
    assert_eq!(texts(&page, "section[aria-labelledby=b-articles] h3"), ["About b"]);
}
