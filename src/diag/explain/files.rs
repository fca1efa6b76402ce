//! Explanations of problems with files, paths, bodies and templates.

pub(super) const BAD_PATH: &str = r#"
A path would lead out of the site, or cannot be written as part of an address. A
`slug` is a single segment: the last part of the page's address, without any
slash. A path in `redirect_from` begins at the top of the site. Neither may
climb with `..`, and neither may hold a backslash or a control character. Some
addresses at the top of the site, such as `/articles/` and `/players/`, are its
own and cannot be taken by a standing page. Names on which hosts act, such as
`_redirects`, `CNAME`, `robots.txt` and all that begin with a dot, belong to the
site's owner: they go below `static/`. A segment may have 255 bytes, which are
85 letters in Japanese.

Write only the part that belongs to this page.

Before:

    slug: ../news/talks
    redirect_from: https://example.org/old/talks/

After:

    slug: talks
    redirect_from: /old/talks/
"#;

pub(super) const ROUTE_COLLISION: &str = r#"
Two sources would be written to the same file of the website: two pages with the
same slug, a page and a file of `static/`, or a page and the old path of another
in `redirect_from`. Only one of them could be reached. Paths that differ only in
capital letters, or in the way an accent is stored, count as the same, because
many computers keep them in one place. The message names both sources.

Change the slug of one, or remove the path that is no longer needed.

Before:

    content/articles/talks.md
    content/articles/tokyo-talks.md, with slug: talks

After:

    content/articles/talks.md
    content/articles/tokyo-talks.md, with slug: tokyo-talks
"#;

pub(super) const STRAY_MARKDOWN: &str = r#"
The folder of a Markdown file says what kind of page it is: `articles`,
`players`, `faq`, `topics` or `pages`, all directly below `content/`. This file
lies in none of them, so no page is made from it. Or its name has another end
than `.md`, such as `.MD` or `.markdown`. Or it is the copy that a program which
shares folders keeps when two people write at once. Or it lies in the folder of
an `index.md`, which is that page's own.

Move it into the folder of its kind, or give it the end `.md`. A page such as
"About us" belongs in `content/pages/`. Notes for yourself are best kept outside
`content/`. Take over what a copy has and the page lacks, then remove the copy.

Before:

    content/about.md

After:

    content/pages/about.md
"#;

pub(super) const STRAY_FILE: &str = r#"
A text lies where a page was expected, and is no Markdown: a web page, a plain
text, a document of an office program. No page is made from it, and readers do
not get it. Or a file of data has a name that is not read: `site`, `facts` and
`sources` are read from `.yaml` alone.

Write a page in a file whose name ends in `.md`. What readers are to fetch as it
is belongs in `static/`, or beside the `index.md` of the page's own folder.

Before:

    content/articles/talks.html

After:

    content/articles/talks.md
"#;

pub(super) const NOT_PUBLISHED: &str = r#"
A file lies in the folder of a page and is not published. Content is not trusted
on this site, and a file that a browser opens as a document may run programs in
the name of the site. So only files that are looked at are published: pictures,
sound, films, PDF, CSV, JSON and plain text; documents and archives if a page
links to them; an SVG if it only draws. Every ending in a name counts, since
some hosts go by the first: `a.html.txt` is none of these.

Save the file in another form, or link to it. What the site's owner answers for
goes below `static/`. If everybody who writes for the site is trusted,
`content_trust: trusted` in `site.yaml` publishes all that lies beside a page.

Before:

    content/articles/talks/chart.html

After:

    content/articles/talks/chart.svg
"#;

pub(super) const NOT_UTF8: &str = r#"
The file holds bytes that are not text in UTF-8, the encoding in which all
languages can be written side by side. It was probably saved in an older
encoding, or it is not a text file at all. Guessing would turn names into
nonsense, so the file is not read.

Open it in your editor and save it with the encoding UTF-8. The message names
the first byte that does not fit; it is often an accent or a curly quotation
mark. Pictures and other files that are not text keep their own endings.

