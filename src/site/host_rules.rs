//! The redirects and header rules of a site, without the form of any host: few rules that say of every output what
//! [`OutputHeaders::of`] says.

use std::collections::BTreeMap;

use serde::Serialize;

use super::headers::{OutputHeaders, is_framable};
use super::policies::Policies;
use super::{Output, Outputs, Site};
use crate::base::{MediaType, OutPath};

/// What a host needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostRules {
    /// The path of the site at the host, without its last slash.
    pub prefix: String,
    /// The scheme and the host, where the site knows them.
    pub origin: Option<String>,
    /// What has moved: where from and where to, as outputs. Sorted.
    pub redirects: Vec<(OutPath, OutPath)>,
    /// What an answer says where no rule says otherwise.
    pub otherwise: OutputHeaders,
    /// The exceptions. A later rule takes the place of an earlier one.
    pub exceptions: Vec<HeaderRule>,
    /// The media type of each extension, as it stands in a header.
    pub types: BTreeMap<String, String>,
    /// The pages that other sites may frame, for hosts that know no pattern for them.
    pub framable: Vec<OutPath>,
    /// Whether there is a page for what is not there.
    pub has_not_found: bool,
    /// Redirects below whose old folder other outputs lie: a host that goes by prefixes must not have them.
    pub above_others: Vec<OutPath>,
}

/// What the answers with some outputs say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderRule {
    /// The outputs.
    pub on: HeaderScope,
    /// What they say.
    pub headers: OutputHeaders,
    /// What answers say to which no later rule applies: nothing of it is to be left over.
    pub before: OutputHeaders,
}

/// Some outputs, in a way that every host can express.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum HeaderScope {
    /// By the extension of their names, wherever they are.
    Extension(String),
    /// The pages that other sites may frame: those in a folder `embed`.
    Framable,
    /// By extension, in a folder and those below it.
    Folder(String, String),
    /// One.
    One(OutPath),
}

impl HeaderScope {
    /// Whether an output is one of them.
    pub fn has(&self, path: &OutPath) -> bool {
        let extension = extension(path);
        match self {
            Self::Extension(own) => extension == Some(own),
            Self::Framable => path.as_str().ends_with("/embed/index.html"),
            Self::Folder(folder, own) => {
                let below = path.as_str().strip_prefix(&**folder);
                extension == Some(own) && below.is_some_and(|rest| rest.starts_with('/'))
            }
            Self::One(own) => path == own,
        }
    }
}

impl HostRules {
    /// The rules of a site. `site` is that of the first language, with all outputs.
    pub fn of(site: &Site) -> Self {
        let outputs = &*site.outputs;
        let redirects: Vec<_> = outputs
            .iter()
            .filter_map(|output| Some((output.path.clone(), site.redirected_to(output)?)))
            .collect();
        let above_others = redirects.iter().map(|(from, _)| from);
        let above_others = above_others.filter(|from| has_below(outputs, from)).cloned().collect();
        let otherwise = OutputHeaders::of_pages(&site.policies);
        let framable = outputs.iter().filter(|output| is_framable(output));
        let not_found = OutPath::new("404.html").ok();
        Self {
            prefix: site.base.prefix().to_owned(),
            origin: site.base.origin.clone(),
            redirects,
            exceptions: exceptions(outputs, &otherwise, &site.policies),
            otherwise,
            types: types(outputs),
            framable: framable.map(|output| output.path.clone()).collect(),
            has_not_found: not_found.is_some_and(|path| outputs.get(&path).is_some()),
            above_others,
        }
    }

    /// What the answer with an output says.
    pub fn headers(&self, path: &OutPath) -> OutputHeaders {
        let rules = self.exceptions.iter().rev();
        let mut found = rules.filter(|rule| rule.on.has(path)).map(|rule| &rule.headers);
        found.next().unwrap_or(&self.otherwise).clone()
    }
}

/// The media type of each extension that an output has.
fn types(outputs: &Outputs) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    for output in outputs.iter() {
        if let Some(name) = extension(&output.path)
            && output.media_type != MediaType::UNKNOWN
            && !types.contains_key(name)
        {
            types.insert(name.to_owned(), output.media_type.to_string());
        }
    }
    types
}

/// Whether other outputs lie below the folder of a page.
fn has_below(outputs: &Outputs, page: &OutPath) -> bool {
    let Some(folder) = page.as_str().strip_suffix("index.html") else {
        // A prefix: `a.html` is one of `a.html.txt`.
        let after = outputs.all().partition_point(|output| output.path <= *page);
        let next = outputs.all().get(after);
        return next.is_some_and(|next| next.path.as_str().starts_with(page.as_str()));
    };
    let first = outputs.all().partition_point(|output| output.path.as_str() < folder);
    let below = outputs.all()[first..].iter();
    below
        .take_while(|output| output.path.as_str().starts_with(folder))
        .any(|output| output.path != *page)
}

