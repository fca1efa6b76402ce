### Der Text der Oberfläche auf Deutsch. Jede Nachricht hat dieselben Variablen wie in en.ftl, wo sie erklärt sind.

## Jede Seite

skip-to-content = Zum Inhalt springen
site-navigation = Hauptnavigation
languages = Sprachen
# What the language calls itself, for the choice of languages.
language-name = Deutsch
footer-navigation = Fußzeile
appearance = Darstellung
appearance-auto = Automatisch
appearance-light = Hell
appearance-dark = Dunkel
breadcrumb = Sie sind hier
home = Startseite
page-title = { $title } – { $site }
published-by = Herausgegeben von { $publisher }

## Was eine Seite ist

genre-background = Hintergrund
genre-analysis = Analyse
genre-report = Bericht
genre-opinion = Meinung
genre-qa = Fragen und Antworten
kind-article = Artikel
kind-faq = Fragen und Antworten
kind-page = Seite
kind-player = Porträt
kind-topic = Thema
kind-fact = Zahl
kind-person = Person
kind-organisation = Organisation
kind-country = Land

## Verzeichnisse

articles = Artikel
players = Akteure
players-person = Personen
players-organisation = Organisationen
players-country = Länder
faq = Fragen und Antworten
topics = Themen
facts = Zahlen und Fakten

## Fortsetzungen langer Listen

list-articles = Artikel zu: { $name }
list-year = Artikel aus dem Jahr { $year }
list-players = Akteure zu: { $name }
list-mentions = Erwähnungen: { $name }
list-positions = Positionen: { $name }
list-stances = Wer wo steht: { $name }
list-questions = Fragen zu: { $name }
list-timeline = Chronik: { $name }
list-figures = Zahlen: { $name }
list-uses = Seiten mit dieser Zahl: { $name }

## Die Links dorthin

more-articles = Weitere Artikel zu: { $name }
more-players = Weitere Akteure zu: { $name }
more-mentions = Weitere Erwähnungen: { $name }
more-positions = Weitere Positionen: { $name }
more-stances = Mehr dazu, wer wo steht: { $name }
more-questions-about = Weitere Fragen zu: { $name }
more-timeline = Ganze Chronik: { $name }
more-figures = Weitere Zahlen: { $name }
more-uses = Weitere Seiten mit dieser Zahl
all-articles = Alle Artikel
all-topics = Alle Themen

## Listen und ihre Seiten

pagination = Seiten dieser Liste
newer = Neuere
older = Ältere
previous = Zurück
next = Weiter
page-of = { $title }, Seite { $number }
empty-list = Hier gibt es noch nichts.

## Startseite und Themen

featured = Im Fokus
latest = Neueste Artikel
what-changed = Was sich geändert hat, und warum
most-named = Am häufigsten genannt
part-of = Teil von
parts-of-topic = Unterthemen
stances = Wer wo steht

## Artikel: der Kopf

by = Von { $authors }
dateline = Aus { $place }
published = Veröffentlicht
updated = Aktualisiert
reviewed = Geprüft
about-page = Über diese Seite
reading-time = Lesezeit
minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
key-points = Das Wichtigste in Kürze
contents = Auf dieser Seite
picture-credit = Bild: { $credit }
corrections = Korrekturen
updates = Aktualisierungen
changed-since = Geändert, seit Sie dies am { $date } gelesen haben
change-update = Aktualisierung
change-correction = Korrektur
change-clarification = Klarstellung
change-was = Falsch war
change-now = Richtig ist
change-title = { $kind }: { $title }
corrections-policy = Unsere Regeln
feed-subscribe = Feed abonnieren
expires = Gilt bis

## Seiten, die nicht mehr aktuell sind

state-withdrawn = Zurückgezogen
state-expired = Nicht mehr aktuell
state-withdrawn-on = Zurückgezogen ({ $date })
state-expired-on = Nicht mehr aktuell seit { $date }
withdrawn-notice = Diese Seite wurde zurückgezogen. Sie bleibt zur Dokumentation unter dieser Adresse.
expired-notice = Diese Seite wird nicht mehr aktualisiert. Sie bleibt zur Dokumentation unter dieser Adresse.
withdrawal-reason = Grund
successor = Ersetzt durch

## Artikel: die Tabelle der Akteure

key-players = Die wichtigsten Akteure
key-players-caption = Wer beteiligt ist und was sie in dieser Geschichte sagen oder tun
column-player = Akteur
column-post = Amt
column-position = Position
also-mentioned = Außerdem genannt
list-comma = { ", " }
side-other = Weitere
post-in = { $title }, { $org }
post-until = bis { $date }
post-since = seit { $date }
post-now = Seitdem
history-title = Stand: { $date }
history-notice = Diese Personen haben Ämter, die sie damals hatten, inzwischen abgegeben

