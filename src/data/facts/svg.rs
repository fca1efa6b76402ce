//! The history of a figure as a picture, which other sites may show too.

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Subject, Which, fact_file};
use crate::view::{Context, StepLine};

use super::super::DataContent;

/// `facts/ID.svg`: the history of a figure that has had more than one value.
#[derive(Debug, Serialize)]
pub struct FactSvg {
    line: Option<StepLine>,
}

impl DataContent for FactSvg {
    const KIND: OutputKind = OutputKind {
        name: "fact-svg",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| {
            for fact in site.figures.with_page() {
                let own = &site.fact_at(*fact).fact;
                if let Some(out) = fact_file(&own.id, "svg").filter(|_| own.has_changed()) {
                    add.data(out, Subject::Fact(*fact));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Fact(fact)) = output.subject() else {
            unreachable!("the outputs of the kind are figures")
        };
        Self { line: cx.step_line(fact) }
    }

    fn text(&self) -> String {
        self.line.as_ref().map(StepLine::file).unwrap_or_default()
    }
}
