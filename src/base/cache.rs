//! What is kept of one run of the program for the next, beside the outputs.

use super::Digest;

/// Keeps bytes that are dear to make, by the digest of everything that they are made of.
///
/// It may forget whatever it likes, and never fails: what it does not have is made again.
pub trait Cache: Send + Sync {
    /// The bytes that were put under a key.
    fn get(&self, key: Digest) -> Option<Vec<u8>>;

    /// Keeps bytes under a key.
    fn put(&self, key: Digest, bytes: &[u8]);
}
