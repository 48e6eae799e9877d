//! What the TLS listener serves with, as the settings say: parts of it can be replaced while it serves.

use std::{collections::HashMap, sync::Arc};

use arc_swap::{ArcSwap, Guard};
use gateway_model::{Authorities, ClientRules};
use rustls_pki_types::{CertificateDer, pem::PemObject};

use super::{ClientAuth, Shown, TlsError, clients::Policy};

/// The certificate of the settings, and what is asked of clients; shared by all workers.
#[derive(Debug)]
pub struct Termination {
    state: ArcSwap<State>,
    /// Held while a part is replaced, never by a handshake.
    replacing: parking_lot::Mutex<()>,
}

/// What a handshake finds.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// None where all certificates are configured at runtime.
    pub(super) certificate: Option<Arc<Shown>>,
    /// What is asked where no route asks for more.
    pub(super) usual: Arc<Policy>,
    /// Whether clients must have a certificate where no route says otherwise.
    pub(super) required: bool,
    /// What is asked on hosts of routes that ask for more, by their authorities: of this revision and the one before.
    by_routes: HashMap<Arc<Authorities>, Arc<Policy>>,
}

impl Termination {
    /// From a certificate and its key in PEM, if there is one beside those that are configured, and what is asked of clients.
    ///
    /// # Errors
    /// What is wrong with them, in the operator's words.
    pub fn new(certificate: Option<(&[u8], &[u8])>, clients: ClientAuth<'_>) -> Result<Self, TlsError> {
        let certificate = certificate.map(|(certificate, key)| Shown::from_pem(certificate, key)).transpose()?;
        let (authorities, required) = asked(clients)?;
        let usual = Arc::new(Policy::new(authorities, !required)?);
        let state = State { certificate: certificate.map(Arc::new), usual, required, by_routes: HashMap::new() };
        Ok(Self { state: ArcSwap::from_pointee(state), replacing: parking_lot::Mutex::default() })
    }

    /// Replaces what [`Termination::new`] was given; connections that are there, and sessions of clients that are asked the
    /// same as before, stay.
    ///
    /// # Errors
    /// What is wrong with them; everything stays as it is.
    pub fn replace(&self, certificate: Option<(&[u8], &[u8])>, clients: ClientAuth<'_>) -> Result<(), TlsError> {
        let certificate = certificate.map(|(certificate, key)| Shown::from_pem(certificate, key)).transpose()?;
        let (authorities, required) = asked(clients)?;
        let _turn = self.replacing.lock();
        let mut next = State::clone(&self.state.load());
        let asked_before = next.usual.verifier.as_ref().map(|verifier| &verifier.authorities);
        if asked_before != authorities.as_ref() || next.required != required {
            next.usual = Arc::new(Policy::new(authorities.clone(), !required)?);
            next.required = required;
            for (of_routes, policy) in &mut next.by_routes {
                *policy = Arc::new(Policy::new(Some(joined(of_routes, authorities.as_deref())), true)?);
            }
        }
        next.certificate = certificate.map(Arc::new);
        self.state.store(Arc::new(next));
        Ok(())
    }

    /// When the certificate of the settings ends, in milliseconds since 1970.
    #[must_use]
    pub fn certificate_ends_ms(&self) -> Option<i64> {
        self.state.load().certificate.as_ref().map(|shown| shown.facts.not_after_ms)
    }

    /// Makes ready for what the routes of a revision ask of clients, before it serves.
    pub(crate) fn prepare(&self, rules: &ClientRules, before: Option<&ClientRules>) {
        let _turn = self.replacing.lock();
        let mut next = State::clone(&self.state.load());
        let known = std::mem::take(&mut next.by_routes);
        let usual = next.usual.verifier.as_ref().map(|verifier| verifier.authorities.clone());
        for authorities in rules.all().chain(before.into_iter().flat_map(ClientRules::all)) {
            if next.by_routes.contains_key(authorities) {
                continue;
            }
            let made = || Policy::new(Some(joined(authorities, usual.as_deref())), true).map(Arc::new);
            match known.get(authorities).cloned().map_or_else(made, Ok) {
                Ok(policy) => drop(next.by_routes.insert(authorities.clone(), policy)),
                // Its clients are not asked, so that their requests are refused.
                Err(error) => tracing::error!(%error, "authorities that a route names cannot be used"),
            }
        }
        self.state.store(Arc::new(next));
    }

