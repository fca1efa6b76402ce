//! Small pictures with everything that a camera and an editor write into them.

use super::{exif, png, without_metadata};

/// What stands in every block of metadata here, and must be in no output.
const SECRET: &[u8] = b"SECRET";

/// A TIFF block: an orientation among a serial number and a position, in either order of bytes.
fn tiff(is_little: bool, orientation: u16) -> Vec<u8> {
    let two = |number: u16| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
    let four = |number: u32| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
    let mut made = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    made.extend(four(8));
    made.extend(two(3));
    for (tag, kind, count, value) in [
        (0x010F, 2, 7, four(50)),
        (0x0112, 3, 1, [two(orientation), two(0)].concat().try_into().expect("four")),
        (0x8825, 4, 1, four(60)),
    ] {
        made.extend([two(tag), two(kind)].concat());
        made.extend(four(count));
        made.extend(value);
    }
    made.extend(four(0));
    made.extend(b"SECRET\0SECRET 52.5200 N 13.4050 E");
    made
}

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).expect("small");
    [&[0xFF, marker][..], &length.to_be_bytes(), payload].concat()
}

const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
/// The pixels of two scans: an 0xFF among them, a restart, and tables between.
const SCANS: [&[u8]; 2] = [b"\x12\xFF\x00\x34\xFF\xD0\x56", b"\xFF\x00\x78"];

/// A JPEG without metadata, but for what is given as Exif.
fn plain_jpeg(exif: &[u8]) -> Vec<u8> {
    [
        &b"\xFF\xD8"[..],
        &segment(0xE0, JFIF),
        exif,
        &segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
        &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xDB, &[1; 65]),
        &segment(0xC2, &[2; 15]),
        &segment(0xDA, &[3; 10]),
        SCANS[0],
        &segment(0xC4, &[4; 20]),
        &segment(0xDA, &[5; 8]),
        SCANS[1],
        b"\xFF\xD9",
    ]
    .concat()
}

/// The same JPEG as a camera and an editor leave it.
fn full_jpeg(tiff: &[u8]) -> Vec<u8> {
    let plain = plain_jpeg(b"");
    let head = 2 + segment(0xE0, JFIF).len();
    let scan = plain.windows(3).rposition(|three| three[..2] == [0xFF, 0xC4]).expect("a table");
    [
        &b"\xFF\xD8"[..],
        // With a thumbnail of one pixel, and one in a segment of its own.
        &segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01SECRET"),
        &segment(0xE0, b"JFXX\0\x10SECRET"),
        &segment(0xE1, &[exif::PREFIX, tiff].concat()),
        &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>"),
        &segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0SECRET"),
        &segment(0xE2, b"MPF\0SECRET"),
        &segment(0xE4, b"SECRET"),
        &segment(0xEB, b"JP\0\0SECRET"),
        &segment(0xED, b"Photoshop 3.0\08BIM\x04\x04SECRET"),
        &segment(0xFE, b"SECRET"),
        &plain[head..scan],
        b"\xFF",
        &segment(0xFE, b"SECRET between the scans"),
        &plain[scan..],
        // A second picture and a film after the end of the first.
        b"\xFF\xD8\xFF\xE1\0\x08SECRET\xFF\xD9ftypmp42SECRET",
    ]
    .concat()
}

fn plain_png(exif: &[u8]) -> Vec<u8> {
    [
        png::SIGNATURE,
        &png::chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"),
        &png::chunk(b"iCCP", b"p\0\0profile"),
        &png::chunk(b"pHYs", b"\0\0\x0B\x13\0\0\x0B\x13\x01"),
        exif,
        &png::chunk(b"IDAT", b"one half"),
        &png::chunk(b"IDAT", b"the other"),
        &png::chunk(b"IEND", b""),
    ]
    .concat()
}

fn full_png(tiff: &[u8]) -> Vec<u8> {
    let plain = plain_png(b"");
    let data = plain.windows(4).position(|four| four == b"IDAT").expect("pixels") - 4;
    let end = plain.len() - 12;
    [
        &plain[..data],
        &png::chunk(b"eXIf", tiff),
        &png::chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET"),
        &png::chunk(b"tEXt", b"Author\0SECRET"),
        &png::chunk(b"zTXt", b"Raw profile type exif\0\0SECRET"),
        &png::chunk(b"caBX", b"SECRET"),
        &plain[data..end],
        &png::chunk(b"tIME", b"SECRET!"),
        &plain[end..],
        b"SECRET of the larger picture",
    ]
    .concat()
}

