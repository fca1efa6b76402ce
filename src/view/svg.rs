//! Numbers and texts of drawings, written as SVG.

use pulldown_cmark_escape::escape_html;

/// A number with at most one digit behind the point.
pub(super) fn units(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    format!("{tenths}")
}

/// Writes a text, without the control characters that XML does not have.
pub(super) fn push_text(svg: &mut String, text: &str) {
    let is_text = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(is_text).collect();
    escape_html(svg, &text).expect("writing to a string does not fail");
}
