//! What the operator sets.

use sluice_sdk::prelude::*;

/// Which responses are cached, for how long and for whom. With nothing set, as the upstream's own `Cache-Control` says.
#[derive(Debug, Config)]
pub struct Settings {
    /// How long responses are fresh, whatever the upstream says of that: "5m" makes it the simple cache of five minutes.
    /// What the upstream calls `private` or `no-store` is not stored even so.
    #[config(min = "1s", max = "365d")]
    pub(crate) ttl: Option<Duration>,
    /// How long responses are fresh of which neither the upstream nor a heuristic says so.
    #[config(min = "1s", max = "365d")]
    pub(crate) default_ttl: Option<Duration>,
    /// For how long stale responses are served while one request asks anew, where the upstream does not say.
    #[config(max = "365d")]
    pub(crate) stale_while_revalidate: Option<Duration>,
    /// For how long stale responses are served when the upstream fails, where it does not say.
    #[config(max = "365d")]
    pub(crate) stale_if_error: Option<Duration>,
    /// What tells responses apart beside URL and `Vary`.
    pub(crate) key: Option<KeySettings>,
    /// Requests that the cache neither answers nor learns from: those that match one of these.
    pub(crate) bypass: Option<BypassSettings>,
    /// What purges the responses, on all nodes.
    #[config(default = [], max_items = 16, each(min_length = 1, max_length = 64))]
    pub(crate) tags: Vec<String>,
    /// Header of responses that has more tags, between spaces or commas; clients do not see it.
    #[config(header_name)]
    pub(crate) tag_header: Option<String>,
    /// Whether `Cache-Control` of requests is heeded.
    #[config(default = "heed")]
    pub(crate) request_directives: RequestDirectives,
    /// Also stores what the upstream has not said how long to keep when the request has cookies: they are known not to
    /// matter, or are in the key.
    #[config(default = false)]
    pub(crate) ignore_cookies: bool,
    /// Stores responses that set cookies, without the cookies.
    #[config(default = false)]
    pub(crate) store_set_cookie: bool,
    /// Heeds `CDN-Cache-Control` (RFC 9213) in place of `Cache-Control`.
    #[config(default = false)]
    pub(crate) cdn_cache_control: bool,
    /// `s-maxage` forbids stale responses even where `stale-while-revalidate` or `stale-if-error` allow them.
    #[config(default = false)]
    pub(crate) strict_s_maxage: bool,
}

/// What tells responses apart.
#[derive(Debug, Config)]
pub(crate) struct KeySettings {
    /// The only parameters of the query that matter, in the order in which they come; all of them if not given.
    #[config(max_items = 64, each(min_length = 1, max_length = 128))]
    pub(crate) query: Option<Vec<String>>,
    /// Headers of requests whose value matters.
    #[config(default = [], max_items = 8, each(header_name))]
    pub(crate) headers: Vec<String>,
    /// Cookies whose value matters.
    #[config(default = [], max_items = 7, each(min_length = 1, max_length = 128))]
    pub(crate) cookies: Vec<String>,
    /// Each consumer has their own responses, and each `authorization` where no consumer is known; all others share theirs.
    #[config(default = false)]
    pub(crate) consumer: bool,
}

/// What is not for the cache.
#[derive(Debug, Config)]
#[config(any_of(headers, cookies, path_prefixes, query))]
pub(crate) struct BypassSettings {
    /// The request has one of these headers.
    #[config(min_items = 1, max_items = 16, each(header_name))]
    pub(crate) headers: Option<Vec<String>>,
    /// It has one of these cookies.
    #[config(min_items = 1, max_items = 16, each(min_length = 1, max_length = 128))]
    pub(crate) cookies: Option<Vec<String>>,
    /// Its path is one of these or below it.
    #[config(min_items = 1, max_items = 64, each(pattern = "^/"))]
    pub(crate) path_prefixes: Option<Vec<String>>,
    /// Its query has one of these parameters.
    #[config(min_items = 1, max_items = 16, each(min_length = 1, max_length = 128))]
    pub(crate) query: Option<Vec<String>>,
}

/// Whose `Cache-Control` is heeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum RequestDirectives {
    /// Everybody's.
    Heed,
    /// That of consumers who are known; anybody could have the upstream asked each time.
    HeedConsumers,
    /// Nobody's, but for `only-if-cached`.
    Ignore,
}
