//! A site with its targets around it, in a folder that can be put back as it was.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use scraper::{Html, Selector};
use tempfile::TempDir;

use crate::support::{Run, SiteTest, Tree, tree};

/// The first moment of 2026: the instant of every publish that names no other.
pub(crate) const EPOCH: &str = "1767225600";

/// The first version of the site.
pub(crate) const ONE: &str = r#"
    //- /content/site.yaml
    title: Talks
    base_url: https://example.org/
    publish:
      live: "dir:../www"
      pages: "git:../pages.git#gh-pages"
    //- /content/articles/stays.md
    ---
    title: Stays
    published: 2025-06-01
    ---
    As it is.
    //- /content/articles/changes.md
    ---
    title: Changes
    published: 2025-06-02
    ---
    One text.
    //- /content/articles/goes.md
    ---
    title: Goes
    published: 2025-06-03
    ---
    Away.
    //- /content/articles/draft.md
    ---
    title: Hidden
    status: draft
    ---
    Nobody may read this sentence before it is ready to be read.
    //- /static/landing.html
    <!doctype html><link rel="stylesheet" href="/app.0a1b2c3d.css"><a href="/articles/goes/">one</a>
    //- /static/app.0a1b2c3d.css
    body { color: red }
    //- /static/swap
    a file
    //- /static/odd name, "é".txt
    odd
"#;

/// A site and what lies around it.
pub(crate) struct World {
    pub(crate) site: SiteTest,
    /// More variables for every run.
    pub(crate) env: Vec<(&'static str, String)>,
    /// What lies elsewhere than in the folder, and is kept and put back with it.
    pub(crate) elsewhere: Option<Box<dyn Elsewhere>>,
}

/// A target that is no folder.
pub(crate) trait Elsewhere: Sync {
    /// Copies it into a folder.
    fn save(&self, folder: &Path);
    /// Puts it back from there.
    fn load(&self, folder: &Path);
}

impl World {
    pub(crate) fn new() -> Self {
        Self { site: SiteTest::new(ONE), env: Vec::new(), elsewhere: None }
    }

    /// Changes the site into its second version.
    pub(crate) fn change(&self) -> &Self {
        let site = &self.site;
        site.edit(
            "content/articles/changes.md",
            "---\ntitle: Changed\npublished: 2025-06-02\n---\n\nAnother text.\n",
        );
        site.edit(
            "content/articles/comes.md",
            "---\ntitle: Comes\npublished: 2025-06-04\n---\n\nSee [[changes]].\n",
        );
        site.delete("content/articles/goes.md")
            .delete("static/app.0a1b2c3d.css")
            .delete("static/swap");
        site.edit("static/app.4e5f6a7b.css", "body { color: blue }\n")
            .edit("static/swap/inside", "a folder\n");
        site.edit(
            "static/landing.html",
            "<!doctype html><link rel=\"stylesheet\" href=\"/app.4e5f6a7b.css\"><a href=\"/articles/comes/\">two</a>\n",
        );
        self
    }

    /// The folder that holds the site and its targets.
    pub(crate) fn root(&self) -> PathBuf {
        self.site.path().parent().unwrap().to_path_buf()
    }

    /// What readers of the folder see; our own records at its top are left out.
    pub(crate) fn www(&self) -> Tree {
        let mut tree = tree(&self.root().join("www"));
        tree.retain(|path, _| !path.starts_with(".briefing"));
        tree
    }

    /// Publishes with `--yes`.
    #[track_caller]
    pub(crate) fn publish(&self, args: &[&str]) -> Run {
        self.run(&[args, &["--yes"]].concat())
    }

    /// Runs `briefing publish`.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let more = self.env.iter().map(|(name, value)| (*name, value.as_str()));
        let env: Vec<_> =
            [("SOURCE_DATE_EPOCH", EPOCH), ("USER", "ann")].into_iter().chain(more).collect();
        self.site.run(&[&["publish"], args].concat(), &env)
    }

