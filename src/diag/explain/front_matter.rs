//! Explanations of problems in front matter and in data files.

pub(super) const MISSING_FRONT_MATTER: &str = r#"
Every content file begins with its front matter: a few lines between two lines
of three hyphens that say what the page is called and how it belongs to the
site. This file begins with something else. Without a title the page cannot be
listed, linked or shared, so it is not built.

Put the front matter at the very top, above the first word of the text. A title
is enough to begin with.

Before:

    Japan called off the meeting on Friday.

After:

    ---
    title: Why Japan called off the meeting
    ---

    Japan called off the meeting on Friday.
"#;

pub(super) const UNCLOSED_FRONT_MATTER: &str = r#"
The first line of the file is `---`, which opens the front matter, but no second
line of three hyphens closes it. There is no telling where the fields end and
the text begins, so nothing of the page can be read.

Put a line of exactly three hyphens after the last field, at the start of the
line.

Before:

    ---
    title: Why Japan called off the meeting

    Japan called off the meeting on Friday.

After:

    ---
    title: Why Japan called off the meeting
    ---

    Japan called off the meeting on Friday.
"#;

pub(super) const YAML_SYNTAX: &str = r#"
Front matter, `site.yaml`, `facts.yaml` and `sources.yaml` are written in YAML,
and this text is not valid YAML. As long as that is so, no field after the
mistake can be trusted, and often none before it.

Three mistakes cause nearly all of these messages. A value that has a colon
followed by a space, or that begins with a character such as `[`, `{`, `@`, `%`
or `#`, must stand in quotes. Indentation is made of spaces, never of tabs. A
quote that is opened must be closed.

Before:

    title: Japan: why the meeting was called off

After:

    title: "Japan: why the meeting was called off"
"#;

pub(super) const YAML_FEATURE: &str = r#"
YAML can name a value and use it again elsewhere (anchors `&name` and aliases
`*name`), merge one mapping into another (`<<`), and attach types to values
(`!tag`). None of these is used here: they let a few lines grow into millions,
and the next editor cannot see what a field holds by looking at it.

Write the value out in each place. If it is only text that begins with `&`, `*`
or `!`, put it in quotes.

Before:

    title: &name Talks called off
    summary: *name

After:

    title: Talks called off
    summary: Talks called off
"#;

pub(super) const DUPLICATE_KEY: &str = r#"
The same field stands twice in one block of fields. Only one of the two values
could be used, and which one is a matter of chance from one program to the next.
The message points at the second and names the line of the first.

Keep the one that is right. To give several values to one field, write a list.

Before:

    title: Talks called off
    topics: nato
    topics: defence-spending

After:

    title: Talks called off
    topics:
      - nato
      - defence-spending
"#;

pub(super) const MISSING_FIELD: &str = r#"
A required field is not there, or is there without a value: an empty value, an
empty pair of quotes and `null` all count as missing. Articles, FAQ pages,
topics and standing pages need a `title`, a player needs a `name`, and some
items of lists need fields of their own, such as the `name` of an event.

Add the field. `briefing explain article` shows which fields an article has and
which it needs; the same works for `player`, `faq`, `topic` and `page`.

Before:

    ---
    title:
    published: 2025-06-21
    ---

After:

    ---
    title: Why Japan called off the meeting
    published: 2025-06-21
    ---
"#;

pub(super) const WRONG_TYPE: &str = r#"
The value has another shape than the field takes: a list where one text belongs,
text where a number belongs, or a single word where a block of fields belongs.
The message says what was expected and what was found.

The other way round is never a problem: a field that takes a list also takes a
single value. Numbers are written in digits alone, with a point and without a
unit; the unit of a fact has a field of its own.

Before:

    title:
      - Why Japan called off the meeting
    facts:
      us-request:
        value: about 3.5

After:

    title: Why Japan called off the meeting
    facts:
      us-request:
        value: 3.5
"#;

pub(super) const UNKNOWN_KEY: &str = r#"
No field of this name exists here. The value is ignored, so whatever it says
will not appear on the page. Nearly always this is a slip of the pen or a field
that belongs one level further in or out; the message names the nearest field
that exists.

Correct the name. Values that are your own, for a template of your own, belong
under `extra`, where any name is welcome, but no name hides the page there.
`briefing explain article` lists the fields of an article, and the same works
for the other kinds of page.

Before:

    auther: Ann Example
    reading_level: easy

After:

    authors: Ann Example
    extra:
      reading_level: easy
"#;

pub(super) const WOULD_BE_PUBLIC: &str = r#"
The key, or its value, says that the page is not public: not yet, no longer, or
not for everyone. Another generator would hide it. Here the key has no meaning,
and the page would be public, so nothing is built until it says so in one of our
fields. The message names the one that does, with your value.

Three fields decide who sees a page. `status` is `published`, `draft` or
`withdrawn`. An article with `published` in the future is left out until then,
and one whose `expires` has passed is shown as withdrawn. A part of a page
cannot be hidden: take it out of the file. `briefing explain unknown-key` lists
the keys of other generators.

