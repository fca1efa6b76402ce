//! What each output may see: plain structs, one file per kind of page, made of the site and one document.
//!
//! A view is everything its template may use, by value; its digest (with the template set's) is the page's key.
//! A view holds lists, never maps, and dates as text, never "three days ago". Nothing here knows
//! Tera but [`Ready`].
//!
//! Steps: [`View::of`] takes a route, finds what it shows in the site, fills the holes of its texts ([`html`]) and
//! puts dates and lists into the page's language.

pub mod article;
pub mod common;
mod context;
pub mod faq;
mod fill;
pub mod home;
pub mod html;
pub mod list;
pub mod player;
mod ready;
mod shared;
pub mod simple;
pub mod topic;

pub use context::{Context, Texts};
pub use ready::Ready;
pub use shared::Shared;

use serde::Serialize;

use crate::base::{Digest, OutPath, digest_of};
use crate::content::kind::Kind;
use crate::site::Route;

/// The view of one page. Serialises as the struct of its kind.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum View {
    /// `home.html`
    Home(Box<home::HomePage>),
    /// `article.html`
    Article(Box<article::ArticlePage>),
    /// `player.html`
    Player(Box<player::PlayerPage>),
    /// `faq.html`
    Faq(Box<faq::FaqPage>),
    /// `topic.html`
    Topic(Box<topic::TopicPage>),
    /// `page.html`
    Standing(Box<simple::StandingPage>),
    /// `list.html`
    List(Box<list::ListPage>),
    /// `404.html`
    NotFound(Box<simple::NotFoundPage>),
    /// `redirect.html`
    Redirect(Box<simple::RedirectPage>),
}

impl View {
    /// The view of an output; none for a file that is published as it is.
    pub fn of(cx: &Context<'_>, out: &OutPath, route: &Route) -> Option<Self> {
        Some(match route {
            Route::Home => Self::Home(Box::new(home::HomePage::make(cx, out))),
            Route::Page(ix) => match cx.site.page(*ix).summary.kind {
                Kind::Article => Self::Article(Box::new(article::ArticlePage::make(cx, out, *ix))),
                Kind::Player => Self::Player(Box::new(player::PlayerPage::make(cx, out, *ix))),
                Kind::Faq => Self::Faq(Box::new(faq::FaqPage::make(cx, out, *ix))),
                Kind::Topic | Kind::Page => {
                    Self::Standing(Box::new(simple::StandingPage::make(cx, out, *ix)))
                }
            },
            Route::Topic(ix) => Self::Topic(Box::new(topic::TopicPage::make(cx, out, *ix))),
            Route::Index(kind, number) => {
                Self::List(Box::new(list::ListPage::index(cx, out, *kind, *number)))
            }
            Route::Rest(owner, kind, number) => {
                Self::List(Box::new(list::ListPage::rest(cx, out, *owner, *kind, *number)))
            }
            Route::NotFound => Self::NotFound(Box::new(simple::NotFoundPage::make(cx, out))),
            Route::Redirect(ix) => {
                Self::Redirect(Box::new(simple::RedirectPage::make(cx, out, *ix)))
            }
            Route::Asset(_) => return None,
        })
    }

    /// The template that renders the view, by its name in the template set.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Article(_) => "article.html",
            Self::Player(_) => "player.html",
            Self::Faq(_) => "faq.html",
            Self::Topic(_) => "topic.html",
            Self::Standing(_) => "page.html",
            Self::List(_) => "list.html",
            Self::NotFound(_) => "404.html",
            Self::Redirect(_) => "redirect.html",
        }
    }

    /// The digest of everything that the template may see.
    pub fn digest(&self) -> Digest {
        digest_of(self)
    }
}
