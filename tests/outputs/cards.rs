//! Pictures of pages for where they are shared. Run with `--features cards`.

use std::collections::BTreeMap;
use std::sync::Mutex;

use briefing::diag::{Code, Diagnostic};
use briefing::engine::{Engine, Now, Options, Rendered};
use briefing::source::Memory;
use scraper::{Html, Selector};

type Outputs = BTreeMap<String, Vec<u8>>;

fn site(settings: &str, files: &[(&str, &str)]) -> Memory {
    let mut site = Memory::new();
    let base = "title: The Desk\nbase_url: https://example.org/sub/\n";
    site.write("content/site.yaml", format!("{base}{settings}"));
    for (path, text) in files {
        site.write(path, *text);
    }
    site
}

fn load(engine: &mut Engine, site: &Memory) -> (Outputs, Vec<Diagnostic>) {
    let options = Options { now: Now::Day("2026-01-01".parse().unwrap()), ..Options::default() };
    let loaded = engine.load(site, options);
    let made = Mutex::new(BTreeMap::new());
    let mut found = loaded.diagnostics().to_vec();
    found.extend(loaded.render_all(&|output, content| {
        let bytes = match content {
            Rendered::Text(text) => text.as_bytes().to_vec(),
            Rendered::Bytes(bytes) => bytes.to_vec(),
            Rendered::Embedded(bytes) => bytes.to_vec(),
            Rendered::File(..) => return,
        };
        made.lock().unwrap().insert(output.path.to_string(), bytes);
    }));
    (made.into_inner().unwrap(), found)
}

fn built(site: &Memory) -> (Outputs, Vec<Diagnostic>) {
    load(&mut Engine::once(), site)
}

/// The paths of cards.
fn cards(outputs: &Outputs) -> Vec<&str> {
    let all = outputs.keys().map(String::as_str);
    all.filter(|path| path.ends_with("social-card.png")).collect()
}

/// What a page says in its head under a property or a name.
fn meta(page: &[u8], name: &str) -> Vec<String> {
    let page = Html::parse_document(std::str::from_utf8(page).unwrap());
    let of = format!("meta[property='{name}'], meta[name='{name}']");
    let selector = Selector::parse(&of).unwrap();
    page.select(&selector).map(|node| node.value().attr("content").unwrap().to_owned()).collect()
}

/// Width, height and pixels, three bytes each.
fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, pixels)
}

const ARTICLE: &str = "---\ntitle: Who pays for it\nplayers:\n  - player: japan\nfacts:\n  spending:\n    \
                       value: 2%\n    denominator: GDP\n    of: defence spending of Japan\n    about: japan\n---\n\n\
                       Japan spends [[fact:spending]].\n";
const PLAYER: &str = "---\nname: Japan\nkind: country\nsummary: A country.\n---\n";
const DRAFT: &str = "---\ntitle: Kestrel\nstatus: draft\n---\n";

fn files() -> [(&'static str, &'static str); 3] {
    [
        ("content/articles/who.md", ARTICLE),
        ("content/players/japan.md", PLAYER),
        ("content/articles/kestrel.md", DRAFT),
    ]
}

#[test]
fn every_page_has_a_card_that_its_head_names() {
    let (outputs, found) = built(&site("social_cards: true\n", &files()));
    assert!(found.iter().all(|found| found.code != Code::SocialCards), "{found:?}");
    let expected = [
        "articles/who/social-card.png",
        "facts/spending/social-card.png",
        "players/japan/social-card.png",
        "social-card.png",
    ];
    assert_eq!(cards(&outputs), expected);
    for path in expected {
        let (width, height, pixels) = pixels(&outputs[path]);
        assert_eq!((width, height), (1200, 630), "{path}");
        // The line over every page has the site's colour, and the ground that of its paper.
        assert_eq!(
            (&pixels[..3], &pixels[pixels.len() - 3..]),
            (&[0x0b, 0x5a, 0x6f][..], &[255; 3][..])
        );
        let page = &outputs[&path.replace("social-card.png", "index.html")];
        let url = format!("https://example.org/sub/{path}");
        assert_eq!(meta(page, "og:image"), [url]);
        assert_eq!(meta(page, "og:image:width"), ["1200"]);
        assert_eq!(meta(page, "og:image:height"), ["630"]);
        assert_eq!(meta(page, "twitter:card"), ["summary_large_image"]);
    }
    assert_eq!(
        meta(&outputs["articles/who/index.html"], "og:image:alt"),
        ["Who pays for it – The Desk"]
    );
    // A list has the site's own.
    let list = &outputs["articles/index.html"];
    assert_eq!(meta(list, "og:image"), ["https://example.org/sub/social-card.png"]);
}

#[test]
fn there_is_none_unless_a_site_with_an_address_asks_for_it() {
    let (outputs, _) = built(&site("", &files()));
    assert_eq!(cards(&outputs), [""; 0]);
    assert_eq!(meta(&outputs["index.html"], "og:image"), [""; 0]);
    let mut site = site("", &files());
    site.write("content/site.yaml", "title: T\nsocial_cards: true\n");
    assert_eq!(cards(&built(&site).0), [""; 0]);
}

