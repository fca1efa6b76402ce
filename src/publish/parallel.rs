//! Many slow things at once: what waits for a network needs more threads than there are processors.

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Does something for each item on up to `jobs` threads; the results are in the order of the items.
pub(super) fn parallel<T: Sync, R: Send>(
    jobs: usize,
    items: &[T],
    act: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = ThreadPoolBuilder::new().num_threads(jobs.min(items.len()).max(1)).build();
    let threads = threads.expect("the system starts threads");
    // One item at a time: while one waits, another thread takes the next.
    threads.install(|| items.par_iter().with_max_len(1).map(&act).collect())
}
