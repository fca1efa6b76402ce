//! Every way in which a site's files name a player, and as many in which they only seem to.
//!
//! A `§` is where the player's id stands. Everywhere else `ann-ode` is a word: of a title, of code, the id of a source,
//! a fact or a topic.

use briefing::source::Memory;

/// The player's id, and the word that is everywhere.
pub(crate) const ID: &str = "ann-ode";

/// Front matter of an article: for each key, the ways to write it.
pub(crate) const ARTICLE: &[&[&str]] = &[
    &[
        "players:\n  - §\n  - player: borea   # §\n    side: §\n    position: 'It''s [[§|ann-ode]] who *says* `[[ann-ode]]`'\n",
        "players: [ §, \"borea\" ]  # ann-ode\n",
        "players: {player: '§', role: ann-ode}\n",
        "players: \"§\"\n",
        "players:\n- player:\n    §\n  source: ann-ode\n",
        "players:\n- player: |-\n    §\n  position: |+\n    [[§]]\n\n\n",
    ],
    &[
        "events:\n  - date: 2025-01-01\n    name: \"ann-ode met\"\n    players: [§, §, borea, '§']\n    source: ann-ode\n",
        "events:\n- {date: 2025-01-01, name: Met, players: §}\n",
    ],
    &[
        "facts:\n  ann-ode:\n    value: 3\n    about: §\n    attributed_to: \"§\"\n    source: ann-ode\n",
        "facts: {ann-ode: {value: 3, about: §, unit: ann-ode}}\n",
    ],
    &[
        "key_points:\n  - \"\\\"[[§]]\\\" \\u00e9\\\n     \\t[x](player:§#views) \\x41\"\n  - >-\n    Folded [[§]]\n    and ann-ode\n\n      [y](player:§)\n",
        "key_points: See [[§]], of\n  the é [[§#views|ann-ode]]\n  # ann-ode\n",
    ],
    &[
        "faq:\n  - q: Who is ann-ode?\n    a: |\n      [[§]] and\n\n          [[ann-ode]] code\n\n      1. [z](PATH#views)\n",
        "faq: [{q: 'Why [[ann-ode]]?', a: 'As [[§]], said.[^ann-ode]'}, questions]\n",
    ],
    &["changes: {date: 2025-02-02, note: \"About [[§]].\"}\n"],
    &["image: {src: /img/map.png, alt: '[[ann-ode]]', caption: 'Of [[§]]'}\n", "image: PICTURE\n"],
    &["topics: ann-ode\n", "topics: [ann-ode]\n"],
    &["summary: A summary of [[ann-ode]], which is no Markdown.\n"],
    &["extra: {who: ann-ode}\n"],
    &["sources: [ann-ode]\n", "sources:\n  - {id: own, title: Of ann-ode}\n  - ann-ode\n"],
];

/// Blocks of a body.
pub(crate) const BODY: &[&str] = &[
    "[[§]] and [[§|ann-ode]], [[ § ]] and [[§#views]].   \n",
    "[ann-ode](player:§ \"player:ann-ode\") <player:§> [b]( Player:§#views )\n",
    "[a](PATH#views) [b](</players/§/#views>) [c](/players/§?x) [d](https://example.org/sub/players/§/)\n",
    "[ref][r], [r] and ![ann-ode](PICTURE)\n\n[r]: player:§ 'player:ann-ode'\n[unused]: <player:§>\n",
    "`[[ann-ode]]` <!-- [[ann-ode]] --> \\[[ann-ode]] [[-|ann-ode]] player:ann-ode /players/ann-ode/\n",
    "```\n[x](player:ann-ode) [[ann-ode]]\n```\n\n    [[ann-ode]]\n",
    "| ann-ode | b |\n|---|---|\n| [[§\\|Ann]] | [x](player:§) |\n",
    "> [!NOTE] [[§]]\n> [s](https://example.org/other/players/ann-ode/) ![x](/img/map.png)\n",
    "Cited[^ann-ode], noted[^1], said by [ann-ode](topic:ann-ode).\n\n[^1]: A note of [[§]].\n",
    "- one\n  - [two **[[§]] x**](https://example.com/players/ann-ode/)\n\n## ann-ode\n\n[up](#ann-ode) or\n[a\nb](\n  player:§)\n",
    "<p title=\"[[ann-ode]]\">\n\nTerm [[§]]\n: [d](player:§)\n",
];

/// Front matter of another player.
pub(crate) const PLAYER: &[&[&str]] = &[
    &["head: §\n", "head: Ann Ode\n"],
    &["relations: [{to: §, type: ann-ode}]\n", "relations:\n  to: '§'\n  source: ann-ode\n"],
    &["posts:\n  - title: ann-ode\n    org: §\n"],
    &["party: §\n"],
    &["country: \"§\"\n"],
    &["parent: §\n", "capital: §\n"],
    &["aliases: [ann-ode]\n"],
    &["links: [{text: ann-ode, url: 'https://example.com/ann-ode'}]\n"],
];

/// The site's settings.
pub(crate) const SITE: &[&[&str]] = &[
    &["featured: [§, §, story]\n", "featured: §\n", "featured:\n- story\n- \"§\"\n"],
    &["nav: [{text: ann-ode, to: §}, {text: A, to: /players/§/#views}, story]\n", "nav: §\n"],
    &["footer:\n  - §\n  - text: ann-ode\n    to: https://example.org/sub/players/§/\n"],
    &["description: Of ann-ode.\n"],
];

/// Whether the player's page is a file, or a folder with a picture in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lies {
    File,
    Folder,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    Unix,
    Dos,
    /// With a byte-order mark, and some lines that end another way.
    MarkedAndMixed,
    /// Without a line end at the end.
    Open,
}

