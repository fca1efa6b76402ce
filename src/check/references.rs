//! Every reference of every file leads to something.

use std::sync::Arc;

use crate::base::{EntityId, nearest};
use crate::config::Settings;
use crate::content::document::{Details, Document, Summary};
use crate::content::kind::Kind;
use crate::content::model::{Event, Fact, Name};
use crate::content::reference::{Link, Target, Use};
use crate::diag::Code;
use crate::site::{Problem, Resolution, Site, Where};
use crate::yaml::FieldPath;

use super::links::leads_to_hidden;

/// Checks the references of one file: of its front matter and of its texts.
///
/// `hidden` says that the file itself is not public yet; it may then refer to others that are not.
pub fn document(site: &Site, document: &Document, hidden: bool) -> Vec<Problem> {
    let mut check = Check { site, hidden, problems: Vec::new() };
    check.front(document);
    check.uses(document);
    check.problems
}

/// Checks the references of `facts.yaml`.
pub fn facts(site: &Site, file: &crate::base::SourcePath, facts: &[Fact]) -> Vec<Problem> {
    let mut check = Check { site, hidden: false, problems: Vec::new() };
    for fact in facts {
        let at = FieldPath::root().key(&fact.id);
        check.fact(&|path| Where::field(file, path), &at, fact, None);
    }
    check.problems
}

/// Checks the ids that `site.yaml` names.
pub fn settings(site: &Site, file: &crate::base::SourcePath, settings: &Settings) -> Vec<Problem> {
    let mut check = Check { site, hidden: false, problems: Vec::new() };
    let at = |path| Where::field(file, path);
    let root = FieldPath::root();
    for (number, id) in settings.featured.iter().enumerate() {
        check.id(at(root.key("featured").index(number)), &Target::Id(id.clone()));
    }
    let nav = settings.nav.iter().flatten().enumerate().map(|(number, item)| ("nav", number, item));
    let footer = settings.footer.iter().enumerate().map(|(number, item)| ("footer", number, item));
    for (name, number, item) in nav.chain(footer) {
        if !item.to.contains([':', '/', '#', '.']) {
            let path = root.key(name).index(number).key("to");
            check.id(at(path), &Target::Id(item.to.clone()));
        }
    }
    check.problems
}

struct Check<'a> {
    site: &'a Site,
    hidden: bool,
    problems: Vec<Problem>,
}

type At<'a> = &'a dyn Fn(FieldPath) -> Where;

