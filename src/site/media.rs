//! What lies beside a film: its captions in each language, and a picture that stands for it until it plays.

use crate::base::OutPath;
use crate::lang::LangTag;

use super::{Asset, Site};

/// The endings of pictures that stand for a film, the better first.
const POSTERS: [&str; 5] = ["avif", "webp", "jpg", "jpeg", "png"];

/// What lies beside a film or a recording under its name: of `talks.mp4`, `talks.jpg`, `talks.vtt` and `talks.ja.vtt`.
#[derive(Debug, Default)]
pub struct MediaParts<'a> {
    /// A picture.
    pub poster: Option<&'a Asset>,
    /// Captions (WebVTT), with the language that their names say.
    pub captions: Vec<(Option<LangTag>, &'a Asset)>,
}

impl Site {
    /// What lies beside a published film or recording.
    pub fn media_parts(&self, media: &OutPath) -> MediaParts<'_> {
        let path = media.as_str();
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let stem = format!("{stem}.");
        let all = self.outputs.all();
        let first = all.partition_point(|output| output.path.as_str() < &*stem);
        let mut parts = MediaParts::default();
        let mut best = POSTERS.len();
        for output in &all[first..] {
            let Some(rest) = output.path.as_str().strip_prefix(&*stem) else { break };
            let Some(asset) = output.published().and_then(|at| self.published.get(at)) else {
                continue;
            };
            // What is made of a picture has the picture's file.
            if asset.out != output.path {
                continue;
            }
            if rest.eq_ignore_ascii_case("vtt") {
                parts.captions.insert(0, (None, asset));
            } else if let Some(tag) = rest.strip_suffix(".vtt").and_then(LangTag::parse) {
                parts.captions.push((Some(tag), asset));
            } else if let Some(at) = POSTERS.iter().position(|end| end.eq_ignore_ascii_case(rest))
                && at < best
            {
                (best, parts.poster) = (at, Some(asset));
            }
        }
        parts
    }
}
