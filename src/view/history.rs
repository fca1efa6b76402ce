//! What became of the posts that an article gives its players: by rule, from their `posts`.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::date::Date;
use crate::content::model::{Player, Post};
use crate::lang::Arg;
use crate::site::{PageIx, held_on};

use super::SharedPart;
use super::article::Side;
use super::common::{DateText, LinkText};
use super::context::PageContext;

/// A post that a player held on the article's date, and has left since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormerPostView {
    /// The post, where the player held several; none where it is the only one.
    pub post: Option<Arc<str>>,
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
    ) -> (Option<Arc<str>>, Vec<FormerPostView>) {
        let held: Vec<(usize, &Post)> = held_on(player, date).collect();
        let titles: Vec<Arc<str>> = held.iter().map(|(_, post)| self.post_in(post)).collect();
        let left = held.iter().zip(&titles).filter_map(|((at, _), title)| {
            let former = self.cx.site.former_posts.get(ix, *at)?;
            Some(FormerPostView {
                post: (held.len() > 1).then(|| title.clone()),
                until: self.date(former.until),
                holder: former.holder.map(|holder| self.cx.page_link(holder)),
            })
        });
        let left = left.collect();
        ((!titles.is_empty()).then(|| self.lang.lists.and(&titles).into()), left)
    }

    /// A post and its organisation.
    fn post_in(&self, post: &Post) -> Arc<str> {
        match &post.org {
            None => post.title.clone(),
            Some(org) => {
                let org = self.cx.name_link(org).text;
                let args = [("title", Arg::Text(&post.title)), ("org", Arg::Text(&org))];
                self.t("post-in", &args)
            }
        }
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
