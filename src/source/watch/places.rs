//! Where a site's files really lie: what an event at a place means for the site.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::source::FOLDERS;
use crate::source::disk::Followed;

/// So many links are passed on a way at most, as the system does.
const LINKS: usize = 40;

/// So many folders are watched because links lead into them. What changes behind more is seen by the next look at
/// everything.
const FOLDERS_OF_LINKS: usize = 1024;

/// So many files are watched themselves.
const FILES_OF_NAMES: usize = 1024;

/// What is watched, and what it is for the site.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WatchedPaths {
    root: PathBuf,
    /// The real place of a folder or file, and where the site has it.
    stands: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// Places that decide where links lead, and the links.
    ways: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// Places that decide where `content`, `static` or `templates` is.
    tops: BTreeSet<PathBuf>,
    /// The folders that are watched with all that is in them.
    deep: BTreeSet<PathBuf>,
    /// The folders that are watched alone.
    flat: BTreeSet<PathBuf>,
    /// The files that are watched themselves.
    files: BTreeSet<PathBuf>,
}

/// What an event at a place means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum EventMeaning {
    /// One of the site's folders itself was made, removed or replaced.
    Root,
    /// These files or folders of the site may be others.
    Paths(BTreeSet<PathBuf>),
}

impl WatchedPaths {
    /// The places of a site in a folder without links on its way.
    ///
    /// `named` are the files of more than one name: for each, the names that are in the site. They are watched
    /// themselves, since their folders tell nothing of what is done by a name elsewhere.
    pub(super) fn new(
        root: &Path,
        followed: &[Followed],
        named: BTreeMap<u64, Vec<PathBuf>>,
    ) -> Self {
        let mut places = Self { root: root.to_path_buf(), ..Self::default() };
        places.flat.extend(root.parent().map(Path::to_path_buf));
        places.flat.insert(root.to_path_buf());
        for folder in FOLDERS {
            let top = root.join(folder);
            places.tops.insert(top.clone());
            let real = top.canonicalize().unwrap_or_else(|_| top.clone());
            for link in passed(&top) {
                places.flat.extend(link.parent().map(Path::to_path_buf));
                places.tops.insert(link);
            }
            places.flat.extend(real.parent().map(Path::to_path_buf));
            places.tops.insert(real.clone());
            places.deep.insert(real.clone());
            places.stands.entry(real).or_default().insert(top);
        }
        let mut folders = BTreeSet::new();
        for link in followed.iter().filter(|link| !places.tops.contains(&link.path)) {
            let mut ways = passed(&link.path);
            // The place of the link itself is one of the site's.
            ways.retain(|way| *way != link.path);
            ways.push(link.real.clone());
            for way in ways {
                folders.extend(way.parent().map(Path::to_path_buf));
                places.ways.entry(way).or_default().insert(link.path.clone());
            }
            if link.is_folder {
                places.deep.insert(link.real.clone());
            }
            places.stands.entry(link.real.clone()).or_default().insert(link.path.clone());
        }
        places.flat.extend(folders.into_iter().take(FOLDERS_OF_LINKS));
        // A folder is watched once, by one name: the system has one watch for each, and the last name counts.
        let mut deep: BTreeSet<PathBuf> = BTreeSet::new();
        for folder in std::mem::take(&mut places.deep) {
            if !folder.ancestors().any(|above| deep.contains(above)) {
                deep.insert(folder);
            }
        }
        let inside = |folder: &PathBuf| folder.ancestors().any(|above| deep.contains(above));
        places.flat.retain(|folder| !inside(folder));
        places.deep = deep;
        for names in named.into_values().take(FILES_OF_NAMES) {
            // By a name that no link is on the way to, as events say it.
            let real: Vec<PathBuf> =
                names.iter().filter_map(|name| name.canonicalize().ok()).collect();
            places.files.extend(real.first().cloned());
            for real in real {
                let own = places.ways.entry(real).or_default();
                own.extend(names.iter().cloned());
            }
        }
        places
    }

    /// The folders and files to watch alone, and the folders to watch with all that is in them.
    pub(super) fn watched(&self) -> impl Iterator<Item = (&PathBuf, bool)> {
        let flat = self.flat.iter().chain(&self.files).map(|place| (place, false));
        flat.chain(self.deep.iter().map(|folder| (folder, true)))
    }

