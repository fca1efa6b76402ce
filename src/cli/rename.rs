//! `briefing rename`.

use std::io::{self, IsTerminal};

use crate::author;
use crate::author::rename::{self, IdKind, RenameRefusal, Renaming, UnknownKind, Wanted};
use crate::base::{SourcePath, counted};
use crate::config;
use crate::content::kind::Kind;
use crate::diag::{self, Code, Diagnostic, Span};
use crate::engine::Options;
use crate::source::{Disk, Source};

use super::args::{Format, RenameArgs};
use super::{GUARD, INPUT, USAGE, build, print};

/// Gives something another id: shows what it will do, asks, does it.
pub(super) fn run(args: &RenameArgs) -> u8 {
    let wanted = match Wanted::parse(&args.old) {
        Ok(wanted) => Wanted { file: args.file.as_deref().map(SourcePath::new), ..wanted },
        Err(UnknownKind { word, near }) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("kinds are {}", and(IdKind::ALL.iter().map(|kind| kind.as_str()))),
            };
            print::error(&format!("no kind `{word}`; {help}"));
            return USAGE;
        }
    };
    let now = match build::now(None) {
        Ok(now) => now,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
    if !args.site.join("content").is_dir() {
        print::error(&build::no_content(&args.site));
        return USAGE;
    }
    let options = Options { now, folder: build::folder(&args.site), ..Options::default() };
    let source = config::disk(&args.site);
    let renaming = match rename::plan(&source, &wanted, &args.id, &options) {
        Ok(renaming) => renaming,
        Err(refused) => return refuse(&wanted, &args.id, &source, &refused),
    };
    print::diff(&renaming.plan.diff());
    let count = count(&renaming);
    if renaming.joined > 0 {
        let pages = match renaming.joined {
            1 => "1 page is".to_owned(),
            count => format!("{count} pages are"),
        };
        let id = &args.id;
        print::note(&format!("{pages} in the topic `{id}` already: the two become one topic"));
    }
    if !args.yes {
        if !io::stdin().is_terminal() {
            print::note(&format!("nothing was changed; pass `--yes` to rename: {count}"));
            return GUARD;
        }
        if !confirmed(&format!("rename `{}` to `{}`, {count}?", wanted.id, args.id)) {
            print::note("nothing was changed");
            return GUARD;
        }
    }
    if let Err(failure) = author::apply(&source, &renaming.plan) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    print::note(&format!("renamed `{}` to `{}`: {count}", wanted.id, args.id));
    for (old, new) in &renaming.urls {
        print::note(&match renaming.redirected {
            true => format!("{old} now leads to {new}"),
            false => format!(
                "{old} is not found any more; to redirect it to {new}, write content/topics/{}.md with `redirect_from: {old}`",
                args.id
            ),
        });
    }
    own(&wanted.id, &source, &renaming);
    0
}

/// "14 references in 9 files".
fn count(renaming: &Renaming) -> String {
    let (references, files) = renaming.references;
    format!("{} in {}", counted(references, "reference"), counted(files, "file"))
}

/// Names the fields that only the author understands.
fn own(id: &str, source: &Disk, renaming: &Renaming) {
    let moved = |span: &Span| renaming.plan.of(&span.file);
    for span in &renaming.own {
        let place = format!("{}:{}:{}", moved(span), span.start.line, span.start.column);
        print::note(&format!("{place}: a field below `extra` still has `{id}`"));
    }
    let templates = source.list().files.into_iter();
    for path in templates.filter(|path| path.as_str().starts_with("templates/")) {
        let Ok(bytes) = source.read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for (number, _) in text.lines().enumerate().filter(|(_, line)| has_word(line, id)) {
            print::note(&format!("{path}:{}: still has `{id}`", number + 1));
        }
    }
}

/// Whether a line has an id, and not as a part of another.
fn has_word(line: &str, id: &str) -> bool {
    line.match_indices(id).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let (before, after) = (&line[..at], &line[at + id.len()..]);
        !before.ends_with(part) && !after.starts_with(part)
    })
}

