//! Axes: from amounts to units of a drawing, with ticks at round amounts.

/// An axis of amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The amounts at its ends.
    pub(super) low: f64,
    pub(super) high: f64,
    /// The distance of two ticks.
    pub(super) step: f64,
}

impl Scale {
    /// The axis of some amounts, with `most` ticks or fewer between its ends. It has zero where `zero` says so, and where the
    /// amounts are not far from it.
    pub(super) fn of(amounts: impl Iterator<Item = f64>, zero: bool, most: usize) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for amount in amounts {
            (low, high) = (low.min(amount), high.max(amount));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        // A line that begins far above zero shows its course; a bar's length is its amount.
        if zero || low > 0.0 && low < high * 0.6 {
            low = low.min(0.0);
        }
        if zero || high < 0.0 && high > low * 0.6 {
            high = high.max(0.0);
        }
        if low == high {
            (low, high) = if low == 0.0 { (0.0, 1.0) } else { (low.min(0.0), high.max(0.0)) };
        }
        let step = step((high - low) / most.max(1) as f64);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Where an amount stands: 0 at the lower end, 1 at the upper.
    pub(super) fn place(self, amount: f64) -> f64 {
        (amount - self.low) / (self.high - self.low)
    }

    /// The amounts of the ticks, from the lower end.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(move |at| {
            let tick = self.low + at as f64 * self.step;
            // Nothing but what arithmetic left.
            if tick.abs() < self.step * 1e-9 { 0.0 } else { tick }
        })
    }

    /// A tick as a number: with the digits behind the point that its step has.
    pub(super) fn label(self, tick: f64) -> String {
        let digits = (0..12).find(|digits| {
            let scaled = self.step * 10f64.powi(*digits);
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        });
        format!("{tick:.*}", digits.unwrap_or(12) as usize)
    }
}

/// The smallest of 1, 2, 2.5 and 5, times a power of ten, that is not less than a distance.
fn step(distance: f64) -> f64 {
    if !(distance.is_finite() && distance > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(distance.log10().floor());
    let round =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|round| round * power >= distance * 0.999_999);
    round.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::Scale;

    fn labels(amounts: &[f64], zero: bool) -> Vec<String> {
        let scale = Scale::of(amounts.iter().copied(), zero, 4);
        scale.ticks().map(|tick| scale.label(tick)).collect()
    }

    #[test]
    fn ticks_are_round() {
        for (amounts, zero, expected) in [
            (&[1.0, 1.8][..], false, &["0.0", "0.5", "1.0", "1.5", "2.0"][..]),
            (&[97.0, 99.0], false, &["97.0", "97.5", "98.0", "98.5", "99.0"]),
            (&[97.0, 99.0], true, &["0", "25", "50", "75", "100"]),
            (&[-3.0, 4.0], false, &["-4", "-2", "0", "2", "4"]),
            (&[-3.0, -1.0], true, &["-3", "-2", "-1", "0"]),
            (&[0.0, 0.0], false, &["0.00", "0.25", "0.50", "0.75", "1.00"]),
            (&[5.0], false, &["0", "2", "4", "6"]),
            (&[], false, &["0.00", "0.25", "0.50", "0.75", "1.00"]),
            (&[0.0, 1_234_567.0], false, &["0", "500000", "1000000", "1500000"]),
        ] {
            assert_eq!(labels(amounts, zero), expected, "{amounts:?} {zero}");
        }
    }

    #[test]
    fn every_amount_is_on_the_axis() {
        for low in [-1e9, -7.3, -1e-7, 0.0, 1e-7, 0.3, 12.0, 1e12] {
            for span in [0.0, 1e-9, 0.7, 13.0, 1e15] {
                let scale = Scale::of([low, low + span].into_iter(), false, 4);
                for amount in [low, low + span] {
                    let place = scale.place(amount);
                    assert!((-1e-6..=1.000_001).contains(&place), "{low} {span}: {place}");
                }
                assert!(scale.ticks().count() <= 8, "{low} {span}");
            }
        }
    }
}
