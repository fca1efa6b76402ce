//! What became of the names of a document.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::base::{Digest, Digested, EntityId, NearMissRule};
use crate::content::document::Body;
use crate::content::markup::Inline;

use super::around::Neighbour;
use super::matcher::Miss;
use super::prose::MarkupPosition;
use super::registry::PlayerIx;
use super::sentence::sentence;
use super::vocabulary::WordFilter;

/// A document whose names are found. A function of the document, the registry and the accepted near misses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Linked {
    /// The names that link, in order within each text.
    pub names: Vec<LinkedName>,
    /// The first mention of each player, in the order of the page.
    pub mentions: Vec<Mention>,
    /// Every player and section that names it, sorted; each once.
    pub edges: Arc<[Edge]>,
    /// The problems of its names.
    pub findings: Vec<Finding>,
    /// The words of its texts.
    pub vocabulary: WordFilter,
    pub(super) digests: Digests,
}

/// The digests of a document's names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Digests {
    edges: Digested,
    all: Digested,
}

impl Linked {
    /// The digest of the edges: while it is the same, no other page changes.
    pub fn edges_digest(&self) -> Digest {
        self.digests.edges.of(&self.edges)
    }

    /// The digest of all that pages show of it.
    pub fn digest(&self) -> Digest {
        self.digests.all.of(&(&self.names, &self.mentions, self.edges_digest().to_bytes()))
    }
}

/// The first mention of a player on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// The player's id.
    pub player: EntityId,
    /// The anchor of the section or question that it stands in.
    pub section: Option<Arc<str>>,
    /// The number of the text among those of its document.
    pub text: u32,
    /// Where the block of prose begins and ends.
    pub block: [MarkupPosition; 2],
    /// Where the name begins and ends.
    pub name: [MarkupPosition; 2],
    /// The bytes that the name was made of ([`Prose::place`](crate::content::prose::Prose::place)).
    #[serde(skip)]
    pub source: Range<u32>,
}

impl Mention {
    /// The sentence: what stands before the name, the name as it is written there, and the rest. It is read from the
    /// text when a page shows it, and not stored.
    pub fn sentence(&self, body: &Body) -> [Inline; 3] {
        let text = body.text(self.text);
        text.map(|markup| sentence(markup, self.block, self.name)).unwrap_or_default()
    }
}

/// A name that links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkedName {
    /// The number of the text among those of its document.
    pub text: u32,
    /// The piece that holds it.
    pub piece: u32,
    /// Where it begins in the piece's HTML, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The player's id.
    pub player: EntityId,
}

/// A player, and a section that names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    /// The player's id.
    pub player: EntityId,
    /// The anchor of the section or question.
    pub section: Option<Arc<str>>,
}

/// A problem of a name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The number of the text among those of its document.
    pub text: u32,
    /// Where it begins.
    pub start: MarkupPosition,
    /// Its last character.
    pub last: MarkupPosition,
    /// The bytes that its text was made of there ([`Prose::place`](crate::content::prose::Prose::place)).
    pub source: Range<u32>,
    /// As it is written, with one space between words.
    pub written: String,
    /// The kind of problem, with what its message needs.
    pub what: FindingKind,
}

/// The kinds of problems of names in texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// It links, but has another case than declared.
    Case {
        /// As declared.
        right: Arc<str>,
    },
    /// It may be several players.
    Ambiguous {
        /// Their ids.
        players: Vec<EntityId>,
    },
    /// It is a player's, who is not named in full before.
    NotEstablished {
        /// The player's id.
        player: EntityId,
    },
    /// The player had no post yet on the date of the page: another person of that name may be meant.
    NoPostYet {
        /// The player's id.
        player: EntityId,
    },
    /// The player is born after the date of the page: another person is meant.
    Unborn {
        /// The player's id.
        player: EntityId,
    },
    /// It is almost a name.
    Near {
        /// By which rule.
        rule: NearMissRule,
        /// The player's id.
        player: EntityId,
        /// What to write.
        right: String,
    },
}

/// What became of a name that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameVerdict {
    /// It links.
    Links(PlayerIx),
    /// The section has a link to the player already.
    Again(PlayerIx),
    /// A mark-up begins or ends inside it: it counts as a mention.
    Parted(PlayerIx),
    /// The page has `autolink: off`: it counts as a mention.
    PageOff(PlayerIx),
    /// No word of it has a capital: it is reported.
    Small(PlayerIx),
    /// The player is born after the date of the page.
    Unborn(PlayerIx),
    /// The player has `autolink: false`.
    PlayerOff(PlayerIx),
    /// It is the page's own player.
    Own(PlayerIx),
    /// A phrase that means something else.
    Never,
    /// A word beside it makes it another name.
    Neighbour(Neighbour),
    /// The player is not named in full before, and no title stands before it.
    NotEstablished(Vec<PlayerIx>),
    /// The page defines it as short for something else.
    Defined,
    /// It is an ordinary word as well, and no title stands before it.
    Word(Vec<PlayerIx>),
    /// The place is meant, and not the government there.
    Place(PlayerIx),
    /// Several players may be meant.
    Ambiguous(Vec<PlayerIx>),
    /// Its letters are there, but it does not stand by itself.
    Misses(Miss),
}

/// A name that the linker considered, with its decision: what `briefing why` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsideredName {
    /// The number of the text among those of its document.
    pub text: u32,
    /// Where it begins.
    pub start: MarkupPosition,
    /// Its last character.
    pub last: MarkupPosition,
    /// The bytes that its text was made of there ([`Prose::place`](crate::content::prose::Prose::place)).
    pub source: Range<u32>,
    /// As it is written.
    pub written: String,
    /// Whom it may stand for.
    pub candidates: Vec<PlayerIx>,
    /// What became of it.
    pub verdict: NameVerdict,
}
