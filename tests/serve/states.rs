//! Errors are states of single pages, and whatever happens to the files, the server goes on.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::running::{Running, connect};
use crate::support::{SiteTest, run, tree};

const PATIENCE: Duration = Duration::from_secs(30);

fn site() -> SiteTest {
    SiteTest::new(
        "
        //- /content/site.yaml
        title: Small
        //- /content/articles/a.md
        ---
        title: First
        slug: first-page
        ---
        See [[japan]], [[b]] and [this](/articles/b-page/).
        //- /content/articles/b.md
        ---
        title: Second
        slug: b-page
        facts:
          ships:
            value: 40
            unit: ships
        ---
        A text.
        //- /content/articles/c.md
        ---
        title: Third
        ---
        There are [[fact:ships]]. See [[b]].
        //- /content/players/japan.md
        ---
        name: Japan
        kind: country
        ---
        A country.
        ",
    )
}

#[test]
fn a_broken_file_answers_where_it_was_and_where_it_would_be() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let good = fs::read_to_string(site.path().join("content/articles/b.md")).unwrap();
    assert_eq!(server.get("/articles/b-page/").status, 200);
    // The slug cannot be read.
    site.edit("content/articles/b.md", "---\ntitle: [\n---\nA text.\n");
    server.settle(&mut events);
    for path in ["/articles/b-page/", "/articles/b/"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 500, "{path}");
        let text = answer.text();
        for part in ["content/articles/b.md:2:8", "title: [", "^", "help: close it with"] {
            assert!(text.contains(part), "{path}: {part}: {text}");
        }
    }
    // Others take it for absent, and nobody says that it, or its figure, is unknown.
    assert_eq!(server.get("/articles/first-page/").status, 200);
    let state = events.until("findings", |data| data["complete"] == true);
    assert_eq!(
        (&state["errors"], &state["warnings"]),
        (&Value::from(1), &Value::from(0)),
        "{}",
        server.said()
    );
    assert!(
        !server.get("/articles/first-page/").text().contains("href=\"/articles/b-page/\">Second")
    );
    assert!(!server.get("/articles/").text().contains("Second"));
    // The slug can be read: it is another one now.
    site.edit(
        "content/articles/b.md",
        "---\ntitle: Second\nslug: other\npublished: never\n---\nA text.\n",
    );
    server.settle(&mut events);
    for (path, status) in
        [("/articles/b-page/", 500), ("/articles/other/", 500), ("/articles/b/", 404)]
    {
        assert_eq!(server.get(path).status, status, "{path}");
    }
    site.edit("content/articles/b.md", &good);
    server.settle(&mut events);
    for (path, status) in
        [("/articles/b-page/", 200), ("/articles/other/", 404), ("/articles/b/", 404)]
    {
        assert_eq!(server.get(path).status, status, "{path}");
    }
    let state = events.until("findings", |data| data["complete"] == true);
    assert_eq!(state["errors"], 0, "{}", server.said());
}

#[test]
fn a_link_to_where_a_broken_file_was_is_no_error_of_its_own() {
    let site = site();
    site.edit(
        "content/articles/links.md",
        "---\ntitle: Links\n---\n[One](/articles/b-page/), [two](/articles/b-page), [three](/articles/none/).\n",
    );
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let state = events.until("findings", |data| data["complete"] == true);
    assert_eq!(state["errors"], 1, "{}", server.said());
    // Its slug cannot be read, so that nothing says where the page would be.
    site.edit("content/articles/b.md", "---\ntitle: [\n---\nA text.\n");
    server.settle(&mut events);
    let state = events.until("findings", |data| data["complete"] == true);
    assert_eq!(state["errors"], 2, "{}", server.said());
}

