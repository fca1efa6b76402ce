//! What an author does to a site between two builds.

use briefing::base::BaseUrl;
use briefing::engine::{Now, Options};
use briefing::render::theme;
use briefing::source::Memory;
use jiff::civil::date;

use crate::small::png;

/// One edit: what, and two numbers that choose where.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) kind: Kind,
    pub(crate) a: u8,
    pub(crate) b: u8,
}

macro_rules! kinds {
    ($($name:ident,)+) => {
        /// The kinds of edits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Kind { $($name,)+ }

        impl Kind {
            /// Every kind.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];
        }
    };
}

kinds! {
    Create, CreatePlayer, Retitle, RenamePlayer, Summary, Date, Status, Reslug, RenameId,
    DeletePlayer, DeletePage, Swap, BreakFrontMatter, BreakTemplate, FailTemplate, Repair, EditBase,
    EditPartial, RemoveTemplate, EditText, AddTemplate, Fact, Source, SiteTitle, SiteBase, SiteLang,
    SiteNav, SiteTrust, SiteFeatured, SiteZone, SiteAuthors, AddStatic, RemoveStatic, RenameCase,
    Collide, Asset, RemoveAsset, LinkAsset, Picture, Redirect, Whitespace, Touch, Question, Mention,
    Unmention, Position, Event, Heading, Lang, Autolink, Bytes, Drafts, Future, Day, Base,
}

/// A site being edited, and how it is built.
pub(crate) struct Editor {
    pub(crate) site: Memory,
    pub(crate) options: Options,
    /// What was broken, as it was before.
    broken: Vec<(String, Option<Vec<u8>>)>,
    /// Counts edits, so that no two write the same words.
    count: usize,
}

impl Editor {
    pub(crate) fn new(site: Memory) -> Self {
        let options = Options {
            now: Now::Day(date(2026, 1, 1)),
            drafts: false,
            future: false,
            base_url: None,
            folder: "site".to_string(),
            keep: true,
        };
        Self { site, options, broken: Vec::new(), count: 0 }
    }

    /// Does an edit. Tells whether there was something to do it to.
    pub(crate) fn apply(&mut self, edit: &Edit) -> bool {
        self.count += 1;
        self.edit(edit).is_some()
    }

