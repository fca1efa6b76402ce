//! One output: everything that the rest of the program needs to know of what a site emits at one path.

use crate::base::{MediaType, OutPath, Phase, SourcePath};

use crate::content::kind::Kind;

use super::{
    Embedded, FactIx, IndexKind, Outputs, Owner, PageIx, Rendition, RestKind, Scaled, Site,
    SourceIx, TopicIx,
};

/// One thing that a site emits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it is written; its URL follows from it.
    pub path: OutPath,
    /// Its kind.
    pub kind: KindIx,
    /// The number of the language to which it belongs; 0, the first, for what belongs to all.
    pub edition: usize,
    /// The media type with which it is served.
    pub media_type: MediaType,
    /// When it becomes visible at a target.
    pub phase: Phase,
    /// Whether its name changes with its bytes, so that clients may keep it for ever.
    pub is_immutable: bool,
    /// Whether sitemaps and search list it.
    pub is_listed: bool,
    /// Whether other sites may show it in a frame.
    pub is_embed: bool,
    /// What makes its bytes.
    pub producer: Producer,
}

/// What makes the bytes of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Producer {
    /// A view and its template.
    Page(Subject),
    /// A view and its template, which is an SVG, drawn: a PNG.
    Drawing(Subject),
    /// A function from the site, and the texts that it names, to bytes.
    Data(Subject),
    /// The page that says where another has moved: a page of content, of a figure or of a shared source.
    Redirect(Subject),
    /// A file as it is, by its place in [`Whole::published`](super::Whole::published).
    File(usize),
    /// A file that is made of another.
    Derived {
        /// The place in [`Whole::published`](super::Whole::published) of the file that it is made of.
        file: usize,
        /// What is done with that.
        operation: Operation,
    },
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A picture without what a camera or an editor wrote into it about the place, the time, the people and the device.
    /// Its pixels, its colour profile and which way up it is stay.
    WithoutMetadata,
    /// A picture in another size, without all of that.
    Scaled(Scaled),
    /// A PNG as an icon (ICO) that has it inside, without what is not its pixels.
    Icon,
}

/// What a page or a data output is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The site.
    Site,
    /// A page of content; topics are [`Subject::Topic`].
    Page(PageIx),
    /// A topic, with or without a page of content.
    Topic(TopicIx),
    /// A figure.
    Fact(FactIx),
    /// A shared source.
    Source(SourceIx),
    /// A page of an index; 0 is the first.
    Index(IndexKind, usize),
    /// A page of the index of figures, narrowed to those of a topic; 0 is the first.
    Figures(TopicIx, usize),
    /// A page of the index of articles, narrowed to those of a year; 0 is the first.
    Year(i16, usize),
    /// A page of a long list that another page begins.
    Rest(Owner, RestKind, usize),
    /// What other sites show in a frame.
    Embed(Embedded),
    /// A part of what does not fit into one output; 0 is the first.
    Part(usize),
}

/// A kind of output, by its place in the list of kinds that the site was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KindIx(pub u8);

impl KindIx {
    /// The files that are published as they are. No list of kinds is as long.
    pub const FILE: Self = Self(u8::MAX);
}

/// A kind of output: what the site must know to give its outputs their paths. Each kind is registered once, in a file
/// of its own.
#[derive(Debug)]
pub struct OutputKind {
    /// The word for it in manifests, and for templates: `article`.
    pub name: &'static str,
    /// When its outputs become visible at a target.
    pub phase: Phase,
    /// Which outputs there are.
    pub outputs: Which,
}