## Chronik

timeline = Chronik
event-planned = Geplant
event-held = Stattgefunden
event-cancelled = Abgesagt
event-postponed = Verschoben
postponed-from = bisher { $date }
timeline-checked = Zuletzt geprüft: { $date }
next-events = Wie es weitergeht
all-events = Die ganze Chronik
calendar-subscribe = Im Kalender abonnieren
calendar-partial = Ereignisse, deren genauer Tag nicht bekannt ist, stehen nicht im Kalender.
calendar-cancelled = Abgesagt: { $event }
calendar-postponed = Verschoben: { $event }
location = Ort
participants = Beteiligte
told-in = Mehr dazu

## Fragen, Zahlen, Quellen

questions = Fragen und Antworten
more-questions = Weitere Fragen
about = Betrifft
belongs-to = Gehört zu
figures = Zahlen auf dieser Seite
figure-note = Zu dieser Zahl
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value } %
percentage-points = { $count ->
    [one] { $value } Prozentpunkt
   *[other] { $value } Prozentpunkte
}
amount = { $value } { $currency }
fact-per = { $value } pro { $per }
exact-figure = Genaue Zahl
other-currency = In anderer Währung
# Die Bezugsgröße bringt ihren Fall mit: „3,5 % des BIP“ mit `denominator: des BIP`.
fact-of = { $value } { $denominator }
fact-confirmed = Bestätigt
fact-reported = Berichtet
fact-disputed = Umstritten
fact-actual = Ist-Wert
fact-target = Ziel
fact-request = Forderung
fact-estimate = Schätzung
fact-forecast = Prognose
fact-cap = Obergrenze
as-of = Stand
attributed-to = Nach Angaben von
sources = Quellen
source = Quelle
# Das Datum kann auch ein Monat oder ein Jahr sein.
accessed = Abgerufen: { $date }
archived-copy = Archivierte Fassung
retracted = Zurückgezogen
retracted-on = Zurückgezogen { $date }
retracted-notice = Diese Seite stützt sich auf etwas, das inzwischen zurückgezogen wurde
citation = Quelle { $number }
back-to-citation = Zurück zur Stelle mit Quelle { $number }
back-to-citation-of-several = Zurück zu Stelle { $letter } mit Quelle { $number }
related-articles = Zum Thema

## Die Seite einer Zahl, und Listen von Zahlen

