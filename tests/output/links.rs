//! Symbolic links and names that only Unix has.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use briefing::output::{ConflictReason, OutputError, OutputRefusal};
use tempfile::TempDir;

use crate::site::{CHANGED, SITE, Site, check_unsafe, conflicts, names};

#[test]
fn links_to_what_the_site_is_made_from_are_refused() {
    for (leads_to, output, because) in [
        ("content", "link", "is `"),
        ("content", "link/public", "lies in `"),
        (".", "link", "is the site's own folder"),
        ("..", "link", "holds the site's own folder"),
        ("nowhere", "link", "is a symbolic link that leads nowhere"),
    ] {
        let mut site = Site::new();
        symlink(site.path().join(leads_to), site.path().join("link")).unwrap();
        site.output = output.into();
        check_unsafe(&site, output, because);
    }
}

#[test]
fn content_elsewhere_is_guarded_too() {
    let elsewhere = TempDir::new().unwrap();
    let mut site = Site::new();
    fs::create_dir(elsewhere.path().join("words")).unwrap();
    fs::remove_dir(site.path().join("content")).unwrap();
    symlink(elsewhere.path().join("words"), site.path().join("content")).unwrap();
    for (output, because) in [("words/x", "lies in `"), ("words", "is `"), ("", "holds `")] {
        site.output = elsewhere.path().join(output);
        check_unsafe(&site, output, because);
    }
}

#[test]
fn a_linked_output_is_written_where_it_leads() {
    let elsewhere = TempDir::new().unwrap();
    let site = Site::new();
    symlink(elsewhere.path(), site.out()).unwrap();
    for _ in 0..2 {
        site.build(SITE).unwrap();
        site.check(SITE);
        assert!(site.out().is_symlink());
    }
}

#[test]
fn links_inside_the_output_are_never_followed() {
    // The link's place, what it leads to, what is built, what is refused.
    for (link, leads_to, after, refused) in [
        ("index.html", "target/file", CHANGED, "index.html"),
        ("new", "target", CHANGED, "new"),
        ("new/index.html", "target/nothing", CHANGED, "new/index.html"),
        ("articles", "target", SITE, "articles"),
    ] {
        for adopt in [false, true] {
            let mut site = Site::built(SITE);
            site.adopt = adopt;
            let target = site.path().join("target");
            fs::create_dir_all(target.join("one")).unwrap();
            fs::write(target.join("file"), "mine").unwrap();
            let place = site.out().join(link);
            if place.is_dir() {
                fs::remove_dir_all(&place).unwrap();
            } else if place.exists() {
                fs::remove_file(&place).unwrap();
            }
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            symlink(site.path().join(leads_to), &place).unwrap();
            let before = site.everything();
            let error = site.build(after).expect_err(link);
            assert_eq!(conflicts(&site, error), [(refused.to_owned(), ConflictReason::Link)]);
            assert_eq!(site.everything(), before);
            assert_eq!(names(&target), ["file", "one"]);
        }
    }
}

#[test]
fn nothing_is_removed_behind_a_link() {
    let site = Site::built(SITE);
    let target = site.path().join("target");
    fs::rename(site.out().join("articles"), &target).unwrap();
    symlink(&target, site.out().join("articles")).unwrap();
    site.build(&[("index.html", "home")]).unwrap();
    assert_eq!(fs::read_to_string(target.join("one/index.html")).unwrap(), "one");
    assert!(site.out().join("articles").is_symlink());
}

#[test]
fn names_that_are_not_unicode_are_somebody_elses() {
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    let site = Site::built(SITE);
    fs::write(site.out().join(name), "mine").unwrap();
    site.build(CHANGED).unwrap();
    fs::remove_dir_all(site.path().join(".briefing")).unwrap();
    let error = site.build(CHANGED).expect_err("without records it is a stray");
    assert!(
        matches!(error, OutputError::Refused(OutputRefusal::Foreign(strays)) if strays.len() == 1)
    );
    assert!(site.out().join(name).exists());
}

#[test]
fn an_output_may_have_any_name() {
    let mut site = Site::new();
    site.output = PathBuf::from(OsStr::from_bytes(b"p\xfcblic, the site"));
    for expected in [4, 0] {
        assert_eq!(site.build(SITE).unwrap().written.len(), expected);
    }
    site.check(SITE);
}
