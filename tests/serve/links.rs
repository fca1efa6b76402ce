//! Links: what lies behind them is followed like any other file, and what they may not lead to is never sent.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::running::{Events, Running, connect};
use crate::support::SiteTest;

const SITE: &str = "
    //- /content/site.yaml
    title: Linked
    shared: [../shared, ./figures]
    //- /content/articles/plain.md
    ---
    title: Plain
    ---
    A text.
";

fn article(text: &str) -> String {
    format!("---\ntitle: Linked\n---\n{text}\n")
}

/// A server of a site with links.
struct Linked {
    site: SiteTest,
    server: Running,
    events: Events,
}

impl Linked {
    /// `make` makes the folders and links, in the folder that holds the site's.
    fn start(make: impl Fn(&Path)) -> Self {
        let site = SiteTest::new(SITE);
        let above = site.path().join("..").canonicalize().unwrap();
        fs::create_dir_all(above.join("shared")).unwrap();
        make(&above);
        let server = Running::start(&site.path(), &[]);
        let events = server.events();
        Self { site, server, events }
    }

    fn above(&self, path: &str) -> PathBuf {
        self.site.path().join("..").canonicalize().unwrap().join(path)
    }

    /// Waits until what is served is what the files are, and checks that a page has a text.
    #[track_caller]
    fn shows(&mut self, url: &str, text: &str) {
        self.server.settle(&mut self.events);
        let answer = self.server.get(url);
        let found = String::from_utf8_lossy(&answer.body);
        assert!(answer.status == 200 && found.contains(text), "{url} has no {text}: {found}");
    }
}

/// A file that takes another's place.
fn replace(place: &Path, text: &str) {
    let fresh = place.with_file_name("fresh");
    fs::write(&fresh, text).unwrap();
    fs::rename(fresh, place).unwrap();
}

/// A link that takes another's place.
fn retarget(to: &str, place: &Path) {
    let fresh = place.with_file_name("fresh");
    symlink(to, &fresh).unwrap();
    fs::rename(fresh, place).unwrap();
}

#[test]
fn the_target_of_a_link_is_watched_however_it_changes() {
    let mut linked = Linked::start(|above| {
        fs::create_dir_all(above.join("shared/v1")).unwrap();
        fs::create_dir_all(above.join("shared/v2")).unwrap();
        fs::write(above.join("shared/v1/text.md"), article("first")).unwrap();
        fs::write(above.join("shared/v2/text.md"), article("of v2")).unwrap();
        symlink("v1", above.join("shared/now")).unwrap();
        symlink("now/text.md", above.join("shared/hop.md")).unwrap();
        symlink("../../../shared/hop.md", above.join("site/content/articles/linked.md")).unwrap();
    });
    let url = "/articles/linked/";
    linked.shows(url, "first");
    let (one, two) = (linked.above("shared/v1/text.md"), linked.above("shared/v2/text.md"));
    fs::write(&one, article("in place")).unwrap();
    linked.shows(url, "in place");
    replace(&one, &article("by a rename"));
    linked.shows(url, "by a rename");
    fs::remove_file(&one).unwrap();
    linked.server.settle(&mut linked.events);
    fs::write(&one, article("once more")).unwrap();
    linked.shows(url, "once more");
    retarget("v2", &linked.above("shared/now"));
    linked.shows(url, "of v2");
    fs::write(&two, article("v2 again")).unwrap();
    linked.shows(url, "v2 again");
    retarget("v1/text.md", &linked.above("shared/hop.md"));
    linked.shows(url, "once more");
    fs::write(linked.above("shared/own.md"), article("own")).unwrap();
    retarget("../../../shared/own.md", &linked.above("site/content/articles/linked.md"));
    linked.shows(url, "own");
    replace(&linked.above("shared/own.md"), &article("own again"));
    linked.shows(url, "own again");
}

