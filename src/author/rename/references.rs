//! Where the files of a site declare and name what is renamed.

use std::ops::Range;

use crate::base::{Edit, LineIndex, SourcePath};
use crate::config::Settings;
use crate::content::document::Document;
use crate::content::kind::Kind;
use crate::content::markdown::{DataIds, Destination, Shape, data_ids, destinations};
use crate::content::model::{Fact, Source};
use crate::content::named::{self, Named};
use crate::content::parse::field_texts;
use crate::content::reference::{Link, Use};
use crate::content::{resolve, text};
use crate::diag::Span;
use crate::yaml::{FieldPath, YamlDocument};

use super::declared::has_source;
use super::target::{Rename, Rewrite};
use super::wanted::IdKind;

/// What one file has to do with what is renamed.
#[derive(Debug, Default)]
pub(super) struct ReferenceEdits {
    /// The changes of its decoded text, sorted.
    pub(super) edits: Vec<Edit>,
    /// References that cannot be rewritten.
    pub(super) unclear: Vec<Span>,
    /// Fields of an author's own that hold the id, whose meaning the program does not know.
    pub(super) own: Vec<Span>,
    /// How many of the changes are the declaration itself, which is no reference.
    declarations: usize,
}

impl ReferenceEdits {
    /// How many references are changed.
    pub(super) fn count(&self) -> usize {
        self.edits.len() - self.declarations
    }
}

