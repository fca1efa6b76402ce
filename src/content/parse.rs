//! One file's text → [`Document`].

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::{EntityId, LineIndex, SourcePath, host_name, shrunk_to_fit};
use crate::diag::{self, Code, Diagnostic, PlaceInFile, Severity, Span};
use crate::yaml::{self, FieldPath, FromYaml};

use super::document::{
    Body, Change, ChangeTexts, Details, Document, Heading, Own, Question, Reference, Summary,
};
use super::foreign::{self, Of, SECRECY};
use super::kind::{Identity, Kind};
use super::labels;
use super::markdown::{self, AnchorTaken, Anchors, MarkdownSource, Rendered, Shape, check_anchor};
use super::markup::{Inline, Markup};
use super::model::Source;
use super::opening::{self, Opening};
use super::places::{comment_diagnostics, field_diagnostics, yaml_diagnostics};
use super::prose::ProseBuilder;
use super::reference::{Link, Occurrence, Use};
use super::resolve::{self, ChangeFields, FieldMarkdown, Fields, Resolved, Texts};
use super::text::{self, FRONT_MATTER_LIMIT};
use super::typography::Typography;

/// Parses a page's decoded text. Depends on nothing but its arguments. `lang` is the language of the site, as a BCP 47
/// tag: that of a page which names no other.
pub fn page(
    path: &SourcePath,
    identity: &Identity,
    text: &str,
    trusted: bool,
    lang: &str,
) -> Document {
    let mut file = PageFile::new(path, text, trusted);
    file.lang = identity.lang.as_ref().map_or_else(|| lang.into(), |lang| lang.as_str().into());
    file.diagnostics.extend(identity.diagnostic.clone().map(|diagnostic| *diagnostic));
    file.own = identity.lang.is_some().then(Box::default);
    let front = file.front(identity);
    file.document(identity, front)
}

/// A text of a page's front matter that is Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// Where it stands in the front matter.
    pub path: FieldPath,
    /// The text.
    pub text: Arc<str>,
    /// What it is for.
    pub shape: Shape,
}

/// The Markdown of a page's front matter.
pub fn field_texts(path: &SourcePath, kind: Kind, text: &str) -> Vec<FieldText> {
    let mut file = PageFile::new(path, text, false);
    let id = EntityId::index();
    let identity = Identity {
        kind,
        id,
        lang: None,
        folder_of_page: false,
        diagnostic: None,
        proposes_id: false,
    };
    let front = file.front(&identity);
    let text = |(field, blocks): (&FieldMarkdown, bool)| FieldText {
        path: field.path.clone(),
        text: field.text.value.clone(),
        shape: if blocks { Shape::Block } else { Shape::Inline },
    };
    front.texts.all().map(text).collect()
}

/// A file being parsed.
struct PageFile<'a> {
    path: &'a SourcePath,
    text: &'a str,
    parts: text::Parts,
    /// What stands in place of a front matter.
    opening: Option<Opening>,
    /// The line at which a second block of fields opens.
    second: Option<std::ops::Range<usize>>,
    index: LineIndex<'a>,
    trusted: bool,
    /// The language of its texts.
    lang: Box<str>,
    anchors: Anchors,
    /// The anchors that the page has beside those of its body.
    ids: Vec<Arc<str>>,
    uses: Vec<Occurrence>,
    diagnostics: Vec<Diagnostic>,
    /// Problems of the Markdown inside front matter.
    fields: Vec<resolve::FieldProblem>,
    /// Every item that was left out of a list.
    left_out: Vec<FieldPath>,
    /// Whether what decides who sees the page could not be read.
    doubtful: bool,
    /// Of a translation: what it says itself.
    own: Option<Box<Own>>,
    /// How many texts of the front matter have been read.
    texts: u32,
    /// The prose of the texts that have been rendered.
    prose: ProseBuilder,
}

