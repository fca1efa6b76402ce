### 한국어 화면 문구. 변수는 en.ftl의 같은 항목과 같으며, 설명도 그 파일에 있다.

## 모든 페이지

skip-to-content = 본문 바로가기
site-navigation = 주 메뉴
languages = 언어
# What the language calls itself, for the choice of languages.
language-name = 한국어
footer-navigation = 바닥글
appearance = 화면 모드
appearance-auto = 자동
appearance-light = 밝게
appearance-dark = 어둡게
breadcrumb = 현재 위치
home = 홈
page-title = { $title } – { $site }
published-by = 발행: { $publisher }

## 페이지의 종류

genre-background = 배경
genre-analysis = 분석
genre-report = 리포트
genre-opinion = 오피니언
genre-qa = 문답
kind-article = 기사
kind-faq = 문답
kind-page = 페이지
kind-player = 프로필
kind-topic = 주제
kind-fact = 수치
kind-person = 인물
kind-organisation = 기관
kind-country = 국가

## 목록

articles = 기사
players = 인물·기관·국가
players-person = 인물
players-organisation = 기관
players-country = 국가
faq = 문답
topics = 주제
facts = 사실과 수치

## 긴 목록의 나머지

list-articles = ‘{ $name }’ 기사
list-year = { $year } 기사
list-players = ‘{ $name }’ 관련 인물·기관·국가
list-mentions = ‘{ $name }’ 언급
list-positions = ‘{ $name }’ 입장
list-stances = ‘{ $name }’: 누가 어떤 입장인가
list-questions = ‘{ $name }’ 문답
list-timeline = ‘{ $name }’ 일지
list-figures = ‘{ $name }’ 수치
list-uses = 이 수치를 쓰는 페이지: { $name }

## 나머지로 가는 링크

more-articles = ‘{ $name }’ 기사 더 보기
more-players = ‘{ $name }’ 관련 인물·기관·국가 더 보기
more-mentions = ‘{ $name }’ 언급 더 보기
more-positions = ‘{ $name }’ 입장 더 보기
more-stances = ‘{ $name }’ 입장 더 보기: 누가 어떤 입장인가
more-questions-about = ‘{ $name }’ 문답 더 보기
more-timeline = ‘{ $name }’ 일지 더 보기
more-figures = ‘{ $name }’ 수치 더 보기
more-uses = 이 수치를 쓰는 페이지 더 보기
all-articles = 전체 기사
all-topics = 전체 주제

## 목록의 페이지

pagination = 목록 페이지
newer = 최근 항목
older = 지난 항목
previous = 이전
next = 다음
page-of = { $title }, { $number }쪽
empty-list = 아직 내용이 없습니다.

## 홈과 주제

featured = 주요 내용
latest = 최신 기사
what-changed = 무엇이 왜 바뀌었나
most-named = 가장 많이 언급된 인물·기관·국가
part-of = 상위 주제
parts-of-topic = 하위 주제
stances = 누가 어떤 입장인가

## 기사 첫머리

by = 글 { $authors }
dateline = { $place }발
published = 등록
updated = 수정
reviewed = 검토
about-page = 이 페이지에 대하여
reading-time = 읽는 시간
minutes = { $count ->
   *[other] { $count }분
}
key-points = 핵심 요약
contents = 차례
picture-credit = 이미지: { $credit }
corrections = 정정 기록
updates = 업데이트 내역
changed-since = { $date }에 읽으신 뒤 바뀐 내용
change-update = 업데이트
change-correction = 정정
change-clarification = 보충 설명
change-was = 틀린 내용
change-now = 바른 내용
change-title = { $kind }: { $title }
corrections-policy = 정정 원칙
feed-subscribe = 피드 구독
expires = 유효 기한

## 더는 최신이 아닌 페이지

state-withdrawn = 철회됨
state-expired = 지난 내용
state-withdrawn-on = { $date } 철회됨
state-expired-on = { $date } 이후 갱신되지 않음
withdrawn-notice = 이 페이지는 철회되었습니다. 기록을 위해 이 주소에 남겨 둡니다.
expired-notice = 이 페이지는 더 이상 갱신되지 않습니다. 기록을 위해 이 주소에 남겨 둡니다.
withdrawal-reason = 이유
successor = 대체 페이지

## 등장 주체 표

