### 日本語の画面表示。変数は en.ftl の同じ項目と同じで、説明もそこにある。

## すべてのページ

skip-to-content = 本文へ移動
site-navigation = メインメニュー
languages = 言語
# What the language calls itself, for the choice of languages.
language-name = 日本語
footer-navigation = フッター
appearance = 外観
appearance-auto = 自動
appearance-light = ライト
appearance-dark = ダーク
breadcrumb = 現在位置
home = ホーム
page-title = { $title } – { $site }
published-by = 発行：{ $publisher }

## ページの種類

genre-background = 背景
genre-analysis = 分析
genre-report = リポート
genre-opinion = オピニオン
genre-qa = Q&A
kind-article = 記事
kind-faq = Q&A
kind-page = ページ
kind-player = プロフィール
kind-topic = テーマ
kind-fact = 数字
kind-person = 人物
kind-organisation = 組織
kind-country = 国

## 一覧

articles = 記事
players = 関係者
players-person = 人物
players-organisation = 組織
players-country = 国
faq = Q&A
topics = テーマ
facts = 数字とデータ

## 長い一覧の続き

list-articles = 「{ $name }」の記事
list-year = { $year }の記事
list-players = 「{ $name }」の関係者
list-mentions = { $name }への言及
list-positions = { $name }の立場
list-stances = { $name }をめぐる各者の立場
list-questions = { $name }についてのQ&A
list-timeline = { $name }の経緯
list-figures = { $name }の数字
list-uses = この数字を使うページ：{ $name }

## 続きへのリンク

more-articles = 「{ $name }」の記事をもっと見る
more-players = 「{ $name }」の関係者をもっと見る
more-mentions = { $name }への言及をもっと見る
more-positions = { $name }の立場をもっと見る
more-stances = { $name }をめぐる各者の立場をもっと見る
more-questions-about = { $name }についてのQ&Aをもっと見る
more-timeline = { $name }の経緯をもっと見る
more-figures = { $name }の数字をもっと見る
more-uses = この数字を使うページをもっと見る
all-articles = すべての記事
all-topics = すべてのテーマ

## 一覧のページ

pagination = 一覧のページ
newer = より新しいもの
older = より古いもの
previous = 前へ
next = 次へ
page-of = { $title }（{ $number }ページ目）
empty-list = まだ何もありません。

## ホームとテーマ

featured = 注目
latest = 新着記事
what-changed = 変更点とその理由
most-named = よく登場する関係者
part-of = 上位テーマ
parts-of-topic = サブテーマ
stances = 各者の立場

## 記事の冒頭

by = 文・{ $authors }
dateline = { $place }発
published = 公開
updated = 更新
reviewed = 内容確認
about-page = このページについて
reading-time = 読了時間
minutes = { $count ->
   *[other] 約{ $count }分
}
key-points = 要点
contents = 目次
picture-credit = 画像：{ $credit }
corrections = 訂正
updates = 更新履歴
changed-since = { $date }にお読みになってからの変更
change-update = 更新
change-correction = 訂正
change-clarification = 補足
change-was = 誤
change-now = 正
change-title = { $kind }：{ $title }
corrections-policy = 訂正の方針
feed-subscribe = フィードを購読
expires = 有効期限

## 最新ではないページ

state-withdrawn = 取り下げ
state-expired = 情報が古くなっています
state-withdrawn-on = { $date }に取り下げ
state-expired-on = { $date }以降、更新されていません
withdrawn-notice = このページは取り下げられました。記録としてこのアドレスに残しています。
expired-notice = このページは現在更新していません。記録としてこのアドレスに残しています。
withdrawal-reason = 理由
successor = 後継ページ

## 関係者の表

key-players = 主な関係者
key-players-caption = 関係者と、それぞれの発言・行動
column-player = 関係者
column-post = 役職
column-position = 立場
also-mentioned = ほかに登場する関係者
list-comma = 、
side-other = その他
post-in = { $org } { $title }
post-until = { $date }まで
post-since = { $date }から
post-now = 以後
history-title = { $date }時点の内容
history-notice = その後、当時の役職を離れた人物

