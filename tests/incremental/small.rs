//! A small site whose pages lean on each other in every way that content can: the ground of the edit scripts.

use briefing::source::Memory;

/// What varies between the sites of a run. Every number is taken modulo what there is to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// How many articles: 2 to 5.
    pub(crate) articles: u8,
    /// Which player, article and fact each article names.
    pub(crate) names: Vec<u8>,
}

/// The players: id, kind, name, further front matter.
const PLAYERS: [(&str, &str, &str, &str); 6] = [
    ("aland", "country", "Aland Isles", "iso: FR\ncapital: Porto Alto\n"),
    ("borea", "country", "Borea", ""),
    ("works", "organisation", "Ministry of Works", "country: aland\nhead: cara-dane\nabbr: MoW\n"),
    (
        "cara-dane",
        "person",
        "Cara Dane",
        "country: aland\nposts: [{title: Minister of Works, org: works, start: 2024-01-01}]\n\
         relations: [{to: works, type: leads, since: 2024}, {to: eno-falk, type: rival of}]\n",
    ),
    ("eno-falk", "person", "Eno Falk", "country: borea\nborn: 1960\naliases: [Falk]\n"),
    (
        "gil-hart",
        "person",
        "Gil Hart",
        "party: Reform Party\nimage: {src: /img/flag.png, alt: A flag}\n",
    ),
];

/// The shared facts.
const FACTS: &str = "share:\n  value: 3.5\n  unit: \"%\"\n  denominator: GDP\n  of: Spending of Aland\n  about: aland\n  \
                     as_of: 2025-01-01\n  source: gazette\n  history: [{value: 2, as_of: 2020}]\n\
                     cost:\n  value: 40\n  unit: ships\n  about: borea\n  source: almanac\n";

/// The shared sources.
const SOURCES: &str = "gazette:\n  title: Report of the Gazette\n  publisher: The Gazette\n  date: 2025-01-02\n\
                       almanac:\n  title: Almanac of the isles\n  url: https://almanac.example/isles\n";

/// The site of a plan.
pub(crate) fn site(plan: &Plan) -> Memory {
    let mut site = Memory::new();
    site.write(
        "content/site.yaml",
        "title: Small Briefing\nbase_url: https://example.org/sub/\nlang: en\ntimezone: Europe/London\ncontent_trust: trusted\n\
         featured: [story-0]\nnav: [{text: Stories, to: /articles/}, {text: About us, to: about}]\n",
    );
    site.write("content/facts.yaml", FACTS);
    site.write("content/sources.yaml", SOURCES);
    for (id, kind, name, more) in PLAYERS {
        let text = format!(
            "---\nname: {name}\nkind: {kind}\n{more}---\n\n{name} is a player. Compare [[borea]].\n"
        );
        site.write(&format!("content/players/{id}.md"), text);
    }
    let count = 2 + usize::from(plan.articles) % 4;
    for number in 0..count {
        let path = match number {
            1 => "content/articles/story-1/index.md".to_string(),
            _ => format!("content/articles/story-{number}.md"),
        };
        site.write(&path, article(plan, number, count));
    }
    site.write("content/articles/story-1/map.png", png(40, 30));
    site.write("content/articles/story-1/plan-0.txt", "A plan.\n");
    site.write(
        "content/articles/later.md",
        "---\ntitle: Comes later\npublished: 2026-01-03\nplayers: [borea]\n---\n\nNot [[aland]] yet.\n",
    );
    site.write(
        "content/articles/unfinished.md",
        "---\ntitle: Not finished\nstatus: draft\nplayers: [gil-hart]\n---\n\nA [[story-0]] to come.\n",
    );
    site.write(
        "content/faq/common.md",
        "---\ntitle: Common questions\nabout: [aland]\narticle: story-0\ntopics: [ships]\n---\n\n\
         ## Why ships? {#why-ships}\n\nBecause [[cara-dane]] said [[fact:cost]].\n\n\
         ## Who pays?\n\nThe [works](player:works), by the [[story-0|first story]].\n",
    );
    site.write(
        "content/faq/rare.md",
        "---\ntitle: Rare questions\nabout: [gil-hart]\n---\n\n## Is it so? {#is-it-so}\n\nSays [[gil-hart]].\n",
    );
    site.write(
        "content/topics/ships.md",
        "---\ntitle: Ships\nsummary: Vessels of all kinds.\nfeatured: [story-0]\n---\n\nOn ships.\n",
    );
    site.write(
        "content/topics/money.md",
        "---\ntitle: Money\nparent: ships\n---\n\nOn money and [[borea]].\n",
    );
    site.write(
        "content/pages/about.md",
        "---\ntitle: About us\nredirect_from: /who-we-are/\n---\n\nWe explain. See [a story](../articles/story-0.md).\n",
    );
    site.write(
        "content/pages/contact.md",
        "---\ntitle: Contact\n---\n\nWrite to [the works](player:works).\n",
    );
    site.write(
        "templates/404.html",
        "{# view::simple::NotFoundPage #}\n{% extends \"base.html\" %}\n\
         {% block main %}\n<h1>Gone</h1>\n{% endblock main %}\n",
    );
    site.write("templates/lang/en.ftl", "# Ours\nhome = Start\n");
    site.write("static/robots.txt", "User-agent: *\n");
    site.write("static/img/flag.png", png(8, 4));
    site
}

