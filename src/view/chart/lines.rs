//! Lines over time or over the names of rows: all in one drawing, or each in its own.

use std::fmt::Write;

use super::super::svg::{push_text, units};
use super::scale::Scale;
use super::{Column, Series, WIDTH, open, width};

/// A rectangle in which lines are drawn, in units of a drawing.
struct Panel {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// How far the names of two lines are apart, at least.
const LINE: f64 = 18.0;

/// All lines in one drawing, each with its name at its end.
pub(super) fn draw(series: &Series, svg: &mut String) {
    let several = series.columns.len() > 1;
    let ends: Vec<String> = series.columns.iter().map(|column| end(column, several)).collect();
    let widest = ends.iter().map(|end| width(end)).fold(0.0, f64::max);
    let height = 260.0_f64.max(40.0 + LINE * ends.len() as f64);
    let right = WIDTH - 12.0 - widest.min(WIDTH / 2.6);
    let scale = Scale::of(series.amounts(), false, 4);
    let panel = Panel { left: gutter(scale), right, top: 14.0, bottom: height - 34.0 };
    open(svg, height);
    grid(&panel, scale, svg);
    dates(series, &panel, height - 10.0, 4, svg);
    let mut labels = Vec::new();
    for (at, (column, end)) in series.columns.iter().zip(&ends).enumerate() {
        let last = path(series, column, &panel, scale, at, svg);
        labels.extend(last.map(|(x, y)| (at, x, y, end.as_str())));
    }
    labels.sort_by(|one, other| one.2.total_cmp(&other.2));
    let mut free_from = f64::MIN;
    // What would reach below the drawing moves up, and what stands above it with it.
    let mut below: Vec<f64> = labels.iter().map(|label| label.2 + 5.0).collect();
    for y in &mut below {
        *y = y.max(free_from);
        free_from = *y + LINE;
    }
    let mut free_to = height - 4.0;
    for y in below.iter_mut().rev() {
        *y = y.min(free_to);
        free_to = *y - LINE;
    }
    for ((at, _, _, end), y) in labels.iter().zip(below) {
        let _ = write!(
            svg,
            "<text class=\"name s{at}\" x=\"{}\" y=\"{}\">",
            units(panel.right + 8.0),
            units(y)
        );
        push_text(svg, end);
        svg.push_str("</text>");
    }
    svg.push_str("</svg>");
}

/// Each line in a drawing of its own, all on one scale: two beside each other.
pub(super) fn draw_each(series: &Series, svg: &mut String) {
    const GAP: f64 = 24.0;
    const HEIGHT: f64 = 150.0;
    let across = (WIDTH - GAP) / 2.0;
    let scale = Scale::of(series.amounts(), false, 2);
    open(svg, HEIGHT * series.columns.len().div_ceil(2) as f64);
    for (at, column) in series.columns.iter().enumerate() {
        let (left, top) = ((at % 2) as f64 * (across + GAP), (at / 2) as f64 * HEIGHT);
        let _ =
            write!(svg, "<text class=\"name\" x=\"{}\" y=\"{}\">", units(left), units(top + 18.0));
        push_text(svg, &end(column, true));
        svg.push_str("</text>");
        let panel = Panel {
            left: left + gutter(scale),
            // The last dot is inside the drawing.
            right: left + across - 5.0,
            top: top + 36.0,
            bottom: top + HEIGHT - 34.0,
        };
        grid(&panel, scale, svg);
        dates(series, &panel, top + HEIGHT - 14.0, 2, svg);
        path(series, column, &panel, scale, 0, svg);
    }
    svg.push_str("</svg>");
}

/// The name of a line with its last amount.
fn end(column: &Column, is_named: bool) -> String {
    let last = column.points.iter().rev().flatten().next();
    let words = last.map(|amount| &*amount.label).unwrap_or_default();
    if is_named { format!("{} {words}", column.name) } else { words.into() }
}

/// The room for the amounts of an axis, to the left of a panel.
fn gutter(scale: Scale) -> f64 {
    scale.ticks().map(|tick| width(&scale.label(tick))).fold(0.0, f64::max) + 4.0
}

/// Lines at round amounts, with the amounts.
fn grid(panel: &Panel, scale: Scale, svg: &mut String) {
    for tick in scale.ticks() {
        let y = panel.height(scale, tick);
        let class = if tick == 0.0 { "axis zero" } else { "axis" };
        let _ = write!(
            svg,
            "<path class=\"{class}\" d=\"M{} {}H{}\"/><text class=\"date\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>",
            units(panel.left),
            units(y),
            units(panel.right),
            units(panel.left - 6.0),
            units(y + 5.0),
            scale.label(tick).replace('-', "\u{2212}"),
        );
    }
}

/// The names of the first row and of the last, and of rows between them where there is room; `most` in all.
fn dates(series: &Series, panel: &Panel, y: f64, most: usize, svg: &mut String) {
    let count = series.rows.len();
    let shown = most.min(count);
    let mut free_from = f64::MIN;
    let last_start = panel.right - series.rows.last().map_or(0.0, |name| width(name));
    for nth in 0..shown {
        let row = if shown == 1 { 0 } else { nth * (count - 1) / (shown - 1) };
        let (name, x) = (&series.rows[row], panel.left + series.place(row) * panel.across());
        let is_last = nth + 1 == shown && shown > 1;
        let (anchor, start) = match nth {
            _ if is_last => (" text-anchor=\"end\"", last_start),
            0 => ("", x),
            _ => (" text-anchor=\"middle\"", x - width(name) / 2.0),
        };
        let end = start + width(name);
        if start < free_from || !is_last && nth > 0 && end + 8.0 > last_start {
            continue;
        }
        free_from = end + 8.0;
        let _ = write!(svg, "<text class=\"date\" x=\"{}\" y=\"{}\"{anchor}>", units(x), units(y));
        push_text(svg, name);
        svg.push_str("</text>");
    }
}

/// Draws a line, and gives the place of its last point. A number that is not known is a gap.
fn path(
    series: &Series,
    column: &Column,
    panel: &Panel,
    scale: Scale,
    at: usize,
    svg: &mut String,
) -> Option<(f64, f64)> {
    let (mut d, mut last, mut is_open) = (String::new(), None, false);
    for (row, point) in column.points.iter().enumerate() {
        let Some(point) = point else {
            is_open = false;
            continue;
        };
        let (x, y) =
            (panel.left + series.place(row) * panel.across(), panel.height(scale, point.number));
        let sign = if is_open { 'L' } else { 'M' };
        let _ = write!(d, "{sign}{} {}", units(x), units(y));
        // A point between two gaps is a dot.
        if !is_open {
            d.push_str("h0");
        }
        is_open = true;
        last = Some((x, y));
    }
    let _ = write!(svg, "<path class=\"line s{at}\" d=\"{d}\"/>");
    if let Some((x, y)) = last {
        let _ = write!(
            svg,
            "<circle class=\"s{at}\" cx=\"{}\" cy=\"{}\" r=\"4\"/>",
            units(x),
            units(y)
        );
    }
    last
}

impl Panel {
    fn across(&self) -> f64 {
        self.right - self.left
    }

    fn height(&self, scale: Scale, amount: f64) -> f64 {
        self.bottom - scale.place(amount) * (self.bottom - self.top)
    }
}

impl Series {
    /// Every amount that is known.
    pub(super) fn amounts(&self) -> impl Iterator<Item = f64> {
        let points = self.columns.iter().flat_map(|column| column.points.iter().flatten());
        points.map(|amount| amount.number)
    }

    /// Where a row stands between the first (0) and the last (1): by its date, or by its number.
    fn place(&self, row: usize) -> f64 {
        if let Some(times) = &self.times {
            let first = times.iter().copied().fold(f64::INFINITY, f64::min);
            let last = times.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            return if last > first { (times[row] - first) / (last - first) } else { 0.0 };
        }
        match self.rows.len() {
            0 | 1 => 0.0,
            count => row as f64 / (count - 1) as f64,
        }
    }
}
