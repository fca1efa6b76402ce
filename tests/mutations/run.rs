//! Makes mutations in a copy of the sources and runs the tests that have to notice them.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use crate::list::Mutation;
use crate::{files, root};

/// What a package is built of.
const PARTS: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "ARCHITECTURE.md",
    "benches",
    "fuzz/src",
    "src",
    "static",
    "templates",
    "tests",
];

/// Makes every mutation with some words in its name, and fails unless the test of each does.
pub(crate) fn all(mutations: &[Mutation], words: &str) {
    let chosen: Vec<&Mutation> =
        mutations.iter().filter(|mutation| mutation.name.contains(words)).collect();
    assert!(!chosen.is_empty(), "no mutation has `{words}` in its name");
    let copy = Copy::new();
    let tests: BTreeSet<(&str, &str)> =
        chosen.iter().map(|mutation| (&*mutation.suite, &*mutation.test)).collect();
    for (suite, test) in tests {
        copy.build(suite).unwrap_or_else(|said| panic!("the copy does not build:\n{said}"));
        let Ran { passed, said } = copy.test(suite, test);
        assert!(passed, "{suite} {test} fails without a mutation:\n{said}");
    }
    let mut wrong = 0;
    for mutation in &chosen {
        let start = Instant::now();
        let verdict = copy.verdict(mutation);
        wrong += usize::from(verdict != "noticed");
        let Mutation { name, suite, test, .. } = mutation;
        say(&format!("{verdict}: {name} ({suite} {test}, {} s)", start.elapsed().as_secs()));
    }
    say(&format!("{} mutations, {} noticed", chosen.len(), chosen.len() - wrong));
    assert_eq!(wrong, 0, "a mutation was not noticed");
}

/// A long run is not captured: it is made for what it says.
fn say(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// A copy of the sources, built apart from them.
struct Copy {
    folder: PathBuf,
}

/// What became of a test.
struct Ran {
    passed: bool,
    said: String,
}

impl Copy {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations/source");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        for file in PARTS.iter().flat_map(|part| files(&root().join(part))) {
            let to = folder.join(file.strip_prefix(root()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file, to).unwrap();
        }
        Self { folder }
    }

    /// What became of a mutation, in a few words.
    fn verdict(&self, mutation: &Mutation) -> String {
        let read = |path: &str| fs::read_to_string(self.folder.join(path)).unwrap();
        let mutated = mutation.apply(&read).unwrap();
        let before: Vec<(&String, String)> =
            mutated.keys().map(|path| (path, read(path))).collect();
        for (path, text) in &mutated {
            fs::write(self.folder.join(path), text).unwrap();
        }
        let verdict = match self.build(&mutation.suite) {
            Err(said) => format!("DOES NOT BUILD\n{said}\n"),
            Ok(()) => {
                let Ran { passed, said } = self.test(&mutation.suite, &mutation.test);
                let failed = format!("test {} ... FAILED", mutation.test);
                match passed {
                    true => "SURVIVES".to_string(),
                    false if said.contains(&failed) => "noticed".to_string(),
                    false => format!("THE TEST DOES NOT END\n{said}\n"),
                }
            }
        };
        for (path, text) in before {
            fs::write(self.folder.join(path), text).unwrap();
        }
        verdict
    }

    fn build(&self, suite: &str) -> Result<(), String> {
        let output = self.cargo(suite, &["--no-run"]);
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said()) }
    }

    fn test(&self, suite: &str, test: &str) -> Ran {
        let output = self.cargo(suite, &["--", "--exact", test]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let passed = output.status.success();
        assert!(!passed || said.contains("1 passed"), "there is no test {test} in {suite}");
        Ran { passed, said }
    }

    fn cargo(&self, suite: &str, more: &[&str]) -> Output {
        let mut command = Command::new("timeout");
        // A mutation may make a test that never ends.
        command.args(["-s", "KILL", "1200"]).arg(std::env::var_os("CARGO").unwrap());
        command.args(["test", "--locked"]);
        match suite {
            "lib" => command.arg("--lib"),
            suite => command.args(["--test", suite]),
        };
        command.args(more).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", self.folder.with_file_name("target"));
        command.env("CARGO_INCREMENTAL", "1").env_remove("BRIEFING_MUTATIONS");
        command.output().expect("timeout, of coreutils, and cargo")
    }
}
