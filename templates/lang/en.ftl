### The interface text of the default theme in English.
###
### A site may put its own file of this name into templates/lang/, or one for another language beside it (de.ftl);
### keys that such a file leaves out keep the text below. What a page is about comes from content, never from here.
### Variables: a name after $ is text unless its comment says that it is a number.

## Every page

skip-to-content = Skip to content
site-navigation = Main navigation
languages = Languages
# What the language calls itself, for the choice of languages.
language-name = English
footer-navigation = Footer
# The reader's choice of light and dark, and what can be chosen: as the system has it, light, dark.
appearance = Appearance
appearance-auto = Automatic
appearance-light = Light
appearance-dark = Dark
breadcrumb = You are here
home = Home
# The title of the browser's tab.
page-title = { $title } – { $site }
# $publisher is a link, like every variable whose comment says so: its place in the sentence is the language's.
published-by = Published by { $publisher }

## What a page is: the label above its title

genre-background = Background
genre-analysis = Analysis
genre-report = Report
genre-opinion = Opinion
genre-qa = Questions and answers
kind-article = Article
kind-faq = Questions and answers
kind-page = Page
kind-player = Profile
kind-topic = Topic
kind-fact = Figure
kind-person = Person
kind-organisation = Organisation
kind-country = Country

## Indexes and the headings in them

articles = Articles
players = Players
players-person = People
players-organisation = Organisations
players-country = Countries
faq = Questions and answers
topics = Topics
facts = Facts and figures

## The rest of a page's long list: the title of the page that goes on with it

list-articles = Articles on { $name }
list-year = Articles of { $year }
list-players = Players in { $name }
list-mentions = Mentions of { $name }
list-positions = Positions of { $name }
list-stances = Who stands where: { $name }
list-questions = Questions about { $name }
list-timeline = Timeline of { $name }
list-figures = Figures: { $name }
list-uses = Pages that use this figure: { $name }

## The links that lead there

more-articles = More articles on { $name }
more-players = More players in { $name }
more-mentions = More mentions of { $name }
more-positions = More positions of { $name }
more-stances = More on who stands where: { $name }
more-questions-about = More questions about { $name }
more-timeline = More of the timeline of { $name }
more-figures = More figures: { $name }
more-uses = More pages that use this figure
all-articles = All articles
all-topics = All topics

## Lists and their pages

pagination = Pages of this list
newer = Newer
older = Older
previous = Previous
next = Next
# The title of a list's later page.
page-of = { $title }, page { $number }
empty-list = Nothing here yet.

## Home page and topics

featured = Featured
latest = Latest
# The newest changes of all pages, on the home page.
what-changed = What changed, and why
most-named = Most often named
# The label of the topic above.
part-of = Part of
parts-of-topic = Subtopics
# The heading of the newest position of each player on the topic.
stances = Who stands where

## Article: the head

# $authors are links.
by = By { $authors }
# $place is the place of writing. Text before it is set as a label; without any, the place and the text after it stand
# on a line of their own.
dateline = From { $place }
# The labels of dates.
published = Published
updated = Updated
reviewed = Reviewed
# What an article says of itself: its state, its changes, how it is cited.
about-page = About this page
# How long readers need for the text, and then the minutes: $count is a number.
reading-time = Reading time
minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
key-points = Key points
contents = On this page
picture-credit = Picture: { $credit }
corrections = Corrections
# The log below the text.
updates = Updates
# Over the changes that a reader has not seen yet; $date is the day of the last visit.
changed-since = Changed since you read this on { $date }
change-update = Update
change-correction = Correction
change-clarification = Clarification
# The labels of what was wrong, and of what is right.
change-was = What was wrong
change-now = What is right
# An entry of a feed: $kind is one of the three words above.
change-title = { $kind }: { $title }
# The label of a link to the rules of the publisher.
corrections-policy = Our policy
# The link to a file that feed readers follow.
feed-subscribe = Subscribe to the feed
# The label of the last day on which the page holds.
expires = Holds until

## A page that is no longer current

state-withdrawn = Withdrawn
state-expired = Out of date
# The same where the date is known; $date is set as one.
state-withdrawn-on = Withdrawn { $date }
state-expired-on = Out of date { $date }
withdrawn-notice = This page has been withdrawn. It stays at this address for the record.
expired-notice = This page is no longer kept up to date. It stays at this address for the record.
# The labels of the reason, and of the page that takes its place.
withdrawal-reason = Why
successor = Replaced by

## Article: the table of players

