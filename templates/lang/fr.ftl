### Le texte de l’interface en français. Chaque message a les variables de celui d’en.ftl, où elles sont expliquées.

## Toutes les pages

skip-to-content = Aller au contenu
site-navigation = Navigation principale
languages = Langues
# What the language calls itself, for the choice of languages.
language-name = Français
footer-navigation = Pied de page
appearance = Apparence
appearance-auto = Automatique
appearance-light = Clair
appearance-dark = Sombre
breadcrumb = Vous êtes ici
home = Accueil
page-title = { $title } – { $site }
published-by = Publié par { $publisher }

## Ce qu’est une page

genre-background = Contexte
genre-analysis = Analyse
genre-report = Compte rendu
genre-opinion = Opinion
genre-qa = Questions-réponses
kind-article = Article
kind-faq = Questions-réponses
kind-page = Page
kind-player = Portrait
kind-topic = Thème
kind-fact = Chiffre
kind-person = Personnalité
kind-organisation = Organisation
kind-country = Pays

## Les index

articles = Articles
players = Acteurs
players-person = Personnalités
players-organisation = Organisations
players-country = Pays
faq = Questions-réponses
topics = Thèmes
facts = Faits et chiffres

## La suite des longues listes

list-articles = Articles : { $name }
list-year = Articles de { $year }
list-players = Acteurs : { $name }
list-mentions = Mentions : { $name }
list-positions = Prises de position : { $name }
list-stances = Qui défend quoi : { $name }
list-questions = Questions : { $name }
list-timeline = Chronologie : { $name }
list-figures = Chiffres : { $name }
list-uses = Pages qui utilisent ce chiffre : { $name }

## Les liens qui y mènent

more-articles = Autres articles : { $name }
more-players = Autres acteurs : { $name }
more-mentions = Autres mentions : { $name }
more-positions = Autres prises de position : { $name }
more-stances = Suite de « Qui défend quoi » : { $name }
more-questions-about = Autres questions : { $name }
more-timeline = Suite de la chronologie : { $name }
more-figures = Autres chiffres : { $name }
more-uses = Autres pages qui utilisent ce chiffre
all-articles = Tous les articles
all-topics = Tous les thèmes

## Les listes et leurs pages

pagination = Pages de cette liste
newer = Plus récents
older = Plus anciens
previous = Page précédente
next = Page suivante
page-of = { $title }, page { $number }
empty-list = Rien à afficher pour le moment.

## Accueil et thèmes

featured = À la une
latest = Derniers articles
what-changed = Ce qui a changé, et pourquoi
most-named = Les plus cités
part-of = Thème parent
parts-of-topic = Sous-thèmes
stances = Qui défend quoi

## Article : l’en-tête

by = Par { $authors }
# Une étiquette : « à », « au » et « en » dépendraient du lieu.
dateline = Lieu { $place }
published = Publication
updated = Mise à jour
reviewed = Vérification
about-page = À propos de cette page
reading-time = Temps de lecture
minutes = { $count ->
    [one] { $count } minute
    [many] { $count } de minutes
   *[other] { $count } minutes
}
key-points = L’essentiel
contents = Sur cette page
picture-credit = Image : { $credit }
corrections = Rectificatifs
updates = Mises à jour
changed-since = Modifié depuis votre lecture du { $date }
change-update = Mise à jour
change-correction = Rectificatif
change-clarification = Précision
change-was = Ce qui était faux
change-now = Ce qui est exact
change-title = { $kind } : { $title }
corrections-policy = Nos règles
feed-subscribe = S’abonner au flux
expires = Valable jusqu’au

## Une page qui n’est plus à jour

state-withdrawn = Page retirée
state-expired = Page obsolète
state-withdrawn-on = Page retirée ({ $date })
state-expired-on = Page obsolète ({ $date })
withdrawn-notice = Cette page a été retirée. Elle reste à cette adresse pour mémoire.
expired-notice = Cette page n’est plus mise à jour. Elle reste à cette adresse pour mémoire.
withdrawal-reason = Motif
successor = Remplacée par

## Article : le tableau des acteurs

key-players = Les principaux acteurs
key-players-caption = Qui intervient dans cette affaire, et ce que chacun dit ou fait
column-player = Acteur
column-post = Fonction
column-position = Position
also-mentioned = Également cités
list-comma = { ", " }
side-other = Autres
post-in = { $title }, { $org }
post-until = jusqu’au { $date }
post-since = depuis { $date }
post-now = Depuis
history-title = État des choses au { $date }
history-notice = Depuis, ces personnes ont quitté des fonctions qu’elles exerçaient alors

