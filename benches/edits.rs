//! Edits in one process: how long it takes from a saved file to new bytes, when the engine remembers the last build.
//!
//! ```sh
//! cargo bench --bench edits -- --write 1000 10000 50000
//! ```
//!
//! With `--write` the table takes the place of the last one in `benches/RESULTS.md`.
//! `one page` is what a server does when a browser asks for the edited page; `whole site` renders what changed and
//! checks every link, as a build does, without writing. Each edit is made several times and the median counts.
//! `BENCH_DIR` is the folder to work in (`/dev/shm` unless told).

#![allow(clippy::disallowed_methods, reason = "a benchmark reads clocks and writes files")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails should stop")]
// Each benchmark uses a part of the generator.
#![allow(dead_code, reason = "another benchmark uses the rest of the generator")]

mod generator;
mod machine;
mod results;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use briefing::base::OutPath;
use briefing::engine::{Engine, Now, Options};
use briefing::source::Disk;

use generator::Generator;
use results::{Asked, Results};

/// How often each edit is made.
const ROUNDS: usize = 5;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Name, what changes the site the nth time, a page that shows the change.
type Edit<'a> = (&'a str, &'a dyn Fn(usize), &'a str);

fn main() {
    let asked = Asked::new();
    let folder = std::env::var("BENCH_DIR").unwrap_or_else(|_| "/dev/shm".to_string());
    let mut results = Results::new("edits", &asked);
    results.line(&machine::describe());
    results.line(&format!("Median of {ROUNDS} edits of each kind.\n"));
    results.line("| articles | edit | one page | whole site | pages rendered |");
    results.line("|--:|---|--:|--:|--:|");
    for size in asked.sizes {
        let work = tempfile::Builder::new().prefix("briefing-bench-").tempdir_in(&folder).unwrap();
        generator::write(&Generator::new(size), work.path());
        measure(size, work.path(), &mut results);
    }
    results.keep();
}

fn measure(size: usize, folder: &Path, results: &mut Results) {
    let source = Disk::new(folder);
    let mut engine = Engine::new();
    let first = step(&mut engine, &source, "articles/article-7/index.html");
    results.line(&row(size, "first build", &[first]));
    let article = folder.join("content/articles/article-7.md");
    let player = folder.join("content/players/player-0.md");
    let edits: [Edit<'_>; 4] = [
        ("nothing", &|_| (), "articles/article-7/index.html"),
        (
            "a word in an article's text",
            &|round| append(&article, &format!("\nOne more sentence, the {round}th.\n")),
            "articles/article-7/index.html",
        ),
        (
            "an article's title",
            &|round| replace(&article, "title: ", &format!("title: {round} ")),
            "articles/article-7/index.html",
        ),
        (
            "the name of the most named player",
            &|round| replace(&player, "name: ", &format!("name: X{round}")),
            "players/player-0/index.html",
        ),
    ];
    for (name, edit, out) in edits {
        let steps: Vec<Step> = (0..ROUNDS)
            .map(|round| {
                edit(round);
                step(&mut engine, &source, out)
            })
            .collect();
        results.line(&row(size, name, &steps));
    }
}

/// One build.
struct Step {
    one: Duration,
    whole: Duration,
    rendered: usize,
}

fn step(engine: &mut Engine, source: &Disk, out: &str) -> Step {
    let options = Options {
        now: Now::Day(jiff::civil::date(2026, 1, 1)),
        folder: "bench".to_string(),
        ..Options::default()
    };
    let start = Instant::now();
    let loaded = engine.load(source, options);
    assert_eq!(loaded.diagnostics(), []);
    let (page, found) = loaded.render(&OutPath::new(out).unwrap()).unwrap();
    let one = start.elapsed();
    assert!(page.is_some() && found.is_empty());
    let bytes = AtomicUsize::new(0);
    let found = loaded.render_all(&|output, _| {
        bytes.fetch_add(output.path.as_str().len(), Ordering::Relaxed);
    });
    let whole = start.elapsed();
    assert_eq!(found, []);
    Step { one, whole, rendered: loaded.trace().rendered.len() }
}

fn row(size: usize, name: &str, steps: &[Step]) -> String {
    let median = |of: &dyn Fn(&Step) -> Duration| {
        let mut all: Vec<Duration> = steps.iter().map(of).collect();
        all.sort();
        all[all.len() / 2].as_secs_f64() * 1000.0
    };
    let (one, whole) = (median(&|step| step.one), median(&|step| step.whole));
    let rendered = steps.last().map_or(0, |step| step.rendered);
    format!("| {size} | {name} | {one:.0} ms | {whole:.0} ms | {rendered} |")
}

fn append(path: &Path, more: &str) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, text + more).unwrap();
}

fn replace(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}
