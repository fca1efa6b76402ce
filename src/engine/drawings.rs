//! What SVGs beside pages do, read once for each state of their bytes.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{Digest, SourcePath};
use crate::content::files::{Sort, sort};
use crate::content::svg;
use crate::site::Acting;
use crate::source::Source;

use super::Engine;

/// What was found, and of which bytes.
#[derive(Default)]
pub(super) struct Drawings {
    known: FxHashMap<SourcePath, (Digest, Does)>,
    /// The same value as long as it would be equal.
    acting: Arc<Acting>,
}

/// What an SVG does beside showing a picture; none for a mere picture.
type Does = Option<Arc<str>>;

impl Engine {
    /// The SVGs among files that do more than show a picture. Nothing asks where all content is trusted.
    pub(super) fn acting(
        &mut self,
        source: &dyn Source,
        files: &[SourcePath],
        trusted: bool,
    ) -> Arc<Acting> {
        let known = &self.drawings.known;
        let drawings = files
            .par_iter()
            .filter(|file| !trusted && matches!(sort(file.file_name()), Sort::Drawing));
        let looked_at = drawings.map(|file| (file.clone(), look(source, file, known.get(file))));
        let found: Vec<(SourcePath, (Digest, Does))> = looked_at.collect();
        let does = found.iter().filter_map(|(file, (_, does))| Some((file.clone(), does.clone()?)));
        let acting: Acting = does.collect();
        if *self.drawings.acting != acting {
            self.drawings.acting = Arc::new(acting);
        }
        self.drawings.known = found.into_iter().collect();
        self.drawings.acting.clone()
    }
}

/// What a file does, by its bytes or by what is known of the same ones.
fn look(source: &dyn Source, file: &SourcePath, known: Option<&(Digest, Does)>) -> (Digest, Does) {
    let unread = || (Digest::default(), Some(Arc::from("cannot be read")));
    let Ok((digest, length)) = source.digest(file) else { return unread() };
    if let Some((of, does)) = known
        && *of == digest
    {
        return (digest, does.clone());
    }
    if length > svg::MOST {
        return (digest, Some(svg::Acts::TooLarge.to_string().into()));
    }
    let Ok(bytes) = source.read(file) else { return unread() };
    let does = svg::check(&bytes).err().map(|acts| acts.to_string().into());
    // Of the bytes that were read: what is written meanwhile is looked at again.
    (Digest::of(&bytes), does)
}
