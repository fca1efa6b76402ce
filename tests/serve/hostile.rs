//! Requests that no browser of the author's sends, and clients that never end.

use std::fs;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use briefing::base::OutPath;
use briefing::publish::Headers;
use briefing::site::Output;

use crate::running::{Response, Running, connect, read};
use crate::support::SiteTest;

/// Whoever waits longer waits for nothing.
const PATIENCE: Duration = Duration::from_secs(60);

fn site() -> SiteTest {
    let site = SiteTest::new(
        "
        //- /content/site.yaml
        title: Small
        //- /content/articles/a.md
        ---
        title: First
        ---
        A text.
        //- /static/plain.txt
        published
        //- /secret.txt
        secret
        ",
    );
    fs::write(site.path().join("../beside.txt"), "secret").unwrap();
    site
}

/// Sends a request as it is.
fn send(server: &Running, request: &str) -> Option<Response> {
    let mut stream = connect(server.port);
    // A server that refuses early may not read to the end.
    drop(stream.write_all(request.as_bytes()));
    read(&mut BufReader::new(stream)).ok()
}

/// A GET with more header fields.
fn get(server: &Running, path: &str, headers: &str) -> Response {
    let port = server.port;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n");
    send(server, &request).expect("an answer")
}

/// That others are still answered.
#[track_caller]
fn still_answers(server: &Running) {
    assert_eq!(server.get("/articles/a/").status, 200);
}

#[test]
fn no_path_leads_out_of_the_table_of_routes() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/../beside.txt",
        "/..%2fbeside.txt",
        "/%2e%2e/beside.txt",
        "/%2e%2e%2fbeside.txt",
        "/%252e%252e/beside.txt",
        "/..%5cbeside.txt",
        "/..\\beside.txt",
        "/articles/../../beside.txt",
        "/articles/a/../../../beside.txt",
        "/..;/beside.txt",
        "/%c0%ae%c0%ae/beside.txt",
        "/%ff/beside.txt",
        "/plain.txt%00.html",
        "/plain.txt%0a",
        "/%",
        "/%zz",
        "//plain.txt",
        "//etc/passwd",
        "/./plain.txt",
        "/static/plain.txt",
        "/content/site.yaml",
        "/content/articles/a.md",
        "/_briefing/../secret.txt",
        "/_briefing/secret.txt",
        "/_briefing/",
    ] {
        let answer = get(&server, path, "");
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("secret\n") && !answer.text().contains("root:"), "{path}");
    }
    assert_eq!(get(&server, "/plain.txt", "").text(), "published\n");
    assert_eq!(get(&server, "/pl%61in.txt?x=../secret.txt", "").text(), "published\n");
}

#[test]
fn only_its_own_names_are_hosts() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let port = server.port;
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("LOCALHOST:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        ("127.0.0.1".to_string(), 403),
        ("127.0.0.1:1".to_string(), 403),
        (format!("evil.example:{port}"), 403),
        (format!("localhost.evil.example:{port}"), 403),
        (format!("127.0.0.1.evil.example:{port}"), 403),
        (format!("192.168.0.1:{port}"), 403),
        (format!("0.0.0.0:{port}"), 403),
        (format!("::1:{port}"), 403),
        (format!("localhost:{port}:{port}"), 403),
        (format!("me@localhost:{port}"), 403),
        (format!("localhost:0{port}x"), 403),
        (String::new(), 403),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let answer = send(&server, &request).expect("an answer");
        assert_eq!(answer.status, status, "{host}");
    }
    for head in [
        "GET / HTTP/1.1\r\n".to_string(),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n"),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n"),
        format!("GET http://localhost:{port}/ HTTP/1.1\r\nHost: evil.example\r\n"),
    ] {
        let answer = send(&server, &format!("{head}\r\n")).expect("an answer");
        assert!(matches!(answer.status, 400 | 403), "{head}: {}", answer.status);
    }
}

#[test]
fn other_sites_learn_nothing() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let (port, token) = (server.port, &server.token);
    let events = format!("/_briefing/events?token={token}");
    let page = format!("/_briefing/page?token={token}&path=%252F");
    let panel = format!("/_briefing/panel?token={token}&path=%252F");
    for path in ["/", "/plain.txt", "/nowhere/", &events, &page, &panel] {
        for origin in ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", ""]
        {
            let answer = get(&server, path, &format!("Origin: {origin}\r\n"));
            assert_eq!(answer.status, 403, "{path} for {origin}");
        }
    }
    for path in ["/_briefing/events", "/_briefing/page?path=%252F", "/_briefing/panel?path=%252F"] {
        let wrong = "0".repeat(token.len());
        for query in [
            String::new(),
            "token=".to_string(),
            format!("token={wrong}"),
            format!("token={token}0"),
        ] {
            let joint = if path.contains('?') { '&' } else { '?' };
            assert_eq!(
                get(&server, &format!("{path}{joint}{query}"), "").status,
                403,
                "{path} {query}"
            );
        }
    }
    for site in ["cross-site", "same-site", "none"] {
        let answer = get(&server, &page, &format!("Sec-Fetch-Site: {site}\r\n"));
        assert_eq!(answer.status, 403, "{site}");
    }
    let own = format!("Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(get(&server, &page, &own).status, 200);
    assert_eq!(get(&server, "/", &own).status, 200);
}

