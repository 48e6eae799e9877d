//! Sessions of browsers: a random id in a cookie, everything else here.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use aws_lc_rs::{digest, rand};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header::COOKIE};
use parking_lot::Mutex;

/// How long a browser stays signed in.
const LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// Sessions at one time; when one more begins, the oldest ends.
const MOST: usize = 256;

const COOKIE_NAME: &str = "sluice_session";

/// All open sessions, by the SHA-256 of their ids. The lock is held for a walk over [`MOST`] entries at most.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<[u8; 32], Session>>);

struct Session {
    /// The token that opened it. It is checked again with each request, so a deleted token ends its sessions.
    token: String,
    ends: Instant,
}

impl Sessions {
    /// Opens a session for a token that has just been verified; returns its id.
    pub(crate) fn open(&self, token: String, now: Instant) -> String {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).expect("the system has random numbers");
        let id = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let mut sessions = self.0.lock();
        sessions.retain(|_, session| session.ends > now);
        if sessions.len() >= MOST {
            end_oldest(&mut sessions);
        }
        sessions.insert(fingerprint(&id), Session { token, ends: now + LIFETIME });
        id
    }

    /// The token of an open session.
    pub(crate) fn token(&self, id: &str, now: Instant) -> Option<String> {
        let sessions = self.0.lock();
        let session = sessions.get(&fingerprint(id))?;
        (session.ends > now).then(|| session.token.clone())
    }

    /// Ends a session, if there is one with this id.
    pub(crate) fn close(&self, id: &str) {
        self.0.lock().remove(&fingerprint(id));
    }
}

fn end_oldest(sessions: &mut HashMap<[u8; 32], Session>) {
    let oldest = sessions.iter().min_by_key(|(_, session)| session.ends).map(|(id, _)| *id);
    if let Some(id) = oldest {
        sessions.remove(&id);
    }
}

/// SHA-256 of a secret text, to look it up without comparing it byte by byte.
pub(crate) fn fingerprint(secret: &str) -> [u8; 32] {
    let hash = digest::digest(&digest::SHA256, secret.as_bytes());
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// The session id that a browser sent.
pub(crate) fn id_in(headers: &HeaderMap) -> Option<&str> {
    let fields = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = fields.flat_map(|field| field.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, id)| id)
}

/// The cookie that carries a session id. It is not `Secure`, because the listener is cleartext on this machine.
pub(crate) fn cookie(id: &str) -> HeaderValue {
    let lifetime = LIFETIME.as_secs();
    let text = format!("{COOKIE_NAME}={id}; Path=/; Max-Age={lifetime}; HttpOnly; SameSite=Strict");
    HeaderValue::try_from(text).expect("base64 is a cookie value")
}

/// The cookie that makes a browser forget its session.
pub(crate) fn forget_cookie() -> HeaderValue {
    let text = format!("{COOKIE_NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    HeaderValue::try_from(text).expect("a constant without control characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_its_lifetime_or_when_closed() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let id = sessions.open("token".into(), now);
        assert_eq!(sessions.token(&id, now).as_deref(), Some("token"));
        assert_eq!(sessions.token(&id, now + LIFETIME), None);
        sessions.close(&id);
        assert_eq!(sessions.token(&id, now), None);
    }

    #[test]
    fn one_session_too_many_ends_the_oldest() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let first = sessions.open("first".into(), now);
        let last: Vec<_> = (0..MOST).map(|_| sessions.open("t".into(), now + Duration::from_secs(1))).collect();
        assert_eq!(sessions.token(&first, now), None);
        assert!(last.iter().all(|id| sessions.token(id, now).is_some()));
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("theme=dark; sluice_session=abc; x=y"));
        assert_eq!(id_in(&headers), Some("abc"));
        headers.clear();
        headers.append(COOKIE, HeaderValue::from_static("not_sluice_session=abc"));
        assert_eq!(id_in(&headers), None);
    }
}