## 経緯

timeline = 経緯
event-planned = 予定
event-held = 実施
event-cancelled = 中止
event-postponed = 延期
postponed-from = 当初は{ $date }
timeline-checked = 最終確認：{ $date }
next-events = 今後の予定
all-events = 経緯をすべて見る
calendar-subscribe = カレンダーに登録
calendar-partial = 日付が確定していない出来事はカレンダーに含まれません。
calendar-cancelled = 【中止】{ $event }
calendar-postponed = 【延期】{ $event }
location = 場所
participants = 参加者
told-in = 詳しい記事

## Q&A、数字、出典

questions = Q&A
more-questions = ほかのQ&A
about = 対象
belongs-to = 関連する記事
figures = このページの数字
figure-note = この数字について
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value }%
percentage-points = { $count ->
   *[other] { $value }パーセントポイント
}
amount = { $currency }{ $value }
fact-per = { $per }当たり{ $value }
exact-figure = 正確な数字
other-currency = 他の通貨では
fact-of = { $denominator }の{ $value }
fact-confirmed = 確認済み
fact-reported = 報道
fact-disputed = 争いあり
fact-actual = 実績
fact-target = 目標
fact-request = 要求
fact-estimate = 推計
fact-forecast = 予測
fact-cap = 上限
as-of = 時点
attributed-to = 発言・発表元
sources = 出典
source = 出典
accessed = { $date }閲覧
archived-copy = 保存版
retracted = 撤回
retracted-on = { $date }撤回
retracted-notice = このページは、その後撤回された出典に基づいています
citation = 出典{ $number }
back-to-citation = 出典{ $number }の引用箇所に戻る
back-to-citation-of-several = 出典{ $number }の引用箇所 { $letter } に戻る
related-articles = 関連記事

## 数字のページと一覧

