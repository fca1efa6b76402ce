//! The forms of access tokens, as their services and public rule sets for scanners describe them.

/// The form of one kind of token.
pub(super) struct TokenForm {
    /// Its fixed part, which is looked for.
    pub(super) start: &'static str,
    /// What follows.
    pub(super) body: TokenBody,
    /// Who gives it out.
    pub(super) service: &'static str,
}

/// What follows the fixed part of a token.
pub(super) enum TokenBody {
    /// One run of signs, which ends by itself.
    Run {
        of: Signs,
        least: usize,
        most: usize,
        /// The least information in each sign, for a beginning that ordinary text has too.
        bits: f64,
    },
    /// Runs one after the other: signs, the least, the most.
    Parts(&'static [(Signs, usize, usize)]),
    /// What looks around the fixed part, which stands within the token: the bytes, where it begins, and ends.
    Check(fn(&[u8], usize, usize) -> bool),
}

/// A set of signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// Letters and digits.
    Plain,
    /// Those, and `_`.
    Word,
    /// Those, and `_` and `-`.
    Dashed,
    /// Those, `.` and `=`.
    Dotted,
    /// Base64 in either alphabet.
    Base64,
    Hex,
    /// Capital letters and digits.
    Upper,
    /// Small letters and digits.
    Lower,
    Digit,
    /// One sign, which parts others.
    Only(u8),
}

impl Signs {
    pub(super) fn has(self, byte: u8) -> bool {
        match self {
            Self::Plain => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Dashed => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'=')
            }
            Self::Base64 => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
            }
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Self::Digit => byte.is_ascii_digit(),
            Self::Only(only) => byte == only,
        }
    }
}

use Signs::{Base64, Dashed, Digit, Dotted, Hex, Lower, Only, Plain, Upper, Word};

/// No end: what follows may be longer.
pub(super) const ANY: usize = usize::MAX;
const DASH: (Signs, usize, usize) = (Only(b'-'), 1, 1);
const DOT: (Signs, usize, usize) = (Only(b'.'), 1, 1);
const UUID: &[(Signs, usize, usize)] =
    &[(Hex, 8, 8), DASH, (Hex, 4, 4), DASH, (Hex, 4, 4), DASH, (Hex, 4, 4), DASH, (Hex, 12, 12)];

/// A beginning that nothing else has.
const fn run(
    start: &'static str,
    of: Signs,
    least: usize,
    most: usize,
    service: &'static str,
) -> TokenForm {
    TokenForm { start, body: TokenBody::Run { of, least, most, bits: 0.0 }, service }
}

/// A beginning that words and other identifiers have too: what follows is random.
const fn loose(
    start: &'static str,
    of: Signs,
    least: usize,
    most: usize,
    service: &'static str,
) -> TokenForm {
    let bits = if matches!(of, Hex) { 3.0 } else { 3.6 };
    TokenForm { start, body: TokenBody::Run { of, least, most, bits }, service }
}

const fn parts(
    start: &'static str,
    parts: &'static [(Signs, usize, usize)],
    service: &'static str,
) -> TokenForm {
    TokenForm { start, body: TokenBody::Parts(parts), service }
}

const fn check(
    start: &'static str,
    check: fn(&[u8], usize, usize) -> bool,
    service: &'static str,
) -> TokenForm {
    TokenForm { start, body: TokenBody::Check(check), service }
}