fn refuse(wanted: &Wanted, new: &str, source: &Disk, refused: &RenameRefusal) -> u8 {
    let old = &*wanted.id;
    let show = |diagnostics: &[Diagnostic]| {
        let diagnostics = diag::group(diagnostics.to_vec());
        print::diagnostics(Format::Human, &diagnostics, &|path| refused.text(source, path));
        print::note("");
    };
    let (code, message) = match refused {
        RenameRefusal::Unknown { kinds, near } if kinds.is_empty() => {
            let what = match wanted.kind {
                Some(kind) => format!("no {} `{old}`", kind.as_str()),
                None => format!("no page, fact or source has the id `{old}`"),
            };
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a page's id is its file's name, without `.md`".into(),
            };
            (USAGE, format!("{what}; {help}"))
        }
        RenameRefusal::Unknown { kinds, .. } => {
            (USAGE, format!("`{old}` is {}; write {}", nouns(kinds), choices(kinds, old)))
        }
        RenameRefusal::Several(kinds) => {
            (USAGE, format!("`{old}` is {}; choose one: {}", nouns(kinds), choices(kinds, old)))
        }
        RenameRefusal::NotThere(kinds) => {
            let file = wanted.file.as_ref().map_or("", SourcePath::as_str);
            let what = nouns(kinds);
            (USAGE, format!("`{file}` does not declare `{old}`, which is {what} elsewhere"))
        }
        RenameRefusal::Scattered(files) => {
            let files = and(files.iter().map(|file| format!("`{file}`")));
            (
                USAGE,
                format!("the source `{old}` is declared in {files}; choose one with `--in FILE`"),
            )
        }
        RenameRefusal::Twice(files) => {
            let count = match files.len() {
                2 => "two".to_owned(),
                count => count.to_string(),
            };
            let files = and(files.iter().map(|file| format!("`{file}`")));
            (INPUT, format!("the id `{old}` is used by {count} files: {files}"))
        }
        RenameRefusal::InvalidId { suggestion } => {
            let help = match suggestion {
                Some(suggestion) => format!(": write `{suggestion}`"),
                None => String::new(),
            };
            let rule = "ids are lower-case letters and digits joined by `-`";
            (USAGE, format!("`{new}` is not an id; {rule}{help}"))
        }
        RenameRefusal::Same => (USAGE, format!("the id is `{old}` already")),
        RenameRefusal::Taken(path) => {
            (GUARD, format!("the id `{new}` is taken by `{path}`; choose another"))
        }
        RenameRefusal::Unparsed(found) => {
            show(found);
            let why = "references in files with errors cannot be found";
            (INPUT, format!("nothing was changed: {why}; correct the errors first"))
        }
        RenameRefusal::Unclear(kind, places) => {
            let (code, form) = plain(*kind);
            let found = places.iter().map(|span| {
                let message = format!("this reference to `{old}` cannot be rewritten");
                let help = format!("write it in a plain form, such as {form}");
                Diagnostic::new(code, span.clone(), message).help(help)
            });
            show(&found.collect::<Vec<_>>());
            (INPUT, "nothing was changed".into())
        }
        RenameRefusal::Breaks(found, _) => {
            show(found);
            (GUARD, "nothing was changed: the rename would cause these problems".into())
        }
    };
    print::error(&message);
    code
}

/// The code of a reference to something of a kind, and how one is written plainly.
fn plain(kind: IdKind) -> (Code, String) {
    match kind {
        IdKind::Page(Kind::Player) => {
            (Code::UnknownPlayer, "`[[id]]` or `[text](player:id)`".into())
        }
        IdKind::Page(Kind::Topic) => (Code::UnknownId, "`[text](topic:id)`".into()),
        IdKind::Page(kind) => {
            (Code::UnknownId, format!("`[[id]]` or `[text]({}:id)`", kind.as_str()))
        }
        IdKind::Fact => (Code::UnknownFact, "`[[fact:id]]`".into()),
        IdKind::Source => (Code::UnknownSource, "`[^id]`".into()),
    }
}

/// "a player, a fact and a source".
fn nouns(kinds: &[IdKind]) -> String {
    and(kinds.iter().map(|kind| kind.noun()))
}

/// "`player:ann`, `fact:ann` or `source:ann`".
fn choices(kinds: &[IdKind], id: &str) -> String {
    joined(kinds.iter().map(|kind| format!("`{}:{id}`", kind.as_str())), "or")
}

fn and(words: impl Iterator<Item = impl ToString>) -> String {
    joined(words, "and")
}

fn joined(words: impl Iterator<Item = impl ToString>, last: &str) -> String {
    let words: Vec<String> = words.map(|word| word.to_string()).collect();
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Asks on the terminal; anything but yes is no.
fn confirmed(question: &str) -> bool {
    print::ask(question);
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
