//! What is found, in every form and every notation, and what is not: planted secrets, and ordinary text that looks like
//! them.

#![allow(clippy::disallowed_methods, reason = "the corpus is the repository's own files")]

mod names;
mod planted;

use std::fs;
use std::path::Path;

use super::{Environment, Hidden, Scanned};
use crate::base::OutPath;

use planted::{BASE64, DASHED, HEX, LOWER, PLAIN, notations, others, random, tokens, uuid};

fn why(path: &str, bytes: &[u8]) -> Option<String> {
    why_with(path, bytes, &[])
}

fn why_with(path: &str, bytes: &[u8], values: &[String]) -> Option<String> {
    let path = OutPath::new(path).expect("a valid path");
    let environment = Environment::new(values).expect("a few values");
    Scanned::read(&path, bytes, &Hidden::default(), &environment).secret
}

#[test]
fn every_planted_secret_is_found() {
    let planted: Vec<_> = tokens().into_iter().chain(others()).collect();
    assert!(planted.len() >= 150, "{}", planted.len());
    let in_text = |text: &str| format!("<p>It says {text} here.</p>\n");
    let missed: Vec<&str> = planted
        .iter()
        .filter(|(_, text)| why("notes.txt", text.as_bytes()).is_none())
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(missed, Vec::<&str>::new());
    let missed: Vec<&str> = tokens()
        .iter()
        .filter(|(_, text)| why("a/index.html", in_text(text).as_bytes()).is_none())
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(missed, Vec::<&str>::new());
}

#[test]
fn in_every_notation() {
    let token = format!("{}{}", "ghp_", random(PLAIN, 36, 1));
    let slack = format!("{}{}", "xoxb-123456789012-", random(DASHED, 40, 2));
    let key = format!("-----BEGIN {}-----\n{}", "PRIVATE KEY", random(BASE64, 64, 3));
    let address = format!("postgres://app:{}@db.internal/site", "hunter2Kestrel");
    for text in [&token, &slack, &key, &address] {
        for (notation, bytes) in notations(text) {
            assert!(why("x.bin", &bytes).is_some(), "{notation}: {text}");
        }
    }
    // A value of the environment too, with whatever it has.
    for value in ["korrekt%41pferd&amp;<b>", "p\"w'&<x>9", "Kestrel8", "a\\u0041\\n7 horses"] {
        let values = [value.to_owned()];
        let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let json = serde_json::to_string(value).unwrap();
        for text in [value.to_owned(), html, json] {
            assert!(
                why_with("x.html", format!("= {text} .").as_bytes(), &values).is_some(),
                "{text}"
            );
        }
    }
    for (notation, bytes) in notations("Kestrel-8") {
        assert!(why_with("x.bin", &bytes, &["Kestrel-8".to_owned()]).is_some(), "{notation}");
    }
    for text in ["Kestrel88", "xKestrel8", "kestrel8"] {
        assert_eq!(why_with("x.html", text.as_bytes(), &["Kestrel8".to_owned()]), None, "{text}");
    }
    assert_eq!(why_with("x.html", b"a short one", &["short".to_owned()]), None);
}

