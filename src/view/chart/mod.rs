//! A chart in a text: a drawing, and what it draws as a sentence and a table.
//!
//! The drawing is hidden from assistive technology; the sentence and the table beside it are made of the same numbers.

mod bars;
mod lines;
mod scale;

use std::fmt::Write;
use std::sync::Arc;

use crate::base::OutPath;
use crate::content::chart::{Chart, ChartData};
use crate::content::date::Date;
use crate::content::model::{FactValue, amount};
use crate::content::table::Table;
use crate::content::words::ChartForm;
use crate::lang::Arg;

use super::context::PageContext;
use super::figure::exact_text_of;
use super::fill::{HoleFiller, push_escaped, push_href};
use super::unit::{in_unit, is_sign};

/// The width of a drawing, in the units of its `viewBox`. Its texts are 15 units high.
const WIDTH: f64 = 480.0;

/// How wide a text is, in units of a drawing: an estimate for a bold face without serifs.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{1100}' { 9.2 } else { 15.0 }).sum()
}

/// What a drawing shows.
struct Series {
    /// The names of the columns, each a line or a kind of bar.
    columns: Vec<Column>,
    /// The names of the rows.
    rows: Vec<Arc<str>>,
    /// Where each row stands on an axis of time, in seconds since 1970; none where a name is no date.
    times: Option<Vec<f64>>,
}

/// A column of numbers.
struct Column {
    name: Arc<str>,
    /// For each row the amount and its words; none for a number that is not known.
    points: Vec<Option<Amount>>,
}

/// An amount.
struct Amount {
    number: f64,
    /// What readers see of it: "3.5%", "12 litres".
    words: Arc<str>,
    /// What stands in the drawing: a unit in words is above it, and not at each number.
    label: Arc<str>,
}

/// What stands beside a drawing.
struct Numbers {
    drawing: String,
    sentence: Option<Arc<str>>,
    /// The head of the table, and its rows.
    head: Vec<Arc<str>>,
    rows: Vec<Vec<Arc<str>>>,
    /// The file of the numbers.
    file: Option<OutPath>,
}

impl HoleFiller<'_> {
    /// Writes a chart. Of numbers that cannot be read nothing is drawn: the check of references reports them.
    pub(super) fn chart(&self, chart: &Chart, out: &mut String) {
        let Some(numbers) = self.numbers_of(chart) else { return };
        let page_cx = self.page_cx();
        out.push_str("<figure class=\"chart\">\n<figcaption>");
        push_escaped(out, &chart.title);
        if let Some(unit) = chart.unit.as_deref().filter(|unit| !is_sign(unit)) {
            out.push_str(" <span class=\"chart-unit\">");
            push_escaped(out, &page_cx.t("compared-unit", &[("unit", Arg::Text(unit))]));
            out.push_str("</span>");
        }
        out.push_str("</figcaption>\n");
        out.push_str(&numbers.drawing);
        if let Some(sentence) = &numbers.sentence {
            out.push_str("\n<p class=\"chart-text\">");
            push_escaped(out, sentence);
            out.push_str("</p>");
        }
        out.push_str("\n<details class=\"chart-data\">\n<summary>");
        push_escaped(out, &page_cx.t("chart-table", &[]));
        out.push_str("</summary>\n");
        self.table(&chart.title, &numbers, out);
        out.push_str("</details>\n");
        if let Some(note) = &chart.note {
            out.push_str("<p class=\"chart-note\">");
            push_escaped(out, note);
            out.push_str("</p>\n");
        }
        let source = chart.source.as_ref().and_then(|id| self.source_title(id));
        if source.is_some() || numbers.file.is_some() {
            out.push_str("<p class=\"chart-source\">");
            if let Some(title) = source {
                let label = page_cx.t("source", &[]);
                push_escaped(out, &label);
                out.push_str(": ");
                push_escaped(out, &title);
                self.mark(chart.source.as_ref(), out);
                out.push(' ');
            }
            if let Some(file) = &numbers.file {
                out.push_str("<a href=\"");
                push_href(out, &page_cx.cx.href(file));
                out.push_str("\" download>");
                push_escaped(out, &page_cx.t("chart-download", &[]));
                out.push_str("</a>");
            }
            out.push_str("</p>\n");
        }
        out.push_str("</figure>");
    }

    fn numbers_of(&self, chart: &Chart) -> Option<Numbers> {
        let page_cx = self.page_cx();
        let site = page_cx.cx.site;
        match &chart.data {
            ChartData::Rows(form, table) => Some(page_cx.numbers(chart, *form, table, None)),
            ChartData::File(form, link) => {
                let asset = site.linked_asset(link)?;
                let table = site.table(asset.source.as_ref()?)?.as_ref().ok()?;
                Some(page_cx.numbers(chart, *form, table, Some(asset.out.clone())))
            }
            ChartData::Fact(id) => page_cx.history_numbers(id),
        }
    }

    fn table(&self, title: &str, numbers: &Numbers, out: &mut String) {
        let label = self.page_cx().t("table", &[]);
        out.push_str("<div class=\"table-scroll\" role=\"group\" aria-label=\"");
        push_escaped(out, &label);
        out.push_str("\" tabindex=\"0\">\n<table>\n<caption>");
        push_escaped(out, title);
        out.push_str("</caption>\n<thead>\n<tr>");
        for name in &numbers.head {
            out.push_str("<th scope=\"col\">");
            push_escaped(out, name);
            out.push_str("</th>");
        }
        out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &numbers.rows {
            out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) =
                    if at == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
                out.push_str(open);
                push_escaped(out, cell);
                out.push_str(close);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
}