#[test]
fn links_within_the_site_are_watched() {
    let mut linked = Linked::start(|above| {
        let site = above.join("site");
        fs::create_dir_all(site.join("content/kept/files")).unwrap();
        fs::create_dir_all(site.join("static")).unwrap();
        fs::create_dir_all(site.join("figures")).unwrap();
        fs::write(site.join("content/kept/text.kept"), article("first")).unwrap();
        fs::write(site.join("content/kept/files/a.txt"), "first").unwrap();
        fs::write(site.join("figures/b.txt"), "first").unwrap();
        symlink("../kept/text.kept", site.join("content/articles/linked.md")).unwrap();
        symlink("../content/kept/files", site.join("static/files")).unwrap();
        symlink("../figures", site.join("static/figures")).unwrap();
    });
    for (url, path, text) in [
        ("/articles/linked/", "content/kept/text.kept", article("second")),
        ("/files/a.txt", "content/kept/files/a.txt", "second".to_owned()),
        ("/files/new/c.txt", "content/kept/files/new/c.txt", "second".to_owned()),
        ("/figures/b.txt", "figures/b.txt", "second".to_owned()),
        ("/figures/new/c.txt", "figures/new/c.txt", "second".to_owned()),
    ] {
        let place = linked.above("site").join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, &text).unwrap();
        linked.shows(url, "second");
        replace(&place, &text.replace("second", "third"));
        linked.shows(url, "third");
    }
    // The plain file beside them, which the system reports by its own name.
    linked.site.edit("content/articles/plain.md", &article("plain again"));
    linked.shows("/articles/plain/", "plain again");
}

#[test]
fn the_folders_of_a_site_may_be_links() {
    let mut linked = Linked::start(|above| {
        let site = above.join("site");
        fs::create_dir_all(above.join("store/files")).unwrap();
        fs::rename(site.join("content"), above.join("store/one")).unwrap();
        fs::create_dir_all(above.join("store/two/articles")).unwrap();
        fs::write(above.join("store/two/articles/plain.md"), article("of two")).unwrap();
        fs::write(above.join("store/files/a.txt"), "first").unwrap();
        symlink("one", above.join("store/now")).unwrap();
        symlink("../store/now", site.join("content")).unwrap();
        symlink("../store/files", site.join("static")).unwrap();
    });
    let url = "/articles/plain/";
    linked.shows(url, "A text");
    fs::write(linked.above("store/one/articles/plain.md"), article("edited")).unwrap();
    linked.shows(url, "edited");
    fs::write(linked.above("store/files/a.txt"), "second").unwrap();
    linked.shows("/a.txt", "second");
    retarget("two", &linked.above("store/now"));
    linked.shows(url, "of two");
    fs::write(linked.above("store/two/articles/plain.md"), article("two again")).unwrap();
    linked.shows(url, "two again");
    retarget("../store/one", &linked.above("site/content"));
    linked.shows(url, "edited");
    replace(&linked.above("store/one/articles/plain.md"), &article("one again"));
    linked.shows(url, "one again");
}

#[test]
fn what_the_settings_share_is_heard_while_the_site_is_served() {
    let mut linked = Linked::start(|above| {
        fs::create_dir_all(above.join("other")).unwrap();
        fs::create_dir_all(above.join("site/static")).unwrap();
        fs::write(above.join("other/a.txt"), "first").unwrap();
        symlink("../../other/a.txt", above.join("site/static/a.txt")).unwrap();
    });
    assert_ne!(linked.server.get("/a.txt").status, 200);
    linked.site.edit("content/site.yaml", "title: Linked\nshared: ../other\n");
    linked.shows("/a.txt", "first");
    fs::write(linked.above("other/a.txt"), "second").unwrap();
    linked.shows("/a.txt", "second");
    linked.site.edit("content/site.yaml", "title: Linked\n");
    linked.server.settle(&mut linked.events);
    assert_ne!(linked.server.get("/a.txt").status, 200);
}

#[test]
fn a_file_that_is_written_by_another_name_is_shown() {
    let mut linked = Linked::start(|above| {
        let site = above.join("site");
        fs::create_dir_all(site.join("static")).unwrap();
        fs::write(above.join("shared/text.md"), article("first")).unwrap();
        fs::write(above.join("shared/a.txt"), "first").unwrap();
        fs::hard_link(above.join("shared/text.md"), site.join("content/articles/named.md"))
            .unwrap();
        fs::hard_link(above.join("shared/a.txt"), site.join("static/a.txt")).unwrap();
        fs::hard_link(above.join("shared/a.txt"), site.join("static/b.txt")).unwrap();
    });
    for text in ["second", "third"] {
        fs::write(linked.above("shared/text.md"), article(text)).unwrap();
        linked.shows("/articles/named/", text);
        fs::write(linked.above("shared/a.txt"), text).unwrap();
        linked.shows("/a.txt", text);
        linked.shows("/b.txt", text);
    }
    // By a name of its own it is another file now; that it was one of two is over.
    replace(&linked.above("site/static/a.txt"), "own");
    linked.shows("/a.txt", "own");
    fs::write(linked.above("shared/a.txt"), "fourth").unwrap();
    linked.shows("/b.txt", "fourth");
    linked.shows("/a.txt", "own");
}

