//! Pages for browsers: sign in, sign out, and GraphiQL or, if that was not built, a plain console.

use std::time::{Duration, Instant};

use axum::{
    Form,
    extract::{FromRequest, Request, State},
    response::{Html, IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_SECURITY_POLICY, LOCATION, SET_COOKIE},
};
use serde::Deserialize;

use crate::{
    App,
    assets::GRAPHIQL,
    auth::{self, Caller},
    media::{self, MediaType},
    receive,
    refusal::Refusal,
    session,
};

const SIGN_IN: &str = include_str!("../assets/sign-in.html");
const CONSOLE: &str = include_str!("../assets/console.html");
const GRAPHIQL_PAGE: &str = include_str!("../assets/graphiql.html");

/// Everything comes from this listener and nothing is written into the page: no inline script, no inline style.
/// GraphiQL's fonts are inside its style sheet.
const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; font-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The sign-in form, in bytes: a token and its field name.
const LARGEST_FORM: usize = 4 * 1024;

/// How long the form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// `GET /`.
pub(crate) async fn get(caller: Result<Caller, Refusal>, headers: HeaderMap) -> Result<Response, Refusal> {
    match caller {
        Err(refusal) if !media::wants_html(&headers) => Err(refusal),
        caller => Ok(home(caller)),
    }
}

/// The page for somebody who is signed in, or the one to sign in.
pub(crate) fn home(caller: Result<Caller, Refusal>) -> Response {
    match caller {
        Ok(_) => page(StatusCode::OK, if GRAPHIQL.is_some() { GRAPHIQL_PAGE } else { CONSOLE }),
        Err(refusal) if refusal.is_unauthenticated() => page(StatusCode::UNAUTHORIZED, &sign_in("")),
        Err(refusal) => page(refusal.status(), &sign_in(refusal.detail())),
    }
}

/// `POST /sign-in`: a token for a session.
pub(crate) async fn sign_in_with_token(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    // Without this check another page could sign the browser in with a token of its own choice.
    auth::check_same_origin(&parts)?;
    if media::content_type(&parts.headers) != Some(MediaType::Form) {
        return Err(Refusal::unsupported_media_type("send the form of the sign-in page"));
    }
    let Credentials { token } = read_form(Request::from_parts(parts, body)).await?;
    let token = token.trim();
    match app.auth.verify(token).await {
        Ok(_) => Ok(to_home(session::cookie(&app.auth.sessions.open(token.to_owned(), Instant::now())))),
        Err(refusal) => Ok(page(refusal.status(), &sign_in(refusal.detail()))),
    }
}

/// `POST /sign-out`: ends the session of this browser.
pub(crate) async fn sign_out(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    auth::check_same_origin(&parts)?;
    if let Some(id) = session::id_in(&parts.headers) {
        app.auth.sessions.close(id);
    }
    Ok(to_home(session::forget_cookie()))
}

#[derive(Deserialize)]
struct Credentials {
    token: String,
}

async fn read_form(request: Request) -> Result<Credentials, Refusal> {
    let (parts, body) = request.into_parts();
    let bytes = receive::body(Request::from_parts(parts.clone(), body), LARGEST_FORM, PATIENCE).await?;
    let form = Form::<Credentials>::from_request(Request::from_parts(parts, bytes.into()), &()).await;
    form.map(|Form(credentials)| credentials).map_err(|_| Refusal::bad_request("the form has no token"))
}

fn sign_in(message: &str) -> String {
    SIGN_IN.replace("{message}", &escaped(message))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(status: StatusCode, html: &str) -> Response {
    let mut response = (status, Html(html.to_owned())).into_response();
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(STRICT));
    response
}

fn to_home(cookie: HeaderValue) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/")), (SET_COOKIE, cookie)]).into_response()
}
