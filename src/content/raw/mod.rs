//! Front matter as it is written: every field optional, every text unread.
//!
//! The doc comments here are the author's reference: `briefing explain article` prints them. What a field may
//! hold is decided in `resolve/`; a raw struct knows only its shape.

mod parts;

pub use parts::{
    RawAlias, RawAuthor, RawChange, RawEvent, RawFact, RawImage, RawPastValue, RawPost,
    RawQuestion, RawRange, RawRelation, RawRole, RawSource, RawWebLink, RawWithdrawal,
};

use crate::yaml::{Entries, Extra, OneOrMany, Text, TextOr, mapping};

mapping! {
    /// The fields that the front matter of every kind has.
    RawShared {
        /// One or two plain sentences, better up to 300 characters. Default: the first paragraph.
        summary: Text,
        /// The language, BCP 47, such as `en-GB`. Default: the site's.
        #[schemars(extend("x-type" = "language tag"))]
        lang: Text,
        /// `published` (default), `draft` (only built with `--drafts`) or `withdrawn` (keeps its URL under a banner).
        status: Text,
        /// Of a page that is withdrawn or has expired: `date`, `reason` and `successor`, for its banner.
        withdrawal: RawWithdrawal,
        /// A picture: a path (decorative), or `src`, `alt`, `credit`, `caption`.
        image: TextOr<RawImage>,
        /// The last segment of the URL. Default: the id.
        slug: Text,
        /// Old paths that lead here, such as `/2024/old-page/`.
        #[schemars(extend("x-type" = "path, or a list of them"))]
        redirect_from: OneOrMany<Text>,
        /// The day of the last check that the page still holds: a date.
        #[schemars(extend("x-type" = "date"))]
        reviewed: Text,
        /// How often it is to be checked, in days: `180d`. Default: the site's. `briefing due` lists what is late.
        #[schemars(extend("x-type" = "duration"))]
        review_every: Text,
        /// Who checks it, for `briefing due`. Default: the site's. No page shows it.
        owner: Text,
        /// What changed that readers should know of. Corrections and clarifications stand under the headline and at `/corrections/`, updates below the text.
        changes: OneOrMany<RawChange>,
        /// Where it is from: source ids, URLs, or sources in full.
        sources: OneOrMany<TextOr<RawSource>>,
        /// Fields of your own; templates see them as they are.
        extra: Extra,
    }
}

mapping! {
    /// An explainer: `content/articles/ID.md`, at `/articles/SLUG/`.
    RawArticle {
        /// Required. 1 to 200 characters; better under 110.
        title: Text,
        /// When it was published: a date. In the future: left out until then.
        #[schemars(extend("x-type" = "date"))]
        published: Text,
        /// When it last changed: a date, not before `published`. Default: the date of the newest of `changes`.
        #[schemars(extend("x-type" = "date"))]
        updated: Text,
        /// The last day on which it holds: a date. The page shows it, and is shown as withdrawn behind it.
        #[schemars(extend("x-type" = "date"))]
        expires: Text,
        /// Who wrote it: names, or `name`, `url`, `bio`. Default: the site's authors.
        authors: OneOrMany<TextOr<RawAuthor>>,
        /// `background` (default), `analysis`, `report`, `opinion` or `qa`.
        genre: Text,
        /// The place it was written, such as `Washington`.
        dateline: Text,
        /// Topic ids.
        #[schemars(extend("x-type" = "topic id, or a list of them"))]
        topics: OneOrMany<Text>,
        /// Who is who: player ids, or `player`, `role`, `side`, `position`, `source`.
        players: OneOrMany<TextOr<RawRole>>,
        /// The points to take away, inline Markdown; at most 6.
        #[schemars(extend("x-type" = "inline Markdown, or a list of it"))]
        key_points: OneOrMany<Text>,
        /// Figures by id, used in texts as `[[fact:id]]`.
        facts: Entries<RawFact>,
        /// Figures of one unit and denominator that are drawn side by side: fact ids, or `auto` for those of the text.
        #[schemars(extend("x-type" = "fact id, or a list of them"))]
        figures: OneOrMany<Text>,
        /// The parts of the page in the order in which it has them, such as `[figures, text]`. Parts that are not named follow in the site's order. A paragraph of nothing but `[[timeline]]` has that section at its place in the text.
        order: OneOrMany<Text>,
        /// Events for the timelines of the article and its players.
        events: OneOrMany<RawEvent>,
        /// Questions (`q`) and answers (`a`, Markdown), or ids of FAQ pages.
        faq: OneOrMany<TextOr<RawQuestion>>,
        /// When names in the text link by themselves: `section` (default), `page`, `all` or `off`.
        autolink: Text,
    } and shared: RawShared
}

