//! API keys: made here and shown once, taken over, and rotated; known afterwards only by their keyed hash.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use gateway_config::{IssuedKey, KeyImportError};
use gateway_model::{self as model, ApiKey, KeyDigest, KeyRecord, Proof};
use jiff::{SignedDuration, Timestamp};

use super::{Credential, created};
use crate::{
    error::Failure,
    schema::{
        Scope,
        change::{self, Create, Options, Outcome, Update},
        patch::Draft,
        resource,
        scalar::DateTime,
    },
};

/// The longest overlap of a rotation, in seconds: a year.
const OVERLAP: u32 = 31_536_000;

/// A key that another one took the place of.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct PreviousKey {
    /// The first characters of the key, to tell keys apart by.
    display: Option<String>,
    /// From this moment on it is refused; it is forgotten with the next rotation.
    expires_at: DateTime,
    #[graphql(skip)]
    credential: String,
    #[graphql(skip)]
    digest: Option<KeyDigest>,
}

#[ComplexObject]
impl PreviousKey {
    /// When it was last accepted on any node, to the minute; null if it never was.
    async fn last_used_at(&self, context: &Context<'_>) -> Option<DateTime> {
        let digest = self.digest?;
        Scope::of(context).service.last_use(&self.credential, Some(digest)).map(DateTime::from_ms)
    }
}

impl PreviousKey {
    pub(super) fn all(credential: &str, keys: &ApiKey) -> Vec<Self> {
        let previous = keys.previous.iter().map(|key| Self {
            display: key.display.clone(),
            expires_at: key.expires_at.into(),
            credential: credential.to_owned(),
            digest: KeyDigest::from_hex(&key.key_digest),
        });
        previous.collect()
    }
}

/// A new API key.
#[derive(Debug, InputObject)]
pub(crate) struct CreateCredentialInput {
    /// Unique among credentials: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the consumer whose key it is.
    consumer: String,
    /// From this moment on it is refused; without it never.
    expires_at: Option<DateTime>,
    #[graphql(flatten)]
    options: Options,
}

/// An API key that clients have already. Deliberately without `Debug`.
#[derive(InputObject)]
pub(crate) struct ImportCredentialInput {
    /// Unique among credentials: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the consumer whose key it is.
    consumer: String,
    /// The key: 16 to 512 visible ASCII characters, made at random. Only its keyed hash and its first four characters are kept.
    key: String,
    /// From this moment on it is refused; without it never.
    expires_at: Option<DateTime>,
    #[graphql(flatten)]
    options: Options,
}

/// Which API key is to be changed for a new one.
#[derive(Debug, InputObject)]
pub(crate) struct RotateCredentialInput {
    /// Name of the credential; it keeps its name, and with it its limits and what it has used of them.
    name: String,
    /// For how long the present key is accepted beside the new one, in seconds: 0 refuses it at once, 31536000 is the most.
    #[graphql(default = 86_400)]
    overlap_seconds: i32,
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

/// What became of the rotation.
#[derive(SimpleObject)]
pub(crate) struct RotateCredentialPayload {
    /// The credential as it is now; null if the change was refused.
    credential: Option<Credential>,
    /// The new API key. It is shown here and never again; null for a dry run and if the change was refused.
    secret: Option<String>,
    #[graphql(flatten)]
    outcome: Outcome,
}

resource::payload! {
    /// What became of taking a key over.
    ImportCredentialPayload {
        /// What was created; null if the change was refused.
        credential: Credential
    }
}

/// The input with what is kept of the key that was made for it.
struct WithKey<'a> {
    input: &'a CreateCredentialInput,
    record: KeyRecord,
}

/// The input with what is kept of its key.
struct Imported<'a> {
    input: &'a ImportCredentialInput,
    record: Result<KeyRecord, KeyImportError>,
}

