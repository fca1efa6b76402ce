//! What a target holds of ours: a release is every file with its digest and headers, a record is the last releases and
//! which of them is live.
//!
//! The record lies at the target, where others can write too. So it only ever grants permissions, and one that cannot
//! be read, or names a path outside the target, grants none.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::base::{MediaType, OutPath, Phase};
use crate::site::Output;
use crate::site::headers::cache_control;

use super::plan::Remote;

/// The version of the record's form; another one is as good as no record.
const SCHEMA: u32 = 1;

/// How many releases a target keeps.
pub(super) const KEPT: usize = 3;

/// The BLAKE3 digest of a file's bytes: what is compared before something is left as it is, and what a reader of a
/// plan agrees to, so other bytes with the same digest must be infeasible to make.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        blake3::hash(bytes).into()
    }

    /// The digest of everything that a reader gives, and the number of bytes.
    ///
    /// # Errors
    /// The reader's.
    pub fn of_reader(reader: &mut impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok((hasher.finalize().into(), hasher.count()))
    }

    /// The first four digits, which name a release.
    pub(super) fn short(self) -> String {
        self.to_string()[..4].to_owned()
    }
}

impl From<blake3::Hash> for ContentHash {
    fn from(hash: blake3::Hash) -> Self {
        Self(hash.into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        blake3::Hash::from_bytes(self.0).fmt(f)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        // There is one way to write a digest: with small letters.
        let hash = blake3::Hash::from_hex(&text).ok().map(Self::from);
        hash.filter(|hash| hash.to_string() == text)
            .ok_or_else(|| de::Error::custom("not a digest"))
    }
}

/// The name of a release: `20260101-120000-1a2b`, from the instant (UTC) at which it was planned and its files.
///
/// It names folders, so nothing but letters, digits and hyphens is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ReleaseId(Arc<str>);

impl ReleaseId {
    /// Reads a name.
    pub fn new(text: &str) -> Option<Self> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        ((1..=40).contains(&text.len()) && text.bytes().all(good)).then(|| Self(text.into()))
    }

    /// A name that no release of a target has, and nothing else there. `at` is such as `20260101-120000`.
    pub fn fresh(at: &str, files: &ReleaseFiles, remote: &Remote) -> Self {
        let name = format!("{at}-{}", super::stage::digest(files).short());
        let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        let is_free =
            |id: &Self| remote.record.release(id).is_none() && !remote.taken.contains(id.as_str());
        let mut free = names.map(|name| Self(name.into())).filter(is_free);
        free.next().expect("a record and a folder have an end")
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReleaseId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("not the name of a release"))
    }
}

/// The headers that a file is served with, where a target keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers {
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: Arc<str>,
    /// `Cache-Control`.
    #[serde(rename = "cache")]
    pub cache_control: Arc<str>,
    /// Of a page that only leads on: the address where a host redirects to, from the root of the host.
    #[serde(rename = "to", default, skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<Arc<str>>,
}

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseEntry {
    /// The digest of its bytes.
    pub sum: ContentHash,
    /// Their number.
    pub len: u64,
    /// What it is served with.
    #[serde(flatten)]
    pub headers: Headers,
    /// When it becomes visible; none in the records of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// The target's own mark of these bytes (git's name of a blob), which spares reading them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Arc<str>>,
    /// Whether it is a page that only leads on, in whose place a host may redirect.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leads_on: bool,
}

impl Headers {
    /// The headers of an output that leads nowhere else.
    pub fn of(output: &Output) -> Self {
        let content_type = output.media_type.to_string().into();
        Self { content_type, cache_control: cache_control(output).into(), leads_to: None }
    }
}

impl ReleaseEntry {
    /// When it becomes visible. In the record of an earlier version the headers imply it.
    pub fn phase(&self) -> Phase {
        match self.phase {
            Some(phase) => phase,
            None if self.is_page() => Phase::Page,
            None if self.headers.cache_control.contains("max-age=0") => Phase::Data,
            None => Phase::Asset,
        }
    }

    /// Whether readers see it as a page.
    pub fn is_page(&self) -> bool {
        self.headers.content_type.split(';').next() == Some(MediaType::HTML.essence())
    }

    /// Whether its name changes with its bytes.
    pub fn is_immutable(&self) -> bool {
        self.headers.cache_control.contains("immutable")
    }
}

/// The commit that a site was built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// Its name.
    pub id: String,
    /// When it was made: seconds since 1970.
    pub at: i64,
}

/// The files of a release.
pub type ReleaseFiles = BTreeMap<OutPath, ReleaseEntry>;

