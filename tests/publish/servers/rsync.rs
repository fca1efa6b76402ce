//! `rsync:` over OpenSSH's sshd, and on this machine.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::flow;
use crate::foreign::{self, Place};
use crate::killing::{check, earlier};
use crate::sshd::Sshd;
use crate::support::{Tree, tree};
use crate::world::{World, crawl, kill};

/// A folder's name with everything that a shell, or a pattern, would take for something else.
const NAME: &str = "w 'w* [x]";

/// A site, a server, and where it publishes to.
fn world() -> (World, Sshd, String) {
    let (mut world, sshd) = (World::new(), Sshd::new());
    world.env = sshd.client("good");
    let to = format!("rsync:{}{}/{NAME}", sshd.authority(), world.root().display());
    (world, sshd, to)
}

fn www(world: &World) -> PathBuf {
    world.root().join(NAME)
}

/// What readers see.
fn served(world: &World) -> Tree {
    let mut tree = tree(&www(world));
    tree.retain(|path, _| !path.starts_with(".briefing"));
    tree
}

#[test]
fn releases_follow_one_another() {
    let (world, _sshd, to) = world();
    let run = world.publish(&[&to, "--dry-run"]).expect(0);
    assert!(run.stdout.contains("file by file"), "{}", run.stdout);
    assert!(!www(&world).exists());
    flow::check(&world, &to, &served);
    let own = www(&world).join(".briefing");
    assert_eq!(fs::read_dir(own.join("releases")).unwrap().count(), 3);
    assert_eq!(fs::read_dir(own.join("lock")).unwrap().count(), 0);
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(www(&world)).unwrap().permissions().mode() & 0o777, 0o755);
    // What was edited at the target is put right; a release that was edited cannot be gone back to.
    let page = www(&world).join("articles/stays/index.html");
    fs::remove_file(&page).unwrap();
    fs::write(&page, "edited").unwrap();
    world.publish(&[&to]).expect(0);
    assert_ne!(fs::read(&page).unwrap(), b"edited");
    let release = earlier(&world, &to);
    fs::write(own.join("releases").join(&release).join("number.txt"), "edited").unwrap();
    let run = world.publish(&["rollback", &to, &release]).expect(5);
    assert!(run.stderr.contains("is not kept as it was: `number.txt`"), "{}", run.stderr);
    fs::remove_dir_all(own.join("releases")).unwrap();
    let run = world.publish(&["rollback", &to, &release]).expect(5);
    assert!(run.stderr.contains("no longer has the files"), "{}", run.stderr);
}

