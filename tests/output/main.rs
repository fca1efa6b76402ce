//! What a build does to an output folder: everything it made and nothing else.

#![expect(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[cfg(unix)]
mod links;
mod refusals;
mod site;

use std::fs;
use std::time::SystemTime;

use briefing::base::{Digest, SourcePath};
use briefing::output::{Content, Origin, Report, Transaction};

use crate::site::{CHANGED, Files, SITE, Site, names, out, paths, put};

#[test]
fn a_first_build_makes_the_folder() {
    for before in ["absent", "empty", "parents absent"] {
        let mut site = Site::new();
        match before {
            "empty" => fs::create_dir(site.out()).unwrap(),
            "parents absent" => site.output = "build/site/public".into(),
            _ => {}
        }
        let report = site.build(SITE).unwrap();
        assert_eq!(
            report,
            Report {
                written: paths(&[
                    "404.html",
                    "about/index.html",
                    "articles/one/index.html",
                    "index.html"
                ]),
                ..Report::default()
            }
        );
        site.check(SITE);
        let top = site.output.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let mut expected = [".briefing", &*top, "content", "static", "templates"];
        expected.sort_unstable();
        assert_eq!(names(site.path()), expected);
        let state = site.path().join(".briefing");
        assert_eq!(fs::read_to_string(state.join(".gitignore")).unwrap(), "*\n");
        assert_eq!(names(&state).len(), 2, "the lock is gone");
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Site::built(SITE);
    let before = site.metadata();
    let report = site.build(SITE).unwrap();
    assert_eq!(report, Report { unchanged: 4, ..Report::default() });
    assert_eq!(site.metadata(), before);
}

#[test]
fn only_what_changed_is_written_and_what_is_no_longer_made_is_removed() {
    let site = Site::built(SITE);
    let before = site.metadata();
    let after: Files<'_> =
        &[("404.html", "nothing here"), ("index.html", "home, again"), ("new/index.html", "new")];
    let report = site.build(after).unwrap();
    assert_eq!(
        report,
        Report {
            written: paths(&["index.html", "new/index.html"]),
            unchanged: 1,
            removed: paths(&["about/index.html", "articles/one/index.html"]),
            adopted: 0,
        }
    );
    site.check(after);
    assert_eq!(site.metadata()["404.html"], before["404.html"]);
}

#[test]
fn a_touched_file_is_read_not_written() {
    let site = Site::built(SITE);
    let file = fs::OpenOptions::new().write(true).open(site.out().join("index.html")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    drop(file);
    let before = site.metadata();
    assert_eq!(site.build(SITE).unwrap(), Report { unchanged: 4, ..Report::default() });
    assert_eq!(site.metadata(), before);
}

#[test]
fn a_lost_file_is_written_again() {
    let site = Site::built(SITE);
    fs::remove_dir_all(site.out().join("articles")).unwrap();
    assert_eq!(site.build(SITE).unwrap().written, paths(&["articles/one/index.html"]));
    fs::remove_dir_all(site.out()).unwrap();
    assert_eq!(site.build(SITE).unwrap().written.len(), 4);
    site.check(SITE);
}

#[test]
fn files_and_folders_of_others_stay() {
    let site = Site::built(SITE);
    site.write("CNAME", "example.org");
    site.write("about/note.txt", "mine");
    fs::create_dir(site.out().join("uploads")).unwrap();
    site.build(&[("index.html", "home"), ("uploads/x/index.html", "x")]).unwrap();
    site.check(&[
        ("CNAME", "example.org"),
        ("about/note.txt", "mine"),
        ("index.html", "home"),
        ("uploads/x/index.html", "x"),
    ]);
    // A folder that was there before our file outlives it; one that we made does not.
    site.build(&[("index.html", "home")]).unwrap();
    assert!(site.out().join("uploads").is_dir());
    assert!(!site.out().join("uploads/x").exists());
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let one: Files<'_> = &[("a", "file"), ("b/index.html", "folder"), ("b/c/d", "deep")];
    let other: Files<'_> = &[("a/index.html", "folder"), ("a/x/y", "deep"), ("b", "file")];
    let site = Site::built(one);
    for files in [other, one, other] {
        site.build(files).unwrap();
        site.check(files);
    }
}

#[test]
fn a_name_may_change_its_case() {
    let site = Site::built(&[("About/index.html", "about"), ("index.html", "home")]);
    let after: Files<'_> = &[("about/index.html", "about"), ("index.html", "home")];
    let report = site.build(after).unwrap();
    assert_eq!(report.written, paths(&["about/index.html"]));
    assert_eq!(report.removed, paths(&["About/index.html"]));
    site.check(after);
}

#[test]
fn a_transaction_that_is_dropped_changes_nothing() {
    for before in [&[][..], SITE] {
        let site = Site::new();
        if !before.is_empty() {
            site.build(before).unwrap();
        }
        let was = site.everything();
        let transaction = Transaction::open(&site.target()).unwrap();
        put(&transaction, CHANGED).unwrap();
        drop(transaction);
        assert_eq!(site.everything(), was);
    }
}

#[test]
fn the_same_folder_is_one_output_by_any_name() {
    let mut site = Site::built(SITE);
    site.output = "./content/../public/".into();
    assert_eq!(site.build(SITE).unwrap(), Report { unchanged: 4, ..Report::default() });
}

#[test]
fn static_files_are_copied() {
    let site = Site::new();
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 253) as u8).collect();
    let disk = site.path().join("static/big.bin");
    fs::write(&disk, &bytes).unwrap();
    let build = |digest: Digest| {
        let content = Content::File { disk: &disk, digest, len: bytes.len() as u64 };
        let source = SourcePath::new("static/big.bin");
        let transaction = Transaction::open(&site.target())?;
        transaction.put(&out("big.bin"), "static", Some(&source), content)?;
        transaction.commit(Origin::default())
    };
    assert_eq!(build(Digest::of(&bytes)).unwrap().written, paths(&["big.bin"]));
    assert_eq!(fs::read(site.out().join("big.bin")).unwrap(), bytes);
    assert_eq!(build(Digest::of(&bytes)).unwrap().unchanged, 1);
    // The site was read before somebody saved the file: neither its old bytes nor its new ones are right.
    let before = site.everything();
    let error = build(Digest::of(b"as it was")).expect_err("the file changed");
    assert!(error.to_string().contains("static/big.bin"), "{error}");
    assert_eq!(error.exit_code(), 3);
    assert_eq!(site.everything(), before);
}

