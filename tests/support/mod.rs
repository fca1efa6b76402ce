//! A site in a folder of its own, built by the real binary and looked at: what every suite shares.

#![allow(dead_code, reason = "each suite uses its own part of this")]
#![allow(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

pub(crate) mod html;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The day of a test's builds, so that they do not depend on the calendar.
pub(crate) const TODAY: [&str; 2] = ["--today", "2026-01-01"];

/// Path relative to a folder, with `/`, and bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site in a temporary folder that holds nothing else.
pub(crate) struct SiteTest {
    folder: TempDir,
}

impl SiteTest {
    /// A site from one text: a line `//- /content/articles/a.md` begins a file, the lines below are its text.
    #[track_caller]
    pub(crate) fn new(fixture: &str) -> Self {
        let test = Self::empty();
        for (path, text) in files(fixture) {
            test.edit(path, &text);
        }
        test
    }

    /// A copy of the `parts` (`content`, `templates`, `static`) of a folder that exist there.
    #[track_caller]
    pub(crate) fn from_dir(folder: &Path, parts: &[&str]) -> Self {
        let test = Self::empty();
        for part in parts {
            for (path, bytes) in tree(&folder.join(part)) {
                test.write(&format!("{part}/{path}"), &bytes);
            }
        }
        test
    }

    /// The site's folder. Its name is also the title of a site that has none.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Writes a text file of the site, and the folders it needs.
    #[track_caller]
    pub(crate) fn edit(&self, path: &str, text: &str) -> &Self {
        self.write(path, text.as_bytes())
    }

    /// Writes a file of the site, and the folders it needs.
    #[track_caller]
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> &Self {
        let place = self.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
        self
    }

    /// Removes a file of the site.
    #[track_caller]
    pub(crate) fn delete(&self, path: &str) -> &Self {
        fs::remove_file(self.path().join(path.trim_start_matches('/'))).unwrap();
        self
    }

    /// Runs `briefing build` in the site's folder on [`TODAY`].
    #[track_caller]
    pub(crate) fn build(&self, args: &[&str]) -> Run {
        let all = [&["build"], &TODAY[..], args].concat();
        self.run(&all, &[])
    }

    /// Runs `briefing` in the site's folder.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        run(&self.path(), args, env)
    }

    /// The files in a folder of the site.
    pub(crate) fn tree(&self, folder: &str) -> Tree {
        tree(&self.path().join(folder))
    }

    /// What was built.
    pub(crate) fn output(&self) -> Tree {
        self.tree("public")
    }

    /// A page that was built, as text.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let place = self.path().join("public").join(path);
        fs::read_to_string(&place).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        Self { folder }
    }
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// Checks the exit code, and shows everything that was printed if it is another.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The line of standard error that tells of a build, without the time it took.
    #[track_caller]
    pub(crate) fn summary(&self) -> String {
        let mut lines = self.stderr.lines();
        let line = lines.find(|line| line.starts_with("built ")).expect("a build says how it went");
        without_time(line)
    }

    /// Standard error without what the build says of itself: diagnostics in the human and short formats.
    pub(crate) fn diagnostics(&self) -> String {
        let own = ["built ", "the site changes next on "];
        let lines = self.stderr.lines().filter(|line| !own.iter().any(|own| line.starts_with(own)));
        lines.map(|line| format!("{line}\n")).collect()
    }
}

/// Runs `briefing` in a folder, with nothing from outside that a build could depend on.
#[track_caller]
pub(crate) fn run(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code().expect("no signal ended it"),
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// Holds a text against a file below `tests/`; one that is not there expects nothing. With `BRIEFING_BLESS` in the
/// environment the file is written instead.
#[track_caller]
pub(crate) fn compare(file: &str, found: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    if blessing() {
        if found.is_empty() {
            drop(fs::remove_file(place));
            return;
        }
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&place).unwrap_or_default();
    snapbox::assert_data_eq!(found, snapbox::Data::text(expected).raw());
}

/// Whether expectations are written instead of checked.
pub(crate) fn blessing() -> bool {
    std::env::var_os("BRIEFING_BLESS").is_some()
}

/// `in 12 ms` as `in [TIME]`, and a stage's `12.3 ms` too.
pub(crate) fn without_time(line: &str) -> String {
    if let Some(stage) = line.strip_prefix("  ").and_then(|line| line.strip_suffix(" ms"))
        && let Some((name, took)) = stage.split_once(' ')
        && took.trim().parse::<f64>().is_ok()
    {
        return format!("  {name:<8}[TIME]");
    }
    if let Some((before, _)) = line.rsplit_once(", in ").filter(|_| line.contains("release ")) {
        return format!("{before}, in [TIME]");
    }
    let Some((before, after)) = line.split_once(" removed, in ") else { return line.to_owned() };
    let rest = after.find(';').map_or("", |at| &after[at..]);
    format!("{before} removed, in [TIME]{rest}")
}

/// Every file below a folder; none if there is no folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    if !folder.exists() {
        return found;
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
            found.insert(path.replace('\\', "/"), fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// The files of a fixture, with the indentation taken off that all lines share.
#[track_caller]
pub(crate) fn files(fixture: &str) -> Vec<(&str, String)> {
    let lines = || fixture.lines().skip_while(|line| line.trim().is_empty());
    let indent = lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in lines() {
        let line = line.get(indent..).unwrap_or("");
        match (line.strip_prefix("//- /"), files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => panic!("a fixture begins with a line such as `//- /content/a.md`"),
        }
    }
    files
}
