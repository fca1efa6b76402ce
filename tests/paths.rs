//! Paths from file names to addresses and back: whatever a file is called, the pages' URLs of it decode to it.

#![allow(clippy::disallowed_methods, reason = "reads the fixtures' folders")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use scraper::{Html, Selector};
use support::{SiteTest, Tree, html};
use unicode_normalization::UnicodeNormalization;

/// Attributes with one URL.
const URLS: &[&str] = &["action", "cite", "data", "formaction", "href", "poster", "src"];

/// File names with what URLs, HTML, YAML, Markdown or shells give a meaning to.
const NAMES: &[&str] = &[
    "100%.png",
    "50%25.png",
    "%41.png",
    "%zz.png",
    "a b.png",
    " lead.png",
    "é.png",
    "e\u{301}.png",
    "quote\".png",
    "it's.png",
    "a#b.png",
    "a?b.png",
    "a&b.png",
    "&amp;.png",
    "a+b.png",
    "a:b.png",
    "(a).png",
    "[a].png",
    "<a>.png",
    "a;b=c.png",
    "日本.png",
    "a\u{a0}b.png",
    "a_b_c*d*.png",
    "~x.png",
    "-x.png",
    "a|b.png",
    "{a}.png",
    "`a`.png",
    "a,b.png",
    "a^b.png",
    "$a.png",
    "@a.png",
    "!a.png",
    "a.b.c.png",
    "\u{5d0}\u{5d1}.png",
    "👩‍🚀.png",
    "javascript:x.png",
    "ﬁ.png",
    "Å.png",
];

/// Every URL in the outputs of a site that names one of its own outputs, with where it stands.
fn urls(output: &Tree, origin: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, bytes) in output {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if path.ends_with(".html") {
            let page = Html::parse_document(text);
            let all = Selector::parse("*").unwrap();
            for element in page.select(&all) {
                for (name, value) in element.value().attrs() {
                    let urls: Vec<&str> = match name {
                        name if URLS.contains(&name) => vec![value],
                        "srcset" | "imagesrcset" => value
                            .split(',')
                            .filter_map(|image| image.split_whitespace().next())
                            .collect(),
                        "content" => match value.split_once("url=") {
                            Some((_, url)) => vec![url],
                            None if value.starts_with(origin) => vec![value],
                            None => vec![],
                        },
                        _ => vec![],
                    };
                    found.extend(urls.into_iter().map(|url| (path.clone(), url.to_string())));
                }
            }
        } else if [".xml", ".json", ".txt", ".ics"].iter().any(|end| path.ends_with(end)) {
            // A list for language models is Markdown, whose links end with a parenthesis.
            let is_markdown = path.ends_with("llms.txt");
            let end = |c: char| {
                c.is_whitespace()
                    || matches!(c, '"' | '<' | '>' | '\\' | '\'')
                    || c == ')' && is_markdown
            };
            // Long lines of a calendar go on in the next, behind a space.
            let text = text.replace("\r\n ", "");
            // A feed has HTML in XML.
            let text = &text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            let starts = text.match_indices(origin).map(|(at, _)| &text[at..]);
            let urls = starts.filter_map(|rest| rest.split(end).next());
            found.extend(urls.map(|url| (path.clone(), url.to_string())));
        }
    }
    found
}

/// What is wrong with the URLs of a site: each that leads into it, decoded, is an output.
fn wrong(output: &Tree, origin: &str, base: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, url) in urls(output, origin) {
        let below = match url.strip_prefix(origin).filter(|rest| rest.starts_with('/')) {
            Some(below) => below,
            None if url.starts_with('/') && !url.starts_with("//") => &url,
            None if url.starts_with('#') || url.contains(':') || url.starts_with("//") => continue,
            None => {
                wrong.push(format!("{path}: `{url}` is relative"));
                continue;
            }
        };
        let below = below.split(['?', '#']).next().unwrap_or_default();
        let file = below.strip_prefix(base).and_then(decoded).map(|file| match file {
            file if file.is_empty() || file.ends_with('/') => format!("{file}index.html"),
            file => file,
        });
        if !file.is_some_and(|file| output.contains_key(&file)) {
            wrong.push(format!("{path}: `{url}` is no file of the output"));
        }
    }
    wrong
}

