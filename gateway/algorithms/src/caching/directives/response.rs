//! What a response asks of caches (RFC 9111, section 5.2.2).

use std::time::Duration;

use http::{HeaderMap, HeaderName};

use super::{Directive, cache_control, dictionary};
use crate::caching::fields;

/// The directives of a response, as far as they concern a shared cache.
///
/// Of a directive that comes twice the first one counts (RFC 9111, section 4.2.1). A time that cannot be read is zero: what
/// is badly said of freshness is better taken for stale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseDirectives {
    /// Not to be stored.
    pub no_store: bool,
    /// Not to be used without asking the origin.
    pub no_cache: bool,
    /// For one user, not for a shared cache.
    pub private: bool,
    /// To be stored even where it would not be.
    pub public: bool,
    /// Not to be used when stale.
    pub must_revalidate: bool,
    /// The same, for shared caches only.
    pub proxy_revalidate: bool,
    /// To be stored only by who knows the status; then `no_store` does not count.
    pub must_understand: bool,
    /// Does not change while it is fresh (RFC 8246).
    pub immutable: bool,
    /// The content is not to be transformed.
    pub no_transform: bool,
    /// The lifetime for all caches.
    pub max_age: Option<Duration>,
    /// The lifetime for shared caches.
    pub s_maxage: Option<Duration>,
    /// How long it may be served stale while it is refreshed.
    pub stale_while_revalidate: Option<Duration>,
    /// How long it may be served stale while the origin fails.
    pub stale_if_error: Option<Duration>,
    /// Fields that are not to be stored: those that `no-cache` or `private` name.
    pub withheld: Vec<HeaderName>,
    /// They are those of `CDN-Cache-Control`: neither `Cache-Control` nor `Expires` count (RFC 9213).
    pub targeted: bool,
}

impl ResponseDirectives {
    /// Reads `Cache-Control`; with `cdn`, `CDN-Cache-Control` in its place where that is there and well-formed (RFC 9213,
    /// section 2.2).
    #[must_use]
    pub fn parse(headers: &HeaderMap, cdn: bool) -> Self {
        let targeted = if cdn { dictionary::members(headers, "cdn-cache-control") } else { None };
        let mut all = Self { targeted: targeted.is_some(), ..Self::default() };
        match targeted {
            Some(members) => {
                let directives = members.iter().filter_map(|(name, value)| value.directive(name));
                directives.for_each(|directive| all.add(&directive));
            }
            None => cache_control(headers).for_each(|directive| all.add(&directive)),
        }
        all
    }

    /// The lifetime that they give a shared cache.
    pub(in crate::caching) fn lifetime(&self) -> Option<Duration> {
        self.s_maxage.or(self.max_age)
    }

    fn add(&mut self, directive: &Directive<'_>) {
        match () {
            () if directive.is("no-store") => self.no_store = true,
            () if directive.is("no-cache") => self.no_cache |= self.is_unqualified(directive),
            () if directive.is("private") => self.private |= self.is_unqualified(directive),
            () if directive.is("must-revalidate") => self.must_revalidate = true,
            () if directive.is("proxy-revalidate") => self.proxy_revalidate = true,
            () if directive.is("no-transform") => self.no_transform = true,
            // What allows more is heeded only as it is defined, without an argument.
            () if directive.is("public") => self.public |= directive.argument.is_none(),
            () if directive.is("immutable") => self.immutable |= directive.argument.is_none(),
            () if directive.is("must-understand") => self.must_understand |= directive.argument.is_none(),
            () => self.add_time(directive),
        }
    }

    fn add_time(&mut self, directive: &Directive<'_>) {
        let times = [
            ("max-age", &mut self.max_age),
            ("s-maxage", &mut self.s_maxage),
            ("stale-while-revalidate", &mut self.stale_while_revalidate),
            ("stale-if-error", &mut self.stale_if_error),
        ];
        for (name, time) in times {
            if directive.is(name) {
                let seconds = directive.argument.as_deref().and_then(fields::seconds);
                time.get_or_insert(seconds.unwrap_or_default());
            }
        }
    }

    /// Whether a directive is about the whole response. One that names fields is about those, which are noted; if it names
    /// anything else, it is safer to take it for the whole.
    fn is_unqualified(&mut self, directive: &Directive<'_>) -> bool {
        let Some(argument) = &directive.argument else { return true };
        let elements = argument.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        match fields::names(elements.filter(|name| !name.is_empty())) {
            Some(names) if !names.is_empty() => {
                self.withheld.extend(names);
                false
            }
            _ => true,
        }
    }
}
