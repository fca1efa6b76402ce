//! `.well-known/security.txt` (RFC 9116): whom to tell of a weakness of the site, where `site.yaml` says so.

use std::fmt::Write;

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::config::SecurityContact;
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

/// What `security.txt` says.
#[derive(Debug, Serialize)]
pub struct SecurityText {
    /// Its own address, where the site knows that.
    canonical: Option<String>,
    contact: Option<SecurityContact>,
    /// The moment from which it no longer holds (RFC 3339).
    expires: Option<String>,
}

impl DataContent for SecurityText {
    const KIND: OutputKind = OutputKind {
        name: "security",
        phase: Phase::Control,
        outputs: Which::OfOutputs(|site, _, add| {
            // Researchers ask for it at the top of a host, and nowhere else.
            if site.base.path == "/" && site.well_known.security.is_some() {
                add.data(out(), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let contact = cx.site_settings.well_known.security.clone();
        let expires = contact.as_ref().map(|contact| contact.expires.ends(cx.zone).to_string());
        Self { canonical: cx.base.url(&out()), contact, expires }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let Some(own) = &self.contact else { return text };
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "{name}: {value}");
        };
        own.contact.iter().for_each(|url| line("Contact", url));
        line("Expires", self.expires.as_deref().unwrap_or_default());
        if !own.languages.is_empty() {
            let tags: Vec<&str> = own.languages.iter().map(|tag| tag.as_str()).collect();
            line("Preferred-Languages", &tags.join(", "));
        }
        if let Some(canonical) = &self.canonical {
            line("Canonical", canonical);
        }
        own.others.iter().for_each(|(name, url)| line(name, url));
        text
    }
}

fn out() -> OutPath {
    OutPath::new(".well-known/security.txt").expect("plain words")
}
