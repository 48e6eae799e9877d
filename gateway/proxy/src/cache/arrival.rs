//! What becomes of a response of the upstream that the cache has asked for.

use std::{rc::Rc, sync::Arc, time::Duration};

use gateway_algorithms::caching::{
    Asked, Freshness, LifetimeSource, NotStorable, ResponseDirectives, Time, Vary, add_date, freshen,
    freshened_matches, head_matches, is_server_error, refreshed, serves_on_error, storable, stored_headers, vary,
};
use gateway_store::cache::{
    entry::{Entry, EntryHead, Found},
    record::CacheKey,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ETAG},
    response::Parts,
};
use tokio::task;

use super::{
    HttpCache, Lead, Stage, Streamed, fields,
    growing::{Growing, Reader},
    inquiry::{Inquiry, variant},
    intake,
};
use crate::{
    body::{Reservation, Streaming},
    forward,
};

/// How long it is remembered that responses are not stored.
const PASSES: Duration = Duration::from_secs(2);

/// Reasons that are about the request: another one for the same may well be stored.
const OF_REQUESTS: [&str; 2] = ["request-no-store", "cookie"];

/// Tags of one response at most, and the longest one in bytes.
const TAGS: usize = 64;
const TAG: usize = 128;

/// A request to the upstream on behalf of the cache: what is needed when its response is there.
pub(crate) struct Asking {
    pub(crate) cache: Arc<HttpCache>,
    pub(crate) inquiry: Arc<Inquiry>,
    /// Under which others wait for it.
    pub(crate) key: CacheKey,
    pub(crate) url: Arc<str>,
    pub(crate) method: Method,
    /// Of the request, as plugins have left them.
    pub(crate) headers: Rc<HeaderMap>,
    pub(crate) sent: Time,
    /// What is stored: it is to confirm it, or to be replaced.
    pub(crate) stored: Option<Arc<Entry>>,
    /// It asks whether what is stored holds.
    pub(crate) validates: bool,
}

/// What came of it.
pub(crate) enum Arrival {
    /// What is stored holds.
    Validated(Arc<Entry>),
    /// It comes in for all who want it. The head is for who asked.
    Streams(Box<Parts>, Arc<Streamed>, Reader),
    /// It is for who asked only, and why.
    Passes(Box<Response<Streaming>>, &'static str),
    /// The upstream has failed, and what is stored may be served instead.
    Failed(Arc<Entry>),
    /// It says that what is stored holds, and means something else.
    Nonsense,
}

impl Asking {
    /// Takes in the response; tells those who follow `lead`.
    pub(crate) fn arrived(self, response: Response<Streaming>, mut lead: Option<Lead>) -> Arrival {
        let received = self.cache.now();
        let mut response = response;
        add_date(response.headers_mut(), received);
        if let Some(stored) = &self.stored {
            if self.validates && response.status() == StatusCode::NOT_MODIFIED {
                return self.validated(stored.clone(), &response, received, lead.as_mut());
            }
            let may_be_served = serves_on_error(&stored.head.freshness, &self.inquiry.directives, received);
            if is_server_error(response.status()) && may_be_served {
                tell(lead.as_mut(), Stage::ServerError);
                return Arrival::Failed(stored.clone());
            }
        }
        match self.store(&mut response, received) {
            Ok((head, key, reservation)) => self.streams(response, (head, key, reservation), lead),
            Err(reason) => {
                self.passes(reason, received, lead.as_mut());
                Arrival::Passes(Box::new(response), reason)
            }
        }
    }

    fn asked(&self, shared_identity: bool) -> Asked<'_> {
        Asked { method: &self.method, headers: &self.headers, shared_identity }
    }

    // === a confirmation ===

