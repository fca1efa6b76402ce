//! What a page may load: its policy for browsers, and whether the theme's faces serve it.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use crate::lang::LangTag;

use super::context::PageContext;

impl PageContext<'_> {
    /// Notes that the page shows a picture which may lie elsewhere.
    pub(super) fn shows_picture(&self, src: &str) {
        if let Some((scheme, rest)) = src.split_once("://") {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // What is no host name is none in a policy either, which it could otherwise say more in.
            let is_plain = |sign: char| sign.is_ascii_alphanumeric() || ".-:".contains(sign);
            if !host.is_empty() && host.chars().all(is_plain) {
                self.hosts.borrow_mut().insert(format!("{scheme}://{host}"));
            }
        }
    }
}

/// Languages whose letters the theme's faces lack.
const OTHER_LETTERS: [&str; 13] =
    ["ar", "bg", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "ur", "zh"];

/// Whether the theme's faces have the letters of a language.
pub(super) fn has_faces(lang: &LangTag) -> bool {
    !OTHER_LETTERS.contains(&lang.as_str().split('-').next().unwrap_or_default())
}

/// What a page may load and run: files of its own site, and pictures of the hosts that its author names.
pub(super) fn policy(hosts: &BTreeSet<String>) -> Arc<str> {
    static OWN: LazyLock<Arc<str>> = LazyLock::new(|| with_pictures(""));
    match hosts.is_empty() {
        true => OWN.clone(),
        false => {
            let hosts: Vec<String> = hosts.iter().map(|host| format!(" {host}")).collect();
            with_pictures(&hosts.concat())
        }
    }
}

fn with_pictures(hosts: &str) -> Arc<str> {
    format!(
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:{hosts}; media-src 'self'; \
         script-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
    )
    .into()
}
