//! What a request wants of a connection, and why it has none.

use std::time::{Duration, Instant};

use gateway_telemetry::UpstreamFault;

/// What a request wants of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// So much time targets have for a connection.
    pub(crate) within: Duration,
    /// Later it is of no use to the request.
    pub(crate) by: Instant,
    /// It is to switch, and has the connection alone: only HTTP/1.1 has that.
    pub(crate) is_alone: bool,
}

/// Why there is no connection for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unconnected {
    /// The target has none for anybody, which this request was the one to find out.
    Failed(UpstreamFault),
    /// It has waited for a place on one that another request failed to make, or for room where the target has all that it
    /// may have: it says nothing of the target that is not known already.
    Waited(UpstreamFault),
    /// The request's own time was over first, which is no fault of the target.
    TooLate,
    /// It is to switch, and the target speaks nothing that can: it serves all other requests.
    NeverSwitches,
}
