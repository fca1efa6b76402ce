### نص الواجهة بالعربية. لكل رسالة المتغيرات نفسها التي في en.ftl، وشرحها هناك.

## كل الصفحات

skip-to-content = انتقل إلى المحتوى
site-navigation = القائمة الرئيسية
languages = اللغات
# What the language calls itself, for the choice of languages.
language-name = العربية
footer-navigation = أسفل الصفحة
appearance = المظهر
appearance-auto = تلقائي
appearance-light = فاتح
appearance-dark = داكن
breadcrumb = أنت هنا
home = الرئيسية
page-title = { $title } – { $site }
published-by = الناشر: { $publisher }

## نوع الصفحة

genre-background = خلفية
genre-analysis = تحليل
genre-report = تقرير
genre-opinion = رأي
genre-qa = أسئلة وأجوبة
kind-article = مقال
kind-faq = أسئلة وأجوبة
kind-page = صفحة
kind-player = نبذة
kind-topic = موضوع
kind-fact = رقم
kind-person = شخصية
kind-organisation = منظمة
kind-country = دولة

## الفهارس

articles = المقالات
players = الأطراف
players-person = الشخصيات
players-organisation = المنظمات
players-country = الدول
faq = أسئلة وأجوبة
topics = الموضوعات
facts = حقائق وأرقام

## بقية القوائم الطويلة

list-articles = مقالات عن { $name }
list-year = مقالات سنة { $year }
list-players = أطراف في { $name }
list-mentions = ذِكر { $name }
list-positions = مواقف { $name }
list-stances = مواقف الأطراف: { $name }
list-questions = أسئلة عن { $name }
list-timeline = التسلسل الزمني: { $name }
list-figures = أرقام عن { $name }
list-uses = صفحات تستخدم هذا الرقم: { $name }

## الروابط إليها

more-articles = مزيد من المقالات عن { $name }
more-players = مزيد من الأطراف في { $name }
more-mentions = مزيد من المواضع التي تذكر { $name }
more-positions = مزيد من مواقف { $name }
more-stances = مزيد من مواقف الأطراف: { $name }
more-questions-about = مزيد من الأسئلة عن { $name }
more-timeline = بقية التسلسل الزمني: { $name }
more-figures = مزيد من الأرقام عن { $name }
more-uses = مزيد من الصفحات التي تستخدم هذا الرقم
all-articles = كل المقالات
all-topics = كل الموضوعات

## القوائم وصفحاتها

pagination = صفحات هذه القائمة
newer = الأحدث
older = الأقدم
previous = السابق
next = التالي
page-of = { $title }، الصفحة { $number }
empty-list = لا شيء هنا بعد.

## الصفحة الرئيسية والموضوعات

featured = مختارات
latest = أحدث المقالات
what-changed = ما الذي تغيّر ولماذا
most-named = الأكثر ذكرًا
part-of = جزء من
parts-of-topic = موضوعات فرعية
stances = مواقف الأطراف

## المقال: رأس الصفحة

by = بقلم { $authors }
dateline = من { $place }
published = نُشر
updated = حُدِّث
reviewed = رُوجع
about-page = عن هذه الصفحة
reading-time = مدة القراءة
minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
key-points = أبرز النقاط
contents = في هذه الصفحة
picture-credit = الصورة: { $credit }
corrections = التصحيحات
updates = التحديثات
changed-since = ما تغيّر منذ قراءتك في { $date }
change-update = تحديث
change-correction = تصحيح
change-clarification = توضيح
change-was = الخطأ
change-now = الصواب
change-title = { $kind }: { $title }
corrections-policy = سياستنا
feed-subscribe = الاشتراك في الخلاصة
expires = صالحة حتى

## صفحة لم تعد محدَّثة

state-withdrawn = صفحة مسحوبة
state-expired = صفحة غير محدَّثة
state-withdrawn-on = صفحة مسحوبة منذ { $date }
state-expired-on = صفحة غير محدَّثة منذ { $date }
withdrawn-notice = سُحبت هذه الصفحة، وتبقى على هذا العنوان للتوثيق.
expired-notice = لم تعد هذه الصفحة تُحدَّث، وتبقى على هذا العنوان للتوثيق.
withdrawal-reason = السبب
successor = حلّت محلها

## المقال: جدول الأطراف

key-players = الأطراف الرئيسية
key-players-caption = من المعنيّون، وماذا يقول كل منهم أو يفعل في هذا الملف
column-player = الطرف
column-post = المنصب
column-position = الموقف
also-mentioned = ذُكر أيضًا
list-comma = { "، " }
side-other = آخرون
post-in = { $title }، { $org }
post-until = حتى { $date }
post-since = منذ { $date }
post-now = منذ ذلك الحين
history-title = الوضع كما كان في { $date }
history-notice = غادر هؤلاء منذ ذلك الحين مناصب كانوا يشغلونها

