//! Statements that nothing says the source of: a quotation, a figure or a superlative in a paragraph without a citation, a
//! figure by id or a link to another site. Each section is reported once.
//!
//! A site asks for it: whether a statement needs a source is its editor's judgement.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::content::document::Document;
use crate::content::markup::{Hole, Markup, Piece};
use crate::diag::{Code, Location};
use crate::site::Problem;

use super::prose::ProseBlock;

/// Words from which on a quotation is one: fewer are a phrase.
const QUOTED: usize = 6;

/// Signs from which on a quotation is one in languages without spaces.
const QUOTED_SIGNS: usize = 12;

/// The first character of a quotation, and its last.
const QUOTES: [(char, char); 6] =
    [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('『', '』'), ('"', '"')];

/// What stands before an amount.
const CURRENCIES: [char; 6] = ['$', '€', '£', '¥', '₩', '₹'];

/// What an amount is followed by, in lower case: the beginning of a word, in any language.
const AMOUNTS: [&str; 12] = [
    "%", "‰", "％", "percent", "per cent", "million", "milliard", "billion", "trillion", "億",
    "兆", "€",
];

/// Units, each a whole word in lower case.
const UNITS: [&str; 22] = [
    "dollars",
    "euros",
    "yen",
    "pounds",
    "yuan",
    "won",
    "roubles",
    "km",
    "kilometres",
    "kilometers",
    "miles",
    "metres",
    "meters",
    "tonnes",
    "tons",
    "kg",
    "hectares",
    "barrels",
    "megawatts",
    "gigawatts",
    "troops",
    "soldiers",
];

/// English superlatives that state a fact.
const SUPERLATIVES: [&str; 22] = [
    "largest",
    "biggest",
    "smallest",
    "highest",
    "lowest",
    "longest",
    "shortest",
    "oldest",
    "youngest",
    "richest",
    "poorest",
    "fastest",
    "slowest",
    "strongest",
    "weakest",
    "best",
    "worst",
    "greatest",
    "deadliest",
    "cheapest",
    "costliest",
    "most",
];

/// The statements of a page that have no source. `lang` is the first part of its language's tag.
pub fn document(document: &Document, lang: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut said: FxHashSet<(u32, Option<Arc<str>>)> = FxHashSet::default();
    document.body.texts(&document.summary, &mut |text| {
        // The body and the answers: points, positions and captions repeat what stands there, or name a source.
        if text.number != 0 && text.section.is_none() {
            return;
        }
        let evidence = evidence(text.markup);
        for block in ProseBlock::all(text.markup, document.prose.steps(text.number)) {
            let Range { start, end } = block.html;
            let next = evidence.partition_point(|at| *at < start);
            let html = text.markup.all_html().get(start as usize..end as usize);
            let leads_out = html.is_some_and(|html| html.contains("<a href=\"http"));
            if leads_out || evidence.get(next).is_some_and(|at| *at <= end) {
                continue;
            }
            let section = (text.number, block.section.clone());
            if said.contains(&section) {
                continue;
            }
            let Some((what, part)) = statement(&block.text, lang) else { continue };
            let source = block.source(&part);
            let place = source.and_then(|source| document.prose.place(text.number, source));
            let Some(place) = place else { continue };
            said.insert(section);
            let message = format!("nothing in its paragraph says where this {what} is from");
            let help = "cite its source behind it, `[^id]`, use a figure by its id, or link to where it is from";
            let at = Location::place(&document.path, place);
            problems.push(Problem::new(Code::Unsourced, at, message).help(help));
        }
    });
    problems
}

/// Where a text says what something is from: bytes of its HTML, in order.
fn evidence(markup: &Markup) -> Vec<u32> {
    let all = markup.all_html();
    let end_of = |html: &str| (html.as_ptr().addr() - all.as_ptr().addr() + html.len()) as u32;
    let (mut evidence, mut at) = (Vec::new(), 0);
    for piece in markup.pieces() {
        match piece {
            Piece::Html(html) => at = end_of(html),
            Piece::Home(html) if html.contains("footnote-ref") => evidence.push(at),
            Piece::Hole(Hole::Cite(_) | Hole::Fact(_)) => evidence.push(at),
            Piece::Home(_) | Piece::Hole(_) => {}
        }
    }
    evidence
}

