//! The script and style of what is drawn over a page, embedded in the program.

/// The script: idiomorph 0.8.0 (see `assets/idiomorph.LICENSE`), then ours.
pub(super) const SCRIPT: &str =
    concat!(include_str!("assets/idiomorph.min.js"), "\n", include_str!("assets/live.js"));

/// The style of the panel, the badge and of pages that cannot be shown.
pub(super) const STYLE: &str = include_str!("assets/live.css");
