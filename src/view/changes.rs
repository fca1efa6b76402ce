//! What changed on a page: corrections under its headline, updates below its text; and the corrections of the site.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::config::{NavItem, Settings};
use crate::content::date::Date;
use crate::content::document::{Body, Change, ChangeTexts, Summary};
use crate::content::model::ChangeKind;
use crate::lang::Arg;
use crate::site::{ChangeRef, IndexKind, PageIx, corrections_feed_out};

use super::SharedPart;
use super::common::{DateText, LinkText};
use super::context::{Context, PageContext};
use super::fill::HoleFiller;
use super::html::FilledHtml;

/// What changed on a page since it was published, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct PageChanges {
    /// Corrections and clarifications: they stand under the headline.
    pub corrections: Vec<ChangeView>,
    /// Updates: they stand below the text.
    pub updates: Vec<ChangeView>,
}

/// A change to a page that readers should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeView {
    /// When.
    pub date: Option<DateText>,
    /// `update`, `correction` or `clarification`.
    pub kind: &'static str,
    /// What changed.
    pub note: Option<FilledHtml>,
    /// What was wrong.
    pub was: Option<FilledHtml>,
    /// What is right.
    pub now: Option<FilledHtml>,
}

/// A change of a page, away from it: in the list of all corrections, or among the newest changes on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectionView {
    /// The page.
    pub page: SharedPart<LinkText>,
    /// The change to it.
    pub change: ChangeView,
}

/// A change for programs.
#[derive(Debug)]
pub struct ChangeEntry {
    /// The page.
    pub page: PageIx,
    /// When.
    pub date: Date,
    /// `update`, `correction` or `clarification`.
    pub kind: &'static str,
    /// Its place among the page's changes of that day and kind, from 1.
    pub number: usize,
    /// What kind of change it is, and the title of the page.
    pub title: Arc<str>,
    /// What readers are told, as HTML whose links are those of the site.
    pub html: String,
}

impl PageContext<'_> {
    /// The corrections of a page, which stand at its head.
    pub(super) fn corrections(
        &self,
        filler: &HoleFiller<'_>,
        summary: &Summary,
        body: &Body,
    ) -> PageChanges {
        let is_one = |kind| kind != ChangeKind::Update;
        let corrections = self.changes_of(filler, summary, body, is_one);
        PageChanges { corrections, updates: Vec::new() }
    }

    /// The updates of a page, which stand at its foot: made after everything that stands before them, since their citations
    /// take the next numbers.
    pub(super) fn updates(
        &self,
        filler: &HoleFiller<'_>,
        summary: &Summary,
        body: &Body,
    ) -> Vec<ChangeView> {
        self.changes_of(filler, summary, body, |kind| kind == ChangeKind::Update)
    }

    fn changes_of(
        &self,
        filler: &HoleFiller<'_>,
        summary: &Summary,
        body: &Body,
        is_one: impl Fn(ChangeKind) -> bool,
    ) -> Vec<ChangeView> {
        let all = summary.changes.iter().zip(&body.changes);
        let some = all.filter(|(change, _)| is_one(change.kind));
        some.map(|(change, texts)| self.change(filler, change, texts)).collect()
    }

    fn change(&self, filler: &HoleFiller<'_>, change: &Change, texts: &ChangeTexts) -> ChangeView {
        ChangeView {
            date: change.date.map(|date| self.date(date)),
            kind: change.kind.as_str(),
            note: filler.some(&texts.note),
            was: filler.some(&texts.was),
            now: filler.some(&texts.now),
        }
    }

    /// A correction away from its page.
    pub(super) fn correction(&self, at: ChangeRef) -> Option<CorrectionView> {
        let cx = self.cx;
        let change = cx.site.page(at.page).summary.changes.get(at.at as usize)?;
        let texts = cx.texts.body(at.page).changes.get(at.at as usize)?;
        let filler = HoleFiller::new(self, at.page);
        let change = self.change(&filler, change, texts);
        Some(CorrectionView { page: cx.page_link(at.page), change })
    }

    /// The publisher's rules about corrections: the policy whose name begins with that word.
    pub(super) fn corrections_policy(&self) -> Option<LinkText> {
        let Settings { publisher, .. } = self.cx.settings;
        let policies = &publisher.as_ref()?.policies;
        let (_, to) = policies.iter().find(|(which, _)| which.starts_with("correction"))?;
        let link = self.nav_link(&NavItem { text: None, to: to.clone() })?;
        Some(LinkText { text: link.text, href: Some(link.href), foreign: link.foreign })
    }
}

impl Context<'_> {
    /// The feed of corrections, if there is one.
    pub(super) fn corrections_feed(&self) -> Option<Arc<str>> {
        let out = corrections_feed_out(self.site);
        self.site.outputs.get(&out)?;
        Some(self.href(&out))
    }

    /// The newest corrections whose dates are known, for an output that is not a page of theirs.
    pub fn correction_entries(&self, out: &OutPath, most: usize) -> Vec<ChangeEntry> {
        let page_cx = self.elsewhere(out);
        let all = self.site.graph.corrections.iter();
        all.filter_map(|at| page_cx.change_entry(*at)).take(most).collect()
    }

    /// A change whose date is known, for an output that is not its page.
    pub fn change_entry(&self, out: &OutPath, at: ChangeRef) -> Option<ChangeEntry> {
        self.elsewhere(out).change_entry(at)
    }

    fn elsewhere<'a>(&'a self, out: &'a OutPath) -> PageContext<'a> {
        PageContext { is_elsewhere: true, ..self.page_context(out, None) }
    }

    /// The title of the list of corrections with that of the site, and where the list is.
    pub fn corrections_title(&self, out: &OutPath) -> (Arc<str>, OutPath) {
        let page_cx = self.page_context(out, None);
        let title = page_cx.index_title(IndexKind::Corrections);
        let args = [("title", Arg::Text(&title)), ("site", Arg::Text(&self.settings.title))];
        (page_cx.t("page-title", &args), self.site.index_out(IndexKind::Corrections, 0))
    }
}

impl PageContext<'_> {
    fn change_entry(&self, at: ChangeRef) -> Option<ChangeEntry> {
        let summary = &self.cx.site.page(at.page).summary;
        let change = summary.changes.get(at.at as usize)?;
        let date = change.date?;
        let CorrectionView { page, change: view } = self.correction(at)?;
        let is_alike = |other: &&Change| other.date == change.date && other.kind == change.kind;
        let number = summary.changes[..=at.at as usize].iter().filter(is_alike).count();
        let kind = self.t(&format!("change-{}", view.kind), &[]);
        let args = [("kind", Arg::Text(&kind)), ("title", Arg::Text(&page.text))];
        let mut html = String::new();
        if let Some(note) = &view.note {
            html.push_str(&format!("<p>{}</p>", note.text()));
        }
        for (key, text) in [("change-was", &view.was), ("change-now", &view.now)] {
            if let Some(text) = text {
                let label = self.t(key, &[]);
                html.push_str(&format!("<p><b>{label}</b><br>{}</p>", text.text()));
            }
        }
        let title = self.t("change-title", &args);
        Some(ChangeEntry { page: at.page, date, kind: view.kind, number, title, html })
    }
}
