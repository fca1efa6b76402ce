//! The templates and interface texts of one build.

use std::sync::Arc;
#[cfg(feature = "cards")]
use std::sync::OnceLock;

use serde::Serialize;

use crate::base::{Digest, LineIndex, SourcePath, digest_of, memo_key, nearest};
use crate::content::text;
#[cfg(feature = "cards")]
use crate::derive::cards::CardFaces;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::lang::{LangTag, Languages};
use crate::render::{AskedTexts, TemplateSet, theme};
use crate::source::Source;

/// A loaded template set with its languages; without a set when any template is broken.
pub(super) struct Templates {
    pub(super) set: Option<TemplateSet>,
    pub(super) languages: Arc<Languages>,
    /// The site's own files, by path.
    own: Vec<(SourcePath, Arc<str>)>,
    /// The site's own files that are not text: the theme's file of that name is not what they hold.
    unread: Vec<SourcePath>,
    diagnostics: Vec<Diagnostic>,
    digest: Digest,
    /// The site's own face for pictures of pages.
    #[cfg_attr(not(feature = "cards"), expect(dead_code, reason = "nothing draws with it"))]
    face: Option<(SourcePath, Arc<[u8]>)>,
    #[cfg(feature = "cards")]
    faces: OnceLock<(CardFaces, Result<(), String>)>,
}

memo_key! {
    /// What the template set depends on.
    #[derive(Serialize)]
    pub(super) struct TemplatesKey {
        /// The site's own templates and interface texts.
        files: Vec<TemplateFile>,
    }
}

memo_key! {
    /// A file of `templates/`, read but not parsed.
    #[derive(Serialize)]
    struct TemplateFile {
        path: SourcePath,
        /// Its bytes; none of one that cannot be read.
        bytes: Option<Vec<u8>>,
        /// Why it cannot be read.
        error: Option<String>,
    }
}

/// Reads the site's own templates and interface texts.
pub(super) fn read(source: &dyn Source, files: &[SourcePath]) -> TemplatesKey {
    let is_read = |path: &&SourcePath| {
        let name = path.as_str();
        theme::is_template(name) || name.ends_with(".ftl") || is_face(path)
    };
    let file = |path: &SourcePath| {
        let read = source.read(path).map_err(|error| error.kind().to_string());
        let (bytes, error) = (read.as_ref().ok().cloned(), read.err());
        TemplateFile { path: path.clone(), bytes, error }
    };
    TemplatesKey { files: files.iter().filter(is_read).map(file).collect() }
}

