//! Explanations of problems with names, and with what refers to something else.

pub(super) const INVALID_ID: &str = r#"
An id is the name by which other files refer to a page, a player, a fact or a
section, and it becomes part of an address that readers share. The id of a page
is the name of its file without `.md`, or the name of its folder when the file
is called `index.md`. Ids are made of small letters from a to z, digits and
single hyphens between them.

Rename the file or change the id; `briefing rename OLD-ID NEW-ID` changes an id
that is in use together with everything that names it. A file name that ends in
a language, such as `talks.ja.md`, is that of a translation: the language has to
be one of `languages:` in site.yaml, and is written as it is there. An
`index.md` needs a folder of its own below the folder of its kind. An anchor
that you choose for a heading must not begin with `b-`, which the site's own
templates use.

Before:

    content/articles/Big_Story.md

After:

    content/articles/big-story.md
"#;

pub(super) const DUPLICATE_ID: &str = r#"
Two things that share one set of ids have the same one. Pages of all kinds form
such a set, so that `[[japan]]` never has two meanings: an article and a player
cannot both be called `japan`. So do the sources of one list. The message names
both places.

Rename the one that fewer others refer to. If it is published already, list its
old path in `redirect_from`, so that links to it keep working.

Before:

    content/players/japan.md
    content/articles/japan.md

After:

    content/players/japan.md
    content/articles/japan-defence-budget.md
"#;

pub(super) const UNKNOWN_PLAYER: &str = r#"
A reference names a player, that is a person, an organisation or a country, for
which there is no file below `content/players/`. The page cannot link to it, and
the player's page will not list this one. A misspelt name is the usual cause;
the message suggests the nearest player that exists.

Correct the id, or declare the player. A file with nothing but a name is enough.
A player is referred to by the name of its file, never by the name in it.

Before:

    players:
      - player: marco-rubo

After:

    players:
      - player: marco-rubio
"#;

pub(super) const UNKNOWN_ID: &str = r#"
A reference names a page, by its id, that does not exist. It may stand in the
text, as in `[[talks]]` or `[the talks](article:talks)`, or in a field such as
`about`, `article` or `featured`. It cannot become a link, and a reader would
miss what it promised.

Correct the id: it is the name of the page's file without `.md`. If you wanted
plain words between double square brackets, put a backslash before the first of
them.

Before:

    More on this in [[defence-spendin]].

After:

    More on this in [[defence-spending]].
"#;

pub(super) const UNKNOWN_FACT: &str = r#"
The text asks for a figure, as in `[[fact:us-request]]`, and no fact of that id
is declared, neither in `facts.yaml` nor in the `facts` of any article. There is
no number to print.

Correct the id, or declare the fact. A fact that only a draft or an article
scheduled for later declares does not count until that article is public; one
that several pages use belongs in `facts.yaml`.

Before:

    The request was for [[fact:us-reqest-2025]].

After:

    The request was for [[fact:us-request-2025]].
"#;

pub(super) const UNKNOWN_SOURCE: &str = r#"
A citation names a source that is listed neither in the `sources` of this file
nor in `content/sources.yaml`. In the text this is a mark such as `[^ft-june]`
that no footnote of the same name explains; in front matter it is a field such
as `source`. The reader would be shown a reference that leads nowhere.

Correct the id, or list the source. A mark that was meant as a footnote needs
its text: a line that begins with the mark and a colon.

Before:

    sources:
      - id: ft-june
        title: Report on the cancelled meeting

    The meeting was called off.[^ft-jun]

After:

    sources:
      - id: ft-june
        title: Report on the cancelled meeting

    The meeting was called off.[^ft-june]
"#;

pub(super) const UNKNOWN_TOPIC: &str = r#"
The topic has no file below `content/topics/`. Nothing is lost: a page that
lists its articles is made all the same, with the id for a name. This is worth
knowing because a misspelt topic looks just like a new one, and splits articles
that belong together. It is said once for each topic, at the first page that
names it, with the number of pages.

Correct the id, or give the topic a file with a title. Until it has one, the
topic can be linked to as `topic:its-id` only, not in double square brackets.

Before:

    topics: defense-spending

After:

    topics: defence-spending
"#;

pub(super) const NOT_PUBLIC_YET: &str = r#"
The text refers to a page that readers cannot see yet, because it is a draft or
its date of publication lies in the future. A link would lead nowhere and could
give away what is planned, so the words are printed without one. For a reference
without words of its own, that is the id.

Nothing is wrong if you know about it: the link appears by itself when the page
becomes public. Give the reference words that read well until then.

Before:

    See [[japan-budget-2026]].

After:

    See [our article on the next budget](article:japan-budget-2026).
"#;

pub(super) const MISSING_ALT: &str = r#"
The picture has no text alternative. Readers who cannot see it, because they use
a screen reader or because it did not load, learn nothing from it and do not
even know what they miss.

Say in `alt` what the picture shows and why it is there, in a sentence. If the
picture is only decoration, write its path alone: that says so.

Before:

    image:
      src: ministers.jpg

After:

    image:
      src: ministers.jpg
      alt: The four ministers shake hands before the talks in Tokyo.
"#;

pub(super) const IMAGE_NOT_FOUND: &str = r#"
There is no picture at the path that is given. Readers would see a gap, or the
mark of a broken image.

A path is relative to the file that it stands in; one that begins with `/` is
looked for from the top of the site, where the files of `static/` are published.
Capital and small letters are different. The message says where it was looked
for. The simplest place for an article's pictures is beside its text: move
`talks.md` to `talks/index.md` and put them into that folder.

Before:

    ![The ministers in Tokyo](images/Ministers.jpg)

After:

    ![The ministers in Tokyo](ministers.jpg)
"#;

pub(super) const BAD_URL: &str = r#"
The address begins with a scheme that content may not use. Links may begin with
http, https, mailto or tel, may be relative to the file or the site, or may name
one of the site's own pages with player, article, faq or topic. Anything else,
`javascript:` above all, could run a program in the reader's browser, so the
link is left out.

Write the full address of the page, beginning with `https://`, or a path.

Before:

    [The report](file:///home/ann/report.pdf)

After:

    [The report](https://example.org/report.pdf)
"#;

pub(super) const DEAD_LINK: &str = r#"
A link leads to a page or file of this site that does not exist. The reader who
follows it is shown the page for addresses that are not found. Every link of
every finished page is checked, so the link may also come from a template or
from the navigation in `site.yaml`; the message then names a page on which it
appears.

Correct the address; the message suggests the nearest one. It is safest to link
by id or to a file, because such a link still works after a page has moved. If
the page existed once, let its successor name the old path in `redirect_from`.

Before:

    [our questions](/faq/allience/)

After:

    [our questions](faq:alliance)
"#;

pub(super) const DEAD_ANCHOR: &str = r##"
The link leads to a page that exists, but to a section of it that does not: the
part after `#` names no heading, question or other anchor there. The reader
arrives at the top of the page and has to search.

The anchor of a heading is made from its words, in small letters and with
hyphens, so it changes when the heading is reworded. Correct the link, or give
the heading an anchor of its own that stays.

Before:

    [the limits](japan-limits.md#the-one-percent-rule)

    ## The 1 per cent rule

After:

    [the limits](japan-limits.md#one-per-cent)

    ## The 1 per cent rule {#one-per-cent}
"##;