fact-title = { $of }: { $value }
share-of = Anteil von
next-update = Nächster Wert erwartet
used-in = Verwendet in
permanent-link = Dauerhafter Link
as-data = Als Daten
cite-page = Diese Seite zitieren
copy-link = Link kopieren
copy-link-selected = Link zu den markierten Wörtern kopieren
link-copied = Link kopiert
share = Teilen
copy = Kopieren
copy-style = { $style } kopieren
citation-copied = Quellenangabe kopiert
facts-by-topic = Zahlen nach Thema
articles-by-topic = Artikel nach Thema
articles-by-year = Artikel nach Jahr
facts-all = Alle
figures-about = Zahlen zu: { $name }
figures-of-topic = Zahlen aus diesen Artikeln
history = Verlauf
column-value = Wert
column-note = Anmerkung
history-sentence = Von { $first } ({ $start }) auf { $last } ({ $end })
figures-compared = Zahlen im Vergleich
compared-share = Anteil: { $denominator }
compared-unit = Einheit: { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = Die Zahlen als Tabelle
chart-download = Zahlen herunterladen (CSV)
chart-course = { $name }: von { $first } ({ $start }) auf { $last } ({ $end }).
chart-extremes = { $name }: am höchsten { $first } ({ $start }), am niedrigsten { $last } ({ $end }).

## Die Seite einer gemeinsamen Quelle, und die Liste aller

source-author = Verfasst von
source-publisher = Herausgegeben von
source-original = Nachzulesen unter
source-read = Zuletzt gelesen
cited-in = Zitiert in
cited-by-fact = Zahl
cited-by-event = Ereignis
cited-by-position = Position von
cited-by-post = Amt
cited-by-relation = Beziehung zu
more-citations = Weitere Seiten, die diese Quelle zitieren
list-citations = Seiten, die diese Quelle zitieren: { $name }
figures-from-source = Zahlen aus dieser Quelle
all-citations = Alle Zitate

## Text

footnotes = Anmerkungen
table = Tabelle
code = Code
back-to-text = Zurück zum Text
callout-note = Hinweis
callout-tip = Tipp
callout-important = Wichtig
callout-warning = Warnung
callout-caution = Vorsicht
callout-did-you-know = Schon gewusst?
callout-pro-tip = Profi-Tipp
callout-context = Zur Einordnung

## Akteur: auf einen Blick

at-a-glance = Auf einen Blick
glance-native-name = Name in der Landessprache
glance-also-known-as = Auch bekannt als
glance-abbreviation = Abkürzung
glance-classification = Art
glance-country = Land
glance-party = Partei
glance-parent = Teil von
glance-head = Leitung
glance-capital = Hauptstadt
glance-iso = ISO-Code
glance-demonym = Einwohnerbezeichnung
glance-born = Geboren
glance-died = Gestorben
glance-founded = Gegründet
glance-dissolved = Aufgelöst

## Akteur: alles Weitere

posts-held = Ämter
posts-caption = Ämter von { $name }
column-organisation = Organisation
column-from = Von
column-to = Bis
present = heute
positions-taken = Positionen
position-latest = Neueste Äußerung
position-earlier = Frühere Äußerung
positions-other = Andere Themen
relations = Beziehungen
relations-caption = Beziehungen von { $name }
column-relation = Beziehung
mentioned-in = Erwähnt in
often-named-with = Oft zusammen genannt mit
together-caption = Wie viele der Artikel, die { $name } nennen, jeden dieser Akteure nennen und wie viele zwei von ihnen zugleich
articles-together = { $count ->
    [one] in 1 Artikel
   *[other] in { $count } Artikeln
}
links = Links
identifiers = Kennungen

## Nicht gefunden, umgezogen

not-found-title = Seite nicht gefunden
not-found-text = Unter dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen, oder der Link ist falsch.
not-found-home = Zur Startseite
redirect-text = Diese Seite ist umgezogen. Sie werden zur neuen Adresse weitergeleitet.

## Films and sound

media-video = Video öffnen
media-audio = Aufnahme öffnen
outside-open = Auf { $host } öffnen
outside-ask = Hier zeigen: { $host } erfährt dann von Ihrem Besuch

## The search

search = Suchen
search-label = Diese Website durchsuchen
search-needs-script = Die Suche braucht JavaScript. Diese Listen führen zu jeder Seite:
search-lists = Listen
search-kind = Art
search-topic = Thema
search-year = Jahr
search-all = Alle
search-key = Die Taste / führt von jeder Seite hierher
search-pages = Seiten
search-count = Ergebnisse: { $count }
search-none = Zu „{ $query }“ wurde nichts gefunden.
search-more = Weitere Ergebnisse zeigen
search-failed = Die Suche konnte nicht geladen werden. Versuchen Sie es später noch einmal.
## Feeds

feeds = Feeds
feeds-about = Neue Texte, Aktualisierungen und Korrekturen, sobald sie erscheinen.
feeds-how = Ein Feedreader ruft einen Feed ab und zeigt, was neu ist: Geben Sie ihm eine dieser Adressen. Jeder Artikel ist ein Eintrag, ebenso jede Aktualisierung oder Korrektur einer Seite. Der Feed nennt die Adresse seiner älteren Einträge.
feed-everything = Alles Neue ({ $format })
feed-calendar = Kalender der Ereignisse
feeds-of-players = Die Seite jedes Akteurs, den ein Artikel nennt, hat unten einen Feed.
all-players = Alle Akteure
feed-about = Feed: alles Neue über { $name }

## Daten für Programme

data = Daten
data-about = Was diese Website sagt, für Programme.
data-articles = Alle Artikel, die neuesten zuerst.
data-players = Alle Akteure mit Namen, Ämtern und Parteien, in der Form von Popolo.
data-questions = Alle Fragen, und wo sie beantwortet werden.
data-topics = Alle Themen.
data-facts = Alle Zahlen mit Quelle und Verlauf.
data-sources = Alle gemeinsamen Quellen als CSL-JSON.
data-feed = Was neu ist.
data-calendar = Alle Ereignisse als Kalender.
data-schema = Felder (JSON Schema)
data-card = Neben der Seite jedes Akteurs: was eine Karte neben seinem Namen sagt.
data-page-players = Neben der Seite jedes Akteurs: was sie sagt.
data-page-all = Neben jeder Seite: was sie sagt.
data-how = Kennungen bleiben, wenn sich ein Titel oder eine Adresse ändert. Eine Liste, die weitergeht, nennt ihre nächste Datei. Die Version einer Form steigt, wenn ein Feld entfällt oder etwas anderes bedeutet.
data-cors = Programme in Browsern können diese Dateien von einer anderen Website aus lesen, wenn der Server dieser Website antwortet mit
data-license = Lizenz der Texte: { $license }

## Einbettungen

embed = Auf der eigenen Website zeigen
embed-look = So wird es gezeigt
