//! What is written as a picture, and is nothing that browsers show or play: a film or a picture in a format of its recorder,
//! a document, a page of a video host. Readers get a link to it.

use super::files::DOCUMENTS;
use super::media::MediaKind;
use super::outside::Outside;
use super::reference::{Link, Target};

/// What is written as a picture and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshown {
    /// A film or a recording in a format that browsers do not play.
    Media(MediaKind),
    /// A picture in a format that few browsers show.
    Picture,
    /// A document, an archive, a table.
    Document,
    /// A page of a host that is so called, which is none of the films or charts that it shows in frames.
    Page(&'static str),
}

/// The endings of names of films that browsers do not play.
#[rustfmt::skip]
pub const VIDEO: [&str; 20] = [
    "3g2", "3gp", "asf", "avi", "divx", "f4v", "flv", "m2ts", "m2v", "mkv", "mpe", "mpeg", "mpg", "mts", "mxf", "ogm",
    "rm", "rmvb", "vob", "wmv",
];

/// The same of recordings.
#[rustfmt::skip]
pub const AUDIO: [&str; 14] = [
    "ac3", "aif", "aifc", "aiff", "amr", "ape", "au", "caf", "m4b", "mid", "midi", "mka", "ra", "wma",
];

/// The endings of pictures that few browsers show.
const RARE: [&str; 7] = ["eps", "heic", "heif", "jp2", "psd", "tif", "tiff"];

/// Documents that are published beside a page even if no page links to them, and pages.
const READ: [&str; 10] =
    ["csv", "geojson", "htm", "html", "ics", "json", "pdf", "tsv", "txt", "vtt"];

/// The endings of pictures, which hosts of films and charts have as well.
const PICTURES: [&str; 12] =
    ["apng", "avif", "bmp", "gif", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tiff", "webp"];

impl Unshown {
    /// That of what is written as a picture, if it is none.
    pub fn of_link(link: &Link) -> Option<Self> {
        let name = match link {
            Link::To(Target::File(file), _) => file.file_name(),
            Link::Root(url) => last_part(url),
            Link::External(url) => {
                let Some((_, path)) =
                    url.split_once("://").and_then(|(_, rest)| rest.split_once('/'))
                else {
                    return Outside::host_of(url).map(Self::Page);
                };
                let name = last_part(path);
                match Outside::host_of(url) {
                    Some(host) if !ends_in(name, &PICTURES) => {
                        return Outside::of_url(url).is_none().then_some(Self::Page(host));
                    }
                    Some(_) => return None,
                    None => name,
                }
            }
            Link::To(..) | Link::Anchor(_) => return None,
        };
        match () {
            () if ends_in(name, &VIDEO) => Some(Self::Media(MediaKind::Video)),
            () if ends_in(name, &AUDIO) => Some(Self::Media(MediaKind::Audio)),
            () if ends_in(name, &RARE) => Some(Self::Picture),
            () if ends_in(name, &DOCUMENTS) || ends_in(name, &READ) => Some(Self::Document),
            () => None,
        }
    }

    /// What to say of it, where its path is written as `written`, and what to write instead: a link, or something else.
    pub fn problem(self, written: &str, link: &str) -> (String, String) {
        match self {
            Self::Media(kind) => {
                let name = last_part(written);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                let (formats, ending) = match kind {
                    MediaKind::Video => ("MP4 (H.264 and AAC) or WebM", "mp4"),
                    MediaKind::Audio => ("MP3, M4A, Ogg or FLAC", "mp3"),
                };
                (
                    format!(
                        "browsers do not play the {} `{name}`: readers get a link to it",
                        kind.noun()
                    ),
                    format!(
                        "convert it to {formats}, such as by `ffmpeg -i {name} {stem}.{ending}`, or write `{link}`"
                    ),
                )
            }
            Self::Picture => (
                format!(
                    "few browsers show the picture `{}`: readers get a link to it",
                    last_part(written)
                ),
                format!("save it as JPEG, PNG or WebP, or write `{link}`"),
            ),
            Self::Document => (
                format!("`{}` is no picture: readers get a link to it", last_part(written)),
                format!("write `{link}`"),
            ),
            Self::Page(host) => (
                format!("this page of {host} is {}: readers get a link to it", none_of(host)),
                format!("write `{link}`, or the address of {}", one_of(host)),
            ),
        }
    }
}

/// What such a page is not.
fn none_of(host: &str) -> &'static str {
    match host {
        "Datawrapper" => "no chart that can be shown here",
        _ => "no film that can be shown here",
    }
}

fn one_of(host: &str) -> &'static str {
    match host {
        "YouTube" => "one film, such as `https://www.youtube.com/watch?v=ID`",
        "Vimeo" => "one film, such as `https://vimeo.com/123456789`",
        _ => "a published chart, such as `https://www.datawrapper.de/_/ID/`",
    }
}

/// The last part of a path or URL, without query and fragment.
pub fn last_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::{AUDIO, Unshown, VIDEO};
    use crate::content::media::MediaKind;
    use crate::content::reference::Link;

    #[test]
    fn what_browsers_neither_show_nor_play() {
        for (url, expected) in [
            ("https://example.org/talk.AVI?x#y", Some(Unshown::Media(MediaKind::Video))),
            ("https://example.org/talk.aiff", Some(Unshown::Media(MediaKind::Audio))),
            ("https://example.org/a/report.pdf#page=2", Some(Unshown::Document)),
            ("https://example.org/a.tar.gz", Some(Unshown::Document)),
            ("https://example.org/photo.HEIC", Some(Unshown::Picture)),
            ("https://example.zip", None),
            ("https://example.org/a.pdf/page.jpg", None),
            ("https://example.org/chart?file=a.pdf", None),
            ("https://www.youtube.com/@channel", Some(Unshown::Page("YouTube"))),
            ("https://youtube.com", Some(Unshown::Page("YouTube"))),
            ("https://vimeo.com/showcase/9", Some(Unshown::Page("Vimeo"))),
            ("https://www.youtube.com/watch?v=a", None),
            ("https://img.youtube.com/vi/a/hqdefault.jpg", None),
            ("https://datawrapper.dwcdn.net/Ab1/full.png", None),
        ] {
            assert_eq!(Unshown::of_link(&Link::External(url.into())), expected, "{url}");
        }
    }

    #[test]
    fn nothing_is_played_and_not_played() {
        for ending in VIDEO.iter().chain(&AUDIO) {
            assert_eq!(MediaKind::of_name(&format!("a.{ending}")), None, "{ending}");
        }
    }
}