#[test]
fn a_server_starts_with_whatever_is_broken() {
    let site = site();
    site.edit("content/articles/b.md", "---\ntitle: [\n---\n");
    site.edit("templates/article.html", "{% if %}");
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    // Nothing was good before: what is wrong is all that there is.
    let answer = server.get("/articles/first-page/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("templates/article.html:1"), "{}", answer.text());
    // The template is what is to be corrected, not the article.
    assert!(answer.text().contains("<h1>templates/article.html has errors"), "{}", answer.text());
    let own = server.get("/articles/b/");
    assert!(own.text().contains("<h1>content/articles/b.md has errors"), "{}", own.text());
    site.delete("templates/article.html");
    server.settle(&mut events);
    assert_eq!(server.get("/articles/first-page/").status, 200);
    assert_eq!(server.get("/articles/b/").status, 500);
}

#[test]
fn pages_are_old_only_under_broken_templates_and_settings() {
    for (path, broken) in
        [("templates/article.html", "{% if %}"), ("content/site.yaml", "title: [\n")]
    {
        let site = site();
        let server = Running::start(&site.path(), &[]);
        let mut events = server.events();
        let before = server.get("/articles/first-page/").page();
        let good = fs::read_to_string(site.path().join(path)).ok();
        site.edit(path, broken);
        server.settle(&mut events);
        assert_eq!(server.get("/articles/first-page/").page(), before, "{path}");
        assert_eq!(server.state("/articles/first-page/")["stale"], true, "{path}");
        site.edit("content/articles/a.md", "---\ntitle: Newer\n---\nNew.\n");
        server.settle(&mut events);
        assert_eq!(server.get("/articles/first-page/").page(), before, "{path}");
        assert_eq!(server.get("/articles/a/").status, 404, "{path}");
        match &good {
            Some(good) => site.edit(path, good),
            None => site.delete(path),
        };
        server.settle(&mut events);
        assert_eq!(server.state("/articles/a/")["stale"], false, "{path}");
        assert!(server.get("/articles/a/").text().contains("Newer"), "{path}");
        assert_eq!(server.get("/articles/first-page/").status, 404, "{path}");
    }
}

#[test]
fn a_template_that_fails_on_some_pages_fails_there_alone() {
    let site = site();
    site.edit(
        "templates/player.html",
        "{% extends \"base.html\" %}\n{% block main %}{{ player.nothing.at_all }}{% endblock main %}\n",
    );
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let answer = server.get("/players/japan/");
    assert_eq!(answer.status, 500);
    for part in [
        "<h1>templates/player.html has errors",
        "templates/player.html:2",
        "players/japan/index.html",
        "content/players/japan.md",
    ] {
        assert!(answer.text().contains(part), "{part}: {}", answer.text());
    }
    assert_eq!(server.get("/articles/first-page/").status, 200);
    let found = events.until("findings", |data| data["complete"] == true);
    assert_eq!(found["errors"], 1, "{}", server.said());
}

#[test]
fn what_is_deleted_is_gone_with_the_next_snapshot() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let first = events.until("snapshot", |_| true);
    site.delete("content/articles/c.md");
    let next = events.until("snapshot", |data| data["number"] != first["number"]);
    assert_eq!(next["number"], 1);
    assert_eq!(server.get("/articles/c/").status, 404);
    assert!(!server.get("/articles/").text().contains("Third"));
}

#[test]
fn hundreds_of_files_are_one_rebuild() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    // A folder that comes with everything in it, as a file manager or a checkout of a branch brings it.
    for number in 0..300 {
        let text = format!("---\ntitle: Article {number}\n---\nText.\n");
        site.edit(&format!("aside/deep/er/n-{number}.md"), &text);
    }
    fs::rename(site.path().join("aside"), site.path().join("content/articles/more")).unwrap();
    server.settle(&mut events);
    assert_eq!(server.state("/")["number"], 1, "{}", server.said());
    assert_eq!(server.get("/articles/n-299/").status, 200);
    fs::rename(site.path().join("content/articles/more"), site.path().join("aside")).unwrap();
    server.settle(&mut events);
    assert_eq!(server.state("/")["number"], 2, "{}", server.said());
    assert_eq!(server.get("/articles/n-299/").status, 404);
}

