//! Files that are made of others: bytes from bytes, as a pure function.
//!
//! A picture is taken apart at the borders that its format draws, and put together again without what no decoder
//! needs. What is kept is kept byte for byte: no pixel is decoded.

#[cfg(feature = "precompress")]
pub mod compress;
mod exif;
mod ico;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use crate::base::{Digest, Hasher};
use crate::site::Operation;

/// The file that an operation makes of another; `None` where that is the same file, byte for byte.
pub fn derive(bytes: &[u8], operation: Operation) -> Option<Vec<u8>> {
    let made = match operation {
        // The bytes decide what it is: a browser does not believe a name either.
        Operation::WithoutMetadata if bytes.starts_with(png::SIGNATURE) => png::bare(bytes),
        Operation::WithoutMetadata if bytes.starts_with(jpeg::START) => jpeg::bare(bytes),
        Operation::WithoutMetadata if webp::is_one(bytes) => webp::bare(bytes),
        Operation::WithoutMetadata => None,
        Operation::Icon => ico::of_png(bytes),
    };
    made.filter(|made| made != bytes)
}

/// What a derived file depends on: the file that it is made of, and what is done with it.
pub fn key(source: Digest, operation: Operation) -> Digest {
    // Another number for every change of what comes out.
    let operation: &[u8] = match operation {
        Operation::WithoutMetadata => b"without-metadata/1",
        Operation::Icon => b"icon/1",
    };
    Hasher::new().part(operation).raw(&source.to_bytes()).finish()
}
