//! How long an author waits: from the end of a save to the first byte of the new page, as a browser gets it.
//!
//! `cargo bench --bench latency -- 100 1000 10000`, sizes being numbers of articles; `BENCH_DIR` names where the sites
//! are written (default: `/dev/shm`). Prints a table in Markdown; `--write` puts it into
//! `benches/RESULTS.md`. A server runs in this process; a client listens to its events, asks for the page as soon as it
//! is told, and reads its first byte. "work" is what of that the server spends on reading, parsing and linking; what is
//! left is waiting for the end of the change, and rendering.

#![allow(clippy::disallowed_methods, reason = "measures time, and edits files")]
#![allow(clippy::print_stdout, reason = "prints a table")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails stops")]

#[allow(dead_code, reason = "the other benchmarks use the rest")]
mod generator;
mod machine;
mod results;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use briefing::base::BaseUrl;
use briefing::serve::{Config, News, Server, World, bind};
use generator::Generator;
use results::{Asked, Results};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Saves of each kind.
const ROUNDS: usize = 25;

const TOKEN: &str = "0123456789abcdef";

fn main() {
    let asked = Asked::new();
    let mut results = Results::new("latency", &asked);
    let folder = std::env::var("BENCH_DIR").unwrap_or_else(|_| "/dev/shm".to_string());
    results.line(&format!("{}\n", machine::describe()));
    results.line("| articles | saved | p50 | p95 | work p50 | work p95 |");
    results.line("|--:|---|--:|--:|--:|--:|");
    for &size in &asked.sizes {
        let work = tempfile::Builder::new().prefix("briefing-bench-").tempdir_in(&folder).unwrap();
        generator::write(&Generator::new(size), work.path());
        measure(size, work.path(), &mut results);
    }
    results.keep();
}

fn measure(size: usize, folder: &Path, results: &mut Results) {
    let start = Instant::now();
    // How often the site was loaded, and what the last time took.
    let loads = Arc::new(Mutex::new((0, Duration::ZERO)));
    let heard = loads.clone();
    let world = World {
        clock: Arc::new(move || start.elapsed()),
        now: Arc::new(jiff::Timestamp::now),
        tell: Arc::new(move |news| {
            if let News::Rebuilt(rebuilt) = news {
                let mut loads = heard.lock().unwrap();
                *loads = (loads.0 + 1, rebuilt.took);
            }
        }),
    };
    let sockets = bind(None, 0).unwrap();
    let port = sockets[0].local_addr().unwrap().port();
    let config = Config {
        site: folder.to_path_buf(),
        folder: "bench".to_string(),
        base: BaseUrl::parse(&format!("http://127.0.0.1:{port}/")).unwrap(),
        drafts: true,
        future: true,
        today: Some(jiff::civil::date(2026, 1, 1)),
        morph: true,
        poll: false,
        shared: false,
        editor: None,
        token: TOKEN.to_string(),
        sweep_after: None,
        memory: 64 * 1024 * 1024,
    };
    let started = Instant::now();
    let _server = Server::start(config, world, sockets).unwrap();
    let page = "/articles/article-7/";
    let mut asker = Asker::new(port);
    asker.first_byte(page);
    row(results, size, "(start to first page)", &[started.elapsed()], &[loads.lock().unwrap().1]);

    let mut events = Events::new(port);
    let article = folder.join("content/articles/article-7.md");
    let player = folder.join("content/players/player-0.md");
    let [title, name] = [&article, &player].map(|path| fs::read_to_string(path).unwrap());
    let style = folder.join("static/theme/style.css");
    let template = folder.join("templates/article.html");
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/article.html");
    let theme = fs::read_to_string(theme).unwrap();
    fs::create_dir_all(style.parent().unwrap()).unwrap();
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    type Edit<'a> = (&'a str, &'a dyn Fn(usize), &'a str);
    let edits: [Edit<'_>; 5] = [
        (
            "a body",
            &|round| append(&article, &format!("\nOne more sentence, the {round}th.\n")),
            page,
        ),
        ("a title", &|round| set(&article, &title, "title: ", &format!("title: {round} ")), page),
        (
            "a player's name",
            &|round| set(&player, &name, "name: ", &format!("name: X{round}")),
            "/players/player-0/",
        ),
        (
            "a template",
            &|round| fs::write(&template, format!("{theme}{{# {round} #}}\n")).unwrap(),
            page,
        ),
        (
            "a style sheet",
            &|round| fs::write(&style, format!("/* {round} */\n")).unwrap(),
            "/theme/style.css",
        ),
    ];
    for (name, edit, path) in edits {
        let (mut all, mut work) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            edit(round);
            let start = Instant::now();
            events.next_snapshot();
            asker.first_byte(path);
            all.push(start.elapsed());
            // How long it took is said after the page can be asked for.
            while loads.lock().unwrap().0 <= events.number {
                std::thread::yield_now();
            }
            work.push(loads.lock().unwrap().1);
        }
        row(results, size, name, &all, &work);
    }
}

/// A connection that pages are asked for.
struct Asker {
    port: u16,
    stream: BufReader<TcpStream>,
}

impl Asker {
    fn new(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { port, stream: BufReader::new(stream) }
    }

    /// Asks for a page and waits for its first byte; what follows is read for the next request.
    fn first_byte(&mut self, path: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        assert!(line.contains("200"), "{path}: {line}");
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            if let Some(found) = line.strip_prefix("content-length: ") {
                length = found.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
    }
}

/// The stream of events.
struct Events {
    lines: BufReader<TcpStream>,
    number: u64,
}

impl Events {
    fn new(port: u16) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!(
            "GET /_briefing/events?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Self { lines: BufReader::new(stream), number: 0 };
        events.next_snapshot();
        events
    }

    fn next_snapshot(&mut self) {
        let mut line = String::new();
        let mut is_snapshot = false;
        loop {
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(name) = line.strip_prefix("event: ") {
                is_snapshot = name.trim() == "snapshot";
            } else if let Some(data) = line.strip_prefix("data: ").filter(|_| is_snapshot) {
                let data: serde_json::Value = serde_json::from_str(data).unwrap();
                self.number = data["number"].as_u64().unwrap();
                return;
            }
        }
    }
}

fn row(results: &mut Results, size: usize, name: &str, all: &[Duration], work: &[Duration]) {
    let at = |list: &[Duration], part: usize| {
        let mut sorted = list.to_vec();
        sorted.sort();
        sorted[(sorted.len() * part / 100).min(sorted.len() - 1)].as_secs_f64() * 1000.0
    };
    results.line(&format!(
        "| {size} | {name} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        at(all, 50),
        at(all, 95),
        at(work, 50),
        at(work, 95)
    ));
}

fn append(path: &Path, more: &str) {
    let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(more.as_bytes()).unwrap();
}

/// Writes a text with something in it replaced.
fn set(path: &Path, text: &str, from: &str, to: &str) {
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}
