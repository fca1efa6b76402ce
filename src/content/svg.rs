//! What an SVG would do in a browser beside showing a picture.
//!
//! An SVG is a document: opened on its own it runs scripts in the name of the site, follows links and loads files of
//! other sites. A drawing is what is left without all that. What is not known to be one is refused, so that what
//! browsers learn tomorrow needs no new rule.

use std::fmt;

use memchr::{memchr, memmem};
use roxmltree::{Document, Node, ParsingOptions};

/// The most bytes of a drawing that are read.
pub const MOST: u64 = 8 * 1024 * 1024;

/// The most elements, texts and comments of a drawing.
const NODES: u32 = 250_000;

/// The most attributes of one element: the parser compares each with those before it.
const ATTRIBUTES: usize = 256;

/// The most declarations of namespaces: an element with one copies those above it.
const NAMESPACES: usize = 1024;

const SVG: &str = "http://www.w3.org/2000/svg";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces of which browsers know no element: what drawing programs note for themselves.
const NOTES: [&str; 14] = [
    "http://creativecommons.org/ns",
    "http://ns.adobe.com/",
    "http://purl.org/dc/",
    "http://schemas.microsoft.com/visio/",
    "http://sodipodi.sourceforge.net/",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.figma.com/",
    "http://www.inkscape.org/",
    "http://www.serif.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "http://www.w3.org/2000/01/rdf-schema",
    "https://boxy-svg.com",
    "https://sketch.io/",
];

/// The elements of SVG that draw, group, describe and move. None of them runs anything or holds another language.
#[rustfmt::skip]
const ELEMENTS: [&str; 90] = [
    "a", "altGlyph", "altGlyphDef", "altGlyphItem", "animate", "animateColor", "animateMotion", "animateTransform",
    "circle", "clipPath", "color-profile", "defs", "desc", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap",
    "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
    "feSpotLight", "feTile", "feTurbulence", "filter", "flowPara", "flowRegion", "flowRoot", "flowSpan", "font",
    "font-face", "font-face-format", "font-face-name", "font-face-src", "g", "glyph", "glyphRef", "hatch",
    "hatchpath", "hkern", "image", "line", "linearGradient", "marker", "mask", "mesh", "meshgradient", "meshpatch",
    "meshrow", "metadata", "missing-glyph", "mpath", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "set", "solidcolor", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tref",
    "tspan", "unknown", "use", "view", "vkern", "cursor",
];

/// Why a file is no mere drawing; `Display` is the end of a sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acts {
    /// It has more bytes, elements, attributes or namespaces than are read.
    TooLarge,
    /// It is not XML, or not SVG: browsers differ in what they make of it.
    NotSvg,
    /// Its text is not UTF-8, so that another reader may see another text.
    Encoding,
    /// It declares entities or default attributes, which say elsewhere what it has.
    Declares,
    /// It has an instruction for its reader, such as a style sheet.
    Instruction,
    /// It has an element that runs, embeds or holds another language.
    Element(Box<str>),
    /// It has an event handler.
    Handler(Box<str>),
    /// It refers to something outside of itself.
    Refers(Box<str>),
    /// An animation changes where a link leads, or a handler.
    Animates(Box<str>),
    /// Its styles import, or refer to something outside of itself.
    Styles,
}

impl fmt::Display for Acts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("is larger than drawings are"),
            Self::NotSvg => f.write_str("is not well-formed SVG"),
            Self::Encoding => f.write_str("is not in UTF-8"),
            Self::Declares => f.write_str("declares entities or attributes in its `DOCTYPE`"),
            Self::Instruction => f.write_str("has a processing instruction"),
            Self::Element(name) => write!(f, "has the element `{name}`"),
            Self::Handler(name) => write!(f, "has the event handler `{name}`"),
            Self::Refers(to) => write!(f, "refers to `{to}`"),
            Self::Animates(name) => write!(f, "animates `{name}`"),
            Self::Styles => f.write_str("has styles that load something"),
        }
    }
}

/// Checks that a file is a drawing and nothing else.
///
/// # Errors
/// [`Acts`] with the first thing that a drawing does not have.
pub fn check(bytes: &[u8]) -> Result<(), Acts> {
    if bytes.len() as u64 > MOST {
        return Err(Acts::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Acts::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    encoding(text)?;
    // Whatever a `DOCTYPE` can do inside the file needs one of them, in these letters.
    let declares = ["<!ENTITY", "<!ATTLIST", "<!ELEMENT", "<!NOTATION"];
    if declares.iter().any(|declares| memmem::find(text.as_bytes(), declares.as_bytes()).is_some())
    {
        return Err(Acts::Declares);
    }
    sizes(text)?;
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(roxmltree::Error::NodesLimitReached | roxmltree::Error::NamespacesLimitReached) => {
            return Err(Acts::TooLarge);
        }
        Err(_) => return Err(Acts::NotSvg),
    };
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err(Acts::NotSvg);
    }
    document.root().descendants().try_for_each(node)
}

