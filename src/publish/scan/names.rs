//! Files that are secrets by their name.

use crate::base::OutPath;

/// Whole names, in small letters, one a line.
const NAMES: &str = include_str!("lists/file_names.txt");

/// How a name ends, one a line.
const ENDS: &str = include_str!("lists/file_ends.txt");

/// Folders that hold nothing for readers.
const FOLDERS: [&str; 11] = [
    ".git",
    ".hg",
    ".svn",
    ".ssh",
    ".aws",
    ".azure",
    ".kube",
    ".docker",
    ".gnupg",
    ".gcloud",
    ".terraform",
];

/// What an editor or a user adds to the name of a copy.
const COPIES: [&str; 8] = ["~", ".bak", ".old", ".orig", ".save", ".swp", ".copy", ".txt"];

/// Whether a file's name is that of a secret; its bytes decide where a name has another meaning too.
pub(super) fn is_secret(path: &OutPath, bytes: &[u8]) -> bool {
    let text = path.as_str().to_ascii_lowercase();
    let (folders, name) = text.rsplit_once('/').unwrap_or(("", &text));
    if folders.split('/').any(|folder| FOLDERS.contains(&folder)) {
        return true;
    }
    let copied = COPIES.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    // `.wp-config.php.swp` of vim, `#wp-config.php#` of Emacs.
    let copied = copied.trim_matches('#');
    let hidden = copied.strip_prefix('.').unwrap_or(copied);
    let is_named = |name: &str| NAMES.lines().any(|it| it == name) || name.starts_with(".env.");
    if is_named(name) || is_named(copied) || is_named(hidden) {
        // A page of that name is a page.
        return !name.ends_with(".html");
    }
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    for name in [name, copied] {
        if name.ends_with(".sql") || name.contains(".sql.") {
            return is_dump(name, bytes);
        }
        if ENDS.lines().any(|end| name.ends_with(end)) {
            return true;
        }
        if name.ends_with(".pem") || name.ends_with(".key") {
            let is_public = has(b"BEGIN CERTIFICATE") || has(b"BEGIN PUBLIC KEY");
            let is_public = is_public || has(b"BEGIN RSA PUBLIC KEY") || has(b"BEGIN PGP PUBLIC");
            let is_public = is_public || has(b"BEGIN DH PARAMETERS");
            // Slides of Keynote are archives.
            let is_slides = name.ends_with(".key") && bytes.starts_with(b"PK\x03\x04");
            return !(is_slides || is_public && !has(b"PRIVATE KEY"));
        }
        let is_account = name.starts_with("client_secret")
            || name.starts_with("service-account")
            || name.starts_with("service_account")
            || name.contains("firebase-adminsdk");
        if is_account && name.ends_with(".json") {
            return true;
        }
    }
    false
}

/// Whether a file of SQL is what a database was saved to, and not an example.
fn is_dump(name: &str, bytes: &[u8]) -> bool {
    const SIGNS: [&str; 5] = ["dump", "backup", "export", "database", "prod"];
    let head = &bytes[..bytes.len().min(4096)];
    let has = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
    SIGNS.iter().any(|sign| name.contains(sign))
        || !name.ends_with(".sql")
        || has(b"PostgreSQL database dump")
        || has(b"MySQL dump")
        || has(b"MariaDB dump")
        || has(b"SQLite database dump")
        || has(b"PRAGMA foreign_keys=OFF")
}
