//! `briefing check`.

use crate::author;
use crate::base::counted;
use crate::config;
use crate::data::hosts::FileTally;
use crate::diag::{self, Severity, Strictness};
use crate::engine::Loaded;

use super::args::{CheckArgs, Format};
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
    let loaded = load(&args.site, base_url.clone()).and_then(|loaded| match args.fix {
        // What is left is looked for in the files as they are then.
        true if fix(args, &loaded)? => load(&args.site, base_url),
        _ => Ok(loaded),
    });
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let mut diagnostics = loaded.diagnostics().to_vec();
    let (tally, site) = (FileTally::default(), loaded.site());
    diagnostics.extend(loaded.render_all(&|output, content| {
        tally.add(&output.path, content.length(), output.source(site));
    }));
    diagnostics.extend(tally.over(&site.hosts));
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

/// Writes what solves problems of files, and says whether there was any. The exit code, if a file cannot be written.
fn fix(args: &CheckArgs, loaded: &Loaded) -> Result<bool, u8> {
    let mut diagnostics = loaded.diagnostics().to_vec();
    loaded.config().levels.apply(Strictness::Check, &mut diagnostics);
    let disk = config::disk(&args.site.site);
    let fixing = author::fix::plan(&disk, &diag::group(diagnostics));
    if fixing.fixed == 0 {
        print::note("no problem has a fix that is sure to be right");
        return Ok(false);
    }
    if args.format != Format::Json {
        print::diff(&fixing.plan.diff());
    }
    if let Err(failure) = author::apply(&disk, &fixing.plan) {
        print::error(&failure.to_string());
        return Err(failure.exit_code());
    }
    let files = counted(fixing.plan.changes.len(), "file");
    print::note(&format!("fixed {} in {files}", counted(fixing.fixed, "problem")));
    Ok(true)
}
