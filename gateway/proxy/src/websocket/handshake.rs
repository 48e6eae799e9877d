//! The opening handshake (RFC 6455, section 4): whether a request asks to switch, and whether the upstream has agreed.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Version,
    header::{CONNECTION, CONTENT_LENGTH, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE},
    request::Parts,
    response,
};
use hyper::{ext::Protocol, upgrade::OnUpgrade};
use hyper_util::rt::TokioIo;
use tokio::task;

use super::Tunnel;

/// What turns a key into the proof that the other side speaks WebSocket.
const SALT: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const VERSION: HeaderValue = HeaderValue::from_static("13");
const WEBSOCKET: HeaderValue = HeaderValue::from_static("websocket");
const UPGRADE_OPTION: HeaderValue = HeaderValue::from_static("upgrade");

/// A client's wish to switch.
pub(crate) enum Handshake {
    /// The connection itself becomes the WebSocket.
    Http1,
    /// One stream of the connection does.
    Http2(OnUpgrade),
}

/// What is wrong with a handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ungreeted {
    Key,
    Version,
}

/// Whether the head asks for a WebSocket, in either version of HTTP. One of HTTP/2 becomes the `GET` that it is over HTTP/1, so
/// that a route and its plugins see the same request (RFC 8441, section 5).
///
/// Other protocols are not offered: what asks for one is served as if it did not. `may_switch` says of an HTTP/1 request that
/// the scanner has stopped behind it.
///
/// # Errors
/// A handshake that no WebSocket server would take.
pub(crate) fn is_asked(head: &mut Parts, may_switch: bool) -> Result<Option<Handshake>, Ungreeted> {
    let handshake = match head.version {
        Version::HTTP_2 if head.method == Method::CONNECT => {
            let protocol = head.extensions.get::<Protocol>();
            if !protocol.is_some_and(|protocol| protocol.as_str().eq_ignore_ascii_case("websocket")) {
                return Ok(None);
            }
            let Some(on_upgrade) = head.extensions.remove::<OnUpgrade>() else { return Ok(None) };
            head.method = Method::GET;
            Handshake::Http2(on_upgrade)
        }
        Version::HTTP_11 if may_switch && head.method == Method::GET => {
            let asks = lists(&head.headers, &UPGRADE, "websocket") && lists(&head.headers, &CONNECTION, "upgrade");
            if !asks {
                return Ok(None);
            }
            if !has_key(&head.headers) {
                return Err(Ungreeted::Key);
            }
            Handshake::Http1
        }
        _ => return Ok(None),
    };
    match only(&head.headers, &SEC_WEBSOCKET_VERSION) == Some(&VERSION) {
        true => Ok(Some(handshake)),
        false => Err(Ungreeted::Version),
    }
}

/// Asks the upstream to switch, in a request that is ready otherwise.
pub(crate) fn ask(headers: &mut HeaderMap, handshake: &Handshake) {
    headers.insert(CONNECTION, UPGRADE_OPTION);
    headers.insert(UPGRADE, WEBSOCKET);
    headers.insert(SEC_WEBSOCKET_VERSION, VERSION);
    if matches!(handshake, Handshake::Http2(_)) {
        let key = STANDARD.encode(fastrand::u128(..).to_be_bytes());
        headers.insert(SEC_WEBSOCKET_KEY, HeaderValue::try_from(key).expect("base64 may stand in a header"));
    }
}

/// The proof that an upstream owes for switching, if it is asked to.
pub(crate) fn is_switched<B>(asked: Option<&HeaderValue>, response: &Response<B>) -> bool {
    let headers = response.headers();
    asked.is_some()
        && only(headers, &SEC_WEBSOCKET_ACCEPT) == asked
        && lists(headers, &UPGRADE, "websocket")
        && lists(headers, &CONNECTION, "upgrade")
}

/// The proof for a request to an upstream; none for one that does not ask to switch.
pub(crate) fn accept(headers: &HeaderMap) -> Option<HeaderValue> {
    headers.get(UPGRADE)?;
    let key = headers.get(SEC_WEBSOCKET_KEY)?;
    let proof = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[key.as_bytes(), SALT].concat());
    Some(HeaderValue::try_from(STANDARD.encode(proof)).expect("base64 may stand in a header"))
}