fact-title = { $of }：{ $value }
share-of = 分母
next-update = 次の更新予定
used-in = 使われているページ
permanent-link = 固定リンク
as-data = データ形式
cite-page = このページを引用する
copy-link = リンクをコピー
copy-link-selected = 選択した部分へのリンクをコピー
link-copied = リンクをコピーしました
share = 共有
copy = コピー
copy-style = { $style } をコピー
citation-copied = 引用をコピーしました
facts-by-topic = テーマ別の数字
articles-by-topic = テーマ別の記事
articles-by-year = 年別の記事
facts-all = すべて
figures-about = { $name }に関する数字
figures-of-topic = これらの記事の数字
history = 推移
column-value = 値
column-note = 注記
history-sentence = { $first }（{ $start }）から{ $last }（{ $end }）へ
figures-compared = 数字の比較
compared-share = { $denominator }に占める割合
compared-unit = 単位：{ $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = 数値を表で見る
chart-download = 数値をダウンロード（CSV）
chart-course = { $name }：{ $first }（{ $start }）から{ $last }（{ $end }）へ。
chart-extremes = { $name }：最高は{ $first }（{ $start }）、最低は{ $last }（{ $end }）。

## 共通の出典のページと、その一覧

source-author = 著者
source-publisher = 発行者
source-original = 掲載先
source-read = 最終閲覧日
cited-in = 引用しているページ
cited-by-fact = 数字
cited-by-event = 出来事
cited-by-position = 立場
cited-by-post = 役職
cited-by-relation = 関係
more-citations = この出典を引用しているその他のページ
list-citations = この出典を引用しているページ：{ $name }
figures-from-source = この出典による数字
all-citations = すべての引用

## 本文

footnotes = 注
table = 表
code = コード
back-to-text = 本文に戻る
callout-note = メモ
callout-tip = ヒント
callout-important = 重要
callout-warning = 警告
callout-caution = 注意
callout-did-you-know = ご存じですか？
callout-pro-tip = 上級者のヒント
callout-context = 背景

## 関係者の概要

at-a-glance = 概要
glance-native-name = 現地語名
glance-also-known-as = 別名
glance-abbreviation = 略称
glance-classification = 種別
glance-country = 国
glance-party = 政党
glance-parent = 上部組織
glance-head = 代表者
glance-capital = 首都
glance-iso = ISOコード
glance-demonym = 国民の呼称
glance-born = 生年月日
glance-died = 没年月日
glance-founded = 設立
glance-dissolved = 解散

## 関係者のその他の項目

posts-held = 経歴
posts-caption = { $name }の経歴
column-organisation = 組織
column-from = 開始
column-to = 終了
present = 現在
positions-taken = 表明した立場
position-latest = 最新の発言
position-earlier = 以前の発言
positions-other = その他のテーマ
relations = 関係
relations-caption = { $name }の関係
column-relation = 関係
mentioned-in = 登場するページ
often-named-with = よく一緒に登場する関係者
together-caption = { $name }が出てくる記事のうち、それぞれの名前が出てくる記事の数と、二者の名前がともに出てくる記事の数
articles-together = { $count ->
   *[other] { $count }本の記事
}
links = リンク
identifiers = 識別子

## 見つからないページ、移動したページ

not-found-title = ページが見つかりません
not-found-text = このアドレスにページはありません。移動したか、リンクが間違っている可能性があります。
not-found-home = ホームへ
redirect-text = このページは移動しました。新しいアドレスに転送します。

## Films and sound

media-video = 動画を開く
media-audio = 音声を開く
outside-open = { $host }で開く
outside-ask = ここに表示する（{ $host }に閲覧が伝わります）

## The search

search = 検索
search-label = サイト内を検索
search-needs-script = 検索にはブラウザーのスクリプトが必要です。次の一覧からすべてのページに移動できます。
search-lists = 一覧
search-kind = 種類
search-topic = テーマ
search-year = 年
search-all = すべて
search-key = どのページからも / キーでここに移動する
search-pages = ページ
search-count = 検索結果：{ $count }件
search-none = 「{ $query }」に一致するものは見つかりませんでした。
search-more = さらに表示
search-failed = 検索を読み込めませんでした。後でもう一度お試しください。
## フィード

feeds = フィード
feeds-about = 新しい記事、更新、訂正を公開と同時にお届けします。
feeds-how = フィードリーダーにこれらのアドレスのいずれかを登録すると、新着が表示されます。記事はそれぞれ一つの項目になり、ページの更新や訂正も一つずつ項目になります。古い項目のアドレスはフィードに記されています。
feed-everything = すべての新着（{ $format }）
feed-calendar = 出来事のカレンダー
feeds-of-players = 記事に登場する関係者のページには、末尾にフィードがあります。
all-players = すべての関係者
feed-about = フィード：{ $name }に関するすべての新着

## プログラム向けのデータ

data = データ
data-about = このサイトの内容を、プログラム向けに提供します。
data-articles = すべての記事（新しい順）。
data-players = すべての関係者の名前、役職、政党（Popolo 形式）。
data-questions = すべての質問と、その回答の場所。
data-topics = すべてのテーマ。
data-facts = すべての数字と、その出典と推移。
data-sources = すべての共有出典（CSL-JSON）。
data-feed = 新着。
data-calendar = すべての出来事のカレンダー。
data-schema = 項目（JSON Schema）
data-card = 関係者のページごとに、名前の横のカードの内容。
data-page-players = 関係者のページごとに、その内容。
data-page-all = ページごとに、その内容。
data-how = 題名やアドレスが変わっても ID は変わりません。続きのある一覧は次のファイルを示します。項目がなくなるか意味が変わるときは、形式の版が上がります。
data-cors = ほかのサイトからブラウザーのプログラムがこれらのファイルを読めるのは、このサイトのサーバーが次のヘッダーを返す場合です。
data-license = 文章のライセンス：{ $license }

## 埋め込み

embed = 自分のサイトに表示する
embed-look = 表示を確認する
