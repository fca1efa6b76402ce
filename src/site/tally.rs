//! Sums for some of many places, without a search for each: what is counted for every page of a large site.

use std::cell::RefCell;

thread_local! {
    /// Sums of a thread, all of them zero between two counts. As long as the largest site was.
    static SUMS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The places below `places` to which something was added, in no order, each with its sum. `count` gets what adds to a
/// place; what it adds is more than 0.
pub(super) fn tally(
    places: usize,
    count: impl FnOnce(&mut dyn FnMut(u32, u64)),
) -> Vec<(u32, u64)> {
    SUMS.with_borrow_mut(|sums| {
        if sums.len() < places {
            sums.resize(places, 0);
        }
        let mut touched: Vec<u32> = Vec::new();
        count(&mut |place, weight| {
            let sum = &mut sums[place as usize];
            if *sum == 0 {
                touched.push(place);
            }
            *sum += weight;
        });
        let take = |place: u32| (place, std::mem::take(&mut sums[place as usize]));
        touched.into_iter().map(take).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::tally;

    #[test]
    fn sums_begin_anew_each_time() {
        for _ in 0..2 {
            let mut sums = tally(5, |add| {
                [(4, 1), (0, 2), (4, 3)].into_iter().for_each(|(at, by)| add(at, by));
            });
            sums.sort_unstable();
            assert_eq!(sums, [(0, 2), (4, 4)]);
        }
    }
}
