//! The command line as its users meet it: arguments in, exit code and both streams out.
//!
//! A transcript in `tests/cli/` holds every run of a test: the command, its exit code, what it printed on standard
//! output (lines with `|`) and on standard error (lines with `!`). `BRIEFING_BLESS=1 cargo test --test cli` writes
//! them anew, to be read before they are committed. Times and the folders of a test are masked, space at the ends of
//! lines is left out, nothing else.

#![allow(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]

mod support;

use std::cell::RefCell;
use std::fs;

use briefing::base::SourcePath;
use support::{SiteTest, TODAY};

/// A site without a fault.
const SITE: &str = "
    //- /content/site.yaml
    title: Talks
    base_url: https://example.org/
    //- /content/articles/talks.md
    ---
    title: Talks
    published: 2025-06-20
    ---
    Text.
";

/// A site with three mistakes, of which one is an error.
const FAULTY: &str = "
    //- /content/site.yaml
    title: Talks
    base_url: https://example.org/
    //- /content/articles/talks.md
    ---
    title: Talks
    auther: Ann
    topics: talks
    players:
      - marco-rubo
    ---
    //- /content/players/marco-rubio.md
    ---
    name: Marco Rubio
    ---
";

/// What one edit solves is written, in files with other line ends too; the rest is reported where it stands then.
#[test]
fn fixes() {
    let site = SiteTest::new(SITE);
    let text = "---\ntitle: Talks\n---\nThe [report] (https://example.net/x) and (https://example.net/y)[the text].\n\n\
                | a | b |\n|---|\n| 1 | 2 |\n\n##Next\n\nTerm :tada:\n{: .lead}\n\n[a][nope] and [mail](team@example.net).\n";
    site.edit("content/articles/talks.md", text);
    site.edit("content/articles/dos.md", &text.replace('\n', "\r\n"));
    let mut log = Transcript::new(&site);
    log.run(&["check", "--fix", "--format", "short", TODAY[0], TODAY[1]], 0);
    log.run(&["check", "--fix", "--format", "short", TODAY[0], TODAY[1]], 0);
    log.check("fixes");
    let read = |path: &str| fs::read_to_string(site.path().join(path)).expect("a text");
    let fixed = read("content/articles/talks.md");
    assert_eq!(read("content/articles/dos.md"), fixed.replace('\n', "\r\n"));
}

/// Of each code the first ten are shown, errors last; nothing that content holds steers the terminal.
#[test]
fn many_problems() {
    let site = SiteTest::new(SITE);
    let notes: String = (0..12).map(|at| format!("[[gone-{at}]]\n")).collect();
    let text = format!("---\ntitle: Talks\nauther: Ann\ntopics: talks\n---\n{notes}");
    site.edit("content/articles/talks.md", &text);
    let hostile = "---\ntitle: \"A \\x9b31m\"\n---\n[[a\u{9b}31m]] [[b\u{202e}c]] \u{200f}[[d\u{1b}]] \u{61c}\n";
    site.edit("content/articles/hostile.md", hostile);
    site.edit("content/site.yaml", "title: Talks\n");
    let mut log = Transcript::new(&site);
    log.run(&["check", TODAY[0], TODAY[1]], 1);
    log.run(&["check", "--format", "short", TODAY[0], TODAY[1]], 1);
    log.run(&["build", "--all", "--format", "short", TODAY[0], TODAY[1]], 1);
    for format in ["human", "short", "json"] {
        let run = site.run(&["check", "--all", "--format", format, TODAY[0], TODAY[1]], &[]);
        let shown = run.stdout + &run.stderr;
        let steers = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{61c}' | '\u{200f}' | '\u{202e}')
        };
        assert!(!shown.contains(steers), "{format}: {shown:?}");
    }
    log.check("many-problems");
}

/// What a host would not take is said before anything is published; the site is written all the same.
#[test]
fn what_a_host_does_not_take() {
    let site = SiteTest::new(SITE);
    let settings = |hosts: &str| {
        site.edit(
            "content/site.yaml",
            &format!("title: Talks\nbase_url: https://example.org/\nhosts: [{hosts}]\n"),
        );
    };
    settings("s3, cloudflare");
    let old: String = (0..51).map(|at| format!("  - /{at}/\n")).collect();
    let text = format!("---\ntitle: Talks\npublished: 2025-06-20\nredirect_from:\n{old}---\n");
    site.edit("content/articles/talks.md", &text);
    site.edit("static/_redirects", "/a /b\n");
    let mut log = Transcript::new(&site);
    log.run(&["build", TODAY[0], TODAY[1]], 0);
    log.run(&["check", "--format", "short", TODAY[0], TODAY[1]], 0);
    settings("netlify, cloudflare");
    log.run(&["check", "--format", "short", TODAY[0], TODAY[1]], 1);
    log.check("what-a-host-does-not-take");
}

#[test]
fn help_and_version() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.run(&["--version"], 0);
    log.run(&["--help"], 0);
    log.run(&["build", "--help"], 0);
    log.run(&["init", "--help"], 0);
    log.run(&["new", "--help"], 0);
    log.run(&["rename", "--help"], 0);
    log.run(&["publish", "--help"], 0);
    log.run(&["-h"], 0);
    log.check("help-and-version");
}

#[test]
fn usage_errors() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.run(&[], 2);
    log.run(&["biuld"], 2);
    log.run(&["build", "--outptu", "x"], 2);
    log.run(&["build", "--format", "xml"], 2);
    log.run(&["build", "--today", "06/07/2025"], 2);
    log.run(&["build", "--today", "2025-02-30"], 2);
    log.run(&["build", "--today", "2025-06"], 2);
    log.run(&["build", "--base-url", "example.org"], 2);
    log.run(&["build", "--site", "nowhere"], 2);
    log.run(&["build", "--site", "content"], 2);
    assert!(site.output().is_empty(), "nothing was written");
    assert!(site.tree(".briefing").is_empty(), "nothing was written");
    log.check("usage-errors");
}

