//! What a build refuses to touch.

use std::fs;

use briefing::output::{ConflictReason, Origin, OutputError, OutputRefusal, Transaction};

use crate::site::{CHANGED, Files, SITE, Site, check_unsafe, conflicts, put};

const SWAPPED: Files<'_> = &[("articles", "now a file"), ("index.html", "home")];

#[test]
fn what_is_not_as_a_build_left_it_is_refused() {
    // The change made by hand, the site built then, what is refused and why, whether --adopt helps.
    type Case = (fn(&Site), Files<'static>, &'static str, ConflictReason, bool);
    let cases: &[Case] = &[
        (
            |site| site.write("index.html", "by hand"),
            CHANGED,
            "index.html",
            ConflictReason::Edited,
            true,
        ),
        // Of the same length, so that its bytes decide.
        (
            |site| site.write("index.html", "hoME"),
            CHANGED,
            "index.html",
            ConflictReason::Edited,
            true,
        ),
        (
            |site| site.write("about/index.html", "by hand"),
            CHANGED,
            "about/index.html",
            ConflictReason::Edited,
            true,
        ),
        (
            |site| site.write("new/index.html", "mine"),
            CHANGED,
            "new/index.html",
            ConflictReason::Unknown,
            true,
        ),
        (|site| site.write("new", "mine"), CHANGED, "new", ConflictReason::InTheWay, false),
        (
            |site| site.write("top.html/mine", "mine"),
            CHANGED,
            "top.html",
            ConflictReason::InTheWay,
            false,
        ),
        (
            |site| site.write("articles/mine", "mine"),
            SWAPPED,
            "articles/mine",
            ConflictReason::InTheWay,
            false,
        ),
        (
            |site| fs::create_dir(site.out().join("articles/mine")).unwrap(),
            SWAPPED,
            "articles/mine",
            ConflictReason::InTheWay,
            false,
        ),
    ];
    for (edit, after, path, why, adoptable) in cases {
        let mut site = Site::built(SITE);
        edit(&site);
        let before = site.everything();
        let error = site.build(after).expect_err(path);
        assert_eq!(error.exit_code(), 5);
        assert_eq!(conflicts(&site, error), [((*path).to_owned(), *why)]);
        assert_eq!(site.everything(), before, "{path}");

        site.adopt = true;
        if *adoptable {
            let report = site.build(after).unwrap();
            site.check(after);
            let gone = report.removed.iter().any(|removed| removed.as_str() == *path);
            assert_eq!(report.adopted, usize::from(!gone), "{path}");
            site.adopt = false;
            assert_eq!(site.build(after).unwrap().unchanged, after.len());
        } else {
            assert_eq!(
                conflicts(&site, site.build(after).expect_err(path)),
                [((*path).to_owned(), *why)]
            );
            assert_eq!(site.everything(), before, "{path}");
        }
    }
}

#[test]
fn every_refused_file_is_named() {
    let site = Site::built(SITE);
    for path in ["index.html", "404.html", "new/index.html"] {
        site.write(path, "by hand");
    }
    let error = site.build(CHANGED).expect_err("three files are in the way");
    let message = error.to_string();
    let expected = [
        ("404.html".to_owned(), ConflictReason::Edited),
        ("index.html".to_owned(), ConflictReason::Edited),
        ("new/index.html".to_owned(), ConflictReason::Unknown),
    ];
    assert_eq!(conflicts(&site, error), expected);
    for path in ["404.html", "index.html", "new/index.html", "--adopt"] {
        assert!(message.contains(path), "{message}");
    }
}