/// The first statement that needs a source, and what it is.
fn statement(text: &str, lang: &str) -> Option<(&'static str, Range<usize>)> {
    let superlative = || (lang == "en").then(|| superlative(text)).flatten();
    let found =
        [("quotation", quotation(text)), ("figure", figure(text)), ("superlative", superlative())];
    let found = found.into_iter().filter_map(|(what, part)| Some((what, part?)));
    found.min_by_key(|(_, part)| part.start)
}

/// The first quotation of some length, with its signs.
fn quotation(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some((at, open)) =
        text[from..].char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c))
    {
        let start = from + at;
        let inside = start + open.len_utf8();
        let closing = QUOTES.iter().find(|(first, _)| *first == open).map(|(_, last)| *last)?;
        let Some(length) = text[inside..].find(closing) else {
            from = inside;
            continue;
        };
        let quoted = &text[inside..inside + length];
        let words = quoted.split_whitespace().count();
        let end = inside + length + closing.len_utf8();
        let is_long = match words {
            0 | 1 => quoted.chars().count() >= QUOTED_SIGNS && !quoted.is_ascii(),
            words => words >= QUOTED,
        };
        if is_long {
            return Some(start..end);
        }
        from = end;
    }
    None
}

/// The first amount with a currency, a unit or a per cent sign.
fn figure(text: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + at;
        let number = text[start..].find(|c| !is_part(c)).map_or(text.len(), |end| start + end);
        let number = start + text[start..number].trim_end_matches(['.', ',']).len();
        let before = text[..start].trim_end().chars().next_back();
        if let Some(sign) = before.filter(|sign| CURRENCIES.contains(sign)) {
            let start = text[..start].rfind(sign).unwrap_or(start);
            return Some(start..number);
        }
        let rest = text[number..].trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        let begins = text.len() - rest.len();
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // A small letter may have another number of bytes than its capital: places are those of the text.
        let lower = word.to_lowercase();
        let unit = AMOUNTS.iter().find(|unit| {
            rest.get(..unit.len()).is_some_and(|start| start.eq_ignore_ascii_case(unit))
        });
        if let Some(unit) = unit {
            return Some(start..begins + unit.len().max(word.len()));
        }
        if UNITS.contains(&&*lower) {
            return Some(start..begins + word.len());
        }
        from = number.max(start + 1);
    }
    None
}

/// The first English superlative behind an article or a possessive: "the largest", "its oldest".
fn superlative(text: &str) -> Option<Range<usize>> {
    let mut before = "";
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'') {
        if word.is_empty() {
            continue;
        }
        let is_behind = matches!(&*before.to_lowercase(), "the" | "its" | "their" | "his" | "her")
            || before.ends_with("’s");
        let lower = word.to_lowercase();
        if is_behind && SUPERLATIVES.contains(&&*lower) {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            return Some(start..start + word.len());
        }
        before = word;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn what_needs_a_source() {
        for (text, what, part) in [
            (
                "He said “we shall never pay for any of it” twice.",
                "quotation",
                "“we shall never pay for any of it”",
            ),
            ("It rose to 3.5% of GDP.", "figure", "3.5%"),
            ("It cost $12.5 billion.", "figure", "$12.5"),
            ("It cost 1,200 million euros.", "figure", "1,200 million"),
            ("They sent 300 soldiers.", "figure", "300 soldiers"),
            ("It is the largest port.", "superlative", "largest"),
            ("It ran 5 \u{212a}m.", "figure", "5 \u{212a}m"),
            ("It cost 5 million\u{130} more.", "figure", "5 million\u{130}"),
            ("Es waren 12 Milliarden Euro.", "figure", "12 Milliarden"),
            (
                "「港は国のものであり市のものではない」",
                "quotation",
                "「港は国のものであり市のものではない」",
            ),
        ] {
            let found = statement(text, "en").map(|(what, part)| (what, &text[part]));
            assert_eq!(found, Some((what, part)), "{text}");
        }
        for text in [
            "He called it a “plain and simple lie” in 2024.",
            "On 12 May 2024 they met in room 3, at 10.30.",
            "Most of the rest went west for the latest request.",
            "At most 12 people came.",
        ] {
            assert_eq!(statement(text, "en"), None, "{text}");
        }
        assert_eq!(statement("It is the largest port.", "de"), None);
    }
}