#[test]
fn many_threads_may_put() {
    let site = Site::new();
    let files: Vec<_> =
        (0..500).map(|n| (format!("p/{n}/index.html"), format!("page {n}"))).collect();
    for expected in [500, 0] {
        let transaction = Transaction::open(&site.target()).unwrap();
        std::thread::scope(|scope| {
            for part in files.chunks(125) {
                let transaction = &transaction;
                scope.spawn(move || {
                    for (path, text) in part {
                        transaction
                            .put(&out(path), "page", None, Content::Bytes(text.as_bytes()))
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(transaction.commit(Origin::default()).unwrap().written.len(), expected);
    }
    let expected: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    site.check(&expected);
}

#[test]
fn a_file_that_could_not_be_put_is_not_a_file_that_is_no_longer_made() {
    let site = Site::built(SITE);
    let before = site.everything();
    let transaction = Transaction::open(&site.target()).unwrap();
    put(&transaction, &SITE[1..]).unwrap();
    let missing = Content::File { disk: &site.path().join("no"), digest: Digest::of(b""), len: 0 };
    transaction.put(&out("404.html"), "static", None, missing).expect_err("there is no such file");
    transaction.commit(Origin::default()).expect_err("the build is not complete");
    assert_eq!(site.everything(), before);
}

#[test]
fn one_path_is_put_once() {
    let site = Site::new();
    let transaction = Transaction::open(&site.target()).unwrap();
    let error = put(&transaction, &[("a", "1"), ("a", "2")]).expect_err("which of them?");
    assert_eq!(error.exit_code(), 3);
    transaction.commit(Origin::default()).expect_err("the build is not complete");
    assert_eq!(names(site.path()), ["content", "static", "templates"]);
}

#[test]
fn the_manifest_says_what_was_written_and_from_what() {
    let site = Site::new();
    let transaction = Transaction::open(&site.target()).unwrap();
    let source = SourcePath::new("content/b.md");
    transaction.put(&out("b/index.html"), "article", Some(&source), Content::Bytes(b"b")).unwrap();
    transaction.put(&out("a.css"), "static", None, Content::Bytes(b"a")).unwrap();
    let origin = Origin {
        generator: "briefing 1".into(),
        base_url: Some("https://example.org/".into()),
        date: "2025-06-20".into(),
        flags: vec!["--drafts".into()],
    };
    transaction.commit(origin).unwrap();
    let name = names(&site.path().join(".briefing")).remove(1);
    assert!(name.starts_with("public-"), "{name}");
    let text = fs::read_to_string(site.path().join(".briefing").join(name)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["generator"], "briefing 1");
    assert_eq!(json["base_url"], "https://example.org/");
    assert_eq!(json["date"], "2025-06-20");
    assert_eq!(json["flags"], serde_json::json!(["--drafts"]));
    assert_eq!(json["output"], fs::canonicalize(site.out()).unwrap().to_str().unwrap());
    let files = json["files"].as_object().unwrap();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a.css", "b/index.html"]);
    assert_eq!(files["b/index.html"]["digest"], Digest::of(b"b").to_string());
    assert_eq!(files["b/index.html"]["len"], 1);
    assert_eq!(files["b/index.html"]["kind"], "article");
    assert_eq!(files["b/index.html"]["source"], "content/b.md");
}

#[test]
fn a_stage_of_somebody_else_stays() {
    let site = Site::built(SITE);
    let looks_like = site.path().join(".public.briefing-0123456789abcdef");
    fs::create_dir(&looks_like).unwrap();
    site.build(CHANGED).unwrap();
    assert!(looks_like.is_dir());
}