    /// Whether something is broken on purpose.
    pub(crate) fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    fn edit(&mut self, edit: &Edit) -> Option<()> {
        let (a, b, n) = (usize::from(edit.a), usize::from(edit.b), self.count);
        match edit.kind {
            Kind::Create => {
                let player = self.id("content/players/", b)?;
                self.site.write(
                    &format!("content/articles/new-{n}.md"),
                    format!(
                        "---\ntitle: New {n}\npublished: 2025-0{}-15\nplayers: [{player}]\ntopics: [ships]\n---\n\nOn [[{player}]].\n",
                        a % 9 + 1
                    ),
                );
            }
            Kind::CreatePlayer => {
                // Under a name that others may miss since it was deleted.
                let id = ["aland", "gil-hart", "newcomer"][a % 3];
                let path = format!("content/players/{id}.md");
                self.site.write(&path, format!("---\nname: Returned {n}\n---\n\nBack.\n"));
            }
            Kind::Retitle => {
                let path =
                    self.path(&["content/articles/", "content/faq/", "content/topics/"], a)?;
                self.set(&path, "title", &format!("Titled anew {n}"))?;
            }
            Kind::RenamePlayer => {
                let path = self.path(&["content/players/"], a)?;
                self.set(&path, "name", &format!("Another Name {n}"))?;
            }
            Kind::Summary => {
                let path = self.path(&["content/"], a)?;
                self.set(&path, "summary", &format!("Summed up {n}."))?;
            }
            Kind::Date => {
                let path = self.path(&["content/articles/"], a)?;
                self.set(&path, "published", &format!("2025-{:02}-1{}", b % 12 + 1, a % 10))?;
            }
            Kind::Status => {
                let path = self.path(&["content/"], a)?;
                let status = ["draft", "withdrawn", "published"][b % 3];
                self.set(&path, "status", status)?;
            }
            Kind::Reslug => {
                let path =
                    self.path(&["content/articles/", "content/players/", "content/faq/"], a)?;
                self.set(&path, "slug", ["moved", "elsewhere", "story-0"][b % 3])?;
            }
            Kind::RenameId => {
                let path = self.path(&["content/articles/", "content/players/"], a)?;
                let folder = path.rsplit_once('/')?.0.to_string();
                let bytes = self.site.remove(&path)?;
                self.site.write(&format!("{folder}/renamed-{n}.md"), bytes);
            }
            Kind::DeletePlayer => {
                let path = self.path(&["content/players/"], a)?;
                self.site.remove(&path)?;
            }
            Kind::DeletePage => {
                let folders =
                    ["content/articles/", "content/faq/", "content/topics/", "content/pages/"];
                let path = self.path(&folders, a)?;
                self.site.remove(&path)?;
            }
            Kind::Swap => {
                let folder = ["content/articles/", "content/players/"][a % 2];
                let (one, two) = (self.path(&[folder], a)?, self.path(&[folder], a + 1 + b % 2)?);
                if one == two {
                    return None;
                }
                let (first, second) = (self.site.remove(&one)?, self.site.remove(&two)?);
                self.site.write(&one, second).write(&two, first);
            }
            Kind::BreakFrontMatter => {
                let path = self.path(&["content/"], a)?;
                let text = self.text(&path)?;
                let broken = match b % 4 {
                    0 => text.replacen("---\n", "---\ntitle: a: b\n\tx\n", 1),
                    1 => text.replacen("---\n", "---\npublished: 30/02/2025\n", 1),
                    2 => text.replacen("\n---\n", "\n", 1),
                    _ => text.replacen("---\n", "---\ntitle: Twice\ntitle: Twice\nauther: x\n", 1),
                };
                self.smash(&path, broken);
            }
            Kind::BreakTemplate => {
                let path = ["templates/article.html", "templates/extra.html"][a % 2];
                self.smash(path, ["{% if %}", "{{ 1 +", "{% extends \"nowhere.html\" %}"][b % 3]);
            }
            Kind::FailTemplate => {
                let text = "{% extends \"base.html\" %}\n{% block main %}{{ player.nothing.at_all }}{% endblock main %}\n";
                self.smash(["templates/player.html", "templates/topic.html"][a % 2], text);
            }
            Kind::Repair => {
                let (path, before) = self.broken.pop()?;
                match before {
                    Some(bytes) => self.site.write(&path, bytes),
                    None => {
                        self.site.remove(&path)?;
                        return Some(());
                    }
                };
            }
            Kind::EditBase => {
                let text = self.template("base.html")?;
                let changed = format!("<meta name=\"edit\" content=\"{n}\">\n</head>");
                self.site.write("templates/base.html", text.replacen("</head>", &changed, 1));
            }
            Kind::EditPartial => {
                let name = ["components/cards.html", "components/parts.html"][a % 2];
                let text = self.template(name)?;
                let changed = text.replacen("class=\"", &format!("class=\"edit-{n} "), 1);
                self.site.write(&format!("templates/{name}"), changed);
            }
            Kind::RemoveTemplate => {
                let path = self.path(&["templates/"], a)?;
                self.site.remove(&path)?;
            }
            Kind::EditText => {
                self.site.write("templates/lang/en.ftl", format!("home = Start {n}\n"));
            }
            Kind::AddTemplate => {
                self.site.write("templates/unused.html", format!("<p>{n}</p>\n"));
            }
            Kind::Fact => {
                let text = self.text("content/facts.yaml")?;
                let (head, rest) = text.split_once("value: ")?;
                let (_, tail) = rest.split_once('\n')?;
                let changed = format!("{head}value: {n}.5\n{tail}");
                self.site.write("content/facts.yaml", changed);
            }
            Kind::Source => {
                let text = self.text("content/sources.yaml")?;
                let changed = text.replacen("title: ", &format!("title: New {n} "), 1);
                self.site.write("content/sources.yaml", changed);
            }
            Kind::SiteTitle => self.setting("title", &format!("Renamed Briefing {n}"))?,
            Kind::SiteBase => {
                let urls = ["https://other.example/", "https://example.org/a/b/", "null"];
                self.setting("base_url", urls[a % 3])?;
            }
            Kind::SiteLang => self.setting("lang", ["en-GB", "de", "ja"][a % 3])?,
            Kind::SiteNav => {
                let to = ["about", "/faq/", "nowhere", "/gone/"][a % 4];
                self.setting("nav", &format!("[{{text: Go {n}, to: {to}}}]"))?;
            }
            Kind::SiteTrust => self.setting("content_trust", ["untrusted", "trusted"][a % 2])?,
            Kind::SiteZone => {
                self.setting("timezone", ["Pacific/Auckland", "UTC", "America/New_York"][a % 3])?;
            }
            Kind::SiteAuthors => self.setting("authors", &format!("Desk {n}"))?,
            Kind::SiteFeatured => {
                let id = self.id("content/articles/", a)?;
                self.setting("featured", &format!("[{id}]"))?;
            }
            Kind::AddStatic => {
                self.site.write(&format!("static/added-{}.txt", a % 3), format!("{n}\n"));
            }
            Kind::RemoveStatic => {
                let path = self.path(&["static/"], a)?;
                self.site.remove(&path)?;
            }
            Kind::RenameCase => {
                let path = self.path(&["static/"], a)?;
                let (folder, name) = path.rsplit_once('/')?;
                let upper = format!("{folder}/{}", name.to_uppercase());
                let lower = format!("{folder}/{}", name.to_lowercase());
                let bytes = self.site.remove(&path)?;
                self.site.write(if path == upper { &lower } else { &upper }, bytes);
            }
            Kind::Collide => {
                let paths = [
                    "static/articles/story-0/index.html",
                    "static/index.html",
                    "static/faq/INDEX.html",
                ];
                self.site.write(paths[a % 3], format!("<p>mine {n}</p>"));
            }
            Kind::Asset => {
                let name = format!("plan-{}.txt", a % 3);
                self.site.write(&format!("content/articles/story-1/{name}"), format!("{n}"));
            }
            Kind::RemoveAsset => {
                let paths = ["map.png", "plan-0.txt", "plan-1.txt", "plan-2.txt"];
                let path = format!("content/articles/story-1/{}", paths[a % 4]);
                self.site.remove(&path)?;
            }
            Kind::LinkAsset => {
                let more = format!("\nThe [plan](plan-{}.txt) and ![](map.png).\n", a % 3);
                self.append("content/articles/story-1/index.md", &more)?;
            }
            Kind::Picture => {
                self.site.write("content/articles/story-1/map.png", png(10 + n as u32, 30));
            }
            Kind::Redirect => {
                let path =
                    self.path(&["content/articles/", "content/players/", "content/pages/"], a)?;
                let from = ["/old/", "/articles/story-0/", "/who-we-are/"][b % 3];
                self.set(&path, "redirect_from", from)?;
            }
            Kind::Whitespace => {
                let path = self.path(&["content/"], a)?;
                let mut bytes = self.site.get(&path)?.to_vec();
                bytes.extend_from_slice(b"\n \n");
                self.site.write(&path, bytes);
            }
            Kind::Touch => {
                let path = self.path(&["content/", "templates/", "static/"], a)?;
                let bytes = self.site.get(&path)?.to_vec();
                self.site.write(&path, bytes);
            }
            Kind::Question => {
                let path = self.path(&["content/faq/"], a)?;
                let player = self.id("content/players/", b)?;
                self.append(&path, &format!("\n## Question {n}?\n\nSays [[{player}]].\n"))?;
            }
            Kind::Mention => {
                let path = self.path(&["content/"], a)?;
                let player = self.id("content/players/", b)?;
                self.append(&path, &format!("\nLate {n}, [[{player}]] agreed.\n"))?;
            }
            Kind::Unmention => {
                let path = self.path(&["content/articles/"], a)?;
                let text = self.text(&path)?;
                let (front, body) = text.split_once("\n---\n")?;
                let changed = format!("{front}\n---\n{}", body.replacen("[[", "[[-|", 1));
                self.site.write(&path, changed);
            }
            Kind::Position => {
                let path = self.path(&["content/articles/"], a)?;
                let player = self.id("content/players/", b)?;
                let value = format!("[{{player: {player}, position: \"Now *holds* {n}.\"}}]");
                self.set(&path, "players", &value)?;
            }
            Kind::Event => {
                let path = self.path(&["content/articles/"], a)?;
                let player = self.id("content/players/", b)?;
                let value = format!(
                    "[{{date: 2025-05-0{}, name: Talk {n}, players: [{player}]}}]",
                    b % 9 + 1
                );
                self.set(&path, "events", &value)?;
            }
            Kind::Heading => {
                let path = self.path(&["content/articles/", "content/faq/"], a)?;
                let text = self.text(&path)?;
                self.site.write(&path, text.replacen("\n## ", &format!("\n## Headed {n} "), 1));
            }
            Kind::Lang => {
                let path = self.path(&["content/"], a)?;
                self.set(&path, "lang", ["fr", "en", "ar"][b % 3])?;
            }
            Kind::Autolink => {
                let path = self.path(&["content/articles/"], a)?;
                self.set(&path, "autolink", ["off", "page", "all"][b % 3])?;
            }
            Kind::Bytes => {
                let path = self.path(&["content/"], a)?;
                let mut bytes = self.site.get(&path)?.to_vec();
                bytes.push(0xE9);
                let before = self.site.get(&path).map(<[u8]>::to_vec);
                self.broken.push((path.clone(), before));
                self.site.write(&path, bytes);
            }
            Kind::Drafts => self.options.drafts = !self.options.drafts,
            Kind::Future => self.options.future = !self.options.future,
            Kind::Day => {
                // The last is a day later in Auckland, where the scheduled article is public by then.
                let evening = date(2026, 1, 2).at(20, 0, 0, 0).in_tz("UTC").ok()?;
                self.options.now = [
                    Now::Day(date(2026, 1, 1)),
                    Now::Day(date(2026, 1, 3)),
                    Now::Day(date(2025, 2, 2)),
                    Now::At(evening.timestamp()),
                ][a % 4];
            }
            Kind::Base => {
                self.options.base_url = match a % 3 {
                    0 => None,
                    1 => BaseUrl::parse("https://given.example/deep/").ok(),
                    _ => BaseUrl::parse("https://given.example/").ok(),
                };
            }
        }
        Some(())
    }

