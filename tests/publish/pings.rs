//! Hubs and search engines get the URLs of what changed: of public pages alone, once readers have it.

use std::sync::{Arc, Mutex};

use crate::web::{Answer, Server, file};
use crate::world::World;

/// What a server was asked, in order: the method, the path and the body.
type Asked = Arc<Mutex<Vec<(String, String, String)>>>;

/// A world whose folder is served by a host that also takes pings, and answers those with a status.
fn pinged(status: u16) -> (World, Server, Asked) {
    let world = World::new();
    let asked = Asked::default();
    let (root, seen) = (world.root().join("www"), asked.clone());
    let server = Server::new(move |request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        seen.lock().unwrap().push((request.method.clone(), request.path.clone(), body));
        match &*request.path {
            "/hub" | "/indexnow" => Answer { status, ..Answer::default() },
            path => file(&root, path),
        }
    });
    let url = server.url();
    let config = format!(
        "title: Talks\npublish:\n  live:\n    to: dir:../www\n    url: {url}\n    wait: 0s\n    \
         ping: {{websub: {url}hub, indexnow: 0123456789abcdef, indexnow_endpoint: {url}indexnow}}\n"
    );
    world.site.edit("content/site.yaml", &config);
    world.site.edit("static/feed.xml", "<feed/>");
    world.site.edit(
        "content/articles/unlisted.md",
        "---\ntitle: Quiet\nstatus: withdrawn\npublished: 2025-01-01\n---\n\nText.\n",
    );
    (world, server, asked)
}

/// The bodies of what was sent to a path.
fn sent(asked: &Asked, to: &str) -> Vec<String> {
    let asked = asked.lock().unwrap();
    let posts = asked.iter().filter(|(method, path, _)| method == "POST" && path == to);
    posts.map(|(_, _, body)| body.clone()).collect()
}

#[test]
fn services_are_told_once_readers_have_it() {
    let (world, server, asked) = pinged(202);
    let run = world.publish(&["live"]).expect(0);
    let (hubs, engines) = (sent(&asked, "/hub"), sent(&asked, "/indexnow"));
    let encoded = server.url().replace(':', "%3A").replace('/', "%2F");
    let feed = |end: &str| format!("&hub.url={}feed%2E{end}", encoded.replace('.', "%2E"));
    assert_eq!(hubs, [format!("hub.mode=publish{}{}", feed("json"), feed("xml"))]);
    let [engine] = &engines[..] else { panic!("{engines:?}") };
    let told: serde_json::Value = serde_json::from_str(engine).unwrap();
    assert_eq!(told["key"], "0123456789abcdef");
    assert_eq!(told["keyLocation"], format!("{}0123456789abcdef.txt", server.url()));
    let urls: Vec<_> =
        told["urlList"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    assert!(urls.contains(&&*format!("{}articles/changes/", server.url())), "{urls:?}");
    assert!(!engine.contains("unlisted"), "{engine}");
    assert_eq!(world.www()["0123456789abcdef.txt"], b"0123456789abcdef");
    assert!(run.stderr.contains("sent 2 feeds to"), "{}", run.stderr);
    // What was asked last is the pings.
    let methods: Vec<_> = asked.lock().unwrap().iter().map(|asked| asked.0.clone()).collect();
    let first = methods.iter().position(|method| method == "POST").unwrap();
    assert!(methods[first..].iter().all(|method| method == "POST"), "{methods:?}");

    // Nothing changed, and one page did.
    world.publish(&["live"]).expect(0);
    assert_eq!(sent(&asked, "/indexnow").len(), 1);
    world.change();
    world.publish(&["live"]).expect(0);
    let engines = sent(&asked, "/indexnow");
    assert_eq!(engines.len(), 2);
    assert!(engines[1].contains("articles/changes/"), "{}", engines[1]);
    assert!(!engines[1].contains("articles/stays/"), "{}", engines[1]);
    // The site's own feed is the same; ours has the new text.
    assert_eq!(sent(&asked, "/hub")[1..], [format!("hub.mode=publish{}", feed("json"))]);
}

#[test]
fn a_service_that_fails_is_a_warning() {
    let (world, _server, asked) = pinged(500);
    let run = world.publish(&["live"]).expect(0);
    assert_eq!(sent(&asked, "/hub").len(), 1, "it is asked once");
    let warnings = run.stderr.lines().filter(|line| line.starts_with("warning: http://")).count();
    assert_eq!(warnings, 2, "{}", run.stderr);
}

/// No service gets what readers do not have, or what the program did not verify.
#[test]
fn nothing_is_told_before_it_is_verified() {
    let (world, _server, asked) = pinged(202);
    world.publish(&["live", "--no-wait"]).expect(0);
    assert!(sent(&asked, "/hub").is_empty());

    let world = World::new();
    let posts = Asked::default();
    let seen = posts.clone();
    let server = Server::new(move |request| {
        seen.lock().unwrap().push((request.method.clone(), request.path.clone(), String::new()));
        Answer { status: 404, ..Answer::default() }
    });
    let url = server.url();
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{url}\", wait: 0s, ping: {{indexnow: 0123456789abcdef, indexnow_endpoint: \"{url}indexnow\"}}}}\n"
    );
    world.site.edit("content/site.yaml", &config);
    world.publish(&["live"]).expect(4);
    assert!(sent(&posts, "/indexnow").is_empty());
}

