//! Which of the names in a document link, to whom, and why the others do not.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{EntityId, NearMissRule, shrunk_to_fit, work};
use crate::content::date::Date;
use crate::content::document::{Details, Document, Text};
use crate::content::reference::{Link, Occurrence, Use};
use crate::content::words::Autolink;

use super::almost::{self, NearMiss};
use super::around::{self, Neighbour};
use super::asides;
use super::defined;
use super::fold::Folded;
use super::lexicon::Lexicon;
use super::linked::{
    ConsideredName, Edge, Finding, FindingKind, Linked, LinkedName, Mention, NameVerdict,
};
use super::longer;
use super::matcher::{self, Fit, FormSpan, Miss};
use super::matching::Matching;
use super::prose::{Block, Explicit, MarkupPosition, page_blocks};
use super::registry::{Form, PlayerIx, Registry, Strength};
use super::slips::LoneNames;
use super::tokens::{Token, tokens};
use super::vocabulary::WordFilterBuilder;
use super::written::{accents, behind, candidates, ends, html, source};

/// Near misses that a site accepts, as they are compared.
#[derive(Debug, Default)]
pub struct Accepted(pub(super) FxHashSet<String>);

impl Accepted {
    /// Reads `check.accept`.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a Arc<str>>) -> Self {
        let words = |text: &Arc<str>| {
            let folded = Folded::of(text);
            let words: Vec<&str> = tokens(&folded).iter().map(|token| token.word).collect();
            words.join(" ")
        };
        Self(texts.into_iter().map(words).collect())
    }
}

/// Finds the names of a document. If the caller `remembers` the result, the filter of the text's words is built too: a later
/// registry is compared with it.
pub fn link(
    document: &Document,
    matching: Matching<'_>,
    accepted: &Accepted,
    remembers: bool,
) -> Linked {
    let read = |defined: FxHashSet<usize>| {
        let mut page = PageLinker::new(document, matching, accepted);
        page.words = remembers.then(WordFilterBuilder::new);
        page.defined = defined;
        page.run(document, &mut |_| ());
        page
    };
    let page = read(FxHashSet::default());
    // What a page defines holds for all of it.
    let page = if page.defined.is_empty() { page } else { read(page.defined) };
    page.finish()
}

/// Every place of a document where the letters of a name stand, and what became of it.
pub fn why(
    document: &Document,
    matching: Matching<'_>,
    accepted: &Accepted,
) -> Vec<ConsideredName> {
    let mut looked = Vec::new();
    let mut defined = FxHashSet::default();
    for _ in 0..2 {
        looked.clear();
        let mut page = PageLinker::new(document, matching, accepted);
        page.told = true;
        page.defined = defined;
        page.run(document, &mut |found| looked.push(found));
        defined = page.defined;
    }
    looked
}

/// More players than these with one name are not looked at one by one for each place where it stands.
pub(super) const MANY: usize = 64;

/// A word that stands on a page so often is no slip.
const OFTEN: usize = 3;

/// How often names link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinkMode {
    Section,
    Page,
    All,
    Off,
}

/// A page that is being read.
pub(super) struct PageLinker<'a> {
    pub(super) registry: &'a Registry,
    pub(super) lexicon: &'a Lexicon,
    accepted: &'a Accepted,
    /// Whether the caller wants the reasons ([`why`]).
    told: bool,
    pub(super) own: Option<PlayerIx>,
    /// Those that the front matter names.
    pub(super) players: Vec<PlayerIx>,
    /// What the author refers to.
    uses: &'a [Occurrence],
    /// The players among that, once they are asked for.
    by_hand: OnceCell<FxHashSet<PlayerIx>>,
    mode: LinkMode,
    pub(super) date: Option<Date>,
    pub(super) established: FxHashSet<PlayerIx>,
    /// The same in the order in which they were.
    pub(super) in_order: Vec<PlayerIx>,
    /// The names of one word that those have.
    lone_names: LoneNames,
    /// Where a player has its link: the scope, the player.
    linked: FxHashSet<(u32, PlayerIx)>,
    /// Words that may be slips of a lone name, until the whole page is known.
    lone: Vec<Finding>,
    mentioned: FxHashSet<PlayerIx>,
    edges: FxHashSet<(PlayerIx, Option<Arc<str>>)>,
    words: Option<WordFilterBuilder>,
    /// Abbreviations that the page uses for something else, by their places in the registry.
    defined: FxHashSet<usize>,
    result: Linked,
}

