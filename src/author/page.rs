//! `briefing new`: a page with its front matter.

use crate::base::{EntityId, SourcePath};
use crate::content::comments::has_comment;
use crate::content::kind::{Identity, Kind};
use crate::yaml::scalar_text;

use super::NewFile;

/// The name of a file that is the page of its folder.
const INDEX: &str = "index";
/// The longest id that is made of a title; it is a file's name, and a part of an address.
const LONGEST_ID: usize = 100;

/// The most characters that a title may have.
const LONGEST: usize = 200;

/// Why a page is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRefusal {
    /// The title is empty, too long, or has a character or a comment that no page shows; the reason.
    Title(String),
    /// The title gives no id: it has letters, and none of a script that can be written in Latin letters by rule.
    NoId,
    /// `index` was asked for: a file of that name is the page of its folder.
    Index,
    /// The id that was asked for is none; the nearest one that is.
    InvalidId(Option<EntityId>),
    /// The id belongs to a file.
    Taken(String, SourcePath),
}

/// A page of a kind, with a title. `id` is made of the title when there is none; `today` is the day on which an article
/// is published; `files` are those of the site.
///
/// # Errors
/// [`PageRefusal`]
pub fn page(
    kind: Kind,
    title: &str,
    id: Option<&str>,
    today: &str,
    files: &[SourcePath],
) -> Result<NewFile, PageRefusal> {
    let title = title.trim();
    if title.is_empty() {
        return Err(PageRefusal::Title("is empty".into()));
    }
    let length = title.chars().count();
    if length > LONGEST {
        return Err(PageRefusal::Title(format!("has {length} characters, {LONGEST} are allowed")));
    }
    if title.contains(char::is_control) {
        return Err(PageRefusal::Title("has a control character".into()));
    }
    if has_comment(title) {
        return Err(PageRefusal::Title(
            "has `%%` or `<!--`, which begin what no reader sees".into(),
        ));
    }
    let id = match id {
        Some(INDEX) => return Err(PageRefusal::Index),
        Some(id) => EntityId::new(id).map_err(|error| PageRefusal::InvalidId(error.suggestion))?,
        None => id_of(title).ok_or(PageRefusal::NoId)?,
    };
    let same = |path: &&SourcePath| Identity::of(path).is_some_and(|page| *page.id == *id.as_str());
    if let Some(path) = files.iter().find(same) {
        return Err(PageRefusal::Taken(id.to_string(), path.clone()));
    }
    let path = SourcePath::new(format!("content/{}/{id}.md", kind.folder()));
    Ok(NewFile { path, text: text(kind, &scalar_text(title), today) })
}

/// The id that a title gives. A number alone will do only where the title has no letters.
fn id_of(title: &str) -> Option<EntityId> {
    let id = match EntityId::new(title) {
        Ok(id) => id,
        Err(error) => EntityId::new(&error.suggestion?).ok()?,
    };
    let latin = id.as_str().contains(|c: char| c.is_ascii_lowercase());
    if !latin && title.contains(char::is_alphabetic) {
        return None;
    }
    let id = match id.as_str() {
        INDEX => EntityId::new("the-index").ok()?,
        long if long.len() > LONGEST_ID => {
            let cut =
                long[..LONGEST_ID].rsplit_once('-').map_or(&long[..LONGEST_ID], |(cut, _)| cut);
            EntityId::new(cut).ok()?
        }
        _ => id,
    };
    Some(id)
}

fn text(kind: Kind, title: &str, today: &str) -> String {
    match kind {
        Kind::Article => format!(
            "---\n\
             title: {title}\n\
             published: {today}\n\
             status: draft          # remove this line to publish the article\n\
             # summary: One or two plain sentences.\n\
             # players:\n\
             #   - player: ID       # a file in content/players/\n\
             #     role: What the player does in this story\n\
             # topics: ID\n\
             ---\n\n"
        ),
        Kind::Player => format!(
            "---\n\
             name: {title}\n\
             kind: person           # or organisation, or country\n\
             # family_name: The part of the name that stands for a person alone\n\
             # summary: One line that says who this is.\n\
             # country: ID          # a file in content/players/, or any text\n\
             # wikidata: Q…\n\
             ---\n\n"
        ),
        Kind::Faq => format!(
            "---\n\
             title: {title}\n\
             # about: ID            # the players that the answers are about\n\
             # article: ID          # the article that the page belongs to\n\
             # Below, a heading such as `## Who decides?` is a question; what follows it is the answer.\n\
             ---\n\n"
        ),
        Kind::Topic | Kind::Page => format!("---\ntitle: {title}\n---\n\n"),
    }
}
