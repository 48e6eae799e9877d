//! Who is calling: an admin token as bearer, or the session of a browser that showed one.

use std::time::Instant;

use axum::extract::FromRequestParts;
use gateway_config::Service;
use gateway_model::Actor;
use http::{
    HeaderMap, Method,
    header::{AUTHORIZATION, ORIGIN},
    request::Parts,
};

use crate::{
    App,
    attempts::Attempts,
    frame,
    media::{self, MediaType},
    refusal::Refusal,
    session::{self, Sessions, fingerprint},
};

/// The longest text that is looked up as a token, in bytes; ours are far shorter.
const LONGEST_TOKEN: usize = 256;

/// Somebody who showed a valid admin token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
}

/// Verifies tokens and keeps the sessions.
pub(crate) struct Auth {
    service: Service,
    attempts: Attempts,
    pub(crate) sessions: Sessions,
}

impl Auth {
    pub(crate) fn new(service: Service) -> Self {
        Self { service, attempts: Attempts::default(), sessions: Sessions::default() }
    }

    /// Who owns this token.
    pub(crate) async fn verify(&self, token: &str) -> Result<Caller, Refusal> {
        let mark = fingerprint(token);
        if !self.attempts.admits(&mark, Instant::now()) {
            return Err(Refusal::too_many_attempts());
        }
        let actor = match token.len() <= LONGEST_TOKEN {
            true => self.service.authenticate(token).await.map_err(|error| Refusal::store(&error))?,
            false => None,
        };
        match actor {
            Some(actor) => {
                self.attempts.succeeded(mark);
                Ok(Caller { actor })
            }
            None => {
                self.attempts.failed(&mark, Instant::now());
                tracing::warn!("a wrong admin token was refused");
                Err(Refusal::bad_token())
            }
        }
    }

    async fn session(&self, id: &str) -> Result<Caller, Refusal> {
        let token = self.sessions.token(id, Instant::now()).ok_or_else(Refusal::bad_token)?;
        self.verify(&token).await
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        if parts.headers.contains_key(AUTHORIZATION) {
            let token = bearer(&parts.headers).ok_or_else(Refusal::bad_token)?;
            return app.auth.verify(token).await;
        }
        let id = session::id_in(&parts.headers).ok_or_else(Refusal::unauthenticated)?;
        check_same_origin(parts)?;
        check_preflighted(parts)?;
        app.auth.session(id).await
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Refuses what a page of another origin made the browser send: another port of this machine is the same site to
/// a `SameSite` cookie, but another origin.
pub(crate) fn check_same_origin(parts: &Parts) -> Result<(), Refusal> {
    let safe = matches!(parts.method, Method::GET | Method::HEAD);
    let text = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let same = match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (_, Some(origin)) => is_origin_of(origin, parts),
        (Some(site), None) => site == "same-origin" || (safe && site == "none"),
        // Every browser sends Origin with what can change something.
        (None, None) => safe,
    };
    match same {
        true => Ok(()),
        false => Err(Refusal::forbidden("a session is good only for requests from the gateway's own pages")),
    }
}

fn is_origin_of(origin: &str, parts: &Parts) -> bool {
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    let authority = frame::authority(&parts.uri, &parts.headers);
    matches!((host, authority), (Some(host), Some(ours)) if ours.as_str().eq_ignore_ascii_case(host))
}

/// Refuses requests that a form of another page could make without asking us first.
fn check_preflighted(parts: &Parts) -> Result<(), Refusal> {
    let page = media::wants_html(&parts.headers) && parts.method == Method::GET;
    let api = parts.uri.path() == "/graphql" || parts.method != Method::GET;
    let content_type = media::content_type(&parts.headers);
    match page || !api || matches!(content_type, Some(MediaType::Json | MediaType::Wasm)) {
        true => Ok(()),
        false => Err(Refusal::forbidden("with a session, send `content-type: application/json`")),
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn parts(method: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().method(method).uri("/graphql").header("host", "localhost:9000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn a_session_serves_only_our_own_pages() {
        for (method, headers, good) in [
            ("POST", &[("origin", "http://localhost:9000")][..], true),
            ("POST", &[("origin", "http://localhost:3000")], false),
            ("POST", &[("origin", "http://localhost:3000"), ("sec-fetch-site", "same-site")], false),
            ("POST", &[("origin", "null")], false),
            ("POST", &[("sec-fetch-site", "same-origin")], true),
            ("POST", &[("sec-fetch-site", "none")], false),
            ("POST", &[], false),
            ("GET", &[], true),
            ("GET", &[("sec-fetch-site", "none")], true),
            ("GET", &[("sec-fetch-site", "same-site")], false),
        ] {
            assert_eq!(check_same_origin(&parts(method, headers)).is_ok(), good, "{method} {headers:?}");
        }
    }

    #[test]
    fn the_bearer_scheme_is_read_without_regard_to_case() {
        for (value, token) in
            [("Bearer abc", Some("abc")), ("bearer  abc", Some("abc")), ("Basic abc", None), ("abc", None)]
        {
            assert_eq!(bearer(&parts("GET", &[("authorization", value)]).headers), token, "{value}");
        }
    }
}
