//! `briefing mentions`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::base::{LineIndex, nearest};
use crate::content::document::{Document, Summary};
use crate::content::kind::Kind;
use crate::content::markup::{Inline, InlineSpan};
use crate::diag::PlaceInFile;
use crate::engine::Loaded;
use crate::names::{Mention, unlinked};
use crate::site::{PageIx, Site};

use super::args::{ListFormat, MentionsArgs};
use super::load::load;
use super::{USAGE, print};

/// Lists who is named where.
pub(super) fn run(args: &MentionsArgs) -> u8 {
    let loaded = match load(&args.site, None) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let text = if args.unlinked {
        show(args.format, &undeclared(&loaded), |of| {
            let Undeclared { file, name, count } = of;
            format!("{file}: {name} ({count}): briefing new player {}", quoted(name))
        })
    } else if let Some(id) = &args.player {
        if loaded.site().player(id).is_none() {
            let ids = loaded.names().players.iter().map(|player| &*player.id);
            let ids = ids.chain(players(loaded.site()).map(|player| &*player.id));
            let help = nearest(id, ids).map(|near| format!("; did you mean `{near}`?"));
            print::error(&format!("no player `{id}`{}", help.unwrap_or_default()));
            return USAGE;
        }
        show(args.format, &of_player(&loaded, id), |of| {
            let sentence = of.sentence.as_deref().unwrap_or("(named only in front matter)");
            let line = of.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}: {sentence}", of.file)
        })
    } else {
        show(args.format, &all(&loaded), |of| {
            format!("{:>5}  {} ({})", of.pages, of.player, of.name)
        })
    };
    match args.format {
        ListFormat::Text => print::answer(&text),
        ListFormat::Json => print::json(&text),
    }
    0
}

/// How many pages name a player.
#[derive(Serialize)]
struct PlayerCount {
    player: String,
    name: String,
    pages: usize,
}

/// A page that names a player.
#[derive(Serialize)]
struct NamingPage {
    player: String,
    file: String,
    url: String,
    /// The line of the file in which that sentence names the player; none for a text of the front matter.
    line: Option<usize>,
    /// The first sentence that names the player; none when only front matter does.
    sentence: Option<String>,
}

/// A name that no player declares.
#[derive(Serialize)]
struct Undeclared {
    file: String,
    name: String,
    count: usize,
}

/// What other pages see of the players' pages.
fn players(site: &Site) -> impl Iterator<Item = &Summary> {
    site.pages.iter().map(|page| &*page.summary).filter(|own| own.kind == Kind::Player)
}

/// The pages that name a player, each with the site in its language: those of the first language, then of the others.
/// Lists of a language may hold pages of the first, which are passed over there.
fn naming<'s>(site: &'s Site, id: &'s str) -> impl Iterator<Item = (&'s Site, PageIx)> {
    site.all().flat_map(move |site| {
        let of = site.player(id).and_then(|player| site.graph.by_player.get(&player));
        let pages = of.map_or(&[][..], |of| &of.mentions).iter().copied();
        pages.filter(|page| !site.is_foreign(*page)).map(move |page| (site, page))
    })
}

fn all(loaded: &Loaded) -> Vec<PlayerCount> {
    let site = loaded.site();
    let listed = site.all().flat_map(|site| site.graph.players.iter().map(|page| site.page(*page)));
    // The name is that of the first language that has the player.
    let mut players: BTreeMap<&str, &str> = BTreeMap::new();
    for Summary { id, title, .. } in listed.map(|page| &*page.summary) {
        players.entry(id).or_insert(title);
    }
    let count = |(id, name): (&str, &str)| PlayerCount {
        player: id.to_owned(),
        name: name.to_owned(),
        pages: naming(site, id).count(),
    };
    let mut counts: Vec<PlayerCount> = players.into_iter().map(count).collect();
    counts.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.player.cmp(&b.player)));
    counts
}

fn of_player(loaded: &Loaded, id: &str) -> Vec<NamingPage> {
    let documents: Vec<_> = loaded.documents().collect();
    let named = |(site, page): (&Site, PageIx)| {
        let file = &site.page(page).path;
        let at = documents.binary_search_by(|(document, _)| document.path.cmp(file)).ok()?;
        let (document, linked) = documents[at];
        let mention = linked.mentions.iter().find(|mention| *mention.player == *id);
        let anchor = mention.and_then(|mention| mention.section.as_ref());
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let line = mention.and_then(|mention| line(loaded, document, mention));
        Some(NamingPage {
            player: id.into(),
            file: file.to_string(),
            line,
            url: format!("{}{anchor}", site.page(page).out.url().as_str()),
            sentence: mention.map(|mention| plain(site, &mention.sentence(&document.body))),
        })
    };
    naming(loaded.site(), id).filter_map(named).collect()
}

/// The line of a document in which a mention stands.
fn line(loaded: &Loaded, document: &Document, mention: &Mention) -> Option<usize> {
    let source = Some(&mention.source).filter(|source| **source != (0..0))?;
    let place = document.prose.place(mention.text, source.clone())?;
    let PlaceInFile::Bytes(range) = place else { return None };
    let text = loaded.text(&document.path)?;
    Some(LineIndex::new(&text).position(range.start as usize).line as usize)
}

/// A word of a command, in quotation marks if a shell would read more than one.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '$', '`', '\\'], ""))
}

/// A sentence with the names of what it links to.
fn plain(site: &Site, parts: &[Inline; 3]) -> String {
    let plain = |inline: &Inline| -> String {
        let spans = inline.spans().iter().map(|span| match span {
            InlineSpan::Text(text) => text.to_string(),
            InlineSpan::Label(target) => match site.player_of(target) {
                Some(player) => site.page(player).summary.title.to_string(),
                None => target.id().to_string(),
            },
            InlineSpan::Fact(id) => format!("[[fact:{id}]]"),
        });
        spans.collect()
    };
    parts.iter().map(plain).collect()
}

fn undeclared(loaded: &Loaded) -> Vec<Undeclared> {
    let of = |(document, _): (&crate::content::document::Document, _)| {
        let file = document.path.to_string();
        let found = unlinked(document, loaded.naming().of(document)).into_iter();
        found.map(move |(name, count)| Undeclared { file: file.clone(), name, count })
    };
    loaded.documents().flat_map(of).collect()
}

fn show<T: Serialize>(format: ListFormat, items: &[T], line: impl Fn(&T) -> String) -> String {
    let mut text = String::new();
    for item in items {
        let line = match format {
            ListFormat::Text => line(item),
            ListFormat::Json => serde_json::to_string(item).expect("texts and numbers are JSON"),
        };
        writeln!(text, "{line}").expect("writing to a string does not fail");
    }
    text
}
