//! `humans.txt` (humanstxt.org): who made the site, where `site.yaml` says so.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

/// What `humans.txt` says.
#[derive(Debug, Serialize)]
pub struct HumansText(Arc<str>);

impl DataContent for HumansText {
    const KIND: OutputKind = OutputKind {
        name: "humans",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| {
            if site.well_known.humans.is_some() {
                add.data(OutPath::new("humans.txt").expect("plain words"), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self(cx.site_settings.well_known.humans.clone().unwrap_or_default())
    }

    fn text(&self) -> String {
        format!("{}\n", self.0.trim_end())
    }
}
