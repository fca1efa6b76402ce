//! The one element that is added to a page when it is sent.

use crate::base::Digest;

use super::Config;

/// A page with the script that follows the files, before the end of its body.
pub(super) fn add(html: &str, page: Digest, config: &Config) -> String {
    let morph = if config.morph { "" } else { " data-reload" };
    let token = &config.token;
    let script = format!(
        "<script data-briefing-live data-page=\"{page}\" data-token=\"{token}\"{morph} src=\"/_briefing/live.js\" defer></script>"
    );
    let at = end_of_body(html);
    let mut out = String::with_capacity(html.len() + script.len());
    out.push_str(&html[..at]);
    out.push_str(&script);
    out.push_str(&html[at..]);
    out
}

/// Where the last end tag of a body begins; the end of a page that has none.
fn end_of_body(html: &str) -> usize {
    let tags = html
        .as_bytes()
        .windows("</body".len())
        .rposition(|tag| tag.eq_ignore_ascii_case(b"</body"));
    tags.unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::end_of_body;

    #[test]
    fn the_last_end_of_a_body() {
        for (html, before) in [
            ("<body>x</body></html>", "<body>x"),
            ("<p>&lt;/body> </BODY >\n", "<p>&lt;/body> "),
            ("<pre></body></pre></body>", "<pre></body></pre>"),
            ("<p>é", "<p>é"),
            ("", ""),
        ] {
            assert_eq!(&html[..end_of_body(html)], before);
        }
    }
}
