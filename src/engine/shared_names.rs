//! Slips of names in the texts of shared figures and sources, which stand on no page of their own.

use std::sync::Arc;

use crate::base::{Digest, SourcePath, memo_key};
use crate::check::names as check;
use crate::content::prose::Label;
use crate::diag::Location;
use crate::names::{Finding, Naming, label_findings};
use crate::site::Problem;

use super::Engine;
use super::memo::{Memo, Unique};
use super::names::NamesMemo;
use super::parse::{FACTS, SOURCES};
use super::timings::Stage;

memo_key! {
    /// What the slips in shared data depend on.
    #[derive(Clone)]
    pub(super) struct SharedNamesKey {
        /// The texts of `facts.yaml`.
        facts: Option<Unique<Vec<Label>>>,
        /// The titles of `sources.yaml`.
        sources: Option<Unique<Vec<Label>>>,
        /// What they are matched with.
        naming: Unique<Naming>,
        /// The digest of `check.accept`.
        accept: Digest,
    }
}

/// The slips in shared data.
pub(super) type SharedNames = Memo<SharedNamesKey, Arc<Vec<Problem>>>;

impl Engine {
    /// The problems of the names in shared figures and sources, which are in the language of the site.
    pub(super) fn shared_names(&mut self) -> Arc<Vec<Problem>> {
        let [facts, sources] = [FACTS, SOURCES].map(SourcePath::new);
        let key = SharedNamesKey {
            facts: self.parsing.labels(&facts).map(Unique),
            sources: self.parsing.labels(&sources).map(Unique),
            naming: Unique(self.names.naming.clone()),
            accept: self.names.accept,
        };
        let NamesMemo { shared, accepted, .. } = &mut self.names;
        let timings = &self.timings;
        shared.get_or_of(key, |key| {
            let naming = &key.naming.0;
            let matching = naming.of_language(naming.site().lang);
            let of = |file: &SourcePath, labels: &Option<Unique<Vec<Label>>>| -> Vec<Problem> {
                let Some(Unique(labels)) = labels else { return Vec::new() };
                let numbered = (0..).zip(labels.iter());
                let found = label_findings(numbered, matching, accepted);
                let problem = |finding: &Finding| {
                    let place = labels[finding.text as usize].place.clone();
                    check::finding(matching.registry, finding, Location::place(file, place))
                };
                found.iter().map(problem).collect()
            };
            timings.time(Stage::Link, || {
                let mut problems = of(&facts, &key.facts);
                problems.extend(of(&sources, &key.sources));
                Arc::new(problems)
            })
        })
    }
}