Before:

    title: Caf? diplomacy        (saved as Windows-1252)

After:

    title: Café diplomacy        (saved as UTF-8)
"#;

pub(super) const TOO_LARGE: &str = r#"
The file, or its front matter, is larger than anything that is written by hand:
a content file may have 8 MiB, its front matter 64 KiB, and fields may lie 32
levels deep. The limits keep a mistake, or a file sent with ill will, from
holding up the whole site.

Move long text from the front matter into the body, figures that many pages
share into `facts.yaml`, and tables of raw data into a file below `static/` that
the article links to.

Before:

    extra:
      votes: [412, 398, 405, … ten thousand more]

After:

    [All votes](/data/votes.csv)
"#;

pub(super) const UNREADABLE: &str = r#"
The file cannot be read. It may be closed to you, it may be a link that leads
too far or to nothing, or it may be something other than a file, such as a pipe.
What it was meant to add to the site would be missing, so nothing is built.

A link in `content/` may lead into `content/`, one in `templates/` into
`templates/`, and one in `static/` into `static/` or `content/`. None may lead
to what is hidden, such as `.git`. The folders `content`, `static` and
`templates` may be links to anywhere. Folders beside the site that links may
lead into are named in `content/site.yaml`, such as `shared: [../figures]`, and
are no links themselves.

Allow yourself to read the file, replace the link by a copy of what it leads to,
share its folder, or remove it.

Before:

    content/articles/talks.md -> /home/ann/drafts/talks.md

After:

    content/articles/talks.md
"#;

pub(super) const RAW_HTML: &str = r#"
The text contains HTML. On this site content is not trusted with it, because
HTML can load programs and hide or change what other people wrote. It is shown
to readers as the characters that you typed, tags and all. It is said once for
a file, at the first place.

Say it in Markdown: emphasis, tables, footnotes, definition lists and callouts
all have a form of their own. To show a tag as an example, write it as code. If
everybody who writes for the site is trusted, `content_trust: trusted` in
`site.yaml` lets HTML through. Comments are left out in either case.

Before:

    <b>Not yet in force.</b>

After:

    **Not yet in force.**
"#;

pub(super) const COMMENT_END: &str = r#"
What stands between `<!--` and `-->` is a comment, for those who write the site,
and is left out of every page. This one does not end where its author thought.
Either no `-->` follows, and all the rest of the text would be left out; or
there is one `-->` too many, and what stands before it would be shown to
readers; or the comment begins in code, which is shown, and ends outside of it.

A comment ends at its first `-->`, wherever that is. Close it there, and take
out the marks of comments inside it. `--!>` and `- ->` close none. To show the
characters, write them as code, or `&lt;!--`.

Before:

    The plan was agreed. <!-- by whom?

After:

    The plan was agreed. <!-- by whom? -->
"#;

pub(super) const NESTED_COMMENT: &str = r#"
A comment begins inside another. Comments do not nest: the first `-->` ends the
outer one, and all between is left out of the page. Most often the `-->` of the
first was forgotten, and text that readers should see is gone.

Close the first comment before the second begins. If both are meant to be one,
take the inner `<!--` out.

Before:

    <!-- ask Ann
    The plan was agreed. <!-- by whom? -->

After:

    <!-- ask Ann -->
    The plan was agreed. <!-- by whom? -->
"#;

pub(super) const BODY_H1: &str = r##"
The text has a heading of the first level. The page has one already, its title,
and a second would tell search engines and screen readers that two pages begin
here. It is set as a heading of the second level instead.

Begin the sections of a text with two number signs, and remove a heading that
only repeats the title.

Before:

    # What was asked for

After:

    ## What was asked for
"##;

pub(super) const NO_BASE_URL: &str = r#"
The site does not say at which address it will be published. Links within the
site work without it. What has to name the full address is left out: the
canonical address of each page, feeds, the site map and the data that social
networks and search engines read.

