//! Attachments at run time: in another order, set aside, taken back.

use std::collections::BTreeMap;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use gateway_model::{self as model, Document, Edit};

use super::{
    Scope,
    attachment::Attachment,
    change::{self, Options, Outcome, UserError, UserErrorCode},
    item::{Entry, path},
    resource,
};
use crate::error::Failure;

/// The order in which attachments are to run.
#[derive(Debug, InputObject)]
pub(crate) struct ReorderAttachmentsInput {
    /// Name of the route whose own attachments are meant; none means those to every route.
    route: Option<String>,
    /// The names of all attachments to that place, first to last.
    attachments: Vec<String>,
    #[graphql(flatten)]
    options: Options,
}

/// What became of the new order.
#[derive(SimpleObject)]
pub(crate) struct ReorderAttachmentsPayload {
    /// The attachments as they are now, first to last; empty if the change was refused.
    attachments: Vec<Attachment>,
    #[graphql(flatten)]
    outcome: Outcome,
}

/// Which attachment is meant.
#[derive(Debug, InputObject)]
pub(crate) struct QuarantineAttachmentInput {
    /// Name of the attachment.
    name: String,
    #[graphql(flatten)]
    options: Options,
}

/// Which attachment is meant.
#[derive(Debug, InputObject)]
pub(crate) struct ReleaseAttachmentInput {
    /// Name of the attachment.
    name: String,
    #[graphql(flatten)]
    options: Options,
}

resource::payload! {
    /// What became of the quarantine.
    QuarantineAttachmentPayload {
        /// The attachment as it is now; null if the change was refused.
        attachment: Attachment
    }
}

resource::payload! {
    /// What became of the release.
    ReleaseAttachmentPayload {
        /// The attachment as it is now; null if the change was refused.
        attachment: Attachment
    }
}

#[derive(Default)]
pub(crate) struct ArrangeMutations;

#[Object]
impl ArrangeMutations {
    /// Has the attachments to one route, or those to every route, run in another order, as one revision. They share out the places
    /// that they have now, so that they keep their place among the others.
    async fn reorder_attachments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The order.")] input: ReorderAttachmentsInput,
    ) -> Result<Option<ReorderAttachmentsPayload>, Failure> {
        let scope = Scope::of(context);
        let answer = change::change(scope, &input.options, |document| reorder(scope, document, &input)).await?;
        let names = answer.after.iter().flat_map(|view| input.attachments.iter().map(move |name| (view, name)));
        let attachments = names.filter_map(|(view, name)| Entry::find(view, name)).collect();
        Ok(Some(ReorderAttachmentsPayload { attachments, outcome: answer.outcome }))
    }

    /// Stops calling the plugin of an attachment: each call counts as failed, and `onFailure` decides. `comment` says why.
    async fn quarantine_attachment(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to quarantine.")] input: QuarantineAttachmentInput,
    ) -> Result<Option<QuarantineAttachmentPayload>, Failure> {
        let done = set_quarantined(Scope::of(context), &input.name, true, &input.options).await?;
        Ok(Some(done.into()))
    }

    /// Calls the plugin of an attachment again.
    async fn release_attachment(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to release.")] input: ReleaseAttachmentInput,
    ) -> Result<Option<ReleaseAttachmentPayload>, Failure> {
        let done = set_quarantined(Scope::of(context), &input.name, false, &input.options).await?;
        Ok(Some(done.into()))
    }
}

async fn set_quarantined(
    scope: &Scope,
    name: &str,
    quarantined: bool,
    options: &Options,
) -> Result<(Option<Attachment>, Outcome), Failure> {
    let answer = change::change(scope, options, |document| {
        let attachment = change::existing::<model::Attachment>(document, name)?;
        Ok(vec![change::put(model::Attachment { quarantined, ..attachment.clone() })])
    });
    Ok(answer.await?.entry(name))
}

fn reorder(scope: &Scope, document: &Document, input: &ReorderAttachmentsInput) -> Result<Vec<Edit>, Vec<UserError>> {
    let here = document.attachments.values().filter(|attachment| attachment.route == input.route);
    let places: BTreeMap<&str, i32> =
        here.map(|attachment| (attachment.name.as_str(), place(scope, document, attachment))).collect();
    let errors = mistakes(&places, &input.attachments);
    if !errors.is_empty() {
        return Err(errors);
    }
    let wanted = input.attachments.iter().zip(shared_out(&places));
    let changed = wanted.filter(|(name, order)| places[name.as_str()] != *order);
    let edit = |(name, order): (&String, i32)| {
        let attachment = change::existing::<model::Attachment>(document, name)?;
        Ok(change::put(model::Attachment { order: Some(order), ..attachment.clone() }))
    };
    changed.map(edit).collect()
}

/// Where an attachment stands: its own order, or its module's.
fn place(scope: &Scope, document: &Document, attachment: &model::Attachment) -> i32 {
    let default = || {
        let plugin = document.plugins.get(&attachment.plugin)?;
        Some(scope.service.stored_module(&plugin.digest)?.facts.default_order)
    };
    attachment.order.or_else(default).unwrap_or_default()
}

/// The places that are taken now, in order; those that are taken twice are pulled apart, for equal ones would go by name.
fn shared_out(places: &BTreeMap<&str, i32>) -> Vec<i32> {
    let mut slots: Vec<i32> = places.values().copied().collect();
    slots.sort_unstable();
    for index in 1..slots.len() {
        slots[index] = slots[index].max(slots[index - 1].saturating_add(1));
    }
    slots
}

/// The list names each attachment of the place once.
fn mistakes(places: &BTreeMap<&str, i32>, list: &[String]) -> Vec<UserError> {
    let error = |name: &str, message: &str| {
        UserError::new(path::<model::Attachment>(name).then("order"), message, UserErrorCode::Invalid)
    };
    let missing = places.keys().filter(|name| !list.iter().any(|listed| listed == *name));
    let missing = missing.map(|name| error(name, "it is attached there, too: list every attachment of the place"));
    let wrong = list.iter().enumerate().filter_map(|(index, name)| match places.contains_key(name.as_str()) {
        false => Some(error(name, "it is not attached there: list the attachments of the place, and no other")),
        true if list[..index].contains(name) => Some(error(name, "it is listed twice: list it once")),
        true => None,
    });
    missing.chain(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_shared_out_and_pulled_apart_where_they_are_equal() {
        let places = |orders: &[i32]| {
            let names = ["a", "b", "c", "d"];
            shared_out(&names.into_iter().zip(orders.iter().copied()).collect())
        };
        assert_eq!(places(&[30, 10, 20]), [10, 20, 30]);
        assert_eq!(places(&[5, 5, 5, 6]), [5, 6, 7, 8]);
        assert_eq!(places(&[]), [0; 0]);
    }
}
