//! `csp:` of `site.yaml`: the other origins from which pages may load.

use std::sync::Arc;

use serde::Serialize;

use super::raw::RawCsp;
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{OneOrMany, Spanned, Text};

/// A directive of a Content Security Policy to which origins can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum CspDirective {
    /// Scripts.
    Script,
    /// What scripts ask for.
    Connect,
    /// Frames.
    Frame,
    /// Pictures.
    Img,
    /// Audio and video.
    Media,
    /// Style sheets.
    Style,
    /// Faces.
    Font,
    /// Where forms are sent.
    Form,
}

impl CspDirective {
    /// Its name in a policy.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script-src",
            Self::Connect => "connect-src",
            Self::Frame => "frame-src",
            Self::Img => "img-src",
            Self::Media => "media-src",
            Self::Style => "style-src",
            Self::Font => "font-src",
            Self::Form => "form-action",
        }
    }
}

/// Origins that a policy allows beside the site's own: those of a whole site, or those of one page. Sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AllowedOrigins(Vec<(CspDirective, Arc<str>)>);

impl AllowedOrigins {
    /// Allows an origin. What is none is left out: a policy could say more in it.
    pub fn add(&mut self, directive: CspDirective, origin: &str) {
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        if !rest.is_some_and(is_host) && !is_socket(directive, origin) {
            return;
        }
        let pair = (directive, Arc::from(origin));
        if let Err(at) = self.0.binary_search(&pair) {
            self.0.insert(at, pair);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of a directive, by its name.
    pub fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.0.iter().filter(move |(directive, _)| directive.name() == name);
        pairs.map(|(_, origin)| &**origin)
    }
}

/// Whether a text is the origin of a WebSocket, where scripts may ask for one.
fn is_socket(directive: CspDirective, text: &str) -> bool {
    directive == CspDirective::Connect && text.strip_prefix("wss://").is_some_and(is_host)
}

/// Whether a text is a host, with or without a port. Hosts with other letters have those of their ASCII form.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "443"));
    let is_label = |label: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !label.is_empty() && !label.starts_with('-') && label.bytes().all(is_plain)
    };
    name.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

pub(super) fn csp(fields: &mut Fields, raw: RawCsp) -> AllowedOrigins {
    let mut all = AllowedOrigins::default();
    let mut add = |directive, texts: Option<OneOrMany<Text>>| {
        for Spanned { value: text, span } in fields.texts(texts) {
            let lower = text.to_ascii_lowercase();
            let is_origin = lower.strip_prefix("https://").is_some_and(is_host);
            match is_origin || is_socket(directive, &lower) {
                true => all.add(directive, &lower),
                false => {
                    let message = format!("\"{text}\" is not an origin");
                    fields.problem(Code::BadUrl, span, message, help(&lower, directive));
                }
            }
        }
    };
    add(CspDirective::Script, raw.script_src);
    add(CspDirective::Connect, raw.connect_src);
    add(CspDirective::Frame, raw.frame_src);
    add(CspDirective::Img, raw.img_src);
    add(CspDirective::Media, raw.media_src);
    add(CspDirective::Style, raw.style_src);
    add(CspDirective::Font, raw.font_src);
    add(CspDirective::Form, raw.form_action);
    all
}

/// What to write in place of what is no origin.
fn help(text: &str, directive: CspDirective) -> String {
    let bare = text.trim_matches('\'');
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match bare {
        "data:" | "data" if directive == CspDirective::Img => {
            "leave it out: pages show pictures that stand in a style sheet".into()
        }
        "self" => "leave it out: pages load the site's own files".into(),
        "none" => "leave it out: pages load nothing of other sites that is not named here".into(),
        _ if text.contains('\'') => {
            "nothing inline runs: put it into a file of `static/`, and load that".into()
        }
        _ if text.contains('*') => {
            "name each host, such as `https://stats.example.org`: a pattern allows hosts that you have not checked".into()
        }
        _ if text.starts_with("ws") && text.contains("://") && host.contains('.') && is_host(host) => {
            match directive {
                CspDirective::Connect => format!("write `wss://{host}`: pages over https open no `ws:`"),
                _ => format!("write `wss://{host}` under `connect_src`"),
            }
        }
        _ if host.contains('.') && is_host(host) => format!("write `https://{host}`"),
        _ if !host.is_ascii() && host.contains('.') => {
            "write the host in ASCII, as browsers copy it from their address bar: `https://xn--…`".into()
        }
        _ => "write the scheme and the host alone, such as `https://stats.example.org`".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigins, CspDirective};

    #[test]
    fn an_origin_is_a_scheme_and_a_host_alone() {
        for (origin, is_one) in [
            ("https://a.example", true),
            ("http://a.example:8080", true),
            ("https://xn--e1afmkfd.example", true),
            ("https://a.example:443", true),
            ("https://a.example/", false),
            ("https://a.example; script-src *", false),
            ("https://*.example", false),
            ("https://a.example:", false),
            ("https://a.example:99999", false),
            ("https://.example", false),
            ("https://", false),
            ("data:", false),
            ("'self'", false),
            ("https://é.example", false),
            ("wss://a.example", false),
        ] {
            let mut origins = AllowedOrigins::default();
            origins.add(CspDirective::Script, origin);
            assert_eq!(!origins.is_empty(), is_one, "{origin}");
        }
    }

    #[test]
    fn an_origin_is_named_once() {
        let mut origins = AllowedOrigins::default();
        for origin in ["https://b.example", "https://a.example", "https://b.example"] {
            origins.add(CspDirective::Frame, origin);
        }
        let all: Vec<_> = origins.of("frame-src").collect();
        assert_eq!(all, ["https://a.example", "https://b.example"]);
        assert_eq!(origins.of("script-src").count(), 0);
    }
}
