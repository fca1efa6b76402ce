//! What each kind of problem means, told to an author.
//!
//! A text says what happened, why it matters and what to write instead, and ends with an example. It is plain text,
//! wrapped for a terminal, and names another code only as a command that explains it.

mod files;
mod front_matter;
mod names;
mod references;

use super::Code;

impl Code {
    /// The explanation that `briefing explain CODE` prints: plain text of lines under 81 characters, with examples
    /// indented by four spaces, without a line end after the last.
    pub fn explain(self) -> &'static str {
        let text = match self {
            Self::MissingFrontMatter => front_matter::MISSING_FRONT_MATTER,
            Self::UnclosedFrontMatter => front_matter::UNCLOSED_FRONT_MATTER,
            Self::YamlSyntax => front_matter::YAML_SYNTAX,
            Self::YamlFeature => front_matter::YAML_FEATURE,
            Self::DuplicateKey => front_matter::DUPLICATE_KEY,
            Self::MissingField => front_matter::MISSING_FIELD,
            Self::WrongType => front_matter::WRONG_TYPE,
            Self::UnknownKey => front_matter::UNKNOWN_KEY,
            Self::WouldBePublic => front_matter::WOULD_BE_PUBLIC,
            Self::InvalidValue => front_matter::INVALID_VALUE,
            Self::LongText => front_matter::LONG_TEXT,
            Self::InvalidDate => front_matter::INVALID_DATE,
            Self::DateOrder => front_matter::DATE_ORDER,
            Self::InvalidId => references::INVALID_ID,
            Self::DuplicateId => references::DUPLICATE_ID,
            Self::UnknownPlayer => references::UNKNOWN_PLAYER,
            Self::UnknownId => references::UNKNOWN_ID,
            Self::UnknownFact => references::UNKNOWN_FACT,
            Self::UnknownSource => references::UNKNOWN_SOURCE,
            Self::UnknownTopic => references::UNKNOWN_TOPIC,
            Self::DuplicateFact => front_matter::DUPLICATE_FACT,
            Self::MissingDenominator => front_matter::MISSING_DENOMINATOR,
            Self::MissingAnswer => front_matter::MISSING_ANSWER,
            Self::DuplicateQuestion => front_matter::DUPLICATE_QUESTION,
            Self::MissingAlt => references::MISSING_ALT,
            Self::ImageNotFound => references::IMAGE_NOT_FOUND,
            Self::LiteralCredential => files::LITERAL_CREDENTIAL,
            Self::BadUrl => references::BAD_URL,
            Self::BadPath => files::BAD_PATH,
            Self::RouteCollision => files::ROUTE_COLLISION,
            Self::DeadLink => references::DEAD_LINK,
            Self::DeadAnchor => references::DEAD_ANCHOR,
            Self::RawHtml => files::RAW_HTML,
            Self::CommentEnd => files::COMMENT_END,
            Self::NestedComment => files::NESTED_COMMENT,
            Self::NotPublicYet => references::NOT_PUBLIC_YET,
            Self::StrayMarkdown => files::STRAY_MARKDOWN,
            Self::TranslationName => files::TRANSLATION_NAME,
            Self::SetAside => files::SET_ASIDE,
            Self::StrayFile => files::STRAY_FILE,
            Self::NotPublished => files::NOT_PUBLISHED,
            Self::TemplateSyntax => files::TEMPLATE_SYNTAX,
            Self::TemplateRender => files::TEMPLATE_RENDER,
            Self::UnknownText => files::UNKNOWN_TEXT,
            Self::NotUtf8 => files::NOT_UTF8,
            Self::TooLarge => files::TOO_LARGE,
            Self::Unreadable => files::UNREADABLE,
            Self::BodyH1 => files::BODY_H1,
            Self::NearMissName => names::NEAR_MISS_NAME,
            Self::EntityCase => names::ENTITY_CASE,
            Self::AmbiguousName => names::AMBIGUOUS_NAME,
            Self::SharedName => names::SHARED_NAME,
            Self::CommonWordAlias => names::COMMON_WORD_ALIAS,
            Self::NoBaseUrl => files::NO_BASE_URL,
        };
        text.trim_ascii()
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    /// Kinds of content that `explain` describes as well.
    const KINDS: &[&str] = &["article", "player", "faq", "topic", "page"];

    /// The lines of the example under a title.
    fn example<'a>(text: &'a str, title: &str) -> Vec<&'a str> {
        text.lines()
            .skip_while(|line| *line != title)
            .skip(1)
            .take_while(|line| line.is_empty() || line.starts_with("    "))
            .filter(|line| !line.is_empty())
            .collect()
    }

    #[test]
    fn every_code_is_explained() {
        for code in Code::ALL {
            let text = code.explain();
            let words = text.split_whitespace().count();
            assert!(words > 40, "{code} is explained in {words} words");
            assert!(text.starts_with(|c: char| c.is_ascii_uppercase()), "{code}");
            let (before, after) = (example(text, "Before:"), example(text, "After:"));
            assert!(!before.is_empty() && !after.is_empty(), "{code} has no example");
            assert_ne!(before, after, "{code}");
            let twins: Vec<_> = Code::ALL.iter().filter(|c| c.explain() == text).collect();
            assert_eq!(twins, [code]);
        }
    }

    #[test]
    fn texts_fit_a_terminal() {
        for code in Code::ALL {
            for line in code.explain().lines() {
                assert!(line.chars().count() <= 80, "{code}: {line}");
                assert_eq!(line, line.trim_end(), "{code}");
                assert!(!line.contains(char::is_control), "{code}: {line}");
            }
        }
    }

    #[test]
    fn other_codes_exist() {
        /// Codes of checks that are planned: no text may promise them.
        const PLANNED: &[&str] = &[
            "shared-name",
            "common-word-alias",
            "near-miss-name",
            "entity-case",
            "ambiguous-name",
        ];
        for code in Code::ALL {
            let text = code.explain().split_whitespace().collect::<Vec<_>>().join(" ");
            for rest in text.split("briefing explain ").skip(1) {
                let name = rest.split([' ', '`']).next().expect("a split has a first part");
                assert!(
                    KINDS.contains(&name) || Code::from_text(name).is_some(),
                    "{code} mentions `{name}`"
                );
            }
            for name in PLANNED.iter().filter(|name| Code::from_text(name).is_none()) {
                assert!(!text.contains(name), "{code} mentions `{name}`");
            }
        }
    }
}
