//! A finished site in a private folder, with the digest of every file: what a plan compares and a target sends.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::OutPath;
use crate::output::{STATE_FOLDER, ignore};
use crate::release::Content;
use crate::release::disk::Disk;
use crate::release::lock::Lock;
use crate::release::stage::stage;
use crate::site::Output;

use super::error::PublishError;
use super::files;
use super::release::{ContentHash, Headers, ReleaseEntry, ReleaseFiles, is_reserved};
use super::unverified::Unverified;

/// A site that is being built to be published. Dropping it removes its folder.
pub struct PublishStage {
    disk: Disk,
    /// What belongs to one target of one site, between runs.
    home: PathBuf,
    folder: PathBuf,
    made: Mutex<StagedFiles>,
    _lock: Lock,
}

/// What a build made.
#[derive(Debug, Clone, Default)]
pub struct StagedFiles {
    /// Every file.
    pub files: ReleaseFiles,
    /// Those that only say where a page has moved.
    pub redirects: BTreeSet<OutPath>,
}

impl PublishStage {
    /// A fresh stage for a target, in the site's state folder.
    ///
    /// # Errors
    /// Another publish to the same target from this folder, or a failure of the file system.
    pub fn open(site: &Path, to: &str) -> Result<Self, PublishError> {
        let disk = Disk::default();
        let state = site.join(STATE_FOLDER);
        let key = &ContentHash::of(to.as_bytes()).to_string()[..16];
        let home = state.join("publish").join(key);
        disk.create_private_folders(&home)?;
        ignore(&disk, &state)?;
        let lock = home.join("lock");
        let Some(held) = disk.lock(&lock)? else {
            return Err(PublishError::refused(format!(
                "another publish from this folder to `{to}` is running"
            )));
        };
        let folder = home.join("stage");
        disk.remove_tree(&folder)?;
        disk.create_folders(&folder)?;
        Ok(Self { disk, home, folder, made: Mutex::default(), _lock: held })
    }

    /// Takes one file. May be called from many threads; each path is put once. `leads_to`: the address that a redirect
    /// leads to, from the root of the host.
    ///
    /// # Errors
    /// A failure of the file system; a file that changed after the site was read.
    pub fn put(
        &self,
        output: &Output,
        content: Content<'_>,
        leads_to: Option<&str>,
    ) -> Result<(), PublishError> {
        let path = &output.path;
        if is_reserved(path) {
            return Err(PublishError::refused(format!(
                "`{path}` is a name of briefing's own records"
            )));
        }
        let place = path.below(&self.folder);
        stage(&self.disk, &place, content, "publish")?;
        let (sum, len) = match content {
            Content::Bytes(bytes) => (ContentHash::of(bytes), bytes.len() as u64),
            Content::File { len, .. } => (files::digest(&place)?, len),
        };
        let leads_to = leads_to.map(Into::into);
        let (headers, phase) = (Headers { leads_to, ..Headers::of(output) }, Some(output.phase));
        let leads_on = output.is_redirect();
        let entry = ReleaseEntry { sum, len, headers, phase, mark: None, leads_on };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.files.insert(path.clone(), entry);
        if output.is_redirect() {
            made.redirects.insert(path.clone());
        }
        Ok(())
    }

    /// Everything that was put.
    pub fn made(&self) -> StagedFiles {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The note of what is still to be verified at the target.
    pub fn unverified(&self) -> Unverified {
        Unverified::at(self.home.join("unverified"))
    }

    /// A folder for what the target keeps between runs.
    pub fn cache(&self) -> PathBuf {
        self.home.join("cache")
    }
}

impl Drop for PublishStage {
    fn drop(&mut self) {
        // What is left is removed by the next run.
        let _ = self.disk.remove_tree(&self.folder);
    }
}

/// A digest of everything that a release shows: what a plan on paper is held against.
pub fn digest(files: &ReleaseFiles) -> ContentHash {
    let lines = files.iter().map(|(path, ReleaseEntry { sum, headers, .. })| {
        let leads_to = headers.leads_to.iter().map(|to| format!(" {to}")).collect::<String>();
        format!("{path}\n{sum} {} {}{leads_to}\n", headers.content_type, headers.cache_control)
    });
    ContentHash::of(lines.collect::<String>().as_bytes())
}
