//! Where the files of a site name the player.

use std::ops::Range;

use crate::base::{Edit, LineIndex, SourcePath};
use crate::config::Settings;
use crate::content::document::Document;
use crate::content::markdown::{Shape, destinations};
use crate::content::model::Fact;
use crate::content::named::{self, Named};
use crate::content::parse::field_texts;
use crate::content::reference::Link;
use crate::content::text;
use crate::diag::Span;
use crate::yaml::{Editor, FieldPath};

use super::target::{Rename, Rewrite};

/// What one file has to do with the player.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The changes of its decoded text, sorted.
    pub(super) edits: Vec<Edit>,
    /// References that cannot be rewritten.
    pub(super) unclear: Vec<Span>,
    /// Fields of an author's own that hold the id, which nobody but the author understands.
    pub(super) own: Vec<Span>,
}

/// The references of a page.
pub(super) fn page(rename: &Rename, document: &Document, text: &str) -> References {
    let parts = text::split(text);
    let front = parts.front.clone().unwrap_or_default();
    let mut file = File::new(rename, &document.path, text, front);
    named::front_matter(&document.summary, &mut |path, named| {
        file.named(&path().in_source(&document.left_out), named);
    });
    for field in field_texts(&document.path, document.summary.kind, text) {
        file.field(&field.path, &field.text, field.shape);
    }
    file.own(&FieldPath::root().key("extra"));
    for found in destinations(&text[parts.body.clone()], Shape::Body, &document.path) {
        let range = parts.body.start + found.range.start..parts.body.start + found.range.end;
        match rename.rewrite(&document.path, &found.link, &text[range.clone()]) {
            Rewrite::Stays => {}
            Rewrite::To(part, word) => {
                let part = range.start + part.start..range.start + part.end;
                file.found.edits.push(Edit::new(part, word));
            }
            Rewrite::Unclear => file.unclear(range),
        }
    }
    file.finish()
}

/// The references of `facts.yaml`.
pub(super) fn facts(rename: &Rename, path: &SourcePath, text: &str, facts: &[Fact]) -> References {
    let mut file = File::new(rename, path, text, 0..text.len());
    for fact in facts {
        let at = || FieldPath::root().key(&fact.id);
        named::fact(&at, fact, &mut |path, named| file.named(&path(), named));
    }
    file.finish()
}

/// The references of `site.yaml`.
pub(super) fn settings(
    rename: &Rename,
    path: &SourcePath,
    text: &str,
    settings: &Settings,
) -> References {
    let mut file = File::new(rename, path, text, 0..text.len());
    for (path, id) in settings.named() {
        file.named(&path, Named::Player(id));
    }
    for (path, url) in settings.urls() {
        let link = match url.starts_with('/') {
            true => Link::Root((&**url).into()),
            false => Link::External((&**url).into()),
        };
        file.link(&path, &link);
    }
    file.finish()
}

/// A file whose YAML is read for changes.
struct File<'a> {
    rename: &'a Rename,
    path: &'a SourcePath,
    index: LineIndex<'a>,
    /// Where the YAML begins and ends.
    yaml: Range<usize>,
    editor: Option<Editor<'a>>,
    found: References,
}

impl<'a> File<'a> {
    fn new(rename: &'a Rename, path: &'a SourcePath, text: &'a str, yaml: Range<usize>) -> Self {
        let editor = Editor::new(&text[yaml.clone()]);
        let index = LineIndex::new(text);
        Self { rename, path, index, yaml, editor, found: References::default() }
    }

    /// A field that holds an id or a path.
    fn named(&mut self, at: &FieldPath, named: Named<'_>) {
        match named {
            Named::Player(id) if **id == *self.rename.old => self.id(at),
            Named::Picture(link) => self.link(at, link),
            Named::Player(_)
            | Named::Page(..)
            | Named::Topic(_)
            | Named::Source(_)
            | Named::SharedSource(_) => {}
        }
    }

    fn id(&mut self, at: &FieldPath) {
        let Some(editor) = &self.editor else { return };
        let old = &*self.rename.old;
        let own = editor.scalar(at).filter(|scalar| scalar.text.trim() == old);
        // An id that a list repeats counts once, and moves up those after it.
        let all = editor.siblings(at).into_iter().filter(|scalar| scalar.text.trim() == old);
        let edits: Vec<Edit> = own
            .into_iter()
            .chain(all)
            .filter_map(|scalar| scalar.replace_all(&self.rename.new))
            .collect();
        if edits.is_empty() {
            return self.unclear_field(at);
        }
        self.add(edits);
    }

    /// A field that holds a path or URL and nothing else.
    fn link(&mut self, at: &FieldPath, link: &Link) {
        let scalar = self.editor.as_ref().and_then(|editor| editor.scalar(at));
        let raw = scalar.as_ref().map_or("", |scalar| scalar.text.trim());
        let edit = match self.rename.rewrite(self.path, link, raw) {
            Rewrite::Stays => return,
            Rewrite::To(range, word) => {
                scalar.as_ref().and_then(|scalar| scalar.replace(raw, range, &word))
            }
            Rewrite::Unclear => None,
        };
        match edit {
            Some(edit) => self.add([edit]),
            None => self.unclear_field(at),
        }
    }

    /// A field that holds Markdown.
    fn field(&mut self, at: &FieldPath, text: &str, shape: Shape) {
        let scalar = self.editor.as_ref().and_then(|editor| editor.scalar(at));
        let (mut edits, mut unclear) = (Vec::new(), false);
        for found in destinations(text, shape, self.path) {
            let raw = &text[found.range.clone()];
            let edit = match self.rename.rewrite(self.path, &found.link, raw) {
                Rewrite::Stays => continue,
                Rewrite::To(part, word) => {
                    let range = found.range.start + part.start..found.range.start + part.end;
                    scalar.as_ref().and_then(|scalar| scalar.replace(text, range, &word))
                }
                Rewrite::Unclear => None,
            };
            unclear |= edit.is_none();
            edits.extend(edit);
        }
        self.add(edits);
        if unclear {
            self.unclear_field(at);
        }
    }

    /// The fields below a place that hold the id without the program's knowing what it means there.
    fn own(&mut self, at: &FieldPath) {
        let Some(editor) = &self.editor else { return };
        let held = editor.below(at).into_iter();
        let held = held.filter(|scalar| scalar.text.trim() == self.rename.old);
        let starts: Vec<usize> = held.map(|scalar| self.yaml.start + scalar.start()).collect();
        for start in starts {
            let span = self.span(start..start + self.rename.old.len());
            self.found.own.push(span);
        }
    }

    fn add(&mut self, edits: impl IntoIterator<Item = Edit>) {
        let base = self.yaml.start;
        self.found.edits.extend(edits.into_iter().map(|edit| edit.shifted(base)));
    }

    fn unclear_field(&mut self, at: &FieldPath) {
        let start = self.editor.as_ref().and_then(|editor| Some(editor.scalar(at)?.start()));
        let start = self.yaml.start + start.unwrap_or_default();
        self.unclear(start..start);
    }

    fn unclear(&mut self, range: Range<usize>) {
        let span = self.span(range);
        self.found.unclear.push(span);
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path.clone(), &self.index, range)
    }

    fn finish(mut self) -> References {
        self.found.edits.sort();
        self.found.edits.dedup();
        self.found
    }
}
