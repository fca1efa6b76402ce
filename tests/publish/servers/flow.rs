//! What every kind of target does: one release after the other, nothing when nothing changes, back, and forward again.

use crate::support::Tree;
use crate::world::World;

/// Publishes one version after the other to a target, and holds what readers see against a folder of this machine.
#[track_caller]
pub(crate) fn check(world: &World, to: &str, readers: &dyn Fn(&World) -> Tree) {
    world.publish(&[to]).expect(0);
    world.publish(&["live"]).expect(0);
    let one = readers(world);
    assert_eq!(one, world.www(), "the target has what a folder has");
    let again = world.publish(&[to]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
    world.change();
    world.publish(&[to]).expect(0);
    world.publish(&["live"]).expect(0);
    let two = readers(world);
    assert_eq!(two, world.www());
    world.publish(&["rollback", to]).expect(0);
    let mut back = readers(world);
    back.remove("app.4e5f6a7b.css").unwrap();
    assert_eq!(back, one);
    world.publish(&[to]).expect(0);
    assert_eq!(readers(world), two);
    for n in 0..4 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&[to]).expect(0);
    }
    world.publish(&["rollback", to]).expect(0);
    assert_eq!(readers(world)["number.txt"], b"2");
}
