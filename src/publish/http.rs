//! The site as its readers get it: over HTTP, without following redirects, past every cache that can be asked to step aside.

use std::io::Read;
use std::time::Duration;

use crate::base::{BaseUrl, OutPath};

use super::release::ContentHash;
use super::verify::{Answer, SiteReader};

/// What one answer may have: more is not a file of ours.
const LIMIT: u64 = 4 * 1024 * 1024 * 1024;

/// A reader of a site at a URL.
pub struct Http {
    agent: ureq::Agent,
    prefix: String,
}

impl Http {
    /// A reader of the site at a base URL; `None` for one without a host.
    pub fn new(base: &BaseUrl) -> Option<Self> {
        let origin = base.origin.as_ref()?;
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(10)))
            .user_agent(concat!("briefing/", env!("CARGO_PKG_VERSION")))
            .build();
        Some(Self { agent: config.into(), prefix: format!("{origin}{}", base.prefix()) })
    }
}

/// What a page may have that is read as text.
const PAGE_LIMIT: u64 = 16 * 1024 * 1024;

impl Http {
    /// The text of a page.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(super) fn text(&self, path: &OutPath, limit: Duration) -> Result<String, String> {
        let mut answer = self.ask(path, limit)?;
        let status = answer.status().as_u16();
        if status != 200 {
            return Err(format!("{} answers with status {status}", path.href(&self.prefix)));
        }
        let body = answer.body_mut().with_config().limit(PAGE_LIMIT).read_to_string();
        body.map_err(|error| format!("{} cannot be read: {error}", path.href(&self.prefix)))
    }

    /// A header of the answer with an output; none where the answer has no such header.
    ///
    /// # Errors
    /// Why there is no answer, in words.
    pub fn header(
        &self,
        path: &OutPath,
        name: &str,
        limit: Duration,
    ) -> Result<Option<String>, String> {
        let answer = self.ask(path, limit)?;
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
        Ok(value.map(str::to_owned))
    }

    fn ask(
        &self,
        path: &OutPath,
        limit: Duration,
    ) -> Result<ureq::http::Response<ureq::Body>, String> {
        let request = self
            .agent
            .get(path.href(&self.prefix))
            .config()
            .timeout_global(Some(limit))
            .build()
            .header("Cache-Control", "no-cache")
            .header("Accept-Encoding", "identity");
        request.call().map_err(|error| format!("does not answer: {error}"))
    }
}

impl SiteReader for Http {
    fn get(&self, path: &OutPath, limit: Duration) -> Result<Answer, String> {
        let mut answer = self.ask(path, limit)?;
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (content_type, cache_control) = (header("content-type"), header("cache-control"));
        let location = header("location");
        let status = answer.status().as_u16();
        let mut body = answer.body_mut().as_reader().take(LIMIT);
        let (sum, len) = ContentHash::of_reader(&mut body)
            .map_err(|error| format!("breaks off in its answer: {error}"))?;
        // A file without a type is as wrong as one of another type.
        let content_type = Some(content_type.unwrap_or_default());
        Ok(Answer { status, sum, len: Some(len), content_type, cache_control, location })
    }
}
