//! Old addresses of pages, read with the site's own address at hand.

use std::borrow::Cow;

use crate::base::{BaseUrl, OutPath};
use crate::content::moved::{BadOldPath, OldPath, not_here, old_path};

use super::Site;

impl Site {
    /// The output that leads from an old address to its page.
    ///
    /// # Errors
    /// [`BadOldPath`] for a URL of another site, and for a path that cannot be one of this.
    pub fn old_out(&self, old: &OldPath) -> Result<OutPath, BadOldPath> {
        match old {
            OldPath::Out(out) => Ok(out.clone()),
            OldPath::Url(url) => {
                let path = self.base_url.as_ref().and_then(|base| below(base, url));
                old_path(&path.ok_or_else(|| not_here(url))?)
            }
        }
    }
}

/// The path of a URL of the site, without that of the site itself.
fn below<'a>(base: &BaseUrl, url: &'a str) -> Option<Cow<'a, str>> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    // A page that has moved to https was there before.
    let is_own = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own))
        && base.has_host(None, host);
    is_own.then(|| base.strip(path.into()).ok()).flatten()
}
