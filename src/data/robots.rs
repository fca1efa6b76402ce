//! `robots.txt`: crawlers may read everything but what `site.yaml` closes to them, and find the sitemap. A site's own file takes
//! its place.

use std::fmt::Write;
use std::sync::Arc;

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
    /// Crawlers by their names, and the paths that each may not read.
    crawlers: Vec<(Arc<str>, Vec<Arc<str>>)>,
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
        let sitemap = cx.base.url(&sitemap::first()).unwrap_or_default();
        Self { sitemap, crawlers: cx.site_settings.well_known.robots.clone() }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, closed) in &self.crawlers {
            let _ = writeln!(text, "User-agent: {name}");
            match &closed[..] {
                [] => text.push_str("Allow: /\n"),
                closed => closed.iter().for_each(|path| {
                    let _ = writeln!(text, "Disallow: {path}");
                }),
            }
            text.push('\n');
        }
        if !self.crawlers.iter().any(|(name, _)| &**name == "*") {
            text.push_str("User-agent: *\nAllow: /\n\n");
        }
        let _ = writeln!(text, "Sitemap: {}", self.sitemap);
        text
    }
}
