//! What a site has in place of the theme's files, or beside them, beyond templates: which of it nothing uses, and what its
//! interface text leaves to the theme.

use std::collections::BTreeSet;

use crate::base::SourcePath;
use crate::data::stylesheet;
use crate::lang::{LangTag, Messages};
use crate::render::theme;

use super::theme::ReadText;

/// The files of a site's `static/theme/` that replace none of the theme's, and that no text of the site names.
pub fn dead_files(files: &[SourcePath], read: ReadText<'_>) -> Vec<SourcePath> {
    const TEXTS: [&str; 8] = [".html", ".css", ".js", ".md", ".yaml", ".yml", ".svg", ".json"];
    let in_theme = |path: &&SourcePath| path.as_str().starts_with("static/theme/");
    let replaces = |path: &SourcePath| {
        let out = path.as_str().strip_prefix("static/").unwrap_or_default();
        [stylesheet::OWN, stylesheet::ADDED].contains(&out)
            || theme::STATIC.iter().any(|(name, _)| *name == out)
    };
    let mut left: Vec<&SourcePath> =
        files.iter().filter(in_theme).filter(|path| !replaces(path)).collect();
    for file in files.iter().filter(|file| TEXTS.iter().any(|end| file.as_str().ends_with(end))) {
        if left.is_empty() {
            break;
        }
        let Some(text) = read(file) else { continue };
        left.retain(|path| *path == file || !text.contains(path.file_name()));
    }
    left.into_iter().cloned().collect()
}

/// What a file of a site's interface text says, beside the theme's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextsOf {
    /// The file.
    pub path: SourcePath,
    /// How many messages of the theme it says.
    pub said: usize,
    /// How many there are.
    pub of: usize,
    /// Its messages that neither the theme nor a template of the site asks for.
    pub unknown: Vec<String>,
    /// The messages that it lacks, where the theme does not speak its language: readers get them in English.
    pub missing: Vec<String>,
}

/// What each of a site's files of interface text says. One that is no Fluent is left to a build, which says why.
pub fn texts(files: &[SourcePath], read: ReadText<'_>) -> Vec<TextsOf> {
    let templates: Vec<String> = files
        .iter()
        .filter(|file| file.as_str().starts_with("templates/") && theme::is_template(file.as_str()))
        .filter_map(read)
        .collect();
    let name = |path: &SourcePath| {
        let name = path.as_str().strip_prefix("templates/lang/")?;
        Some(name.strip_suffix(".ftl")?.to_owned())
    };
    let english = theme::LANGUAGES.iter().find(|(name, _)| *name == "en.ftl");
    let english: BTreeSet<String> =
        english.map(|(_, text)| keys("en", text).unwrap_or_default()).unwrap_or_default();
    let mut all = Vec::new();
    for path in files {
        let Some(tag) = name(path) else { continue };
        let Some(own) = read(path).and_then(|text| keys(&tag, &text)) else { continue };
        let is_asked = |key: &str| {
            let asked = [format!("\"{key}\""), format!("'{key}'")];
            templates.iter().any(|text| asked.iter().any(|asked| text.contains(asked)))
        };
        let unknown = own.difference(&english).filter(|key| !is_asked(key)).cloned().collect();
        let is_known = theme::LANGUAGES.iter().any(|(name, _)| *name == format!("{tag}.ftl"));
        let missing = english.difference(&own).filter(|_| !is_known).cloned().collect();
        let (said, of) = (own.intersection(&english).count(), english.len());
        all.push(TextsOf { path: path.clone(), said, of, unknown, missing });
    }
    all
}

fn keys(tag: &str, text: &str) -> Option<BTreeSet<String>> {
    let messages = Messages::new(LangTag::parse(tag)?, text).ok()?;
    Some(messages.keys().map(str::to_owned).collect())
}
