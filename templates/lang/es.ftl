### El texto de la interfaz en español. Cada mensaje tiene las variables del de en.ftl, donde se explican.

## Todas las páginas

skip-to-content = Ir al contenido
site-navigation = Navegación principal
languages = Idiomas
# What the language calls itself, for the choice of languages.
language-name = Español
footer-navigation = Pie de página
appearance = Apariencia
appearance-auto = Automática
appearance-light = Clara
appearance-dark = Oscura
breadcrumb = Está aquí
home = Inicio
page-title = { $title } – { $site }
published-by = Publicado por { $publisher }

## Qué es una página

genre-background = Contexto
genre-analysis = Análisis
genre-report = Informe
genre-opinion = Opinión
genre-qa = Preguntas y respuestas
kind-article = Artículo
kind-faq = Preguntas y respuestas
kind-page = Página
kind-player = Perfil
kind-topic = Tema
kind-fact = Cifra
kind-person = Persona
kind-organisation = Organización
kind-country = País

## Los índices

articles = Artículos
players = Protagonistas
players-person = Personas
players-organisation = Organizaciones
players-country = Países
faq = Preguntas y respuestas
topics = Temas
facts = Datos y cifras

## La continuación de las listas largas

list-articles = Artículos: { $name }
list-year = Artículos de { $year }
list-players = Protagonistas: { $name }
list-mentions = Menciones: { $name }
list-positions = Posturas: { $name }
list-stances = Quién defiende qué: { $name }
list-questions = Preguntas: { $name }
list-timeline = Cronología: { $name }
list-figures = Cifras: { $name }
list-uses = Páginas que usan esta cifra: { $name }

## Los enlaces que llevan a ella

more-articles = Más artículos: { $name }
more-players = Más protagonistas: { $name }
more-mentions = Más menciones: { $name }
more-positions = Más posturas: { $name }
more-stances = Más sobre quién defiende qué: { $name }
more-questions-about = Más preguntas: { $name }
more-timeline = Más de la cronología: { $name }
more-figures = Más cifras: { $name }
more-uses = Más páginas que usan esta cifra
all-articles = Todos los artículos
all-topics = Todos los temas

## Las listas y sus páginas

pagination = Páginas de esta lista
newer = Más recientes
older = Más antiguos
previous = Anterior
next = Siguiente
page-of = { $title }, página { $number }
empty-list = Todavía no hay nada aquí.

## Portada y temas

featured = Destacados
latest = Últimos artículos
what-changed = Qué ha cambiado y por qué
most-named = Los más citados
part-of = Parte de
parts-of-topic = Subtemas
stances = Quién defiende qué

## Artículo: la cabecera

by = Por { $authors }
dateline = Desde { $place }
published = Publicado
updated = Actualizado
reviewed = Revisado
about-page = Sobre esta página
reading-time = Tiempo de lectura
minutes = { $count ->
    [one] { $count } minuto
    [many] { $count } de minutos
   *[other] { $count } minutos
}
key-points = Puntos clave
contents = En esta página
picture-credit = Imagen: { $credit }
corrections = Correcciones
updates = Actualizaciones
changed-since = Cambios desde su lectura del { $date }
change-update = Actualización
change-correction = Corrección
change-clarification = Aclaración
change-was = Lo que era erróneo
change-now = Lo correcto
change-title = { $kind }: { $title }
corrections-policy = Nuestras normas
feed-subscribe = Suscribirse al canal
expires = Válido hasta

## Una página que ya no está al día

state-withdrawn = Página retirada
state-expired = Página desactualizada
state-withdrawn-on = Página retirada ({ $date })
state-expired-on = Página desactualizada ({ $date })
withdrawn-notice = Esta página se ha retirado. Se conserva en esta dirección como constancia.
expired-notice = Esta página ya no se actualiza. Se conserva en esta dirección como constancia.
withdrawal-reason = Motivo
successor = Sustituida por

## Artículo: la tabla de protagonistas

key-players = Principales protagonistas
key-players-caption = Quiénes intervienen y qué dice o hace cada uno en esta historia
column-player = Protagonista
column-post = Cargo
column-position = Postura
also-mentioned = También se menciona a
list-comma = { ", " }
side-other = Otros
post-in = { $title }, { $org }
post-until = hasta { $date }
post-since = desde { $date }
post-now = Desde entonces
history-title = Situación a fecha de { $date }
history-notice = Desde entonces, estas personas han dejado cargos que ocupaban