    /// What an event at some places means; nothing if they are none of the site's. `mere` says that nothing came or
    /// went there.
    pub(super) fn meaning(&self, places: &[PathBuf], mere: bool) -> Option<EventMeaning> {
        if places.iter().any(|place| *place == self.root || self.tops.contains(place)) {
            // The time of a folder changes with whatever happens in it.
            return (!mere).then_some(EventMeaning::Root);
        }
        let mut found = BTreeSet::new();
        for place in places {
            // Only what is the site's is looked at: the folder above a site may be a busy one.
            if mere && self.concerns(place) && place.is_dir() {
                continue;
            }
            for above in place.ancestors() {
                let rest = place.strip_prefix(above).unwrap_or(Path::new(""));
                let stands = self.stands.get(above).into_iter().flatten();
                found.extend(stands.map(|stands| match rest.as_os_str().is_empty() {
                    true => stands.clone(),
                    false => stands.join(rest),
                }));
            }
            found.extend(self.ways.get(place).into_iter().flatten().cloned());
        }
        (!found.is_empty()).then_some(EventMeaning::Paths(found))
    }

    /// Whether an event at a place may mean anything for the site.
    fn concerns(&self, place: &Path) -> bool {
        self.ways.contains_key(place)
            || place.ancestors().any(|above| self.stands.contains_key(above))
    }
}

/// The links on the way to where a path leads, each by a place without links.
fn passed(path: &Path) -> Vec<PathBuf> {
    let parts = |path: &Path| -> Vec<OsString> {
        path.components().map(|part| part.as_os_str().to_owned()).collect()
    };
    let mut rest: VecDeque<OsString> = parts(path).into();
    let (mut at, mut passed) = (PathBuf::new(), Vec::new());
    while let Some(part) = rest.pop_front() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => drop(at.pop()),
            Some(Component::CurDir) | None => {}
            // A root begins anew, whatever was before.
            _ => at.push(&part),
        }
        let Ok(to) = at.read_link() else { continue };
        if passed.len() == LINKS {
            break;
        }
        passed.push(at.clone());
        at.pop();
        for part in parts(&to).into_iter().rev() {
            rest.push_front(part);
        }
    }
    passed
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "sets up a folder")]

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn an_event_is_told_of_every_place_that_a_file_has_in_the_site() {
        let folder = tempfile::tempdir().unwrap();
        let above = folder.path().canonicalize().unwrap();
        let (root, shared) = (above.join("site"), above.join("shared"));
        for folder in ["site/content/articles", "store/static", "shared/v1"] {
            fs::create_dir_all(above.join(folder)).unwrap();
        }
        fs::write(shared.join("v1/facts.yaml"), "").unwrap();
        symlink("v1", shared.join("now")).unwrap();
        symlink("../../shared/now/facts.yaml", root.join("content/facts.yaml")).unwrap();
        symlink("../store/static", root.join("static")).unwrap();
        symlink("../content/articles", above.join("store/static/texts")).unwrap_or_default();
        let followed = [
            Followed {
                path: root.join("content/facts.yaml"),
                real: shared.join("v1/facts.yaml"),
                is_folder: false,
            },
            Followed {
                path: root.join("static/texts"),
                real: root.join("content/articles"),
                is_folder: true,
            },
        ];
        let places = WatchedPaths::new(&root, &followed, BTreeMap::new());
        let watched: Vec<(String, bool)> = places
            .watched()
            .filter_map(|(place, deep)| {
                let below = place.strip_prefix(&above).ok()?;
                Some((below.to_str().unwrap().to_owned(), deep))
            })
            .collect();
        let expected = [
            ("", false),
            ("shared", false),
            ("shared/v1", false),
            ("site", false),
            ("store", false),
            ("site/content", true),
            ("site/templates", true),
            ("store/static", true),
        ];
        assert_eq!(watched, expected.map(|(place, deep)| (place.to_owned(), deep)));
        let facts = [root.join("content/facts.yaml")];
        for (place, expected) in [
            (shared.join("v1/facts.yaml"), &facts[..]),
            // Where the way leads.
            (shared.join("now"), &facts),
            (shared.join("v1/other.yaml"), &[]),
            (above.join("other"), &[]),
            (above.join("store/static/x.css"), &[root.join("static/x.css")]),
            (
                root.join("content/articles/a.md"),
                &[root.join("content/articles/a.md"), root.join("static/texts/a.md")],
            ),
        ] {
            let expected: BTreeSet<PathBuf> = expected.iter().cloned().collect();
            let expected = (!expected.is_empty()).then_some(EventMeaning::Paths(expected));
            assert_eq!(places.meaning(std::slice::from_ref(&place), false), expected, "{place:?}");
        }
        for top in [root.join("static"), above.join("store/static"), root.clone()] {
            assert_eq!(places.meaning(&[top], false), Some(EventMeaning::Root));
        }
    }
}
