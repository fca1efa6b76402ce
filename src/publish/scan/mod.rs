//! Looks for what must not be published in what is about to be: keys and passwords, drafts and scheduled pages, editors'
//! comments.

mod assigned;
mod environment;
mod hidden;
mod names;
mod secrets;
mod shingles;
mod views;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::base::OutPath;
use crate::release::DiskError;

use super::error::PublishError;
use super::files;
use super::release::ReleaseFiles;

use environment::Environment;
pub use hidden::{Hidden, PrivatePage, PublicPage, RenderedTexts};
use views::Encoding;

/// How many bytes are looked at in one go, and how many of them again in the next: a secret is no longer.
const PART: usize = 4 << 20;
const AGAIN: usize = 64 << 10;

/// What was found, one line each, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanFindings {
    /// Files that look like secrets. `--allow` names those that are none.
    pub secrets: Vec<(OutPath, String)>,
    /// Files that hold what is not public yet.
    pub hidden: Vec<(OutPath, String)>,
    /// Files that hold a comment of an editor, and the page whose source has it. `--allow` names those that may.
    pub comments: Vec<(OutPath, String)>,
    /// Pictures and films that only pages show which are not public yet, and what lies beside those films. `--allow` names
    /// those that may be seen.
    pub pictures: Vec<(OutPath, String)>,
}

/// Reads every file of a stage.
///
/// `secrets`: values that the program was given to publish with.
///
/// # Errors
/// A file that cannot be read.
pub fn scan(
    folder: &Path,
    made: &ReleaseFiles,
    hidden: &Hidden,
    secrets: &[String],
) -> Result<ScanFindings, PublishError> {
    let many = |error| PublishError::target(format!("too many drafts: {error}"));
    let environment = Environment::new(secrets).map_err(many)?;
    let pictures: Vec<(&OutPath, String, &String)> = made
        .keys()
        .filter_map(|path| {
            let url = path.href("");
            let page = hidden.pictures.get(&url);
            let page = page.or_else(|| hidden.pictures.get(&format!("/{path}")))?;
            Some((path, url, page))
        })
        .collect();
    let urls = AhoCorasick::new(pictures.iter().map(|(_, url, _)| url)).map_err(many)?;
    let found = made.par_iter().map(|(path, _)| {
        let place = path.below(folder);
        let bytes = files::read(&place).map_err(DiskError::at("read", &place))?;
        let mut found = Scanned::read(path, &bytes, hidden, &environment);
        found.page = found.page.or_else(|| hidden.page_at(path));
        let shown = urls.find_overlapping_iter(&*bytes).map(|found| found.pattern().as_usize());
        let shown: Vec<usize> = shown.filter(|at| pictures[*at].0 != path).collect();
        Ok((path, found, shown))
    });
    let found: Vec<_> = found.collect::<Result<_, PublishError>>()?;
    let mut findings = ScanFindings::default();
    let mut shown = BTreeSet::new();
    for (path, file, pictures) in found {
        let named = |name: Option<&str>| name.map(|name| (path.clone(), name.to_owned()));
        findings.secrets.extend(file.secret.map(|why| (path.clone(), why)));
        findings.hidden.extend(named(file.page));
        findings.comments.extend(named(file.comment));
        shown.extend(pictures);
    }
    let unseen = pictures.iter().enumerate().filter(|(at, _)| !shown.contains(at));
    findings.pictures =
        unseen.map(|(_, (path, _, page))| ((*path).clone(), (*page).clone())).collect();
    Ok(findings)
}

/// What a file holds that is not for readers.
#[derive(Default)]
struct Scanned<'a> {
    /// Why it looks like a secret.
    secret: Option<String>,
    /// The page whose text it holds, which is not public yet.
    page: Option<&'a str>,
    /// The page whose comment it holds.
    comment: Option<&'a str>,
}

impl<'a> Scanned<'a> {
    fn read(path: &OutPath, bytes: &[u8], hidden: &'a Hidden, environment: &Environment) -> Self {
        let mut found = Self::default();
        if names::is_secret(path, bytes) {
            found.secret = Some("its name is that of a secret".into());
        }
        let encoding = Encoding::of(bytes);
        let mut from = 0;
        while from < bytes.len() {
            let to = bytes.len().min(from + PART);
            found.look(&bytes[from..to], encoding, hidden, environment);
            from = if to == bytes.len() { to } else { to - AGAIN };
        }
        found
    }

    fn look(
        &mut self,
        bytes: &[u8],
        encoding: Encoding,
        hidden: &'a Hidden,
        environment: &Environment,
    ) {
        let text = views::readable(bytes, encoding);
        if self.secret.is_none() {
            let plain = views::untagged(&text);
            let raw = matches!(text, Cow::Owned(_)).then_some(bytes);
            let views = [Some(&*text), plain.as_deref(), raw];
            let why = |view: &[u8]| environment.find(view).or_else(|| secrets::find(view));
            self.secret = views.into_iter().flatten().find_map(why);
        }
        if self.page.is_none() || self.comment.is_none() {
            let (page, comment) = hidden.find(&text);
            self.page = self.page.or(page);
            self.comment = self.comment.or(comment);
        }
    }
}
