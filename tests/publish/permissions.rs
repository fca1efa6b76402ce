//! Who may read what: whatever the umask is, readers may read the site, and nobody else's business is what we keep.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::world::{EPOCH, World};

/// Runs the program under a umask.
#[track_caller]
fn run(world: &World, umask: &str, args: &[&str]) {
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("umask {umask}; exec \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_briefing"))
        .args(args)
        .current_dir(world.site.path())
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "umask {umask}, {args:?}: {said}");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Holds that readers may read a folder, and everything in it but for what is ours.
#[track_caller]
fn is_public(folder: &Path, umask: &str) {
    assert_eq!(mode(folder), 0o755, "umask {umask}: {}", folder.display());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".briefing") {
            assert_eq!(mode(&path), 0o700, "umask {umask}: {}", path.display());
        } else if path.is_dir() {
            is_public(&path, umask);
        } else {
            assert_eq!(mode(&path), 0o644, "umask {umask}: {}", path.display());
        }
    }
}

#[test]
fn a_site_is_for_readers_and_the_rest_is_not() {
    for umask in ["077", "027", "022"] {
        let world = World::new();
        let root = world.root();
        run(&world, umask, &["build", "--today", "2026-01-01"]);
        run(&world, umask, &["build", "--today", "2026-01-01", "--output", "../deep/er/out"]);
        is_public(&world.site.path().join("public"), umask);
        is_public(&root.join("deep"), umask);
        // Linked, from nothing; and then a change, of which most is kept.
        run(&world, umask, &["publish", "dir:../www", "--yes"]);
        world.change();
        run(&world, umask, &["publish", "dir:../www", "--yes"]);
        is_public(&fs::canonicalize(root.join("www")).unwrap(), umask);
        for above in [".briefing-www", ".briefing-www/releases"] {
            assert_eq!(mode(&root.join(above)), 0o755, "umask {umask}: {above}");
        }
        assert_eq!(mode(&root.join(".briefing-www/record.json")), 0o600);
        // File by file, into a folder with something in it.
        fs::create_dir(root.join("filled")).unwrap();
        fs::set_permissions(root.join("filled"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(root.join("filled/CNAME"), "example.org").unwrap();
        fs::set_permissions(root.join("filled/CNAME"), fs::Permissions::from_mode(0o644)).unwrap();
        run(&world, umask, &["publish", "dir:../filled", "--yes", "--adopt"]);
        is_public(&root.join("filled"), umask);
        let own = world.site.path().join(".briefing");
        assert_eq!(mode(&own), 0o700, "umask {umask}");
        for entry in fs::read_dir(&own).unwrap().map(|entry| entry.unwrap().path()) {
            let expected = if entry.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&entry), expected, "umask {umask}: {}", entry.display());
        }
    }
}

/// A folder of others that moves along keeps its permissions, and a release that was made for its owner alone is shown.
#[test]
fn what_moves_along_is_as_it_was() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let www = world.root().join("www");
    fs::create_dir(www.join("private")).unwrap();
    fs::write(www.join("private/key"), "theirs").unwrap();
    let set =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(&www.join("private"), 0o700);
    set(&www.join("private/key"), 0o600);
    let page = "articles/stays/index.html";
    set(&www.join(page), 0o600);
    set(&world.root().join(".briefing-www"), 0o700);
    world.change();
    world.publish(&["live"]).expect(0);
    assert_eq!(mode(&www.join("private")), 0o700);
    assert_eq!(mode(&www.join("private/key")), 0o600);
    assert_eq!(mode(&www.join(page)), 0o644);
    assert_eq!(mode(&world.root().join(".briefing-www")), 0o755);
}