#[test]
fn builds() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.build(&[], 0);
    log.build(&[], 0);
    log.note("a second article");
    site.edit("content/articles/more.md", "---\ntitle: More\n---\n");
    log.build(&[], 0);
    log.note("that article goes, and a static file comes");
    site.delete("content/articles/more.md").write("static/a.txt", b"a");
    log.build(&[], 0);
    log.build(&["--output", "elsewhere/site"], 0);
    assert_eq!(site.tree("elsewhere/site"), site.output());
    log.build(&["--output", "elsewhere/json", "--format", "json"], 0);
    log.check("builds");
}

#[test]
fn another_folder_than_the_one_it_runs_in() {
    let site = SiteTest::new("//- /newsroom/content/articles/talks.md\n---\ntitle: Talks\n---\n");
    let mut log = Transcript::new(&site);
    log.build(&["--site", "newsroom", "--format", "short"], 0);
    assert!(site.tree("newsroom/public").contains_key("articles/talks/index.html"));
    assert!(site.output().is_empty());
    log.build(&["--site", "newsroom", "--output", "public"], 0);
    assert_eq!(site.output(), site.tree("newsroom/public"));
    log.check("another-folder-than-the-one-it-runs-in");
}

#[test]
fn errors_in_the_input_write_nothing() {
    let site = SiteTest::new(FAULTY);
    let mut log = Transcript::new(&site);
    log.build(&[], 1);
    log.build(&["--format", "short"], 1);
    log.build(&["--format", "json"], 1);
    assert!(site.output().is_empty());

    let fixed = "---\ntitle: Talks\nplayers: marco-rubio\n---\n";
    site.edit("content/articles/talks.md", fixed);
    site.build(&[]).expect(0);
    let before = site.output();
    for broken in [
        ("content/articles/talks.md", "---\ntitle: [\n---\n"),
        ("content/articles/talks.md", "---\ntitle: Talks\n---\n[nowhere](/nowhere/)\n"),
        ("content/site.yaml", "title: {}\n"),
        ("templates/player.html", "{% if %}"),
        ("templates/player.html", "{{ nothing.here }}"),
    ] {
        let text = fs::read_to_string(site.path().join(broken.0)).ok();
        site.edit(broken.0, broken.1);
        site.build(&["--format", "short"]).expect(1);
        assert_eq!(site.output(), before, "{broken:?}");
        match text {
            Some(text) => site.edit(broken.0, &text),
            None => site.delete(broken.0),
        };
    }
    assert!(site.build(&[]).expect(0).summary().contains(" 0 written"));
    log.check("errors-in-the-input-write-nothing");
}

/// A build that fails says where its time went, and leaves nothing beside what the author has, whatever stage found the error:
/// the pages that were made until then are gone too.
#[test]
fn timings_of_builds_that_fail() {
    let site = SiteTest::new(SITE);
    let entries = || {
        let names = fs::read_dir(site.path()).expect("the site's folder");
        let mut names: Vec<_> = names.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    let mut log = Transcript::new(&site);
    for text in ["---\ntitle: [\n---\n", "---\ntitle: Talks\n---\n[nowhere](/nowhere/)\n"] {
        site.edit("content/articles/talks.md", text);
        let before = entries();
        log.build(&["--timings", "--format", "short"], 1);
        assert_eq!(entries(), before, "{text}");
    }
    log.check("timings-of-builds-that-fail");
}

#[test]
fn json_is_for_programs() {
    let site = SiteTest::new(FAULTY);
    site.edit("templates/player.html", "{{ nothing.here }}");
    site.edit(
        "content/articles/talks.md",
        "---\ntitle: Talks\nauther: Ann\n---\n[[marco-rubio]]\n",
    );
    let run = site.build(&["--format", "json"]).expect(1);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let place = ["file", "line", "column", "end_line", "end_column"];
    for line in &lines {
        let object = line.as_object().expect("an object on each line");
        for key in ["schema", "code", "severity", "message", "help", "page"].iter().chain(&place) {
            assert!(object.contains_key(*key), "{key} is missing: {line}");
        }
        assert_eq!(line["schema"], 1);
        assert!(line["help"].is_array());
        for key in &place[1..] {
            assert!(line[key].as_u64().is_some_and(|number| number > 0), "{key}: {line}");
        }
    }
    let codes: Vec<_> = lines.iter().map(|line| line["code"].as_str().expect("a text")).collect();
    assert_eq!(codes, ["unknown-key", "template-render"]);
    assert_eq!(lines[0]["page"], serde_json::Value::Null);
    assert_eq!(lines[1]["page"]["out"], "players/marco-rubio/index.html");
    assert_eq!(lines[1]["page"]["source"], "content/players/marco-rubio.md");
}

#[test]
fn what_may_not_be_an_output() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    site.edit("static/a.txt", "a").edit("notes/mine.txt", "mine").edit("file", "mine");
    site.edit("old/a.txt", "mine").edit("old/index.html", "mine");
    let before = site.tree("");
    log.build(&["--output", "."], 5);
    log.build(&["--output", ".."], 5);
    log.build(&["--output", "content"], 5);
    log.build(&["--output", "content/public"], 5);
    log.build(&["--output", "static"], 5);
    log.build(&["--output", "templates/x"], 5);
    log.build(&["--output", ".briefing"], 5);
    log.build(&["--output", "file"], 5);
    log.build(&["--output", "notes"], 5);
    log.build(&["--output", "old"], 5);
    let mut after = site.tree("");
    after.retain(|path, _| !path.starts_with(".briefing/"));
    assert_eq!(after, before);
    log.check("what-may-not-be-an-output");
}

