//! The same bytes with every cache and with none.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::base::{Cache, Digest, OutPath, SourcePath};
use crate::diag::Code;
use crate::engine::{Engine, Now, Options, Rendered};
use crate::source::{Listing, Memory, Source};

const PHOTO: &str = "content/articles/sea/photo.jpg";
const FLAG: &str = "static/flag.png";

/// A JPEG with a comment, if there is any.
fn jpeg(pixels: &[u8], comment: &[u8]) -> Vec<u8> {
    let length = u8::try_from(comment.len() + 2).expect("short");
    let comment = [b"\xFF\xFE\0", &[length][..], comment].concat();
    let comment = if length > 2 { comment } else { Vec::new() };
    [&b"\xFF\xD8"[..], &comment, b"\xFF\xDA\0\x02", pixels, b"\xFF\xD9"].concat()
}

fn site() -> Memory {
    let mut site = Memory::new();
    site.write("content/articles/sea/index.md", "---\ntitle: Sea\n---\n\n![A sea](photo.jpg)\n");
    site.write(PHOTO, jpeg(b"pixels", b"SECRET"));
    // Nothing is to be taken from it, and nothing from a text.
    site.write(FLAG, jpeg(b"flag", b""));
    site.write("static/notes.txt", "SECRET");
    site
}

/// What was put, what was asked for, and what is answered to everything.
#[derive(Default)]
struct Counted {
    kept: Mutex<BTreeMap<Digest, Vec<u8>>>,
    puts: Mutex<usize>,
    forgets: bool,
}

impl Counted {
    fn puts(&self) -> usize {
        std::mem::take(&mut self.puts.lock().unwrap())
    }
}

impl Cache for Counted {
    fn get(&self, key: Digest) -> Option<Vec<u8>> {
        self.kept.lock().unwrap().get(&key).filter(|_| !self.forgets).cloned()
    }

    fn put(&self, key: Digest, bytes: &[u8]) {
        *self.puts.lock().unwrap() += 1;
        self.kept.lock().unwrap().insert(key, bytes.to_vec());
    }
}

fn options() -> Options {
    Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    }
}

/// Every output of a site.
fn built(site: &Memory, engine: Engine) -> BTreeMap<OutPath, Vec<u8>> {
    let mut engine = engine;
    let loaded = engine.load(site, options());
    let outputs = Mutex::new(BTreeMap::new());
    loaded.render_all(&|output, content| {
        let bytes = match content {
            Rendered::Text(text) => text.as_bytes().to_vec(),
            Rendered::Bytes(bytes) => bytes.to_vec(),
            Rendered::Embedded(bytes) => bytes.to_vec(),
            Rendered::File(path, ..) => site.read(&path).unwrap(),
        };
        outputs.lock().unwrap().insert(output.path.clone(), bytes);
    });
    outputs.into_inner().unwrap()
}

fn out(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

#[test]
fn what_a_cache_has_is_not_made_again_and_every_cache_gives_the_same_bytes() {
    let mut site = site();
    let bare = built(&site, Engine::once());
    assert_eq!(bare[&out("articles/sea/photo.jpg")], jpeg(b"pixels", b""));
    assert_eq!(bare[&out("flag.png")], jpeg(b"flag", b""));
    assert_eq!(bare[&out("notes.txt")], b"SECRET");

    let cache = Arc::new(Counted::default());
    for puts in [2, 0, 0] {
        assert_eq!(built(&site, Engine::once().with_cache(cache.clone())), bare);
        assert_eq!(cache.puts(), puts);
    }
    let forgetful = Arc::new(Counted { forgets: true, ..Counted::default() });
    for _ in 0..2 {
        assert_eq!(built(&site, Engine::once().with_cache(forgetful.clone())), bare);
        assert_eq!(forgetful.puts(), 2);
    }
    // The same bytes elsewhere are made already, a file with a different comment or different pixels is not.
    for (bytes, puts) in [
        (jpeg(b"flag", b""), 0),
        (jpeg(b"pixels", b"another SECRET"), 1),
        (jpeg(b"other pixels", b"SECRET"), 1),
        (jpeg(b"pixels", b"SECRET"), 0),
    ] {
        site.write(PHOTO, bytes);
        let made = built(&site, Engine::once().with_cache(cache.clone()));
        assert_eq!(made, built(&site, Engine::once()));
        assert_eq!(cache.puts(), puts);
    }
}

/// A site whose photograph changes, or is removed, after the engine took its digest.
#[derive(Clone)]
struct Changing(Memory, Option<Vec<u8>>);

impl Source for Changing {
    fn list(&self) -> Listing {
        self.0.list()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match &self.1 {
            _ if path.as_str() != PHOTO => self.0.read(path),
            Some(bytes) => Ok(bytes.clone()),
            None => Err(io::ErrorKind::PermissionDenied.into()),
        }
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        self.0.digest(path)
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        self.0.on_disk(path)
    }
}

#[test]
fn a_picture_that_changes_while_it_is_read_is_an_error_and_goes_nowhere() {
    for after in [None, Some(jpeg(b"pixels", b"other SECRET"))] {
        let cache = Arc::new(Counted::default());
        let mut engine = Engine::once().with_cache(cache.clone());
        let loaded = engine.load(&Changing(site(), after), options());
        let (content, failure) = loaded.bytes(&out("articles/sea/photo.jpg")).unwrap();
        assert!(content.is_none());
        assert_eq!(failure.map(|diagnostic| diagnostic.code), Some(Code::Unreadable));
        assert_eq!(cache.puts(), 0);
        let found =
            loaded.render_all(&|output, _| assert_ne!(output.path, out("articles/sea/photo.jpg")));
        assert!(found.iter().any(|diagnostic| diagnostic.span.file.as_str() == PHOTO));
    }
}