key-players = 주요 인물·기관·국가
key-players-caption = 누가 관련되어 있으며 각자 무엇을 말하고 했는가
column-player = 이름
column-post = 직위
column-position = 입장
also-mentioned = 그 밖에 언급됨
list-comma = { ", " }
side-other = 기타
post-in = { $org } { $title }
post-until = { $date }까지
post-since = { $date }부터
post-now = 그 이후
history-title = { $date } 기준 내용
history-notice = 그 뒤 당시의 직위에서 물러난 인물

## 일지

timeline = 일지
event-planned = 예정
event-held = 개최
event-cancelled = 취소
event-postponed = 연기
postponed-from = 당초 { $date }
timeline-checked = 마지막 확인: { $date }
next-events = 앞으로의 일정
all-events = 전체 일지
calendar-subscribe = 캘린더에서 구독하기
calendar-partial = 정확한 날짜가 알려지지 않은 일정은 캘린더에 들어 있지 않습니다.
calendar-cancelled = [취소] { $event }
calendar-postponed = [연기] { $event }
location = 장소
participants = 참석
told-in = 자세히 보기

## 문답, 수치, 출처

questions = 문답
more-questions = 다른 문답
about = 대상
belongs-to = 관련 기사
figures = 이 페이지의 수치
figure-note = 이 수치에 대하여
# A share: "3.5%", with the space that the language puts before the sign.
percent = { $value }%
percentage-points = { $count ->
   *[other] { $value }%포인트
}
amount = { $currency }{ $value }
fact-per = { $per }당 { $value }
exact-figure = 정확한 수치
other-currency = 다른 통화로
fact-of = { $denominator }의 { $value }
fact-confirmed = 확인됨
fact-reported = 보도됨
fact-disputed = 논란 있음
fact-actual = 실제 수치
fact-target = 목표
fact-request = 요구
fact-estimate = 추정
fact-forecast = 전망
fact-cap = 상한
as-of = 기준일
attributed-to = 발언·발표
sources = 출처
source = 출처
accessed = { $date } 열람
archived-copy = 보관본
retracted = 철회됨
retracted-on = { $date } 철회됨
retracted-notice = 이 페이지는 이후 철회된 출처에 근거하고 있습니다
citation = 출처 { $number }
back-to-citation = 출처 { $number } 인용 위치로 돌아가기
back-to-citation-of-several = 출처 { $number }의 { $letter } 인용 위치로 돌아가기
related-articles = 관련 기사

## 수치 페이지와 목록

fact-title = { $of }: { $value }
share-of = 기준(분모)
next-update = 다음 갱신 예정
used-in = 쓰인 곳
permanent-link = 고유 링크
as-data = 데이터
cite-page = 이 페이지 인용하기
copy-link = 링크 복사
copy-link-selected = 선택한 부분의 링크 복사
link-copied = 링크를 복사했습니다
share = 공유
copy = 복사
copy-style = { $style } 복사
citation-copied = 인용을 복사했습니다
facts-by-topic = 주제별 수치
articles-by-topic = 주제별 기사
articles-by-year = 연도별 기사
facts-all = 전체
figures-about = ‘{ $name }’ 관련 수치
figures-of-topic = 이 기사들의 수치
history = 추이
column-value = 값
column-note = 비고
history-sentence = { $first }({ $start })에서 { $last }({ $end })로
figures-compared = 수치 비교
compared-share = { $denominator } 대비 비율
compared-unit = 단위: { $unit }
# A chart: what opens its table, and what it shows. $start and $end are dates or names of rows.
chart-table = 수치를 표로 보기
chart-download = 수치 내려받기(CSV)
chart-course = { $name }: { $first }({ $start })에서 { $last }({ $end })로.
chart-extremes = { $name }: 최고 { $first }({ $start }), 최저 { $last }({ $end }).

## 공통 출처의 페이지와 전체 목록

source-author = 저자
source-publisher = 발행처
source-original = 원문 위치
source-read = 마지막 열람일
cited-in = 인용한 페이지
cited-by-fact = 수치
cited-by-event = 행사
cited-by-position = 입장
cited-by-post = 직책
cited-by-relation = 관계
more-citations = 이 출처를 인용한 다른 페이지
list-citations = 이 출처를 인용한 페이지: { $name }
figures-from-source = 이 출처의 수치
all-citations = 모든 인용

## 본문

footnotes = 주
table = 표
code = 코드
back-to-text = 본문으로 돌아가기
callout-note = 참고
callout-tip = 팁
callout-important = 중요
callout-warning = 경고
callout-caution = 주의
callout-did-you-know = 알고 계셨나요?
callout-pro-tip = 전문가 팁
callout-context = 배경

## 한눈에 보기