/// Everything that a publish makes visible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its name.
    pub id: ReleaseId,
    /// When it was planned (RFC 3339).
    pub at: String,
    /// The program that made it.
    pub generator: String,
    /// The base URL that it was built for.
    pub url: Option<String>,
    /// The commit that it was built from, when the site is in a git repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// Whether it was built from a work tree with changes that are in no commit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncommitted: bool,
    /// The release that was live before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ReleaseId>,
    /// Its files.
    pub files: ReleaseFiles,
    /// Files of earlier releases that lie beside its own, for pages that are open.
    #[serde(default, skip_serializing_if = "ReleaseFiles::is_empty")]
    pub carried: ReleaseFiles,
}

/// The record that a target holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    schema: u32,
    /// The release that readers see.
    pub live: Option<ReleaseId>,
    /// The last releases, the newest first.
    pub releases: Vec<Release>,
}

impl Record {
    /// A record of these releases.
    pub fn new(live: Option<ReleaseId>, releases: Vec<Release>) -> Self {
        Self { schema: SCHEMA, live, releases }
    }

    /// Reads what [`Record::to_json`] wrote.
    ///
    /// # Errors
    /// Why it grants nothing, for "its record …".
    pub fn from_json(bytes: &[u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("cannot be understood: {error}"))?;
        if record.schema != SCHEMA {
            return Err(format!("has the form {}, not {SCHEMA}", record.schema));
        }
        if record.live.as_ref().is_some_and(|live| record.release(live).is_none()) {
            return Err("lacks the release that is live".into());
        }
        if record.releases.iter().flat_map(Release::all_files).any(|(path, _)| is_reserved(path)) {
            return Err("names one of our own records as a file".into());
        }
        Ok(record)
    }

    /// The record as a file.
    pub fn to_json(&self) -> Vec<u8> {
        json(self)
    }

    /// A release by name.
    pub fn release(&self, id: &ReleaseId) -> Option<&Release> {
        self.releases.iter().find(|release| release.id == *id)
    }

    /// The release that readers see.
    pub fn live(&self) -> Option<&Release> {
        self.live.as_ref().and_then(|id| self.release(id))
    }

    /// The release that readers see, to be completed.
    pub(super) fn live_mut(&mut self) -> Option<&mut Release> {
        let live = self.live.as_ref()?;
        self.releases.iter_mut().find(|release| release.id == *live)
    }

    /// The same record with the target's marks of files of the live release.
    pub(super) fn with_marks(&self, marks: &BTreeMap<OutPath, Arc<str>>) -> Self {
        let mut record = self.clone();
        for (path, entry) in record.live_mut().into_iter().flat_map(|live| &mut live.files) {
            entry.mark = marks.get(path).cloned().or(entry.mark.take());
        }
        record
    }

    /// What its releases know of a file, the newest first.
    pub(super) fn known<'a>(&'a self, path: &'a OutPath) -> impl Iterator<Item = &'a ReleaseEntry> {
        self.releases.iter().filter_map(|release| release.files.get(path))
    }

    /// The release that a rollback without a name makes live: the one that was live before, else the next older one.
    pub fn before(&self) -> Option<&Release> {
        let live = self.live()?;
        let named = live.before.as_ref().and_then(|id| self.release(id));
        let at = self.releases.iter().position(|release| release.id == live.id)?;
        named.or_else(|| self.releases.get(at + 1))
    }
}

impl Release {
    /// The sum of its bytes.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|entry| entry.len).sum()
    }

    /// Its files, and those of earlier releases that lie beside them.
    pub(super) fn all_files(&self) -> impl Iterator<Item = (&OutPath, &ReleaseEntry)> {
        self.files.iter().chain(&self.carried)
    }
}

/// A publish that is under way: written before anything else, so that whatever a killed run leaves is ours. It stays until
/// everything that is to be removed is removed, so that nothing is ever there that no record names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was to become visible.
    pub release: Release,
    /// Files that are to be removed, and those that runs before it have left, which were killed too.
    pub claims: Vec<OutPath>,
    /// Releases that the record has forgotten, or never named, and whose bytes may still be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Release>,
    /// Which folder publishes, and who, where this is the lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<(String, String)>,
}

impl Pending {
    /// Reads what [`Pending::to_json`] wrote; `None` for anything else.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        let pending: Self = serde_json::from_slice(bytes).ok()?;
        let files = pending.releases().flat_map(Release::all_files).map(|(path, _)| path);
        let names_ours = files.chain(&pending.claims).any(is_reserved);
        (!names_ours).then_some(pending)
    }

    /// The value as a file.
    pub fn to_json(&self) -> Vec<u8> {
        json(self)
    }

    /// The releases that no record may name and that have left something there.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        self.gone.iter().chain([&self.release])
    }

    /// Every file that may be there because of it.
    pub fn paths(&self) -> impl Iterator<Item = &OutPath> {
        self.release.files.keys().chain(&self.claims)
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).expect("it holds text, numbers and lists");
    json.push(b'\n');
    json
}

