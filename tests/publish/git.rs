//! `git:`: one commit on a branch, over a file path and over smart HTTP.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::web::{Answer, Server, backend, git_server};
use crate::world::{World, kill, repository_tree};

/// An empty bare repository beside the site.
pub(crate) fn repository(world: &World, name: &str) -> PathBuf {
    let path = world.root().join(name);
    git(&world.root(), &["init", "--quiet", "--bare", name]);
    path
}

#[track_caller]
fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn releases_follow_one_another() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    world.publish(&["pages"]).expect(0);
    let one = repository_tree(&pages, "gh-pages");
    world.publish(&["live"]).expect(0);
    assert_eq!(one, world.www(), "a branch shows what a folder shows");
    assert_eq!(git(&pages, &["cat-file", "-s", "gh-pages:.nojekyll"]), "0");

    let head = git(&pages, &["rev-parse", "gh-pages"]);
    let again = world.publish(&["pages"]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
    assert_eq!(git(&pages, &["rev-parse", "gh-pages"]), head);

    world.change();
    world.publish(&["pages"]).expect(0);
    let two = repository_tree(&pages, "gh-pages");
    assert!(!two.contains_key("articles/goes/index.html") && two.contains_key("swap/inside"));
    assert_eq!(git(&pages, &["rev-parse", "gh-pages^"]), head, "one commit on the one before");
    world.publish(&["rollback", "pages"]).expect(0);
    let mut back = repository_tree(&pages, "gh-pages");
    back.remove("app.4e5f6a7b.css").expect("it stays for open pages");
    assert_eq!(back, one);
    world.publish(&["pages"]).expect(0);
    assert_eq!(repository_tree(&pages, "gh-pages"), two);
    // Another machine, which has none of this.
    fs::remove_dir_all(world.site.path().join(".briefing")).unwrap();
    let run = world.publish(&["pages"]).expect(0);
    assert!(run.stderr.contains("nothing to publish"), "{}", run.stderr);
    world.publish(&["rollback", "pages"]).expect(0);
    assert_eq!(repository_tree(&pages, "gh-pages"), {
        let mut tree = one;
        tree.insert("app.4e5f6a7b.css".into(), two["app.4e5f6a7b.css"].clone());
        tree
    });
}

/// A repository that gives commits without their files, as large hosts do.
#[test]
fn files_are_not_fetched_where_the_host_can_leave_them_out() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    git(&pages, &["config", "uploadpack.allowFilter", "true"]);
    let to = format!("git:file://{}#live", pages.display());
    world.publish(&[&to]).expect(0);
    world.change();
    world.publish(&[&to]).expect(0);
    let two = repository_tree(&pages, "live");
    fs::remove_dir_all(world.site.path().join(".briefing")).unwrap();
    world.publish(&["rollback", &to]).expect(0);
    assert!(repository_tree(&pages, "live").contains_key("articles/goes/index.html"));
    world.site.edit("static/more.txt", "more");
    world.publish(&[&to]).expect(0);
    let mut three = repository_tree(&pages, "live");
    three.remove("more.txt");
    three.remove("app.0a1b2c3d.css");
    let mut two = two;
    two.remove("app.0a1b2c3d.css");
    assert_eq!(three, two);
}

#[test]
fn what_is_on_the_branch_and_not_ours_stays() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    let other = world.root().join("clone");
    git(&world.root(), &["clone", "--quiet", "pages.git", "clone"]);
    let push = |name: &str, text: &str| {
        fs::write(other.join(name), text).unwrap();
        git(&other, &["add", "-A"]);
        git(&other, &["commit", "--quiet", "-m", "theirs"]);
        git(&other, &["push", "--quiet", "origin", "HEAD:gh-pages"]);
    };
    push("CNAME", "example.org\n");
    world.publish(&["pages"]).expect(0);
    assert_eq!(repository_tree(&pages, "gh-pages")["CNAME"], b"example.org\n");
    git(&other, &["pull", "--quiet", "--rebase", "origin", "gh-pages"]);
    push("theirs.txt", "theirs");
    push("index.html", "edited on the host");
    world.change();
    let run = world.publish(&["pages"]).expect(0);
    assert!(run.stderr.contains("2 not ours: left alone"), "{}", run.stderr);
    let tree = repository_tree(&pages, "gh-pages");
    assert_eq!(tree["theirs.txt"], b"theirs");
    assert_ne!(tree["index.html"], b"edited on the host");

    // A branch with files and no record is taken over on request alone; hostile names are only left alone.
    git(&other, &["checkout", "--quiet", "--orphan", "filled"]);
    git(&other, &["rm", "-r", "-q", "-f", "."]);
    fs::write(other.join("two\nlines"), "theirs").unwrap();
    fs::write(other.join("back\\slash"), "theirs").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", other.join("link")).unwrap();
    git(&other, &["add", "-A"]);
    git(&other, &["commit", "--quiet", "-m", "theirs"]);
    git(&other, &["push", "--quiet", "origin", "HEAD:filled"]);
    let run = world.publish(&["git:../pages.git#filled"]).expect(5);
    assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
    let run = world.publish(&["git:../pages.git#filled", "--adopt"]).expect(0);
    assert!(run.stderr.contains("3 not ours: left alone"), "{}", run.stderr);
    assert_eq!(git(&pages, &["cat-file", "-p", "filled:link"]), "/etc/passwd");
}

