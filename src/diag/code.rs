//! The catalogue of problems.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal $severity:ident,)+) => {
        /// A kind of problem. The text form is kebab-case and stable: scripts and `check.levels` rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable text form.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The severity that a code has unless a site says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The explanation that `briefing explain CODE` prints, from the file in `explain/` that the code names:
            /// Markdown that reads well as it is, in lines of at most 80 characters, without a line end after the
            /// last.
            pub fn explain(self) -> &'static str {
                let text = match self {
                    $(Self::$name => include_str!(concat!("explain/", $text, ".md")),)+
                };
                text.trim_ascii_end()
            }
        }
    };
}

codes! {
    /// A content file has no front matter.
    MissingFrontMatter = "missing-front-matter" Error,
    /// The front matter is opened and never closed.
    UnclosedFrontMatter = "unclosed-front-matter" Error,
    /// The front matter is not YAML.
    YamlSyntax = "yaml-syntax" Error,
    /// A YAML feature that is not used here: anchors, aliases, merge keys, tags.
    YamlFeature = "yaml-feature" Error,
    /// A key stands twice in one mapping.
    DuplicateKey = "duplicate-key" Error,
    /// A required field is missing or empty.
    MissingField = "missing-field" Error,
    /// A value has the wrong shape: a list where text belongs.
    WrongType = "wrong-type" Error,
    /// A key that the schema does not know.
    UnknownKey = "unknown-key" Warning,
    /// A key that would hide a page elsewhere, and hides nothing here.
    WouldBePublic = "would-be-public" Error,
    /// A colour of a site's theme in which text could not be read.
    ThemeContrast = "theme-contrast" Warning,
    /// A value outside its field's range.
    InvalidValue = "invalid-value" Error,
    /// More than readers take in: a long title, many key points.
    LongText = "long-text" Warning,
    /// Not a date, or a day that does not exist.
    InvalidDate = "invalid-date" Error,
    /// Two dates in the wrong order.
    DateOrder = "date-order" Error,
    /// An event that is still announced after its day.
    PassedEvent = "passed-event" Warning,
    /// A statement about what will happen on a day that has passed.
    PassedDay = "passed-day" Warning,
    /// A word that says a day only together with the day on which it was written, on a page without a date.
    RelativeDay = "relative-day" Info,
    /// A `security.txt` that no longer holds.
    ExpiredContact = "expired-contact" Warning,
    /// An id outside the alphabet of ids.
    InvalidId = "invalid-id" Error,
    /// Two files share an id.
    DuplicateId = "duplicate-id" Error,
    /// A reference to a player that does not exist.
    UnknownPlayer = "unknown-player" Error,
    /// A reference to a page that does not exist.
    UnknownId = "unknown-id" Error,
    /// A reference to a fact that does not exist.
    UnknownFact = "unknown-fact" Error,
    /// A citation of a source that does not exist.
    UnknownSource = "unknown-source" Error,
    /// A topic without a page of its own.
    UnknownTopic = "unknown-topic" Info,
    /// Two facts share an id.
    DuplicateFact = "duplicate-fact" Error,
    /// A percentage without a denominator.
    MissingDenominator = "missing-denominator" Error,
    /// Figures side by side that are not parts of one whole.
    MixedDenominators = "mixed-denominators" Error,
    /// A figure whose new value is due.
    StaleFact = "stale-fact" Warning,
    /// A figure whose source is a homepage.
    HomepageSource = "homepage-source" Warning,
    /// One measure as parts of two wholes on a page.
    TwoDenominators = "two-denominators" Info,
    /// A sentence that contradicts a figure.
    ContradictedFact = "contradicted-fact" Warning,
    /// A figure without a source. Off unless a site asks for it.
    UnsourcedFact = "unsourced-fact" Info,
    /// A quotation, a figure or a superlative that nothing says the source of. Off unless a site asks for it.
    Unsourced = "unsourced" Info,
    /// A source that was retracted, and that a page rests on.
    RetractedSource = "retracted-source" Warning,
    /// A type of source that CSL does not have.
    UnknownSourceType = "unknown-source-type" Warning,
    /// A source that nothing cites.
    UnusedSource = "unused-source" Info,
    /// Two entries for one source.
    DuplicateSource = "duplicate-source" Warning,
    /// A question without an answer.
    MissingAnswer = "missing-answer" Error,
    /// A question that is asked twice.
    DuplicateQuestion = "duplicate-question" Warning,
    /// A picture without a text alternative.
    MissingAlt = "missing-alt" Error,
    /// A picture that is not there.
    ImageNotFound = "image-not-found" Error,
    /// What is written as a picture, and is nothing that browsers show or play.
    NotAPicture = "not-a-picture" Warning,
    /// A picture that cannot be read.
    BadPicture = "bad-picture" Warning,
    /// A picture that is larger than readers need.
    LargePicture = "large-picture" Warning,
    /// A film without captions.
    MissingCaptions = "missing-captions" Warning,
    /// Social cards that cannot be drawn, or not with their titles.
    SocialCards = "social-cards" Warning,
    /// A picture that is not shown where its page is shared.
    UnsharedPicture = "unshared-picture" Info,
    /// The numbers of a chart cannot be read.
    BadTable = "bad-table" Error,
    /// A password or a token in `site.yaml`.
    LiteralCredential = "literal-credential" Error,
    /// What was meant as a link and is shown as text.
    MalformedLink = "malformed-link" Warning,
    /// A definition of a link's destination that no link uses.
    UnusedDefinition = "unused-definition" Warning,
    /// A footnote that is never printed.
    UnusedFootnote = "unused-footnote" Warning,
    /// A table that loses cells, holds a paragraph, or is none.
    MalformedTable = "malformed-table" Warning,
    /// A block of code that ends where its author did not end it.
    UnclosedFence = "unclosed-fence" Warning,
    /// Text that is a heading or a definition by accident, or a heading that is none.
    AccidentalBlock = "accidental-block" Warning,
    /// A paragraph that holds what was written as several blocks.
    RunTogether = "run-together" Warning,
    /// Syntax of another program, shown to readers as it is.
    ForeignSyntax = "foreign-syntax" Warning,
    /// A heading, link or list item without text, or a picture without a text alternative.
    EmptyElement = "empty-element" Warning,
    /// A URL scheme that content may not use.
    BadUrl = "bad-url" Error,
    /// A path that leaves the site or cannot be written.
    BadPath = "bad-path" Error,
    /// Two sources for one output.
    RouteCollision = "route-collision" Error,
    /// A link that leads to no page.
    DeadLink = "dead-link" Error,
    /// A link to an anchor that its page does not have.
    DeadAnchor = "dead-anchor" Error,
    /// Raw HTML in untrusted content.
    RawHtml = "raw-html" Warning,
    /// A section that a text places, with nothing to show, or with the name of a page.
    PlacedSection = "placed-section" Info,
    /// A callout of a kind that does not exist, or typed as text.
    MissedCallout = "missed-callout" Warning,
    /// A value of YAML that a `#` cuts short.
    CutValue = "cut-value" Warning,
    /// A comment that is never closed, or that ends before its author thought.
    CommentEnd = "comment-end" Error,
    /// A comment that begins inside another.
    NestedComment = "nested-comment" Warning,
    /// A reference to a draft or scheduled page.
    NotPublicYet = "not-yet-public" Warning,
    /// Markdown outside the folders of the known kinds.
    StrayMarkdown = "stray-markdown" Warning,
    /// A page whose name looks like that of a translation of another.
    TranslationName = "translation-name" Info,
    /// A file or folder whose name keeps it out of the site.
    SetAside = "set-aside" Info,
    /// A text in `content/` that is no Markdown, or data under a name that is not read.
    StrayFile = "stray-file" Info,
    /// A file in a page's folder that is not published.
    NotPublished = "not-published" Warning,
    /// A template that does not parse or names something that does not exist.
    TemplateSyntax = "template-syntax" Error,
    /// A template that fails on a page.
    TemplateRender = "template-render" Error,
    /// A message of a site's interface text that nothing asks for.
    UnknownText = "unknown-text" Warning,
    /// A file that is not UTF-8.
    NotUtf8 = "not-utf8" Error,
    /// A file or front matter over its limit.
    TooLarge = "too-large" Error,
    /// A file that cannot be read.
    Unreadable = "unreadable" Error,
    /// A first-level heading in a body.
    BodyH1 = "body-h1" Warning,
    /// A name in prose that is almost a player's.
    NearMissName = "near-miss-name" Warning,
    /// A player's name in another case.
    EntityCase = "entity-case" Warning,
    /// A name that several players have, or a short name whose player is not named in full before.
    AmbiguousName = "ambiguous-name" Info,
    /// A name of a player who had no post yet on the date of the page.
    NoPostYet = "no-post-yet" Info,
    /// A name of a player who is born after the date of the page.
    NotBornYet = "not-born-yet" Error,
    /// A page that names many people, none of whom is a player.
    UndeclaredNames = "undeclared-names" Info,
    /// A name that two players claim.
    SharedName = "shared-name" Warning,
    /// An alias that is an ordinary word.
    CommonWordAlias = "common-word-alias" Warning,
    /// A host would take only a part of what the site tells it.
    HostLimit = "host-limit" Warning,
    /// A file of the site that takes the place of one that hosts read.
    OwnHostFile = "own-host-file" Info,
    /// What the policy of pages blocks in a template or style sheet of the site, or `csp` where pages have no policy.
    PagePolicy = "page-policy" Warning,
    /// Absolute links are left out.
    NoBaseUrl = "no-base-url" Info,
}

impl Code {
    /// Whether it is off unless a site gives it a level.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::UnsourcedFact | Self::Unsourced)
    }

    /// Reads the text form.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn text_forms_are_kebab_case_and_read_back() {
        for code in Code::ALL {
            assert!(
                code.as_str()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
            assert_eq!(Code::from_text(code.as_str()), Some(*code));
        }
    }
}
