//! `briefing why`.

use std::fmt::Write as _;

use crate::base::{LineIndex, SourcePath};
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::parse;
use crate::diag::PlaceInFile;
use crate::engine::Loaded;
use crate::names::{self, Accepted, ConsideredName, explain};

use super::args::WhyArgs;
use super::load::load;
use super::{USAGE, print};

/// Prints for every name in a text or a file whether it links.
pub(super) fn run(args: &WhyArgs) -> u8 {
    let loaded = match load(&args.site, None) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let page = match &args.file {
        None => of_text(args.text.as_deref().unwrap_or_default()),
        Some(file) => {
            let inside = file.strip_prefix(&args.site.site).unwrap_or(file);
            let path = SourcePath::new(inside.to_string_lossy().replace('\\', "/"));
            match loaded.text(&path).and_then(|text| of_file(&path, text, &loaded)) {
                Some(page) => page,
                None => {
                    print::error(&format!(
                        "`{}` is not a page of the site; pass a file below `content/`, as messages print it",
                        file.display()
                    ));
                    return USAGE;
                }
            }
        }
    };
    let accepted = Accepted::new(&loaded.config().site.accept);
    let matching = match &args.lang {
        Some(lang) => loaded.naming().of_language(lang.as_str()),
        None => loaded.naming().of(&page.document),
    };
    let found = names::why(&page.document, matching, &accepted);
    let wanted = args.file.as_ref().and(args.text.as_deref());
    let found: Vec<_> = found.iter().filter(|looked| is_wanted(looked, wanted)).collect();
    let index = LineIndex::new(&page.text);
    let mut lines = String::new();
    for looked in &found {
        let place = args.file.as_ref().map(|_| place(&page.document, &index, looked));
        let place = place.unwrap_or_default();
        let (written, why) = (&looked.written, explain(matching, looked));
        writeln!(lines, "{place}`{written}` {why}").expect("writing to a string does not fail");
    }
    if !lines.is_empty() {
        print::answer(&lines);
    }
    if found.is_empty() {
        print::answer(match (wanted, &args.file) {
            (Some(_), _) => {
                "no player's name found: headings, links, code and quotations are not searched, \
                 and nothing else in the file is a form of it"
            }
            (None, _) => "no player's name found",
        });
    }
    0
}

/// A page whose names are looked at.
struct SearchedPage {
    document: Document,
    text: String,
}

/// `content/articles/a.md:3:5: `
fn place(document: &Document, index: &LineIndex<'_>, looked: &ConsideredName) -> String {
    let path = &document.path;
    match document.prose.place(looked.text, looked.source.clone()) {
        Some(PlaceInFile::Bytes(range)) => {
            let start = index.position(range.start as usize);
            format!("{path}:{}:{}: ", start.line, start.column)
        }
        Some(PlaceInFile::Field(field)) => format!("{path}: {field}: "),
        None => format!("{path}: "),
    }
}

fn of_text(text: &str) -> SearchedPage {
    let path = SourcePath::new("content/articles/text.md");
    let identity = Identity::of(&path).expect("it lies where articles do");
    let text = format!("---\ntitle: A text\n---\n\n{text}\n");
    let document = parse::page(&path, &identity, &text, false, "en");
    SearchedPage { document, text }
}

fn of_file(path: &SourcePath, text: String, loaded: &Loaded) -> Option<SearchedPage> {
    let identity = Identity::of(path)?;
    let config = loaded.config();
    let lang = config.site.lang.as_str();
    let document = parse::page(path, &identity, &text, config.trusted, lang);
    Some(SearchedPage { document, text })
}

/// Whether a name is asked for: the one that was written, or a part of it.
fn is_wanted(looked: &ConsideredName, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return true };
    let (wanted, written) = (names::same_name(wanted), names::same_name(&looked.written));
    wanted.contains(&written) || written.contains(&wanted)
}
