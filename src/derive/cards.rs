//! Pictures of pages for where they are shared: an SVG drawn as a PNG, in faces that come along.
//!
//! No face of the machine is looked at, and no file: the same text gives the same picture everywhere.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, Language, Source, Stretch, Style, Weight};
use resvg::{tiny_skia, usvg};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_linebreak::linebreaks;

use crate::base::{Digest, Hasher};
use crate::view::card::{CardFace, CardTypesetter, SetLines};

/// The theme's faces by the names of their families, as browsers are sent them.
pub type ThemeFaces<'a> = [(&'static str, &'a [u8]); 2];

/// The weights in which texts are measured: of titles, texts and labels.
const WEIGHTS: [f32; 3] = [600.0, 400.0, 600.0];

/// The most pixels of a picture: a template of the site may say another size.
const MOST_PIXELS: u32 = 4_000_000;

/// The faces of cards.
pub struct CardFaces {
    /// The theme's two faces, and then that of the site.
    faces: Vec<Arc<Vec<u8>>>,
    database: Arc<Database>,
    /// The digest of the site's own face.
    own: Option<Digest>,
}

impl CardFaces {
    /// Those of the theme, and one of the site's own for letters that they lack.
    ///
    /// # Errors
    /// That the site's own is none.
    pub fn new(theme: ThemeFaces<'_>, own: Option<&[u8]>) -> (Self, Result<(), String>) {
        let mut faces = Vec::new();
        let mut database = Database::new();
        for (family, bytes) in theme {
            let bytes = wuff::decompress_woff2_with_custom_brotli(bytes, &mut |bytes, length| {
                let mut text = Vec::with_capacity(length);
                brotli::BrotliDecompress(&mut &*bytes, &mut text)?;
                Ok(text)
            });
            let bytes = Arc::new(bytes.expect("the theme's faces are sound"));
            database.push_face_info(face(family, &bytes));
            faces.push(bytes);
        }
        let mut found = Ok(());
        if let Some(own) = own {
            match FontRef::from_index(own, 0) {
                Ok(_) => {
                    let bytes = Arc::new(own.to_vec());
                    database.push_face_info(face("card", &bytes));
                    faces.push(bytes);
                }
                Err(error) => found = Err(error.to_string()),
            }
        }
        database.set_serif_family("Newsreader");
        database.set_sans_serif_family("Public Sans");
        let own = own.filter(|_| found.is_ok()).map(Digest::of);
        (Self { faces, database: Arc::new(database), own }, found)
    }

    /// What a picture depends on: the text of its SVG, and the faces.
    pub fn key(&self, svg: &str) -> Digest {
        // Another number for every change of what comes out.
        let mut hasher = Hasher::new();
        hasher.part(b"card/1").part(svg.as_bytes());
        if let Some(own) = self.own {
            hasher.raw(&own.to_bytes());
        }
        hasher.finish()
    }

    /// Draws an SVG as a PNG without transparency: what shines through is white.
    ///
    /// # Errors
    /// Why it cannot be drawn, as the end of a sentence.
    pub fn draw(&self, svg: &str) -> Result<Vec<u8>, String> {
        let mut options = usvg::Options {
            fontdb: self.database.clone(),
            font_family: "Newsreader".into(),
            ..usvg::Options::default()
        };
        // A template reaches no file.
        options.image_href_resolver.resolve_string = Box::new(|_, _| None);
        let tree = usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
        let size = tree.size().to_int_size();
        let (width, height) = (size.width(), size.height());
        if width.saturating_mul(height) > MOST_PIXELS {
            return Err(format!("it has {width} × {height} pixels"));
        }
        let pixels = tiny_skia::Pixmap::new(width, height);
        let mut pixels = pixels.ok_or("it has no size")?;
        pixels.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
        let bytes: Vec<u8> = pixels
            .data()
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        png(&bytes, width, height).map_err(|error| error.to_string())
    }

