//! `briefing init` and `briefing new`: what they write builds, and says what was asked for.

use std::fs;
use std::path::Path;

use briefing::author::init::{Ci, ProgramOrigin, workflow};
use briefing::author::page::{PageRefusal, page};
use briefing::base::SourcePath;
use briefing::content::kind::{Identity, Kind};
use briefing::content::parse;
use briefing::content::typography::Typography;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::test_runner::{FileFailurePersistence, RngSeed, TestCaseError};
use proptest::{prop_assert, prop_assert_eq};
use serde_yaml::Value;

use crate::support::{SiteTest, html};

/// Long before anything is published, and long after the last of it expired.
#[test]
fn a_site_builds_on_any_day() {
    let shipped = SiteTest::from_dir(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "static"]);
    let begun = SiteTest::new("//- /README.md\nMine\n");
    begun.run(&["init"], &[]).expect(0);
    let menu = SiteTest::new(
        "
        //- /content/site.yaml
        title: Menu
        nav: [/articles/, /players/, /faq/, /topics/]
        //- /content/articles/a.md
        ---
        title: A
        published: 2025-01-01
        expires: 2025-12-31
        ---
        [All of them](/articles/).
        //- /content/pages/b.md
        ---
        title: B
        redirect_from: /topics/
        ---
        ",
    );
    for (site, is_menu) in [(shipped, false), (begun, false), (menu, true)] {
        for today in ["1990-01-01", "2099-01-01"] {
            site.run(&["build", "--today", today], &[]).expect(0);
            let output = site.output();
            html::check(&output, "/");
            let page = |path: &str| String::from_utf8(output[path].clone()).unwrap();
            for path in ["articles/index.html", "players/index.html", "faq/index.html"] {
                assert!(page(path).contains("<h1>"), "{path}");
                let is_empty = page(path).contains("Nothing here yet.");
                let is_listed = !page(path).contains("\"noindex\"");
                assert!(is_empty != is_listed && (is_empty || !is_menu), "{path} on {today}");
            }
            // An author's own use of an address goes before an empty list.
            let leads_on = page("topics/index.html").contains("http-equiv=\"refresh\"");
            assert_eq!(leads_on, is_menu, "{today}");
        }
    }
}

#[test]
fn a_new_site_builds_without_a_fault() {
    let site = SiteTest::new("//- /README.md\nMine\n");
    site.run(&["init"], &[]).expect(0);
    let run = site.run(&["build", "--format", "short"], &[]).expect(0);
    let found: Vec<&str> = run.stderr.lines().collect();
    assert!(found[0].starts_with("built ") && found[0].contains("no `base_url`"), "{found:#?}");
    assert_eq!(found.len(), 1, "{found:#?}");
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
        site.run(&[&["init", "--ci", host], &FROM[..]].concat(), &[]).expect(5);
        assert_eq!(site.tree(""), before, "{path}");
    }
}

/// What `init --ci` is told of the program.
const FROM: [&str; 4] = [
    "--git",
    "https://git.example/briefing.git",
    "--rev",
    "0123456789abcdef0123456789abcdef01234567",
];

fn from() -> ProgramOrigin {
    ProgramOrigin::new(FROM[1], FROM[3]).expect("an address and a hash")
}

#[test]
fn workflows_are_yaml_that_does_what_it_says() {
    let run = |step: &Value| step["run"].as_str().map(str::to_owned);

    let file = workflow(Ci::Github, &from());
    let github: Value = serde_yaml::from_str(&file.text).expect("YAML");
    assert_eq!(github["env"]["BRIEFING_GIT"], FROM[1]);
    assert_eq!(github["env"]["BRIEFING_REV"], FROM[3]);
    let on = github["on"].as_mapping().unwrap();
    assert!(on.contains_key("push") && on.contains_key("pull_request"));
    assert_eq!(github["on"]["schedule"][0]["cron"].as_str().unwrap().split(' ').count(), 5);
    let steps = github["jobs"]["site"]["steps"].as_sequence().unwrap();
    let runs: Vec<String> = steps.iter().filter_map(run).collect();
    assert_eq!(
        runs[..3],
        [
            "cargo install --git \"$BRIEFING_GIT\" --rev \"$BRIEFING_REV\" --locked briefing",
            "briefing build",
            "briefing check",
        ]
    );
    let cache = steps.iter().find(|step| step["id"] == "briefing").unwrap();
    assert!(cache["with"]["key"].as_str().unwrap().contains("env.BRIEFING_REV"));
    let publish = steps.last().unwrap()["if"].as_str().unwrap();
    assert!(publish.contains("pull_request") && !publish.contains('\n'), "{publish}");

    let file = workflow(Ci::Gitlab, &from());
    let gitlab: Value = serde_yaml::from_str(&file.text).expect("YAML");
    assert_eq!(gitlab["variables"]["BRIEFING_REV"], FROM[3]);
    assert_eq!(gitlab["default"]["cache"]["paths"][0], ".cargo-briefing/");
    assert_eq!(gitlab["default"]["cache"]["key"], "briefing-$BRIEFING_REV");
    assert_eq!(gitlab["check"]["script"][1], "briefing check");
    let rule = gitlab["publish"]["rules"][0]["if"].as_str().unwrap();
    assert!(rule.contains("!= 'merge_request_event'") && rule.contains("$CI_DEFAULT_BRANCH"));
}

