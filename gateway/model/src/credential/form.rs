//! The wire form of a credential: flat, with the fields of its kind.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ApiKey, CertificateName, Credential, KeyRecord, Password, PreviousKey, Proof};

/// All fields of all kinds. `keyDigest`, `passwordHash` or `certificate` says of which kind it is.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CredentialForm {
    name: String,
    consumer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    previous_keys: Vec<PreviousKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    enabled: bool,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_yes(enabled: &bool) -> bool {
    *enabled
}

impl TryFrom<CredentialForm> for Credential {
    type Error = String;

    fn try_from(form: CredentialForm) -> Result<Self, String> {
        let CredentialForm {
            name, consumer, display, previous_keys, username, created_at, expires_at, enabled, ..
        } = form;
        let stray = |field: &str, kind: &str| Err(format!("{field} belongs to {kind}, and this credential is another"));
        let (of_keys, of_passwords) = (display.is_some() || !previous_keys.is_empty(), username.is_some());
        let proof = match (form.key_digest, form.password_hash, form.certificate) {
            (None, Some(_), None) | (None, None, Some(_)) if of_keys => {
                return stray("display or previousKeys", "API keys");
            }
            (Some(_), None, None) | (None, None, Some(_)) if of_passwords => return stray("username", "passwords"),
            (Some(key_digest), None, None) => {
                Proof::ApiKey(ApiKey { key: KeyRecord { key_digest, display }, previous: previous_keys })
            }
            (None, Some(hash), None) => Proof::Password(Password { username, hash }),
            (None, None, Some(name)) => Proof::Certificate(name),
            _ => return Err("a credential has exactly one of keyDigest, passwordHash and certificate".to_owned()),
        };
        Ok(Self { name, consumer, proof, enabled, created_at, expires_at })
    }
}

impl From<Credential> for CredentialForm {
    fn from(credential: Credential) -> Self {
        let Credential { name, consumer, proof, enabled, created_at, expires_at } = credential;
        let form = Self { name, consumer, enabled, created_at, expires_at, ..Self::default() };
        match proof {
            Proof::ApiKey(ApiKey { key, previous }) => {
                Self { key_digest: Some(key.key_digest), display: key.display, previous_keys: previous, ..form }
            }
            Proof::Password(password) => {
                Self { username: password.username, password_hash: Some(password.hash), ..form }
            }
            Proof::Certificate(name) => Self { certificate: Some(name), ..form },
        }
    }
}
