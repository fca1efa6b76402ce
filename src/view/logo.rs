//! The logo at the head of every page.

use std::sync::Arc;

use crate::base::UrlPath;
use crate::config::Wordmark;

use super::common::{LogoPicture, SiteLogo};
use super::context::Context;

impl Context<'_> {
    /// The logo of the site.
    pub(super) fn logo(&self) -> Option<SiteLogo> {
        let logo = self.site.theme.logo.as_ref()?;
        let dark = logo.dark.as_ref();
        let other = dark.filter(|dark| **dark != logo.file);
        Some(SiteLogo {
            picture: self.logo_picture(&logo.file)?,
            dark: other.and_then(|dark| self.logo_picture(dark)),
            needs_plate: dark.is_none(),
            wordmark: match &logo.wordmark {
                Wordmark::Title => Some(self.settings.title.clone()),
                // In a language with a title of its own those are of another.
                Wordmark::Words(words) => {
                    Some(match self.settings.title == self.site_settings.title {
                        true => words.clone(),
                        false => self.settings.title.clone(),
                    })
                }
                Wordmark::None => None,
            },
        })
    }

    /// None for a file that is not there, which is reported where the settings name it.
    fn logo_picture(&self, file: &Arc<str>) -> Option<LogoPicture> {
        let asset = self.site.asset_at(&UrlPath::out(file).ok()?)?;
        let size = self.site.pictures.size(asset);
        Some(LogoPicture {
            src: self.root_href(file).into(),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
        })
    }
}