## Chronologie

timeline = Chronologie
event-planned = Prévu
event-held = A eu lieu
event-cancelled = Annulé
event-postponed = Reporté
postponed-from = initialement { $date }
timeline-checked = Dernière vérification : { $date }
next-events = La suite des événements
all-events = Toute la chronologie
calendar-subscribe = S’abonner dans son agenda
calendar-partial = Les événements dont le jour exact n’est pas connu ne figurent pas dans l’agenda.
calendar-cancelled = Annulé : { $event }
calendar-postponed = Reporté : { $event }
location = Lieu
participants = Participants
told-in = Lire l’article

## Questions, chiffres, sources

questions = Questions-réponses
more-questions = Autres questions
about = Sujet
belongs-to = Article associé
figures = Les chiffres de cette page
figure-note = À propos de ce chiffre
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value } %
percentage-points = { $count ->
    [one] { $value } point de pourcentage
    [many] { $value } de points de pourcentage
   *[other] { $value } points de pourcentage
}
amount = { $value } { $currency }
fact-per = { $value } par { $per }
exact-figure = Chiffre exact
other-currency = Dans une autre monnaie
# Le dénominateur apporte sa préposition : « 3,5 % du PIB » avec `denominator: du PIB`.
fact-of = { $value } { $denominator }
fact-confirmed = Confirmé
fact-reported = Rapporté
fact-disputed = Contesté
fact-actual = Chiffre réel
fact-target = Objectif
fact-request = Demande
fact-estimate = Estimation
fact-forecast = Prévision
fact-cap = Plafond
as-of = Date de référence
attributed-to = Attribué à
sources = Sources
source = Source
# La date peut être un mois ou une année.
accessed = Consultation : { $date }
archived-copy = Copie archivée
retracted = Rétractée
retracted-on = Rétractée le { $date }
retracted-notice = Cette page s’appuie sur une source rétractée depuis
citation = Source { $number }
back-to-citation = Retour à la mention de la source { $number }
back-to-citation-of-several = Retour à la mention { $letter } de la source { $number }
related-articles = À lire aussi

## La page d'un chiffre et les listes de chiffres

