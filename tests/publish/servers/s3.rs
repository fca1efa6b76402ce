//! `s3:` to a store on loopback (moto), which can be read as a website through a proxy of the test's own.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::disk::Disk;
use crate::flow;
use crate::killing::{check, earlier};
use crate::process::{Process, free_port};
use crate::support::Tree;
use crate::world::{Elsewhere, World, crawl};

/// A store with one bucket.
struct Store {
    port: u16,
    process: Option<Process>,
}

/// The requests that a test makes itself.
#[derive(Clone, Copy)]
struct Bucket(u16);

/// What a request has that is signed; this store asks for it, and believes any.
const SIGNED: &str = "Authorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request, \
                      SignedHeaders=host, Signature=x\r\n";

/// Status, headers and body.
type Answer = (u16, Vec<(String, String)>, Vec<u8>);

impl Bucket {
    #[track_caller]
    fn ask(self, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.0)).unwrap();
        let mut head =
            format!("{method} /bucket{} HTTP/1.0\r\nHost: 127.0.0.1\r\n{SIGNED}", encoded(path));
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        write!(stream, "{head}Content-Length: {}\r\n\r\n", body.len()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers = lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        (head[9..12].parse().unwrap(), headers, answer[end + 4..].to_vec())
    }

    fn keys(self) -> Vec<String> {
        let (_, _, body) = self.ask("GET", "?list-type=2&max-keys=1000", &[], b"");
        let text = String::from_utf8(body).unwrap();
        let keys = text.split("<Key>").skip(1).map(|rest| rest.split("</Key>").next().unwrap());
        keys.map(|key| key.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&"))
            .collect()
    }

    fn get(self, key: &str) -> Answer {
        self.ask("GET", &format!("/{key}"), &[], b"")
    }

    fn put(self, key: &str, kind: &str, cache: &str, body: &[u8]) {
        let headers = [
            ("Content-Type".to_owned(), kind.to_owned()),
            ("Cache-Control".to_owned(), cache.to_owned()),
        ];
        assert_eq!(self.ask("PUT", &format!("/{key}"), &headers, body).0, 200);
    }

    /// What readers see.
    fn tree(self) -> Tree {
        let keys = self.keys().into_iter().filter(|key| !key.starts_with(".briefing"));
        keys.map(|key| {
            let bytes = self.get(&key).2;
            (key, bytes)
        })
        .collect()
    }
}

/// A header of an answer.
fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.1.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
}

fn encoded(path: &str) -> String {
    path.replace(' ', "%20").replace('"', "%22").replace('é', "%C3%A9").replace(',', "%2C")
}

impl Store {
    fn new() -> Self {
        Self::with(&[])
    }

    /// One that is given some variables.
    fn with(env: &[(&str, &str)]) -> Self {
        let mut store = Self { port: free_port(), process: None };
        store.start(env);
        store
    }

    fn start(&mut self, env: &[(&str, &str)]) {
        let mut command = Command::new("moto_server");
        command.args(["-H", "127.0.0.1", "-p", &self.port.to_string()]);
        command.envs(env.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(Process::start(&mut command, self.port));
        assert_eq!(self.bucket().ask("PUT", "", &[], b"").0, 200);
    }

    fn bucket(&self) -> Bucket {
        Bucket(self.port)
    }
}

impl Elsewhere for Bucket {
    fn save(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        for (at, key) in self.keys().iter().enumerate() {
            let answer = self.get(key);
            let head =
                [key, header(&answer, "content-type"), header(&answer, "cache-control")].join("\n");
            fs::write(folder.join(format!("{at}.head")), head).unwrap();
            fs::write(folder.join(format!("{at}.body")), answer.2).unwrap();
        }
    }

    fn load(&self, folder: &Path) {
        for key in self.keys() {
            self.ask("DELETE", &format!("/{key}"), &[], b"");
        }
        for at in 0.. {
            let Ok(head) = fs::read_to_string(folder.join(format!("{at}.head"))) else { break };
            let mut lines = head.split('\n');
            let mut next = || lines.next().unwrap().to_owned();
            let (key, kind, cache) = (next(), next(), next());
            self.put(&key, &kind, &cache, &fs::read(folder.join(format!("{at}.body"))).unwrap());
        }
    }
}

const TO: &str = "s3:bucket";

/// Where the website of a bucket redirects to instead of giving an object.
const LEADS_TO: &str = "x-amz-website-redirect-location";

fn world() -> (World, Store) {
    served_by(World::new(), Store::new())
}

fn served_by(mut world: World, store: Store) -> (World, Store) {
    world.env = keys("correct");
    world.env.push(("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", store.port)));
    world.elsewhere = Some(Box::new(store.bucket()));
    (world, store)
}

