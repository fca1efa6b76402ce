//! What of many diagnostics a person is shown.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// How many of each code are shown unless all are asked for.
pub const OF_EACH: usize = 10;

/// Some diagnostics, and how many there are of each code.
#[derive(Debug, Default)]
pub struct Selection {
    /// Those that are shown: errors last, where a terminal ends.
    pub shown: Vec<Diagnostic>,
    /// How many there are of each code and severity, in the order in which they are shown.
    pub counts: Vec<Count>,
}

/// How many diagnostics there are of a code and severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The code.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// How many there are.
    pub all: usize,
    /// How many of them are shown.
    pub shown: usize,
}

/// Takes the first `each` diagnostics of every code and severity; errors come last.
///
/// What a summary says in half a line ([`is_remark`]) is not among them.
pub fn select(diagnostics: &[Diagnostic], each: usize) -> Selection {
    let mut selection = Selection::default();
    for severity in [Severity::Info, Severity::Warning, Severity::Error] {
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for found in diagnostics {
            if found.severity != severity || is_remark(found) {
                continue;
            }
            let none = Count { code: found.code, severity, all: 0, shown: 0 };
            let count = counts.entry(found.code.as_str()).or_insert(none);
            count.all += 1;
            if count.shown < each {
                count.shown += 1;
                selection.shown.push(found.clone());
            }
        }
        selection.counts.extend(counts.into_values());
    }
    selection
}

/// Whether a diagnostic says of the site as a whole what one line of a summary can say.
pub fn is_remark(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == Code::NoBaseUrl && diagnostic.severity == Severity::Info
}

impl Selection {
    /// Whether some are not shown.
    pub fn leaves_out(&self) -> bool {
        self.counts.iter().any(|count| count.shown < count.all)
    }

    /// A line for each code: how many there are, and how many of them are shown.
    pub fn table(&self) -> String {
        let kind = |count: &Count| match (count.severity, count.all) {
            (Severity::Error, 1) => "error",
            (Severity::Error, _) => "errors",
            (Severity::Warning, 1) => "warning",
            (Severity::Warning, _) => "warnings",
            (Severity::Info, 1) => "note",
            (Severity::Info, _) => "notes",
        };
        let line = |count: &Count| {
            let shown = match count.shown < count.all {
                true => format!("  (the first {} are shown)", count.shown),
                false => String::new(),
            };
            format!("{:>7} {:<8}  {}{shown}\n", count.all, kind(count), count.code)
        };
        self.counts.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::tests::at;
    use crate::diag::{Code, Diagnostic, Severity, select};

    #[test]
    fn errors_come_last_and_ten_of_each_are_shown() {
        let of = |code: Code| Diagnostic::new(code, at("Talks"), "m");
        let mut found = vec![of(Code::UnknownId); 12];
        found.extend(vec![of(Code::RawHtml); 2]);
        found.push(of(Code::DeadLink));
        found.push(of(Code::NoBaseUrl));
        found.push(of(Code::UnknownTopic));
        found.push(Diagnostic { severity: Severity::Error, ..of(Code::NoBaseUrl) });
        let selection = select(&found, 10);
        let shown: Vec<&str> =
            selection.shown.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        let mut expected = vec!["unknown-topic", "raw-html", "raw-html"];
        expected.extend(["unknown-id"; 10]);
        expected.extend(["dead-link", "no-base-url"]);
        assert_eq!(shown, expected);
        assert!(selection.leaves_out());
        assert_eq!(
            selection.table(),
            "      1 note      unknown-topic\n      2 warnings  raw-html\n      1 error     dead-link\n      \
             1 error     no-base-url\n     12 errors    unknown-id  (the first 10 are shown)\n"
        );
        assert_eq!(select(&found, usize::MAX).shown.len(), found.len() - 1);
    }
}
