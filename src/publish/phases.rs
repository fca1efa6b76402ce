//! In which order files are sent: by the phase of each, and by what the target has of it.

use crate::base::Phase;

use super::release::ReleaseEntry;

/// What a target has of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// What a run has left that did not end, and that the live release does not know.
    Left,
    /// What readers may be led to.
    Live,
}

/// When a file is sent. One phase begins when all before it are done, so that whatever a page refers to is there before
/// the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UploadPhase {
    /// Files whose names change with their bytes: nothing visible refers to them yet.
    Fingerprinted,
    /// Other files that pages load, and data.
    Assets,
    /// Pages that are new: nothing visible leads to them yet.
    NewPages,
    /// Pages that a run has left which did not end: whatever they refer to is there now.
    LeftPages,
    /// Pages that change.
    Pages,
    /// Lists and feeds: what leads to pages.
    Indexes,
    /// Where readers and machines begin: the home page, `robots.txt`, the sitemap, the page for what is not there.
    Control,
}

impl UploadPhase {
    /// Every phase, in order.
    pub const ALL: [Self; 7] = [
        Self::Fingerprinted,
        Self::Assets,
        Self::NewPages,
        Self::LeftPages,
        Self::Pages,
        Self::Indexes,
        Self::Control,
    ];

    /// The phase of a file.
    pub fn of(entry: &ReleaseEntry, before: Before) -> Self {
        match (entry.phase(), before) {
            (Phase::Asset | Phase::Data, _) if entry.is_immutable() => Self::Fingerprinted,
            (Phase::Asset | Phase::Data, _) => Self::Assets,
            (Phase::Control, _) => Self::Control,
            (Phase::List, _) if !entry.is_page() => Self::Indexes,
            (Phase::Page | Phase::List, Before::Nothing) => Self::NewPages,
            (Phase::Page | Phase::List, Before::Left) => Self::LeftPages,
            (Phase::Page, Before::Live) => Self::Pages,
            (Phase::List, Before::Live) => Self::Indexes,
        }
    }

    /// What is being published, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fingerprinted => "fingerprinted files",
            Self::Assets => "assets and data",
            Self::NewPages => "new pages",
            Self::LeftPages => "pages of an earlier run",
            Self::Pages => "pages",
            Self::Indexes => "lists and feeds",
            Self::Control => "control files",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Before, UploadPhase};
    use crate::base::Phase;
    use crate::publish::release::tests::files;

    #[test]
    fn every_phase_of_the_manifest_has_its_turn() {
        use Before::{Left, Live, Nothing};
        for (path, phase, [nothing, left, live]) in [
            ("a.css", Phase::Asset, [UploadPhase::Assets; 3]),
            ("a.0a1b2c3d.css", Phase::Asset, [UploadPhase::Fingerprinted; 3]),
            ("a.csv", Phase::Data, [UploadPhase::Assets; 3]),
            (
                "a/index.html",
                Phase::Page,
                [UploadPhase::NewPages, UploadPhase::LeftPages, UploadPhase::Pages],
            ),
            (
                "a/index.html",
                Phase::List,
                [UploadPhase::NewPages, UploadPhase::LeftPages, UploadPhase::Indexes],
            ),
            ("feed.xml", Phase::List, [UploadPhase::Indexes; 3]),
            ("index.html", Phase::Control, [UploadPhase::Control; 3]),
            ("robots.txt", Phase::Control, [UploadPhase::Control; 3]),
        ] {
            let mut entry = files(&[(path, "")]).into_values().next().expect("one file");
            entry.phase = Some(phase);
            for (before, expected) in [(Nothing, nothing), (Left, left), (Live, live)] {
                assert_eq!(
                    UploadPhase::of(&entry, before),
                    expected,
                    "{path} {phase:?} {before:?}"
                );
            }
        }
    }
}
