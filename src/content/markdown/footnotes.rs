//! Footnotes: numbered by first reference, gathered at the end of the text.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::content::markup::Hole;

use super::anchors::Anchors;
use super::writer::HtmlWriter;

/// Where something stands: in a footnote, by its index, or (`None`) in the text itself.
pub(super) type InFootnote = Option<usize>;

/// The footnotes of a text, in the order of their definitions.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    definitions: Vec<Definition>,
    by_name: FxHashMap<String, usize>,
    /// The references in the text itself.
    marks: Vec<FootnoteMark>,
}

#[derive(Debug)]
struct Definition {
    name: Box<str>,
    /// Its mark, in bytes of the text.
    mark: Range<usize>,
    writer: HtmlWriter,
    marks: Vec<FootnoteMark>,
}

/// A reference, and the hole that waits for its number.
#[derive(Debug)]
struct FootnoteMark {
    name: String,
    hole: usize,
}

/// The footnotes that are printed, in order.
pub(super) struct Printed {
    /// Their indices by number.
    order: Vec<usize>,
    /// The number, from 0, of each definition that is printed.
    numbers: Vec<Option<usize>>,
    /// Their ids by number.
    ids: Vec<Arc<str>>,
}

impl Footnotes {
    /// What the footnotes are called, in the order of their definitions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.definitions.iter().map(|definition| &*definition.name)
    }

    /// Begins a footnote.
    pub(super) fn open(&mut self, name: &str, mark: Range<usize>) -> usize {
        let index = self.definitions.len();
        let (writer, marks) = Default::default();
        let definition = Definition { name: name.into(), mark, writer, marks };
        self.definitions.push(definition);
        self.by_name.entry(key(name)).or_insert(index);
        index
    }

    /// Ends a footnote.
    pub(super) fn close(&mut self, index: usize, writer: HtmlWriter) {
        self.definitions[index].writer = writer;
    }

    /// Adds a reference; `hole` waits for it in the writer of `place`.
    pub(super) fn mark(&mut self, place: InFootnote, name: &str, hole: usize) {
        let marks = match place {
            Some(index) => &mut self.definitions[index].marks,
            None => &mut self.marks,
        };
        marks.push(FootnoteMark { name: key(name), hole });
    }

    /// The writer of a footnote.
    pub(super) fn writer(&mut self, index: usize) -> &mut HtmlWriter {
        &mut self.definitions[index].writer
    }

    /// The footnotes that are not printed: the name and mark of each, and whether another has taken its name.
    pub(super) fn unused(
        &self,
        printed: &Printed,
    ) -> impl Iterator<Item = (&str, Range<usize>, bool)> {
        let unused = self.definitions.iter().enumerate();
        let unused = unused.filter(|(index, _)| printed.numbers[*index].is_none());
        unused.map(|(index, found)| {
            let is_second = self.by_name.get(&key(&found.name)) != Some(&index);
            (&*found.name, found.mark.clone(), is_second)
        })
    }

    /// Decides which footnotes are printed, and gives them ids. One without a reference is left out.
    pub(super) fn number(&self, anchors: &mut Anchors) -> Printed {
        let mut numbers = vec![None; self.definitions.len()];
        let mut order = Vec::new();
        let mut marks = &self.marks;
        let mut read = 0;
        loop {
            for mark in marks {
                if let Some(&index) = self.by_name.get(&mark.name)
                    && numbers[index].is_none()
                {
                    numbers[index] = Some(order.len());
                    order.push(index);
                }
            }
            let Some(&index) = order.get(read) else { break };
            marks = &self.definitions[index].marks;
            read += 1;
        }
        let ids = order.iter().map(|index| anchors.footnote("fn", &self.definitions[*index].name));
        let ids = ids.collect();
        Printed { order, numbers, ids }
    }

    /// Fills the references and adds the footnotes to the end of the text. Returns the ids of the references.
    pub(super) fn print(
        mut self,
        printed: &Printed,
        body: &mut HtmlWriter,
        anchors: &mut Anchors,
    ) -> Vec<Arc<str>> {
        let mut back: Vec<Option<Arc<str>>> = vec![None; printed.order.len()];
        let mut ids = Vec::new();
        for place in [None].into_iter().chain(printed.order.iter().copied().map(Some)) {
            let marks = match place {
                Some(index) => std::mem::take(&mut self.definitions[index].marks),
                None => std::mem::take(&mut self.marks),
            };
            for mark in marks {
                let Some(&index) = self.by_name.get(&mark.name) else { continue };
                let Some(number) = printed.numbers[index] else { continue };
                let id = anchors.footnote("fnref", &self.definitions[index].name);
                let html = format!(
                    "<sup class=\"footnote-ref\"><a href=\"#{}\" id=\"{id}\">{}</a></sup>",
                    printed.ids[number],
                    number + 1
                );
                let writer = match place {
                    Some(index) => &mut self.definitions[index].writer,
                    None => &mut *body,
                };
                writer.fill(mark.hole, &html);
                back[number].get_or_insert_with(|| Arc::clone(&id));
                ids.push(id);
            }
        }
        if printed.order.is_empty() {
            return ids;
        }
        body.fresh_line();
        body.hole(Hole::HomeStart);
        body.raw("<div class=\"footnotes\">\n<p class=\"footnotes-title\">");
        body.hole(Hole::Message("footnotes"));
        body.raw("</p>\n<ol>\n");
        for ((index, id), back) in printed.order.iter().zip(&printed.ids).zip(back) {
            body.raw(&format!("<li id=\"{id}\">\n"));
            body.append(std::mem::take(&mut self.definitions[*index].writer), *index);
            let in_paragraph = body.take_back("</p>\n");
            body.raw(if in_paragraph { " " } else { "<p>" });
            if let Some(back) = back {
                body.raw(&format!("<a href=\"#{back}\" class=\"footnote-back\">"));
                body.hole(Hole::Message("back-to-text"));
                body.raw("</a>");
            }
            body.raw("</p>\n</li>\n");
        }
        body.raw("</ol>\n</div>\n");
        body.hole(Hole::HomeEnd);
        ids
    }
}

impl Printed {
    /// Whether what stands in a place is printed.
    pub(super) fn shows(&self, place: InFootnote) -> bool {
        place.is_none_or(|index| self.numbers[index].is_some())
    }

    /// The id of a footnote that is printed.
    pub(super) fn id(&self, index: usize) -> Option<&Arc<str>> {
        self.numbers[index].map(|number| &self.ids[number])
    }

    /// The ids in order.
    pub(super) fn ids(&self) -> &[Arc<str>] {
        &self.ids
    }
}

/// The parser matches names without regard to case.
fn key(name: &str) -> String {
    name.to_lowercase()
}
