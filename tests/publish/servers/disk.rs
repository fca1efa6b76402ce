//! A target that is a small disk of its own, which fills up. Needs the right to mount one.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::world::{World, crawl};

/// A file system in memory, which goes away with its value.
struct Disk(PathBuf);

impl Disk {
    #[track_caller]
    fn mount(place: PathBuf, kilobytes: u32) -> Self {
        fs::create_dir(&place).unwrap();
        let options = format!("size={kilobytes}k,mode=755");
        let mut mount = Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&place).status();
        assert!(done.unwrap().success(), "this test mounts a small disk");
        Self(place)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let done = Command::new("umount").arg(&self.0).status().unwrap();
        assert!(done.success() || std::thread::panicking());
    }
}

/// A mount point cannot be renamed: files are written one by one, and no release is kept where readers can reach it.
#[test]
fn a_mount_point_that_fills_up() {
    let world = World::new();
    let disk = Disk::mount(world.root().join("www"), 400);
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("is a mount point"), "{}", run.stderr);
    let old = world.www();
    world.change();
    world.site.write("static/large.bin", &vec![7; 600_000]);
    let run = world.publish(&["live"]).expect(4);
    assert!(run.stderr.contains("No space left on device"), "{}", run.stderr);
    assert!(run.stderr.contains("readers see release"), "{}", run.stderr);
    let full = world.www();
    crawl(&full, &[&old, &full], "on a full disk");
    assert_eq!(full["index.html"], old["index.html"], "no page changes before its files are there");
    // Without the large file it fits again, and the next run finishes.
    world.site.delete("static/large.bin");
    world.publish(&["live"]).expect(0);
    assert!(world.www().contains_key("articles/comes/index.html"));
    assert!(!world.www().contains_key("large.bin"));
    let run = world.publish(&["rollback", "live"]).expect(5);
    assert!(run.stderr.contains("keeps no earlier releases"), "{}", run.stderr);
    drop(disk);
}

/// The same with a private folder for earlier releases.
#[test]
fn a_mount_point_with_a_history() {
    let world = World::new();
    let _disk = Disk::mount(world.root().join("www"), 400);
    let config = "title: Talks\npublish:\n  live: {to: \"dir:../www\", history: \"../kept\"}\n";
    world.site.edit("content/site.yaml", config);
    world.publish(&["live"]).expect(0);
    let one = world.www();
    world.change();
    world.publish(&["live"]).expect(0);
    world.publish(&["rollback", "live"]).expect(0);
    let mut back = world.www();
    back.remove("app.4e5f6a7b.css").unwrap();
    assert_eq!(back, one);
}
