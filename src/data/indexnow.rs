//! `KEY.txt`: proves to IndexNow that who names the key has the site.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

/// What the file says (<https://www.indexnow.org/documentation>).
#[derive(Debug, Serialize)]
pub struct IndexNowKey {
    key: Option<Arc<str>>,
}

impl DataContent for IndexNowKey {
    const KIND: OutputKind = OutputKind {
        name: "indexnow",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| {
            if let Some(path) = site.indexnow.as_deref().and_then(indexnow_out) {
                add.data(path, Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self { key: cx.first.indexnow.clone() }
    }

    fn text(&self) -> String {
        self.key.as_deref().unwrap_or_default().to_owned()
    }
}

/// Where the file is.
pub fn indexnow_out(key: &str) -> Option<OutPath> {
    OutPath::new(&format!("{key}.txt")).ok()
}
