//! Explanations of problems with the names of players in prose.

pub(super) const NEAR_MISS_NAME: &str = r#"
A text has words that are almost the name of a player: a slip in one word, the
words in another order, a title where the given name belongs, a title that the
player does not hold, or a slip in the family name of somebody named on the same
page. The words do not link, and the player's page does not list the text.

Write the name that the message suggests. If the words are right as they are,
because they mean somebody else, add them to `check.accept` in
`content/site.yaml`, or declare who is meant as a player. A build warns at most.
A check fails on slips, changed orders and titles for names, warns of titles
that are not held, and only mentions slips in lone names.

Before:

    Marco Rubo met General Nakatani.

After:

    Marco Rubio met Gen Nakatani.
"#;

pub(super) const ENTITY_CASE: &str = r#"
A name of several words is written in another case than its player declares. It
links all the same, because nobody else can be meant.

Write it as it is declared. If both ways are right, add the other as an alias.

Before:

    Talks with the United states ended.

After:

    Talks with the United States ended.
"#;

pub(super) const AMBIGUOUS_NAME: &str = r#"
A name in a text may stand for several players, or is the family name or another
short name of one who was not named in full before it. A guess would be wrong
some day, so the name does not link.

Name the one that is meant in full before, list it under `players:`, or write
`[[id|text]]`. For somebody who is no player here, `[[-|text]]` says so.

Before:

    Georgia held a vote. Rubio welcomed it.

After:

    [[georgia-country|Georgia]] held a vote. Marco Rubio welcomed it.
"#;

pub(super) const SHARED_NAME: &str = r#"
Two players claim the same name: as an alias of both, or as an alias of one and
the name of the other. Where it stands in a text it links only on pages that
list one of them under `players:` or have named one in full before.

Remove it from one of the two, or say that it needs the player to be named
before.

Before:

    aliases: [Smith]

After:

    aliases: [{text: Smith, when: context}]
"#;

pub(super) const COMMON_WORD_ALIAS: &str = r#"
An alias is also an ordinary word, so that it would link where nobody is meant.
Names of one word are found in the very case they are declared in: `US` is fine,
`us` is not, and neither is a word that many sentences begin with.

Write the alias as it is written for this player alone, or leave it out.

Before:

    aliases: [us]

After:

    aliases: [US]
"#;
