//! Secrets that are put together when a test runs, so that no scanner takes these files for a leak.

pub(super) const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
pub(super) const HEX: &str = "0123456789abcdef";
pub(super) const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub(super) const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
pub(super) const DASHED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
pub(super) const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// So many signs, without order, and the same ones in every run.
pub(super) fn random(of: &str, len: usize, seed: u64) -> String {
    let signs = of.as_bytes();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(signs[(state >> 33) as usize % signs.len()])
    };
    (0..len).map(next).collect()
}

pub(super) fn uuid(seed: u64) -> String {
    let part = |len, at: u64| random(HEX, len, seed * 10 + at);
    [part(8, 0), part(4, 1), part(4, 2), part(4, 3), part(12, 4)].join("-")
}

/// Tokens as services give them out.
pub(super) fn tokens() -> Vec<(&'static str, String)> {
    let rows: [(&str, &str, &str, &str, usize); 95] = [
        ("GitHub, classic", "gh", "p_", PLAIN, 36),
        ("GitHub, OAuth", "gh", "o_", PLAIN, 36),
        ("GitHub, user", "gh", "u_", PLAIN, 36),
        ("GitHub, server", "gh", "s_", PLAIN, 36),
        ("GitHub, refresh", "gh", "r_", PLAIN, 76),
        ("GitHub, fine-grained", "github", "_pat_", PLAIN, 82),
        ("GitLab", "gl", "pat-", DASHED, 20),
        ("GitLab, deploy", "gl", "dt-", DASHED, 20),
        ("GitLab, trigger", "gl", "ptt-", HEX, 40),
        ("GitLab, runner", "gl", "rt-", DASHED, 20),
        ("GitLab, feed", "gl", "ft-", DASHED, 20),
        ("GitLab, agent", "gl", "agent-", DASHED, 50),
        ("GitLab, OAuth", "glo", "as-", HEX, 64),
        ("GitLab, registration", "GR13", "48941", DASHED, 20),
        ("npm", "np", "m_", PLAIN, 36),
        ("PyPI", "py", "pi-AgEIcHlwaS5vcmc", DASHED, 90),
        ("RubyGems", "ruby", "gems_", HEX, 48),
        ("crates.io", "c", "io", PLAIN, 32),
        ("NuGet", "o", "y2", LOWER, 43),
        ("Docker", "dckr", "_pat_", DASHED, 27),
        ("Artifactory", "AK", "Cp", PLAIN, 69),
        ("Buildkite", "bk", "ua_", HEX, 40),
        ("SonarQube", "sq", "p_", HEX, 40),
        ("AWS", "AK", "IA", UPPER, 16),
        ("AWS, for a while", "AS", "IA", UPPER, 16),
        ("AWS Bedrock", "AB", "SK", BASE64, 120),
        ("Google, API", "AI", "za", DASHED, 35),
        ("Google, OAuth", "ya", "29.", DASHED, 120),
        ("Google, secret", "GOC", "SPX-", DASHED, 28),
        ("Google, refresh", "1/", "/0", DASHED, 60),
        ("Alibaba", "LT", "AI", PLAIN, 20),
        ("Tencent", "AK", "ID", PLAIN, 32),
        ("Yandex", "AQ", "VN", DASHED, 36),
        ("Azure storage", "Account", "Key=", BASE64, 86),
        ("DigitalOcean", "dop", "_v1_", HEX, 64),
        ("Heroku", "HR", "KU-AA", DASHED, 58),
        ("Fly.io", "fo", "1_", DASHED, 43),
        ("Netlify", "nf", "p_", PLAIN, 36),
        ("Supabase", "sb", "p_", HEX, 40),
        ("PlanetScale", "pscale", "_tkn_", DASHED, 43),
        ("Databricks", "da", "pi", HEX, 32),
        ("Vault", "hv", "s.", DASHED, 95),
        ("Pulumi", "pu", "l-", HEX, 40),
        ("Doppler", "dp.", "pt.", PLAIN, 43),
        ("1Password", "ops", "_eyJ", BASE64, 260),
        ("age", "AGE-SECRET", "-KEY-1", UPPER, 58),
        ("Tailscale", "tskey", "-auth-", DASHED, 40),
        ("Anthropic", "sk-", "ant-api03-", DASHED, 95),
        ("OpenAI, project", "sk-", "proj-", DASHED, 120),
        ("OpenAI, service", "sk-", "svcacct-", DASHED, 120),
        ("OpenAI, old", "s", "k-", PLAIN, 48),
        ("OpenRouter", "sk-", "or-v1-", HEX, 64),
        ("Hugging Face", "h", "f_", PLAIN, 34),
        ("Groq", "gs", "k_", PLAIN, 52),
        ("xAI", "xa", "i-", PLAIN, 80),
        ("Perplexity", "pp", "lx-", PLAIN, 48),
        ("Replicate", "r", "8_", PLAIN, 37),
        ("NVIDIA", "nv", "api-", DASHED, 64),
        ("ElevenLabs", "s", "k_", HEX, 48),
        ("Pinecone", "pc", "sk_", PLAIN, 60),
        ("LangSmith", "lsv2", "_pt_", HEX, 43),
        ("Stripe", "sk_", "live_", PLAIN, 24),
        ("Stripe, test", "sk_", "test_", PLAIN, 24),
        ("Stripe, restricted", "rk_", "live_", PLAIN, 24),
        ("Stripe, webhook", "wh", "sec_", PLAIN, 32),
        ("Square", "sq0", "atp-", DASHED, 22),
        ("Shopify", "shp", "at_", HEX, 32),
        ("Shopify, shared", "shp", "ss_", HEX, 32),
        ("PayPal", "access_token", "$production$", LOWER, 16),
        ("Flutterwave", "FLW", "SECK-", LOWER, 34),
        ("Slack, bot", "xo", "xb-123456789012-1234567890123-", DASHED, 50),
        ("Slack, user", "xo", "xp-123456789012-", DASHED, 70),
        ("Slack, app", "xa", "pp-1-", DASHED, 70),
        ("Slack, webhook", "https://hooks.slack", ".com/services/", PLAIN, 44),
        ("Zapier", "https://hooks.zapier", ".com/hooks/catch/", PLAIN, 20),
        ("Twilio", "S", "K", HEX, 32),
        ("Brevo", "xkey", "sib-", HEX, 81),
        ("Atlassian", "ATA", "TT3", DASHED, 186),
        ("Linear", "lin", "_api_", PLAIN, 40),
        ("Notion", "nt", "n_", PLAIN, 46),
        ("Notion, old", "sec", "ret_", PLAIN, 43),
        ("Figma", "fi", "gd_", DASHED, 43),
        ("Mapbox", "sk", ".eyJ", DASHED, 90),
        ("New Relic", "NR", "AK-", UPPER, 27),
        ("Grafana", "gl", "c_", BASE64, 100),
        ("Sentry", "sn", "tryu_", HEX, 64),
        ("Dynatrace", "dt0", "c01.", UPPER, 88),
        ("Facebook", "EA", "AM", PLAIN, 120),
        ("Twitch", "oau", "th:", LOWER, 30),
        ("Dropbox", "s", "l.", DASHED, 140),
        ("Contentful", "CF", "PAT-", DASHED, 43),
        ("Typeform", "tf", "p_", DASHED, 59),
        ("Bitbucket", "AT", "BB", PLAIN, 32),
        ("Cerebras", "cs", "k-", LOWER, 48),
        ("ReadMe", "rd", "me_", LOWER, 70),
    ];
    let mut found: Vec<(&str, String)> = rows
        .iter()
        .zip(1..)
        .map(|((name, first, second, signs, len), seed)| {
            (*name, format!("{first}{second}{}", random(signs, *len, seed)))
        })
        .collect();
    let signed = |host: &str| {
        format!(
            "https://prod-1.{host}/workflows/x/triggers/manual?sp=1&sig={}",
            random(DASHED, 43, 7)
        )
    };
    found.extend([
        ("AWS MWS", format!("amzn{}{}", ".mws.", uuid(1))),
        ("Azure AD", format!("{}8Q~{}", random(PLAIN, 3, 2), random(PLAIN, 33, 3))),
        ("Terraform", format!("{}.atlas{}.{}", random(PLAIN, 14, 4), "v1", random(DASHED, 66, 5))),
        ("Teams, flow", signed("westeurope.logic.azure.com:443")),
        (
            "Teams",
            format!(
                "https://x.webhook.office{}/{}@{}/IncomingWebhook/x",
                ".com/webhookb2",
                uuid(2),
                uuid(3)
            ),
        ),
        (
            "Discord",
            format!(
                "https://discord.com/api{}{}/{}",
                "/webhooks/",
                random("123456789", 18, 6),
                random(DASHED, 68, 8)
            ),
        ),
        ("Telegram", format!("{}:{}{}", random("123456789", 9, 9), "AA", random(DASHED, 33, 10))),
        ("SendGrid", format!("S{}.{}.{}", "G", random(DASHED, 22, 11), random(DASHED, 43, 12))),
        ("Mailchimp", format!("{}-u{}", random(HEX, 32, 13), "s12")),
        ("Mailgun", format!("mailgun: key{}{}", "-", random(HEX, 32, 14))),
        ("Airtable", format!("pa{}{}.{}", "t", random(PLAIN, 14, 15), random(HEX, 64, 16))),
        ("HubSpot", format!("pat-{}{}", "na1-", uuid(4))),
        ("Plaid", format!("access-{}{}", "production-", uuid(5))),
        ("Postman", format!("PM{}{}-{}", "AK-", random(HEX, 24, 17), random(HEX, 34, 18))),
        ("MaxMind", format!("{}_{}_{}", random(PLAIN, 6, 19), random(PLAIN, 29, 20), "mmk")),
        (
            "JWT",
            format!(
                "ey{}.ey{}.{}",
                "JhbGciOiJIUzI1NiJ9",
                "JzdWIiOiIxMjM0NTY3ODkwIn0",
                random(DASHED, 43, 21)
            ),
        ),
        ("Cloudflare", format!("v1{}{}-{}", ".0-", random(HEX, 24, 22), random(HEX, 146, 23))),
        (
            "Grafana, service",
            format!("gl{}{}_{}", "sa_", random(PLAIN, 32, 24), random(HEX, 8, 25)),
        ),
    ]);
    found
}

