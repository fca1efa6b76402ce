//! `players.json`: every listed player, in the form of Popolo.

use serde::Serialize;

use crate::base::Phase;
use crate::site::{IndexKind, Output, OutputKind, Subject, Which, list_file};
use crate::view::Context;

use super::super::DataContent;
use super::popolo::{Membership, Popolo};
use super::{ListHead, json};

/// The players. Popolo's programs read one file, so it has no parts.
#[derive(Debug, Serialize)]
pub struct PlayersJson {
    #[serde(flatten)]
    head: ListHead,
    persons: Vec<Popolo>,
    organizations: Vec<Popolo>,
    memberships: Vec<Membership>,
}

impl DataContent for PlayersJson {
    const KIND: OutputKind = OutputKind {
        name: "players-json",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            let out = list_file(site, "players", 1);
            if !site.graph.players.is_empty() && !site.is_taken(&out) {
                add.data(out, Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let players = &cx.site.graph.players;
        let popolo = players.iter().filter_map(|ix| Popolo::of(cx, *ix));
        let (persons, organizations) =
            popolo.partition(|player| matches!(player, Popolo::Person(_)));
        let page = cx.site.index_out(IndexKind::Players, 0);
        Self {
            head: ListHead::new(cx, "players", &page, None),
            persons,
            organizations,
            memberships: players.iter().flat_map(|ix| Membership::of(cx, *ix)).collect(),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}
