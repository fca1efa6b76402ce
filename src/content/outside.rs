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

/// The hosts that show something in a frame, each with what it is called. A part of a name before a dot may precede each.
const HOSTS: [(&str, &str); 6] = [
    ("youtube.com", YOUTUBE),
    ("youtube-nocookie.com", YOUTUBE),
    ("youtu.be", YOUTUBE),
    ("vimeo.com", VIMEO),
    ("datawrapper.de", DATAWRAPPER),
    ("dwcdn.net", DATAWRAPPER),
];

const YOUTUBE: &str = "YouTube";
const VIMEO: &str = "Vimeo";
const DATAWRAPPER: &str = "Datawrapper";

/// A URL, as far as it says what a host shows.
struct Address<'a> {
    /// In lower case, without a port.
    host: String,
    steps: Vec<&'a str>,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Address<'a> {
    fn read(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.trim_matches(' ').split_once("://")?;
        let port = match () {
            () if scheme.eq_ignore_ascii_case("https") => ":443",
            () if scheme.eq_ignore_ascii_case("http") => ":80",
            () => return None,
        };
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut steps = rest.split('/');
        let host = steps.next()?.to_ascii_lowercase();
        let host = host.strip_suffix(port).unwrap_or(&host).to_owned();
        let steps = steps.filter(|step| !step.is_empty()).collect();
        Some(Self { host, steps, query, fragment })
    }

    /// A value of the query.
    fn asked(&self, name: &str) -> Option<&'a str> {
        self.query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    }

    /// What the host is called, if it is one of [`HOSTS`].
    fn known(&self) -> Option<&'static str> {
        let is = |known: &str| {
            let before = self.host.strip_suffix(known)?;
            (before.is_empty() || (before.ends_with('.') && !before.contains('@'))).then_some(())
        };
        HOSTS.iter().find_map(|(host, name)| is(host).map(|()| *name))
    }

    /// Where a film begins to play, such as `90` or `1m30s`.
    fn start(&self) -> Option<u32> {
        let asked = self.asked("t").or_else(|| self.asked("start"));
        seconds(asked.or_else(|| self.fragment.strip_prefix("t="))?)
    }
}

impl Outside {
    /// What is at a URL, if a host is known that shows it in a frame.
    pub fn of_url(url: &str) -> Option<Self> {
        let address = Address::read(url)?;
        match address.known()? {
            YOUTUBE => youtube(&address),
            VIMEO => vimeo(&address),
            _ => datawrapper(&address),
        }
    }

    /// What the host of a URL is called, if that shows something in frames.
    pub fn host_of(url: &str) -> Option<&'static str> {
        Address::read(url)?.known()
    }

    /// The same of what a text shows.
    pub fn of_link(link: &Link) -> Option<Self> {
        match link {
            Link::External(url) => Self::of_url(url),
            Link::To(..) | Link::Root(_) | Link::Anchor(_) => None,
        }
    }

    /// A film of YouTube with an id, if it can be one.
    pub fn of_youtube(id: &str) -> Option<Self> {
        Self::of_url(&format!("https://youtu.be/{id}")).filter(|_| is_plain(id))
    }

    /// The address that readers open, as its author writes it.
    pub fn address(&self) -> String {
        let Self { host, id, frame, .. } = self;
        let behind = |mark: &str| frame.split_once(mark).map(|(_, rest)| rest);
        match *host {
            YOUTUBE if frame.contains("/live_stream?") => frame.clone(),
            YOUTUBE if frame.contains("/videoseries?") => {
                format!("https://www.youtube.com/playlist?list={id}")
            }
            YOUTUBE => {
                let start = behind("?start=").map(|start| format!("&t={start}"));
                format!("https://www.youtube.com/watch?v={id}{}", start.unwrap_or_default())
            }
            VIMEO => {
                let key = behind("&h=").map(|key| key.split('#').next().unwrap_or(key));
                let key = key.map(|key| format!("/{key}")).unwrap_or_default();
                format!("https://vimeo.com/{id}{key}")
            }
            _ => format!("https://www.datawrapper.de/_/{id}/"),
        }
    }

    fn new(host: &'static str, id: &str, origin: &'static str, frame: String) -> Option<Self> {
        is_plain(id).then(|| Self { host, id: id.into(), origin, frame })
    }
}