key-players = Key players
key-players-caption = Who is involved, and what each says or does in this story
column-player = Player
column-post = Post
column-position = Position
# The label of the players that the text names beside those of the table.
also-mentioned = Also mentioned
# What stands between those players.
list-comma = { ", " }
# The players of no side, below those that have one.
side-other = Others
# A player's post and the organisation: "Minister of Defense, Ministry of Defense".
post-in = { $title }, { $org }
# Behind a post that its holder has left since; $date is set as a date.
post-until = until { $date }
# The same of a post that is held.
post-since = since { $date }
# The label of the player who holds it now.
post-now = Since then
# Over an article whose players have left posts since: $date is set as a date. Below it is the label of their names.
history-title = As things stood on { $date }
history-notice = These people have since left posts that they held then

## Timeline

timeline = Timeline
event-planned = Planned
event-held = Took place
event-cancelled = Cancelled
event-postponed = Postponed
# The date from which an event was postponed, behind the word for that; $date is set as a date.
postponed-from = from { $date }
# It stands on the line between the past and what lies ahead; $date is set as a date.
timeline-checked = Last checked on { $date }
next-events = What happens next
# The link below the next events.
all-events = The whole timeline
# The link to a file that calendar programs follow.
calendar-subscribe = Subscribe in your calendar
calendar-partial = Events whose exact day is not known are not in the calendar.
# The names of events in a reader's calendar.
calendar-cancelled = Cancelled: { $event }
calendar-postponed = Postponed: { $event }
location = Where
participants = Who
# The label of the article that reports the event.
told-in = Read more

## Questions, figures, sources

questions = Questions and answers
more-questions = More questions
about = About
# The label of the article that a page of questions goes with.
belongs-to = Goes with
figures = Figures on this page
# Read aloud for what opens the note of a figure in a text.
figure-note = About this figure
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value }%
# The difference of two percentages. $count is the number in $value.
percentage-points = { $count ->
    [one] { $value } percentage point
   *[other] { $value } percentage points
}
# An amount of money: $currency is a sign, such as ¥.
amount = { $currency }{ $value }
# An amount per person, per household.
fact-per = { $value } per { $per }
# The label of a large figure in all its digits.
exact-figure = Exact figure
other-currency = In another currency
# A figure in the text: "3.5% of GDP".
fact-of = { $value } of { $denominator }
fact-confirmed = Confirmed
fact-reported = Reported
fact-disputed = Disputed
fact-actual = Actual figure
fact-target = Target
fact-request = Request
fact-estimate = Estimate
fact-forecast = Forecast
fact-cap = Cap
# The label of a date.
as-of = As of
# The label of a name.
attributed-to = Attributed to
sources = Sources
# The label of a link to the source.
source = Source
# $date is the day of reading, set as a date.
accessed = Read { $date }
archived-copy = Archived copy
# The label of a source that its publisher no longer stands by; $date is set as a date.
retracted = Retracted
retracted-on = Retracted { $date }
# The notice at the head of a page that cites such a source.
retracted-notice = This page rests on what has since been retracted
# Read aloud for a mark in the text; $number is a number.
citation = Source { $number }
# The links from a source back to the places that cite it. $letter tells them apart where there are several.
back-to-citation = Back to where source { $number } is cited
back-to-citation-of-several = Back to citation { $letter } of source { $number }
related-articles = Related articles

## A figure's own page, and lists of figures