## التسلسل الزمني

timeline = التسلسل الزمني
event-planned = مقرر
event-held = عُقد
event-cancelled = أُلغي
event-postponed = أُجّل
postponed-from = بدلًا من { $date }
timeline-checked = آخر مراجعة: { $date }
next-events = ما التالي
all-events = التسلسل الزمني كاملًا
calendar-subscribe = الاشتراك في التقويم
calendar-partial = الأحداث التي لا يُعرف يومها بالتحديد غير مدرجة في التقويم.
calendar-cancelled = أُلغي: { $event }
calendar-postponed = أُجّل: { $event }
location = المكان
participants = المشاركون
told-in = اقرأ المزيد

## الأسئلة والأرقام والمصادر

questions = أسئلة وأجوبة
more-questions = مزيد من الأسئلة
about = عن
belongs-to = المقال المرتبط
figures = أرقام هذه الصفحة
figure-note = عن هذا الرقم
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value }%
percentage-points = { $count ->
    [zero] { $value } نقطة مئوية
    [one] { $value } نقطة مئوية
    [two] { $value } نقطة مئوية
    [few] { $value } نقاط مئوية
    [many] { $value } نقطة مئوية
   *[other] { $value } نقطة مئوية
}
amount = { $value } { $currency }
fact-per = { $value } لكل { $per }
exact-figure = الرقم الدقيق
other-currency = بعملة أخرى
fact-of = { $value } من { $denominator }
fact-confirmed = مؤكد
fact-reported = وفق تقارير
fact-disputed = محل خلاف
fact-actual = رقم فعلي
fact-target = هدف
fact-request = طلب
fact-estimate = تقدير
fact-forecast = توقع
fact-cap = حد أقصى
as-of = حتى تاريخ
attributed-to = نقلًا عن
sources = المصادر
source = المصدر
accessed = اطُّلع عليه: { $date }
archived-copy = نسخة محفوظة
retracted = سُحب
retracted-on = سُحب في { $date }
retracted-notice = تستند هذه الصفحة إلى مصدر سُحب لاحقًا
citation = المصدر { $number }
back-to-citation = العودة إلى موضع الاستشهاد بالمصدر { $number }
back-to-citation-of-several = العودة إلى الموضع { $letter } للاستشهاد بالمصدر { $number }
related-articles = مقالات ذات صلة

## صفحة الرقم وقوائم الأرقام

