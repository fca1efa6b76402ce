//! SVG: how large the root says that the drawing is.

/// The width that stands for a drawing that has a shape and no size: browsers show it as wide as there is room.
const WIDE: f64 = 1200.0;

/// The greatest side of a picture.
const LONGEST: f64 = 1_000_000.0;

/// The width and height of a drawing in pixels; of one without, those of its `viewBox`, scaled. None for what is no SVG
/// or has neither.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    // The head may end inside a letter.
    let text = String::from_utf8_lossy(bytes);
    let tag = root(text.strip_prefix('\u{feff}').unwrap_or(&text))?;
    let (mut width, mut height, mut ratio) = (None, None, None);
    for (name, value) in attributes(tag) {
        match name {
            "width" => width = length(value),
            "height" => height = length(value),
            "viewBox" => ratio = ratio_of(value),
            _ => {}
        }
    }
    let (width, height) = match (width, height, ratio) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(ratio)) => (width, width / ratio),
        (None, Some(height), Some(ratio)) => (height * ratio, height),
        (None, None, Some(ratio)) => (WIDE, WIDE / ratio),
        _ => return None,
    };
    let pixels = |side: f64| (0.5..LONGEST).contains(&side).then(|| side.round() as u32);
    Some((pixels(width)?, pixels(height)?))
}

/// The attributes in the start tag of the root, after its name.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            rest = instruction.split_once("?>")?.1;
        } else if let Some(doctype) = rest.strip_prefix("<!") {
            // Its own declarations stand in brackets.
            let end = doctype.find(['[', '>'])?;
            rest = match doctype[end..].strip_prefix('[') {
                Some(declarations) => declarations.split_once(']')?.1.split_once('>')?.1,
                None => &doctype[end + 1..],
            };
        } else {
            let tag = rest.strip_prefix('<')?;
            let end = tag.find(|sign: char| sign.is_whitespace() || "/>".contains(sign))?;
            let name = tag[..end].rsplit(':').next();
            return (name == Some("svg")).then_some(&tag[end..]);
        }
    }
}

/// The attributes of a tag, up to its end.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let (name, value) = rest.trim_start().split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| "'\"".contains(*quote))?;
        let (value, after) = value[1..].split_once(quote)?;
        rest = after;
        let name = name.trim_end();
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b":-_.".contains(&byte))
            .then_some((name, value))
    })
}

/// A length in pixels; none for a share of what is around, and for no length.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|sign: char| sign.is_ascii_alphabetic() || sign == '%');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let pixels = match unit {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        _ => return None,
    };
    number.trim().parse().ok().map(|number: f64| number * pixels).filter(|length| *length > 0.0)
}

/// How many times as wide as high a `viewBox` is.
fn ratio_of(view_box: &str) -> Option<f64> {
    let signs = |sign: char| sign == ',' || sign.is_ascii_whitespace();
    let numbers = view_box.split(signs).filter(|part| !part.is_empty());
    let numbers: Vec<f64> = numbers.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [_, _, width, height] = numbers[..] else { return None };
    (width > 0.0 && height > 0.0).then_some(width / height)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn how_large_a_drawing_says_that_it_is() {
        for (text, expected) in [
            ("<svg width='300' height='200'/>", Some((300, 200))),
            (
                "<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"20px\" width=\" 30px \">",
                Some((30, 20)),
            ),
            ("<svg width='2in' height='1in'>", Some((192, 96))),
            ("<svg width='25.4mm' height='72pt'>", Some((96, 96))),
            ("<svg viewBox='0 0 600 200'>", Some((1200, 400))),
            ("<svg viewBox='-1,-1 , 3 1.5' width='100%' height='100%'>", Some((1200, 600))),
            ("<svg width='300' viewBox='0 0 6 2'>", Some((300, 100))),
            ("<svg height='50' viewBox='0 0 6 2'>", Some((150, 50))),
            ("<svg width='0' height='50' viewBox='0 0 6 2'>", Some((150, 50))),
            (
                "\u{feff}<?xml version='1.0'?>\n<!-- <svg width='1' height='1'> -->\n\
                 <!DOCTYPE svg [<!ENTITY a 'b'>]>\n<s:svg\nwidth = '30'\nheight='20'>",
                Some((30, 20)),
            ),
            (
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg width='9' height='8'>",
                Some((9, 8)),
            ),
            // The attributes of what is inside are none of the drawing.
            ("<svg><rect width='30' height='20'/></svg>", None),
            ("<svg data-width='30' height='20'>", None),
            ("<svg width='30'>", None),
            ("<svg width='1em' height='2em'>", None),
            ("<svg viewBox='0 0 0 2'>", None),
            ("<svg viewBox='0 0 1e9 1e-9'>", None),
            ("<svg width='-3' height='NaN'>", None),
            ("<svg width='3", None),
            ("<html width='3' height='4'>", None),
            ("<!--", None),
            ("", None),
        ] {
            assert_eq!(size(text.as_bytes()), expected, "{text}");
        }
    }
}
