//! `robots.txt`: crawlers may read everything, and find the sitemap. A site's own file takes its place.

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;
use super::sitemap;

/// What `robots.txt` says (RFC 9309).
#[derive(Debug, Serialize)]
pub struct Robots {
    /// The absolute URL of the sitemap.
    sitemap: String,
}

impl DataContent for Robots {
    const KIND: OutputKind = OutputKind {
        name: "robots",
        phase: Phase::Control,
        outputs: Which::OfOutputs(|site, _, add| {
            // Crawlers ask for it at the top of a host, and nowhere else. Without a sitemap it would say nothing.
            if site.base.path == "/" && site.base.origin.is_some() {
                add.data(OutPath::new("robots.txt").expect("plain words"), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self { sitemap: cx.base.url(&sitemap::first()).unwrap_or_default() }
    }

    fn text(&self) -> String {
        format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", self.sitemap)
    }
}
