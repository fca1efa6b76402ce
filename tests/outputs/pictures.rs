//! Pictures as readers get them: in several widths, the right way up, and without the place where they were taken.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use briefing::base::{Cache, Digest, OutPath};
use briefing::diag::{Code, Diagnostic};
use briefing::engine::{Engine, Now, Options, Rendered};
use briefing::source::Memory;
use jpeg_encoder::ColorType;
use scraper::{Html, Selector};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

/// What stands in every block of metadata here, and must be in no output.
const SECRET: &[u8] = b"SECRET 35.6586N 139.7454E";

/// What a camera notes: an orientation, and the position in a block of its own.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    block.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    block.extend([orientation, 0, 0]);
    block.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0\0\0");
    block.extend(SECRET);
    block
}

/// A picture whose corner at the top left is red, and whose rest is a ramp of blue.
fn pixels(width: u16, height: u16, depth: usize) -> Vec<u8> {
    let mut made = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let is_corner = x < width / 4 && y < height / 4;
            let pixel = if is_corner { [250, 10, 10, 255] } else { [20, 40, (x % 251) as u8, 255] };
            made.extend(&pixel[..depth]);
        }
    }
    made
}

fn jpeg(width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let mut made = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut made, 80);
    encoder.add_exif_metadata(&exif(orientation)).unwrap();
    encoder.add_app_segment(13, SECRET.to_vec()).unwrap();
    encoder.encode(&pixels(width, height, 3), width, height, ColorType::Rgb).unwrap();
    made
}

fn png(width: u16, height: u16) -> Vec<u8> {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, width.into(), height.into());
    encoder.set_color(png::ColorType::Rgba);
    encoder.add_text_chunk("Location".into(), String::from_utf8(SECRET.to_vec()).unwrap()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels(width, height, 4)).unwrap();
    writer.finish().unwrap();
    made
}

/// A site with an article that shows a picture, among others.
fn site(text: &str, files: &[(&str, Vec<u8>)]) -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nbase_url: https://example.org/sub/\n");
    site.write("content/articles/sea/index.md", format!("---\ntitle: Sea\n---\n\n{text}\n"));
    for (path, bytes) in files {
        site.write(path, bytes.clone());
    }
    site
}

/// Every output of a site with its bytes, and what was found.
fn built(site: &Memory, engine: Engine) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let mut engine = engine;
    let options = Options { now: Now::Day("2026-01-01".parse().unwrap()), ..Options::default() };
    let loaded = engine.load(site, options);
    let made = Mutex::new(BTreeMap::new());
    let mut found = loaded.diagnostics().to_vec();
    found.extend(loaded.render_all(&|output, content| {
        let bytes = match content {
            Rendered::Text(text) => text.as_bytes().to_vec(),
            Rendered::Bytes(bytes) => bytes.to_vec(),
            Rendered::Embedded(bytes) => bytes.to_vec(),
            Rendered::File(path, ..) => {
                use briefing::source::Source;
                site.read(&path).unwrap()
            }
        };
        made.lock().unwrap().insert(output.path.to_string(), bytes);
    }));
    (made.into_inner().unwrap(), found)
}

/// The values of an attribute on a page.
fn values(page: &[u8], selector: &str, attribute: &str) -> Vec<String> {
    let page = Html::parse_document(std::str::from_utf8(page).unwrap());
    let selector = Selector::parse(selector).unwrap();
    let nodes = page.select(&selector);
    nodes.map(|node| node.value().attr(attribute).unwrap_or("-").to_owned()).collect()
}

/// The candidates of a `srcset`: the path in the output folder, and the width.
fn candidates(page: &[u8]) -> Vec<(String, String)> {
    let sets = values(page, "source", "srcset");
    let all = sets.iter().flat_map(|set| set.split(", "));
    all.map(|candidate| {
        let (url, width) = candidate.split_once(' ').unwrap();
        (url.strip_prefix("/sub/").unwrap().to_owned(), width.to_owned())
    })
    .collect()
}

