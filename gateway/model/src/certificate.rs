//! Certificates: what the gateway shows its clients to prove which host it is, each with its private key.

mod facts;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::facts::{CertificateError, CertificateFacts, certificates};

/// A certificate for handshakes that ask for one of its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    pub name: String,
    /// In PEM: the certificate itself, then those of its issuers.
    pub certificate: String,
    pub private_key: PrivateKey,
    /// Whether it is shown where no certificate has the name that is asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub default: bool,
}

/// The private key of a certificate: sealed, or in PEM on its way to being sealed. No document that compiles has one in PEM.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivateKey(String);

impl PrivateKey {
    /// What a sealed key begins with; the number is that of the form of what follows.
    pub const SEALED: &str = "sealed:v1:";

    /// The longest text of a key, in bytes.
    pub const LONGEST: usize = 32 * 1024;

    /// A key as it was written.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What is sealed; none while it is in the clear.
    #[must_use]
    pub fn sealed(&self) -> Option<&str> {
        self.0.strip_prefix(Self::SEALED)
    }

    /// The text, which is a secret unless it is sealed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
