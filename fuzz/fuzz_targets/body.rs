//! Feeds [`briefing_fuzz::body`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| briefing_fuzz::body(data));
