//! Hashes and signatures, with the secrets that the test gave.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::{FakeHost, handle};

#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) secrets: BTreeMap<String, Vec<u8>>,
    /// The keys of HMACs that were defined.
    defined: Vec<Vec<u8>>,
}

impl Keys {
    pub(super) fn forget_definitions(&mut self) {
        self.defined.clear();
    }
}

pub(crate) fn sha256(data: &[u8]) -> Vec<u8> {
    Sha256::digest(data).to_vec()
}

/// Not in constant time: nobody measures a test.
pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a == b
}

impl FakeHost {
    pub(crate) fn define_hmac(&mut self, secret: &str) -> Result<u32, String> {
        self.may_define("HMAC keys", self.keys.defined.len())?;
        let key = self.secret(secret)?;
        self.keys.defined.push(key);
        Ok(handle(self.keys.defined.len()))
    }

    pub(crate) fn hmac_sha256(&self, key: u32, data: &[u8]) -> Vec<u8> {
        self.mac(key, data).finalize().into_bytes().to_vec()
    }

    pub(crate) fn verify_hmac_sha256(&self, key: u32, data: &[u8], mac: &[u8]) -> bool {
        self.mac(key, data).verify_slice(mac).is_ok()
    }

    pub(crate) fn grants_secret(&mut self, name: &str) -> bool {
        self.secret(name).is_ok()
    }

    /// The value of a secret that is granted.
    pub(super) fn secret(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let granted = self.grants.has(&format!("secret:{name}"));
        let secret = self.keys.secrets.get(name).filter(|_| granted);
        secret.cloned().ok_or_else(|| format!("the secret {name:?} is not granted"))
    }

    fn mac(&self, key: u32, data: &[u8]) -> Hmac<Sha256> {
        let key = &self.keys.defined[key as usize];
        let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
        mac.chain_update(data)
    }
}
