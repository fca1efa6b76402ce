//! The record of what a build wrote: the reason why a later build may overwrite or remove it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Bound;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Origin;
use crate::base::{Digest, OutPath};
use crate::release::disk::Stamp;

/// The version of the file's form; another one is as good as no manifest.
const SCHEMA: u32 = 1;

/// Everything that one output folder holds of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    schema: u32,
    #[serde(flatten)]
    origin: Origin,
    /// The output folder, for people: the file's name identifies it.
    output: String,
    /// Folders that hold files of ours but were there before them: never removed.
    #[serde(default, rename = "found")]
    pub kept_folders: Vec<OutPath>,
    /// Every file of ours by its path below the output folder.
    pub files: BTreeMap<OutPath, ManifestEntry>,
}

/// One file, as it was when it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestEntry {
    /// The digest of its bytes.
    #[serde(serialize_with = "digest_as_text", deserialize_with = "digest_from_text")]
    pub digest: Digest,
    len: u64,
    mtime: u64,
    /// What it is, such as `article` or `static`.
    pub kind: Cow<'static, str>,
    /// The file that it is made from, if it is made from one.
    pub source: Option<Arc<str>>,
}

impl ManifestEntry {
    /// A file as it is now.
    pub(super) fn new(
        digest: Digest,
        stamp: Stamp,
        kind: &'static str,
        source: Option<Arc<str>>,
    ) -> Self {
        Self { digest, len: stamp.len, mtime: stamp.mtime, kind: kind.into(), source }
    }

    /// Its length and time, which spare reading it.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp { len: self.len, mtime: self.mtime }
    }

    /// The same file, touched.
    pub(super) fn at(&self, stamp: Stamp) -> Self {
        Self { len: stamp.len, mtime: stamp.mtime, ..self.clone() }
    }
}

impl Manifest {
    /// A manifest of a build.
    pub(super) fn new(
        origin: Origin,
        output: String,
        kept_folders: Vec<OutPath>,
        files: BTreeMap<OutPath, ManifestEntry>,
    ) -> Self {
        Self { schema: SCHEMA, origin, output, kept_folders, files }
    }

    /// Reads what [`Manifest::write`] wrote. `None` for anything else: a manifest only ever grants permissions, so
    /// one that cannot be understood grants none.
    pub(super) fn from_json(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.schema == SCHEMA).then_some(manifest)
    }

    /// Writes the manifest as a file, sorted by path, one value a line. It has 300 bytes for each output.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Whether a file of ours lies anywhere below a folder.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let mut files = self.files.range::<str, _>((Bound::Included(&*start), Bound::Unbounded));
        files.next().is_some_and(|(path, _)| path.as_str().starts_with(&start))
    }

    /// Whether a folder is there because of us: it holds files of ours, and was not there before them.
    pub(super) fn made_folder(&self, folder: &str) -> bool {
        self.has_below(folder) && !self.kept_folders.iter().any(|kept| kept.as_str() == folder)
    }
}

fn digest_as_text<S: Serializer>(digest: &Digest, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(digest)
}

fn digest_from_text<'de, D: Deserializer<'de>>(input: D) -> Result<Digest, D::Error> {
    let text = String::deserialize(input)?;
    Digest::from_hex(&text).ok_or_else(|| de::Error::custom("not a digest"))
}

#[cfg(test)]
mod tests {
    use super::{Manifest, ManifestEntry, Origin, Stamp};
    use crate::base::{Digest, OutPath};

    fn json(manifest: &Manifest) -> Vec<u8> {
        let mut json = Vec::new();
        manifest.write(&mut json).expect("it holds text, numbers and lists");
        json
    }

    fn manifest(path: &str) -> Manifest {
        let stamp = Stamp { len: 1, mtime: 1_750_000_000_123_456_789 };
        let entry =
            ManifestEntry::new(Digest::of(b"x"), stamp, "article", Some("content/a.md".into()));
        let origin = Origin { generator: "briefing 0".into(), ..Origin::default() };
        Manifest::new(origin, "public".into(), vec![out("up")], [(out(path), entry)].into())
    }

    fn out(path: &str) -> OutPath {
        OutPath::new(path).expect("a valid path")
    }

    #[test]
    fn reads_back() {
        let manifest = manifest("a/b/index.html");
        assert_eq!(Manifest::from_json(&json(&manifest)), Some(manifest));
    }

    /// A later version must read what builds have written.
    #[test]
    fn has_the_form_that_it_had() {
        let text = r#"{
  "schema": 1,
  "generator": "briefing 0",
  "base_url": null,
  "date": "",
  "flags": [],
  "output": "public",
  "found": [
    "up"
  ],
  "files": {
    "a/b/index.html": {
      "digest": "DIGEST",
      "len": 1,
      "mtime": 1750000000123456789,
      "kind": "article",
      "source": "content/a.md"
    }
  }
}
"#;
        let text = text.replace("DIGEST", &Digest::of(b"x").to_string());
        let manifest = manifest("a/b/index.html");
        assert_eq!(String::from_utf8(json(&manifest)).as_deref(), Ok(&*text));
        assert_eq!(Manifest::from_json(text.as_bytes()), Some(manifest));
    }

    #[test]
    fn grants_nothing_when_it_cannot_be_trusted() {
        let good = String::from_utf8(json(&manifest("a/b"))).expect("JSON is UTF-8");
        for bad in [
            String::new(),
            good.replace("\"schema\": 1", "\"schema\": 2"),
            good.replace("a/b", "../b"),
            good.replace("\"up\"", "\"/etc\""),
            good.replace(&Digest::of(b"x").to_string(), "0"),
        ] {
            assert_ne!(bad, good);
            assert_eq!(Manifest::from_json(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn folders_of_ours() {
        let mut manifest = manifest("a/b/index.html");
        manifest.kept_folders.push(out("a"));
        for (folder, holds, made) in
            [("a", true, false), ("a/b", true, true), ("a/bc", false, false), ("b", false, false)]
        {
            assert_eq!(manifest.has_below(folder), holds, "{folder}");
            assert_eq!(manifest.made_folder(folder), made, "{folder}");
        }
    }
}
