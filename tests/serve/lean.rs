//! What a server does not do, and what it does not keep.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use briefing::base::BaseUrl;
use briefing::serve::{Config, News, Server, World, bind};

use crate::running::{Client, Events};
use crate::support::{SiteTest, tree};

/// The token of a server in this process.
const TOKEN: &str = "0123456789abcdef";

/// Less than the pages of the site together.
const MEMORY: usize = 100_000;

/// A server in this process: what it did and keeps can be asked.
fn serve(site: &Path) -> (Server, u16, Arc<Mutex<usize>>) {
    serve_at(site, Arc::new(jiff::Timestamp::now), Some(jiff::civil::date(2026, 1, 1)))
}

/// The same at a time that the test tells.
fn serve_at(
    site: &Path,
    now: Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>,
    today: Option<jiff::civil::Date>,
) -> (Server, u16, Arc<Mutex<usize>>) {
    let start = Instant::now();
    let loads = Arc::new(Mutex::new(0));
    let heard = loads.clone();
    let sockets = bind(None, 0).unwrap();
    let port = sockets[0].local_addr().unwrap().port();
    let world = World {
        clock: Arc::new(move || start.elapsed()),
        now,
        tell: Arc::new(move |news| {
            if matches!(news, News::Rebuilt(_)) {
                *heard.lock().unwrap() += 1;
            }
        }),
    };
    let config = Config {
        site: site.to_path_buf(),
        folder: "site".to_string(),
        base: BaseUrl::parse(&format!("http://127.0.0.1:{port}/")).unwrap(),
        drafts: true,
        future: true,
        today,
        morph: true,
        poll: false,
        shared: false,
        editor: None,
        token: TOKEN.to_string(),
        sweep_after: None,
        memory: MEMORY,
    };
    (Server::start(config, world, sockets).unwrap(), port, loads)
}

fn site() -> SiteTest {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    SiteTest::from_dir(root, &["content", "templates"])
}

#[test]
fn a_start_renders_nothing() {
    let site = site();
    let before = tree(&site.path());
    let (server, port, _) = serve(&site.path());
    let (rendered, parsed) = server.worked();
    assert_eq!((rendered, parsed > 20), (0, true));
    let mut client = Client::new(port);
    assert_eq!(client.get("/articles/").status, 200);
    assert_eq!(client.get("/articles/").status, 200);
    assert_eq!(server.worked(), (1, parsed));
    assert_eq!(tree(&site.path()), before);
}

#[test]
fn an_edit_costs_the_pages_that_are_asked_for() {
    let site = site();
    let (server, port, _) = serve(&site.path());
    let (mut client, mut events) = (Client::new(port), Events::new(port, TOKEN));
    for path in ["/", "/articles/", "/players/japan/"] {
        assert_eq!(client.get(path).status, 200);
    }
    events.next();
    let path = site.path().join("content/players/japan.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\nOne sentence more.\n")).unwrap();
    events.until("snapshot", |data| data["number"] == 1);
    for path in ["/", "/articles/", "/players/japan/"] {
        assert_eq!(client.get(path).status, 200);
    }
    assert_eq!(server.worked(), (1, 1));
}

#[test]
fn a_new_day_begins_with_the_first_look_after_midnight() {
    let site = SiteTest::new(
        "
        //- /content/site.yaml
        title: Small
        timezone: Asia/Tokyo
        //- /content/articles/a.md
        ---
        title: First
        expires: 2026-01-01
        ---
        A text.
        ",
    );
    // Noon, the last second of the day, and the first of the next one in Tokyo.
    let time = Arc::new(Mutex::new("2026-01-01T03:00:00Z".parse::<jiff::Timestamp>().unwrap()));
    let asked = time.clone();
    let (_server, port, _) = serve_at(&site.path(), Arc::new(move || *asked.lock().unwrap()), None);
    let (mut client, mut events) = (Client::new(port), Events::new(port, TOKEN));
    let before = client.get("/articles/a/").page();
    for (number, moment, is_same) in
        [(1, "2026-01-01T14:59:59Z", true), (2, "2026-01-01T15:00:00Z", false)]
    {
        *time.lock().unwrap() = moment.parse().unwrap();
        site.edit("content/pages/other.md", &format!("---\ntitle: Other\n---\n{number}\n"));
        events.until("snapshot", |data| data["number"] == number);
        assert_eq!(client.get("/articles/a/").page() == before, is_same, "{moment}");
    }
}

/// Rendered pages are bounded, and nothing else grows with the number of edits.
#[test]
fn edits_leave_nothing_behind() {
    let edits = std::env::var("BRIEFING_EDITS").ok().and_then(|text| text.parse().ok());
    let edits: usize = edits.unwrap_or(60);
    let site = site();
    let (server, port, loads) = serve(&site.path());
    let (mut client, mut events) = (Client::new(port), Events::new(port, TOKEN));
    let path = site.path().join("content/players/japan.md");
    let good = fs::read_to_string(&path).unwrap();
    let pages: Vec<String> = {
        let names = fs::read_dir(site.path().join("content/players")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.map(|name| format!("/players/{}/", name.trim_end_matches(".md"))).collect()
    };
    for number in 1..=edits {
        let text = match number % 3 {
            0 => good.replacen("name: ", &format!("name: N{number} "), 1),
            1 => format!("{good}\nSentence {number}.\n"),
            _ => good.replacen("name: ", &format!("name: [ {number} "), 1),
        };
        fs::write(&path, text).unwrap();
        events.until("snapshot", |data| data["number"] == number);
        for page in &pages {
            client.get(page);
        }
        assert!(server.remembered() <= MEMORY, "{} bytes", server.remembered());
    }
    let start = Instant::now();
    while *loads.lock().unwrap() <= edits {
        assert!(start.elapsed() < Duration::from_secs(30));
        std::thread::yield_now();
    }
    assert!(server.remembered() > MEMORY / 2, "the memory is used: {}", server.remembered());
    // What was served before is let go as soon as the last request of it is answered.
    while server.alive() > 1 {
        assert!(start.elapsed() < Duration::from_secs(30), "{} loads are alive", server.alive());
        std::thread::yield_now();
    }
}

/// The system is asked which files the program opens.
#[cfg(target_os = "linux")]
#[test]
fn no_file_is_opened_for_writing() {
    let site = site();
    let server = crate::running::Running::start(&site.path(), &[]);
    let mut events = server.events();
    site.edit("content/pages/new.md", "---\ntitle: New\n---\nText.\n");
    server.settle(&mut events);
    assert_eq!(server.get("/new/").status, 200);
    events.until("findings", |data| data["complete"] == true);
    let folder = format!("/proc/{}/fd", server.pid());
    let open =
        fs::read_dir(folder).unwrap().filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let root = site.path().canonicalize().unwrap();
    let inside: Vec<_> = open.filter(|place| place.starts_with(&root)).collect();
    assert_eq!(inside, Vec::<std::path::PathBuf>::new());
    // Whatever it wrote meanwhile would be counted, wherever it lies; sockets and the terminal are not files.
    let io = fs::read_to_string(format!("/proc/{}/io", server.pid())).unwrap();
    let written = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
    assert_eq!(written, Some("0"), "{io}");
}
