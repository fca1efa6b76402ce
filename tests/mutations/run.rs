//! Makes mutations in a copy of the sources and runs the tests that have to notice them.

use std::collections::{BTreeMap, BTreeSet};
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
        copy.build(suite, false).unwrap_or_else(|said| panic!("the copy does not build:\n{said}"));
        let Ran { passed, said } = copy.test(suite, test, None);
        assert!(passed, "{suite} {test} fails without a mutation:\n{said}");
    }
    let mut wrong = 0;
    let (files, clean) = (BTreeMap::new(), BTreeMap::new());
    let mut made = Made { files, clean, program: None, built: Ok(()) };
    for mutation in &chosen {
        let start = Instant::now();
        let verdict = copy.verdict(mutation, &mut made);
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

/// What a copy was mutated to.
struct Made {
    /// Files with what they hold now.
    files: BTreeMap<String, String>,
    /// What files held that were ever mutated.
    clean: BTreeMap<String, String>,
    /// The suite that was built last, and whether it is one that can forget a field.
    program: Option<(String, bool)>,
    built: Result<(), String>,
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

    /// What became of a mutation, in a few words. `made` is what the last one left: the fields of keys and views are all
    /// forgotten by one program of each suite.
    fn verdict(&self, mutation: &Mutation, made: &mut Made) -> String {
        let in_copy = |path: &str| self.folder.join(path);
        let clean = |path: &str| match made.clean.get(path) {
            Some(text) => text.clone(),
            None => fs::read_to_string(in_copy(path)).unwrap(),
        };
        let mutated = mutation.apply(&clean).unwrap();
        let program = Some((mutation.suite.clone(), mutation.field.is_some()));
        if made.files != mutated || made.program != program {
            let clean: Vec<(String, String)> =
                mutated.keys().map(|path| (path.clone(), clean(path))).collect();
            for path in std::mem::take(&mut made.files).into_keys() {
                fs::write(in_copy(&path), &made.clean[&path]).unwrap();
            }
            made.clean.extend(clean);
            for (path, text) in &mutated {
                fs::write(in_copy(path), text).unwrap();
            }
            made.files = mutated;
            made.built = self.build(&mutation.suite, mutation.field.is_some());
            made.program = program;
        }
        match &made.built {
            Err(said) => format!("DOES NOT BUILD\n{said}\n"),
            Ok(()) => {
                let field = mutation.field.as_deref();
                let Ran { passed, said } = self.test(&mutation.suite, &mutation.test, field);
                let failed = format!("test {} ... FAILED", mutation.test);
                match passed {
                    true => "SURVIVES".to_string(),
                    false if said.contains(&failed) => "noticed".to_string(),
                    false => format!("THE TEST DOES NOT END\n{said}\n"),
                }
            }
        }
    }

    fn build(&self, suite: &str, forgets: bool) -> Result<(), String> {
        let output = self.cargo(suite, &["--no-run"], forgets.then_some(""));
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said()) }
    }

    fn test(&self, suite: &str, test: &str, field: Option<&str>) -> Ran {
        let output = self.cargo(suite, &["--", "--exact", test], field);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let passed = output.status.success();
        assert!(!passed || said.contains("1 passed"), "there is no test {test} in {suite}");
        Ran { passed, said }
    }

    fn cargo(&self, suite: &str, more: &[&str], field: Option<&str>) -> Output {
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
        if let Some(field) = field {
            // What this cfg does is in `src/base/key.rs`.
            command.env("RUSTFLAGS", "--cfg briefing_mutations").env("BRIEFING_FORGET", field);
            command.env("CARGO_TARGET_DIR", self.folder.with_file_name("target-that-forgets"));
        }
        command.output().expect("timeout, of coreutils, and cargo")
    }
}
