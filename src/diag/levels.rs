//! The one policy that decides how much a problem matters.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// Severities that a site gives to codes (`check.levels` in `site.yaml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Option<Severity>>);

impl Levels {
    /// Gives a code another severity; `None` turns it off.
    pub fn set(&mut self, code: Code, severity: Option<Severity>) {
        self.0.insert(code, severity);
    }

    /// Applies the policy: drops what is off, changes what has another severity.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| match self.0.get(&diagnostic.code) {
            None => true,
            Some(None) => false,
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
        });
    }
}
