//! Targets on a small disk of their own, which fills up. Needs the right to mount one.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::sshd::Sshd;
use crate::support::{Tree, tree};
use crate::world::{World, crawl, repository_tree};

/// A file system in memory, which goes away with its value.
pub(crate) struct Disk(PathBuf);

impl Disk {
    #[track_caller]
    pub(crate) fn mount(place: PathBuf, kilobytes: u32) -> Self {
        fs::create_dir(&place).unwrap();
        let options = format!("size={kilobytes}k,mode=755");
        let mut mount = Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&place).status();
        assert!(done.unwrap().success(), "this test mounts a small disk");
        Self(place)
    }

    pub(crate) fn grow(&self, kilobytes: u32) {
        let options = format!("remount,size={kilobytes}k");
        let done = Command::new("mount").args(["-o", &options]).arg(&self.0).status();
        assert!(done.unwrap().success());
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
    let disk = Disk::mount(world.root().join("www"), 500);
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
    let _disk = Disk::mount(world.root().join("www"), 500);
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

/// A publish that does not fit: it says so, readers have what they had, and one that fits is published as ever.
#[track_caller]
fn fills_up(world: &World, to: &str, readers: &dyn Fn(&World) -> Tree) {
    for n in 0..3 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&[to]).expect(0);
    }
    let old = readers(world);
    world.change();
    world.site.write("static/large.bin", &noise(900_000));
    let run = world.publish(&[to]).expect(4);
    let said = ["No space left on device", "unpacker error"];
    assert!(said.iter().any(|words| run.stderr.contains(words)), "{}", run.stderr);
    assert!(run.stderr.contains("readers see release"), "{}", run.stderr);
    let full = readers(world);
    crawl(&full, &[&old], "on a full disk");
    assert_eq!(full["index.html"], old["index.html"]);
    let kept = world.run(&["history", to]).expect(0).stdout;
    assert_eq!(kept.lines().count(), 3, "what did not fit took the place of no release");
    let oldest = kept.lines().last().unwrap().split_whitespace().next().unwrap();
    world.publish(&["rollback", to, oldest]).expect(0);
    world.site.delete("static/large.bin");
    world.publish(&[to]).expect(0);
    let new = readers(world);
    assert!(new.contains_key("articles/comes/index.html") && !new.contains_key("large.bin"));
    let again = world.publish(&[to]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
}

/// Bytes that nothing can make smaller.
fn noise(count: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(next).collect()
}

#[test]
fn a_folder_that_is_switched() {
    let world = World::new();
    let disk = Disk::mount(world.root().join("small"), 800);
    fills_up(&world, "dir:../small/www", &|world| tree(&world.root().join("small/www")));
    drop(disk);
}

#[test]
fn a_branch() {
    let world = World::new();
    let disk = Disk::mount(world.root().join("small"), 800);
    let repository = world.root().join("small/pages.git");
    let made = Command::new("git").args(["init", "-q", "--bare"]).arg(&repository).status();
    assert!(made.unwrap().success());
    fills_up(&world, "git:../small/pages.git#gh-pages", &|_| {
        repository_tree(&repository, "gh-pages")
    });
    drop(disk);
}

#[test]
fn a_host() {
    for (kind, filled) in [("ssh", false), ("ssh", true), ("rsync", false)] {
        let (mut world, sshd) = (World::new(), Sshd::new());
        let disk = Disk::mount(world.root().join("small"), 800);
        world.env = sshd.client("good");
        let to = format!("{kind}:{}{}/small/www", sshd.authority(), world.root().display());
        if filled {
            // Then files are written one by one.
            fs::create_dir(world.root().join("small/www")).unwrap();
            fs::write(world.root().join("small/www/theirs.txt"), "theirs").unwrap();
            world.publish(&[&to, "--adopt"]).expect(0);
        }
        fills_up(&world, &to, &|world| {
            let mut tree = tree(&world.root().join("small/www"));
            tree.retain(|path, _| !path.starts_with(".briefing"));
            tree
        });
        drop(disk);
    }
}
