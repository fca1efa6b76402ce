//! `site.yaml` as it is written.

use crate::yaml::{Entries, OneOrMany, Text, TextOr, mapping};

mapping! {
    /// The site: `content/site.yaml`. A missing file is fine.
    RawSite {
        /// Required. The site's name. Without a `site.yaml`: the folder's name.
        title: Text,
        /// Where the site will be, such as `https://example.org/`. Absolute links are left out without it.
        base_url: Text,
        /// One or two plain sentences about the site.
        description: Text,
        /// The language of pages that name none, BCP 47. Default: the first of `languages`, else `en`.
        lang: Text,
        /// The languages in which the site has pages: the tag of each, with what the site says of itself in it. The first is at `/`, `ja` at `/ja/`. Its pages are `x.ja.md`.
        languages: Entries<RawLanguage, true>,
        /// The time zone in which a day begins, such as `Asia/Tokyo`. Default: `UTC`.
        timezone: Text,
        /// The authors of articles that name none.
        authors: OneOrMany<Text>,
        /// Ids of articles and players shown first on the home page.
        featured: OneOrMany<Text>,
        /// The main navigation: ids, or `text` and `to`. Default: the site's indexes.
        nav: OneOrMany<TextOr<RawNavItem>>,
        /// The links at the foot of every page.
        footer: OneOrMany<TextOr<RawNavItem>>,
        /// Who publishes the site.
        publisher: TextOr<RawPublisher>,
        /// What crawlers may read, by their names, in `robots.txt`: `allow`, `disallow`, or the paths that one may not read: `GPTBot: disallow`. `*` is for those that have no entry.
        robots: Entries<OneOrMany<Text>>,
        /// Whom to tell of a weakness, in `.well-known/security.txt`.
        security: RawSecurity,
        /// The text of `humans.txt`: who made the site.
        humans: Text,
        /// The site's icon: the path of a file from the site's root, such as `/icon.svg`. Default: that of the theme. A PNG is
        /// also what programs get that ask for `/favicon.ico`; beside a drawing put a `static/favicon.ico`.
        icon: Text,
        /// How the site looks on a home screen, in `manifest.webmanifest`.
        manifest: RawManifest,
        /// How often pages are to be checked, in days: `180d`. `briefing due` lists those that are late.
        review_every: Text,
        /// Who checks pages without an `owner` of their own, for `briefing due`.
        owner: Text,
        /// `true` to publish `citation.json`, `citation.bib` and `citation.ris` beside each article and FAQ page, for reference managers. Default: `false`.
        citation_files: Text,
        /// `false` to leave out the search: the box at the head of every page, `/search/` and its index. Default: `true`.
        search: Text,
        /// Which feeds (Atom) there are: `all` (default), `topics` for those of the site and of topics, `site` or `none`. They need a `base_url`.
        feeds: Text,
        /// `true` for pages that other sites may show in a frame (`<page>/embed/`), of each figure, player and question of a FAQ page, with oEmbed. They need a `base_url`. Default: `false`.
        embeds: Text,
        /// `true` for a picture of each page without an `image`, which is shown where the page is shared: its title, a figure and
        /// names, `social-card.png` beside the page. They need a `base_url`, and a `briefing` with the feature `cards`. Default: `false`.
        social_cards: Text,
        /// `true` for an `index.md` beside each page: its text, figures and sources as Markdown. Default: `false`.
        markdown: Text,
        /// `true` for `/llms.txt`, which lists the pages of the site for language models. Default: `false`.
        llms_txt: Text,
        /// Which pages have an `index.json` beside them, for programs: `players`, `all` or `none` (default).
        page_data: Text,
        /// The licence of the texts, for those who use the data: a URL such as `https://creativecommons.org/licenses/by/4.0/`, or the path of a page.
        license: Text,
        /// The kinds of host for which redirects and headers are written: `netlify`, `cloudflare`, `vercel`, `azure`, `nginx`, `apache`, `caddy`, `s3`.
        hosts: OneOrMany<Text>,
        /// The other origins from which pages may load, for a script of your own, such as for statistics or comments: `script_src: https://stats.example.org`. Pages load nothing else of other sites but the pictures that they show.
        csp: RawCsp,
        /// The site's own look.
        theme: RawTheme,
        /// `untrusted` (default: raw HTML in content is escaped) or `trusted`.
        content_trust: Text,
        /// Folders that links in `content/`, `static/` and `templates/` may lead into, from the site's folder: `../common`.
        shared: OneOrMany<Text>,
        /// What the checks accept.
        check: RawCheck,
        /// Words of languages beside those that are known, by which names are matched: `fr: {titles: [préfet]}`.
        words: Entries<RawWords>,
        /// Where the site is published: a place such as `dir:../www` for each name, or `to` and more.
        publish: Entries<TextOr<RawTarget>>,
    }
}

