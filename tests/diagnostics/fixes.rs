//! What `briefing check --fix` writes for the problems of the cases: what the help says, and nothing that makes a problem.

use std::collections::{BTreeMap, BTreeSet};

use briefing::author::fix;
use briefing::diag::{Code, Diagnostic};
use briefing::source::Memory;

use crate::all_cases;
use crate::site;

/// Every problem that has a fix, with `…` for what its message quotes. A new one needs a case.
#[rustfmt::skip]
const FORMS: &[(Code, &str)] = &[
    (Code::MalformedLink, "the address is no link: signs in it are read as Markdown"),
    (Code::MalformedLink, "the link is shown as text: a space stands before its parenthesis"),
    (Code::MalformedLink, "the link is shown as text: it is written as in a wiki"),
    (Code::MalformedLink, "the link is shown as text: its brackets and parentheses are swapped"),
    (Code::MalformedLink, "the link is shown as text: its destination has a space"),
    (Code::MalformedLink, "the link is shown as text: its parentheses are full-width"),
    (Code::MalformedLink, "the link is shown as text: nothing defines `…`"),
    (Code::MalformedLink, "the text of the link stands in its address, as in Slack"),
    (Code::UnusedDefinition, "the line is not shown: `…` defines a link"),
    (Code::MalformedTable, "in a table, the `…` of a link ends the cell"),
    (Code::MalformedTable, "the text is a row of the table above it"),
    (Code::MalformedTable, "this is no table: it goes on the text above it"),
    (Code::MalformedTable, "this is no table: its header has 3 cells, the line below it 2"),
    (Code::MalformedTable, "this is no table: no line of hyphens stands below its header"),
    (Code::UnclosedFence, "the line does not close the code that 3 backticks open"),
    (Code::AccidentalBlock, "`…` makes a heading of 2 lines above it"),
    (Code::AccidentalBlock, "`…` makes a heading of the text above it"),
    (Code::AccidentalBlock, "the line is a definition of what stands above it: its colon is not shown"),
    (Code::AccidentalBlock, "the line is no heading: no space stands behind its number signs"),
    (Code::ForeignSyntax, "a page cannot be set into another: `…`"),
    (Code::ForeignSyntax, "readers see a list of attributes of kramdown: `…`"),
    (Code::ForeignSyntax, "readers see a list of attributes: `…`"),
    (Code::ForeignSyntax, "readers see the mark of a table of contents: `…`"),
    (Code::ForeignSyntax, "readers see the marks of a highlight: `…` is text in HTML"),
    (Code::ForeignSyntax, "readers see the name of an emoji: `…`"),
    (Code::BadUrl, "`…` is not a URL that content may use"),
    (Code::NotAPicture, "`…` is no picture: readers get a link to it"),
    (Code::MissedCallout, "`…` begins no callout: readers see it as it is"),
];

/// So many runs of the command solve whatever one run can solve and what that uncovers.
const RUNS: usize = 3;

#[test]
fn each_fix_solves_its_problem_as_its_help_says_and_makes_no_other() {
    let mut forms = BTreeSet::new();
    let mut wrong = String::new();
    for (name, case) in all_cases() {
        let Some(site) = site::in_memory(&case) else { continue };
        let before = site::said_of(&case, &site);
        for problem in before.iter().filter(|found| !found.fix.is_empty()) {
            forms.insert((problem.code, unquoted(&problem.message)));
            let mut fault = |what: &str| {
                let Diagnostic { code, message, .. } = problem;
                wrong.push_str(&format!("{name}: {}: {code}: {message}: {what}\n", case.title));
            };
            let (fixed, texts) = written(&site, std::slice::from_ref(problem));
            for right in problem.help.iter().filter_map(|help| told(help)) {
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !texts.iter().any(|text| words(text).contains(&words(right))) {
                    fault(&format!("does not write `{right}`"));
                }
            }
            let after = site::said_of(&case, &fixed);
            let (had, has) = (counts(&before), counts(&after));
            let own = (problem.code, problem.message.as_str());
            if has.get(&own).copied().unwrap_or_default() >= had[&own] {
                fault("is not solved");
            }
            for ((code, message), count) in &has {
                // What is a link now may lead nowhere.
                let is_more = had.get(&(*code, *message)).is_none_or(|before| before < count);
                if is_more && *code != Code::DeadLink {
                    fault(&format!("makes {code}: {message}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let named = FORMS.iter().map(|(code, message)| (*code, message.to_string()));
    assert_eq!(forms, named.collect());
}

#[test]
fn what_the_command_leaves_it_cannot_fix() {
    let mut wrong = String::new();
    for (name, case) in all_cases() {
        let Some(mut site) = site::in_memory(&case) else { continue };
        let mut left = site::said_of(&case, &site);
        for _ in 0..RUNS {
            if left.iter().all(|found| found.fix.is_empty()) {
                break;
            }
            site = written(&site, &left).0;
            left = site::said_of(&case, &site);
        }
        for found in left.iter().filter(|found| !found.fix.is_empty()) {
            let Diagnostic { code, message, .. } = found;
            wrong.push_str(&format!("{name}: {}: {code}: {message}\n", case.title));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A site with problems solved, and the texts that were written.
fn written(site: &Memory, problems: &[Diagnostic]) -> (Memory, Vec<String>) {
    let mut fixed = site.clone();
    let plan = fix::plan(site, problems).plan;
    let texts = plan.changes.iter().map(|change| change.after.clone()).collect();
    for change in plan.changes {
        fixed.write(change.path.as_str(), change.after);
    }
    (fixed, texts)
}

/// A message with `…` for each thing that it quotes.
fn unquoted(message: &str) -> String {
    let parts = message.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 0 { part } else { "`…`" }).collect()
}

/// What a help tells its reader to write, if it says that in full.
fn told(help: &str) -> Option<&str> {
    let told = ["write `", "did you mean `"].into_iter().find_map(|start| help.strip_prefix(start));
    let (right, _) = told?.split_once('`')?;
    // A help that names two things to write leaves the choice to the author.
    (!right.contains('…') && !help.contains(", or ")).then_some(right)
}

/// How often each problem is reported.
fn counts(found: &[Diagnostic]) -> BTreeMap<(Code, &str), usize> {
    let mut counts = BTreeMap::new();
    for Diagnostic { code, message, .. } in found {
        *counts.entry((*code, message.as_str())).or_default() += 1;
    }
    counts
}

#[test]
fn what_a_help_tells() {
    for (help, right) in [
        ("write `[a](b)`", Some("[a](b)")),
        ("did you mean `b`?", Some("b")),
        ("write `> [!NOTE]` with `> ` before", Some("> [!NOTE]")),
        ("write a line `x`", None),
        ("write `[text][…]`", None),
        ("write `a`, or take it out", None),
    ] {
        assert_eq!(told(help), right, "{help}");
    }
}