/// A thread swaps a file, and a folder on the way to one, for links that lead out, as fast as it can.
#[test]
fn nothing_is_sent_from_behind_a_link_that_comes_and_goes() {
    const SECRET: &str = "the secret of another folder";
    let mut linked = Linked::start(|above| {
        let site = above.join("site");
        fs::create_dir_all(above.join("outside/folder")).unwrap();
        fs::write(above.join("outside/secret"), SECRET).unwrap();
        fs::write(above.join("outside/folder/b.txt"), SECRET).unwrap();
        fs::write(above.join("outside/secret.md"), article(SECRET)).unwrap();
        fs::create_dir_all(site.join("static/folder")).unwrap();
        fs::write(site.join("static/a.txt"), "public").unwrap();
        fs::write(site.join("static/folder/b.txt"), "public").unwrap();
    });
    let site = linked.above("site");
    let swaps = [
        ("outside/secret", site.join("static/a.txt")),
        ("outside/folder", site.join("static/folder")),
        ("outside/secret.md", site.join("content/articles/plain.md")),
    ];
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for (outside, place) in &swaps {
            let (aside, outside) = (place.with_extension("swapped~"), linked.above(outside));
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    if outside.is_dir() {
                        fs::rename(place, &aside).unwrap();
                        symlink(&outside, place).unwrap();
                        fs::remove_file(place).unwrap();
                        fs::rename(&aside, place).unwrap();
                    } else {
                        // One takes the other's place: there is no moment without either.
                        let bytes = fs::read(place).unwrap();
                        symlink(&outside, &aside).unwrap();
                        fs::rename(&aside, place).unwrap();
                        fs::write(&aside, bytes).unwrap();
                        fs::rename(&aside, place).unwrap();
                    }
                    (0..20).for_each(|_| thread::yield_now());
                }
            });
        }
        let asked = || {
            let mut client = linked.server.client();
            for _ in 0..400 {
                for url in ["/a.txt", "/folder/b.txt"] {
                    // A file that is being changed is looked at again; without one there is no answer but that.
                    let answer = client.get(url);
                    let text = String::from_utf8_lossy(&answer.body).into_owned();
                    assert!(!text.contains(SECRET), "{url} answers {}: {text}", answer.status);
                }
                let page = client.get("/articles/plain/");
                let text = String::from_utf8_lossy(&page.body).into_owned();
                assert!(!text.contains(SECRET), "the page has it: {text}");
            }
        };
        let askers: Vec<_> = (0..2).map(|_| scope.spawn(asked)).collect();
        let asked: Vec<_> = askers.into_iter().map(|asker| asker.join()).collect();
        stop.store(true, Ordering::Relaxed);
        asked.into_iter().for_each(|asker| asker.unwrap());
    });
    for url in ["/a.txt", "/folder/b.txt"] {
        linked.shows(url, "public");
    }
    linked.shows("/articles/plain/", "A text");
}

/// More downloads than there are threads, none of which is read from: pages are answered before any of them is dropped.
#[test]
fn slow_downloads_keep_no_page_waiting() {
    let linked = Linked::start(|above| {
        fs::create_dir_all(above.join("site/static")).unwrap();
        let file = fs::File::create(above.join("site/static/large.bin")).unwrap();
        file.set_len(64 << 20).unwrap();
    });
    let port = linked.server.port;
    let slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = connect(port);
            let request = format!("GET /large.bin HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            // Its head came: from now on the server waits for it to take more.
            stream.peek(&mut [0]).unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(linked.server.get("/articles/plain/").status, 200);
        assert_eq!(linked.server.get("/articles/").status, 200);
    }
    let last = slow.last().unwrap().local_addr().unwrap().port();
    assert!(crate::hostile::has_connection(port, last), "the downloads were waited for");
}
