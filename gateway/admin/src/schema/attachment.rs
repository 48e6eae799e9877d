//! Attachments: plugins at work.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;
use serde_json::{Map, Value};

use super::{
    Scope,
    change::{Create, Options, Update},
    health::{AttachmentHealth, HookCosts, PluginLogLine},
    item::Entry,
    patch::{Draft, set_option, set_or_default},
    plugin::Plugin,
    resource,
    route::Route,
    scalar::Long,
};
use crate::error::Failure;

pub(crate) type Attachment = Entry<model::Attachment>;

/// Puts a plugin on one route, or on all of them. On a route, an attachment to it replaces that of the same plugin to all routes.
#[Object(name = "Attachment")]
impl Entry<model::Attachment> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among attachments.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// What runs.
    async fn plugin(&self) -> Option<Plugin> {
        self.linked(&self.item.plugin)
    }

    /// Where it runs; null means on every route.
    async fn route(&self) -> Option<Route> {
        self.linked(self.item.route.as_deref()?)
    }

    /// Place in the chain, lowest first; null takes the default of the module.
    async fn order(&self) -> Option<i32> {
        self.item.order
    }

    /// The plugin's configuration.
    async fn config(&self) -> &Value {
        &self.item.config
    }

    /// What the plugin may do beyond looking at requests: `identity`, `usage-plan`, `cache`, `priority`, `secret:NAME`, `upstream:NAME`, `kv:NAME`, `store:NAME`.
    async fn grants(&self) -> Vec<String> {
        self.item.grants.iter().map(ToString::to_string).collect()
    }

    /// What becomes of a request when the plugin fails.
    async fn on_failure(&self) -> FailurePolicy {
        self.item.on_failure.into()
    }

    /// What requests share of the plugin's memory.
    async fn isolation(&self) -> Isolation {
        self.item.isolation.into()
    }

    /// For one call of a hook, in milliseconds; null takes the gateway's setting. Where it is more than the setting
    /// `plugins.request_budget_ms`, all hooks of a request have as much together.
    async fn deadline_ms(&self) -> Option<u32> {
        self.item.deadline_ms
    }

    /// Whether the plugin is not called: each call counts as failed, and `onFailure` decides.
    async fn quarantined(&self) -> bool {
        self.item.quarantined
    }

    /// How it is on the node that answers; null if it serves no route there.
    async fn health(&self, context: &Context<'_>) -> Option<AttachmentHealth> {
        Scope::of(context).metrics.health().of(&self.item.name).map(AttachmentHealth::from)
    }

    /// What the calls of its plugin have cost on the node that answers, by hook; hooks that were never called are left out.
    #[graphql(complexity = "8 * child_complexity + 1")]
    async fn costs(&self, context: &Context<'_>) -> Vec<HookCosts> {
        Scope::of(context).metrics.costs(&self.item.name).into_iter().map(HookCosts::from).collect()
    }

    /// The last lines that its plugin logged on the node that answers, oldest first; of each worker 200 lines are kept.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn logs(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only lines with a higher sequence: that of the last line seen, to follow the log.")]
        after: Option<Long>,
        #[graphql(desc = "The newest so many of these: 50 if not given, 200 at most.")] last: Option<i32>,
    ) -> Result<Vec<PluginLogLine>, Failure> {
        let not_negative = |_| Failure::BadInput("`after` and `last` cannot be below 0".to_owned());
        let after = u64::try_from(after.map_or(0, |Long(after)| after)).map_err(not_negative)?;
        let most = usize::try_from(last.unwrap_or(50)).map_err(not_negative)?;
        let lines = Scope::of(context).metrics.plugin_logs().tail(&self.item.name, after, most);
        Ok(lines.into_iter().map(PluginLogLine::from).collect())
    }
}

/// What becomes of a request whose plugin traps, takes too long or fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum FailurePolicy {
    /// The request is refused with 503.
    Closed,
    /// The plugin is skipped and the request goes on.
    Open,
}

/// What requests share of a plugin's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Isolation {
    /// Warm instances serve one request after the other.
    Shared,
    /// Each call runs in an instance of its own, which is thrown away after it.
    Request,
}

