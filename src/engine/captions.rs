//! Whether files of captions are WebVTT, read once for each state of their bytes.

use rayon::prelude::*;

use crate::base::{Digest, SourcePath, memo_key};
use crate::content::media::{CaptionsFault, captions_fault};
use crate::diag::{Code, Diagnostic, Span};
use crate::source::Source;

use super::memo::MemoMap;

memo_key! {
    /// Whether a file is WebVTT depends on this, beside its path.
    struct CaptionsKey {
        /// The digest of its bytes; the default of a file that could not be read.
        digest: Digest,
    }
}

/// The files of captions.
#[derive(Default)]
pub(super) struct CaptionsFiles {
    known: MemoMap<SourcePath, CaptionsKey, Option<CaptionsFault>>,
}

impl CaptionsFiles {
    /// The problems of the files of captions among files.
    pub(super) fn problems<'a>(
        &mut self,
        source: &dyn Source,
        files: impl Iterator<Item = &'a SourcePath>,
    ) -> Vec<Diagnostic> {
        let is_captions = |file: &&SourcePath| {
            let ending = file.file_name().rsplit_once('.').map(|(_, ending)| ending);
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case("vtt"))
        };
        let mut files: Vec<_> = files.filter(is_captions).collect();
        if files.is_empty() && self.known.is_empty() {
            return Vec::new();
        }
        files.sort();
        let known = &self.known;
        let read = |file: &&SourcePath| {
            let (digest, fault) = fault_of(source, file, known);
            ((*file).clone(), CaptionsKey { digest }, fault)
        };
        let entries: Vec<_> = files.par_iter().map(read).collect();
        let problem = |(file, _, fault): &(SourcePath, CaptionsKey, Option<CaptionsFault>)| {
            let (message, help) = fault.as_ref()?.says(file.file_name());
            Some(
                Diagnostic::new(Code::MissingCaptions, Span::file(file.clone()), message)
                    .help(help),
            )
        };
        let problems = entries.iter().filter_map(problem).collect();
        self.known = entries.into_iter().collect();
        problems
    }
}

fn fault_of(
    source: &dyn Source,
    file: &SourcePath,
    known: &MemoMap<SourcePath, CaptionsKey, Option<CaptionsFault>>,
) -> (Digest, Option<CaptionsFault>) {
    // What cannot be read is reported where it is published.
    let Ok((digest, _)) = source.digest(file) else { return (Digest::default(), None) };
    if let Some(fault) = known.get(file, |_| CaptionsKey { digest }) {
        return (digest, *fault);
    }
    match source.read(file) {
        Ok(bytes) => (Digest::of(&bytes), captions_fault(&bytes)),
        Err(_) => (Digest::default(), None),
    }
}