/// A class of outputs for which one rule would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum HeaderClass<'a> {
    /// Pages, and whatever has no extension.
    Page,
    Framable,
    Extension(&'a str),
}

/// The rules beside that of pages. Of each class the commonest headers are one rule; what differs is a rule for the
/// topmost folder in which all of the class are alike, or for each output.
fn exceptions(
    outputs: &Outputs,
    otherwise: &OutputHeaders,
    policies: &Policies,
) -> Vec<HeaderRule> {
    let mut classes: BTreeMap<HeaderClass<'_>, Vec<(&OutPath, OutputHeaders)>> = BTreeMap::new();
    for output in outputs.iter() {
        let headers = OutputHeaders::of(output, policies);
        let class = class(output);
        if class != HeaderClass::Page || headers != *otherwise {
            classes.entry(class).or_default().push((&output.path, headers));
        }
    }
    let (mut wide, mut narrow) = (Vec::new(), Vec::new());
    for (class, members) in classes {
        let (scope, usual) = match class {
            HeaderClass::Page => (None, otherwise.clone()),
            HeaderClass::Framable => (Some(HeaderScope::Framable), usual(&members, otherwise)),
            HeaderClass::Extension(name) => {
                (Some(HeaderScope::Extension(name.to_owned())), usual(&members, otherwise))
            }
        };
        let rule = |on, headers, before| HeaderRule { on, headers, before };
        if let Some(scope) = scope.filter(|_| usual != *otherwise) {
            wide.push(rule(scope, usual.clone(), otherwise.clone()));
        }
        let differing = members.iter().filter(|(_, headers)| *headers != usual);
        let mut scopes = BTreeMap::new();
        let folders = match class {
            HeaderClass::Extension(_) => alike(&members),
            HeaderClass::Page | HeaderClass::Framable => BTreeMap::new(),
        };
        for (path, headers) in differing {
            let folder =
                folders_of(path).find(|folder| matches!(folders.get(folder), Some(Some(_))));
            let on = match (folder, class) {
                (Some(folder), HeaderClass::Extension(name)) => {
                    HeaderScope::Folder(folder.to_owned(), name.to_owned())
                }
                _ => HeaderScope::One((*path).clone()),
            };
            scopes.insert(on, headers.clone());
        }
        narrow.extend(scopes.into_iter().map(|(on, headers)| rule(on, headers, usual.clone())));
    }
    wide.extend(narrow);
    wide
}

fn class(output: &Output) -> HeaderClass<'_> {
    match extension(&output.path) {
        // By its path, as hosts go by: a page of an author's may have such a path, and must not be framed.
        _ if HeaderScope::Framable.has(&output.path) => HeaderClass::Framable,
        None | Some("html" | "htm") => HeaderClass::Page,
        Some(name) => HeaderClass::Extension(name),
    }
}

/// The commonest headers, the least of them where several are. What a rule lets every site read cannot be taken back by
/// another, so that only those are chosen that all have.
fn usual(members: &[(&OutPath, OutputHeaders)], otherwise: &OutputHeaders) -> OutputHeaders {
    let is_open = members.iter().all(|(_, headers)| headers.is_open);
    let mut counts: BTreeMap<OutputHeaders, usize> = BTreeMap::new();
    for (_, headers) in members {
        let cache = if headers.is_immutable() { otherwise.cache } else { headers.cache };
        *counts.entry(OutputHeaders { is_open, cache, ..headers.clone() }).or_default() += 1;
    }
    // What is kept for a year is named: no later build can take it back.
    let commonest = counts.into_iter().max_by_key(|(_, count)| *count);
    commonest.map_or_else(|| otherwise.clone(), |(headers, _)| headers)
}

/// Of each folder of some outputs, the headers that all below it have; none where they differ.
fn alike<'a>(members: &[(&'a OutPath, OutputHeaders)]) -> BTreeMap<&'a str, Option<OutputHeaders>> {
    let mut folders = BTreeMap::new();
    for (path, headers) in members {
        for folder in folders_of(path) {
            let found = folders.entry(folder).or_insert_with(|| Some(headers.clone()));
            *found = found.take().filter(|found| found == headers);
        }
    }
    folders
}

/// The folders above an output, the topmost first.
fn folders_of(path: &OutPath) -> impl Iterator<Item = &str> {
    let text = path.as_str();
    text.match_indices('/').map(move |(slash, _)| &text[..slash])
}

/// The extension of a name, in the case in which it is written.
fn extension(path: &OutPath) -> Option<&str> {
    let name = path.as_str().rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    // A pattern of a host is made of it.
    let is_plain = extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!stem.is_empty() && !extension.is_empty() && is_plain).then_some(extension)
}