mapping! {
    /// What a site says of itself in one language.
    RawLanguage {
        /// The site's name. Default: the site's `title`.
        title: Text,
        /// One or two plain sentences about the site.
        description: Text,
        /// The main navigation. Default: the site's, with the titles of pages in this language.
        nav: OneOrMany<TextOr<RawNavItem>>,
        /// The links at the foot of every page. Default: the site's.
        footer: OneOrMany<TextOr<RawNavItem>>,
        /// What lists show of pages that have no translation: `list` (default) or `hide`.
        untranslated: Text,
    }
}

mapping! {
    /// Where the site is published.
    RawTarget {
        /// Required. `dir:PATH`, `git:REMOTE#BRANCH`, `ssh:HOST:PATH`, `rsync:HOST:PATH` or `s3:BUCKET/PREFIX`. A path starts at the site's folder.
        to: Text,
        /// Where readers find it, such as `https://example.org/`. Default: `base_url`, and nothing is fetched from it.
        url: Text,
        /// How long to wait until readers see what was published, such as `15m`. Default: `15m` for git, else `30s`.
        wait: Text,
        /// For `s3:`: the store's address, such as `https://account.r2.cloudflarestorage.com`. Default: that of AWS.
        endpoint: Text,
        /// For `s3:`: the store's region. Default: `AWS_REGION`, else `us-east-1`.
        region: Text,
        /// A private folder for earlier releases, where the target has no place that readers cannot reach: on this machine for
        /// `dir:`, at the host for `rsync:`.
        history: Text,
        /// The kinds of host that serve it, in place of the site's `hosts`.
        hosts: OneOrMany<Text>,
        /// `true` to publish a `.br` and a `.gz` beside each text, for a server that gives them to browsers. Default: `false`.
        precompress: Text,
        /// The services to which `publish` sends the URLs of what changed, once readers have it. Default: none.
        ping: RawPing,
    } never {
        /// Never: a credential is an error here.
        password,
        /// Never.
        token,
        /// Never.
        access_key,
        /// Never.
        secret_key,
    }
}

mapping! {
    /// The services to which `publish` sends the URLs of what changed, once readers have it. It needs the `url` of the target.
    RawPing {
        /// The hub of WebSub that gets the URLs of feeds: a URL.
        websub: Text,
        /// The key by which search engines know the site (IndexNow): 8 to 128 letters, digits and hyphens. The site gets the file that proves it.
        indexnow: Text,
        /// The service that gets the URLs of pages for search engines. Default: `https://api.indexnow.org/indexnow`.
        indexnow_endpoint: Text,
    }
}

mapping! {
    /// A link of the navigation.
    RawNavItem {
        /// The text. Default: the target's title.
        text: Text,
        /// Required. An id, a path such as `/articles/`, or a URL.
        to: Text,
    }
}

mapping! {
    /// The other origins from which pages may load, by the directives of a Content Security Policy: each a scheme and a host, such as `https://stats.example.org`.
    RawCsp {
        /// Of scripts.
        script_src: OneOrMany<Text>,
        /// Of what scripts ask for or send to.
        connect_src: OneOrMany<Text>,
        /// Of frames.
        frame_src: OneOrMany<Text>,
        /// Of pictures that a script or a style sheet of yours shows. Those of texts need no entry.
        img_src: OneOrMany<Text>,
        /// Of audio and video.
        media_src: OneOrMany<Text>,
        /// Of style sheets.
        style_src: OneOrMany<Text>,
        /// Of faces.
        font_src: OneOrMany<Text>,
        /// To which forms are sent.
        form_action: OneOrMany<Text>,
    }
}

