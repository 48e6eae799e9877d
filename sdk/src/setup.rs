//! What a plugin declares and defines while it is configured.

mod hooks;

use std::time::Duration;

use sluice_abi::{
    outcome::is_reserved,
    wire::{Declaration, Hooks, Wants},
};

use crate::{
    Error, Hook, Result,
    crypto::Hmac,
    identity::{Jwt, JwtPolicy, TokenPolicy, Tokens},
    kv,
    limit::{Policy, RateLimit},
    limits::{self, Limit},
    metrics::{Counter, Gauge, Histogram, LabelledCounter},
    remote,
};

/// Handed to [`Plugin::new`](crate::Plugin::new); what is declared here reaches the hooks in one crossing, without host calls.
#[derive(Debug)]
pub struct Setup {
    declaration: Declaration,
    /// The first thing that is wrong with it: told when `new` is done.
    wrong: Option<Error>,
}

/// A request header that the hook wants to read: [`Request::header`](crate::Request::header).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderSlot(usize);

/// A response header that the hook wants to read: [`Response::header`](crate::Response::header).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseHeaderSlot(usize);

/// A header to write or remove, parsed once by the host instead of once for each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderName(u16);

// === impl Setup ===

impl Setup {
    /// For a plugin that defines `hooks`.
    pub(crate) fn new(hooks: Hooks) -> Self {
        Self { declaration: Declaration { hooks, ..Declaration::default() }, wrong: None }
    }

    /// Wants a request header. Several field lines of one name arrive joined by ", " (cookies by "; ").
    ///
    /// A text that is no header name fails the configuration once `new` has returned.
    pub fn request_header(&mut self, name: &str) -> HeaderSlot {
        let name = self.checked(name);
        HeaderSlot(position(&mut self.declaration.request_headers, name))
    }

    /// Wants a response header, as [`Setup::request_header`] does a request header.
    pub fn response_header(&mut self, name: &str) -> ResponseHeaderSlot {
        let name = self.checked(name);
        ResponseHeaderSlot(position(&mut self.declaration.response_headers, name))
    }

    /// Declares the name of a header that the hooks set, append or remove.
    ///
    /// Headers of connection, framing and routing (`connection`, `content-length`, `host`, `proxy-…`, …) belong to the
    /// gateway: declaring one fails the configuration.
    pub fn header_name(&mut self, name: &str) -> HeaderName {
        let name = self.checked(name);
        if is_reserved(&name) {
            self.refuse(format!("{name:?} is a header that the gateway sets itself: leave it alone"));
        }
        let position = position(&mut self.declaration.header_names, name);
        HeaderName(u16::try_from(position).unwrap_or_else(|_| {
            self.refuse("there are more header names than any host takes".to_owned());
            0
        }))
    }

    /// Wants the query string: [`Request::query`](crate::Request::query).
    pub fn want_query(&mut self) {
        self.declaration.wants = self.declaration.wants.with(Wants::QUERY);
    }

    /// Wants the host and port that the client asked for: [`Request::authority`](crate::Request::authority).
    pub fn want_authority(&mut self) {
        self.declaration.wants = self.declaration.wants.with(Wants::AUTHORITY);
    }

    /// Wants the client's address: [`Request::client_ip`](crate::Request::client_ip).
    pub fn want_client_ip(&mut self) {
        self.declaration.wants = self.declaration.wants.with(Wants::CLIENT_IP);
    }

    /// Wants the consumer's name: [`Request::consumer`](crate::Request::consumer).
    pub fn want_consumer(&mut self) {
        self.declaration.wants = self.declaration.wants.with(Wants::CONSUMER);
    }

    /// Says that this configuration never waits for callouts, remote stores or keys, though other ones of this plugin do.
    ///
    /// Its hooks then run without fibers, which is a little cheaper; what would have to wait is
    /// [`HostError::Unavailable`](crate::HostError::Unavailable) to them.
    pub fn never_wait(&mut self) {
        self.declaration.wants = self.declaration.wants.with(Wants::NEVER_WAITS);
    }

    /// Defines a limit, at most 32 for each attachment.
    ///
    /// # Errors
    /// What the host says against it, such as a limit of 0.
    pub fn rate_limit(&mut self, policy: Policy) -> Result<RateLimit> {
        RateLimit::define(policy)
    }

    /// Defines a limit that the host charges: [`Request::charge`](crate::Request::charge). At most 32 for each attachment.
    ///
    /// # Errors
    /// What the host says against it, such as a shared store that the settings do not name.
    pub fn limit(&mut self, policy: &limits::Policy) -> Result<Limit> {
        Limit::define(policy)
    }