impl Templates {
    /// Parses everything read.
    pub(super) fn load(read: &TemplatesKey) -> Self {
        let digest = digest_of(read);
        let (mut own, mut unread, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        let mut face = None;
        for TemplateFile { path, bytes, error } in &read.files {
            if let Some(bytes) = bytes.as_ref().filter(|_| is_face(path)) {
                face.get_or_insert_with(|| (path.clone(), bytes.as_slice().into()));
                continue;
            }
            let decoded = match (bytes, error) {
                (Some(bytes), _) => text::decode(path, bytes).map_err(|problem| *problem),
                (None, error) => {
                    let why = error.as_deref().unwrap_or_default();
                    let message = format!("cannot read `{path}`: {why}");
                    let help = "check that the file exists and that you may read it";
                    let span = Span::file(path.clone());
                    Err(Diagnostic::new(Code::Unreadable, span, message).help(help))
                }
            };
            match decoded {
                Ok(text) => own.push((path.clone(), Arc::<str>::from(text))),
                Err(problem) => {
                    diagnostics.push(problem);
                    unread.push(path.clone());
                }
            }
        }
        let (languages, problems) = languages(&own);
        diagnostics.extend(problems);
        let templates: Vec<(SourcePath, Arc<str>)> =
            own.iter().filter(|(path, _)| theme::is_template(path.as_str())).cloned().collect();
        let languages = Arc::new(languages);
        let loaded = TemplateSet::load(&templates, languages.clone(), digest);
        let help =
            "correct it there; `briefing explain template-syntax` shows how tags are written";
        diagnostics
            .extend(loaded.diagnostics.into_iter().map(|diagnostic| diagnostic.or_help(help)));
        let set = loaded.set.filter(|_| diagnostics.iter().all(|d| d.severity != Severity::Error));
        Self {
            set,
            languages,
            own,
            unread,
            diagnostics,
            digest,
            face,
            #[cfg(feature = "cards")]
            faces: OnceLock::new(),
        }
    }

    /// The faces in which pictures of pages are drawn, made when they are first asked for.
    #[cfg(feature = "cards")]
    pub(super) fn faces(&self) -> &CardFaces {
        &self
            .faces
            .get_or_init(|| {
                let own = self.face.as_ref().map(|(_, bytes)| &**bytes);
                CardFaces::new(theme::faces(), own)
            })
            .0
    }

    /// The site's own face, and why it is none that can be read.
    #[cfg(feature = "cards")]
    pub(super) fn face_problem(&self) -> Option<(&SourcePath, &str)> {
        self.faces();
        let (_, found) = self.faces.get()?;
        Some((&self.face.as_ref()?.0, found.as_ref().err()?))
    }

    /// The digest of the names and bytes of the site's own files.
    pub(super) fn digest(&self) -> Digest {
        self.digest
    }

    /// The site's own templates and interface texts.
    pub(super) fn own(&self) -> impl Iterator<Item = (&SourcePath, &str)> {
        self.own.iter().map(|(path, text)| (path, &**text))
    }

    /// The problems of the templates and interface texts.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The text of a template or interface file, the site's or the theme's.
    pub(super) fn text(&self, path: &SourcePath) -> Option<String> {
        let own = self.own.iter().find(|(own, _)| own == path).map(|(_, text)| text.to_string());
        let theme = || theme::text(path).filter(|_| !self.unread.contains(path));
        own.or_else(|| theme().map(str::to_string))
    }

    /// Every template and its text, the site's own first.
    pub(super) fn texts(&self) -> impl Iterator<Item = (SourcePath, String)> {
        let own = self.own.iter().map(|(path, text)| (path.clone(), text.to_string()));
        own.chain(theme::templates().filter_map(|(path, text)| {
            let replaced = self.own.iter().any(|(own, _)| *own == path);
            (!replaced).then(|| (path, text.to_string()))
        }))
    }
}

/// Whether a file is the site's own face for pictures of pages: `templates/card.ttf`, `templates/card.otf`.
fn is_face(path: &SourcePath) -> bool {
    ["templates/card.ttf", "templates/card.otf", "templates/card.ttc"].contains(&path.as_str())
}

/// The built-in interface texts with the site's own over them.
fn languages(own: &[(SourcePath, Arc<str>)]) -> (Languages, Vec<Diagnostic>) {
    let tag = |path: &SourcePath| {
        let tag = path.as_str().strip_prefix("templates/lang/")?.strip_suffix(".ftl")?;
        Some(LangTag::parse(tag).ok_or_else(|| tag.to_owned()))
    };
    let built_in = || {
        let texts = theme::languages();
        texts.filter_map(|(path, text)| Some((tag(&path)?.ok()?, text))).collect()
    };
    let mut diagnostics = Vec::new();
    let mut sources: Vec<(LangTag, &str)> = Vec::new();
    let mut files: Vec<(&SourcePath, &str)> = Vec::new();
    for (path, text) in own {
        match tag(path) {
            None => {}
            Some(Ok(tag)) => {
                sources.push((tag, text));
                files.push((path, text));
            }
            Some(Err(tag)) => diagnostics.push(
                Diagnostic::new(
                    Code::TemplateSyntax,
                    Span::file(path.clone()),
                    format!("`{tag}` is not a language tag"),
                )
                .help("name the file for its language, such as `ja.ftl`"),
            ),
        }
    }
    match Languages::over(built_in(), &sources) {
        Ok(languages) => {
            diagnostics.extend(unknown(&languages, &files, own));
            (languages, diagnostics)
        }
        Err(errors) => {
            diagnostics.extend(errors.into_iter().filter_map(|error| {
                let (path, text) = *files.get(error.source)?;
                let span = Span::new(path.clone(), &LineIndex::new(text), error.error.range);
                let found = Diagnostic::new(Code::TemplateSyntax, span, error.error.message);
                Some(found.help("write a message as `key = text`; lines that go on are indented"))
            }));
            let theme = Languages::over(built_in(), &[]);
            (theme.expect("no text has no mistakes"), diagnostics)
        }
    }
}

/// The messages of the site's own files that nothing asks for: neither the theme, nor the site's templates, nor another
/// message of the file.
fn unknown(
    languages: &Languages,
    files: &[(&SourcePath, &str)],
    own: &[(SourcePath, Arc<str>)],
) -> Vec<Diagnostic> {
    let Some(english) = languages.english().filter(|_| !files.is_empty()) else {
        return Vec::new();
    };
    let templates = own.iter().filter(|(path, _)| theme::is_template(path.as_str()));
    let asked = AskedTexts::of(templates.map(|(_, text)| &**text));
    let mut found = Vec::new();
    for ((path, text), messages) in files.iter().zip(languages.own()) {
        let known = |key: &str| english.variables(key).is_some() || asked.may_have(key);
        let unknown = messages.entries().filter(|(key, entry)| !entry.referenced && !known(key));
        for (key, entry) in unknown {
            let span = Span::new((*path).clone(), &LineIndex::new(text), entry.place.clone());
            let message = format!("unknown interface text `{key}`");
            let help = match nearest(key, english.keys().chain(asked.whole())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("remove it, or show it in a template: `{{{{ t(key=\"{key}\") }}}}`")
                }
            };
            found.push(Diagnostic::new(Code::UnknownText, span, message).help(help));
        }
    }
    found
}
