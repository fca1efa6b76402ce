//! What can only be said when a whole text has been read: anchors, footnote numbers, empty sections.

use std::ops::Range;
use std::sync::Arc;

use crate::content::lint;
use crate::content::markup::Inline;
use crate::content::parts::PlacedSection;
use crate::content::reference::Use;
use crate::diag::{Code, Diagnostic};

use super::anchors::{Anchors, check_anchor};
use super::footnotes::{Footnotes, InFootnote, Printed};
use super::prose::SectionStart;
use super::writer::HtmlWriter;
use super::{LocatedUse, Rendered, RenderedHeading};

/// A text that has been read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) body: HtmlWriter,
    pub(super) headings: Vec<HeadingDraft>,
    pub(super) raw_ids: Vec<RawId>,
    pub(super) uses: Vec<UseDraft>,
    pub(super) problems: Vec<Diagnostic<Range<usize>>>,
    pub(super) footnotes: Footnotes,
    pub(super) lead: Inline,
    pub(super) placed: Vec<PlacedSection>,
}

/// A heading whose anchor is not known yet.
pub(super) struct HeadingDraft {
    pub(super) level: u8,
    /// The id that the author chose, and where it stands.
    pub(super) chosen: Option<(Box<str>, Range<usize>)>,
    pub(super) text: Inline,
    /// The hole that waits for the id, in the writer of `place`.
    pub(super) hole: usize,
    /// What is around the text of one that has no link of its own: the holes for a link to the heading itself.
    pub(super) link: Option<(usize, usize)>,
    pub(super) place: InFootnote,
    /// Whether it stands outside every other block.
    pub(super) top: bool,
    /// Whether text follows before the next heading.
    pub(super) followed: bool,
    pub(super) range: Range<usize>,
}

/// An id in trusted raw HTML.
pub(super) struct RawId {
    pub(super) id: Box<str>,
    pub(super) range: Range<usize>,
    /// The hole that waits for it, in the writer of `place`.
    pub(super) hole: usize,
    pub(super) place: InFootnote,
}

/// A reference whose section is an index into the headings.
pub(super) struct UseDraft {
    pub(super) what: Use,
    pub(super) range: Range<usize>,
    pub(super) section: Option<usize>,
    pub(super) place: InFootnote,
}

impl Draft {
    /// Gives every place its id and closes the text.
    pub(super) fn finish(mut self, anchors: &mut Anchors) -> Rendered {
        let printed = self.footnotes.number(anchors);
        let unused = self.footnotes.unused(&printed);
        self.problems.extend(
            unused.map(|(name, range, is_second)| lint::unused_footnote(name, range, is_second)),
        );
        let mut ids = self.chosen_ids(&printed, anchors);
        let raw_ids = self.raw_ids(&printed, anchors);
        for (id, heading) in ids.iter_mut().zip(&self.headings) {
            if id.is_none() && printed.shows(heading.place) {
                *id = Some(anchors.derive(&heading.text.own_text()));
            }
        }
        let holes = self.headings.iter().map(|draft| (draft.place, draft.hole, draft.link));
        for ((place, hole, link), id) in holes.collect::<Vec<_>>().into_iter().zip(&ids) {
            let Some(id) = id else { continue };
            self.fill_id(place, hole, id);
            if let Some((before, after)) = link {
                self.body.fill(before, &format!("<a class=\"permalink\" href=\"#{id}\">"));
                self.body.fill(after, "</a>");
            }
        }
        let uses = self
            .uses
            .into_iter()
            .filter(|found| printed.shows(found.place))
            .map(|found| LocatedUse {
                section: match found.place {
                    Some(index) => printed.id(index).cloned(),
                    None => found.section.and_then(|heading| ids[heading].clone()),
                },
                what: found.what,
                range: found.range,
            })
            .collect();
        let marks = self.footnotes.print(&printed, &mut self.body, anchors);
        let (markup, prose) = self.body.finish(|section| match section {
            SectionStart::None => None,
            SectionStart::Heading(heading) => ids[heading].clone(),
            SectionStart::Raw(id) => raw_ids[id].clone(),
            SectionStart::Footnote(index) => printed.id(index).cloned(),
        });
        let headings = headings(self.headings, &ids);
        self.problems.sort_by_key(|problem| problem.span.start);
        Rendered {
            markup,
            prose,
            headings,
            lead: self.lead,
            placed: self.placed,
            uses,
            problems: self.problems,
            anchors: ids
                .into_iter()
                .flatten()
                .chain(raw_ids.into_iter().flatten())
                .chain(printed.ids().iter().cloned())
                .chain(marks)
                .collect(),
        }
    }

    /// The ids that authors chose for headings. They come first, so that a heading above cannot take the id that one
    /// below asks for.
    fn chosen_ids(&mut self, printed: &Printed, anchors: &mut Anchors) -> Vec<Option<Arc<str>>> {
        let mut ids = vec![None; self.headings.len()];
        for (id, heading) in ids.iter_mut().zip(&self.headings) {
            if let Some((chosen, range)) = &heading.chosen
                && printed.shows(heading.place)
            {
                *id = claim(chosen, range, anchors, &mut self.problems);
            }
        }
        ids
    }

    /// The ids of raw HTML; none for one that cannot be taken.
    fn raw_ids(&mut self, printed: &Printed, anchors: &mut Anchors) -> Vec<Option<Arc<str>>> {
        let mut ids = Vec::with_capacity(self.raw_ids.len());
        for raw in std::mem::take(&mut self.raw_ids) {
            let is_shown = printed.shows(raw.place);
            let id = is_shown.then(|| claim(&raw.id, &raw.range, anchors, &mut self.problems));
            let id = id.flatten();
            if let Some(id) = &id {
                self.fill_id(raw.place, raw.hole, id);
            }
            ids.push(id);
        }
        ids
    }

    fn fill_id(&mut self, place: InFootnote, hole: usize, id: &str) {
        let writer = match place {
            Some(index) => self.footnotes.writer(index),
            None => &mut self.body,
        };
        writer.fill(hole, &format!(" id=\"{id}\""));
    }
}

/// Takes an id that an author chose, or says why it cannot be one.
fn claim(
    id: &str,
    range: &Range<usize>,
    anchors: &mut Anchors,
    problems: &mut Vec<Diagnostic<Range<usize>>>,
) -> Option<Arc<str>> {
    let message = match check_anchor(id).map(|()| anchors.claim(id)) {
        Ok(Ok(claimed)) => return Some(claimed),
        Ok(Err(_)) => format!("the id `{id}` is used twice on this page"),
        Err(why) => format!("the id `{id}` {why}"),
    };
    let problem = Diagnostic::new(Code::InvalidId, range.clone(), message);
    problems.push(problem.help("choose another, or leave it out"));
    None
}

fn headings(drafts: Vec<HeadingDraft>, ids: &[Option<Arc<str>>]) -> Vec<RenderedHeading> {
    let top: Vec<_> = drafts
        .into_iter()
        .zip(ids)
        .filter_map(|(draft, id)| Some((draft, id.clone()?)))
        .filter(|(draft, _)| draft.top)
        .collect();
    let next_levels: Vec<_> = top.iter().skip(1).map(|(draft, _)| draft.level).chain([0]).collect();
    top.into_iter()
        .zip(next_levels)
        .map(|((draft, anchor), next)| RenderedHeading {
            level: draft.level,
            anchor,
            text: draft.text,
            empty: !draft.followed && next <= draft.level,
            range: draft.range,
        })
        .collect()
}
