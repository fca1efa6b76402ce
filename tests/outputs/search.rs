//! The index of the search, read as its script reads it: what can be found, and what can not.

use std::collections::{BTreeMap, BTreeSet};

use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::search::{Stemmer, Tokenizer};
use briefing::source::Memory;

use super::{load, site, text};

/// Where a term stands: by the URL of an entry, and the anchor of the section.
type Found = BTreeSet<(String, String)>;

/// Looks a word up, as the script does.
fn find(loaded: &Loaded, folder: &str, lang: &str, word: &str) -> Found {
    let begin = text(loaded, &format!("{folder}index.txt")).expect("an index");
    let lines: Vec<&str> = begin.split('\n').collect();
    let stemmer = Stemmer::of(lang);
    assert_eq!(lines[1], stemmer.rules());
    let mut terms = Vec::new();
    Tokenizer::default().tokens(word, |token, is_word| {
        let mut term = token.to_owned();
        if is_word {
            stemmer.stem(&mut term);
        }
        terms.push(term);
    });
    let numbers: Vec<usize> = lines[0].split(' ').map(|number| number.parse().unwrap()).collect();
    let (together, group) = (numbers[1] as u32, numbers[3]);
    let all = terms.iter().map(|term| {
        let place = |list: &str| list.split(' ').take_while(|from| *from <= &**term).count() - 1;
        let mut shard = place(lines[3]);
        if group > 1 {
            let shards = text(loaded, &format!("{folder}from/{shard}.txt")).expect("a group");
            shard = shard * group + place(&shards);
        }
        let shard = text(loaded, &format!("{folder}{shard}.txt")).expect("a shard");
        let mut own = String::new();
        let list = shard.lines().find_map(|line| {
            let is_head = |c: char| c.is_ascii() && !c.is_ascii_lowercase() && !c.is_ascii_digit();
            let end = line[1..].find(is_head).expect("a list") + 1;
            let kept = own.encode_utf16().take(usize::from(line.as_bytes()[0] - b'!'));
            let kept: Vec<u16> = kept.collect();
            own = String::from_utf16(&kept).expect("whole characters") + &line[1..end];
            (own == *term).then(|| &line[end..])
        });
        list.map(|list| postings(loaded, folder, list, together)).unwrap_or_default()
    });
    all.reduce(|one, other| &one & &other).unwrap_or_default()
}

fn postings(loaded: &Loaded, folder: &str, list: &str, together: u32) -> Found {
    let mut signs = list.bytes();
    let number = |signs: &mut std::str::Bytes<'_>| {
        let (mut number, mut factor) = (0, 1);
        loop {
            let digit = u32::from(signs.next().expect("a digit") - b'!');
            (number, factor) = (number + digit % 45 * factor, factor * 45);
            if digit < 45 {
                return number;
            }
        }
    };
    let mut found = Found::new();
    while let Some(sign) = signs.next() {
        let head = u32::from(sign - if sign < b'0' { b'!' } else { b':' - 15 });
        let mut entry = head / 9;
        for _ in 0..if head % 9 == 0 { number(&mut signs) } else { head % 9 } {
            entry += 8 * number(&mut signs);
            let mut section = match u32::from(signs.next().expect("a section") - b'!') {
                ..16 => 0,
                sign => (sign - 10) / 6,
            };
            if section == 12 {
                section += number(&mut signs);
            }
            let (rank, kind) = (entry / 8, entry % 8);
            let number = rank / together * 8 + kind;
            let shown = text(loaded, &format!("{folder}text/{number}.txt")).expect("a text");
            let own = shown.split("\n\n").nth((rank % together) as usize).expect("an entry's text");
            let mut lines = own.lines();
            let url = lines.next().unwrap().split('\t').next().unwrap().to_owned();
            let anchor = lines.nth(section as usize).unwrap().split('\t').next().unwrap();
            found.insert((url, anchor.to_owned()));
        }
    }
    found
}

#[track_caller]
fn check(loaded: &Loaded, word: &str, expected: &[(&str, &str)]) {
    let found = find(loaded, "search/", "en", word);
    let expected: Found =
        expected.iter().map(|(url, anchor)| ((*url).to_owned(), (*anchor).to_owned())).collect();
    assert_eq!(found, expected, "{word}");
}

