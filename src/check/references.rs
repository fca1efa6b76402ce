//! Every reference of every file leads to something.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::base::{BaseUrl, EntityId, MediaType, OutPath, SourcePath};
use crate::config::{Settings, is_url};
use crate::content::document::Document;
use crate::content::kind::{Kind, is_set_aside};
use crate::content::media::MediaKind;
use crate::content::model::Fact;
use crate::content::named::{self, Named};
use crate::content::outside::Outside;
use crate::content::reference::{Link, Target, Use};
use crate::content::unshown::Unshown;
use crate::diag::{Code, Location};
use crate::site::{FactIx, Problem, Resolution, Site, Sought, SourceIx, Subject};
use crate::yaml::FieldPath;

use super::figures;
use super::href::{self, candidates, resolve};
use super::links::{Root, leads_to_hidden, root, without_static};
use super::{placed, sources, times};

/// Checks the references of one file: of its front matter and of its texts.
///
/// `hidden` says that the file itself is not public yet; it may then refer to others that are not.
pub fn document(site: &Site, document: &Document, hidden: bool) -> Vec<Problem> {
    let mut check = ReferenceCheck::new(site, hidden);
    let summary = &*document.summary;
    check.sources = summary.sources.iter().filter_map(|source| source.id.as_deref()).collect();
    check.facts = summary.facts.iter().map(|fact| &*fact.id).filter(|_| hidden).collect();
    check.page = (!check.sources.is_empty()).then(|| document.path.clone());
    check.front(document);
    check.problems.extend(figures::compared(site, document));
    check.problems.extend(figures::two_denominators(site, document));
    check.problems.extend(sources::document(site, document));
    check.moved(document);
    check.uses(document);
    check.problems.extend(times::by_hand(site, document));
    check.problems
}

/// Takes the problems of topics without a page out of those of files, which are in order, and says each topic once.
pub fn topics_once<'p>(files: impl Iterator<Item = &'p mut Vec<Problem>>) -> Vec<Problem> {
    let mut topics: BTreeMap<EntityId, (Problem, FxHashSet<SourcePath>)> = BTreeMap::new();
    for problems in files {
        let is_topic = |problem: &mut Problem| problem.code == Code::UnknownTopic;
        for problem in problems.extract_if(.., is_topic) {
            let Some(Sought::Topic(id)) = &problem.sought else { continue };
            let file = problem.at.file.clone();
            let said = topics.entry(id.clone()).or_insert_with(|| (problem, FxHashSet::default()));
            said.1.insert(file);
        }
    }
    let once = |(mut problem, files): (Problem, FxHashSet<SourcePath>)| {
        if files.len() > 1 {
            problem.message.push_str(&format!(" of {} pages", files.len()));
        }
        problem
    };
    topics.into_values().map(once).collect()
}

/// Checks the references of `facts.yaml`.
pub fn facts(site: &Site, file: &SourcePath, facts: &[Fact]) -> Vec<Problem> {
    let mut check = ReferenceCheck::new(site, false);
    for fact in facts {
        named::fact(&|| FieldPath::root().key(&fact.id), fact, &mut |path, named| {
            check.named(&|| Location::field(file, path()), named);
        });
    }
    check.problems
}

/// Old addresses of figures and of shared sources that are whole URLs: each has to be one of the site.
pub fn old_addresses(site: &Site) -> Vec<Problem> {
    let facts = (0..site.fact_ids().len() as u32).map(FactIx);
    let facts = facts.filter(|ix| !site.fact_at(*ix).fact.redirect_from.is_empty());
    let sources = (0..site.source_ids().len() as u32).map(SourceIx);
    let sources = sources.filter(|ix| !site.source_at(*ix).redirect_from.is_empty());
    let all = facts.map(Subject::Fact).chain(sources.map(Subject::Source));
    let mut problems = Vec::new();
    for (file, field, old) in all.filter_map(|of| site.old_field(of)) {
        for (number, old) in old.iter().enumerate() {
            let Err(bad) = site.old_out(old) else { continue };
            let at = Location::field(&file, field.index(number));
            problems.push(Problem::new(Code::BadPath, at, bad.message).help(bad.help));
        }
    }
    problems
}

