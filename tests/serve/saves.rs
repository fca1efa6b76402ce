//! How editors and other programs save files.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use briefing::source::Memory;

/// A way to save a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// The file is emptied and written.
    InPlace,
    /// The same in two steps.
    Slowly,
    /// A hidden file beside it takes its place.
    Atomic,
    /// Vim: a probe, a backup, a new file, and no backup.
    Vim,
    /// JetBrains: a file beside it takes its place, the old one waits under another name.
    JetBrains,
    /// Emacs: a lock and an automatic copy while it is edited, then in place.
    Emacs,
    /// `sed -i`: a file with a name of its own takes its place.
    Sed,
    /// The file goes and comes.
    Again,
    /// The text is kept elsewhere in the site, and the file is a link to it.
    Linked,
    /// The same, and the text there is replaced by a rename.
    LinkedAtomic,
}

impl Style {
    pub(crate) const ALL: [Self; 10] = [
        Self::InPlace,
        Self::Slowly,
        Self::Atomic,
        Self::Vim,
        Self::JetBrains,
        Self::Emacs,
        Self::Sed,
        Self::Again,
        Self::Linked,
        Self::LinkedAtomic,
    ];
}

/// Makes a folder what a site is, one file after the other.
pub(crate) fn save(root: &Path, before: &Memory, after: &Memory, style: Style) {
    let gone: Vec<_> =
        before.paths().filter(|path| after.get(path.as_str()).is_none()).cloned().collect();
    let mut moved: Vec<&str> = Vec::new();
    for path in after.paths() {
        let bytes = after.get(path.as_str()).unwrap();
        if before.get(path.as_str()) == Some(bytes) {
            continue;
        }
        let place = root.join(path.as_str());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        // A file that only has another name now was renamed.
        let old = gone
            .iter()
            .find(|old| before.get(old.as_str()) == Some(bytes) && !moved.contains(&old.as_str()));
        match old {
            Some(old) if !place.exists() => {
                fs::rename(root.join(old.as_str()), place).unwrap();
                moved.push(old.as_str());
            }
            _ => write(root, path.as_str(), bytes, style),
        }
    }
    for path in gone.iter().filter(|path| !moved.contains(&path.as_str())) {
        fs::remove_file(root.join(path.as_str())).unwrap();
    }
    // A folder of nothing goes too, as an author's file manager takes it.
    for path in &gone {
        let folder = root.join(path.folder());
        if !["content", "static", "templates"].contains(&path.folder()) {
            drop(fs::remove_dir(folder));
        }
    }
}

fn write(root: &Path, path: &str, bytes: &[u8], style: Style) {
    let place = &root.join(path);
    let beside = |name: &dyn Fn(&str) -> String| -> PathBuf {
        place.with_file_name(name(place.file_name().unwrap().to_str().unwrap()))
    };
    match style {
        Style::InPlace => fs::write(place, bytes).unwrap(),
        Style::Slowly => {
            let mut file = fs::File::create(place).unwrap();
            let (first, second) = bytes.split_at(bytes.len() / 2);
            file.write_all(first).unwrap();
            file.flush().unwrap();
            std::thread::yield_now();
            file.write_all(second).unwrap();
        }
        Style::Atomic => {
            let hidden = beside(&|name| format!(".{name}.new"));
            fs::write(&hidden, bytes).unwrap();
            fs::rename(hidden, place).unwrap();
        }
        Style::Vim => {
            let probe = beside(&|_| "4913".to_string());
            fs::write(&probe, "").unwrap();
            fs::remove_file(&probe).unwrap();
            let backup = beside(&|name| format!("{name}~"));
            let there = place.exists();
            if there {
                fs::rename(place, &backup).unwrap();
            }
            fs::write(place, bytes).unwrap();
            if there {
                fs::remove_file(backup).unwrap();
            }
        }
        Style::JetBrains => {
            let new = beside(&|name| format!("{name}___jb_tmp___"));
            let old = beside(&|name| format!("{name}___jb_old___"));
            fs::write(&new, bytes).unwrap();
            let there = place.exists();
            if there {
                fs::rename(place, &old).unwrap();
            }
            fs::rename(new, place).unwrap();
            if there {
                fs::remove_file(old).unwrap();
            }
        }
        Style::Emacs => {
            let copy = beside(&|name| format!("#{name}#"));
            let lock = beside(&|name| format!(".#{name}"));
            fs::write(&lock, "ann@host.1").unwrap();
            fs::write(&copy, bytes).unwrap();
            fs::write(place, bytes).unwrap();
            fs::remove_file(copy).unwrap();
            fs::remove_file(lock).unwrap();
        }
        Style::Sed => {
            let new = beside(&|_| "sedKq3XyZ".to_string());
            fs::write(&new, bytes).unwrap();
            fs::rename(new, place).unwrap();
        }
        Style::Again => {
            if place.exists() {
                fs::remove_file(place).unwrap();
            }
            fs::write(place, bytes).unwrap();
        }
        // A template is kept among templates, where it would be one more.
        Style::Linked | Style::LinkedAtomic if path.starts_with("templates/") => {
            fs::write(place, bytes).unwrap();
        }
        Style::Linked | Style::LinkedAtomic => {
            // By a path from the root: a link that is renamed still leads there.
            let kept = root.canonicalize().unwrap().join("content/kept");
            fs::create_dir_all(&kept).unwrap();
            let kept = kept.join(format!("{}.kept", path.replace('/', "-")));
            if style == Style::Linked {
                fs::write(&kept, bytes).unwrap();
            } else {
                let hidden = kept.with_extension("new~");
                fs::write(&hidden, bytes).unwrap();
                fs::rename(hidden, &kept).unwrap();
            }
            if fs::read_link(place).is_ok_and(|to| to == kept) {
                return;
            }
            drop(fs::remove_file(place));
            std::os::unix::fs::symlink(kept, place).unwrap();
        }
    }
}