Nothing needs to be done while you write. Before you publish, put the address
into `content/site.yaml`, or give it to the build as `--base-url`.

Before:

    title: Alliance Briefing

After:

    title: Alliance Briefing
    base_url: https://briefing.example.org/
"#;

pub(super) const TRANSLATION_NAME: &str = r#"
The name of a page ends in a language of the site, after a hyphen, and begins
with the id of another page. It is a page of its own: no language switch leads
to it, and the lists of the site's first language show it. The file of a
translation has the language between two dots.

Rename the file if it is a translation. Leave it as it is if it is a page of its
own that only happens to have such a name.

Before:

    content/articles/talks.md
    content/articles/talks-ja.md

After:

    content/articles/talks.md
    content/articles/talks.ja.md
"#;

pub(super) const SET_ASIDE: &str = r#"
Files and folders below `content/` whose names begin with `_` are not content:
they make no page, and nothing of them is published. That is a good place for
drafts and notes. The message is there so that no page is missed by accident,
and comes once for each folder.

To publish a page, rename the file or the folder without the `_`. An `_index.md`
is how Hugo and Zola write the page of a section. Here the list of articles, of
players, of questions and of topics makes itself, and a page with a folder of
its own is that folder's `index.md`.

Before:

    content/articles/_drafts/talks.md
    content/articles/talks/_index.md

After:

    content/articles/talks.md
    content/articles/talks/index.md
"#;

pub(super) const TEMPLATE_SYNTAX: &str = r#"
A template cannot be read: a tag is not closed, or it names a template, filter,
function or component that does not exist. Every page made with it would fail,
so nothing is built. All templates of the site are checked, even those that no
page uses.

Correct the line that is shown. Templates are written for version 2 of Tera;
`import`, `macro` and `::` belong to version 1. Parts that several templates
share are components now: they are known everywhere and need no import.

Before:

    {{ page.title | uper }}
    {% for topic in article.topics %}{{ topic.text }}

After:

    {{ page.title | upper }}
    {% for topic in article.topics %}{{ topic.text }}{% endfor %}
"#;

pub(super) const TEMPLATE_RENDER: &str = r#"
A template can be read but fails on a page, most often because it asks for a
field that the page does not have. The message shows the line of the template
and names the page that was being made, together with the content file behind
it. When many pages fail in the same way, one is named and the others are
counted.

Look at the comment at the top of the template that you started from: it names
what the template may see. A field of your own lies under `extra`, and pages
that do not have it need a condition or a default.

Before:

    {{ article.datelin }}

After:

    {% if article.dateline %}{{ article.dateline }}{% endif %}
"#;

pub(super) const UNKNOWN_TEXT: &str = r#"
A file in `templates/lang/` has a message that nothing shows: the theme has no
text of that key, no template of the site asks for it, and no other message of
the file is made with it. Most often the key is misspelt, and the page goes on
showing the text that the message was to replace.

The keys of the theme are in `templates/lang/en.ftl` of Briefing's sources. A
message of your own is known as soon as one of your templates asks for it.

Before:

    skip-to-contnt = Skip to the text

After:

    skip-to-content = Skip to the text

Or, for a message of your own:

    {{ t(key="our-motto") }}
"#;

pub(super) const LITERAL_CREDENTIAL: &str = r#"
A password, token or key stands in `content/site.yaml`. Whoever can read the
file, today or in its history, can then write to your website. Briefing does not
use it, shows it in no message, and builds nothing until it is gone. Each kind
of target finds its credentials elsewhere: git asks its credential helpers and
the ssh agent.

Remove it from the file, and make it invalid where it was given out: it may have
been seen.

Before:

    publish:
      pages: {to: "git:https://me:PASSWORD@example.org/site.git#pages"}

After:

    publish:
      pages: {to: "git:https://example.org/site.git#pages"}
"#;
