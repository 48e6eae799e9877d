//! The nodes that share a store: each says every second that it is there.

use std::time::Duration;

use redis::{Cmd, Value};

use super::script::NODES;

/// How often a node says that it is there.
pub(super) const BEAT: Duration = Duration::from_secs(1);

/// A node that was silent for so long is gone.
pub(super) const LIFETIME: Duration = Duration::from_secs(5);

/// Where the nodes are.
const KEY: &str = "sluice:{nodes}";

pub(super) fn announce(node: &str) -> Cmd {
    let mut command = redis::cmd("EVALSHA");
    command.arg(NODES.get_hash()).arg(1).arg(KEY).arg(node).arg(LIFETIME.as_millis() as u64);
    command
}

/// The number of nodes, at least this one, and the microsecond by the server's clock.
pub(super) fn counted(answer: &Value) -> Option<(u32, i64)> {
    let Value::Array(told) = answer else { return None };
    let [Value::Int(nodes), Value::Int(clock)] = told[..] else { return None };
    Some((u32::try_from(nodes).unwrap_or(1).max(1), clock))
}
