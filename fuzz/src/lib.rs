//! What must hold whatever the program is given, one function for each target. `tests/seeds.rs` of the main crate
//! includes this file and runs every seed through it, so that no seed rots.

mod hold;
mod site;

use briefing::base::{BaseUrl, EntityId, OutPath, SourcePath, UrlPath};
use briefing::check;
use briefing::config;
use briefing::content::kind::{Identity, Kind};
use briefing::content::markdown::{self, Anchors, MarkdownSource, Shape, check_anchor};
use briefing::content::{parse, text};

/// The front matter of each kind of page, and the three files of data. The first byte says which.
pub fn front_matter(data: &[u8]) {
    let Some((which, text)) = split(data) else { return };
    let path = match which % 8 {
        5 => "content/site.yaml".to_owned(),
        6 => "content/facts.yaml".to_owned(),
        7 => "content/sources.yaml".to_owned(),
        kind => format!("content/{}/fuzzed.md", Kind::ALL[usize::from(kind)].folder()),
    };
    let path = SourcePath::new(path);
    let whole = match path.as_str().ends_with(".md") {
        true => format!("---\n{text}\n---\nBy [[ann]].[^1]\n\n[^1]: A note.\n"),
        false => text.to_owned(),
    };
    let Ok(decoded) = text::decode(&path, whole.as_bytes()) else { return };
    if !decoded.contains('\r') {
        let windows = decoded.replace('\n', "\r\n");
        assert_eq!(text::decode(&path, windows.as_bytes()).as_deref(), Ok(&*decoded));
    }
    if path.as_str() == config::PATH {
        let (_, problems) = config::resolve(Some(&decoded), "site");
        hold::places(&path, &decoded, &problems);
        assert_eq!(problems, config::resolve(Some(&decoded), "site").1);
    } else if let Some(identity) = Identity::of(&path) {
        let read = |trusted| parse::page(&path, &identity, &decoded, trusted, "en");
        let (one, two) = (read(false), read(false));
        hold::places(&path, &decoded, &one.diagnostics);
        assert_eq!(one.summary_digest(), two.summary_digest());
        assert_eq!(one.diagnostics, two.diagnostics);
        assert_eq!(format!("{:?}", one.body), format!("{:?}", two.body));
    }
    if which & 24 == 24 {
        site::with(&[(path.as_str(), &whole)], which & 32 != 0);
    }
}

/// A body: the Markdown of each shape, and a page with every hole filled. The first byte says which.
pub fn body(data: &[u8]) {
    let Some((which, text)) = split(data) else { return };
    let path = SourcePath::new("content/articles/fuzzed.md");
    let shape = [Shape::Body, Shape::Block, Shape::Inline][usize::from(which % 3)];
    let source = MarkdownSource {
        path: &path,
        trusted: which & 4 != 0,
        lang: "en",
        has_sections: which & 8 != 0,
    };
    let rendered = markdown::render(text, shape, &source, &mut Anchors::default());
    assert_eq!(rendered, markdown::render(text, shape, &source, &mut Anchors::default()));
    hold::rendered(text, &rendered, source.trusted);
    if which & 24 == 24 {
        let page = format!("---\ntitle: Fuzzed\n---\n{text}");
        site::with(&[(path.as_str(), &page)], which & 32 != 0);
    }
}

/// One or two templates over the theme's. The first byte says which; a line `====` stands between two.
pub fn templates(data: &[u8]) {
    const NAMES: [&str; 8] = [
        "article.html",
        "base.html",
        "components/parts.html",
        "own.html",
        "player.html",
        "faq.html",
        "lang/en.ftl",
        "list.html",
    ];
    let Some((which, text)) = split(data) else { return };
    // A template is the owner's own program: it may count to a hundred thousand, and that often.
    if text.contains("range") {
        return;
    }
    let (one, two) = text.split_once("\n====\n").unwrap_or((text, ""));
    let name = |at: u8| format!("templates/{}", NAMES[usize::from(at % 8)]);
    let (first, second) = (name(which), name(which >> 3));
    let mut files = vec![(first.as_str(), one)];
    if second != first && !two.is_empty() {
        files.push((second.as_str(), two));
    }
    site::rendered(&files, which & 128 != 0);
}

/// Every way to make a path, an id or a URL of a text.
pub fn paths(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (one, two) = text.split_once('\n').unwrap_or((text, ""));
    if let Ok(out) = OutPath::new(one) {
        hold::output(&out);
    }
    if let Ok(out) = UrlPath::out(one) {
        hold::output(&out);
    }
    if let Some(joined) = SourcePath::new("content/articles/x.md").join(one) {
        assert!(!joined.as_str().starts_with('/'), "{joined}");
        assert!(
            !joined
                .as_str()
                .split('/')
                .any(|part| matches!(part, "" | "." | "..") && !joined.as_str().is_empty()),
            "{joined}"
        );
    }
    if let Ok(id) = EntityId::new(one) {
        assert_eq!(
            OutPath::new(id.as_str()).map(|out| out.to_string()),
            Ok(id.as_str().to_owned())
        );
    }
    if check_anchor(one).is_ok() {
        assert!(!one.contains(['"', '<', '&', ' ']), "{one}");
    }
    let bases = [BaseUrl::parse("https://example.org/sub/"), BaseUrl::parse(two)];
    for base in bases.into_iter().flatten() {
        let again =
            base.origin.as_deref().map(|origin| BaseUrl::parse(&format!("{origin}{}", base.path)));
        assert_eq!(again, Some(Ok(base.clone())));
        for page in ["index.html", "a/index.html", "404.html"] {
            let page = OutPath::new(page).expect("plain words").url();
            hold::resolved(&check::resolve(&page, one, &base));
        }
    }
    if let Some(identity) = Identity::of(&SourcePath::new(format!("content/articles/{one}"))) {
        assert!(
            OutPath::new(&identity.id).is_ok() || identity.diagnostic.is_some(),
            "{}",
            identity.id
        );
    }
}

fn split(data: &[u8]) -> Option<(u8, &str)> {
    let (which, text) = data.split_first()?;
    Some((*which, std::str::from_utf8(text).ok()?))
}