impl<'a> PageFile<'a> {
    fn new(path: &'a SourcePath, text: &'a str, trusted: bool) -> Self {
        let mut parts = text::split(text);
        let is_bare = parts.front.is_none() && !parts.unclosed;
        let opening = if is_bare { opening::mistaken(text) } else { None };
        // Fields that are not read are no text either.
        parts.body.start = opening.as_ref().map_or(parts.body.start, |opening| opening.body);
        let base = parts.body.start;
        let second = if is_bare { None } else { opening::second(&text[parts.body.clone()]) };
        let second = second.map(|(line, body)| {
            parts.body.start = base + body;
            base + line.start..base + line.end
        });
        Self {
            path,
            text,
            parts,
            opening,
            second,
            index: LineIndex::new(text),
            trusted,
            lang: Box::default(),
            anchors: Anchors::default(),
            ids: Vec::new(),
            uses: Vec::new(),
            diagnostics: Vec::new(),
            fields: Vec::new(),
            left_out: Vec::new(),
            doubtful: true,
            own: None,
            texts: 0,
            prose: ProseBuilder::default(),
        }
    }

    fn front(&mut self, identity: &Identity) -> Resolved {
        let kind = identity.kind;
        let nothing = Resolved::nothing(identity);
        let start = Span::file(self.path.clone());
        if self.parts.unclosed {
            let line = self.text.lines().next().unwrap_or_default().len();
            let span = Span::new(self.path.clone(), &self.index, 0..line);
            let help = match opening::closing(self.text) {
                Some((line, found)) => {
                    format!("line {line} is \"{found}\": write exactly `---` there")
                }
                None => "add a line `---` after the last field".into(),
            };
            let message = "front matter opened on line 1 is never closed";
            self.diagnostics
                .push(Diagnostic::new(Code::UnclosedFrontMatter, span, message).help(help));
            return nothing;
        }
        if let Some(opening) = self.opening.take() {
            let span = Span::new(self.path.clone(), &self.index, opening.line);
            self.diagnostics.push(
                Diagnostic::new(Code::MissingFrontMatter, span, opening.message).help(opening.help),
            );
            return nothing;
        }
        let Some(range) = self.parts.front.clone() else {
            self.diagnostics.push(
                Diagnostic::new(Code::MissingFrontMatter, start, "no front matter").help(format!(
                    "start the file with three lines: `---`, `{}: …`, `---`",
                    if kind == Kind::Player { "name" } else { "title" }
                )),
            );
            return nothing;
        };
        if range.len() > FRONT_MATTER_LIMIT {
            let message = format!(
                "the front matter has {} bytes, {FRONT_MATTER_LIMIT} are allowed",
                range.len()
            );
            self.diagnostics.push(
                Diagnostic::new(Code::TooLarge, start, message)
                    .help("move the long texts into the body, and shared data into facts.yaml or sources.yaml"),
            );
            return nothing;
        }
        match kind {
            Kind::Article => self.resolve(range, nothing, resolve::article),
            Kind::Player => self.resolve(range, nothing, resolve::player),
            Kind::Faq => self.resolve(range, nothing, resolve::faq),
            Kind::Topic => self.resolve(range, nothing, resolve::topic),
            Kind::Page => self.resolve(range, nothing, resolve::page),
        }
    }

    fn resolve<T: FromYaml + Default>(
        &mut self,
        range: std::ops::Range<usize>,
        mut front: Resolved,
        resolve: impl FnOnce(&SourcePath, T, &mut Fields, &mut Resolved),
    ) -> Resolved {
        let text: &'a str = &self.text[range.clone()];
        // The front matter begins on the file's second line.
        let yaml = yaml::YamlDocument::read(text, 2);
        let mut parsed = yaml.parse::<T>();
        foreign::explain(&mut parsed.problems, Of::Page(front.summary.kind));
        self.doubtful = is_doubtful(&parsed.problems, &parsed.failed);
        let broken = parsed.problems.iter().any(|problem| problem.code == Code::YamlSyntax);
        self.diagnostics.extend(yaml_diagnostics(
            self.path,
            &self.index,
            range.start,
            parsed.problems,
        ));
        let mut fields = Fields::new(&parsed.failed, parsed.left_out);
        fields.translates = self.own.is_some();
        resolve(self.path, parsed.value, &mut fields, &mut front);
        front.settle_updated();
        resolve::is_withdrawn(&mut fields, &front.summary);
        if let Some(lang) = &front.summary.lang {
            self.lang = lang.as_str().into();
        }
        resolve::signs::set_page(&mut front, Typography::of(&self.lang));
        if let Some(own) = &mut self.own {
            own.keys = yaml.keys().map(Into::into).collect();
            own.keys.sort();
            own.picture = fields.picture.take();
        }
        in_extra(&front.body.extra, &yaml, &mut fields);
        if let Some(line) = self.second.take() {
            let span = Span::new(self.path.clone(), &self.index, line);
            let message = "a second front matter begins here: its fields are not read";
            self.diagnostics.push(
                Diagnostic::new(Code::YamlSyntax, span, message).help(
                    "move its fields into the first, and remove the two lines `---` around it",
                ),
            );
            self.doubtful = true;
        }
        self.doubtful |= fields.doubtful;
        self.left_out = std::mem::take(&mut fields.left_out);
        let is_markdown = |at: &FieldPath| front.texts.all().any(|(field, _)| field.path == *at);
        self.diagnostics.extend(comment_diagnostics(
            self.path,
            &self.index,
            range.start,
            text,
            &yaml,
            is_markdown,
        ));
        // A front matter that could not be read lacks every field: one message is enough.
        if !broken {
            self.fields.extend(fields.problems);
        }
        front
    }