// === impl Handshake ===

impl Handshake {
    /// Turns the head of the upstream's answer into the one that tells this client of the switch.
    pub(crate) fn confirm(&self, head: &mut response::Parts) {
        let headers = &mut head.headers;
        headers.remove(CONTENT_LENGTH);
        match self {
            Self::Http1 => {
                headers.insert(CONNECTION, UPGRADE_OPTION);
                headers.insert(UPGRADE, WEBSOCKET);
            }
            Self::Http2(_) => {
                headers.remove(SEC_WEBSOCKET_ACCEPT);
                head.status = StatusCode::OK;
            }
        }
    }

    /// Lets the WebSocket begin as soon as its client is told.
    pub(crate) fn begin(self, tunnel: Tunnel) {
        match self {
            Self::Http1 => tunnel.takes_connection(),
            Self::Http2(on_upgrade) => drop(task::spawn_local(async move {
                match on_upgrade.await {
                    Ok(stream) => tunnel.run(TokioIo::new(stream), Bytes::new()).await,
                    Err(error) => tracing::debug!(%error, "a client went away when it was to have its WebSocket"),
                }
            })),
        }
    }
}

/// One key, of 16 bytes.
fn has_key(headers: &HeaderMap) -> bool {
    let key = only(headers, &SEC_WEBSOCKET_KEY).and_then(|key| STANDARD.decode(key.as_bytes()).ok());
    key.is_some_and(|key| key.len() == 16)
}

/// The value of a field that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

/// Whether a field of comma-separated tokens has this one.
fn lists(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|it| it.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

    fn asks(fields: &[(&str, &str)]) -> Result<bool, Ungreeted> {
        let mut request = Request::get("/");
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        is_asked(&mut request.body(()).unwrap().into_parts().0, true).map(|handshake| handshake.is_some())
    }

    #[test]
    fn the_proof_is_that_of_the_specification() {
        let mut headers = HeaderMap::from_iter([(SEC_WEBSOCKET_KEY, HeaderValue::from_static(KEY))]);
        assert_eq!(accept(&headers), None);
        headers.insert(UPGRADE, WEBSOCKET);
        assert_eq!(accept(&headers).unwrap(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn a_handshake_has_all_its_parts_or_is_none() {
        let (connection, upgrade) = (("connection", "keep-alive, Upgrade"), ("upgrade", "h2c, WebSocket"));
        let (key, version) = (("sec-websocket-key", KEY), ("sec-websocket-version", "13"));
        for (fields, expected) in [
            (vec![connection, upgrade, key, version], Ok(true)),
            (vec![connection, ("upgrade", "h2c"), key, version], Ok(false)),
            (vec![upgrade, key, version], Ok(false)),
            (vec![connection, key, version], Ok(false)),
            (vec![connection, upgrade, version], Err(Ungreeted::Key)),
            (vec![connection, upgrade, key, key, version], Err(Ungreeted::Key)),
            (vec![connection, upgrade, ("sec-websocket-key", "c2hvcnQ="), version], Err(Ungreeted::Key)),
            (vec![connection, upgrade, key], Err(Ungreeted::Version)),
            (vec![connection, upgrade, key, ("sec-websocket-version", "8")], Err(Ungreeted::Version)),
        ] {
            assert_eq!(asks(&fields), expected, "{fields:?}");
        }
    }

    #[test]
    fn an_upstream_has_switched_only_if_it_proves_it() {
        let proof = HeaderValue::from_static("proof");
        let switched = |fields: [(&str, &str); 3], asked| {
            let mut response = Response::builder().status(101);
            for (name, value) in fields {
                response = response.header(name, value);
            }
            is_switched(asked, &response.body(()).unwrap())
        };
        let right = [("upgrade", "websocket"), ("connection", "Upgrade"), ("sec-websocket-accept", "proof")];
        assert!(switched(right, Some(&proof)));
        assert!(!switched(right, None));
        for wrong in [("upgrade", "h2c"), ("connection", "close"), ("sec-websocket-accept", "another")] {
            let mut fields = right;
            *fields.iter_mut().find(|(name, _)| *name == wrong.0).unwrap() = wrong;
            assert!(!switched(fields, Some(&proof)), "{wrong:?}");
        }
    }
}
