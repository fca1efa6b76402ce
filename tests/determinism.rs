//! The same site gives the same bytes and the same messages, wherever and however it is built.

#![allow(clippy::disallowed_methods, reason = "tests make and read folders of their own")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[allow(dead_code, reason = "another suite uses the rest")]
#[path = "incremental/small.rs"]
mod small;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

use briefing::diag::{self, Diagnostic};
use briefing::engine::{Engine, Now, Options, Rendered};
use briefing::source::{Disk, Memory, Source};
use jiff::civil::date;
use rayon::ThreadPoolBuilder;
use tempfile::TempDir;

/// Files by path.
type Tree = BTreeMap<String, Vec<u8>>;

#[test]
fn neither_the_folder_nor_the_environment_shows() {
    for (what, site) in [("sound", sound()), ("wrong", wrong())] {
        let expected = Build::of(&site).run();
        assert_eq!(expected.code, Some(i32::from(what == "wrong")), "{}", expected.said);
        assert_eq!(expected.output.is_empty(), what == "wrong");
        for (how, build) in [
            ("again", Build::of(&site)),
            ("deep", Build { below: "a folder/with ünusual/names", ..Build::of(&site) }),
            ("time zone", Build { env: &[("TZ", "Pacific/Kiritimati")], ..Build::of(&site) }),
            ("time zone", Build { env: &[("TZ", "America/Anchorage")], ..Build::of(&site) }),
            (
                "locale",
                Build {
                    env: &[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
                    ..Build::of(&site)
                },
            ),
            ("one thread", Build { env: &[("RAYON_NUM_THREADS", "1")], ..Build::of(&site) }),
            ("many threads", Build { env: &[("RAYON_NUM_THREADS", "13")], ..Build::of(&site) }),
            ("from elsewhere", Build { from: From::Elsewhere, ..Build::of(&site) }),
            ("from above", Build { from: From::Above, ..Build::of(&site) }),
            ("created backwards", Build { backwards: true, ..Build::of(&site) }),
            ("old files", Build { old: true, ..Build::of(&site) }),
            ("built before", Build { before: true, ..Build::of(&site) }),
        ] {
            let found = build.run();
            assert_eq!(found.code, expected.code, "{what} site, {how}: {}", found.said);
            assert_eq!(found.said, expected.said, "{what} site, {how}");
            assert_same(&found.output, &expected.output, &format!("{what} site, {how}"));
        }
    }
}

#[test]
fn the_version_is_in_the_record_alone() {
    let ran = Build::of(&sound()).run();
    let times = |tree: &Tree| {
        let texts = tree.values().map(|bytes| String::from_utf8_lossy(bytes));
        texts.map(|text| text.matches(env!("CARGO_PKG_VERSION")).count()).sum::<usize>()
    };
    assert_eq!(times(&ran.output), 0, "another version would change pages");
    assert_eq!(times(&ran.records), 1);
}

#[test]
fn the_number_of_threads_does_not_show() {
    for site in [sound(), wrong()] {
        let build = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| built(&site))
        };
        let (tree, diagnostics) = build(1);
        for threads in [2, 3, 8] {
            let (found, said) = build(threads);
            assert_same(&found, &tree, &format!("{threads} threads"));
            assert_eq!(said, diagnostics, "{threads} threads");
        }
    }
}

#[test]
fn the_line_ends_of_sources_do_not_show() {
    for site in [sound(), wrong()] {
        let (tree, diagnostics) = built(&site);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        let bom = |text: &str| format!("\u{feff}{text}");
        let both = |text: &str| bom(&crlf(text));
        for (how, change) in
            [("CRLF", &crlf as &dyn Fn(&str) -> String), ("BOM", &bom), ("both", &both)]
        {
            let (found, said) = built(&rewritten(&site, change));
            assert_same(&found, &tree, how);
            assert_eq!(said, diagnostics, "{how}");
        }
    }
}

/// Every text that `briefing` parses, written in another way. Static files are copied as they are.
fn rewritten(site: &Memory, change: &dyn Fn(&str) -> String) -> Memory {
    let mut other = Memory::new();
    for path in site.paths() {
        let bytes = site.get(path.as_str()).unwrap();
        let parsed =
            [".md", ".yaml", ".html", ".ftl"].iter().any(|end| path.as_str().ends_with(end));
        match std::str::from_utf8(bytes) {
            Ok(text) if parsed => other.write(path.as_str(), change(text)),
            _ => other.write(path.as_str(), bytes),
        };
    }
    other
}

/// A site without mistakes.
fn sound() -> Memory {
    small::site(&small::Plan { articles: 3, names: (0..20).collect() })
}

