//! Consumers.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;

use super::{
    Scope,
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    credential::Credential,
    item::Entry,
    limit_override::{LimitOverride, LimitOverrideInput, overrides},
    patch::{Draft, set_or_default},
    plan::UsagePlan,
    resource,
    usage::{self, Usage},
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

    /// How much it may call, one plan for each route at most; without any it may call without limit.
    async fn usage_plans(&self) -> Vec<UsagePlan> {
        self.item.usage_plans.iter().filter_map(|name| self.linked(name)).collect()
    }

    /// What stands in the place of what its plans say, for some time; the first one that has not ended counts.
    async fn overrides(&self) -> Vec<LimitOverride> {
        self.item.overrides.iter().map(Into::into).collect()
    }

    /// How it stands with the quotas of its plans: on this node, or on all that count them together.
    #[graphql(complexity = "4 * child_complexity + 1")]
    async fn usage(&self, context: &Context<'_>) -> Result<Vec<Usage>, Failure> {
        usage::of_consumer(Scope::of(context), &self.item.name).await
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
        Connection::of(&self.view.credentials_of_consumer(&self.item.name), &self.view, paging).map(Some)
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
    /// Names of the usage plans, one for each route at most; none means without limit.
    #[graphql(default)]
    usage_plans: Vec<String>,
    /// What stands in the place of what its plans say, for some time.
    #[graphql(default)]
    overrides: Vec<LimitOverrideInput>,
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
    /// Names of all the usage plans; null means without limit.
    usage_plans: MaybeUndefined<Vec<String>>,
    /// All that stands in the place of what its plans say, for some time; null means nothing.
    overrides: MaybeUndefined<Vec<LimitOverrideInput>>,
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

    fn build(&self, draft: &mut Draft) -> Option<model::Consumer> {
        Some(model::Consumer {
            name: self.name.clone(),
            groups: self.groups.clone(),
            usage_plans: self.usage_plans.clone(),
            overrides: overrides(&self.overrides, draft),
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

    fn apply(&self, consumer: &mut model::Consumer, draft: &mut Draft) {
        set_or_default(&self.groups, &mut consumer.groups, Vec::new);
        set_or_default(&self.usage_plans, &mut consumer.usage_plans, Vec::new);
        match &self.overrides {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => consumer.overrides.clear(),
            MaybeUndefined::Value(inputs) => consumer.overrides = overrides(inputs, draft),
        }
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
