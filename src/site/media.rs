//! What lies beside a film: its captions in each language, and a picture that stands for it until it plays.

use crate::base::{OutPath, SourcePath};
use crate::content::kind::is_index;
use crate::content::media::{MediaPart, POSTERS, outside_stem, stem};
use crate::content::outside::Outside;
use crate::lang::LangTag;

use super::{Asset, PageIx, Site};

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
        let stem = format!("{}.", stem(media.as_str()));
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
            match MediaPart::of_rest(rest) {
                Some(MediaPart::Captions(None)) => parts.captions.insert(0, (None, asset)),
                Some(MediaPart::Captions(lang)) => parts.captions.push((lang, asset)),
                Some(MediaPart::Poster(place)) if place < best => {
                    (best, parts.poster) = (place, Some(asset));
                }
                Some(MediaPart::Poster(_)) | None => {}
            }
        }
        parts
    }

    /// The names of files beside a published film that were meant as its captions and are none: `talks-ja.vtt`,
    /// `talks.english.vtt`, `talks.srt`. Sorted.
    pub fn near_captions(&self, media: &OutPath) -> Vec<String> {
        let stem = stem(media.as_str());
        let is_near = |path: &OutPath| {
            let Some(rest) = path.as_str().strip_prefix(stem) else { return false };
            let ending = rest.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            match ending.as_deref() {
                Some("srt" | "ass" | "ssa" | "sbv" | "ttml") => rest.starts_with(['.', '-', '_']),
                Some("vtt") => match rest.strip_prefix('.').map(MediaPart::of_rest) {
                    Some(Some(MediaPart::Captions(tag))) => {
                        // A word of more letters is the name of a language, and not its code.
                        tag.is_some_and(|tag| {
                            tag.as_str().split('-').next().is_some_and(|code| code.len() > 3)
                        })
                    }
                    Some(_) => true,
                    None => rest.starts_with(['-', '_']),
                },
                _ => false,
            }
        };
        let all = self.outputs.all();
        let first = all.partition_point(|output| output.path.as_str() < stem);
        let published = all[first..].iter().map(|output| &output.path);
        let published = published.take_while(|path| path.as_str().starts_with(stem));
        let left_out = self.left_out.values().filter_map(|file| file.out.as_ref());
        let near = published
            .chain(left_out)
            .filter(|path| is_near(path) && !path.as_str()[stem.len()..].contains('/'));
        let name = |path: &OutPath| path.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let mut names: Vec<String> = near.map(name).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The picture that stands for what another host shows in a text of a folder.
    pub fn outside_picture(&self, folder: &str, outside: &Outside) -> Option<SourcePath> {
        let stem = outside_stem(folder, outside);
        let mut files = POSTERS.iter().map(|end| SourcePath::new(format!("{stem}.{end}")));
        files.find(|file| self.asset(file).is_some())
    }

    /// The page in whose own folder a file lies; of one in several languages, that in the first.
    pub fn page_beside(&self, asset: &Asset) -> Option<PageIx> {
        let path = asset.source.as_ref()?.as_str();
        path.rmatch_indices('/').find_map(|(at, _)| {
            let start = format!("{}/index.", &path[..at]);
            let first = self.pages.partition_point(|page| page.path.as_str() < &*start);
            let beside = self.pages[first..].iter().enumerate();
            let beside = beside.take_while(|(_, page)| page.path.as_str().starts_with(&start));
            let own = beside.filter(|(_, page)| is_index(&page.path));
            own.map(|(at, _)| PageIx((first + at) as u32)).min_by_key(|page| self.edition_of(*page))
        })
    }
}
