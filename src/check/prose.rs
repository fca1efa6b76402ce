//! The prose of a page, block by block, with the place of each part of it in the file.

use std::ops::Range;
use std::sync::Arc;

use crate::content::markup::Markup;
use crate::content::prose::{ProseStep, ProseSteps, Run};

/// A block of prose, with the source of each part of its text.
#[derive(Default)]
pub(super) struct ProseBlock {
    /// Its text, without what is no prose.
    pub(super) text: String,
    /// The anchor of its section.
    pub(super) section: Option<Arc<str>>,
    /// Where it begins and ends, in bytes of the markup's HTML.
    pub(super) html: Range<u32>,
    /// Where each run begins in the text, where its HTML begins, and the run.
    runs: Vec<(usize, Run)>,
}

impl ProseBlock {
    pub(super) fn all(markup: &Markup, steps: ProseSteps<'_>) -> Vec<Self> {
        let mut pieces = markup.html_pieces();
        let mut blocks: Vec<Self> = Vec::new();
        for step in steps {
            if let ProseStep::Block { section, html, .. } = step {
                blocks.push(Self { section: section.cloned(), html, ..Self::default() });
                continue;
            }
            let Some(block) = blocks.last_mut() else { continue };
            match step {
                ProseStep::Run(run) => {
                    let Some((_, start, html)) = pieces.holding(run.html.start) else { continue };
                    let part = (run.html.start - start) as usize..(run.html.end - start) as usize;
                    // The words that are looked for need no character that HTML escapes.
                    let Some(part) = html.get(part) else { continue };
                    block.runs.push((block.text.len(), run));
                    block.text.push_str(part);
                }
                ProseStep::Space => block.text.push(' '),
                // What is no prose is a word of its own.
                _ => block.text.push_str(" \u{FFFC} "),
            }
        }
        blocks
    }

    /// The source of a part of the text.
    pub(super) fn source(&self, part: &Range<usize>) -> Option<Range<u32>> {
        let of = |at: usize| {
            let run = self.runs.partition_point(|(begins, _)| *begins <= at).checked_sub(1)?;
            let (begins, run) = &self.runs[run];
            Some(run.source_of(run.html.start + (at - begins) as u32, 1))
        };
        Some(of(part.start)?.start..of(part.end - 1)?.end)
    }
}
