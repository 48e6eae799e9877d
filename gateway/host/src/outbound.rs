//! Outbound: how plugins reach upstreams. The data path implements it, because it has the connections.

use std::{pin::Pin, sync::Arc};

use gateway_model::Snapshot;
use sluice_abi::wire::{Call, HostError, Reply};

/// A reply that is on its way.
pub type Sending = Pin<Box<dyn Future<Output = Result<Reply, HostError>> + Send>>;

/// Sends requests of plugins to upstreams. The host has checked grants and bounds before; always called on a worker.
pub trait Outbound: Send + Sync {
    /// Sends a request to the upstream of that name in `snapshot`, and answers with the whole reply.
    ///
    /// Dropping the future gives the request up.
    fn send(&self, snapshot: &Arc<Snapshot>, call: Call) -> Sending;

    /// Queues a request whose reply nobody waits for.
    ///
    /// # Errors
    /// [`HostError::Limit`] when too many are on their way.
    fn post(&self, snapshot: &Arc<Snapshot>, call: Call) -> Result<(), HostError>;
}

/// No upstream is within reach.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unreachable;

impl Outbound for Unreachable {
    fn send(&self, _: &Arc<Snapshot>, _: Call) -> Sending {
        Box::pin(std::future::ready(Err(out_of_reach())))
    }

    fn post(&self, _: &Arc<Snapshot>, _: Call) -> Result<(), HostError> {
        Err(out_of_reach())
    }
}

fn out_of_reach() -> HostError {
    HostError::Unavailable("no upstream is within reach of this host".to_owned())
}
