//! The rules for hosts say of every output what its headers are, in whatever form.

use briefing::base::OutPath;
use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::site::Output;
use briefing::site::headers::OutputHeaders;
use briefing::site::host_rules::HostRules;

use scraper::{Html, Selector};

use super::{load, site, text};

const ALL: &str = "hosts: [netlify, vercel, azure, nginx, apache, caddy, s3]\n";

fn outputs(loaded: &Loaded) -> impl Iterator<Item = &Output> {
    loaded.site().outputs.iter()
}

/// Of every output of a site with files of all sorts in folders of all sorts.
#[test]
fn few_rules_say_what_every_output_says() {
    let mut files = site(&format!("base_url: https://example.org/a/b/\n{ALL}"));
    for path in [
        "x.svg",
        "y.SVG",
        "deep/er/x.svg",
        "feeds/feed.json",
        "feeds/feed.xml",
        "one.0a1b2c3d.css",
        "two.css",
        "hashed/a.0a1b2c3d.js",
        "hashed/b/c.0a1b2c3d.js",
        "mixed/a.0a1b2c3d.js",
        "mixed/b.js",
        "site/index.html",
        "site/page.html",
        "site/old.htm",
        "embed/index.html",
        "CNAME",
        "a b$(\"){}.html",
        "été.xhtml",
        ".well-known/x.json",
        "odd.a-b",
    ] {
        files.write(&format!("static/{path}"), "x");
    }
    let loaded = load(&files);
    let rules = HostRules::of(loaded.site());
    for output in outputs(&loaded) {
        let own = OutputHeaders::of(output, &loaded.site().policies);
        assert_eq!(rules.headers(&output.path), own, "{}", output.path);
    }
    let of = |path: &str| rules.headers(&OutPath::new(path).unwrap());
    assert_eq!(&*of("site/index.html").policy, "sandbox");
    assert!(of("articles/day/index.html").policy.starts_with("default-src 'none'"));
    // A folder in which all scripts are kept for a year is one rule; there are no more rules than sorts of files.
    let hashed = rules.exceptions.iter().filter(|rule| format!("{:?}", rule.on).contains("hashed"));
    assert_eq!(hashed.count(), 1);
}

/// The page of an author is none of ours, whatever its folder is called.
#[test]
fn other_sites_frame_nothing_that_was_not_made_for_it() {
    let mut files = site(ALL);
    files.write("static/embed/index.html", "x");
    let loaded = load(&files);
    for output in outputs(&loaded) {
        let headers = OutputHeaders::of(output, &loaded.site().policies);
        assert!(!headers.policy.contains("frame-ancestors *"), "{}", output.path);
    }
}

/// Where content is trusted, its pages may load what their authors wrote.
#[test]
fn what_is_trusted_is_not_framed_either() {
    let loaded = load(&site(&format!("content_trust: trusted\n{ALL}")));
    let rules = HostRules::of(loaded.site());
    assert_eq!(
        &*rules.otherwise.policy,
        "object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
    );
}

/// The origins of a site's own scripts are in the header and in the head of every page, and in no frame of other sites.
#[test]
fn pages_load_from_the_origins_that_the_site_names() {
    let settings = "base_url: https://example.org/\nembeds: true\n\
                    csp: {script_src: [https://stats.example], connect_src: https://stats.example, frame_src: https://talk.example:8443}\n";
    let mut files = site(&format!("{settings}{ALL}"));
    files.write("content/facts.yaml", "spent: {value: 1, label: Spent}\n");
    let loaded = load(&files);
    let added = [
        "script-src 'self' https://stats.example;",
        "connect-src 'self' https://stats.example;",
        "frame-src https://talk.example:8443",
    ];
    let rules = HostRules::of(loaded.site());
    let page = Html::parse_document(&text(&loaded, "articles/day/index.html").unwrap());
    let policy = Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let page = page.select(&policy).next().unwrap().attr("content").unwrap();
    for part in added {
        assert!(rules.otherwise.policy.contains(part), "{}", rules.otherwise.policy);
        assert!(page.contains(part), "{part}");
    }
    let framed = rules.headers(&OutPath::new("facts/spent/embed/index.html").unwrap()).policy;
    assert!(framed.contains("frame-ancestors *") && !framed.contains("example"), "{framed}");
    for host in [
        "_headers",
        "_hosts/nginx.conf",
        "_hosts/Caddyfile",
        ".htaccess",
        "vercel.json",
        "staticwebapp.config.json",
    ] {
        let text = text(&loaded, host).unwrap();
        assert!(text.contains(added[0]) && text.contains("frame-ancestors *"), "{host}");
    }
}

