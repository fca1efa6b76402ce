//! Values of front matter that are one of a few words.

use serde::Serialize;

/// An enum whose values are words of front matter: the word of a value, and every word with its value.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum $name {
            $($(#[$of])* $value,)*
        }

        impl $name {
            /// Every word with its value, in the order in which messages list them.
            pub const WORDS: &[(&'static str, Self)] = &[$(($word, Self::$value)),*];

            /// The word in front matter.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word),*
                }
            }
        }
    };
}

words! {
    /// When names link by themselves.
    #[derive(Default)]
    Autolink {
        /// The first in each section.
        #[default]
        Section = "section",
        /// The first on the page.
        Page = "page",
        /// All of them.
        All = "all",
        /// None.
        Off = "off",
    }
}

words! {
    /// The form of a drawing.
    ChartForm {
        /// A line for each column, over the names of the rows.
        Line = "line",
        /// A bar for each number, by the names of the rows.
        Bar = "bar",
        /// For each row a dot for each column, on one line.
        Dot = "dot",
        /// A small drawing of a line for each column, all on one scale.
        Multiples = "multiples",
    }
}

words! {
    /// What a figure is.
    FactKind {
        /// What was measured.
        Actual = "actual",
        /// What is aimed at.
        Target = "target",
        /// What is asked for.
        Request = "request",
        /// What is reckoned of what is.
        Estimate = "estimate",
        /// What is reckoned of what will be.
        Forecast = "forecast",
        /// What may not be exceeded.
        Cap = "cap",
    }
}

words! {
    /// How sure a figure is.
    FactStatus {
        /// By whom it is about, or by a record.
        Confirmed = "confirmed",
        /// By others.
        Reported = "reported",
        /// Against other figures.
        Disputed = "disputed",
    }
}

words! {
    /// What became of an event.
    EventStatus {
        /// It is to come.
        Planned = "planned",
        /// It took place.
        Held = "held",
        /// It will not take place.
        Cancelled = "cancelled",
        /// It will take place later than it was to.
        Postponed = "postponed",
    }
}