fn size(bytes: &[u8]) -> (usize, usize) {
    let size = imagesize::blob_size(bytes).unwrap();
    (size.width, size.height)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn codes(found: &[Diagnostic]) -> Vec<(Code, String)> {
    let is_about = |found: &&Diagnostic| {
        matches!(found.code, Code::BadPicture | Code::LargePicture | Code::Unreadable)
    };
    let own = found.iter().filter(is_about);
    own.map(|found| (found.code, found.message.clone())).collect()
}

#[test]
fn a_photograph_is_published_in_the_widths_of_screens() {
    let photo = ("content/articles/sea/photo.jpg", jpeg(2400, 1200, 1));
    let text = "![A \"sea\", 2x & 480w](photo.jpg)\n\n![Again](photo.jpg)";
    let (made, found) = built(&site(text, &[photo]), Engine::once());
    assert_eq!(codes(&found), []);
    let page = &made["articles/sea/index.html"];
    let all = candidates(page);
    let widths: Vec<&str> = all.iter().map(|(_, width)| &**width).collect();
    assert_eq!(widths, ["480w", "800w", "1200w", "1800w", "480w", "800w", "1200w", "1800w"]);
    for (path, width) in &all {
        let file = &made[path];
        assert!(file.starts_with(b"RIFF"), "{path}");
        let width = width.trim_end_matches('w').parse().unwrap();
        assert_eq!(size(file), (width, width / 2), "{path}");
        assert!(path.starts_with(&format!("articles/sea/photo.w{width}.")), "{path}");
    }
    // The picture itself is no wider than the widest of them, and pages say how large it is.
    let own = &made["articles/sea/photo.jpg"];
    assert!(own.starts_with(b"\xFF\xD8"));
    assert_eq!(size(own), (1800, 900));
    assert_eq!(values(page, "img", "width"), ["1800", "1800"]);
    assert_eq!(values(page, "img", "height"), ["900", "900"]);
    assert_eq!(values(page, "img", "loading"), ["-", "lazy"]);
    assert_eq!(values(page, "img", "decoding"), ["-", "async"]);
    assert_eq!(values(page, "img", "alt")[0], "A “sea”, 2x & 480w");
    let largest = made.iter().filter(|(path, _)| path.contains("photo"));
    assert!(largest.map(|(_, bytes)| bytes.len()).max().unwrap() < 400_000);
    // Programs that read feeds have their own measure.
    assert!(!made.iter().any(|(path, file)| path.ends_with(".xml") && holds(file, b"srcset")));
}

#[test]
fn their_names_change_with_the_bytes_and_browsers_keep_them() {
    let names = |photo: Vec<u8>| {
        let site = site("![A](photo.jpg)", &[("content/articles/sea/photo.jpg", photo)]);
        let loaded = Engine::once().load(&site, Options::default());
        let outputs =
            loaded.site().outputs.iter().filter(|output| output.path.as_str().ends_with(".webp"));
        let outputs: Vec<_> = outputs.cloned().collect();
        assert!(!outputs.is_empty());
        assert!(outputs.iter().all(|output| output.is_immutable));
        outputs.into_iter().map(|output| output.path).collect::<Vec<OutPath>>()
    };
    let (one, other) = (names(jpeg(600, 300, 1)), names(jpeg(600, 400, 1)));
    assert!(one.iter().all(|path| !other.contains(path)), "{one:?} {other:?}");
    assert_eq!(one, names(jpeg(600, 300, 1)));
}

#[test]
fn no_output_says_where_a_picture_was_taken() {
    let files = [
        // Made smaller, too small to be made smaller, on a page, at its head, of a player, and linked.
        ("content/articles/sea/large.jpg", jpeg(2200, 1100, 6)),
        ("content/articles/sea/small.jpg", jpeg(300, 200, 3)),
        ("content/articles/sea/drawing.png", png(900, 300)),
        ("static/head.jpg", jpeg(700, 700, 8)),
        ("static/aside.jpg", jpeg(700, 500, 5)),
        ("content/articles/sea/linked.jpg", jpeg(2100, 100, 1)),
    ];
    let text = "![L](large.jpg) ![S](small.jpg) ![D](drawing.png) [![L](linked.jpg)](linked.jpg)";
    let mut site = site(text, &files);
    let player = "---\nname: Ann Ode\nimage: {src: /head.jpg, alt: A, focus: top}\n---\n\nText.\n";
    site.write("content/players/ann.md", player);
    let (made, found) = built(&site, Engine::once());
    assert_eq!(codes(&found), []);
    let pictures = made.iter().filter(|(_, bytes)| imagesize::blob_size(bytes).is_ok());
    assert!(pictures.count() > 15);
    for (path, bytes) in &made {
        assert!(!holds(bytes, SECRET), "{path}");
        assert!(!holds(bytes, &SECRET[7..16]), "{path}");
    }
    // What a text links to stays whole, with every pixel.
    assert_eq!(size(&made["articles/sea/linked.jpg"]), (2100, 100));
    let face = made.keys().find(|path| path.starts_with("head.face.")).unwrap();
    assert_eq!(size(&made[face]), (132, 132));
    let list = &made["players/index.html"];
    assert_eq!(values(list, ".face img", "src"), [format!("/sub/{face}")]);
}

#[test]
fn a_picture_lies_the_right_way_up() {
    // Where the red corner is shown, for each of the eight ways to store it: from the left, from the top.
    for (orientation, right, bottom) in [
        (1, false, false),
        (2, true, false),
        (3, true, true),
        (4, false, true),
        (5, false, false),
        (6, true, false),
        (7, true, true),
        (8, false, true),
    ] {
        let photo = jpeg(2400, 1000, orientation);
        let site = site("![A](photo.jpg)", &[("content/articles/sea/photo.jpg", photo)]);
        let (made, _) = built(&site, Engine::once());
        let page = &made["articles/sea/index.html"];
        let is_turned = orientation > 4;
        let (width, height) = if is_turned { (1000, 2400) } else { (1800, 750) };
        assert_eq!(values(page, "img", "width"), [width.to_string()], "{orientation}");
        assert_eq!(values(page, "img", "height"), [height.to_string()], "{orientation}");
        let (path, _) = candidates(page).into_iter().next().unwrap();
        let small = webp::Decoder::new(&made[&path]).decode().unwrap();
        assert_eq!(small.width() < small.height(), is_turned, "{orientation}");
        let red = |x: u32, y: u32| {
            let at = ((y * small.width() + x) * 3) as usize;
            small[at] > 180 && small[at + 1] < 90
        };
        let (last, lowest) = (small.width() - 10, small.height() - 10);
        for (x, y) in [(10, 10), (last, 10), (10, lowest), (last, lowest)] {
            let is_corner = (x == last) == right && (y == lowest) == bottom;
            assert_eq!(red(x, y), is_corner, "{orientation}: {x}, {y}");
        }
    }
}

#[test]
fn what_cannot_be_scaled_goes_out_unharmed_or_is_named() {
    let claims = |width: u32, height: u32| {
        let mut bytes = png(20, 20);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        bytes
    };
    let mut print = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut print, 80);
    encoder.encode(&pixels(600, 100, 4), 600, 100, ColorType::Cmyk).unwrap();
    let cut = jpeg(1000, 800, 1);
    let cut = cut[..cut.len() / 3].to_vec();
    let mut torn = png(700, 500);
    let middle = torn.len() / 2;
    torn[middle..middle + 40].fill(0xAA);
    let animation = b"GIF89a\x40\x02\xF0\x00\x00\x00\x00;".to_vec();
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    for (name, bytes, message) in [
        ("vast.png", claims(60_000, 60_000), Some("as large as it is: 60000 × 60000 pixels")),
        (
            "wrong.png",
            claims(900, 700),
            Some("`content/articles/sea/wrong.png` is published as it is: "),
        ),
        ("torn.png", torn, Some("`content/articles/sea/torn.png` is published as it is: ")),
        ("drawing.jpg", drawing, Some("`content/articles/sea/drawing.jpg` is no picture")),
        ("nothing.jpg", Vec::new(), Some("`content/articles/sea/nothing.jpg` is no picture")),
        ("print.jpg", print, None),
        ("moves.gif", animation, None),
    ] {
        let path = format!("content/articles/sea/{name}");
        let site = site(&format!("![A]({name})"), &[(&path, bytes.clone())]);
        let (made, found) = built(&site, Engine::once());
        let said: Vec<String> = codes(&found).into_iter().map(|(_, message)| message).collect();
        match message {
            Some(message) => {
                assert!(said.len() == 1 && said[0].contains(message), "{name}: {said:?}");
            }
            None => assert!(said.is_empty(), "{name}: {said:?}"),
        }
        assert!(found.iter().all(|found| found.code != Code::Unreadable));
        let own = &made[&format!("articles/sea/{name}")];
        assert_eq!(own.len(), bytes.len() - text_chunk(&bytes), "{name}");
    }
    // What is left of a file is shown, by browsers and in the other sizes.
    let site = site("![A](cut.jpg)", &[("content/articles/sea/cut.jpg", cut)]);
    let (made, found) = built(&site, Engine::once());
    assert!(codes(&found).len() < 2, "{found:?}");
    for (path, _) in candidates(&made["articles/sea/index.html"]) {
        assert!(imagesize::blob_size(&made[&path]).is_ok());
    }
}

