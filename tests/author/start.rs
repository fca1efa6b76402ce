//! `briefing init` and `briefing new`: what they write builds, and says what was asked for.

use std::fs;

use briefing::author::init::{Ci, workflow};
use briefing::author::page::{Refused, page};
use briefing::base::SourcePath;
use briefing::content::kind::{Identity, Kind};
use briefing::content::parse;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::test_runner::{FileFailurePersistence, RngSeed, TestCaseError};
use proptest::{prop_assert, prop_assert_eq};
use serde_yaml::Value;

use crate::support::SiteTest;

#[test]
fn a_new_site_builds_without_a_fault() {
    let site = SiteTest::new("//- /README.md\nMine\n");
    site.run(&["init"], &[]).expect(0);
    let run = site.run(&["build", "--format", "short"], &[]).expect(0);
    let found: Vec<&str> = run.stderr.lines().collect();
    assert!(found[0].contains("no-base-url") && found[1].starts_with("built "), "{found:#?}");
    let with = ["build", "--base-url", "https://example.org/", "--format", "short"];
    let run = site.run(&with, &[]).expect(0);
    assert!(run.stderr.starts_with("built "), "{}", run.stderr);

    site.run(&["check", "--format", "short"], &[]).expect(0);

    // They name each other.
    for (page, links) in [
        ("articles/why-water-costs-more", ["/players/water-board/", "/faq/water-questions/"]),
        ("players/water-board", ["/articles/why-water-costs-more/", "/faq/water-questions/"]),
        ("faq/water-questions", ["/players/water-board/", "/articles/why-water-costs-more/"]),
    ] {
        let html = site.page(&format!("{page}/index.html"));
        for link in links {
            assert!(html.contains(&format!("href=\"{link}")), "{page} leads to {link}");
        }
    }
    let is_key = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    // Every line of the settings that is commented out may be taken in.
    let path = site.path().join("content/site.yaml");
    let settings = fs::read_to_string(&path).unwrap();
    let taken: String = settings
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_key(rest.split(':').next().unwrap()) => format!("{rest}\n"),
            Some(rest) if rest.starts_with("  live:") => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(taken.contains("\ntimezone: ") && taken.contains("\n  live: "), "{taken}");
    fs::write(&path, taken).unwrap();
    let run = site.run(&["build", "--format", "short"], &[]).expect(0);
    assert!(run.stderr.starts_with("built "), "{}", run.stderr);
}

#[test]
fn nothing_is_overwritten() {
    for path in [
        "content/site.yaml",
        "content/articles/why-water-costs-more.md",
        "content/players/water-board.md",
        "content/faq/water-questions.md",
        "content/notes.txt",
    ] {
        let site = SiteTest::new("//- /x\nx\n");
        site.edit(path, "mine");
        let before = site.tree("");
        site.run(&["init"], &[]).expect(5);
        assert_eq!(site.tree(""), before, "{path}");
    }
    for (host, path) in [("github", ".github/workflows/publish.yml"), ("gitlab", ".gitlab-ci.yml")]
    {
        let site = SiteTest::new("//- /x\nx\n");
        site.edit(path, "mine");
        let before = site.tree("");
        site.run(&["init", "--ci", host], &[]).expect(5);
        assert_eq!(site.tree(""), before, "{path}");
    }
}

#[test]
fn workflows_are_yaml_that_does_what_it_says() {
    let version = env!("CARGO_PKG_VERSION");
    let run = |step: &Value| step["run"].as_str().map(str::to_owned);

    let file = workflow(Ci::Github, version);
    let github: Value = serde_yaml::from_str(&file.text).expect("YAML");
    assert_eq!(github["env"]["BRIEFING_VERSION"], version);
    assert!(github["on"].as_mapping().unwrap().contains_key("push"));
    assert_eq!(github["on"]["schedule"][0]["cron"].as_str().unwrap().split(' ').count(), 5);
    let steps = github["jobs"]["site"]["steps"].as_sequence().unwrap();
    let runs: Vec<String> = steps.iter().filter_map(run).collect();
    assert_eq!(
        runs,
        [
            "cargo install briefing --version \"$BRIEFING_VERSION\" --locked",
            "briefing build",
            "briefing check",
            "briefing publish --yes",
        ]
    );
    let cache = steps.iter().find(|step| step["id"] == "briefing").unwrap();
    assert!(cache["with"]["key"].as_str().unwrap().contains("env.BRIEFING_VERSION"));
    let publish = steps.last().unwrap()["if"].as_str().unwrap();
    assert!(publish.contains("pull_request") && !publish.contains('\n'), "{publish}");

    let file = workflow(Ci::Gitlab, version);
    let gitlab: Value = serde_yaml::from_str(&file.text).expect("YAML");
    assert_eq!(gitlab["variables"]["BRIEFING_VERSION"], version);
    assert_eq!(gitlab["default"]["cache"]["paths"][0], ".cargo-briefing/");
    let install = gitlab["default"]["before_script"][1].as_str().unwrap();
    assert!(install.starts_with("cargo install briefing --version \"$BRIEFING_VERSION\" --locked"));
    assert_eq!(gitlab["check"]["script"][1], "briefing check");
    assert_eq!(gitlab["publish"]["script"][0], "briefing publish --yes");
}

