//! What an author does to a site between two builds.
//!
//! A kind of edit is a function, and its name is the function's. It finds something to do it to by the two numbers
//! of the [`Edit`], so that a shortened script still means something, and says so if there is nothing.

mod broken;
mod fields;
mod files;
mod names;
mod settings;
mod shared;
mod texts;
mod theme;
mod translations;

use std::fmt;

use briefing::engine::{Now, Options};
use briefing::source::Memory;
use jiff::civil::date;

/// One edit: what, and two numbers that choose where.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) kind: Kind,
    pub(crate) a: u8,
    pub(crate) b: u8,
}

/// A kind of edit, by its place in the list of all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(usize);

/// What does an edit; `None` when there is nothing to do it to.
type Deed = fn(&mut Editor, At) -> Option<()>;

/// Which thing an edit is done to, and the number of the edit, so that no two write the same words.
#[derive(Clone, Copy)]
struct At {
    a: usize,
    b: usize,
    n: usize,
}

/// The functions of a module as kinds of edits, by name.
macro_rules! deeds {
    ($($name:ident)+) => {
        /// The kinds of edits of this module.
        pub(super) const DEEDS: &[(&str, super::Deed)] = &[$((stringify!($name), $name),)+];
    };
}
use deeds;

/// Kinds of edits, by what they are done to.
const GROUPS: [(&str, &[(&str, Deed)]); 9] = [
    ("files", files::DEEDS),
    ("fields", fields::DEEDS),
    ("texts", texts::DEEDS),
    ("shared", shared::DEEDS),
    ("theme", theme::DEEDS),
    ("settings", settings::DEEDS),
    ("broken", broken::DEEDS),
    ("names", names::DEEDS),
    ("translations", translations::DEEDS),
];

impl Kind {
    /// Every kind.
    pub(crate) fn all() -> Vec<Self> {
        (0..GROUPS.iter().map(|(_, group)| group.len()).sum()).map(Self).collect()
    }

    /// Every kind of a group.
    pub(crate) fn of(group: &str) -> Vec<Self> {
        let at = GROUPS.iter().position(|(name, _)| *name == group).expect("a known group");
        let before: usize = GROUPS[..at].iter().map(|(_, group)| group.len()).sum();
        (before..before + GROUPS[at].1.len()).map(Self).collect()
    }

    /// The kind of a name.
    pub(crate) fn named(name: &str) -> Self {
        let kind = Self::all().into_iter().find(|kind| kind.name() == name);
        kind.unwrap_or_else(|| panic!("there is no edit `{name}`"))
    }