/// A program is never named by a word that a stranger could register, and never by what can be moved.
#[test]
fn a_workflow_builds_one_commit_of_one_repository() {
    let site = SiteTest::new("//- /x\nx\n");
    let before = site.tree("");
    let hash = FROM[3];
    for (git, rev) in [
        (None, None),
        (Some(FROM[1]), None),
        (None, Some(hash)),
        (Some("briefing"), Some(hash)),
        (Some("http://git.example/briefing.git"), Some(hash)),
        (Some("https://git.example/a b"), Some(hash)),
        (Some("https://git.example/$(id)"), Some(hash)),
        (Some("https://git.example/'; id"), Some(hash)),
        (Some("https://ann:hunter2@git.example/briefing.git"), Some(hash)),
        (Some("-x"), Some(hash)),
        (Some(FROM[1]), Some("main")),
        (Some(FROM[1]), Some("v1.0")),
        (Some(FROM[1]), Some("0123")),
        (Some(FROM[1]), Some("")),
    ] {
        for host in ["github", "gitlab"] {
            let git = git.map(|git| format!("--git={git}"));
            let rev = rev.map(|rev| format!("--rev={rev}"));
            let more = [git.as_deref(), rev.as_deref()];
            let args: Vec<&str> =
                ["init", "--ci", host].into_iter().chain(more.into_iter().flatten()).collect();
            let run = site.run(&args, &[]).expect(2);
            assert!(run.stderr.contains("--git") || run.stderr.contains("--rev"), "{}", run.stderr);
            assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
            assert_eq!(site.tree(""), before, "{args:?}");
        }
    }
    site.run(&[&["init"], &FROM[..]].concat(), &[]).expect(2);
    for (host, path) in [("github", ".github/workflows/publish.yml"), ("gitlab", ".gitlab-ci.yml")]
    {
        let run = site.run(&[&["init", "--ci", host], &FROM[..]].concat(), &[]).expect(0);
        assert!(run.stderr.contains("nothing is published until"), "{}", run.stderr);
        let text = fs::read_to_string(site.path().join(path)).unwrap();
        let installs: Vec<&str> =
            text.lines().filter(|line| line.contains("cargo install")).collect();
        assert!(
            installs.len() == 1 && installs[0].contains("--git") && installs[0].contains("--rev")
        );
        assert!(installs[0].contains("--locked"), "{installs:?}");
    }
}

/// The commands of a workflow, one after the other in a new clone: only what needs the network is played.
#[cfg(unix)]
#[test]
fn a_workflow_runs_from_its_first_step_to_its_last() {
    for (host, event, target) in [
        ("github", "push", true),
        ("github", "push", false),
        ("github", "pull_request", true),
        ("gitlab", "push", true),
        ("gitlab", "push", false),
        ("gitlab", "merge_request_event", true),
    ] {
        let site = SiteTest::new("//- /README.md\nMine\n");
        let said = site.run(&[&["init", "--ci", host], &FROM[..]].concat(), &[]).expect(0).stderr;
        let settings = site.path().join("content/site.yaml");
        let text = fs::read_to_string(&settings).unwrap();
        assert!(said.contains("until content/site.yaml says where"), "{said}");
        if target {
            fs::write(&settings, format!("{text}publish: {{live: \"dir:../www\"}}\n")).unwrap();
        }
        let runner = Runner::new(&site);
        let path =
            if host == "github" { ".github/workflows/publish.yml" } else { ".gitlab-ci.yml" };
        let file: Value =
            serde_yaml::from_str(&fs::read_to_string(site.path().join(path)).unwrap()).unwrap();
        let log = match host {
            "github" => runner.github(&file, event),
            _ => runner.gitlab(&file, event),
        };
        let www = site.path().parent().unwrap().join("www/index.html");
        let is_published = target && event == "push";
        assert_eq!(www.exists(), is_published, "{host}, {event}: {log}");
        assert_eq!(
            log.contains("names no target"),
            !target && event == "push",
            "{host}, {event}: {log}"
        );
        assert!(site.path().join("public/index.html").exists(), "{log}");
        assert_eq!(
            log.matches("installed").count(),
            1,
            "the second job takes it from the cache: {log}"
        );
    }
}

