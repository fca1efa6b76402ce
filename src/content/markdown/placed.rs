//! A paragraph of nothing but `[[timeline]]` and its like places sections of an article in its text.

use std::ops::Range;

use crate::content::markup::Hole;
use crate::content::parts::{self, PlacedSection};
use crate::content::reference::Use;
use crate::diag::Code;

use super::Shape;
use super::driver::Driver;

/// Whether an element of HTML has no end (HTML, "Void elements").
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 13] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    ];
    VOID.contains(&name)
}

impl Driver<'_> {
    /// Writes holes for the sections that a paragraph outside every other block places. Returns whether it places any.
    ///
    /// The page is parted at them: where an element of HTML is open around the paragraph it places none.
    pub(super) fn places_sections(&mut self, text: &Range<usize>) -> bool {
        let may_place = self.source.has_sections
            && self.ours
            && self.shape == Shape::Body
            && self.raw_depth == 0
            && !self.allowed.is_open();
        if !may_place {
            return false;
        }
        let Some(found) = parts::placed(&self.text[text.clone()]) else { return false };
        let headings = self.draft.headings.iter().filter(|heading| heading.top).count() as u32;
        for (part, name) in found {
            let place = text.start + name.start..text.start + name.end;
            if self.draft.placed.iter().any(|placed| placed.part == part) {
                let message = format!("`[[{}]]` places the section twice", part.name());
                let help = "keep one of them: a page has each section once";
                self.problem(Code::InvalidValue, place, &message, help);
                continue;
            }
            self.draft.placed.push(PlacedSection { part, headings });
            self.found(Use::Section(part), place);
            self.out.fresh_line();
            self.out.hole(Hole::Section(part));
        }
        self.is_placing = true;
        true
    }
}
