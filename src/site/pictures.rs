//! The pictures that pages show, and which files are made of each: in the widths in which screens show it, and square for
//! a face.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::base::{Digest, Hasher, OutPath, SourcePath, UrlPath};
use crate::content::document::Details;
use crate::content::media::{MediaKind, MediaPart, stem};
use crate::content::model::Focus;
use crate::content::outside::Outside;
use crate::content::reference::{Link, Target};
use crate::diag::{Code, Location};

use super::{Asset, Problem, Site};

/// The widths in pixels in which a picture is published.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1800];

/// The width in pixels above which a picture is made smaller at its own address too.
const WIDEST: u32 = 2_000;

/// The bytes above which a picture that goes out as it is, is too large.
const LARGEST: u64 = 1_000_000;

/// The number of pixels above which no picture is read: 64 million take 256 MB of memory.
pub const MOST_PIXELS: u64 = 64_000_000;

/// The greatest height of a WebP.
const HIGHEST: u32 = 16_383;

/// The side in pixels of the picture that stands for a player: three times that of the place where it is shown.
const FACE: u32 = 132;

/// A number in the names of what is made; another for every change of what comes out.
pub const RECIPE: u8 = 1;

/// A format in which pictures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

/// What is known of a picture among the files of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureFile {
    /// The digest of its bytes.
    pub digest: Digest,
    /// How many bytes it has.
    pub length: u64,
    /// Width and height in pixels, as browsers show it; none for a file that is no picture.
    pub size: Option<(u32, u32)>,
    /// Its format; none for one that is not scaled: an animation, a picture in colours for print.
    pub format: Option<PictureFormat>,
}

/// The pictures among the files of a site, sorted by path.
pub type PictureFiles = Vec<(SourcePath, PictureFile)>;

/// How a picture is made of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// The place around which it is cut to the shape of width and height; none for the whole picture.
    pub focus: Option<Focus>,
    /// The format in which it is written.
    pub format: PictureFormat,
}

/// A file that is made of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Where it is written: its name changes with its bytes.
    pub out: OutPath,
    /// How it is made.
    pub scaled: Scaled,
}

/// What is published of a picture that pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPicture {
    /// Width and height in pixels of what is at its own address.
    pub size: (u32, u32),
    /// What is at its own address; none for the file itself, without metadata.
    pub own: Option<Scaled>,
    /// The same picture as WebP, the narrowest first.
    pub webp: Vec<Rendition>,
    /// Squares that stand for players.
    pub faces: Vec<Rendition>,
}

impl ShownPicture {
    /// Every file that is made of it beside the one at its own address.
    pub fn renditions(&self) -> impl Iterator<Item = &Rendition> {
        self.webp.iter().chain(&self.faces)
    }

    /// The square around a place.
    pub fn face(&self, focus: Focus) -> Option<&Rendition> {
        self.faces.iter().find(|face| face.scaled.focus == Some(focus))
    }
}

/// What is known of the pictures of a site.
#[derive(Debug, Default)]
pub struct Pictures {
    files: Arc<PictureFiles>,
    shown: FxHashMap<OutPath, ShownPicture>,
}

impl Pictures {
    /// Width and height in pixels of a published file, as it is published.
    pub fn size(&self, asset: &Asset) -> Option<(u32, u32)> {
        match self.shown.get(&asset.out) {
            Some(shown) => Some(shown.size),
            None => file(&self.files, asset.source.as_ref()?)?.size,
        }
    }

    /// What is made of the published file at a path.
    pub fn shown(&self, out: &OutPath) -> Option<&ShownPicture> {
        self.shown.get(out)
    }