/// The same with mistakes of many stages: files, references, links, a template that fails on several pages.
fn wrong() -> Memory {
    let mut site = sound();
    for number in 0..6 {
        let text = format!(
            "---\ntitle: Wrong {number}\npublished: 30/02/2025\nauther: x\nplayers: [nobody, alnd]\nslug: same\n---\n\n\
             A [[borae]] and [dead](/nope/) and [[fact:none]].[^nothing]\n"
        );
        site.write(&format!("content/articles/wrong-{number}.md"), text);
    }
    site.write("content/articles/bytes.md", b"---\ntitle: \xE9\n---\n".as_slice());
    site.write("content/stray.md", "No page.\n");
    let text = "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ player.missing.field }}</h1>\n{% endblock main %}\n";
    site.write("templates/player.html", text);
    site
}

/// The outputs and diagnostics of a site in memory.
fn built(site: &Memory) -> (Tree, Vec<Diagnostic>) {
    let mut engine = Engine::once();
    let loaded = engine.load(site, options());
    let outputs = Mutex::new(Tree::new());
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(loaded.render_all(&|output, content| {
        let bytes = match content {
            Rendered::Text(text) => text.as_bytes().to_vec(),
            Rendered::Bytes(bytes) => bytes.to_vec(),
            Rendered::Embedded(bytes) => bytes.to_vec(),
            Rendered::File(path, ..) => site.read(&path).unwrap(),
        };
        outputs.lock().unwrap().insert(output.path.to_string(), bytes);
    }));
    (outputs.into_inner().unwrap(), diag::group(diagnostics))
}

fn options() -> Options {
    Options { now: Now::Day(date(2026, 1, 1)), folder: "site".to_string(), ..Options::default() }
}

/// A run of the program over a site on disk.
struct Build<'a> {
    site: &'a Memory,
    /// Where the site lies, below a folder of its own.
    below: &'a str,
    from: From,
    env: &'a [(&'a str, &'a str)],
    /// Whether the files were created in the opposite order: many file systems list them so.
    backwards: bool,
    /// Whether the files were last changed in 1970.
    old: bool,
    /// Whether the site was built before, so that `.briefing/` and the output are there.
    before: bool,
}

/// The folder in which the program runs.
enum From {
    /// The site.
    Site,
    /// The folder that holds it; the site is named by a relative path.
    Above,
    /// A folder apart; the site is named by an absolute path.
    Elsewhere,
}

/// What a run gave.
struct Ran {
    code: Option<i32>,
    /// The diagnostics.
    said: String,
    output: Tree,
    /// What the program keeps for itself.
    records: Tree,
}

impl<'a> Build<'a> {
    fn of(site: &'a Memory) -> Self {
        let (below, from) = ("site", From::Site);
        Self { site, below, from, env: &[], backwards: false, old: false, before: false }
    }

    fn run(&self) -> Ran {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join(self.below);
        let mut paths: Vec<_> = self.site.paths().collect();
        if self.backwards {
            paths.reverse();
        }
        for path in paths {
            let file = root.join(path.as_str());
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, self.site.get(path.as_str()).unwrap()).unwrap();
            if self.old {
                fs::File::options()
                    .write(true)
                    .open(file)
                    .unwrap()
                    .set_modified(UNIX_EPOCH)
                    .unwrap();
            }
        }
        let elsewhere = TempDir::new().unwrap();
        let (cwd, site): (&Path, PathBuf) = match self.from {
            From::Site => (&root, ".".into()),
            From::Above => (folder.path(), self.below.into()),
            From::Elsewhere => (elsewhere.path(), root.clone()),
        };
        let run = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
            command
                .args(["build", "--today", "2026-01-01", "--format", "json", "--site"])
                .arg(&site);
            command.current_dir(cwd).env_remove("SOURCE_DATE_EPOCH").envs(self.env.iter().copied());
            command.output().unwrap()
        };
        if self.before {
            run();
        }
        let ran = run();
        assert!(self.below == "site" || Disk::new(&root).list().files.len() > 10);
        let said = String::from_utf8(ran.stdout).unwrap();
        let (output, records) = (tree(&root.join("public")), tree(&root.join(".briefing")));
        Ran { code: ran.status.code(), said, output, records }
    }
}

/// Every file below a folder.
fn tree(root: &Path) -> Tree {
    let mut files = Tree::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Fails with the first difference, instead of two whole trees.
#[track_caller]
fn assert_same(found: &Tree, expected: &Tree, what: &str) {
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "{what}");
    for (name, bytes) in expected {
        assert!(found[name] == *bytes, "{what}: {name} differs");
    }
}