fn keys(word: &str) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE".into()),
        ("AWS_SECRET_ACCESS_KEY", format!("{word}-horse-battery")),
    ]
}

#[test]
fn releases_follow_one_another() {
    let (world, store) = world();
    let bucket = store.bucket();
    flow::check(&world, TO, &|_| bucket.tree());
    let page = bucket.get("articles/stays/index.html");
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&page, "cache-control"), "public, max-age=0, must-revalidate");
    let style = bucket.get("app.4e5f6a7b.css");
    assert_eq!(header(&style, "cache-control"), "public, max-age=31536000, immutable");
    let kept = bucket.keys().iter().filter(|key| key.starts_with(".briefing/releases/")).count();
    let files = bucket.tree().len();
    assert!(kept < files + 5, "{kept} files are kept: those of three releases, each once");
}

/// A page that was edited at the store, and one whose headers the record has otherwise.
#[test]
fn only_what_differs_is_sent() {
    let (world, store) = world();
    let bucket = store.bucket();
    world.publish(&[TO]).expect(0);
    bucket.put("landing.html", "text/html", "no-store", b"edited");
    let run = world.publish(&[TO]).expect(0);
    assert!(run.stderr.contains("~ 1 changed: 1 page"), "{}", run.stderr);
    // An earlier version of this program gave the page other headers.
    let record = String::from_utf8(bucket.get(".briefing/record.json").2).unwrap();
    let live = record.find("\"releases\"").unwrap();
    let at = live + record[live..].find("must-revalidate").unwrap();
    let other = format!("{}no-transform{}", &record[..at], &record[at + "must-revalidate".len()..]);
    bucket.put(".briefing/record.json", "application/json", "no-store", other.as_bytes());
    let run = world.publish(&[TO]).expect(0);
    assert!(run.stderr.contains("h 1 with other headers: 1 page"), "{}", run.stderr);
    assert!(world.publish(&[TO]).expect(0).stderr.contains("nothing to publish"));
}

#[test]
fn what_is_not_ours_stays() {
    let (world, store) = world();
    let bucket = store.bucket();
    bucket.put("theirs.txt", "text/plain", "no-store", b"theirs");
    bucket.put("a//b/../c", "text/plain", "no-store", b"theirs");
    let run = world.publish(&[TO]).expect(5);
    assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
    world.publish(&[TO, "--adopt"]).expect(0);
    world.change();
    world.publish(&[TO]).expect(0);
    assert_eq!(bucket.tree()["theirs.txt"], b"theirs");
    assert_eq!(bucket.tree()["a//b/../c"], b"theirs");
    // Below a prefix the rest of the bucket is not even looked at.
    let run = world.publish(&["s3:bucket/below/here"]).expect(0);
    assert!(!run.stderr.contains("not ours"), "{}", run.stderr);
    assert!(bucket.tree().contains_key("below/here/index.html"));
}

#[test]
fn keys_are_in_no_stream_and_no_object() {
    let (mut world, store) = world();
    let bucket = store.bucket();
    let run = world.publish(&[TO]).expect(0);
    assert!(!run.stderr.contains("horse-battery"));
    for key in bucket.keys() {
        let body = String::from_utf8_lossy(&bucket.get(&key).2).into_owned();
        assert!(!body.contains("horse-battery") && !body.contains("Nobody may read this"), "{key}");
    }
    world.site.edit("static/leak.txt", "correct-horse-battery");
    let run = world.publish(&[TO]).expect(5);
    assert!(run.stderr.contains("it holds a credential of this environment"), "{}", run.stderr);
    world.site.delete("static/leak.txt");
    // A bucket that is not there, and a store that has gone.
    let run = world.publish(&["s3:another"]).expect(3);
    assert!(run.stderr.contains("cannot list"), "{}", run.stderr);
    drop(store);
    world.elsewhere = None;
    let run = world.publish(&[TO]).expect(3);
    assert!(run.stderr.contains("cannot list") && !run.stderr.contains("horse"), "{}", run.stderr);
}

