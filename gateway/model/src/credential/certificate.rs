//! Client certificates: what is known of one that was verified, and the name by which a credential means it.

use serde::{Deserialize, Serialize};

use super::KeyDigest;

/// What a credential knows a certificate by. In a document a mapping of one entry, such as `{ dns: batch.example.com }`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CertificateName {
    /// SHA-256 of the whole certificate in DER, as hex digits; colons and upper case are taken too.
    Fingerprint(String),
    /// A host name among the alternative names.
    Dns(String),
    /// A URI among the alternative names, such as a SPIFFE id.
    Uri(String),
    /// A mail address among the alternative names.
    Email(String),
}

/// A client's certificate that the listener has verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientCertificate {
    /// SHA-256 of the certificate, as 64 lower-case hex digits.
    pub fingerprint: String,
    /// The subject as one line, such as `O=Acme, CN=batch`: for people, and not what credentials go by.
    pub subject: String,
    /// What credentials may know it by, in the order in which they are tried: the fingerprint, then the alternative names.
    pub names: Vec<CertificateName>,
    /// The end of its validity, in milliseconds since 1970: a connection may last longer.
    pub until: u64,
}

impl CertificateName {
    /// The document's field for this kind of name.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Fingerprint(_) => "fingerprint",
            Self::Dns(_) => "dns",
            Self::Uri(_) => "uri",
            Self::Email(_) => "email",
        }
    }

    /// The form in which names are compared: host names and the host of a mail address have no case, URIs do.
    ///
    /// # Errors
    /// How to write such a name.
    pub fn canonical(&self) -> Result<Self, String> {
        let longest =
            |text: &str| (1..=1_024).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        match self {
            Self::Fingerprint(text) => match KeyDigest::from_hex(&text.replace(':', "")) {
                Some(digest) => Ok(Self::Fingerprint(digest.to_hex())),
                None => Err(format!("{text:?} is no fingerprint: give SHA-256 of the certificate as 64 hex digits")),
            },
            Self::Dns(text) if longest(text) && !text.contains(['*', '/', ':', '@']) => {
                Ok(Self::Dns(text.trim_end_matches('.').to_ascii_lowercase()))
            }
            Self::Dns(text) => Err(format!("{text:?} is no host name: use one such as batch.example.com, no wildcard")),
            Self::Uri(text) if longest(text) && text.contains(':') => Ok(self.clone()),
            Self::Uri(text) => Err(format!("{text:?} is no URI: use one such as spiffe://example.com/batch")),
            Self::Email(text) => match text.rsplit_once('@').filter(|_| longest(text)) {
                Some((local, host)) if !local.is_empty() && !host.is_empty() => {
                    Ok(Self::Email(format!("{local}@{}", host.to_ascii_lowercase())))
                }
                _ => Err(format!("{text:?} is no mail address: use one such as batch@example.com")),
            },
        }
    }
}
