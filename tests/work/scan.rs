//! The search for secrets and drafts in what is published: whatever a file repeats, its work grows as its bytes do.

use briefing::base::{OutPath, work};
use briefing::output::Content;
use briefing::publish::scan::{self, Hidden};
use briefing::publish::stage::PublishStage;
use briefing::site::Output;

/// A check looks at so many bytes around each mark, and a mark has some bytes of its own.
const FOR_A_BYTE: u64 = 600;

/// What a file repeats: each is the beginning of something that is looked for.
const UNITS: [&str; 32] = [
    "kty:",
    "-eyJ",
    "-----BEGIN PRIVATE KEY-----\n",
    "a://a:b@",
    "password=",
    "<a",
    "<a ",
    "&#",
    "&#38;",
    "machine ",
    "auths",
    "service_account",
    "-us",
    "ghp_",
    "xoxb-x-",
    "a secret: ",
    "token=\"",
    "_key=",
    "$2a$",
    "Basic ",
    "authorization: Basic ",
    "authorization: Bearer ",
    "ls0tls1crudjti",
    "mailgun key-",
    "/api/webhooks/",
    ".core.windows.net",
    "PuTTY-User-Key-File-1",
    "\\u",
    "%25",
    "a b c d e f g h i j ",
    "日本語",
    "aaaaaaaaaaaaaaaa",
];

#[test]
fn searching_grows_as_a_file_does() {
    let _one = super::ONE.lock().expect("no other test fails in it");
    let mut faults = Vec::new();
    for unit in UNITS {
        let [first, second, third] =
            [1, 2, 4].map(|times| steps(&unit.repeat(times * 20_000 / unit.len())));
        let grows = |from: u64, to: u64| to as f64 / (from + 10_000) as f64 > super::MOST;
        if grows(first, second) || grows(second, third) || third / 80_000 > FOR_A_BYTE {
            faults.push(format!("{unit:?}: {first}, {second}, {third}"));
        }
    }
    assert!(faults.is_empty(), "too much work for {faults:#?}");
}

/// The steps of a search in one file.
fn steps(text: &str) -> u64 {
    let site = tempfile::tempdir().expect("a folder");
    let stage = PublishStage::open(site.path(), "dir:../www").expect("a stage");
    let path = OutPath::new("x.txt").expect("a path");
    stage
        .put(&Output::file(path, 0), Content::Bytes(text.as_bytes()), None)
        .expect("a writable folder");
    let files = stage.made().files;
    let before = work::steps();
    let found =
        scan::scan(stage.folder(), &files, &Hidden::default(), &[]).expect("a readable file");
    assert!(found.secrets.is_empty(), "{:?} in {:?}", found.secrets, &text[..40]);
    work::steps() - before
}