/// A path without its percent-encoding; none where that is not sound, or where a character stands bare that may not.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let code = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(code, 16).ok()?);
            rest = &after[2..];
        } else if first.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(first) {
            bytes.push(*first);
            rest = after;
        } else {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}

#[test]
fn every_url_of_every_fixture_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sites: Vec<_> = std::fs::read_dir(root.join("tests/sites"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    sites.sort();
    assert!(sites.len() > 4, "the fixtures were not found");
    sites.push(root.to_path_buf());
    let mut seen = 0;
    for folder in sites {
        let parts: &[&str] = if folder == root {
            &["content", "static"]
        } else {
            &["content", "templates", "static"]
        };
        let site = SiteTest::from_dir(&folder, parts);
        for (address, base) in [("https://at.example/", "/"), ("https://at.example/a/b/", "/a/b/")]
        {
            site.build(&["--base-url", address, "--drafts", "--future"]);
            let output = site.output();
            // A fixture may name its own address, or its own path, in its texts and templates.
            let own = |line: &String| !line.contains("`/project/") && !line.contains("`/theme/");
            let wrong: Vec<String> =
                wrong(&output, "https://at.example", base).into_iter().filter(own).collect();
            assert_eq!(wrong, [""; 0], "{} at {address}", folder.display());
            seen += urls(&output, "https://at.example").len();
        }
    }
    assert!(seen > 1000, "only {seen} URLs");
}

fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Each name beside a page and below `static/`, linked and shown from Markdown and from front matter.
#[test]
fn every_name_has_urls_that_decode_to_it() {
    let site =
        SiteTest::new("//- /content/site.yaml\ntitle: Names\nbase_url: https://at.example/a/\n");
    let mut composed = BTreeSet::new();
    for (number, name) in NAMES.iter().enumerate() {
        // Two names in two normal forms are one path.
        let folder = format!("content/articles/n{number}");
        site.write(&format!("{folder}/{name}"), b"picture");
        site.write(&format!("{folder}/sub {name}/{name}"), b"picture");
        if composed.insert(name.nfc().collect::<String>()) {
            site.write(&format!("static/img/{name}"), b"picture");
        }
        // What looks like a scheme, and a space that YAML's reader takes off, need a path before them.
        let own = if name.contains(':') || name.starts_with(' ') { "./" } else { "" };
        // A whole URL is printed as it is written: it may be another site's.
        let whole = encoded(&name.nfc().collect::<String>());
        let (path, image) = (encoded(name), quoted(&format!("{own}{name}")));
        site.edit(
            &format!("{folder}/index.md"),
            &format!(
                "---\ntitle: N{number}\nimage: {image}\nredirect_from: [/old/{number}/{path}/]\n---\n\
                 [a](./{path}) ![b](./{path}) [c](/img/{path}) ![d](/img/{path}) ![e](sub%20{path}/{path}) \
                 [f](https://at.example/a/img/{whole})\n"
            ),
        );
        let root = quoted(&format!("/img/{name}"));
        site.edit(
            &format!("content/articles/r{number}.md"),
            &format!("---\ntitle: R{number}\nimage: {root}\n---\n[a](n{number}/{path}) ![b](n{number}/{path})\n"),
        );
        // As a URL has it, in front matter too, where no file has such a name.
        if !name.contains('%') {
            site.edit(
                &format!("content/articles/u{number}.md"),
                &format!(
                    "---\ntitle: U{number}\nimage: {{src: '/img/{path}', alt: U}}\n---\nText.\n"
                ),
            );
            site.edit(
                &format!("content/articles/v{number}/index.md"),
                &format!("---\ntitle: V{number}\nimage: {{src: './{path}', alt: V}}\n---\nText.\n"),
            );
            site.write(&format!("content/articles/v{number}/{name}"), b"picture");
        }
    }
    site.build(&[]).expect(0);
    let output = site.output();
    assert_eq!(wrong(&output, "https://at.example", "/a/"), [""; 0]);
    for (number, name) in NAMES.iter().enumerate() {
        let name: String = name.nfc().collect();
        for page in ["n", "r", "u", "v"] {
            let path = format!("articles/{page}{number}/index.html");
            let Some(bytes) = output.get(&path) else { continue };
            let srcs = html::attributes(std::str::from_utf8(bytes).unwrap(), "img", "src");
            assert!(!srcs.is_empty(), "{path} shows nothing");
            for src in srcs {
                let file = decoded(src.strip_prefix("/a/").unwrap()).unwrap();
                assert!(file.ends_with(&name), "{path}: {src} is not {name}");
            }
        }
        assert!(output.contains_key(&format!("old/{number}/{name}/index.html")), "old/{name}");
    }
}

/// Names in one normal form and references in the other, both ways, on a disk that keeps what it is given.
#[test]
fn normal_forms_do_not_matter() {
    let nfd: fn(&str) -> String = |text| text.nfd().collect();
    let nfc: fn(&str) -> String = |text| text.nfc().collect();
    let forms = [("nfd", nfd), ("nfc", nfc)];
    for (of_files, file) in forms {
        for (of_links, link) in forms {
            let site = SiteTest::new(
                "//- /content/site.yaml\ntitle: Forms\nbase_url: https://at.example/\n",
            );
            let folder = file("content/articles/été");
            site.write(&format!("{folder}/a/{}", file("café.gif")), b"GIF89a\x01\0\x01\0\0\0\0;");
            site.write(&format!("static/{}", file("données.csv")), b"a,b");
            let page = format!(
                "---\ntitle: A\nslug: {}\nimage: {{src: {}, alt: A}}\n---\n## One {{#{}}}\n\n![a]({}) [b]({}) \
                 [c](#{}) [d](/articles/{}/#{}) [e]({})\n",
                link("naïf"),
                link("café.gif"),
                file("été"),
                link("café.gif"),
                link("/données.csv"),
                link("été"),
                link("naïf"),
                link("été"),
                link("../../été/b.md#première"),
            );
            site.edit(&format!("{folder}/a/index.md"), &page);
            site.edit(
                &format!("{folder}/b.md"),
                &format!("---\ntitle: B\n---\n## {}\n", file("Première")),
            );
            let run = site.build(&[]).expect(0);
            assert_eq!(run.diagnostics(), "", "files {of_files}, links {of_links}");
            let output = site.output();
            html::check(&output, "/");
            assert_eq!(wrong(&output, "https://at.example", "/"), [""; 0]);
            for path in output.keys() {
                assert_eq!(*path, nfc(path), "outputs are composed");
            }
        }
    }
}

/// The longest segments that a file system takes are written, and one byte more is an error at its place.
#[test]
fn the_longest_segments_are_written() {
    let fits = "日".repeat(85);
    let site =
        SiteTest::new("//- /content/site.yaml\ntitle: Long\nbase_url: https://at.example/\n");
    let file = format!("{}.png", "a".repeat(251));
    site.edit(
        "content/articles/a/index.md",
        &format!("---\ntitle: A\nslug: {fits}\nredirect_from: [/{fits}/]\n---\n![a]({file})\n"),
    );
    site.write(&format!("content/articles/a/{file}"), b"picture");
    site.write(&format!("static/{file}"), b"picture");
    site.build(&[]).expect(0);
    let output = site.output();
    assert!(output.contains_key(&format!("articles/{fits}/{file}")));
    assert!(output.contains_key(&format!("{fits}/index.html")));
    assert_eq!(wrong(&output, "https://at.example", "/"), [""; 0]);
    for field in [
        format!("slug: {fits}a"),
        format!("redirect_from: [/{fits}a/]"),
        format!("redirect_from: [{}x/]", "/a".repeat(600)),
    ] {
        site.edit("content/articles/b.md", &format!("---\ntitle: B\n{field}\n---\nText.\n"));
        let run = site.build(&["--format", "short"]).expect(1);
        assert!(run.stderr.contains("content/articles/b.md:3:"), "{}", run.stderr);
        assert!(run.stderr.contains("bad-path"), "{}", run.stderr);
    }
}
