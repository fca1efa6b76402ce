//! `briefing why`.

use crate::base::{LineIndex, SourcePath};
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::parse;
use crate::diag::PlaceInFile;
use crate::engine::Loaded;
use crate::names::{
    self, Accepted, ConsideredName, Finding, FindingKind, Matching, NameVerdict, explain,
};

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
    let mut answers: Vec<Answer> = Vec::new();
    let mut add = |looked: &ConsideredName, why: String| {
        let PlaceInText { shown, written } = place(&page, &index, looked);
        let place = args.file.as_ref().map(|_| shown).unwrap_or_default();
        let written = written.unwrap_or_else(|| looked.written.clone());
        let line = format!("`{written}` {why}");
        match answers.iter_mut().find(|answer| answer.line == line) {
            Some(answer) => answer.more.push(place),
            None => answers.push(Answer { place, line, more: Vec::new() }),
        }
    };
    for looked in &found {
        add(looked, explain(matching, looked));
    }
    let almost: Vec<_> = almost(&page, matching, &accepted);
    let almost: Vec<_> = almost.iter().filter(|(near, _)| is_wanted(near, wanted)).collect();
    for (near, why) in &almost {
        add(near, why.clone());
    }
    let lines: String = answers.iter().map(|answer| answer.shown(&page.document)).collect();
    if !lines.is_empty() {
        print::answer(&lines);
    }
    if lines.is_empty() {
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

/// What became of a name, with every place where that is so.
struct Answer {
    place: String,
    line: String,
    more: Vec<String>,
}

impl Answer {
    fn shown(&self, document: &Document) -> String {
        let file = format!("{}:", document.path);
        let places = |more: &String| more.trim_end_matches(": ").replace(&file, "");
        let more: Vec<String> = self.more.iter().map(places).collect();
        let more = match &more[..] {
            [] => String::new(),
            more if more[0].is_empty() => format!(" ({} times)", more.len() + 1),
            more => format!(" (also {})", more.join(", ")),
        };
        format!("{}{}{more}\n", self.place, self.line)
    }
}

/// A place as it is shown, and the text of the file there.
struct PlaceInText {
    shown: String,
    written: Option<String>,
}

/// `content/articles/a.md:3:5: `
fn place(page: &SearchedPage, index: &LineIndex<'_>, looked: &ConsideredName) -> PlaceInText {
    let path = &page.document.path;
    match page.document.prose.place(looked.text, looked.source.clone()) {
        Some(PlaceInFile::Bytes(range)) => {
            let start = index.position(range.start as usize);
            let shown = format!("{path}:{}:{}: ", start.line, start.column);
            let written = page.text.get(range.start as usize..range.end as usize);
            // With marks inside it is no name that is easily read.
            let written = written.filter(|written| !written.contains(['*', '_', '[', '\n', '&']));
            PlaceInText { shown, written: written.map(str::to_owned) }
        }
        Some(PlaceInFile::Field(field)) => {
            PlaceInText { shown: format!("{path}: {field}: "), written: None }
        }
        None => PlaceInText { shown: format!("{path}: "), written: None },
    }
}

/// What is almost a name, with what is reported of it.
fn almost(
    page: &SearchedPage,
    matching: Matching<'_>,
    accepted: &Accepted,
) -> Vec<(ConsideredName, String)> {
    let linked = names::link(&page.document, matching, accepted, false);
    let near = linked.findings.into_iter().filter_map(|found| {
        let FindingKind::Near { right, player, .. } = &found.what else { return None };
        let why = format!("does not link: it is almost `{right}` (`{player}`)");
        let verdict = NameVerdict::Never;
        let Finding { text, start, last, source, written, .. } = found;
        let candidates = Vec::new();
        Some((ConsideredName { text, start, last, source, written, candidates, verdict }, why))
    });
    near.collect()
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
