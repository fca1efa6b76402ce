//! The home page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::content::kind::Kind;
use crate::site::{IndexKind, Output, OutputKind, PageIx, Subject, TopicIx, Which};

use super::SharedPart;
use super::changes::CorrectionView;
use super::common::{ArticleCard, Capped, PlayerCard, TopicCard};
use super::context::Context;
use super::kind::{PageContent, PageView};
use super::timeline::EventView;
use super::words::Runs;

/// How many of the newest articles the home page shows.
const LATEST: usize = 10;

/// How many of the most named players the home page shows.
const PLAYERS: usize = 8;

/// How many topics the home page shows.
const TOPICS: usize = 12;

/// What `home.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HomePage {
    /// Articles that `site.yaml` puts first.
    pub featured: Vec<SharedPart<ArticleCard>>,
    /// Players that `site.yaml` puts first.
    pub featured_players: Vec<SharedPart<PlayerCard>>,
    /// The newest articles that are not among the featured ones.
    pub latest: Capped<SharedPart<ArticleCard>>,
    /// What changed on the pages of the site, newest first.
    pub changed: Vec<CorrectionView>,
    /// What happens next.
    pub next: Capped<SharedPart<EventView>>,
    /// The players that most pages name, most often first.
    pub most_named: Vec<SharedPart<PlayerCard>>,
    /// The topics.
    pub topics: Capped<TopicCard>,
}

impl PageContent for HomePage {
    const KIND: OutputKind = OutputKind {
        name: "home",
        // Readers begin here: it leads nowhere that is not there.
        phase: Phase::Control,
        outputs: Which::OfSite(|site, add| add.page(site.home_out(), Subject::Site, true)),
    };
    const TEMPLATE: &'static str = "home.html";
    const ABOUT: &'static str = "What the template of the home page may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let site = cx.site;
        let page_cx = cx.page_context(&output.path, None);
        let settings = cx.settings;
        let description = settings.description.clone().unwrap_or_default();
        let mut head =
            page_cx.page(Self::KIND.name, settings.title.clone(), description, Vec::new());
        let lang = cx.settings_lang(|site| site.title == settings.title);
        if *lang != page_cx.lang.tag {
            page_cx.mark_title(&mut head, &Runs::of(&settings.title, lang));
        }
        let homes = cx.first.all().map(|site| (site.number(), site.home_out()));
        page_cx.also_in(&mut head, homes);
        let featured = |kind: Kind| -> Vec<PageIx> {
            let ids = settings.featured.iter().filter_map(|id| site.of_kind(kind, id));
            ids.filter(|ix| site.page(*ix).state.is_listed()).collect()
        };
        let (articles, players) = (featured(Kind::Article), featured(Kind::Player));
        let rest: Vec<PageIx> = site
            .graph
            .articles
            .iter()
            .filter(|ix| !articles.contains(ix))
            .take(LATEST + 1)
            .copied()
            .collect();
        let all = |kind| Some(cx.href(&site.index_out(kind, 0)));
        let most_named =
            site.graph.most_named.iter().filter(|ix| !players.contains(ix)).take(PLAYERS);
        let listed = site.listed(IndexKind::Topics);
        let topics = (0..listed.min(TOPICS) as u32).map(TopicIx);
        let content = Self {
            featured: articles.iter().map(|ix| page_cx.article_card(*ix)).collect(),
            featured_players: players.iter().map(|ix| page_cx.player_card(*ix)).collect(),
            latest: Capped {
                items: rest.iter().take(LATEST).map(|ix| page_cx.article_card(*ix)).collect(),
                more: (rest.len() > LATEST).then(|| all(IndexKind::Articles)).flatten(),
            },
            changed: site.graph.changed.iter().filter_map(|at| page_cx.correction(*at)).collect(),
            next: Capped { items: page_cx.next(), more: all(IndexKind::Timeline) },
            most_named: most_named.map(|ix| page_cx.player_card(*ix)).collect(),
            topics: Capped {
                items: topics.map(|ix| page_cx.topic_card(ix)).collect(),
                more: (listed > TOPICS).then(|| all(IndexKind::Topics)).flatten(),
            },
        };
        page_cx.view(head, content)
    }
}