    fn document(&mut self, identity: &Identity, front: Resolved) -> Document {
        let Resolved { mut summary, body: mut page, texts } = front;
        let body = self.parts.body.clone();
        let lang = self.lang.clone();
        let source = MarkdownSource {
            path: self.path,
            trusted: self.trusted,
            lang: &lang,
            has_sections: identity.kind == Kind::Article,
        };
        let text = &self.text[body.clone()];
        let mut rendered = markdown::render(text, Shape::Body, &source, &mut self.anchors);
        self.prose.add(&rendered.prose, None);
        self.body_problems(&mut rendered, body.start);

        let left_out = std::mem::take(&mut self.left_out);
        labels::visit(&summary, &page, &texts, &mut |text, path, kind| {
            self.prose.label(text, path.in_source(&left_out), kind);
        });
        let questions = self.front_texts(&texts, &mut summary, &mut page);
        let headings = std::mem::take(&mut rendered.headings);
        let questions = match summary.details {
            Details::Faq(_) => self.body_questions(&headings, body.start),
            _ => questions,
        };
        let mut anchors = std::mem::take(&mut self.ids);
        anchors.extend(rendered.anchors);
        anchors.sort();

        if let Some(start) = self.parts.front.as_ref().map(|range| range.start) {
            let problems = std::mem::take(&mut self.fields);
            self.diagnostics.extend(field_diagnostics(self.path, &self.index, start, problems));
        }

        let used = UsesOfTexts::of(&self.uses);
        let id = identity.id.clone();
        let is_taken = resolve::reserved(&id) || host_name(&id).is_some();
        if identity.kind == Kind::Page && *summary.slug == *id && is_taken {
            let whose = match resolve::reserved(&id) {
                true => "the site has its own page there",
                false => "hosts act on that name",
            };
            let message = format!("a standing page cannot be at `/{id}/`: {whose}");
            self.diagnostics.push(
                Diagnostic::new(Code::BadPath, Span::file(self.path.clone()), message)
                    .help("rename the file, or give it a `slug`"),
            );
        }
        if identity.kind == Kind::Page && &*summary.slug == "404" {
            let message = format!(
                "this is a page at `/{}/`, not what readers get where there is no page",
                summary.slug
            );
            let mut found = Diagnostic::new(Code::BadPath, Span::file(self.path.clone()), message);
            found.severity = Severity::Warning;
            self.diagnostics.push(found.help(
                "remove it, and change `templates/404.html` (`briefing theme eject 404.html`), or its words in \
                 `templates/lang/en.ftl`: `not-found-title` and `not-found-text`",
            ));
        }
        summary.doubtful = self.doubtful;
        summary.lead = rendered.lead;
        summary.questions = shrunk_to_fit(questions);
        summary.anchors = shrunk_to_fit(anchors);
        summary.references = used.references;
        summary.facts_used = used.facts_used;
        summary.sources_cited = cited_elsewhere(&summary.sources, &used.cited);
        let heading = |heading: markdown::RenderedHeading| Heading {
            level: heading.level,
            anchor: heading.anchor,
            text: heading.text,
        };
        page.markup = rendered.markup;
        page.headings = shrunk_to_fit(headings.into_iter().map(heading).collect());
        page.placed = rendered.placed.into();
        page.cited = used.cited;
        page.figures = used.figures;
        let uses = shrunk_to_fit(std::mem::take(&mut self.uses));
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        diag::once_per_file(&mut diagnostics);
        let path = self.path.clone();
        let mut document = Document::new(path, summary, page, uses, left_out, diagnostics);
        document.prose = std::mem::take(&mut self.prose).finish(self.parts.body.start).into();
        document.own = self.own.take();
        document
    }