Before:

    draft: true
    publishDate: 2030-01-01

After:

    status: draft
    published: 2030-01-01
"#;

pub(super) const INVALID_VALUE: &str = r#"
The value has the right shape but is not one that the field can have: a genre
that does not exist, a country code that no country has, a text over its limit.
A page made from it would say something false or break in other programs that
read it.

Choose one of the values that the message lists. Genres are background,
analysis, report, opinion and qa. Country codes are those of ISO 3166-1, with
two letters. Wikidata items look like Q17. A title has at most 200 characters.

Before:

    kind: country
    iso: JAP
    wikidata: https://www.wikidata.org/wiki/Q17

After:

    kind: country
    iso: JP
    wikidata: Q17
"#;

pub(super) const LONG_TEXT: &str = r#"
This is allowed, but it is more than most readers take in. A title of more than
110 characters is cut off in search results, in feeds and on cards; a summary of
more than 300 is shown whole on its page and cut at a word everywhere else; of
more than six key points the last ones are skipped.

Say it in fewer words. What does not fit a title often makes a good `summary`,
and a key point too many usually belongs in the text.

Before:

    title: >
      Japan calls off a meeting of foreign and defence ministers planned for
      1 July after a request to raise its defence spending further

After:

    title: Why Japan called off the ministers' meeting
    summary: >
      The meeting of foreign and defence ministers was planned for 1 July. It
      was called off after a request to raise defence spending further.
"#;

pub(super) const INVALID_DATE: &str = r#"
The text is not a date in one of the forms that are read here, or it names a day
that does not exist, such as 30 February. Dates with slashes are refused because
06/07/2025 is the sixth of July to one reader and the seventh of June to
another.

Write the year first, then the month, then the day, with hyphens. Leave out what
you do not know: a year alone, or a year and a month, is a date too. A time of
day without its distance from Coordinated Universal Time is read in the site's
`timezone`, which is UTC unless `site.yaml` says otherwise.

Before:

    published: 21/06/2025
    updated: 21 June 2025, 3 pm

After:

    published: 2025-06-21
    updated: 2025-06-21T15:00:00+09:00
"#;

pub(super) const DATE_ORDER: &str = r#"
Two dates contradict each other: something was updated before it was published,
or ended before it began. One of them is wrong, and the page would show both.
The message points at the date that should probably change.

Dates are compared only as far as both are known: an office that began in 2024
may have ended in 2024-03.

Before:

    published: 2025-06-21
    updated: 2025-06-12

After:

    published: 2025-06-21
    updated: 2025-06-22
"#;

pub(super) const MISSING_DENOMINATOR: &str = r#"
The fact is a percentage and does not say of what. Three and a half per cent of
a country's economic output and three and a half per cent of its budget are very
different sums, and a reader cannot tell which is meant.

Say in `denominator` what the whole is. It is printed after the number, as in
"3.5% of GDP".

Before:

    us-request:
      value: 3.5
      unit: "%"

After:

    us-request:
      value: 3.5
      unit: "%"
      denominator: GDP
"#;

pub(super) const DUPLICATE_FACT: &str = r#"
Two facts have the same id. Facts are shared by the whole site, those of
`facts.yaml` and those that stand in an article's `facts` alike, so `[[fact:…]]`
could not tell which of the two numbers to print. The message names both places.

If both state the same figure, keep one, preferably in `facts.yaml`, and use it
in both texts: then it is corrected in one place. If they are two figures, give
each an id that tells them apart.

Before:

    In facts.yaml, the figure of 2024:

        us-request: {value: 3, unit: "%", denominator: GDP}

    In an article's facts, the figure of 2025:

        us-request: {value: 3.5, unit: "%", denominator: GDP}

After:

    In facts.yaml:

        us-request-2024: {value: 3, unit: "%", denominator: GDP}
        us-request-2025: {value: 3.5, unit: "%", denominator: GDP}
"#;

pub(super) const MISSING_ANSWER: &str = r#"
A question has no answer. Every question gets a place on its page and in the
index of questions, and a reader who follows it there would find nothing.

In an article's `faq`, write the answer in `a` beside the question in `q`. On a
FAQ page the answer is the text below the question's heading. A question that
you cannot answer yet can wait in your notes.

Before:

    faq:
      - q: Why was the meeting called off?

After:

    faq:
      - q: Why was the meeting called off?
        a: Officials gave different reasons; both are set out above.
"#;

pub(super) const DUPLICATE_QUESTION: &str = r#"
The same question is asked twice. Readers who come to it from the index of
questions cannot know which of the answers is the one to trust, and with time
the two will come to say different things.

Keep the better answer. If it stands on a FAQ page, an article can show it by
naming that page's id in its own `faq`. If the two questions really differ, say
in the question how.

Before:

    faq:
      - q: Who pays?
        a: Each country pays for its own forces.
      - q: Who pays?
        a: Japan bears part of the cost of bases.

After:

    faq:
      - q: Who pays for the forces?
        a: Each country pays for its own forces.
      - q: Who pays for the bases?
        a: Japan bears part of the cost of bases.
"#;