#[test]
fn every_answer_says_how_far_it_may_be_trusted() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    for (path, headers) in [
        ("/", ""),
        ("/plain.txt", ""),
        ("/theme/style.css", ""),
        ("/nowhere/", ""),
        ("/articles", ""),
        ("/%", ""),
        ("/", "Origin: http://evil.example\r\n"),
        ("/_briefing/live.js", ""),
        ("/_briefing/page", ""),
    ] {
        let answer = get(&server, path, headers);
        let has = |name: &str| answer.header(name).unwrap_or_default();
        assert_eq!(has("cache-control"), "no-store", "{path}");
        assert_eq!(has("x-content-type-options"), "nosniff", "{path}");
        for part in ["script-src 'self'", "style-src 'self'", "connect-src 'self'"] {
            assert!(has("content-security-policy").contains(part), "{path}: {part}");
        }
        let cors = answer.headers.iter().find(|(name, _)| name.starts_with("access-control"));
        assert_eq!(cors, None, "{path}");
    }
}

/// A document that authors brought along runs nothing at the address of the pages, which read drafts.
/// Of every type that the program knows, and of none: what the preview says of a file is what is published with it.
#[test]
fn a_file_has_the_type_with_which_it_is_published() {
    const ENDINGS: &str = "atom avif bib css csv docx eot epub flac gif geojson gpx gz html ico ics jpeg jpg js json jsonld \
                           kml map md mid mjs mp3 mp4 odt ogg opus otf pdf png pptx rss svg svgz tar toml tsv ttf txt vtt \
                           wasm wav webm webmanifest webp woff woff2 xhtml xlsx xml xyzzy yaml yml zip";
    let site = SiteTest::new("//- /content/site.yaml\ntitle: Types\n");
    fs::create_dir_all(site.path().join("static/types")).unwrap();
    let names = ENDINGS.split_whitespace().map(|ending| format!("types/file.{ending}"));
    let names: Vec<String> = names.chain(["types/none".into(), "types/UPPER.SVG".into()]).collect();
    for name in &names {
        fs::write(site.path().join("static").join(name), "text").unwrap();
    }
    let server = Running::start(&site.path(), &[]);
    for name in &names {
        let output = Output::file(OutPath::new(name).unwrap(), 0);
        let published = Headers::of(&output).content_type;
        let answer = server.get(&format!("/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("content-type"), Some(&*published), "{name}");
    }
}

/// The preview runs what the published page runs.
#[test]
fn a_page_may_load_from_the_origins_that_the_site_names() {
    let site = site();
    let csp = "csp: {script_src: https://stats.example}\n";
    site.edit("content/site.yaml", &format!("title: Small\n{csp}"));
    let server = Running::start(&site.path(), &[]);
    for path in ["/", "/nowhere/"] {
        let answer = get(&server, path, "");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("script-src 'self' https://stats.example;"), "{path}: {policy}");
    }
}

#[test]
fn documents_of_authors_are_in_a_sandbox() {
    let site = site();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for (path, text) in [
        ("static/demo.html", "<script>x()</script>"),
        ("static/Demo.XHTML", "<p/>"),
        ("static/demo/index.html", "<p>A</p>"),
        ("static/feed.xml", "<a/>"),
        ("static/tool.js", "x()"),
        ("content/articles/b/index.md", "---\ntitle: B\n---\n![a](map.svg) [b](chart.html)\n"),
        ("content/articles/b/map.svg", svg),
        ("content/articles/b/data.csv", "a,b"),
        ("content/articles/b/chart.html", "<script>x()</script>"),
        ("content/articles/b/acts.svg", "<svg><script/></svg>"),
    ] {
        site.edit(path, text);
    }
    let server = Running::start(&site.path(), &[]);
    for (path, is_document) in [
        ("/demo.html", true),
        ("/Demo.XHTML", true),
        ("/demo/", true),
        ("/feed.xml", true),
        ("/articles/b/map.svg", true),
        ("/tool.js", false),
        ("/articles/b/data.csv", false),
        ("/articles/b/", false),
    ] {
        let answer = get(&server, path, "");
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert_eq!(policy == "sandbox", is_document, "{path}: {policy}");
        let is_page = path.ends_with("/b/");
        assert_eq!(policy.starts_with("default-src 'none'"), is_page, "{path}: {policy}");
        let part = get(&server, path, "Range: bytes=0-1\r\n");
        let policy = part.header("content-security-policy").unwrap_or_default();
        assert_eq!(policy == "sandbox", is_document, "a part of {path}: {policy}");
    }
    for path in ["/articles/b/chart.html", "/articles/b/acts.svg"] {
        assert_eq!(get(&server, path, "").status, 404, "{path}");
    }
}

#[test]
fn nothing_but_get_and_head() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let port = server.port;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"] {
        for path in ["/", "/_briefing/events", "/plain.txt"] {
            let body = "Content-Length: 3\r\n\r\nabc";
            let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{body}");
            let answer = send(&server, &request).expect("an answer");
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
        }
    }
    let mut stream = connect(port);
    let request = format!("HEAD / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let length = server.get("/").body.len();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(&format!("content-length: {length}\r\n")), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn heads_have_an_end() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let port = server.port;
    let long = "x".repeat(100_000);
    let many: String = (0..500).map(|number| format!("X-{number}: y\r\n")).collect();
    for request in [
        format!("GET /{long} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n{many}\r\n"),
    ] {
        // Whoever is refused in the middle of a request may lose the answer with the connection.
        if let Some(answer) = send(&server, &request) {
            assert!(matches!(answer.status, 400 | 414 | 431), "{}", answer.status);
        }
        still_answers(&server);
    }
    for noise in
        ["\r\n\r\n\r\n", "GET\r\n\r\n", "\x16\x03\x01\x02\x00\x01", "GET / HTTP/9.9\r\n\r\n"]
    {
        let answer = send(&server, noise);
        assert!(answer.is_none_or(|answer| answer.status == 400), "{noise:?}");
        still_answers(&server);
    }
}

