//! From an input to a revision: what all mutations share.

use std::sync::Arc;

use async_graphql::{Enum, InputObject, SimpleObject};
use gateway_config::{ChangeError, ChangeRequest, Changed};
use gateway_model::{Code, Document, Edit, Finding, Path, Purge, Severity};
use tracing::Instrument;

use super::{
    Scope,
    item::{Entry, Item, path},
    patch::Draft,
    view::View,
};
use crate::error::Failure;

/// How often a change that did not say which revision it saw is tried again when another process comes first.
const ATTEMPTS: usize = 8;

/// What every mutation may be told beside the resource; part of every input.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct Options {
    /// The revision that you saw: the change is refused with CONFLICT if another one came since. Without it, the change applies to whatever is newest.
    pub(crate) expected_revision: Option<u64>,
    /// Check everything and answer as usual, but change nothing.
    pub(crate) dry_run: Option<bool>,
    /// Why, for the list of revisions.
    pub(crate) comment: Option<String>,
    /// Any text; it comes back in the payload.
    pub(crate) client_mutation_id: Option<String>,
}

/// What every mutation answers beside the resource; part of every payload.
#[derive(Debug, SimpleObject)]
pub(crate) struct Outcome {
    /// The newest revision: the one that this change made, if it made one.
    pub(crate) revision: u64,
    /// Whether the change made a revision: false for a dry run, for a refusal, and when nothing was different.
    pub(crate) committed: bool,
    /// Why the change was refused; empty if it was not.
    pub(crate) user_errors: Vec<UserError>,
    /// What the operator should know about the configuration as it is now.
    pub(crate) warnings: Vec<Warning>,
    /// The text that came with the input.
    pub(crate) client_mutation_id: Option<String>,
}

/// Something that is wrong with the change.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct UserError {
    /// Where in the document of the whole configuration: kind, name, then fields and list positions, such as `["usagePlans", "gold", "throttle", "burstLimit"]`.
    pub(crate) path: Vec<String>,
    /// What is wrong, and the remedy.
    pub(crate) message: String,
    /// What kind of mistake it is.
    pub(crate) code: UserErrorCode,
}

/// Kinds of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum UserErrorCode {
    /// A value is not valid, or does not fit the rest of the configuration.
    Invalid,
    /// Create: there is a resource of that name already.
    AlreadyExists,
    /// Update or delete: there is no resource of that name.
    NotFound,
    /// Delete: something needs it.
    InUse,
}

/// Something that is allowed, but perhaps not meant.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Warning {
    /// What it is about, for programs.
    pub(crate) code: WarningCode,
    /// Where in the document of the whole configuration: kind, name, then fields and list positions.
    pub(crate) path: Vec<String>,
    /// What it means, and what can be done.
    pub(crate) message: String,
}

/// Kinds of warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum WarningCode {
    /// See the message.
    Advice,
    /// The change lets a plugin do more than before.
    GrantWidened,
    /// A grant that the plugin cannot use, or does not name in its configuration.
    GrantUnused,
    /// A grant for a remote store that the settings of this gateway do not have.
    StoreMissing,
    /// Only the names of two routes say which of them takes requests that both match.
    RouteOverlaps,
    /// A certificate is over, or will be within 30 days.
    CertificateExpires,
}

/// What a mutation wants done, as one revision.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) edits: Vec<Edit>,
    pub(crate) purges: Vec<Purge>,
}

/// A change that was carried out, or refused for reasons that are in the outcome.
pub(crate) struct Answer {
    /// The configuration before.
    pub(crate) before: Arc<View>,
    /// The configuration after; of a dry run, as it would be. `None` if the change was refused.
    pub(crate) after: Option<Arc<View>>,
    /// The edits that really changed something.
    pub(crate) edits: Vec<Edit>,
    pub(crate) outcome: Outcome,
}

/// An input that creates a resource.
pub(crate) trait Create: Sync {
    type Item: Item;

    fn options(&self) -> &Options;
    fn name(&self) -> &str;
    /// The resource that the input describes; what is wrong with it goes into `draft`. `None` only with a complaint.
    fn build(&self, draft: &mut Draft) -> Option<Self::Item>;
}

