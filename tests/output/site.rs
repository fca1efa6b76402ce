//! A site's folder, built into and looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use briefing::base::OutPath;
use briefing::output::{
    ConflictReason, Content, Origin, OutputError, OutputRefusal, OutputTarget, Report, Transaction,
};
use tempfile::TempDir;

/// What a site makes: path and text.
pub(crate) type Files<'a> = &'a [(&'a str, &'a str)];

/// A site.
pub(crate) const SITE: Files<'_> = &[
    ("404.html", "nothing here"),
    ("about/index.html", "about"),
    ("articles/one/index.html", "one"),
    ("index.html", "home"),
];

/// The same site, later.
pub(crate) const CHANGED: Files<'_> = &[
    ("404.html", "nothing here"),
    ("index.html", "home, again"),
    ("new/index.html", "new"),
    ("top.html", "top"),
];

/// A site in a folder of its own, which is all that its parent holds.
pub(crate) struct Site {
    _folder: TempDir,
    site: PathBuf,
    pub(crate) output: PathBuf,
    pub(crate) adopt: bool,
}

impl Site {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for below in ["site/content", "site/templates", "site/static"] {
            fs::create_dir_all(folder.path().join(below)).unwrap();
        }
        let site = folder.path().join("site");
        Self { _folder: folder, site, output: "public".into(), adopt: false }
    }

    pub(crate) fn built(files: Files<'_>) -> Self {
        let site = Self::new();
        site.build(files).unwrap();
        site
    }

    pub(crate) fn path(&self) -> &Path {
        &self.site
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.path().join(&self.output)
    }

    pub(crate) fn target(&self) -> OutputTarget {
        let below = |name: &str| self.path().join(name);
        let protected = ["content", "templates", "static", "missing"].map(below).to_vec();
        OutputTarget { site: self.path().into(), output: self.out(), protected, adopt: self.adopt }
    }

    pub(crate) fn build(&self, files: Files<'_>) -> Result<Report, OutputError> {
        let transaction = Transaction::open(&self.target())?;
        put(&transaction, files)?;
        transaction.commit(Origin::default())
    }

    /// Writes a file into the output, as a person would.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let place = self.out().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// The output holds exactly these files, and only folders that they need.
    #[track_caller]
    pub(crate) fn check(&self, files: Files<'_>) {
        let mut expected = BTreeMap::new();
        for (path, text) in files {
            for (at, _) in path.match_indices('/') {
                expected.insert(path[..at].to_owned(), "(folder)".to_owned());
            }
            expected.insert((*path).to_owned(), (*text).to_owned());
        }
        let tree: BTreeMap<_, _> = self
            .walk(&fs::canonicalize(self.out()).unwrap())
            .map(|(path, meta, place)| {
                let text = if meta.is_dir() {
                    "(folder)".into()
                } else {
                    fs::read_to_string(place).unwrap()
                };
                (path, text)
            })
            .collect();
        assert_eq!(tree, expected);
    }

    /// Inode and time of every file in the output, and of every folder.
    pub(crate) fn metadata(&self) -> BTreeMap<String, (u64, SystemTime)> {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        self.walk(&self.out())
            .map(|(path, meta, _)| {
                #[cfg(unix)]
                let inode = meta.ino();
                #[cfg(not(unix))]
                let inode = 0;
                (path, (inode, meta.modified().unwrap()))
            })
            .collect()
    }

    /// Names and bytes of everything in the site's folder, links as links.
    pub(crate) fn everything(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        self.walk(self.path())
            .map(|(path, meta, place)| (path, meta.is_file().then(|| fs::read(place).unwrap())))
            .collect()
    }

    pub(crate) fn walk(
        &self,
        root: &Path,
    ) -> impl Iterator<Item = (String, fs::Metadata, PathBuf)> {
        let root = root.to_path_buf();
        walkdir::WalkDir::new(&root).min_depth(1).into_iter().map(move |entry| {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            (path, entry.metadata().unwrap(), entry.into_path())
        })
    }
}

#[track_caller]
pub(crate) fn check_unsafe(site: &Site, output: &str, because: &str) {
    let before = site.everything();
    let Err(error) = Transaction::open(&site.target()) else { panic!("`{output}` is refused") };
    assert_eq!(error.exit_code(), 5);
    let OutputError::Refused(OutputRefusal::Unsafe { because: reason, .. }) = &error else {
        panic!("{error}")
    };
    assert!(reason.starts_with(because), "{output}: {error}");
    assert_eq!(site.everything(), before, "{output}");
}

/// The conflicts that an error names, by path below the output.
#[track_caller]
pub(crate) fn conflicts(site: &Site, error: OutputError) -> Vec<(String, ConflictReason)> {
    let OutputError::Refused(OutputRefusal::Foreign(conflicts)) = error else { panic!("{error}") };
    let below = |path: &Path| path.strip_prefix(site.out()).unwrap().to_str().unwrap().to_owned();
    conflicts.iter().map(|conflict| (below(&conflict.path), conflict.why)).collect()
}

pub(crate) fn put(transaction: &Transaction, files: Files<'_>) -> Result<(), OutputError> {
    files.iter().try_for_each(|(path, text)| {
        transaction.put(&out(path), "page", None, Content::Bytes(text.as_bytes()))
    })
}

pub(crate) fn out(path: &str) -> OutPath {
    OutPath::new(path).expect("a valid path")
}

pub(crate) fn paths(paths: &[&str]) -> Vec<OutPath> {
    paths.iter().map(|path| out(path)).collect()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