#[test]
fn files_of_others_are_taken_over_only_on_request() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    site.build(&[]).expect(0);
    let built = site.output();
    site.edit("public/index.html", "edited").edit("public/note.txt", "mine");
    site.edit("content/site.yaml", "title: Other\nbase_url: https://example.org/\n");
    log.build(&[], 5);
    assert_eq!(site.page("index.html"), "edited");
    assert_eq!(site.output()["404.html"], built["404.html"], "no other page either");
    log.build(&["--adopt"], 0);
    assert_ne!(site.page("index.html"), "edited");
    assert_eq!(site.page("note.txt"), "mine", "what is not in the way stays");
    log.build(&[], 0);
    log.check("files-of-others-are-taken-over-only-on-request");
}

#[test]
fn a_lost_record_is_made_again() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    site.build(&[]).expect(0);
    fs::remove_dir_all(site.path().join(".briefing")).expect("the record can be removed");
    log.build(&[], 0);
    log.check("a-lost-record-is-made-again");
}

#[test]
fn drafts_and_the_future() {
    let site = SiteTest::new(SITE);
    site.edit("content/articles/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n");
    site.edit("content/articles/later.md", "---\ntitle: Later\npublished: 2026-07-01\n---\n");
    let has = |args: &[&str], env: &[(&str, &str)], draft: bool, later: bool| {
        site.run(&[&["build"], args].concat(), env).expect(0);
        let output = site.output();
        let found = ["articles/draft/index.html", "articles/later/index.html"]
            .map(|path| output.contains_key(path));
        assert_eq!(found, [draft, later], "{args:?} {env:?}");
    };
    let epoch = "SOURCE_DATE_EPOCH";
    has(&TODAY, &[], false, false);
    has(&["--today", "2026-01-01", "--drafts"], &[], true, false);
    has(&["--today", "2026-01-01", "--future"], &[], false, true);
    has(&["--today", "2026-06-30"], &[], false, false);
    has(&["--today", "2026-07-01"], &[], false, true);
    // The last second of 30 June 2026 and the one after it; the site's time zone is UTC.
    has(&[], &[(epoch, "1782863999")], false, false);
    has(&[], &[(epoch, "1782864000")], false, true);
    has(&["--today", "2026-06-30"], &[(epoch, "1782864000")], false, false);
    let run = site.run(&["build"], &[(epoch, "yesterday")]).expect(2);
    assert_eq!(
        run.stderr,
        "error: `SOURCE_DATE_EPOCH` is not a number of seconds since 1970: `yesterday`\n"
    );
}

#[test]
fn when_the_site_changes_by_itself() {
    let site = SiteTest::new(SITE);
    let article = |front: &str| format!("---\ntitle: Title\n{front}---\n");
    site.edit("content/articles/past.md", &article("published: 2025-01-01\nexpires: 2025-12-31\n"));
    site.edit("content/articles/draft.md", &article("published: 2026-02-01\nstatus: draft\n"));
    let gone = "published: 2025-01-01\nexpires: 2026-02-01\nstatus: withdrawn\n";
    site.edit("content/articles/gone.md", &article(gone));
    let mut log = Transcript::new(&site);
    log.note("nothing but what has passed, a draft, and what is withdrawn");
    log.build(&[], 0);
    log.note("a page that expires after the last day of May");
    site.edit("content/articles/spring.md", &article("published: 2025-03-01\nexpires: 2026-05\n"));
    log.build(&[], 0);
    log.note("an embargo at an hour, where the site is");
    let settings = "title: Talks\nbase_url: https://example.org/\ntimezone: Asia/Tokyo\n";
    site.edit("content/site.yaml", settings);
    site.edit("content/articles/embargo.md", &article("published: 2026-01-31T06:00:00Z\n"));
    log.build(&[], 0);
    log.note("built with the future in it, the embargo is no news");
    log.build(&["--future"], 0);
    log.note("two more at once; with the draft among the pages, three");
    site.edit("content/articles/a.md", &article("published: 2026-01-15\nexpires: 2026-01-20\n"));
    site.edit("content/articles/b.md", &article("published: 2026-01-15\n"));
    log.build(&[], 0);
    site.edit("content/articles/draft.md", &article("published: 2026-01-15\nstatus: draft\n"));
    log.build(&["--drafts"], 0);
    log.note("and on the day, the expiry of the first");
    log.run(&["build", "--today", "2026-01-15"], 0);
    log.note("an event passes; what is called off, and what a draft tells of, does not");
    let events = "events:\n  - {date: 2026-01-16, name: Off, status: cancelled}\n  \
                  - {date: 2026-01-17, end: 2026-01-18, name: Talks}\n";
    site.edit("content/articles/b.md", &article(&format!("published: 2026-01-15\n{events}")));
    let events = "events: {date: 2026-01-15, name: Secret}\n";
    let draft = format!("published: 2026-01-15\nstatus: draft\n{events}");
    site.edit("content/articles/draft.md", &article(&draft));
    log.run(&["build", "--today", "2026-01-15"], 0);
    log.check("when-the-site-changes-by-itself");
}

