//! The keys that other generators and editors of content use, and what each means here.
//!
//! This is the one list: the messages are made from it, and `briefing explain unknown-key` prints it. A name stands for
//! itself in any letter case, with `-`, `_` or nothing between its words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyMeaning {
    /// Elsewhere the page is hidden while it is true.
    Hides,
    /// Elsewhere the page is hidden while it is false.
    Shows,
    /// Elsewhere the page is left out of lists, search or the sitemap while it is true.
    Unlists,
    /// The same, while it is false.
    Lists,
    /// A word that says how far the page has come, or who may see it.
    Workflow,
    /// The same, or a word about something else.
    MaybeWorkflow,
    /// Elsewhere only those who know it see the page.
    Password,
    /// The moment until which the page is held back.
    Held,
    /// The page's date. Elsewhere a page with a date to come is held back.
    Dated,
    /// The moment from which the page is no longer shown.
    Ends,
    /// The same, or the end of something else.
    Until,
    /// Elsewhere the page leaves the lists while it is true.
    Withdraws,
    /// One of our keys says the same: the first of these that the kind has.
    Ours(&'static [&'static str]),
    /// Nothing here.
    Nothing,
}

/// A meaning, and the names that have it, parted by spaces.
pub(super) type MeaningRow = (KeyMeaning, &'static str);

/// The keys of a page.
pub(super) const PAGE: &[MeaningRow] = &[
    (
        KeyMeaning::Hides,
        "draft drafts is_draft in_draft draft_mode private is_private hidden is_hidden hide hide_page hide_post \
         wip work_in_progress unpublish unpublished not_published do_not_publish dont_publish no_publish \
         publish_never not_public non_public secret confidential internal internal_only members_only \
         subscribers_only restricted skip ignore ignored disabled disable inactive deleted trashed trash exclude \
         excluded headless no_render no_build offline needs_review pending",
    ),
    (
        KeyMeaning::Shows,
        "publish is_published visible is_visible public is_public active is_active enabled enable live is_live \
         online released approved show",
    ),
    (
        KeyMeaning::Unlists,
        "unlisted is_unlisted noindex no_index robots_noindex robots robots_disallow hidden_from_search \
         hide_from_search search_exclude exclude_search exclude_from_search eleventyExcludeFromCollections \
         exclude_from_collections exclude_from_sitemap sitemap_exclude sitemap_ignore no_sitemap \
         hidden_in_home_list hidden_from_home_page hide_from_list hide_from_feed exclude_from_feed not_in_nav \
         hide_from_nav",
    ),
    (
        KeyMeaning::Lists,
        "render output build _build write listed list indexed index searchable search in_search in_search_index \
         sitemap show_in_list in_list include_in_search in_sitemap",
    ),
    (
        KeyMeaning::Workflow,
        "post_status page_status content_status article_status publish_status publishing_status \
         publication_status publish_state publication_state editorial_status review_status workflow \
         workflow_state workflow_status moderation_state visibility post_visibility",
    ),
    (KeyMeaning::MaybeWorkflow, "state stage phase access access_level audience permissions"),
    (
        KeyMeaning::Password,
        "password passphrase post_password protected password_protected encrypted encrypt",
    ),
    (
        KeyMeaning::Held,
        "embargo embargoed embargo_until embargoed_until embargo_date embargo_end embargo_ends embargo_end_date \
         embargo_lift publishDate publish_at publish_on publish_time publish_after publish_from publish_up \
         publish_start publish_start_date start_publishing go_live go_live_at go_live_date live_date live_on \
         live_at live_from live_after visible_from visible_after available_from available_on available_at \
         scheduled scheduled_for scheduled_at scheduled_date schedule schedule_date hold hold_until hidden_until \
         hide_until private_until draft_until not_before valid_from release_date release_on release_at \
         releases_on future",
    ),
    (
        KeyMeaning::Dated,
        "date datetime pubDate pub_datetime published_date published_at published_on published_time \
         publication_date date_of_publication date_published date_publish first_published posted posted_on \
         post_date date_posted released_on released_at time",
    ),
    (
        KeyMeaning::Ends,
        "expire expired expiry expiryDate expire_date expires_at expires_on expires_after expire_on expiration \
         expiration_date date_expires unpublishDate unpublish_on unpublish_at unpublish_after unpublished_at \
         publish_until publish_down publish_end publish_end_date stop_publishing take_down take_down_date \
         remove_on remove_after remove_date delete_on delete_after deleted_at hide_on hide_after offline_on \
         offline_date visible_until available_until show_until archive_on archive_date archive_after archived_at \
         archived_on sunset sunset_date",
    ),
    (KeyMeaning::Until, "end_date until valid_until valid_through valid_to not_after"),
    (
        KeyMeaning::Withdraws,
        "archived archive is_archived withdrawn is_withdrawn retracted retired removed",
    ),
    (
        KeyMeaning::Ours(&["title", "name"]),
        "name title headline heading page_title seo_title full_name display_name",
    ),
    (
        KeyMeaning::Ours(&["summary"]),
        "description excerpt deck dek subtitle sub_title subhead standfirst abstract lede intro introduction \
         teaser tagline blurb synopsis meta_description seo_description og_description short_description",
    ),
    (
        KeyMeaning::Ours(&["topics"]),
        "tags tag categories category keywords keyword labels taxonomies subjects subject topic section sections",
    ),
    (
        KeyMeaning::Ours(&["updated"]),
        "lastmod last_mod modified last_modified last_modified_at last_updated last_update date_modified \
         modified_date mod_date date_updated updated_at updated_on updated_date update revised edited mtime",
    ),
    (
        KeyMeaning::Ours(&["published"]),
        "created created_at created_on date_created creation_date ctime",
    ),
    (
        KeyMeaning::Ours(&["redirect_from"]),
        "aliases alias old_urls old_url redirects redirect moved_from previous_urls",
    ),
    (KeyMeaning::Ours(&["slug"]), "permalink url path uri url_path basename filename"),
    (KeyMeaning::Ours(&["lang"]), "language locale lng lang_code language_code"),
    (
        KeyMeaning::Ours(&["image"]),
        "cover cover_image thumbnail thumb featured_image feature_image featured_img banner og_image social_image \
         hero hero_image header_image teaser_image images img picture photo",
    ),
    (
        KeyMeaning::Ours(&["authors"]),
        "author byline by writer writers contributors creator post_author",
    ),
    (KeyMeaning::Ours(&["sources"]), "references bibliography citations refs source"),
    (
        KeyMeaning::Ours(&["reviewed"]),
        "last_reviewed reviewed_at reviewed_on review_date fact_checked",
    ),
    (KeyMeaning::Ours(&["changes"]), "corrections correction changelog history updates"),
    (KeyMeaning::Ours(&["key_points"]), "takeaways key_takeaways highlights bullets"),
    (KeyMeaning::Ours(&["faq"]), "faqs questions q_and_a"),
    (KeyMeaning::Ours(&["players"]), "people actors who"),
    (KeyMeaning::Ours(&["dateline"]), "location place"),
    (
        KeyMeaning::Nothing,
        "layout template weight type menu menus toc table_of_contents comments allow_comments comment_status math \
         mathjax katex mermaid sidebar sidebar_label sidebar_position nav_order nav_exclude has_children \
         grand_parent pagination series featured pinned sticky resources cascade params cssclass cssclasses uuid \
         guid id format markup share sharing disqus reading_time word_count publisher outputs aliases_for sort_by \
         paginate_by theme css js scripts styles collection hide_title hide_table_of_contents hide_meta \
         hide_summary hide_toc states stats",
    ),
];

/// The keys of `site.yaml`.
pub(super) const SITE: &[MeaningRow] = &[
    (
        KeyMeaning::Hides,
        "draft private hidden unlisted secret internal confidential wip maintenance coming_soon offline disabled \
         restricted members_only",
    ),
    (KeyMeaning::Shows, "publish_site public visible live online enabled"),
    (KeyMeaning::Unlists, "noindex no_index robots"),
    (KeyMeaning::Lists, "searchable index indexed"),
    (KeyMeaning::Workflow, "status visibility state"),
    (KeyMeaning::Password, "password passphrase protected users htpasswd basic_auth auth"),
    (
        KeyMeaning::Held,
        "embargo embargoed_until embargo_until publishDate publish_on publish_at go_live published",
    ),
    (KeyMeaning::Ends, "expires expiryDate unpublishDate unpublish_on"),
    (KeyMeaning::Ours(&["title"]), "name site_name site_title headline"),
    (KeyMeaning::Ours(&["base_url"]), "url base site_url root_url site domain"),
    (KeyMeaning::Ours(&["description"]), "summary tagline subtitle site_description"),
    (
        KeyMeaning::Ours(&["lang"]),
        "language languageCode locale default_language default_content_language",
    ),
    (KeyMeaning::Ours(&["timezone"]), "tz time_zone"),
    (KeyMeaning::Ours(&["authors"]), "author"),
    (KeyMeaning::Ours(&["nav"]), "menu menus navigation navbar links"),
    (
        KeyMeaning::Nothing,
        "theme themes plugins markdown markup permalink permalinks paginate pagination collections defaults \
         taxonomies params extra output_dir source destination highlight analytics logo icon favicon social date \
         version",
    ),
];

/// Keys of `site.yaml` with which other generators keep files out.
pub(super) const KEEPS_OUT: &str = "exclude excludes excluded ignore ignores ignored ignore_files ignored_content exclude_docs draft_docs \
         skip";

/// Keys of `site.yaml` with which other generators show what is not public yet.
pub(super) const PREVIEWS: &str =
    "drafts show_drafts build_drafts future build_future show_future build_expired render_drafts";

/// Words that a key of one's own may be made of, and that hide a page: `is-private-for-now`.
pub(super) const STRONG: &str = "draft drafts private hidden embargo embargoed unlisted unpublished unpublish secret confidential noindex \
         wip";

/// Words that say that a page is public.
pub(super) const SHOWN: &str = "published publish public live online active open everyone everybody all anyone final done ready complete \
         completed released approved visible yes true on 1 index follow free enabled listed";

/// Words that say that a page is not.
pub(super) const HIDDEN: &str = "draft drafts private hidden unpublished unlisted embargo embargoed secret confidential internal pending \
         review inreview needsreview future scheduled trash trashed deleted wip workinprogress offline inactive \
         disabled invisible restricted members membersonly paid subscribers noindex notpublic nonpublic \
         notpublished donotpublish never";

/// Words that say that a page is no longer.
pub(super) const GONE: &str =
    "archived archive withdrawn retracted retired removed expired obsolete";

/// A name as it is compared: lower case, letters and digits alone, compatibility forms folded.
pub(super) fn normal(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded = name.nfkc().flat_map(char::to_lowercase);
    folded.filter(|c| c.is_alphanumeric()).collect()
}

/// Finds a meaning by the name's normal form.
pub(super) struct KeyIndex(FxHashMap<String, KeyMeaning>);

impl KeyIndex {
    fn new(rows: &[MeaningRow]) -> Self {
        let mut index = FxHashMap::default();
        for (meaning, names) in rows {
            for name in names.split_whitespace() {
                index.entry(normal(name)).or_insert(*meaning);
            }
        }
        Self(index)
    }

    pub(super) fn get(&self, normal: &str) -> Option<KeyMeaning> {
        self.0.get(normal).copied()
    }
}

/// The keys of pages by their normal forms.
pub(super) static PAGE_INDEX: LazyLock<KeyIndex> = LazyLock::new(|| KeyIndex::new(PAGE));

/// The keys of `site.yaml` by their normal forms.
pub(super) static SITE_INDEX: LazyLock<KeyIndex> = LazyLock::new(|| KeyIndex::new(SITE));