## Cronología

timeline = Cronología
event-planned = Previsto
event-held = Celebrado
event-cancelled = Cancelado
event-postponed = Aplazado
postponed-from = antes { $date }
timeline-checked = Última revisión: { $date }
next-events = Qué pasará a continuación
all-events = Toda la cronología
calendar-subscribe = Suscribirse en el calendario
calendar-partial = Los actos cuyo día exacto no se conoce no figuran en el calendario.
calendar-cancelled = Cancelado: { $event }
calendar-postponed = Aplazado: { $event }
location = Lugar
participants = Participantes
told-in = Leer más

## Preguntas, cifras, fuentes

questions = Preguntas y respuestas
more-questions = Más preguntas
about = Sobre
belongs-to = Artículo relacionado
figures = Las cifras de esta página
figure-note = Sobre esta cifra
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value } %
percentage-points = { $count ->
    [one] { $value } punto porcentual
    [many] { $value } de puntos porcentuales
   *[other] { $value } puntos porcentuales
}
amount = { $value } { $currency }
fact-per = { $value } por { $per }
exact-figure = Cifra exacta
other-currency = En otra moneda
# El denominador trae su preposición: «3,5 % del PIB» con `denominator: del PIB`.
fact-of = { $value } { $denominator }
fact-confirmed = Confirmado
fact-reported = Según informaciones
fact-disputed = En disputa
fact-actual = Cifra real
fact-target = Objetivo
fact-request = Petición
fact-estimate = Estimación
fact-forecast = Previsión
fact-cap = Tope
as-of = Fecha de referencia
attributed-to = Según
sources = Fuentes
source = Fuente
# La fecha puede ser un mes o un año.
accessed = Consulta: { $date }
archived-copy = Copia archivada
retracted = Retractada
retracted-on = Retractada el { $date }
retracted-notice = Esta página se apoya en una fuente que después fue retractada
citation = Fuente { $number }
back-to-citation = Volver a donde se cita la fuente { $number }
back-to-citation-of-several = Volver a la cita { $letter } de la fuente { $number }
related-articles = Artículos relacionados

## La página de una cifra y las listas de cifras

