//! What the site's own templates and style sheets ask for that the policy of its pages blocks.

use crate::base::{LineIndex, SourcePath};
use crate::check::blocked;
use crate::config::Config;
use crate::content::text;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::Asset;
use crate::source::Source;

use super::templates::Templates;

/// The style sheets that every page loads.
const STYLES: [&str; 2] = ["static/theme/site.css", "static/theme/style.css"];

/// The problems. A site whose content is trusted has no policy.
pub(super) fn find(
    source: &dyn Source,
    templates: &Templates,
    assets: &[Asset],
    config: &Config,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if config.trusted {
        return problems;
    }
    let allowed = &config.site.csp;
    let mut report = |path: &SourcePath, text: &str, found: Vec<blocked::Blocked>| {
        if found.is_empty() {
            return;
        }
        let index = LineIndex::new(text);
        for blocked in found {
            let span = Span::new(path.clone(), &index, blocked.range);
            problems
                .push(Diagnostic::new(Code::PagePolicy, span, blocked.message).help(blocked.help));
        }
    };
    for (path, text) in templates.own() {
        if path.as_str().ends_with(".html") {
            report(path, text, blocked::in_template(text, allowed));
        }
    }
    let own = assets.iter().filter_map(|asset| asset.source.as_ref());
    for path in own.filter(|path| STYLES.contains(&path.as_str())) {
        let Ok(bytes) = source.read(path) else { continue };
        if let Ok(text) = text::decode(path, &bytes) {
            report(path, &text, blocked::in_styles(&text, allowed));
        }
    }
    problems
}
