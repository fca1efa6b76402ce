//! Bytes to pixels, the right way up.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::super::{jpeg, png as chunks, webp as riff};
use super::Pixels;

/// The greatest side of a picture.
const LONGEST: usize = 65_535;

/// The memory that reading a PNG may take.
const MOST_MEMORY: usize = 512 * 1024 * 1024;

/// A JPEG with more passes over its pixels takes very long and shows nothing more.
const MOST_SCANS: usize = 100;

/// The pixels of a picture.
pub(super) fn read(bytes: &[u8]) -> Result<Pixels, String> {
    let (mut pixels, orientation) = if bytes.starts_with(chunks::SIGNATURE) {
        (png(bytes)?, chunks::header(bytes).orientation)
    } else if bytes.starts_with(jpeg::START) {
        (jpeg(bytes)?, jpeg::header(bytes).orientation)
    } else if riff::is_one(bytes) {
        (webp(bytes)?, riff::header(bytes).orientation)
    } else {
        return Err("it is no JPEG, PNG or WebP".into());
    };
    // A profile for grey or for print says nothing of red, green and blue.
    pixels.profile = pixels.profile.filter(|profile| profile.get(16..20) == Some(b"RGB "));
    let length = pixels.width as usize * pixels.height as usize * pixels.depth();
    if length == 0 || pixels.bytes.len() != length {
        return Err("it has no pixels".into());
    }
    turn(&mut pixels, orientation.unwrap_or(1));
    Ok(pixels)
}

fn jpeg(bytes: &[u8]) -> Result<Pixels, String> {
    let options = DecoderOptions::default()
        .set_max_width(LONGEST)
        .set_max_height(LONGEST)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MOST_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| error.to_string())?;
    let info = decoder.info().ok_or("it has no size")?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let profile = decoder.icc_profile();
    Ok(Pixels { width, height, has_alpha: false, bytes: pixels, profile })
}

fn png(bytes: &[u8]) -> Result<Pixels, String> {
    let limits = png::Limits { bytes: MOST_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let length = reader.output_buffer_size().filter(|length| *length <= MOST_MEMORY);
    let mut pixels = vec![0; length.ok_or("it is too large")?];
    let frame = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
    pixels.truncate(frame.buffer_size());
    let (bytes, has_alpha) = match frame.color_type {
        png::ColorType::Rgb => (pixels, false),
        png::ColorType::Rgba => (pixels, true),
        png::ColorType::Grayscale => (pixels.iter().flat_map(|grey| [*grey; 3]).collect(), false),
        png::ColorType::GrayscaleAlpha => {
            let pixel = |pixel: &[u8]| [pixel[0], pixel[0], pixel[0], pixel[1]];
            (pixels.chunks_exact(2).flat_map(pixel).collect(), true)
        }
        png::ColorType::Indexed => return Err("its colours cannot be read".into()),
    };
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    Ok(Pixels { width: frame.width, height: frame.height, has_alpha, bytes, profile })
}

fn webp(bytes: &[u8]) -> Result<Pixels, String> {
    let image = webp::Decoder::new(bytes).decode().ok_or("its pixels cannot be read")?;
    Ok(Pixels {
        width: image.width(),
        height: image.height(),
        has_alpha: image.is_alpha(),
        bytes: image.to_vec(),
        profile: riff::profile(bytes).map(<[u8]>::to_vec),
    })
}

/// Puts pixels the right way up, as Exif numbers the eight ways in which they may be stored.
fn turn(pixels: &mut Pixels, orientation: u16) {
    let (width, height, depth) = (pixels.width as usize, pixels.height as usize, pixels.depth());
    // Where the pixel comes from that is shown in a column of a row.
    let from = |column: usize, row: usize| match orientation {
        2 => (width - 1 - column, row),
        3 => (width - 1 - column, height - 1 - row),
        4 => (column, height - 1 - row),
        5 => (row, column),
        6 => (row, height - 1 - column),
        7 => (width - 1 - row, height - 1 - column),
        _ => (width - 1 - row, column),
    };
    let (columns, rows) = match orientation {
        2..=4 => (width, height),
        5..=8 => (height, width),
        _ => return,
    };
    let mut made = Vec::with_capacity(pixels.bytes.len());
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = from(column, row);
            let at = (y * width + x) * depth;
            made.extend_from_slice(&pixels.bytes[at..at + depth]);
        }
    }
    if orientation >= 5 {
        (pixels.width, pixels.height) = (pixels.height, pixels.width);
    }
    pixels.bytes = made;
}
