//! `favicon.ico`: programs that read no page ask for the icon of a site there.

use super::output::{Operation, Output};
use super::{Asset, Site};
use crate::base::{MediaType, OutPath};

/// Where they ask.
const PLACE: &str = "favicon.ico";

/// Whether a published file is the icon of the theme, of a site that has one of its own.
pub(super) fn is_replaced(site: &Site, file: &Asset) -> bool {
    file.source.is_none() && file.out.as_str() == PLACE && site.well_known.icon.is_some()
}

/// The icon that `site.yaml` names, for those programs: as it is, or what is made of a PNG. None where the site has a file
/// there, and for a drawing: what shows the icons of sites without their pages shows no SVG.
pub(super) fn output(site: &Site) -> Option<Output> {
    let icon = site.well_known.icon.as_deref()?.strip_prefix('/')?;
    let (own, place) = (OutPath::new(icon).ok()?, OutPath::new(PLACE).ok()?);
    let files = || site.published.iter();
    if files().any(|file| file.source.is_some() && file.out == place) {
        return None;
    }
    let at = files().position(|file| file.out == own)?;
    match MediaType::of(&own).essence() {
        "image/png" => Some(Output::derived(place, at, Operation::Icon)),
        essence if essence == MediaType::of(&place).essence() => Some(Output::file(place, at)),
        _ => None,
    }
}