/// Checks the ids that `site.yaml` names.
pub fn settings(site: &Site, file: &SourcePath, settings: &Settings) -> Vec<Problem> {
    let mut check = ReferenceCheck::new(site, false);
    let policies: Vec<FieldPath> = settings.policies().map(|(path, _)| path).collect();
    for (path, id) in settings.named() {
        let target = match policies.contains(&path) && site.by_id(id).is_none() {
            true => Target::Typed(Kind::Page, id.into()),
            false => Target::Id(id.into()),
        };
        check.id(&|| Location::field(file, path.clone()), &target);
    }
    for (path, url) in settings.policies().filter(|(_, url)| is_url(url)) {
        if leads_to_hidden(site, url) {
            check.not_public(&|| Location::field(file, path.clone()), url);
        } else if !is_there(site, url) {
            let message = format!("no page `{url}`");
            let help = "write the id of a standing page, such as `corrections-policy` for \
                        content/pages/corrections-policy.md, or a URL that starts with https://";
            let problem = Problem::new(Code::DeadLink, Location::field(file, path), message);
            check.problems.push(problem.help(help));
        }
    }
    let pictures = settings.logo().into_iter().chain(settings.icon()).chain(settings.shown_logos());
    for (path, logo) in pictures.filter(|(_, logo)| !is_picture(site, logo)) {
        let message = match is_there(site, logo) {
            true => format!("`{logo}` is no picture"),
            false => format!("no file `{logo}`"),
        };
        let help = match logo.trim_start_matches('/').strip_prefix("static/") {
            Some(below) => format!("files of static/ are at the site's root: write `/{below}`"),
            None => {
                "put the file under static/, and write its path from there, such as `/logo.svg`"
                    .into()
            }
        };
        let problem = Problem::new(Code::ImageNotFound, Location::field(file, path), message);
        check.problems.push(problem.help(help));
    }
    check.problems
}

/// Whether a path of the site leads to something; a URL of another site is not asked for.
fn is_there(site: &Site, url: &str) -> bool {
    let home = OutPath::home().url();
    match resolve(&home, url, &BaseUrl::default()) {
        href::UrlTarget::Internal { path, .. } => candidates(&path)
            .any(|out| site.outputs.get(&out).is_some() || site.is_broken_out(&out)),
        _ => true,
    }
}

/// Whether a path of the site is that of a picture; a URL of another site is not asked for.
fn is_picture(site: &Site, url: &str) -> bool {
    let home = OutPath::home().url();
    match resolve(&home, url, &BaseUrl::default()) {
        href::UrlTarget::Internal { path, .. } => OutPath::new(path.trim_start_matches('/'))
            .is_ok_and(|out| {
                let is_image = MediaType::of(&out).essence().starts_with("image/");
                site.is_broken_out(&out) || is_image && site.asset_at(&out).is_some()
            }),
        // A path that browsers take for another host, such as `/\host/`, is none of the site.
        _ => !url.starts_with('/'),
    }
}

/// A place, made when something is wrong there.
type MakeLocation<'p> = &'p dyn Fn() -> Location;

struct ReferenceCheck<'a> {
    site: &'a Site,
    hidden: bool,
    /// The sources that the page declares itself.
    sources: FxHashSet<&'a str>,
    /// The figures that it declares, if the site does not know them because it is not public yet.
    facts: FxHashSet<&'a str>,
    /// The page, if it declares sources.
    page: Option<SourcePath>,
    problems: Vec<Problem>,
}

impl<'a> ReferenceCheck<'a> {
    fn new(site: &'a Site, hidden: bool) -> Self {
        let (sources, facts) = (FxHashSet::default(), FxHashSet::default());
        Self { site, hidden, sources, facts, page: None, problems: Vec::new() }
    }

