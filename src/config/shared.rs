//! `shared:`, the folders beside `content/` that links of the site may lead into.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::SourcePath;
use crate::content::resolve::Fields;
use crate::content::text;
use crate::diag::Code;
use crate::source::{Disk, ignored};
use crate::yaml::{OneOrMany, Spanned, Text};

use super::PATH;

/// The most folders that a site shares.
const MOST: usize = 16;

/// The site in a folder, with the folders that its settings share.
pub fn disk(root: impl Into<PathBuf>) -> Disk {
    Disk::sharing(root, shares)
}

/// The folders that settings share: none if the settings cannot be read.
fn shares(bytes: &[u8]) -> Vec<String> {
    let text = text::decode(&SourcePath::new(PATH), bytes);
    let config = text.map(|text| super::resolve(Some(&text), "").0);
    config.map(|config| config.shared).unwrap_or_default()
}

/// The folders of the field, as paths from the site's folder.
pub(super) fn folders(fields: &mut Fields, raw: Option<OneOrMany<Text>>) -> Vec<String> {
    let mut folders = Vec::new();
    for Spanned { value: folder, span } in fields.texts(raw) {
        let refused = refusal(&folder).or((folders.len() == MOST).then_some("is one too many"));
        match refused {
            None => folders.push(folder.to_string()),
            Some(reason) => {
                let message = format!("the shared folder \"{folder}\" {reason}");
                fields.problem(Code::InvalidValue, span, message, help(&folder));
            }
        }
    }
    folders
}

/// Why a folder cannot be shared, by its path alone.
fn refusal(folder: &Arc<str>) -> Option<&'static str> {
    let segments = || folder.split('/').filter(|segment| !matches!(*segment, "" | "." | ".."));
    if folder.starts_with('/') || folder.contains(':') {
        return Some("is not a path from the site's folder");
    }
    if folder.contains('\\') || folder.contains(char::is_control) {
        return Some("has a backslash or a control character");
    }
    if segments().next().is_none() {
        return Some("holds the site itself");
    }
    segments().any(ignored).then_some("is hidden, or a copy that an editor left")
}

fn help(folder: &str) -> String {
    let name = folder
        .rsplit(['/', '\\'])
        .find(|name| !matches!(*name, "" | "." | "..") && !name.contains(':') && !ignored(name));
    let name = name.filter(|name| !name.contains(char::is_control)).unwrap_or("NAME");
    format!("write a path that begins at the site's folder, such as `../{name}`; at most {MOST}")
}
