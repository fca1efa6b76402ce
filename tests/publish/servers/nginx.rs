//! nginx serves a folder while it is published to again and again, and a crawler reads all the time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::process::{Process, free_port};
use crate::support::Tree;
use crate::world::{World, references};

fn nginx(world: &World) -> (Process, u16) {
    let (root, port) = (world.root(), free_port());
    let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};\n", root.display()))
        .concat();
    let config = format!(
        "daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nevents {{}}\nhttp {{\n\
         include /etc/nginx/mime.types;\naccess_log off;\n{folders}server {{\n\
         listen 127.0.0.1:{port};\nroot {0}/www;\nerror_page 404 /404.html;\n}}\n}}\n",
        root.display()
    );
    fs::write(root.join("nginx.conf"), config).unwrap();
    let mut command = Command::new("/usr/sbin/nginx");
    command.args(["-e", "stderr", "-c"]).arg(root.join("nginx.conf")).arg("-p").arg(&root);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    (Process::start(&mut command, port), port)
}

/// The status and the bytes of a path.
fn get(port: u16, path: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let url = path.replace(' ', "%20").replace('"', "%22").replace('é', "%C3%A9");
    write!(stream, "GET /{url} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer[end + 4..].to_vec())
}

/// A page that refers to another, as it was then.
type From = (String, Vec<u8>);

/// Follows references until it has been everywhere. A page whose reference is not there must have changed meanwhile.
fn crawl(port: u16, known: &[Tree]) -> usize {
    let mut next: Vec<(String, Option<From>)> =
        vec![("index.html".into(), None), ("landing.html".into(), None)];
    let mut seen = BTreeSet::new();
    while let Some((path, from)) = next.pop() {
        let (status, bytes) = get(port, &path);
        if status != 200 {
            let (from, then) = from.unwrap_or_else(|| panic!("{path} answers {status}"));
            let (_, now) = get(port, &from);
            assert!(now != then, "{path} answers {status}, and {from} refers to it");
            continue;
        }
        let whole = known.iter().any(|tree| tree.get(&path) == Some(&bytes));
        assert!(whole, "{path} is neither old nor new");
        seen.insert(path.clone());
        if path.ends_with(".html") {
            for to in references(&String::from_utf8_lossy(&bytes)) {
                if !seen.contains(&to) {
                    next.push((to, Some((path.clone(), bytes.clone()))));
                }
            }
        }
    }
    seen.len()
}

/// Publishes two versions in turn, verified over HTTP, while the crawler reads.
fn check(world: &World, rounds: usize, kind: &str, args: &[&str]) {
    let (_nginx, port) = nginx(world);
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"{kind}:../www\", url: \"http://127.0.0.1:{port}/\", wait: 20s}}\n"
    );
    world.site.edit("content/site.yaml", &config);
    world.publish(&[&["live"], args].concat()).expect(0);
    let one = world.www();
    let first = world.snapshot();
    world.change();
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("verified at"), "{}", run.stderr);
    let second = world.snapshot();
    let known = [one, world.www()];
    let over = AtomicBool::new(false);
    let (crawls, pages) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let crawler = scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                pages.fetch_add(crawl(port, &known), Ordering::SeqCst);
                crawls.fetch_add(1, Ordering::SeqCst);
            }
        });
        for round in 0..rounds {
            let version = if round % 2 == 0 { &first } else { &second };
            let site = world.site.path();
            for folder in ["content", "static"] {
                fs::remove_dir_all(site.join(folder)).unwrap();
                let from = version.path().join("here/site").join(folder);
                Command::new("cp").arg("-a").arg(from).arg(&site).status().unwrap();
            }
            let run = world.publish(&["live"]);
            if run.code != 0 || crawler.is_finished() {
                over.store(true, Ordering::SeqCst);
                run.expect(0);
                break;
            }
        }
        over.store(true, Ordering::SeqCst);
    });
    let (crawls, pages) = (crawls.into_inner(), pages.into_inner());
    println!("nginx, {kind}: {rounds} publishes, {crawls} crawls, {pages} answers, all whole");
    assert!(crawls > 1 && pages > 20);
}

#[test]
fn a_folder_that_is_switched() {
    check(&World::new(), 20, "dir", &[]);
}

#[test]
fn a_folder_that_is_written_file_by_file() {
    let world = World::new();
    fs::create_dir(world.root().join("www")).unwrap();
    fs::write(world.root().join("www/theirs.txt"), "theirs").unwrap();
    check(&world, 20, "dir", &["--adopt"]);
}

#[test]
fn a_folder_that_rsync_writes() {
    check(&World::new(), 20, "rsync", &[]);
}