const KINDS: [Kind; 3] = [Kind::Article, Kind::Player, Kind::Faq];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(3),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_title_is_read_back(
        title in "[-?:,\\[\\]{}#&*!|>'\"%@` \\\\~a-cNY0-9=<.é日…\u{a0}\u{202e}]{0,12}[a-z:#'\"\\-é日]",
        kind in 0..3_usize,
    ) {
        reads_back(KINDS[kind], &title)?;
    }

    #[test]
    fn any_text_is_a_title_or_refused(title in "\\PC{0,30}", kind in 0..3_usize) {
        reads_back(KINDS[kind], &title)?;
    }
}

/// A page with a title parses without a fault, and has that title.
fn reads_back(kind: Kind, title: &str) -> Result<(), TestCaseError> {
    let file = match page(kind, title, Some("some-id"), "2026-01-01", &[]) {
        Ok(file) => file,
        Err(refused) => {
            let bad = title.trim().is_empty() || title.contains(char::is_control);
            prop_assert!(bad, "{title:?}: {refused:?}");
            return Ok(());
        }
    };
    let identity = Identity::of(&file.path).unwrap();
    let parsed = parse::page(&file.path, &identity, &file.text, false);
    prop_assert_eq!(&*parsed.summary.title, title.trim(), "{}", file.text);
    prop_assert_eq!(parsed.diagnostics.len(), 0, "{}", file.text);
    Ok(())
}

#[test]
fn titles_that_yaml_reads_another_way() {
    for title in [
        "Japan: why",
        "null",
        "~",
        "yes",
        "1.10",
        "- a",
        "-",
        "#1",
        "a #b",
        "\"Quoted\"",
        "It's",
        "'a' \"b\"",
        "{{ name }}",
        "[draft]",
        "*a",
        "&a",
        "!a",
        "a\\nb",
        "a:",
        "? a",
        "% a",
        "@a",
        "`a`",
        "---",
        "...",
        "| a",
        "> a",
        "日本: なぜ",
        "a, b",
        "a: b: c",
        "2026-01-01",
        "0x1F",
        ".inf",
        "…",
        "\u{201c}a\u{201d}",
        "<<",
    ] {
        for kind in KINDS {
            reads_back(kind, title).unwrap_or_else(|error| panic!("{title}: {error}"));
        }
    }
    // What needs no quotes has none.
    for (title, line) in [
        ("Plain words", "title: Plain words\n"),
        ("Don't", "title: Don't\n"),
        ("Japan: why", "title: \"Japan: why\"\n"),
        ("null", "title: \"null\"\n"),
        ("\"A: b\"", "title: '\"A: b\"'\n"),
    ] {
        let file = page(Kind::Faq, title, Some("x"), "2026-01-01", &[]).unwrap();
        assert!(file.text.contains(line), "{}", file.text);
    }
}

#[test]
fn ids_are_made_of_titles() {
    for (title, id) in [
        ("Japan: why the limit fell", Some("japan-why-the-limit-fell")),
        ("  Élysée & Café ", Some("elysee-cafe")),
        ("100 days", Some("100-days")),
        ("2026", Some("2026")),
        ("日本の防衛費", None),
        ("日本 2026", None),
        ("?!", None),
    ] {
        let made = page(Kind::Article, title, None, "2026-01-01", &[]);
        match id {
            Some(id) => {
                assert_eq!(made.unwrap().path.as_str(), format!("content/articles/{id}.md"));
            }
            None => assert_eq!(made, Err(Refused::NoId), "{title}"),
        }
    }
    let files = [SourcePath::new("content/players/a/index.md"), SourcePath::new("content/x.md")];
    let taken = page(Kind::Faq, "A", None, "2026-01-01", &files);
    assert_eq!(taken, Err(Refused::Taken("a".into(), files[0].clone())));
}
