//! Lending: what imports can ask for is moved into the instance while a hook runs, and moved back when it has ended.

use std::{mem, sync::Arc};

use bytes::Bytes;
use gateway_model::Identity;
use http::HeaderMap;

use super::Guest;
use crate::{
    call::{About, Attributes, RequestCall, ResponseCall, Visit},
    priority::Given,
    state::{Lent, Priority},
    uses::Uses,
};

/// What goes back to where it came from.
#[derive(Default)]
pub(super) struct Loan<'c> {
    request_headers: Option<&'c mut HeaderMap>,
    response_headers: Option<&'c mut HeaderMap>,
    attributes: Option<&'c mut Attributes>,
    consumer: Option<&'c mut Option<Arc<Identity>>>,
    body: Option<&'c mut Bytes>,
    callouts: Option<&'c mut u32>,
    about: Option<&'c About<'c>>,
    priority: Option<Priority>,
}

/// A guest with what was lent to it. Ends, and gives everything back, when it is dropped: after the call, when the host
/// panics, and when nobody waits for the call any more.
pub(super) struct Lending<'g, 'c> {
    pub(super) guest: &'g mut Guest,
    loan: Loan<'c>,
}

impl<'c> Loan<'c> {
    #[inline]
    pub(super) fn of_request(uses: Uses, call: &'c mut RequestCall<'_>, visit: &'c mut Visit) -> Self {
        let RequestCall { headers, attributes, consumer, about, way, .. } = call;
        let given = Given { route: about.route_priority, wish: about.lowered_to };
        let admitted = way.admission.as_ref().map(|admission| Priority::Admitted(admission.class));
        Self {
            priority: uses.attributes.then(|| admitted.unwrap_or(Priority::Given(given))),
            request_headers: uses.request_headers.then_some(headers),
            attributes: uses.attributes.then_some(attributes),
            consumer: uses.consumer.then_some(consumer),
            ..Self::of_call(uses, about, visit)
        }
    }

    #[inline]
    pub(super) fn of_response(
        uses: Uses,
        call: &'c mut ResponseCall<'_>,
        visit: &'c mut Visit,
        consumer: &'c mut Option<Arc<Identity>>,
    ) -> Self {
        let ResponseCall { headers, attributes, about, .. } = call;
        Self {
            response_headers: uses.response_headers.then_some(headers),
            attributes: uses.attributes.then_some(attributes),
            consumer: uses.consumer.then_some(consumer),
            ..Self::of_call(uses, about, visit)
        }
    }

    /// What hooks without a message are lent, too.
    #[inline]
    pub(super) fn of_call(uses: Uses, about: &'c About<'_>, visit: &'c mut Visit) -> Self {
        Self { about: Some(about), ..Self::of_visit(uses, visit) }
    }

    /// The same for a hook that is about no request.
    #[inline]
    pub(super) fn of_visit(uses: Uses, visit: &'c mut Visit) -> Self {
        Self { callouts: uses.callouts.then_some(&mut visit.callouts), ..Self::default() }
    }

    pub(super) fn with_body(self, uses: Uses, body: &'c mut Bytes) -> Self {
        Self { body: uses.body.then_some(body), ..self }
    }

    /// Exchanges what is lent for what is in the instance: there and, the second time, back.
    #[inline]
    fn exchange(&mut self, lent: &mut Lent) {
        if let Some(headers) = &mut self.request_headers {
            mem::swap(*headers, &mut lent.request_headers);
        }
        if let Some(headers) = &mut self.response_headers {
            mem::swap(*headers, &mut lent.response_headers);
        }
        if let Some(attributes) = &mut self.attributes {
            mem::swap(*attributes, &mut lent.attributes);
        }
        if let Some(consumer) = &mut self.consumer {
            mem::swap(*consumer, &mut lent.consumer);
        }
        if let Some(callouts) = &mut self.callouts {
            mem::swap(*callouts, &mut lent.callouts);
        }
    }
}

impl<'g, 'c> Lending<'g, 'c> {
    #[inline]
    pub(super) fn begin(guest: &'g mut Guest, uses: Uses, loan: Loan<'c>) -> Self {
        let mut loan = loan;
        let lent = &mut guest.state().call;
        loan.exchange(lent);
        lent.replacement = None;
        if let Some(body) = &mut loan.body {
            lent.body = Some(mem::take(*body));
        }
        if let Some(about) = loan.about {
            lent.tell(uses, about);
        }
        lent.about.priority = loan.priority;
        Self { guest, loan }
    }
}

impl Drop for Lending<'_, '_> {
    #[inline]
    fn drop(&mut self) {
        let lent = &mut self.guest.state().call;
        self.loan.exchange(lent);
        if let Some(body) = &mut self.loan.body {
            **body = lent.body.take().unwrap_or_default();
        }
        lent.forget();
    }
}

impl Lent {
    #[inline]
    fn tell(&mut self, uses: Uses, about: &About<'_>) {
        if uses.snapshot {
            self.snapshot = Some(about.snapshot.clone());
        }
        if uses.certificate {
            self.certificate = about.client_certificate.cloned();
        }
        if uses.request_id {
            self.request_id.push_str(about.request_id);
        }
        if uses.load {
            self.load = about.load;
        }
        if uses.route {
            self.about.route.push_str(about.route);
        }
        if uses.attributes {
            let known = &mut self.about;
            known.client_ip = Some(about.client_ip);
            known.upstream.push_str(about.upstream);
            (known.http_version, known.scheme) = (about.http_version, about.scheme);
        }
    }

    #[inline]
    fn forget(&mut self) {
        self.snapshot = None;
        self.consumer = None;
        self.certificate = None;
        self.request_id.clear();
        self.about.route.clear();
        if self.about.client_ip.take().is_some() {
            self.about.upstream.clear();
        }
    }
}
