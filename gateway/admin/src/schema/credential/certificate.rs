//! Client certificates: a credential knows one by its fingerprint, or any by a name that its issuer has put into it.

use async_graphql::{Context, InputObject, Object, OneofObject, SimpleObject};
use gateway_model::{self as model, Proof};

use super::{Credential, created};
use crate::{
    error::Failure,
    schema::{
        Scope,
        change::{self, Create, Options},
        patch::Draft,
        resource,
        scalar::DateTime,
    },
};

/// What a client certificate is recognised by: exactly one of these is not null.
#[derive(Default, SimpleObject)]
pub(crate) struct CertificateName {
    /// SHA-256 of the certificate as hex digits.
    fingerprint: Option<String>,
    /// A host name among its alternative names.
    dns: Option<String>,
    /// A URI among its alternative names.
    uri: Option<String>,
    /// A mail address among its alternative names.
    email: Option<String>,
}

/// What a client certificate is recognised by.
#[derive(Clone, Debug, OneofObject)]
pub(crate) enum CertificateNameInput {
    /// SHA-256 of the certificate, as 64 hex digits: `openssl x509 -noout -fingerprint -sha256` prints it.
    Fingerprint(String),
    /// A host name among its alternative names, no wildcard.
    Dns(String),
    /// A URI among its alternative names, such as a SPIFFE id.
    Uri(String),
    /// A mail address among its alternative names.
    Email(String),
}

/// A client certificate that proves who a consumer is.
#[derive(Debug, InputObject)]
pub(crate) struct CreateClientCertificateInput {
    /// Name of the credential, unique among credentials: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Name of the consumer.
    consumer: String,
    /// What the certificate is recognised by.
    certificate: CertificateNameInput,
    /// From this moment on it is refused; without it not before the certificate itself ends.
    expires_at: Option<DateTime>,
    #[graphql(flatten)]
    options: Options,
}

resource::payload! {
    /// What became of the creation.
    CreateClientCertificatePayload {
        /// What was created; null if the change was refused.
        credential: Credential
    }
}

impl CertificateName {
    pub(super) fn of(name: &model::CertificateName) -> Self {
        let none = Self::default();
        match name.clone() {
            model::CertificateName::Fingerprint(text) => Self { fingerprint: Some(text), ..none },
            model::CertificateName::Dns(text) => Self { dns: Some(text), ..none },
            model::CertificateName::Uri(text) => Self { uri: Some(text), ..none },
            model::CertificateName::Email(text) => Self { email: Some(text), ..none },
        }
    }
}

impl CertificateNameInput {
    pub(super) fn name(&self) -> model::CertificateName {
        match self.clone() {
            Self::Fingerprint(text) => model::CertificateName::Fingerprint(text),
            Self::Dns(text) => model::CertificateName::Dns(text),
            Self::Uri(text) => model::CertificateName::Uri(text),
            Self::Email(text) => model::CertificateName::Email(text),
        }
    }
}

impl Create for CreateClientCertificateInput {
    type Item = model::Credential;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, _: &mut Draft) -> Option<model::Credential> {
        let proof = Proof::Certificate(self.certificate.name());
        Some(created(&self.name, &self.consumer, self.expires_at, proof))
    }
}

#[derive(Default)]
pub(crate) struct ClientCertificateMutations;

#[Object]
impl ClientCertificateMutations {
    /// Lets a client certificate prove who a consumer is. The listener must ask clients for certificates, which is a setting, or the route.
    async fn create_client_certificate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to create.")] input: CreateClientCertificateInput,
    ) -> Result<Option<CreateClientCertificatePayload>, Failure> {
        Ok(Some(change::create(Scope::of(context), &input).await?.into()))
    }
}
