//! Texts of the site, compressed beside them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Digest, MediaType, OutPath};
use crate::data::hosts::HostFile;
use crate::derive::compress::ContentCoding;
use crate::site::Output;

use super::Loaded;
use super::render::Rendered;

/// Bytes below which a text is sent as it is: it fits into the first packet with its headers.
const LEAST: usize = 1_000;

impl Loaded {
    /// An output compressed in every way, from the cache where that has it; none for what is no text, is short, only leads
    /// on, or is read by the host alone. A file of the site at the same path keeps its place.
    pub fn compressed(&self, output: &Output, content: &Rendered) -> Vec<(Output, Arc<[u8]>)> {
        if !is_text(output.media_type)
            || output.is_redirect()
            || self.kind(output) == HostFile::NAME
        {
            return Vec::new();
        }
        let read;
        let text: &[u8] = match content {
            Rendered::Text(text) => text.as_bytes(),
            Rendered::Bytes(bytes) => bytes,
            Rendered::Embedded(bytes) => bytes,
            Rendered::File(path, digest, _) => match self.inputs.source.read(path) {
                // A file with other bytes than the published one has its own entry.
                Ok(bytes) if Digest::of(&bytes) == *digest => {
                    read = bytes;
                    &read
                }
                _ => return Vec::new(),
            },
        };
        if text.len() < LEAST {
            return Vec::new();
        }
        let (digest, cache) = (Digest::of(text), self.rendering.cache.as_deref());
        let made = ContentCoding::ALL.par_iter().filter_map(|coding| {
            let path = OutPath::new(&format!("{}.{}", output.path, coding.extension())).ok()?;
            if self.assembly.site.outputs.get(&path).is_some() {
                return None;
            }
            let key = coding.key(digest);
            let bytes = match cache.and_then(|cache| cache.get(key)) {
                Some(bytes) => bytes,
                None => {
                    // Nothing stands for a text that is no shorter.
                    let bytes = coding.compress(text).unwrap_or_default();
                    if let Some(cache) = cache {
                        cache.put(key, &bytes);
                    }
                    bytes
                }
            };
            let media_type = MediaType::of(&path);
            let own = Output { path, media_type, is_listed: false, ..output.clone() };
            (!bytes.is_empty()).then(|| (own, bytes.into()))
        });
        made.collect()
    }
}

/// Whether a type is one of text, which shrinks.
fn is_text(media_type: MediaType) -> bool {
    media_type.essence().starts_with("text/")
        || media_type.is_json()
        || media_type.is_xml()
        || media_type.essence() == "application/wasm"
}
