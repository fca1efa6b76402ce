//! `briefing rename` of what has pages in several languages: all of them follow, under their own paths.

use briefing::author::rename::{RenameRefusal, Wanted, plan};
use briefing::base::SourcePath;
use briefing::source::Memory;

use crate::rename::{options, problems, renamed_any, same};

/// A site in three languages; `ID` is where the id stands, `WAY` how its file is named, `OLD` a redirect of the first
/// language and `ALT` of the second.
const FILES: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: Sea\nbase_url: https://example.org/\nfeatured: [ID]\nlanguages:\n  en: {}\n  ja: {title: Umi, nav: [ID, \
         {text: A, to: /ja/articles/ID/}]}\n  ar: {title: Bahr}\n",
    ),
    ("content/articles/WAY.md", "---\ntitle: Talks\nOLD---\n## Views\n[[ID]] [ja](SELF.ja.md)\n"),
    (
        "content/articles/WAY.ja.md",
        "---\ntitle: Kaidan\nALT---\n[en](SELF.md) [[ID]] [x](article:ID) [u](/ja/articles/ID/)\n",
    ),
    (
        "content/articles/other.md",
        "---\ntitle: Other\n---\n[[ID]] [a](WAY.ja.md) [b](/ja/articles/ID/) talks\n",
    ),
    (
        "content/articles/other.ar.md",
        "---\ntitle: Akhar\n---\n[[ID]] [a](WAY.md#views) [b](/articles/ID/#views)\n",
    ),
    ("content/faq/questions.md", "---\ntitle: Q\narticle: ID\n---\n## Why [[ID]]?\nSo.\n"),
    ("content/topics/sea.ja.md", "---\ntitle: Umi\nfeatured: [ID]\n---\nUmi.\n"),
    ("content/topics/sea.md", "---\ntitle: Sea\n---\nSea.\n"),
];

fn site(id: &str, folder: bool, redirects: Option<&str>) -> Memory {
    let mut site = Memory::new();
    let (way, own) = match folder {
        true => (format!("{id}/index"), "index"),
        false => (id.to_owned(), id),
    };
    let redirect = |prefix: &str| match redirects {
        Some(old) => format!("redirect_from: {prefix}/articles/{old}/\n"),
        None => String::new(),
    };
    for (path, text) in FILES {
        let text = text.replace("SELF", own).replace("WAY", &way).replace("ID", id);
        let text = text.replace("OLD", &redirect("")).replace("ALT", &redirect("/ja"));
        site.write(&path.replace("WAY", &way), text);
    }
    site
}

fn wanted(text: &str) -> Wanted {
    Wanted::parse(text).expect("an id")
}

#[test]
fn the_pages_of_every_language_follow() {
    for folder in [false, true] {
        let before = site("talks", folder, None);
        let found: Vec<String> = problems(&before).into_iter().map(|found| found.message).collect();
        assert_eq!(found, [""; 0]);
        let after = renamed_any(&before, &wanted("talks"), "summit").unwrap();
        same(&after, &site("summit", folder, Some("talks"))).unwrap();
        assert_eq!(problems(&after), []);
        let back = renamed_any(&after, &wanted("article:summit"), "talks").unwrap();
        same(&back, &site("talks", folder, Some("summit"))).unwrap();
    }
}

#[test]
fn a_page_that_exists_in_another_language_alone() {
    let mut before = site("talks", false, None);
    before.remove("content/articles/talks.md");
    let other = "---\ntitle: Kaidan\n---\n[[talks]] [x](article:talks) [u](/ja/articles/talks/)\n";
    before.write("content/articles/talks.ja.md", other);
    for path in ["content/articles/other.md", "content/articles/other.ar.md"] {
        before.write(path, "---\ntitle: Other\n---\n[[talks]]\n");
    }
    let after = renamed_any(&before, &wanted("talks"), "summit").unwrap();
    let text = String::from_utf8_lossy(after.get("content/articles/summit.ja.md").unwrap());
    assert_eq!(
        text,
        other
            .replace("talks", "summit")
            .replace("Kaidan\n", "Kaidan\nredirect_from: /ja/articles/talks/\n")
    );
}

