//! How busy the node is that answers.

use async_graphql::{Context, Object, SimpleObject};

use super::Scope;

/// How busy the node is that answers.
#[derive(SimpleObject)]
pub(crate) struct Signals {
    /// Requests whose response has not ended yet.
    in_flight: u32,
    /// Processor time that the gateway takes, as a share of what it may take: 0 to 1.
    cpu: f64,
    /// Memory that the gateway occupies, as a share of what it may occupy: 0 to 1.
    memory: f64,
    /// By how many milliseconds the worker is late that is latest, as of its last tick.
    worker_lag_ms: f64,
}

#[derive(Default)]
pub(crate) struct SignalQueries;

#[Object]
impl SignalQueries {
    /// How busy the node is that answers.
    async fn signals(&self, context: &Context<'_>) -> Signals {
        let Scope { load, metrics, .. } = &**Scope::of(context);
        Signals {
            in_flight: load.in_flight(),
            cpu: f64::from(load.cpu_permille()) / 1000.0,
            memory: f64::from(load.memory_permille()) / 1000.0,
            worker_lag_ms: metrics.worker_lag().longest().as_secs_f64() * 1000.0,
        }
    }
}
