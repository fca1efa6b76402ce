//! Publishing a site of 10,000 files: the first time, with nothing changed, with ten files changed; beside `rsync` and
//! `git push` doing the same with the same files, in one run.
//!
//! ```sh
//! cargo bench --bench publish -- --write 4660
//! ```
//!
//! Sizes are numbers of articles; 4,660 make 10,000 files. Hosts are an sshd of the benchmark's own on loopback, so no line
//! slows anybody down. `briefing` builds the site in each run and reads back what it has sent; the others are given files
//! that are built already. So a build alone is timed as well, and what a publish takes beyond it is named.
//! With `--write` the table takes the place of the last one in `benches/RESULTS.md`. `BENCH_DIR` is the folder to work in
//! and should be on a memory file system (`/dev/shm` unless told); `BENCH_ROUNDS` is how often each is run (3 unless told):
//! the programs take turns and the median counts.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads clocks and writes files")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails should stop")]
#![allow(dead_code, reason = "other programs use the rest of what is shared")]

mod generator;
mod machine;
#[path = "../tests/publish/servers/process.rs"]
mod process;
mod results;
#[path = "../tests/publish/servers/sshd.rs"]
mod sshd;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generator::Generator;
use results::{Asked, Results};
use sshd::Sshd;

/// How many files change.
const CHANGED: usize = 10;

/// What is timed, in the order of the table.
const CASES: [&str; 3] = ["first publish", "nothing changed", "ten files changed"];

/// Who publishes, and the programs that do the same.
const PROGRAMS: [&str; 9] = [
    "`briefing`, `dir:`",
    "`rsync -a`, on this machine",
    "`rsync -a --checksum`, on this machine",
    "`briefing`, `ssh:`",
    "`briefing`, `rsync:`",
    "`rsync -a`, over ssh",
    "`rsync -a --checksum`, over ssh",
    "`briefing`, `git:`",
    "`git add`, `commit` and `push`",
];

fn main() {
    let asked = Asked::new();
    let rounds = std::env::var("BENCH_ROUNDS").ok().map_or(3, |text| text.parse().unwrap());
    let folder = std::env::var("BENCH_DIR").unwrap_or_else(|_| "/dev/shm".to_string());
    let work = tempfile::Builder::new().prefix("briefing-bench-").tempdir_in(folder).unwrap();

    let mut results = Results::new("publish", &asked);
    let tools = [version("rsync", "version"), version("git", "version")];
    results.line(&format!("{}; {}", machine::describe(), tools.join(", ")));
    results.line(&format!("Median of {rounds} runs; the programs took turns.\n"));
    results.line("| files | | | wall | beyond a build |");
    results.line("|--:|---|---|--:|--:|");
    for size in &asked.sizes {
        let bench = Bench::new(*size, work.path().join(size.to_string()));
        bench.measure(rounds, &mut results);
    }
    results.keep();
}

/// A site, its built files, and where they are published.
struct Bench {
    folder: PathBuf,
    site: PathBuf,
    public: PathBuf,
    sshd: Sshd,
}

/// Times by case and program.
type Times = BTreeMap<(usize, usize), Vec<Duration>>;

impl Bench {
    fn new(size: usize, folder: PathBuf) -> Self {
        let (site, public) = (folder.join("site"), folder.join("public"));
        generator::write(&Generator::new(size), &site);
        Self { folder, site, public, sshd: Sshd::new() }
    }

    fn measure(&self, rounds: usize, results: &mut Results) {
        let (mut times, mut builds) = (Times::new(), Vec::new());
        for round in 0..rounds {
            let target = self.folder.join("to");
            for old in [&target, &self.public, &self.site.join(".briefing")] {
                if old.exists() {
                    fs::remove_dir_all(old).unwrap();
                }
            }
            fs::create_dir(&target).unwrap();
            for bare in ["ours.git", "theirs.git"] {
                run(Command::new("git").args(["init", "-q", "--bare", bare]).current_dir(&target));
            }
            run(Command::new("git").args(["init", "-q", "-b", "main"]).arg(target.join("tree")));
            self.change(&format!("{round} first"));
            for case in 0..CASES.len() {
                if case == 2 {
                    self.change(&format!("{round} changed"));
                }
                let built = self.build();
                if case == 0 {
                    builds.push(built);
                }
                for program in 0..PROGRAMS.len() {
                    let took = self.publish(program, &target);
                    times.entry((case, program)).or_default().push(took);
                }
            }
        }
        let files = walkdir::WalkDir::new(&self.public).into_iter();
        let files = files.filter(|entry| entry.as_ref().unwrap().file_type().is_file()).count();
        let build = median(builds);
        results.line(&format!("| {files} | a build | `briefing build` | {} | |", shown(build)));
        for ((case, program), times) in times {
            let (name, wall) = (PROGRAMS[program], median(times));
            let beyond = match name.contains("briefing") {
                true => shown(wall.saturating_sub(build)),
                false => String::new(),
            };
            results.line(&format!(
                "| {files} | {} | {name} | {} | {beyond} |",
                CASES[case],
                shown(wall)
            ));
        }
    }

