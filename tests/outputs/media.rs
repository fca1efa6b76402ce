//! Films and sound as readers get them.

use scraper::{ElementRef, Html, Selector};

use briefing::base::OutPath;
use briefing::engine::Loaded;

use super::{load, site, text};

/// A site with an article that plays something, among others.
fn loaded(settings: &str, text: &str, files: &[&str]) -> Loaded {
    let mut site = site(settings);
    let article = format!("---\ntitle: Talks\npublished: 2025-12-01\n---\n\n{text}\n");
    site.write("content/articles/talks/index.md", article);
    for file in files {
        site.write(file, "x");
    }
    load(&site)
}

fn page(written: &str, files: &[&str]) -> Html {
    let settings = "base_url: https://example.org/sub/\nlanguages: {en: {}, ja: {}}\n";
    let loaded = loaded(settings, written, files);
    Html::parse_document(&text(&loaded, "articles/talks/index.html").unwrap())
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn attribute(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let found = all(page, selector).into_iter();
    found.map(|node| node.attr(name).unwrap_or("-").to_owned()).collect()
}

#[test]
fn a_film_has_its_captions_in_each_language_a_picture_and_a_link() {
    let beside =
        ["talks.mp4", "talks.vtt", "talks.ja.vtt", "talks.jpg", "talks-old.vtt", "talks.vtt.txt"];
    let beside = beside.map(|name| format!("content/articles/talks/{name}"));
    let page = page("![The talks](talks.mp4)", &beside.each_ref().map(String::as_str));
    let film = all(&page, "figure > video");
    assert_eq!(film.len(), 1);
    let film = film[0];
    assert_eq!(film.attr("src"), Some("/sub/articles/talks/talks.mp4"));
    assert_eq!(film.attr("poster"), Some("/sub/articles/talks/talks.jpg"));
    assert_eq!((film.attr("preload"), film.attr("autoplay")), (Some("metadata"), None));
    assert_eq!((film.attr("controls"), film.attr("aria-label")), (Some(""), Some("The talks")));
    assert_eq!(attribute(&page, "track", "srclang"), ["en", "ja"]);
    assert_eq!(attribute(&page, "track", "label"), ["English", "日本語"]);
    assert_eq!(attribute(&page, "track", "kind"), ["captions"; 2]);
    let tracks = ["/sub/articles/talks/talks.vtt", "/sub/articles/talks/talks.ja.vtt"];
    assert_eq!(attribute(&page, "track", "src"), tracks);
    // A program that plays nothing shows the link; paper the address.
    assert_eq!(attribute(&page, "video > a", "href"), ["/sub/articles/talks/talks.mp4"]);
    let address = "https://example.org/sub/articles/talks/talks.mp4";
    assert_eq!(attribute(&page, ".media-address", "data-address"), [address]);
    let caption: String = all(&page, "figcaption")[0].text().collect();
    assert_eq!(caption, "The talks");
}

#[test]
fn sound_has_a_player_and_what_lies_elsewhere_is_a_link() {
    let text =
        "![The speech](/speech.mp3 \"As it was given\")\n\n![A film](https://example.com/a.mp4?x)";
    let page = page(text, &["static/speech.mp3", "static/speech.jpg"]);
    assert_eq!(attribute(&page, "figure > audio", "src"), ["/sub/speech.mp3"]);
    assert_eq!(attribute(&page, "figure > audio", "poster"), ["-"]);
    let caption: String = all(&page, "figcaption")[0].text().collect();
    assert_eq!(caption, "As it was given");
    assert!(all(&page, "video").is_empty());
    let elsewhere = all(&page, "a[href='https://example.com/a.mp4?x']");
    assert_eq!(elsewhere[0].text().collect::<String>(), "A film");
}

#[test]
fn a_feed_and_the_markdown_of_a_page_have_a_link() {
    let settings = "base_url: https://example.org/\nmarkdown: true\n";
    let file = "content/articles/talks/talks.mp4";
    let loaded = loaded(settings, "![The talks](talks.mp4)", &[file]);
    let feed = text(&loaded, "feed.xml").unwrap();
    assert!(!feed.contains("video controls"), "{feed}");
    assert!(feed.contains("https://example.org/articles/talks/talks.mp4"), "{feed}");
    let text = text(&loaded, "articles/talks/index.md").unwrap();
    let link = "[Open the video](<https://example.org/articles/talks/talks.mp4>)";
    assert!(text.contains(link) && text.contains("The talks"), "{text}");
}

/// Where a film does not stand alone on a line, its words are those of the link; a note of a change is read in feeds, too.
#[test]
fn a_film_in_a_line_or_a_note_is_a_link_with_its_words() {
    let mut site = site("base_url: https://example.org/\nmarkdown: true\n");
    let note = "changes: [{date: 2025-12-02, kind: correction, note: '![The vote](talks.mp4) and ![Live](https://youtu.be/a)'}]";
    let text_of =
        "- ![In a list](talks.mp4) and ![Outside](https://vimeo.com/1)\n\n![Alone](talks.mp4)\n";
    let article = format!("---\ntitle: Talks\npublished: 2025-12-01\n{note}\n---\n\n{text_of}\n");
    site.write("content/articles/talks/index.md", article);
    site.write("content/articles/talks/talks.mp4", "x");
    let loaded = load(&site);
    let edition = text(&loaded, "articles/talks/index.md").unwrap();
    assert!(edition.contains("[In a list](") && edition.contains("[Outside]("), "{edition}");
    let page = Html::parse_document(&text(&loaded, "articles/talks/index.html").unwrap());
    let words: Vec<String> =
        all(&page, "li .outside > a").iter().map(|link| link.text().collect()).collect();
    assert_eq!(words, ["Live", "Outside"]);
    for feed in ["corrections.xml", "feed.xml"] {
        let feed = text(&loaded, feed).unwrap();
        assert!(feed.contains("The vote") && feed.contains("Live"), "{feed}");
        for sign in ["video controls", "data-frame", "button"] {
            assert!(!feed.contains(sign), "{sign}: {feed}");
        }
    }
    // A caption is in the search once.
    let found = loaded
        .site()
        .outputs
        .all()
        .iter()
        .filter(|output| output.path.as_str().starts_with("search/text/"));
    let found: String = found.filter_map(|output| text(&loaded, output.path.as_str())).collect();
    assert_eq!(found.matches("Alone").count(), 1, "{found}");
}

/// A page's own policy and that of its answer allow the frame; those of another page of the site do not.
#[test]
fn what_another_host_shows_is_a_link_first_and_asks_the_host_for_nothing() {
    let text_of = "![The talks, in full](https://www.youtube.com/watch?v=aB3-x)";
    let picture = "content/articles/talks/aB3-x.jpg";
    let settings = "base_url: https://example.org/\nhosts: netlify\n";
    let loaded = loaded(settings, text_of, &[picture]);
    let page = text(&loaded, "articles/talks/index.html").unwrap();
    let host = "https://www.youtube-nocookie.com";
    let policy = |page: &str| {
        attribute(&Html::parse_document(page), "meta[http-equiv]", "content").remove(0)
    };
    assert!(policy(&page).contains(&format!("frame-src {host}")), "{}", policy(&page));
    let home = text(&loaded, "index.html").unwrap();
    assert!(!policy(&home).contains("frame-src"), "{}", policy(&home));
    assert!(text(&loaded, "_headers").unwrap().contains(&format!("frame-src {host};")));
    let page = Html::parse_document(&page);
    assert!(all(&page, "iframe, [src*=youtube], [srcset*=youtube]").is_empty());
    let link = "https://www.youtube.com/watch?v=aB3-x";
    assert_eq!(attribute(&page, "figure > .outside > a", "href"), [link]);
    assert_eq!(attribute(&page, ".outside img", "src"), ["/articles/talks/aB3-x.jpg"]);
    assert_eq!(attribute(&page, ".outside", "data-frame"), [format!("{host}/embed/aB3-x")]);
    assert_eq!(attribute(&page, ".outside > button", "hidden"), [""]);
    let caption: String = all(&page, "figcaption")[0].text().collect();
    assert_eq!(caption, "The talks, in full");
    let feed = text(&loaded, "feed.xml").unwrap();
    assert!(feed.contains("Open on YouTube") && !feed.contains("data-frame"), "{feed}");
}

#[test]
fn a_site_without_frames_of_others_allows_none() {
    let loaded = loaded(
        "base_url: https://example.org/\nhosts: netlify\n",
        "![A](/a.png)",
        &["static/a.png"],
    );
    assert!(!text(&loaded, "_headers").unwrap().contains("frame-src"));
}

/// What lies beside a film that only a draft shows is as little public as the film.
#[test]
fn what_lies_beside_a_film_of_a_draft_is_not_public() {
    let mut site = site("base_url: https://example.org/\nlanguages: {en: {}, ja: {}}\n");
    let public = "![B](both.mp4)\n\n![C](https://youtu.be/shared)\n\n![S](sound.mp3)";
    let draft = "![A](draft.mp4) ![B](both.mp4) ![D](sub/sub.webm) ![E](/articles/pub/root.mp4)\n\n\
                 ![F](https://youtu.be/xY-z)\n\n![C](https://youtu.be/shared)\n\n![S](sound.png)";
    site.write("content/articles/pub/index.md", format!("---\ntitle: A\n---\n\n{public}\n"));
    let front = "---\ntitle: B\nstatus: draft\n---\n\n";
    site.write("content/articles/pub/index.ja.md", format!("{front}{draft}\n"));
    let held = [
        "draft.mp4",
        "draft.vtt",
        "draft.VTT",
        "draft.pt-BR.VTT",
        "draft.en_US.vtt",
        "draft.png",
        "draft.JPEG",
        "sub/sub.webm",
        "sub/sub.vtt",
        "root.mp4",
        "root.webp",
        "root.ja.vtt",
        "xY-z.png",
        "sound.png",
    ];
    let shown = [
        "both.mp4",
        "both.vtt",
        "both.ja.vtt",
        "both.jpg",
        "shared.png",
        "sound.mp3",
        "draft-map.png",
        "sub.vtt",
        "xy-z.png",
    ];
    for name in held.iter().chain(&shown) {
        site.write(&format!("content/articles/pub/{name}"), "x");
    }
    let loaded = load(&site);
    let is_public = |name: &&&str| {
        loaded.bytes(&OutPath::new(&format!("articles/pub/{name}")).unwrap()).is_some()
    };
    assert_eq!(held.iter().filter(is_public).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(shown.iter().filter(is_public).count(), shown.len());
}

/// Captions whose names say no language are in that of the page that has the folder, for its translations too.
#[test]
fn captions_are_in_the_language_that_they_are_in() {
    let mut site = site("languages: {en: {}, ja: {}}\n");
    let text = "![A](clip.mp4)\n\n![B](/film.mp4)\n\n![C](other.mp4)";
    for path in ["articles/film/index.md", "articles/film/index.ja.md", "articles/fr/index.ja.md"] {
        site.write(&format!("content/{path}"), format!("---\ntitle: A\n---\n\n{text}\n"));
    }
    let french = format!("---\ntitle: A\nlang: fr\n---\n\n{text}\n");
    site.write("content/articles/fr/index.md", french);
    let files = ["clip.mp4", "clip.vtt", "clip.ja.vtt", "clip.EN.vtt", "other.mp4"];
    for file in files.iter().chain(&["other.pt-BR.VTT", "other.en_US.vtt", "other.JPG"]) {
        site.write(&format!("content/articles/film/{file}"), "x");
    }
    for file in ["articles/fr/clip.mp4", "articles/fr/clip.vtt", "articles/fr/other.mp4"] {
        site.write(&format!("content/{file}"), "x");
    }
    for file in ["static/film.mp4", "static/film.vtt"] {
        site.write(file, "x");
    }
    let loaded = load(&site);
    let languages = |path: &str, film: &str| {
        let page = Html::parse_document(&text_of(&loaded, path));
        attribute(&page, &format!("video[src$='{film}'] track"), "srclang")
    };
    let (en, ja) = ("articles/film/index.html", "ja/articles/film/index.html");
    assert_eq!(languages(en, "clip.mp4"), ["en", "ja"]);
    assert_eq!(languages(ja, "clip.mp4"), ["ja", "en"]);
    assert_eq!(languages(ja, "/film.mp4"), ["en"]);
    assert_eq!(languages(ja, "other.mp4"), ["en-US", "pt-BR"]);
    assert_eq!(languages("ja/articles/fr/index.html", "clip.mp4"), ["fr"]);
    let page = Html::parse_document(&text_of(&loaded, en));
    assert_eq!(attribute(&page, "video[src$='other.mp4']", "poster"), ["/articles/film/other.JPG"]);
}

fn text_of(loaded: &Loaded, path: &str) -> String {
    text(loaded, path).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn a_sitemap_lists_no_film_among_the_pictures() {
    let text_of_page = "![A](https://youtu.be/aB3)\n\n![B](https://example.com/b.mp4?x)\n\n\
                        ![C](own.mp4)\n\n![D](/d.png)";
    let settings = "base_url: https://example.org/\n";
    let files = ["content/articles/talks/own.mp4", "static/d.png"];
    let loaded = loaded(settings, text_of_page, &files);
    let sitemap = text(&loaded, "sitemap.xml").unwrap();
    let pictures: Vec<&str> = sitemap.split("<image:loc>").skip(1).collect();
    assert_eq!(pictures.len(), 1, "{sitemap}");
    assert!(pictures[0].starts_with("https://example.org/d.png<"), "{sitemap}");
}

/// What browsers neither show nor play is a link: to the file, which is published, or to the page.
#[test]
fn what_is_written_as_a_picture_and_is_none_is_a_link() {
    let text_of = "![The talks](talks.avi)\n\nRead ![the report](report.docx#x) or ![](old.wmv).\n\n\
                   ![A channel](https://www.youtube.com/@a)\n\n![A list](https://www.youtube.com/playlist?list=PL1)\n\n\
                   [![Inside](report.docx)](https://known.example/)\n";
    let files = ["talks.avi", "report.docx", "old.wmv"];
    let files = files.map(|file| format!("content/articles/talks/{file}"));
    let page = page(text_of, &files.each_ref().map(String::as_str));
    assert!(all(&page, ".text img, .text video").is_empty());
    let links = attribute(&page, ".text p > a", "href");
    let folder = "/sub/articles/talks";
    let expected = [
        &*format!("{folder}/talks.avi"),
        &*format!("{folder}/report.docx#x"),
        &*format!("{folder}/old.wmv"),
        "https://www.youtube.com/@a",
        "https://known.example/",
    ];
    assert_eq!(links, expected);
    let list = "https://www.youtube-nocookie.com/embed/videoseries?list=PL1";
    assert_eq!(attribute(&page, "figure > .outside", "data-frame"), [list]);
}

/// What a fragment says to the program that shows a file stays as it is.
#[test]
fn the_fragment_of_a_file_stays() {
    let text_of = "[Page 5](report.pdf#page=5&zoom=200,10,20) ![The talks](talks.mp4#t=30,60)\n\n\
                   ![Report](report.pdf#page=5) [From the root](/doc.pdf#nameddest=a)\n\n## One\n\n[One](#one)\n";
    let files =
        ["content/articles/talks/report.pdf", "content/articles/talks/talks.mp4", "static/doc.pdf"];
    let page = page(text_of, &files);
    let folder = "/sub/articles/talks";
    let expected = [
        &*format!("{folder}/report.pdf#page=5&zoom=200,10,20"),
        &*format!("{folder}/talks.mp4#t=30,60"),
        &*format!("{folder}/report.pdf#page=5"),
        "/sub/doc.pdf#nameddest=a",
        "#one",
    ];
    assert_eq!(attribute(&page, ".text p a", "href"), expected);
    let film = format!("{folder}/talks.mp4#t=30,60");
    assert_eq!(attribute(&page, "video", "src"), [film]);
}