/// The encoding that the XML declaration names must be the one that the file was read in.
fn encoding(text: &str) -> Result<(), Acts> {
    let Some(declaration) = text.strip_prefix("<?xml") else { return Ok(()) };
    let declaration = declaration.split("?>").next().unwrap_or_default();
    let Some((_, value)) = declaration.split_once("encoding") else { return Ok(()) };
    if value.contains("encoding") {
        return Err(Acts::Encoding);
    }
    let value =
        value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    let value = value.split(['"', '\'']).next().unwrap_or_default().to_ascii_lowercase();
    match value.as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(()),
        _ => Err(Acts::Encoding),
    }
}

/// Refuses what the parser would need more than linear time or memory for.
fn sizes(text: &str) -> Result<(), Acts> {
    let bytes = text.as_bytes();
    if memmem::find_iter(bytes, b"xmlns").nth(NAMESPACES).is_some() {
        return Err(Acts::TooLarge);
    }
    let mut rest = bytes;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at..];
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', b'[', ..] => b"]]>",
            [b'<', b'?', ..] => b"?>",
            [b'<', ..] => {
                rest = tag(&rest[1..])?;
                continue;
            }
            _ => break,
        };
        // What is not closed is no XML; the parser says so at once.
        let Some(close) = memmem::find(rest, end) else { break };
        rest = &rest[close + end.len()..];
    }
    Ok(())
}

/// What follows a tag, if the tag has no more attributes than it may have.
fn tag(text: &[u8]) -> Result<&[u8], Acts> {
    let (mut values, mut rest) = (0, text);
    loop {
        let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'<'))
        else {
            return Ok(&[]);
        };
        let quote = rest[at];
        if quote == b'<' {
            return Ok(&rest[at..]);
        }
        rest = &rest[at + 1..];
        if quote == b'>' {
            return Ok(rest);
        }
        values += 1;
        if values > ATTRIBUTES {
            return Err(Acts::TooLarge);
        }
        match memchr(quote, rest) {
            Some(close) => rest = &rest[close + 1..],
            None => return Ok(&[]),
        }
    }
}

fn node(node: Node<'_, '_>) -> Result<(), Acts> {
    if node.is_pi() {
        return Err(Acts::Instruction);
    }
    if !node.is_element() {
        return Ok(());
    }
    let (name, namespace) = (node.tag_name().name(), node.tag_name().namespace());
    let is_note = |namespace: &str| NOTES.iter().any(|known| namespace.starts_with(known));
    let is_known = match namespace {
        Some(SVG) => ELEMENTS.contains(&name),
        Some(namespace) => is_note(namespace),
        None => false,
    };
    if !is_known {
        return Err(Acts::Element(shown(name)));
    }
    if namespace == Some(SVG) && name == "style" {
        // A browser reads the texts beside a comment as one.
        let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
        let css: String = texts.collect();
        if loads(&css) {
            return Err(Acts::Styles);
        }
    }
    for attribute in node.attributes() {
        match attribute.namespace() {
            Some(namespace) if is_note(namespace) => {}
            namespace => self::attribute(attribute.name(), namespace, attribute.value())?,
        }
    }
    Ok(())
}

fn attribute(name: &str, namespace: Option<&str>, value: &str) -> Result<(), Acts> {
    let lower = name.to_ascii_lowercase();
    let target = value.trim_matches(|c: char| c <= ' ');
    if lower.starts_with("on") {
        return Err(Acts::Handler(shown(name)));
    }
    let is_base = lower == "base" && namespace == Some(XML);
    let is_link =
        matches!(lower.as_str(), "href" | "src" | "action" | "formaction" | "data" | "ping");
    if (is_link && !target.is_empty() && !target.starts_with('#')) || is_base {
        return Err(Acts::Refers(shown(target)));
    }
    if lower == "attributename" {
        let animated = target.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if animated == "href" || animated == "style" || animated.starts_with("on") {
            return Err(Acts::Animates(shown(target)));
        }
    }
    if loads(value) {
        return Err(if lower == "style" { Acts::Styles } else { Acts::Refers(shown(target)) });
    }
    Ok(())
}

/// Whether CSS, or a value that may be CSS, can load something from outside of the file.
///
/// Functions that take a URL as a plain string are refused by their names, as is a function's name in escapes.
fn loads(css: &str) -> bool {
    if !css.contains(['(', '@', '\\']) {
        return false;
    }
    let css = css.to_ascii_lowercase();
    const NAMES: [&str; 9] = [
        "@import",
        "@namespace",
        "image-set(",
        "image(",
        "cross-fade(",
        "src(",
        "expression(",
        "url-prefix(",
        "-moz-binding",
    ];
    if NAMES.iter().any(|name| css.contains(name))
        || (css.contains('\\') && css.contains(['(', '@']))
    {
        return true;
    }
    css.match_indices("url(").any(|(at, open)| {
        let target =
            css[at + open.len()..].trim_start_matches(|c: char| c <= ' ' || c == '"' || c == '\'');
        !target.starts_with('#')
    })
}

/// A part of the file, for a message: its beginning, without what a terminal acts on.
fn shown(text: &str) -> Box<str> {
    let start: String = text.chars().filter(|c| !c.is_control() && *c != '`').take(40).collect();
    start.into()
}

#[cfg(test)]
#[path = "svg/tests.rs"]
mod tests;