mapping! {
    /// A person, organisation or country: `content/players/ID.md`, at `/players/SLUG/`.
    RawPlayer {
        /// Required. The name as it is printed; or one for each language: `{en: Japan, ja: 日本}`.
        #[schemars(extend("x-type" = "text, or language and text"))]
        name: TextOr<Entries<Text>>,
        /// `person` (default), `organisation` or `country`.
        kind: Text,
        /// Other names: texts, or `text` with `when: context` for one that needs the player to be established, and `lang` for one language.
        aliases: OneOrMany<TextOr<RawAlias>>,
        /// Phrases that contain a name but mean something else, such as `Washington, D.C.`
        never: OneOrMany<Text>,
        /// The Wikidata item, such as `Q17`.
        wikidata: Text,
        /// Identifiers in other data sets: scheme and value.
        ids: Entries<Text>,
        /// Links elsewhere: URLs, or `text` and `url`.
        links: OneOrMany<TextOr<RawWebLink>>,
        /// Relations to other players.
        relations: OneOrMany<RawRelation>,
        /// `false`: names in texts do not link to this player by themselves.
        autolink: bool,
        /// Person: family name; or one for each language.
        #[schemars(extend("x-type" = "text, or language and text"))]
        family_name: TextOr<Entries<Text>>,
        /// Person: given name; or one for each language.
        #[schemars(extend("x-type" = "text, or language and text"))]
        given_name: TextOr<Entries<Text>>,
        /// Person: `given-first` (default) or `family-first`.
        name_order: Text,
        /// The name in its own script. Its language is that of an entry of `name` with the same letters, or what script and country tell.
        native_name: Text,
        /// Person: titles that stand before the name, such as `Secretary`.
        titles: OneOrMany<Text>,
        /// Person: posts held.
        posts: OneOrMany<RawPost>,
        /// Person: party, a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        party: Text,
        /// Person, organisation: country, a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        country: Text,
        /// Person: date of birth.
        #[schemars(extend("x-type" = "date"))]
        born: Text,
        /// Person: date of death.
        #[schemars(extend("x-type" = "date"))]
        died: Text,
        /// Organisation: what kind, such as `ministry`.
        classification: Text,
        /// Organisation: abbreviation, such as `NATO`; or one for each language.
        #[schemars(extend("x-type" = "text, or language and text"))]
        abbr: TextOr<Entries<Text>>,
        /// Organisation: the one it is a part of, a player id or text.
        #[schemars(extend("x-type" = "id or text"))]
        parent: Text,
        /// Organisation: when it was founded.
        #[schemars(extend("x-type" = "date"))]
        founded: Text,
        /// Organisation: when it ended.
        #[schemars(extend("x-type" = "date"))]
        dissolved: Text,
        /// Organisation, country: who leads it, a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        head: Text,
        /// Country: ISO 3166-1 alpha-2 code, such as `JP`.
        iso: Text,
        /// Country: the adjective for its people, such as `Japanese`.
        demonym: Text,
        /// Country: capital, a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        capital: Text,
        /// Country: places that stand for its government, such as `Tokyo`.
        metonyms: OneOrMany<Text>,
    } and shared: RawShared
}

mapping! {
    /// Questions and answers: `content/faq/ID.md`, at `/faq/SLUG/`. In the body each `##` heading is a question.
    RawFaq {
        /// Required. 1 to 200 characters.
        title: Text,
        /// Whom it is about: player ids.
        #[schemars(extend("x-type" = "player id, or a list of them"))]
        about: OneOrMany<Text>,
        /// The article it belongs to: an id.
        #[schemars(extend("x-type" = "article id"))]
        article: Text,
        /// Topic ids.
        #[schemars(extend("x-type" = "topic id, or a list of them"))]
        topics: OneOrMany<Text>,
    } and shared: RawShared
}

mapping! {
    /// A subject: `content/topics/ID.md`, at `/topics/SLUG/`.
    RawTopic {
        /// Required. 1 to 200 characters.
        title: Text,
        /// The topic it is a part of: an id.
        #[schemars(extend("x-type" = "id or text"))]
        parent: Text,
        /// Its place among the topics, a whole number; smaller comes first.
        order: i64,
        /// Articles that come first on its page: ids.
        #[schemars(extend("x-type" = "article id, or a list of them"))]
        featured: OneOrMany<Text>,
    } and shared: RawShared
}

mapping! {
    /// A standing page, such as about: `content/pages/ID.md`, at `/SLUG/`.
    RawPage {
        /// Required. 1 to 200 characters.
        title: Text,
        /// When it last changed: a date. Default: the date of the newest of `changes`.
        #[schemars(extend("x-type" = "date"))]
        updated: Text,
    } and shared: RawShared
}