    /// Gives the files that change other bytes, and as many.
    fn change(&self, what: &str) {
        fs::create_dir_all(self.site.join("static/data")).unwrap();
        for n in 0..CHANGED {
            fs::write(self.site.join(format!("static/data/{n}.json")), format!("\"{what}\""))
                .unwrap();
        }
    }

    /// Builds what the other programs publish. A first build each time: a publish makes one too.
    fn build(&self) -> Duration {
        let fresh = self.folder.join("fresh");
        let start = Instant::now();
        let mut build = Command::new(env!("CARGO_BIN_EXE_briefing"));
        run(build.args(["build", "--site"]).arg(&self.site).arg("--output").arg(&fresh));
        let took = start.elapsed();
        // As a user's folder would be: what did not change keeps its time.
        run(Command::new("rsync")
            .args(["-r", "--checksum", "--delete"])
            .arg(slash(&fresh))
            .arg(&self.public));
        fs::remove_dir_all(fresh).unwrap();
        took
    }

    /// One run of one program.
    fn publish(&self, program: usize, target: &Path) -> Duration {
        let at = |name: &str| target.join(name).display().to_string();
        let (host, ssh) = (self.sshd.authority(), self.sshd.client("good").remove(0).1);
        let ours = |to: String| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
            command.args(["publish", &to, "--yes", "--site"]).arg(&self.site);
            command.env("BRIEFING_SSH", &ssh);
            command
        };
        let rsync = |more: &[&str], to: String| {
            let mut command = Command::new("rsync");
            command.args(["-a", "--delete"]).args(more).arg(slash(&self.public)).arg(to);
            command
        };
        let shell = format!("{ssh} -p {}", self.sshd.port);
        let there = |name: &str| {
            let host = host.trim_start_matches('/').split(':').next().unwrap();
            format!("{host}:{}", at(name))
        };
        let mut command = match program {
            0 => ours(format!("dir:{}", at("dir"))),
            1 => rsync(&[], at("here")),
            2 => rsync(&["--checksum"], at("here-by-sums")),
            3 => ours(format!("ssh:{host}{}", at("ssh"))),
            4 => ours(format!("rsync:{host}{}", at("rsync"))),
            5 => rsync(&["-e", &shell], there("there")),
            6 => rsync(&["--checksum", "-e", &shell], there("there-by-sums")),
            7 => ours(format!("git:{}#pages", at("ours.git"))),
            _ => {
                let mut command = Command::new("sh");
                let script = "git add -A . && { git diff --cached --quiet || git commit -q -m site; } && \
                              git push -q \"$0\" main";
                command.args(["-c", script]).arg(at("theirs.git")).current_dir(&self.public);
                command.env("GIT_DIR", target.join("tree/.git")).env("GIT_WORK_TREE", &self.public);
                for who in ["AUTHOR", "COMMITTER"] {
                    command.env(format!("GIT_{who}_NAME"), "ann");
                    command.env(format!("GIT_{who}_EMAIL"), "ann@example.org");
                }
                command
            }
        };
        let start = Instant::now();
        run(&mut command);
        start.elapsed()
    }
}

fn slash(folder: &Path) -> String {
    format!("{}/", folder.display())
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// `rsync 3.4.1`.
fn version(program: &str, before: &str) -> String {
    let output = Command::new(program).arg("--version").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace().skip_while(|word| *word != before).skip(1);
    format!("{program} {}", words.next().unwrap_or_default())
}
