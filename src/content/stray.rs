//! Files in `content/` that their author may take for a page or for data, and that are neither.

use std::collections::BTreeSet;

use crate::base::{EntityId, SourcePath};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::LangTag;

use super::kind::{self, Kind};

/// Names of Markdown that are not `.md`.
const MARKDOWN: [&str; 7] = ["md", "markdown", "mdown", "mkd", "mkdn", "mdtext", "mdx"];

/// Other forms in which texts are written.
const TEXTS: [&str; 14] = [
    "html", "htm", "xhtml", "txt", "text", "rst", "adoc", "asciidoc", "org", "textile", "docx",
    "doc", "odt", "rtf",
];

/// The files of data, each with the only name that is read.
const DATA: [&str; 3] = ["site", "facts", "sources"];

/// What programs that share folders write into the name of a copy that they kept.
const CONFLICTS: [&str; 12] = [
    "conflicted copy",
    "conflict copy",
    "case conflict",
    "[conflicted]",
    "sfconflict",
    ".sync-conflict-",
    "konfliktkopie",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "cópia em conflito",
    "競合コピー",
];

/// Where a copy begins in a name that a program made which shares folders; nothing for a name of the author's own.
pub fn copied(name: &str) -> Option<&str> {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let lower = stem.to_lowercase();
    if EntityId::new(stem).is_ok() || !CONFLICTS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let own = stem.split([' ', '(', '[']).next().unwrap_or_default();
    let own = own.split(".sync-conflict-").next().unwrap_or_default();
    // What follows the end is not the copy's.
    (!own.is_empty() && !end.is_empty()).then_some(own)
}

/// A Markdown file that is no page.
pub fn markdown(path: &SourcePath) -> Diagnostic {
    let span = Span::file(path.clone());
    if let Some(own) = copied(path.file_name()) {
        let message = format!("`{path}` is a copy that a file-sharing program made");
        let help = format!("take over into `{own}.md` what it lacks, then remove the copy");
        return Diagnostic::new(Code::StrayMarkdown, span, message).help(help);
    }
    let message = format!("`{path}` is in none of the folders that make pages");
    if let Some(own) = translation(path) {
        let help = format!(
            "if it is a translation, move it to `{own}`, beside the page that it translates"
        );
        return Diagnostic::new(Code::StrayMarkdown, span, message).help(help);
    }
    Diagnostic::new(Code::StrayMarkdown, span, message).help(
        "move it to content/articles/, content/players/, content/faq/, content/topics/ or content/pages/",
    )
}

/// The path of a translation that lies in a folder for its language: `content/ja/articles/x.md`.
fn translation(path: &SourcePath) -> Option<String> {
    let (language, below) = path.as_str().strip_prefix("content/")?.split_once('/')?;
    let tag = LangTag::parse(&language.replace('_', "-"))?;
    let (folder, _) = below.split_once('/')?;
    let is_kind = Kind::ALL.iter().any(|kind| kind.folder() == folder);
    is_kind.then_some(format!("content/{}.{tag}.md", below.strip_suffix(".md")?))
}

/// Reports the files in `content/` that no reader of the program takes. `pages` are the Markdown files, sorted.
pub fn unread(pages: &[SourcePath], others: &[SourcePath]) -> Vec<Diagnostic> {
    let folders: BTreeSet<&str> = pages
        .iter()
        .filter(|page| page.file_name() == "index.md")
        .map(SourcePath::folder)
        .collect();
    let reported = others.iter().filter_map(|path| {
        let inside = path.as_str().strip_prefix("content/")?;
        let name = path.file_name();
        let (stem, end) = name.rsplit_once('.')?;
        let lower = end.to_lowercase();
        let span = Span::file(path.clone());
        let stray = |message: String, help: String| {
            Some(Diagnostic::new(Code::StrayFile, span.clone(), message).help(help))
        };
        let is_data = matches!(&*lower, "yaml" | "yml" | "json" | "toml");
        if is_data && !inside.contains('/') {
            let (whole, language) = kind::translation(copied(name).unwrap_or(stem));
            let own = whole.to_lowercase();
            let own = DATA.iter().find(|data| **data == own)?;
            let help = match copied(name) {
                None if language.is_some() => match *own {
                    "site" => "write what the site says of itself in the language below `languages:` in `content/site.yaml`".into(),
                    own => format!("`content/{own}.yaml` is that of every language: write it there"),
                },
                Some(_) => format!("take over into `{own}.yaml` what it lacks, then remove the copy"),
                None => format!("write it as YAML, in `content/{own}.yaml`"),
            };
            return stray(format!("`{path}` is not read"), help);
        }
        // Beside the page of a folder of its own lie files that belong to it.
        let mut above = path.folder();
        while above.len() > "content".len() {
            if folders.contains(above) {
                return None;
            }
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let (own, language) = kind::translation(stem);
        let language = language.map(|(tag, _)| format!(".{tag}")).unwrap_or_default();
        let id = EntityId::new(own).err().and_then(|error| error.suggestion);
        let markdown = format!("{}{language}.md", id.as_deref().unwrap_or(own));
        let page = SourcePath::new(format!("{}/{markdown}", path.folder()));
        let is_there = pages.binary_search(&page).is_ok();
        if MARKDOWN.contains(&&*lower) {
            let message = format!("`{path}` is no page: its name does not end in `.md`");
            let help = match (is_there, &*lower) {
                (true, _) => format!("take over into `{markdown}` what it lacks, then remove it"),
                (false, "mdx") => format!("save it without components as `{markdown}`"),
                (false, _) => format!("rename it to `{markdown}`"),
            };
            return Some(Diagnostic::new(Code::StrayMarkdown, span, message).help(help));
        }
        let help = "write a page as Markdown, in a file whose name ends in `.md`; what readers are to fetch belongs \
                    in `static/`, or in the page's own folder";
        TEXTS
            .contains(&&*lower)
            .then(|| stray(format!("`{path}` makes no page, and is not published"), help.into()))?
    });
    reported.collect()
}

#[cfg(test)]
mod tests {
    use super::copied;

    #[test]
    fn copies_of_shared_folders_are_known_by_their_names() {
        for (name, own) in [
            ("x (conflicted copy).md", "x"),
            ("x (Ann's conflicted copy 2026-01-02).md", "x"),
            ("trade-talks (conflicted copy 2026-01-02 101112).md", "trade-talks"),
            ("x (Ann Example's Conflicted Copy).yaml", "x"),
            ("x (Case Conflict 1).md", "x"),
            ("x.sync-conflict-20260102-101112-ABCDEFG.md", "x"),
            ("x [conflicted].md", "x"),
            ("x (SFConflict ann@example.org 2026-01-02).md", "x"),
            ("x (Konfliktkopie von Ann 2026-01-02).md", "x"),
            ("x (copie en conflit de Ann).md", "x"),
            ("x (競合コピー).md", "x"),
        ] {
            assert_eq!(copied(name), Some(own), "{name}");
        }
        for name in
            ["x.md", "the-conflicted-copy.md", "case-conflict.md", "x (1).md", "x y.md", ".md"]
        {
            assert_eq!(copied(name), None, "{name}");
        }
    }
}