    /// Problems and uses of the body, whose ranges begin at `base` in the file.
    fn body_problems(&mut self, rendered: &mut Rendered, base: usize) {
        let span = |range: std::ops::Range<usize>| {
            let range = base + range.start..base + range.end;
            Span::new(self.path.clone(), &self.index, range)
        };
        let problems = std::mem::take(&mut rendered.problems).into_iter();
        self.diagnostics.extend(problems.map(|problem| problem.at(span)));
        for found in std::mem::take(&mut rendered.uses) {
            let (start, end) = (base + found.range.start, base + found.range.end);
            self.uses.push(Occurrence {
                what: found.what,
                place: PlaceInFile::Bytes(start as u32..end as u32),
                section: found.section,
            });
        }
    }

    /// Renders the Markdown of the front matter. Returns the page's own questions.
    fn front_texts(
        &mut self,
        texts: &Texts,
        summary: &mut Summary,
        page: &mut Body,
    ) -> Vec<Question> {
        let inline =
            |file: &mut Self, field: &FieldMarkdown| file.field(field, Shape::Inline, None);
        page.key_points = texts.key_points.iter().map(|text| inline(self, text)).collect();
        let some = |file: &mut Self, field: &Option<FieldMarkdown>| {
            field.as_ref().map_or_else(Markup::default, |field| inline(file, field))
        };
        let mut changes = Vec::new();
        for ChangeFields { date, kind, note, was, now } in &texts.changes {
            let [note, was, now] = [note, was, now].map(|text| some(self, text));
            changes.push((Change { date: *date, kind: *kind }, ChangeTexts { note, was, now }));
        }
        // Newest first, whatever the order they are written in.
        changes.sort_by_key(|(change, _)| Reverse(change.date.map(|date| date.to_string())));
        (summary.changes, page.changes) = changes.into_iter().unzip();
        summary.changes.shrink_to_fit();
        let positions = texts.positions.iter().map(|text| some(self, text));
        page.positions = shrunk_to_fit(positions.collect());
        if let Some(text) = &texts.caption {
            page.caption = inline(self, text);
        }
        let mut questions = Vec::new();
        for question in &texts.questions {
            let anchor = match &question.anchor {
                None => self.anchors.derive(&question.text),
                Some(id) => self.question_anchor(id, &question.text),
            };
            self.ids.push(anchor.clone());
            page.answers.push(self.field(&question.answer, Shape::Block, Some(&anchor)));
            questions.push(Question { anchor, text: Inline::text(&question.text) });
        }
        page.changes.shrink_to_fit();
        page.answers.shrink_to_fit();
        questions
    }

    fn question_anchor(&mut self, id: &yaml::Text, text: &str) -> Arc<str> {
        let message = match check_anchor(id) {
            Err(reason) => format!("the anchor \"{}\" {reason}", id.value),
            Ok(()) => match self.anchors.claim(id) {
                Ok(anchor) => return anchor,
                Err(AnchorTaken) => format!("the anchor \"{}\" is already on this page", id.value),
            },
        };
        self.fields.push(resolve::FieldProblem {
            code: Code::InvalidId,
            span: id.span,
            message,
            label: None,
            help: vec!["choose another id, or leave it out".into()],
        });
        self.anchors.derive(text)
    }

    /// Renders one field. Its problems are reported at the field: a scalar has no places inside.
    fn field(
        &mut self,
        FieldMarkdown { path, text }: &FieldMarkdown,
        shape: Shape,
        section: Option<&Arc<str>>,
    ) -> Markup {
        let lang = self.lang.clone();
        let source = MarkdownSource {
            path: self.path,
            trusted: self.trusted,
            lang: &lang,
            has_sections: false,
        };
        let rendered = markdown::render(text, shape, &source, &mut self.anchors);
        self.ids.extend(rendered.anchors);
        self.fields.extend(rendered.problems.into_iter().map(|problem| resolve::FieldProblem {
            code: problem.code,
            span: text.span,
            message: problem.message,
            label: problem.label,
            help: problem.help,
        }));
        self.uses.extend(rendered.uses.into_iter().map(|found| Occurrence {
            what: found.what,
            place: PlaceInFile::Field(path.clone()),
            section: section.cloned().or(found.section),
        }));
        self.texts += 1;
        self.prose.add(&rendered.prose, Some(path.clone()));
        rendered.markup.numbered(self.texts)
    }