/// Whether a path at the top of a target is one of our own records.
pub(super) fn is_reserved(path: &OutPath) -> bool {
    path.as_str().starts_with(".briefing")
}

#[cfg(test)]
pub(super) mod tests {
    use super::{
        ContentHash, Headers, Pending, Record, Release, ReleaseEntry, ReleaseFiles, ReleaseId,
    };
    use crate::base::{OutPath, Phase};
    use crate::site::Output;

    pub(in crate::publish) fn files(files: &[(&str, &str)]) -> ReleaseFiles {
        let entry = |(path, text): &(&str, &str)| {
            let path = OutPath::new(path).expect("a valid path");
            let output = Output::file(path.clone(), 0);
            let is_home = path == OutPath::home();
            let entry = ReleaseEntry {
                sum: ContentHash::of(text.as_bytes()),
                len: text.len() as u64,
                headers: Headers::of(&output),
                phase: Some(if is_home { Phase::Control } else { output.phase }),
                mark: None,
                leads_on: false,
            };
            (path, entry)
        };
        files.iter().map(entry).collect()
    }

    pub(in crate::publish) fn release(
        id: &str,
        before: Option<&str>,
        contents: &[(&str, &str)],
    ) -> Release {
        Release {
            id: ReleaseId::new(id).expect("a valid name"),
            at: "2026-01-01T00:00:00Z".into(),
            generator: "briefing".into(),
            url: None,
            commit: None,
            uncommitted: false,
            before: before.and_then(ReleaseId::new),
            files: files(contents),
            carried: ReleaseFiles::new(),
        }
    }

    #[test]
    fn reads_back() {
        let record =
            Record::new(ReleaseId::new("b"), vec![release("b", Some("a"), &[("x y/é.html", "1")])]);
        assert_eq!(Record::from_json(&record.to_json()), Ok(record.clone()));
        let claims = vec![OutPath::new("a b").expect("a valid path")];
        let gone = vec![release("a", None, &[("x", "0")])];
        let pending = Pending { release: record.releases[0].clone(), claims, gone, by: None };
        assert_eq!(Pending::from_json(&pending.to_json()).as_ref(), Some(&pending));
    }

    /// A later version must read what publishes have written.
    #[test]
    fn has_the_form_that_it_had() {
        let sum = ContentHash::of(b"1");
        let release = format!(
            r#"{{"id":"b","at":"x","generator":"briefing","url":null,"files":{{"a b/é.css":{{"sum":"{sum}","len":1,"type":"text/css","cache":"no-cache"}}}}}}"#
        );
        let record = format!("{{\"schema\":1,\"live\":\"b\",\"releases\":[{release}]}}\n");
        let read = Record::from_json(record.as_bytes()).expect("it is a record");
        assert_eq!(String::from_utf8(read.to_json()), Ok(record));
        let pending = format!("{{\"release\":{release},\"claims\":[\"a b\"]}}\n");
        let read = Pending::from_json(pending.as_bytes()).expect("it is pending");
        assert_eq!(String::from_utf8(read.to_json()), Ok(pending.clone()));
        assert_eq!(Pending::from_json(pending.replace("a b", ".briefing/x").as_bytes()), None);
    }

    #[test]
    fn grants_nothing_when_it_cannot_be_trusted() {
        let record = Record::new(ReleaseId::new("b"), vec![release("b", None, &[("a/b", "1")])]);
        let good = String::from_utf8(record.to_json()).expect("JSON is UTF-8");
        for (from, to) in [
            ("\"schema\":1", "\"schema\":2"),
            ("a/b", "../b"),
            ("a/b", "/etc"),
            ("a/b", "a//b"),
            ("a/b", "a\\nb"),
            ("a/b", ".briefing.json"),
            ("\"id\":\"b\"", "\"id\":\"..\""),
            ("\"id\":\"b\"", "\"id\":\"c\""),
            (&ContentHash::of(b"1").to_string(), "0"),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            assert!(Record::from_json(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_one_before() {
        let releases = || {
            vec![
                release("c", Some("b"), &[]),
                release("b", Some("gone"), &[]),
                release("a", None, &[]),
            ]
        };
        for (live, before) in [("c", Some("b")), ("b", Some("a")), ("a", None)] {
            let record = Record::new(ReleaseId::new(live), releases());
            assert_eq!(record.before().map(|release| release.id.as_str()), before, "{live}");
        }
    }
}
