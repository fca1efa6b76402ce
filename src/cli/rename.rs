//! `briefing rename`.

use std::io::{self, IsTerminal};

use crate::author;
use crate::author::rename::{self, Refused, Renaming};
use crate::config;
use crate::diag::{self, Code, Diagnostic, Span};
use crate::engine::Options;
use crate::source::{Disk, Source};

use super::args::{Format, RenameArgs};
use super::{GUARD, INPUT, USAGE, build, print};

/// Renames a player: shows what it will do, asks, does it.
pub(super) fn run(args: &RenameArgs) -> u8 {
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
    let options = Options {
        now,
        drafts: false,
        future: false,
        base_url: None,
        folder: build::folder(&args.site),
        keep: false,
        without_broken: false,
    };
    let source = config::disk(&args.site);
    let renaming = match rename::plan(&source, &args.player, &args.id, &options) {
        Ok(renaming) => renaming,
        Err(refused) => return refuse(args, &source, refused),
    };
    print::diff(&renaming.plan.diff());
    let count = count(&renaming);
    if !args.yes {
        if !io::stdin().is_terminal() {
            print::note(&format!("nothing was changed; --yes renames: {count}"));
            return GUARD;
        }
        if !confirmed(&format!("rename `{}` to `{}`, {count}?", args.player, args.id)) {
            print::note("nothing was changed");
            return GUARD;
        }
    }
    if let Err(failure) = author::apply(&source, &renaming.plan) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    print::note(&format!("renamed `{}` to `{}`: {count}", args.player, args.id));
    if let Some((old, new)) = &renaming.urls {
        print::note(&format!("{old} now leads to {new}"));
    }
    own(args, &source, &renaming);
    0
}

/// "14 references in 9 files".
fn count(renaming: &Renaming) -> String {
    let (references, files) = renaming.references;
    format!("{} in {}", print::noun(references, "reference"), print::noun(files, "file"))
}

/// Names the fields that only the author understands.
fn own(args: &RenameArgs, source: &Disk, renaming: &Renaming) {
    let moved = |span: &Span| match &renaming.plan.moved {
        Some(moved) => moved.of(&span.file),
        None => span.file.clone(),
    };
    for span in &renaming.own {
        let place = format!("{}:{}:{}", moved(span), span.start.line, span.start.column);
        print::note(&format!("{place}: a field below `extra` still says `{}`", args.player));
    }
    let templates = source.list().files.into_iter();
    for path in templates.filter(|path| path.as_str().starts_with("templates/")) {
        let Ok(bytes) = source.read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for (number, _) in text.lines().enumerate().filter(|(_, line)| has_word(line, &args.player))
        {
            print::note(&format!("{path}:{}: still says `{}`", number + 1, args.player));
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

fn refuse(args: &RenameArgs, source: &Disk, refused: Refused) -> u8 {
    let (player, id) = (&args.player, &args.id);
    let show = |refused: &Refused, diagnostics: &[Diagnostic]| {
        let diagnostics = diag::group(diagnostics.to_vec());
        print::diagnostics(Format::Human, &diagnostics, &|path| refused.text(source, path));
        print::note("");
    };
    let (code, message) = match &refused {
        Refused::Unknown { kind: Some(kind), .. } => {
            (USAGE, format!("`{player}` is {}; only players are renamed", kind.noun()))
        }
        Refused::Unknown { near, .. } => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a player's id is its file's name, without `.md`".into(),
            };
            (USAGE, format!("no player `{player}`; {help}"))
        }
        Refused::Twice(first, second) => {
            (INPUT, format!("the id `{player}` is used by two files: `{first}` and `{second}`"))
        }
        Refused::InvalidId { suggestion } => {
            let help = match suggestion {
                Some(suggestion) => format!(": write `{suggestion}`"),
                None => String::new(),
            };
            let rule = "ids are lower-case letters and digits joined by `-`";
            (USAGE, format!("\"{id}\" is not an id; {rule}{help}"))
        }
        Refused::Same => (USAGE, format!("`{player}` has that id")),
        Refused::Taken(path) => {
            (GUARD, format!("the id `{id}` is taken by `{path}`; choose another"))
        }
        Refused::Unparsed(found) => {
            show(&refused, found);
            let why = "files with errors may hide what they name";
            (INPUT, format!("nothing was changed: {why}; correct them first"))
        }
        Refused::Unclear(places) => {
            let found = places.iter().map(|span| {
                let message = format!("this names `{player}` in a way that cannot be rewritten");
                let help = "write it plainly, such as `[[id]]` or `[text](player:id)`";
                Diagnostic::new(Code::UnknownPlayer, span.clone(), message).help(help)
            });
            show(&refused, &found.collect::<Vec<_>>());
            (INPUT, "nothing was changed".into())
        }
        Refused::Breaks(found, _) => {
            show(&refused, found);
            (GUARD, "nothing was changed: that is what would be wrong afterwards".into())
        }
    };
    print::error(&message);
    code
}

/// Asks on the terminal; anything but yes is no.
fn confirmed(question: &str) -> bool {
    print::ask(question);
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
