//! The one policy that decides how much a problem matters.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};
use crate::base::NearMissRule;

/// How strict a command is with names that are almost right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// A site has to be built: at most a warning.
    #[default]
    Build,
    /// `briefing check`: misspelt names are errors.
    Check,
}

/// Severities that a site gives to codes (`check.levels` in `site.yaml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Option<Severity>>);

impl Levels {
    /// Gives a code another severity; `None` turns it off.
    pub fn set(&mut self, code: Code, severity: Option<Severity>) {
        self.0.insert(code, severity);
    }

    /// Whether problems of a code are reported.
    pub fn reports(&self, code: Code) -> bool {
        match self.0.get(&code) {
            Some(level) => level.is_some(),
            None => !code.is_optional(),
        }
    }

    /// Whether an error of some code is no error any more, so that a site is built in spite of it.
    pub fn lower_errors(&self) -> bool {
        let is_lower = |(code, level): (&Code, &Option<Severity>)| {
            code.severity() == Severity::Error && *level != Some(Severity::Error)
        };
        self.0.iter().any(is_lower)
    }

    /// Applies the policy: the command's, then the site's, which drops what is off.
    pub fn apply(&self, strictness: Strictness, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| match self.0.get(&diagnostic.code) {
            None if diagnostic.code.is_optional() => false,
            None => {
                if let Some(severity) = of_rule(diagnostic) {
                    // `Error` is the least of the severities.
                    diagnostic.severity = match strictness {
                        Strictness::Build => severity.max(Severity::Warning),
                        Strictness::Check => severity,
                    };
                }
                true
            }
            Some(None) => false,
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
        });
    }
}

/// The severity of a rule, for codes that have several.
fn of_rule(diagnostic: &Diagnostic) -> Option<Severity> {
    Some(match diagnostic.rule? {
        NearMissRule::Typo | NearMissRule::Order | NearMissRule::TitleForName => Severity::Error,
        NearMissRule::ShortTypo | NearMissRule::Expansion => Severity::Warning,
        NearMissRule::Title
        | NearMissRule::Lone
        | NearMissRule::OtherName
        | NearMissRule::Quoted => Severity::Info,
    })
}
