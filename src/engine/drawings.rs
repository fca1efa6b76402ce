//! What SVGs beside pages do, read once for each state of their bytes.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Digest, SourcePath, memo_key};
use crate::content::files::{Sort, sort};
use crate::content::svg;
use crate::site::Acting;
use crate::source::Source;

use super::memo::MemoMap;

memo_key! {
    /// What is known of an SVG depends on this, beside its path.
    struct DrawingKey {
        /// The digest of its bytes; the default of a file that could not be read.
        digest: Digest,
    }
}

/// What SVGs do.
#[derive(Default)]
pub(super) struct Drawings {
    known: MemoMap<SourcePath, DrawingKey, Action>,
    /// The same value as long as it would be equal.
    acting: Arc<Acting>,
}

/// What an SVG does beside showing a picture; none for a mere picture.
type Action = Option<Arc<str>>;

impl Drawings {
    /// The SVGs among files that do more than show a picture. Where all content is trusted, none is read.
    pub(super) fn acting(
        &mut self,
        source: &dyn Source,
        files: &[SourcePath],
        trusted: bool,
    ) -> Arc<Acting> {
        let known = &self.known;
        let drawings = files
            .par_iter()
            .filter(|file| !trusted && matches!(sort(file.file_name()), Sort::Drawing));
        let entries: Vec<(SourcePath, DrawingKey, Action)> = drawings
            .map(|file| {
                let (digest, action) = action_of(source, file, known);
                (file.clone(), DrawingKey { digest }, action)
            })
            .collect();
        let acting: Acting = entries
            .iter()
            .filter_map(|(file, _, action)| Some((file.clone(), action.clone()?)))
            .collect();
        if *self.acting != acting {
            self.acting = Arc::new(acting);
        }
        self.known = entries.into_iter().collect();
        self.acting.clone()
    }
}

/// What a file does, and the digest of the bytes that say so.
fn action_of(
    source: &dyn Source,
    file: &SourcePath,
    known: &MemoMap<SourcePath, DrawingKey, Action>,
) -> (Digest, Action) {
    let unread = || (Digest::default(), Some(Arc::from("cannot be read")));
    let Ok((digest, length)) = source.digest(file) else { return unread() };
    if let Some(action) = known.get(file, |_| DrawingKey { digest }) {
        return (digest, action.clone());
    }
    if length > svg::MOST {
        return (digest, Some(svg::Acts::TooLarge.to_string().into()));
    }
    let Ok(bytes) = source.read(file) else { return unread() };
    let action = svg::check(&bytes).err().map(|acts| acts.to_string().into());
    // Of the bytes that were read: a file that is written meanwhile is read again.
    (Digest::of(&bytes), action)
}