    fn validated(
        &self,
        stored: Arc<Entry>,
        response: &Response<Streaming>,
        received: Time,
        lead: Option<&mut Lead>,
    ) -> Arrival {
        let mut validation = response.headers().clone();
        if !freshened_matches(&stored.head.headers, &validation) {
            // Servers that compress on the way make a strong tag weak, and forget that when they confirm it.
            if !is_weakly(&stored.head.headers, &validation) {
                self.cache.store.remove_exactly(&self.key, &stored);
                return Arrival::Nonsense;
            }
            validation.remove(ETAG);
        }
        let (entry, stays) = self.renewed(&stored, &validation, received);
        tell(lead, if stays { Stage::Validated(entry.clone()) } else { Stage::Passes });
        Arrival::Validated(entry)
    }

    /// What is stored, as it stands after the upstream has confirmed it; and whether it may stay.
    fn renewed(&self, stored: &Arc<Entry>, validation: &HeaderMap, received: Time) -> (Arc<Entry>, bool) {
        let rules = &self.inquiry.caching.rules;
        // What one caller is told belongs to nobody else, though all may have what is stored.
        let is_for_all =
            |shared| storable(rules, &self.asked(shared), stored.head.status, validation, received, self.sent);
        let is_personal = self.inquiry.shared_identity && is_for_all(true) == Err(NotStorable::Authorization);
        if is_personal || self.inquiry.directives.no_store {
            return (stored.clone(), false);
        }
        let mut validation = validation.clone();
        if let Some(name) = &self.inquiry.caching.tag_header {
            validation.remove(name);
        }
        let validation = &validation;
        let directives = ResponseDirectives::parse(validation, rules.cdn_cache_control);
        let mut head = EntryHead { revision: self.inquiry.revision, requested: self.sent, ..stored.head.clone() };
        freshen(&mut head.headers, validation, &directives);
        let asked = self.asked(false);
        head.headers = fields::own(&head.headers);
        let fresh = refreshed(rules, &asked, head.status, &head.headers, validation, (received, self.sent));
        let stays = fresh.is_ok();
        if let Ok(freshness) = fresh {
            head.freshness = freshness;
        }
        let entry = Arc::new(Entry { head, body: stored.body.clone() });
        match stays {
            true => self.cache.store.put(self.key, Found::Response(entry.clone()), received),
            false => self.cache.store.remove_exactly(&self.key, stored),
        }
        (entry, stays)
    }

    // === the head alone ===

    /// Takes in the response to a HEAD, which says whether what is stored still holds (RFC 9111, section 4.3.5).
    pub(crate) fn confirms(&self, response: &Response<Streaming>) {
        let (Some(stored), StatusCode::OK) = (&self.stored, response.status()) else { return };
        let mut known = stored.head.headers.clone();
        known.insert(CONTENT_LENGTH, stored.body.length().into());
        match head_matches(&known, response.headers()) {
            true => drop(self.renewed(stored, response.headers(), self.cache.now())),
            false => self.cache.store.remove_exactly(&self.key, stored),
        }
    }

    // === another response ===

