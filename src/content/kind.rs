//! The kinds of content. A file's path decides its kind.

use serde::Serialize;

use crate::base::{EntityId, SourcePath};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::LangTag;

use super::stray::copied;

/// A kind of content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An explainer.
    Article,
    /// A person, organisation or country.
    Player,
    /// A page of questions and answers.
    Faq,
    /// A subject that gathers articles and players.
    Topic,
    /// A standing page, such as about.
    #[default]
    Page,
}

impl Kind {
    /// Every kind, in the order of its folders in the documentation.
    pub const ALL: [Self; 5] = [Self::Article, Self::Player, Self::Faq, Self::Topic, Self::Page];

    /// The folder below `content/` whose Markdown files are of this kind.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Article => "articles",
            Self::Player => "players",
            Self::Faq => "faq",
            Self::Topic => "topics",
            Self::Page => "pages",
        }
    }

    /// The noun with its article, for a sentence: "a player".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::Player => "a player",
            Self::Faq => "a FAQ page",
            Self::Topic => "a topic",
            Self::Page => "a standing page",
        }
    }

    /// The word for one of them, in link schemes and lists of kinds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Player => "player",
            Self::Faq => "faq",
            Self::Topic => "topic",
            Self::Page => "page",
        }
    }
}

/// The kind, id and language of a content file, as its path gives them.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The kind.
    pub kind: Kind,
    /// The id. When the path gives none that is valid, the nearest valid one.
    pub id: EntityId,
    /// The language in the file's name: `x.ja.md` is the page of `x` in Japanese.
    pub lang: Option<LangTag>,
    /// Whether the file is the `index.md` of a folder of its own, whose other files are published beside the page.
    pub folder_of_page: bool,
    /// The problem with the path, if it has one.
    pub diagnostic: Option<Box<Diagnostic>>,
    /// Whether the help of that problem is to rename the file or the folder to `id`.
    pub proposes_id: bool,
}

impl Identity {
    /// The kind and id of a content file, by its path below the site's folder; `None` for a file that is not a page.
    ///
    /// The id is the file's stem, or the folder's name for an `index.md`.
    pub fn of(path: &SourcePath) -> Option<Self> {
        let inside = path.as_str().strip_prefix("content/")?;
        let (folder, rest) = inside.split_once('/')?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
        let whole = rest.strip_suffix(".md")?;
        if copied(path.file_name()).is_some() {
            return None;
        }
        let (stem, language) = translation(whole);
        let index = stem == "index" || stem.ends_with("/index");
        let own = if index {
            stem.strip_suffix("index").unwrap_or(stem).trim_end_matches('/')
        } else {
            stem
        };
        let name = own.rsplit('/').next().unwrap_or_default();
        let problem = |message: String, help: String| {
            let span = Span::file(path.clone());
            Some(Box::new(Diagnostic::new(Code::InvalidId, span, message).help(help)))
        };
        let folder_of_page = index && !own.is_empty();
        let end = language.as_ref().map_or(".md".into(), |(tag, _)| format!(".{tag}.md"));
        let (id, mut diagnostic, proposes_id) = match EntityId::new(name) {
            Ok(id) => (id, None, false),
            Err(_) if name.is_empty() => (
                EntityId::index(),
                problem(
                    format!("`{folder}/index{end}` has no id"),
                    format!(
                        "name the file for its page: `{folder}/ID{end}`, or `{folder}/ID/index{end}`"
                    ),
                ),
                false,
            ),
            Err(error) => {
                let suggestion = error.suggestion.unwrap_or_else(EntityId::index);
                let may_be_translation =
                    folder_of_page && language.is_none() && is_translated(name);
                let diagnostic = problem(
                    format!("the id \"{name}\" is not lower-case letters and digits joined by `-`"),
                    match folder_of_page {
                        true if may_be_translation => {
                            let (stem, lang) = translation(name);
                            let lang = lang.map(|(tag, _)| format!(".{tag}")).unwrap_or_default();
                            format!("if it is a translation, move it to `{stem}/index{lang}.md`")
                        }
                        true => format!("rename the folder to `{suggestion}`"),
                        false => format!("rename the file to `{suggestion}{end}`"),
                    },
                );
                (suggestion, diagnostic, !may_be_translation)
            }
        };
        if let (None, Some((tag, written))) = (&diagnostic, &language)
            && tag.as_str() != *written
        {
            let name = if index { "index" } else { &*id };
            diagnostic = problem(
                format!("the language `{written}` in the name of the file is written `{tag}`"),
                format!("rename it to `{name}{end}`"),
            );
        }
        let lang = language.map(|(tag, _)| tag);
        Some(Self { kind, id, lang, folder_of_page, diagnostic, proposes_id })
    }
}

/// The path of a page, without `.md`, and without the language at its end, and that language, with its spelling there.
pub fn translation(path: &str) -> (&str, Option<(LangTag, &str)>) {
    match path.rsplit_once('.').filter(|(_, written)| is_language(written)) {
        Some((stem, written)) => match LangTag::parse(&written.replace('_', "-")) {
            Some(tag) => (stem, Some((tag, written))),
            None => (path, None),
        },
        None => (path, None),
    }
}

/// Whether the files beside a page are its own: `index.md`, or `index.ja.md`.
pub fn is_index(page: &SourcePath) -> bool {
    let name = page.file_name();
    name == "index.md" || (name.starts_with("index.") && name.ends_with(".md"))
}

/// Whether a file below `content/`, or a folder that it lies in, has a name that begins with `_`: it is not content.
pub fn is_set_aside(path: &str) -> bool {
    let below = path.strip_prefix("content/");
    below.is_some_and(|below| below.split('/').any(|name| name.starts_with('_')))
}

/// Whether a name is an id with a language at its end.
fn is_translated(name: &str) -> bool {
    let (stem, language) = translation(name);
    language.is_some() && EntityId::new(stem).is_ok()
}

fn is_language(text: &str) -> bool {
    let primary = text.split(['-', '_']).next().unwrap_or_default();
    matches!(primary.len(), 2 | 3) && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
}