/// An input that changes a resource.
pub(crate) trait Update: Sync {
    type Item: Item + Clone;

    fn options(&self) -> &Options;
    fn name(&self) -> &str;
    /// Applies the fields that the input names; what is wrong with them goes into `draft`.
    fn apply(&self, item: &mut Self::Item, draft: &mut Draft);
}

/// Carries out a create mutation.
pub(crate) async fn create<I: Create>(scope: &Scope, input: &I) -> Result<(Option<Entry<I::Item>>, Outcome), Failure> {
    let name = input.name();
    let answer = change(scope, input.options(), |document| {
        if I::Item::all(document).contains_key(name) {
            return Err(vec![already_exists::<I::Item>(name)]);
        }
        let mut draft = Draft::at(path::<I::Item>(name));
        let item = input.build(&mut draft);
        Ok(vec![put(draft.finish(item)?)])
    });
    Ok(answer.await?.entry(name))
}

/// Carries out an update mutation.
pub(crate) async fn update<I: Update>(scope: &Scope, input: &I) -> Result<(Option<Entry<I::Item>>, Outcome), Failure> {
    let name = input.name();
    let answer = change(scope, input.options(), |document| {
        let mut item = existing::<I::Item>(document, name)?.clone();
        let mut draft = Draft::at(path::<I::Item>(name));
        input.apply(&mut item, &mut draft);
        Ok(vec![put(draft.finish(Some(item))?)])
    });
    Ok(answer.await?.entry(name))
}

/// Carries out a delete mutation; the entry is the resource as it was.
pub(crate) async fn delete<T: Item>(
    scope: &Scope,
    name: &str,
    options: &Options,
) -> Result<(Option<Entry<T>>, Outcome), Failure> {
    let answer = change(scope, options, |document| match T::all(document).contains_key(name) {
        true => Ok(vec![Edit::Delete { kind: T::KIND, name: name.to_owned() }]),
        false => Err(vec![not_found::<T>(name)]),
    });
    let answer = answer.await?;
    let gone = answer.after.as_ref().and_then(|_| Entry::find(&answer.before, name));
    Ok((gone, answer.outcome))
}

/// Plans from the newest document and has the plan carried out.
///
/// `plan` runs again if another change comes first and the client did not say which revision it saw.
pub(crate) async fn change<P: Into<Plan>>(
    scope: &Scope,
    options: &Options,
    plan: impl Fn(&Document) -> Result<P, Vec<UserError>>,
) -> Result<Answer, Failure> {
    let _turn = scope.turn.lock().await;
    for _ in 0..ATTEMPTS {
        let before = Arc::new(View::of(&scope.service));
        let expected = options.expected_revision.unwrap_or(before.revision);
        if expected != before.revision {
            // Edits made from another revision than the client saw could undo what it saw. Asking for no change at all
            // tells what lies between the two, or brings here what another process has committed.
            submit(scope, options, expected, Plan::default()).await?.map_err(failure)?;
            continue;
        }
        let planned = match plan(&before.document) {
            Ok(planned) => planned.into(),
            Err(errors) => return Ok(Answer::refused(before, errors, options)),
        };
        match submit(scope, options, expected, planned).await? {
            Ok(changed) => return Ok(Answer::done(before, changed, options)),
            Err(ChangeError::Invalid(findings)) => return Ok(Answer::invalid(before, findings, options)),
            Err(ChangeError::Conflict { .. }) if options.expected_revision.is_none() => {}
            Err(error) => return Err(failure(error)),
        }
    }
    Err(Failure::Busy)
}

/// Hands the change to the one writer of configuration, in a task of its own: a client that goes away cannot stop
/// a change halfway to being live.
async fn submit(
    scope: &Scope,
    options: &Options,
    expected: u64,
    planned: Plan,
) -> Result<Result<Changed, ChangeError>, Failure> {
    let Plan { edits, purges } = planned;
    let request = ChangeRequest {
        actor: scope.actor.clone(),
        expected: Some(expected),
        comment: options.comment.clone(),
        edits,
        purges,
        dry_run: options.dry_run.unwrap_or(false),
    };
    let service = scope.service.clone();
    let task = tokio::spawn(async move { service.change(request).await }.in_current_span());
    task.await.map_err(Failure::internal)
}