fn youtube(address: &Address<'_>) -> Option<Outside> {
    // Of the two addresses it is the one that keeps no cookie before the film plays.
    let origin = "https://www.youtube-nocookie.com";
    let list = || address.asked("list").filter(|list| is_plain(list));
    let id = match (&*address.host, &*address.steps) {
        ("youtu.be" | "www.youtu.be", [id]) => id,
        (_, ["watch"]) => address.asked("v")?,
        (_, ["playlist"] | ["embed", "videoseries"]) => {
            let id = list()?;
            let frame = format!("{origin}/embed/videoseries?list={id}");
            return Outside::new(YOUTUBE, id, origin, frame);
        }
        (_, ["embed" | "live", "live_stream"]) => {
            let id = address.asked("channel").filter(|id| is_plain(id))?;
            let frame = format!("{origin}/embed/live_stream?channel={id}");
            return Outside::new(YOUTUBE, id, origin, frame);
        }
        (_, ["embed" | "live" | "shorts" | "v" | "e" | "watch", id]) => id,
        _ => return None,
    };
    let start = address.start().map(|start| format!("?start={start}")).unwrap_or_default();
    Outside::new(YOUTUBE, id, origin, format!("{origin}/embed/{id}{start}"))
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

fn vimeo(address: &Address<'_>) -> Option<Outside> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A key opens a film that is not listed.
    let (id, key) = match &*address.steps {
        [id]
        | ["video", id]
        | ["channels", _, id]
        | ["groups", _, "videos", id]
        | ["album" | "showcase", _, "video", id]
        | ["manage", "videos", id] => (*id, address.asked("h")),
        [id, key] | ["manage", "videos", id, key] => (*id, Some(*key)),
        _ => return None,
    };
    if !is_number(id) || key.is_some_and(|key| !is_plain(key)) {
        return None;
    }
    let origin = "https://player.vimeo.com";
    let key = key.map(|key| format!("&h={key}")).unwrap_or_default();
    let start = address.start().map(|start| format!("#t={start}s")).unwrap_or_default();
    Outside::new(VIMEO, id, origin, format!("{origin}/video/{id}?dnt=1{key}{start}"))
}

fn datawrapper(address: &Address<'_>) -> Option<Outside> {
    let is_version = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let id = match (&*address.host, &*address.steps) {
        ("datawrapper.dwcdn.net", [id] | [id, "index.html"]) => id,
        ("datawrapper.dwcdn.net", [id, version] | [id, version, "index.html"])
            if is_version(version) =>
        {
            id
        }
        ("datawrapper.de" | "www.datawrapper.de", ["_", id]) => id,
        _ => return None,
    };
    let origin = "https://datawrapper.dwcdn.net";
    Outside::new(DATAWRAPPER, id, origin, format!("{origin}/{id}/"))
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
            (
                "https://datawrapper.dwcdn.net/Ab1/2/index.html",
                Some("https://datawrapper.dwcdn.net/Ab1/"),
            ),
            ("https://www.youtube.com/live/aB3-_x?feature=share", Some(youtube)),
            ("https://www.youtube-nocookie.com/embed/aB3-_x", Some(youtube)),
            ("https://music.youtube.com/watch?v=aB3-_x", Some(youtube)),
            ("HTTPS://YOUTUBE.COM:443/v/aB3-_x", Some(youtube)),
            (
                "https://www.youtube.com/watch?v=aB3-_x#t=1m",
                Some("https://www.youtube-nocookie.com/embed/aB3-_x?start=60"),
            ),
            (
                "https://www.youtube.com/playlist?list=PLa_1",
                Some("https://www.youtube-nocookie.com/embed/videoseries?list=PLa_1"),
            ),
            (
                "https://www.youtube.com/embed/videoseries?list=PLa_1&si=2",
                Some("https://www.youtube-nocookie.com/embed/videoseries?list=PLa_1"),
            ),
            (
                "https://www.youtube.com/embed/live_stream?channel=UCa",
                Some("https://www.youtube-nocookie.com/embed/live_stream?channel=UCa"),
            ),
            (
                "https://vimeo.com/channels/staffpicks/123",
                Some("https://player.vimeo.com/video/123?dnt=1"),
            ),
            (
                "https://vimeo.com/groups/a/videos/123",
                Some("https://player.vimeo.com/video/123?dnt=1"),
            ),
            (
                "https://vimeo.com/showcase/9/video/123",
                Some("https://player.vimeo.com/video/123?dnt=1"),
            ),
            (
                "https://vimeo.com/123#t=1m1s",
                Some("https://player.vimeo.com/video/123?dnt=1#t=61s"),
            ),
            ("https://www.youtube.com/playlist", None),
            ("https://www.youtube.com/embed/videoseries", None),
            ("https://vimeo.com/channels/staffpicks", None),
            ("https://vimeo.com/showcase/9", None),
            ("https://datawrapper.dwcdn.net/Ab1/full.png", None),
            ("https://app.datawrapper.de/chart/Ab1/publish", None),
            ("https://notyoutube.com/watch?v=a", None),
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
            let Some(found) = found else { continue };
            assert!(found.frame.starts_with(found.origin), "{url}");
            let again = Outside::of_url(&found.address()).map(|again| again.frame);
            assert_eq!(
                again.map(|frame| frame.replace("#t=61s", "")),
                Some(found.frame.replace("#t=61s", "")),
                "{url}"
            );
        }
    }

    #[test]
    fn hosts_are_known_whatever_they_show() {
        for (url, host) in [
            ("https://www.youtube.com/@channel", Some("YouTube")),
            ("https://youtube.com", Some("YouTube")),
            ("http://player.vimeo.com:80/", Some("Vimeo")),
            ("https://app.datawrapper.de/", Some("Datawrapper")),
            ("https://user@www.youtube.com/", None),
            ("https://youtube.com.example/", None),
            ("https://example.org/youtube.com/", None),
            ("mailto:a@youtube.com", None),
        ] {
            assert_eq!(Outside::host_of(url), host, "{url}");
        }
    }
}