#[test]
fn without_a_manifest_only_identical_files_are_taken_over() {
    // What is added to the folder before it is built into without records, and what is refused then.
    type Case = (Files<'static>, Files<'static>, &'static [(&'static str, ConflictReason)]);
    let cases: &[Case] = &[
        (&[], SITE, &[]),
        (
            &[],
            &[
                ("about/index.html", "about"),
                ("articles/one/index.html", "one"),
                ("404.html", "nothing here"),
                ("extra/index.html", "new"),
                ("index.html", "home"),
            ],
            &[],
        ),
        (&[("index.html", "other")], SITE, &[("index.html", ConflictReason::Unknown)]),
        (&[("notes/mine.txt", "mine")], SITE, &[("notes/mine.txt", ConflictReason::Stray)]),
        (
            &[],
            &[("index.html", "home")],
            &[
                ("404.html", ConflictReason::Stray),
                ("about/index.html", ConflictReason::Stray),
                ("articles/one/index.html", ConflictReason::Stray),
            ],
        ),
    ];
    for (extra, after, refused) in cases {
        let mut site = Site::built(SITE);
        fs::remove_dir_all(site.path().join(".briefing")).unwrap();
        for (path, text) in *extra {
            site.write(path, text);
        }
        let before = site.everything();
        let built = site.build(after);
        if refused.is_empty() {
            assert_eq!(built.unwrap().adopted, SITE.len());
            site.check(after);
            // They are ours now, with their folders.
            site.build(&[("index.html", "home")]).unwrap();
            site.check(&[("index.html", "home")]);
            continue;
        }
        let expected: Vec<_> =
            refused.iter().map(|(path, why)| ((*path).to_owned(), *why)).collect();
        assert_eq!(conflicts(&site, built.expect_err("foreign files")), expected);
        assert_eq!(site.everything(), before);
        site.adopt = true;
        site.build(after).unwrap();
        for (path, text) in *after {
            assert_eq!(fs::read_to_string(site.out().join(path)).unwrap(), *text);
        }
    }
}

#[test]
fn a_folder_with_none_of_our_files_is_not_ours_any_more() {
    let site = Site::built(SITE);
    fs::remove_dir_all(site.out()).unwrap();
    site.write("thesis.txt", "mine");
    let error = site.build(SITE).expect_err("the folder is somebody else's now");
    assert_eq!(conflicts(&site, error), [("thesis.txt".to_owned(), ConflictReason::Stray)]);
}

#[test]
fn one_build_at_a_time() {
    let mut site = Site::built(SITE);
    let first = Transaction::open(&site.target()).unwrap();
    let Err(error) = Transaction::open(&site.target()) else { panic!("the first holds the lock") };
    assert_eq!(error.exit_code(), 5);
    assert!(error.to_string().contains("another build is writing"), "{error}");
    assert!(matches!(error, OutputError::Refused(OutputRefusal::Busy { .. })));
    // Another output has another lock.
    site.output = "other".into();
    site.build(SITE).unwrap();
    site.output = "public".into();
    put(&first, CHANGED).unwrap();
    first.commit(Origin::default()).unwrap();
    site.build(CHANGED).unwrap();
}

#[test]
fn folders_that_the_site_is_made_from_are_refused() {
    for (output, because) in [
        (".", "is the site's own folder"),
        ("..", "holds the site's own folder"),
        ("nothing/../content/../..", "holds the site's own folder"),
        ("content", "is `"),
        ("content/", "is `"),
        ("content/new/public", "lies in `"),
        ("absent/../content/x", "lies in `"),
        ("templates", "is `"),
        ("static/public", "lies in `"),
        ("missing", "is `"),
        ("missing/below", "lies in `"),
        (".briefing", "is `"),
        (".briefing/public", "lies in `"),
        ("file", "is a file, not a folder"),
    ] {
        let mut site = Site::new();
        fs::write(site.path().join("file"), "mine").unwrap();
        site.output = output.into();
        check_unsafe(&site, output, because);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_a_failure_of_the_system() {
    let mut site = Site::new();
    fs::write(site.path().join("file"), "mine").unwrap();
    site.output = "file/public".into();
    let before = site.everything();
    let error = site.build(SITE).expect_err("a file is not a folder");
    assert_eq!(error.exit_code(), 3);
    assert!(error.to_string().starts_with("cannot create `"), "{error}");
    assert_eq!(site.everything(), before);
}
