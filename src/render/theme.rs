//! The default theme, embedded in the binary: a site needs no templates of its own.

use crate::base::{OutPath, SourcePath};

macro_rules! embedded {
    ($include:ident, $folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, $include!(concat!("../../", $folder, $name)))),+]
    };
}

/// The templates: path relative to `templates/`, then text.
pub const TEMPLATES: &[(&str, &str)] = embedded!(include_str, "templates/":
    "404.html",
    "api.html",
    "article.html",
    "base.html",
    "card.svg",
    "components/cards.html",
    "components/changes.html",
    "components/parts.html",
    "components/positions.html",
    "components/tables.html",
    "embed.html",
    "fact.html",
    "faq.html",
    "feeds.html",
    "home.html",
    "list.html",
    "page.html",
    "player.html",
    "redirect.html",
    "search.html",
    "slots/after-article.html",
    "slots/before-article.html",
    "slots/footer.html",
    "slots/head.html",
    "slots/masthead.html",
    "source.html",
    "topic.html",
);

/// The folder, relative to `templates/`, under which a site's template extends or includes the theme's of its own name.
pub const FOLDER: &str = "theme/";

/// The interface text: path relative to `templates/lang/` (a language tag and `.ftl`), then Fluent source.
pub const LANGUAGES: &[(&str, &str)] = embedded!(include_str, "templates/lang/":
    "ar.ftl",
    "de.ftl",
    "en.ftl",
    "es.ftl",
    "fr.ftl",
    "ja.ftl",
    "ko.ftl",
    "zh.ftl",
);

/// The static files: path relative to `static/`, then bytes.
pub const STATIC: &[(&str, &[u8])] = embedded!(include_bytes, "static/":
    "favicon.ico",
    "theme/icon.svg",
    "theme/appearance.js",
    "theme/page.js",
    "theme/missing.js",
    "theme/search.js",
    "theme/newsreader.cf4198ef.woff2",
    "theme/newsreader.OFL.txt",
    "theme/public-sans.85b3fcfb.woff2",
    "theme/public-sans.OFL.txt",
);

/// The faces of the style sheet, relative to the output folder.
pub const FONTS: [&str; 2] =
    ["theme/newsreader.cf4198ef.woff2", "theme/public-sans.85b3fcfb.woff2"];

/// The icon, relative to the output folder.
pub const ICON: &str = "theme/icon.svg";

/// The script of the search, relative to the output folder.
pub const SEARCH: &str = "theme/search.js";

/// The script of the page for what is not there, relative to the output folder.
pub const MISSING: &str = "theme/missing.js";

/// The script of pages, relative to the output folder.
pub const SCRIPT: &str = "theme/page.js";

/// The script of the reader's choice of light and dark, relative to the output folder.
pub const APPEARANCE: &str = "theme/appearance.js";

/// The faces, by the names of their families, as browsers are sent them.
pub fn faces() -> [(&'static str, &'static [u8]); 2] {
    let bytes = |path: &str| OutPath::new(path).ok().and_then(|out| file(&out)).unwrap_or_default();
    [("Newsreader", bytes(FONTS[0])), ("Public Sans", bytes(FONTS[1]))]
}

/// Whether a file of `templates/` is a template, by its name.
pub fn is_template(name: &str) -> bool {
    [".html", ".svg"].iter().any(|end| name.ends_with(end))
}

/// Every template with its path below a site.
pub fn templates() -> impl Iterator<Item = (SourcePath, &'static str)> {
    TEMPLATES.iter().map(|(name, text)| (SourcePath::new(format!("templates/{name}")), *text))
}

/// Every file of interface text with its path below a site.
pub fn languages() -> impl Iterator<Item = (SourcePath, &'static str)> {
    LANGUAGES.iter().map(|(name, text)| (SourcePath::new(format!("templates/lang/{name}")), *text))
}

/// The outputs of the static files.
pub fn files() -> impl Iterator<Item = OutPath> {
    STATIC.iter().map(|(name, _)| OutPath::new(name).expect("the theme's names are plain words"))
}

/// The bytes of a static file.
pub fn file(out: &OutPath) -> Option<&'static [u8]> {
    STATIC.iter().find(|(name, _)| *name == out.as_str()).map(|(_, bytes)| *bytes)
}

/// The text of an embedded template or language, for an excerpt: `templates/base.html`, `templates/lang/en.ftl`.
pub fn text(path: &SourcePath) -> Option<&'static str> {
    let name = path.as_str().strip_prefix("templates/")?;
    let (list, name) = match name.strip_prefix("lang/") {
        Some(language) => (LANGUAGES, language),
        None => (TEMPLATES, name.strip_prefix(FOLDER).unwrap_or(name)),
    };
    list.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{LANGUAGES, STATIC, TEMPLATES, text};
    use crate::base::SourcePath;

    /// The files below a folder of the repository, relative to it, but for those below `without`.
    fn files(folder: &str, without: &str) -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&root).expect("it lies below the folder");
                path.to_str().expect("its name is Unicode").replace('\\', "/")
            })
            .filter(|path| without.is_empty() || !path.starts_with(without))
            .collect()
    }

    #[test]
    fn every_file_of_the_theme_is_embedded() {
        fn check<T>(folder: &str, without: &str, list: &[(&str, T)]) {
            let embedded: BTreeSet<_> = list.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(embedded, files(folder, without), "{folder}");
        }
        check("templates", "lang/", TEMPLATES);
        check("templates/lang", "", LANGUAGES);
        // The sources of the style sheet are in `data/stylesheet.rs`.
        check("static", "theme/css/", STATIC);
    }

    #[test]
    fn every_template_says_which_view_it_shows() {
        for (name, text) in TEMPLATES {
            assert!(text.starts_with("{#"), "{name} does not begin with a comment");
        }
    }

    /// A text that only a rare page shows would otherwise be missed there first.
    #[test]
    fn english_has_every_text_that_a_template_asks_for() {
        let english = text(&SourcePath::new("templates/lang/en.ftl")).expect("it is embedded");
        let has = |fits: &dyn Fn(&str) -> bool| {
            english.lines().filter_map(|line| line.split_once(" =")).any(|(key, _)| fits(key))
        };
        for (name, text) in TEMPLATES {
            let calls = ["{t(key=", "(t(key=", " t(key=", "around(key="];
            for call in calls.iter().flat_map(|call| text.split(call).skip(1)) {
                let call = &call[..call.find([')', ',']).expect("a call ends")];
                let found = match call.split('"').collect::<Vec<_>>()[..] {
                    ["", key, ""] => has(&|known| known == key),
                    ["", start, _] => has(&|known| known.starts_with(start)),
                    ["", start, _, end, ""] => {
                        has(&|known| known.starts_with(start) && known.ends_with(end))
                    }
                    [_, end, ""] => has(&|known| known.ends_with(end)),
                    // `key` is handed to a component: see below.
                    _ => ["row.label", "key"].contains(&call),
                };
                assert!(found, "{name} asks for {call}");
            }
            for handed in text.split(" key=\"").skip(1) {
                let (key, _) = handed.split_once('"').expect("an attribute ends");
                assert!(has(&|known| known == key), "{name} hands {key} to a component");
            }
        }
    }

    #[test]
    fn texts_by_path() {
        for (path, found) in [
            ("templates/base.html", true),
            ("templates/components/cards.html", true),
            ("templates/lang/en.ftl", true),
            ("templates/lang/zh.ftl", true),
            ("templates/nope.html", false),
            ("base.html", false),
        ] {
            assert_eq!(text(&SourcePath::new(path)).is_some(), found, "{path}");
        }
    }
}