fn failure(error: ChangeError) -> Failure {
    match error {
        ChangeError::Conflict { current, yours, changed } => Failure::Conflict { current, yours, changed },
        ChangeError::NotApplied { revision, reason } => Failure::NotApplied { revision, reason },
        other => Failure::store(other),
    }
}

/// The edit that puts a resource.
pub(crate) fn put<T: Item>(item: T) -> Edit {
    Edit::Put(Arc::new(item).resource())
}

/// The resource of that name.
pub(crate) fn existing<'a, T: Item>(document: &'a Document, name: &str) -> Result<&'a T, Vec<UserError>> {
    T::all(document).get(name).map(Arc::as_ref).ok_or_else(|| vec![not_found::<T>(name)])
}

fn already_exists<T: Item>(name: &str) -> UserError {
    let message = format!("there is a {name:?} among {} already: update it, or choose another name", T::KIND);
    UserError::new(path::<T>(name).then("name"), message, UserErrorCode::AlreadyExists)
}

fn not_found<T: Item>(name: &str) -> UserError {
    let message = format!("there is no {name:?} among {}: create it, or correct the name", T::KIND);
    UserError::new(path::<T>(name).then("name"), message, UserErrorCode::NotFound)
}

impl UserError {
    pub(crate) fn new(path: Path, message: impl Into<String>, code: UserErrorCode) -> Self {
        Self { path: path.steps().to_vec(), message: message.into(), code }
    }
}

impl From<Vec<Edit>> for Plan {
    fn from(edits: Vec<Edit>) -> Self {
        Self { edits, ..Self::default() }
    }
}

impl From<Purge> for Plan {
    fn from(purge: Purge) -> Self {
        Self { purges: vec![purge], ..Self::default() }
    }
}

impl From<Finding> for UserError {
    fn from(finding: Finding) -> Self {
        Self::new(finding.path, finding.message, UserErrorCode::Invalid)
    }
}

impl From<Code> for WarningCode {
    fn from(code: Code) -> Self {
        match code {
            Code::Invalid | Code::Advice => Self::Advice,
            Code::GrantWidened => Self::GrantWidened,
            Code::GrantUnused => Self::GrantUnused,
            Code::StoreMissing => Self::StoreMissing,
            Code::RouteOverlaps => Self::RouteOverlaps,
            Code::CertificateExpires => Self::CertificateExpires,
        }
    }
}

impl From<Finding> for Warning {
    fn from(finding: Finding) -> Self {
        Self { code: finding.code.into(), path: finding.path.steps().to_vec(), message: finding.message }
    }
}

impl Answer {
    fn done(before: Arc<View>, changed: Changed, options: &Options) -> Self {
        let outcome = Outcome {
            revision: changed.revision,
            committed: changed.committed,
            user_errors: Vec::new(),
            warnings: changed.warnings.into_iter().map(Warning::from).collect(),
            client_mutation_id: options.client_mutation_id.clone(),
        };
        let after = View::new(changed.revision, changed.document);
        Self { before, after: Some(Arc::new(after)), edits: changed.edits, outcome }
    }

    fn refused(before: Arc<View>, user_errors: Vec<UserError>, options: &Options) -> Self {
        let outcome = Outcome {
            revision: before.revision,
            committed: false,
            user_errors,
            warnings: Vec::new(),
            client_mutation_id: options.client_mutation_id.clone(),
        };
        Self { before, after: None, edits: Vec::new(), outcome }
    }

    fn invalid(before: Arc<View>, findings: Vec<Finding>, options: &Options) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.severity == Severity::Error);
        let mut answer = Self::refused(before, errors.into_iter().map(UserError::from).collect(), options);
        answer.outcome.warnings = warnings.into_iter().map(Warning::from).collect();
        answer
    }

    /// The resource of that name after the change.
    pub(crate) fn entry<T: Item>(self, name: &str) -> (Option<Entry<T>>, Outcome) {
        let entry = self.after.as_ref().and_then(|view| Entry::find(view, name));
        (entry, self.outcome)
    }
}