mapping! {
    /// The site's own look.
    RawTheme {
        /// The site's colour, such as `"#0b5a6f"`: of marks, bars and the line over every page. Other colours follow from it.
        accent: Text,
        /// The light paper of its pages, such as `"#fffaf2"`. Boxes are a little darker. In the dark it is that of the theme.
        paper: Text,
        /// The faces of its pages: `theme` (default) or `system`, with which readers load none.
        fonts: Text,
        /// The logo at the head of every page: the path of a file from the site's root, such as `/logo.svg`. On dark paper it stands on a light plate. It is that of the `publisher` too, if that has none.
        logo: Text,
        /// The logo on dark paper, such as `/logo-dark.svg`; the path of `logo` where that shows on both.
        logo_dark: Text,
        /// The words beside the logo. Default: the site's title. `false` for a logo that has the name in it. In a language with a title of its own under `languages` it is that.
        wordmark: Text,
        /// How round corners are: `none`, `small` (default) or `large`.
        radius: Text,
        /// How far things stand apart: `compact`, `normal` (default) or `airy`.
        density: Text,
        /// `false` to leave the margin of articles empty: what a figure means opens where it stands. Default: `true`.
        figures: Text,
        /// The parts of an article in the order in which pages have them: `picture`, `key_points`, `figures`, `next_events`, `text`, `players`, `timeline`, `questions`, `more_questions`, `sources`, `about`, which is the default. Parts that are not named follow in that order.
        order: OneOrMany<Text>,
    }
}

mapping! {
    /// Who publishes a site.
    RawPublisher {
        /// Required. The name.
        name: Text,
        /// Where to read more.
        url: Text,
        /// A logo, which search engines show: the path of a file from the site's root, such as `/logo.svg`, or a URL.
        logo: Text,
        /// Policies: which, and the id of the standing page, its path or a URL. `/corrections/` leads to that of `corrections`, and search engines read those of `principles`, `corrections`, `ethics`, `diversity`, `feedback`, `funding`, `sources`, `masthead`, `mission`, `verification` and `bylines`.
        policies: Entries<Text>,
    }
}

mapping! {
    /// Whom to tell of a weakness of the site (RFC 9116).
    RawSecurity {
        /// Required. How to reach them, the best way first: URLs that begin with `https://`, `mailto:` or `tel:`.
        contact: OneOrMany<Text>,
        /// Required. The last day on which this holds, at most a year ahead.
        expires: Text,
        /// The languages that they read: `[en, ja]`.
        languages: OneOrMany<Text>,
        /// The policy: an `https://` URL.
        policy: Text,
        /// Where those who have helped are named: an `https://` URL.
        acknowledgments: Text,
        /// A key for encryption: a URL.
        encryption: Text,
    }
}

mapping! {
    /// How the site looks on a home screen.
    RawManifest {
        /// The name under the icon. Default: the site's title.
        short_name: Text,
        /// `browser` (default), `minimal-ui` or `standalone`.
        display: Text,
        /// The colour of the window's frame, such as `#1d4ed8`.
        theme_color: Text,
        /// The colour that shows until a page is there, such as `#ffffff`.
        background_color: Text,
    }
}

mapping! {
    /// Words that a site adds to those of a language.
    RawWords {
        /// Words that a sentence may begin with, before a name that they are no part of: `selon`.
        beginnings: OneOrMany<Text>,
        /// Titles that stand before names: `préfet`.
        titles: OneOrMany<Text>,
        /// Titles that stand behind names without a space: `首相`.
        titles_after: OneOrMany<Text>,
        /// Places and bodies that a name belongs to: `banque` in `Banque de France`.
        heads: OneOrMany<Text>,
        /// What may follow a short name where words have no spaces: `は`.
        particles: OneOrMany<Text>,
        /// Words that an alias should not be, since texts have them without a name.
        ordinary: OneOrMany<Text>,
    }
}

mapping! {
    /// What the checks accept.
    RawCheck {
        /// Near misses of names that are right as they are.
        accept: OneOrMany<Text>,
        /// Another severity for a code: `error`, `warning`, `info` or `off`.
        levels: Entries<Text>,
    }
}
