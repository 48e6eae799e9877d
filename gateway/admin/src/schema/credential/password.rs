//! Passwords: set here, and known afterwards only by their hash.

use async_graphql::{Context, InputObject, Object};
use gateway_config::PasswordError;
use gateway_model::{self as model, Password, Proof};

use super::{Credential, created};
use crate::{
    error::Failure,
    schema::{
        Scope,
        change::{self, Create, Options, Update},
        patch::Draft,
        resource,
        scalar::DateTime,
    },
};

/// A new user name and password. Deliberately without `Debug`.
#[derive(InputObject)]
pub(crate) struct CreatePasswordInput {
    /// Name of the credential, unique among credentials: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the consumer whose password it is.
    consumer: String,
    /// What the client calls itself, unique among user names and without `:`; without it the consumer's name.
    username: Option<String>,
    /// The password: 8 to 1024 bytes. Only a hash of it is kept.
    password: String,
    /// From this moment on it is refused; without it never.
    expires_at: Option<DateTime>,
    #[graphql(flatten)]
    options: Options,
}

/// A password in the place of another. Deliberately without `Debug`.
#[derive(InputObject)]
pub(crate) struct SetPasswordInput {
    /// Name of the credential.
    name: String,
    /// The new password: 8 to 1024 bytes. The old one is refused from now on.
    password: String,
    #[graphql(flatten)]
    options: Options,
}

resource::payload! {
    /// What became of the creation.
    CreatePasswordPayload {
        /// What was created; null if the change was refused.
        credential: Credential
    }
}

resource::payload! {
    /// What became of the change.
    SetPasswordPayload {
        /// The credential as it is now; null if the change was refused.
        credential: Credential
    }
}

/// An input with the hash of its password, or why there is none.
struct Hashed<'a, I> {
    input: &'a I,
    hash: Result<String, PasswordError>,
}

impl<'a, I> Hashed<'a, I> {
    /// Hashes the password, unless nothing but its length can be wrong with it.
    async fn new(scope: &Scope, input: &'a I, password: &str) -> Result<Self, Failure> {
        match scope.service.hash_password(password.to_owned()).await {
            Err(error @ PasswordError::Hash(_)) => Err(Failure::internal(error)),
            hash => Ok(Self { input, hash }),
        }
    }

    fn hash(&self, draft: &mut Draft) -> Option<String> {
        self.hash.as_ref().map_err(|error| draft.error("password", error.to_string())).ok().cloned()
    }
}

impl Create for Hashed<'_, CreatePasswordInput> {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.input.options
    }

    fn name(&self) -> &str {
        &self.input.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::Credential> {
        let CreatePasswordInput { name, consumer, username, expires_at, .. } = self.input;
        let proof = Proof::Password(Password { username: username.clone(), hash: self.hash(draft)? });
        Some(created(name, consumer, *expires_at, proof))
    }
}

impl Update for Hashed<'_, SetPasswordInput> {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.input.options
    }

    fn name(&self) -> &str {
        &self.input.name
    }

    fn apply(&self, credential: &mut model::Credential, draft: &mut Draft) {
        let hash = self.hash(draft);
        match (&mut credential.proof, hash) {
            (Proof::Password(password), Some(hash)) => password.hash = hash,
            (Proof::Password(_), None) => {}
            (Proof::ApiKey(_) | Proof::Certificate(_), _) => {
                draft.error("name", "this credential has no password: create one that has");
            }
        }
    }
}

#[derive(Default)]
pub(crate) struct PasswordMutations;

#[Object]
impl PasswordMutations {
    /// Gives a consumer a user name and a password.
    async fn create_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to create.")] input: CreatePasswordInput,
    ) -> Result<Option<CreatePasswordPayload>, Failure> {
        let scope = Scope::of(context);
        let hashed = Hashed::new(scope, &input, &input.password).await?;
        Ok(Some(change::create(scope, &hashed).await?.into()))
    }

    /// Sets another password.
    async fn set_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which, and to what.")] input: SetPasswordInput,
    ) -> Result<Option<SetPasswordPayload>, Failure> {
        let scope = Scope::of(context);
        let hashed = Hashed::new(scope, &input, &input.password).await?;
        Ok(Some(change::update(scope, &hashed).await?.into()))
    }
}