impl PageContext<'_> {
    fn numbers(
        &self,
        chart: &Chart,
        form: ChartForm,
        table: &Table,
        file: Option<OutPath>,
    ) -> Numbers {
        let series = self.series(chart, table);
        let mut drawing = String::new();
        match form {
            ChartForm::Line => lines::draw(&series, &mut drawing),
            ChartForm::Multiples => lines::draw_each(&series, &mut drawing),
            ChartForm::Bar => bars::draw(&series, &mut drawing),
            ChartForm::Dot => bars::draw_dots(&series, &mut drawing),
        }
        let cells = |row: usize| {
            let words = |column: &Column| match &column.points[row] {
                Some(amount) => amount.words.clone(),
                None => "–".into(),
            };
            let name = series.rows[row].clone();
            [name].into_iter().chain(series.columns.iter().map(words)).collect()
        };
        let columns = table.columns.iter().cloned();
        Numbers {
            drawing,
            sentence: self.sentence(form, &series),
            head: [table.row_header.clone()].into_iter().chain(columns).collect(),
            rows: (0..series.rows.len()).map(cells).collect(),
            file,
        }
    }

    /// The history of a figure; none of a figure that has had one value.
    fn history_numbers(&self, id: &str) -> Option<Numbers> {
        let site = self.cx.site;
        let line = self.step_line(site.fact_ix(id)?)?;
        let fact = &site.fact(id)?.fact;
        let row = |(value, date): &(&FactValue, Date)| {
            vec![self.date(*date).text, Arc::from(exact_text_of(value, fact, &self.lang))]
        };
        Some(Numbers {
            drawing: line.inline(),
            sentence: Some(line.sentence.clone()),
            head: vec![self.t("as-of", &[]), self.t("column-value", &[])],
            rows: fact.values().iter().rev().map(row).collect(),
            file: None,
        })
    }

    fn series(&self, chart: &Chart, table: &Table) -> Series {
        let unit = chart.unit.as_deref();
        let point = |number: &Option<Arc<str>>| {
            let number = number.as_deref()?;
            let shown = self.lang.numbers.number(number).unwrap_or_else(|| number.to_owned());
            let words: Arc<str> = in_unit(shown.clone(), amount(number)?, unit, &self.lang).into();
            let label = if unit.is_none_or(is_sign) { words.clone() } else { shown.into() };
            Some(Amount { number: amount(number)?, words, label })
        };
        let column = |at: usize| Column {
            name: table.columns[at].clone(),
            points: table.rows.iter().map(|row| point(&row.numbers[at])).collect(),
        };
        let dates: Option<Vec<Date>> =
            table.rows.iter().map(|row| Date::parse(&row.name).ok()).collect();
        let time = |date: &Date| date.begins(self.cx.zone).as_second() as f64;
        let in_words = |date: &Date| self.date(*date).text;
        let rows = match &dates {
            Some(dates) => dates.iter().map(in_words).collect(),
            None => table.rows.iter().map(|row| row.name.clone()).collect(),
        };
        Series {
            columns: (0..table.columns.len()).map(column).collect(),
            rows,
            times: dates.map(|dates| dates.iter().map(time).collect()),
        }
    }

    /// What a drawing of few columns shows: how each begins and ends, or its highest and lowest.
    fn sentence(&self, form: ChartForm, series: &Series) -> Option<Arc<str>> {
        let key = match form {
            ChartForm::Line | ChartForm::Multiples => "chart-course",
            ChartForm::Bar | ChartForm::Dot => "chart-extremes",
        };
        if series.columns.len() > 3 {
            return None;
        }
        let mut all = String::new();
        for column in &series.columns {
            let known = column.points.iter().zip(&series.rows);
            let mut known: Vec<_> =
                known.filter_map(|(point, row)| Some((point.as_ref()?, row))).collect();
            if known.len() < 2 {
                continue;
            }
            if key == "chart-extremes" {
                // Of equal amounts the first of the file stays first.
                known.sort_by(|one, other| other.0.number.total_cmp(&one.0.number));
            }
            let (first, start) = known[0];
            let (last, end) = known[known.len() - 1];
            let args = [
                ("name", Arg::Text(&column.name)),
                ("first", Arg::Text(&first.words)),
                ("start", Arg::Text(start)),
                ("last", Arg::Text(&last.words)),
                ("end", Arg::Text(end)),
            ];
            let space = if all.is_empty() { "" } else { " " };
            let _ = write!(all, "{space}{}", self.t(key, &args));
        }
        (!all.is_empty()).then(|| all.into())
    }
}

/// The start tag of a drawing.
fn open(svg: &mut String, height: f64) {
    let height = super::svg::units(height);
    let _ = write!(
        svg,
        "<svg class=\"steps plot\" viewBox=\"0 0 {WIDTH} {height}\" aria-hidden=\"true\" focusable=\"false\">"
    );
}
