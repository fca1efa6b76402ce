//! What is no part of a site: hidden files, and what editors, file managers and browsers leave while they work.

/// Whether a file or folder is not part of a site, by its name.
///
/// `.well-known/` (RFC 8615) and `.nojekyll` are published.
pub fn ignored(name: &str) -> bool {
    if matches!(name, ".well-known" | ".nojekyll") {
        return false;
    }
    let name = name.to_ascii_lowercase();
    // Hidden: locks and copies of Emacs and LibreOffice, what NFS and Syncthing keep, `._x` of macOS, `.env`.
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || ENDS.iter().any(|end| name.ends_with(end))
        || NAMES.contains(&name.as_str())
        || name.split_once(".sb-").is_some_and(|(_, rest)| is_token(rest))
        || name.split_once(".tmp.").is_some_and(|(_, rest)| rest.split('.').all(is_number))
        || name.rsplit_once(".save.").is_some_and(|(_, rest)| is_number(rest))
}

/// What names of copies, locks and unfinished files end in.
const ENDS: [&str; 25] = [
    // Vim, and Kate, without the dot before the name.
    ".swp",
    ".swo",
    ".swn",
    ".swm",
    ".swl",
    ".swx",
    ".kate-swp",
    // Copies of before.
    ".bak",
    ".orig",
    ".rej",
    ".save",
    // What is being written.
    ".tmp",
    ".temp",
    ".crswap",
    "___jb_tmp___",
    "___jb_old___",
    // What is being fetched.
    ".crdownload",
    ".part",
    ".partial",
    ".filepart",
    ".opdownload",
    ".download",
    ".!ut",
    ".!qb",
    ".!sync",
];

/// What has one name wherever it lies.
const NAMES: [&str; 7] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "4913", "$recycle.bin", "__macosx", "icon\r"];

/// What a program makes up to keep a name free: letters, digits and hyphens between them.
fn is_token(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::ignored;

    #[test]
    fn leftovers() {
        for name in [
            ".git",
            ".env",
            ".x.md.swp",
            "x.md.swp",
            "x.md~",
            "x.md.~1~",
            "#x.md#",
            ".#x.md",
            "x.tmp",
            "x.TMP",
            ".DS_Store",
            "._x.md",
            "Thumbs.db",
            "THUMBS.DB",
            "Desktop.ini",
            "4913",
            "~$x.docx",
            ".~lock.x.odt#",
            ".~x.md",
            "x.md.sb-1234",
            "x.md.sb-8f2a77c1-Qd3fZk",
            ".syncthing.x.md.tmp",
            "x.md.crdownload",
            "x.pdf.part",
            "x.pdf.download",
            ".nfs000",
            ".nfs00000000012a4f0200000001",
            "x.md.tmp.12345.1699999999",
            "x.md.save.1",
            "x.md.rej",
            ".goutputstream-AB12CD",
            "x.md___jb_tmp___",
        ] {
            assert!(ignored(name), "{name}");
        }
        for name in [
            ".well-known",
            ".nojekyll",
            "x.md",
            "a.b.md",
            "x#y",
            "#",
            "#x",
            "x~y.md",
            "~x.md",
            "part",
            "party.md",
            "x.sb-y.md",
            "download",
            "x.tmp.md",
            "x.tmp.2024.jpg",
            "x.sb-2024.jpg",
            "2024",
            "CNAME",
            "_redirects",
        ] {
            assert!(!ignored(name), "{name}");
        }
    }
}