    /// How clients are told of the limits that the host charges; with `RateLimit` and `RateLimit-Policy` if nothing is
    /// said.
    ///
    /// # Errors
    /// What the host says against it, such as a type of problem that is no URI reference.
    pub fn announce_limits(&mut self, announcement: &limits::Announcement) -> Result<()> {
        limits::announce(announcement)
    }

    /// Defines a counter, at most 32 for each attachment; it is exposed as `sluice_plugin_events_total` with the
    /// labels `attachment` and `event`, which is `name`.
    ///
    /// # Errors
    /// What the host says against it, such as a name that is no label.
    pub fn counter(&mut self, name: &str) -> Result<Counter> {
        Counter::define(name)
    }

    /// Defines a counter with labels, exposed as `sluice_plugin_` and `name`; 32 metrics of all kinds for each attachment.
    ///
    /// Label values come from a small set: at most 100 combinations are kept, others count under the value `other`.
    ///
    /// ```
    /// # use sluice_sdk::prelude::*;
    /// # fn example(setup: &mut Setup) -> Result<()> {
    /// let tries = setup.counter_with_labels("tries", "Tries by outcome.", ["outcome"])?;
    /// tries.increment(["good"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What the host says against it, such as a name that is none.
    pub fn counter_with_labels<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
    ) -> Result<LabelledCounter<N>> {
        LabelledCounter::define(name, help, labels)
    }

    /// Defines a gauge, as [`Setup::counter_with_labels`] does a counter; `[]` for no labels.
    ///
    /// # Errors
    /// As [`Setup::counter_with_labels`].
    pub fn gauge<const N: usize>(&mut self, name: &str, help: &str, labels: [&str; N]) -> Result<Gauge<N>> {
        Gauge::define(name, help, labels)
    }

    /// Defines a histogram, as [`Setup::counter_with_labels`] does a counter; `buckets` are upper bounds, ascending,
    /// at most 32; none for the usual ones of durations in seconds.
    ///
    /// # Errors
    /// As [`Setup::counter_with_labels`].
    pub fn histogram<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
        buckets: &[f64],
    ) -> Result<Histogram<N>> {
        Histogram::define(name, help, labels, buckets)
    }

    /// Opens the attachment's own store.
    ///
    /// # Errors
    /// What the host says against it.
    pub fn kv(&mut self) -> Result<kv::Store> {
        kv::Store::open(None)
    }

    /// Opens a store that several attachments share. Needs the grant `kv:NAME`.
    ///
    /// # Errors
    /// What the host says against it, such as a grant that is missing.
    pub fn shared_kv(&mut self, name: &str) -> Result<kv::Store> {
        kv::Store::open(Some(name))
    }

    /// Opens a store that nodes share, named in the gateway's settings. Needs the grant `store:NAME`.
    ///
    /// # Errors
    /// What the host says against it, such as a store that there is not.
    pub fn remote_kv(&mut self, name: &str) -> Result<remote::Store> {
        remote::Store::open(name)
    }

    /// Names the key of an HMAC. Needs the grant `secret:NAME`.
    ///
    /// # Errors
    /// What the host says against it, such as a secret that is not granted.
    pub fn hmac(&mut self, secret: &str) -> Result<Hmac> {
        Hmac::define(secret)
    }

    /// Defines which tokens are accepted. Needs the grant `identity`, and `secret:NAME` for each secret that it names.
    ///
    /// # Errors
    /// What the host says against it, such as a key that cannot be read.
    pub fn jwt(&mut self, policy: &JwtPolicy) -> Result<Jwt> {
        Jwt::define(policy)
    }

    /// As [`Setup::jwt`], with key sets that issuers publish, rules for claims, and more of what a token says.
    ///
    /// # Errors
    /// What the host says against it, such as a URL without TLS.
    pub fn tokens(&mut self, policy: &TokenPolicy) -> Result<Tokens> {
        Tokens::define(policy)
    }

    fn checked(&mut self, name: &str) -> String {
        if !is_header_name(name) {
            self.refuse(format!("{name:?} is not a header name: use letters, digits and '-'"));
        }
        name.to_ascii_lowercase()
    }

    fn refuse(&mut self, message: String) {
        self.wrong.get_or_insert(message.into());
    }
}

/// The position of `name`, which is added if it is not there.
fn position(names: &mut Vec<String>, name: String) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// Whether a text is a token (RFC 9110, 5.6.2) of at most 255 bytes.
pub(crate) fn is_header_name(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (1..=255).contains(&name.len()) && name.bytes().all(token)
}

// === impl HeaderSlot, ResponseHeaderSlot, HeaderName ===

impl HeaderSlot {
    pub(crate) fn position(self) -> usize {
        self.0
    }
}

impl ResponseHeaderSlot {
    pub(crate) fn position(self) -> usize {
        self.0
    }
}

impl HeaderName {
    pub(crate) fn position(self) -> u16 {
        self.0
    }
}
