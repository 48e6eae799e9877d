//! What a request asks of caches (RFC 9111, section 5.2.1).

use std::time::Duration;

use http::{
    HeaderMap,
    header::{CACHE_CONTROL, PRAGMA},
};

use super::{Directive, cache_control};
use crate::caching::{Rules, fields};

/// The directives of a request. All are wishes: a cache may do without any of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestDirectives {
    /// Nothing stored without asking the origin.
    pub no_cache: bool,
    /// Neither request nor response are to be stored.
    pub no_store: bool,
    /// Nothing older.
    pub max_age: Option<Duration>,
    /// Nothing that stays fresh for less.
    pub min_fresh: Option<Duration>,
    /// What has been stale for no longer will do.
    pub max_stale: Option<MaxStale>,
    /// What has been stale for no longer will do where the origin fails (RFC 5861, section 4).
    pub stale_if_error: Option<Duration>,
    /// The origin is not to be asked: 504 if nothing stored will do.
    pub only_if_cached: bool,
}

/// How long a response may have been stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxStale {
    /// For any time.
    Any,
    /// For so long.
    For(Duration),
}

impl RequestDirectives {
    /// Reads `Cache-Control`, or `Pragma: no-cache` where there is none (RFC 9111, section 5.4). Of a directive that comes
    /// twice the first one counts.
    #[must_use]
    pub fn parse(headers: &HeaderMap) -> Self {
        let mut all = Self::default();
        match headers.contains_key(CACHE_CONTROL) {
            true => cache_control(headers).for_each(|directive| all.add(&directive)),
            false => {
                let mut pragmas = fields::elements(headers, PRAGMA).map(Directive::new);
                all.no_cache = pragmas.any(|pragma| pragma.is("no-cache"));
            }
        }
        all
    }

    /// What is left of them where the directives of requests are not heeded.
    #[must_use]
    pub fn heeded(self, rules: &Rules) -> Self {
        match rules.ignore_request_directives {
            true => Self { only_if_cached: self.only_if_cached, ..Self::default() },
            false => self,
        }
    }

    fn add(&mut self, directive: &Directive<'_>) {
        let seconds = || directive.argument.as_deref().and_then(fields::seconds);
        match () {
            () if directive.is("no-cache") => self.no_cache = true,
            () if directive.is("no-store") => self.no_store = true,
            () if directive.is("only-if-cached") => self.only_if_cached = true,
            // What cannot be read asks for the most that it can ask for.
            () if directive.is("max-age") => self.max_age = self.max_age.or(Some(seconds().unwrap_or_default())),
            () if directive.is("min-fresh") => self.min_fresh = self.min_fresh.or_else(seconds),
            () if directive.is("max-stale") => self.max_stale = self.max_stale.or_else(|| MaxStale::new(directive)),
            () if directive.is("stale-if-error") => self.stale_if_error = self.stale_if_error.or_else(seconds),
            () => {}
        }
    }
}

impl MaxStale {
    fn new(directive: &Directive<'_>) -> Option<Self> {
        match &directive.argument {
            Some(argument) => fields::seconds(argument).map(Self::For),
            None => Some(Self::Any),
        }
    }

    pub(in crate::caching) fn allows(self, staleness: Duration) -> bool {
        match self {
            Self::Any => true,
            Self::For(longest) => staleness <= longest,
        }
    }
}
