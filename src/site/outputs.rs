//! One table of outputs: what is at which path.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::base::{OutPath, SourcePath};
use crate::content::kind::Kind;
use crate::content::resolve::reserved;
use crate::diag::{Code, Location};
use crate::yaml::FieldPath;

use super::output::{Add, Operation, Output, OutputKind, Producer, Subject, Which};
use super::{Page, Problem, Site, icon, search};

/// A file of the site or of the theme that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// Where it comes from; none for a file of the theme inside the program.
    pub source: Option<SourcePath>,
    /// Where it is written.
    pub out: OutPath,
}

/// Every output of a site, sorted by path.
#[derive(Debug, Default)]
pub struct Outputs(Vec<Output>);

impl Outputs {
    /// What is at a path.
    pub fn get(&self, path: &OutPath) -> Option<&Output> {
        self.place(path).map(|at| &self.0[at])
    }

    /// The place of a path in the order of all.
    pub fn place(&self, path: &OutPath) -> Option<usize> {
        self.0.binary_search_by(|output| output.path.cmp(path)).ok()
    }

    /// All of them, sorted by path.
    pub fn all(&self) -> &[Output] {
        &self.0
    }

    /// All of them, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &Output> {
        self.0.iter()
    }
}

/// Fills the table. Two sources for one output are a problem that names both; the first one stays.
pub(super) fn table(site: &Site, kinds: &[&OutputKind]) -> (Outputs, Vec<Problem>) {
    let mut table = OutputTable {
        site,
        outputs: Outputs::default(),
        problems: Vec::new(),
        redirects: FxHashMap::default(),
    };
    let mut added = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        if let Which::OfSite(outputs) = kind.outputs {
            for site in site.all() {
                outputs(site, &mut Add::new(at, kind, site.number(), &mut added));
            }
        }
    }
    // A page precedes a file at its path, and a file the former address of a page.
    let (moved, mut added): (Vec<_>, Vec<_>) = added.into_iter().partition(Output::is_redirect);
    let files = site.published.iter().enumerate();
    let is_used = |file: &Asset| !icon::is_replaced(site, file) && !search::is_unused(site, file);
    for (at, file) in files.filter(|(_, file)| is_used(file)) {
        let mut output = Output::file(file.out.clone(), at);
        if let Some(shown) = site.pictures.shown(&file.out) {
            if let Some(scaled) = shown.own {
                output.producer =
                    Producer::Derived { file: at, operation: Operation::Scaled(scaled) };
            }
            let renditions = shown.renditions();
            added.extend(renditions.map(|rendition| Output::rendition(rendition, at)));
        }
        added.push(output);
    }
    added.extend(icon::output(site));
    added.extend(moved);
    table.fill(added);
    let mut derived = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        if let Which::OfOutputs(outputs) = kind.outputs {
            outputs(site, &table.outputs, &mut Add::new(at, kind, 0, &mut derived));
        }
    }
    // The author's own file of that name takes the place of ours.
    derived.retain(|output| {
        let own = table.outputs.get(&output.path).cloned();
        if let Some(own) = &own {
            table.replaced(own, output);
        }
        own.is_none()
    });
    table.outputs.0.extend(derived);
    table.outputs.0.sort_by(|one, other| one.path.cmp(&other.path));
    table.collisions();
    (table.outputs, table.problems)
}

struct OutputTable<'a> {
    site: &'a Site,
    outputs: Outputs,
    problems: Vec<Problem>,
    /// Of what has a redirect that collides, in a language, where each stands in their list.
    redirects: FxHashMap<(usize, Subject), FxHashMap<OutPath, usize>>,
}