    fn front(&mut self, document: &Document) {
        let summary = &*document.summary;
        named::front_matter(summary, &mut |path, named| {
            if document.own.is_some() && document.inherits(&path()) {
                return;
            }
            let at = || Location::field(&document.path, path().in_source(&document.left_out));
            self.named(&at, named);
        });
    }

    /// An old address that is a whole URL has to be one of this site.
    fn moved(&mut self, document: &Document) {
        for (number, old) in document.summary.redirect_from.iter().enumerate() {
            let Err(bad) = self.site.old_out(old) else { continue };
            let field = FieldPath::root().key("redirect_from").index(number);
            let at = Location::field(&document.path, field.in_source(&document.left_out));
            self.problems.push(Problem::new(Code::BadPath, at, bad.message).help(bad.help));
        }
    }

    fn named(&mut self, at: MakeLocation<'_>, named: Named<'_>) {
        match named {
            Named::Player(id) => self.id(at, &Target::Typed(Kind::Player, id.into())),
            Named::Page(kind, id) => self.id(at, &Target::Typed(kind, id.into())),
            Named::Topic(id) => self.topic(at, id),
            Named::Source(id) => self.source(at, id),
            Named::SharedSource(id) => {
                if self.site.source(id).is_none() {
                    self.unknown_source(at, id, None);
                }
            }
            Named::Fact(id) => self.fact(at, id),
            Named::Picture(link) => {
                if let Some(problem) = no_picture(at, link) {
                    self.problems.push(problem);
                    return;
                }
                self.image(at, link);
                self.card(at, link);
            }
        }
    }

    fn uses(&mut self, document: &Document) {
        for occurrence in &document.uses {
            let at = || Location::place(&document.path, occurrence.place.clone());
            match &occurrence.what {
                Use::Link(Link::To(target, _)) => self.id(&at, target),
                Use::Link(Link::Root(url)) => {
                    if !self.hidden && leads_to_hidden(self.site, url) {
                        self.not_public(&at, url);
                    }
                }
                Use::Link(_) => {}
                Use::Fact(id) => self.fact(&at, id),
                Use::Cite(id) => self.source(&at, id),
                Use::Image(link) => self.image(&at, link),
                Use::Table(link) => self.table(&at, link),
                Use::History(id) => self.history(&at, id),
                Use::Section(part) => {
                    self.problems.extend(placed::section(self.site, document, *part, &at));
                }
            }
        }
    }

    /// The numbers that a chart draws. A file that is not there is a dead link; a relative path to one is reported as that.
    fn table(&mut self, at: MakeLocation<'_>, link: &Link) {
        let Some(asset) = self.site.linked_asset(link) else {
            if let Link::Root(url) = link
                && !matches!(root(self.site, url), Root::Hidden | Root::Broken)
            {
                let help = format!("put it there as static{url}, or correct the path");
                let message = format!("no file `{url}`");
                self.problems.push(Problem::new(Code::DeadLink, at(), message).help(help));
            }
            return;
        };
        let Some(file) = &asset.source else { return };
        let (message, help) = match self.site.table(file) {
            Some(Ok(_)) => return,
            Some(Err(fault)) => (format!("`{file}`, {fault}"), fault.help.clone()),
            None => (
                format!("`{file}` is not a CSV file"),
                "save the table as CSV, with a name that ends in `.csv`".into(),
            ),
        };
        self.problems.push(Problem::new(Code::BadTable, at(), message).help(help));
    }

    /// The history of a figure that a chart draws. A figure that is not there is reported as one.
    fn history(&mut self, at: MakeLocation<'_>, id: &str) {
        let Some(own) = self.site.fact(id).filter(|own| !own.fact.has_changed()) else { return };
        let message =
            format!("the figure `{}` has had one value: there is no line to draw", own.fact.id);
        let help = "list its earlier values under `history:`, each with its `as_of`";
        self.problems.push(Problem::new(Code::BadTable, at(), message).help(help));
    }

    fn source(&mut self, at: MakeLocation<'_>, id: &str) {
        if !self.sources.contains(id) && self.site.source(id).is_none() {
            self.unknown_source(at, id, self.page.clone());
        }
    }