#[test]
fn what_is_not_there_is_said_in_the_language_of_its_folder() {
    let site = SiteTest::new(
        "
        //- /content/site.yaml
        title: Small
        languages: {en: {}, ja: {}}
        //- /content/pages/about.md
        ---
        title: About
        ---
        ",
    );
    let server = Running::start(&site.path(), &[]);
    for (path, lang) in
        [("/ja/articles/x/", "ja"), ("/ja/x", "ja"), ("/jam/", "en"), ("/x.pdf", "en")]
    {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains(&format!("<html lang=\"{lang}\"")), "{path}");
    }
}

#[test]
fn a_site_may_go_and_come_back() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let away = site.path().with_file_name("away");
    for _ in 0..2 {
        fs::rename(site.path(), &away).unwrap();
        server.settle(&mut events);
        assert_eq!(server.get("/articles/c/").status, 404);
        fs::rename(&away, site.path()).unwrap();
        server.settle(&mut events);
        assert_eq!(server.get("/articles/c/").status, 200);
        // What changes after that is seen too.
        site.edit("content/articles/c.md", "---\ntitle: Changed\n---\nText.\n");
        server.settle(&mut events);
        assert!(server.get("/articles/c/").text().contains("Changed"));
    }
}

#[test]
fn folders_that_were_not_there_are_followed() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    site.edit("static/img/x.txt", "one");
    server.settle(&mut events);
    assert_eq!(server.get("/img/x.txt").text(), "one");
    site.edit("static/img/x.txt", "two, and longer");
    server.settle(&mut events);
    assert_eq!(server.get("/img/x.txt").text(), "two, and longer");
}

#[test]
fn a_file_that_appears_mends_what_its_absence_broke() {
    let site = site();
    site.delete("content/players/japan.md");
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let found = events.until("findings", |data| data["complete"] == true);
    assert_eq!(found["errors"], 1, "{}", server.said());
    site.edit("content/players/japan.md", "---\nname: Japan\nkind: country\n---\nA country.\n");
    server.settle(&mut events);
    let found = events.until("findings", |data| data["complete"] == true);
    assert_eq!(found["errors"], 0, "{}", server.said());
    assert!(server.get("/articles/first-page/").text().contains("href=\"/players/japan/\""));
}

#[test]
fn without_events_files_are_looked_at_again() {
    let site = site();
    let server = Running::start(&site.path(), &["--poll"]);
    let mut events = server.events();
    for title in ["One", "Two"] {
        site.edit("content/articles/c.md", &format!("---\ntitle: {title}\n---\nText.\n"));
        server.settle(&mut events);
        assert!(server.get("/articles/c/").text().contains(title));
    }
}

#[test]
fn the_terminal_says_each_thing_once() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    assert_eq!(server.state("/articles/c/")["status"], 200);
    for text in ["---\ntitle: [\n---\n", "---\ntitle: [\n---\nMore.\n"] {
        site.edit("content/articles/c.md", text);
        server.settle(&mut events);
        assert_eq!(server.state("/articles/c/")["status"], 500);
    }
    events.until("findings", |data| data["complete"] == true);
    let start = Instant::now();
    while server.said().matches("articles/c.md: 1 parsed, 1 open page changed, ").count() < 1 {
        assert!(start.elapsed() < PATIENCE, "{}", server.said());
        std::thread::yield_now();
    }
    assert_eq!(server.said().matches("error[yaml-syntax]").count(), 1, "{}", server.said());
}

#[test]
fn what_is_served_is_what_the_program_builds() {
    for base in ["/", "/project/"] {
        let site = site();
        site.edit("content/articles/d.md", "---\ntitle: Draft\nstatus: draft\n---\nNot yet.\n");
        site.edit(
            "content/articles/e.md",
            "---\ntitle: Later\npublished: 2026-05-01\n---\nSoon.\n",
        );
        let server = Running::start(&site.path(), &["--base-path", base]);
        let url = format!("http://127.0.0.1:{}{base}", server.port);
        site.build(&["--drafts", "--future", "--base-url", &url]).expect(0);
        let built = site.output();
        assert!(built.len() > 10);
        let mut client = server.client();
        for (path, bytes) in built {
            let answer = client.get(&format!("{base}{path}"));
            assert_eq!(answer.status, 200, "{path}");
            let served =
                if path.ends_with(".html") { answer.page().into_bytes() } else { answer.body };
            assert!(served == bytes, "{base}{path} is another");
        }
        if base != "/" {
            assert_eq!(server.get("/").header("location"), Some(base));
            assert_eq!(server.get("/project").header("location"), Some(base));
            assert_eq!(server.get("/articles/").status, 404);
        }
    }
}