#[test]
fn a_source_branch_is_no_target() {
    let world = World::new();
    let site = world.site.path();
    repository(&world, "source.git");
    git(&site, &["init", "--quiet"]);
    git(&site, &["checkout", "--quiet", "-b", "main"]);
    fs::write(site.join(".gitignore"), ".briefing\n").unwrap();
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "--quiet", "-m", "source"]);
    git(&site, &["remote", "add", "origin", "../source.git"]);
    git(&site, &["push", "--quiet", "origin", "main"]);
    for (to, branch) in [("git:../source.git#main", "main"), ("git:.#main", "main")] {
        let run = world.publish(&[to]).expect(5);
        assert!(run.stderr.contains(&format!("`{branch}` is the")), "{}", run.stderr);
    }
    git(&site, &["checkout", "--quiet", "-b", "work"]);
    for to in ["git:../source.git#work", "git:../source.git#main"] {
        world.publish(&[to]).expect(5);
    }
    let before = git(&site, &["status", "--porcelain"]) + &git(&site, &["rev-parse", "HEAD"]);
    world.publish(&["git:../source.git#gh-pages"]).expect(0);
    assert_eq!(
        git(&site, &["status", "--porcelain"]) + &git(&site, &["rev-parse", "HEAD"]),
        before
    );
    assert_eq!(
        git(&site, &["branch", "--all", "--list", "*pages*"]),
        "",
        "no branch of the user's"
    );

    // An older commit does not take the place of a newer one by accident.
    let older = git(&site, &["rev-parse", "HEAD"]);
    fs::write(site.join("static/newer.txt"), "newer").unwrap();
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "--quiet", "-m", "newer"]);
    world.publish(&["live"]).expect(0);
    git(&site, &["checkout", "--quiet", &older]);
    let run = world.publish(&["live"]).expect(5);
    assert!(run.stderr.contains("--allow-older"), "{}", run.stderr);
    world.publish(&["live", "--allow-older"]).expect(0);
}

#[test]
fn two_publishers() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    world.publish(&["pages"]).expect(0);
    let other = world.root().join("other");
    Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    world.change();
    // The first is held before its push, the second pushes, the first goes on.
    let steps = steps_until(&world, "pages", "switch");
    let (first, _) = world.hold(&["pages"], steps).unwrap_or_else(|run| panic!("{}", run.stderr));
    fs::write(other.join("static/number.txt"), "1").unwrap();
    let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH)];
    crate::support::run(&other, &["publish", "pages", "--yes"], &env).expect(0);
    let run = first.go_on().expect(5);
    assert!(run.stderr.contains("was first on `gh-pages`"), "{}", run.stderr);
    let tree = repository_tree(&pages, "gh-pages");
    assert!(tree.contains_key("number.txt") && !tree.contains_key("articles/comes/index.html"));
    world.publish(&["pages"]).expect(0);
    assert!(repository_tree(&pages, "gh-pages").contains_key("articles/comes/index.html"));
}

/// The number of the first step of a kind.
fn steps_until(world: &World, target: &str, kind: &str) -> usize {
    (1..)
        .find(|step| {
            let (child, name) =
                world.hold(&[target], *step).unwrap_or_else(|run| panic!("{}", run.stderr));
            kill(child);
            name.starts_with(kind)
        })
        .unwrap()
}

#[test]
fn over_smart_http() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    git(&pages, &["config", "http.receivepack", "true"]);
    let server = git_server(world.root(), "Basic YW5uOmNvcnJlY3QgaG9yc2U=");
    let to = format!("git:{}pages.git#gh-pages", server.url());
    // Without credentials, and with wrong ones, which git asks its helper for.
    let run = world.publish(&[&to]).expect(3);
    assert!(run.stderr.contains("git ls-remote failed"), "{}", run.stderr);
    let helper = |password: &str| {
        let file = world.root().join("gitconfig");
        fs::write(&file, format!("[credential]\n\thelper = \"!f() {{ echo username=ann; echo 'password={password}'; }}; f\"\n")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let publish = |config: &str| {
        let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH), ("GIT_CONFIG_GLOBAL", config)];
        world.site.run(&["publish", &to, "--yes"], &env)
    };
    let run = publish(&helper("wrong battery")).expect(3);
    assert!(run.stderr.contains("Authentication failed"), "{}", run.stderr);
    assert!(!run.stderr.contains("battery"), "{}", run.stderr);
    let run = publish(&helper("correct horse")).expect(0);
    assert!(!run.stderr.contains("horse"));
    world.publish(&["live"]).expect(0);
    assert_eq!(repository_tree(&pages, "gh-pages"), world.www());
    world.change();
    publish(&helper("correct horse")).expect(0);
    for (path, bytes) in crate::support::tree(&world.root()) {
        let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(path == "gitconfig" || !has("correct horse"), "{path} holds the password");
    }
    drop(server);
    let run = publish(&helper("correct horse")).expect(3);
    assert!(run.stderr.contains("git ls-remote failed"), "{}", run.stderr);
}