#[test]
fn sections_are_found_by_their_words_and_players_by_every_name() {
    let mut site = site("base_url: https://example.org/sub/\n");
    site.write("content/facts.yaml", "crews: {value: 12, of: crewed boats, about: ann}\n");
    site.write("content/topics/sea.md", "---\ntitle: The Sea\n---\nWaves.\n");
    site.write(
        "content/players/duc.md",
        "---\nname: Nguyễn Văn Đức\nkind: person\naliases: [The Admiral]\nnative_name: 阮文德\n---\nOf the navy.\n",
    );
    site.write(
        "content/articles/treaty.md",
        "---\ntitle: A treaty\ntopics: [sea]\nkey_points: A keypoint.\nfaq:\n  - {q: Who signed?, a: Nobody signed it.}\n---\n\n\
         A preamble & more, with [[duc]] and [[fact:crews]].\n\n## First *part*\n\nOrganisations agreed.[^n]\n\n### Deeper\n\n| Cell | Row |\n|---|---|\n| one | two |\n\n[^n]: A footnote.\n",
    );
    let loaded = load(&site);
    let treaty = "/sub/articles/treaty/";
    check(&loaded, "preamble", &[(treaty, "")]);
    check(&loaded, "keypoints", &[(treaty, "")]);
    check(&loaded, "organization", &[(treaty, "first-part")]);
    check(&loaded, "part", &[(treaty, "first-part")]);
    check(&loaded, "cell", &[(treaty, "deeper")]);
    check(&loaded, "signed", &[(treaty, "who-signed")]);
    check(&loaded, "waves", &[("/sub/topics/sea/", "")]);
    check(&loaded, "boats", &[("/sub/facts/crews/", "")]);
    let duc = ("/sub/players/duc/", "");
    // A link without a text shows the name.
    for name in ["Nguyen", "nguyễn", "Đức", "duc"] {
        check(&loaded, name, &[duc, (treaty, "")]);
    }
    check(&loaded, "admirals", &[duc]);
    check(&loaded, "阮文", &[duc]);
    check(&loaded, "NVĐ", &[duc]);
    // A figure in a text is its value there.
    assert!(find(&loaded, "search/", "en", "12").contains(&(treaty.into(), String::new())));
    let shown = loaded.site().search_entries().len();
    assert_eq!(
        text(&loaded, "search/index.txt").unwrap().split(' ').next(),
        Some(&*shown.to_string())
    );
}

/// What only a page says that is not public, or is in no list, stands in no file of the search.
#[test]
fn what_is_hidden_is_not_found() {
    let mut site = site("");
    for (id, front) in [
        ("draft", "status: draft"),
        ("withdrawn", "status: withdrawn\npublished: 2025-01-01"),
        ("later", "published: 2099-01-01"),
        ("expired", "published: 2020-01-01\nexpires: 2021-01-01"),
    ] {
        let text = format!(
            "---\ntitle: Xyzzy {id}\n{front}\nfacts: {{of-{id}: {{value: 1, of: Xyzzy}}}}\ntopics: [xyzzy-{id}]\n---\n\n## Xyzzy\n\nXyzzy.\n"
        );
        site.write(&format!("content/articles/x-{id}.md"), text);
        let front = if front.starts_with("status") {
            &front[..front.find('\n').unwrap_or(front.len())]
        } else {
            "status: draft"
        };
        let text = format!("---\nname: Xyzzy {id}\n{front}\n---\nXyzzy.\n");
        site.write(&format!("content/players/p-{id}.md"), text);
    }
    let loaded = load(&site);
    let mut files = 0;
    for output in loaded.site().outputs.iter() {
        if output.path.as_str().starts_with("search/") {
            let text = text(&loaded, output.path.as_str()).expect("a text");
            assert!(!text.to_lowercase().contains("xyzzy"), "{}: {text}", output.path);
            files += 1;
        }
    }
    assert!(files > 8);
}

