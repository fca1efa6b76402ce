//! Files that are made of others: bytes from bytes, as a pure function.
//!
//! A picture is taken apart at the borders that its format draws, and put together again without what no decoder
//! needs. What is kept is kept byte for byte. `pictures` alone decodes pixels, and `cards` alone draws some.

#[cfg(feature = "cards")]
pub mod cards;
#[cfg(feature = "precompress")]
pub mod compress;
mod exif;
pub mod header;
mod ico;
mod jpeg;
#[cfg(feature = "pictures")]
pub mod pictures;
mod png;
mod svg;
#[cfg(test)]
mod tests;
mod webp;

use crate::base::{Digest, Hasher};
use crate::site::{Operation, RECIPE, Scaled};

/// A picture without metadata; `None` where that is the same file, byte for byte.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let made = match bytes {
        // The bytes decide what it is: a browser does not believe a name either.
        _ if bytes.starts_with(png::SIGNATURE) => png::bare(bytes),
        _ if bytes.starts_with(jpeg::START) => jpeg::bare(bytes),
        _ if webp::is_one(bytes) => webp::bare(bytes),
        _ => None,
    };
    made.filter(|made| made != bytes)
}

/// An icon of a PNG; `None` for what is no PNG.
pub fn icon(bytes: &[u8]) -> Option<Vec<u8>> {
    ico::of_png(bytes)
}

/// What a derived file depends on: the file that it is made of, and what is done with it.
pub fn key(source: Digest, operation: Operation) -> Digest {
    let mut hasher = Hasher::new();
    match operation {
        // Another number for every change of what comes out.
        Operation::WithoutMetadata => hasher.part(b"without-metadata/1"),
        Operation::Icon => hasher.part(b"icon/1"),
        Operation::Scaled(Scaled { width, height, focus, format }) => {
            let focus = focus.map_or([0; 3], |focus| [1, focus.x, focus.y]);
            let sides = [width, height].map(u32::to_be_bytes).concat();
            hasher.part(b"scaled").raw(&[RECIPE, format as u8]).raw(&focus).raw(&sides)
        }
    };
    hasher.raw(&source.to_bytes()).finish()
}