/// The key of a profile of the cloud's own tools, which asks for it by a file and a name alone.
#[test]
fn a_profile_has_the_key() {
    let (mut world, store) = world();
    let folder = world.root().join("aws");
    fs::create_dir(&folder).unwrap();
    let profile = "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = wrong-wrong\n\
                   [deploy]\naws_access_key_id = AKIADEPLOY\naws_secret_access_key = correct-horse-battery\n";
    fs::write(folder.join("credentials"), profile).unwrap();
    let named = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (port, keys) = (store.port, Arc::new(Mutex::new(BTreeSet::new())));
    let seen = keys.clone();
    let proxy = crate::web::Server::new(move |request| {
        let signed = request.headers.get("authorization").cloned().unwrap_or_default();
        let key = signed.split("Credential=").nth(1).and_then(|rest| rest.split('/').next());
        seen.lock().unwrap().insert(key.unwrap_or("nobody").to_owned());
        let path = request.path.strip_prefix("/bucket").unwrap();
        let headers = ["content-type", "cache-control", "x-amz-copy-source", "if-none-match"]
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), request.headers.get(*name)?.clone())));
        let query = if request.query.is_empty() { "" } else { "?" };
        let target = format!("{path}{query}{}", request.query);
        let answer =
            Bucket(port).ask(&request.method, &target, &headers.collect::<Vec<_>>(), &request.body);
        let headers = answer.1.into_iter().filter(|(name, _)| name != "content-length");
        crate::web::Answer {
            status: answer.0,
            headers: headers.filter(|(name, _)| name != "connection").collect(),
            body: answer.2,
            sent: None,
        }
    });
    world.env = vec![
        ("AWS_ENDPOINT_URL", proxy.url()),
        ("AWS_SHARED_CREDENTIALS_FILE", named("credentials")),
        ("AWS_CONFIG_FILE", named("config")),
        ("AWS_PROFILE", "deploy".into()),
    ];
    let run = world.publish(&[TO]).expect(0);
    assert!(!run.stderr.contains("horse-battery"), "{}", run.stderr);
    assert_eq!(*keys.lock().unwrap(), BTreeSet::from(["AKIADEPLOY".to_owned()]));
    assert!(store.bucket().tree().contains_key("index.html"));
    // Without a key nothing is asked of the store.
    world.env.truncate(1);
    world.env.push(("HOME", named("nowhere")));
    let run = world.publish(&[TO]).expect(3);
    assert!(run.stderr.contains("cannot"), "{}", run.stderr);
}

/// The store keeps what it is sent on a disk that fills up.
#[test]
fn a_store_that_is_full() {
    let world = World::new();
    let disk = Disk::mount(world.root().join("small"), 800);
    let place = world.root().join("small").to_str().unwrap().to_owned();
    let env = [("TMPDIR", &*place), ("MOTO_S3_DEFAULT_KEY_BUFFER_SIZE", "1")];
    let (world, store) = served_by(world, Store::with(&env));
    world.publish(&[TO]).expect(0);
    let old = store.bucket().tree();
    world.change();
    world.site.write("static/large.bin", &vec![7; 900_000]);
    let run = world.publish(&[TO]).expect(4);
    assert!(run.stderr.contains("cannot write `large.bin`"), "{}", run.stderr);
    assert!(run.stderr.contains("readers see release"), "{}", run.stderr);
    let full = store.bucket().tree();
    crawl(&full, &[&old], "in a full store");
    assert_eq!(full["index.html"], old["index.html"]);
    disk.grow(20_000);
    world.publish(&[TO]).expect(0);
    assert_eq!(store.bucket().tree()["large.bin"].len(), 900_000);
    assert!(world.publish(&[TO]).expect(0).stderr.contains("nothing to publish"));
    drop(store);
    drop(disk);
}

#[test]
fn two_publishers() {
    let (world, store) = world();
    world.publish(&[TO]).expect(0);
    let other = world.root().join("other");
    Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    fs::remove_dir_all(other.join(".briefing")).unwrap();
    world.change();
    let (first, _) = world.hold(&[TO], 3).unwrap_or_else(|run| panic!("{}", run.stderr));
    let env: Vec<_> = world.env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let env = [&[("SOURCE_DATE_EPOCH", crate::world::EPOCH)], &*env].concat();
    fs::write(other.join("static/number.txt"), "1").unwrap();
    let run = crate::support::run(&other, &["publish", TO, "--yes"], &env).expect(5);
    assert!(run.stderr.contains("bob (process"), "{}", run.stderr);
    first.go_on().expect(0);
    assert!(store.bucket().tree().contains_key("articles/comes/index.html"));
    crate::support::run(&other, &["publish", TO, "--yes"], &env).expect(0);
    assert!(store.bucket().tree().contains_key("number.txt"));
}

