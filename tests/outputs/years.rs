//! The list of articles, narrowed to those of a year.

use briefing::source::Memory;

use super::{load, text, texts};

/// A site with so many articles of 2025 and of 2024, and one without a date.
fn site(newer: usize, older: usize) -> Memory {
    let mut site = Memory::new();
    let settings = "title: Small\nbase_url: https://example.org/\nlanguages: {en: {}, ja: {}}\n";
    site.write("content/site.yaml", settings);
    let mut write = |id: String, front: &str| {
        let text = format!("---\ntitle: About {id}\n{front}---\n\nText.\n");
        site.write(&format!("content/articles/{id}.md"), text);
    };
    (0..newer).for_each(|at| write(format!("n{at:03}"), "published: 2025-02-01\n"));
    (0..older).for_each(|at| write(format!("o{at:03}"), "published: 2024-02-01\n"));
    write("undated".into(), "");
    write("draft".into(), "published: 2023-02-01\nstatus: draft\n");
    site
}

#[test]
fn a_long_list_of_articles_is_narrowed_by_year() {
    let loaded = load(&site(3, 15));
    assert_eq!(texts(&text(&loaded, "articles/index.html").unwrap(), ".filters a"), [""; 0]);
    assert!(text(&loaded, "articles/years/2025/index.html").is_none());

    let loaded = load(&site(3, 130));
    let page = |path: &str| text(&loaded, path).unwrap_or_else(|| panic!("no {path}"));
    let all = page("articles/index.html");
    // What is not public yet is not counted, and has no year.
    assert_eq!(texts(&all, ".filters a"), ["All 134", "2025 3", "2024 130"]);
    assert_eq!(texts(&all, ".filters [aria-current=page]"), ["All 134"]);
    let newer = page("articles/years/2025/index.html");
    assert_eq!(texts(&newer, "h1"), ["Articles of 2025"]);
    assert_eq!(texts(&newer, ".cards h2"), ["About n002", "About n001", "About n000"]);
    assert_eq!(texts(&newer, ".filters a"), ["All", "2025 3", "2024"]);
    assert_eq!(texts(&newer, ".filters [aria-current=page]"), ["2025 3"]);
    assert!(newer.contains("rel=\"canonical\" href=\"https://example.org/articles/years/2025/\""));
    // Those behind the first are on pages that count from the oldest.
    let first = page("articles/years/2024/index.html");
    assert_eq!(texts(&first, ".cards h2").len(), 20);
    assert!(first.contains("href=\"/articles/years/2024/page/2/\""));
    assert_eq!(texts(&page("articles/years/2024/page/1/index.html"), ".cards h2").len(), 100);
    assert_eq!(texts(&page("articles/years/2024/page/2/index.html"), ".cards h2").len(), 30);
    for none in [
        "articles/years/2023/index.html",
        "articles/years/index.html",
        "articles/years/2024/page/3/index.html",
    ] {
        assert!(text(&loaded, none).is_none(), "{none}");
    }
    assert!(
        text(&loaded, "ja/articles/years/2025/index.html").is_none()
            || page("ja/articles/index.html").contains("years/2025")
    );
}

#[test]
fn a_new_article_changes_no_page_of_another_year() {
    let (before, after) = (load(&site(30, 30)), load(&site(31, 30)));
    let is_same = |path: &str| {
        let (old, new) = (text(&before, path), text(&after, path));
        assert!(old.is_some(), "no {path}");
        old == new
    };
    assert!(is_same("articles/years/2024/index.html"));
    assert!(is_same("articles/years/2024/page/1/index.html"));
    assert!(!is_same("articles/years/2025/index.html"));
}