fn riff(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("small");
    [kind, &length.to_le_bytes()[..], data, &[0][..data.len() % 2]].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

fn plain_webp(flags: u8, exif: &[u8]) -> Vec<u8> {
    let head = riff(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    webp(&[head, riff(b"ICCP", b"profile"), riff(b"VP8 ", b"all pixels"), exif.to_vec()])
}

fn full_webp(tiff: &[u8]) -> Vec<u8> {
    let mut made = webp(&[
        riff(b"VP8X", &[0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        riff(b"ICCP", b"profile"),
        riff(b"VP8 ", b"all pixels"),
        riff(b"EXIF", tiff),
        riff(b"XMP ", b"<x>SECRET</x>"),
        riff(b"UNKN", b"SECRET"),
    ]);
    made.extend(b"SECRET");
    made
}

fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    without_metadata(bytes)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

/// A block that says which way up a picture is, and nothing else.
fn block(orientation: u8) -> Vec<u8> {
    [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation][..], &[0; 6]].concat()
}

#[test]
fn what_a_camera_wrote_goes_and_everything_that_is_seen_stays() {
    for is_little in [true, false] {
        // 0 and 9 are no orientation; 1 is how every picture lies that says nothing.
        for orientation in 0..=9 {
            let tiff = tiff(is_little, orientation);
            let is_turned = (2..=8).contains(&orientation);
            let block = if is_turned { block(orientation as u8) } else { Vec::new() };
            let wrap = |make: &dyn Fn() -> Vec<u8>| if is_turned { make() } else { Vec::new() };
            let [jpeg, png, webp] = [
                (full_jpeg(&tiff), {
                    plain_jpeg(&wrap(&|| segment(0xE1, &[exif::PREFIX, &block].concat())))
                }),
                (full_png(&tiff), plain_png(&wrap(&|| png::chunk(b"eXIf", &block)))),
                (full_webp(&tiff), {
                    let flags = if is_turned { 0x28 } else { 0x20 };
                    plain_webp(flags, &wrap(&|| riff(b"EXIF", &block)))
                }),
            ]
            .map(|(full, expected)| {
                assert!(holds(&full, SECRET));
                let made = bare(&full).expect("something goes");
                assert!(!holds(&made, SECRET), "{}", made.escape_ascii());
                assert_eq!(made.escape_ascii().to_string(), expected.escape_ascii().to_string());
                made
            });
            // Once is enough.
            assert_eq!([bare(&jpeg), bare(&png), bare(&webp)], [None, None, None]);
        }
    }
}

#[test]
fn a_picture_without_metadata_stays_byte_for_byte_also_when_it_is_cut_off() {
    let simple = webp(&[riff(b"VP8L", b"pixels!")]);
    for plain in [plain_jpeg(b""), plain_png(b""), plain_webp(0x20, b""), simple] {
        assert_eq!(bare(&plain), None);
        for length in 0..plain.len() {
            if let Some(made) = bare(&plain[..length]) {
                // Of a segment or chunk that has but begun nothing is seen.
                assert!(plain.len() - made.len() < plain.len(), "something is left");
                assert!(plain.starts_with(&made[..made.len().min(4)]));
                assert!(length - made.len() < 8, "{length}: {}", made.escape_ascii());
            }
        }
    }
}

/// Wherever a file with metadata ends, none of it comes out; and nothing panics, whichever byte differs.
#[test]
fn a_picture_that_is_cut_off_or_damaged() {
    let tiff = tiff(true, 6);
    for full in [full_jpeg(&tiff), full_png(&tiff), full_webp(&tiff)] {
        let seen = [&b"\xFF\xDA"[..], b"IDAT", b"VP8 "];
        let pixels = seen.iter().filter_map(|seen| memchr::memmem::find(&full, seen)).min();
        for length in pixels.expect("it has pixels") + 20..full.len() {
            let made = bare(&full[..length]).unwrap_or_else(|| full[..length].to_vec());
            assert!(!holds(&made, SECRET), "{length}: {}", made.escape_ascii());
        }
        for at in 0..full.len() {
            for byte in [0, 1, 0x7F, 0xFF, full[at] ^ 0x20] {
                let mut damaged = full.clone();
                damaged[at] = byte;
                let _ = bare(&damaged);
            }
        }
    }
}

#[test]
fn what_is_no_picture_stays_as_it_is() {
    for bytes in [
        &b""[..],
        b"text",
        b"\xFF\xD8\xFF",
        b"\xFF\xD8\xFF\xE1\0\0",
        b"\xFF\xD8\xFF\xFE\0\x04ab\xFF\xD9",
        b"\x89PNG\r\n\x1A\n",
        b"\x89PNG\r\n\x1A\nnot a chunk",
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF\xFF\xFF\xFF\xFFWEBPVP8X\xFF\xFF\xFF\xFF",
        b"RIFF\x04\0\0\0WAVE",
    ] {
        assert_eq!(bare(bytes), None, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_block_that_leads_nowhere_says_nothing() {
    for block in [
        &b""[..],
        b"II*\0",
        b"II*\0\xFF\xFF\xFF\xFF",
        b"MM\0*\xFF\xFF\xFF\xFF\0\x01",
        b"MM\0*\0\0\0\x08\xFF\xFF",
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x04\0\0\0\x01\0\x06\0\0",
        b"XX\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
    ] {
        assert_eq!(exif::of_orientation(block), None, "{}", block.escape_ascii());
    }
}

#[test]
fn an_icon_holds_the_picture_without_what_is_not_seen() {
    let icon = super::icon(&full_png(&tiff(true, 1))).expect("it is a PNG");
    let plain = bare(&full_png(&tiff(true, 1))).expect("it has metadata");
    assert_eq!(icon[..6], [0, 0, 1, 0, 1, 0]);
    assert_eq!(icon[14..18], u32::to_le_bytes(plain.len() as u32));
    assert_eq!(icon[18..22], 22_u32.to_le_bytes());
    assert_eq!(icon[22..], plain);
    assert!(!holds(&icon, b"SECRET"));
    assert_eq!(super::icon(b"<svg/>"), None);
}