/// What an author calls an old address reaches no configuration as anything else.
#[test]
fn an_old_address_is_no_part_of_a_configuration() {
    let mut files = site(&format!("base_url: https://example.org/\n{ALL}"));
    let old = [
        "/a\"; return 500; x/",
        "/b} location / { return 500; }/",
        "/c 200/",
        "/*/",
        "/:d/",
        "/${HOME}/",
        "/{env.HOME}/",
        "/(e|f)+/",
        "/g\u{a0}h/",
    ];
    let quoted = old.map(|path| format!("  - '{path}'\n")).concat();
    let front = format!("---\ntitle: A\nredirect_from:\n{quoted}  - /plain/\n---\n");
    files.write("content/articles/a.md", front);
    let loaded = load(&files);
    for host in ["_hosts/nginx.conf", "_hosts/Caddyfile", ".htaccess"] {
        let text = text(&loaded, host).unwrap();
        assert!(text.contains("/plain/"), "{host}");
        for part in ["500", "HOME", ":d", "e|f", "\u{a0}"] {
            assert!(!text.contains(part), "{host}: {part}");
        }
    }
    for host in ["_redirects", "vercel.json", "staticwebapp.config.json"] {
        let text = text(&loaded, host).unwrap();
        for part in ["return 500", "/*/", "/:d", "{HOME", "(e|f)", "c 200", "\u{a0}"] {
            assert!(!text.contains(part), "{host}: {part}");
        }
        assert!(text.contains("/%2A/"), "{host}: an encoded sign means itself");
    }
}

/// A host learns nothing of a page that is not public, not even where it was before.
#[test]
fn a_draft_has_no_old_address() {
    let mut files = site(&format!("base_url: https://example.org/\n{ALL}"));
    let front = "---\ntitle: A\nstatus: draft\nredirect_from: [/secret-address/]\n---\n";
    files.write("content/articles/a.md", front);
    files.write("content/articles/secret-folder/index.md", "---\ntitle: B\nstatus: draft\n---\n");
    files.write("content/articles/secret-folder/x.svg", "<svg/>");
    let loaded = load(&files);
    for output in outputs(&loaded).filter(|output| loaded.kind(output) == "host") {
        assert!(
            !text(&loaded, output.path.as_str()).unwrap().contains("secret"),
            "{}",
            output.path
        );
    }
}

/// A site that names no host has none of the files.
#[test]
fn no_host_no_file() {
    let loaded = load(&site("base_url: https://example.org/\n"));
    assert!(outputs(&loaded).all(|output| loaded.kind(output) != "host"));
}

/// An engine that built the site before gives what a new one gives.
#[test]
fn an_edit_reaches_what_hosts_read() {
    let mut files = site(&format!("base_url: https://example.org/\n{ALL}"));
    let mut engine = Engine::new();
    let options = || Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    };
    let all = |loaded: &Loaded| -> Vec<_> {
        let own = outputs(loaded).filter(|output| loaded.kind(output) == "host");
        own.map(|output| (output.path.clone(), text(loaded, output.path.as_str()))).collect()
    };
    let mut before = Vec::new();
    for (path, content) in [
        ("content/articles/day.md", "---\ntitle: A\nredirect_from: [/moved/]\n---\n"),
        ("content/articles/day.md", "---\ntitle: A\nslug: other\nredirect_from: [/moved/]\n---\n"),
        ("static/new.pdf", "x"),
        ("static/new/index.html", "x"),
        ("content/site.yaml", "title: Small\nhosts: [nginx]\ncontent_trust: trusted\n"),
    ] {
        files.write(path, content);
        let loaded = engine.load(&files, options());
        loaded.render_all(&|_, _| ());
        let found = all(&loaded);
        let fresh = all(&Engine::once().load(&files, options()));
        assert!(found == fresh, "{path}");
        assert!(found != before, "{path}");
        before = found;
    }
}
