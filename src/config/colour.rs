//! Colours of sRGB, their lightness as it is seen (OKLCH, CSS Color 4) and their contrast (WCAG 2.2).

use std::fmt;

/// A colour of sRGB with 8 bits for each channel. It is shown as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl Colour {
    /// Red, green and blue.
    pub(super) const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#rrggbb` or `#rgb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Self([(number >> 16) as u8, (number >> 8) as u8, number as u8])),
            3 => Some(Self([8, 4, 0].map(|shift| ((number >> shift & 0xf) * 0x11) as u8))),
            _ => None,
        }
    }

    /// Its channels as amounts of light, from 0 to 1.
    fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Lightness, chroma and hue, the hue in radians.
    pub(super) fn oklch(self) -> (f64, f64, f64) {
        let [red, green, blue] = self.linear();
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        (lightness, a.hypot(b), b.atan2(a))
    }

    /// The colour of the same hue with another lightness, and as much of its chroma as a screen can show.
    pub(super) fn with_lightness(self, lightness: f64) -> Self {
        let (_, chroma, hue) = self.oklch();
        let parts = (0..=100).rev().map(|part| chroma * f64::from(part) / 100.0);
        let mut shown = parts.filter_map(|chroma| from_oklch(lightness, chroma, hue));
        // Greys are there in every lightness, but for what rounding takes.
        shown.next().unwrap_or(match lightness < 0.5 {
            true => Self([0; 3]),
            false => Self([255; 3]),
        })
    }

    /// Relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// The contrast of two colours, from 1 to 21.
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour by its lightness, chroma and hue; none where sRGB has no such colour.
fn from_oklch(lightness: f64, chroma: f64, hue: f64) -> Option<Colour> {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let linear = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ];
    let is_shown = linear.iter().all(|channel| (-0.0005..=1.0005).contains(channel));
    is_shown.then(|| {
        Colour(linear.map(|channel| {
            let light = channel.clamp(0.0, 1.0);
            let value = match light <= 0.003_130_8 {
                true => light * 12.92,
                false => 1.055 * light.powf(1.0 / 2.4) - 0.055,
            };
            (value * 255.0).round() as u8
        }))
    })
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, contrast};

    #[test]
    fn colours_are_read_in_two_forms() {
        for (text, shown) in [
            ("#0b5a6f", Some("#0b5a6f")),
            ("#0B5A6F", Some("#0b5a6f")),
            ("#abc", Some("#aabbcc")),
            ("0b5a6f", None),
            ("#0b5a6", None),
            ("#+b5a6f", None),
            ("teal", None),
            ("#", None),
        ] {
            assert_eq!(Colour::parse(text).map(|colour| colour.to_string()).as_deref(), shown);
        }
    }

    /// The values are those of the specifications' own examples.
    #[test]
    fn lightness_and_contrast_are_those_of_the_specifications() {
        let (lightness, chroma, hue) = Colour::rgb(0xff, 0, 0).oklch();
        assert!((lightness - 0.62796).abs() < 1e-4, "{lightness}");
        assert!((chroma - 0.25768).abs() < 1e-4, "{chroma}");
        assert!((hue.to_degrees() - 29.234).abs() < 1e-2, "{hue}");
        let (black, white) = (Colour::rgb(0, 0, 0), Colour::rgb(0xff, 0xff, 0xff));
        assert!((contrast(white, black) - 21.0).abs() < 1e-9);
        let grey = Colour::rgb(0x76, 0x76, 0x76);
        assert!((contrast(grey, white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn the_same_lightness_gives_the_same_colour() {
        for colour in [(11, 90, 111), (255, 0, 0), (1, 2, 3), (250, 250, 249), (0, 0, 255)] {
            let colour = Colour::rgb(colour.0, colour.1, colour.2);
            let (lightness, ..) = colour.oklch();
            assert_eq!(colour.with_lightness(lightness), colour);
        }
    }
}
