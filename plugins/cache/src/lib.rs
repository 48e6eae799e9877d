//! Says which responses are cached in front of upstreams, for how long and for whom.
//!
//! - With nothing set the upstream's own `Cache-Control` decides, by RFC 9111 for a shared cache.
//! - The host has the cache: it stores, answers, asks anew and invalidates; bodies never enter this plugin.

mod parts;
mod settings;
#[cfg(test)]
mod tests;

use sluice_sdk::prelude::*;

use parts::{cookie, has, only, optional};
pub use settings::Settings;
use settings::{BypassSettings, KeySettings, RequestDirectives};

/// The plugin, configured.
#[derive(Debug)]
pub struct CachePlugin {
    settings: Settings,
    cookie: Option<HeaderSlot>,
    key_headers: Vec<HeaderSlot>,
    bypass_headers: Vec<HeaderSlot>,
}

#[plugin(name = "cache", order = 400)]
impl Plugin for CachePlugin {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        let (key, bypass) = (settings.key.as_ref(), settings.bypass.as_ref());
        if key.is_some_and(|key| key.query.is_some()) || bypass.is_some_and(|bypass| bypass.query.is_some()) {
            setup.want_query();
        }
        if settings.request_directives == RequestDirectives::HeedConsumers {
            setup.want_consumer();
        }
        let reads_cookies =
            key.is_some_and(|key| !key.cookies.is_empty()) || bypass.is_some_and(|bypass| bypass.cookies.is_some());
        let cookie = reads_cookies.then(|| setup.request_header("cookie"));
        let mut slots = |names: &[String]| names.iter().map(|name| setup.request_header(name)).collect();
        let key_headers = slots(key.map_or(&[], |key| &key.headers));
        let bypass_headers = slots(bypass.and_then(|bypass| bypass.headers.as_deref()).unwrap_or_default());
        Ok(Self { cookie, key_headers, bypass_headers, settings })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        if self.settings.bypass.as_ref().is_some_and(|bypass| self.passes_by(request, bypass)) {
            request.cache(&Caching::bypass());
            return Ok(Flow::next());
        }
        let key = self.settings.key.as_ref();
        let parts = key.map(|key| self.parts(request, key)).unwrap_or_default();
        let query =
            key.and_then(|key| key.query.as_ref()).map(|names| only(request.query().unwrap_or_default(), names));
        let mut caching = self.rules(request);
        for part in &parts {
            caching = caching.part(part);
        }
        if let Some(query) = &query {
            caching = caching.query(query);
        }
        request.cache(&caching);
        Ok(Flow::next())
    }
}

impl CachePlugin {
    fn passes_by(&self, request: &Request<'_>, bypass: &BypassSettings) -> bool {
        let cookies = self.cookies(request);
        let has_cookie = |names: &Vec<String>| names.iter().any(|name| cookie(cookies, name).is_some());
        self.bypass_headers.iter().any(|slot| request.header_bytes(*slot).is_some())
            || bypass.cookies.as_ref().is_some_and(has_cookie)
            || bypass.path_prefixes.as_ref().is_some_and(|known| known.iter().any(|it| request.is_below(it)))
            || bypass.query.as_ref().is_some_and(|names| has(request.query().unwrap_or_default(), names))
    }

    fn parts(&self, request: &Request<'_>, key: &KeySettings) -> Vec<Vec<u8>> {
        let cookies = self.cookies(request);
        let headers = self.key_headers.iter().map(|slot| optional(request.header_bytes(*slot)));
        headers.chain(key.cookies.iter().map(|name| optional(cookie(cookies, name)))).collect()
    }

    fn cookies<'r>(&self, request: &Request<'r>) -> &'r [u8] {
        self.cookie.and_then(|slot| request.header_bytes(slot)).unwrap_or_default()
    }

    fn rules<'s>(&'s self, request: &Request<'_>) -> Caching<'s> {
        let settings = &self.settings;
        let mut caching = settings.tags.iter().fold(self.times(), |rules, tag| rules.tag(tag));
        if let Some(name) = &settings.tag_header {
            caching = caching.tag_header(name);
        }
        if settings.key.as_ref().is_some_and(|key| key.consumer) {
            caching = caching.per_consumer();
        }
        if settings.ignore_cookies {
            caching = caching.ignore_cookies();
        }
        if settings.store_set_cookie {
            caching = caching.store_set_cookie();
        }
        if settings.cdn_cache_control {
            caching = caching.cdn_cache_control();
        }
        if settings.strict_s_maxage {
            caching = caching.strict_s_maxage();
        }
        if self.ignores(request) {
            caching = caching.ignore_request_directives();
        }
        caching
    }

    fn times(&self) -> Caching<'_> {
        let Settings { ttl, default_ttl, stale_while_revalidate, stale_if_error, .. } = self.settings;
        let mut caching = Caching::new();
        if let Some(ttl) = ttl {
            caching = caching.lifetime(ttl);
        }
        if let Some(ttl) = default_ttl {
            caching = caching.default_lifetime(ttl);
        }
        if let Some(time) = stale_while_revalidate {
            caching = caching.stale_while_revalidate(time);
        }
        if let Some(time) = stale_if_error {
            caching = caching.stale_if_error(time);
        }
        caching
    }

    /// Whether what the request says to caches is not heeded.
    fn ignores(&self, request: &Request<'_>) -> bool {
        match self.settings.request_directives {
            RequestDirectives::Heed => false,
            RequestDirectives::HeedConsumers => request.consumer().is_none(),
            RequestDirectives::Ignore => true,
        }
    }
}
