//! A saved plan: `--plan-out` writes it, a person reads it, and `--apply` carries it out if nothing has changed since.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::Disk;

use super::error::PublishError;
use super::files;
use super::guard::Allow;
use super::plan::Plan;
use super::release::ContentHash;
use super::stage::digest;

/// The version of the file's form.
const SCHEMA: u32 = 1;

/// A plan as it was read and agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPlan {
    schema: u32,
    /// The target.
    pub to: String,
    /// The base URL of what was built.
    pub url: Option<String>,
    /// What the target held.
    token: String,
    /// A digest of every file, with its headers.
    site: Option<ContentHash>,
    /// What the user allowed.
    pub allow: Allow,
    added: Vec<OutPath>,
    changed: Vec<OutPath>,
    headers: Vec<OutPath>,
    removed: Vec<OutPath>,
}

impl SavedPlan {
    /// Writes a plan down.
    pub fn new(to: &str, url: Option<String>, plan: &Plan, allow: &Allow) -> Self {
        Self {
            schema: SCHEMA,
            to: to.to_owned(),
            url,
            token: plan.token.clone(),
            site: plan.release().map(|release| digest(&release.files)),
            allow: allow.clone(),
            added: plan.added.clone(),
            changed: plan.changed.clone(),
            headers: plan.headers.clone(),
            removed: plan.removed.clone(),
        }
    }

    /// Why a plan that was made now differs from the saved one.
    pub fn differs(&self, now: &Self) -> Option<&'static str> {
        if self.to != now.to || self.url != now.url {
            Some("is for another target or another URL")
        } else if self.token != now.token {
            Some("was made for another state of the target: another publisher has published since")
        } else if self.site != now.site {
            Some("is for another site than the one that was built now: a file has changed since")
        } else if self != now {
            Some("does something else than a plan that is made now: the target has changed since")
        } else {
            None
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The file system's.
    pub fn save(&self, path: &Path) -> Result<(), PublishError> {
        let mut json = serde_json::to_vec_pretty(self).expect("it holds text, numbers and lists");
        json.push(b'\n');
        Ok(Disk::default().write_named(path, &json)?)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// It is not there, or no plan.
    pub fn load(path: &Path) -> Result<Self, PublishError> {
        let bytes = files::read(path).map_err(DiskError::at("read", path))?;
        let saved: Option<Self> = serde_json::from_slice(&bytes).ok();
        saved.filter(|saved| saved.schema == SCHEMA).ok_or_else(|| {
            PublishError::refused(format!(
                "`{}` is not a plan of this version of briefing",
                path.display()
            ))
        })
    }
}
