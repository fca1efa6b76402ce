//! Bars and dots: a line of the drawing for each row.

use std::fmt::Write;

use super::super::svg::{push_text, units};
use super::scale::Scale;
use super::{Series, WIDTH, open, width};

/// The height of a line of text.
const LINE: f64 = 22.0;
/// The height of a bar with the room below it.
const BAR: f64 = 22.0;

/// A bar for each number, below the name of its row. The axis has zero.
pub(super) fn draw(series: &Series, svg: &mut String) {
    let several = series.columns.len() > 1;
    let scale = Scale::of(series.amounts(), true, 4);
    let label = |column: &super::Column, words: &str| match several {
        true => format!("{words} {}", column.name),
        false => words.to_owned(),
    };
    let labels = series.columns.iter().flat_map(|column| {
        column.points.iter().flatten().map(move |amount| label(column, &amount.label))
    });
    let widest = labels.map(|label| width(&label)).fold(0.0, f64::max);
    let across = WIDTH - 10.0 - widest.min(WIDTH / 2.0);
    // Bars below zero are drawn to its left; the room for their words is on the right all the same.
    let place = |amount: f64| scale.place(amount) * across;
    let row_height = LINE + BAR * series.columns.len() as f64 + 10.0;
    open(svg, row_height * series.rows.len() as f64);
    let (mut y, zero) = (0.0, place(0.0));
    for (row, name) in series.rows.iter().enumerate() {
        heading(name, y + 16.0, svg);
        for (at, column) in series.columns.iter().enumerate() {
            let top = y + LINE + at as f64 * BAR;
            let Some(amount) = &column.points[row] else { continue };
            let (start, end) = (zero.min(place(amount.number)), zero.max(place(amount.number)));
            let _ = write!(
                svg,
                "<rect class=\"s{at}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\"/>",
                units(start),
                units(top),
                units((end - start).max(1.0))
            );
            let _ = write!(svg, "<text x=\"{}\" y=\"{}\">", units(end + 6.0), units(top + 13.0));
            push_text(svg, &label(column, &amount.label));
            svg.push_str("</text>");
        }
        y += row_height;
    }
    let _ = write!(svg, "<path class=\"axis zero\" d=\"M{0} 0V{1}\"/>", units(zero), units(y));
    svg.push_str("</svg>");
}

/// For each row a dot for each column on one line, with what each kind of dot is at the head.
pub(super) fn draw_dots(series: &Series, svg: &mut String) {
    const ROW: f64 = 62.0;
    const SIDE: f64 = 24.0;
    let scale = Scale::of(series.amounts(), false, 4);
    let place = |amount: f64| SIDE + scale.place(amount) * (WIDTH - 2.0 * SIDE);
    let legend = legend(series);
    let top = legend.iter().map(|(_, _, y)| *y).fold(0.0, f64::max) + 8.0;
    open(svg, top + ROW * series.rows.len() as f64 + 8.0);
    for (at, x, y) in &legend {
        let _ = write!(
            svg,
            "<circle class=\"s{at}\" cx=\"{}\" cy=\"{}\" r=\"6\"/><text x=\"{}\" y=\"{}\">",
            units(x + 7.0),
            units(y - 5.0),
            units(x + 18.0),
            units(*y)
        );
        push_text(svg, &series.columns[*at].name);
        svg.push_str("</text>");
    }
    for (row, name) in series.rows.iter().enumerate() {
        let y = top + row as f64 * ROW;
        heading(name, y + 16.0, svg);
        let axis = y + 30.0;
        let _ = write!(svg, "<path class=\"axis\" d=\"M0 {}H{WIDTH}\"/>", units(axis));
        let points = series.columns.iter().enumerate();
        let points = points.filter_map(|(at, column)| Some((at, column.points[row].as_ref()?)));
        let mut points: Vec<_> = points.collect();
        points.sort_by(|one, other| one.1.number.total_cmp(&other.1.number));
        let mut free_from = f64::MIN;
        for (at, amount) in points {
            let x = place(amount.number);
            let _ = write!(
                svg,
                "<circle class=\"s{at}\" cx=\"{}\" cy=\"{}\" r=\"6\"/>",
                units(x),
                units(axis)
            );
            // Where there is no room beside the last a value is in the table alone.
            let half = width(&amount.label) / 2.0;
            let middle = x.clamp(half, (WIDTH - half).max(half));
            if middle - half < free_from {
                continue;
            }
            free_from = middle + half + 4.0;
            let _ = write!(
                svg,
                "<text class=\"date\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">",
                units(middle),
                units(axis + 22.0)
            );
            push_text(svg, &amount.label);
            svg.push_str("</text>");
        }
    }
    svg.push_str("</svg>");
}

/// The places of the names of the columns: the number of the column, and where its entry begins; none for one column.
fn legend(series: &Series) -> Vec<(usize, f64, f64)> {
    if series.columns.len() < 2 {
        return Vec::new();
    }
    let (mut x, mut y, mut places) = (0.0, 16.0, Vec::new());
    for (at, column) in series.columns.iter().enumerate() {
        let entry = 18.0 + width(&column.name) + 16.0;
        if x > 0.0 && x + entry > WIDTH {
            (x, y) = (0.0, y + LINE);
        }
        places.push((at, x, y));
        x += entry;
    }
    places
}

/// The name of a row. What does not fit is in the table.
fn heading(name: &str, y: f64, svg: &mut String) {
    let mut shown = String::new();
    for c in name.chars() {
        if width(&shown) > WIDTH - 24.0 {
            shown.push('…');
            break;
        }
        shown.push(c);
    }
    let _ = write!(svg, "<text class=\"name\" x=\"0\" y=\"{}\">", units(y));
    push_text(svg, &shown);
    svg.push_str("</text>");
}
