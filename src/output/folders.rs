//! What the output's folders are, looked up once per transaction.

use std::sync::Mutex;

use rustc_hash::FxHashMap;

use super::Ctx;
use super::error::OutputError;
use crate::release::disk::DiskNode;
use crate::release::order::parents;

/// A memory of folders; nothing changes them before the commit.
#[derive(Default)]
pub(super) struct Folders(Mutex<FxHashMap<Box<str>, Option<DiskNode>>>);

/// How one gets to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// All folders above it are there.
    Clear,
    /// Some are missing; none is anything else.
    Missing,
    /// This file is where a folder would be.
    File(Box<str>),
    /// This symbolic link is where a folder would be; it is not followed.
    Link(Box<str>),
}

impl Folders {
    /// The way to a path below the output.
    pub(super) fn way(&self, ctx: &Ctx, path: &str) -> Result<Way, OutputError> {
        for parent in parents(path) {
            match self.node(ctx, parent)? {
                Some(DiskNode::Folder) => {}
                None => return Ok(Way::Missing),
                Some(DiskNode::File(_)) => return Ok(Way::File(parent.into())),
                Some(DiskNode::Other) => return Ok(Way::Link(parent.into())),
            }
        }
        Ok(Way::Clear)
    }

    /// Whether a folder above some path is there.
    pub(super) fn exists(&self, ctx: &Ctx, folder: &str) -> Result<bool, OutputError> {
        Ok(self.node(ctx, folder)? == Some(DiskNode::Folder))
    }

    fn node(&self, ctx: &Ctx, folder: &str) -> Result<Option<DiskNode>, OutputError> {
        // Never held while the disk is asked: two threads may ask twice, and get the same answer.
        let known = self.0.lock().expect("no holder panics").get(folder).copied();
        if let Some(node) = known {
            return Ok(node);
        }
        let path = ctx.place.at(folder);
        let node = ctx.disk.look(&path)?;
        self.0.lock().expect("no holder panics").insert(folder.into(), node);
        Ok(node)
    }
}
