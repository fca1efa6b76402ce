//! A cache that is as it should be, and caches that are not.

#![expect(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use super::{DAY, FolderCache};
use crate::base::{Cache, Digest};

/// Makes something at a path.
type Make<'a> = dyn Fn(&Path) -> io::Result<()> + 'a;

/// What is put.
const BYTES: &[u8] = b"the derived file";

/// The instant of a test.
fn now() -> SystemTime {
    UNIX_EPOCH + DAY * 20_000
}

fn cache(site: &Path) -> FolderCache {
    FolderCache::new(site, Arc::new(now))
}

fn site() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn key() -> Digest {
    Digest::of(b"what it is made of")
}

/// Where an entry is.
fn entry(site: &Path, key: Digest) -> PathBuf {
    let name = key.to_string();
    site.join(".briefing/cache").join(&name[..2]).join(name)
}

/// Every file and folder below a folder, but for what keeps git away.
fn tree(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
    let walk = walk.into_iter().filter_entry(|entry| entry.file_name() != ".gitignore");
    walk.map(|entry| entry.expect("it can be read").path().strip_prefix(folder).unwrap().into())
        .collect()
}

fn age(path: &Path) -> Duration {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    now().duration_since(modified).unwrap_or_default()
}

fn set_age(path: &Path, age: Duration) {
    File::options().write(true).open(path).unwrap().set_modified(now() - age).unwrap();
}

#[test]
fn what_was_put_is_there_in_the_next_run_and_git_does_not_see_it() {
    let site = site();
    assert_eq!(cache(site.path()).get(key()), None);
    assert!(tree(site.path()).is_empty(), "nothing is made before there is something to put");
    for bytes in [BYTES, b"", b"another time"] {
        cache(site.path()).put(key(), bytes);
        assert_eq!(cache(site.path()).get(key()).as_deref(), Some(bytes));
        assert_eq!(cache(site.path()).get(Digest::of(b"other")), None);
    }
    assert_eq!(fs::read(site.path().join(".briefing/.gitignore")).unwrap(), b"*\n");
    assert_eq!(tree(&site.path().join(".briefing/cache")).len(), 2, "nothing temporary is left");
}

#[test]
fn an_entry_that_is_not_whole_is_none_and_is_made_again() {
    let site = site();
    let cache = cache(site.path());
    let path = entry(site.path(), key());
    cache.put(key(), BYTES);
    let whole = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len()).map(|end| whole[..end].to_vec()).collect();
    damaged.extend((0..whole.len()).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    }));
    damaged.push([&whole[..], b"more"].concat());
    damaged.push(vec![0; 4096]);
    // The entry of another key under this name.
    cache.put(Digest::of(b"other"), b"other bytes");
    damaged.push(fs::read(entry(site.path(), Digest::of(b"other"))).unwrap());
    for bytes in damaged {
        fs::write(&path, &bytes).unwrap();
        assert_eq!(cache.get(key()), None, "{}", bytes.escape_ascii());
        cache.put(key(), BYTES);
        assert_eq!(cache.get(key()).as_deref(), Some(BYTES));
    }
}