/// The length of the chunk that is left out of a PNG here.
fn text_chunk(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\x89PNG") { 12 + "Location\0".len() + SECRET.len() } else { 0 }
}

#[test]
fn colours_and_transparency_stay() {
    // The head of a profile for red, green and blue is enough here: it is kept as it is.
    let mut profile = vec![7; 600];
    profile[16..20].copy_from_slice(b"RGB ");
    let mut photo = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut photo, 80);
    encoder.add_icc_profile(&profile).unwrap();
    encoder.encode(&pixels(2400, 100, 3), 2400, 100, ColorType::Rgb).unwrap();
    let mut deep = Vec::new();
    let mut encoder = png::Encoder::new(&mut deep, 500, 40);
    encoder.set_color(png::ColorType::GrayscaleAlpha);
    encoder.set_depth(png::BitDepth::Sixteen);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0x80; 500 * 40 * 4]).unwrap();
    writer.finish().unwrap();
    let files = [("static/photo.jpg", photo), ("static/deep.png", deep)];
    let (made, found) = built(&site("![A](/photo.jpg) ![A](/deep.png)", &files), Engine::once());
    assert_eq!(codes(&found), []);
    let mut decoder = JpegDecoder::new(ZCursor::new(&made["photo.jpg"]));
    decoder.decode_headers().unwrap();
    assert_eq!(decoder.icc_profile().as_ref(), Some(&profile));
    for (path, width) in candidates(&made["articles/sea/index.html"]) {
        let file = &made[&path];
        let shown = webp::Decoder::new(file).decode().unwrap();
        assert_eq!(format!("{}w", shown.width()), width);
        match path.starts_with("photo") {
            true => assert!(holds(file, &profile)),
            false => assert_eq!(shown[..4], [0x80; 4], "half transparent grey"),
        }
    }
}