fact-title = { $of }: { $value }
share-of = نسبة من
next-update = القيمة التالية متوقعة في
used-in = ورد في
permanent-link = رابط دائم
as-data = بصيغة بيانات
cite-page = استشهد بهذه الصفحة
copy-link = نسخ الرابط
copy-link-selected = نسخ رابط الكلمات المحددة
link-copied = نُسخ الرابط
share = مشاركة
copy = نسخ
copy-style = نسخ { $style }
citation-copied = نُسخ الاستشهاد
facts-by-topic = الأرقام حسب الموضوع
articles-by-topic = المقالات حسب الموضوع
articles-by-year = المقالات حسب السنة
facts-all = الكل
figures-about = أرقام عن { $name }
figures-of-topic = أرقام هذه المقالات
history = التطور
column-value = القيمة
column-note = ملاحظة
history-sentence = من { $first } ({ $start }) إلى { $last } ({ $end })
figures-compared = أرقام جنبًا إلى جنب
compared-share = نسبة من { $denominator }
compared-unit = الوحدة: { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = الأرقام في جدول
chart-download = تنزيل الأرقام (CSV)
chart-course = { $name }: من { $first } ({ $start }) إلى { $last } ({ $end }).
chart-extremes = { $name }: الأعلى { $first } ({ $start })، الأدنى { $last } ({ $end }).

## صفحة مصدر مشترك، وقائمة المصادر كلها

source-author = المؤلف
source-publisher = الناشر
source-original = مكان القراءة
source-read = آخر اطلاع
cited-in = استُشهد به في
cited-by-fact = رقم
cited-by-event = حدث
cited-by-position = موقف
cited-by-post = منصب
cited-by-relation = علاقة مع
more-citations = صفحات أخرى تستشهد بهذا المصدر
list-citations = الصفحات التي تستشهد بهذا المصدر: { $name }
figures-from-source = أرقام من هذا المصدر
all-citations = كل الاستشهادات

## النص

footnotes = الحواشي
table = جدول
code = شيفرة
back-to-text = العودة إلى النص
callout-note = ملاحظة
callout-tip = نصيحة
callout-important = مهم
callout-warning = تحذير
callout-caution = تنبيه
callout-did-you-know = هل تعلم؟
callout-pro-tip = نصيحة خبير
callout-context = السياق

## الطرف: لمحة

at-a-glance = لمحة
glance-native-name = الاسم باللغة الأصلية
glance-also-known-as = يُعرف أيضًا باسم
glance-abbreviation = الاختصار
glance-classification = النوع
glance-country = الدولة
glance-party = الحزب
glance-parent = جزء من
glance-head = القيادة
glance-capital = العاصمة
glance-iso = رمز ISO
glance-demonym = النسبة
glance-born = الميلاد
glance-died = الوفاة
glance-founded = التأسيس
glance-dissolved = الحل

## الطرف: البقية

posts-held = المناصب
posts-caption = مناصب { $name }
column-organisation = المنظمة
column-from = من
column-to = إلى
present = حتى الآن
positions-taken = المواقف
position-latest = أحدث تصريح
position-earlier = تصريح سابق
positions-other = موضوعات أخرى
relations = العلاقات
relations-caption = علاقات { $name }
column-relation = العلاقة
mentioned-in = ورد ذكره في
often-named-with = يُذكر كثيرًا مع
together-caption = عدد المقالات التي تذكر { $name } وتذكر كل واحد من هذه الأطراف، وعدد التي تذكر اثنين منها معًا
articles-together = { $count ->
    [zero] في { $count } مقال
    [one] في مقال واحد
    [two] في مقالين
    [few] في { $count } مقالات
    [many] في { $count } مقالًا
   *[other] في { $count } مقال
}
links = روابط
identifiers = المعرّفات

## صفحة غير موجودة، صفحة منقولة

not-found-title = الصفحة غير موجودة
not-found-text = لا توجد صفحة على هذا العنوان. ربما نُقلت، أو أن الرابط غير صحيح.
not-found-home = إلى الصفحة الرئيسية
redirect-text = نُقلت هذه الصفحة. سيُنقل متصفحك إلى عنوانها الجديد.

## Films and sound

media-video = فتح الفيديو
media-audio = فتح التسجيل الصوتي
outside-open = فتح على { $host }
outside-ask = عرض هنا: سيعلم { $host } بزيارتك

## The search

search = بحث
search-label = البحث في هذا الموقع
search-needs-script = يحتاج البحث إلى جافا سكريبت. تقود هذه القوائم إلى كل الصفحات:
search-lists = القوائم
search-kind = النوع
search-topic = الموضوع
search-year = السنة
search-all = الكل
search-key = المفتاح / ينقلك إلى هنا من أي صفحة
search-pages = الصفحات
search-count = النتائج: { $count }
search-none = لم يُعثر على شيء عن «{ $query }».
search-more = عرض مزيد من النتائج
search-failed = تعذّر تحميل البحث. حاول مرة أخرى لاحقًا.
## الخلاصات

feeds = الخلاصات
feeds-about = النصوص الجديدة والتحديثات والتصويبات فور نشرها.
feeds-how = يجلب قارئ الخلاصات خلاصةً ويعرض الجديد فيها: أعطه أحد هذه العناوين. كل مقال عنصر، وكذلك كل تحديث أو تصويب لصفحة. وتذكر الخلاصة عنوان عناصرها الأقدم.
feed-everything = كل جديد ({ $format })
feed-calendar = تقويم الأحداث
feeds-of-players = في أسفل صفحة كل طرف يذكره مقال خلاصة.
all-players = جميع الأطراف
feed-about = خلاصة: كل جديد عن { $name }

## البيانات للبرامج

data = البيانات
data-about = ما يقوله هذا الموقع، للبرامج.
data-articles = جميع المقالات، الأحدث أولًا.
data-players = جميع الأطراف بأسمائها ومناصبها وأحزابها، بصيغة Popolo.
data-questions = جميع الأسئلة ومواضع الإجابة عنها.
data-topics = جميع الموضوعات.
data-facts = جميع الأرقام مع مصادرها وتاريخها.
data-sources = جميع المصادر المشتركة بصيغة CSL-JSON.
data-feed = كل جديد.
data-calendar = جميع الأحداث في تقويم.
data-schema = الحقول (JSON Schema)
data-card = بجانب صفحة كل طرف: ما تقوله البطاقة بجانب اسمه.
data-page-players = بجانب صفحة كل طرف: ما تقوله.
data-page-all = بجانب كل صفحة: ما تقوله.
data-how = تبقى المعرّفات كما هي عند تغيّر عنوان أو رابط. والقائمة التي لها بقية تذكر ملفها التالي. ويرتفع رقم إصدار الصيغة حين يُحذف حقل أو يتغيّر معناه.
data-cors = يمكن للبرامج في المتصفحات قراءة هذه الملفات من موقع آخر إذا أجاب خادم هذا الموقع بـ
data-license = ترخيص النصوص: { $license }

## التضمين

embed = اعرضه في موقعك
embed-look = شاهد كيف سيُعرض
