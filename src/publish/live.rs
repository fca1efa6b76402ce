//! The texts of the pages that readers have now, before they are replaced.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::{BaseUrl, OutPath};
use crate::config::publish::Location;

use super::files;
use super::http::Http;

/// How long one page may take to come.
const WAIT: Duration = Duration::from_secs(10);

/// Where the pages that are live can be read.
pub enum LivePages {
    /// In the folder of a target.
    Folder(PathBuf),
    /// As readers get them.
    Web(Http),
}

impl LivePages {
    /// Where those of a target can be read: in its folder, or at its URL; none for another target without a URL. Relative
    /// folders start at `base`.
    pub fn of(location: &Location, base: &Path, url: Option<&BaseUrl>) -> Option<Self> {
        match location {
            Location::Dir(folder) => Some(Self::Folder(base.join(folder))),
            Location::Rsync { host: None, path, .. } => Some(Self::Folder(base.join(path))),
            _ => Http::new(url?).map(Self::Web),
        }
    }

    /// The text of a page.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn text(&self, path: &OutPath) -> Result<String, String> {
        match self {
            Self::Folder(folder) => staged_text(folder, path),
            Self::Web(http) => http.text(path, WAIT),
        }
    }
}

/// The text of a page in a folder.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn staged_text(folder: &Path, path: &OutPath) -> Result<String, String> {
    let bytes = files::read(&folder.join(path.as_str())).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