#[test]
fn a_picture_of_the_page_wins() {
    let mut site = site("social_cards: true\n", &files());
    let image = ARTICLE.replace("players:", "image: {src: /a.svg, alt: A}\nplayers:");
    site.write("content/articles/who.md", image);
    site.write("static/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>");
    let (outputs, _) = built(&site);
    assert!(!cards(&outputs).contains(&"articles/who/social-card.png"));
    let page = &outputs["articles/who/index.html"];
    assert_eq!(meta(page, "og:image"), ["https://example.org/sub/a.svg"]);
}

#[test]
fn the_same_site_gives_the_same_bytes_whatever_was_built_before() {
    let mut site = site("social_cards: true\n", &files());
    let mut engine = Engine::new();
    let (first, _) = load(&mut engine, &site);
    assert_eq!(built(&site).0, first);
    site.write("content/articles/who.md", ARTICLE.replace("Who pays", "Who paid"));
    let (second, _) = load(&mut engine, &site);
    assert_eq!(built(&site).0, second);
    let differs = |path: &str| first[path] != second[path];
    assert!(differs("articles/who/social-card.png") && !differs("players/japan/social-card.png"));
    site.write("content/site.yaml", "title: T\nbase_url: https://example.org/\nsocial_cards: true\ntheme: {accent: \"#a02020\"}\n");
    let (third, _) = load(&mut engine, &site);
    assert_eq!(built(&site).0, third);
    assert_eq!(pixels(&third["players/japan/social-card.png"]).2[..3], [0xa0, 0x20, 0x20]);
}

/// A draft of a player, of an article and of a figure leaves no trace: with other words in it, every card is the same.
#[test]
fn no_card_has_a_word_of_a_draft() {
    let with = |name: &str, fact: &str| {
        let mut site = site("social_cards: true\n", &files());
        site.write(
            "content/articles/who.md",
            ARTICLE.replace("players:", "players:\n  - player: secret"),
        );
        site.write(
            "content/players/secret.md",
            format!("---\nname: {name}\nkind: person\nstatus: draft\n---\n"),
        );
        let own = format!(
            "---\ntitle: {name}\nstatus: draft\nfacts:\n  held:\n    value: {fact}\n    of: x\n---\n"
        );
        site.write("content/articles/kestrel.md", own);
        built(&site).0.into_iter().filter(|(path, _)| path.ends_with(".png")).collect::<Outputs>()
    };
    assert_eq!(with("Kestrel Eight", "3"), with("Another Name", "400"));
}

#[test]
fn a_title_without_letters_in_any_face_is_said_and_the_card_is_that_of_the_site() {
    let mut site = site("social_cards: true\n", &files());
    site.write("content/articles/who.md", "---\ntitle: 同盟\n---\n\nText.\n");
    let (outputs, found) = built(&site);
    let found: Vec<_> = found.iter().filter(|found| found.code == Code::SocialCards).collect();
    assert!(found.len() == 1 && found[0].message.contains("`同`"), "{found:?}");
    assert_eq!(pixels(&outputs["articles/who/social-card.png"]).0, 1200);
    site.write("templates/card.ttf", "no font");
    let (_, found) = built(&site);
    assert!(found.iter().any(|found| found.message.contains("`templates/card.ttf` is no font")));
}

#[test]
fn a_site_has_its_own_template_which_reaches_no_file() {
    let mut site = site("social_cards: true\n", &files());
    site.write(
        "templates/card.svg",
        "{% extends \"theme/card.svg\" %}{% block ground %}<rect width=\"1200\" height=\"630\" fill=\"#102030\"/>\
         <image href=\"/etc/hostname.svg\" width=\"9\" height=\"9\"/>{% endblock %}",
    );
    let (outputs, found) = built(&site);
    assert!(found.iter().all(|found| found.code != Code::TemplateRender), "{found:?}");
    assert_eq!(pixels(&outputs["social-card.png"]).2[..3], [0x10, 0x20, 0x30]);
    site.write("templates/card.svg", "{{ card.kind }}, which is no SVG");
    let (outputs, found) = built(&site);
    assert_eq!(cards(&outputs), [""; 0]);
    let found: Vec<_> = found.iter().filter(|found| found.code == Code::TemplateRender).collect();
    assert!(
        !found.is_empty() && found[0].message.starts_with("this SVG cannot be drawn"),
        "{found:?}"
    );
}

/// The narrow space of French and marks of direction are in no face, and are no letters.
#[test]
fn a_title_with_spaces_of_its_language_is_drawn() {
    let article = "---\ntitle: \"Pourquoi\u{202F}?\u{200F} C’est cher\"\nlang: fr\n---\n\nTexte.\n";
    let (outputs, found) =
        built(&site("social_cards: true\n", &[("content/articles/a.md", article)]));
    assert!(found.iter().all(|found| found.code != Code::SocialCards), "{found:?}");
    assert!(outputs["articles/a/social-card.png"] != outputs["social-card.png"]);
}

/// What an author writes is text: none of it is an element of the picture.
#[test]
fn markup_in_a_title_is_drawn_as_it_stands() {
    let title = "\"</text><rect width='1200' height='630' fill='#f00'/> & <b>\"";
    let article = format!("---\ntitle: {title}\n---\n\nText.\n");
    let (outputs, found) =
        built(&site("social_cards: true\n", &[("content/articles/a.md", &article)]));
    assert!(found.iter().all(|found| found.code != Code::TemplateRender), "{found:?}");
    let (_, _, pixels) = pixels(&outputs["articles/a/social-card.png"]);
    assert!(!pixels.chunks_exact(3).any(|pixel| pixel == [255, 0, 0]));
}
