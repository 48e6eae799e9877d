//! Consumers.

use async_graphql::{ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;

use super::{
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    credential::Credential,
    item::Entry,
    patch::{Draft, set_option, set_or_default},
    plan::UsagePlan,
    resource,
};
use crate::error::Failure;

pub(crate) type Consumer = Entry<model::Consumer>;

/// Who calls through the gateway.
#[Object(name = "Consumer")]
impl Entry<model::Consumer> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among consumers.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// The groups that it belongs to.
    async fn groups(&self) -> &[String] {
        &self.item.groups
    }

    /// How much it may call; null means without limit.
    async fn usage_plan(&self) -> Option<UsagePlan> {
        self.linked(self.item.usage_plan.as_deref()?)
    }

    /// What proves its identity.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn credentials(
        &self,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Credential>>, Failure> {
        let paging = Paging { first, after, last, before };
        Connection::of(self.view.credentials_of_consumer(&self.item.name), &self.view, paging).map(Some)
    }
}

/// A new consumer.
#[derive(Debug, InputObject)]
pub(crate) struct CreateConsumerInput {
    /// Unique among consumers: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// The groups that it belongs to.
    #[graphql(default)]
    groups: Vec<String>,
    /// Name of the usage plan; none means without limit.
    usage_plan: Option<String>,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a consumer; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateConsumerInput {
    /// Name of the consumer.
    name: String,
    /// All the groups that it belongs to; null means none.
    groups: MaybeUndefined<Vec<String>>,
    /// Name of the usage plan; null means without limit.
    usage_plan: MaybeUndefined<String>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateConsumerInput {
    type Item = model::Consumer;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, _: &mut Draft) -> Option<model::Consumer> {
        Some(model::Consumer {
            name: self.name.clone(),
            groups: self.groups.clone(),
            usage_plan: self.usage_plan.clone(),
        })
    }
}

impl Update for UpdateConsumerInput {
    type Item = model::Consumer;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, consumer: &mut model::Consumer, _: &mut Draft) {
        set_or_default(&self.groups, &mut consumer.groups, Vec::new);
        set_option(&self.usage_plan, &mut consumer.usage_plan);
    }
}

resource::queries! {
    ConsumerQueries of Consumer;
    /// The consumer of that name, or null.
    consumer;
    /// All consumers by name.
    consumers;
}

resource::mutations! {
    ConsumerMutations of consumer: Consumer;
    /// Creates a consumer.
    create_consumer(CreateConsumerInput) -> CreateConsumerPayload;
    /// Changes the fields of a consumer that the input names.
    update_consumer(UpdateConsumerInput) -> UpdateConsumerPayload;
    /// Deletes a consumer. Refused while it has credentials.
    delete_consumer(DeleteConsumerInput) -> DeleteConsumerPayload;
}
