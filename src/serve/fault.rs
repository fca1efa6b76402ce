//! The page in place of one that cannot be made.

use std::fmt::Write;

use crate::base::SourcePath;
use crate::diag::{self, Diagnostic};

use super::live::{Fault, Live};

/// Problems, as a page.
pub(super) fn page(live: &Live, fault: &Fault) -> String {
    let name = escaped(at_fault(fault).map_or("This page", SourcePath::as_str));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name} has errors</title>\n\
         <link rel=\"stylesheet\" href=\"/_briefing/live.css\">\n</head>\n\
         <body class=\"briefing-fault\">\n<main>\n<h1>{name} has errors</h1>\n\
         <p>The page shows as soon as they are corrected.</p>\n"
    );
    for text in texts(live, fault) {
        let written = writeln!(html, "<pre>{}</pre>", escaped(&text));
        written.expect("a text can be written to");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// The file that is to be corrected: a template or the settings, where they are why a page cannot be made from its own.
fn at_fault(fault: &Fault) -> Option<&SourcePath> {
    let is_own = |diagnostic: &Diagnostic| fault.source.as_ref() == Some(&diagnostic.span.file);
    match fault.diagnostics.first() {
        Some(first) if !fault.diagnostics.iter().any(is_own) => Some(&first.span.file),
        _ => fault.source.as_ref(),
    }
}

/// The problems of a page, each as a terminal shows it.
pub(super) fn texts(live: &Live, fault: &Fault) -> Vec<String> {
    let text = |found| {
        let texts = |path: &SourcePath| live.loaded.text(path);
        diag::human(std::slice::from_ref(found), &texts, false).trim_end().to_string()
    };
    fault.diagnostics.iter().map(text).collect()
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark_escape::escape_html(&mut out, text).expect("a text can be written to");
    out
}