impl Check<'_> {
    fn front(&mut self, document: &Document) {
        let summary = &*document.summary;
        let at = |path: FieldPath| Where::field(&document.path, path.in_source(&document.left_out));
        let root = FieldPath::root();
        for (number, id) in summary.topics.iter().enumerate() {
            self.topic(at(root.key("topics").index(number)), id);
        }
        for (number, event) in summary.events.iter().enumerate() {
            self.event(&at, &root.key("events").index(number), event, summary);
        }
        for fact in &summary.facts {
            self.fact(&at, &root.key("facts").key(&fact.id), fact, Some(summary));
        }
        for (number, source) in summary.sources.iter().enumerate() {
            if let (Some(id), None, None) = (&source.id, &source.title, &source.url)
                && self.site.source(id).is_none()
            {
                self.unknown_source(at(root.key("sources").index(number)), id, None);
            }
        }
        match &summary.details {
            Details::Article(article) => {
                for (number, role) in article.roles.iter().enumerate() {
                    let entry = root.key("players").index(number);
                    self.player(at(entry.key("player")), &role.player);
                    if let Some(side) = &role.side {
                        self.player(at(entry.key("side")), side);
                    }
                    self.source(at(entry.key("source")), &role.source, summary);
                }
                for faq in &article.faq {
                    let path = root.key("faq").index(faq.at as usize);
                    self.id(at(path), &Target::Typed(Kind::Faq, faq.id.clone()));
                }
            }
            Details::Player(player) => self.player_fields(&at, player, summary),
            Details::Faq(faq) => {
                for (number, id) in faq.about.iter().enumerate() {
                    self.player(at(root.key("about").index(number)), id);
                }
                if let Some(id) = &faq.article {
                    self.id(at(root.key("article")), &Target::Typed(Kind::Article, id.clone()));
                }
            }
            Details::Topic(topic) => {
                if let Some(id) = &topic.parent {
                    self.topic(at(root.key("parent")), id);
                }
                for (number, id) in topic.featured.iter().enumerate() {
                    let path = root.key("featured").index(number);
                    self.id(at(path), &Target::Typed(Kind::Article, id.clone()));
                }
            }
            Details::Page => {}
        }
        if let Some(image) = &summary.image {
            let path = root.key("image").key("src");
            self.image(at(path), &image.src);
        }
    }

    fn player_fields(
        &mut self,
        at: At<'_>,
        player: &crate::content::model::Player,
        summary: &Summary,
    ) {
        let root = FieldPath::root();
        for (field, name) in [
            ("party", &player.party),
            ("country", &player.country),
            ("parent", &player.parent),
            ("head", &player.head),
            ("capital", &player.capital),
        ] {
            self.name(at(root.key(field)), name);
        }
        for (number, post) in player.posts.iter().enumerate() {
            let entry = root.key("posts").index(number);
            self.name(at(entry.key("org")), &post.org);
            self.source(at(entry.key("source")), &post.source, summary);
        }
        for (number, relation) in player.relations.iter().enumerate() {
            let entry = root.key("relations").index(number);
            self.player(at(entry.key("to")), &relation.to);
            self.source(at(entry.key("source")), &relation.source, summary);
        }
    }

    fn uses(&mut self, document: &Document) {
        let summary = &*document.summary;
        for occurrence in &document.uses {
            let at = || Where::place(&document.path, occurrence.place.clone());
            match &occurrence.what {
                Use::Link(Link::To(target, _)) => self.id(at(), target),
                Use::Link(Link::Root(url)) => {
                    if !self.hidden && leads_to_hidden(self.site, url) {
                        self.not_public(at(), url);
                    }
                }
                Use::Link(_) => {}
                Use::Fact(id) => {
                    let own = self.hidden && summary.facts.iter().any(|fact| fact.id == *id);
                    if !own && self.site.fact(id).is_none() {
                        self.unknown_fact(at(), id);
                    }
                }
                Use::Cite(id) => self.source(at(), &Some(id.clone()), summary),
                Use::Image(link) => self.image(at(), link),
            }
        }
    }

    fn event(&mut self, at: At<'_>, path: &FieldPath, event: &Event, summary: &Summary) {
        for (number, id) in event.players.iter().enumerate() {
            self.player(at(path.key("players").index(number)), id);
        }
        self.source(at(path.key("source")), &event.source, summary);
    }

    fn fact(&mut self, at: At<'_>, path: &FieldPath, fact: &Fact, summary: Option<&Summary>) {
        self.name(at(path.key("about")), &fact.about);
        self.name(at(path.key("attributed_to")), &fact.attributed_to);
        if let Some(id) = &fact.source {
            let own = summary.is_some_and(|summary| lists_source(summary, id));
            if !own && self.site.source(id).is_none() {
                self.unknown_source(at(path.key("source")), id, summary);
            }
        }
    }

    fn name(&mut self, at: Where, name: &Option<Name>) {
        if let Some(Name::Id(id)) = name {
            self.player(at, id);
        }
    }

    fn player(&mut self, at: Where, id: &Arc<str>) {
        self.id(at, &Target::Typed(Kind::Player, id.clone()));
    }

    fn source(&mut self, at: Where, id: &Option<Arc<str>>, summary: &Summary) {
        if let Some(id) = id
            && !lists_source(summary, id)
            && self.site.source(id).is_none()
        {
            self.unknown_source(at, id, Some(summary));
        }
    }

    fn topic(&mut self, at: Where, id: &Arc<str>) {
        let site = self.site;
        if site.of_kind(Kind::Topic, id).is_some() {
            return;
        }
        let target = Target::Typed(Kind::Topic, id.clone());
        if matches!(site.resolve(&target), Resolution::NotPublic | Resolution::Broken) {
            self.id(at, &target);
            return;
        }
        let known = site.topics.iter().filter(|topic| topic.page.is_some()).map(|topic| &*topic.id);
        let help = match nearest(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write content/topics/{id}.md to give it a title and a text"),
        };
        let message = format!("the topic `{id}` has no page of its own; it gets a list");
        self.problems.push(Problem::new(Code::UnknownTopic, at, message).help(help));
    }

    fn id(&mut self, at: Where, target: &Target) {
        match self.site.resolve(target) {
            Resolution::Page(_) | Resolution::Topic(_) | Resolution::Asset(_) => {}
            Resolution::Broken => {}
            Resolution::NotPublic if self.hidden => {}
            Resolution::NotPublic => self.not_public(at, target.id()),
            Resolution::Unknown => self.unknown(at, target),
        }
    }

    fn not_public(&mut self, at: Where, named: &str) {
        let message = format!("`{named}` is not public yet: its name is printed without a link");
        let help = "publish both together, or take the reference out until then";
        self.problems.push(Problem::new(Code::NotPublicYet, at, message).help(help));
    }

    fn unknown(&mut self, at: Where, target: &Target) {
        let site = self.site;
        let of_kind = |kind: Kind| -> Vec<&str> {
            let pages = site.pages.iter().filter(|page| page.summary.kind == kind);
            pages.map(|page| &*page.summary.id).collect()
        };
        let named = |id: &str| {
            let title = site.by_id(id).map(|page| &site.page(page).summary.title);
            match title {
                Some(title) => format!("did you mean `{id}` ({title})?"),
                None => format!("did you mean `{id}`?"),
            }
        };
        let id = target.id();
        let (code, what, folder, near) = match target {
            Target::Typed(Kind::Player, _) => (
                Code::UnknownPlayer,
                "player",
                "content/players/",
                nearest(id, of_kind(Kind::Player)),
            ),
            Target::Typed(kind, _) => {
                let folder = match kind {
                    Kind::Article => "content/articles/",
                    Kind::Faq => "content/faq/",
                    Kind::Topic => "content/topics/",
                    Kind::Page | Kind::Player => "content/pages/",
                };
                let what = kind.noun();
                let what = what.split_once(' ').map_or(what, |(_, noun)| noun);
                (Code::UnknownId, what, folder, nearest(id, of_kind(*kind)))
            }
            Target::Id(_) => match nearest(id, of_kind(Kind::Player)) {
                Some(near) => (Code::UnknownPlayer, "player", "content/players/", Some(near)),
                None => {
                    let all = site.pages.iter().map(|page| &*page.summary.id);
                    (Code::UnknownId, "page or player", "content/", nearest(id, all))
                }
            },
            Target::File(_) => {
                let all: Vec<&str> = site.pages.iter().map(|page| page.path.as_str()).collect();
                let near = nearest(id, all);
                let problem = Problem::new(Code::DeadLink, at, format!("no file `{id}`"))
                    .help(match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "the path is relative to the file that has the link".into(),
                    })
                    .label("no such file");
                self.problems.push(problem);
                return;
            }
        };
        // An id of another kind is no slip of the pen, but the wrong word before the colon.
        let other = site.by_id(id).map(|page| site.page(page).summary.kind);
        let help = match (near, other) {
            (_, Some(kind)) => format!("`{id}` is {}", kind.noun()),
            (Some(near), None) => named(near),
            (None, None) if EntityId::new(id).is_err() => {
                "ids are lower-case letters and digits joined by `-`: correct the id".into()
            }
            (None, None) if folder == "content/" => {
                format!(
                    "correct the id, or write the page that has it, such as content/players/{id}.md"
                )
            }
            (None, None) => format!("write {folder}{id}.md, or correct the id"),
        };
        self.problems.push(
            Problem::new(code, at, format!("no {what} `{id}`"))
                .label(format!("not found under {folder}"))
                .help(help),
        );
    }

    fn unknown_fact(&mut self, at: Where, id: &str) {
        let help = match nearest(id, self.site.fact_ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it in content/facts.yaml, or under `facts:` in the article".into(),
        };
        self.problems
            .push(Problem::new(Code::UnknownFact, at, format!("no fact `{id}`")).help(help));
    }

    fn unknown_source(&mut self, at: Where, id: &str, summary: Option<&Summary>) {
        let own = summary.into_iter().flat_map(|summary| &summary.sources);
        let own = own.filter_map(|source| source.id.as_deref());
        let help = match nearest(id, own.chain(self.site.source_ids())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it in content/sources.yaml, or under `sources:` on the page".into(),
        };
        self.problems
            .push(Problem::new(Code::UnknownSource, at, format!("no source `{id}`")).help(help));
    }

    fn image(&mut self, at: Where, link: &Link) {
        let found = match link {
            Link::To(target @ Target::File(_), _) => {
                matches!(self.site.resolve(target), Resolution::Asset(_) | Resolution::Broken)
            }
            _ => return,
        };
        if found {
            return;
        }
        let Link::To(target, _) = link else { return };
        let path = target.id();
        let message = format!("no picture `{path}`");
        let help = "put it in the page's own folder (`articles/ID/index.md` beside `picture.jpg`), or \
                    under static/ and write its path from the root";
        self.problems.push(
            Problem::new(Code::ImageNotFound, at, message)
                .label("looked here, relative to the file")
                .help(help),
        );
    }
}

fn lists_source(summary: &Summary, id: &str) -> bool {
    summary.sources.iter().any(|source| source.id.as_deref() == Some(id))
}