fact-title = { $of } : { $value }
share-of = Part de
next-update = Prochaine valeur attendue
used-in = Utilisé dans
permanent-link = Lien permanent
as-data = Données
cite-page = Citer cette page
copy-link = Copier le lien
copy-link-selected = Copier le lien vers les mots sélectionnés
link-copied = Lien copié
share = Partager
copy = Copier
copy-style = Copier { $style }
citation-copied = Citation copiée
facts-by-topic = Chiffres par thème
articles-by-topic = Articles par thème
articles-by-year = Articles par année
facts-all = Tous
figures-about = Chiffres : { $name }
figures-of-topic = Chiffres de ces articles
history = Évolution
column-value = Valeur
column-note = Note
history-sentence = De { $first } ({ $start }) à { $last } ({ $end })
figures-compared = Chiffres comparés
compared-share = Part : { $denominator }
compared-unit = Unité : { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = Les chiffres sous forme de tableau
chart-download = Télécharger les chiffres (CSV)
chart-course = { $name } : de { $first } ({ $start }) à { $last } ({ $end }).
chart-extremes = { $name } : au plus haut { $first } ({ $start }), au plus bas { $last } ({ $end }).

## La page d’une source commune, et la liste de toutes

source-author = Auteur
source-publisher = Éditeur
source-original = Où le lire
source-read = Dernière consultation
cited-in = Cité dans
cited-by-fact = Chiffre
cited-by-event = Événement
cited-by-position = Position de
cited-by-post = Fonction
cited-by-relation = Relation avec
more-citations = Autres pages qui citent cette source
list-citations = Pages qui citent cette source : { $name }
figures-from-source = Chiffres tirés de cette source
all-citations = Toutes les citations

## Texte

footnotes = Notes
table = Tableau
code = Code
back-to-text = Retour au texte
callout-note = À noter
callout-tip = Conseil
callout-important = Important
callout-warning = Avertissement
callout-caution = Attention
callout-did-you-know = Le saviez-vous ?
callout-pro-tip = Conseil d’expert
callout-context = Contexte

## Acteur : l’essentiel

at-a-glance = En bref
glance-native-name = Nom d’origine
glance-also-known-as = Autres noms
glance-abbreviation = Sigle
glance-classification = Type
glance-country = Pays
glance-party = Parti
glance-parent = Fait partie de
glance-head = Direction
glance-capital = Capitale
glance-iso = Code ISO
glance-demonym = Gentilé
glance-born = Naissance
glance-died = Décès
glance-founded = Fondation
glance-dissolved = Dissolution

## Acteur : le reste

posts-held = Fonctions exercées
posts-caption = Fonctions exercées : { $name }
column-organisation = Organisation
column-from = Début
column-to = Fin
present = en cours
positions-taken = Prises de position
position-latest = Dernière déclaration
position-earlier = Déclaration antérieure
positions-other = Autres thèmes
relations = Relations
relations-caption = Relations : { $name }
column-relation = Relation
mentioned-in = Mentions
often-named-with = Souvent cités ensemble
together-caption = Combien des articles qui nomment { $name } nomment chacun de ces acteurs, et combien en nomment deux ensemble
articles-together = { $count ->
    [one] dans { $count } article
    [many] dans { $count } d’articles
   *[other] dans { $count } articles
}
links = Liens
identifiers = Identifiants

## Page introuvable, page déplacée

not-found-title = Page introuvable
not-found-text = Il n’y a pas de page à cette adresse. Elle a peut-être été déplacée, ou le lien est erroné.
not-found-home = Retour à l’accueil
redirect-text = Cette page a été déplacée. Vous allez être redirigé vers sa nouvelle adresse.

## Films and sound

media-video = Ouvrir la vidéo
media-audio = Ouvrir l’enregistrement
outside-open = Ouvrir sur { $host }
outside-ask = Afficher ici : { $host } aura connaissance de votre visite

## The search

search = Rechercher
search-label = Rechercher sur ce site
search-needs-script = La recherche nécessite JavaScript. Ces listes mènent à toutes les pages :
search-lists = Listes
search-kind = Type
search-topic = Thème
search-year = Année
search-all = Tous
search-key = La touche / mène ici depuis chaque page
search-pages = Pages
search-count = Résultats : { $count }
search-none = Aucun résultat pour « { $query } ».
search-more = Afficher plus de résultats
search-failed = La recherche n’a pas pu être chargée. Réessayez plus tard.
## Les flux

feeds = Flux
feeds-about = Nouveaux textes, mises à jour et corrections, dès leur parution.
feeds-how = Un lecteur de flux consulte un flux et montre ce qui est nouveau : donnez-lui l’une de ces adresses. Chaque article est une entrée, de même que chaque mise à jour ou correction d’une page. Le flux indique l’adresse de ses entrées plus anciennes.
feed-everything = Toutes les nouveautés ({ $format })
feed-calendar = Calendrier des événements
feeds-of-players = La page de chaque acteur cité dans un article propose un flux en bas.
all-players = Tous les acteurs
feed-about = Flux : toutes les nouveautés sur { $name }

## Les données pour les programmes

data = Données
data-about = Ce que dit ce site, pour les programmes.
data-articles = Tous les articles, du plus récent au plus ancien.
data-players = Tous les acteurs, avec leurs noms, fonctions et partis, au format Popolo.
data-questions = Toutes les questions, et où elles trouvent réponse.
data-topics = Tous les thèmes.
data-facts = Tous les chiffres, avec leur source et leur historique.
data-sources = Toutes les sources communes, en CSL-JSON.
data-feed = Les nouveautés.
data-calendar = Tous les événements, en calendrier.
data-schema = Champs (JSON Schema)
data-card = À côté de la page de chaque acteur : ce que dit la fiche à côté de son nom.
data-page-players = À côté de la page de chaque acteur : ce qu’elle dit.
data-page-all = À côté de chaque page : ce qu’elle dit.
data-how = Les identifiants restent les mêmes quand un titre ou une adresse change. Une liste qui continue nomme son fichier suivant. La version d’un format augmente quand un champ disparaît ou change de sens.
data-cors = Un programme dans un navigateur peut lire ces fichiers depuis un autre site si le serveur de celui-ci répond avec
data-license = Licence des textes : { $license }

## Les contenus intégrés

embed = L’afficher sur votre site
embed-look = Voir ce qui sera affiché