/// The outputs of a kind.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// They follow from the site: asked once for each of its languages.
    OfSite(fn(site: &Site, add: &mut Add<'_>)),
    /// They follow from the outputs of all other kinds, in all languages: asked once. At a path that one of those has
    /// there is none.
    OfOutputs(fn(site: &Site, others: &Outputs, add: &mut Add<'_>)),
}

/// Takes the outputs of one kind.
pub struct Add<'a> {
    kind: KindIx,
    edition: usize,
    phase: Phase,
    to: &'a mut Vec<Output>,
}

impl<'a> Add<'a> {
    /// Takes the outputs in one language of the kind at a place in the list of kinds.
    pub(super) fn new(
        at: usize,
        kind: &OutputKind,
        edition: usize,
        to: &'a mut Vec<Output>,
    ) -> Self {
        let at = u8::try_from(at).expect("there are not as many kinds");
        Self { kind: KindIx(at), edition, phase: kind.phase, to }
    }
}

impl Add<'_> {
    /// A page that sitemaps and search list, or not.
    pub fn page(&mut self, path: OutPath, subject: Subject, is_listed: bool) {
        self.add(path, Producer::Page(subject), is_listed);
    }

    /// A page that other sites may show in a frame.
    pub fn embed(&mut self, path: OutPath, subject: Subject) {
        self.add(path, Producer::Page(subject), false);
        self.to.last_mut().expect("it was added").is_embed = true;
    }

    /// Some of the pages of content in the site's language.
    pub fn content(&mut self, site: &Site, is_one: impl Fn(PageIx) -> bool) {
        for (at, page) in site.pages.iter().enumerate() {
            let ix = PageIx(at as u32);
            if !site.is_foreign(ix) && is_one(ix) {
                self.page(page.out.clone(), Subject::Page(ix), page.state.is_listed());
            }
        }
    }

    /// Every page of content of a kind.
    pub fn content_of(&mut self, site: &Site, kind: Kind) {
        self.content(site, |ix| site.page(ix).summary.kind == kind);
    }

    /// A data output.
    pub fn data(&mut self, path: OutPath, subject: Subject) {
        self.add(path, Producer::Data(subject), false);
    }

    /// A picture that a view and a template make.
    pub fn drawing(&mut self, path: OutPath, subject: Subject) {
        self.add(path, Producer::Drawing(subject), false);
    }

    /// A data output whose name changes with its bytes.
    pub fn fingerprinted(&mut self, path: OutPath, subject: Subject) {
        self.data(path, subject);
        if let Some(output) = self.to.last_mut() {
            output.is_immutable = true;
        }
    }

    /// A page that says where another has moved.
    pub fn redirect(&mut self, path: OutPath, to: Subject) {
        self.add(path, Producer::Redirect(to), false);
    }

    fn add(&mut self, path: OutPath, producer: Producer, is_listed: bool) {
        let media_type = MediaType::of(&path);
        let (kind, edition, phase) = (self.kind, self.edition, self.phase);
        self.to.push(Output {
            path,
            kind,
            edition,
            media_type,
            phase,
            is_immutable: false,
            is_listed,
            is_embed: false,
            producer,
        });
    }
}

impl Output {
    /// A file of the site or of the theme, by its place in [`Whole::published`](super::Whole::published).
    pub fn file(path: OutPath, at: usize) -> Self {
        let media_type = MediaType::of(&path);
        let producer = match media_type.essence() {
            "image/apng" | "image/jpeg" | "image/png" | "image/webp" => {
                Producer::Derived { file: at, operation: Operation::WithoutMetadata }
            }
            _ => Producer::File(at),
        };
        Self {
            kind: KindIx::FILE,
            edition: 0,
            media_type,
            phase: phase_of_file(&path, media_type),
            is_immutable: !media_type.is_html() && is_fingerprinted(&path),
            is_listed: false,
            is_embed: false,
            producer,
            path,
        }
    }

    /// What is made of a picture, by the place of that in [`Whole::published`](super::Whole::published).
    pub(super) fn rendition(rendition: &Rendition, of: usize) -> Self {
        let operation = Operation::Scaled(rendition.scaled);
        Self {
            is_immutable: true,
            producer: Producer::Derived { file: of, operation },
            ..Self::file(rendition.out.clone(), of)
        }
    }

    /// What is made of such a file, at another path.
    pub(super) fn derived(path: OutPath, file: usize, operation: Operation) -> Self {
        Self { producer: Producer::Derived { file, operation }, ..Self::file(path, file) }
    }

    /// What it is about; none for files.
    pub fn subject(&self) -> Option<Subject> {
        match self.producer {
            Producer::Page(subject)
            | Producer::Drawing(subject)
            | Producer::Data(subject)
            | Producer::Redirect(subject) => Some(subject),
            Producer::File(_) | Producer::Derived { .. } => None,
        }
    }

    /// The place in [`Whole::published`](super::Whole::published) of the file that is published here, as it is or as what
    /// is made of it.
    pub fn published(&self) -> Option<usize> {
        match self.producer {
            Producer::File(at) | Producer::Derived { file: at, .. } => Some(at),
            Producer::Page(_)
            | Producer::Drawing(_)
            | Producer::Data(_)
            | Producer::Redirect(_) => None,
        }
    }

    /// The page of content that it shows, begins with or leads to. `site` is that of the first language.
    pub fn content(&self, site: &Site) -> Option<PageIx> {
        match self.subject()? {
            Subject::Page(ix) | Subject::Rest(Owner::Player(ix), ..) => Some(ix),
            Subject::Topic(ix) | Subject::Figures(ix, _) | Subject::Rest(Owner::Topic(ix), ..) => {
                site.in_edition(self.edition).topic(ix).page
            }
            Subject::Fact(_) | Subject::Rest(Owner::Fact(_), ..) => None,
            Subject::Source(_) | Subject::Rest(Owner::Source(_), ..) => None,
            Subject::Embed(Embedded::Player(ix)) => Some(ix),
            Subject::Embed(Embedded::Question(question)) => Some(question.page),
            Subject::Embed(Embedded::Fact(_)) => None,
            Subject::Site | Subject::Index(..) | Subject::Year(..) | Subject::Part(_) => None,
        }
    }

    /// The file of the site that it is made from, if it is made from one.
    pub fn source<'a>(&self, site: &'a Site) -> Option<&'a SourcePath> {
        match self.published() {
            Some(at) => site.published.get(at)?.source.as_ref(),
            None => self.content(site).map(|page| &site.page(page).path),
        }
    }

    /// Whether it is a page that only says where another has moved.
    pub fn is_redirect(&self) -> bool {
        matches!(self.producer, Producer::Redirect(_))
    }

    /// Whether it is a picture that a view and a template make.
    pub fn is_drawn(&self) -> bool {
        matches!(self.producer, Producer::Drawing(_))
    }

    /// Whether its links are checked: those of what the program writes itself.
    pub fn is_checked(&self) -> bool {
        self.published().is_none() && !self.is_drawn()
    }
}

