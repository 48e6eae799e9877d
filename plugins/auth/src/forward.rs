//! Forward authorisation: a service of the operator's own is asked about each request.
//!
//! It gets the headers that the operator chose, and what was asked for in `x-original-method` and `x-original-uri`, without
//! the API key that was in it.
//! 2xx lets the request pass; 401, 403 and redirects are the service's own answer to the client; anything else is a failure.
//! Of failures the operator may let pass only those of a service that is down: 502 to 504, and no answer at all.
//! A request that makes the service break off looks the same.

use sluice_sdk::{callout::Reply, prelude::*};

use crate::{
    caller::Caller,
    settings::{ForwardAuth, OnError},
};

/// Headers of the service's own answer that the client gets; its body comes with them.
const HANDED_ON: [&str; 5] = ["content-type", "www-authenticate", "cache-control", "location", "set-cookie"];

#[derive(Debug)]
pub(crate) struct Service {
    settings: ForwardAuth,
    sent: Vec<(String, HeaderSlot)>,
    /// Those of its answer that go to the upstream.
    received: Vec<(String, HeaderName)>,
    failed: Counter,
}

/// What the service said.
#[derive(Debug)]
pub(crate) enum Said {
    /// The request passes, of this consumer if the service named one.
    Pass(Option<String>),
    /// The client gets this.
    Answer(Flow),
    /// The client gets this, which is 401, with our challenges if the service has none.
    Unauthorized { answer: Flow, is_challenged: bool },
    /// It said nothing of use, and requests do not pass without.
    Nothing,
}

impl Service {
    pub(crate) fn new(settings: ForwardAuth, setup: &mut Setup) -> Result<Self> {
        setup.want_query();
        setup.want_client_ip();
        let named = |names: &[String]| names.iter().map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>();
        let sent = named(&settings.request_headers).into_iter();
        let received = named(&settings.upstream_headers).into_iter();
        Ok(Self {
            sent: sent.map(|name| (name.clone(), setup.request_header(&name))).collect(),
            received: received.map(|name| (name.clone(), setup.header_name(&name))).collect(),
            failed: setup.counter("forward_failed")?,
            settings,
        })
    }

    /// Takes away what the client sends in the service's name.
    pub(crate) fn strip(&self, request: &mut Request<'_>) {
        for (_, header) in &self.received {
            request.remove_header(*header);
        }
    }

    /// Whether the service is sent something of the client's that may prove who he is.
    pub(crate) fn is_shown_anything(&self, request: &Request<'_>) -> bool {
        self.sent.iter().any(|(_, slot)| request.header_bytes(*slot).is_some())
    }

    /// Asks about a request of this caller for `target`.
    pub(crate) fn ask(&self, request: &mut Request<'_>, target: &str, caller: Option<&Caller>) -> Said {
        match self.question(request, target, caller).send() {
            Ok(reply) if (200..300).contains(&reply.status()) => self.passes(request, &reply),
            Ok(reply) if reply.status() == 401 => {
                let is_challenged = values(&reply, "www-authenticate").next().is_some();
                Said::Unauthorized { answer: answer(&reply), is_challenged }
            }
            Ok(reply) if matches!(reply.status(), 301 | 302 | 303 | 307 | 308 | 403) => Said::Answer(answer(&reply)),
            Ok(reply) => {
                self.failed(&format!("it answers with status {}", reply.status()), matches!(reply.status(), 502..=504))
            }
            Err(error) => self.failed(&error.to_string(), is_out_of_reach(&error)),
        }
    }

    fn question(&self, request: &Request<'_>, target: &str, caller: Option<&Caller>) -> Call {
        let ForwardAuth { upstream, path, timeout, .. } = &self.settings;
        let mut call = Call::get(upstream, path.clone())
            .timeout(Duration::from_millis(*timeout))
            .header("x-original-method", request.method())
            .header("x-original-uri", target)
            .header("x-original-client-ip", request.client_ip().unwrap_or_default());
        if let Some(caller) = caller {
            call = call.header("x-sluice-consumer", caller.consumer.as_str());
        }
        for (name, slot) in &self.sent {
            if let Some(value) = request.header_bytes(*slot) {
                call = call.header(name, value);
            }
        }
        call
    }

    fn passes(&self, request: &mut Request<'_>, reply: &Reply) -> Said {
        for (name, header) in &self.received {
            for value in values(reply, name) {
                request.append_header(*header, value);
            }
        }
        let named = self.settings.consumer_header.as_deref().and_then(|name| reply.header(name));
        Said::Pass(named.filter(|name| !name.is_empty()).map(str::to_owned))
    }

    /// `is_down`: by no doing of the client, who could otherwise choose that nobody is asked.
    fn failed(&self, why: &str, is_down: bool) -> Said {
        self.failed.increment();
        log::warn!("forward authorisation by {:?} failed: {why}", self.settings.upstream);
        match self.settings.on_error {
            OnError::Pass if is_down => Said::Pass(None),
            OnError::Pass | OnError::Refuse => Said::Nothing,
        }
    }
}

/// Whether the service cannot be asked at all, whatever the question.
fn is_out_of_reach(error: &HostError) -> bool {
    matches!(error, HostError::Timeout | HostError::Unavailable(_))
}

/// The service's own answer.
fn answer(reply: &Reply) -> Flow {
    let mut flow = Flow::respond(reply.status()).body(reply.body());
    for name in HANDED_ON {
        for value in values(reply, name) {
            flow = flow.append_header(name, value);
        }
    }
    flow
}

fn values<'r>(reply: &'r Reply, name: &'r str) -> impl Iterator<Item = &'r [u8]> {
    reply.headers().iter().filter(move |header| header.name == name).map(|header| header.value.as_slice())
}
