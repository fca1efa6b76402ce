//! Films and sound in texts, which are written as pictures are: `![The talks](talks.mp4)`; and what lies beside them under
//! their names.

use crate::lang::LangTag;

use super::outside::Outside;
use super::reference::{Link, Target};

/// What a file plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// A film.
    Video,
    /// Sound.
    Audio,
}

/// The endings of names that browsers play.
const VIDEO: [&str; 5] = ["m4v", "mov", "mp4", "ogv", "webm"];
const AUDIO: [&str; 9] = ["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "weba"];

impl MediaKind {
    /// What messages call it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Video => "film",
            Self::Audio => "recording",
        }
    }

    /// That of a file, by its name or path.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(ending));
        match () {
            () if is_in(&VIDEO) => Some(Self::Video),
            () if is_in(&AUDIO) => Some(Self::Audio),
            () => None,
        }
    }

    /// That of what a text shows, wherever it lies.
    pub fn of_link(link: &Link) -> Option<Self> {
        match link {
            Link::To(Target::File(file), _) => Self::of_name(file.as_str()),
            Link::Root(url) | Link::External(url) => {
                Self::of_name(url.split(['?', '#']).next().unwrap_or_default())
            }
            Link::To(..) | Link::Anchor(_) => None,
        }
    }
}

/// The endings of pictures that stand for what plays, the better first.
pub const POSTERS: [&str; 5] = ["avif", "webp", "jpg", "jpeg", "png"];

/// What a file beside a film is to it, by its name: of `talks.mp4`, `talks.jpg`, `talks.vtt` and `talks.ja.vtt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaPart {
    /// A picture that stands for it until it plays, by its place in [`POSTERS`].
    Poster(usize),
    /// Captions (WebVTT), with the language that the name says.
    Captions(Option<LangTag>),
}

impl MediaPart {
    /// By what follows the [`stem`] of the film and a dot: `jpg`, `vtt`, `pt-BR.vtt`.
    pub fn of_rest(rest: &str) -> Option<Self> {
        if let Some(place) = POSTERS.iter().position(|end| end.eq_ignore_ascii_case(rest)) {
            return Some(Self::Poster(place));
        }
        let (tag, ending) = match rest.rsplit_once('.') {
            Some((tag, ending)) => (Some(tag), ending),
            None => (None, rest),
        };
        if !ending.eq_ignore_ascii_case("vtt") {
            return None;
        }
        match tag {
            Some(tag) => Some(Self::Captions(Some(LangTag::parse(&tag.replace('_', "-"))?))),
            None => Some(Self::Captions(None)),
        }
    }

    /// The stems of the films that a file at a path would be a part of, and what it would be to each.
    pub fn of_path(path: &str) -> impl Iterator<Item = (&str, Self)> {
        let dots = path.rmatch_indices('.').take(2);
        dots.filter_map(|(at, _)| Some((&path[..at], Self::of_rest(&path[at + 1..])?)))
    }
}

/// Why browsers show no captions of a file that should be WebVTT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptionsFault {
    /// It holds nothing but its first line.
    Empty,
    /// It has the form of SubRip: `00:00:01,000 --> 00:00:02,000`.
    SubRip,
    /// It does not begin with `WEBVTT`.
    Unmarked,
}

/// That of a file, by its bytes (WebVTT, 4.1).
pub fn captions_fault(bytes: &[u8]) -> Option<CaptionsFault> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is_marked = text
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
    let times = text.lines().find(|line| line.contains("-->"));
    match times {
        None if is_marked || text.trim().is_empty() => Some(CaptionsFault::Empty),
        Some(times) if times.split("-->").next().is_some_and(|start| start.contains(',')) => {
            Some(CaptionsFault::SubRip)
        }
        _ => (!is_marked).then_some(CaptionsFault::Unmarked),
    }
}

impl CaptionsFault {
    /// What happened to a file of a name, and what to write.
    pub fn says(self, name: &str) -> (String, String) {
        let stem = stem(name);
        match self {
            Self::Empty => (
                format!("`{name}` holds no captions: browsers show none"),
                "write what is said, each part under its times: `00:00:01.000 --> 00:00:04.000`; or remove the file".into(),
            ),
            Self::SubRip => (
                format!("`{name}` has the form of an SRT file: browsers show none of its captions"),
                format!(
                    "name it `{stem}.srt` and convert it, such as by `ffmpeg -i {stem}.srt {name}`; or begin it with `WEBVTT` and \
                     an empty line, and write `.` for `,` in its times"
                ),
            ),
            Self::Unmarked => (
                format!("`{name}` is no WebVTT: browsers show none of its captions"),
                "write `WEBVTT` as its first line, and an empty line behind it".into(),
            ),
        }
    }
}

/// The path without ending of the picture that stands for what another host shows: in the folder of the page, under the
/// name that the host gives it.
pub fn outside_stem(folder: &str, outside: &Outside) -> String {
    format!("{folder}/{}", outside.id)
}

/// A name or path without its ending: what the files beside a film share with it.
pub fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::{AUDIO, CaptionsFault, MediaKind, VIDEO, captions_fault};
    use crate::content::files::{Sort, sort};

    #[test]
    fn captions_that_browsers_show() {
        for (text, fault) in [
            ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n", None),
            ("\u{feff}WEBVTT - A\r\n\r\n00:01.000 --> 00:02.000\r\nA", None),
            ("", Some(CaptionsFault::Empty)),
            (" \n", Some(CaptionsFault::Empty)),
            ("WEBVTT\n", Some(CaptionsFault::Empty)),
            ("1\n00:00:01,000 --> 00:00:02,000\nA\n", Some(CaptionsFault::SubRip)),
            ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nA\n", Some(CaptionsFault::SubRip)),
            ("00:01.000 --> 00:02.000\nA\n", Some(CaptionsFault::Unmarked)),
            ("WEBVTTX\n\n00:01.000 --> 00:02.000\nA\n", Some(CaptionsFault::Unmarked)),
            ("Hello", Some(CaptionsFault::Unmarked)),
        ] {
            assert_eq!(captions_fault(text.as_bytes()), fault, "{text:?}");
        }
    }

    #[test]
    fn names_say_what_plays_and_all_of_it_is_published_beside_a_page() {
        for (name, kind) in [
            ("talks.mp4", Some(MediaKind::Video)),
            ("a/Talks.WEBM", Some(MediaKind::Video)),
            ("talk.mp3", Some(MediaKind::Audio)),
            ("mp4", None),
            ("talks.mp4.png", None),
            ("talks.vtt", None),
        ] {
            assert_eq!(MediaKind::of_name(name), kind, "{name}");
        }
        for ending in VIDEO.iter().chain(&AUDIO) {
            assert_eq!(sort(&format!("a.{ending}")), Sort::Passive, "{ending}");
        }
    }
}
