//! `ssh:` to OpenSSH's sshd.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use crate::flow;
use crate::foreign::{self, Place};
use crate::killing::{check, earlier};
use crate::sshd::Sshd;
use crate::support::Tree;
use crate::world::World;

/// A site, a server, and where it publishes to.
fn world() -> (World, Sshd, String) {
    let mut world = World::new();
    let sshd = Sshd::new();
    world.env = sshd.client("good");
    let to = format!("ssh:{}{}/w 'w", sshd.authority(), world.root().display());
    (world, sshd, to)
}

fn served(world: &World) -> Tree {
    crate::support::tree(&world.root().join("w 'w"))
}

fn state(world: &World) -> PathBuf {
    world.root().join(".briefing-w 'w")
}

#[test]
fn releases_follow_one_another() {
    let (world, _sshd, to) = world();
    let run = world.publish(&[&to, "--dry-run"]).expect(0);
    assert!(run.stdout.contains("at once"), "{}", run.stdout);
    flow::check(&world, &to, &served);
    assert_eq!(fs::read_dir(state(&world).join("releases")).unwrap().count(), 3);
}

#[test]
fn what_is_not_ours_stays() {
    let (world, _sshd, to) = world();
    let www = world.root().join("w 'w");
    fs::create_dir(&www).unwrap();
    fs::write(www.join("theirs.txt"), "theirs").unwrap();
    let run = world.publish(&[&to]).expect(5);
    assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
    assert_eq!(fs::read_dir(&www).unwrap().count(), 1, "a refusal leaves nothing behind");
    fs::remove_file(www.join("theirs.txt")).unwrap();
    world.publish(&[&to]).expect(0);
    // Files that somebody puts into the release, with names that no file of ours can have.
    fs::write(www.join("theirs.txt"), "theirs").unwrap();
    fs::write(www.join("two\nlines"), "theirs").unwrap();
    fs::write(www.join("back\\slash"), "theirs").unwrap();
    std::os::unix::fs::symlink("/etc/hostname", www.join("link")).unwrap();
    world.change();
    world.publish(&[&to]).expect(0);
    let tree = served(&world);
    for name in ["theirs.txt", "two\nlines"] {
        assert_eq!(tree[name], b"theirs");
    }
    assert!(www.join("back\\slash").exists());
    assert_eq!(fs::read_link(www.join("link")).unwrap().to_str(), Some("/etc/hostname"));
    world.site.edit("static/new.txt", "ours");
    fs::write(www.join("new.txt"), "theirs").unwrap();
    world.publish(&[&to]).expect(5);
    world.publish(&[&to, "--adopt"]).expect(0);
    assert_eq!(served(&world)["new.txt"], b"ours");
    // A page that was edited there is put right; its release cannot be gone back to any more.
    let page = www.join("articles/stays/index.html");
    fs::write(&page, "edited").unwrap();
    world.publish(&[&to]).expect(0);
    assert_ne!(fs::read(&page).unwrap(), b"edited");
    let run = world.publish(&["rollback", &to]).expect(5);
    assert!(run.stderr.contains("is not kept as it was"), "{}", run.stderr);
}

/// Trees of others stay, wherever a run comes by.
#[test]
fn around_a_folder_that_is_switched() {
    let (_first, sshd, _) = world();
    foreign::check(&|| {
        let mut world = World::new();
        world.env = sshd.client("good");
        let to = format!("ssh:{}{}/w 'w", sshd.authority(), world.root().display());
        world.publish(&[&to]).expect(0);
        let folders = ["w 'w", ".", ".briefing-w 'w", ".briefing-w 'w/releases"];
        let releases = Some(".briefing-w 'w/releases".into());
        (world, Place { to, folders: folders.map(str::to_owned).to_vec(), releases })
    });
}

