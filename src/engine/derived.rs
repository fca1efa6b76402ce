//! What is made of the files of a site.

use crate::base::{Digest, SourcePath};
use crate::derive::{derive, key};
use crate::diag::{Code, Diagnostic, Span};
use crate::site::Operation;

use super::Loaded;
use super::render::{Made, Rendered};

#[cfg(test)]
mod tests;

impl Loaded {
    /// What an operation makes of a published file, from the cache where that has it. A file that the operation leaves as
    /// it is, is published as it is; the cache keeps that as nothing at all, which no operation makes.
    pub(super) fn derived(&self, file: usize, operation: Operation) -> Made {
        let (path, digest, length) = match self.file_at(file) {
            Some(Rendered::File(path, digest, length)) => (path, digest, length),
            // The theme's own files are as they should be.
            content => return Made { content, ..Made::default() },
        };
        let (key, cache) = (key(digest, operation), self.rendering.cache.as_deref());
        let bytes = match cache.and_then(|cache| cache.get(key)) {
            Some(bytes) => bytes,
            None => match self.inputs.source.read(&path) {
                Ok(source) if Digest::of(&source) == digest => {
                    let bytes = derive(&source, operation).unwrap_or_default();
                    if let Some(cache) = cache {
                        cache.put(key, &bytes);
                    }
                    bytes
                }
                // The file itself would be another than was checked, or say more than it may.
                Ok(_) => return failed(path, "it changed while the site was read"),
                Err(error) => return failed(path, &error.kind().to_string()),
            },
        };
        let content = match bytes.is_empty() {
            true => Rendered::File(path, digest, length),
            false => Rendered::Bytes(bytes.into()),
        };
        Made { content: Some(content), ..Made::default() }
    }
}

fn failed(path: SourcePath, why: &str) -> Made {
    let message = format!("cannot read `{path}`: {why}");
    let problem = Diagnostic::new(Code::Unreadable, Span::file(path), message);
    let problem =
        problem.help("check that the file exists and that you may read it; then try again");
    Made { diagnostic: Some(problem), ..Made::default() }
}
