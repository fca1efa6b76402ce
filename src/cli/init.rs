//! `briefing init`.

use std::path::Path;

use crate::author::{self, NewFile, Tops, init};
use crate::base::SourcePath;
use crate::config;
use crate::source::{Disk, Source};

use super::args::{CiHost, InitArgs};
use super::{GUARD, USAGE, build, print};

/// Starts a site, or adds to one what builds it by itself.
pub(super) fn run(args: &InitArgs) -> u8 {
    let today = match build::today(&args.dir) {
        Ok(today) => today,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
    let disk = config::disk(&args.dir);
    let listed = disk.list().files;
    let is_site = listed.iter().any(|path| path.as_str().starts_with("content/"));
    if is_site && args.ci.is_none() {
        let dir = args.dir.display();
        print::error(&format!(
            "`{dir}` has a site already; `briefing new article \"Title\"` adds a page to it"
        ));
        return GUARD;
    }
    let mut files = Vec::new();
    if !is_site {
        files.extend(init::site(&build::folder(&args.dir), &today));
        // One that is there is left alone, a link too.
        if args.dir.join(".gitignore").symlink_metadata().is_err() {
            files.push(init::gitignore());
        }
    }
    files.extend(args.ci.map(|host| {
        let host = match host {
            CiHost::Github => init::Ci::Github,
            CiHost::Gitlab => init::Ci::Gitlab,
        };
        init::workflow(host, env!("CARGO_PKG_VERSION"))
    }));
    if let Err(failure) = author::create(&disk, &files, Tops::Inside) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    files.iter().for_each(|file| print::answer(&shown(&args.dir, &file.path)));
    next(args, &disk, &files, is_site);
    0
}

/// A file of the site as its user finds it from here.
pub(super) fn shown(site: &Path, path: &SourcePath) -> String {
    build::below(site, path.as_str()).display().to_string()
}

/// Says what to do now.
fn next(args: &InitArgs, disk: &Disk, files: &[NewFile], is_site: bool) {
    if let Ok(bytes) = disk.read(&SourcePath::new(".gitignore")) {
        let text = String::from_utf8_lossy(&bytes);
        let known = |line: &&&str| {
            text.lines().any(|known| known.trim_matches('/') == line.trim_matches('/'))
        };
        let missing: Vec<&str> =
            init::IGNORED.iter().filter(|line| !known(line)).copied().collect();
        if !missing.is_empty() {
            print::note(&format!("add to .gitignore: {}", missing.join(" ")));
        }
    }
    if !is_site {
        let build = match args.dir.as_os_str() == "." {
            true => "briefing build".to_owned(),
            false => format!("briefing build --site {}", args.dir.display()),
        };
        print::note(&format!(
            "next: `{build}` writes the pages to {}",
            shown(&args.dir, &SourcePath::new("public"))
        ));
    }
    if args.ci == Some(CiHost::Gitlab) {
        print::note("add a pipeline schedule to the project for the day's run: see the file");
    }
    if args.ci.is_some() {
        let file = files.last().map(|file| file.path.to_string()).unwrap_or_default();
        print::note(&format!("{file} publishes where `publish:` in content/site.yaml says"));
    }
}
