//! Pictures in another size: the only place where pixels are read.
//!
//! What is written has no metadata but its colour profile, and lies the way up in which it is shown.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use fast_image_resize as fir;
use fir::images::Image;
use rustc_hash::FxHashSet;

use crate::content::model::Focus;
use crate::site::{MOST_PIXELS, PictureFormat, Scaled};

use super::webp;

mod read;

/// The number of pixels above which pictures are read one after the other, whatever the number of threads.
const ONE_BY_ONE: u64 = 24_000_000;

/// The quality of what is written with loss, of 100.
const JPEG_QUALITY: u8 = 82;
const WEBP_QUALITY: f32 = 78.0;

/// A picture with no more colours than this is a drawing: without loss it is smaller, and sharp.
const DRAWING: usize = 4_096;

/// Held by the thread that reads a large picture.
static LARGE: Mutex<()> = Mutex::new(());

/// The pixels of a picture, three or four bytes each, from the left to the right and from the top to the bottom.
struct Pixels {
    width: u32,
    height: u32,
    has_alpha: bool,
    bytes: Vec<u8>,
    /// The colour profile of its own, where it has one.
    profile: Option<Vec<u8>>,
}

impl Pixels {
    /// The bytes of one pixel.
    fn depth(&self) -> usize {
        if self.has_alpha { 4 } else { 3 }
    }
}

/// Reads a picture of the size that it is known to have, and makes all of a list of it, in the same order.
///
/// # Errors
/// Why it cannot be read or written, as the end of a sentence.
pub fn scaled(bytes: &[u8], all: &[Scaled]) -> Result<Vec<Vec<u8>>, String> {
    let Some((width, height)) = super::header::header(bytes).size else {
        return Err("it has no size".into());
    };
    let count = u64::from(width) * u64::from(height);
    if count > MOST_PIXELS {
        return Err(format!("it has {width} × {height} pixels"));
    }
    let _one = (count > ONE_BY_ONE).then(|| LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    let Pixels { width, height, has_alpha, bytes, profile } = read::read(bytes)?;
    let kind = if has_alpha { fir::PixelType::U8x4 } else { fir::PixelType::U8x3 };
    let original = Image::from_vec_u8(width, height, bytes, kind);
    let original = original.map_err(|error| error.to_string())?;
    let make = |scaled: &Scaled| {
        let bytes = resized(&original, scaled)?;
        let Scaled { width, height, format, .. } = *scaled;
        let made = Pixels { width, height, has_alpha, bytes, profile: profile.clone() };
        match format {
            PictureFormat::Jpeg => made.jpeg(),
            PictureFormat::Png => made.png(),
            PictureFormat::WebP => made.webp(),
        }
    };
    all.iter().map(make).collect()
}

fn resized(original: &Image<'_>, scaled: &Scaled) -> Result<Vec<u8>, String> {
    let mut made = Image::new(scaled.width, scaled.height, original.pixel_type());
    let filter = fir::ResizeAlg::Convolution(fir::FilterType::CatmullRom);
    let options = fir::ResizeOptions::new().resize_alg(filter);
    let options = match scaled.focus {
        Some(focus) => {
            let (left, top, side) = square(original.width(), original.height(), focus);
            options.crop(left, top, side, side)
        }
        None => options,
    };
    match original.pixel_type() {
        fir::PixelType::U8x4 => resize::<fir::pixels::U8x4>(original, &mut made, &options)?,
        _ => resize::<fir::pixels::U8x3>(original, &mut made, &options)?,
    }
    Ok(made.into_vec())
}

/// Of one kind of pixel: the code for all others would be a tenth of what a first build compiles of this crate.
fn resize<P: fir::PixelTrait>(
    original: &Image<'_>,
    made: &mut Image<'_>,
    options: &fir::ResizeOptions,
) -> Result<(), String> {
    let (Some(from), Some(mut to)) = (original.typed_image::<P>(), made.typed_image_mut::<P>())
    else {
        return Err(fir::ResizeError::PixelTypesAreDifferent.to_string());
    };
    let done = fir::Resizer::new().resize_typed(&from, &mut to, options);
    done.map_err(|error| error.to_string())
}

/// The largest square of a picture around a place: left, top, side.
fn square(width: u32, height: u32, focus: Focus) -> (f64, f64, f64) {
    let side = width.min(height);
    let start = |length: u32, percent: u8| f64::from(length - side) * f64::from(percent) / 100.0;
    (start(width, focus.x), start(height, focus.y), f64::from(side))
}

impl Pixels {
    fn jpeg(&self) -> Result<Vec<u8>, String> {
        let side = |side: u32| u16::try_from(side).map_err(|_| "it is too large".to_string());
        let (width, height) = (side(self.width)?, side(self.height)?);
        let mut made = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut made, JPEG_QUALITY);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).map_err(|error| error.to_string())?;
        }
        let colours = match self.has_alpha {
            true => jpeg_encoder::ColorType::Rgba,
            false => jpeg_encoder::ColorType::Rgb,
        };
        let done = encoder.encode(&self.bytes, width, height, colours);
        done.map_err(|error| error.to_string())?;
        Ok(made)
    }

    fn png(&self) -> Result<Vec<u8>, String> {
        let mut made = Vec::new();
        let mut info = png::Info::with_size(self.width, self.height);
        info.bit_depth = png::BitDepth::Eight;
        info.color_type = match self.has_alpha {
            true => png::ColorType::Rgba,
            false => png::ColorType::Rgb,
        };
        info.icc_profile = self.profile.as_deref().map(Cow::Borrowed);
        let write = || {
            let mut encoder = png::Encoder::with_info(&mut made, info)?;
            encoder.set_compression(png::Compression::High);
            let mut writer = encoder.write_header()?;
            writer.write_image_data(&self.bytes)?;
            writer.finish()
        };
        write().map_err(|error| error.to_string())?;
        Ok(made)
    }

    fn webp(&self) -> Result<Vec<u8>, String> {
        let layout = match self.has_alpha {
            true => ::webp::PixelLayout::Rgba,
            false => ::webp::PixelLayout::Rgb,
        };
        let encoder = ::webp::Encoder::new(&self.bytes, layout, self.width, self.height);
        let made = encoder.encode_simple(self.is_drawing(), WEBP_QUALITY);
        let made = made.map_err(|error| format!("{error:?}"))?;
        Ok(match &self.profile {
            Some(profile) => {
                let size = (self.width, self.height);
                webp::with_profile(&made, size, self.has_alpha, profile)
            }
            None => made.to_vec(),
        })
    }

    /// Whether it has few colours.
    fn is_drawing(&self) -> bool {
        let mut colours = FxHashSet::default();
        self.bytes.chunks_exact(self.depth()).all(|pixel| {
            colours.insert(pixel);
            colours.len() <= DRAWING
        })
    }
}
