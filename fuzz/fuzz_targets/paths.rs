//! Feeds [`briefing_fuzz::paths`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| briefing_fuzz::paths(data));
