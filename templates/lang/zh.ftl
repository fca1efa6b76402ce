### 简体中文界面文字。变量与 en.ftl 中同名条目一致，说明也在那里。

## 所有页面

skip-to-content = 跳到正文
site-navigation = 主导航
languages = 语言
# What the language calls itself, for the choice of languages.
language-name = 简体中文
footer-navigation = 页脚
appearance = 外观
appearance-auto = 自动
appearance-light = 浅色
appearance-dark = 深色
breadcrumb = 当前位置
home = 首页
page-title = { $title } – { $site }
published-by = 由{ $publisher }发布

## 页面类型

genre-background = 背景
genre-analysis = 分析
genre-report = 报道
genre-opinion = 评论
genre-qa = 问答
kind-article = 文章
kind-faq = 问答
kind-page = 页面
kind-player = 简介
kind-topic = 专题
kind-fact = 数据
kind-person = 人物
kind-organisation = 机构
kind-country = 国家

## 索引

articles = 文章
players = 相关方
players-person = 人物
players-organisation = 机构
players-country = 国家
faq = 问答
topics = 专题
facts = 事实与数据

## 长列表的后续页

list-articles = “{ $name }”相关文章
list-year = { $year }的文章
list-players = “{ $name }”相关方
list-mentions = 提及{ $name }的内容
list-positions = { $name }的立场
list-stances = “{ $name }”各方立场
list-questions = 关于{ $name }的问答
list-timeline = { $name }大事记
list-figures = “{ $name }”相关数据
list-uses = 使用此数据的页面：{ $name }

## 通往后续页的链接

more-articles = 更多“{ $name }”相关文章
more-players = 更多“{ $name }”相关方
more-mentions = 更多提及{ $name }的内容
more-positions = 更多{ $name }的立场
more-stances = 更多“{ $name }”各方立场
more-questions-about = 更多关于{ $name }的问答
more-timeline = 更多{ $name }大事记
more-figures = 更多“{ $name }”相关数据
more-uses = 更多使用此数据的页面
all-articles = 全部文章
all-topics = 全部专题

## 列表分页

pagination = 列表分页
newer = 较新
older = 较早
previous = 上一页
next = 下一页
page-of = { $title }（第{ $number }页）
empty-list = 暂无内容。

## 首页与专题

featured = 重点推荐
latest = 最新文章
what-changed = 有何改动，原因何在
most-named = 提及最多
part-of = 所属专题
parts-of-topic = 子专题
stances = 各方立场

## 文章开头

by = 作者：{ $authors }
dateline = 发自{ $place }
published = 发布
updated = 更新
reviewed = 审核
about-page = 关于本页
reading-time = 阅读时间
minutes = { $count ->
   *[other] 约{ $count }分钟
}
key-points = 要点
contents = 本页内容
picture-credit = 图片：{ $credit }
corrections = 更正
updates = 更新记录
changed-since = 自您{ $date }阅读以来的改动
change-update = 更新
change-correction = 更正
change-clarification = 说明
change-was = 原有错误
change-now = 正确内容
change-title = { $kind }：{ $title }
corrections-policy = 更正规则
feed-subscribe = 订阅更正
expires = 有效期至

## 不再有效的页面

state-withdrawn = 已撤回
state-expired = 内容已过时
state-withdrawn-on = { $date }撤回
state-expired-on = { $date }起不再更新
withdrawn-notice = 本页已撤回，仅作存档保留于此地址。
expired-notice = 本页不再更新，仅作存档保留于此地址。
withdrawal-reason = 原因
successor = 替代页面

## 相关方表格

key-players = 主要相关方
key-players-caption = 涉及哪些相关方，各方有何表态或行动
column-player = 相关方
column-post = 职务
column-position = 立场
also-mentioned = 另外提及
list-comma = 、
side-other = 其他
post-in = { $org }{ $title }
post-until = 至{ $date }
post-since = 自{ $date }起
post-now = 此后
history-title = 内容截至{ $date }
history-notice = 以下人士此后已卸任当时的职务

## 大事记

timeline = 大事记
event-planned = 计划中
event-held = 已举行
event-cancelled = 已取消
event-postponed = 已推迟
postponed-from = 原定{ $date }
timeline-checked = 最近核对：{ $date }
next-events = 接下来的安排
all-events = 完整大事记
calendar-subscribe = 订阅到日历
calendar-partial = 尚无确切日期的事件不在日历中。
calendar-cancelled = 【已取消】{ $event }
calendar-postponed = 【已推迟】{ $event }
location = 地点
participants = 参与方
told-in = 阅读文章

## 问答、数据、来源

questions = 问答
more-questions = 更多问答
about = 关于
belongs-to = 相关文章
figures = 本页数据
figure-note = 关于这一数据
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value }%
percentage-points = { $count ->
   *[other] { $value }个百分点
}
amount = { $currency }{ $value }
fact-per = 每{ $per }{ $value }
exact-figure = 准确数字
other-currency = 换算成其他货币
fact-of = { $denominator }的{ $value }
fact-confirmed = 已证实
fact-reported = 据报道
fact-disputed = 有争议
fact-actual = 实际数据
fact-target = 目标
fact-request = 要求
fact-estimate = 估算
fact-forecast = 预测
fact-cap = 上限
as-of = 截至
attributed-to = 出自
sources = 来源
source = 来源
accessed = { $date }查阅
archived-copy = 存档副本
retracted = 已撤回
retracted-on = { $date }撤回
retracted-notice = 本页依据的来源后来已被撤回
citation = 来源{ $number }
back-to-citation = 返回引用来源{ $number }之处
back-to-citation-of-several = 返回引用来源{ $number }之处 { $letter }
related-articles = 相关文章

