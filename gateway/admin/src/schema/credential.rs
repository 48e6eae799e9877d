//! Credentials: made here, shown once, known afterwards only by their keyed hash.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use gateway_model as model;

use super::{
    Scope,
    change::{self, Create, Options, Outcome},
    consumer::Consumer,
    item::Entry,
    patch::Draft,
    resource,
};
use crate::error::Failure;

pub(crate) type Credential = Entry<model::Credential>;

/// An API key of a consumer. The key itself is nowhere: it was shown when it was made.
#[Object(name = "Credential")]
impl Entry<model::Credential> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among credentials.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// Whose key it is.
    async fn consumer(&self) -> Option<Consumer> {
        self.linked(&self.item.consumer)
    }
}

/// A new API key.
#[derive(Debug, InputObject)]
pub(crate) struct CreateCredentialInput {
    /// Unique among credentials: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the consumer whose key it is.
    consumer: String,
    #[graphql(flatten)]
    options: Options,
}

/// What became of the creation.
#[derive(SimpleObject)]
pub(crate) struct CreateCredentialPayload {
    /// What was created; null if the change was refused.
    credential: Option<Credential>,
    /// The API key, for its consumer to send. It is shown here and never again; null for a dry run and if the change was refused.
    secret: Option<String>,
    #[graphql(flatten)]
    outcome: Outcome,
}

/// The input with the hash of the key that was made for it.
struct WithKey<'a> {
    input: &'a CreateCredentialInput,
    digest: model::KeyDigest,
}

impl Create for WithKey<'_> {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.input.options
    }

    fn name(&self) -> &str {
        &self.input.name
    }

    fn build(&self, _: &mut Draft) -> Option<model::Credential> {
        Some(model::Credential {
            name: self.input.name.clone(),
            consumer: self.input.consumer.clone(),
            key_digest: self.digest.to_hex(),
        })
    }
}

resource::queries! {
    CredentialQueries of Credential;
    /// The credential of that name, or null.
    credential;
    /// All credentials by name.
    credentials;
}

resource::deletion! {
    /// What to delete.
    DeleteCredentialInput;
    /// What became of the deletion.
    DeleteCredentialPayload { credential: Credential }
}

#[derive(Default)]
pub(crate) struct CredentialMutations;

#[Object]
impl CredentialMutations {
    /// Makes an API key for a consumer. The answer has the key; it is never shown again.
    async fn create_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to create.")] input: CreateCredentialInput,
    ) -> Result<Option<CreateCredentialPayload>, Failure> {
        let scope = Scope::of(context);
        let (secret, digest) = scope.service.issue_key();
        let (credential, outcome) = change::create(scope, &WithKey { input: &input, digest }).await?;
        let secret = outcome.committed.then_some(secret);
        Ok(Some(CreateCredentialPayload { credential, secret, outcome }))
    }

    /// Deletes an API key: requests with it are refused from now on.
    async fn delete_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to delete.")] input: DeleteCredentialInput,
    ) -> Result<Option<DeleteCredentialPayload>, Failure> {
        let done = change::delete(Scope::of(context), &input.name, &input.options).await?;
        Ok(Some(done.into()))
    }
}