pub(super) fn lines(signs: &str, lines: usize) -> String {
    (0..lines).map(|line| random(signs, 64, line as u64 + 90) + "\n").collect()
}

/// Keys, connection strings and settings.
pub(super) fn others() -> Vec<(&'static str, String)> {
    let pem = |kind: &str, head: &str| {
        let (begin, end) = ("-----BEGIN ", "-----END ");
        format!("{begin}{kind}-----\n{head}{}{end}{kind}-----\n", lines(BASE64, 4))
    };
    let key = |kind: &str| format!("{kind}PRIVATE {}", "KEY");
    let word = "hunter2-Kestrel";
    let secret = |seed| random(BASE64, 40, seed);
    let long = random(DASHED, 43, 31);
    let encoded = "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVB";
    vec![
        ("PKCS 8", pem(&key(""), "")),
        ("RSA", pem(&key("RSA "), "")),
        ("EC", pem(&key("EC "), "")),
        ("DSA", pem(&key("DSA "), "")),
        ("encrypted", pem(&key("ENCRYPTED "), "")),
        ("OpenSSH", pem(&key("OPENSSH "), "")),
        (
            "with a header",
            pem(&key("RSA "), "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C3D\n\n"),
        ),
        ("PGP", pem(&format!("{} BLOCK", key("PGP ")), "Version: 2\nComment: of Ann\n\n")),
        (
            "SSH2",
            format!("---- BEGIN SSH2 ENCRYPTED {} ----\nComment: x\n{}", key(""), lines(BASE64, 3)),
        ),
        ("PEM in JSON", format!("{{\"k\": \"{}\"}}", pem(&key(""), "").replace('\n', "\\n"))),
        ("PEM in HTML", pem(&key(""), "").replace('\n', "<br>\n")),
        ("PuTTY 2", format!("PuTTY-User-Key-{}-2: ssh-rsa\nPrivate-Lines: 8\nAAAA", "File")),
        (
            "PuTTY 3",
            format!(
                "PuTTY-User-Key-{}-3: ssh-ed25519\nEncryption: aes256-cbc\nPrivate-Lines: 1\nAAAA",
                "File"
            ),
        ),
        (
            "JWK, RSA",
            format!(
                "{{\"kty\":\"RSA\",\"n\":\"{}\",\"e\":\"AQAB\",\"d\":\"{}\"}}",
                random(DASHED, 342, 1),
                random(DASHED, 342, 2)
            ),
        ),
        (
            "JWK, EC",
            format!(
                "{{\"crv\": \"P-256\", \"d\": \"{long}\", \"kty\": \"EC\", \"x\": \"{long}\"}}"
            ),
        ),
        ("JWK, shared", format!("{{kty: 'oct', k: '{long}'}}")),
        (
            "service account",
            format!(
                "{{\"type\": \"service{}\", \"private_key_id\": \"{}\"}}",
                "_account",
                random(HEX, 40, 3)
            ),
        ),
        (
            "kubeconfig",
            format!("users:\n- user:\n    client-key-data: {encoded}{}\n", random(PLAIN, 80, 4)),
        ),
        ("PostgreSQL", format!("postgres://app:{word}@db.internal:5432/site")),
        ("MySQL", format!("mysql://root:{word}@10.0.0.3/site")),
        ("MongoDB", format!("mongodb+srv://app:{word}@cluster0.x.mongodb.net/")),
        ("Redis", format!("redis://:{word}@cache:6379/0")),
        ("AMQP", format!("amqps://app:{word}@queue/host")),
        ("SMTP", format!("smtp://news%40example.org:{word}@mail.example.org:587")),
        ("a URL with a name and a word", format!("see https://ann:{word}@example.org/private")),
        ("escaped in a URL", "ftp://ann:s3%2Fcr%3Ft@files.example.org/".into()),
        (
            "ADO",
            format!("Server=tcp:x,1433;Database=site;User ID=app;Password={word};Encrypt=True"),
        ),
        ("ODBC", format!("Driver={{SQL Server}};Uid=app;Pwd={word};")),
        ("libpq", format!("host=db user=app password={word} dbname=site")),
        (".env, a password", format!("# mail\nMAIL_PASSWORD={word}\n")),
        (".env, words", "DB_PASSWORD=correct-horse-battery\n".into()),
        (".env, quoted", format!("export API_TOKEN=\"{}\"\n", random(PLAIN, 32, 5))),
        (".env, AWS", format!("AWS_SECRET_ACCESS_KEY={}\n", secret(6))),
        ("credentials of AWS", format!("[default]\naws_secret_access_key = {}\n", secret(7))),
        ("JSON, AWS", format!("{{\"SecretAccessKey\": \"{}\"}}", secret(8))),
        ("YAML", format!("client_secret: {}\n", random(PLAIN, 32, 9))),
        ("JS", format!("const config = {{ clientSecret: '{}' }}", random(PLAIN, 32, 10))),
        ("JS, a token to act with", format!("accessToken=\"{}\"", random(PLAIN, 32, 11))),
        ("JS, minified", format!("var a={{refreshToken:\"{}\"}}", random(DASHED, 43, 12))),
        ("XML", format!("<add key=\"Password\" value=\"{word}9\"/>")),
        ("XML, an element", format!("<password>{word}9</password>")),
        ("PHP", format!("define( 'DB_PASSWORD', '{word}' );")),
        ("PHP, salt", format!("define('SECURE_AUTH_KEY', '{}');", random(PLAIN, 64, 13))),
        ("Java", format!("spring.datasource.password={word}1\n")),
        ("TOML", format!("secret_key = \"{}\"\n", random(PLAIN, 50, 14))),
        ("Python", format!("SECRET_KEY = '{}'\n", random(PLAIN, 50, 15))),
        ("of a service", format!("DATADOG_API_KEY: {}\n", random(HEX, 32, 16))),
        ("of a service, a UUID", format!("HEROKU_API_KEY={}\n", uuid(6))),
        ("npm's file", format!("//registry.example/:_authToken={}\n", uuid(7))),
        ("WireGuard", format!("PrivateKey = {}=\n", random(BASE64, 43, 17))),
        ("netrc", format!("machine example.org login ann password {word}\n")),
        (
            "Docker",
            format!(
                "{{\"auths\": {{\"r.example\": {{\"auth\": \"{}\"}}}}}}",
                "YW5uOmh1bnRlcjItS2VzdHJlbA=="
            ),
        ),
        ("basic", format!("Authorization: Basic {}", "YW5uOmh1bnRlcjItS2VzdHJlbA==")),
        ("bearer", format!("curl -H 'Authorization: Bearer {}'", random(DASHED, 40, 18))),
        ("bcrypt", format!("ann:$2y$10${}", random(PLAIN, 53, 19))),
        ("apr1", format!("ann:$apr1${}${}", random(PLAIN, 8, 20), random(PLAIN, 22, 21))),
        ("crypt", format!("ann:$6${}${}", random(PLAIN, 16, 22), random(PLAIN, 86, 23))),
        ("Ansible", format!("$ANSIBLE_VAULT;1.1;AES256\n{}", lines("0123456789", 4))),
        (
            "Azure, shared access",
            format!(
                "https://x.blob.core.windows.net/c/f?sv=2022-11-02&sp=r&sig={}",
                random(DASHED, 43, 24)
            ),
        ),
    ]
}