#[test]
fn around_a_folder_that_is_written_file_by_file() {
    let (_first, sshd, _) = world();
    foreign::check(&|| {
        let mut world = World::new();
        world.env = sshd.client("good");
        let to = format!("ssh:{}{}/w 'w", sshd.authority(), world.root().display());
        fs::create_dir_all(world.root().join("w 'w/theirs")).unwrap();
        world.publish(&[&to, "--adopt"]).expect(0);
        let folders = ["w 'w", ".", "w 'w/.briefing", "w 'w/.briefing/releases"];
        let releases = Some("w 'w/.briefing/releases".into());
        (world, Place { to, folders: folders.map(str::to_owned).to_vec(), releases })
    });
}

/// A folder that is there and has files is written file by file.
#[test]
fn a_folder_with_files() {
    let (world, _sshd, to) = world();
    let www = world.root().join("w 'w");
    fs::create_dir(&www).unwrap();
    fs::write(www.join("theirs.txt"), "theirs").unwrap();
    world.publish(&[&to]).expect(5);
    let run = world.publish(&[&to, "--adopt"]).expect(0);
    assert!(run.stderr.contains("file by file"), "{}", run.stderr);
    world.publish(&["live"]).expect(0);
    let mut one = world.www();
    one.insert("theirs.txt".into(), b"theirs".to_vec());
    assert_eq!(in_folder(&world), one);
    assert_eq!(fs::metadata(www.join(".briefing")).unwrap().permissions().mode() & 0o777, 0o700);
    for name in ["two\nlines", "back\\slash"] {
        fs::write(www.join(name), "theirs").unwrap();
    }
    std::os::unix::fs::symlink("/etc", www.join("link")).unwrap();
    let run = world.publish(&[&to]).expect(0);
    assert!(run.stderr.contains("nothing to publish"), "{}", run.stderr);
    world.change();
    let run = world.publish(&[&to]).expect(0);
    assert!(run.stderr.contains("4 not ours: left alone"), "{}", run.stderr);
    world.publish(&["live"]).expect(0);
    let two = in_folder(&world);
    assert!(world.www().iter().all(|(path, bytes)| two.get(path) == Some(bytes)));
    assert!(!two.contains_key("articles/goes/index.html") && !www.join("articles/goes").exists());
    assert!(www.join("two\nlines").exists() && www.join("back\\slash").exists());
    world.publish(&["rollback", &to]).expect(0);
    let back = in_folder(&world);
    assert!(one.iter().all(|(path, bytes)| back.get(path) == Some(bytes)));
    assert!(!back.contains_key("articles/comes/index.html"));
    world.publish(&[&to]).expect(0);
    assert_eq!(in_folder(&world), two);
    for n in 0..4 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&[&to]).expect(0);
    }
    assert_eq!(fs::read_dir(www.join(".briefing/releases")).unwrap().count(), 3);
    // Where a folder of ours is a link of theirs, nothing is written through it.
    std::os::unix::fs::symlink(world.root(), www.join("deep")).unwrap();
    world.site.edit("static/deep/file.txt", "ours");
    let run = world.publish(&[&to, "--adopt"]).expect(5);
    assert!(run.stderr.contains("`deep` at the target is not ours"), "{}", run.stderr);
}

fn in_folder(world: &World) -> Tree {
    let mut tree = served(world);
    tree.retain(|path, _| !path.starts_with(".briefing"));
    tree
}

#[test]
fn a_folder_with_files_killed_at_every_step() {
    let (world, _sshd, to) = world();
    fs::create_dir(world.root().join("w 'w")).unwrap();
    fs::write(world.root().join("w 'w/theirs.txt"), "theirs").unwrap();
    check("ssh by files, adoption", &world, &[&to, "--adopt"], &in_folder, false);
    world.publish(&[&to, "--adopt"]).expect(0);
    world.change();
    check("ssh by files, change", &world, &[&to], &in_folder, false);
    world.publish(&[&to]).expect(0);
    let back = ["rollback", &to, &earlier(&world, &to)];
    check("ssh by files, rollback", &world, &back, &in_folder, false);
}