#[test]
fn publishes() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.publish(&[], 2);
    site.edit(
        "content/site.yaml",
        "title: Talks\nbase_url: https://example.org/\npublish:\n  live: \"dir:../www\"\n  test: \"dir:../test\"\n",
    );
    log.publish(&[], 2);
    log.publish(&["lvie"], 2);
    log.publish(&["dri:../www"], 2);
    log.publish(&["live"], 5);
    log.publish(&["live", "--dry-run"], 0);
    log.publish(&["live", "--yes"], 0);
    log.publish(&["live"], 0);
    log.note("a second article, and a static file");
    site.edit("content/articles/more.md", "---\ntitle: More\nredirect_from: /old/\n---\n")
        .write("static/a.txt", b"a");
    log.publish(&["diff", "live"], 0);
    log.publish(&["live", "--yes"], 0);
    log.publish(&["history", "live"], 0);
    log.publish(&["verify", "live"], 0);
    log.publish(&["rollback", "live", "--yes"], 0);
    log.publish(&["rollback", "live", "--yes"], 5);
    log.publish(&["rollback", "live", "yesterday", "--yes"], 5);
    log.note("somebody's files");
    site.write("../test/index.html", b"theirs");
    log.publish(&["test", "--yes"], 5);
    log.check("publishes");
}

#[test]
fn explains() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.run(&["explain", "unknown-player"], 0);
    log.run(&["explain", "sources"], 0);
    // Every code with its severity, and every key of other generators.
    log.run(&["explain"], 0);
    log.run(&["explain", "unknown-key"], 0);
    log.run(&["explain", "unknown-playr"], 2);
    log.run(&["explain", "artcle"], 2);
    log.run(&["explain", "xyzzy"], 2);
    log.check("explains");
}

#[test]
fn a_first_site() {
    let site = SiteTest::new("//- /README.md\nMine\n");
    let mut log = Transcript::new(&site);
    log.run_then(&["init", "newsroom"], 0);
    log.run_then(&["build", "--site", "newsroom"], 0);
    log.run_then(&["init", "newsroom"], 5);
    log.run_then(
        &[
            "init",
            "newsroom",
            "--ci",
            "github",
            "--git",
            "https://git.example/briefing.git",
            "--rev",
            "0123456789abcdef",
        ],
        0,
    );
    log.run_then(
        &[
            "init",
            "newsroom",
            "--ci",
            "github",
            "--git",
            "https://git.example/briefing.git",
            "--rev",
            "0123456789abcdef",
        ],
        5,
    );
    log.run_then(
        &[
            "init",
            "newsroom",
            "--ci",
            "gitlab",
            "--git",
            "https://git.example/briefing.git",
            "--rev",
            "0123456789abcdef",
        ],
        0,
    );
    log.run(&["init", "newsroom", "--ci", "gitlab"], 2);
    log.run(&["init", "my site"], 0);
    log.note("in a folder with files of its own");
    site.edit(".gitignore", "target\npublic\n");
    log.run_then(&["init"], 0);
    log.run_then(&["init", "README.md"], 3);
    log.check("a-first-site");
}

#[test]
fn new_pages() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    log.run_then(&["new", "article", "Japan: why the limit fell"], 0);
    log.run_then(&["new", "player", "Gen Nakatani"], 0);
    log.run_then(&["new", "faq", "日本の防衛費", "--id", "defence-questions"], 0);
    log.build(&["--drafts"], 0);
    log.run_then(&["new", "article", "Gen Nakatani"], 5);
    log.run_then(&["new", "article", "Talks", "--id", "talks"], 5);
    log.run_then(&["new", "article", "日本の防衛費"], 2);
    log.run_then(&["new", "article", "- a list", "--id", "A List"], 2);
    log.run_then(&["new", "article", " "], 2);
    log.run_then(&["new", "artcle", "Talks"], 2);
    log.run_then(&["new", "article"], 2);
    log.run_then(&["new", "article", "Talks", "--site", "content"], 2);
    log.note("the day is that of the site");
    site.edit("content/site.yaml", "title: Talks\ntimezone: America/New_York\n");
    log.run_then(&["new", "article", "Evening"], 0);
    for path in [
        "content/articles/japan-why-the-limit-fell.md",
        "content/players/gen-nakatani.md",
        "content/faq/defence-questions.md",
        "content/articles/evening.md",
    ] {
        log.file(path);
    }
    log.check("new-pages");
}

