//! One problem, said once.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, PageOrigin, Related, Severity, Span, sort};

/// Puts diagnostics into their order ([`sort`]) and says each problem once.
///
/// A template that fails on 900 pages in the same way is one diagnostic, which names the page with the smallest path
/// and counts the others in [`PageOrigin::more`]. Exact duplicates become one. The result depends on what is given,
/// not on its order, and grouping it again changes nothing.
pub fn group(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics
        .sort_by(|a, b| SameProblem::of(a).cmp(&SameProblem::of(b)).then(a.page.cmp(&b.page)));
    let mut grouped: Vec<Diagnostic> = diagnostics
        .chunk_by(|a, b| SameProblem::of(a) == SameProblem::of(b))
        .map(|equals| {
            let mut first = equals[0].clone();
            if let Some(page) = &mut first.page {
                page.more = others(equals);
            }
            first
        })
        .collect();
    // The page took part in the order above only among equals.
    sort(&mut grouped);
    grouped
}

/// Merges the diagnostics of one file that differ only in their place (each tag of raw HTML) into the first, which gets the
/// number of places.
pub fn once_per_file(diagnostics: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut at = 0;
    diagnostics.retain(|found| {
        if found.code != Code::RawHtml {
            at += 1;
            return true;
        }
        let (_, count) = places.entry(found.message.clone()).or_insert((at, 0));
        *count += 1;
        at += usize::from(*count == 1);
        *count == 1
    });
    for (at, count) in places.into_values().filter(|(_, count)| *count > 1) {
        let more = count - 1;
        let places = if more == 1 { "place" } else { "places" };
        diagnostics[at]
            .message
            .push_str(&format!(", here and in {more} more {places} of the file"));
    }
}

/// What makes two diagnostics the same problem, in an order that [`sort`] keeps for its ties.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SameProblem<'a> {
    span: &'a Span,
    code: Code,
    message: &'a str,
    label: Option<&'a str>,
    help: &'a [String],
    severity: Severity,
    on_pages: bool,
    /// Other places, where there is no page: a template's way to its failing part may differ from page to page.
    related: Option<&'a [Related]>,
}

impl<'a> SameProblem<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let on_pages = diagnostic.page.is_some();
        Self {
            span: &diagnostic.span,
            code: diagnostic.code,
            message: &diagnostic.message,
            label: diagnostic.label.as_deref(),
            help: &diagnostic.help,
            severity: diagnostic.severity,
            on_pages,
            related: (!on_pages).then_some(&*diagnostic.related),
        }
    }
}

/// How many pages but the first fail, given diagnostics in the order of their pages.
fn others(equals: &[Diagnostic]) -> usize {
    let pages: Vec<&PageOrigin> = equals.iter().filter_map(|d| d.page.as_ref()).collect();
    let counts = pages.chunk_by(|a, b| a.out == b.out).map(|same| {
        let more = same.iter().map(|page| page.more).max().unwrap_or_default();
        more + 1
    });
    counts.sum::<usize>().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use crate::diag::tests::{at, page};
    use crate::diag::{Code, Diagnostic, group, short};

    fn failure(out: &str, more: usize) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(Code::TemplateRender, at("Talks"), "no field `x`");
        diagnostic.page = Some(page(out, more));
        diagnostic
    }

    /// Groups in the order given and in reverse, and once more, and compares the lines of the short form.
    fn check(diagnostics: &[Diagnostic], expected: &[&str]) {
        let reversed = diagnostics.iter().rev().cloned().collect();
        for input in [diagnostics.to_vec(), reversed] {
            let once = group(input);
            let text = short(&once);
            let lines: Vec<&str> = text
                .lines()
                .map(|line| line.strip_prefix("content/articles/talks.md:").expect("the file"))
                .collect();
            assert_eq!(lines, expected);
            assert_eq!(group(once.clone()), once);
        }
    }

    #[test]
    fn a_template_error_on_many_pages_is_one() {
        check(
            &[failure("b/index.html", 0), failure("c/index.html", 0), failure("a/index.html", 0)],
            &["2:8: error[template-render]: no field `x`, while rendering a/index.html, \
               made from content/articles/a.md, and 2 more pages"],
        );
    }

    #[test]
    fn the_way_to_a_failing_part_may_differ() {
        check(
            &[
                failure("a/index.html", 0).related("called from here", at("side")),
                failure("b/index.html", 0).related("called from here", at("title")),
            ],
            &["2:8: error[template-render]: no field `x`, while rendering a/index.html, \
               made from content/articles/a.md, and 1 more page"],
        );
    }

    #[test]
    fn a_page_counts_once() {
        check(
            &[failure("a/index.html", 0), failure("a/index.html", 0)],
            &["2:8: error[template-render]: no field `x`, while rendering a/index.html, \
               made from content/articles/a.md"],
        );
        check(
            &[failure("a/index.html", 3), failure("b/index.html", 1)],
            &["2:8: error[template-render]: no field `x`, while rendering a/index.html, \
               made from content/articles/a.md, and 5 more pages"],
        );
    }

    #[test]
    fn duplicates_collapse_and_different_problems_stay() {
        let problem = Diagnostic::new(Code::DeadLink, at("Talks"), "no page");
        check(
            &[
                problem.clone(),
                problem.clone(),
                problem.clone().help("b"),
                problem.clone().help("a"),
                Diagnostic::new(Code::DeadAnchor, at("Talks"), "no page"),
                Diagnostic::new(Code::DeadLink, at("title"), "no page"),
                failure("a/index.html", 0),
            ],
            &[
                "2:1: error[dead-link]: no page",
                "2:8: error[dead-anchor]: no page",
                "2:8: error[dead-link]: no page",
                "2:8: error[dead-link]: no page (a)",
                "2:8: error[dead-link]: no page (b)",
                "2:8: error[template-render]: no field `x`, while rendering a/index.html, \
                 made from content/articles/a.md",
            ],
        );
        let elsewhere = problem.clone().related("other", at("side"));
        check(&[problem, elsewhere], &["2:8: error[dead-link]: no page"; 2]);
    }
}
