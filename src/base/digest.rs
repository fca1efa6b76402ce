//! Digests of bytes and of values: the keys of every memo and the entries of every manifest.

use std::fmt;
use std::io;
use std::sync::OnceLock;

use serde::Serialize;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::value::digest_of;

/// 128 bits of XXH3: two different inputs of one site do not share a digest.
///
/// Not cryptographic: it guards against accidents, not against an attacker who searches for a collision.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub struct Digest(u128);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The digest of everything that a reader gives, and the number of bytes, without holding them.
    ///
    /// # Errors
    /// The reader's.
    pub fn of_reader(reader: &mut impl io::Read) -> io::Result<(Self, u64)> {
        let mut state = Xxh3::new();
        let mut buffer = [0; 64 * 1024];
        let mut length = 0;
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok((Self(state.digest128()), length)),
                Ok(count) => {
                    state.update(&buffer[..count]);
                    length += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The digest as bytes, for feeding into another digest.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// Reads what [`fmt::Display`] writes: 32 lower-case hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        (text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
            .then(|| u128::from_str_radix(text, 16).ok().map(Self))
            .flatten()
    }
}

/// A place for the digest of a value beside it, computed on first use: a build that is not followed by another
/// never does.
///
/// Equality ignores whether the digest has been computed: the values beside it are compared.
#[derive(Debug, Clone, Default)]
pub struct Digested(OnceLock<Digest>);

impl Digested {
    /// The digest of what never changes.
    pub fn of(&self, value: &impl Serialize) -> Digest {
        *self.0.get_or_init(|| digest_of(value))
    }
}

impl PartialEq for Digested {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Digested {}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A digest in the making. Every part is length-prefixed, so that `ab` + `c` differs from `a` + `bc`.
#[derive(Default)]
pub struct Hasher(Xxh3);

impl Hasher {
    /// An empty digest.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one part: its length, then its bytes.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds bytes whose length the reader knows (a tag, a fixed-width number).
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(bytes);
        self
    }

    /// The digest of all parts so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.digest128())
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, Hasher};

    #[test]
    fn hexadecimal_reads_back() {
        let digest = Digest::of(b"x");
        assert_eq!(Digest::from_hex(&digest.to_string()), Some(digest));
        assert_eq!(Digest::from_hex("xyz"), None);
    }

    #[test]
    fn a_reader_gives_the_same_digest() {
        let bytes = vec![7; 200_000];
        let (digest, length) = Digest::of_reader(&mut bytes.as_slice()).expect("memory reads");
        assert_eq!((digest, length), (Digest::of(&bytes), 200_000));
    }

    #[test]
    fn parts_are_length_prefixed() {
        let one = Hasher::new().part(b"ab").part(b"c").finish();
        let other = Hasher::new().part(b"a").part(b"bc").finish();
        assert_ne!(one, other);
    }
}