#[test]
fn something_else_in_a_place_of_the_cache_is_left_alone() {
    let other = site();
    fs::write(other.path().join("file"), "theirs").unwrap();
    let name = key().to_string();
    let places = [".briefing", ".briefing/cache", &format!(".briefing/cache/{}", &name[..2])];
    for place in places {
        let make_file = |path: &Path| fs::write(path, "theirs");
        let mut makes: Vec<&Make<'_>> = vec![&make_file];
        #[cfg(unix)]
        let link = |path: &Path| std::os::unix::fs::symlink(other.path(), path);
        #[cfg(unix)]
        makes.push(&link);
        for make in makes {
            let site = site();
            let path = site.path().join(place);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path).unwrap();
            let before = tree(site.path());
            let cache = cache(site.path());
            cache.put(key(), BYTES);
            assert_eq!(cache.get(key()), None);
            cache.collect();
            assert_eq!(tree(site.path()), before);
            assert_eq!(tree(other.path()), [Path::new("file")]);
        }
    }
    // A folder where an entry would be, and a link to a file.
    let site = site();
    let path = entry(site.path(), key());
    fs::create_dir_all(path.join("theirs")).unwrap();
    cache(site.path()).put(key(), BYTES);
    assert_eq!(cache(site.path()).get(key()), None);
    assert!(path.join("theirs").is_dir());
    assert_eq!(tree(path.parent().unwrap()).len(), 2, "nothing temporary is left");
    #[cfg(unix)]
    {
        fs::remove_dir_all(&path).unwrap();
        std::os::unix::fs::symlink(other.path().join("file"), &path).unwrap();
        assert_eq!(cache(site.path()).get(key()), None);
        // The link is replaced; what it leads to is not written to.
        cache(site.path()).put(key(), BYTES);
        assert_eq!(cache(site.path()).get(key()).as_deref(), Some(BYTES));
    }
    assert_eq!(fs::read(other.path().join("file")).unwrap(), b"theirs");
}

/// Every call to the file system may fail: then there is no entry, and nothing half done is left behind.
#[test]
fn a_disk_that_fails() {
    for ready in [false, true] {
        let mut failed = 0;
        loop {
            let site = site();
            if ready {
                cache(site.path()).put(Digest::of(b"other"), b"bytes");
            }
            let left = std::sync::atomic::AtomicUsize::new(failed);
            let mut cache = cache(site.path());
            cache.disk.fault = Some(Box::new(move |_, _, _| {
                let order = std::sync::atomic::Ordering::Relaxed;
                let left = left.fetch_update(order, order, |left| Some(left.wrapping_sub(1)));
                if left == Ok(0) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
            }));
            cache.put(key(), BYTES);
            let kept = cache.get(key());
            assert!(kept.is_none() || kept.as_deref() == Some(BYTES));
            let left = tree(site.path());
            assert!(!left.iter().any(|path| path.to_string_lossy().ends_with(".tmp")), "{left:?}");
            failed += 1;
            if failed > 40 {
                assert_eq!(kept.as_deref(), Some(BYTES), "it ends");
                break;
            }
        }
    }
}

#[test]
fn what_nothing_asks_for_in_thirty_days_goes() {
    let site = site();
    let cache = cache(site.path());
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    let ages = [hours(0), hours(23), hours(25), hours(29 * 24 + 23), hours(30 * 24), hours(900)];
    let put = |age: Duration| {
        let key = Digest::of(&age.as_secs().to_le_bytes());
        cache.put(key, BYTES);
        set_age(&entry(site.path(), key), age);
        key
    };
    let keys = ages.map(put);
    // What was left of an entry, and what is not ours.
    let folder = entry(site.path(), keys[0]).parent().unwrap().to_path_buf();
    let left = folder.join(format!("{}-12-3.tmp", keys[0]));
    let fresh = folder.join(format!("{}-12-4.tmp", keys[0]));
    let theirs = folder.join("notes.txt");
    for (path, old) in [(&left, hours(25)), (&fresh, hours(1)), (&theirs, hours(9999))] {
        fs::write(path, "x").unwrap();
        set_age(path, old);
    }
    cache.collect();
    let kept = keys.map(|key| entry(site.path(), key).exists());
    assert_eq!(kept, [true, true, true, true, false, false]);
    assert_eq!([&left, &fresh, &theirs].map(|path| path.exists()), [false, true, true]);
    assert!(!entry(site.path(), keys[5]).parent().unwrap().exists(), "no empty folder stays");

    // What is asked for stays; its time is set once a day, not each time.
    for (key, before) in keys.iter().zip(ages).take(4) {
        assert_eq!(cache.get(*key).as_deref(), Some(BYTES));
        let after = if before < hours(24) { before } else { hours(0) };
        assert_eq!(age(&entry(site.path(), *key)), after);
    }
}