    /// Starts `briefing publish --yes`, held before a step; the run when it ended without coming to that step.
    #[allow(clippy::zombie_processes, reason = "whoever holds it waits for its end")]
    pub(crate) fn hold(&self, args: &[&str], step: usize) -> Result<(Held, String), Run> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_briefing"))
            .arg("publish")
            .args(args)
            .arg("--yes")
            .current_dir(self.site.path())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", EPOCH)
            .env("USER", "bob")
            .env("RAYON_NUM_THREADS", "1")
            .env("BRIEFING_PUBLISH_HOLD", step.to_string())
            .envs(self.env.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap() == 0 {
                let code = child.wait().unwrap().code().unwrap_or(-1);
                return Err(Run { code, stdout: String::new(), stderr: said });
            }
            if let Some((_, step)) =
                line.strip_prefix("held before step ").and_then(|rest| rest.split_once(": "))
            {
                return Ok((Held { child, said, lines }, step.trim().to_owned()));
            }
            said.push_str(&line);
        }
    }

    /// A copy of everything, links and all.
    pub(crate) fn snapshot(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        copy(&self.root(), &folder.path().join("here"));
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.save(&folder.path().join("elsewhere"));
        }
        folder
    }

    /// Puts everything back as it was.
    pub(crate) fn restore(&self, snapshot: &TempDir) {
        for entry in fs::read_dir(self.root()).unwrap() {
            let path = entry.unwrap().path();
            match fs::symlink_metadata(&path).unwrap().is_dir() {
                true => fs::remove_dir_all(path).unwrap(),
                false => fs::remove_file(path).unwrap(),
            }
        }
        copy(&snapshot.path().join("here"), &self.root());
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.load(&snapshot.path().join("elsewhere"));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let done = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().unwrap();
    assert!(done.success());
}

/// A run that waits before a step.
pub(crate) struct Held {
    child: Child,
    said: String,
    lines: BufReader<ChildStderr>,
}

impl Held {
    /// Lets it go on to its end.
    pub(crate) fn go_on(mut self) -> Run {
        self.release();
        self.lines.read_to_string(&mut self.said).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Run { code, stdout: String::new(), stderr: self.said }
    }

    /// Reads what it says up to a line that has a text.
    pub(crate) fn read_until(&mut self, text: &str) {
        let before = self.said.len();
        while !self.said[before..].contains(text) {
            let read = self.lines.read_line(&mut self.said).unwrap();
            assert!(read > 0, "it never says {text:?}: {}", self.said);
        }
    }

    /// Lets it go on, and does not wait.
    pub(crate) fn release(&mut self) {
        drop(self.child.stdin.take());
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

/// What a branch shows; empty for one that is not there. Our own records are left out.
pub(crate) fn repository_tree(repository: &Path, branch: &str) -> Tree {
    let run = |args: &[&str]| {
        Command::new("git").arg("--git-dir").arg(repository).args(args).output().unwrap()
    };
    let listed = run(&["ls-tree", "-r", "-z", "--name-only", branch]).stdout;
    let paths = listed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    paths
        .map(|path| String::from_utf8(path.to_vec()).unwrap())
        .filter(|path| !path.starts_with(".briefing") && path != ".nojekyll")
        .map(|path| {
            let bytes = run(&["cat-file", "blob", &format!("{branch}:{path}")]).stdout;
            (path, bytes)
        })
        .collect()
}

/// Kills a run with SIGKILL.
pub(crate) fn kill(mut held: Held) {
    held.child.kill().unwrap();
    held.child.wait().unwrap();
}

/// Follows every reference from the pages that readers begin with, as a crawler does: each page is one of `known`, and
/// what it refers to is there. Returns how many pages were seen.
#[track_caller]
pub(crate) fn crawl(now: &Tree, known: &[&Tree], when: &str) -> usize {
    // Before there is a home page nobody has been told of the site.
    let begin =
        if now.contains_key("index.html") { &["index.html", "landing.html"][..] } else { &[] };
    let mut next: Vec<String> = begin.iter().map(|path| (*path).to_owned()).collect();
    let mut seen = BTreeSet::new();
    while let Some(path) = next.pop() {
        let Some(bytes) = now.get(&path) else {
            panic!("{when}: {path} is referred to, and missing")
        };
        assert!(
            known.iter().any(|tree| tree.get(&path) == Some(bytes)),
            "{when}: {path} is neither old nor new: {}",
            String::from_utf8_lossy(bytes)
        );
        if path.ends_with(".html") {
            next.extend(
                references(&String::from_utf8_lossy(bytes))
                    .into_iter()
                    .filter(|path| !seen.contains(path)),
            );
        }
        seen.insert(path);
    }
    seen.len()
}

/// The files of the site that a page refers to.
pub(crate) fn references(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut found = Vec::new();
    for (selector, attribute) in [("[href]", "href"), ("[src]", "src")] {
        for element in page.select(&Selector::parse(selector).unwrap()) {
            let url = element.value().attr(attribute).unwrap_or_default();
            let path = url.split(['#', '?']).next().unwrap_or_default();
            let Some(path) = path.strip_prefix('/').filter(|path| !path.starts_with('/')) else {
                continue;
            };
            found.push(if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.into()
            });
        }
    }
    found
}
