//! What a plain scalar means: YAML's core schema as serde_yaml reads it, so that both paths agree.

/// The meaning of a plain (unquoted) scalar.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text,
}

/// Reads a plain scalar.
pub(super) fn meaning(text: &str) -> Meaning {
    if is_null(text) {
        return Meaning::Null;
    }
    if let Some(value) = boolean(text) {
        return Meaning::Bool(value);
    }
    if let Some(value) = integer(text) {
        return Meaning::Integer(value);
    }
    float(text).map_or(Meaning::Text, Meaning::Float)
}

/// Whether a plain scalar stands for nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Reads a plain scalar as a truth value: `yes` and `on` are none.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Reads a plain scalar as a whole number: decimal without leading zeros, or after `0x`, `0o` or `0b`.
pub(super) fn integer(text: &str) -> Option<i128> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x', ..] => (16, &unsigned[2..]),
        [b'0', b'o', ..] => (8, &unsigned[2..]),
        [b'0', b'b', ..] => (2, &unsigned[2..]),
        _ => (10, unsigned),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) || has_leading_zero(radix, digits) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    Some(if negative { -value } else { value })
}

fn has_leading_zero(radix: u32, digits: &str) -> bool {
    radix == 10 && digits.len() > 1 && digits.starts_with('0')
}

/// Reads a plain scalar as a number.
pub(super) fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if text != unsigned && unsigned.starts_with(['+', '-']) {
        return None;
    }
    match (unsigned, text) {
        (".inf" | ".Inf" | ".INF", _) => return Some(f64::INFINITY),
        (_, "-.inf" | "-.Inf" | "-.INF") => return Some(f64::NEG_INFINITY),
        (_, ".nan" | ".NaN" | ".NAN") => return Some(f64::NAN),
        _ => {}
    }
    let digits = unsigned.strip_prefix('-').unwrap_or(unsigned);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) && has_leading_zero(10, digits) {
        return None;
    }
    unsigned.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning};

    #[test]
    fn plain_scalars_mean_what_serde_yaml_says() {
        for text in [
            "~",
            "null",
            "Null",
            "nil",
            "true",
            "False",
            "yes",
            "NO",
            "0",
            "-0",
            "+7",
            "--7",
            "+-7",
            "017",
            "-01",
            "0x1F",
            "-0x1f",
            "0xzz",
            "0o17",
            "0b101",
            "1_000",
            "1.10",
            "1e3",
            "1e400",
            ".5",
            "5.",
            "-.inf",
            ".NaN",
            "inf",
            "nan",
            "00.5",
            "2025-06-20",
            "12:30",
            "x",
            "-",
            "18446744073709551615",
            "-9223372036854775808",
            "+.inf",
        ] {
            let expected = match serde_yaml::from_str::<serde_yaml::Value>(text).unwrap() {
                serde_yaml::Value::Null => Meaning::Null,
                serde_yaml::Value::Bool(value) => Meaning::Bool(value),
                serde_yaml::Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                    (Some(value), _) => Meaning::Integer(value.into()),
                    (None, Some(value)) => Meaning::Integer(value.into()),
                    _ => Meaning::Float(number.as_f64().unwrap()),
                },
                _ => Meaning::Text,
            };
            match (meaning(text), expected) {
                (Meaning::Float(ours), Meaning::Float(theirs)) if theirs.is_nan() => {
                    assert!(ours.is_nan(), "{text}");
                }
                (ours, theirs) => assert_eq!(ours, theirs, "{text}"),
            }
        }
    }
}
