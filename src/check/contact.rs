//! What `site.yaml` says of the site's contact, and no longer holds.

use crate::base::SourcePath;
use crate::config::Settings;
use crate::diag::{Code, Location};
use crate::site::{Instant, Problem};
use crate::yaml::FieldPath;

/// That the day has passed until which `security.txt` holds. `file`: the one of the settings.
pub fn passed(file: &SourcePath, settings: &Settings, instant: &Instant) -> Option<Problem> {
    let expires = settings.well_known.security.as_ref()?.expires;
    if expires.ends(&instant.zone) > instant.now {
        return None;
    }
    let message = format!("`security.txt` has expired: {expires}");
    let help = "check that the contact still answers, and write a day within a year from now";
    let at = Location::field(file, FieldPath::root().key("security").key("expires"));
    Some(Problem::new(Code::ExpiredContact, at, message).help(help))
}
