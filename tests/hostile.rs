//! What nobody writes by accident: every build ends, in little memory, and says what is wrong or makes clean pages.
//!
//! A build that hangs is killed after minutes, and one that wants more memory than is sound gets none: neither is a
//! measure of speed, both only end a test that would not.

#![allow(clippy::disallowed_methods, reason = "sets up the folders of a test")]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use support::{SiteTest, TODAY};

const SITE: &str = "
    //- /content/site.yaml
    title: Talks
    base_url: https://example.org/
    //- /content/articles/plain.md
    ---
    title: Plain
    ---
    Text.
";

/// The article that a case makes.
const ARTICLE: &str = "content/articles/a.md";

/// Name, a file's path and text, exit code, what the report has.
type Case = (&'static str, &'static str, String, i32, &'static str);

fn body(name: &'static str, text: String, code: i32, has: &'static str) -> Case {
    (name, ARTICLE, format!("---\ntitle: A\n---\n{text}\n"), code, has)
}

fn front(name: &'static str, text: String, has: &'static str) -> Case {
    (name, ARTICLE, format!("---\ntitle: A\n{text}\n---\nText.\n"), 1, has)
}

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

/// Values of which each has nine times the one before.
fn laughs() -> String {
    let list = |at: usize| vec![format!("*a{at}"); 9].join(", ");
    "a0: &a0 [lol]\n".to_string()
        + &many(30, |at| format!("a{}: &a{} [{}]\n", at + 1, at + 1, list(at)))
}

fn cases() -> Vec<Case> {
    let mut cases = vec![
        body("nested quotes", ">".repeat(50_000), 0, ""),
        body("nested lists", "- ".repeat(50_000), 0, ""),
        body("footnotes", "[^1]".repeat(20_000) + "\n\n[^1]: a", 0, ""),
        body("citations in one line", "[^x] ".repeat(5000), 1, "5000 errors"),
        body("references in one paragraph", "A [[plain]]. ".repeat(8000), 0, ""),
        body("anchors", "## A {#a}\n".repeat(500), 1, "error["),
        body(
            "dead links to the site's own address",
            many(3000, |at| format!("[a](https://example.org/dead-{at}/) ")),
            1,
            "3000 errors",
        ),
        body("dead links", many(3000, |at| format!("[a](/dead-{at}/) ")), 1, "3000 errors"),
        front("a megabyte", format!("description: {}", "a".repeat(1_000_000)), "error[too-large]"),
        front(
            "a hundred thousand keys",
            many(100_000, |at| format!("k{at}: 1\n")),
            "error[too-large]",
        ),
        front("five thousand keys alike", "topics: []\n".repeat(5000), "error["),
        front("deep nesting", format!("topics: {}", "[".repeat(50_000)), "error["),
        front("deeper nesting", format!("topics: {}", "[".repeat(100_000)), "error[too-large]"),
        front("a billion laughs", laughs(), "error["),
        front("aliases", format!("k: &a 1\nx: [{}]", "*a,".repeat(15_000)), "error["),
        (
            "anchors in facts",
            "content/facts.yaml",
            many(10_000, |at| format!("k{at}: &a{at} {{value: 1}}\n")),
            1,
            "error[",
        ),
        (
            "questions",
            "content/faq/q.md",
            format!("---\ntitle: Q\n---\n{}", many(1000, |at| format!("## Why {at}?\n\nSo.\n\n"))),
            0,
            "",
        ),
        (
            "a template that includes itself",
            "templates/article.html",
            "{% include \"article.html\" %}".to_string(),
            1,
            "error[template-syntax]: a template includes itself",
        ),
        (
            "a component that calls itself",
            "templates/article.html",
            "{% component rec() %}{{<rec/>}}{% endcomponent %}{{<rec/>}}".to_string(),
            1,
            "error[template",
        ),
    ];
    for (name, unit) in [
        ("brackets", "["),
        ("pictures", "!["),
        ("stars", "*"),
        ("underscores", "_"),
        ("backticks", "`"),
        ("words in stars", "*a "),
    ] {
        cases.push(body(name, unit.repeat(100_000), 0, ""));
    }
    cases
}

#[test]
fn texts() {
    for (name, path, text, code, has) in cases() {
        let site = SiteTest::new(SITE);
        site.edit(path, &text);
        check(name, &site, code, has);
    }
}

#[test]
fn bytes() {
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("# A".bytes().flat_map(|b| [b, 0])).collect();
    for (name, bytes) in [
        ("a NUL byte", b"---\ntitle: A\n---\nA\0b\n".to_vec()),
        ("UTF-16", utf16),
        ("half a character", b"---\ntitle: A\n---\n\xe3\x81".to_vec()),
        ("a surrogate", b"---\ntitle: A\n---\n\xed\xa0\x80".to_vec()),
    ] {
        let site = SiteTest::new(SITE);
        site.write(ARTICLE, &bytes);
        check(name, &site, 1, "error[not-utf8]");
    }
}

#[test]
fn what_is_no_file() {
    type Make = fn(&Path);
    let cases: [(&str, &str, Make); 7] = [
        ("settings that are a pipe", "content/site.yaml", pipe),
        ("an article that is a pipe", ARTICLE, pipe),
        ("a template that is a pipe", "templates/article.html", pipe),
        ("settings without an end", "content/site.yaml", |path| link("/dev/zero", path)),
        ("an article without an end", ARTICLE, |path| link("/dev/zero", path)),
        ("an article of others", ARTICLE, |path| link("/etc/passwd", path)),
        ("a folder of others", "static/etc", |path| link("/etc", path)),
    ];
    for (name, path, make) in cases {
        let site = SiteTest::new(SITE);
        let place = site.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder above")).expect("a writable folder");
        if place.exists() {
            site.delete(path);
        }
        make(&place);
        check(name, &site, 1, "error[unreadable]");
    }
}

/// What an SVG costs its reader is bounded by its bytes, and it is read no further than its kind of trouble.
#[test]
fn drawings() {
    let svg = |inside: String| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
    let deep = |count: usize| "<g>".repeat(count) + &"</g>".repeat(count);
    let entities: String =
        many(30, |at| format!("<!ENTITY a{} \"{}\">", at + 1, format!("&a{at};").repeat(9)));
    let larger = "is larger than drawings are";
    for (name, text, has) in [
        ("deep nesting", svg(deep(100_000)), ""),
        ("deeper nesting", svg(deep(1_000_000)), larger),
        ("a million elements", svg("<g/>".repeat(1_000_000)), larger),
        ("64 megabytes", svg(" ".repeat(64 << 20)), larger),
        (
            "a billion laughs",
            format!("<!DOCTYPE a [{entities}]>{}", svg("&a30;".into())),
            "declares",
        ),
        ("attributes", svg(format!("<g{}/>", many(300_000, |at| format!(" a{at}=''")))), larger),
        (
            "attributes behind a quote in a comment",
            svg(format!("<!-- <a \" --><g{}/>", many(300_000, |at| format!(" a{at}=''")))),
            larger,
        ),
        ("namespaces", svg(many(60_000, |at| format!("<g xmlns:n{at}='n'>"))), larger),
        ("comments", svg("<!-- a -->".repeat(200_000)), ""),
        ("one path", svg(format!("<path d=\"M0 0{}\"/>", "h1".repeat(3_000_000))), ""),
        ("tags without an end", svg("<g a=\"".repeat(200_000)), "not well-formed"),
        ("less-than signs", svg("<".repeat(4_000_000)), "not well-formed"),
        ("quotes", svg(format!("<g {}", "'".repeat(4_000_000))), "larger"),
        ("styles", svg(format!("<style>{}</style>", "url(#a)".repeat(500_000))), ""),
        ("references", svg("&#65;".repeat(1_000_000)), ""),
    ] {
        let site = SiteTest::new(SITE);
        site.edit("content/articles/b/index.md", "---\ntitle: B\n---\nText.\n");
        site.edit("content/articles/b/map.svg", &text);
        check(name, &site, 0, has);
        let published = site.path().join("public/articles/b/map.svg");
        assert_eq!(published.exists(), has.is_empty(), "{name}");
    }
}

/// Each page knows every place of a link that all of them have.
#[test]
fn one_dead_link_on_many_pages() {
    let site = SiteTest::new(SITE);
    for at in 0..2500 {
        let path = format!("content/articles/a{at}.md");
        site.edit(&path, &format!("---\ntitle: A{at}\n---\n[a](/dead/) [b](/gone/)\n"));
    }
    check("one dead link", &site, 1, "5000 errors");
}

#[test]
fn ten_thousand_files_in_a_folder() {
    let site = SiteTest::new(SITE);
    for at in 0..10_000 {
        site.edit(&format!("static/many/{at}.txt"), "x");
    }
    check("ten thousand files", &site, 0, "");
    let published = fs::read_dir(site.path().join("public/many")).expect("a published folder");
    assert_eq!(published.count(), 10_000);
}

/// Files of 20 GB, of which the disk holds nothing.
#[test]
fn huge_files() {
    for path in [ARTICLE, "content/site.yaml", "templates/article.html"] {
        let site = SiteTest::new(SITE);
        site.write(path, b"");
        let file = fs::File::options().write(true).open(site.path().join(path));
        file.and_then(|file| file.set_len(20 << 30)).expect("a sparse file");
        check(path, &site, 1, "error[unreadable]");
    }
}

#[test]
fn ways_without_number() {
    let site = SiteTest::new(SITE);
    for at in 0..22 {
        let folder = site.path().join(format!("static/d{at}"));
        fs::create_dir_all(&folder).expect("a writable folder");
        for name in ["a", "b"] {
            link(&format!("../d{}", at + 1), &folder.join(name));
        }
    }
    site.edit("static/d22/x.txt", "x");
    check("folders of links to folders of links", &site, 1, "error[unreadable]");

    let site = SiteTest::new(SITE);
    fs::create_dir_all(site.path().join("static")).expect("a writable folder");
    link(".", &site.path().join("content/articles/loop"));
    link("self.md", &site.path().join("content/articles/self.md"));
    link("../content", &site.path().join("static/content"));
    check("loops", &site, 1, "error[unreadable]");
}

#[test]
fn links_without_number() {
    let site = SiteTest::new(SITE);
    site.edit("content/kept/a.kept", "x").edit("static/one/a.txt", "x");
    for at in 0..3000 {
        link("one", &site.path().join(format!("static/folder-{at}")));
        link("../content/kept/a.kept", &site.path().join(format!("static/file-{at}.txt")));
    }
    check("links that may be followed", &site, 0, "");
    for folder in ["folder-2999/a.txt", "file-2999.txt"] {
        assert!(site.path().join("public").join(folder).is_file(), "{folder}");
    }
    for at in 0..3000 {
        link("../../../outside", &site.path().join(format!("content/articles/out-{at}")));
        link("../..", &site.path().join(format!("content/articles/up-{at}")));
        // Each leads to the one before it.
        let before =
            if at == 0 { "../content/site.yaml".into() } else { format!("hop-{}", at - 1) };
        link(&before, &site.path().join(format!("static/hop-{at}")));
    }
    check("links that may not", &site, 1, "error[unreadable]");
}

#[test]
fn a_large_published_file_is_not_held() {
    let site = SiteTest::new(SITE);
    site.write("static/large.bin", b"");
    let file = fs::File::options().write(true).open(site.path().join("static/large.bin"));
    file.and_then(|file| file.set_len(200 << 20)).expect("a sparse file");
    check("a large file", &site, 0, "");
    let published = site.path().join("public/large.bin");
    assert_eq!(fs::metadata(published).expect("a published file").len(), 200 << 20);
}

/// Names with spaces, which stand in no table of fixtures.
#[test]
fn copies_of_programs_that_share_folders_make_no_pages() {
    for name in ["a (conflicted copy).md", "a (Ann's conflicted copy 2026-01-02).md"] {
        let site = SiteTest::new(SITE);
        site.edit(&format!("content/articles/{name}"), "---\ntitle: A\n---\n");
        check(name, &site, 0, "take over into `a.md` what it lacks");
        assert!(!site.path().join("public/articles/a").exists());
    }
}

/// A disk that is full where the program says what it did: it ends with the code of that, and does not panic.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_said() {
    let site = SiteTest::new(SITE);
    for (command, code) in [
        ("build 2> /dev/full", 3),
        ("build --nonsense 2> /dev/full", 3),
        ("check 2> /dev/full", 3),
        ("explain > /dev/full", 3),
        ("explain article > /dev/full", 3),
        ("--help > /dev/full", 3),
        ("--version > /dev/full", 3),
        ("new article News > /dev/full", 3),
        ("new article News > /dev/full 2> /dev/full", 3),
        ("build > /dev/full", 0),
        // A reader that has had enough.
        ("explain article | true", 0),
        ("explain article | head -n 1 > /dev/null", 0),
    ] {
        let output = Command::new("bash")
            .args(["-c", &format!("set -o pipefail; \"$0\" {command}")])
            .arg(env!("CARGO_BIN_EXE_briefing"))
            .current_dir(site.path())
            .output()
            .expect("bash");
        let report = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{command}: {report}");
        assert!(!report.contains("panicked"), "{command}: {report}");
        drop(fs::remove_file(site.path().join("content/articles/news.md")));
    }
    site.edit(ARTICLE, "No front matter.\n");
    let script = "\"$0\" check --format json > /dev/full";
    let check = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_briefing")])
        .current_dir(site.path())
        .output();
    assert_eq!(check.expect("bash").status.code(), Some(3));
}

