//! Pictures in other sizes. A picture is read once, and everything that is made of it is put into the cache.

use std::sync::PoisonError;

use crate::base::Cache;
use crate::derive::{key, pictures, without_metadata};
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Operation, Output, Scaled};

use super::super::Loaded;
use super::super::render::{Made, Rendered};
use super::Original;

impl Loaded {
    /// A picture in another size. In the place of one that cannot be read goes the picture itself, without metadata:
    /// browsers go by the bytes.
    pub(super) fn scaled(&self, output: &Output, original: Original, operation: Operation) -> Made {
        let Operation::Scaled(wanted) = operation else { return self.without_metadata(original) };
        let cache = self.rendering.cache.as_deref();
        let of_bytes = |bytes: Vec<u8>| Made {
            content: Some(Rendered::Bytes(bytes.into())),
            ..Made::default()
        };
        let known = |cache: &dyn Cache| cache.get(key(original.digest, operation));
        if let Some(bytes) = cache.and_then(known) {
            return of_bytes(bytes);
        }
        let turn = self.turn(original.digest);
        let _held = turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have made it meanwhile.
        if let Some(bytes) = cache.and_then(known) {
            return of_bytes(bytes);
        }
        let bytes = match self.read_again(&original) {
            Ok(bytes) => bytes,
            Err(problem) => return *problem,
        };
        let all = self.of_picture(output);
        // Without a cache there is nowhere to keep the others.
        let list = if cache.is_some() { &all[..] } else { std::slice::from_ref(&wanted) };
        let made = match pictures::scaled(&bytes, list) {
            Ok(made) => made,
            Err(why) => {
                let content = match without_metadata(&bytes) {
                    Some(bytes) => Rendered::Bytes(bytes.into()),
                    None => Rendered::Bytes(bytes.into()),
                };
                // Once for all that is made of one picture.
                let is_first = all.first() == Some(&wanted);
                let diagnostic = is_first.then(|| unscaled(&original, &why));
                return Made { content: Some(content), diagnostic, ..Made::default() };
            }
        };
        let mut own = None;
        for (scaled, bytes) in list.iter().zip(made) {
            if let Some(cache) = cache {
                cache.put(key(original.digest, Operation::Scaled(*scaled)), &bytes);
            }
            if *scaled == wanted {
                own = Some(bytes);
            }
        }
        own.map_or_else(Made::default, of_bytes)
    }

    /// Everything that is made of the picture that an output is made of.
    fn of_picture(&self, output: &Output) -> Vec<Scaled> {
        let site = &self.assembly.site;
        let asset = output.published().and_then(|at| site.published.get(at));
        let Some(shown) = asset.and_then(|asset| site.pictures.shown(&asset.out)) else {
            return Vec::new();
        };
        shown.own.into_iter().chain(shown.renditions().map(|rendition| rendition.scaled)).collect()
    }
}

fn unscaled(original: &Original, why: &str) -> Diagnostic {
    let path = &original.path;
    let message = format!("`{path}` is published as it is: {why}");
    Diagnostic::new(Code::BadPicture, Span::file(path.clone()), message)
        .help("save it again, as JPEG, PNG or WebP")
}
