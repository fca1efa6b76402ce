//! Which files beside pages are published, and why the others are not.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{OutPath, SourcePath, host_name};
use crate::content::files::{Published, Sort, sort};
use crate::content::kind::{is_index, translation};
use crate::content::media::{MediaKind, MediaPart, outside_stem, stem};
use crate::content::outside::Outside;
use crate::content::reference::{Link, Target};
use crate::diag::{Code, Location};

use super::{Asset, Page, Problem};

/// What an SVG does beside showing a picture, as the end of a sentence: of those that do something, sorted by path.
pub type Acting = Vec<(SourcePath, Arc<str>)>;

/// A file below `content/` that is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The file.
    pub file: SourcePath,
    /// Where it would be written, if it lies in the folder of a page.
    pub out: Option<OutPath>,
    /// Why not.
    pub why: Why,
}

/// Why a file is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It lies in the folder of no page.
    NoFolder,
    /// Files with this ending run something in a browser or at a host.
    Acts(Box<str>),
    /// An SVG that does more than show a picture; how, as the end of a sentence.
    Drawing(Arc<str>),
    /// Hosts do not say what a file with this ending is; empty for a name without one.
    Unknown(Box<str>),
    /// A document that no page links to.
    NotLinked,
    /// Markdown in the folder of a page, which is that page's alone.
    Markdown,
    /// Of the pages, only those name it that are not public yet.
    NotPublic,
    /// Another program left it behind.
    Leftover,
    /// This part of its path is a name that hosts act on.
    HostName(Box<str>),
    /// It has no path on the site; why, as the end of a sentence.
    NoPath(Box<str>),
}

impl LeftOut {
    /// What happened, in one line.
    pub fn message(&self) -> String {
        let file = &self.file;
        let name = file.file_name();
        let ending = |ending: &str| match ending {
            "" => format!("the name `{name}` has no ending that says what the file is"),
            ending => format!("`.{ending}` is no ending of a file that is only looked at"),
        };
        match &self.why {
            Why::NoFolder => {
                format!("`{file}` is there, but only files in a page's own folder are published")
            }
            Why::Acts(acts) => {
                format!(
                    "`{file}` is not published: a file with `.{acts}` in its name can run programs"
                )
            }
            Why::Drawing(does) => format!("`{file}` is not published: it {does}"),
            Why::Unknown(unknown) => format!("`{file}` is not published: {}", ending(unknown)),
            Why::NotLinked => format!("`{file}` is not published: no page links to it"),
            Why::Markdown => {
                format!("`{file}` is not published: the folder is that of its `index.md`")
            }
            Why::NotPublic => {
                format!("`{file}` is not published: only pages that are not public yet name it")
            }
            Why::Leftover => format!("`{file}` is not published: another program left it behind"),
            Why::HostName(part) => {
                format!("`{file}` is not published: hosts act on the name `{part}`")
            }
            Why::NoPath(why) => format!("`{file}` is not published: its path {why}"),
        }
    }

    /// What to do about it. `page` is the file that refers to it, if one does.
    pub fn help(&self, page: Option<&SourcePath>) -> String {
        match &self.why {
            Why::NoFolder => match page.map(own_folder) {
                Some((index, folder, true)) => {
                    format!("move the page to `{index}`, and the file into `{folder}/`")
                }
                Some((_, folder, false)) => format!("move the file into `{folder}/`"),
                None => "move the page to `ID/index.md`, and the file beside it".into(),
            },
            Why::Acts(_) | Why::Unknown(_) => format!(
                "beside a page go {Published}; what the site's owner answers for goes below static/"
            ),
            Why::Drawing(_) => "save it as a plain SVG or as a PNG, or put it below static/ if the site's owner \
                                answers for it"
                .into(),
            Why::NotLinked => {
                "link to it from the page by its name, such as `[text](report.docx)`, or keep it outside content/"
                    .into()
            }
            Why::Markdown => "make it a page of its own, outside this folder, or keep notes outside content/".into(),
            Why::NotPublic => "publish both together, or show it on a public page by a path".into(),
            Why::Leftover => "close it in the other program, or remove it".into(),
            Why::HostName(_) | Why::NoPath(_) => "give it another name".into(),
        }
    }

    fn problem(&self) -> Option<Problem> {
        let code = match &self.why {
            Why::NoFolder | Why::NotPublic | Why::Leftover => return None,
            Why::Markdown => Code::StrayMarkdown,
            Why::HostName(_) | Why::NoPath(_) => Code::BadPath,
            _ => Code::NotPublished,
        };
        Some(Problem::new(code, Location::file(&self.file), self.message()).help(self.help(None)))
    }
}

/// The path that a page would have in a folder of its own, that folder, and whether the page has yet to move there.
fn own_folder(page: &SourcePath) -> (String, String, bool) {
    let path = page.as_str();
    match is_index(page) {
        true => (path.into(), page.folder().into(), false),
        false => {
            let stem = path.strip_suffix(".md").unwrap_or(path);
            let (folder, language) = translation(stem);
            let language = language.map(|(_, written)| format!(".{written}")).unwrap_or_default();
            (format!("{folder}/index{language}.md"), folder.into(), true)
        }
    }
}

