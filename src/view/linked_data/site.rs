//! The site and its publisher, the same on every page of a language.

use std::sync::Arc;

use crate::base::OutPath;
use crate::config::{NavItem, Publisher};
use crate::site::{IndexKind, Output};
use crate::view::PAGES;
use crate::view::context::PageContext;

use super::{Node, PUBLISHER, SITE};

/// What a publisher's policies are called in schema.org, by what their names in `site.yaml` begin with. Those of the second
/// list are of news organisations alone.
const POLICIES: [(&str, &str); 13] = [
    ("principles", "publishingPrinciples"),
    ("editorial", "publishingPrinciples"),
    ("standards", "publishingPrinciples"),
    ("correction", "correctionsPolicy"),
    ("ethic", "ethicsPolicy"),
    ("diversity-report", "diversityStaffingReport"),
    ("diversity", "diversityPolicy"),
    ("feedback", "actionableFeedbackPolicy"),
    ("funding", "ownershipFundingInfo"),
    ("ownership", "ownershipFundingInfo"),
    ("unnamed-source", "unnamedSourcesPolicy"),
    ("anonymous-source", "unnamedSourcesPolicy"),
    ("sources", "unnamedSourcesPolicy"),
];
const OF_NEWS: [(&str, &str); 6] = [
    ("masthead", "masthead"),
    ("mission", "missionCoveragePrioritiesPolicy"),
    ("coverage", "missionCoveragePrioritiesPolicy"),
    ("verification", "verificationFactCheckingPolicy"),
    ("fact-check", "verificationFactCheckingPolicy"),
    ("bylines", "noBylinesPolicy"),
];

/// A policy: the property of schema.org, and where it is.
type Policy = (&'static str, Arc<str>);

impl PageContext<'_> {
    /// The objects of the site and of its publisher.
    pub(super) fn site_nodes(&self, origin: &str) -> Arc<str> {
        match self.shared() {
            Some(shared) => shared.site_nodes.get_or_init(|| self.own_site_nodes(origin)).clone(),
            None => self.own_site_nodes(origin),
        }
    }

    fn own_site_nodes(&self, origin: &str) -> Arc<str> {
        let cx = self.cx;
        let home = cx.href(&cx.site.home_out());
        let mut out = String::new();
        Node::write(&mut out, origin, |node| {
            node.kind("WebSite");
            node.url("@id", &home, SITE);
            node.url("url", &home, "");
            node.text("name", &cx.settings.title);
            node.some("description", cx.settings.description.as_deref());
            node.text("inLanguage", cx.settings.lang.as_str());
            if cx.settings.publisher.is_some() {
                node.id("publisher", &self.first_home(), PUBLISHER);
            }
            if let Some(search) = self.search_page() {
                node.node("potentialAction", |action| {
                    action.kind("SearchAction");
                    action.node("target", |target| {
                        target.kind("EntryPoint");
                        target.url(
                            "urlTemplate",
                            &cx.href(&search.path),
                            "?q={search_term_string}",
                        );
                    });
                    action.text("query-input", "required name=search_term_string");
                });
            }
        });
        if let Some(publisher) = &cx.settings.publisher {
            out.push(',');
            Node::write(&mut out, origin, |node| self.publisher(node, publisher));
        }
        out.into()
    }

    fn publisher(&self, node: &mut Node<'_>, publisher: &Publisher) {
        let policies = |table: &[(&str, &'static str)]| -> Vec<Policy> {
            let mut found: Vec<Policy> = Vec::new();
            for (which, to) in &publisher.policies {
                let name = which.to_lowercase().replace(['_', ' '], "-");
                let property = table.iter().find(|(word, _)| name.starts_with(word));
                let link = || self.nav_link(&NavItem { text: None, to: to.clone() });
                if let Some((_, property)) = property
                    && !found.iter().any(|(known, _)| known == property)
                    && let Some(link) = link()
                {
                    found.push((property, link.href));
                }
            }
            found
        };
        let (general, of_news) = (policies(&POLICIES), policies(&OF_NEWS));
        node.kind(if of_news.is_empty() { "Organization" } else { "NewsMediaOrganization" });
        node.url("@id", &self.first_home(), PUBLISHER);
        node.text("name", &publisher.name);
        let at_home = |href: &str| match href.starts_with('/') {
            true => self.cx.root_href(href),
            false => href.to_owned(),
        };
        match &publisher.url {
            Some(url) => node.url("url", &at_home(url), ""),
            None => node.url("url", &self.first_home(), ""),
        }
        let shown = self.cx.site.theme.logo.as_ref().map(|logo| &logo.file);
        if let Some(logo) = publisher.logo.as_ref().or(shown) {
            node.node("logo", |image| {
                image.kind("ImageObject");
                image.url("url", &at_home(logo), "");
            });
        }
        for (property, href) in general.iter().chain(&of_news) {
            node.url(property, href, "");
        }
    }

    /// The home page in the site's first language, which stands for the publisher in all of them.
    pub(super) fn first_home(&self) -> Arc<str> {
        self.cx.href(&self.cx.first.home_out())
    }

    /// The page on which readers of the language search, if there is one.
    fn search_page(&self) -> Option<&Output> {
        let site = self.cx.site;
        let home = site.home_out();
        let folder = home.as_str().trim_end_matches("index.html");
        let output =
            site.outputs.get(&OutPath::new(&format!("{folder}search/index.html")).ok()?)?;
        let kind = PAGES.get(usize::from(output.kind.0))?;
        (kind.output.name == "search").then_some(output)
    }

    /// The index of topics, if there is one.
    pub(super) fn topics_index(&self) -> Option<Arc<str>> {
        self.index_crumb(IndexKind::Topics)?.href
    }
}
