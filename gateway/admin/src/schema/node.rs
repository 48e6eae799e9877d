//! Anything by its global id.

use async_graphql::{Context, ID, Interface, Object};

use super::{
    Scope,
    attachment::Attachment,
    certificate::Certificate,
    consumer::Consumer,
    credential::Credential,
    item::{Entry, Item, read_global_id},
    module::Module,
    plan::UsagePlan,
    plugin::Plugin,
    revision::Revision,
    route::Route,
    upstream::Upstream,
};
use crate::error::Failure;
use gateway_model as model;

/// Anything that has a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub(crate) enum Node {
    Route(Route),
    Upstream(Upstream),
    Consumer(Consumer),
    Credential(Credential),
    UsagePlan(UsagePlan),
    Plugin(Plugin),
    Attachment(Attachment),
    Certificate(Certificate),
    Module(Module),
    Revision(Revision),
}

#[derive(Default)]
pub(crate) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// Anything by its global id; null if there is nothing with this id.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "An id from an `id` field.")] id: ID,
    ) -> Result<Option<Node>, Failure> {
        match read_global_id(&id) {
            Some((type_name, key)) => find(Scope::of(context), &type_name, &key).await,
            None => Ok(None),
        }
    }
}

async fn find(scope: &Scope, type_name: &str, key: &str) -> Result<Option<Node>, Failure> {
    fn entry<T: Item>(scope: &Scope, key: &str, node: fn(Entry<T>) -> Node) -> Option<Node> {
        Entry::find(&scope.view, key).map(node)
    }
    Ok(match type_name {
        model::Route::TYPE => entry(scope, key, Node::Route),
        model::Upstream::TYPE => entry(scope, key, Node::Upstream),
        model::Consumer::TYPE => entry(scope, key, Node::Consumer),
        model::Credential::TYPE => entry(scope, key, Node::Credential),
        model::UsagePlan::TYPE => entry(scope, key, Node::UsagePlan),
        model::Plugin::TYPE => entry(scope, key, Node::Plugin),
        model::Attachment::TYPE => entry(scope, key, Node::Attachment),
        model::Certificate::TYPE => entry(scope, key, Node::Certificate),
        Module::TYPE => key.parse().ok().and_then(|digest| Module::find(scope, &digest)).map(Node::Module),
        Revision::TYPE => match key.parse() {
            Ok(number) => Revision::find(scope, number).await?.map(Node::Revision),
            Err(_) => None,
        },
        _ => None,
    })
}