/// The references of a page. `citing` is the page whose `sources:` its citations mean: itself, or the page that it
/// translates.
pub(super) fn page(
    rename: &Rename,
    document: &Document,
    citing: &Document,
    text: &str,
) -> ReferenceEdits {
    let parts = text::split(text);
    let front = parts.front.clone().unwrap_or_default();
    let mut file = ReferringFile::new(rename, &document.path, text, front);
    file.cites = match &rename.own {
        Some(own) => citing.path == *own,
        None => file.cites && !has_source(&citing.summary, &rename.old),
    };
    named::front_matter(&document.summary, &mut |path, named| {
        file.named(&path().in_source(&document.left_out), named);
    });
    for field in field_texts(&document.path, document.summary.kind, text) {
        file.field(&field.path, &field.text, field.shape);
    }
    file.declared(document);
    file.own(&FieldPath::root().key("extra"));
    let body = &text[parts.body.clone()];
    for (range, rewrite) in file.rewritten(body, Shape::Body) {
        let range = parts.body.start + range.start..parts.body.start + range.end;
        match rewrite {
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

/// The ids of data in each text of a page: of its fields, and its body.
pub(super) fn data_ids_of(document: &Document, text: &str) -> Vec<DataIds> {
    let (path, body) = (&document.path, text::split(text).body);
    let fields = field_texts(path, document.summary.kind, text).into_iter();
    let mut found: Vec<DataIds> =
        fields.map(|field| data_ids(&field.text, field.shape, path)).collect();
    found.push(data_ids(&text[body], Shape::Body, path));
    found
}

/// The references of `facts.yaml`.
pub(super) fn facts(
    rename: &Rename,
    path: &SourcePath,
    text: &str,
    facts: &[Fact],
) -> ReferenceEdits {
    let mut file = ReferringFile::new(rename, path, text, 0..text.len());
    for fact in facts {
        let at = || FieldPath::root().key(&fact.id);
        named::fact(&at, fact, &mut |path, named| file.named(&path(), named));
    }
    if rename.kind == IdKind::Fact && facts.iter().any(|fact| *fact.id == *rename.old) {
        file.declaration(&FieldPath::root().key(&rename.old), Declares::Key);
    }
    file.finish()
}

/// The declaration in `sources.yaml`.
pub(super) fn sources(
    rename: &Rename,
    path: &SourcePath,
    text: &str,
    sources: &[Source],
) -> ReferenceEdits {
    let mut file = ReferringFile::new(rename, path, text, 0..text.len());
    let at = sources.iter().position(|source| source.id.as_deref() == Some(&*rename.old));
    if let Some(at) = at.filter(|_| rename.kind == IdKind::Source && rename.own.is_none()) {
        match resolve::sources_are_listed(text) {
            true => file.declaration(&FieldPath::root().index(at).key("id"), Declares::Value),
            false => file.declaration(&FieldPath::root().key(&rename.old), Declares::Key),
        }
    }
    file.finish()
}

/// The references of `site.yaml`.
pub(super) fn settings(
    rename: &Rename,
    path: &SourcePath,
    text: &str,
    settings: &Settings,
) -> ReferenceEdits {
    let mut file = ReferringFile::new(rename, path, text, 0..text.len());
    for (path, id) in settings.named() {
        if rename.has_page && *id == *rename.old {
            file.id(&path);
        }
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

/// What declares an id in YAML.
#[derive(Clone, Copy)]
enum Declares {
    Key,
    Value,
}

/// A file whose YAML is read for changes.
struct ReferringFile<'a> {
    rename: &'a Rename,
    path: &'a SourcePath,
    index: LineIndex<'a>,
    /// Where the YAML begins and ends.
    yaml: Range<usize>,
    document: YamlDocument<'a>,
    /// Whether the file's citations of the id mean the source that is renamed.
    cites: bool,
    found: ReferenceEdits,
}

impl<'a> ReferringFile<'a> {
    fn new(rename: &'a Rename, path: &'a SourcePath, text: &'a str, yaml: Range<usize>) -> Self {
        let document = YamlDocument::read(&text[yaml.clone()], 1);
        let index = LineIndex::new(text);
        let cites = rename.kind == IdKind::Source && rename.own.is_none();
        Self { rename, path, index, yaml, document, cites, found: ReferenceEdits::default() }
    }

    /// What a page declares under the id.
    fn declared(&mut self, document: &Document) {
        let (rename, summary) = (self.rename, &*document.summary);
        let old = &*rename.old;
        if rename.kind == IdKind::Fact && summary.facts.iter().any(|fact| *fact.id == *old) {
            self.declaration(&FieldPath::root().key("facts").key(old), Declares::Key);
        }
        if rename.own.as_ref() == Some(self.path) {
            let own = |source: &Source| source.id.as_deref() == Some(old);
            if let Some(at) = summary.sources.iter().position(own) {
                let list = FieldPath::root().key("sources");
                let at = list.index(at).key("id").in_source(&document.left_out);
                self.declaration(&at, Declares::Value);
            }
        }
    }

    /// A field that holds an id or a path.
    fn named(&mut self, at: &FieldPath, named: Named<'_>) {
        match named {
            Named::Player(id) => self.id_of(at, IdKind::Page(Kind::Player), id),
            Named::Page(kind, id) => self.id_of(at, IdKind::Page(kind), id),
            Named::Topic(id) => self.id_of(at, IdKind::Page(Kind::Topic), id),
            Named::Source(id) | Named::SharedSource(id) if self.cites => {
                self.id_of(at, IdKind::Source, id);
            }
            Named::Source(_) | Named::SharedSource(_) => {}
            Named::Fact(id) => self.id_of(at, IdKind::Fact, id),
            Named::Picture(link) => self.link(at, link),
        }
    }

    fn id_of(&mut self, at: &FieldPath, kind: IdKind, id: &str) {
        if kind == self.rename.kind && *id == *self.rename.old {
            self.id(at);
        }
    }

    /// The key or the value that declares the id.
    fn declaration(&mut self, at: &FieldPath, declares: Declares) {
        let scalar = match declares {
            Declares::Key => self.document.key(at),
            Declares::Value => self.document.scalar(at),
        };
        match scalar.and_then(|scalar| scalar.replace_all(&self.rename.new)) {
            Some(edit) => {
                self.add([edit]);
                self.found.declarations += 1;
            }
            None => self.unclear_field(at),
        }
    }

    /// What becomes of everything that a text refers to, in its order; ranges are the text's.
    fn rewritten(&self, text: &str, shape: Shape) -> Vec<(Range<usize>, Rewrite)> {
        let (rename, path) = (self.rename, self.path);
        let destinations = || {
            let rewrite =
                |found: &Destination| rename.rewrite(path, &found.link, &text[found.range.clone()]);
            let found = destinations(text, shape, path).into_iter();
            found.map(move |found| (found.range.clone(), rewrite(&found)))
        };
        if matches!(rename.kind, IdKind::Page(_)) {
            return destinations().collect();
        }
        let named = |what: &Use| match what {
            Use::Fact(id) => rename.kind == IdKind::Fact && **id == *rename.old,
            Use::Cite(id) => self.cites && **id == *rename.old,
            Use::Link(_) | Use::Image(_) | Use::Table(_) | Use::History(_) | Use::Section(_) => {
                false
            }
        };
        let found = data_ids(text, shape, path).used.into_iter();
        let found = found.filter(|(what, _)| named(what));
        let found = found.map(|(_, range)| (range.clone(), rename.ends_with_id(&text[range])));
        // Figures and shared sources have pages, to which texts may link.
        let links = destinations().filter(|_| !rename.outs.is_empty());
        let mut all: Vec<_> = found.chain(links).collect();
        all.sort_by_key(|(range, _)| range.start);
        all
    }

    fn id(&mut self, at: &FieldPath) {
        let old = &*self.rename.old;
        let own = self.document.scalar(at).filter(|scalar| scalar.text.trim() == old);
        // An id that a list repeats counts once, and moves up those after it.
        let all = self.document.siblings(at).into_iter().filter(|scalar| scalar.text.trim() == old);
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
        let scalar = self.document.scalar(at);
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
        let scalar = self.document.scalar(at);
        let (mut edits, mut unclear) = (Vec::new(), false);
        for (range, rewrite) in self.rewritten(text, shape) {
            let edit = match rewrite {
                Rewrite::Stays => continue,
                Rewrite::To(part, word) => {
                    let range = range.start + part.start..range.start + part.end;
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
        let held = self.document.below(at).into_iter();
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
        let start = self.document.scalar(at).map(|scalar| scalar.start());
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

    fn finish(mut self) -> ReferenceEdits {
        self.found.edits.sort();
        self.found.edits.dedup();
        self.found
    }
}