/// Nothing but what a plan names goes away, whatever lies beside it under whatever name.
#[test]
fn what_is_not_ours_stays() {
    let (world, _sshd, to) = world();
    let odd = ["a*b?[c].txt", "#x.txt", " lead.txt", "trail.txt ", "- x.txt", "+ y.txt", "!"];
    for name in odd {
        world.site.edit(&format!("static/odd/{name}"), "ours");
    }
    let www = www(&world);
    fs::create_dir(&www).unwrap();
    fs::write(www.join("theirs.txt"), "theirs").unwrap();
    world.publish(&[&to]).expect(5);
    assert_eq!(fs::read_dir(&www).unwrap().count(), 1, "a refusal leaves nothing behind");
    world.publish(&[&to, "--adopt"]).expect(0);
    // Names that the patterns of ours would fit, were they not escaped; names that no file of ours can have.
    for name in ["aXbYc.txt", "a*bYc.txt", "two\nlines", "back\\slash", ".x"] {
        fs::write(www.join("odd").join(name), "theirs").unwrap();
    }
    symlink("/etc/hostname", www.join("odd/link")).unwrap();
    symlink("/etc", www.join("odd/folder")).unwrap();
    fs::create_dir(www.join("odd/empty")).unwrap();
    assert!(Command::new("mkfifo").arg(www.join("odd/pipe")).status().unwrap().success());
    let run = world.publish(&[&to]).expect(0);
    assert!(run.stderr.contains("nothing to publish"), "{}", run.stderr);
    for name in odd {
        world.site.delete(&format!("static/odd/{name}"));
    }
    world.change();
    let run = world.publish(&[&to]).expect(0);
    assert!(run.stderr.contains("9 not ours: left alone"), "{}", run.stderr);
    let mut left: Vec<String> = fs::read_dir(www.join("odd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let theirs = [
        ".x",
        "a*bYc.txt",
        "aXbYc.txt",
        "back\\slash",
        "empty",
        "folder",
        "link",
        "pipe",
        "two\nlines",
    ];
    assert_eq!(left, theirs);
    assert_eq!(fs::read(www.join("theirs.txt")).unwrap(), b"theirs");
    // A folder of ours that is a link of theirs is not written through.
    let elsewhere = world.root().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, www.join("deep")).unwrap();
    world.site.edit("static/deep/file.txt", "ours");
    let run = world.publish(&[&to, "--adopt"]).expect(5);
    assert!(run.stderr.contains("`deep` at the target is not ours"), "{}", run.stderr);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

/// What somebody else has written into our own folder grants nothing.
#[test]
fn a_record_that_somebody_wrote() {
    let (world, _sshd, to) = world();
    world.publish(&[&to]).expect(0);
    fs::write(www(&world).join("theirs.txt"), "theirs").unwrap();
    let record = www(&world).join(".briefing/record.json");
    let good = fs::read_to_string(&record).unwrap();
    for bad in
        ["", "{}", &good.replace("landing.html", "../../theirs"), &good.replace("landing", "a//b")]
    {
        fs::write(&record, bad).unwrap();
        let before = served(&world);
        let run = world.publish(&[&to]).expect(5);
        assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
        assert_eq!(served(&world), before);
    }
    fs::remove_file(&record).unwrap();
    symlink("/etc/passwd", &record).unwrap();
    world.publish(&[&to]).expect(5);
    world.publish(&[&to, "--adopt"]).expect(0);
    assert!(fs::symlink_metadata(&record).unwrap().is_file());
    assert_eq!(served(&world)["theirs.txt"], b"theirs");
}

#[test]
fn wrong_keys_and_no_rsync() {
    let (mut world, sshd, to) = world();
    for (keys, said) in
        [("wrong-host", "Host key verification failed"), ("wrong-user", "Permission denied")]
    {
        world.env = sshd.client(keys);
        let run = world.publish(&[&to]).expect(3);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert!(!www(&world).exists());
    world.env.push(("PATH", "/nowhere".into()));
    let run = world.publish(&[&to]).expect(3);
    assert!(run.stderr.contains("cannot run rsync"), "{}", run.stderr);
}

#[test]
fn two_publishers() {
    let (world, _sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let before = served(&world);
    let other = world.root().join("other");
    Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    fs::remove_dir_all(other.join(".briefing")).unwrap();
    world.change();
    let (first, _) = world.hold(&[&to], 2).unwrap_or_else(|run| panic!("{}", run.stderr));
    fs::write(other.join("static/number.txt"), "1").unwrap();
    let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH), ("BRIEFING_SSH", &*world.env[0].1)];
    let run = crate::support::run(&other, &["publish", &to, "--yes"], &env).expect(5);
    assert!(run.stderr.contains("bob (process"), "{}", run.stderr);
    assert_eq!(served(&world), before);
    first.go_on().expect(0);
    assert!(served(&world).contains_key("articles/comes/index.html"));
    crate::support::run(&other, &["publish", &to, "--yes"], &env).expect(0);
    assert!(served(&world).contains_key("number.txt"));
    let locks = www(&world).join(".briefing/lock");
    assert_eq!(fs::read_dir(&locks).unwrap().count(), 0);
    // Somebody's lock that is old counts no more, and goes away.
    fs::write(locks.join("abc"), "carol").unwrap();
    let run = world.publish(&[&to]).expect(5);
    assert!(run.stderr.contains("carol is publishing"), "{}", run.stderr);
    let touch = Command::new("touch").args(["-d", "2 hours ago"]).arg(locks.join("abc")).status();
    assert!(touch.unwrap().success());
    world.publish(&[&to]).expect(0);
    assert_eq!(fs::read_dir(&locks).unwrap().count(), 0);
}

#[test]
fn a_server_that_goes_away() {
    let (world, mut sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let old = served(&world);
    let before = world.snapshot();
    world.change();
    world.publish(&[&to]).expect(0);
    let new = served(&world);
    let mut kinds: Vec<String> = Vec::new();
    for step in 1.. {
        world.restore(&before);
        world.change();
        let Ok((held, kind)) = world.hold(&[&to], step) else { break };
        let kind = kind.split(' ').next().unwrap().to_owned();
        if kinds.contains(&kind) {
            drop(held.go_on());
            continue;
        }
        sshd.vanish();
        let run = held.go_on().expect(4);
        let told = ["not published to the end", "not as it should be"];
        assert!(told.iter().any(|words| run.stderr.contains(words)), "{}", run.stderr);
        crawl(&served(&world), &[&old, &new], &kind);
        sshd.start();
        world.publish(&[&to]).expect(0);
        assert_eq!(served(&world), new, "after {kind}");
        kinds.push(kind);
    }
    // The first removal makes room for a folder.
    assert_eq!(kinds, ["begin", "remove", "put", "archive", "record", "prune"]);
    // One that is back soon is not even noticed.
    world.restore(&before);
    world.change();
    let (held, _) = world.hold(&[&to], 2).unwrap_or_else(|run| panic!("{}", run.stderr));
    sshd.vanish();
    let back = std::thread::spawn(move || {
        sshd.start();
        sshd
    });
    held.go_on().expect(0);
    assert_eq!(served(&world), new);
    drop(back.join().unwrap());
}

/// A transfer that is killed in the middle of a file, on both sides.
#[test]
fn a_transfer_that_breaks_off() {
    let (world, mut sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let old = served(&world);
    world.change();
    let large: Vec<u8> =
        (0..3_000_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    world.site.write("static/large.bin", &large);
    world.site.write("static/small.bin", b"small");
    let (held, _) = world.hold(&[&to], 2).unwrap_or_else(|run| panic!("{}", run.stderr));
    let arriving = www(&world).join(".briefing/tmp");
    let watch = std::thread::spawn(move || {
        // The first sign of the file is the moment.
        while fs::read_dir(&arriving).unwrap().next().is_none() {
            std::thread::yield_now();
        }
        sshd.vanish();
        sshd
    });
    held.go_on().expect(4);
    let mut sshd = watch.join().unwrap();
    let now = served(&world);
    crawl(&now, &[&old], "after a transfer that broke off");
    assert!(!now.contains_key("large.bin"));
    sshd.start();
    world.publish(&[&to]).expect(0);
    assert_eq!(served(&world)["large.bin"], large);
    assert!(served(&world).keys().all(|path| !path.contains(".~tmp~")));
    assert_eq!(fs::read_dir(www(&world).join(".briefing/tmp")).unwrap().count(), 0);
    let again = world.publish(&[&to]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
}

/// A file that is replaced between rsync's listing and its turn is asked for again: another publisher renews its lock so.
#[test]
fn a_file_that_vanishes_while_it_is_read() {
    let mut world = World::new();
    let (bin, vanish) = (world.root().join("bin"), world.root().join("vanish"));
    let path = std::env::var("PATH").unwrap();
    fs::create_dir(&bin).unwrap();
    let script = format!(
        "#!/bin/sh\n\
         if [ \"$1\" != --version ] && rm {} 2>/dev/null; then\n\
         echo 'file has vanished: \"lock/.held.by.x\"' >&2; exit 24\n\
         fi\n\
         PATH='{path}' exec rsync \"$@\"\n",
        vanish.display(),
    );
    let rsync = bin.join("rsync");
    fs::write(&rsync, script).unwrap();
    fs::set_permissions(&rsync, fs::Permissions::from_mode(0o755)).unwrap();
    world.env.push(("PATH", format!("{}:{path}", bin.display())));
    fs::write(&vanish, "").unwrap();
    world.publish(&["rsync:../www"]).expect(0);
    assert!(!vanish.exists(), "rsync was asked for nothing");
}

/// The run is killed, and the rsync that it has started is not: nothing is published until that one has ended.
#[test]
fn a_transfer_that_outlives_its_run() {
    let (mut world, _sshd, to) = world();
    world.publish(&[&to]).expect(0);
    let root = world.root();
    let at = |name: &str| root.join(name).to_str().unwrap().to_owned();
    let script = format!(
        "#!/bin/sh\nif [ -e {0} ]; then : >{1}; cat {2} >/dev/null; fi\nexec {3} \"$@\"\n",
        at("wait"),
        at("waiting"),
        at("gate"),
        world.env[0].1
    );
    fs::write(at("ssh.sh"), script).unwrap();
    assert!(Command::new("mkfifo").arg(at("gate")).status().unwrap().success());
    world.env = vec![("BRIEFING_SSH", format!("sh {}", at("ssh.sh")))];
    world.change();
    let (mut held, _) = world.hold(&[&to], 2).unwrap_or_else(|run| panic!("{}", run.stderr));
    fs::write(at("wait"), "").unwrap();
    held.release();
    while !root.join("waiting").exists() {
        std::thread::yield_now();
    }
    kill(held);
    fs::remove_file(at("wait")).unwrap();
    let run = world.publish(&[&to]).expect(5);
    assert!(run.stderr.contains("an earlier run has started is still at work"), "{}", run.stderr);
    fs::write(at("gate"), "on").unwrap();
    let start = std::time::Instant::now();
    while world.publish(&[&to]).code != 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "the transfer does not end");
    }
    assert!(served(&world).contains_key("articles/comes/index.html"));
}

#[test]
fn a_folder_of_this_machine_with_a_history_elsewhere() {
    let world = World::new();
    let config = "title: Talks\npublish:\n  live: {to: \"rsync:../www\", history: \"../kept\"}\n";
    world.site.edit("content/site.yaml", config);
    world.publish(&["live"]).expect(0);
    let one = world.www();
    world.change();
    world.publish(&["live"]).expect(0);
    let own = fs::read_dir(world.root().join("kept")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_dir(own).unwrap().count(), 2);
    world.publish(&["rollback", "live"]).expect(0);
    let mut back = world.www();
    back.remove("app.4e5f6a7b.css").unwrap();
    assert_eq!(back, one);
    // Another site's sources are no place to publish to.
    world.publish(&["rsync:content"]).expect(5);
}

/// Trees of others stay, wherever a run comes by.
#[test]
fn around_a_folder_of_this_machine() {
    foreign::check(&|| {
        let world = World::new();
        fs::create_dir_all(world.root().join("www/theirs")).unwrap();
        fs::create_dir_all(world.root().join("kept/photos")).unwrap();
        let config =
            "title: Talks\npublish:\n  live: {to: \"rsync:../www\", history: \"../kept\"}\n";
        world.site.edit("content/site.yaml", config);
        let run = world.publish(&["live"]).expect(5);
        assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
        world.publish(&["live", "--adopt"]).expect(0);
        let own = foreign::own_folder(&world.root().join("kept"));
        let folders =
            ["www", ".", "kept", "www/.briefing", "www/.briefing/releases", "site/.briefing"];
        let mut folders = folders.map(str::to_owned).to_vec();
        folders.push(format!("kept/{own}"));
        let releases = Some(std::path::Path::new("kept").join(own));
        (world, Place { to: "live".into(), folders, releases })
    });
}

#[test]
fn around_a_folder_of_a_host() {
    let (_first, sshd, _) = world();
    foreign::check(&|| {
        let mut world = World::new();
        world.env = sshd.client("good");
        let to = format!("rsync:{}{}/{NAME}", sshd.authority(), world.root().display());
        world.publish(&[&to]).expect(0);
        let folders = [
            NAME.to_owned(),
            ".".into(),
            format!("{NAME}/.briefing"),
            format!("{NAME}/.briefing/releases"),
        ];
        let releases = Some(std::path::Path::new(NAME).join(".briefing/releases"));
        (world, Place { to, folders: folders.to_vec(), releases })
    });
}

/// Releases that earlier versions put into the named folder itself.
#[test]
fn releases_in_the_old_place() {
    let world = World::new();
    let config = "title: Talks\npublish:\n  live: {to: \"rsync:../www\", history: \"../kept\"}\n";
    world.site.edit("content/site.yaml", config);
    world.publish(&["live"]).expect(0);
    world.change();
    world.publish(&["live"]).expect(0);
    let kept = world.root().join("kept");
    let own = kept.join(foreign::own_folder(&kept));
    let names: Vec<_> =
        fs::read_dir(&own).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    for name in &names {
        fs::rename(own.join(name), kept.join(name)).unwrap();
    }
    fs::remove_dir(&own).unwrap();
    world.publish(&["rollback", "live"]).expect(0);
    fs::write(kept.join(&names[0]).join("theirs.txt"), "theirs").unwrap();
    for n in 0..4 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&["live"]).expect(0);
    }
    let mut left = tree(&kept);
    left.retain(|path, _| !path.starts_with(".briefing-"));
    assert_eq!(left.len(), 1, "{:?}", left.keys());
    assert_eq!(fs::read(kept.join(&names[0]).join("theirs.txt")).unwrap(), b"theirs");
}

/// Of any number that come at one moment one publishes, and a run is not stopped by one that only asks.
#[test]
fn publishers_at_one_moment() {
    let world = World::new();
    let root = world.root();
    let others: Vec<PathBuf> = (0..3).map(|n| root.join(format!("site{n}"))).collect();
    for other in &others {
        Command::new("cp").arg("-a").arg(world.site.path()).arg(other).status().unwrap();
    }
    for round in 0..3 {
        let runs: Vec<_> = std::thread::scope(|scope| {
            let start = |(n, other): (usize, &PathBuf)| {
                fs::write(other.join("static/number.txt"), format!("{round} {n}")).unwrap();
                let other = other.clone();
                let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH)];
                let args = ["publish", "rsync:../www", "--yes"];
                scope.spawn(move || crate::support::run(&other, &args, &env))
            };
            let runs: Vec<_> = others.iter().enumerate().map(start).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let won = runs.iter().filter(|run| run.code == 0).count();
        assert!(won >= 1, "{runs:#?}");
        assert!(runs.iter().all(|run| matches!(run.code, 0 | 5)), "{runs:#?}");
    }
    // One that asks while another is at work steps back, and the other ends.
    for token in ["0", "f"] {
        world.site.edit("static/number.txt", token);
        let (held, _) =
            world.hold(&["rsync:../www"], 2).unwrap_or_else(|run| panic!("{}", run.stderr));
        fs::write(root.join("www/.briefing/lock").join(token.repeat(64)), "carl").unwrap();
        held.go_on().expect(0);
        fs::remove_file(root.join("www/.briefing/lock").join(token.repeat(64))).unwrap();
    }
}

#[test]
fn planted_keys_and_drafts_are_nowhere() {
    let (world, _sshd, to) = world();
    world.site.edit("static/notes.txt", &format!("ghp_{}", "a1".repeat(18)));
    world.publish(&[&to]).expect(5);
    assert!(!www(&world).exists());
    world.site.delete("static/notes.txt");
    world.publish(&[&to]).expect(0);
    for (path, bytes) in tree(&www(&world)) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Nobody may read this"), "{path}");
    }
}

#[test]
fn killed_at_every_step() {
    let (world, _sshd, to) = world();
    check("rsync, first", &world, &[&to], &served, false);
    world.publish(&[&to]).expect(0);
    world.change();
    check("rsync, change", &world, &[&to], &served, false);
    world.publish(&[&to]).expect(0);
    check("rsync, rollback", &world, &["rollback", &to, &earlier(&world, &to)], &served, false);
}
