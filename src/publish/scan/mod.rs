//! Looks for what must not be published in what is about to be: keys and passwords, drafts and scheduled pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::base::OutPath;
use crate::config::publish::is_credential;
use crate::content::document::Document;
use crate::content::markup::{Markup, Piece, Span};
use crate::content::named::{self, Named};
use crate::content::reference::{Link, Use};
use crate::engine::Loaded;
use crate::site::{Resolution, page_out};

use super::error::Error;
use super::files;
use super::release::Files;

/// What was found, one line each, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Files that look like secrets. `--allow` names those that are none.
    pub secrets: Vec<(OutPath, String)>,
    /// Files that hold what is not public yet.
    pub hidden: Vec<(OutPath, String)>,
    /// Pictures that only pages show which are not public yet. `--allow` names those that may be seen.
    pub pictures: Vec<(OutPath, String)>,
}

/// Texts and pictures of pages that are not public yet, and where such a page would be.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    /// A text that no public page has, and the page it belongs to.
    texts: Vec<(String, String)>,
    outs: Vec<(OutPath, String)>,
    /// The URL of a picture from the site's root, perhaps percent-encoded, and the page it belongs to.
    pictures: BTreeMap<String, String>,
}

impl Hidden {
    /// What is not public yet in a site.
    pub fn of(loaded: &Loaded) -> Self {
        let mut found = Self::default();
        if loaded.hidden().is_empty() {
            return found;
        }
        let public: Vec<String> =
            loaded.documents().flat_map(|(document, _)| texts(document)).collect();
        let public = public.join("\n");
        for document in loaded.hidden() {
            let name = document.path.as_str();
            let mut own: Vec<String> = texts(document)
                .into_iter()
                .filter(|text| !public.contains(text.as_str()))
                .collect();
            own.sort_by_key(|text| std::cmp::Reverse(text.len()));
            found.texts.extend(own.into_iter().take(8).map(|text| (text, name.to_owned())));
            found.outs.extend(page_out(&document.summary).map(|out| (out, name.to_owned())));
            let urls = pictures(document).into_iter().filter_map(|link| match link {
                Link::Root(url) => url.split(['?', '#']).next().map(str::to_owned),
                Link::To(target, _) => match loaded.site().resolve(target) {
                    Resolution::Asset(out) => Some(out.href("")),
                    _ => None,
                },
                Link::Anchor(_) | Link::External(_) => None,
            });
            found.pictures.extend(urls.map(|url| (url, name.to_owned())));
        }
        found
    }
}

/// Reads every file of a stage.
///
/// `secrets`: values that the program was given to publish with.
///
/// # Errors
/// A file that cannot be read.
pub fn scan(
    folder: &Path,
    made: &Files,
    hidden: &Hidden,
    secrets: &[String],
) -> Result<Findings, Error> {
    let many = |error| Error::target(format!("too many drafts: {error}"));
    let texts = AhoCorasick::new(hidden.texts.iter().map(|(text, _)| text)).map_err(many)?;
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
        let bytes = files::read(&place).map_err(Error::io("read", &place))?;
        let secret = secret(path, &bytes, secrets).map(|why| (path.clone(), why));
        let page = texts.find(&*bytes).map(|found| &hidden.texts[found.pattern().as_usize()].1);
        let page = page.or(hidden.outs.iter().find(|(out, _)| out == path).map(|(_, page)| page));
        let shown = urls.find_overlapping_iter(&*bytes).map(|found| found.pattern().as_usize());
        let shown: Vec<usize> = shown.filter(|at| pictures[*at].0 != path).collect();
        Ok((secret, page.map(|page| (path.clone(), page.clone())), shown))
    });
    let found: Vec<_> = found.collect::<Result<_, Error>>()?;
    let mut findings = Findings::default();
    let mut shown = BTreeSet::new();
    for (secret, page, pictures) in found {
        findings.secrets.extend(secret);
        findings.hidden.extend(page);
        shown.extend(pictures);
    }
    let unseen = pictures.iter().enumerate().filter(|(at, _)| !shown.contains(at));
    findings.pictures =
        unseen.map(|(_, (path, _, page))| ((*path).clone(), (*page).clone())).collect();
    Ok(findings)
}