#[test]
fn drafts_and_scheduled_pages_can_be_left_out() {
    let site = site();
    site.edit("content/articles/d.md", "---\ntitle: Draft\nstatus: draft\n---\nNot yet.\n");
    site.edit("content/articles/e.md", "---\ntitle: Later\npublished: 2026-05-01\n---\nSoon.\n");
    for (args, draft, later) in
        [(&[][..], 200, 200), (&["--no-drafts"][..], 404, 200), (&["--no-future"][..], 200, 404)]
    {
        let server = Running::start(&site.path(), args);
        assert_eq!(server.get("/articles/d/").status, draft, "{args:?}");
        assert_eq!(server.get("/articles/e/").status, later, "{args:?}");
    }
}

#[test]
fn parts_of_large_and_small_files() {
    let site = site();
    let large: Vec<u8> = (0..9_000_000_u32).map(|number| (number % 251) as u8).collect();
    site.write("static/large.bin", &large).write("static/small.bin", &large[..1000]);
    let server = Running::start(&site.path(), &[]);
    for (path, whole) in [("/large.bin", &large[..]), ("/small.bin", &large[..1000])] {
        assert!(server.get(path).body == whole, "{path}");
        let mut stream = connect(server.port);
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nRange: bytes=900-\r\n\r\n",
            server.port
        );
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let part = crate::running::read(&mut std::io::BufReader::new(stream)).unwrap();
        assert_eq!(part.status, 206, "{path}");
        assert!(part.body == whole[900..], "{path}");
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let port = server.port.to_string();
    let other = run(&site.path(), &["serve", "--port", &port], &[]).expect(3);
    assert_eq!(
        other.stderr,
        format!("error: port {port} is in use; choose another with `--port`\n")
    );
    for (args, message) in [
        (&["--port", "0", "--base-path", "a b"][..], "--base-path"),
        (&["--port", "0", "--today", "soon"], "--today"),
        (&["--port", "0", "--site", "nowhere"], "no folder `content/` in `nowhere`"),
        (&["--port", "x"], "invalid value 'x'"),
    ] {
        let failed = run(&site.path(), &[&["serve"], args].concat(), &[]).expect(2);
        assert!(failed.stderr.contains(message), "{}", failed.stderr);
    }
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_and_leaves_nothing() {
    let site = site();
    let before = tree(&site.path());
    let mut server = Running::start(&site.path(), &[]);
    let _events = server.events();
    assert_eq!(server.get("/articles/c/").status, 200);
    let sent = Command::new("kill").args(["-INT", &server.pid().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(server.exit_code(PATIENCE), Some(0));
    assert_eq!(tree(&site.path()), before);
}

#[test]
fn the_panel_lists_what_is_due() {
    let site = site();
    site.edit(
        "content/articles/b.md",
        "---\ntitle: Second\nslug: b-page\nreviewed: 2020-01-01\nreview_every: 30d\n---\nA text.\n",
    );
    site.edit("content/pages/m.md", "---\ntitle: Method\nreview_every: 30d\n---\nA text.\n");
    let server = Running::start(&site.path(), &[]);
    let panel = server.panel("/");
    assert_eq!((&panel["late"], &panel["more_due"]), (&2.into(), &0.into()));
    let files: Vec<_> = panel["due"].as_array().unwrap().iter().map(|due| &due["file"]).collect();
    assert_eq!(files, ["content/articles/b.md", "content/pages/m.md"]);
    assert_eq!(panel["due"][0]["day"], "2020-01-31");
    assert_eq!(panel["due"][0]["url"], "/articles/b-page/");
    assert_eq!(panel["due"][0]["late"], true);
}
