//! Loads a site for the commands that only read it.

use crate::base::BaseUrl;
use crate::config;
use crate::engine::{Engine, Loaded, Options};

use super::args::SiteArgs;
use super::{USAGE, build, print};

/// Loads a site, or says why it cannot be loaded and gives the exit code.
pub(super) fn load(args: &SiteArgs, base_url: Option<BaseUrl>) -> Result<Loaded, u8> {
    let now = build::now(args.today.as_deref()).map_err(|message| {
        print::error(&message);
        USAGE
    })?;
    if !args.site.join("content").is_dir() {
        print::error(&build::no_content(&args.site));
        return Err(USAGE);
    }
    let options = Options {
        now,
        drafts: args.drafts,
        future: args.future,
        base_url,
        folder: build::folder(&args.site),
        ..Options::default()
    };
    Ok(Engine::once().load(&config::disk(&args.site), options))
}
