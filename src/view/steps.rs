//! The history of a figure as a drawing: a line that steps from value to value, written as SVG.
//!
//! What is drawn is said beside it: on a page by a sentence and a table of the same values, in a file of its own by its
//! title and description.

use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;

use crate::content::date::Date;
use crate::content::model::FactValue;
use crate::lang::Arg;
use crate::site::FactIx;

use super::context::{Context, PageContext};
use super::figure::{text_of, value_text};
use super::svg::{push_text, units};
use super::words::{MarkedHtml, Runs};

/// The units of a drawing: those of its `viewBox`.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 210.0;
/// The space left and right of the line, and where it is highest and lowest.
const SIDE: f64 = 12.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 178.0;
/// How far two labels are apart, at least.
const LABEL: f64 = 70.0;

/// What a drawing shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepLine {
    /// The language of its texts, BCP 47.
    lang: Arc<str>,
    /// What is measured.
    title: Arc<str>,
    /// From which value to which, in a sentence.
    pub(super) sentence: Arc<str>,
    /// The values, oldest first.
    points: Vec<Point>,
}

/// A value at a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Point {
    /// Seconds since 1970.
    at: f64,
    low: f64,
    high: f64,
    /// The value and the date in words.
    value: Arc<str>,
    date: Arc<str>,
}

impl Context<'_> {
    /// The drawing of a figure's history, in the language of the site; none of a figure that has had one value.
    pub fn step_line(&self, fact: FactIx) -> Option<StepLine> {
        let out = self.site.fact_out(fact);
        self.page_context(&out, None).step_line(fact)
    }
}

impl PageContext<'_> {
    pub(super) fn step_line(&self, ix: FactIx) -> Option<StepLine> {
        let fact = &self.cx.site.fact_at(ix).fact;
        let values = fact.values();
        let [(first, start), .., (last, end)] = values[..] else { return None };
        let words = [first, last].map(|value| text_of(value, fact, &self.lang));
        let dates = [start, end].map(|date| self.date(date).text);
        let args = [
            ("first", Arg::Text(&words[0])),
            ("start", Arg::Text(&dates[0])),
            ("last", Arg::Text(&words[1])),
            ("end", Arg::Text(&dates[1])),
        ];
        let point = |(value, date): &(&FactValue, Date)| {
            let (low, high) = value.bounds();
            Point {
                at: date.begins(self.cx.zone).as_second() as f64,
                low,
                high,
                value: value_text(value, fact, &self.lang).into(),
                date: self.date(*date).text,
            }
        };
        Some(StepLine {
            lang: self.lang.tag.as_str().into(),
            title: fact.of.clone().unwrap_or_else(|| words[1].as_str().into()),
            sentence: self.t("history-sentence", &args),
            points: values.iter().map(point).collect(),
        })
    }
}

impl PageContext<'_> {
    /// The sentence of a drawing as HTML, where the words of the figure are in another language than the page.
    pub(super) fn steps_html(&self, ix: FactIx) -> Option<MarkedHtml> {
        let own = self.cx.site.fact_at(ix);
        if *self.cx.fact_lang(own) == self.lang.tag {
            return None;
        }
        let values = own.fact.values();
        let [(first, start), .., (last, end)] = values[..] else { return None };
        let value = |value| self.cx.fact_runs(own, value, &self.lang);
        let date = |date| Runs::of(&self.date(date).text, &self.lang.tag);
        let parts = [
            ("first", value(first)),
            ("start", date(start)),
            ("last", value(last)),
            ("end", date(end)),
        ];
        Runs::message(&self.lang, "history-sentence", &parts).html(&self.lang.tag)
    }
}

impl StepLine {
    /// The drawing in a page, which has its colours and says in words what it shows.
    pub fn inline(&self) -> String {
        let mut svg = format!(
            "<svg class=\"steps\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" focusable=\"false\">"
        );
        self.draw(&mut svg);
        svg.push_str("</svg>");
        svg
    }

    /// The drawing as a file, which brings its colours and its words.
    pub fn file(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
             height=\"{HEIGHT}\" class=\"steps\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{}\">",
            self.lang
        );
        for (name, text) in [("title", &self.title), ("desc", &self.sentence)] {
            let _ = write!(svg, "<{name} id=\"{name}\">");
            push_text(&mut svg, text);
            let _ = write!(svg, "</{name}>");
        }
        svg.push_str("<style>");
        svg.push_str(STYLE);
        let _ =
            write!(svg, "</style><rect class=\"ground\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>");
        self.draw(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    fn draw(&self, svg: &mut String) {
        let points = self.placed();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let zero = self.height(0.0);
        let _ = write!(
            svg,
            "<path class=\"axis\" d=\"M{} {}H{}\"/>",
            units(SIDE),
            units(zero),
            units(WIDTH - SIDE)
        );
        let is_range = points.iter().any(|point| point.low != point.high);
        if is_range {
            let mut band = steps(&points, |point| point.high);
            let _ = write!(band, "V{}", units(last.low));
            for pair in points.windows(2).rev() {
                let _ = write!(band, "H{}V{}", units(pair[1].x), units(pair[0].low));
            }
            let _ = write!(svg, "<path class=\"band\" d=\"{band}H{}Z\"/>", units(first.x));
            let low = steps(&points, |point| point.low);
            let _ = write!(svg, "<path class=\"line\" d=\"{low}\"/>");
        }
        let _ = write!(svg, "<path class=\"line\" d=\"{}\"/>", steps(&points, |point| point.high));
        let mut free_from = f64::MIN;
        for (at, (point, own)) in points.iter().zip(&self.points).enumerate() {
            let is_last = at + 1 == points.len();
            let _ = write!(
                svg,
                "<circle cx=\"{}\" cy=\"{}\" r=\"4\"/>",
                units(point.x),
                units(point.high)
            );
            // Where there is no room between its neighbours a value is in the table alone.
            if !is_last && (point.x < free_from || at > 0 && last.x - point.x < LABEL) {
                continue;
            }
            free_from = point.x + LABEL;
            let (x, y) = (units(point.x), units(point.high - 11.0));
            let anchor = anchor(at, is_last);
            let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\"{anchor}>");
            push_text(svg, &own.value);
            svg.push_str("</text>");
        }
        for (at, point, own) in [(0, first, self.points.first()), (1, last, self.points.last())] {
            let Some(own) = own else { continue };
            let (x, y) = (units(point.x), units(HEIGHT - 8.0));
            let anchor = anchor(at, at == 1);
            let _ = write!(svg, "<text class=\"date\" x=\"{x}\" y=\"{y}\"{anchor}>");
            push_text(svg, &own.date);
            svg.push_str("</text>");
        }
    }