    fn topic(&mut self, at: MakeLocation<'_>, id: &EntityId) {
        let site = self.site;
        if site.of_kind(Kind::Topic, id).is_some() {
            return;
        }
        let target = Target::Typed(Kind::Topic, id.into());
        if matches!(site.resolve(&target), Resolution::NotPublic | Resolution::Broken) {
            self.id(at, &target);
            return;
        }
        let help = format!("write content/topics/{id}.md to give it a title and a text");
        let message = format!("the topic `{id}` has no page of its own, only a generated list");
        self.problems.push(
            Problem::new(Code::UnknownTopic, at(), message)
                .help(help)
                .sought(Sought::Topic(id.clone())),
        );
    }

    fn id(&mut self, at: MakeLocation<'_>, target: &Target) {
        match self.site.resolve(target) {
            Resolution::Page(_) | Resolution::Topic(_) | Resolution::Asset(_) => {}
            Resolution::Broken => {}
            Resolution::NotPublic if self.hidden => {}
            Resolution::NotPublic => self.not_public(at, target.id()),
            Resolution::Unknown => self.unknown(at, target),
        }
    }

    fn not_public(&mut self, at: MakeLocation<'_>, named: &str) {
        let message = format!("`{named}` is not public yet: its name is printed without a link");
        let help = "publish both together, or remove the reference until then";
        self.problems.push(Problem::new(Code::NotPublicYet, at(), message).help(help));
    }

    fn unknown(&mut self, at: MakeLocation<'_>, target: &Target) {
        let id = target.id();
        let sought = Sought::Target(target.clone());
        let (code, what, folder) = match target {
            Target::Typed(Kind::Player, _) => (Code::UnknownPlayer, "player", "content/players/"),
            Target::Typed(kind, _) => {
                let folder = match kind {
                    Kind::Article => "content/articles/",
                    Kind::Faq => "content/faq/",
                    Kind::Topic => "content/topics/",
                    Kind::Page | Kind::Player => "content/pages/",
                };
                let what = kind.noun();
                (Code::UnknownId, what.split_once(' ').map_or(what, |(_, noun)| noun), folder)
            }
            Target::Id(_) => (Code::UnknownId, "page or player", "content/"),
            Target::File(file) => {
                if let Some(left_out) = self.site.left_out(file) {
                    let at = at();
                    let help = left_out.help(Some(&at.file));
                    let problem = Problem::new(Code::DeadLink, at, left_out.message()).help(help);
                    self.problems.push(problem);
                    return;
                }
                let problem = Problem::new(Code::DeadLink, at(), format!("no file `{id}`"))
                    .label("no such file");
                self.problems.push(match is_set_aside(id) {
                    true => problem.help(SET_ASIDE),
                    false => problem
                        .help("the path is relative to the file that has the link")
                        .sought(sought),
                });
                return;
            }
        };
        let site = self.site;
        let problem = Problem::new(code, at(), format!("no {what} `{id}`"))
            .label(format!("not found under {folder}"));
        if let Target::Id(id) = target
            && let Some(help) = placed::instead_of_reference(id)
        {
            self.problems.push(problem.help(help));
            return;
        }
        self.problems.push(match site.by_id(id).map(|page| site.page(page).summary.kind) {
            Some(kind) => problem.help(format!("`{id}` is {}", kind.noun())),
            None => problem.help(without_a_near_one(id, folder)).sought(sought),
        });
    }

    fn fact(&mut self, at: MakeLocation<'_>, id: &str) {
        if !self.facts.contains(id) && self.site.fact(id).is_none() {
            self.unknown_fact(at, id);
        }
    }

    fn unknown_fact(&mut self, at: MakeLocation<'_>, id: &str) {
        self.problems.push(
            Problem::new(Code::UnknownFact, at(), format!("no fact `{id}`"))
                .help("declare it in content/facts.yaml, or under `facts:` in the article")
                .sought(Sought::Fact(id.into())),
        );
    }

