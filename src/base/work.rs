//! Steps of work, counted in debug builds: what a test compares instead of seconds.
//!
//! A loop whose length two inputs decide, such as the words of a text and the names of a site, counts its turns here.
//! `tests/work.rs` holds that twice the input makes about twice the steps.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(debug_assertions)]
static STEPS: AtomicU64 = AtomicU64::new(0);

/// Counts some steps. Does nothing in a release build.
#[inline]
pub fn step(count: usize) {
    #[cfg(debug_assertions)]
    STEPS.fetch_add(count as u64, Ordering::Relaxed);
    #[cfg(not(debug_assertions))]
    let _ = count;
}

/// The steps of all threads since the program began; always 0 in a release build.
pub fn steps() -> u64 {
    #[cfg(debug_assertions)]
    return STEPS.load(Ordering::Relaxed);
    #[cfg(not(debug_assertions))]
    return 0;
}