/// A script at the host that outlives its run is waited for.
#[test]
fn a_script_that_outlives_its_run() {
    let (world, _sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let busy = state(&world).join("busy");
    let held = fs::File::options().write(true).open(busy).unwrap();
    held.lock_shared().unwrap();
    let (ended, run) = std::sync::mpsc::channel();
    world.change();
    std::thread::scope(|scope| {
        scope.spawn(|| ended.send(world.publish(&[&to])).unwrap());
        let early = run.recv_timeout(std::time::Duration::from_secs(2));
        assert!(early.is_err(), "it did not wait");
        held.unlock().unwrap();
        run.recv().unwrap().expect(0);
    });
    assert!(served(&world).contains_key("articles/comes/index.html"));
}

#[test]
fn wrong_keys() {
    let (mut world, sshd, to) = world();
    for (keys, said) in
        [("wrong-host", "Host key verification failed"), ("wrong-user", "Permission denied")]
    {
        world.env = sshd.client(keys);
        let run = world.publish(&[&to]).expect(3);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert!(served(&world).is_empty() && !state(&world).exists());
}

#[test]
fn two_publishers() {
    let (world, _sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let before = served(&world);
    let other = world.root().join("other");
    Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    world.change();
    let (first, _) = world.hold(&[&to], 3).unwrap_or_else(|run| panic!("{}", run.stderr));
    fs::write(other.join("static/number.txt"), "1").unwrap();
    let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH), ("BRIEFING_SSH", &*world.env[0].1)];
    let run = crate::support::run(&other, &["publish", &to, "--yes"], &env).expect(5);
    assert!(run.stderr.contains("bob (process"), "{}", run.stderr);
    assert_eq!(served(&world), before);
    first.go_on().expect(0);
    crate::support::run(&other, &["publish", &to, "--yes"], &env).expect(0);
    assert!(served(&world).contains_key("number.txt"));
}

#[test]
fn a_server_that_goes_away() {
    let (world, mut sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let before = served(&world);
    world.change();
    for step in 2.. {
        let Ok((held, kind)) = world.hold(&[&to], step) else { break };
        sshd.vanish();
        let run = held.go_on().expect(4);
        let told = ["not published to the end", "not as it should be"];
        assert!(told.iter().any(|words| run.stderr.contains(words)), "{}", run.stderr);
        let now = served(&world);
        let new = now.contains_key("articles/comes/index.html");
        assert!(now == before || new, "before {kind}: something between");
        sshd.start();
        if kind == "record" {
            break;
        }
    }
    world.publish(&[&to]).expect(0);
    assert!(served(&world).contains_key("articles/comes/index.html"));
    let again = world.publish(&[&to]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
}

#[test]
fn planted_keys_and_drafts_are_nowhere() {
    let (world, _sshd, to) = world();
    world.site.edit("static/notes.txt", &format!("ghp_{}", "a1".repeat(18)));
    world.publish(&[&to]).expect(5);
    assert!(!state(&world).exists());
    world.site.delete("static/notes.txt");
    world.publish(&[&to]).expect(0);
    for folder in [state(&world), world.root().join("w 'w")] {
        for (path, bytes) in crate::support::tree(&folder) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Nobody may read this"), "{path}");
        }
    }
}

#[test]
fn a_bad_line() {
    let (mut world, sshd, to) = world();
    let port = sshd.behind_a_bad_line(3);
    let to = to.replace(&format!(":{}/", sshd.port), &format!(":{port}/"));
    world.env[0].1.push_str(&format!(" -o HostKeyAlias=[127.0.0.1]:{}", sshd.port));
    world.publish(&[&to]).expect(0);
    world.publish(&["live"]).expect(0);
    assert_eq!(served(&world), world.www());
}

#[test]
fn killed_at_every_step() {
    let (world, _sshd, to) = world();
    check("ssh, first", &world, &[&to], &served, true);
    world.publish(&[&to]).expect(0);
    world.change();
    check("ssh, change", &world, &[&to], &served, true);
    world.publish(&[&to]).expect(0);
    check("ssh, rollback", &world, &["rollback", &to, &earlier(&world, &to)], &served, true);
}
