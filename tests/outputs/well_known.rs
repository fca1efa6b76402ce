//! Files at fixed places: the sitemap's languages and pictures, rules for crawlers, `security.txt`, `humans.txt`, the manifest.

use briefing::base::OutPath;
use briefing::engine::Rendered;
use briefing::source::Memory;
use robotstxt::DefaultMatcher;

use super::{load, text};

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let own = "title: Small\nbase_url: https://example.org/\ntimezone: Asia/Tokyo\n";
    site.write("content/site.yaml", format!("{own}{settings}"));
    site.write(
        "content/articles/a/index.md",
        "---\ntitle: A\n---\n\n![B & C](b.png) ![B](b.png) [Data](d.csv)\n",
    );
    site.write("content/articles/a/b.png", "b");
    site.write("content/articles/a/d.csv", "x\n1\n");
    site
}

#[test]
fn a_sitemap_has_the_pictures_of_each_page() {
    let mut site = site("");
    let head = "title: C\nimage: {src: /c&d.svg, alt: C}\n";
    site.write("content/articles/c.md", format!("---\n{head}---\n\nText.\n"));
    site.write("static/c&d.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let sitemap = text(&load(&site), "sitemap.xml").unwrap();
    let of = |page: &str| {
        let line = sitemap.lines().find(|line| line.contains(&format!("/{page}/</loc>"))).unwrap();
        let parts = line.split("<image:loc>").skip(1);
        parts.map(|part| part.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("articles/a"), ["https://example.org/articles/a/b.png"]);
    assert_eq!(of("articles/c"), ["https://example.org/c%26d.svg"]);
    assert!(sitemap.contains("xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\""));
    assert!(!sitemap.contains("xhtml"), "{sitemap}");
}

#[test]
fn a_sitemap_says_in_which_languages_a_page_is() {
    let mut site = site("languages: {en: {}, ja: {title: 小}}\n");
    site.write("content/articles/a/index.ja.md", "---\ntitle: 日\n---\n\n日本。\n");
    site.write("content/articles/only.md", "---\ntitle: Only\n---\n\nText.\n");
    site.write("content/articles/draft.md", "---\ntitle: D\n---\n\nText.\n");
    site.write("content/articles/draft.ja.md", "---\ntitle: D\nstatus: draft\n---\n\nText.\n");
    let sitemap = text(&load(&site), "sitemap.xml").unwrap();
    let of = |page: &str| {
        let end = format!("<loc>https://example.org/{page}</loc>");
        let line = sitemap.lines().find(|line| line.contains(&end)).unwrap();
        line.matches("<xhtml:link rel=\"alternate\" hreflang=").count()
    };
    let link = |lang: &str, path: &str| {
        format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://example.org/{path}\"/>"
        )
    };
    let all = link("en", "articles/a/")
        + &link("ja", "ja/articles/a/")
        + &link("x-default", "articles/a/");
    assert_eq!(sitemap.matches(&all).count(), 2, "each page names the other: {sitemap}");
    for page in ["", "ja/", "articles/", "articles/a/", "ja/articles/a/"] {
        assert_eq!(of(page), 3, "{page}");
    }
    for page in ["articles/only/", "articles/draft/"] {
        assert_eq!(of(page), 0, "{page}");
    }
}

#[test]
fn crawlers_read_what_the_site_lets_them() {
    let site =
        site("robots:\n  GPTBot: disallow\n  CCBot: [/articles/, /data]\n  Other-Bot: allow\n");
    let robots = text(&load(&site), "robots.txt").unwrap();
    for (bot, path, may) in [
        ("GPTBot", "", false),
        ("GPTBot", "articles/a/", false),
        ("CCBot", "articles/a/", false),
        ("CCBot", "", true),
        ("Other-Bot", "articles/a/", true),
        ("Googlebot", "articles/a/", true),
    ] {
        let url = format!("https://example.org/{path}");
        let found = DefaultMatcher::default().one_agent_allowed_by_robots(&robots, bot, &url);
        assert_eq!(found, may, "{bot} {url}: {robots}");
    }
    assert!(robots.ends_with("\nSitemap: https://example.org/sitemap.xml\n"), "{robots}");
    let closed = text(&load(&self::site("robots: {'*': disallow}\n")), "robots.txt").unwrap();
    let url = "https://example.org/";
    assert!(!DefaultMatcher::default().one_agent_allowed_by_robots(&closed, "anybot", url));
}

#[test]
fn a_weakness_is_told_to_those_that_the_site_names() {
    let security = "security:\n  contact: [mailto:a@example.org, https://example.org/report]\n  expires: 2026-12-31\n  \
                    languages: [en, ja]\n  policy: https://example.org/policy\n";
    let expected = "Contact: mailto:a@example.org\nContact: https://example.org/report\nExpires: 2026-12-31T15:00:00Z\n\
                    Preferred-Languages: en, ja\nCanonical: https://example.org/.well-known/security.txt\n\
                    Policy: https://example.org/policy\n";
    let loaded = load(&site(security));
    assert_eq!(text(&loaded, ".well-known/security.txt").as_deref(), Some(expected));
    assert_eq!(text(&load(&site("")), ".well-known/security.txt"), None);
    // The author's own file takes its place.
    let mut own = site(security);
    own.write("static/.well-known/security.txt", "Contact: mailto:b@example.org\n");
    assert_eq!(text(&load(&own), ".well-known/security.txt"), None);
}

#[test]
fn a_site_says_who_made_it_and_how_it_looks_on_a_home_screen() {
    let mut site = site(
        "humans: |\n  Made by: Jane\n  In: Porto\nicon: /icon.svg\nmanifest: {short_name: S, theme_color: '#fff'}\n",
    );
    site.write("static/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let loaded = load(&site);
    assert_eq!(text(&loaded, "humans.txt").as_deref(), Some("Made by: Jane\nIn: Porto\n"));
    let manifest: serde_json::Value =
        serde_json::from_str(&text(&loaded, "manifest.webmanifest").unwrap()).unwrap();
    let expected = serde_json::json!({
        "name": "Small", "short_name": "S", "lang": "en", "dir": "ltr", "id": "/", "start_url": "/", "scope": "/",
        "display": "browser", "theme_color": "#fff",
        "icons": [{"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    });
    assert_eq!(manifest, expected);
    let home = text(&loaded, "index.html").unwrap();
    for line in [
        "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">",
        "<link rel=\"manifest\" href=\"/manifest.webmanifest\">",
        "<meta name=\"theme-color\" content=\"#fff\">",
    ] {
        assert!(home.contains(line), "{line}");
    }
    let path = OutPath::new("manifest.webmanifest").unwrap();
    let output = loaded.site().outputs.get(&path).unwrap();
    assert_eq!(output.media_type.to_string(), "application/manifest+json");
}

/// Programs that read no page ask for `/favicon.ico`.
#[test]
fn a_site_has_its_icon_where_programs_ask_for_it() {
    const THEME: &[u8] = include_bytes!("../../static/favicon.ico");
    // The first of its pictures, of 16 pixels.
    let number = |at: usize| u32::from_le_bytes(THEME[at..at + 4].try_into().unwrap()) as usize;
    let png = &THEME[number(18)..][..number(14)];
    let icon = |site: &Memory| {
        let loaded = load(site);
        let out = OutPath::new("favicon.ico").unwrap();
        let output = loaded.site().outputs.get(&out)?;
        assert_eq!(output.media_type.essence(), "image/vnd.microsoft.icon");
        let (content, failure) = loaded.bytes(&out)?;
        assert_eq!(failure, None);
        Some(match content? {
            Rendered::Bytes(bytes) => bytes.to_vec(),
            Rendered::Embedded(bytes) => bytes.to_vec(),
            Rendered::File(path, ..) => path.as_str().as_bytes().to_vec(),
            Rendered::Text(text) => text.as_bytes().to_vec(),
        })
    };
    assert_eq!(icon(&site("")).as_deref(), Some(THEME));

    // A PNG is put into an icon.
    let mut own = site("icon: /img/icon.png\n");
    own.write("static/img/icon.png", png);
    let made = icon(&own).unwrap();
    assert_eq!(made[..14], [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]);
    assert_eq!(&made[22..], png);

    // An icon elsewhere is there too. A drawing is none, and the theme's icon differs from the site's.
    let mut own = site("icon: /img/icon.ico\n");
    own.write("static/img/icon.ico", THEME);
    assert_eq!(icon(&own).as_deref(), Some(&b"static/img/icon.ico"[..]));
    let mut own = site("icon: /icon.svg\n");
    own.write("static/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(icon(&own), None);

    // The site's own file takes its place.
    own.write("static/favicon.ico", THEME);
    assert_eq!(icon(&own).as_deref(), Some(&b"static/favicon.ico"[..]));
}
