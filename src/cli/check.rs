//! `briefing check`.

use crate::diag::{self, Severity, Strictness};

use super::args::CheckArgs;
use super::load::load;
use super::{INPUT, USAGE, build, print};

/// Checks a site and says what is wrong. Renders every page, and writes none.
pub(super) fn run(args: &CheckArgs) -> u8 {
    let base_url = match args.base_url.as_deref().map(build::base_url).transpose() {
        Ok(base_url) => base_url,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
    let loaded = match load(&args.site, base_url) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(loaded.render_all(&|_, _| ()));
    loaded.config().levels.apply(Strictness::Check, &mut diagnostics);
    let diagnostics = diag::group(diagnostics);
    print::report(args.format, args.all, &diagnostics, &|path| loaded.text(path));
    if print::shows(args.format, &diagnostics) {
        print::note("");
    }
    let pages = loaded.site().pages.len();
    let count = match print::count(&diagnostics) {
        none if none.is_empty() => "no problems found".into(),
        count => count,
    };
    let count = print::with_remark(count, &diagnostics);
    print::note(&format!("checked {pages} {}: {count}", if pages == 1 { "page" } else { "pages" }));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        INPUT
    } else {
        0
    }
}
