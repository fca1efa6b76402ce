//! `briefing theme`.

use std::collections::BTreeSet;

use crate::author::overrides::{dead_files, texts};
use crate::author::theme::{
    EjectRefusal, ReadText, TemplateStanding, diff, eject, standings, templates,
};
use crate::author::{self, Tops};
use crate::base::{SourcePath, counted};
use crate::config;
use crate::diag::{self, Diagnostic, Severity, Strictness};
use crate::engine::{Engine, Options};
use crate::render::{UnknownField, ViewFields};
use crate::source::{Disk, Source};

use super::args::{Format, ThemeArgs, ThemeCommand};
use super::{GUARD, INPUT, USAGE, build, init, out, print};

/// Copies templates of the theme, or says what has become of them.
pub(super) fn run(args: &ThemeArgs) -> u8 {
    if !args.site.join("content").is_dir() {
        print::error(&build::no_content(&args.site));
        return USAGE;
    }
    let disk = config::disk(&args.site);
    match &args.command {
        ThemeCommand::Eject { files } if files.is_empty() => list(),
        ThemeCommand::Eject { files } => copy(args, &disk, files),
        ThemeCommand::Diff { files } => changes(args, &disk, files),
        ThemeCommand::Check => check(args, &disk),
    }
}

/// A text of the site with the line ends that the theme has.
fn read(disk: &Disk, path: &SourcePath) -> Option<String> {
    let text = String::from_utf8(disk.read(path).ok()?).ok()?;
    Some(text.replace("\r\n", "\n"))
}

/// `templates/article.html` and `article.html` are one template.
fn name(file: &str) -> &str {
    file.strip_prefix("templates/").unwrap_or(file)
}

/// Prints the templates of the theme.
fn list() -> u8 {
    templates().for_each(|(name, _)| print::answer(name));
    print::note("`briefing theme eject article.html` copies one into the site's templates/");
    0
}

fn copy(args: &ThemeArgs, disk: &Disk, files: &[String]) -> u8 {
    let mut made = Vec::new();
    // A template may be named twice.
    for file in files.iter().map(|file| name(file)).collect::<BTreeSet<_>>() {
        match eject(file, &|path| read(disk, path)) {
            Ok(new) if new.is_empty() => {
                print::note(&format!("`templates/{file}` is a copy of the theme's already"));
            }
            Ok(new) => made.extend(new),
            Err(refused) => return refuse(args, file, &refused),
        }
    }
    if let Err(failure) = author::create(disk, &made, Tops::Followed) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    made.iter().for_each(|file| print::answer(&init::shown(&args.site, &file.path)));
    0
}

fn refuse(args: &ThemeArgs, file: &str, refused: &EjectRefusal) -> u8 {
    let site = init::site_flag(&args.site);
    let (code, message) = match refused {
        EjectRefusal::Unknown(near) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`briefing theme eject{site}` lists them"),
            };
            (USAGE, format!("the theme has no template `{file}`; {help}"))
        }
        EjectRefusal::Behind => (
            GUARD,
            format!(
                "the theme has changed `{file}` since `templates/{file}` was copied; `briefing theme diff {file}{site}` shows how. \
                 When the copy has what you want of it, remove `templates/.theme/{file}` and eject it again: the copy stays as it is"
            ),
        ),
        EjectRefusal::Left(path) => (
            GUARD,
            format!(
                "`{path}` is left from an earlier copy of `{file}`; remove it and eject the template again"
            ),
        ),
    };
    print::error(&message);
    code
}

/// Prints what the theme has changed.
fn changes(args: &ThemeArgs, disk: &Disk, files: &[String]) -> u8 {
    let read = |path: &SourcePath| read(disk, path);
    let asked: Vec<&str> = match files.is_empty() {
        true => templates().map(|(name, _)| name).collect(),
        false => files.iter().map(|file| name(file)).collect(),
    };
    let mut copied = 0;
    let mut patches = String::new();
    for file in asked {
        match diff(file, &read) {
            Some(patch) => {
                copied += 1;
                patches.push_str(&patch);
            }
            None if files.is_empty() => {}
            None => {
                let site = init::site_flag(&args.site);
                print::error(&format!(
                    "no copy of `{file}` was made from the theme; `briefing theme eject {file}{site}` makes one"
                ));
                return USAGE;
            }
        }
    }
    if patches.is_empty() {
        print::note(&match copied {
            0 => "no template was copied from the theme".to_owned(),
            count => {
                format!("{}: the theme has not changed since", counted(count, "copied template"))
            }
        });
    }
    out::out(format_args!("{patches}"));
    0
}