    pub(super) fn state(&self) -> Guard<Arc<State>> {
        self.state.load()
    }
}

impl State {
    /// How connections begin for whose host routes ask for certificates of these authorities.
    pub(super) fn policy(&self, of_routes: Option<&Arc<Authorities>>) -> &Arc<Policy> {
        of_routes.and_then(|authorities| self.by_routes.get(authorities)).unwrap_or(&self.usual)
    }
}

fn asked(clients: ClientAuth<'_>) -> Result<(Option<Arc<Authorities>>, bool), TlsError> {
    let (pem, required) = match clients {
        ClientAuth::None => return Ok((None, false)),
        ClientAuth::Optional(pem) => (pem, false),
        ClientAuth::Required(pem) => (pem, true),
    };
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).map(|der| der.map(|der| der.to_vec())).collect();
    let found = found.map_err(|_| TlsError::Authorities)?;
    match found.is_empty() {
        true => Err(TlsError::Authorities),
        false => Ok((Some(Arc::new(Authorities::new(found))), required)),
    }
}

fn joined(of_routes: &Authorities, usual: Option<&Authorities>) -> Arc<Authorities> {
    let all = of_routes.iter().chain(usual.into_iter().flat_map(Authorities::iter));
    Arc::new(Authorities::new(all.map(<[u8]>::to_vec).collect()))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertifiedKey, generate_simple_self_signed};

    use super::*;

    fn pair() -> (String, String) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        (cert.pem(), signing_key.serialize_pem())
    }

    fn new(certificate: &str, key: &str, clients: ClientAuth<'_>) -> Result<Termination, TlsError> {
        Termination::new(Some((certificate.as_bytes(), key.as_bytes())), clients)
    }

    #[test]
    fn clients_are_verified_by_authorities_that_can_be_read() {
        let (certificate, key) = pair();
        let pem = certificate.as_bytes();
        for clients in [ClientAuth::None, ClientAuth::Required(pem), ClientAuth::Optional(pem)] {
            assert!(new(&certificate, &key, clients).is_ok());
        }
        for wrong in [&b""[..], key.as_bytes()] {
            assert!(matches!(new(&certificate, &key, ClientAuth::Required(wrong)), Err(TlsError::Authorities)));
        }
    }

    #[test]
    fn a_key_of_another_certificate_is_named_as_the_mistake() {
        let ((certificate, _), (_, key)) = (pair(), pair());
        assert!(matches!(new(&certificate, &key, ClientAuth::None), Err(TlsError::Mismatch)));
    }

    #[test]
    fn files_that_were_swapped_or_are_empty_are_told_apart() {
        let (certificate, key) = pair();
        let new = |certificate: &str, key: &str| new(certificate, key, ClientAuth::None);
        assert!(matches!(new(&key, &key), Err(TlsError::NoCertificate)));
        assert!(matches!(new("", &key), Err(TlsError::NoCertificate)));
        assert!(matches!(new(&certificate, &certificate), Err(TlsError::NoKey)));
        let broken = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
        assert!(matches!(new(broken, &key), Err(TlsError::CertificatePem(_))));
    }

    #[test]
    fn what_cannot_be_used_replaces_nothing() {
        let ((certificate, key), (_, other)) = (pair(), pair());
        let termination = new(&certificate, &key, ClientAuth::None).unwrap();
        let before = termination.state();
        assert!(termination.replace(Some((certificate.as_bytes(), other.as_bytes())), ClientAuth::None).is_err());
        assert!(Arc::ptr_eq(&before, &termination.state()));
    }

    #[test]
    fn a_new_certificate_ends_no_sessions_and_other_authorities_do() {
        let ((certificate, key), (renewed, new_key)) = (pair(), pair());
        let termination = new(&certificate, &key, ClientAuth::Optional(certificate.as_bytes())).unwrap();
        let before = termination.state().usual.clone();
        let renewed = (renewed.as_bytes(), new_key.as_bytes());
        termination.replace(Some(renewed), ClientAuth::Optional(certificate.as_bytes())).unwrap();
        assert!(Arc::ptr_eq(&before, &termination.state().usual));
        termination.replace(Some(renewed), ClientAuth::Optional(renewed.0)).unwrap();
        assert!(!Arc::ptr_eq(&before, &termination.state().usual));
    }
}