    /// The width of each letter, for a size of one pixel: in the face in which the text is set, or in one that stands in.
    fn widths(&self, face: CardFace) -> impl Fn(char) -> Option<f32> + '_ {
        let read = self.faces.iter().filter_map(|bytes| FontRef::from_index(bytes, 0).ok());
        let mut fonts: Vec<_> = read
            .map(|font| {
                let location = font.axes().location([("wght", WEIGHTS[face as usize])]);
                (font, location)
            })
            .collect();
        if face == CardFace::Sans {
            fonts.swap(0, 1);
        }
        move |letter| {
            // What joins letters or keeps them apart, and variants of signs, have no width of their own.
            if matches!(letter, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}') {
                return Some(0.0);
            }
            fonts.iter().find_map(|(font, location)| {
                let glyph = font.charmap().map(letter)?;
                let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::from(location));
                metrics.advance_width(glyph)
            })
        }
    }
}

impl CardTypesetter for CardFaces {
    fn width(&self, text: &str, face: CardFace, size: f32) -> Option<f32> {
        let width = self.widths(face);
        text.chars().map(width).try_fold(0.0, |sum, width| Some(sum + width? * size))
    }

    fn lines(&self, text: &str, face: CardFace, size: f32, width: f32) -> Option<SetLines> {
        let widths = self.widths(face);
        let measure = |text: &str| -> Option<f32> {
            text.chars().map(&widths).try_fold(0.0, |sum, width| Some(sum + width? * size))
        };
        // What stands between two places at which a line may end, with the white space behind it.
        let mut parts: Vec<(&str, f32, f32)> = Vec::new();
        let (mut from, mut is_broken) = (0, false);
        for (to, _) in linebreaks(text) {
            let part = &text[from..to];
            from = to;
            let seen = part.trim_end();
            let (own, whole) = (measure(seen)?, measure(part.trim_end_matches(['\n', '\r']))?);
            if own > width {
                is_broken = true;
                for (at, letter) in part.char_indices() {
                    let letter = &part[at..at + letter.len_utf8()];
                    let wide = measure(letter)?;
                    parts.push((letter, wide, wide));
                }
            } else {
                parts.push((part, own, whole));
            }
        }
        let few = broken(&parts, width);
        // The narrowest column that needs no more lines makes them even.
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..8 {
            let middle = f32::midpoint(narrow, wide);
            match broken(&parts, middle).len() <= few.len()
                && parts.iter().all(|part| part.1 <= middle)
            {
                true => wide = middle,
                false => narrow = middle,
            }
        }
        Some(SetLines { lines: broken(&parts, wide), is_broken })
    }

    fn lacks(&self, text: &str) -> Option<char> {
        let width = self.widths(CardFace::Serif);
        text.chars().find(|letter| width(*letter).is_none())
    }
}

/// Parts in lines, each as full as can be.
fn broken(parts: &[(&str, f32, f32)], width: f32) -> Vec<String> {
    let (mut lines, mut line, mut filled) = (Vec::new(), String::new(), 0.0);
    for (part, own, whole) in parts {
        if filled + own > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            filled = 0.0;
        }
        line.push_str(part);
        filled += whole;
    }
    lines.extend(Some(line.trim_end().to_owned()).filter(|line| !line.is_empty()));
    lines
}

/// A face under a name that templates know.
fn face(family: &str, bytes: &Arc<Vec<u8>>) -> FaceInfo {
    FaceInfo {
        id: resvg::usvg::fontdb::ID::dummy(),
        source: Source::Binary(bytes.clone()),
        index: 0,
        families: vec![(family.into(), Language::English_UnitedStates)],
        post_script_name: family.into(),
        style: Style::Normal,
        weight: Weight::NORMAL,
        stretch: Stretch::Normal,
        monospaced: false,
    }
}

fn png(bytes: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Even grounds and letters are shorter without a filter, and made in a third of the time.
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(made)
}
