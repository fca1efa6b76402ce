//! What pages make of the names in prose, read back as a browser reads them.

use crate::support::SiteTest;
use crate::support::html::{attributes, check, texts};

/// Two articles and a page of questions that name five players, one of them in no text.
const SITE: &str = "
    //- /content/site.yaml
    title: Names
    base_url: https://example.org/
    //- /content/articles/first.md
    ---
    title: First
    published: 2025-06-01
    topics: talks
    players: marco-rubio
    facts:
      share: {value: 3.5, unit: ships, attributed_to: quoted}
    ---

    Marco Rubio met Takeshi Iwaya in Japan. It was a short day.

    ## What follows

    “Rubio’s plan” & more, said Iwaya.
    //- /content/articles/second.md
    ---
    title: Second
    published: 2025-07-01
    topics: talks
    faq:
      - q: Who decides?
        a: Takeshi Iwaya does. Marco Rubio waits.
    ---

    Japan waits.
    //- /content/faq/questions.md
    ---
    title: Asked
    ---

    ## Where is it?

    In *Japan*, in the east.
    //- /content/players/marco-rubio.md
    ---
    name: Marco Rubio
    ---

    Rubio met Takeshi Iwaya once.
    //- /content/players/takeshi-iwaya.md
    ---
    name: Takeshi Iwaya
    ---
    //- /content/players/japan.md
    ---
    name: Japan
    kind: country
    ---
    //- /content/players/quoted.md
    ---
    name: Office of Figures
    kind: organisation
    ---
    //- /content/players/nobody.md
    ---
    name: Nobody Here
    ---
";

#[test]
fn players_are_listed_where_they_are_named() {
    let site = SiteTest::new(SITE);
    site.build(&[]).expect(0);
    check(&site.output(), "/");

    let article = site.page("articles/first/index.html");
    let links = attributes(&article, ".e-content a:not(.permalink)", "href");
    let [rubio, iwaya, japan] =
        ["marco-rubio", "takeshi-iwaya", "japan"].map(|id| format!("/players/{id}/"));
    let expected = [&rubio, &iwaya, &japan, &rubio, &iwaya];
    assert_eq!(links.iter().collect::<Vec<_>>(), expected, "once in each section");
    assert_eq!(texts(&article, ".key-players th[scope=row]"), ["Marco Rubio"]);
    assert_eq!(texts(&article, ".also-mentioned a"), ["Takeshi Iwaya", "Japan"]);

    let player = site.page("players/takeshi-iwaya/index.html");
    let pages = texts(&player, ".mentions .mention-page a");
    assert_eq!(pages, ["Second", "First", "Marco Rubio"], "newest first, then what has no date");
    let to = attributes(&player, ".mentions .mention-page a", "href");
    assert_eq!(to, ["/articles/second/#who-decides", "/articles/first/", "/players/marco-rubio/"]);
    let sentences = texts(&player, ".mentions blockquote");
    assert_eq!(
        sentences,
        [
            "Takeshi Iwaya does.",
            "Marco Rubio met Takeshi Iwaya in Japan.",
            "Rubio met Takeshi Iwaya once."
        ]
    );
    assert_eq!(texts(&player, ".mentions mark"), ["Takeshi Iwaya"; 3]);
    assert_eq!(texts(&player, ".question-links a"), ["Who decides?"]);
    let with = texts(&player, ".together th[scope=row]");
    assert_eq!(with, ["Japan", "Marco Rubio", "Office of Figures"]);
    let [in_articles, with_others] = [".alone", "td:not(:empty, .alone)"]
        .map(|cell| texts(&player, &format!(".together {cell}")));
    assert_eq!(in_articles, ["2", "2", "1"], "articles that name both");
    assert_eq!(with_others, ["2", "1", "2", "1", "1", "1"], "and two others");

    let asked = texts(&site.page("players/japan/index.html"), ".question-links a");
    assert_eq!(asked, ["Where is it?"], "the answers of a page of questions name players too");
    let quoted = site.page("players/quoted/index.html");
    assert_eq!(texts(&quoted, ".mentions a"), ["First"], "whoever a figure comes from is named");
    assert!(texts(&quoted, ".mentions blockquote").is_empty());
    assert!(texts(&site.page("players/nobody/index.html"), ".mentions").is_empty());

    let home = texts(&site.page("index.html"), "[aria-labelledby=b-most-named] .card h3");
    let most = ["Takeshi Iwaya", "Japan", "Marco Rubio", "Office of Figures"];
    assert_eq!(home, most, "most often named first");
    let topic =
        texts(&site.page("topics/talks/index.html"), "[aria-labelledby=b-players] .card h3");
    assert_eq!(topic.len(), 4, "{topic:?}");
}

#[test]
fn people_are_listed_by_family_name_in_the_order_of_the_language() {
    for (lang, expected) in [
        ("en", "Anna Ärlig, Émile Dupont, Åsa Öberg, Zoe Osborne, Xi Jinping, Madonna Zimmer"),
        ("sv", "Émile Dupont, Zoe Osborne, Xi Jinping, Madonna Zimmer, Anna Ärlig, Åsa Öberg"),
    ] {
        let site = SiteTest::new("//- /content/pages/about.md\n---\ntitle: A\n---\n");
        site.edit("content/site.yaml", &format!("title: Names\nlang: {lang}\n"));
        for (id, name, family) in [
            ("a", "Zoe Osborne", "Osborne"),
            ("b", "Åsa Öberg", "Öberg"),
            ("c", "Émile Dupont", "Dupont"),
            ("d", "Madonna Zimmer", "Zimmer"),
            ("e", "Xi Jinping", "Xi"),
            ("f", "Anna Ärlig", "Ärlig"),
        ] {
            let text = format!("---\nname: {name}\nfamily_name: {family}\n---\n");
            site.edit(&format!("content/players/{id}.md"), &text);
        }
        site.build(&[]).expect(0);
        let listed = texts(&site.page("players/index.html"), "main .card h3");
        assert_eq!(listed.join(", "), expected, "{lang}");
    }
}