#[test]
fn a_translation_with_the_new_id_is_in_the_way() {
    let mut site = site("talks", false, None);
    site.write("content/articles/summit.ar.md", "---\ntitle: Qimma\n---\nx\n");
    let refused = plan(&site, &wanted("talks"), "summit", &options()).unwrap_err();
    let path = "content/articles/summit.ar.md";
    assert!(
        matches!(&refused, RenameRefusal::Taken(taken) if taken.as_str() == path),
        "{refused:?}"
    );
    site.write("content/articles/old/talks.ja.md", "---\ntitle: Twice\n---\nx\n");
    let refused = plan(&site, &wanted("talks"), "pact", &options()).unwrap_err();
    assert!(matches!(refused, RenameRefusal::Twice(..)), "{refused:?}");
}

#[test]
fn a_page_in_another_language_alone_leaves_its_own_address() {
    let mut site = site("talks", false, None);
    site.write("content/articles/kaigi.ja.md", "---\ntitle: Kaigi\n---\nx\n");
    let urls = |id: &str| plan(&site, &wanted(id), "pact", &options()).unwrap().urls;
    let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
    assert_eq!(urls("kaigi"), [pair("/ja/articles/kaigi/", "/ja/articles/pact/")]);
    assert_eq!(
        urls("talks"),
        [
            pair("/articles/talks/", "/articles/pact/"),
            pair("/ja/articles/talks/", "/ja/articles/pact/")
        ]
    );
}

/// A page with a source, and what its translation says; the id of the source is `ID` in both.
fn cited(id: &str, translation: &str, folder: bool) -> Memory {
    let mut site = Memory::new();
    let own = if folder { "a/index" } else { "a" };
    site.write(
        "content/site.yaml",
        "title: Sea\nbase_url: https://example.org/\nlanguages: {en: {}, ja: {title: Umi}}\n",
    );
    let original = "---\ntitle: A\nsources: [{id: ID, title: Tide}]\n---\nIt fell.[^ID]\n";
    site.write(&format!("content/articles/{own}.md"), original.replace("ID", id));
    site.write(&format!("content/articles/{own}.ja.md"), translation.replace("ID", id));
    site
}

#[test]
fn a_translation_that_takes_a_source_from_its_original_follows() {
    for (translation, folder) in [
        ("---\ntitle: Ah\n---\nSagatta.[^ID]\n", false),
        ("---\ntitle: Ah\n---\nSagatta.[^ID] [^ID]\n", true),
        ("---\ntitle: Ah\nsummary: Umi\n---\n> [!NOTE]\n> Sagatta.[^ID]\n", false),
        (
            "---\ntitle: Ah\nevents:\n  - {date: 2024-01-01, name: Shio, source: ID}\n---\nSagatta.\n",
            false,
        ),
    ] {
        let before = cited("tide", translation, folder);
        assert_eq!(problems(&before), [], "{translation}");
        let after = renamed_any(&before, &wanted("source:tide"), "tide-2").unwrap();
        same(&after, &cited("tide-2", translation, folder)).unwrap();
        assert_eq!(problems(&after), [], "{translation}");
    }
}

#[test]
fn a_translation_with_sources_of_its_own_stays() {
    let own = "---\ntitle: Ah\nsources: [{id: tide, title: Shio}]\n---\nSagatta.[^tide]\n";
    let before = cited("tide", own, false);
    let of_original =
        Wanted { file: Some(SourcePath::new("content/articles/a.md")), ..wanted("source:tide") };
    let after = renamed_any(&before, &of_original, "tide-2").unwrap();
    same(&after, &cited("tide-2", own, false)).unwrap();

    // A shared source of that id is not the one that the translation takes from its original.
    let inherits = "---\ntitle: Ah\n---\nSagatta.[^tide]\n";
    let with_shared = |shared: &str, old: &str| {
        let mut site = cited("tide", inherits, false);
        site.write("content/sources.yaml", format!("{shared}: {{title: Shared{old}}}\n"));
        site
    };
    let shared =
        Wanted { file: Some(SourcePath::new("content/sources.yaml")), ..wanted("source:tide") };
    let after = renamed_any(&with_shared("tide", ""), &shared, "flow").unwrap();
    same(&after, &with_shared("flow", ", redirect_from: /sources/tide/")).unwrap();
}

#[test]
fn what_a_translation_calls_by_the_new_id_is_in_the_way() {
    let footnote = "---\ntitle: Ah\n---\nSagatta.[^tide] [^note]\n\n[^note]: Shio.\n";
    let refused = plan(&cited("tide", footnote, false), &wanted("source:tide"), "note", &options());
    let path = "content/articles/a.ja.md";
    let is_it = |taken: &SourcePath| taken.as_str() == path;
    assert!(matches!(&refused, Err(RenameRefusal::Taken(taken)) if is_it(taken)), "{refused:?}");
}