    /// A text file below one of some folders.
    fn path(&self, folders: &[&str], at: usize) -> Option<String> {
        let paths: Vec<&str> = self
            .site
            .paths()
            .map(|path| path.as_str())
            .filter(|path| folders.iter().any(|folder| path.starts_with(folder)))
            .filter(|path| !path.starts_with("content/") || path.ends_with(".md"))
            .collect();
        paths.get(at.checked_rem(paths.len())?).map(|path| (*path).to_string())
    }

    /// The id of a page below a folder.
    fn id(&self, folder: &str, at: usize) -> Option<String> {
        let path = self.path(&[folder], at)?;
        let path = path.trim_end_matches("/index.md").trim_end_matches(".md");
        path.rsplit('/').next().map(str::to_string)
    }

    fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.site.get(path)?.to_vec()).ok()
    }

    /// The site's own template, or the theme's.
    fn template(&self, name: &str) -> Option<String> {
        let path = format!("templates/{name}");
        self.text(&path).or_else(|| {
            theme::TEMPLATES
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).to_string())
        })
    }

    /// Writes a file that cannot be built, and remembers what was there.
    fn smash(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.broken.push((path.to_string(), self.site.get(path).map(<[u8]>::to_vec)));
        self.site.write(path, text);
    }

    fn append(&mut self, path: &str, more: &str) -> Option<()> {
        let text = self.text(path)?;
        self.site.write(path, text + more);
        Some(())
    }

    /// Sets a field of a page's front matter.
    fn set(&mut self, path: &str, key: &str, value: &str) -> Option<()> {
        let text = self.text(path)?;
        let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        self.site.write(path, format!("---\n{}---\n{body}", with(front, key, value)));
        Some(())
    }

    /// Sets a field of `site.yaml`.
    fn setting(&mut self, key: &str, value: &str) -> Option<()> {
        let text = self.text("content/site.yaml")?;
        self.site.write("content/site.yaml", with(&text, key, value));
        Some(())
    }
}

/// YAML of one-line fields with one of them set.
fn with(yaml: &str, key: &str, value: &str) -> String {
    let start = format!("{key}:");
    let mut text: String = yaml
        .lines()
        .filter(|line| !line.starts_with(&start))
        .map(|line| format!("{line}\n"))
        .collect();
    text.push_str(&format!("{key}: {value}\n"));
    text
}
