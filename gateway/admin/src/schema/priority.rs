//! Classes of requests.

use async_graphql::Enum;
use gateway_model as model;

/// How much it matters that a request is served, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::PriorityClass")]
pub(crate) enum PriorityClass {
    /// Users notice at once when it fails: checkout, payment.
    Critical,
    /// Users wait for it.
    High,
    /// Where nothing else is said.
    Normal,
    /// May be shed: it can be asked again later, or not at all.
    Low,
}