/// A host that redirects in place of the page that leads on is as it should be.
#[test]
fn a_redirect_of_the_host_is_what_was_published() {
    let world = World::new();
    let root = world.root().join("www");
    let server = Server::new(move |request| match &*request.path {
        "/old/" => {
            let headers = vec![("Location".into(), "/articles/moved/".into())];
            Answer { status: 301, headers, ..Answer::default() }
        }
        path => file(&root, path),
    });
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{}\", wait: 0s, hosts: [nginx]}}\n",
        server.url()
    );
    world.site.edit("content/site.yaml", &config);
    world
        .site
        .edit("content/articles/moved.md", "---\ntitle: Moved\nredirect_from: [/old/]\n---\n");
    let run = world.publish(&["live"]).expect(0);
    assert!(world.www().contains_key("_hosts/nginx.conf"));
    let warning = "warning: readers get the home page with no `Content-Security-Policy`: does the host read `_hosts/nginx.conf`?";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    world.run(&["verify", "live"]).expect(0);
}

/// A server that gives the compressed file finds it beside the text, and none beside a picture.
#[test]
fn texts_are_compressed_where_a_target_wants_it() {
    let world = World::new();
    let config = "title: Talks\nbase_url: https://example.org/\npublish:\n  live: {to: \"dir:../www\", precompress: true}\n";
    world.site.edit("content/site.yaml", config);
    world.site.edit("static/large.csv", &"a,b,c\n".repeat(1000));
    world.site.edit("static/large.png", &"a,b,c\n".repeat(1000));
    world.site.edit("static/own.csv", &"a,b,c\n".repeat(1000));
    world.site.edit("static/own.csv.gz", "mine");
    world.publish(&["live"]).expect(0);
    let www = world.www();
    for path in ["index.html.br", "index.html.gz", "large.csv.br", "large.csv.gz", "own.csv.br"] {
        let text = &www[path.rsplit_once('.').unwrap().0];
        assert!(www.get(path).is_some_and(|bytes| bytes.len() < text.len() / 2), "{path}");
    }
    assert_eq!(www["own.csv.gz"], b"mine");
    for path in ["large.png.br", "app.0a1b2c3d.css.br", "swap.gz"] {
        assert!(!www.contains_key(path), "{path}");
    }
    // From the cache, the same bytes.
    world.publish(&["live"]).expect(0);
    assert_eq!(world.www(), www);
    world.site.edit("content/site.yaml", &config.replace("true", "false"));
    world.publish(&["live", "--prune", "--max-deletions", "60"]).expect(0);
    assert!(!world.www().keys().any(|path| path.ends_with(".br")));
}
