//! What became of the posts that an article gives its players: by rule, from their `posts`.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::date::Date;
use crate::content::model::{Player, Post};
use crate::lang::{Arg, LangTag};
use crate::site::{PageIx, held_on};

use super::SharedPart;
use super::article::Side;
use super::common::{DateText, LinkText};
use super::context::PageContext;
use super::spoken::WordsOf;
use super::words::{MarkedHtml, Runs};

/// A post that a player held on the article's date, and has left since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormerPostView {
    /// The post, where the player held several; none where it is the only one.
    pub post: Option<Arc<str>>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub post_html: Option<MarkedHtml>,
    /// Until when.
    pub until: DateText,
    /// The player who holds it now.
    pub holder: Option<SharedPart<LinkText>>,
}

/// A notice over an article whose players have left posts since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HistoryNotice {
    /// The article's date.
    pub date: SharedPart<DateText>,
    /// The players who left a post.
    pub players: Vec<SharedPart<LinkText>>,
}

impl PageContext<'_> {
    /// The posts that a player held on a date, in one line, and those of them that the player has left since.
    pub(super) fn posts_on(
        &self,
        ix: PageIx,
        player: &Player,
        date: Option<Date>,
    ) -> (Option<WordsOf>, Vec<FormerPostView>) {
        let held: Vec<(usize, &Post)> = held_on(player, date).collect();
        let posts: Vec<&Post> = held.iter().map(|(_, post)| *post).collect();
        let left = held.iter().filter_map(|(at, post)| {
            let former = self.cx.site.posts.former.get(ix, *at)?;
            let (text, html) = match held.len() {
                1 => (None, None),
                _ => self
                    .posts_in_words(ix, &[post])
                    .map_or((None, None), |(text, html)| (Some(text), html)),
            };
            Some(FormerPostView {
                post: text,
                post_html: html,
                until: self.date(former.until),
                holder: former.holder.map(|holder| self.cx.page_link(holder)),
            })
        });
        (self.posts_in_words(ix, &posts), left.collect())
    }

    /// Posts with their organisations, in one line; none for none. `ix` is the page of the player.
    pub(super) fn posts_in_words(&self, ix: PageIx, posts: &[&Post]) -> Option<WordsOf> {
        let cx = self.cx;
        let lang = cx.words_of(&cx.site.page(ix).summary, "posts");
        let orgs: Vec<Option<LinkText>> =
            posts.iter().map(|post| post.org.as_ref().map(|org| cx.name_link(org, lang))).collect();
        let title = |(post, org): (&&Post, &Option<LinkText>)| match org {
            None => post.title.clone(),
            Some(org) => {
                let args = [("title", Arg::Text(&post.title)), ("org", Arg::Text(&org.text))];
                self.t("post-in", &args)
            }
        };
        let titles: Vec<Arc<str>> = posts.iter().zip(&orgs).map(title).collect();
        let own = &self.lang.tag;
        let is_mixed = lang != own || orgs.iter().flatten().any(|org| org.foreign.is_some());
        let html = is_mixed.then(|| {
            let words = |(post, org): (&&Post, &Option<LinkText>)| {
                let title = Runs::of(&post.title, lang);
                let Some(org) = org else { return title };
                let of_org = org.foreign.as_ref().and_then(|other| LangTag::parse(&other.text));
                let org = Runs::of(&org.text, of_org.as_ref().unwrap_or(own));
                Runs::message(&self.lang, "post-in", &[("title", title), ("org", org)])
            };
            let words: Vec<Runs> = posts.iter().zip(&orgs).map(words).collect();
            Runs::list(&self.lang, &words).html(own)
        });
        (!titles.is_empty()).then(|| (self.lang.lists.and(&titles).into(), html.flatten()))
    }

    /// The notice over an article; none while all its players hold the posts that it gives them, and over one that is
    /// no longer current.
    pub(super) fn history_notice(&self, ix: PageIx, sides: &[Side]) -> Option<HistoryNotice> {
        let rows = sides.iter().flat_map(|side| &side.players);
        let left = rows.filter(|row| !row.former.is_empty()).map(|row| row.player.clone());
        let players: Vec<_> = left.collect();
        let is_shown = !players.is_empty() && self.cx.site.page(ix).state.is_listed();
        let date = self.published(ix).filter(|_| is_shown)?;
        Some(HistoryNotice { date, players })
    }
}
