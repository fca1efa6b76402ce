//! `briefing new`.

use crate::author::page::{PageRefusal, page};
use crate::author::{self, Tops};
use crate::config;
use crate::content::kind::Kind;
use crate::source::Source;

use super::args::{NewArgs, NewKind};
use super::{GUARD, USAGE, build, init, print};

/// Adds a page to a site.
pub(super) fn run(args: &NewArgs) -> u8 {
    if !args.site.join("content").is_dir() {
        print::error(&build::no_content(&args.site));
        return USAGE;
    }
    let today = match build::today(&args.site) {
        Ok(today) => today,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
    let kind = match args.kind {
        NewKind::Article => Kind::Article,
        NewKind::Player => Kind::Player,
        NewKind::Faq => Kind::Faq,
    };
    let disk = config::disk(&args.site);
    let files = disk.list().files;
    let file = match page(kind, &args.title, args.id.as_deref(), &today, &files) {
        Ok(file) => file,
        Err(refused) => return refuse(args, refused),
    };
    if let Err(failure) = author::create(&disk, std::slice::from_ref(&file), Tops::Followed) {
        print::error(&failure.to_string());
        return failure.exit_code();
    }
    print::answer(&init::shown(&args.site, &file.path));
    let id = file.path.file_name().trim_end_matches(".md");
    print::note(&match kind {
        Kind::Article => {
            let site = init::site_flag(&args.site);
            format!(
                "a draft: `briefing build{site} --drafts` shows it; remove `status: draft` to publish it"
            )
        }
        Kind::Player => {
            let name = args.title.trim();
            format!("`{name}` in a text links to the page; for other words write `[[{id}|text]]`")
        }
        _ => format!("write questions as `## …`; an article lists the page with `faq: {id}`"),
    });
    0
}

fn refuse(args: &NewArgs, refused: PageRefusal) -> u8 {
    let rule = "ids are lower-case letters and digits joined by `-`";
    let (code, message) = match refused {
        PageRefusal::Title(reason) => (USAGE, format!("the title {reason}")),
        PageRefusal::NoId => {
            let message =
                format!("no id can be derived from `{}`; pass one with `--id`: {rule}", args.title);
            (USAGE, message)
        }
        PageRefusal::Index => {
            let message = "`index` cannot be an id: `index.md` is the page of its folder; choose another, such as \
                           `the-index`";
            (USAGE, message.to_owned())
        }
        PageRefusal::InvalidId(suggestion) => {
            let help = suggestion.map(|id| format!(": write `{id}`")).unwrap_or_default();
            let id = args.id.as_deref().unwrap_or_default();
            (USAGE, format!("`{id}` is not an id; {rule}{help}"))
        }
        PageRefusal::Taken(id, path) => {
            (GUARD, format!("the id `{id}` is taken by `{path}`; choose another with `--id`"))
        }
    };
    print::error(&message);
    code
}
