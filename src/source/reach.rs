//! How far links reach: what may lie behind one that stands in a site's folder.
//!
//! A link in `content/` leads into `content/`, one in `templates/` into `templates/`, and one in `static/` into `static/`
//! or `content/`. Each may lead into a folder that the site's settings share. `content`, `static` and `templates` may
//! themselves be links to anywhere: their owner made them.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use super::{FOLDERS, ignored};

/// Where links of one site may lead.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// The site's folder, without links.
    site: PathBuf,
    /// Where each of [`FOLDERS`] really lies, if it is there.
    tops: [Option<PathBuf>; FOLDERS.len()],
    /// The shared folders that are there, without links.
    shared: Vec<PathBuf>,
}

/// Where a link leads that may lead there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Landing {
    /// The folder that it may lead into.
    pub(super) folder: PathBuf,
    /// The path below that, without links.
    pub(super) below: PathBuf,
}

impl Landing {
    /// Where it is on disk.
    pub(super) fn place(&self) -> PathBuf {
        self.folder.join(&self.below)
    }
}

/// Why a link is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LinkRefusal {
    /// It leads out of the folder of the site that it stands in. Beside the site is a folder that could be shared: the
    /// path from the site's folder to it.
    Out(String, Option<String>),
    /// It leads to something that no site publishes: the name that says so.
    Hidden(String),
    /// It is a link to a folder, and stands in a folder that was reached through a link.
    ///
    /// Twenty folders with two links each to the next are a million ways.
    Twice,
}

impl Reach {
    /// How far the links of a site's folder reach. `shared` are paths from the site's folder; one that is not there, that
    /// holds the site itself, or that has a link on its way shares nothing.
    pub(super) fn new(root: &Path, shared: &[String]) -> Self {
        let site = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let real = |folder: &str| site.join(folder).canonicalize().ok();
        // The setting names the folder itself: a link that is put in its place later is not what was shared.
        let shares = |place: &PathBuf| {
            !site.starts_with(place)
                && !is_hidden_from(&site, place)
                && place.canonicalize().is_ok_and(|real| real == *place)
        };
        let shared = shared.iter().map(|path| climbed(&site, path)).filter(shares).collect();
        Self { tops: FOLDERS.map(real), site, shared }
    }

    /// Where a link leads that stands below one of [`FOLDERS`], or beside them. `real` is its end, without links.
    pub(super) fn landing(&self, top: &str, real: &Path) -> Result<Landing, LinkRefusal> {
        let own: &[&str] = match top {
            "static" => &["static", "content"],
            "content" | "templates" => &[top],
            // What lies beside the folders is the site's own: a `.gitignore`.
            _ => return self.inside(&[&self.site], top, real),
        };
        let tops = FOLDERS.iter().zip(&self.tops).filter(|(name, _)| own.contains(name));
        let tops: Vec<&PathBuf> =
            tops.filter_map(|(_, place)| place.as_ref()).chain(&self.shared).collect();
        self.inside(&tops, top, real)
    }

    fn inside(&self, folders: &[&PathBuf], top: &str, real: &Path) -> Result<Landing, LinkRefusal> {
        for folder in folders {
            let Ok(below) = real.strip_prefix(folder) else { continue };
            if let Some(name) = hidden(below) {
                return Err(LinkRefusal::Hidden(name));
            }
            return Ok(Landing { folder: (*folder).clone(), below: below.to_path_buf() });
        }
        Err(LinkRefusal::Out(top.to_owned(), self.beside(real)))
    }

    /// The folder of a file beside the site's own folder, as settings would name it to share it.
    fn beside(&self, real: &Path) -> Option<String> {
        let above = self.site.parent()?;
        let folder = if real.is_dir() { real } else { real.parent()? };
        let own = self.tops.iter().flatten().any(|top| folder.starts_with(top));
        if own || self.site.starts_with(folder) || is_hidden_from(&self.site, folder) {
            return None;
        }
        let (start, below) = match folder.strip_prefix(&self.site) {
            Ok(below) => ("", below),
            Err(_) => ("../", folder.strip_prefix(above).ok()?),
        };
        // A name that YAML would take for something else is not offered.
        let below = below.to_str()?.replace('\\', "/");
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
        (!below.is_empty() && below.chars().all(plain)).then(|| format!("{start}{below}"))
    }
}

/// Where a path leads from a folder, by its names alone.
fn climbed(from: &Path, path: &str) -> PathBuf {
    let mut place = from.to_path_buf();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(place.pop()),
            Component::CurDir => {}
            part => place.push(part),
        }
    }
    place
}

/// The first name on a path that is no part of a site.
fn hidden(below: &Path) -> Option<String> {
    let names = below.iter().map(|name| name.to_string_lossy());
    names.into_iter().find(|name| ignored(name)).map(|name| name.into_owned())
}

/// Whether the way from one place to another passes a name that is no part of a site.
fn is_hidden_from(site: &Path, place: &Path) -> bool {
    let common = site.iter().zip(place).take_while(|(one, other)| one == other).count();
    hidden(&place.iter().skip(common).collect::<PathBuf>()).is_some()
}

impl LinkRefusal {
    /// What to do about it.
    pub(super) fn help(&self) -> String {
        match self {
            Self::Out(_, Some(folder)) => format!(
                "copy what it leads to, or write `shared: [{folder}]` in content/site.yaml if all of that folder may be \
                 published"
            ),
            Self::Out(_, None) | Self::Hidden(_) => {
                "replace the link with a copy of what may be published, or remove it".to_owned()
            }
            Self::Twice => "replace it with a folder, or remove it".to_owned(),
        }
    }
}

impl fmt::Display for LinkRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Out(top, _) => write!(f, "the link leads out of `{top}/`"),
            Self::Hidden(name) => {
                write!(f, "the link leads to `{name}`, which cannot be part of a site")
            }
            Self::Twice => {
                f.write_str("a link to a folder stands in a folder that is a link itself")
            }
        }
    }
}