/// One text in the notations and kinds of files in which it may go out.
pub(super) fn notations(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let each = |form: fn(char) -> String| text.chars().map(form).collect::<String>();
    let utf16 = |pair: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(pair).collect::<Vec<u8>>();
    let some = |form: fn(char) -> String| {
        let part = |(at, c): (usize, char)| if at % 3 == 0 { form(c) } else { c.to_string() };
        text.chars().enumerate().map(part).collect::<String>()
    };
    let (first, rest) = text.split_at(text.len() / 2);
    let bytes = |parts: &[&[u8]]| parts.concat();
    let with = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    vec![
        ("as it is", text.into()),
        (
            "JPEG",
            bytes(&[b"\xff\xd8\xff\xfe\x00\x40", text.as_bytes(), b"\xff\xdb\x00\x43\x9d\x02"]),
        ),
        (
            "PNG",
            bytes(&[b"\x89PNG\r\n\x1a\n\0\0\0\x30tEXtComment\0", text.as_bytes(), b"\x07\xa1"]),
        ),
        ("PDF", bytes(&[b"%PDF-1.7\n1 0 obj<</Author(\xe4 ", text.as_bytes(), b")>>endobj\n"])),
        ("Latin-1", bytes(&[b"Caf\xe9 Stra\xdfe: ", text.as_bytes(), b" \xfcber"])),
        ("UTF-16 with a mark", with(b"\xff\xfe", utf16(u16::to_le_bytes))),
        ("UTF-16, large first, with a mark", with(b"\xfe\xff", utf16(u16::to_be_bytes))),
        ("UTF-16 without a mark", utf16(u16::to_le_bytes)),
        ("UTF-16, large first", utf16(u16::to_be_bytes)),
        ("UTF-16 within a picture", bytes(&[&[0x80; 40], &utf16(u16::to_le_bytes), &[0x90; 40]])),
        ("UTF-32", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ("decimal entities", each(|c| format!("&#{};", u32::from(c))).into()),
        ("hexadecimal entities", each(|c| format!("&#x{:x};", u32::from(c))).into()),
        ("entities that do not end", each(|c| format!("&#{}", u32::from(c))).into()),
        ("some entities", some(|c| format!("&#{:05};", u32::from(c))).into()),
        ("entities of entities", each(|c| format!("&amp;#{};", u32::from(c))).into()),
        ("named", text.replace('_', "&lowbar;").replace('-', "&hyphen;").into()),
        ("JSON", each(|c| format!("\\u{:04x}", u32::from(c))).into()),
        ("JSON in JSON", each(|c| format!("\\\\u{:04x}", u32::from(c))).into()),
        ("JS", some(|c| format!("\\x{:02x}", u32::from(c))).into()),
        ("JS, braces", some(|c| format!("\\u{{{:x}}}", u32::from(c))).into()),
        ("octal, as in PDF", some(|c| format!("\\{:03o}", u32::from(c))).into()),
        ("percent", each(|c| format!("%{:02X}", u32::from(c))).into()),
        ("percent twice", each(|c| format!("%25{:02x}", u32::from(c))).into()),
        ("where it may break", format!("<td>{first}<wbr>{rest}</td>").into()),
        ("coloured", format!("<code><b>{first}</b><span class=\"s\">{rest}</span></code>").into()),
        ("soft hyphen", format!("{first}\u{ad}{rest}").into()),
        ("no width", format!("{first}\u{200b}{rest}").into()),
        ("a comment", format!("<!-- {text} -->").into()),
        ("CDATA", format!("<![CDATA[{text}]]>").into()),
        ("an attribute", format!("<a data-x=\"{text}\">x</a>").into()),
        ("after a long file", [vec![b' '; super::super::PART - 20], text.into()].concat()),
        ("between other bytes", bytes(&[&[0xff, 0x9f, 0x01], text.as_bytes(), &[0xfe, 0x00]])),
    ]
}
