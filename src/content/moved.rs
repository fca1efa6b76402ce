//! Earlier addresses of a page: the values of `redirect_from`.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{BadPath, OutPath, UrlPath, host_name, percent_decoded};

/// An address that a page had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum OldPath {
    /// On this site.
    Out(OutPath),
    /// A whole URL: on this site if the site's own address says so, which no file of content knows.
    Url(Arc<str>),
}

/// Why a text is not the path of an old page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOldPath {
    /// The message, on one line.
    pub message: String,
    /// The help: what to write instead.
    pub help: String,
}

/// Reads the path of an old page, as it is written or as a browser's address bar has it: percent-encoded.
///
/// # Errors
/// [`BadOldPath`] for a path that cannot be decoded, leaves the site, or has a name that hosts act on.
pub fn old_path(text: &str) -> Result<OutPath, BadOldPath> {
    let bad = |why: &str, help: &str| BadOldPath {
        message: format!("the path \"{}\" {why}", shown(text)),
        help: help.into(),
    };
    if text.contains(['?', '#']) {
        return Err(not_here(text));
    }
    let mut segments = Vec::new();
    for segment in text.split('/') {
        // A slash that is encoded separates no folders, and no file's name has one.
        match percent_decoded(segment).filter(|decoded| !decoded.contains(['/', '\0'])) {
            Some(decoded) => segments.push(decoded),
            None => {
                return Err(bad(
                    "cannot be decoded",
                    "write the path in letters, such as `/2024/café/`, or `%25` for a `%`",
                ));
            }
        }
    }
    let decoded = segments.join("/");
    let page = if decoded.ends_with(".html") || decoded.ends_with('/') {
        decoded
    } else {
        format!("{decoded}/")
    };
    let out = UrlPath::out(&page).map_err(|error| {
        let help = match error {
            BadPath::LongSegment | BadPath::TooLong => "leave it out: no page can have been there",
            _ => "write the path of the old page from the site's root, such as `/2024/old-page/`",
        };
        bad(&error.to_string(), help)
    })?;
    match host_name(out.as_str()) {
        Some(name) => Err(bad(
            &format!("has the name `{name}`, on which hosts act"),
            "leave it out; the site's owner can put a file of that name below static/",
        )),
        None => Ok(out),
    }
}

/// The problem with an address that belongs to no site.
pub fn not_here(text: &str) -> BadOldPath {
    BadOldPath {
        message: format!("\"{}\" is not a path of this site", shown(text)),
        help: "write only the path of the old page, such as `/2024/old-page/`".into(),
    }
}

/// The beginning of a text that may be of any length.
fn shown(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::old_path;

    #[test]
    fn paths() {
        for (text, out) in [
            ("/old/", "old/index.html"),
            ("old", "old/index.html"),
            ("/old.html", "old.html"),
            ("/caf%C3%A9/", "café/index.html"),
            ("/cafe%CC%81/", "café/index.html"),
            ("/café/", "café/index.html"),
            ("/a%20b/c%3F/", "a b/c?/index.html"),
            ("/100%25/", "100%/index.html"),
            ("/%252e/", "%2e/index.html"),
            ("/.well-known/x/", ".well-known/x/index.html"),
        ] {
            assert_eq!(old_path(text).map(|out| out.to_string()), Ok(out.into()), "{text}");
        }
        for (text, why) in [
            ("/%zz/", "cannot be decoded"),
            ("/%ff/", "cannot be decoded"),
            ("/%00/", "cannot be decoded"),
            ("/a%2fb/", "cannot be decoded"),
            ("/100%/", "cannot be decoded"),
            ("/%2e%2e/x/", "leaves the site"),
            ("/a/%2E/", "has an empty segment"),
            ("/a%5Cb/", "has a backslash"),
            ("/a%0Ab/", "has a backslash or a control character"),
            ("/x?y", "is not a path of this site"),
            ("/.htaccess", "has the name `.htaccess`"),
            ("/%2Ehtaccess", "has the name `.htaccess`"),
            ("/_Redirects", "has the name `_Redirects`"),
            ("/a/.git/config", "has the name `.git`"),
            ("/robots.txt", "has the name `robots.txt`"),
            ("/CNAME/", "has the name `CNAME`"),
        ] {
            let found = old_path(text).expect_err(text);
            assert!(found.message.contains(why), "{text}: {}", found.message);
        }
        let long = format!("/{}/", "語".repeat(86));
        assert!(old_path(&long).expect_err("too long").message.contains("255 bytes"));
    }
}
