//! Units of a share, such as `%`: a figure with one needs a denominator.

use unicode_normalization::UnicodeNormalization;

/// Signs and words for a hundredth, a thousandth and their differences, in the languages that sites are written in.
/// Parted by commas, in lower case, without full stops and hyphens.
const SHARES: &str = "\
    %, ٪, ‰, ‱, ؉, pct, pc, percent, percents, per cent, percentage, percentages, percentage point, percentage points, \
    percent point, percent points, per cent points, % points, %points, % point, pp, ppt, ppts, ppm, pps, bp, bps, \
    basis point, basis points, permille, per mille, permil, per mil, per thousand, \
    pour cent, pourcent, pourcentage, points de pourcentage, point de pourcentage, pour mille, \
    prozent, vh, vom hundert, prozentpunkt, prozentpunkte, promille, \
    por ciento, porciento, porcentaje, puntos porcentuales, punto porcentual, por mil, \
    por cento, porcento, porcentagem, pontos percentuais, ponto percentual, \
    per cento, percento, percentuale, punti percentuali, punto percentuale, \
    procent, procenten, procentpunt, procentpunten, prosent, prosentpoeng, procentpoint, procentenhet, procentenheter, \
    prosentti, prosenttia, prosenttiyksikkö, prosenttiyksikköä, prósent, \
    procenty, procenta, punkt procentowy, punkty procentowe, punktów procentowych, procentní bod, procentní body, \
    percentá, százalék, százalékpont, la sută, procente, puncte procentuale, odstotek, odstotkov, posto, postotak, \
    процент, процента, проценты, процентов, процентный пункт, процентных пункта, процентных пунктов, пп, промилле, \
    відсоток, відсотка, відсотки, відсотків, відсоткових пунктів, процентни пункта, τοις εκατό, yüzde, faiz, \
    パーセント, プロセント, パーセントポイント, 百分比, 百分点, 个百分点, 個百分點, 百分之, 퍼센트, 퍼센트포인트, 프로, \
    بالمئة, بالمائة, في المئة, في المائة, نقطة مئوية, درصد, אחוז, אחוזים, نسبة مئوية, प्रतिशत, শতাংশ, \
    persen, peratus, phần trăm, เปอร์เซ็นต์, ร้อยละ, asilimia";

/// Whether a unit is a part of something, however it is written.
pub(super) fn is_share(unit: &str) -> bool {
    let folded: String = unit
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '-' | '‐' | '‑' | '_') { ' ' } else { c })
        .filter(|c| !matches!(c, '.' | '\u{200b}'..='\u{200f}' | '\u{2060}'))
        .collect();
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    SHARES.split(',').any(|share| share.trim().nfkc().eq(folded.chars()))
}

#[cfg(test)]
mod tests {
    use super::is_share;

    #[test]
    fn percentages_in_many_forms() {
        for unit in [
            "%",
            "％",
            "﹪",
            "٪",
            "‰",
            "‱",
            "percent",
            "Percent",
            "PER CENT",
            "per  cent",
            "per-cent",
            "pct",
            "Pct.",
            "p.c.",
            "percentage points",
            "percentage-points",
            "pp",
            "p.p.",
            "pp.",
            "basis points",
            "bps",
            "pour cent",
            "Prozent",
            "v.H.",
            "Prozentpunkte",
            "Promille",
            "por ciento",
            "por cento",
            "per cento",
            "procent",
            "prosent",
            "процентов",
            "п.п.",
            "відсотків",
            "パーセント",
            "百分点",
            "퍼센트",
            "في المئة",
            "درصد",
            "yüzde",
            "% points",
            "%\u{200f}",
            "per\u{a0}cent",
        ] {
            assert!(is_share(unit), "{unit:?}");
        }
    }

    #[test]
    fn what_is_no_percentage() {
        for unit in [
            "",
            "ships",
            "$",
            "US$",
            "yen",
            "people",
            "km",
            "percentile",
            "% of GDP",
            "points",
            "per head",
        ] {
            assert!(!is_share(unit), "{unit:?}");
        }
    }
}