    /// What is stored of it, and under which key; its body is not there yet.
    fn store(
        &self,
        response: &mut Response<Streaming>,
        received: Time,
    ) -> Result<(EntryHead, CacheKey, Reservation), &'static str> {
        let caching = &self.inquiry.caching;
        let asked = self.asked(self.inquiry.shared_identity);
        let (status, headers) = (response.status(), response.headers());
        let freshness = storable(&caching.rules, &asked, status, headers, received, self.sent);
        let freshness = freshness.map_err(NotStorable::as_str)?;
        // What the upstream has not said itself may be about the session that a cookie names.
        let is_said = freshness.source == LifetimeSource::Explicit;
        if !is_said && !caching.ignore_cookies && self.headers.contains_key(COOKIE) {
            return Err("cookie");
        }
        if headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
            return Err("endless");
        }
        let mut reservation = self.cache.filling.reservation();
        let length = response.body().length().unwrap_or(0);
        if length > self.cache.largest() || reservation.resize(length.min(self.cache.object)).is_err() {
            return Err("too-large");
        }
        let names = match vary(headers) {
            None => None,
            // What the gateway tells the upstream itself is not among the fields of the request.
            Some(Vary::Fields(names)) if names.iter().any(forward::is_told_by_gateway) => {
                return Err(NotStorable::VaryAny.as_str());
            }
            Some(Vary::Fields(names)) => Some(names),
            Some(Vary::Any) => return Err(NotStorable::VaryAny.as_str()),
        };
        let for_anyone = storable(&caching.rules, &self.asked(true), status, headers, received, self.sent).is_ok();
        let head = self.head(response, freshness, for_anyone);
        let key = self.place(names.as_deref());
        Ok((head, key, reservation))
    }

    fn head(&self, response: &mut Response<Streaming>, freshness: Freshness, for_anyone: bool) -> EntryHead {
        let caching = &self.inquiry.caching;
        let mut tags = caching.tags.clone();
        if let Some(name) = &caching.tag_header {
            tags.extend(response.headers().get_all(name).iter().flat_map(read_tags));
            tags.truncate(TAGS);
            response.headers_mut().remove(name);
        }
        let headers = response.headers();
        let directives = ResponseDirectives::parse(headers, caching.rules.cdn_cache_control);
        let mut stored = stored_headers(headers, &directives);
        stored.remove(CONTENT_LENGTH);
        EntryHead {
            status: response.status(),
            headers: fields::own(&stored),
            freshness,
            for_anyone,
            requested: self.sent,
            revision: self.inquiry.revision,
            url: self.url.clone(),
            tags: tags.into(),
        }
    }

    /// The key for what varies on these fields; notes for those to come that it does.
    fn place(&self, names: Option<&[HeaderName]>) -> CacheKey {
        let key = &self.inquiry.key;
        match (names, self.cache.store.get(key)) {
            (Some(names), _) => {
                self.cache.store.put(*key, Found::Varies(names.into()), self.sent);
                variant(key, names, &self.headers)
            }
            // The last `Vary` that was not empty holds (RFC 9111, section 4.1).
            (None, Some(Found::Varies(names))) => variant(key, &names, &self.headers),
            (None, _) => *key,
        }
    }

    fn streams(
        self,
        response: Response<Streaming>,
        (head, key, reservation): (EntryHead, CacheKey, Reservation),
        mut lead: Option<Lead>,
    ) -> Arrival {
        let (parts, streaming) = response.into_parts();
        let length = streaming.length();
        let streamed = Arc::new(Streamed { head, key, body: Growing::new(), length });
        let reader = streamed.body.reader(length).expect("nothing of it is gone");
        tell(lead.as_mut(), Stage::Streams(streamed.clone()));
        task::spawn_local(intake::take_in(self.cache, streamed.clone(), streaming, reservation, lead));
        Arrival::Streams(Box::new(parts), streamed, reader)
    }

    /// It is not stored. For a moment nobody waits for another one of its kind.
    fn passes(&self, reason: &'static str, now: Time, lead: Option<&mut Lead>) {
        self.cache.metrics.not_stored(reason);
        tracing::trace!(url = &*self.url, reason, "a response is not cached");
        if lead.is_some() && self.stored.is_none() && !OF_REQUESTS.contains(&reason) {
            self.cache.store.put(self.key, Found::Passes(now.plus(PASSES)), now);
        }
        tell(lead, Stage::Passes);
    }
}

/// Whether two responses have the same entity tag by weak comparison (RFC 9110, section 8.8.3.2).
fn is_weakly(one: &HeaderMap, other: &HeaderMap) -> bool {
    let tag = |headers: &HeaderMap| {
        let value = headers.get(ETAG)?.as_bytes();
        Some(value.strip_prefix(b"W/").unwrap_or(value).to_vec())
    };
    tag(one).is_some() && tag(one) == tag(other)
}

fn tell(lead: Option<&mut Lead>, stage: Stage) {
    if let Some(lead) = lead {
        lead.tell(stage);
    }
}

/// Tags between spaces or commas.
fn read_tags(value: &HeaderValue) -> impl Iterator<Item = Box<str>> {
    let text = value.to_str().unwrap_or_default();
    text.split([' ', ',', '\t']).filter(|tag| (1..=TAG).contains(&tag.len())).map(Box::from)
}
