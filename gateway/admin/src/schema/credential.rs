//! Credentials: what they have in common, and how they are changed, revoked and deleted.
//!
//! Each kind is made in a file of its own.

pub(super) mod certificate;
pub(super) mod key;
pub(super) mod password;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use gateway_model::{self as model, KeyDigest, Proof};
use jiff::Timestamp;

use self::{
    certificate::{CertificateName, CertificateNameInput},
    key::PreviousKey,
};
use super::{
    Scope, change,
    change::{Options, Update},
    consumer::Consumer,
    item::Entry,
    patch::{Draft, set_option},
    resource,
    scalar::DateTime,
};
use crate::error::Failure;

pub(crate) type Credential = Entry<model::Credential>;

/// Ways to prove who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum CredentialKind {
    /// An API key.
    ApiKey,
    /// A user name and a password.
    Password,
    /// A client certificate.
    Certificate,
}

/// What proves that a caller is a consumer. Keys and passwords are nowhere: only their hashes are kept.
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

    /// Whom it proves.
    async fn consumer(&self) -> Option<Consumer> {
        self.linked(&self.item.consumer)
    }

    /// What it is.
    async fn kind(&self) -> CredentialKind {
        match self.item.proof {
            Proof::ApiKey(_) => CredentialKind::ApiKey,
            Proof::Password(_) => CredentialKind::Password,
            Proof::Certificate(_) => CredentialKind::Certificate,
        }
    }

    /// Whether it is accepted at all; false means that it is revoked.
    async fn enabled(&self) -> bool {
        self.item.enabled
    }

    /// When it was made; null if that was before it was recorded.
    async fn created_at(&self) -> Option<DateTime> {
        self.item.created_at.map(DateTime::from)
    }

    /// From this moment on it is refused; null means never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.item.expires_at.map(DateTime::from)
    }

    /// When it was last accepted on any node, to the minute: of an API key the present key. Null if it never was.
    async fn last_used_at(&self, context: &Context<'_>) -> Option<DateTime> {
        let key = match &self.item.proof {
            Proof::ApiKey(keys) => Some(KeyDigest::from_hex(&keys.key.key_digest)?),
            Proof::Password(_) | Proof::Certificate(_) => None,
        };
        Scope::of(context).service.last_use(&self.item.name, key).map(DateTime::from_ms)
    }

    /// The first characters of an API key, to tell keys apart by; null for other kinds, and for keys from before that was recorded.
    async fn display(&self) -> Option<&str> {
        match &self.item.proof {
            Proof::ApiKey(keys) => keys.key.display.as_deref(),
            Proof::Password(_) | Proof::Certificate(_) => None,
        }
    }

    /// Keys from before rotations, newest first; empty for other kinds.
    async fn previous_keys(&self) -> Vec<PreviousKey> {
        match &self.item.proof {
            Proof::ApiKey(keys) => PreviousKey::all(&self.item.name, keys),
            Proof::Password(_) | Proof::Certificate(_) => Vec::new(),
        }
    }

    /// The user name that goes with a password; null for other kinds.
    async fn username(&self) -> Option<&str> {
        self.item.username()
    }

    /// How a client certificate is recognised; null for other kinds.
    async fn certificate(&self) -> Option<CertificateName> {
        match &self.item.proof {
            Proof::Certificate(name) => Some(CertificateName::of(name)),
            Proof::ApiKey(_) | Proof::Password(_) => None,
        }
    }
}

/// Changes to a credential; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateCredentialInput {
    /// Name of the credential.
    name: String,
    /// False revokes it, on every node within a second; true accepts it again.
    enabled: Option<bool>,
    /// From this moment on it is refused; null means never.
    expires_at: MaybeUndefined<DateTime>,
    /// True refuses the keys from before the last rotation from now on. For API keys only.
    end_overlap: Option<bool>,
    /// The user name that goes with the password; null means the consumer's name. For passwords only.
    username: MaybeUndefined<String>,
    /// How the certificate is recognised. For certificates only.
    certificate: Option<CertificateNameInput>,
    #[graphql(flatten)]
    options: Options,
}

impl Update for UpdateCredentialInput {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, credential: &mut model::Credential, draft: &mut Draft) {
        credential.enabled = self.enabled.unwrap_or(credential.enabled);
        set_option(&self.expires_at.map_value(Timestamp::from), &mut credential.expires_at);
        let mut strays = [
            (self.end_overlap.is_some(), "endOverlap"),
            (!self.username.is_undefined(), "username"),
            (self.certificate.is_some(), "certificate"),
        ];
        match &mut credential.proof {
            Proof::ApiKey(keys) => {
                if self.end_overlap == Some(true) {
                    keys.previous.clear();
                }
                strays[0].0 = false;
            }
            Proof::Password(password) => {
                set_option(&self.username, &mut password.username);
                strays[1].0 = false;
            }
            Proof::Certificate(name) => {
                if let Some(input) = &self.certificate {
                    *name = input.name();
                }
                strays[2].0 = false;
            }
        }
        for (_, field) in strays.into_iter().filter(|(stray, _)| *stray) {
            draft.error(field, "this credential is of another kind: leave the field out");
        }
    }
}

resource::queries! {
    CredentialQueries of Credential;
    /// The credential of that name, or null.
    credential;
    /// All credentials by name.
    credentials;
}

resource::payload! {
    /// What became of the update.
    UpdateCredentialPayload {
        /// The credential as it is now; null if the change was refused.
        credential: Credential
    }
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
    /// Changes the fields of a credential that the input names: revokes it, or lets it end.
    async fn update_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateCredentialInput,
    ) -> Result<Option<UpdateCredentialPayload>, Failure> {
        let done = change::update(Scope::of(context), &input).await?;
        Ok(Some(done.into()))
    }

    /// Deletes a credential: requests with it are refused from now on.
    async fn delete_credential(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to delete.")] input: DeleteCredentialInput,
    ) -> Result<Option<DeleteCredentialPayload>, Failure> {
        let done = change::delete(Scope::of(context), &input.name, &input.options).await?;
        Ok(Some(done.into()))
    }
}

/// A credential that is made now, to the second.
fn created(name: &str, consumer: &str, expires_at: Option<DateTime>, proof: Proof) -> model::Credential {
    let now = Timestamp::now();
    let created_at = Some(Timestamp::from_second(now.as_second()).unwrap_or(now));
    let expires_at = expires_at.map(Timestamp::from);
    model::Credential { created_at, expires_at, ..model::Credential::new(name, consumer, proof) }
}