#[test]
fn names_of_secrets() {
    for path in [
        "a/.env",
        ".env.local",
        "prod.env",
        "backup.kdbx",
        "server.key",
        "server.pem",
        "x/.git/config",
        ".ssh/config",
        "credentials.json",
        "infra.tfstate",
        "infra.tfstate.backup",
        "x.tfvars",
        "dump.sql",
        "backup-2026.sql.gz",
        "site.sqlite3",
        "wp-config.php",
        "wp-config.php.bak",
        "wp-config.php~",
        ".wp-config.php.swp",
        "#wp-config.php#",
        "kubeconfig",
        ".kube/config",
        ".aws/credentials",
        "id_ed25519",
        "id_rsa.bak",
        "a.p12",
        "a.pfx",
        "a.jks",
        "AuthKey.p8",
        "client_secret_1.apps.json",
        "x-firebase-adminsdk-1.json",
        "secrets.yml",
        "office.ovpn",
        ".npmrc",
        ".pypirc",
        ".netrc",
        "_netrc",
        ".htpasswd",
        ".bash_history",
        "session.har",
        ".dockercfg",
        ".docker/config.json",
        "SERVER.KEY",
        "wallet.dat",
        "a.ppk",
        "master.key",
    ] {
        assert!(why(path, b"x").is_some(), "{path}");
    }
    let certificate = b"-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n";
    for (path, bytes) in [
        ("environment.html", &b""[..]),
        ("keys/index.html", b""),
        ("credentials/index.html", b""),
        ("key.txt", b""),
        ("talk.key", b"PK\x03\x04"),
        ("chain.pem", certificate),
        ("ann.key", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n"),
        ("example.sql", b"SELECT 1;"),
        ("sql.html", b""),
        ("identity.svg", b""),
        ("hare.jpg", b""),
    ] {
        assert_eq!(why(path, bytes), None, "{path}");
    }
}

/// What looks like a secret and is none.
#[test]
fn ordinary_text_is_left_alone() {
    let hash = |signs, len, seed| random(signs, len, seed);
    let mut texts: Vec<String> = [
        "a file begins with -----BEGIN PRIVATE KEY----- and then the key",
        "<code>-----BEGIN RSA PRIVATE KEY-----</code> begins what <a href=\"/articles/why-keys-matter/\">we</a>",
        "tokens begin with ghp_ and AKIA, keys with sk-ant- or SG. and npm_",
        "postgres://user:password@localhost/db and https://<user>:<password>@example.org/",
        "https://${user}:${password}@host/ and redis://:$PASSWORD@cache",
        "https://medium.com/@ann:42 and https://example.org/a:b@c?d=e:f@g",
        "DB_PASSWORD=changeme\nAPI_TOKEN=your-token-here\nSECRET_KEY=<secret>\nTOKEN=$TOKEN\n",
        "password: 'required', token: \"punctuation\", secret: \"a secret\"",
        "\"password\": \"Contraseña\", \"passwordHint\": \"Mindestens8Zeichen\"",
        "<input type=\"password\" name=\"password\" id=\"password-1\" autocomplete=\"current-password\">",
        "document.querySelector('input[type=password]').value = token.next(state.tokens[1])",
        "credentials: 'same-origin', csrfToken: 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6'",
        "RECAPTCHA_SITE_KEY=6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"kid\":\"d\"}",
        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGkW3p6kq0dJ7cFq3hT9vL2mXyZ1aBcDeFgHiJkLmNoP ann@example.org",
        "data-cf-beacon='{\"token\": \"0f1e2d3c4b5a69788796a5b4c3d2e1f0\"}'",
        "docsearch({apiKey: '25626fae796133dc1e734c6bcaaeac3c', indexName: 'docs'})",
        "Authorization: Basic and Authorization: Bearer TOKEN are headers",
        "the machine learning login page asks for a password",
        "$2a$ and $2b$ mark bcrypt; $6$ marks SHA-512; prices rose by $6$ to $2",
        "key-d41d8cd98f00b204e9800998ecf8427e is a class, SK is Slovakia",
        "gitlab.example/glpat- and hooks.slack.com/services/ are prefixes",
        "https://discord.com/api/webhooks/ and https://api.telegram.org/bot:AA",
    ]
    .map(str::to_owned)
    .into();
    for seed in 0..400 {
        texts.extend([
            uuid(seed),
            format!("commit {}", hash(HEX, 40, seed)),
            format!("sha256:{}", hash(HEX, 64, seed)),
            format!("integrity=\"sha384-{}\"", hash(BASE64, 64, seed)),
            format!("\"integrity\": \"sha512-{}==\"", hash(BASE64, 86, seed)),
            format!("app.{}.js style-{}.css", hash(HEX, 8, seed), hash(LOWER, 8, seed)),
            format!("https://cdn.example/{}/{}", hash(PLAIN, 11, seed), hash(DASHED, 22, seed)),
            format!("id=\"{}\" data-v-{}", hash(DASHED, 21, seed), hash(HEX, 8, seed)),
            format!("{}.{}", hash(PLAIN, 20, seed), hash(PLAIN, 30, seed)),
        ]);
    }
    for text in &texts {
        assert_eq!(why("x.html", text.as_bytes()), None, "{text}");
    }
    // Pictures and programs: a few megabytes of base64, of bytes, and of a script made small.
    for seed in 0..4 {
        let picture = format!("url(data:image/png;base64,{}=)", hash(BASE64, 500_000, seed + 1));
        assert_eq!(why("x.css", picture.as_bytes()), None);
        let url = format!("\"{}\"", hash(DASHED, 500_000, seed + 1));
        assert_eq!(why("x.json", url.as_bytes()), None);
        let bytes: Vec<u8> =
            hash(BASE64, 500_000, seed + 9).bytes().map(|b| b.wrapping_mul(37)).collect();
        assert_eq!(why("x.woff2", &bytes), None);
        let names = (0..20_000).map(|at| {
            format!(
                "function {}({}){{return e.{}=\"{}\"}}",
                hash(PLAIN, 2, at),
                hash(LOWER, 1, at + 1),
                hash(PLAIN, 7, at + seed),
                hash(LOWER, 12, at + 3)
            )
        });
        let script: String = names.collect();
        assert_eq!(why("x.js", script.as_bytes()), None);
    }
}

/// The repository's own text: content, templates, scripts, fixtures, and the lock file with its hundreds of digests.
#[test]
fn our_own_files_hold_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Not the parts of the program that speak of secrets, and have examples of them.
    let folders = [
        "content",
        "templates",
        "benches",
        "fuzz/seeds",
        "src/content",
        "src/lang",
        "src/names",
        "src/render",
        "src/serve",
        "src/site",
        "src/view",
        "src/yaml",
        "tests/markdown",
        "tests/names",
        "tests/sites",
    ];
    let mut folders: Vec<_> = folders.map(|name| root.join(name)).into();
    let mut files =
        vec![root.join("README.md"), root.join("Cargo.lock"), root.join("ARCHITECTURE.md")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    let mut seen = 0;
    for path in files {
        let bytes = fs::read(&path).unwrap();
        assert_eq!(why("x.html", &bytes), None, "{}", path.display());
        seen += bytes.len();
    }
    assert!(seen > 1_000_000, "{seen}");
}