impl OutputTable<'_> {
    /// Sorts what was added, in the order in which one precedes another; of two outputs at one path the first stays.
    fn fill(&mut self, mut added: Vec<Output>) {
        added.par_sort_by(|one, other| one.path.cmp(&other.path));
        for same in added.chunk_by(|one, other| one.path == other.path) {
            for output in &same[1..] {
                self.collide(output, &same[0]);
            }
        }
        added.dedup_by(|later, first| later.path == first.path);
        self.outputs = Outputs(added);
    }

    /// Says that a file of the author takes the place of one that `hosts` asks for.
    fn replaced(&mut self, own: &Output, ours: &Output) {
        let Some(place) = self.place(own) else { return };
        let path = ours.path.as_str();
        let hosts = self.site.hosts.iter().filter(|host| host.files().contains(&path));
        let hosts: Vec<_> = hosts.map(|host| format!("`{}`", host.name())).collect();
        if hosts.is_empty() {
            return;
        }
        let message = format!("this file takes the place of the `{path}` for {}", hosts.join(", "));
        let problem = Problem::new(Code::OwnHostFile, place, message);
        self.problems.push(problem.help(
            "remove it to have the site's redirects and headers; what it says besides can stand at the host itself",
        ));
    }

    /// Paths that one folder cannot hold everywhere: they differ only by case, or one is a folder of the other.
    fn collisions(&mut self) {
        let mut found = Vec::new();
        let mut folded: FxHashMap<Cow<'_, str>, &OutPath> = FxHashMap::default();
        // Where every path is its own folding no two can be alike.
        let all = self.outputs.all();
        if !all.iter().all(|output| output.path.is_folded()) {
            for Output { path, .. } in all {
                if let Some(first) = folded.insert(path.folded(), path) {
                    found.push((path.clone(), first.clone()));
                }
            }
        }
        // Few files are no pages, and only those are ever folders of another.
        let is_page = |path: &str| path.ends_with("index.html");
        let files = all.iter().map(|output| &output.path).filter(|path| !is_page(path.as_str()));
        let files: FxHashMap<Cow<'_, str>, &OutPath> =
            files.map(|path| (path.folded(), path)).collect();
        let pages = |path: &str| {
            let whole = folded.get(path).copied();
            whole.or_else(|| Some(&self.outputs.get(&OutPath::new(path).ok()?)?.path))
        };
        let above = |out: &OutPath| {
            let path = out.folded();
            let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
            let file = |folder| match is_page(folder) {
                true => pages(folder),
                false => files.get(folder).copied(),
            };
            folders.filter_map(file).map(|file| (out.clone(), file.clone())).collect::<Vec<_>>()
        };
        found.par_extend(all.par_iter().flat_map_iter(|output| above(&output.path)));
        for (out, first) in found {
            let output = |path: &OutPath| self.outputs.get(path).cloned();
            if let (Some(second), Some(other)) = (output(&out), output(&first)) {
                self.collide(&second, &other);
            }
        }
    }

    /// Whether an output is a standing page at an address of the program itself: a warning at its file says so.
    fn is_reserved(&self, output: &Output) -> bool {
        let Producer::Page(Subject::Page(ix)) = output.producer else { return false };
        let summary = &self.site.page(ix).summary;
        summary.kind == Kind::Page && reserved(&summary.slug)
    }

    fn collide(&mut self, second: &Output, other: &Output) {
        if self.is_reserved(second) || self.is_reserved(other) {
            return;
        }
        let (out, first) = (&second.path, &other.path);
        let (at, by) = (self.file(second), self.file(other));
        let name = |source: &Option<SourcePath>| match source {
            Some(path) => format!("`{path}`"),
            None => "the site itself".to_string(),
        };
        let message = if out == first {
            match at == by {
                true => format!("{} writes `{out}` twice", name(&at)),
                false => format!("{} and {} both write `{out}`", name(&by), name(&at)),
            }
        } else {
            format!(
                "{} writes `{first}` and {} writes `{out}`: not every host can hold both",
                name(&by),
                name(&at)
            )
        };
        // The place to change is one of the author's, whichever of the two it is.
        let (place, second) = match (self.place(second), self.place(other)) {
            (Some(at), by) => (at, by),
            (None, Some(by)) => (by, None),
            (None, None) => (Location::file(&SourcePath::new(crate::config::PATH)), None),
        };
        let help = self.help(first).filter(|_| at.is_none() || by.is_none());
        let help = help.unwrap_or_else(|| "give one of them another `slug`, name or path".into());
        let mut problem = Problem::new(Code::RouteCollision, place, message).help(help);
        if let Some(second) = second {
            problem = problem.related("the other one", second);
        }
        self.problems.push(problem);
    }

    /// What to write for one's own page in place of one that the program makes, where there is something.
    fn help(&self, out: &OutPath) -> Option<String> {
        if let Some(site) = self.site.all().find(|site| site.not_found_out() == *out) {
            return Some(format!(
                "remove it, and write what its page holds into `templates/404.html` (`briefing theme eject 404.html`), or \
                 its words into `templates/lang/{}.ftl`: `not-found-title` and `not-found-text`",
                site.edition().lang
            ));
        }
        let is_search = self.site.all().any(|site| site.search_out().as_ref() == Some(out));
        is_search.then(|| {
            "write `search: false` in content/site.yaml for a search of your own, or give it another `slug`, name or path"
                .into()
        })
    }

    /// The file of the site that has an output, or that says where the output leads on from.
    fn file(&self, output: &Output) -> Option<SourcePath> {
        let site = self.site.in_edition(output.edition);
        match output.producer {
            Producer::Redirect(to) => Some(site.old_field(to)?.0.clone()),
            _ => output.source(self.site).cloned(),
        }
    }

    /// What an author wrote to have an output at its path: a field, or the file itself.
    fn place(&mut self, output: &Output) -> Option<Location> {
        let (site, root) = (self.site, FieldPath::root());
        match output.producer {
            Producer::Page(Subject::Page(ix)) => {
                let Page { path, summary, .. } = site.page(ix);
                let slug = (*summary.slug != *summary.id).then(|| root.key("slug"));
                Some(slug.map_or_else(|| Location::file(path), |slug| Location::field(path, slug)))
            }
            Producer::Redirect(to) => {
                let site = site.in_edition(output.edition);
                let (file, field, all) = site.old_field(to)?;
                let places = self.redirects.entry((output.edition, to)).or_insert_with(|| {
                    let all = all.iter().enumerate().rev();
                    all.filter_map(|(at, old)| Some((site.old_out(old).ok()?, at))).collect()
                });
                let below = || output.path.as_str().strip_prefix(&*site.edition().prefix());
                let at = places.get(&output.path);
                let at = at.or_else(|| places.get(&OutPath::new(below()?).ok()?))?;
                Some(Location::field(&file, field.index(*at)))
            }
            _ => output.source(site).map(Location::file),
        }
    }
}