/// A server that goes away while it is written to.
#[test]
fn a_repository_that_refuses() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    world.publish(&["pages"]).expect(0);
    let before = repository_tree(&pages, "gh-pages");
    world.change();
    let hook = pages.join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho 'no space left on this host' >&2\nexit 1\n").unwrap();
    Command::new("chmod").arg("+x").arg(&hook).status().unwrap();
    let run = world.publish(&["pages"]).expect(4);
    assert!(run.stderr.contains("no space left on this host"), "{}", run.stderr);
    assert!(run.stderr.contains("readers see release"), "{}", run.stderr);
    assert_eq!(repository_tree(&pages, "gh-pages"), before);
    fs::remove_file(hook).unwrap();
    world.publish(&["pages"]).expect(0);
}

/// What a killed git has left in our own repository stops nothing, and nothing that lies there is run.
#[test]
fn stale_locks_and_planted_hooks() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    world.publish(&["pages"]).expect(0);
    let homes = fs::read_dir(world.site.path().join(".briefing/publish")).unwrap();
    let cache = homes.map(|entry| entry.unwrap().path().join("cache")).find(|path| path.exists());
    let (cache, ran) = (cache.unwrap(), world.root().join("ran"));
    let own = cache.join("repository.git");
    let locks =
        ["HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock", "refs/briefing/live.lock"];
    let hooks = [
        "pre-push",
        "reference-transaction",
        "post-index-change",
        "fsmonitor-watchman",
        "pre-auto-gc",
    ];
    // The second time round, what the first has made is there.
    for n in 0..2 {
        for name in locks {
            fs::write(own.join(name), "").unwrap();
        }
        fs::write(cache.join("index.lock"), "").unwrap();
        fs::create_dir_all(own.join("hooks")).unwrap();
        for hook in hooks {
            let path = own.join("hooks").join(hook);
            fs::write(&path, format!("#!/bin/sh\necho {hook} >>'{}'\n", ran.display())).unwrap();
            Command::new("chmod").arg("+x").arg(&path).status().unwrap();
        }
        let monitor = own.join("hooks/fsmonitor-watchman");
        git(&own, &["config", "--file", "planted", "core.fsmonitor", monitor.to_str().unwrap()]);
        git(&own, &["config", "--file", "planted", "core.hooksPath", "hooks"]);
        let config = fs::read_to_string(own.join("config")).unwrap();
        let planted = fs::read_to_string(own.join("planted")).unwrap();
        fs::write(own.join("config"), config + &planted).unwrap();
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&["pages"]).expect(0);
        assert_eq!(repository_tree(&pages, "gh-pages")["number.txt"], n.to_string().as_bytes());
    }
    assert!(!ran.exists(), "{}", fs::read_to_string(&ran).unwrap_or_default());
}

/// A host that is too busy for every other request; one that is so all the time is given up.
#[test]
fn a_host_that_is_busy() {
    let world = World::new();
    let pages = repository(&world, "pages.git");
    git(&pages, &["config", "http.receivepack", "true"]);
    let (root, busy) = (world.root(), Arc::new(AtomicUsize::new(0)));
    let (count, requests) = (busy.clone(), Arc::new(AtomicUsize::new(0)));
    let seen = requests.clone();
    let server = Server::new(move |request| {
        seen.fetch_add(1, Ordering::SeqCst);
        match count.load(Ordering::SeqCst) {
            0 => backend(&root, request),
            left => {
                count.store(if left == usize::MAX { left } else { left - 1 }, Ordering::SeqCst);
                Answer { status: 503, ..Answer::default() }
            }
        }
    });
    let to = format!("git:{}pages.git#gh-pages", server.url());
    busy.store(1, Ordering::SeqCst);
    world.publish(&[&to]).expect(0);
    // Busy just when it is pushed to.
    world.change();
    let step = steps_until(&world, &to, "switch");
    let (held, _) = world.hold(&[&to], step).unwrap_or_else(|run| panic!("{}", run.stderr));
    busy.store(2, Ordering::SeqCst);
    held.go_on().expect(0);
    assert!(repository_tree(&pages, "gh-pages").contains_key("articles/comes/index.html"));
    assert_eq!(busy.load(Ordering::SeqCst), 0);

    busy.store(usize::MAX, Ordering::SeqCst);
    requests.store(0, Ordering::SeqCst);
    let run = world.publish(&[&to]).expect(3);
    assert!(run.stderr.contains("503"), "{}", run.stderr);
    assert_eq!(requests.load(Ordering::SeqCst), 6, "one try, and five more");
}