/// Threads with stacks that no machine has are refused.
#[test]
fn threads_that_are_refused() {
    let site = SiteTest::new(SITE);
    for command in ["build", "check", "serve"] {
        let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
            .arg(command)
            .current_dir(site.path())
            .env("RUST_MIN_STACK", (1_u64 << 50).to_string())
            .output()
            .expect("the program starts");
        let report = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{command}: {report}");
        assert!(report.contains("threads") && !report.contains("panicked"), "{command}: {report}");
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo, of coreutils").success());
}

fn link(to: &str, path: &Path) {
    symlink(to, path).expect("a link");
}

/// Builds a site under limits: four gigabytes of addresses, and the time after which a build must be hanging.
fn check(name: &str, site: &SiteTest, code: i32, has: &str) {
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 4194304 && exec timeout -s KILL 300 \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_briefing"))
        .args(["build", "--site"])
        .arg(site.path())
        .args(TODAY)
        .output()
        .expect("sh and timeout, of coreutils");
    let report = String::from_utf8_lossy(&output.stderr);
    let end: String = report.chars().rev().take(300).collect();
    let end: String = end.chars().rev().collect();
    assert_eq!(output.status.code(), Some(code), "{name}: {end}");
    assert!(report.contains(has), "{name} has no {has}: {end}");
    assert!(!report.contains("panicked"), "{name}: {end}");
}