/// The files in the folders of pages, sorted out.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) published: Vec<Asset>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) problems: Vec<Problem>,
    /// The files of pages that are not public yet, in normal form C.
    pub(super) not_public: Vec<SourcePath>,
}

/// Sorts out the files below `content/`: `articles/x/chart.png` is published beside `articles/x/index.md`. The author
/// of a page is not trusted with scripts at the site's own address, unless its owner says so: otherwise files that act in a
/// browser stay out.
///
/// `hidden`: the pages that are not public yet. A file in the folder of such a page stays out. Where a public page has the
/// same folder, those files alone stay out that only hidden pages name.
pub(super) fn sort_out(
    pages: &[Page],
    hidden: &[Page],
    files: &[SourcePath],
    is_trusted: bool,
    acting: &Acting,
) -> Sorted {
    let mut sorted = Sorted::default();
    if files.is_empty() {
        return sorted;
    }
    // Of several languages the first has the folder's files.
    let mut folders: FxHashMap<&str, &Page> = FxHashMap::default();
    for page in pages.iter().filter(|page| is_index(&page.path)) {
        let known = folders.entry(page.path.folder()).or_insert(page);
        if page.summary.edition.is_none() {
            *known = page;
        }
    }
    let linked = linked(pages);
    let held = Held::new(pages, hidden);
    for file in files {
        let path = file.as_str();
        let depth = held.depth(file);
        // The nearest folder above the file that is a page's own.
        let own = path
            .rmatch_indices('/')
            .find_map(|(slash, _)| Some((slash, folders.get(&path[..slash])?)));
        let mut leave_out = |out, why| {
            let left_out = LeftOut { file: file.clone(), out, why };
            sorted.problems.extend(left_out.problem());
            sorted.left_out.push(left_out);
        };
        let shown = own.as_ref().map(|(slash, _)| depth_of(&path[..*slash]));
        if depth.is_some() && depth > shown {
            sorted.not_public.push(file.composed());
            leave_out(None, Why::NoFolder);
            continue;
        }
        let Some((slash, page)) = own else {
            leave_out(None, Why::NoFolder);
            continue;
        };
        let below = &path[slash + 1..];
        let folder = page.out.as_str().strip_suffix("index.html").unwrap_or_default();
        let out = match OutPath::new(&format!("{folder}{below}")) {
            Ok(out) => out,
            Err(bad) => {
                leave_out(None, Why::NoPath(bad.to_string().into()));
                continue;
            }
        };
        if depth.is_some() && depth == shown && held.is_named_by_hidden_alone(file, &out) {
            sorted.not_public.push(file.composed());
            leave_out(Some(out), Why::NotPublic);
            continue;
        }
        match why_not(file, below, is_trusted, acting, &linked) {
            Some(why) => leave_out(Some(out), why),
            None => sorted.published.push(Asset { source: Some(file.clone()), out }),
        }
    }
    sorted
}

/// How many folders a path has above its last part.
fn depth_of(folder: &str) -> usize {
    folder.matches('/').count()
}

/// What pages that are not public yet hold back.
#[derive(Default)]
struct Held {
    /// Their folders, in normal form C.
    folders: FxHashSet<String>,
    hidden: NamedFiles,
    public: NamedFiles,
}

impl Held {
    fn new(pages: &[Page], hidden: &[Page]) -> Self {
        let hidden: Vec<&Page> = hidden.iter().filter(|page| is_index(&page.path)).collect();
        let folders: FxHashSet<String> =
            hidden.iter().map(|page| page.path.composed().folder().to_owned()).collect();
        let is_shared =
            |page: &Page| is_index(&page.path) && folders.contains(page.path.composed().folder());
        if !pages.iter().any(is_shared) {
            return Self { folders, ..Self::default() };
        }
        let mut of_hidden = NamedFiles::of(hidden.iter().copied());
        // A link to a film keeps back what lies beside it too, and so does a recording, which shows nothing of that.
        for page in &hidden {
            let linked = page.summary.references.iter().map(|reference| &reference.to);
            linked.for_each(|target| of_hidden.parts_of_target(target, |_| true));
            let all = page.summary.files.iter().chain(&page.summary.pictures);
            all.for_each(|link| of_hidden.parts(link, page, |_| true));
        }
        let mut public = NamedFiles::of(pages);
        for page in pages {
            let is_film = |kind| kind == MediaKind::Video;
            page.summary.pictures.iter().for_each(|link| public.parts(link, page, is_film));
        }
        Self { folders, hidden: of_hidden, public }
    }

    /// The depth of the nearest folder above a file that is such a page's own.
    fn depth(&self, file: &SourcePath) -> Option<usize> {
        if self.folders.is_empty() {
            return None;
        }
        let file = file.composed();
        let mut above = file.as_str().rmatch_indices('/').map(|(at, _)| &file.as_str()[..at]);
        above.find(|folder| self.folders.contains(*folder)).map(depth_of)
    }

