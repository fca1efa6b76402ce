//! Old addresses of pages, of figures and of shared sources, read with the site's own address at hand.

use std::borrow::Cow;

use crate::base::{BaseUrl, FieldPath, OutPath, SourcePath};
use crate::content::moved::{BadOldPath, OldPath, not_here, old_path};

use super::{Output, Page, PageIx, Producer, Site, Subject};

impl Site {
    /// The output that leads from an old address to its page.
    ///
    /// # Errors
    /// [`BadOldPath`] for a URL of another site, and for a path that cannot be one of this.
    pub fn old_out(&self, old: &OldPath) -> Result<OutPath, BadOldPath> {
        match old {
            OldPath::Out(out) => Ok(out.clone()),
            OldPath::Url(url) => {
                let path = self.base_url.as_ref().and_then(|base| below(base, url));
                old_path(&path.ok_or_else(|| not_here(url))?)
            }
        }
    }

    /// Every old address of the site's language, with what it leads to.
    pub fn moved(&self) -> Vec<(OutPath, Subject)> {
        let mut moved = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let ix = PageIx(at as u32);
            if !self.is_foreign(ix) {
                let old = page.summary.redirect_from.iter();
                let old = old.filter_map(|old| self.old_out(old).ok());
                moved.extend(old.map(|out| (out, Subject::Page(ix))));
            }
        }
        let mut of_data = |old: &[OldPath], to: Subject| {
            let old = old.iter().filter_map(|old| self.old_of_language(old));
            moved.extend(old.map(|out| (out, to)));
        };
        for fact in self.figures.with_page() {
            of_data(&self.fact_at(*fact).fact.redirect_from, Subject::Fact(*fact));
        }
        for source in self.citations.with_page() {
            of_data(&self.source_at(*source).redirect_from, Subject::Source(*source));
        }
        moved
    }

    /// An old address of what has a page in each language, in this one: `/facts/old/` was `/ja/facts/old/` too. None of
    /// one that names another language.
    fn old_of_language(&self, old: &OldPath) -> Option<OutPath> {
        let out = self.old_out(old).ok()?;
        let begins_with = |site: &Self| {
            let prefix = site.edition().prefix();
            !prefix.is_empty() && out.as_str().starts_with(&*prefix)
        };
        match self.all().find(|site| begins_with(site)) {
            Some(named) => (named.number() == self.number()).then_some(out),
            None => OutPath::new(&format!("{}{out}", self.edition().prefix())).ok(),
        }
    }

    /// Where the old addresses of a page, a figure or a shared source stand, and what they are.
    pub fn old_field(&self, of: Subject) -> Option<(SourcePath, FieldPath, &[OldPath])> {
        let root = FieldPath::root();
        let (file, entry, old) = match of {
            Subject::Page(page) => {
                let Page { path, summary, .. } = self.page(page);
                (path.clone(), root, &summary.redirect_from)
            }
            Subject::Fact(fact) => {
                let own = self.fact_at(fact);
                let (file, list) = match own.home {
                    Some(home) => (self.page(home).path.clone(), root.key("facts")),
                    None => (SourcePath::new("content/facts.yaml"), root),
                };
                (file, list.key(&own.fact.id), &own.fact.redirect_from)
            }
            Subject::Source(source) => {
                let own = self.source_at(source);
                let entry = match own.listed_at {
                    Some(at) => root.index(at as usize),
                    None => root.key(self.source_id(source)),
                };
                (SourcePath::new("content/sources.yaml"), entry, &own.redirect_from)
            }
            _ => return None,
        };
        Some((file, entry.key("redirect_from"), old))
    }

    /// Where the page is to which an output leads on; none for what is no redirect. Asked of any language.
    pub fn redirected_to(&self, output: &Output) -> Option<OutPath> {
        let Producer::Redirect(to) = output.producer else { return None };
        let site = self.in_edition(output.edition);
        Some(match to {
            Subject::Page(page) => site.page(page).out.clone(),
            Subject::Fact(fact) => site.fact_out(fact),
            Subject::Source(source) => site.source_out(source),
            _ => return None,
        })
    }
}

/// The path of a URL of the site, without that of the site itself.
fn below<'a>(base: &BaseUrl, url: &'a str) -> Option<Cow<'a, str>> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    // A page that has moved to https was there before.
    let is_own = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own))
        && base.has_host(None, host);
    is_own.then(|| base.strip(path.into()).ok()).flatten()
}
