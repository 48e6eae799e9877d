//! The admin API: GraphQL over HTTP, plugin uploads, metrics and probes.
//!
//! It reads and changes configuration through [`gateway_config::Service`] and knows nothing of the data path.
//!
//! | Path | Method | Who | What |
//! | --- | --- | --- | --- |
//! | `/graphql` | POST | admins | queries and mutations |
//! | `/graphql` | GET | admins | queries; the page for a browser |
//! | `/plugins` | POST | admins | takes in a plugin module |
//! | `/metrics` | GET | admins | metrics as text |
//! | `/` | GET | all | the page: sign in, then GraphiQL |
//! | `/sign-in`, `/sign-out` | POST | all | sessions of browsers |
//! | `/assets/NAME` | GET | all | scripts and styles of the pages |
//! | `/livez`, `/readyz` | GET | all | probes |
//!
//! Admins show an admin token as bearer, or the session cookie that the sign-in page gave for one.
//! Whatever the path, the Host must name this machine: see [`router`].

mod assets;
mod attempts;
mod auth;
mod error;
mod frame;
mod graphql;
mod media;
mod pages;
mod probes;
mod receive;
mod refusal;
mod report;
mod schema;
mod session;
mod upload;

use std::{ops::Deref, sync::Arc};

use axum::{
    Router, middleware,
    routing::{get, post},
};
use gateway_config::Service;
use gateway_telemetry::{Load, Metrics};
use tokio::sync::{Mutex, Semaphore};

use auth::Auth;
use refusal::Refusal;
pub use schema::sdl;
use schema::{Schema, Views};

/// What the admin API works with.
#[derive(Clone)]
pub struct AdminState {
    /// The only writer of configuration.
    pub service: Service,
    /// What the process measures of itself: the metrics page, and how plugins are.
    pub metrics: Metrics,
    /// How busy the process is.
    pub load: Load,
    /// Whether the gateway can serve; the error says why not, without secrets, since anybody may ask.
    pub ready: Arc<dyn Fn() -> Result<(), String> + Send + Sync>,
}

/// The admin API on top of `state`. Serve it on a loopback address only: it speaks cleartext.
///
/// It refuses every Host but `localhost`, `127.0.0.1` and `[::1]`, whatever the port, so that no page on the web can
/// reach it through a name of its own.
pub fn router(state: AdminState) -> Router {
    Router::new()
        .route("/", get(pages::get))
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/plugins", post(upload::post))
        .route("/sign-in", post(pages::sign_in_with_token))
        .route("/sign-out", post(pages::sign_out))
        .route("/metrics", get(probes::metrics))
        .route("/assets/{name}", get(assets::get))
        .route("/livez", get(probes::live))
        .route("/readyz", get(probes::ready))
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .fallback(|| async { Refusal::not_found() })
        .with_state(App::new(state))
        .layer(middleware::from_fn(frame::frame))
}

/// What handlers work with; cheap to clone.
#[derive(Clone)]
struct App(Arc<Parts>);

struct Parts {
    state: AdminState,
    schema: Schema,
    views: Views,
    auth: Auth,
    /// See [`Scope::turn`](schema::Scope::turn).
    turn: Arc<Mutex<()>>,
    uploads: Arc<Semaphore>,
}

impl App {
    fn new(state: AdminState) -> Self {
        Self(Arc::new(Parts {
            schema: schema::build(),
            views: Views::new(state.service.clone()),
            auth: Auth::new(state.service.clone()),
            turn: Arc::default(),
            uploads: Arc::new(Semaphore::new(upload::AT_ONCE)),
            state,
        }))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