    fn is_named_by_hidden_alone(&self, file: &SourcePath, out: &OutPath) -> bool {
        self.hidden.has(file, out) && !self.public.has(file, out)
    }
}

/// The files that pages name.
#[derive(Default)]
struct NamedFiles {
    /// By their paths in normal form C: as written, and without the escapes of a URL.
    files: FxHashSet<SourcePath>,
    /// By their URLs from the site's root, as written and without the escapes.
    urls: FxHashSet<String>,
    /// What lies beside films: by the stems of their paths in normal form C, and of their URLs.
    stems: FxHashSet<String>,
}

impl NamedFiles {
    fn of<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let mut named = Self::default();
        for page in pages {
            let summary = &page.summary;
            summary.references.iter().for_each(|reference| named.target(&reference.to));
            let image = summary.image.iter().map(|image| &image.src);
            for link in summary.files.iter().chain(&summary.pictures).chain(image) {
                match link {
                    Link::To(target, _) => named.target(target),
                    Link::Root(url) => named.url(url),
                    Link::Anchor(_) | Link::External(_) => {}
                }
            }
        }
        named
    }

    fn target(&mut self, target: &Target) {
        if let Target::File(file) = target {
            self.files.extend(file.percent_decoded().map(|file| file.composed()));
            self.files.insert(file.composed());
        }
    }

    fn url(&mut self, url: &str) {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        self.urls.insert(path.to_owned());
    }

    /// Adds what lies beside a film that a page shows, or beside the page for a film of another host. `has_parts` says
    /// of which kinds.
    fn parts(&mut self, link: &Link, page: &Page, has_parts: impl Fn(MediaKind) -> bool) {
        match link {
            Link::To(target, _) => self.parts_of_target(target, has_parts),
            Link::Root(url) => {
                if MediaKind::of_link(link).is_some_and(has_parts) {
                    let path = url.split(['?', '#']).next().unwrap_or_default();
                    self.stems.insert(stem(path).to_owned());
                }
            }
            Link::External(_) => {
                let outside = Outside::of_link(link);
                let folder = page.path.composed();
                self.stems.extend(outside.map(|outside| outside_stem(folder.folder(), &outside)));
            }
            Link::Anchor(_) => {}
        }
    }

    fn parts_of_target(&mut self, target: &Target, has_parts: impl Fn(MediaKind) -> bool) {
        if let Target::File(file) = target
            && MediaKind::of_name(file.as_str()).is_some_and(has_parts)
        {
            for file in file.percent_decoded().iter().chain([file]) {
                self.stems.insert(stem(file.composed().as_str()).to_owned());
            }
        }
    }

    fn has(&self, file: &SourcePath, out: &OutPath) -> bool {
        let file = file.composed();
        let urls = [out.href(""), format!("/{out}")];
        let is_part =
            |path: &str| MediaPart::of_path(path).any(|(stem, _)| self.stems.contains(stem));
        self.files.contains(&file)
            || urls.iter().any(|url| self.urls.contains(url) || is_part(url))
            || is_part(file.as_str())
    }
}

/// Why a file in the folder of a page is not published; `below` is its path from there.
fn why_not(
    file: &SourcePath,
    below: &str,
    is_trusted: bool,
    acting: &Acting,
    linked: &FxHashSet<SourcePath>,
) -> Option<Why> {
    let name = file.file_name();
    if name.ends_with(".md") {
        return Some(Why::Markdown);
    }
    let sort = sort(name);
    if sort == Sort::Leftover {
        return Some(Why::Leftover);
    }
    if is_trusted {
        return None;
    }
    if let Some(part) = host_name(below) {
        return Some(Why::HostName(part.into()));
    }
    match sort {
        Sort::Passive | Sort::Leftover => None,
        Sort::Document => (!linked.contains(&file.composed())).then_some(Why::NotLinked),
        Sort::Drawing => {
            let at = acting.binary_search_by(|(acting, _)| acting.cmp(file)).ok()?;
            Some(Why::Drawing(acting[at].1.clone()))
        }
        Sort::Acts(ending) => Some(Why::Acts(ending.into())),
        Sort::Unknown(ending) => Some(Why::Unknown(ending.into())),
    }
}

/// The documents that pages link to, by their paths in normal form C.
fn linked(pages: &[Page]) -> FxHashSet<SourcePath> {
    let is_document = |file: &SourcePath| matches!(sort(file.file_name()), Sort::Document);
    let mut linked = FxHashSet::default();
    for page in pages {
        let texts = page.summary.references.iter().map(|reference| &reference.to);
        let image = page.summary.image.iter().filter_map(|image| match &image.src {
            Link::To(target, _) => Some(target),
            _ => None,
        });
        for target in texts.chain(image) {
            if let Target::File(file) = target
                && is_document(file)
            {
                linked.insert(file.composed());
            }
        }
    }
    linked
}