/// Every form.
pub(super) const FORMS: &[TokenForm] = &[
    // Code hosts and package registries.
    run("ghp_", Plain, 36, ANY, "GitHub"),
    run("gho_", Plain, 36, ANY, "GitHub"),
    run("ghu_", Plain, 36, ANY, "GitHub"),
    run("ghs_", Plain, 36, ANY, "GitHub"),
    run("ghr_", Plain, 36, ANY, "GitHub"),
    run("github_pat_", Word, 40, ANY, "GitHub"),
    run("glpat-", Dotted, 20, ANY, "GitLab"),
    run("gldt-", Dashed, 20, ANY, "GitLab"),
    run("glptt-", Dashed, 20, ANY, "GitLab"),
    run("glrt-", Dotted, 20, ANY, "GitLab"),
    run("glcbt-", Dashed, 20, ANY, "GitLab"),
    run("glft-", Dashed, 20, ANY, "GitLab"),
    run("glimt-", Dashed, 25, ANY, "GitLab"),
    run("glagent-", Dashed, 40, ANY, "GitLab"),
    run("gloas-", Dashed, 40, ANY, "GitLab"),
    run("glsoat-", Dashed, 20, ANY, "GitLab"),
    run("glffct-", Dashed, 20, ANY, "GitLab"),
    run("GR1348941", Dashed, 20, ANY, "GitLab"),
    run("ATBB", Plain, 24, 64, "Bitbucket"),
    run("npm_", Plain, 36, 36, "npm"),
    run("pypi-AgE", Dashed, 50, ANY, "PyPI"),
    run("rubygems_", Hex, 48, 48, "RubyGems"),
    loose("cio", Plain, 32, 32, "crates.io"),
    loose("oy2", Lower, 43, 43, "NuGet"),
    run("CLOJARS_", Plain, 60, 60, "Clojars"),
    run("dckr_pat_", Dashed, 20, ANY, "Docker"),
    run("dckr_oat_", Dashed, 20, ANY, "Docker"),
    run("AKCp", Plain, 69, 73, "Artifactory"),
    run("cmVmd", Plain, 59, 64, "Artifactory"),
    run("sgp_", Word, 40, 64, "Sourcegraph"),
    loose("squ_", Hex, 40, 40, "SonarQube"),
    loose("sqp_", Hex, 40, 40, "SonarQube"),
    loose("sqa_", Hex, 40, 40, "SonarQube"),
    run("bkua_", Hex, 40, 40, "Buildkite"),
    run("CCIPAT_", Word, 40, ANY, "CircleCI"),
    // Clouds and hosts.
    run("AKIA", Upper, 16, 16, "AWS"),
    run("ASIA", Upper, 16, 16, "AWS"),
    run("ABIA", Upper, 16, 16, "AWS"),
    run("ACCA", Upper, 16, 16, "AWS"),
    run("ABSK", Base64, 100, ANY, "AWS"),
    run("bedrock-api-key-", Base64, 30, ANY, "AWS"),
    parts("amzn.mws.", UUID, "AWS"),
    run("AIza", Dashed, 35, 35, "Google"),
    run("AQ.Ab8", Dashed, 40, ANY, "Google"),
    run("GOCSPX-", Dashed, 28, 28, "Google"),
    loose("ya29.", Dashed, 30, ANY, "Google"),
    loose("1//0", Dashed, 40, ANY, "Google"),
    loose("LTAI", Plain, 16, 24, "Alibaba Cloud"),
    loose("AKID", Plain, 32, 32, "Tencent Cloud"),
    run("AQVN", Dashed, 35, 38, "Yandex"),
    check("Q~", azure, "Azure"),
    run("AccountKey=", Base64, 80, 90, "Azure"),
    run("SharedAccessKey=", Base64, 40, 60, "Azure"),
    run("SharedAccessSignature=", Base64, 2, ANY, "Azure"),
    run("dop_v1_", Hex, 64, 64, "DigitalOcean"),
    run("doo_v1_", Hex, 64, 64, "DigitalOcean"),
    run("dor_v1_", Hex, 64, 64, "DigitalOcean"),
    run("HRKU-", Dashed, 36, ANY, "Heroku"),
    run("fo1_", Dashed, 43, 43, "Fly.io"),
    run("fm1a_", Base64, 100, ANY, "Fly.io"),
    run("fm1r_", Base64, 100, ANY, "Fly.io"),
    run("fm2_", Base64, 100, ANY, "Fly.io"),
    parts("v1.0-", &[(Hex, 24, 24), DASH, (Hex, 146, 146)], "Cloudflare"),
    run("nfp_", Plain, 36, 40, "Netlify"),
    run("vercel_blob_rw_", Word, 30, ANY, "Vercel"),
    run("sbp_", Hex, 40, 40, "Supabase"),
    run("sb_secret_", Dashed, 20, ANY, "Supabase"),
    run("napi_", Lower, 40, 64, "Neon"),
    run("pscale_tkn_", Dotted, 32, 64, "PlanetScale"),
    run("pscale_pw_", Dotted, 32, 64, "PlanetScale"),
    run("pscale_oauth_", Dotted, 32, 64, "PlanetScale"),
    loose("dapi", Hex, 32, 32, "Databricks"),
    run("hvs.", Dashed, 24, ANY, "Vault"),
    run("hvb.", Dashed, 100, ANY, "Vault"),
    check(".atlasv1.", terraform, "Terraform"),
    run("pul-", Hex, 40, 40, "Pulumi"),
    run("dp.pt.", Plain, 40, 44, "Doppler"),
    run("dp.st.", Dotted, 40, 80, "Doppler"),
    run("dp.sa.", Plain, 40, 44, "Doppler"),
    run("ops_eyJ", Base64, 100, ANY, "1Password"),
    run("AGE-SECRET-KEY-1", Upper, 58, 58, "age"),
    run("tskey-", Dashed, 20, ANY, "Tailscale"),
    run("sha256~", Dashed, 43, 43, "OpenShift"),
    loose("API-", Upper, 26, 26, "Octopus Deploy"),
    run("tk-us-", Dashed, 48, 48, "Scalingo"),
    loose("4b1d", Plain, 38, 38, "ClickHouse"),
    run("pnu_", Plain, 36, 36, "Prefect"),
    // Providers of models.
    run("sk-ant-", Dashed, 40, ANY, "Anthropic"),
    run("sk-proj-", Dashed, 40, ANY, "OpenAI"),
    run("sk-svcacct-", Dashed, 40, ANY, "OpenAI"),
    run("sk-admin-", Dashed, 40, ANY, "OpenAI"),
    loose("sk-", Plain, 32, 64, "a provider of models"),
    run("sk-or-v1-", Hex, 64, 64, "OpenRouter"),
    parts("sk-lf-", UUID, "Langfuse"),
    run("lsv2_pt_", Word, 32, 64, "LangSmith"),
    run("lsv2_sk_", Word, 32, 64, "LangSmith"),
    loose("hf_", Plain, 34, 34, "Hugging Face"),
    run("api_org_", Plain, 34, 34, "Hugging Face"),
    loose("gsk_", Plain, 48, 56, "Groq"),
    loose("xai-", Dashed, 70, 90, "xAI"),
    run("pplx-", Plain, 40, 64, "Perplexity"),
    loose("r8_", Plain, 37, 37, "Replicate"),
    run("tgp_v1_", Dashed, 40, 64, "Together"),
    run("nvapi-", Dashed, 60, ANY, "NVIDIA"),
    loose("csk-", Plain, 40, 64, "Cerebras"),
    loose("sk_", Hex, 48, 48, "ElevenLabs"),
    run("pcsk_", Word, 40, 100, "Pinecone"),
    run("jina_", Dashed, 50, 80, "Jina"),
    // Payments and shops.
    loose("sk_live_", Plain, 16, ANY, "Stripe"),
    loose("sk_test_", Plain, 16, ANY, "Stripe"),
    loose("rk_live_", Plain, 16, ANY, "Stripe"),
    loose("rk_test_", Plain, 16, ANY, "Stripe"),
    loose("whsec_", Base64, 24, 80, "Stripe"),
    run("sq0atp-", Dashed, 22, 60, "Square"),
    run("sq0csp-", Dashed, 40, 60, "Square"),
    loose("EAAA", Dashed, 56, 64, "Square"),
    run("shpat_", Hex, 32, 32, "Shopify"),
    run("shpca_", Hex, 32, 32, "Shopify"),
    run("shppa_", Hex, 32, 32, "Shopify"),
    run("shpss_", Hex, 32, 32, "Shopify"),
    run("access_token$production$", Dotted, 16, 16, "PayPal"),
    parts("access-production-", UUID, "Plaid"),
    parts("access-sandbox-", UUID, "Plaid"),
    loose("rzp_live_", Plain, 14, 14, "Razorpay"),
    run("FLWSECK-", Dashed, 32, 40, "Flutterwave"),
    run("FLWSECK_TEST-", Dashed, 12, 40, "Flutterwave"),
    run("EZAK", Plain, 54, 54, "EasyPost"),
    run("shippo_live_", Hex, 40, 40, "Shippo"),
    run("duffel_live_", Dotted, 43, 43, "Duffel"),
    // Messages.
    parts("xoxb-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    parts("xoxp-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    loose("xoxa-", Dashed, 20, ANY, "Slack"),
    loose("xoxr-", Dashed, 20, ANY, "Slack"),
    parts("xoxs-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    parts("xoxo-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    parts("xoxe-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    parts("xoxe.xox", &[(Plain, 1, 1), DASH, (Digit, 1, 2), (Dashed, 16, 300)], "Slack"),
    parts("xapp-", &[(Digit, 1, 16), (Dashed, 16, 300)], "Slack"),
    run("hooks.slack.com/services/", Base64, 24, ANY, "a Slack webhook"),
    run("hooks.slack.com/workflows/", Base64, 24, ANY, "a Slack webhook"),
    run("hooks.slack.com/triggers/", Base64, 24, ANY, "a Slack webhook"),
    check("/api/webhooks/", discord, "a Discord webhook"),
    parts(
        ".webhook.office.com/webhookb2/",
        &[(Dashed, 36, 36), (Only(b'@'), 1, 1), (Dashed, 36, 36)],
        "a Teams webhook",
    ),
    run("outlook.office.com/webhook/", Dashed, 36, 36, "a Teams webhook"),
    check(".logic.azure.com", signed, "a Teams webhook"),
    check(".powerplatform.com", signed, "a Teams webhook"),
    check(".core.windows.net", signed, "Azure"),
    run("hooks.zapier.com/hooks/catch/", Base64, 10, ANY, "a Zapier webhook"),
    check("chat.googleapis.com/v1/spaces/", keyed, "a Google Chat webhook"),
    check(":AA", telegram, "Telegram"),
    parts("SG.", &[(Dashed, 16, 32), DOT, (Dashed, 32, 64)], "SendGrid"),
    check("-us", mailchimp, "Mailchimp"),
    loose("xkeysib-", Dashed, 64, 90, "Brevo"),
    run("xsmtpsib-", Dashed, 64, 90, "Brevo"),
    loose("SK", Hex, 32, 32, "Twilio"),
    check("key-", mailgun, "Mailgun"),
    // Work and watch.
    run("ATATT3", Dotted, 100, ANY, "Atlassian"),
    run("ATCTT3", Dotted, 100, ANY, "Atlassian"),
    run("lin_api_", Plain, 40, 48, "Linear"),
    run("lin_oauth_", Plain, 40, 64, "Linear"),
    run("ntn_", Plain, 40, 50, "Notion"),
    loose("secret_", Plain, 43, 43, "Notion"),
    parts("pat", &[(Plain, 14, 14), DOT, (Hex, 64, 64)], "Airtable"),
    parts("pat-na1-", UUID, "HubSpot"),
    parts("pat-eu1-", UUID, "HubSpot"),
    run("figd_", Dashed, 40, 50, "Figma"),
    run("fio-u-", Dashed, 60, 70, "Frame.io"),
    run("tfp_", Dotted, 40, 70, "Typeform"),
    run("CFPAT-", Dashed, 40, 50, "Contentful"),
    run("sk.eyJ", Dotted, 60, ANY, "Mapbox"),
    parts("PMAK-", &[(Hex, 24, 24), DASH, (Hex, 34, 34)], "Postman"),
    run("rdme_", Lower, 70, 70, "ReadMe"),
    run("NRAK-", Upper, 27, 27, "New Relic"),
    run("NRII-", Dashed, 32, 32, "New Relic"),
    run("glc_", Base64, 32, ANY, "Grafana"),
    parts("glsa_", &[(Plain, 32, 32), (Only(b'_'), 1, 1), (Hex, 8, 8)], "Grafana"),
    run("eyJrIjoi", Plain, 70, ANY, "Grafana"),
    run("sntrys_eyJ", Base64, 40, ANY, "Sentry"),
    run("sntryu_", Hex, 64, 64, "Sentry"),
    run("dt0c01.", Dotted, 80, 100, "Dynatrace"),
    run("dt0s01.", Dotted, 60, 100, "Dynatrace"),
    run("hcaik_", Plain, 50, 70, "Honeycomb"),
    run("EAACEdEose0cBA", Plain, 20, ANY, "Facebook"),
    loose("EAAM", Plain, 100, ANY, "Facebook"),
    loose("EAAC", Plain, 100, ANY, "Facebook"),
    loose("oauth:", Lower, 30, 30, "Twitch"),
    loose("sl.", Dashed, 130, ANY, "Dropbox"),
    check("_mmk", maxmind, "MaxMind"),
    // A token of anybody's, signed.
    parts(
        "eyJ",
        &[
            (Dashed, 10, 512),
            DOT,
            (Only(b'e'), 1, 1),
            (Only(b'y'), 1, 1),
            (Dashed, 10, 2048),
            DOT,
            (Dashed, 20, 1024),
        ],
        "a signed token (JWT)",
    ),
];

/// How many bytes of a set stand before a place; no more than asked for.
fn before(bytes: &[u8], end: usize, of: Signs, most: usize) -> usize {
    bytes[..end].iter().rev().take(most).take_while(|byte| of.has(**byte)).count()
}

fn after(bytes: &[u8], start: usize, of: Signs, most: usize) -> usize {
    bytes[start..].iter().take(most).take_while(|byte| of.has(**byte)).count()
}

/// `xxx8Q~` and 31 to 34 more.
fn azure(bytes: &[u8], start: usize, body: usize) -> bool {
    let signs =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.' | b'-');
    let after = bytes[body..].iter().take(40).take_while(|byte| signs(byte)).count();
    let before = bytes[..start].iter().rev().take(8).take_while(|byte| signs(byte)).count();
    before == 4 && bytes[start - 1].is_ascii_digit() && (31..=34).contains(&after)
}

/// Fourteen signs before, sixty after.
fn terraform(bytes: &[u8], start: usize, body: usize) -> bool {
    before(bytes, start, Plain, 14) == 14 && after(bytes, body, Dotted, 60) == 60
}

/// `discord.com/api/webhooks/NUMBER/TOKEN`.
fn discord(bytes: &[u8], start: usize, body: usize) -> bool {
    let host = &bytes[start.saturating_sub(20)..start];
    let number = after(bytes, body, Digit, 24);
    let token = body + number + 1;
    (host.ends_with(b"discord.com") || host.ends_with(b"discordapp.com"))
        && number >= 15
        && token < bytes.len()
        && after(bytes, token, Dashed, 60) == 60
}

/// An address that a signature in its query lets anybody use.
fn signed(bytes: &[u8], _: usize, body: usize) -> bool {
    has_parameter(bytes, body, b"sig=")
}

/// An address with a token in its query.
fn keyed(bytes: &[u8], _: usize, body: usize) -> bool {
    has_parameter(bytes, body, b"token=")
}

fn has_parameter(bytes: &[u8], body: usize, name: &[u8]) -> bool {
    let rest = &bytes[body..bytes.len().min(body + 1024)];
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'<>`".contains(byte);
    let address = &rest[..rest.iter().take_while(|byte| !is_end(byte)).count()];
    memchr::memmem::find(address, name)
        .is_some_and(|at| after(address, at + name.len(), Base64, 30) == 30)
}

/// `123456789:AA` and 33 more.
fn telegram(bytes: &[u8], start: usize, body: usize) -> bool {
    let digits = before(bytes, start, Digit, 11);
    let edge = start.checked_sub(digits + 1).map(|at| bytes[at]);
    (8..=10).contains(&digits)
        && !edge.is_some_and(|byte| byte.is_ascii_alphanumeric())
        && after(bytes, body, Dashed, 34) == 33
}

/// Thirty-two hexadecimal digits, `-us` and the number of a data centre.
fn mailchimp(bytes: &[u8], start: usize, body: usize) -> bool {
    before(bytes, start, Hex, 33) == 32
        && (1..=2).contains(&after(bytes, body, Digit, 3))
        && super::entropy(&bytes[start - 32..start]) >= 3.0
}

/// `key-` and thirty-two hexadecimal digits, where Mailgun is spoken of.
fn mailgun(bytes: &[u8], start: usize, body: usize) -> bool {
    const NEAR: usize = 256;
    let near = &bytes[start.saturating_sub(NEAR)..bytes.len().min(body + NEAR)];
    let is_edge = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
    is_edge
        && after(bytes, body, Hex, 33) == 32
        && near.windows(7).any(|word| word.eq_ignore_ascii_case(b"mailgun"))
}

/// Six signs, `_`, twenty-nine, and the ending.
fn maxmind(bytes: &[u8], start: usize, _: usize) -> bool {
    start >= 36
        && before(bytes, start, Plain, 30) == 29
        && bytes[start - 30] == b'_'
        && before(bytes, start - 30, Plain, 7) == 6
}