impl Ends {
    pub(crate) const ALL: [Self; 4] = [Self::Unix, Self::Dos, Self::MarkedAndMixed, Self::Open];

    pub(crate) fn of(self, text: &str) -> String {
        match self {
            Self::Unix => text.to_owned(),
            Self::Dos => text.replace('\n', "\r\n"),
            Self::MarkedAndMixed => {
                let mut lines = text.split('\n').map(str::to_owned).collect::<Vec<_>>();
                let last = lines.len() - 1;
                lines[..last].iter_mut().step_by(2).for_each(|line| line.push('\r'));
                format!("\u{feff}{}", lines.join("\n"))
            }
            Self::Open => text.trim_end_matches('\n').to_owned(),
        }
    }
}

/// What varies between sites: for each list of ways, which one; numbers are taken modulo one more than there are, and
/// the last is to leave it out.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) article: Vec<u8>,
    pub(crate) body: Vec<bool>,
    pub(crate) player: Vec<u8>,
    pub(crate) site: Vec<u8>,
    pub(crate) lies: Lies,
    pub(crate) ends: Ends,
}

impl Plan {
    /// A plan that takes the same way everywhere.
    pub(crate) fn all(number: u8, lies: Lies, ends: Ends) -> Self {
        let most = |lists: &[&[&str]]| {
            lists.iter().map(|ways| number.min(ways.len() as u8 - 1)).collect::<Vec<_>>()
        };
        Self {
            article: most(ARTICLE),
            body: vec![true; BODY.len()],
            player: most(PLAYER),
            site: most(SITE),
            lies,
            ends,
        }
    }

    /// The site, with the player under an id; with the old path in `redirect_from` if there is one.
    pub(crate) fn site_with(&self, id: &str, redirect: Option<&str>) -> Memory {
        let mut site = Memory::new();
        let (path, picture) = match self.lies {
            Lies::File => (format!("content/players/{id}.md"), "/img/map.png".to_owned()),
            Lies::Folder => {
                (format!("content/players/{id}/index.md"), format!("../players/{id}/face.png"))
            }
        };
        let way = path.replace("content/", "../");
        let text = |text: String| {
            let text = text.replace("PATH", &way).replace("PICTURE", &picture);
            self.ends.of(&text.replace('§', id)).into_bytes()
        };

        let me = match self.lies {
            Lies::File => format!("[me]({id}.md#views) [I](#views)"),
            Lies::Folder => "[me](index.md#views) ![](face.png) ![](../§/face.png)".to_owned(),
        };
        let own = if self.lies == Lies::Folder { "face.png" } else { "PICTURE" };
        let player = format!(
            "---\nname: Ann Ode\nimage: {own}\n--- \n\n## Views\n\nOf [[§]], ann-ode: {me}.\n"
        );
        let mut player = text(player);
        if let Some(redirect) = redirect {
            let end = if player[..40].contains(&b'\r') { "\r\n" } else { "\n" };
            let fence = player.windows(5).position(|bytes| bytes == b"\n--- ").unwrap() + 1;
            player.splice(fence..fence, format!("redirect_from: {redirect}{end}").into_bytes());
        }
        site.write(&path, player);
        if self.lies == Lies::Folder {
            site.write(
                &path.replace("index.md", "face.png"),
                b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
            );
        }
        site.write("static/img/map.png", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec());
        let other = chosen(PLAYER, &self.player);
        site.write("content/players/borea.md", text(format!("---\nname: Borea\n{other}---\n")));

        let front = chosen(ARTICLE, &self.article);
        let mut body = String::new();
        for (block, _) in BODY.iter().zip(&self.body).filter(|(_, on)| **on) {
            body.push('\n');
            body.push_str(block);
        }
        let story = format!("---\ntitle: Of ann-ode\npublished: 2025-01-01\n{front}---\n{body}");
        site.write("content/articles/story.md", text(story));
        let draft = "---\ntitle: A draft\nstatus: draft\nplayers: §\n---\n[[§]] `[[ann-ode]]`\n";
        site.write("content/articles/draft.md", text(draft.to_owned()));
        let faq = "---\ntitle: Questions\nabout: [§, borea, §]\n---\n## Who is [[§]]?\n\nAnn.\n";
        site.write("content/faq/questions.md", text(faq.to_owned()));
        let page = "---\ntitle: About ann-ode\n---\n[Ann](PATH)\n";
        site.write("content/pages/about.md", text(page.to_owned()));
        let topic = "---\ntitle: ann-ode\n---\nOf [[§]].\n";
        site.write("content/topics/odes.md", text(topic.to_owned()));
        let facts =
            "# of ann-ode\ncost: {value: 4, about: §, attributed_to: '§', source: ann-ode}\n";
        site.write("content/facts.yaml", text(facts.to_owned()));
        site.write("content/sources.yaml", text("ann-ode: {title: By ann-ode}\n".to_owned()));
        let settings = chosen(SITE, &self.site);
        let settings = format!("title: Of ann-ode\nbase_url: https://example.org/sub/\n{settings}");
        site.write("content/site.yaml", text(settings));
        site
    }
}

pub(crate) fn chosen(lists: &[&[&str]], numbers: &[u8]) -> String {
    let ways = lists.iter().zip(numbers);
    let ways = ways.filter_map(|(ways, number)| ways.get(usize::from(*number) % (ways.len() + 1)));
    // A `§` in a comment is no reference.
    ways.map(|way| way.replace("# §", "# ann-ode")).collect()
}