/// Runs commands as a host's runner does.
#[cfg(unix)]
struct Runner<'a> {
    site: &'a SiteTest,
    home: tempfile::TempDir,
}

#[cfg(unix)]
impl<'a> Runner<'a> {
    /// `cargo` is a script that takes the words which we expect, and installs the program under test.
    fn new(site: &'a SiteTest) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::TempDir::new().unwrap();
        let tools = home.path().join("tools");
        fs::create_dir(&tools).unwrap();
        let script = format!(
            "#!/bin/sh\nset -e\nroot=\"$HOME/.cargo\"\n\
             if [ \"$7\" = --root ]; then root=\"$8\"; set -- \"$1\" \"$2\" \"$3\" \"$4\" \"$5\" \"$6\" \"$9\"; fi\n\
             [ \"$*\" = 'install --git {} --rev {} --locked briefing' ]\n\
             mkdir -p \"$root/bin\"\nln -s '{}' \"$root/bin/briefing\"\necho installed\n",
            FROM[1],
            FROM[3],
            env!("CARGO_BIN_EXE_briefing"),
        );
        let cargo = tools.join("cargo");
        fs::write(&cargo, script).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        Self { site, home }
    }

    fn github(&self, file: &Value, event: &str) -> String {
        let env = pairs(&file["env"]);
        let mut log = String::new();
        for step in file["jobs"]["site"]["steps"].as_sequence().unwrap() {
            let condition = step["if"].as_str().unwrap_or_default();
            // The cache is empty, and the branch is the default one.
            let is_on = !condition.contains("!= 'pull_request'") || event != "pull_request";
            if let Some(command) = step["run"].as_str().filter(|_| is_on) {
                log.push_str(&self.run(command, &env));
            }
        }
        log
    }

    fn gitlab(&self, file: &Value, event: &str) -> String {
        let mut env = pairs(&file["variables"]);
        env.push(("CI_PROJECT_DIR".into(), self.site.path().display().to_string()));
        let mut log = String::new();
        for job in ["check", "publish"] {
            let rule = file[job]["rules"][0]["if"].as_str().unwrap_or_default();
            if rule.contains("!= 'merge_request_event'") && event == "merge_request_event" {
                continue;
            }
            // The lines of a job are one script.
            let lines = |lines: &Value| {
                let lines = lines.as_sequence().unwrap().iter().map(|line| line.as_str().unwrap());
                lines.map(|line| format!("{line}\n")).collect::<String>()
            };
            let script = lines(&file["default"]["before_script"]) + &lines(&file[job]["script"]);
            log.push_str(&self.run(&script, &env));
        }
        log
    }