    /// Decides of every picture that public pages show what is made of it.
    pub(super) fn new(
        site: &Site,
        files: &Arc<PictureFiles>,
        is_trusted: bool,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut pictures = Self { files: files.clone(), shown: FxHashMap::default() };
        let uses = Uses::new(site, files);
        for (at, asset) in site.published.iter().enumerate() {
            let is_seen = uses.shown.contains(&at) || uses.posters.contains(&at);
            let Some(source) = asset.source.as_ref().filter(|_| is_seen) else {
                continue;
            };
            let Some(known) = file(files, source) else { continue };
            // A drawing has every size.
            let is_drawing = source.as_str().to_ascii_lowercase().ends_with(".svg");
            let Some(size) = known.size.filter(|_| !is_drawing) else {
                problems.extend((!is_drawing).then(|| no_picture(source)));
                continue;
            };
            // A player takes one picture, at its own address.
            if !uses.shown.contains(&at) {
                problems.extend(too_large(source, known, size));
                continue;
            }
            // The HTML of trusted authors may lead to it too.
            let is_linked = is_trusted || uses.linked.contains(&at);
            let focuses = uses.faces.get(&at).map_or(&[][..], |focuses| focuses);
            match made(&asset.out, known, size, is_linked, focuses) {
                Some(shown) => drop(pictures.shown.insert(asset.out.clone(), shown)),
                None => problems.extend(too_large(source, known, size)),
            }
        }
        pictures
    }
}

/// What is known of a file.
fn file<'a>(files: &'a PictureFiles, path: &SourcePath) -> Option<&'a PictureFile> {
    let at = files.binary_search_by(|(file, _)| file.cmp(path)).ok()?;
    Some(&files[at].1)
}

/// What is made of a picture; none for one that goes out as it is.
fn made(
    out: &OutPath,
    known: &PictureFile,
    (width, height): (u32, u32),
    is_linked: bool,
    focuses: &[Focus],
) -> Option<ShownPicture> {
    let format = known.format.filter(|_| cfg!(feature = "pictures"))?;
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let in_width = |to: u32, format| {
        let scaled = u64::from(height) * u64::from(to) + u64::from(width) / 2;
        let scaled = (scaled / u64::from(width)).max(1);
        Scaled { width: to, height: scaled as u32, focus: None, format }
    };
    let mut webp = Vec::new();
    if width > WIDTHS[0] {
        let last = width.min(WIDTHS[WIDTHS.len() - 1]);
        // One that is hardly narrower than the next is not worth a file.
        let widths = WIDTHS.into_iter().filter(|to| u64::from(*to) * 10 < u64::from(last) * 9);
        for to in widths.chain([last]) {
            let scaled = in_width(to, PictureFormat::WebP);
            if scaled.height > HIGHEST {
                return None;
            }
            webp.push(rendition(out, known, scaled, &format!("w{to}"))?);
        }
    }
    let side = width.min(height).min(FACE);
    let square = |focus: &Focus| {
        let scaled = Scaled { width: side, height: side, focus: Some(*focus), format };
        rendition(out, known, scaled, "face")
    };
    let faces = focuses.iter().filter_map(square).collect();
    let own = (width > WIDEST && !is_linked).then(|| in_width(WIDTHS[3], format));
    let size = own.map_or((width, height), |own| (own.width, own.height));
    Some(ShownPicture { size, own, webp, faces })
}

/// A file that is made of a picture, beside it: `photo.w800.0a1b2c3d.webp`.
fn rendition(out: &OutPath, known: &PictureFile, scaled: Scaled, word: &str) -> Option<Rendition> {
    let path = out.as_str();
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let ending = match scaled.format {
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Png => "png",
        PictureFormat::WebP => "webp",
    };
    let focus = scaled.focus.map_or([0; 2], |focus| [focus.x, focus.y]);
    let sides = [scaled.width, scaled.height].map(u32::to_be_bytes).concat();
    // Of two files with one name before the ending, each has its own.
    let digest = Hasher::new()
        .part(path.as_bytes())
        .raw(&known.digest.to_bytes())
        .raw(&[RECIPE])
        .raw(&focus)
        .raw(&sides)
        .finish();
    let digest = &digest.to_string()[..8];
    let out = OutPath::new(&format!("{stem}.{word}.{digest}.{ending}")).ok()?;
    Some(Rendition { out, scaled })
}

/// What pages do with the published files, by their places in the list of those.
#[derive(Default)]
struct Uses {
    shown: FxHashSet<usize>,
    /// Those that stand for films until they play.
    posters: FxHashSet<usize>,
    linked: FxHashSet<usize>,
    /// Of the pictures of players, the places around which they are cut.
    faces: FxHashMap<usize, Vec<Focus>>,
}