    /// `own` is the page whose sources count too.
    fn unknown_source(&mut self, at: MakeLocation<'_>, id: &str, own: Option<SourcePath>) {
        self.problems.push(
            Problem::new(Code::UnknownSource, at(), format!("no source `{id}`"))
                .help("declare it in content/sources.yaml, or under `sources:` on the page")
                .sought(Sought::Source(id.into(), own)),
        );
    }

    /// A page's picture is shown where the page is shared, unless it is a drawing.
    fn card(&mut self, at: MakeLocation<'_>, link: &Link) {
        let path = match link {
            Link::To(Target::File(file), _) => file.as_str(),
            Link::Root(url) | Link::External(url) => url.split(['?', '#']).next().unwrap_or(url),
            Link::To(..) | Link::Anchor(_) => return,
        };
        if self.hidden || !path.to_ascii_lowercase().ends_with(".svg") {
            return;
        }
        let message = "social networks show no SVG: where this page is shared, it has no picture";
        let help = "give a PNG, JPEG or WebP as `image`, 1200 pixels wide and 630 high; the drawing can stand in the text";
        self.problems.push(Problem::new(Code::UnsharedPicture, at(), message).help(help));
    }

    /// A film without captions says nothing to readers who do not hear it.
    fn captions(&mut self, at: MakeLocation<'_>, out: &OutPath) {
        let is_film = MediaKind::of_name(out.as_str()) == Some(MediaKind::Video);
        if self.hidden || !is_film {
            return;
        }
        let name = out.as_str().rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let near = self.site.near_captions(out);
        for file in &near {
            let (message, help) = match file.to_ascii_lowercase().ends_with(".vtt") {
                true => (
                    format!(
                        "`{file}` is passed over: its name says no language that browsers know"
                    ),
                    format!("name it `{stem}.vtt`, or for its language, such as `{stem}.ja.vtt`"),
                ),
                false => (
                    format!("`{file}` is passed over: browsers show captions as WebVTT alone"),
                    format!(
                        "convert it, such as by `ffmpeg -i {file} {}.vtt`",
                        file.rsplit_once('.')
                            .filter(|_| file.starts_with(&format!("{stem}.")))
                            .map_or(stem, |(whole, _)| whole)
                    ),
                ),
            };
            self.problems.push(Problem::new(Code::MissingCaptions, at(), message).help(help));
        }
        if !near.is_empty() || !self.site.media_parts(out).captions.is_empty() {
            return;
        }
        let message =
            format!("`{name}` has no captions: readers who do not hear it miss what is said");
        let help = format!(
            "put captions (WebVTT) beside it as `{stem}.vtt`, and in other languages as `{stem}.ja.vtt`"
        );
        self.problems.push(Problem::new(Code::MissingCaptions, at(), message).help(help));
    }

    fn image(&mut self, at: MakeLocation<'_>, link: &Link) {
        let site = self.site;
        match link {
            Link::To(Target::File(file), _) => {
                let found = site.resolve(&Target::File(file.clone()));
                match found {
                    Resolution::Asset(out) => return self.captions(at, &out),
                    Resolution::Broken => return,
                    Resolution::NotPublic if self.hidden => return,
                    _ => {}
                }
                let at = at();
                // What lies beside a draft is left out with it, and not for what it is.
                let left_out = site.left_out(file).filter(|_| found == Resolution::Unknown);
                self.problems.push(match left_out {
                    Some(left_out) => {
                        let help = left_out.help(Some(&at.file));
                        Problem::new(Code::ImageNotFound, at, left_out.message()).help(help)
                    }
                    None if is_set_aside(file.as_str()) => {
                        Problem::new(Code::ImageNotFound, at, format!("no {} `{file}`", noun(link)))
                            .label("looked here, relative to the file")
                            .help(SET_ASIDE)
                    }
                    None => {
                        let example = match MediaKind::of_link(link) {
                            Some(MediaKind::Video) => "film.mp4",
                            Some(MediaKind::Audio) => "speech.mp3",
                            None => "picture.jpg",
                        };
                        let help = format!(
                            "put it in the page's own folder (`articles/ID/index.md` beside `{example}`), \
                                    or under static/ and write its path from the root"
                        );
                        let message = format!("no {} `{file}`", noun(link));
                        Problem::new(Code::ImageNotFound, at, message)
                            .label("looked here, relative to the file")
                            .help(help)
                    }
                });
            }
            Link::Root(url) => match root(site, url) {
                Root::There(out) => self.captions(at, &out),
                Root::Broken => {}
                Root::Hidden if self.hidden => {}
                Root::Hidden => self.not_public(at, url),
                Root::Missing(out) => {
                    let (message, help) = missing_picture(site, url, out.as_ref());
                    self.problems.push(Problem::new(Code::ImageNotFound, at(), message).help(help));
                }
            },
            _ => {}
        }
    }
}