## 数据页与数据列表

fact-title = { $of }：{ $value }
share-of = 占比基数
next-update = 预计下次更新
used-in = 使用于
permanent-link = 永久链接
as-data = 数据格式
cite-page = 引用本页
copy-link = 复制链接
copy-link-selected = 复制指向所选文字的链接
link-copied = 链接已复制
share = 分享
copy = 复制
copy-style = 复制 { $style }
citation-copied = 引文已复制
facts-by-topic = 按专题查看数据
articles-by-topic = 按专题查看文章
articles-by-year = 按年份查看文章
facts-all = 全部
figures-about = 关于{ $name }的数据
figures-of-topic = 这些文章中的数据
history = 变化
column-value = 数值
column-note = 备注
history-sentence = 从{ $first }（{ $start }）到{ $last }（{ $end }）
figures-compared = 数据对比
compared-share = 占{ $denominator }的比例
compared-unit = 单位：{ $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = 以表格查看数字
chart-download = 下载数字（CSV）
chart-course = { $name }：从{ $first }（{ $start }）到{ $last }（{ $end }）。
chart-extremes = { $name }：最高{ $first }（{ $start }），最低{ $last }（{ $end }）。

## 共用来源的页面与总列表

source-author = 作者
source-publisher = 发布者
source-original = 原文地址
source-read = 最后查阅
cited-in = 引用于
cited-by-fact = 数据
cited-by-event = 事件
cited-by-position = 立场
cited-by-post = 职务
cited-by-relation = 关系
more-citations = 更多引用此来源的页面
list-citations = 引用此来源的页面：{ $name }
figures-from-source = 出自此来源的数据
all-citations = 所有引用

## 正文

footnotes = 注释
table = 表格
code = 代码
back-to-text = 返回正文
callout-note = 注意
callout-tip = 提示
callout-important = 重要
callout-warning = 警告
callout-caution = 当心
callout-did-you-know = 你知道吗？
callout-pro-tip = 专家提示
callout-context = 背景

## 相关方概览

at-a-glance = 概览
glance-native-name = 本国语名称
glance-also-known-as = 别名
glance-abbreviation = 简称
glance-classification = 类型
glance-country = 国家
glance-party = 政党
glance-parent = 上级机构
glance-head = 负责人
glance-capital = 首都
glance-iso = ISO 代码
glance-demonym = 国民称谓
glance-born = 出生
glance-died = 逝世
glance-founded = 成立
glance-dissolved = 解散

## 相关方的其余内容

posts-held = 任职经历
posts-caption = { $name }任职经历
column-organisation = 机构
column-from = 开始
column-to = 结束
present = 至今
positions-taken = 所持立场
position-latest = 最新表态
position-earlier = 此前表态
positions-other = 其他专题
relations = 关系
relations-caption = { $name }的关系
column-relation = 关系
mentioned-in = 提及此条的页面
often-named-with = 常一同提及
together-caption = 在提到{ $name }的文章中，分别提到这些相关方的篇数，以及同时提到其中两方的篇数
articles-together = { $count ->
   *[other] 共同出现于{ $count }篇文章
}
links = 链接
identifiers = 标识符

## 页面不存在或已移动

not-found-title = 页面不存在
not-found-text = 此地址没有页面。页面可能已移动，或链接有误。
not-found-home = 返回首页
redirect-text = 本页已移动，正在为您转到新地址。

## Films and sound

media-video = 打开视频
media-audio = 打开音频
outside-open = 在 { $host } 打开
outside-ask = 在此显示：{ $host } 会得知您的访问

## The search

search = 搜索
search-label = 搜索本站
search-needs-script = 搜索需要 JavaScript。以下列表可通往所有页面：
search-lists = 列表
search-kind = 类型
search-topic = 专题
search-year = 年份
search-all = 全部
search-key = 在任何页面按 / 键来到这里
search-pages = 页面
search-count = 搜索结果：{ $count } 条
search-none = 没有找到与“{ $query }”相关的内容。
search-more = 显示更多结果
search-failed = 无法加载搜索。请稍后再试。
## 订阅源

feeds = 订阅源
feeds-about = 新文章、更新与更正，发布即达。
feeds-how = 把下列任一地址交给订阅阅读器，它就会显示新内容。每篇文章是一个条目，页面的每次更新或更正也各是一个条目。较早条目的地址写在订阅源中。
feed-everything = 全部新内容（{ $format }）
feed-calendar = 事件日历
feeds-of-players = 文章提到的相关方，其页面底部都有订阅源。
all-players = 所有相关方
feed-about = 订阅源：关于“{ $name }”的全部新内容

## 供程序使用的数据

data = 数据
data-about = 供程序使用的本站内容。
data-articles = 全部文章，最新的在前。
data-players = 全部相关方的名称、职务与政党，采用 Popolo 格式。
data-questions = 全部问题及其解答所在。
data-topics = 全部专题。
data-facts = 全部数字及其来源与变化。
data-sources = 全部共用来源，采用 CSL-JSON。
data-feed = 最新内容。
data-calendar = 全部事件的日历。
data-schema = 字段（JSON Schema）
data-card = 每个相关方的页面旁：其名称旁卡片的内容。
data-page-players = 每个相关方的页面旁：该页内容。
data-page-all = 每个页面旁：该页内容。
data-how = 标题或地址变更时，标识不变。未完的列表会写明下一个文件。字段取消或含义改变时，格式的版本号会提高。
data-cors = 其他网站的浏览器程序能否读取这些文件，取决于本站服务器是否返回
data-license = 文本许可：{ $license }

## 嵌入

embed = 在您的网站上显示
embed-look = 查看显示效果