impl Uses {
    fn new(site: &Site, files: &PictureFiles) -> Self {
        let mut uses = Self::default();
        if files.is_empty() {
            return uses;
        }
        let mut outs: FxHashMap<&OutPath, usize> = FxHashMap::default();
        for (at, asset) in site.published.iter().enumerate() {
            if asset.source.as_ref().is_some_and(|source| file(files, source).is_some()) {
                outs.insert(&asset.out, at);
            }
        }
        let place = |link: &Link| outs.get(&published(site, link)?).copied();
        let mut films: FxHashSet<String> = FxHashSet::default();
        for page in &site.pages {
            let summary = &page.summary;
            uses.shown.extend(summary.pictures.iter().filter_map(place));
            for link in &summary.pictures {
                if MediaKind::of_link(link) == Some(MediaKind::Video) {
                    films.extend(published(site, link).map(|out| stem(out.as_str()).to_owned()));
                } else if let Some(outside) = Outside::of_link(link) {
                    let picture = site.outside_picture(page.path.folder(), &outside);
                    let asset = picture.and_then(|file| site.asset(&file));
                    uses.shown.extend(asset.and_then(|asset| outs.get(&asset.out)));
                }
            }
            uses.linked.extend(summary.files.iter().filter_map(place));
            for reference in &summary.references {
                if let Target::File(file) = &reference.to {
                    let asset = site.asset(file);
                    uses.linked.extend(asset.and_then(|asset| outs.get(&asset.out)));
                }
            }
            let Some(picture) = &summary.image else { continue };
            let Some(at) = place(&picture.src) else { continue };
            uses.shown.insert(at);
            if matches!(summary.details, Details::Player(_)) {
                let focuses = uses.faces.entry(at).or_default();
                if !focuses.contains(&picture.focus()) {
                    focuses.push(picture.focus());
                }
            }
        }
        uses.posters = posters(site, &films);
        uses
    }
}

/// Where the file would be that a link leads to.
fn published(site: &Site, link: &Link) -> Option<OutPath> {
    match link {
        Link::To(Target::File(file), _) => Some(site.asset(file)?.out.clone()),
        Link::Root(url) => {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            UrlPath::out(path).ok()
        }
        Link::To(..) | Link::Anchor(_) | Link::External(_) => None,
    }
}

/// The best picture beside each film.
fn posters(site: &Site, films: &FxHashSet<String>) -> FxHashSet<usize> {
    let mut best: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    if films.is_empty() {
        return FxHashSet::default();
    }
    for (at, asset) in site.published.iter().enumerate() {
        for (stem, part) in MediaPart::of_path(asset.out.as_str()) {
            if let MediaPart::Poster(place) = part
                && films.contains(stem)
            {
                let known = best.entry(stem).or_insert((place, at));
                *known = (place, at).min(*known);
            }
        }
    }
    best.into_values().map(|(_, at)| at).collect()
}

fn no_picture(source: &SourcePath) -> Problem {
    let message = format!("`{source}` is no picture that can be read");
    Problem::new(Code::BadPicture, Location::file(source), message)
        .help("save it again as JPEG, PNG, WebP or GIF, under a name that says which")
}

/// What to say of a picture that goes out as it is, if that is too much for a reader.
fn too_large(source: &SourcePath, known: &PictureFile, size: (u32, u32)) -> Option<Problem> {
    let (width, height) = size;
    if width <= WIDEST && known.length <= LARGEST {
        return None;
    }
    let megabytes = known.length.div_ceil(100_000);
    let (whole, part) = (megabytes / 10, megabytes % 10);
    let message = format!(
        "`{source}` is published as large as it is: {width} × {height} pixels, {whole}.{part} MB"
    );
    let help = match cfg!(feature = "pictures") {
        true => "save it at most 2000 pixels wide",
        false => {
            "save it at most 2000 pixels wide, or build with a `briefing` that has the feature `pictures`"
        }
    };
    Some(Problem::new(Code::LargePicture, Location::file(source), message).help(help))
}