fact-title = { $of }: { $value }
share-of = Proporción de
next-update = Próximo valor previsto
used-in = Se usa en
permanent-link = Enlace permanente
as-data = Como datos
cite-page = Citar esta página
copy-link = Copiar enlace
copy-link-selected = Copiar enlace a las palabras seleccionadas
link-copied = Enlace copiado
share = Compartir
copy = Copiar
copy-style = Copiar { $style }
citation-copied = Cita copiada
facts-by-topic = Cifras por tema
articles-by-topic = Artículos por tema
articles-by-year = Artículos por año
facts-all = Todas
figures-about = Cifras sobre { $name }
figures-of-topic = Cifras de estos artículos
history = Evolución
column-value = Valor
column-note = Nota
history-sentence = De { $first } ({ $start }) a { $last } ({ $end })
figures-compared = Cifras comparadas
compared-share = Proporción: { $denominator }
compared-unit = Unidad: { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = Las cifras en una tabla
chart-download = Descargar las cifras (CSV)
chart-course = { $name }: de { $first } ({ $start }) a { $last } ({ $end }).
chart-extremes = { $name }: máximo { $first } ({ $start }), mínimo { $last } ({ $end }).

## La página de una fuente común, y la lista de todas

source-author = Autor
source-publisher = Editor
source-original = Dónde leerlo
source-read = Última consulta
cited-in = Citado en
cited-by-fact = Cifra
cited-by-event = Acontecimiento
cited-by-position = Posición de
cited-by-post = Cargo
cited-by-relation = Relación con
more-citations = Más páginas que citan esta fuente
list-citations = Páginas que citan esta fuente: { $name }
figures-from-source = Cifras de esta fuente
all-citations = Todas las citas

## Texto

footnotes = Notas
table = Tabla
code = Código
back-to-text = Volver al texto
callout-note = Nota
callout-tip = Consejo
callout-important = Importante
callout-warning = Advertencia
callout-caution = Precaución
callout-did-you-know = ¿Sabía que…?
callout-pro-tip = Consejo experto
callout-context = Contexto

## Protagonista: de un vistazo

at-a-glance = De un vistazo
glance-native-name = Nombre original
glance-also-known-as = También conocido como
glance-abbreviation = Sigla
glance-classification = Tipo
glance-country = País
glance-party = Partido
glance-parent = Parte de
glance-head = Dirección
glance-capital = Capital
glance-iso = Código ISO
glance-demonym = Gentilicio
glance-born = Nacimiento
glance-died = Fallecimiento
glance-founded = Fundación
glance-dissolved = Disolución

## Protagonista: lo demás

posts-held = Cargos
posts-caption = Cargos de { $name }
column-organisation = Organización
column-from = Desde
column-to = Hasta
present = actualidad
positions-taken = Posturas
position-latest = Última declaración
position-earlier = Declaración anterior
positions-other = Otros temas
relations = Relaciones
relations-caption = Relaciones de { $name }
column-relation = Relación
mentioned-in = Menciones
often-named-with = A menudo citado junto a
together-caption = Cuántos de los artículos que nombran a { $name } nombran a cada uno de estos protagonistas, y cuántos a dos de ellos a la vez
articles-together = { $count ->
    [one] en { $count } artículo
    [many] en { $count } de artículos
   *[other] en { $count } artículos
}
links = Enlaces
identifiers = Identificadores

## Página no encontrada, página trasladada

not-found-title = Página no encontrada
not-found-text = No hay ninguna página en esta dirección. Puede que se haya trasladado o que el enlace sea incorrecto.
not-found-home = Ir a la portada
redirect-text = Esta página se ha trasladado. Le llevamos a su nueva dirección.

## Films and sound

media-video = Abrir el vídeo
media-audio = Abrir la grabación
outside-open = Abrir en { $host }
outside-ask = Mostrar aquí: { $host } sabrá de su visita

## The search

search = Buscar
search-label = Buscar en este sitio
search-needs-script = La búsqueda necesita JavaScript. Estas listas llevan a todas las páginas:
search-lists = Listas
search-kind = Tipo
search-topic = Tema
search-year = Año
search-all = Todos
search-key = La tecla / lleva aquí desde cualquier página
search-pages = Páginas
search-count = Resultados: { $count }
search-none = No se ha encontrado nada para «{ $query }».
search-more = Mostrar más resultados
search-failed = No se ha podido cargar la búsqueda. Inténtelo de nuevo más tarde.
## Los canales

feeds = Canales
feeds-about = Textos nuevos, actualizaciones y correcciones, en cuanto aparecen.
feeds-how = Un lector de canales consulta un canal y muestra lo nuevo: dele una de estas direcciones. Cada artículo es una entrada, y también cada actualización o corrección de una página. El canal indica la dirección de sus entradas anteriores.
feed-everything = Todas las novedades ({ $format })
feed-calendar = Calendario de acontecimientos
feeds-of-players = La página de cada protagonista que nombra un artículo tiene un canal al pie.
all-players = Todos los protagonistas
feed-about = Canal: todas las novedades sobre { $name }

## Los datos para programas

data = Datos
data-about = Lo que dice este sitio, para programas.
data-articles = Todos los artículos, primero los más recientes.
data-players = Todos los protagonistas, con sus nombres, cargos y partidos, en el formato Popolo.
data-questions = Todas las preguntas, y dónde se responden.
data-topics = Todos los temas.
data-facts = Todas las cifras, con su fuente y su historial.
data-sources = Todas las fuentes comunes, en CSL-JSON.
data-feed = Las novedades.
data-calendar = Todos los acontecimientos, como calendario.
data-schema = Campos (JSON Schema)
data-card = Junto a la página de cada protagonista: lo que dice la ficha junto a su nombre.
data-page-players = Junto a la página de cada protagonista: lo que dice.
data-page-all = Junto a cada página: lo que dice.
data-how = Los identificadores no cambian cuando cambia un título o una dirección. Una lista que continúa indica su archivo siguiente. La versión de un formato sube cuando un campo desaparece o significa otra cosa.
data-cors = Un programa en un navegador puede leer estos archivos desde otro sitio si el servidor de este responde con
data-license = Licencia de los textos: { $license }

## Los contenidos insertados

embed = Mostrarlo en su sitio
embed-look = Ver cómo se mostrará