#[test]
fn a_store_that_goes_away() {
    let (mut world, store) = world();
    world.publish(&[TO]).expect(0);
    world.elsewhere = None;
    world.change();
    let (held, _) = world.hold(&[TO], 5).unwrap_or_else(|run| panic!("{}", run.stderr));
    drop(store);
    let run = held.go_on().expect(4);
    assert!(run.stderr.contains("not published to the end"), "{}", run.stderr);
    assert!(run.stderr.contains("run it again to finish"), "{}", run.stderr);
}

/// Served as a website, and verified with every header.
#[test]
fn readers_are_given_the_headers_that_were_sent() {
    let (world, store) = world();
    let bucket = store.bucket();
    let server = crate::web::Server::new(move |request| {
        let path = request.path.trim_start_matches('/');
        let key = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        let answer = bucket.get(&key);
        let headers = ["content-type", "cache-control"]
            .map(|name| (name.to_owned(), header(&answer, name).to_owned()));
        let (mut status, mut headers) = (answer.0, headers.to_vec());
        // As the website of a bucket does.
        let to = header(&answer, LEADS_TO);
        if !to.is_empty() {
            status = 301;
            headers.push(("Location".into(), to.to_owned()));
        }
        crate::web::Answer { status, headers, body: answer.2, sent: None }
    });
    let stays = |moved: &str| {
        let text = format!("---\ntitle: Stays\npublished: 2025-06-01\n{moved}---\nAs it is.\n");
        world.site.edit("content/articles/stays.md", &text);
    };
    stays("redirect_from: [/old/]\n");
    let config = format!(
        "title: Talks\npublish:\n  store: {{to: \"{TO}\", url: \"{}\", wait: 0s}}\n",
        server.url()
    );
    world.site.edit("content/site.yaml", &config);
    let run = world.publish(&["store"]).expect(0);
    assert!(run.stderr.contains("verified at"), "{}", run.stderr);
    bucket.put("landing.html", "text/html", "no-store", &bucket.get("landing.html").2);
    let run = world.run(&["verify", "store"]).expect(4);
    assert!(run.stderr.contains("/landing.html: has `Cache-Control: no-store`"), "{}", run.stderr);
    // A later run may look at it again.
    let revalidated = "public, max-age=0, must-revalidate";
    bucket.put(
        "landing.html",
        "text/html; charset=utf-8",
        revalidated,
        &bucket.get("landing.html").2,
    );
    // A page that leads on is an object with a redirect, and has the page for who asks for no website.
    let old = |key: &str| bucket.get(key);
    assert_eq!(header(&old("old/index.html"), LEADS_TO), "/articles/stays/");
    assert!(String::from_utf8_lossy(&old("old/index.html").2).contains("/articles/stays/"));
    assert_eq!(
        header(&old("old/index.html"), "cache-control"),
        "public, max-age=0, must-revalidate"
    );
    assert_eq!(header(&old("articles/stays/index.html"), LEADS_TO), "");
    stays("");
    let text =
        "---\ntitle: Changes\npublished: 2025-06-02\nredirect_from: [/old/]\n---\nOne text.\n";
    world.site.edit("content/articles/changes.md", text);
    world.publish(&["store"]).expect(0);
    assert_eq!(header(&old("old/index.html"), LEADS_TO), "/articles/changes/");
    world.publish(&["rollback", "store", &earlier(&world, "store")]).expect(0);
    assert_eq!(header(&old("old/index.html"), LEADS_TO), "/articles/stays/");
    let headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "public, max-age=0, must-revalidate"),
        ("x-amz-website-redirect-location", "/elsewhere/"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let body = old("old/index.html").2;
    assert_eq!(bucket.ask("PUT", "/old/index.html", &headers, &body).0, 200);
    let run = world.run(&["verify", "store"]).expect(4);
    let fault = "/old/: leads to `/elsewhere/`, not to `/articles/stays/`";
    assert!(run.stderr.contains(fault), "{}", run.stderr);
}

#[test]
fn killed_at_every_step() {
    let (world, store) = world();
    let bucket = store.bucket();
    let readers = move |_: &World| bucket.tree();
    check("s3, first", &world, &[TO], &readers, false);
    world.publish(&[TO]).expect(0);
    world.change();
    check("s3, change", &world, &[TO], &readers, false);
    world.publish(&[TO]).expect(0);
    check("s3, rollback", &world, &["rollback", TO, &earlier(&world, TO)], &readers, false);
    drop(store);
}
