//! What an author probably meant by a reference that leads nowhere.
//!
//! Thousands of pages may name one page that is gone: what is nearest to it is looked for once, and for so many missing
//! things at most that the work does not grow with the number of mistakes.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{MOST_SUGGESTED, SourcePath, did_you_mean, nearest};
use crate::content::document::Summary;
use crate::content::kind::Kind;
use crate::content::reference::Target;
use crate::diag::Code;
use crate::site::{Problem, Site, Sought};

/// What is nearest to each thing that is missing, as long as the site is the same.
#[derive(Debug, Default)]
pub struct Suggestions(FxHashMap<Sought, Option<Suggestion>>);

/// The nearest thing.
#[derive(Debug)]
struct Suggestion {
    help: String,
    is_player: bool,
}

/// The summary of a page, which may be one that is not public yet.
pub type Summaries<'a> = &'a dyn Fn(&SourcePath) -> Option<&'a Summary>;

impl Suggestions {
    /// Says in each problem what is nearest to the thing that is missing. The first [`MOST_SUGGESTED`] distinct things
    /// are looked for, in the order of the problems.
    pub fn fill<'p>(
        &mut self,
        site: &Site,
        summaries: Summaries<'_>,
        problems: impl Iterator<Item = &'p mut Problem>,
    ) {
        let mut asked: FxHashSet<Sought> = FxHashSet::default();
        for problem in problems {
            let Some(sought) = problem.sought.take() else { continue };
            if !asked.contains(&sought) {
                if asked.len() == MOST_SUGGESTED {
                    continue;
                }
                asked.insert(sought.clone());
            }
            let near = match self.0.get(&sought) {
                Some(near) => near,
                None => {
                    let near = near(site, summaries, &sought);
                    self.0.entry(sought.clone()).or_insert(near)
                }
            };
            if let Some(near) = near {
                near.tell(&sought, problem);
            }
        }
    }
}

impl Suggestion {
    fn tell(&self, sought: &Sought, problem: &mut Problem) {
        problem.help = Some(self.help.clone());
        // An id alone may be anything's: the nearest says what it is meant to be.
        if let (Sought::Target(Target::Id(id)), true) = (sought, self.is_player) {
            problem.code = Code::UnknownPlayer;
            problem.message = format!("no player `{id}`");
            problem.label = Some("not found under content/players/".into());
        }
    }
}

fn near(site: &Site, summaries: Summaries<'_>, sought: &Sought) -> Option<Suggestion> {
    let of_kind = |kind: Kind| -> Vec<&str> {
        let pages = site.pages.iter().filter(|page| page.summary.kind == kind);
        pages.map(|page| &*page.summary.id).collect()
    };
    let other = |help: String| Some(Suggestion { help, is_player: false });
    match sought {
        Sought::Target(Target::Typed(kind, id)) => other(of_page(site, id, &of_kind(*kind))?),
        Sought::Target(Target::Id(id)) => match of_page(site, id, &of_kind(Kind::Player)) {
            Some(help) => Some(Suggestion { help, is_player: true }),
            None => {
                let all: Vec<&str> = site.pages.iter().map(|page| &*page.summary.id).collect();
                other(of_page(site, id, &all)?)
            }
        },
        Sought::Target(Target::File(path)) => {
            // The page as it is published: `backups.html`.
            let stem = path.as_str().strip_suffix(".html").or(path.as_str().strip_suffix(".htm"));
            let source = stem.map(|stem| SourcePath::new(format!("{stem}.md")));
            let is_page = |source: &SourcePath| site.pages.iter().any(|page| page.path == *source);
            if let Some(source) = source.filter(is_page) {
                return other(format!("did you mean `{}`, the page's file?", source.file_name()));
            }
            let all: Vec<&str> = site.pages.iter().map(|page| page.path.as_str()).collect();
            other(of_word(path.as_str(), &all)?)
        }
        Sought::Topic(id) => {
            let known = site.topics.iter().filter(|topic| topic.page.is_some());
            other(of_word(id, &known.map(|topic| &*topic.id).collect::<Vec<_>>())?)
        }
        Sought::Fact(id) => other(of_word(id, &site.fact_ids())?),
        Sought::Source(id, page) => {
            let own = page.as_ref().and_then(summaries).into_iter();
            let own = own.flat_map(|summary| &summary.sources);
            let own = own.filter_map(|source| source.id.as_deref());
            other(of_word(id, &own.chain(site.source_ids()).collect::<Vec<_>>())?)
        }
    }
}

/// The nearest page, with its title.
fn of_page(site: &Site, id: &str, ids: &[&str]) -> Option<String> {
    let near = nearest(id, ids.iter().copied())?;
    Some(match site.by_id(near).map(|page| &site.page(page).summary.title) {
        Some(title) if id.is_ascii() => format!("did you mean `{near}` ({title})?"),
        _ => did_you_mean(id, near),
    })
}

fn of_word(word: &str, known: &[&str]) -> Option<String> {
    Some(did_you_mean(word, nearest(word, known.iter().copied())?))
}