/// Texts share files, and the beginnings of shards are in files of their own, where there are many.
#[test]
fn a_large_site_is_found_in_few_files() {
    let mut site = site("");
    let fact =
        |at: usize| format!("f{at:04}: {{value: {at}, of: 'item{at:04} of set{}'}}\n", at % 900);
    site.write("content/facts.yaml", (0..4600).map(fact).collect::<String>());
    let loaded = load(&site);
    for at in ["0000", "0001", "2345", "4599"] {
        check(&loaded, &format!("item{at}"), &[(&format!("/facts/f{at}/"), "")]);
    }
    let of_set =
        ["0007", "0907", "1807", "2707", "3607", "4507"].map(|at| format!("/facts/f{at}/"));
    check(&loaded, "set7", &of_set.each_ref().map(|url| (&**url, "")));
    let files = loaded.site().outputs.iter();
    let files = files.filter(|output| output.path.as_str().starts_with("search/text/")).count();
    assert!((2300..2310).contains(&files), "{files}");
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Two\nlanguages: {en: {}, ja: {}}\n");
    site.write("content/articles/a.md", "---\ntitle: Defence\n---\n\nSpending.\n");
    site.write("content/articles/a.ja.md", "---\ntitle: 防衛費\n---\n\n予算を増やす。\n");
    let loaded = load(&site);
    check(&loaded, "defence", &[("/articles/a/", "")]);
    check(&loaded, "予算", &[]);
    let found = find(&loaded, "ja/search/", "ja", "予算");
    assert_eq!(found, Found::from([("/ja/articles/a/".into(), String::new())]));
}

#[test]
fn a_site_may_go_without_and_have_a_page_of_its_own_there() {
    let has = |loaded: &Loaded| {
        loaded.site().outputs.iter().any(|output| {
            output.path.as_str().starts_with("search/") && output.path.as_str().ends_with(".txt")
        })
    };
    assert!(has(&load(&site(""))));
    let loaded = load(&site("search: false\n"));
    assert!(!has(&loaded) && text(&loaded, "search/index.html").is_none());
    assert!(!text(&loaded, "index.html").unwrap().contains("role=\"search\""));
    let scripts = ["theme/search.js", "theme/missing.js"];
    let is_published = |script: &str| {
        let is_there = |loaded: &Loaded| {
            loaded.site().outputs.iter().any(|output| output.path.as_str() == script)
        };
        (is_there(&load(&site(""))), is_there(&loaded))
    };
    assert_eq!(scripts.map(is_published), [(true, false); 2]);
    let mut own = site("search: false\n");
    own.write("static/search/index.html", "<!doctype html><title>Own</title>");
    own.write("static/theme/search.js", "own");
    let loaded = load(&own);
    assert!(!has(&loaded));
    let own = ["search/index.html", "theme/search.js"];
    assert!(
        own.iter().all(|own| loaded
            .site()
            .outputs
            .iter()
            .any(|output| output.path.as_str() == *own))
    );
}

/// An edit of a text makes its own page and what the search shows of it, the shards that have its words, and no others.
#[test]
fn an_edit_makes_its_shards_alone() {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Many\n");
    let words = |at: usize| {
        (0..60).map(|i| format!("w{}x ", (at * 61 + i * 37) % 2000)).collect::<String>()
    };
    for at in 0..80 {
        let text = format!("---\ntitle: Page {at}\nsummary: A page.\n---\n\n{}\n", words(at));
        site.write(&format!("content/articles/p{at}.md"), text);
    }
    let options = || Options { now: Now::Day("2026-01-01".parse().unwrap()), ..Options::default() };
    let mut engine = Engine::new();
    let all = |loaded: &Loaded| {
        let outputs = std::sync::Mutex::new(BTreeMap::new());
        loaded.render_all(&|output, content| {
            let content = format!("{content:?}");
            outputs.lock().unwrap().insert(output.path.to_string(), content);
        });
        outputs.into_inner().unwrap()
    };
    let before = all(&engine.load(&site, options()));
    let text = format!("---\ntitle: Page 7\nsummary: A page.\n---\n\n{} zebra\n", words(7));
    site.write("content/articles/p7.md", text);
    let loaded = engine.load(&site, options());
    let after = all(&loaded);
    assert_eq!(after, all(&Engine::new().load(&site, options())));
    let changed: BTreeSet<&String> =
        after.iter().filter(|(path, text)| before[*path] != **text).map(|(path, _)| path).collect();
    let made: Vec<String> =
        loaded.trace().rendered.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(made.iter().collect::<BTreeSet<_>>(), changed, "what was made is what changed");
    let shards =
        changed.iter().filter(|path| path.starts_with("search/") && !path.contains("text/"));
    // The term itself, and those whose impact rounds to another number in a text that is longer by a word.
    assert!(shards.count() <= 4, "{changed:?}");
    assert_eq!(changed.iter().filter(|path| path.starts_with("search/text/")).count(), 1);
}