/// Prints what each of the site's templates is.
fn check(args: &ThemeArgs, disk: &Disk) -> u8 {
    let listed = disk.list().files;
    let own: Vec<SourcePath> =
        listed.iter().filter(|path| path.as_str().starts_with("templates/")).cloned().collect();
    let read = |path: &SourcePath| read(disk, path);
    let found = standings(&own, &read);
    if found.is_empty() {
        print::note("the site has no templates of its own");
    }
    let mut is_wrong = false;
    let site = init::site_flag(&args.site);
    for (path, standing) in &found {
        let file = name(path.as_str());
        let words = match standing {
            TemplateStanding::Current => "a copy; the theme's has not changed since".to_owned(),
            TemplateStanding::Untracked => format!(
                "replaces the theme's; `briefing theme eject {file}{site}` keeps today's text, from which `diff` starts"
            ),
            TemplateStanding::Behind => format!(
                "the theme's has changed since it was copied: `briefing theme diff {file}{site}`"
            ),
            TemplateStanding::Extends => "changes blocks of the theme's".to_owned(),
            TemplateStanding::Slot => "fills a place that the theme leaves empty".to_owned(),
            TemplateStanding::Same => "the theme's own text: remove it, or change it".to_owned(),
            TemplateStanding::Part => "a part that other templates use".to_owned(),
            TemplateStanding::Unused => {
                "nothing uses it: no template of the theme has its name, and none of the site names it"
                    .to_owned()
            }
        };
        print::answer(&format!("{}: {words}", init::shown(&args.site, path)));
        let text = read(path).unwrap_or_default();
        for UnknownField { line, path: field, near } in ViewFields::of(file).unknown(&text) {
            is_wrong = true;
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            print::answer(&format!(
                "{}:{line}: no view has `{field}`{near}",
                init::shown(&args.site, path)
            ));
        }
    }
    is_wrong |= refused(args, disk);
    let others = check_others(args, &listed, &read);
    let is_late = |standing: &TemplateStanding| {
        matches!(
            standing,
            TemplateStanding::Behind | TemplateStanding::Same | TemplateStanding::Unused
        )
    };
    let is_late = found.iter().any(|(_, standing)| is_late(standing));
    if is_late || is_wrong || others { INPUT } else { 0 }
}

/// Prints the errors of templates and interface text for which a build makes no page. Whether there are any.
fn refused(args: &ThemeArgs, disk: &Disk) -> bool {
    let options = Options { folder: build::folder(&args.site), ..Options::default() };
    let loaded = Engine::once().load(disk, options);
    let of_templates = |found: &&Diagnostic| {
        found.severity == Severity::Error && found.span.file.as_str().starts_with("templates/")
    };
    let mut found: Vec<Diagnostic> =
        loaded.diagnostics().iter().filter(of_templates).cloned().collect();
    loaded.config().levels.apply(Strictness::Check, &mut found);
    let found = diag::group(found);
    print::report(Format::Human, true, &found, &|path| loaded.text(path));
    !found.is_empty()
}

/// Prints what else a site has of the theme's: files that nothing uses, and interface text. Whether something is wrong with it.
fn check_others(args: &ThemeArgs, listed: &[SourcePath], read: ReadText<'_>) -> bool {
    let mut is_wrong = false;
    for path in dead_files(listed, read) {
        is_wrong = true;
        print::answer(&format!(
            "{}: nothing uses it: the theme has no file of its name, and no text of the site names it",
            init::shown(&args.site, &path)
        ));
    }
    let quoted = |keys: &[String]| format!("`{}`", keys.join("`, `"));
    for texts in texts(listed, read) {
        let shown = init::shown(&args.site, &texts.path);
        let of = counted(texts.of, "message");
        print::answer(&format!("{shown}: says {} of {of}", texts.said));
        if !texts.unknown.is_empty() {
            is_wrong = true;
            print::answer(&format!("{shown}: nothing asks for {}", quoted(&texts.unknown)));
        }
        if !texts.missing.is_empty() {
            print::answer(&format!("{shown}: readers get in English {}", quoted(&texts.missing)));
        }
    }
    is_wrong
}
