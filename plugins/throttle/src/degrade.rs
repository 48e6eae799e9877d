//! What is kept of responses, to answer with it when there is no capacity: only what anybody may be told.

use sluice_sdk::prelude::*;

use crate::settings::{DegradeSettings, ranks};

/// What responses say to caches (RFC 9111 section 5.2.2) that rules out that they are kept for everybody, or served stale.
const FORBIDDING: [&str; 6] = ["private", "no-store", "no-cache", "must-revalidate", "proxy-revalidate", "s-maxage"];

/// Fields of a request by which an upstream may tell its sender, or something else than what is in the key.
const PERSONAL: [&str; 5] = ["authorization", "cookie", "x-api-key", "x-http-method-override", "range"];

/// Keeps responses.
#[derive(Debug)]
pub(crate) struct Degrade {
    keep_for: Duration,
    /// By rank.
    classes: [bool; 4],
    /// A request that has one of these is about its sender, or asks for a part.
    personal: [HeaderSlot; 5],
    accept_encoding: HeaderSlot,
    set_cookie: ResponseHeaderSlot,
    cache_control: ResponseHeaderSlot,
    vary: ResponseHeaderSlot,
}

/// Under which key the response to a request may be kept.
#[derive(Clone, Debug, PartialEq, Eq, State)]
pub struct Keep {
    pub(crate) key: String,
    /// Somebody is known to call: only what the upstream calls public is for everybody.
    pub(crate) known: bool,
}

impl Degrade {
    pub(crate) fn new(settings: DegradeSettings, setup: &mut Setup) -> Self {
        setup.want_query();
        setup.want_authority();
        setup.want_consumer();
        Self {
            keep_for: settings.keep_for,
            classes: ranks(&settings.classes),
            personal: PERSONAL.map(|name| setup.request_header(name)),
            accept_encoding: setup.request_header("accept-encoding"),
            set_cookie: setup.response_header("set-cookie"),
            cache_control: setup.response_header("cache-control"),
            vary: setup.response_header("vary"),
        }
    }

    /// Where the answer to this request is kept; none if it is not.
    ///
    /// A hash, for paths are longer than keys may be. Each part stands behind its length, so that no two requests are alike.
    /// What the client can decode is part of it, because the key is made before the response says whether it depends on that.
    pub(crate) fn key(&self, request: &Request<'_>, class: PriorityClass) -> Option<Keep> {
        let personal = self.personal.iter().any(|slot| request.header_bytes(*slot).is_some());
        // An upstream may read the body of a GET, and the key has nothing of it.
        let is_plain = request.method() == "GET" && request.content_length() == Some(0) && !personal;
        if !self.classes[class.rank()] || !is_plain {
            return None;
        }
        let known = request.consumer().is_some();
        let authority = request.authority()?.to_ascii_lowercase();
        let encodings = request.header_bytes(self.accept_encoding).unwrap_or_default();
        let query = request.query();
        let parts = [authority.as_bytes(), request.path().as_bytes(), query.unwrap_or_default().as_bytes(), encodings];
        let mut text = vec![u8::from(known), u8::from(query.is_some())];
        for part in parts {
            text.extend_from_slice(&(part.len() as u64).to_le_bytes());
            text.extend_from_slice(part);
        }
        Some(Keep { key: crypto::hex(crypto::sha256(text)), known })
    }

    /// Keeps a response that anybody may be told.
    pub(crate) fn keep(&self, response: &mut Response<'_>, keep: Keep) {
        let text = |slot| response.header_bytes(slot).map(String::from_utf8_lossy).unwrap_or_default();
        let (cache_control, vary) = (text(self.cache_control), text(self.vary));
        let is_plain = response.status() == 200
            && response.source() == Source::Upstream
            && response.header_bytes(self.set_cookie).is_none();
        let is_public = !keep.known || elements(&cache_control).any(|directive| is(directive, "public"));
        let is_forbidden = elements(&cache_control).any(|it| FORBIDDING.iter().any(|name| is(it, name)));
        let varies = elements(&vary).any(|name| !name.eq_ignore_ascii_case("accept-encoding"));
        if is_plain && is_public && !is_forbidden && !varies {
            response.store(&CacheDirective::new(keep.key, self.keep_for));
        }
    }
}

fn elements(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim_ascii).filter(|element| !element.is_empty())
}

/// Whether a directive has this name, with an argument or without.
fn is(directive: &str, name: &str) -> bool {
    directive.split('=').next().is_some_and(|known| known.trim_ascii().eq_ignore_ascii_case(name))
}
