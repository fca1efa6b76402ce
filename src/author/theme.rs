//! A site's own copies of the theme's templates: how they are made, and what the theme has become since.
//!
//! Beside each copy lies the theme's text of that day, under `templates/.theme/`, where no build reads. It is part of the
//! site: without it nothing says which of the differences are the site's.

use diffy::DiffOptions;

use crate::base::{SourcePath, nearest};
use crate::diag::printable;
use crate::render::theme;

use super::NewFile;

/// The folder of the theme's texts as they were when they were copied.
const KEPT: &str = "templates/.theme/";

/// Reads a file of the site; none where there is none.
pub type ReadText<'a> = &'a dyn Fn(&SourcePath) -> Option<String>;

/// Why a template is not copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EjectRefusal {
    /// The theme has none of that name; with the nearest name that it has.
    Unknown(Option<&'static str>),
    /// The site has its copy, and the theme has changed since.
    Behind,
    /// The site's copy is gone, and the text that it was made from, which is no longer the theme's, lies there still.
    Left(SourcePath),
}

/// The files that give a site its own copy of a template: none where it has one that is up to date. A template that the
/// site has already stays as it is, and from then on is compared with the theme's of today.
///
/// # Errors
/// Why it cannot be copied.
pub fn eject(name: &str, read: ReadText<'_>) -> Result<Vec<NewFile>, EjectRefusal> {
    let unknown = || EjectRefusal::Unknown(nearest(name, templates().map(|(name, _)| name)));
    let (name, text) = templates().find(|(own, _)| *own == name).ok_or_else(unknown)?;
    let file = |path: SourcePath| NewFile { path, text: text.to_owned() };
    let has_own = read(&own(name)).is_some();
    match read(&kept(name)) {
        Some(kept) if kept == text => Ok(if has_own { Vec::new() } else { vec![file(own(name))] }),
        Some(_) if has_own => Err(EjectRefusal::Behind),
        Some(_) => Err(EjectRefusal::Left(kept(name))),
        None if has_own => Ok(vec![file(kept(name))]),
        None => Ok(vec![file(own(name)), file(kept(name))]),
    }
}

/// What a file of a site's `templates/` is to the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateStanding {
    /// It replaces a template of the theme, whose text is what the site's was made from.
    Current,
    /// It replaces one, and nothing says what it was made from.
    Untracked,
    /// It replaces one that has changed since.
    Behind,
    /// It extends one, and changes some of its blocks.
    Extends,
    /// It fills a place that the theme leaves empty.
    Slot,
    /// It replaces one by the same text.
    Same,
    /// It replaces none, and another template of the site names it.
    Part,
    /// It replaces none, and no template of the site names it.
    Unused,
}

/// What each of a site's own templates is. `files`: their paths below the site.
pub fn standings(files: &[SourcePath], read: ReadText<'_>) -> Vec<(SourcePath, TemplateStanding)> {
    let is_own = |path: &str| path.starts_with("templates/") && theme::is_template(path);
    let own = files.iter().filter(|path| is_own(path.as_str()));
    let texts: Vec<(&SourcePath, String)> =
        own.map(|path| (path, read(path).unwrap_or_default())).collect();
    let standing = |path: &SourcePath, text: &str| {
        let name = path.as_str().strip_prefix("templates/").unwrap_or(path.as_str());
        let Some((_, of_theme)) = templates().find(|(own, _)| *own == name) else {
            // Components are known everywhere, by the names that they have.
            let is_named = text.contains("{% component")
                || text.contains("{%- component")
                || texts.iter().any(|(other, text)| *other != path && text.contains(name));
            return if is_named { TemplateStanding::Part } else { TemplateStanding::Unused };
        };
        match read(&kept(name)) {
            _ if text == of_theme => TemplateStanding::Same,
            None if name.starts_with("slots/") => TemplateStanding::Slot,
            None if text.contains(&format!("extends \"{}{name}\"", theme::FOLDER)) => {
                TemplateStanding::Extends
            }
            None => TemplateStanding::Untracked,
            Some(kept) if kept == of_theme => TemplateStanding::Current,
            Some(_) => TemplateStanding::Behind,
        }
    };
    texts.iter().map(|(path, text)| ((*path).clone(), standing(path, text))).collect()
}

/// What the theme has changed in a template since the site copied it, as a unified diff that is safe for a terminal; empty
/// for one that has not changed. None for a template that was not copied, or of which the theme has none.
pub fn diff(name: &str, read: ReadText<'_>) -> Option<String> {
    let (name, now) = templates().find(|(own, _)| *own == name)?;
    let then = read(&kept(name))?.replace("\r\n", "\n");
    if then == now {
        return Some(String::new());
    }
    let patch = DiffOptions::new()
        .set_original_filename(format!("theme/{name} (when copied)"))
        .set_modified_filename(format!("theme/{name} (now)"))
        .create_patch(&then, now)
        .to_string();
    Some(printable(&patch))
}

/// The theme's templates: names relative to `templates/`, and texts.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    theme::TEMPLATES.iter().map(|(name, text)| (*name, *text))
}

fn own(name: &str) -> SourcePath {
    SourcePath::new(format!("templates/{name}"))
}

fn kept(name: &str) -> SourcePath {
    SourcePath::new(format!("{KEPT}{name}"))
}
