//! The structures inside front matter.

use crate::yaml::{OneOrMany, Text, TextOr, mapping};

mapping! {
    /// An author.
    RawAuthor {
        /// Required. The name.
        name: Text,
        /// Where to read more.
        #[schemars(extend("x-type" = "URL"))]
        url: Text,
        /// A line about the author. Not shown yet.
        bio: Text,
    }
}

mapping! {
    /// A picture.
    RawImage {
        /// Required. The path, relative to the file, or from the site's root.
        src: Text,
        /// Required. What the picture shows, for those who do not see it.
        alt: Text,
        /// Who made it.
        credit: Text,
        /// What stands under it, inline Markdown.
        #[schemars(extend("x-type" = "inline Markdown"))]
        caption: Text,
        /// What stays where it is cut to a square: `top`, `bottom`, `left`, `right`, `center`, or how far from the left and from the top, such as `30% 20%`. Default: `50% 25%`.
        focus: Text,
    }
}

mapping! {
    /// A player's part in a story.
    RawRole {
        /// Required. The player's id.
        #[schemars(extend("x-type" = "player id"))]
        player: Text,
        /// The part in this story, printed below the post held on the article's date.
        role: Text,
        /// The side: the id of a country or organisation. Default: the player's country.
        #[schemars(extend("x-type" = "player id"))]
        side: Text,
        /// The player's stance in this story, inline Markdown. The player's page has it by topic, and the article's topics say who stands where.
        #[schemars(extend("x-type" = "inline Markdown"))]
        position: Text,
        /// Where the position is reported: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
    }
}

mapping! {
    /// A figure.
    RawFact {
        /// Required. A number, a quoted text that is kept as printed, or `low` and `high`.
        value: TextOr<RawRange>,
        /// The unit, such as `%`.
        unit: Text,
        /// Of what a percentage is a part, such as `GDP`. Required for `%`, and for `percent`, `‰`, `percentage points` and their kind.
        denominator: Text,
        /// Per what an amount is counted, such as `person` or `household`: no axis has it together with a total.
        per: Text,
        /// What is measured.
        of: Text,
        /// Whose it is: a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        about: Text,
        /// `actual`, `target`, `request`, `estimate`, `forecast` or `cap`.
        kind: Text,
        /// `confirmed`, `reported` or `disputed`.
        status: Text,
        /// The day for which it holds: a date.
        #[schemars(extend("x-type" = "date"))]
        as_of: Text,
        /// When a new value is due: a date. Past it the figure is stale.
        #[schemars(extend("x-type" = "date"))]
        next_update: Text,
        /// Who said so: a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        attributed_to: Text,
        /// Where it is from: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
        /// Earlier values, drawn as a line and listed on the figure's page.
        history: OneOrMany<RawPastValue>,
        /// The same amount in another currency, which is a figure of its own with its own date and source: a fact id.
        #[schemars(extend("x-type" = "fact id"))]
        conversion: Text,
        /// Addresses that the figure's page had, such as `/facts/old-id/`: they lead to it.
        #[schemars(extend("x-type" = "path, or a list of them"))]
        redirect_from: OneOrMany<Text>,
    }
}

mapping! {
    /// A value that a figure had.
    RawPastValue {
        /// Required. A number, a quoted text that is kept as printed, or `low` and `high`.
        value: TextOr<RawRange>,
        /// Required. The day for which it held: a date.
        #[schemars(extend("x-type" = "date"))]
        as_of: Text,
        /// Where it is from: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
        /// What changed then, in a line.
        note: Text,
    }
}

mapping! {
    /// A range.
    RawRange {
        /// Required. From.
        #[schemars(extend("x-type" = "number"))]
        low: Text,
        /// Required. To.
        #[schemars(extend("x-type" = "number"))]
        high: Text,
    }
}

mapping! {
    /// An event.
    RawEvent {
        /// An id of your own. With one it stays the same event, in readers' calendars too, when its date or name changes.
        id: Text,
        /// Required. When it begins: a date. Of a postponed event: when it was to begin.
        #[schemars(extend("x-type" = "date"))]
        date: Text,
        /// When it ends: a date.
        #[schemars(extend("x-type" = "date"))]
        end: Text,
        /// Required. What happens.
        name: Text,
        /// `planned`, `held`, `cancelled` or `postponed`.
        status: Text,
        /// When a postponed event begins, once that is known: a date.
        #[schemars(extend("x-type" = "date"))]
        postponed_to: Text,
        /// Who takes part: player ids.
        #[schemars(extend("x-type" = "player id, or a list of them"))]
        players: OneOrMany<Text>,
        /// Where.
        location: Text,
        /// Where it is from: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
    }
}

