# What contributors run: `just` lists it. Each recipe is one command, which works without `just` too.

_list:
    @just --list --unsorted

# the tests, in debug
test:
    cargo test

# what a commit must pass before the tests: formatting, lints, links of the documentation
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

# expected files of tests anew, to be read before they are committed
bless:
    BRIEFING_BLESS=1 cargo test --test sites --test cli --test markdown --test diagnostics

# everything, as continuous integration runs it
ci:
    .ci/run

# one of the slower suites: browser, live, lean, kills, publish, commonmark, mutations, targets, shell
suite name:
    .ci/{{ name }}

# the program as it is shipped: target/shipped/briefing
dist:
    .ci/dist

# builds beside Hugo's on both kinds of content; HUGO names its binary
bench *sizes="10000":
    cargo bench --bench peers -- {{ sizes }}