/// Where a page's picture should be, a film, a recording, a document, or the address of a page that shows one.
fn no_picture(at: MakeLocation<'_>, link: &Link) -> Option<Problem> {
    let what = match (MediaKind::of_link(link), Outside::of_link(link)) {
        (Some(MediaKind::Video), _) => "a film".to_owned(),
        (Some(MediaKind::Audio), _) => "a recording".to_owned(),
        (None, Some(outside)) => format!("the address of a page of {}", outside.host),
        (None, None) => match Unshown::of_link(link)? {
            Unshown::Media(MediaKind::Video) => "a film".to_owned(),
            Unshown::Media(MediaKind::Audio) => "a recording".to_owned(),
            Unshown::Page(host) => format!("the address of a page of {host}"),
            Unshown::Picture => {
                let message = format!("few browsers show the picture `{}`", written(link)?);
                let help = "save it as JPEG, PNG or WebP, and name that as `image`";
                return Some(Problem::new(Code::ImageNotFound, at(), message).help(help));
            }
            Unshown::Document => {
                let message = format!("`{}` is no picture", written(link)?);
                let help = "give a PNG, JPEG or WebP as `image`, and link to this in the text";
                return Some(Problem::new(Code::ImageNotFound, at(), message).help(help));
            }
        },
    };
    let written = written(link)?;
    let message = format!("`{written}` is {what}, which is no picture");
    let help = format!(
        "give a PNG, JPEG or WebP as `image`, and show this in the text: `![what it shows]({written})`"
    );
    Some(Problem::new(Code::ImageNotFound, at(), message).help(help))
}

/// A picture's path or URL, as messages have it.
fn written(link: &Link) -> Option<&str> {
    match link {
        Link::To(Target::File(file), _) => Some(file.file_name()),
        Link::Root(url) | Link::External(url) => Some(url),
        Link::To(..) | Link::Anchor(_) => None,
    }
}

/// What is wrong with the path of a picture at which there is nothing, and what to write.
fn missing_picture(site: &Site, url: &str, out: Option<&OutPath>) -> (String, String) {
    let noun = MediaKind::of_name(url.split(['?', '#']).next().unwrap_or_default())
        .map_or("picture", MediaKind::noun);
    let message = format!("no {noun} `{url}`");
    let Some(out) = out else {
        return (message, "write the path of a file below static/".into());
    };
    match (site.left_out_at(out), without_static(site, out)) {
        (Some(left_out), _) => (left_out.message(), left_out.help(None)),
        (None, Some(near)) => (message, near),
        (None, None) => (message, format!("put it there as static/{out}, or correct the path")),
    }
}

/// What is written as a picture, as messages call it.
fn noun(link: &Link) -> &'static str {
    MediaKind::of_link(link).map_or("picture", MediaKind::noun)
}

/// The help for a reference to a file whose name keeps it out of the content.
const SET_ASIDE: &str = "files and folders whose names begin with `_` are not content: rename it";

/// What to write for an id that nothing has a name like.
fn without_a_near_one(id: &str, folder: &str) -> String {
    if EntityId::new(id).is_err() {
        "ids are lower-case letters and digits joined by `-`: correct the id".into()
    } else if folder == "content/" {
        format!("correct the id, or write the page that has it, such as content/players/{id}.md")
    } else {
        format!("write {folder}{id}.md, or correct the id")
    }
}