impl<'a> PageLinker<'a> {
    fn new(document: &'a Document, matching: Matching<'a>, accepted: &'a Accepted) -> Self {
        let Matching { registry, lexicon } = matching;
        let summary = &document.summary;
        let of = |ids: &mut dyn Iterator<Item = &EntityId>| -> Vec<PlayerIx> {
            ids.filter_map(|id| registry.by_id(id)).collect()
        };
        let (mut players, mut mode) = (Vec::new(), LinkMode::Section);
        match &summary.details {
            Details::Article(article) => {
                players = of(&mut article.roles.iter().map(|role| &role.player));
                mode = match article.autolink {
                    Autolink::Page => LinkMode::Page,
                    Autolink::All => LinkMode::All,
                    Autolink::Off => LinkMode::Off,
                    Autolink::Section => LinkMode::Section,
                };
            }
            Details::Faq(faq) => players = of(&mut faq.about.iter()),
            _ => {}
        }
        let own = matches!(summary.details, Details::Player(_));
        Self {
            registry,
            lexicon,
            accepted,
            told: false,
            own: own.then(|| registry.by_id(&summary.id)).flatten(),
            players,
            uses: &document.uses,
            by_hand: OnceCell::new(),
            mode,
            date: summary.published,
            established: FxHashSet::default(),
            in_order: Vec::new(),
            lone_names: LoneNames::default(),
            linked: FxHashSet::default(),
            lone: Vec::new(),
            mentioned: FxHashSet::default(),
            edges: FxHashSet::default(),
            words: None,
            defined: FxHashSet::default(),
            result: Linked::default(),
        }
    }

    fn run(&mut self, document: &Document, looked: &mut dyn FnMut(ConsideredName)) {
        let summary = &document.summary;
        [Some(&summary.title), summary.summary.as_ref()].into_iter().flatten().for_each(|text| {
            self.headline(text);
        });
        page_blocks(document, &mut |text, block| {
            self.block(text, block, looked);
        });
        if !self.lone.is_empty() {
            let often = often(document, &self.lone);
            self.lone.retain(|finding| !often.contains(&finding.written.to_lowercase()));
        }
        self.result.findings.append(&mut self.lone);
        let (matching, accepted) = (self.matching(), self.accepted);
        let established = |player: PlayerIx| self.established.contains(&player);
        let words = &mut self.words;
        let found = asides::findings(document, matching, &established, accepted, words);
        self.result.findings.extend(found);
    }

    /// A title or a standfirst introduces the players that it names, although no name links there.
    fn headline(&mut self, text: &str) {
        let text = Folded::of(text);
        for span in matcher::spans(self.matching(), &text, &mut |_, _| ()) {
            let form = &self.registry.forms[span.form];
            let cased = text.cased();
            let (fit, strong, _) =
                candidates(form, &form.candidates, &cased[span.start..span.end], &|| None);
            if fit > Fit::Case || self.part(form, cased, &span).is_some() {
                continue;
            }
            if let Ok(player) = self.narrow(&strong) {
                self.establish(player);
            }
        }
    }

    /// What makes a form a part of another name, if anything does.
    fn part(&self, form: &Form, text: &str, span: &FormSpan) -> Option<Neighbour> {
        match form.phrase || form.dense.is_some() {
            true => longer::part(self.matching(), form, text, span.start, span.end),
            false => around::neighbour(self.matching(), text, span.start, span.end),
        }
    }

    fn establish(&mut self, player: PlayerIx) {
        if self.established.insert(player) {
            self.lone_names.add(self.registry, player);
            self.in_order.push(player);
        }
    }