/// A new attachment.
#[derive(Debug, InputObject)]
pub(crate) struct CreateAttachmentInput {
    /// Unique among attachments: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the plugin.
    plugin: String,
    /// Name of the route; none means every route.
    route: Option<String>,
    /// Place in the chain, lowest first; none takes the default of the module.
    order: Option<i32>,
    /// The plugin's configuration, as its module's `configSchema` wants it; none means `{}`.
    config: Option<Value>,
    /// What the plugin may do beyond looking at requests: `identity`, `usage-plan`, `cache`, `priority`, `secret:NAME`, `upstream:NAME`, `kv:NAME`, `store:NAME`. Its module lists in `needs` what it needs.
    #[graphql(default)]
    grants: Vec<String>,
    /// What becomes of a request when the plugin fails.
    #[graphql(default_with = "FailurePolicy::Closed")]
    on_failure: FailurePolicy,
    /// What requests share of the plugin's memory.
    #[graphql(default_with = "Isolation::Shared")]
    isolation: Isolation,
    /// For one call of a hook, in milliseconds, 1 to 10000; none takes the gateway's setting. Where it is more than the
    /// setting `plugins.request_budget_ms`, all hooks of a request have as much together.
    deadline_ms: Option<i32>,
    /// Whether the plugin is not called: each call counts as failed, and `onFailure` decides.
    #[graphql(default)]
    quarantined: bool,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to an attachment; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateAttachmentInput {
    /// Name of the attachment.
    name: String,
    /// Name of the plugin.
    plugin: MaybeUndefined<String>,
    /// Name of the route; null means every route.
    route: MaybeUndefined<String>,
    /// Place in the chain, lowest first; null takes the default of the module.
    order: MaybeUndefined<i32>,
    /// The whole configuration of the plugin; null means `{}`.
    config: MaybeUndefined<Value>,
    /// All its grants; null means none.
    grants: MaybeUndefined<Vec<String>>,
    /// What becomes of a request when the plugin fails; null means CLOSED.
    on_failure: MaybeUndefined<FailurePolicy>,
    /// What requests share of the plugin's memory; null means SHARED.
    isolation: MaybeUndefined<Isolation>,
    /// For one call of a hook, in milliseconds, 1 to 10000; null takes the gateway's setting. Where it is more than the
    /// setting `plugins.request_budget_ms`, all hooks of a request have as much together.
    deadline_ms: MaybeUndefined<i32>,
    /// Whether the plugin is not called: each call counts as failed, and `onFailure` decides; null means false.
    quarantined: MaybeUndefined<bool>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateAttachmentInput {
    type Item = model::Attachment;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::Attachment> {
        Some(model::Attachment {
            name: self.name.clone(),
            plugin: self.plugin.clone(),
            route: self.route.clone(),
            order: self.order,
            config: self.config.clone().unwrap_or_else(no_config),
            grants: draft.all_parsed("grants", &self.grants),
            on_failure: self.on_failure.into(),
            isolation: self.isolation.into(),
            deadline_ms: self.deadline_ms.map(|ms| draft.count("deadlineMs", ms)),
            quarantined: self.quarantined,
        })
    }
}

impl Update for UpdateAttachmentInput {
    type Item = model::Attachment;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, attachment: &mut model::Attachment, draft: &mut Draft) {
        let grants = self.grants.clone().map_value(|texts| draft.all_parsed("grants", &texts));
        let on_failure = self.on_failure.map_value(model::FailurePolicy::from);
        let isolation = self.isolation.map_value(model::Isolation::from);
        let deadline = self.deadline_ms.map_value(|ms| draft.count("deadlineMs", ms));
        draft.set("plugin", &self.plugin, &mut attachment.plugin);
        set_option(&self.route, &mut attachment.route);
        set_option(&self.order, &mut attachment.order);
        set_or_default(&self.config, &mut attachment.config, no_config);
        set_or_default(&grants, &mut attachment.grants, Vec::new);
        set_or_default(&on_failure, &mut attachment.on_failure, model::FailurePolicy::default);
        set_or_default(&isolation, &mut attachment.isolation, model::Isolation::default);
        set_option(&deadline, &mut attachment.deadline_ms);
        set_or_default(&self.quarantined, &mut attachment.quarantined, bool::default);
    }
}

fn no_config() -> Value {
    Value::Object(Map::new())
}

impl From<model::FailurePolicy> for FailurePolicy {
    fn from(policy: model::FailurePolicy) -> Self {
        match policy {
            model::FailurePolicy::Closed => Self::Closed,
            model::FailurePolicy::Open => Self::Open,
        }
    }
}

impl From<FailurePolicy> for model::FailurePolicy {
    fn from(policy: FailurePolicy) -> Self {
        match policy {
            FailurePolicy::Closed => Self::Closed,
            FailurePolicy::Open => Self::Open,
        }
    }
}

impl From<model::Isolation> for Isolation {
    fn from(isolation: model::Isolation) -> Self {
        match isolation {
            model::Isolation::Shared => Self::Shared,
            model::Isolation::Request => Self::Request,
        }
    }
}

impl From<Isolation> for model::Isolation {
    fn from(isolation: Isolation) -> Self {
        match isolation {
            Isolation::Shared => Self::Shared,
            Isolation::Request => Self::Request,
        }
    }
}

resource::queries! {
    AttachmentQueries of Attachment;
    /// The attachment of that name, or null.
    attachment;
    /// All attachments by name.
    attachments;
}

resource::mutations! {
    AttachmentMutations of attachment: Attachment;
    /// Puts a plugin on a route, or on all of them.
    create_attachment(CreateAttachmentInput) -> CreateAttachmentPayload;
    /// Changes the fields of an attachment that the input names.
    update_attachment(UpdateAttachmentInput) -> UpdateAttachmentPayload;
    /// Takes a plugin off.
    delete_attachment(DeleteAttachmentInput) -> DeleteAttachmentPayload;
}
