//! Embeds: what of the site other sites may show in a frame. A figure, a player's card, a question with its answer.

use crate::base::OutPath;
use crate::content::kind::Kind;

use super::{FactIx, PageIx, QuestionRef, Site, beside};

/// What an embed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Embedded {
    /// A figure.
    Fact(FactIx),
    /// A player.
    Player(PageIx),
    /// A question of a FAQ page.
    Question(QuestionRef),
}

impl Site {
    /// Everything that has an embed. Others need its whole address, so a site without a `base_url` has none.
    pub fn embeds(&self) -> Vec<Embedded> {
        if !self.has_embeds || self.base.origin.is_none() {
            return Vec::new();
        }
        let is_own = |ix: &PageIx| !self.is_foreign(*ix);
        let facts = self.figures.with_page().iter().copied().map(Embedded::Fact);
        let players = self.graph.players.iter().copied().filter(is_own).map(Embedded::Player);
        let is_of_faq = |question: &QuestionRef| {
            is_own(&question.page) && self.page(question.page).summary.kind == Kind::Faq
        };
        let questions = self.graph.questions.iter().copied().filter(is_of_faq);
        facts.chain(players).chain(questions.map(Embedded::Question)).collect()
    }

    /// The page that an embed shows a part of.
    pub fn embedded_page(&self, what: Embedded) -> OutPath {
        match what {
            Embedded::Fact(fact) => self.fact_out(fact),
            Embedded::Player(page) => self.page(page).out.clone(),
            Embedded::Question(question) => self.page(question.page).out.clone(),
        }
    }

    /// Where a file of an embed is: `<page>/embed/`, of a question `<page>/embed/ANCHOR/`. None for an anchor that no path
    /// may hold.
    pub fn embed_out(&self, what: Embedded, name: &str) -> Option<OutPath> {
        let page = self.embedded_page(what);
        let Embedded::Question(question) = what else {
            return Some(beside(&page, &format!("embed/{name}")));
        };
        let asked = self.page(question.page).summary.questions.get(question.at as usize)?;
        let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
        OutPath::new(&format!("{folder}embed/{}/{name}", asked.anchor)).ok()
    }
}
