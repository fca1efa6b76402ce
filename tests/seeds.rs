//! Every seed of the fuzzers holds what they check: what a fuzzer found once stays found, and no seed rots.

#![allow(clippy::disallowed_methods, reason = "reads the seeds")]

#[expect(unreachable_pub, reason = "the fuzzers are programs of their own")]
#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

/// A target, by the name of its folder of seeds.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 4] = [
    ("front_matter", targets::front_matter),
    ("body", targets::body),
    ("templates", targets::templates),
    ("paths", targets::paths),
];

#[test]
fn every_seed_holds() {
    for (name, target) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
        let mut seeds = 0;
        for entry in fs::read_dir(&folder).expect("a target has seeds") {
            let path = entry.expect("an entry of the folder").path();
            let seed = fs::read(&path).expect("a seed is readable");
            // A failure inside a target does not name the seed.
            assert!(catch_unwind(|| target(&seed)).is_ok(), "{} fails", path.display());
            seeds += 1;
        }
        assert!(seeds > 5, "{name} has {seeds} seeds");
    }
}
