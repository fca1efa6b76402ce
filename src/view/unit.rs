//! Numbers with their units: per cent, percentage points, amounts of money and all others.

use crate::lang::{Arg, Language};

/// A unit that every language has words or a place of its own for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownUnit<'a> {
    /// `%`.
    Percent,
    /// The difference of two percentages.
    Points,
    /// The sign of a currency, which stands at the number.
    Currency(&'a str),
    /// The code of a currency (ISO 4217).
    Code(&'a str),
}

/// The signs of currencies.
const SIGNS: [&str; 10] = ["$", "US$", "A$", "C$", "€", "£", "¥", "₩", "₹", "₺"];

/// The codes of currencies (ISO 4217) that are common in figures.
const CODES: &str = "\
    AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK DZD EGP ETB EUR GBP GEL GHS HKD HUF IDR ILS INR IQD IRR ISK \
    JOD JPY KES KRW KWD KZT LBP LKR LYD MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD SYP THB \
    TND TRY TWD UAH USD UYU UZS VND XAF XOF YER ZAR";

impl<'a> KnownUnit<'a> {
    pub(super) fn of(unit: &'a str) -> Option<Self> {
        match unit {
            "%" | "percent" | "per cent" => Some(Self::Percent),
            "pp" | "percentage point" | "percentage points" => Some(Self::Points),
            unit if SIGNS.contains(&unit) => Some(Self::Currency(unit)),
            unit if unit.len() == 3 && CODES.split(' ').any(|code| code == unit) => {
                Some(Self::Code(unit))
            }
            _ => None,
        }
    }

    /// Whether a number is an amount of money.
    pub(super) fn is_currency(self) -> bool {
        matches!(self, Self::Currency(_) | Self::Code(_))
    }
}

/// Whether a unit is a sign that stands at the number itself.
pub(super) fn is_sign(unit: &str) -> bool {
    matches!(KnownUnit::of(unit), Some(KnownUnit::Percent | KnownUnit::Currency(_)))
}

/// A number in words with its unit: "3.5%". `amount` is what the number comes to.
pub(super) fn in_unit(value: String, amount: f64, unit: Option<&str>, lang: &Language) -> String {
    let Some(unit) = unit else { return value };
    let text = match KnownUnit::of(unit) {
        Some(KnownUnit::Percent) => lang.text("percent", &[("value", Arg::Text(&value))]),
        Some(KnownUnit::Points) => {
            let args = [("value", Arg::Text(&value)), ("count", Arg::Number(amount))];
            lang.text("percentage-points", &args)
        }
        Some(KnownUnit::Currency(sign)) => {
            let args = [("value", Arg::Text(&value)), ("currency", Arg::Text(sign))];
            lang.text("amount", &args)
        }
        // No line begins with a unit.
        Some(KnownUnit::Code(_)) | None => return format!("{value}\u{a0}{unit}"),
    };
    text.map_or_else(|_| format!("{value}\u{a0}{unit}"), |text| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::KnownUnit;

    #[test]
    fn units_that_every_language_knows() {
        for (unit, known) in [
            ("%", Some(KnownUnit::Percent)),
            ("per cent", Some(KnownUnit::Percent)),
            ("pp", Some(KnownUnit::Points)),
            ("percentage points", Some(KnownUnit::Points)),
            ("¥", Some(KnownUnit::Currency("¥"))),
            ("JPY", Some(KnownUnit::Code("JPY"))),
            ("jpy", None),
            ("GWh", None),
            ("E U", None),
            ("ships", None),
            ("", None),
        ] {
            assert_eq!(KnownUnit::of(unit), known, "{unit}");
        }
    }
}