/// When a file of the site becomes visible: what only the site's author knows is read from its name and type.
fn phase_of_file(path: &OutPath, media_type: MediaType) -> Phase {
    /// What hosts and crawlers read, at the top of a site.
    const CONTROL: [&str; 5] = ["robots.txt", "CNAME", ".nojekyll", "_headers", "_redirects"];
    /// Feeds whose media type does not say so.
    const FEEDS: [&str; 6] =
        ["feed.xml", "atom.xml", "rss.xml", "feed.json", "index.xml", "index.json"];
    let text = path.as_str();
    let name = text.rsplit('/').next().unwrap_or_default();
    let essence = media_type.essence();
    let is_sitemap = text.starts_with("sitemap") && text.ends_with(".xml");
    if CONTROL.contains(&text) || is_sitemap || text.starts_with(".well-known/") {
        Phase::Control
    } else if media_type.is_html() {
        Phase::Page
    } else if FEEDS.contains(&name)
        || matches!(essence, "application/atom+xml" | "application/rss+xml")
    {
        Phase::List
    } else if matches!(essence.split('/').next(), Some("image" | "font"))
        || matches!(
            essence,
            "text/css" | "text/javascript" | "application/wasm" | "application/manifest+json"
        )
        || name.ends_with(".map")
    {
        Phase::Asset
    } else {
        Phase::Data
    }
}

/// `style.3fa9c2d1.css`: eight hexadecimal digits or more before the extension.
fn is_fingerprinted(path: &OutPath) -> bool {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    stem.rsplit_once(['.', '-']).is_some_and(|(before, print)| {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        !before.is_empty()
            && (8..=64).contains(&print.len())
            && print.bytes().all(hex)
            && print.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::{Output, Phase};
    use crate::base::OutPath;

    fn file(path: &str) -> Output {
        Output::file(OutPath::new(path).expect("a valid path"), 0)
    }

    /// Every row of every table, and what is in none.
    #[test]
    fn names_and_types_say_when_a_file_becomes_visible() {
        for (phase, paths) in [
            (
                Phase::Asset,
                "a.css a.js a.mjs a.wasm a.woff a.woff2 a.ttf a.otf a.png a.jpg a.jpeg a.gif a.webp \
                 a.avif a.svg a.ico a.css.map a.webmanifest A.PNG x/y/a.Css",
            ),
            (
                Phase::Data,
                "a.pdf a.zip a.json a.geojson a.csv a.txt a.md a.mp3 a.mp4 a.webm a.xml a.xyz a/robots.txt \
                 a/CNAME a/_headers sitemap.html.txt a/sitemap.xml well-known/a",
            ),
            (Phase::Page, "a.html a/index.html a.htm sub/404.html"),
            (
                Phase::List,
                "a.atom a.rss feed.xml topics/a/atom.xml rss.xml feed.json index.xml index.json",
            ),
            (
                Phase::Control,
                "robots.txt CNAME .nojekyll _headers _redirects sitemap.xml sitemap-2.xml \
                 .well-known/security.txt",
            ),
        ] {
            for path in paths.split(' ') {
                assert_eq!(file(path).phase, phase, "{path}");
            }
        }
    }

    #[test]
    fn a_name_that_changes_with_the_bytes() {
        for (name, is_immutable) in [
            ("a.0a1b2c3d.css", true),
            ("a-0a1b2c3d.css", true),
            ("b/a.0a1b2c3d.pdf", true),
            ("a.0a1b2c3.css", false),
            ("a.01234567.css", false),
            ("report-20260101.pdf", false),
            ("a.0A1B2C3D.css", false),
            ("a.0a1b2c3g.css", false),
            (".0a1b2c3d.css", false),
            ("0a1b2c3d", false),
            // A page is never out of date in a reader's browser.
            ("a.0a1b2c3d.html", false),
        ] {
            assert_eq!(file(name).is_immutable, is_immutable, "{name}");
        }
    }
}
