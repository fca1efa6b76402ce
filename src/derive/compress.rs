//! Texts as a server may send them: compressed, the same bytes for the same text on every machine.

use std::io::{self, Write};

use crate::base::{Digest, Hasher};

/// A way to compress (RFC 9110, 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentCoding {
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
}

/// The level of brotli, of 11: the two above take several times as long for a few percent.
const BROTLI_LEVEL: i32 = 9;

/// The window of brotli, as a power of two: pages are smaller.
const BROTLI_WINDOW: i32 = 22;

impl ContentCoding {
    /// Every way, the better first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// What servers look for behind the name of a file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    /// What compressed bytes depend on: the digest of the text, and the way.
    pub fn key(self, text: Digest) -> Digest {
        // Another number for every change of what comes out.
        let way: &[u8] = match self {
            Self::Brotli => b"brotli/1",
            Self::Gzip => b"gzip/1",
        };
        Hasher::new().part(way).raw(&text.to_bytes()).finish()
    }

    /// The text, compressed; `None` where that is no shorter.
    pub fn compress(self, text: &[u8]) -> Option<Vec<u8>> {
        let done = match self {
            Self::Brotli => brotli(text),
            Self::Gzip => gzip(text),
        };
        // A list of bytes takes whatever is written to it.
        done.ok().filter(|bytes| bytes.len() < text.len())
    }
}

fn brotli(text: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_LEVEL,
        lgwin: BROTLI_WINDOW,
        size_hint: text.len(),
        ..Default::default()
    };
    let mut bytes = Vec::new();
    brotli::BrotliCompress(&mut &*text, &mut bytes, &params)?;
    Ok(bytes)
}

fn gzip(text: &[u8]) -> io::Result<Vec<u8>> {
    // No date, and no name of the system on which it was made.
    let builder = flate2::GzBuilder::new().mtime(0).operating_system(255);
    let mut encoder = builder.write(Vec::new(), flate2::Compression::best());
    encoder.write_all(text)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::ContentCoding;

    #[test]
    fn reads_back_and_is_the_same_again() {
        let text = "The parties agree that they disagree. ".repeat(100);
        for coding in ContentCoding::ALL {
            let bytes = coding.compress(text.as_bytes()).expect("it is shorter");
            assert!(bytes.len() < text.len() / 10, "{coding:?}: {}", bytes.len());
            assert_eq!(coding.compress(text.as_bytes()).as_ref(), Some(&bytes));
            let mut back = String::new();
            match coding {
                ContentCoding::Brotli => {
                    brotli::Decompressor::new(&*bytes, 4096).read_to_string(&mut back)
                }
                ContentCoding::Gzip => {
                    assert_eq!(bytes[4..8], [0; 4], "no date");
                    flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut back)
                }
            }
            .expect("it is whole");
            assert_eq!(back, text);
            assert_eq!(coding.compress(b"x"), None);
        }
    }
}
