//! What monitoring asks for.

use axum::extract::State;
use gateway_telemetry::EXPOSITION_CONTENT_TYPE;
use http::{HeaderName, header::CONTENT_TYPE};

use crate::{App, auth::Caller, refusal::Refusal};

/// `GET /livez`: the process answers.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the gateway can serve, or why not.
pub(crate) async fn ready(State(app): State<App>) -> Result<&'static str, Refusal> {
    match (app.state.ready)() {
        Ok(()) => Ok("ok\n"),
        Err(reason) => Err(Refusal::unavailable(reason)),
    }
}

/// `GET /metrics`: the metrics page.
pub(crate) async fn metrics(_: Caller, State(app): State<App>) -> ([(HeaderName, &'static str); 1], String) {
    ([(CONTENT_TYPE, EXPOSITION_CONTENT_TYPE)], app.state.metrics.render())
}
