//! The beginning of a TLS connection: its greeting says which certificate is shown and what is asked of the client.

use std::{io, rc::Rc, sync::Arc};

use rustls::{HandshakeKind, ProtocolVersion, server::Acceptor};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt},
    time::timeout,
};
use tokio_rustls::{LazyConfigAcceptor, server::TlsStream};

use super::{Session, Termination, session::Proof};
use crate::{certificate, worker::Worker};

/// A fatal alert, `unrecognized_name` (RFC 6066, section 3), as a record of TLS 1.2, which TLS 1.3 has kept for alerts in clear.
const UNRECOGNIZED_NAME: [u8; 7] = [21, 3, 3, 0, 2, 2, 112];

/// Why a handshake came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unaccepted {
    #[error("it took too long")]
    TooLong,
    #[error("no certificate has the name {0:?}")]
    Unrecognized(String),
    #[error("the certificate of the session that was taken up again does not hold any more")]
    NoLongerHolds,
    #[error(transparent)]
    Broken(#[from] io::Error),
}

/// Shakes hands with a client, within the time that there is for it.
pub(crate) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(
    worker: &Rc<Worker>,
    stream: S,
    termination: &Termination,
) -> Result<(TlsStream<S>, Session), Unaccepted> {
    let handshake = shake_hands(worker, stream, termination);
    timeout(worker.limits().handshake_timeout, handshake).await.unwrap_or(Err(Unaccepted::TooLong))
}

async fn shake_hands<S: AsyncRead + AsyncWrite + Unpin>(
    worker: &Rc<Worker>,
    stream: S,
    termination: &Termination,
) -> Result<(TlsStream<S>, Session), Unaccepted> {
    let mut start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    let name = start.client_hello().server_name().map(|name| name.to_ascii_lowercase());
    // Taken here and let go before anything is waited for: an old configuration is not kept for slow clients.
    let chosen = {
        let (serving, state) = (worker.serving(), termination.state());
        let shown = serving.shown(state.certificate.as_ref(), name.as_deref()).cloned();
        let policy = state.policy(serving.snapshot().client_rules.of(name.as_deref().unwrap_or_default()));
        shown.map(|shown| (shown, policy.clone(), state.usual.clone(), state.required))
    };
    let Some((shown, policy, usual, required)) = chosen else {
        start.io.write_all(&UNRECOGNIZED_NAME).await?;
        start.io.shutdown().await?;
        return Err(Unaccepted::Unrecognized(name.unwrap_or_default()));
    };
    let stream = start.into_stream(policy.config(&shown)).await?;
    let connection = stream.get_ref().1;
    let is_usual = Arc::ptr_eq(&policy, &usual);
    let mut proof = None;
    if let Some((verifier, chain)) = policy.verifier.as_ref().zip(connection.peer_certificates()) {
        // rustls has verified it when the session was new: since then it may have ended.
        if connection.handshake_kind() == Some(HandshakeKind::Resumed) && !verifier.holds(chain) {
            return Err(Unaccepted::NoLongerHolds);
        }
        // One by an authority of a route says nothing where the listener's own count.
        let by_listener = is_usual || usual.verifier.as_ref().is_some_and(|usual| usual.holds(chain));
        proof = certificate::read(&chain[0]).map(|known| Proof::new(known, chain, by_listener));
    }
    let version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
        _ => "TLSv1.3",
    };
    let asked = policy.verifier.clone();
    let session = Session { version, name, facts: shown.facts.clone(), asked, required: required && !is_usual, proof };
    Ok((stream, session))
}
