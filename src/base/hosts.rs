//! Names that hosts and servers read as instructions, wherever a site has them.

/// Files of which a host takes orders, or that only one can own: lower case.
const NAMES: [&str; 34] = [
    "_briefing",
    "_config.yml",
    "_headers",
    "_middleware.js",
    "_redirects",
    "_routes.json",
    "_worker.bundle",
    "_worker.js",
    "ads.txt",
    "app-ads.txt",
    "app.yaml",
    "apple-app-site-association",
    "cdn-cgi",
    "cgi-bin",
    "clientaccesspolicy.xml",
    "cname",
    "crossdomain.xml",
    "firebase.json",
    "humans.txt",
    "netlify.toml",
    "now.json",
    "php.ini",
    "render.yaml",
    "robots.txt",
    "routes.json",
    "sitemap.xml",
    "sitemap.xml.gz",
    "sitemap_index.xml",
    "static.json",
    "staticwebapp.config.json",
    "vercel.json",
    "web.config",
    "web-inf",
    "wrangler.toml",
];

/// The first segment of a path that only the site's owner may have, because hosts act on it: a name that begins with a
/// dot, but for `.well-known` (RFC 8615), or one of the hosts' own. Hosts differ in what they make of case, and of dots
/// and spaces at the end, so neither counts.
pub fn host_name(path: &str) -> Option<&str> {
    path.split('/').find(|segment| {
        let name = segment.trim_end_matches(['.', ' ']).to_lowercase();
        (segment.starts_with('.') && name != ".well-known") || NAMES.contains(&name.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::{NAMES, host_name};

    #[test]
    fn hosts_own_names() {
        for path in [
            ".htaccess",
            "a/.git/config",
            "_Redirects",
            "CNAME",
            "old/Web.Config",
            "robots.txt",
            "robots.txt.",
            "cgi-bin/x",
            "..a",
            ".well-known/.htaccess",
        ] {
            assert!(host_name(path).is_some(), "{path}");
        }
        for path in [".well-known/security.txt", "a.htaccess", "redirects", "cname-records", "a/b"]
        {
            assert_eq!(host_name(path), None, "{path}");
        }
        assert_eq!(host_name("a/.git/config"), Some(".git"));
    }

    #[test]
    fn names_are_lower_case_and_sorted_out() {
        for (at, name) in NAMES.iter().enumerate() {
            assert_eq!(name.to_lowercase(), **name);
            assert!(!NAMES[..at].contains(name), "{name}");
        }
    }
}
