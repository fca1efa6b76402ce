//! Films and charts of other hosts, which a text shows as it shows a picture, by the address that readers open:
//! `![The talks](https://www.youtube.com/watch?v=…)`.

use super::reference::Link;

/// What another host shows in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The host, as it is called.
    pub host: &'static str,
    /// The name that the host gives it, for a file beside the page.
    pub id: Box<str>,
    /// The origin of the frame.
    pub origin: &'static str,
    /// The URL of the frame.
    pub frame: String,
}

impl Outside {
    /// What is at a URL, if a host is known that shows it in a frame.
    pub fn of_url(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let query = query.split('#').next().unwrap_or_default();
        let mut steps = address.split(['/', '#']).filter(|step| !step.is_empty());
        let host = steps.next()?.to_ascii_lowercase();
        let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
        let steps: Vec<&str> = steps.collect();
        let asked = |name: &str| {
            query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        match (host, &*steps) {
            ("youtube.com" | "youtube-nocookie.com", ["watch"]) => youtube(asked("v")?, asked("t")),
            ("youtube.com" | "youtube-nocookie.com", ["embed" | "live" | "shorts", id])
            | ("youtu.be", [id]) => youtube(id, asked("t").or_else(|| asked("start"))),
            ("vimeo.com", [id]) | ("player.vimeo.com", ["video", id]) => vimeo(id, asked("h")),
            ("vimeo.com", [id, key]) => vimeo(id, Some(key)),
            ("datawrapper.dwcdn.net", [id] | [id, _]) | ("datawrapper.de", ["_", id]) => {
                let origin = "https://datawrapper.dwcdn.net";
                Self::new("Datawrapper", id, origin, format!("{origin}/{id}/"))
            }
            _ => None,
        }
    }

    /// The same of what a text shows.
    pub fn of_link(link: &Link) -> Option<Self> {
        match link {
            Link::External(url) => Self::of_url(url),
            Link::To(..) | Link::Root(_) | Link::Anchor(_) => None,
        }
    }

    fn new(host: &'static str, id: &str, origin: &'static str, frame: String) -> Option<Self> {
        is_plain(id).then(|| Self { host, id: id.into(), origin, frame })
    }
}

/// `from`: where it begins to play, such as `90` or `1m30s`.
fn youtube(id: &str, from: Option<&str>) -> Option<Outside> {
    // Of the two addresses it is the one that keeps no cookie before the film plays.
    let origin = "https://www.youtube-nocookie.com";
    let start = from.and_then(seconds).map(|start| format!("?start={start}")).unwrap_or_default();
    Outside::new("YouTube", id, origin, format!("{origin}/embed/{id}{start}"))
}

/// A time in a film in seconds: `90`, `90s`, `1m30s`, `1h2m3s`.
fn seconds(time: &str) -> Option<u32> {
    let (mut sum, mut number) = (0u32, String::new());
    for letter in time.chars() {
        let unit = match letter {
            '0'..='9' => {
                number.push(letter);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        let count: u32 = std::mem::take(&mut number).parse().ok()?;
        sum = sum.checked_add(count.checked_mul(unit)?)?;
    }
    if number.is_empty() { Some(sum) } else { sum.checked_add(number.parse().ok()?) }
}

/// `key` opens a film that is not listed.
fn vimeo(id: &str, key: Option<&str>) -> Option<Outside> {
    if !id.bytes().all(|byte| byte.is_ascii_digit()) || key.is_some_and(|key| !is_plain(key)) {
        return None;
    }
    let origin = "https://player.vimeo.com";
    let key = key.map(|key| format!("&h={key}")).unwrap_or_default();
    Outside::new("Vimeo", id, origin, format!("{origin}/video/{id}?dnt=1{key}"))
}

/// Whether a text is a name that means nothing else in a URL.
fn is_plain(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&id.len()) && id.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::Outside;

    #[test]
    fn addresses_of_films_and_charts() {
        let youtube = "https://www.youtube-nocookie.com/embed/aB3-_x";
        for (url, frame) in [
            ("https://www.youtube.com/watch?v=aB3-_x", Some(youtube)),
            ("https://m.youtube.com/watch?list=L&v=aB3-_x#a", Some(youtube)),
            (
                "https://www.youtube.com/watch?v=aB3-_x&t=1m30s",
                Some("https://www.youtube-nocookie.com/embed/aB3-_x?start=90"),
            ),
            (
                "https://youtu.be/aB3-_x?t=42",
                Some("https://www.youtube-nocookie.com/embed/aB3-_x?start=42"),
            ),
            ("https://youtu.be/aB3-_x?t=soon", Some(youtube)),
            (
                "https://player.vimeo.com/video/123?h=ab9",
                Some("https://player.vimeo.com/video/123?dnt=1&h=ab9"),
            ),
            ("http://youtu.be/aB3-_x?si=1", Some(youtube)),
            ("https://www.YouTube.com/shorts/aB3-_x/", Some(youtube)),
            ("https://vimeo.com/123", Some("https://player.vimeo.com/video/123?dnt=1")),
            ("https://vimeo.com/123/ab9", Some("https://player.vimeo.com/video/123?dnt=1&h=ab9")),
            (
                "https://player.vimeo.com/video/123",
                Some("https://player.vimeo.com/video/123?dnt=1"),
            ),
            ("https://www.datawrapper.de/_/Ab1/", Some("https://datawrapper.dwcdn.net/Ab1/")),
            ("https://datawrapper.dwcdn.net/Ab1/2/", Some("https://datawrapper.dwcdn.net/Ab1/")),
            ("https://www.youtube.com/watch?v=a%22b", None),
            ("https://www.youtube.com/watch", None),
            ("https://www.youtube.com/@channel", None),
            ("https://vimeo.com/about", None),
            ("https://youtube.com.example/watch?v=a", None),
            ("https://user@youtube.com/watch?v=a", None),
            ("https://example.org/a.png", None),
        ] {
            let found = Outside::of_url(url);
            assert_eq!(found.as_ref().map(|found| &*found.frame), frame, "{url}");
            assert!(found.is_none_or(|found| found.frame.starts_with(found.origin)), "{url}");
        }
    }
}
