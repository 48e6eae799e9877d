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
    /// How long something had to wait for the machine.
    pressure: Pressure,
}

/// The share of the last ten seconds in which something of the gateway's control group, or else of the machine, waited for
/// what the machine is short of (pressure stall information, Linux): 0 to 1, and 0 where the system does not tell.
#[derive(SimpleObject)]
pub(crate) struct Pressure {
    /// For a processor.
    cpu: f64,
    /// For memory.
    memory: f64,
    /// For a disk.
    io: f64,
}

#[derive(Default)]
pub(crate) struct SignalQueries;

#[Object]
impl SignalQueries {
    /// How busy the node is that answers.
    async fn signals(&self, context: &Context<'_>) -> Signals {
        let Scope { load, metrics, .. } = &**Scope::of(context);
        let pressure = load.pressure();
        let share = |permille: u32| f64::from(permille) / 1000.0;
        Signals {
            in_flight: load.in_flight(),
            cpu: share(load.cpu_permille()),
            memory: share(load.memory_permille()),
            pressure: Pressure {
                cpu: share(pressure.cpu_permille),
                memory: share(pressure.memory_permille),
                io: share(pressure.io_permille),
            },
            worker_lag_ms: metrics.worker_lag().longest().as_secs_f64() * 1000.0,
        }
    }
}