    fn run(&self, command: &str, env: &[(String, String)]) -> String {
        let home = self.home.path();
        let path = format!("{0}/.cargo/bin:{0}/tools:/usr/bin:/bin", home.display());
        let run = std::process::Command::new("sh")
            .args(["-e", "-c", command])
            .current_dir(self.site.path())
            .env_clear()
            .env("HOME", home)
            .env("PATH", path)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .envs(env.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let text = [&run.stdout[..], &run.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(run.status.success(), "{command}: {text}");
        text
    }
}

/// The variables of a workflow.
#[cfg(unix)]
fn pairs(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    value.as_mapping().unwrap().iter().map(|(name, value)| (text(name), text(value))).collect()
}

/// What is printed for a user to paste does what it says, whatever the folder is called.
#[cfg(unix)]
#[test]
fn printed_commands_work_when_pasted() {
    for name in ["my site", "it's new", "$HOME", "a;b", "日本", "-x", "plain"] {
        let site = SiteTest::new("//- /x\nx\n");
        let runner = Runner::new(&site);
        let said = site.run(&["init", "--", name], &[]).expect(0).stderr;
        assert!(said.contains("briefing serve"), "{said}");
        let bin = std::path::Path::new(env!("CARGO_BIN_EXE_briefing")).parent().unwrap();
        let command = |said: &str, verb: &str| {
            let from = said.split_once(&format!("`{verb}")).expect("a command").1;
            let command = from.split_once('`').unwrap().0;
            format!("PATH=\"{}:$PATH\" {verb}{command}", bin.display())
        };
        runner.run(&command(&said, "briefing build"), &[]);
        assert!(site.path().join(name).join("public/index.html").exists(), "{name}");
        let said = site
            .run(
                &["new", "article", "Talks", &format!("--site={name}")],
                &[("SOURCE_DATE_EPOCH", "1767225600")],
            )
            .expect(0);
        runner.run(&command(&said.stderr, "briefing build"), &[]);
        assert!(site.path().join(name).join("public/articles/talks/index.html").exists(), "{name}");
    }
}

/// Whatever a title is, the file that `new` makes of it is one that the next build takes.
#[test]
fn a_new_page_is_taken_by_the_next_build() {
    let long = "Щука ".repeat(39);
    for (title, id) in [
        ("Index", "the-index"),
        ("index", "the-index"),
        ("Índex", "the-index"),
        ("Søren", "soren"),
        ("Wałęsa", "walesa"),
        ("Groß", "gross"),
        ("Đỗ", "do"),
        ("Харків", "kharkiv"),
        ("Αθήνα", "athena"),
        ("서울", "seoul"),
        ("404", "404"),
        ("Page", "page"),
        (
            &long,
            "shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka-shchuka",
        ),
    ] {
        for kind in ["article", "player", "faq"] {
            let site =
                SiteTest::new("//- /content/site.yaml\ntitle: T\nbase_url: https://e.example/\n");
            let run = site.run(&["new", kind, title], &[]).expect(0);
            assert!(
                run.stdout.trim_end().ends_with(&format!("/{id}.md")),
                "{title}: {}",
                run.stdout
            );
            let run = site.run(&["build", "--drafts", "--format", "short"], &[]).expect(0);
            assert!(!run.stderr.contains("error"), "{title}: {}", run.stderr);
        }
    }
    let site = SiteTest::new("//- /content/site.yaml\ntitle: T\n");
    let run = site.run(&["new", "article", "Contents", "--id", "index"], &[]).expect(2);
    assert!(run.stderr.contains("choose another, such as `the-index`"), "{}", run.stderr);
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

/// A page with a title parses without a fault, and has that title as it is set.
fn reads_back(kind: Kind, title: &str) -> Result<(), TestCaseError> {
    let file = match page(kind, title, Some("some-id"), "2026-01-01", &[]) {
        Ok(file) => file,
        Err(refused) => {
            let has = |mark: &str| title.contains(mark);
            let is_hidden = has("%%") || has("<!--");
            let bad = is_hidden || title.trim().is_empty() || title.contains(char::is_control);
            prop_assert!(bad, "{title:?}: {refused:?}");
            return Ok(());
        }
    };
    let identity = Identity::of(&file.path).unwrap();
    let parsed = parse::page(&file.path, &identity, &file.text, false, "en");
    // A name stays as it was typed; a title has the signs of its language.
    let expected = match kind {
        Kind::Player => title.trim().into(),
        _ => Typography::of("en").text(title.trim()),
    };
    prop_assert_eq!(&*parsed.summary.title, expected, "{}", file.text);
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
        ("Łódź: Groß", Some("lodz-gross")),
        ("Щука", Some("shchuka")),
        ("日本 2026", None),
        ("?!", None),
    ] {
        let made = page(Kind::Article, title, None, "2026-01-01", &[]);
        match id {
            Some(id) => {
                assert_eq!(made.unwrap().path.as_str(), format!("content/articles/{id}.md"));
            }
            None => assert_eq!(made, Err(PageRefusal::NoId), "{title}"),
        }
    }
    let files = [SourcePath::new("content/players/a/index.md"), SourcePath::new("content/x.md")];
    let taken = page(Kind::Faq, "A", None, "2026-01-01", &files);
    assert_eq!(taken, Err(PageRefusal::Taken("a".into(), files[0].clone())));
}