# $of is what is measured, $value the figure in words.
fact-title = { $of }: { $value }
# The labels of what a percentage is a part of, and of a date.
share-of = Share of
next-update = Next value due
# The heading of the pages that use the figure.
used-in = Used in
permanent-link = Permanent link
# The label of links to the same in formats for programs.
as-data = As data
cite-page = Cite this page
# The tools at the end of a page, which need JavaScript.
copy-link = Copy link
copy-link-selected = Copy link to the selected words
link-copied = Link copied
share = Share
# Beside a citation: what is seen, and what is read aloud. $style is `APA`, `MLA`, `Chicago` or `BibTeX`.
copy = Copy
copy-style = Copy { $style }
citation-copied = Citation copied
# The links that narrow the list of all figures, or of all articles, to those of a topic, and the one to all.
facts-by-topic = Figures by topic
articles-by-topic = Articles by topic
articles-by-year = Articles by year
facts-all = All
figures-about = Figures about { $name }
figures-of-topic = Figures in these articles
# The values that a figure had: the heading, the columns, and what the drawing shows. $start and $end are dates.
history = History
column-value = Value
column-note = Note
history-sentence = From { $first } ({ $start }) to { $last } ({ $end })
# Figures on one axis: the heading, and what the axis measures.
figures-compared = Figures side by side
compared-share = Share of { $denominator }
compared-unit = In { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = The numbers as a table
chart-download = Download the numbers (CSV)
chart-course = { $name }: from { $first } ({ $start }) to { $last } ({ $end }).
chart-extremes = { $name }: highest { $first } ({ $start }), lowest { $last } ({ $end }).

## A shared source's own page, and the list of all

# The labels of names, of the address and of a date.
source-author = Author
source-publisher = Publisher
source-original = Where to read it
source-read = Last read
# The heading of the pages that cite the source.
cited-in = Cited in
# What on a page rests on the source: the label of a link.
cited-by-fact = Figure
cited-by-event = Event
cited-by-position = Position of
cited-by-post = Post
cited-by-relation = Relation to
more-citations = More pages that cite this source
list-citations = Pages that cite this source: { $name }
figures-from-source = Figures from this source
# The link from a page's list to the source's own page.
all-citations = All citations

## Text: footnotes, and the title of a callout that has none of its own

footnotes = Notes
# What a wide table or code is called by a screen reader when it is reached to scroll it.
table = Table
code = Code
back-to-text = Back to text
callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
callout-did-you-know = Did you know?
callout-pro-tip = Pro tip
callout-context = Context

## Player: facts at a glance

at-a-glance = At a glance
glance-native-name = Native name
glance-also-known-as = Also known as
glance-abbreviation = Abbreviation
glance-classification = Type
glance-country = Country
glance-party = Party
glance-parent = Part of
glance-head = Head
glance-capital = Capital
glance-iso = ISO code
glance-demonym = Demonym
glance-born = Born
glance-died = Died
glance-founded = Founded
glance-dissolved = Dissolved

## Player: the rest

posts-held = Posts held
posts-caption = Posts held by { $name }
column-organisation = Organisation
column-from = From
column-to = To
present = Present
positions-taken = Positions taken
# The labels of several statements on one topic.
position-latest = Latest statement
position-earlier = Earlier statement
# The heading of statements on no topic, below those that have one.
positions-other = Other topics
relations = Relations
relations-caption = Relations of { $name }
column-relation = Relation
mentioned-in = Mentioned in
often-named-with = Often named with
# The caption of a table of them. $name is a player.
together-caption = How many of the articles that name { $name } name each of these players, and how many name two of them together
# $count is a number.
articles-together = { $count ->
    [one] in 1 article
   *[other] in { $count } articles
}
links = Links
identifiers = Identifiers

## Page not found, page moved

not-found-title = Page not found
not-found-text = There is no page at this address. It may have moved, or the link to it may be wrong.
not-found-home = Go to the home page
# A link to the new address stands below.
redirect-text = This page has moved. You are being taken to its new address.

## Films and sound

# A link to a film or to sound, for programs that do not play it.
media-video = Open the video
media-audio = Open the recording
# What another host shows: a link to it there, and a button that loads it.
outside-open = Open on { $host }
outside-ask = Show it here: { $host } then learns of your visit

## The search

search = Search
search-label = Search this site
search-needs-script = Search needs JavaScript. These lists lead to every page:
search-lists = Lists
search-kind = Kind
search-topic = Topic
search-year = Year
search-all = All
# A box to tick: whether the key does so.
search-key = The / key leads here from every page
search-pages = Pages
search-count = Results: { $count }
search-none = Nothing was found for “{ $query }”.
search-more = Show more results
search-failed = The search could not be loaded. Try again later.
## Feeds

# The title of the page of feeds (Atom).
feeds = Feeds
feeds-about = New texts, updates and corrections, as they appear.
feeds-how = A feed reader fetches a feed and shows what is new: give it one of these addresses. Each article is one item, and so is each update or correction to a page. A feed names the address of its older items.
# $format is `Atom` or `JSON Feed`.
feed-everything = Everything new ({ $format })
feed-calendar = Calendar of events
feeds-of-players = The page of each player that an article names has a feed at its foot.
all-players = All players
# A link on the page of a topic or a player. $name is its title.
feed-about = Feed: everything new about { $name }

## Data for programs

# The title of the page of data (JSON).
data = Data
data-about = What this site says, for programs.
# Beside the name of a file: what it has.
data-articles = Every article, newest first.
data-players = Every player with names, posts and parties, in the form of Popolo.
data-questions = Every question, and where it is answered.
data-topics = Every topic.
data-facts = Every figure, with its source and its history.
data-sources = Every shared source, as CSL-JSON.
data-feed = What is new.
data-calendar = Every event, as a calendar.
data-schema = Fields (JSON Schema)
# Beside the name `index.json`.
data-card = Beside the page of each player: what a card beside its name says.
data-page-players = Beside the page of each player: what it says.
data-page-all = Beside each page: what it says.
data-how = Ids stay the same when a title or an address changes. A list that goes on names its next file. The version of a form is raised when a field goes or means something else.
# A line of HTTP stands after it.
data-cors = Programs in browsers may read these files from another site where the host of this one answers with
# $license is a link.
data-license = Licence of the texts: { $license }

## Embeds

# HTML to copy stands below it.
embed = Show this on your site
embed-look = See it as it will be shown