at-a-glance = 한눈에 보기
glance-native-name = 현지어 이름
glance-also-known-as = 다른 이름
glance-abbreviation = 약칭
glance-classification = 유형
glance-country = 국가
glance-party = 정당
glance-parent = 상위 기관
glance-head = 대표
glance-capital = 수도
glance-iso = ISO 코드
glance-demonym = 국민 호칭
glance-born = 출생
glance-died = 사망
glance-founded = 설립
glance-dissolved = 해산

## 프로필의 나머지

posts-held = 경력
posts-caption = { $name } 경력
column-organisation = 기관
column-from = 시작
column-to = 종료
present = 현재
positions-taken = 밝힌 입장
position-latest = 최근 발언
position-earlier = 이전 발언
positions-other = 다른 주제
relations = 관계
relations-caption = { $name } 관계
column-relation = 관계
mentioned-in = 언급된 곳
often-named-with = 자주 함께 언급됨
together-caption = { $name }을(를) 언급한 기사 가운데 각 인물이나 기관을 언급한 기사의 수와 둘을 함께 언급한 기사의 수
articles-together = { $count ->
   *[other] 기사 { $count }건
}
links = 링크
identifiers = 식별자

## 찾을 수 없거나 옮겨진 페이지

not-found-title = 페이지를 찾을 수 없음
not-found-text = 이 주소에는 페이지가 없습니다. 옮겨졌거나 링크가 잘못되었을 수 있습니다.
not-found-home = 홈으로
redirect-text = 이 페이지는 옮겨졌습니다. 새 주소로 이동합니다.

## Films and sound

media-video = 동영상 열기
media-audio = 음성 파일 열기
outside-open = { $host }에서 열기
outside-ask = 여기에 표시: { $host }에 방문 사실이 전달됩니다

## The search

search = 검색
search-label = 사이트 검색
search-needs-script = 검색하려면 JavaScript가 필요합니다. 다음 목록에서 모든 페이지로 이동할 수 있습니다.
search-lists = 목록
search-kind = 종류
search-topic = 주제
search-year = 연도
search-all = 전체
search-key = 어느 페이지에서나 / 키로 여기로 이동
search-pages = 페이지
search-count = 검색 결과: { $count }건
search-none = ‘{ $query }’에 대한 결과가 없습니다.
search-more = 결과 더 보기
search-failed = 검색을 불러오지 못했습니다. 나중에 다시 시도하세요.
## 피드

feeds = 피드
feeds-about = 새 글, 업데이트, 정정을 나오는 대로 전합니다.
feeds-how = 피드 리더에 아래 주소 가운데 하나를 등록하면 새 소식을 보여 줍니다. 기사 하나가 항목 하나이며, 페이지의 업데이트나 정정도 각각 하나의 항목입니다. 이전 항목의 주소는 피드에 적혀 있습니다.
feed-everything = 모든 새 소식({ $format })
feed-calendar = 사건 캘린더
feeds-of-players = 기사에 언급된 인물·기관·국가의 페이지 아래에는 피드가 있습니다.
all-players = 모든 인물·기관·국가
feed-about = 피드: ‘{ $name }’ 관련 모든 새 소식

## 프로그램용 데이터

data = 데이터
data-about = 이 사이트의 내용을 프로그램용으로 제공합니다.
data-articles = 모든 기사, 최신순.
data-players = 모든 인물·기관·국가의 이름, 직책, 정당(Popolo 형식).
data-questions = 모든 질문과 답이 있는 곳.
data-topics = 모든 주제.
data-facts = 모든 수치와 그 출처 및 변화.
data-sources = 모든 공용 출처(CSL-JSON).
data-feed = 새 소식.
data-calendar = 모든 사건의 캘린더.
data-schema = 필드(JSON Schema)
data-card = 인물·기관·국가의 페이지마다 이름 옆 카드의 내용.
data-page-players = 인물·기관·국가의 페이지마다 그 내용.
data-page-all = 페이지마다 그 내용.
data-how = 제목이나 주소가 바뀌어도 ID는 그대로입니다. 이어지는 목록은 다음 파일을 밝힙니다. 필드가 없어지거나 뜻이 바뀌면 형식의 버전이 올라갑니다.
data-cors = 다른 사이트의 브라우저 프로그램이 이 파일을 읽으려면 이 사이트의 서버가 다음과 같이 응답해야 합니다.
data-license = 글의 라이선스: { $license }

## 삽입

embed = 내 사이트에 표시하기
embed-look = 표시될 모습 보기