/// The input with what is kept of the new key.
struct Rotated<'a> {
    input: &'a RotateCredentialInput,
    record: KeyRecord,
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
        let CreateCredentialInput { name, consumer, expires_at, .. } = self.input;
        let proof = Proof::ApiKey(ApiKey::new(self.record.clone()));
        Some(created(name, consumer, *expires_at, proof))
    }
}

impl Create for Imported<'_> {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.input.options
    }

    fn name(&self) -> &str {
        &self.input.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::Credential> {
        let ImportCredentialInput { name, consumer, expires_at, .. } = self.input;
        let record = match &self.record {
            Ok(record) => record.clone(),
            Err(error) => {
                draft.error("key", error.to_string());
                return None;
            }
        };
        let proof = Proof::ApiKey(ApiKey::new(record));
        Some(created(name, consumer, *expires_at, proof))
    }
}

impl Update for Rotated<'_> {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.input.options
    }

    fn name(&self) -> &str {
        &self.input.name
    }

    fn apply(&self, credential: &mut model::Credential, draft: &mut Draft) {
        let overlap = draft.count("overlapSeconds", self.input.overlap_seconds);
        if overlap > OVERLAP {
            draft.error("overlapSeconds", format!("{overlap} is more than a year: give at most {OVERLAP}"));
        }
        let Proof::ApiKey(keys) = &mut credential.proof else {
            return draft.error("name", "only API keys are rotated: set a new password, or the certificate's new name");
        };
        let now = Timestamp::now();
        let end = now.checked_add(SignedDuration::from_secs(overlap.min(OVERLAP).into())).unwrap_or(now);
        keys.rotate(self.record.clone(), now, end);
        if keys.previous.len() > ApiKey::PREVIOUS {
            let most = ApiKey::PREVIOUS;
            draft.error("previousKeys", format!("{most} earlier keys are accepted still: end their overlap first"));
        }
    }
}

#[derive(Default)]
pub(crate) struct ApiKeyMutations;

#[Object]
impl ApiKeyMutations {
    /// Makes an API key for a consumer. The answer has the key; it is never shown again. If the change is committed but not
    /// live (UNAVAILABLE), the key is made and cannot be shown: rotate the credential then.
    async fn create_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to create.")] input: CreateCredentialInput,
    ) -> Result<Option<CreateCredentialPayload>, Failure> {
        let scope = Scope::of(context);
        let IssuedKey { text, record } = scope.service.issue_key();
        let (credential, outcome) = change::create(scope, &WithKey { input: &input, record }).await.map_err(unseen)?;
        let secret = outcome.committed.then_some(text);
        Ok(Some(CreateCredentialPayload { credential, secret, outcome }))
    }

    /// Takes over an API key that clients have already.
    async fn import_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to take over.")] input: ImportCredentialInput,
    ) -> Result<Option<ImportCredentialPayload>, Failure> {
        let scope = Scope::of(context);
        let record = scope.service.import_key(&input.key);
        Ok(Some(change::create(scope, &Imported { input: &input, record }).await?.into()))
    }

    /// Makes a new API key in the place of the present one, which is accepted beside it until the overlap ends. The answer has
    /// the new key; it is never shown again. If the change is committed but not live (UNAVAILABLE), rotate once more.
    async fn rotate_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to rotate.")] input: RotateCredentialInput,
    ) -> Result<Option<RotateCredentialPayload>, Failure> {
        let scope = Scope::of(context);
        let IssuedKey { text, record } = scope.service.issue_key();
        let (credential, outcome) = change::update(scope, &Rotated { input: &input, record }).await.map_err(unseen)?;
        let secret = outcome.committed.then_some(text);
        Ok(Some(RotateCredentialPayload { credential, secret, outcome }))
    }
}

/// A failure that comes with no key, after one was made.
fn unseen(failure: Failure) -> Failure {
    match failure {
        Failure::NotApplied { revision, reason } => Failure::NotApplied {
            revision,
            reason: format!(
                "{reason}; the new key is part of it and cannot be shown: once it is live, rotate the credential to have another one"
            ),
        },
        other => other,
    }
}
