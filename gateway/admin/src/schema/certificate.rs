//! Certificates that clients are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use gateway_config::days_left;
use gateway_model::{self as model, CertificateFacts, Named, PrivateKey};
use jiff::Timestamp;

use super::{
    Scope,
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    item::Entry,
    patch::{Draft, set_or_default},
    resource,
    scalar::DateTime,
};
use crate::error::Failure;

pub(crate) type Certificate = Entry<model::Certificate>;

impl Entry<model::Certificate> {
    fn facts(&self) -> Result<CertificateFacts, Failure> {
        CertificateFacts::read(&self.item.certificate).map_err(Failure::internal)
    }
}

/// A certificate that clients are shown, with its private key, which nobody can read.
#[Object(name = "Certificate")]
impl Entry<model::Certificate> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among certificates.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// In PEM: the certificate itself, then those of its issuers.
    async fn certificate(&self) -> &str {
        &self.item.certificate
    }

    /// Whether it is shown where no certificate has the name that a client asks for.
    async fn default(&self) -> bool {
        self.item.default
    }

    /// SHA-256 of the certificate, as 64 hex digits.
    async fn fingerprint(&self) -> Result<String, Failure> {
        Ok(self.facts()?.fingerprint)
    }

    /// The host names that it is for; those that begin with `*.` are for one label in the place of the `*`.
    async fn dns_names(&self) -> Result<Vec<String>, Failure> {
        Ok(self.facts()?.names)
    }

    /// The addresses that it is for. No client asks for one by name: they see it only as the default.
    async fn addresses(&self) -> Result<Vec<String>, Failure> {
        Ok(self.facts()?.addresses.iter().map(ToString::to_string).collect())
    }

    /// Whom it was issued to, as one line.
    async fn subject(&self) -> Result<String, Failure> {
        Ok(self.facts()?.subject)
    }

    /// Who issued it, as one line.
    async fn issuer(&self) -> Result<String, Failure> {
        Ok(self.facts()?.issuer)
    }

    /// The number that its issuer has given to it, in hex digits.
    async fn serial(&self) -> Result<String, Failure> {
        Ok(self.facts()?.serial)
    }

    /// The kind of its key, such as `ECDSA P-256` or `RSA 2048`.
    async fn key_algorithm(&self) -> Result<String, Failure> {
        Ok(self.facts()?.key_algorithm)
    }

    /// Certificates in the text: 1 if those of its issuers are missing, which many clients need.
    async fn chain_length(&self) -> Result<usize, Failure> {
        Ok(self.facts()?.chain.len())
    }

    /// When it begins to be valid.
    async fn not_before(&self) -> Result<DateTime, Failure> {
        Ok(DateTime::from_ms(self.facts()?.not_before_ms))
    }

    /// When it ends.
    async fn expires_at(&self) -> Result<DateTime, Failure> {
        Ok(DateTime::from_ms(self.facts()?.not_after_ms))
    }

    /// Whole days until it ends; below 0 when it is over.
    async fn days_left(&self) -> Result<i32, Failure> {
        let days = days_left(self.facts()?.not_after_ms, Timestamp::now());
        Ok(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }
}

/// A new certificate.
#[derive(InputObject)]
pub(crate) struct CreateCertificateInput {
    /// Unique among certificates: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// In PEM: the certificate itself, then those of its issuers.
    certificate: String,
    /// Its private key in PEM (PKCS #8, PKCS #1 or SEC 1), unencrypted. It is sealed at once, and never shown again. A sealed one from an exported document is taken, too.
    private_key: String,
    /// Whether it is shown where no certificate has the name that a client asks for: one certificate can be.
    #[graphql(default)]
    default: bool,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a certificate; fields that are left out stay as they are.
#[derive(InputObject)]
pub(crate) struct UpdateCertificateInput {
    /// Name of the certificate.
    name: String,
    /// In PEM: the certificate itself, then those of its issuers. Without `privateKey` it must be one for the same key.
    certificate: MaybeUndefined<String>,
    /// Its private key in PEM, unencrypted. It is sealed at once, and never shown again.
    private_key: MaybeUndefined<String>,
    /// Whether it is shown where no certificate has the name that a client asks for; null means no.
    default: MaybeUndefined<bool>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateCertificateInput {
    type Item = model::Certificate;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, _: &mut Draft) -> Option<model::Certificate> {
        Some(model::Certificate {
            name: self.name.clone(),
            certificate: self.certificate.clone(),
            private_key: PrivateKey::new(self.private_key.as_str()),
            default: self.default,
        })
    }
}

impl Update for UpdateCertificateInput {
    type Item = model::Certificate;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, certificate: &mut model::Certificate, draft: &mut Draft) {
        draft.set("certificate", &self.certificate, &mut certificate.certificate);
        match &self.private_key {
            MaybeUndefined::Value(text) => certificate.private_key = PrivateKey::new(text.as_str()),
            MaybeUndefined::Null => draft.set("privateKey", &MaybeUndefined::Null, &mut String::new()),
            MaybeUndefined::Undefined => {}
        }
        set_or_default(&self.default, &mut certificate.default, || false);
    }
}

#[derive(Default)]
pub(crate) struct CertificateQueries;

#[Object]
impl CertificateQueries {
    /// The certificate of that name, or null.
    async fn certificate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its name.")] name: String,
    ) -> Option<Certificate> {
        Entry::find(&Scope::of(context).view, &name)
    }

    /// All certificates by name, or those that end soon.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn certificates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those that end within so many days, or are over.")] expire_within_days: Option<i32>,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Certificate>>, Failure> {
        let view = &Scope::of(context).view;
        let paging = Paging { first, after, last, before };
        let Some(days) = expire_within_days else { return Connection::all(view, paging).map(Some) };
        let now = Timestamp::now();
        let ends = |certificate: &Arc<model::Certificate>| {
            let facts = CertificateFacts::read(&certificate.certificate);
            facts.is_ok_and(|facts| days_left(facts.not_after_ms, now) <= i64::from(days))
        };
        let all = view.document.certificates.iter().filter(|(_, certificate)| ends(certificate));
        let ending: Named<model::Certificate> = all.map(|(name, it)| (name.clone(), it.clone())).collect();
        Connection::of(&ending, view, paging).map(Some)
    }
}

resource::mutations! {
    CertificateMutations of certificate: Certificate;
    /// Adds a certificate: connections that begin from then on are shown it. Names that another certificate has, too, are served with the one that ends last.
    create_certificate(CreateCertificateInput) -> CreateCertificatePayload;
    /// Replaces a certificate, its key, or both together. Connections that are there stay as they are.
    update_certificate(UpdateCertificateInput) -> UpdateCertificatePayload;
    /// Deletes a certificate. Connections that are there stay as they are.
    delete_certificate(DeleteCertificateInput) -> DeleteCertificatePayload;
}
