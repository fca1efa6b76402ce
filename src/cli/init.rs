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
    let origin = match args.ci.map(|_| origin(args)).transpose() {
        Ok(origin) => origin,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
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
    files.extend(args.ci.zip(origin).map(|(host, origin)| {
        let host = match host {
            CiHost::Github => init::Ci::Github,
            CiHost::Gitlab => init::Ci::Gitlab,
        };
        init::workflow(host, &origin)
    }));
    if let Err(failure) = author::create(&disk, &files, Tops::Inside) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    files.iter().for_each(|file| print::answer(&shown(&args.dir, &file.path)));
    next(args, &disk, &files, is_site);
    0
}

/// Where the workflow gets the program from.
fn origin(args: &InitArgs) -> Result<init::ProgramOrigin, String> {
    match (&args.git, &args.rev) {
        (Some(git), Some(rev)) => init::ProgramOrigin::new(git, rev),
        _ => Err("`--ci` needs to know which briefing to build: add --git URL --rev REV, the repository that this \
                  program comes from and the hash of a commit of it"
            .into()),
    }
}

/// ` --site DIR`, for a command to paste; nothing for the folder that it is pasted in.
pub(super) fn site_flag(dir: &Path) -> String {
    match dir.as_os_str() == "." {
        true => String::new(),
        false => format!(" --site {}", quoted(&dir.display().to_string())),
    }
}

/// A word for a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./+:@%,".contains(c);
    let text = match text.starts_with('-') {
        true => format!("./{text}"),
        false => text.to_owned(),
    };
    match !text.is_empty() && text.chars().all(plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
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
        let site = site_flag(&args.dir);
        let public = shown(&args.dir, &SourcePath::new("public"));
        if cfg!(feature = "serve") {
            print::note(&format!(
                "next: `briefing serve{site} --open` shows the site while you write"
            ));
        }
        print::note(&format!("      `briefing build{site}` writes the pages to {public}"));
    }
    if args.ci == Some(CiHost::Gitlab) {
        print::note("add a pipeline schedule to the project for the daily run: see the file");
    }
    if args.ci.is_some() {
        let file = files.last().map(|file| file.path.to_string()).unwrap_or_default();
        let settings = disk.read(&SourcePath::new(config::PATH)).unwrap_or_default();
        let is_target = |line: &str| line.starts_with("publish:");
        print::note(&match String::from_utf8_lossy(&settings).lines().any(is_target) {
            true => format!("{file} publishes where `publish:` in content/site.yaml says"),
            false => format!(
                "{file} builds and checks; nothing is published until content/site.yaml says where with `publish:`"
            ),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_for_a_shell() {
        for (text, word) in [
            ("newsroom", "newsroom"),
            ("../my-site_2", "../my-site_2"),
            ("my site", "'my site'"),
            ("it's", "'it'\\''s'"),
            ("$HOME", "'$HOME'"),
            ("-x", "./-x"),
            ("é", "'é'"),
        ] {
            assert_eq!(quoted(text), word);
        }
    }
}