/// The pictures of a document: in its text, and of the page.
fn pictures(document: &Document) -> Vec<&Link> {
    let used = document.uses.iter().filter_map(|occurrence| match &occurrence.what {
        Use::Image(link) => Some(link),
        _ => None,
    });
    let mut links: Vec<&Link> = used.collect();
    named::front_matter(&document.summary, &mut |_, found| {
        if let Named::Picture(link) = found {
            links.push(link);
        }
    });
    links
}

/// Why a file looks like a secret.
fn secret(path: &OutPath, bytes: &[u8], secrets: &[String]) -> Option<String> {
    let name = path.as_str().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    const NAMES: [&str; 14] = [
        ".env",
        ".netrc",
        "_netrc",
        ".npmrc",
        ".pypirc",
        ".htpasswd",
        ".git-credentials",
        ".pgpass",
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        "credentials",
        "known_hosts",
    ];
    const ENDS: [&str; 7] = [".env", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk"];
    if NAMES.contains(&&*name)
        || name.starts_with(".env.")
        || ENDS.iter().any(|end| name.ends_with(end))
    {
        return Some("its name is that of a secret".into());
    }
    let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
    if secrets.iter().any(|secret| secret.len() >= 8 && has(secret)) {
        return Some("it holds a credential of this environment".into());
    }
    if has("PRIVATE KEY-----") && is_private_key(&String::from_utf8_lossy(bytes)) {
        return Some("it holds a private key".into());
    }
    const STARTS: [&str; 11] = [
        "ghp_",
        "gho_",
        "ghs_",
        "ghu_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "AKIA",
        "ASIA",
        "xoxb-",
        "sk_live_",
    ];
    let is_text = std::str::from_utf8(bytes).ok();
    let key = STARTS.iter().any(|start| has(start));
    let word = |text: &str| {
        text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c)).any(is_credential)
    };
    (key && is_text.is_some_and(word)).then(|| "it holds what looks like an access token".into())
}

/// Whether the line that begins a private key is followed by one, and not only spoken of.
fn is_private_key(text: &str) -> bool {
    text.split("PRIVATE KEY-----").skip(1).any(|after| {
        let body: String = after.chars().filter(|c| !c.is_whitespace()).take(40).collect();
        body.len() == 40 && body.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
    })
}

/// The texts of a document by which it can be told: without what is written differently in HTML, JSON and XML.
fn texts(document: &Document) -> Vec<String> {
    const LEAST: usize = 40;
    let mut texts = Vec::new();
    let mut add = |text: &str| {
        let parts = text.split(|c: char| "<>&\"'\\".contains(c) || c.is_control());
        texts.extend(
            parts.map(str::trim).filter(|part| part.chars().count() >= LEAST).map(str::to_owned),
        );
    };
    let (summary, body) = (&document.summary, &document.body);
    summary.summary.iter().for_each(|text| add(text));
    let questions = summary.questions.iter().map(|question| &question.text);
    for inline in [&summary.lead].into_iter().chain(questions) {
        inline.spans().iter().for_each(|span| {
            if let Span::Text(text) = span {
                add(text);
            }
        });
    }
    let parts = body.answers.iter().chain(&body.key_points).chain(&body.positions);
    for markup in [&body.markup].into_iter().chain(parts) {
        pieces(markup, &mut add);
    }
    texts
}

fn pieces(markup: &Markup, add: &mut impl FnMut(&str)) {
    for piece in markup.pieces() {
        if let Piece::Html(html) = piece {
            add(html);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::secret;
    use crate::base::OutPath;

    #[test]
    fn secrets_are_known_by_name_and_by_form() {
        let token = format!("see ghp_{} there", "a1".repeat(18));
        let key = format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n", "b3Bl".repeat(12));
        let own = ["correct horse".to_owned()];
        for (path, text, found) in [
            ("a/.env", "", true),
            ("backup.kdbx", "", true),
            ("keys.txt", &*key, true),
            ("notes.txt", &*token, true),
            ("a.json", "{\"x\": \"AKIAIOSFODNN7EXAMPLE\"}", true),
            ("a.html", "the correct horse", true),
            (
                "index.html",
                "a file begins with -----BEGIN PRIVATE KEY----- and then the key",
                false,
            ),
            ("index.html", "tokens begin with ghp_ and AKIA", false),
            ("environment.html", "", false),
        ] {
            let path = OutPath::new(path).expect("a valid path");
            assert_eq!(secret(&path, text.as_bytes(), &own).is_some(), found, "{path}: {text}");
        }
    }
}
