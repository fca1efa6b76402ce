//! What is made of the files of a site.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::base::{Digest, SourcePath};
use crate::derive::{icon, key, without_metadata};
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Operation, Output};

use super::Loaded;
use super::render::{Made, Rendered};

mod cards;
#[cfg(feature = "pictures")]
mod scaled;
#[cfg(test)]
mod tests;

/// For each picture, what the thread holds that makes the files that are made of it.
pub(super) type InProgress = Mutex<FxHashMap<Digest, Arc<Mutex<()>>>>;

/// A published file, as its bytes were when the site was loaded.
struct Original {
    path: SourcePath,
    digest: Digest,
    length: u64,
}

impl Original {
    /// The file itself.
    fn whole(self) -> Rendered {
        Rendered::File(self.path, self.digest, self.length)
    }
}

impl Loaded {
    /// What an operation makes of a published file, from the cache where that has it.
    pub(super) fn derived(&self, output: &Output, file: usize, operation: Operation) -> Made {
        let original = match self.file_at(file) {
            Some(Rendered::File(path, digest, length)) => Original { path, digest, length },
            // The theme's own files are as they should be.
            content => return Made { content, ..Made::default() },
        };
        match operation {
            Operation::WithoutMetadata => self.without_metadata(original),
            Operation::Icon => self.rewritten(original, operation, icon),
            #[cfg(feature = "pictures")]
            Operation::Scaled(_) => self.scaled(output, original, operation),
            #[cfg(not(feature = "pictures"))]
            Operation::Scaled(_) => unreachable!("{} is asked for", output.path),
        }
    }

    /// A picture without metadata.
    fn without_metadata(&self, original: Original) -> Made {
        self.rewritten(original, Operation::WithoutMetadata, without_metadata)
    }

    /// A file with the bytes that a function makes of its own. One of which it makes none is published as it is; the cache
    /// keeps that as nothing at all, which no operation makes.
    fn rewritten(
        &self,
        original: Original,
        operation: Operation,
        of: fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Made {
        let key = key(original.digest, operation);
        let cache = self.rendering.cache.as_deref();
        let bytes = match cache.and_then(|cache| cache.get(key)) {
            Some(bytes) => bytes,
            None => match self.read_again(&original) {
                Ok(source) => {
                    let bytes = of(&source).unwrap_or_default();
                    if let Some(cache) = cache {
                        cache.put(key, &bytes);
                    }
                    bytes
                }
                Err(problem) => return *problem,
            },
        };
        let content = match bytes.is_empty() {
            true => original.whole(),
            false => Rendered::Bytes(bytes.into()),
        };
        Made { content: Some(content), ..Made::default() }
    }

    /// The bytes of a file, if they are those that the site was loaded with.
    fn read_again(&self, original: &Original) -> Result<Vec<u8>, Box<Made>> {
        let path = &original.path;
        match self.inputs.source.read(path) {
            Ok(source) if Digest::of(&source) == original.digest => Ok(source),
            // The file itself would be another than was checked, or say more than it may.
            Ok(_) => Err(Box::new(failed(path, "it changed while the site was read"))),
            Err(error) => Err(Box::new(failed(path, &error.kind().to_string()))),
        }
    }

    /// What a thread holds while it makes the files that are made of a picture.
    #[cfg(feature = "pictures")]
    fn turn(&self, digest: Digest) -> Arc<Mutex<()>> {
        let mut in_progress = self.in_progress.lock().unwrap_or_else(PoisonError::into_inner);
        in_progress.entry(digest).or_default().clone()
    }
}

fn failed(path: &SourcePath, why: &str) -> Made {
    let message = format!("cannot read `{path}`: {why}");
    let problem = Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message);
    let problem =
        problem.help("check that the file exists and that you may read it; then try again");
    Made { diagnostic: Some(problem), ..Made::default() }
}
