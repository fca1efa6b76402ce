//! Social cards: which pages have a picture that the program draws, for where they are shared.

use crate::base::{OutPath, SourcePath};
use crate::config;
use crate::content::kind::Kind;
use crate::diag::{Code, Location};
use crate::yaml::FieldPath;

use super::{PageIx, Problem, Site, Subject, TopicIx, beside};

/// The name of a card in the folder of its page.
const NAME: &str = "social-card.png";

/// The setting that asks for cards.
pub fn social_cards_setting() -> Location {
    let path = FieldPath::root().key("social_cards");
    Location::field(&SourcePath::new(config::PATH), path)
}

/// What to say of a site that asks for cards of a program that cannot draw.
pub(super) fn problem(site: &Site) -> Option<Problem> {
    if !site.has_social_cards || cfg!(feature = "cards") {
        return None;
    }
    let message = "this `briefing` draws no social cards: pages have none";
    let problem = Problem::new(Code::SocialCards, social_cards_setting(), message.to_owned());
    Some(problem.help(
        "build with a `briefing` that has the feature `cards` (`cargo install --features cards`), or take the line out",
    ))
}

impl Site {
    /// The pages that have a card, and where it is. A page with a picture of its own is shown with that. Who shows a card
    /// asks for its whole address, so a site without a `base_url` has none; nor has a program that cannot draw.
    pub fn social_cards(&self) -> Vec<(OutPath, Subject)> {
        if !self.has_social_cards || self.base.origin.is_none() || !cfg!(feature = "cards") {
            return Vec::new();
        }
        let has_picture = |ix: PageIx| self.page(ix).summary.image.is_some();
        let pages = (0..self.pages.len() as u32).map(PageIx).filter(|ix| {
            self.page(*ix).summary.kind != Kind::Topic && !self.is_foreign(*ix) && !has_picture(*ix)
        });
        let pages = pages.map(|ix| (&self.page(ix).out, Subject::Page(ix)));
        let topics = (0..self.topics.len() as u32).map(TopicIx).filter(|ix| {
            self.has_topic_page(*ix) && !self.topic(*ix).page.is_some_and(has_picture)
        });
        let topics = topics.map(|ix| (&self.topic(ix).out, Subject::Topic(ix)));
        let home = (self.home_out(), Subject::Site);
        let facts = self.figures.with_page().iter();
        let facts = facts.map(|fact| (self.fact_out(*fact), Subject::Fact(*fact)));
        let known = pages.chain(topics).map(|(page, subject)| (page.clone(), subject));
        let all = known.chain(facts).chain([home]);
        all.map(|(page, subject)| (beside(&page, NAME), subject)).collect()
    }

    /// The card of a page; that of the home page for one that has none of its own.
    pub fn social_card(&self, page: &OutPath) -> Option<OutPath> {
        if !self.has_social_cards {
            return None;
        }
        let is_there =
            |card: &OutPath| self.outputs.get(card).is_some_and(|output| output.is_drawn());
        let own = beside(page, NAME);
        Some(own).filter(is_there).or_else(|| Some(beside(&self.home_out(), NAME)).filter(is_there))
    }
}