#[test]
fn clients_without_an_end_are_dropped() {
    let site = site();
    // More than sockets hold.
    site.write("static/large.bin", &vec![7; 64 * 1024 * 1024]);
    let server = Running::start(&site.path(), &[]);
    let port = server.port;
    let mut slow = connect(port);
    slow.set_nodelay(true).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    let mut deaf = connect(port);
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    deaf.write_all(request.as_bytes()).unwrap();
    let start = Instant::now();
    assert!(has_connection(port, deaf.local_addr().unwrap().port()), "the system can tell");
    // The one that sends too slowly is told, or cut off.
    let mut byte = [0];
    let end = slow.set_read_timeout(Some(PATIENCE)).and_then(|()| slow.read(&mut byte));
    assert!(end.as_ref().is_ok_and(|count| *count <= 1) || end.is_err(), "{end:?}");
    assert!(start.elapsed() < PATIENCE, "it was still waited for");
    still_answers(&server);
    // The one that takes nothing: its socket goes, which only the system can tell without reading from it.
    while has_connection(port, deaf.local_addr().unwrap().port()) {
        assert!(start.elapsed() < PATIENCE, "it is still being sent to");
        thread::sleep(Duration::from_millis(50));
    }
    still_answers(&server);
}

/// Whether the server has an established connection to a port of a client.
pub(crate) fn has_connection(port: u16, client: u16) -> bool {
    let table = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let (from, to) = (format!(":{port:04X}"), format!(":{client:04X}"));
    table.lines().any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        fields.len() > 3
            && fields[1].ends_with(&from)
            && fields[2].ends_with(&to)
            && fields[3] == "01"
    })
}

#[test]
fn a_thousand_idle_connections_keep_nobody_out() {
    let site = site();
    let server = Running::start(&site.path(), &[]);
    let mut events = server.events();
    let idle: Vec<TcpStream> = (0..1000).map(|_| connect(server.port)).collect();
    for _ in 0..20 {
        still_answers(&server);
    }
    // Whoever listens still hears.
    site.edit("content/articles/a.md", "---\ntitle: Second\n---\nA text.\n");
    server.settle(&mut events);
    assert!(server.get("/articles/a/").text().contains("Second"));
    // It was more than there is room for: the first ones had to go.
    let held = idle.iter().filter(|stream| {
        stream.set_nonblocking(true).unwrap();
        stream.peek(&mut [0]).is_err()
    });
    assert!(held.count() < 1000);
    drop(idle);
    still_answers(&server);
}

#[test]
fn requests_during_a_rebuild_are_answered_from_one_snapshot() {
    let site = site();
    let text = |number: usize| {
        format!("---\ntitle: Number {number} of many\n---\nBody {number} of many.\n")
    };
    site.edit("content/articles/a.md", &text(0));
    let server = Running::start(&site.path(), &[]);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let asked = || {
            let mut client = server.client();
            let mut count = 0;
            while !stop.load(Ordering::Relaxed) {
                for path in ["/articles/a/", "/articles/"] {
                    let answer = client.get(path);
                    assert_eq!(answer.status, 200);
                    let page = answer.text();
                    // Every number on a page is the same one.
                    let numbers = page.split("Number ").skip(1).chain(page.split("Body ").skip(1));
                    let mut numbers: Vec<&str> =
                        numbers.filter_map(|rest| rest.split(' ').next()).collect();
                    numbers.dedup();
                    assert_eq!(numbers.len(), 1, "{path} mixes {numbers:?}");
                    count += 1;
                }
            }
            count
        };
        let askers: Vec<_> = (0..4).map(|_| scope.spawn(asked)).collect();
        let mut events = server.events();
        for number in 1..30 {
            site.edit("content/articles/a.md", &text(number));
            server.settle(&mut events);
        }
        stop.store(true, Ordering::Relaxed);
        for asker in askers {
            assert!(asker.join().unwrap() > 0);
        }
    });
}
