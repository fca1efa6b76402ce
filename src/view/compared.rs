//! Figures side by side on one axis: a table, whose rows are drawn by the style sheet.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::EntityId;
use crate::content::document::{Body, Compared};
use crate::lang::Arg;
use crate::site::{CAP, SiteFact};

use super::common::Figure;
use super::context::PageContext;
use super::figure::value_text;
use super::words::{MarkedHtml, Runs};

/// Figures of one unit and denominator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Comparison {
    /// What the axis measures, such as "Share of GDP".
    pub caption: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub caption_html: Option<MarkedHtml>,
    /// The figures.
    pub rows: Vec<ComparedFigure>,
}

/// A figure on an axis, which runs from zero to the largest amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ComparedFigure {
    /// The figure.
    pub figure: Figure,
    /// The value with its unit, such as "3.5%".
    pub value: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub value_html: Option<MarkedHtml>,
    /// Where its bar begins, in hundredths of the axis: zero, or the lower end of a range.
    pub from: Arc<str>,
    /// Where its bar ends, in hundredths of the axis.
    pub to: Arc<str>,
    /// How long its bar is, in hundredths of the axis.
    pub length: Arc<str>,
}

impl PageContext<'_> {
    /// The comparisons of an article. Only what is a part of one whole is in one.
    pub(super) fn comparisons(&self, compared: &Compared, body: &Body) -> Vec<Comparison> {
        let site = self.cx.site;
        let facts = |ids: &[EntityId]| -> Vec<&SiteFact> {
            ids.iter().filter_map(|id| site.fact(id)).collect()
        };
        let groups = match compared {
            Compared::None => Vec::new(),
            // Their author's order stands.
            Compared::Listed(ids) => groups(facts(ids)).into_iter().take(1).collect(),
            Compared::Used => {
                let with_unit =
                    facts(&body.figures).into_iter().filter(|own| own.fact.unit.is_some());
                let mut groups = groups(with_unit.collect());
                for group in &mut groups {
                    let high = |own: &SiteFact| own.fact.value.bounds().1;
                    group.sort_by(|one, other| high(other).total_cmp(&high(one)));
                }
                groups
            }
        };
        groups.iter().filter(|group| group.len() > 1).map(|group| self.comparison(group)).collect()
    }

    fn comparison(&self, facts: &[&SiteFact]) -> Comparison {
        let facts = &facts[..facts.len().min(CAP)];
        let bounds = |own: &&SiteFact| own.fact.value.bounds();
        let top = facts.iter().map(bounds).fold(0.0, |top: f64, (_, high)| top.max(high));
        let bottom = facts.iter().map(bounds).fold(0.0, |bottom: f64, (low, _)| bottom.min(low));
        let span = if top > bottom { top - bottom } else { 1.0 };
        let percent = |amount: f64| -> Arc<str> {
            let tenths = (amount / span * 1000.0).round() / 10.0;
            tenths.to_string().into()
        };
        let row = |own: &&SiteFact| {
            let (low, high) = bounds(own);
            // One value is a bar from zero, a range a span of its own.
            let (start, end) =
                if low == high { (low.min(0.0), high.max(0.0)) } else { (low, high) };
            ComparedFigure {
                figure: self.figure(own),
                value: value_text(&own.fact.value, &own.fact, &self.lang).into(),
                value_html: self
                    .in_words(own, || self.cx.value_runs(own, &own.fact.value, &self.lang)),
                from: percent(start - bottom),
                to: percent(end - bottom),
                length: percent(end - start),
            }
        };
        let first = facts.first().map(|own| &own.fact);
        let unit = first.and_then(|fact| fact.unit.as_ref());
        let caption = match (first.and_then(|fact| fact.denominator.as_ref()), unit) {
            (Some(whole), _) => self.t("compared-share", &[("denominator", Arg::Text(whole))]),
            (None, Some(unit)) => self.t("compared-unit", &[("unit", Arg::Text(unit))]),
            (None, None) => self.t("figures-compared", &[]),
        };
        let caption_html = facts.first().and_then(|own| {
            let (key, name, word) = match (&own.fact.denominator, &own.fact.unit) {
                (Some(whole), _) => ("compared-share", "denominator", whole),
                (None, Some(unit)) => ("compared-unit", "unit", unit),
                (None, None) => return None,
            };
            let word = || Runs::of(word, self.cx.fact_lang(own));
            self.in_words(own, || Runs::message(&self.lang, key, &[(name, word())]))
        });
        Comparison { caption, caption_html, rows: facts.iter().map(row).collect() }
    }

    /// What has words of a figure as HTML, where they are in another language than the page.
    fn in_words(&self, own: &SiteFact, runs: impl FnOnce() -> Runs) -> Option<MarkedHtml> {
        let is_other = *self.cx.fact_lang(own) != self.lang.tag;
        is_other.then(|| runs().html(&self.lang.tag)).flatten()
    }
}

/// Figures by what they are parts of, in the order of the first of each.
fn groups(facts: Vec<&SiteFact>) -> Vec<Vec<&SiteFact>> {
    let mut groups: Vec<Vec<&SiteFact>> = Vec::new();
    for own in facts {
        match groups.iter_mut().find(|group| group[0].fact.is_comparable(&own.fact)) {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    groups
}