    /// The questions of a FAQ page: its second-level headings.
    fn body_questions(
        &mut self,
        headings: &[markdown::RenderedHeading],
        base: usize,
    ) -> Vec<Question> {
        let mut questions: Vec<Question> = Vec::new();
        let mut asked = resolve::Asked::default();
        for heading in headings.iter().filter(|heading| heading.level == 2) {
            let range = base + heading.range.start..base + heading.range.end;
            let span = Span::new(self.path.clone(), &self.index, range);
            let text = heading.text.own_text();
            if heading.empty {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::MissingAnswer,
                        span.clone(),
                        "the question has no answer",
                    )
                    .help("write the answer below the heading"),
                );
            }
            if asked.again(&text) {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::DuplicateQuestion,
                        span,
                        "this question is asked twice on this page",
                    )
                    .help("keep one of the two"),
                );
            }
            questions.push(Question { anchor: heading.anchor.clone(), text: heading.text.clone() });
        }
        questions
    }
}

/// Whether problems of the front matter concern what decides who sees the page, or all of it.
fn is_doubtful(problems: &[yaml::Problem], failed: &[FieldPath]) -> bool {
    let decides = |path: &FieldPath| *path == FieldPath::root() || decides_who_sees(path);
    failed.iter().any(decides)
        || problems.iter().any(|problem| {
            problem.code == Code::WouldBePublic
                || (problem.code == Code::DuplicateKey && decides_who_sees(&problem.path))
        })
}

fn decides_who_sees(path: &FieldPath) -> bool {
    let mut steps = path.steps();
    steps.next().is_some_and(|first| SECRECY.contains(&&*first)) && steps.next().is_none()
}

/// Reports keys of `extra` that would hide the page elsewhere.
fn in_extra(extra: &serde_json::Value, yaml: &yaml::YamlDocument<'_>, fields: &mut Fields) {
    for (key, value) in extra.as_object().into_iter().flatten() {
        if let Some((message, help)) = foreign::in_extra(key, value) {
            let span = yaml.key_span(&FieldPath::root().key("extra").key(key));
            fields.problem(Code::UnknownKey, span, message, help);
        }
    }
}

/// The cited ids that are not those of sources which the page declares in full, sorted.
fn cited_elsewhere(sources: &[Source], cited: &[EntityId]) -> Vec<EntityId> {
    let own = sources.iter().filter(|source| source.is_whole());
    let own: FxHashSet<&str> = own.filter_map(|source| source.id.as_deref()).collect();
    let mut others: Vec<_> =
        cited.iter().filter(|id| !own.contains(id.as_str())).cloned().collect();
    others.sort_unstable();
    shrunk_to_fit(others)
}

/// What the texts of a file use, as the summary and the body keep it.
#[derive(Default)]
struct UsesOfTexts {
    references: Vec<Reference>,
    facts_used: Vec<EntityId>,
    cited: Vec<EntityId>,
    figures: Vec<EntityId>,
}

impl UsesOfTexts {
    fn of(uses: &[Occurrence]) -> Self {
        let mut used = Self::default();
        let (mut figures, mut cited) = (FxHashSet::default(), FxHashSet::default());
        let mut references = BTreeSet::new();
        for occurrence in uses {
            match &occurrence.what {
                Use::Link(Link::To(to, _)) => {
                    let section = occurrence.section.clone();
                    references.insert(Reference { to: to.clone(), section });
                }
                Use::Fact(id) if figures.insert(id) => {
                    used.figures.extend(EntityId::try_from(id.clone()));
                }
                Use::Cite(id) if cited.insert(id) => {
                    used.cited.extend(EntityId::try_from(id.clone()));
                }
                _ => {}
            }
        }
        used.facts_used = used.figures.clone();
        used.facts_used.sort();
        used.references = references.into_iter().collect();
        used
    }
}