#[test]
fn what_no_public_page_shows_is_not_scaled() {
    let mut site = site("Text.", &[("static/photo.jpg", jpeg(2400, 100, 1))]);
    let draft = "---\ntitle: D\nstatus: draft\n---\n\n![A](/photo.jpg)\n";
    site.write("content/articles/draft.md", draft);
    let (made, _) = built(&site, Engine::once());
    assert!(!made.keys().any(|path| path.ends_with(".webp")));
    assert_eq!(size(&made["photo.jpg"]), (2400, 100));
}

/// A cache that counts what is put into it.
#[derive(Default)]
struct Counted(Mutex<BTreeMap<Digest, Vec<u8>>>);

impl Cache for Counted {
    fn get(&self, key: Digest) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(&key).cloned()
    }

    fn put(&self, key: Digest, bytes: &[u8]) {
        let before = self.0.lock().unwrap().insert(key, bytes.to_vec());
        assert_eq!(before, None, "it is made once");
    }
}

#[test]
fn a_picture_is_read_once_and_the_next_build_reads_none() {
    let photo = jpeg(2400, 600, 1);
    let site = site("![A](photo.jpg)", &[("content/articles/sea/photo.jpg", photo)]);
    let cache = Arc::new(Counted::default());
    let (first, _) = built(&site, Engine::once().with_cache(cache.clone()));
    assert_eq!(cache.0.lock().unwrap().len(), 5);
    let (second, _) = built(&site, Engine::once().with_cache(cache));
    assert!(first == second);
    assert!(first == built(&site, Engine::once()).0, "the same without a cache");
}
