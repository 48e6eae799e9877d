//! What became of a request in a test.

use std::time::Duration;

use crate::PriorityClass;

use super::{headers::Headers, host::Charged};

/// The response, and how it came about.
#[derive(Debug, Default)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    pub(super) cut_off: bool,
    pub(super) cached: bool,
    pub(super) problem: Option<Problem>,
    pub(super) fault: Option<String>,
    pub(super) log_fault: Option<String>,
    pub(super) consumer: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) upstream_request: Option<UpstreamRequest>,
    pub(super) charged: Vec<Charged>,
    pub(super) violated_policies: Vec<String>,
    pub(super) admission: Option<Admitted>,
    pub(super) caching: Option<CachingRules>,
}

/// How the plugin has the response cached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CachingRules {
    /// The cache is not asked, and nothing is stored.
    pub bypass: bool,
    /// Each consumer has their own responses.
    pub per_consumer: bool,
    /// Responses that set cookies are stored, without the cookies.
    pub store_set_cookie: bool,
    /// Cookies of the request do not matter.
    pub ignore_cookies: bool,
    /// `CDN-Cache-Control` is heeded.
    pub cdn_cache_control: bool,
    /// What the request says to caches is not heeded.
    pub ignore_request_directives: bool,
    /// `s-maxage` forbids stale responses, whatever allows them.
    pub strict_s_maxage: bool,
    /// Stands for the query in the key.
    pub query: Option<String>,
    /// What tells responses apart beside the URL.
    pub parts: Vec<Vec<u8>>,
    /// In place of the lifetime that the upstream gives.
    pub lifetime: Option<Duration>,
    /// Where neither the upstream nor a heuristic gives one.
    pub default_lifetime: Option<Duration>,
    /// Where the upstream does not say.
    pub stale_while_revalidate: Option<Duration>,
    /// Where the upstream does not say.
    pub stale_if_error: Option<Duration>,
    /// Purging one of these drops the response.
    pub tags: Vec<String>,
    /// A field of the response that has more.
    pub tag_header: Option<String>,
}

/// How the plugin has admitted the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// How important it is.
    pub class: PriorityClass,
    /// The longest wait for a slot, if that is shorter than the class's own.
    pub max_wait: Option<Duration>,
    /// With whom it shares its turns.
    pub fairness_key: Option<String>,
    /// The key of the kept response for the client when there is no capacity.
    pub stale: Option<String>,
}

/// The members of a problem, before the host adds `status` and `instance`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The member `type`.
    pub kind: String,
    /// The member `title`.
    pub title: String,
    /// The member `detail`.
    pub detail: Option<String>,
}

/// The request as the upstream got it.
#[derive(Debug, Default)]
pub struct UpstreamRequest {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    pub(super) cut_off: bool,
    pub(super) upstream: Option<String>,
    pub(super) timeout: Option<Duration>,
}

// === impl Reply ===

impl Reply {
    /// The status code; 503 after a fault.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first field line of a response header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.text(name)
    }

    /// All field lines of a response header.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.texts(name)
    }

    /// The body that the client gets; empty for a problem, which the host writes.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    ///
    /// # Panics
    /// If it is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is not text")
    }

    /// Whether the client got all of it: a chunk hook may break a response off.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.cut_off
    }

    /// Whether the plugin's cache answered.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        self.cached
    }

    /// The problem with which the plugin refused.
    ///
    /// # Panics
    /// If it did not refuse.
    #[must_use]
    #[track_caller]
    pub fn problem(&self) -> &Problem {
        self.problem.as_ref().unwrap_or_else(|| panic!("the plugin did not refuse: {self:?}"))
    }

    /// The message of the fault, if a hook failed.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The message of the fault, if the log hook failed, which no client sees.
    #[must_use]
    pub fn log_fault(&self) -> Option<&str> {
        self.log_fault.as_deref()
    }

    /// Who called, by this plugin or by one before it.
    #[must_use]
    pub fn consumer(&self) -> Option<&str> {
        self.consumer.as_deref()
    }

    /// What `set_attribute` has noted, here or in a plugin before.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What was charged, or would have been if no limit had refused, in order.
    #[must_use]
    pub fn charged(&self) -> &[Charged] {
        &self.charged
    }

    /// The limits that refused the request.
    #[must_use]
    pub fn violated_policies(&self) -> &[String] {
        &self.violated_policies
    }

    /// How the plugin has admitted the request; none if it did not say.
    #[must_use]
    pub fn admission(&self) -> Option<&Admitted> {
        self.admission.as_ref()
    }

    /// How the plugin has the response cached; none if it did not say.
    #[must_use]
    pub fn caching(&self) -> Option<&CachingRules> {
        self.caching.as_ref()
    }

    /// Whether the request went on to the upstream.
    #[must_use]
    pub fn reached_upstream(&self) -> bool {
        self.upstream_request.is_some()
    }

    /// The request as the upstream got it.
    ///
    /// # Panics
    /// If it got none.
    #[must_use]
    #[track_caller]
    pub fn upstream_request(&self) -> &UpstreamRequest {
        self.upstream_request.as_ref().unwrap_or_else(|| panic!("the upstream got no request: {self:?}"))
    }
}

// === impl UpstreamRequest ===

impl UpstreamRequest {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, without its '?'.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The first field line of a request header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.text(name)
    }

    /// All field lines of a request header.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.texts(name)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the upstream got all of it: a chunk hook may break a request off.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.cut_off
    }

    /// The upstream that the plugin chose; `None` for that of the route.
    #[must_use]
    pub fn upstream(&self) -> Option<&str> {
        self.upstream.as_deref()
    }

    /// The timeout that the plugin set.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}
