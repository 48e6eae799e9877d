//! Why a request has no connection.

use gateway_telemetry::UpstreamFault;

/// Why there is no connection for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unconnected {
    /// The target has none for anybody.
    Failed(UpstreamFault),
    /// It is to switch, and the target speaks nothing that can: it serves all other requests.
    NeverSwitches,
}
