//! The folder that the user named for earlier releases, where others may keep things too.
//!
//! Releases lie in a folder of our own below it. Its name is made of the path from there to the target, so that two targets
//! with one such folder have two, and a share that is mounted elsewhere has the same.

use super::error::PublishError;
use super::files::and_more;
use super::release::{ContentHash, Record, ReleaseId};

/// What a folder of ours begins with, there as beside a target.
const OURS: &str = ".briefing-";

/// The folder that the user named, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Where it is.
    pub folder: String,
    /// Our own folder below it.
    pub own: String,
    /// Whether that is there already.
    pub is_ours: bool,
    /// What else is there, by name: nothing of it is ever touched.
    pub others: Vec<String>,
}

impl History {
    /// What the names in a folder mean. Earlier versions put releases there without a folder of their own.
    pub(super) fn new(folder: String, own: &str, names: &[String], record: &Record) -> Self {
        let name = own.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let is_release =
            |name: &str| ReleaseId::new(name).is_some_and(|id| record.release(&id).is_some());
        let others = names.iter().filter(|name| !name.starts_with(OURS) && !is_release(name));
        Self {
            folder,
            own: own.to_owned(),
            is_ours: names.iter().any(|there| there == name),
            others: others.cloned().collect(),
        }
    }

    /// Why nothing is put there without `--adopt`.
    pub fn refusal(&self) -> Option<String> {
        let first = self.others.first().filter(|_| !self.is_ours)?;
        let more = and_more(self.others.len());
        Some(format!(
            "`history:` names `{}`, which holds `{}`{more}; name an empty folder, or pass `--adopt` to keep \
             earlier releases there too, in a folder of their own",
            self.folder,
            super::files::printable(first)
        ))
    }
}

/// Refuses a folder for earlier releases that readers would see.
///
/// # Errors
/// [`PublishError::Refused`].
pub(super) fn refuse_seen(named: &str, root: &str) -> Result<(), PublishError> {
    let path = relative(root, named);
    if path.contains('\n') || path.starts_with("..") {
        return Ok(());
    }
    Err(PublishError::refused(format!(
        "`history:` names `{named}`, which readers see; name a folder outside of `{root}`"
    )))
}

/// The name of our own folder in a folder from which this relative path leads to the target.
pub(super) fn folder(path: &str) -> String {
    format!("{OURS}{}", &ContentHash::of(path.as_bytes()).to_string()[..16])
}

/// The path from one folder to another: relative where both begin at the same place, else both.
pub(super) fn relative(from: &str, to: &str) -> String {
    if from.starts_with('/') != to.starts_with('/') {
        return format!("{from}\n{to}");
    }
    let (from, to) = (parts(from), parts(to));
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[same..].iter().map(|_| "..");
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

fn parts(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{History, folder, relative};
    use crate::publish::release::tests::release;
    use crate::publish::release::{Record, ReleaseId};

    #[test]
    fn two_targets_have_two_folders() {
        for (from, to, expected) in [
            ("/srv/kept", "/srv/www", "../www"),
            ("/mnt/a/kept/", "/mnt/a/sites/one/", "../sites/one"),
            ("/srv/x/../kept", "/srv/www/.", "../www"),
            ("kept", "www", "../www"),
            ("../kept", "../www", "../www"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} {to}");
        }
        assert_ne!(folder(&relative("/kept", "/one")), folder(&relative("/kept", "/two")));
        assert_ne!(relative("kept", "/one"), relative("kept", "/two"));
    }

    #[test]
    fn what_is_there_of_others() {
        let record = Record::new(ReleaseId::new("b"), vec![release("b", None, &[])]);
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (found, is_ours, others) in [
            (&[][..], false, &[][..]),
            (&["b", ".briefing-x"], false, &[]),
            (&["b", "photos"], false, &["photos"]),
            (&[".briefing-me", "c", ".x"], true, &["c", ".x"]),
        ] {
            let history = History::new("kept".into(), "kept/.briefing-me/", &names(found), &record);
            assert_eq!((history.is_ours, history.others.clone()), (is_ours, names(others)));
            assert_eq!(history.refusal().is_some(), !is_ours && !others.is_empty());
        }
    }
}