    pub(crate) fn name(self) -> &'static str {
        self.deed().0
    }

    fn deed(self) -> (&'static str, Deed) {
        GROUPS
            .into_iter()
            .flat_map(|(_, group)| group)
            .copied()
            .nth(self.0)
            .expect("a kind is in the list")
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A site being edited, and how it is built.
pub(crate) struct Editor {
    pub(crate) site: Memory,
    pub(crate) options: Options,
    /// What was broken, as it was before.
    broken: Vec<(String, Option<Vec<u8>>)>,
    /// Counts edits.
    count: usize,
}

impl Editor {
    pub(crate) fn new(site: Memory) -> Self {
        let options = Options {
            now: Now::Day(date(2026, 1, 1)),
            folder: "site".to_string(),
            ..Options::default()
        };
        Self { site, options, broken: Vec::new(), count: 0 }
    }

    /// Does an edit. Tells whether there was something to do it to, and whether the build can tell.
    pub(crate) fn apply(&mut self, edit: &Edit) -> bool {
        self.count += 1;
        let before = (self.site.clone(), format!("{:?}", self.options));
        let at = At { a: edit.a.into(), b: edit.b.into(), n: self.count };
        let done = edit.kind.deed().1(self, at).is_some();
        let same = before == (self.site.clone(), format!("{:?}", self.options));
        // Whoever saves a file unchanged has done that.
        done && (!same || edit.kind.name() == "save_unchanged")
    }

    /// Whether something is broken on purpose.
    pub(crate) fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// The pages and other text files below one of some folders, in order.
    fn paths(&self, folders: &[&str]) -> Vec<String> {
        self.site
            .paths()
            .map(|path| path.as_str())
            .filter(|path| folders.iter().any(|folder| path.starts_with(folder)))
            .filter(|path| !path.starts_with("content/") || path.ends_with(".md"))
            .map(str::to_string)
            .collect()
    }

    /// One of them.
    fn path(&self, folders: &[&str], at: usize) -> Option<String> {
        let mut paths = self.paths(folders);
        let at = at.checked_rem(paths.len())?;
        Some(paths.swap_remove(at))
    }

    /// The id of a page below a folder.
    fn id(&self, folder: &str, at: usize) -> Option<String> {
        let path = self.path(&[folder], at)?;
        let path = path.trim_end_matches("/index.md").trim_end_matches(".md");
        path.rsplit('/').next().map(str::to_string)
    }

    /// The id of a player.
    fn player(&self, at: usize) -> Option<String> {
        self.id(PLAYERS, at)
    }

    /// The path of the player with an id, if there is one.
    fn player_at(&self, id: &str) -> Option<String> {
        let path = format!("{PLAYERS}{id}.md");
        self.site.get(&path).map(|_| path)
    }

    fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.site.get(path)?.to_vec()).ok()
    }

    /// Changes the text of a file.
    fn change(&mut self, path: &str, how: impl FnOnce(&str) -> String) -> Option<()> {
        let text = self.text(path)?;
        self.site.write(path, how(&text));
        Some(())
    }

    /// Moves a file to where nothing is.
    fn rename(&mut self, from: &str, to: &str) -> Option<()> {
        if self.site.get(to).is_some() {
            return None;
        }
        let bytes = self.site.remove(from)?;
        self.site.write(to, bytes);
        Some(())
    }

    /// Exchanges the bytes of two files.
    fn swap(&mut self, one: &str, two: &str) -> Option<()> {
        if one == two {
            return None;
        }
        let (first, second) = (self.site.remove(one)?, self.site.remove(two)?);
        self.site.write(one, second).write(two, first);
        Some(())
    }

    /// Exchanges two files below a folder.
    fn swap_in(&mut self, folder: &str, at: At) -> Option<()> {
        let (one, two) = (self.path(&[folder], at.a)?, self.path(&[folder], at.a + 1 + at.b % 2)?);
        self.swap(&one, &two)
    }

    /// Sets a field of a page's front matter.
    fn set(&mut self, path: &str, key: &str, value: &str) -> Option<()> {
        let text = self.text(path)?;
        let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        self.site.write(path, format!("---\n{}---\n{body}", with(front, key, value)));
        Some(())
    }

    /// Sets a field of some page below one of some folders.
    fn set_in(&mut self, folders: &[&str], at: usize, key: &str, value: &str) -> Option<()> {
        let path = self.path(folders, at)?;
        self.set(&path, key, value)
    }

    /// Sets a field of `site.yaml`.
    fn setting(&mut self, key: &str, value: &str) -> Option<()> {
        self.change(SITE, |text| with(text, key, value))
    }
}

const ARTICLES: &str = "content/articles/";
const PLAYERS: &str = "content/players/";
const FAQ: &str = "content/faq/";
const TOPICS: &str = "content/topics/";
const PAGES: &str = "content/pages/";
const SITE: &str = "content/site.yaml";
const FACTS: &str = "content/facts.yaml";
const SOURCES: &str = "content/sources.yaml";

/// YAML of one-line fields with one of them set.
fn with(yaml: &str, key: &str, value: &str) -> String {
    let mut text = without(yaml, key);
    text.push_str(&format!("{key}: {value}\n"));
    text
}

/// YAML of one-line fields without one of them.
fn without(yaml: &str, key: &str) -> String {
    let start = format!("{key}:");
    let lines = yaml.lines().filter(|line| !line.starts_with(&start));
    lines.map(|line| format!("{line}\n")).collect()
}
