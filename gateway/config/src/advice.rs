//! What an operator should know about attachments, their grants and plans: allowed, but perhaps not meant.

use std::collections::BTreeSet;

use gateway_model::{
    Attachment, Catalog as _, Code, Counting, Digest, Document, FailurePolicy, Finding, Grant, Kind, OnOutage, Path,
    PluginFacts, Severity, UsagePlan,
};

use crate::catalog::Catalog;

/// Looks at every attachment and every usage plan in `after`.
pub(crate) struct Advice<'a> {
    pub(crate) before: &'a Document,
    pub(crate) after: &'a Document,
    pub(crate) catalog: &'a Catalog,
    /// The remote stores that this gateway knows.
    pub(crate) stores: &'a BTreeSet<String>,
    /// Whether nodes can count limits together.
    pub(crate) counts_together: bool,
}

impl Advice<'_> {
    /// Everything worth saying, in the order of the document.
    pub(crate) fn all(&self) -> Vec<Finding> {
        let plans = self.after.usage_plans.values().filter_map(|plan| self.about_plan(plan));
        self.after.attachments.values().flat_map(|attachment| self.about(attachment)).chain(plans).collect()
    }

    fn about_plan(&self, plan: &UsagePlan) -> Option<Finding> {
        let message = || {
            let instead = match plan.on_outage {
                OnOutage::Deny => "it refuses every request",
                OnOutage::Allow => "it lets every request pass",
                OnOutage::LocalShare => "each node counts by itself",
            };
            format!("this gateway has no store in which nodes count together: set limits.store; until then {instead}")
        };
        let path = Path::new().then(Kind::UsagePlans).then(&plan.name).then("counting");
        let missing = plan.counting != Counting::Local && !self.counts_together;
        missing.then(|| warning(&path, Code::StoreMissing, message()))
    }

    fn about(&self, attachment: &Attachment) -> Vec<Finding> {
        let Some(plugin) = self.after.plugins.get(&attachment.plugin) else { return Vec::new() };
        let Some(facts) = self.catalog.facts(&plugin.digest) else { return Vec::new() };
        let attached = Path::new().then(Kind::Attachments).then(&attachment.name);
        let path = attached.then("grants");
        let said = attachment.grants.iter().enumerate().flat_map(|(index, grant)| {
            let place = path.then(index);
            let remarks =
                [self.widened(attachment, grant), self.unused(attachment, grant, &facts), self.unknown_store(grant)];
            remarks.into_iter().flatten().map(move |(code, message)| warning(&place, code, message))
        });
        said.chain(fails_open(attachment).map(|message| warning(&attached.then("onFailure"), Code::Advice, message)))
            .collect()
    }

    fn widened(&self, attachment: &Attachment, grant: &Grant) -> Option<(Code, String)> {
        let before = self.before.attachments.get(&attachment.name)?;
        let message = format!("{grant} is new: from this change on the plugin {:?} may use it", attachment.plugin);
        (!before.grants.contains(grant)).then_some((Code::GrantWidened, message))
    }

    fn unused(&self, attachment: &Attachment, grant: &Grant, facts: &PluginFacts) -> Option<(Code, String)> {
        let interfaces = grant.interfaces();
        if !interfaces.is_empty() && !facts.imports.iter().any(|import| interfaces.contains(&interface(import))) {
            let message = format!("the module {} {} has no use for {grant}: take it away", facts.name, facts.version);
            return Some((Code::GrantUnused, message));
        }
        let Grant::Secret(name) = grant else { return None };
        let unnamed = self.catalog.marks_secrets(&facts.digest) && !self.names(attachment, &facts.digest, name);
        let message = format!("the configuration names no secret {name:?}: take the grant away, or name it");
        unnamed.then_some((Code::GrantUnused, message))
    }

    fn names(&self, attachment: &Attachment, module: &Digest, secret: &str) -> bool {
        self.catalog.secrets(module, &attachment.config).iter().any(|(_, name)| name == secret)
    }

    fn unknown_store(&self, grant: &Grant) -> Option<(Code, String)> {
        let Grant::Store(name) = grant else { return None };
        let message = format!(
            "this gateway has no store {name:?}: add [stores.{name}] to its settings; until then the plugin finds it unavailable"
        );
        (!self.stores.contains(name)).then_some((Code::StoreMissing, message))
    }
}

/// Who says who calls protects what is behind.
fn fails_open(attachment: &Attachment) -> Option<String> {
    let opens = attachment.on_failure == FailurePolicy::Open && attachment.grants.contains(&Grant::Identity);
    opens.then(|| {
        format!(
            "what protects must not fail open: while the plugin {:?} fails, requests pass that it has not looked at; set onFailure to closed",
            attachment.plugin
        )
    })
}

/// `sluice:plugin/kv@0.1.0` → `kv`
fn interface(import: &str) -> &str {
    let name = import.rsplit('/').next().unwrap_or(import);
    name.split('@').next().unwrap_or(name)
}

fn warning(place: &Path, code: Code, message: String) -> Finding {
    Finding { severity: Severity::Warning, code, path: place.clone(), message }
}