    fn finish(mut self) -> Linked {
        let player = |player: PlayerIx| self.registry.player(player).id.clone();
        let edges = self.edges.drain();
        let mut edges: Vec<Edge> =
            edges.map(|(ix, section)| Edge { player: player(ix), section }).collect();
        edges.sort();
        let mut result = self.result;
        result.vocabulary = self.words.map(|words| words.finish()).unwrap_or_default();
        result.edges = edges.into();
        result.names.sort_by_key(|name| (name.text, name.piece, name.start));
        result.findings.sort_by_key(|found| (found.text, found.start, found.last));
        result.names = shrunk_to_fit(result.names);
        result.mentions = shrunk_to_fit(result.mentions);
        result
    }

    pub(super) fn matching(&self) -> Matching<'a> {
        Matching { registry: self.registry, lexicon: self.lexicon }
    }

    fn block(
        &mut self,
        text: &Text<'_>,
        block: &Block<'_>,
        looked: &mut dyn FnMut(ConsideredName),
    ) {
        let registry = self.registry;
        let first = self.result.findings.len();
        let mut all: Vec<ConsideredName> = Vec::new();
        let mut missed = |span: FormSpan, miss: Miss| {
            if self.told {
                all.push(Self::looked(registry, text, block, span, NameVerdict::Misses(miss)));
            }
        };
        let tokens = tokens(&block.folded);
        work::step(tokens.len());
        let spans = match self.told || registry.longest.any(&tokens, self.lexicon) {
            true => matcher::spans(self.matching(), &block.folded, &mut missed),
            false => {
                let spans = || matcher::spans(self.matching(), &block.folded, &mut |_, _| ());
                debug_assert_eq!(spans(), []);
                Vec::new()
            }
        };
        let mut explicit = block.explicit.iter().peekable();
        for span in &spans {
            while let Some(link) = explicit.next_if(|link| link.at <= span.start) {
                self.explicit(text, block, link);
            }
            if defined::is_of_another(registry, block.folded.cased(), span) {
                self.defined.insert(span.form);
            }
            let (verdict, fit) = self.verdict(text, block, span);
            self.act(text, block, span, &verdict, fit);
            if self.told {
                all.push(Self::looked(registry, text, block, *span, verdict));
            }
        }
        all.sort_by_key(|found| (found.start, found.last));
        all.into_iter().for_each(looked);
        explicit.for_each(|link| self.explicit(text, block, link));
        self.near(text, block, &tokens, &spans, first);
    }

    fn explicit(&mut self, text: &Text<'_>, block: &Block<'_>, link: &Explicit<'_>) {
        let Some(player) = self.registry.player_of(link.target) else { return };
        if Some(player) == self.own {
            return;
        }
        self.linked.insert((self.scope(block), player));
        self.mention(text, block, player, link.start, link.end);
    }

    /// What becomes of a form that stands in a block.
    fn verdict(&self, text: &Text<'_>, block: &Block<'_>, span: &FormSpan) -> (NameVerdict, Fit) {
        let form = &self.registry.forms[span.form];
        let cased = block.folded.cased();
        let written = &cased[span.start..span.end];
        let few = self.bearers(form, cased, span);
        let (fit, strong, contextual) =
            candidates(form, &few, written, &|| accents(text, block, span));
        if strong.is_empty() && form.never {
            return (NameVerdict::Never, fit);
        }
        if self.defined.contains(&span.form) {
            return (NameVerdict::Defined, fit);
        }
        if let Some(own) = self.own
            && strong.iter().chain(&contextual).any(|player| *player == own)
        {
            return (NameVerdict::Own(own), fit);
        }
        if let Some(found) = self.part(form, cased, span) {
            return (NameVerdict::Neighbour(found), fit);
        }
        let (players, strength) = match strong.is_empty() {
            true => (contextual, Strength::Contextual),
            false => (strong, Strength::Strong),
        };
        let chosen = match strength {
            Strength::Strong => self.narrow(&players),
            Strength::Contextual => self.by_context(&block.folded, span, &players),
        };
        let verdict = match chosen {
            Ok(player) if fit == Fit::Small => NameVerdict::Small(player),
            Ok(player) if self.is_unborn(player) => NameVerdict::Unborn(player),
            Ok(player) => self.places(text, block, span, player),
            Err(verdict) => verdict,
        };
        (verdict, fit)
    }

    /// Whether a name links where it stands.
    fn places(
        &self,
        text: &Text<'_>,
        block: &Block<'_>,
        span: &FormSpan,
        player: PlayerIx,
    ) -> NameVerdict {
        if !self.registry.player(player).autolink {
            return NameVerdict::PlayerOff(player);
        }
        match self.mode {
            LinkMode::Off => return NameVerdict::PageOff(player),
            LinkMode::All => {}
            LinkMode::Section | LinkMode::Page => {
                if self.linked.contains(&(self.scope(block), player)) {
                    return NameVerdict::Again(player);
                }
            }
        }
        let (start, last) = ends(block, span.start, span.end);
        // A tag inside cannot stand in a link that ends before the tag does.
        let inside =
            html(text, start).and_then(|html| html.get(start.at as usize..last.at as usize));
        let whole = start.piece == last.piece && inside.is_some_and(|inside| !inside.contains('<'));
        if whole { NameVerdict::Links(player) } else { NameVerdict::Parted(player) }
    }

    fn act(
        &mut self,
        text: &Text<'_>,
        block: &Block<'_>,
        span: &FormSpan,
        verdict: &NameVerdict,
        fit: Fit,
    ) {
        let (start, last) = ends(block, span.start, span.end);
        let written = &block.folded.cased()[span.start..span.end];
        let mut say = |what: FindingKind| {
            let written = written.to_owned();
            let source = source(text, block, start, last);
            let text = text.number;
            self.result.findings.push(Finding { text, start, last, source, written, what });
        };
        let id = |player: &PlayerIx| self.registry.player(*player).id.clone();
        let case = |player: &PlayerIx| {
            let form = &self.registry.forms[span.form];
            let own = form.candidates.iter().find(|found| found.player == *player);
            let right = own.map_or_else(|| id(player).into(), |found| Arc::from(&*found.accented));
            FindingKind::Case { right }
        };
        match verdict {
            NameVerdict::Small(player) => say(case(player)),
            NameVerdict::Unborn(player) => say(FindingKind::Unborn { player: id(player) }),
            NameVerdict::Links(player)
            | NameVerdict::Again(player)
            | NameVerdict::Parted(player)
            | NameVerdict::PageOff(player) => {
                let entry = self.registry.player(*player);
                // Where its author names the player by hand as well, `check/times` says so there.
                if let Some(first) = entry.first_post
                    && self.date.is_some_and(|date| date.is_before(first))
                    && !self.mentioned.contains(player)
                    && !self.players.contains(player)
                    && !self
                        .by_hand
                        .get_or_init(|| linked_by_hand(self.uses, self.registry))
                        .contains(player)
                {
                    say(FindingKind::NoPostYet { player: id(player) });
                }
                if fit == Fit::Case {
                    say(case(player));
                }
                let end = behind(text, last);
                self.mention(text, block, *player, start, end);
                if matches!(verdict, NameVerdict::Links(_)) {
                    self.linked.insert((self.scope(block), *player));
                    self.result.names.push(LinkedName {
                        text: text.number,
                        piece: start.piece,
                        start: start.at,
                        end: end.at,
                        player: self.registry.player(*player).id.clone(),
                    });
                }
            }
            NameVerdict::Ambiguous(players) => {
                say(FindingKind::Ambiguous { players: players.iter().map(id).collect() });
            }
            NameVerdict::NotEstablished(players) => {
                // A family name wants its bearer named before. A place that stands for a government need not.
                let form = &self.registry.forms[span.form];
                if let [player] = &players[..]
                    && self.registry.player(*player).family.as_deref() == Some(&*form.text)
                {
                    say(FindingKind::NotEstablished { player: id(player) });
                }
            }
            _ => {}
        }
    }

    fn mention(
        &mut self,
        text: &Text<'_>,
        block: &Block<'_>,
        player: PlayerIx,
        start: MarkupPosition,
        end: MarkupPosition,
    ) {
        self.establish(player);
        self.edges.insert((player, block.section.clone()));
        if self.mentioned.insert(player) {
            self.result.mentions.push(Mention {
                player: self.registry.player(player).id.clone(),
                section: block.section.clone(),
                text: text.number,
                block: [block.start, block.end],
                name: [start, end],
                source: block.source_near(start),
            });
        }
    }

    /// Reports what is almost a name. `first` is the index of the block's first finding.
    fn near(
        &mut self,
        text: &Text<'_>,
        block: &Block<'_>,
        tokens: &[Token<'_>],
        spans: &[FormSpan],
        first: usize,
    ) {
        let registry = self.registry;
        let established = |player: PlayerIx| self.established.contains(&player);
        let accepted = &self.accepted.0;
        if let Some(words) = &mut self.words {
            words.add(tokens, self.lexicon);
        }
        let misses =
            almost::misses(self.matching(), &block.folded, tokens, spans, &established, accepted);
        let finding = |miss: NearMiss| {
            let (start, last) = ends(block, miss.start, miss.end);
            let player = registry.player(miss.player).id.clone();
            Finding {
                text: text.number,
                start,
                last,
                source: source(text, block, start, last),
                written: block.folded.cased()[miss.start..miss.end].to_owned(),
                what: FindingKind::Near { rule: miss.rule, player, right: miss.right },
            }
        };
        for token in tokens.iter().filter(|_| !self.lone_names.is_empty()) {
            // They are in order, and none begins in another.
            let after = misses.partition_point(|miss| miss.start <= token.start);
            let inside = after.checked_sub(1).is_some_and(|at| token.end <= misses[at].end);
            if !inside
                && let Some((player, right)) =
                    almost::lone(registry, &self.lone_names, token, accepted)
            {
                let (start, end) = (token.start, token.end);
                let miss = NearMiss { rule: NearMissRule::Lone, start, end, player, right };
                self.lone.push(finding(miss));
            }
        }
        let misses: Vec<Finding> = misses.into_iter().map(finding).collect();
        // Who is meant by a family name after a wrong title need not be said as well.
        let mut of_block = self.result.findings.split_off(first);
        of_block.retain(|found| {
            let after = misses.partition_point(|miss| miss.start <= found.start);
            after.checked_sub(1).is_none_or(|at| found.last > misses[at].last)
        });
        self.result.findings.append(&mut of_block);
        self.result.findings.extend(misses);
    }

    fn scope(&self, block: &Block<'_>) -> u32 {
        if self.mode == LinkMode::Page { 0 } else { block.scope }
    }

    fn looked(
        registry: &Registry,
        text: &Text<'_>,
        block: &Block<'_>,
        span: FormSpan,
        verdict: NameVerdict,
    ) -> ConsideredName {
        let (start, last) = ends(block, span.start, span.end);
        let form = &registry.forms[span.form];
        let mut candidates: Vec<PlayerIx> =
            form.candidates.iter().take(MANY).map(|candidate| candidate.player).collect();
        candidates.dedup();
        let written = block.folded.cased()[span.start..span.end].to_owned();
        let source = source(text, block, start, last);
        ConsideredName { text: text.number, start, last, source, written, candidates, verdict }
    }
}

/// The players that an author links to by hand.
fn linked_by_hand(uses: &[Occurrence], registry: &Registry) -> FxHashSet<PlayerIx> {
    let target = |occurrence: &Occurrence| match &occurrence.what {
        Use::Link(Link::To(target, _)) => registry.player_of(target),
        _ => None,
    };
    uses.iter().filter_map(target).collect()
}

/// The words among some findings that stand on a page too often to be slips.
fn often(document: &Document, findings: &[Finding]) -> FxHashSet<String> {
    let mut counts: FxHashMap<String, usize> =
        findings.iter().map(|finding| (finding.written.to_lowercase(), 0)).collect();
    page_blocks(document, &mut |_, block| {
        for token in tokens(&block.folded) {
            if let Some(count) = counts.get_mut(token.word) {
                *count += 1;
            }
        }
    });
    counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(word, _)| word).collect()
}
