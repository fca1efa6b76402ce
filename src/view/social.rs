//! What social networks and messengers show of a page that is shared: Open Graph, and the cards that are made of it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lang::Arg;

use super::article::ArticleView;
use super::card::SIZE;
use super::common::{PageHead, PictureView};
use super::context::PageContext;
use super::linked_data::{is_own, whole_day};

/// What is shown of a page that is shared, beside its title and description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SocialCard {
    /// The language and the territory as Open Graph has them: `en_GB`.
    pub locale: Arc<str>,
    /// The same of the page's other languages.
    pub other_locales: Vec<Arc<str>>,
    /// The page's picture, if its address is absolute.
    pub image: Option<SocialPicture>,
    /// When an article was published, if the day is known.
    pub published: Option<Arc<str>>,
    /// When it last changed, if the day is known.
    pub modified: Option<Arc<str>>,
    /// The first topic of an article.
    pub section: Option<Arc<str>>,
    /// Who wrote an article.
    pub authors: Vec<Arc<str>>,
    /// The absolute addresses of their pages.
    pub profiles: Vec<Arc<str>>,
}

/// A picture with an absolute address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SocialPicture {
    /// The absolute URL.
    pub url: Arc<str>,
    /// The text alternative; empty for a decorative picture.
    pub alt: Arc<str>,
    /// Width in pixels, when it is known.
    pub width: Option<u32>,
    /// Height in pixels, when it is known.
    pub height: Option<u32>,
    /// Who made it.
    pub credit: Option<Arc<str>>,
    /// Whether it shows the title and nothing else: the program drew it (`social_cards`).
    pub is_drawn: bool,
}

impl SocialCard {
    /// The card of a page in a language.
    pub(super) fn new(locale: Arc<str>) -> Self {
        Self {
            locale,
            other_locales: Vec::new(),
            image: None,
            published: None,
            modified: None,
            section: None,
            authors: Vec::new(),
            profiles: Vec::new(),
        }
    }
}

impl PageContext<'_> {
    /// The picture that the program draws of the page.
    pub(super) fn drawn_picture(&self, title: &Arc<str>) -> Option<SocialPicture> {
        let cx = self.cx;
        let card = cx.site.social_card(self.out)?;
        let url = format!("{}{}", cx.base.origin.as_ref()?, cx.href(&card)).into();
        let site = &cx.settings.title;
        let alt = match title == site {
            true => title.clone(),
            false => {
                self.t("page-title", &[("title", Arg::Text(title)), ("site", Arg::Text(site))])
            }
        };
        let (width, height) = (Some(SIZE.0), Some(SIZE.1));
        Some(SocialPicture { url, alt, width, height, credit: None, is_drawn: true })
    }

    /// Tells a page's card its picture. One of the site itself has no absolute address without a `base_url`.
    pub(super) fn show_picture(&self, head: &mut PageHead, picture: Option<&PictureView>) {
        let Some(picture) = picture else { return };
        let url = match (is_own(&picture.src), &self.cx.base.origin) {
            (true, Some(origin)) => format!("{origin}{}", picture.src).into(),
            (true, None) => return,
            (false, _) => picture.src.clone(),
        };
        let PictureView { alt, width, height, credit, .. } = picture.clone();
        head.card.image = Some(SocialPicture { url, alt, width, height, credit, is_drawn: false });
    }

    /// Tells a page's card what is shown of an article.
    pub(super) fn show_article(&self, head: &mut PageHead, article: &ArticleView) {
        self.show_picture(head, article.image.as_ref());
        head.card.published = whole_day(&article.published).map(Into::into);
        head.card.modified = whole_day(&article.updated).map(Into::into);
        head.card.section = article.topics.first().map(|topic| topic.text.clone());
        head.card.authors = article.authors.iter().map(|author| author.name.clone()).collect();
        let profiles = article.authors.iter().filter_map(|author| author.href.clone());
        head.card.profiles = profiles.filter(|url| url.starts_with("http")).collect();
    }
}
