//! What a connection has proved, in both directions, and what its requests may therefore ask for.

use std::{
    cell::RefCell,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use gateway_model::{CertificateFacts, ClientCertificate};
use rustls_pki_types::CertificateDer;

use super::Verifier;
use crate::{client::Client, error::GatewayError, live::LiveRoute};

/// Authorities by which a connection's certificate was judged already; a connection speaks to few routes that differ in them.
const JUDGED: usize = 16;

/// A TLS connection.
pub(crate) struct Session {
    /// `TLSv1.3`
    pub(crate) version: &'static str,
    /// The host that the client has asked for, in lower case.
    pub(super) name: Option<String>,
    /// The certificate that it was shown.
    pub(super) facts: Arc<CertificateFacts>,
    /// By whom a certificate of the client had to be issued; none where it was not asked for one.
    pub(super) asked: Option<Arc<Verifier>>,
    /// Whether a client without certificate is still to be refused where no route says otherwise.
    pub(super) required: bool,
    /// What the client has proved.
    pub(super) proof: Option<Proof>,
}

/// A certificate that the client has proved to hold.
pub(crate) struct Proof {
    certificate: Arc<ClientCertificate>,
    chain: Vec<CertificateDer<'static>>,
    /// Whether the listener's own authorities stand behind it.
    by_listener: bool,
    judged: RefCell<Vec<(Arc<Verifier>, bool)>>,
}

impl Proof {
    pub(super) fn new(known: ClientCertificate, chain: &[CertificateDer<'_>], by_listener: bool) -> Self {
        let chain = chain.iter().map(|der| der.clone().into_owned()).collect();
        Self { certificate: Arc::new(known), chain, by_listener, judged: RefCell::default() }
    }

    /// Whether these authorities stand behind it, now.
    fn holds(&self, verifier: &Arc<Verifier>) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |now| now.as_millis() as u64);
        if self.certificate.until <= now {
            return false;
        }
        let mut judged = self.judged.borrow_mut();
        if let Some((_, holds)) = judged.iter().find(|(known, _)| Arc::ptr_eq(known, verifier)) {
            return *holds;
        }
        let holds = verifier.holds(&self.chain);
        if judged.len() == JUDGED {
            judged.remove(0);
        }
        judged.push((verifier.clone(), holds));
        holds
    }
}

impl Session {
    /// Whether its client may ask for this host, in lower case and without port: the one that the connection was made for, or
    /// another one of the certificate that it was shown (RFC 9110, section 7.4; RFC 9113, section 9.1.1).
    fn is_for(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        self.name.as_deref().is_none_or(|name| name == host || self.facts.covers(host))
    }

    /// Whether the client was asked for certificates of all that `verifier` trusts.
    fn was_asked(&self, verifier: &Verifier) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            let known: Vec<&[u8]> = asked.authorities().iter().collect();
            verifier.authorities().iter().all(|der| known.binary_search(&der).is_ok())
        })
    }
}

/// Refuses a request for a host that its connection is not for.
pub(crate) fn check_host(client: &Client, host: &str) -> Result<(), GatewayError> {
    match &client.session {
        Some(session) if !session.is_for(host) => Err(GatewayError::Misdirected),
        _ => Ok(()),
    }
}

impl Client {
    /// Whether the client has proved to hold any certificate.
    pub(crate) fn has_certificate(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.proof.is_some())
    }

    /// The certificate that counts on this route: by the authorities of the route, or those of the listener where it has none.
    pub(crate) fn certificate(&self, route: &LiveRoute) -> Option<&Arc<ClientCertificate>> {
        let proof = self.session.as_ref()?.proof.as_ref()?;
        let counts = match &route.clients {
            Some(rule) => rule.verifier.as_ref().is_some_and(|verifier| proof.holds(verifier)),
            None => proof.by_listener,
        };
        counts.then_some(&proof.certificate)
    }

    /// Refuses a request without the certificate that its route asks for.
    pub(crate) fn check_certificate(&self, route: &LiveRoute) -> Result<(), GatewayError> {
        let required = match &route.clients {
            Some(rule) => rule.required,
            None => self.session.as_ref().is_some_and(|session| session.required),
        };
        if !required || self.certificate(route).is_some() {
            return Ok(());
        }
        let could_be_asked = |session: &Session| {
            let verifier = route.clients.as_ref().and_then(|rule| rule.verifier.as_ref());
            session.name.is_some() && verifier.is_some_and(|verifier| !session.was_asked(verifier))
        };
        match self.session.as_ref().is_some_and(could_be_asked) {
            // Over a connection for this host, or a newer one, the client will be asked.
            true => Err(GatewayError::Misdirected),
            false => Err(GatewayError::ClientCertificateRequired),
        }
    }
}
