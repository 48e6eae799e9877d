//! The chain of a route: what its requests meet.

use async_graphql::SimpleObject;

use super::{Scope, attachment::Attachment, item::Entry, route::Route};

/// An attachment in the chain of a route.
#[derive(SimpleObject)]
pub(crate) struct ChainLink {
    /// What runs.
    attachment: Attachment,
    /// Its place: its own, or the default of its module.
    order: i32,
    /// Whether the place is the default of its module.
    order_is_default: bool,
    /// Whether it is attached to every route; false means to this one.
    to_every_route: bool,
}

/// The attachments that a request to the route meets, in order; those that are replaced on it are left out.
pub(crate) fn of_route(scope: &Scope, route: &Route) -> Vec<ChainLink> {
    let links = scope.service.chain(&route.view.document, &route.item.name).into_iter();
    let told = |link: gateway_model::ChainLink| ChainLink {
        order: link.order,
        order_is_default: link.attachment.order.is_none(),
        to_every_route: link.attachment.route.is_none(),
        attachment: Entry { view: route.view.clone(), item: link.attachment },
    };
    links.map(told).collect()
}