mapping! {
    /// A source (a subset of CSL-JSON).
    RawSource {
        /// The id by which texts cite it: `[^id]`.
        id: Text,
        /// The CSL type, such as `article-newspaper`, `report`, `speech`, `webpage`.
        kind as "type": Text,
        /// The title.
        title: Text,
        /// The language that it is in, BCP 47. Default: that of the file.
        #[schemars(extend("x-type" = "language tag"))]
        language: Text,
        /// Who published it.
        publisher: Text,
        /// Who wrote it.
        author: OneOrMany<Text>,
        /// Where it can be read.
        #[schemars(extend("x-type" = "URL"))]
        url: Text,
        /// When it was published: a date.
        #[schemars(extend("x-type" = "date"))]
        date: Text,
        /// When it was last read: a date.
        #[schemars(extend("x-type" = "date"))]
        accessed: Text,
        /// The URL of an archived copy.
        #[schemars(extend("x-type" = "URL"))]
        archived: Text,
        /// That its publisher retracted it: the date, or `true`. Every page that rests on it says so.
        #[schemars(extend("x-type" = "date or `true`"))]
        retracted: Text,
        /// What became of it, in a line, for readers of a retracted source.
        retracted_note: Text,
        /// Of a shared source: addresses that its page had, such as `/sources/old-id/`. They lead to it.
        #[schemars(extend("x-type" = "path, or a list of them"))]
        redirect_from: OneOrMany<Text>,
    }
}

mapping! {
    /// A question and its answer.
    RawQuestion {
        /// Required. The question.
        q: Text,
        /// Required. The answer, Markdown.
        #[schemars(extend("x-type" = "Markdown"))]
        a: Text,
        /// The question's anchor. Default: made from the question.
        id: Text,
    }
}

mapping! {
    /// A change that readers should know of.
    RawChange {
        /// Required. When: a date, not before the page's `published`.
        #[schemars(extend("x-type" = "date"))]
        date: Text,
        /// `update` (default), `correction` or `clarification`.
        kind: Text,
        /// Required, unless `was` and `now` say it. What changed, inline Markdown.
        #[schemars(extend("x-type" = "inline Markdown"))]
        note: Text,
        /// What was wrong, inline Markdown.
        #[schemars(extend("x-type" = "inline Markdown"))]
        was: Text,
        /// What is right, inline Markdown. Required beside `was`.
        #[schemars(extend("x-type" = "inline Markdown"))]
        now: Text,
    }
}

mapping! {
    /// Another name.
    RawAlias {
        /// Required. The name.
        text: Text,
        /// `context`: it stands for the player only where the player is already established.
        when: Text,
        /// The language in whose texts it stands, BCP 47. Default: every language.
        #[schemars(extend("x-type" = "language tag"))]
        lang: Text,
    }
}

mapping! {
    /// A link elsewhere.
    RawWebLink {
        /// The text.
        text: Text,
        /// Required. The URL.
        #[schemars(extend("x-type" = "URL"))]
        url: Text,
    }
}

mapping! {
    /// A relation to another player.
    RawRelation {
        /// Required. The other player's id.
        #[schemars(extend("x-type" = "player id"))]
        to: Text,
        /// What the relation is, such as `member of`.
        kind as "type": Text,
        /// Since when: a date.
        #[schemars(extend("x-type" = "date"))]
        since: Text,
        /// Until when: a date.
        #[schemars(extend("x-type" = "date"))]
        until: Text,
        /// Where it is from: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
    }
}

mapping! {
    /// A post held.
    RawPost {
        /// Required. The post's title.
        title: Text,
        /// The organisation: a player id or text.
        #[schemars(extend("x-type" = "player id or text"))]
        org: Text,
        /// Since when: a date.
        #[schemars(extend("x-type" = "date"))]
        start: Text,
        /// Until when: a date. Behind it, articles that give the player this post say so.
        #[schemars(extend("x-type" = "date"))]
        end: Text,
        /// Where it is from: a source id.
        #[schemars(extend("x-type" = "source id"))]
        source: Text,
    }
}

mapping! {
    /// Why a page is no longer current.
    RawWithdrawal {
        /// When it was withdrawn: a date. Default: `updated`.
        #[schemars(extend("x-type" = "date"))]
        date: Text,
        /// Why, in a sentence.
        reason: Text,
        /// The page of the same kind that takes its place: an id.
        #[schemars(extend("x-type" = "id"))]
        successor: Text,
    }
}
