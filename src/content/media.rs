//! Films and sound in texts, which are written as pictures are: `![The talks](talks.mp4)`.

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

#[cfg(test)]
mod tests {
    use super::{AUDIO, MediaKind, VIDEO};
    use crate::content::files::{Sort, sort};

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
