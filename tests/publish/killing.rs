//! Kills a publish before every step. After each kill readers have whole pages, of the old or the new version, with all
//! that they refer to; the next run finishes, and the one after it has nothing to do.

use std::collections::BTreeMap;

use crate::support::Tree;
use crate::world::{World, crawl, kill};

/// Kills at every step, and prints how many there were of each kind.
#[track_caller]
pub(crate) fn check(
    name: &str,
    world: &World,
    args: &[&str],
    readers: &dyn Fn(&World) -> Tree,
    atomic: bool,
) {
    let before = world.snapshot();
    let old = readers(world);
    world.publish(args).expect(0);
    let new = readers(world);
    world.restore(&before);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut steps = 0;
    loop {
        let (child, step) = match world.hold(args, steps + 1) {
            Ok(held) => held,
            Err(run) => {
                run.expect(0);
                break;
            }
        };
        steps += 1;
        let when = format!("{name}, before step {steps} ({step})");
        let held = readers(world);
        crawl(&held, &[&old, &new], &when);
        kill(child);
        let after = readers(world);
        assert_eq!(after, held, "{when}");
        if atomic {
            assert!(after == old || after == new, "{when}: readers see something between");
        }
        world.publish(args).expect(0);
        let retried = readers(world);
        assert_eq!(retried.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "{when}");
        assert!(retried == new, "{when}: the next run gives something else");
        let again = world.publish(args).expect(0);
        let idle = ["nothing to publish", "is live already"]
            .iter()
            .any(|words| again.stderr.contains(words));
        assert!(idle, "{when}: {}", again.stderr);
        world.restore(&before);
        *counts.entry(step.split(' ').next().unwrap().to_owned()).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    println!("{name}: {steps} kills ({})", counts.join(", "));
    assert!(steps >= 4, "{name} has more steps");
}

/// The release before the one that is live.
pub(crate) fn earlier(world: &World, target: &str) -> String {
    let history = world.run(&["history", target]).expect(0).stdout;
    history.lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}