fn article(plan: &Plan, number: usize, count: usize) -> String {
    let pick = |at: usize, of: usize| -> usize {
        let names = &plan.names;
        usize::from(names[(number * 5 + at) % names.len()]) % of
    };
    let player = |at: usize| PLAYERS[pick(at, PLAYERS.len())].0;
    let (first, second, third) = (player(0), player(1), player(2));
    let also = if first == second { String::new() } else { format!(", {second}") };
    let other = pick(3, count);
    let fact = ["share", "cost"][pick(4, 2)];
    let topic = ["ships", "money"][number % 2];
    let day = number + 1;
    // The first is newer than the second, or older, as the site's time zone has it.
    let published = match number {
        0 => "2025-02-02T02:00:00Z".to_string(),
        _ => format!("2025-02-0{day}"),
    };
    // The second article is a folder, one step further from the others.
    let (up, picture, image) = match number {
        1 => (
            "../../",
            "\n![](map.png)\n",
            "image: {src: map.png, alt: A map, caption: \"By *us*.\"}\n",
        ),
        _ => ("../", "", ""),
    };
    format!(
        "---\ntitle: Story number {number}\npublished: {published}\ngenre: analysis\ntopics: [{topic}]\n\
         players: [{{player: {first}, role: Speaker, position: \"Wants *more* than [[fact:{fact}]].\"}}{also}]\n\
         key_points: [\"See [[{third}]].\"]\n\
         facts: {{own-{number}: {{value: {day}, unit: ports}}}}\n\
         events: [{{date: 2025-03-0{day}, name: Meeting {number}, players: [{first}], source: gazette}}]\n\
         sources: [gazette]\n\
         faq: [{{q: What is story {number}?, a: \"Ask [[{third}]].\"}}]\n{image}---\n\n\
         The lead of {number} names [[{second}]].\n\n## A section\n\n\
         A sentence on [the player](player:{third}) and [[story-{other}]], with [[fact:{fact}]].[^gazette]\n\n\
         ## Plain\n\nNobody is <b>named</b> here. A [question]({up}faq/common.md#why-ships) follows.\n{picture}",
    )
}

/// A PNG picture of a size and one colour, with what a camera might write into it.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.add_text_chunk("Location".into(), "metadata".into()).expect("plain words");
    let mut writer = encoder.write_header().expect("a picture has pixels");
    let pixels = vec![0x66; (width * height * 4) as usize];
    writer.write_image_data(&pixels).expect("as many as its size says");
    writer.finish().expect("a vector takes them");
    bytes
}
