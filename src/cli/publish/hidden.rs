//! The texts of a site that its published files are searched for, and those that may be in them.

use rayon::prelude::*;

use crate::base::SourcePath;
use crate::content::document::{ChangeTexts, Document};
use crate::content::markup::{Hole, InlineSpan, Markup, Piece};
use crate::content::media::{MediaKind, MediaPart, stem};
use crate::content::named::{self, Named};
use crate::content::reference::{Link, Use};
use crate::engine::Loaded;
use crate::publish::scan::{Hidden, PrivatePage, PublicPage};
use crate::site::{Resolution, page_out};

/// Files beside the pages whose texts pages show.
const DATA: [&str; 3] = ["content/site.yaml", "content/facts.yaml", "content/sources.yaml"];

/// What is not public in a site.
pub(super) fn hidden(loaded: &Loaded) -> Hidden {
    let private: Vec<PrivatePage> =
        loaded.hidden().iter().map(|document| private(loaded, document)).collect();
    let documents: Vec<&Document> = loaded.documents().map(|(document, _)| document).collect();
    let public: Vec<PublicPage> = documents
        .par_iter()
        .map(|document| PublicPage {
            name: document.path.as_str().to_owned(),
            source: loaded.text(&document.path).unwrap_or_default(),
        })
        .collect();
    let data = DATA.iter().filter_map(|path| loaded.text(&SourcePath::new(*path)));
    let theme = loaded.template_texts().map(|(_, text)| text);
    let data: Vec<String> = data.chain(theme).collect();
    Hidden::new(&private, &public, &|at, add| rendered(documents[at], add), &data)
}

fn private(loaded: &Loaded, document: &Document) -> PrivatePage {
    let (summary, body) = (&document.summary, &document.body);
    let mut page = PrivatePage {
        name: document.path.as_str().to_owned(),
        source: loaded.text(&document.path).unwrap_or_default(),
        out: page_out(summary),
        phrases: vec![summary.title.to_string()],
        ..PrivatePage::default()
    };
    rendered(document, &mut |text| page.texts.push(text.to_owned()));
    page.phrases.extend(summary.summary.iter().map(|text| text.to_string()));
    let questions = summary.questions.iter();
    page.phrases.extend(questions.map(|question| question.text.own_text().to_string()));
    for markup in body.key_points.iter().chain(&body.positions).chain([&body.caption]) {
        runs(markup, &mut |html| page.html_phrases.push(html.to_owned()));
    }
    let urls = pictures(document).into_iter().filter_map(|link| match link {
        Link::Root(url) => url.split(['?', '#']).next().map(str::to_owned),
        Link::To(target, _) => match loaded.site().resolve(target) {
            Resolution::Asset(out) => Some(out.href("")),
            _ => None,
        },
        Link::Anchor(_) | Link::External(_) => None,
    });
    page.pictures.extend(urls);
    let parts = media_parts(loaded, &page.pictures);
    page.pictures.extend(parts);
    page
}

/// The URLs of what lies beside those of the files that play.
fn media_parts(loaded: &Loaded, urls: &[String]) -> Vec<String> {
    let media = urls.iter().filter(|url| MediaKind::of_name(url).is_some());
    let stems: Vec<&str> = media.map(|url| stem(url)).collect();
    if stems.is_empty() {
        return Vec::new();
    }
    let is_part = |url: &String| MediaPart::of_path(url).any(|(stem, _)| stems.contains(&stem));
    let files = loaded.site().published.iter();
    let urls = files.flat_map(|file| [file.out.href(""), format!("/{}", file.out)]);
    urls.filter(is_part).collect()
}

/// The texts of a document as its page shows them, without what other files decide.
fn rendered(document: &Document, add: &mut dyn FnMut(&str)) {
    let (summary, body) = (&document.summary, &document.body);
    summary.summary.iter().for_each(|text| add(text));
    let questions = summary.questions.iter().map(|question| &question.text);
    for inline in [&summary.lead].into_iter().chain(questions) {
        inline.spans().iter().for_each(|span| {
            if let InlineSpan::Text(text) = span {
                add(text);
            }
        });
    }
    let changes = body.changes.iter().flat_map(ChangeTexts::all);
    let parts = body.answers.iter().chain(&body.key_points).chain(&body.positions).chain(changes);
    for markup in [&body.markup, &body.caption].into_iter().chain(parts) {
        runs(markup, add);
    }
}

/// The HTML of a markup, parted where another file's words stand.
fn runs(markup: &Markup, add: &mut dyn FnMut(&str)) {
    let mut run = String::new();
    for piece in markup.pieces() {
        match piece {
            Piece::Html(html) => run.push_str(html),
            Piece::Hole(
                hole @ (Hole::Named(_)
                | Hole::Label(_)
                | Hole::Fact(_)
                | Hole::Image(_)
                | Hole::Chart(_)
                | Hole::Message(_)
                | Hole::Section(_)),
            ) => {
                if let Hole::Chart(chart) = hole {
                    chart.texts().for_each(&mut *add);
                }
                add(&run);
                run.clear();
            }
            Piece::Home(_) | Piece::Hole(_) => {}
        }
    }
    add(&run);
}

/// The pictures of a document: in its text, and of the page.
fn pictures(document: &Document) -> Vec<&Link> {
    let used = document.uses.iter().filter_map(|occurrence| match &occurrence.what {
        Use::Image(link) => Some(link),
        _ => None,
    });
    let mut links: Vec<&Link> = used.collect();
    named::front_matter(&document.summary, &mut |_, found| {
        if let Named::Picture(link) = found {
            links.push(link);
        }
    });
    links
}