    fn placed(&self) -> Vec<Placed> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return Vec::new();
        };
        let span = (last.at - first.at).max(1.0);
        let place = |point: &Point| Placed {
            x: SIDE + (point.at - first.at) / span * (WIDTH - 2.0 * SIDE),
            low: self.height(point.low),
            high: self.height(point.high),
        };
        self.points.iter().map(place).collect()
    }

    /// Where an amount stands. The axis has zero, whatever the amounts.
    fn height(&self, amount: f64) -> f64 {
        let top = self.points.iter().fold(0.0, |top: f64, point| top.max(point.high));
        let bottom = self.points.iter().fold(0.0, |bottom: f64, point| bottom.min(point.low));
        let span = if top > bottom { top - bottom } else { 1.0 };
        BOTTOM - (amount - bottom) / span * (BOTTOM - TOP)
    }
}

/// Where a value stands in the drawing.
struct Placed {
    x: f64,
    low: f64,
    high: f64,
}

/// A value holds until the next: the line goes on at its height, and then steps.
fn steps(points: &[Placed], height: fn(&Placed) -> f64) -> String {
    let mut path = String::new();
    for (at, point) in points.iter().enumerate() {
        let (x, y) = (units(point.x), units(height(point)));
        let _ = match at {
            0 => write!(path, "M{x} {y}"),
            _ => write!(path, "H{x}V{y}"),
        };
    }
    path
}

/// Labels at the ends stay inside the drawing.
fn anchor(at: usize, is_last: bool) -> &'static str {
    match at {
        _ if is_last => " text-anchor=\"end\"",
        0 => "",
        _ => " text-anchor=\"middle\"",
    }
}

/// The colours of a drawing in a file of its own: those of the theme.
const STYLE: &str = "\
.steps{--paper:#ffffff;--ink:#16191d;--muted:#545b64;--rule:#dcd8cf;--accent:#0b5a6f;\
direction:ltr;font:15px system-ui,sans-serif}\
@media(prefers-color-scheme:dark){.steps{--paper:#14171a;--ink:#e9e6e0;--muted:#a8afb8;--rule:#373e45;--accent:#6fc3d8}}\
.ground{fill:var(--paper)}text{fill:var(--ink)}.date{fill:var(--muted)}.axis{stroke:var(--rule)}\
.line{fill:none;stroke:var(--accent);stroke-width:2.5}.band{fill:var(--accent);opacity:.2}\
circle{fill:var(--paper);stroke:var(--accent);stroke-width:2.5}";

#[cfg(test)]
mod tests {
    use super::{Point, StepLine};

    fn line(points: &[(f64, f64, f64)]) -> StepLine {
        let point = |(at, low, high): &(f64, f64, f64)| Point {
            at: *at,
            low: *low,
            high: *high,
            value: format!("{high}%").into(),
            date: format!("day {at}").into(),
        };
        StepLine {
            lang: "en".into(),
            title: "Spending & <more>".into(),
            sentence: "From 1% to 2%".into(),
            points: points.iter().map(point).collect(),
        }
    }

    #[test]
    fn a_value_holds_until_the_next() {
        let svg = line(&[(0.0, 1.0, 1.0), (50.0, 2.0, 2.0), (100.0, 1.5, 1.5)]).inline();
        assert!(svg.contains("<path class=\"line\" d=\"M12 106H240V34H468V70\"/>"), "{svg}");
        assert!(!svg.contains("band"), "{svg}");
        assert_eq!(svg.matches("<circle ").count(), 3);
    }

    #[test]
    fn a_range_is_a_band() {
        let svg = line(&[(0.0, 1.0, 2.0), (100.0, 1.0, 1.0)]).inline();
        assert!(
            svg.contains("<path class=\"band\" d=\"M12 34H468V106V106H468V106H12Z\"/>"),
            "{svg}"
        );
    }

    #[test]
    fn labels_do_not_meet() {
        let near: Vec<_> = (0..100).map(|at| (f64::from(at), 1.0, f64::from(at))).collect();
        let svg = line(&near).inline();
        assert!(svg.matches("<text").count() <= 9, "{svg}");
        assert!(svg.contains(">99%<"), "{svg}");
    }

    #[test]
    fn a_file_of_its_own_is_small_and_says_what_it_shows() {
        let svg = line(&[(0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]).file();
        assert!(svg.contains("<title id=\"title\">Spending &amp; &lt;more&gt;</title>"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let many: Vec<_> = (0..12).map(|at| (f64::from(at), 1.0, f64::from(at))).collect();
        assert!(line(&many).file().len() < 3072, "{}", line(&many).file().len());
    }
}