#[test]
fn templates_of_the_theme() {
    let site = SiteTest::new(SITE);
    let mut log = Transcript::new(&site);
    let read = |path: &str| fs::read_to_string(site.path().join(path)).expect("it was copied");
    log.run_then(&["theme", "eject"], 0);
    log.run_then(&["theme", "check"], 0);
    log.run_then(&["theme", "eject", "artcle.html"], 2);
    log.run_then(&["theme", "diff", "404.html"], 2);
    log.run_then(
        &["theme", "eject", "404.html", "templates/redirect.html", "templates/404.html"],
        0,
    );
    log.run_then(&["theme", "eject", "404.html"], 0);
    log.run_then(&["theme", "check"], 1);
    log.note("the site changes its copy");
    let copy = read("templates/404.html");
    site.edit("templates/404.html", &copy.replace("<h1>", "<h1 class=\"lost\">"));
    site.delete("templates/redirect.html");
    site.edit("templates/parts/sign.html", "<p>A part</p>\n");
    site.edit("templates/loose.html", "{% include \"parts/sign.html\" %}\n");
    log.run_then(&["theme", "check"], 1);
    log.run_then(&["theme", "diff"], 0);
    log.note("the theme changes the template");
    let kept = read("templates/.theme/404.html");
    site.edit("templates/.theme/404.html", &kept.replace("<h1>", "<h1 class=\"old\">"));
    site.edit("templates/.theme/redirect.html", "old\n");
    log.run_then(&["theme", "check"], 1);
    log.run_then(&["theme", "diff", "404.html"], 0);
    log.run_then(&["theme", "eject", "404.html"], 5);
    log.run_then(&["theme", "eject", "redirect.html"], 5);
    log.note("the copy has it");
    site.delete("templates/.theme/404.html");
    site.delete("templates/loose.html");
    site.delete("templates/parts/sign.html");
    log.run_then(&["theme", "check"], 0);
    log.run_then(&["theme", "eject", "404.html"], 0);
    log.run_then(&["theme", "check"], 0);
    log.build(&[], 0);
    log.note("fields that no view has, files that nothing uses, messages");
    site.edit("templates/article.html", "{% extends \"theme/article.html\" %}\n{% block text %}\n{% for side in article.sides %}{{ side.playrs }}{% endfor %}\n{{ article.titel }}\n{{ t(key=\"asked\") }}\n{% endblock text %}\n");
    site.edit("templates/slots/head.html", "<meta name=\"{{ page.kind }}\">\n");
    site.edit("static/theme/site.css", "body { background: url(paper.svg) }\n");
    site.edit("static/theme/paper.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.edit("static/theme/css/tokens.css", "");
    site.edit("templates/lang/de.ftl", "home = Anfang\nasked = Gefragt\nhmoe = Anfang\n");
    let english = briefing::render::theme::text(&SourcePath::new("templates/lang/en.ftl")).unwrap();
    let all_but_one = english.lines().filter(|line| !line.starts_with("home = "));
    site.edit("templates/lang/pt.ftl", &all_but_one.collect::<Vec<_>>().join("\n"));
    log.run_then(&["theme", "check"], 1);
    log.note("what a build refuses");
    site.edit("templates/article.html", "{% extends \"theme/article.html\" %}\n{% block text %}{{ article.title {% endblock text %}\n");
    site.edit("templates/lang/pt.ftl", "home = {\n");
    log.run_then(&["theme", "check"], 1);
    log.check("templates-of-the-theme");
}

/// A site whose pages name a player.
const NAMING: &str = "
    //- /content/site.yaml
    title: Talks
    base_url: https://example.org/
    featured: [ann-ode]   # ann-ode comes first
    //- /content/players/ann-ode.md
    ---
    name: Ann Ode
    ---
    ## Views
    See [the talks](../articles/talks.md).
    //- /content/players/bo.md
    ---
    name: Bo
    ---
    //- /content/articles/talks.md
    ---
    title: Talks
    players:
      - player: ann-ode
        position: 'It''s what [[ann-ode|she]] wants'
    extra:
      photo: ann-ode
    ---
    [[ann-ode]] has [views](../players/ann-ode.md#views), not `[[ann-ode]]`.
    //- /templates/404.html
    {# ann-ode #}Nothing
";

#[test]
fn renames() {
    let site = SiteTest::new(NAMING);
    let mut log = Transcript::new(&site);
    let before = site.tree("");
    log.run(&["rename", "ann-ode", "ann"], 5);
    assert_eq!(site.tree(""), before, "nothing was changed");
    log.run(&["rename", "ann-ode", "ann", "--yes"], 0);
    log.build(&[], 0);
    assert!(site.page("players/ann-ode/index.html").contains("url=/players/ann/"));
    log.note("and back");
    log.run(&["rename", "ann", "ann-ode", "--yes"], 0);
    site.build(&[]).expect(0);
    let mut after = site.tree("content");
    let player = after.get_mut("players/ann-ode.md").expect("the player is back");
    *player = String::from_utf8_lossy(player).replace("redirect_from: /players/ann/\n", "").into();
    let before = SiteTest::new(NAMING).tree("content");
    assert_eq!(after, before, "all but the redirect");
    log.check("renames");
}

#[test]
fn what_is_not_renamed() {
    let site = SiteTest::new(NAMING);
    let mut log = Transcript::new(&site);
    let before = site.tree("");
    log.run(&["rename", "ann-od", "ann", "--yes"], 2);
    log.run(&["rename", "Ann Ode", "ann", "--yes"], 2);
    log.run(&["rename", "nobody-at-all", "ann", "--yes"], 2);
    log.run(&["rename", "player:talks", "ann", "--yes"], 2);
    log.run(&["rename", "plyer:ann-ode", "ann", "--yes"], 2);
    log.run(&["rename", "person:ann-ode", "ann", "--yes"], 2);
    log.run(&["rename", "article:ann-ode", "ann", "--yes"], 2);
    log.run(&["rename", "fact:ann-ode", "ann", "--yes"], 2);
    log.run(&["rename", "ann-ode", "ann", "--in", "content/articles/talks.md", "--yes"], 2);
    log.run(&["rename", "ann-ode", "Ann Ode", "--yes"], 2);
    log.run(&["rename", "ann-ode", "安", "--yes"], 2);
    log.run(&["rename", "ann-ode", "ann-ode", "--yes"], 2);
    log.run(&["rename", "ann-ode", "bo", "--yes"], 5);
    log.run(&["rename", "ann-ode", "talks", "--yes"], 5);
    log.run(&["rename", "ann-ode", "ann", "--yes", "--site", "nowhere"], 2);
    assert_eq!(site.tree(""), before, "nothing was changed");

    log.note("a file that does not parse");
    site.edit("content/articles/b.md", "---\ntitle: Japan: why\n---\n");
    log.run(&["rename", "ann-ode", "ann", "--yes"], 1);
    log.note("a page that will be in the way");
    site.edit("content/articles/b.md", "---\ntitle: B\nredirect_from: /players/ann/\n---\n");
    log.run(&["rename", "ann-ode", "ann", "--yes"], 5);
    log.note("a reference that is written in character references");
    site.edit("content/articles/b.md", "---\ntitle: B\n---\n[a](player:ann&#45;ode)\n");
    log.run(&["rename", "ann-ode", "ann", "--yes"], 1);
    site.delete("content/articles/b.md");
    assert_eq!(site.tree(""), before, "nothing was changed");
    log.check("what-is-not-renamed");
}

/// A site in which a topic, a figure and sources have one name.
const TRADE: &str = "
    //- /content/site.yaml
    title: Trade
    base_url: https://example.org/
    nav: [about]
    //- /content/pages/about.md
    ---
    title: About
    ---
    //- /content/facts.yaml
    trade: {value: 3, source: trade}   # trade
    //- /content/sources.yaml
    trade: {title: Of trade}
    //- /content/articles/deal.md
    ---
    title: The deal
    topics: [trade, work]
    sources: [trade]
    ---
    It costs [[fact:trade]].[^trade] See [trade](topic:trade), [here](/topics/trade/).
    [The figure](/facts/trade/) and [its source](/sources/trade/).
    //- /content/articles/tariffs.md
    ---
    title: Tariffs
    topics: trade
    sources: [{id: trade, title: Another}]
    ---
    A tariff.[^trade]
    //- /content/faq/questions.md
    ---
    title: Questions
    article: deal
    ---
    ## What of [[deal]]?
    Read [it](../articles/deal.md), `[[deal]]`.
";

#[test]
fn renames_of_every_kind() {
    let site = SiteTest::new(TRADE);
    let mut log = Transcript::new(&site);
    log.note("which of them is not said");
    log.run(&["rename", "trade", "commerce", "--yes"], 2);
    log.run(&["rename", "source:trade", "commerce", "--yes"], 2);
    log.run(&["rename", "trads", "commerce", "--yes"], 2);
    log.run(&["rename", "fact:trad", "commerce", "--yes"], 2);
    log.note("a topic without a page");
    log.run(&["rename", "topic:trade", "commerce", "--yes"], 0);
    log.run(&["rename", "topic:work", "about", "--yes"], 5);
    log.run(&["rename", "topic:work", "commerce"], 5);
    log.note("a figure");
    log.run(&["rename", "fact:trade", "volume", "--yes"], 0);
    log.note("a page's own source, then the shared one");
    let own = "content/articles/tariffs.md";
    log.run(&["rename", "trade", "tariff-act", "--in", own, "--yes"], 0);
    log.run(&["rename", "trade", "tariff-act", "--yes"], 0);
    log.note("an article, and a standing page");
    log.run(&["rename", "deal", "pact", "--yes"], 0);
    log.run(&["rename", "page:about", "imprint", "--yes"], 0);
    log.build(&[], 0);
    log.check("renames-of-every-kind");
}

/// The build's records cannot be kept where a file lies.
#[test]
fn what_the_machine_refuses_is_told_apart() {
    let site = SiteTest::new(SITE);
    site.edit(".briefing", "a file");
    let run = site.build(&[]).expect(3);
    assert!(run.stderr.starts_with("error: cannot "), "{}", run.stderr);
    assert!(run.stderr.contains(".briefing"), "{}", run.stderr);
    assert!(site.output().is_empty());
}

/// Every topic that the list names has something to say.
#[test]
fn explains_every_topic_it_lists() {
    let site = SiteTest::new(SITE);
    let list = site.run(&["explain"], &[]).expect(0).stdout;
    let (kinds, rest) = list.split_once("\n\nTemplates:\n").expect("kinds, then templates");
    let (kinds, blocks) = kinds.split_once("\n\nBlocks in texts:\n").expect("blocks behind kinds");
    let (templates, codes) = rest.split_once("\n\nCodes of messages:\n").expect("then codes");
    let first = |lines: &str| -> Vec<String> {
        lines.lines().filter_map(|line| line.split_whitespace().next()).map(Into::into).collect()
    };
    let mut topics = first(kinds);
    topics.remove(0);
    topics.extend(first(blocks));
    topics.extend(templates.split_whitespace().map(str::to_owned));
    topics.extend(first(codes));
    for expected in ["article", "player", "site", "article.html", "unknown-player", "dead-link"] {
        assert!(topics.iter().any(|topic| topic == expected), "{expected}: {list}");
    }
    for topic in topics {
        let text = site.run(&["explain", &topic], &[]).expect(0).stdout;
        assert!(text.starts_with(&topic), "{topic}: {text}");
        assert!(text.lines().count() >= 3, "{topic}: {text}");
    }
}

#[test]
fn no_colour_in_a_pipe() {
    let site = SiteTest::new(FAULTY);
    for args in
        [&["build"][..], &["build", "--format", "short"], &["--help"], &["biuld"], &["explain"]]
    {
        let run = site.run(args, &[("TERM", "xterm-256color")]);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{args:?}");
    }
}

/// A site whose names want looking at.
const NAMED: &str = "
    //- /content/site.yaml
    title: Names
    base_url: https://example.org/
    //- /content/articles/talks.md
    ---
    title: Talks
    published: 2025-06-01
    key_points: [Marco Rubio waited]
    ---

    Secretary Rubio met the Rubio-led team. Marco Rubo and Michael Japan left Washington, D.C.

    ## What follows

    Japan waits; japan and Japanese allies do not. Tokyo Bay Company and the Tokyo Bay Company met.
    //- /content/articles/later.md
    ---
    title: Later
    published: 2030-01-01
    ---

    The United states and Japan.
    //- /content/players/marco-rubio.md
    ---
    name: Marco Rubio
    titles: [Secretary]
    ---
    //- /content/players/japan.md
    ---
    name: Japan
    kind: country
    metonyms: [Tokyo]
    ---
    //- /content/players/united-states.md
    ---
    name: United States
    kind: country
    metonyms: [Washington]
    never: [\"Washington, D.C.\"]
    ---
";

#[test]
fn names_in_prose() {
    let site = SiteTest::new(NAMED);
    let mut log = Transcript::new(&site);
    log.build(&["--format", "short"], 0);
    let before = (site.output(), site.tree(".briefing"));
    log.run(&[&["check"], &TODAY[..]].concat(), 1);
    log.run(&[&["check", "--future", "--format", "short"], &TODAY[..]].concat(), 1);
    log.run(&[&["why", "The Japan-US pact, and Secretary Rubio."], &TODAY[..]].concat(), 0);
    log.run(&[&["why", "--in", "content/articles/talks.md"], &TODAY[..]].concat(), 0);
    log.run(&[&["why", "Tokyo", "--in", "content/articles/talks.md"], &TODAY[..]].concat(), 0);
    log.run(&[&["why", "France", "--in", "content/articles/talks.md"], &TODAY[..]].concat(), 0);
    log.run(&[&["why", "--in", "content/articles/none.md"], &TODAY[..]].concat(), 2);
    let german = "Kanzler Rubio und Partner Japan: Japans Ziele";
    log.run(&[&["why", german, "--lang", "de"], &TODAY[..]].concat(), 0);
    log.run(&[&["why", german, "--lang", "en"], &TODAY[..]].concat(), 0);
    log.run(&[&["why", german, "--lang", "german"], &TODAY[..]].concat(), 2);
    log.run(&["why"], 2);
    for format in ["vale", "harper", "hunspell", "cspell", "languagetool", "typos"] {
        log.run(&[&["names", "--format", format], &TODAY[..]].concat(), 0);
    }
    log.run(&[&["names", "--format", "vale", "--lang", "ja"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "japan", "--future"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "japan", "--format", "json"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "--unlinked"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "jpan"], &TODAY[..]].concat(), 2);
    log.note("accepted, and at another level");
    site.edit(
        "content/site.yaml",
        "title: Names\nbase_url: https://example.org/\ncheck: {accept: Marco Rubo, levels: {ambiguous-name: off}}\n",
    );
    log.run(&[&["check"], &TODAY[..]].concat(), 0);
    assert_eq!((site.output(), site.tree(".briefing")), before, "nothing of it was written");
    log.check("names-in-prose");
}

/// Names with signs that other checkers read in ways of their own.
const SIGNS_IN_NAMES: &str = "
    //- /content/site.yaml
    title: Names
    base_url: https://example.org/
    //- /content/players/oneill.md
    ---
    name: Siobhán O’Neill
    ---
    //- /content/players/vann.md
    ---
    name: J. R. Vann, Jr.
    ---
    //- /content/players/guild.md
    ---
    name: TehCorp C++ Guild (UK)
    kind: organisation
    aliases: [U.S.G.]
    ---
";

/// What each checker needs to find no fault with the names of players.
#[test]
fn names_for_other_checkers() {
    let site = SiteTest::new(SIGNS_IN_NAMES);
    let mut log = Transcript::new(&site);
    for format in ["vale", "harper", "hunspell", "cspell", "languagetool", "typos"] {
        log.run(&[&["names", "--format", format], &TODAY[..]].concat(), 0);
    }
    log.run(&[&["names", "--format", "hunspell", "--lang", "fr"], &TODAY[..]].concat(), 0);
    log.check("names-for-other-checkers");
}

/// A site in two languages: a page with a translation, one in each language alone, players called otherwise in each.
const NAMED_TWICE: &str = "
    //- /content/site.yaml
    title: Names
    base_url: https://example.org/
    languages: {en: {}, ja: {title: 名前}}
    //- /content/articles/talks.md
    ---
    title: Talks
    published: 2025-06-01
    ---

    Japan waits.
    //- /content/articles/talks.ja.md
    ---
    title: 会談
    ---

    [[sam]]と日本は待つ。
    //- /content/articles/tariffs.md
    ---
    title: Tariffs
    published: 2025-05-01
    ---

    Japan votes.
    //- /content/articles/kaigi.ja.md
    ---
    title: 会議
    published: 2025-07-01
    ---

    ## 次

    日本も動く。
    //- /content/players/japan.md
    ---
    name: {en: Japan, ja: 日本}
    kind: country
    ---
    //- /content/players/sam.ja.md
    ---
    name: サム
    ---
";

#[test]
fn names_in_every_language() {
    let site = SiteTest::new(NAMED_TWICE);
    let mut log = Transcript::new(&site);
    log.run(&[&["mentions"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "japan"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "sam", "--format", "json"], &TODAY[..]].concat(), 0);
    log.run(&[&["mentions", "sm"], &TODAY[..]].concat(), 2);
    log.check("names-in-every-language");
}

/// Everything that may be late on the tests' day, and each the day before it is.
const DUE: &str = "
    //- /content/site.yaml
    title: Due
    base_url: https://example.org/
    review_every: 180d
    owner: Desk
    languages: {en: {}, ja: {}}
    //- /content/facts.yaml
    late: {value: 1, next_update: 2025-12}
    today: {value: 2, next_update: 2026-01}
    //- /content/articles/tariffs.md
    ---
    title: Tariffs
    published: 2025-06-01
    reviewed: 2025-07-05
    owner: Ada
    events:
      - {date: 2025-12-31, name: Talks, status: planned}
      - {date: 2026-01-01, name: Vote, status: planned}
      - {date: 2025-12-01, end: 2026-01-02, name: Summit, status: planned}
      - {date: 2025-12-30, name: Hearing, status: held}
    facts:
      rate: {value: 3, next_update: 2025-12-31}
    ---
    //- /content/articles/tariffs.ja.md
    ---
    title: 関税
    ---
    //- /content/articles/gone.md
    ---
    title: Gone
    status: withdrawn
    reviewed: 2020-01-01
    ---
    //- /content/articles/draft.md
    ---
    title: Draft
    status: draft
    reviewed: 2020-01-01
    ---
    //- /content/articles/bill.md
    ---
    title: Bill
    published: 2025-06-01
    review_every: 300d
    expires: 2026-01-31
    ---
    //- /content/players/japan.md
    ---
    name: Japan
    kind: country
    reviewed: 2025-01-01
    review_every: 10d
    owner: Ada
    ---
    //- /content/pages/about.md
    ---
    title: About
    ---
    //- /content/pages/method.md
    ---
    title: Method
    review_every: 30d
    ---
";

#[test]
fn what_is_due() {
    let site = SiteTest::new(DUE);
    let mut log = Transcript::new(&site);
    log.run(&[&["due"], &TODAY[..]].concat(), 1);
    log.run(&[&["due", "--within", "0d"], &TODAY[..]].concat(), 1);
    log.run(&[&["due", "--within", "1d", "--format", "json"], &TODAY[..]].concat(), 1);
    log.run(&["due", "--within", "5d", "--today", "2025-06-01"], 1);
    log.run(&[&["due", "--within", "1d", "--format", "csv"], &TODAY[..]].concat(), 1);
    log.run(&[&["due", "--within", "0d", "--format", "ics"], &TODAY[..]].concat(), 1);
    log.run(&["due", "--within", "soon"], 2);
    log.note("one page, checked today");
    for file in [
        "articles/tariffs.md",
        "articles/tariffs.ja.md",
        "articles/bill.md",
        "players/japan.md",
        "pages/method.md",
        "facts.yaml",
    ] {
        fs::remove_file(site.path().join("content").join(file)).expect("a file of the site");
    }
    log.run(&[&["due"], &TODAY[..]].concat(), 0);
    log.note("a contact that expires");
    site.edit(
        "content/site.yaml",
        "title: Due\nsecurity: {contact: \"mailto:security@example.org\", expires: 2026-01-31}\n",
    );
    log.run(&[&["due"], &TODAY[..]].concat(), 0);
    log.run(&[&["due", "--within", "29d"], &TODAY[..]].concat(), 0);
    log.run(&["due", "--format", "ics", "--today", "2026-02-01"], 1);
    log.check("what-is-due");
}

/// The runs of one test.
struct Transcript<'a> {
    site: &'a SiteTest,
    text: String,
    /// The digits of every release that was named, in order.
    releases: RefCell<Vec<String>>,
}

impl<'a> Transcript<'a> {
    fn new(site: &'a SiteTest) -> Self {
        Self { site, text: String::new(), releases: RefCell::default() }
    }

    /// Shows a file of the site.
    fn file(&mut self, path: &str) {
        let text = fs::read_to_string(self.site.path().join(path)).expect("a text file");
        self.text.push_str(&format!("# {path}\n"));
        for line in text.lines() {
            self.text.push_str(format!("  {line}").trim_end());
            self.text.push('\n');
        }
    }

    /// Says what was done to the site between two runs.
    fn note(&mut self, text: &str) {
        self.text.push_str(&format!("# {text}\n"));
    }

    /// A build on the tests' day.
    #[track_caller]
    fn build(&mut self, args: &[&str], code: i32) {
        self.run(&[&["build"], &TODAY[..], args].concat(), code);
    }

    /// A publish at the first moment of 2026.
    #[track_caller]
    fn publish(&mut self, args: &[&str], code: i32) {
        let env = [("SOURCE_DATE_EPOCH", "1767225600")];
        let before = self.text.len();
        self.run_in(&[&["publish"], args].concat(), &env, code);
        let said = self.text.split_off(before);
        self.text.push_str(&self.masked(&said));
    }

    /// Sizes, and the digits of releases, follow the theme's: `25.4 kB` as `[SIZE]`, `20260101-000000-1a2b` by its
    /// place among the releases of the test.
    fn masked(&self, text: &str) -> String {
        const AT: &str = "20260101-000000-";
        let mut releases = self.releases.borrow_mut();
        let mut parts = text.split(AT);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (digits, rest) = part.split_at(4);
            let known = releases.iter().position(|release| release == digits);
            let place = known.unwrap_or_else(|| {
                releases.push(digits.to_owned());
                releases.len() - 1
            });
            out.push_str(&format!("{AT}[{}]{rest}", place + 1));
        }
        let words = out.split_inclusive(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut masked = String::new();
        for (at, word) in words.iter().enumerate() {
            let number = word.trim_start_matches('(').trim_end().parse::<f64>().is_ok();
            let unit = words.get(at + 1).is_some_and(|next| next.starts_with("kB"));
            masked.push_str(if number && unit {
                if word.starts_with('(') { "([SIZE] " } else { "[SIZE] " }
            } else {
                word
            });
        }
        masked
    }

    #[track_caller]
    fn run(&mut self, args: &[&str], code: i32) {
        self.run_in(args, &[], code);
    }

    /// A run on the first day of 2026, for what has no `--today`.
    #[track_caller]
    fn run_then(&mut self, args: &[&str], code: i32) {
        self.run_in(args, &[("SOURCE_DATE_EPOCH", "1767225600")], code);
    }

    #[track_caller]
    fn run_in(&mut self, args: &[&str], env: &[(&str, &str)], code: i32) {
        let run = self.site.run(args, env).expect(code);
        let folder = self.site.path();
        let folder = folder.to_str().expect("the folder's name is Unicode");
        let around = folder.trim_end_matches("/site");
        let command = ["briefing"].iter().chain(args).copied().collect::<Vec<_>>().join(" ");
        self.text.push_str(&format!("$ {command}\n"));
        for (mark, stream) in [('|', &run.stdout), ('!', &run.stderr)] {
            for line in stream.lines() {
                let line = support::without_time(line)
                    .replace(folder, "[SITE]")
                    .replace(around, "[AROUND]");
                self.text.push_str(format!("{mark} {line}").trim_end());
                self.text.push('\n');
            }
        }
        self.text.push_str(&format!("exit {code}\n\n"));
    }

    /// Holds the runs against the transcript of this name.
    #[track_caller]
    fn check(self, name: &str) {
        support::compare(&format!("cli/{name}.txt"), &self.text);
    }
}
