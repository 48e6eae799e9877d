//! Credentials as requests look them up: each by one hash of what the client sent, without a scan.
//!
//! When one ends is for the clock to say, at each use; disabled ones have ended before all time.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use super::{Identity, last_use::LastUse};
use crate::credential::{CertificateName, ClientCertificate, KeyDigest};

/// All credentials of a snapshot.
#[derive(Debug, Default)]
pub struct Credentials {
    by_name: HashMap<Arc<str>, Arc<KnownCredential>>,
    keys: HashMap<KeyDigest, Acceptance>,
    passwords: HashMap<Box<str>, (Arc<str>, Acceptance)>,
    certificates: HashMap<CertificateName, Acceptance>,
}

/// A credential and whom it proves.
#[derive(Debug)]
pub struct KnownCredential {
    pub name: Arc<str>,
    pub identity: Arc<Identity>,
    /// Of the password or the certificate; of an API key that of the present key, then those of the keys before it.
    pub last_uses: Vec<Arc<LastUse>>,
}

/// One key, password or certificate that is accepted, and until when.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub credential: Arc<KnownCredential>,
    last_use: Arc<LastUse>,
    /// Milliseconds since 1970.
    until: u64,
}

/// A password that somebody has.
#[derive(Clone, Copy, Debug)]
pub struct KnownPassword<'s> {
    /// A PHC string. A changed password has another one, for its salt is another.
    pub hash: &'s Arc<str>,
    pub acceptance: &'s Acceptance,
}

/// What is used: a credential's key by its digest, or a password or certificate by its credential alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UseId {
    /// Name of the credential.
    pub credential: Arc<str>,
    pub key: Option<KeyDigest>,
}

/// What takes the place of a proof that is to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken;

impl Credentials {
    /// Whose key this is at `now`, in milliseconds since 1970; notes the use.
    #[must_use]
    pub fn by_key(&self, digest: &KeyDigest, now: u64) -> Option<&Arc<KnownCredential>> {
        self.keys.get(digest)?.accept(now)
    }

    /// The password of a user. Whether it is accepted still is for [`Acceptance::accept`] to say.
    #[must_use]
    pub fn password(&self, username: &str) -> Option<KnownPassword<'_>> {
        self.passwords.get(username).map(|(hash, acceptance)| KnownPassword { hash, acceptance })
    }

    /// Whose certificate this is at `now`, in milliseconds since 1970, by the first of its names that is accepted; notes the use.
    #[must_use]
    pub fn by_certificate(&self, certificate: &ClientCertificate, now: u64) -> Option<&Arc<KnownCredential>> {
        let names = if now < certificate.until { &certificate.names[..] } else { &[] };
        names.iter().find_map(|name| self.certificates.get(name)?.accept(now))
    }

    /// The credential of that name, disabled and expired ones too.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<KnownCredential>> {
        self.by_name.get(name)
    }

    /// The last uses of all credentials.
    pub fn last_uses(&self) -> impl Iterator<Item = &Arc<LastUse>> {
        self.by_name.values().flat_map(|credential| &credential.last_uses)
    }

    /// The last use of that key, password or certificate.
    #[must_use]
    pub fn last_use(&self, id: &UseId) -> Option<&Arc<LastUse>> {
        self.get(&id.credential)?.last_uses.iter().find(|last_use| last_use.id.key == id.key)
    }

    /// Goes on with the last uses of the snapshot before this one.
    pub fn continue_from(&self, before: &Self) {
        for last_use in self.last_uses() {
            if let Some(before) = before.last_use(&last_use.id) {
                last_use.continue_from(before);
            }
        }
    }

    /// The same with an API key that is accepted for ever. For tests and benches.
    #[must_use]
    pub fn with_key(mut self, name: &str, digest: KeyDigest, identity: &Arc<Identity>) -> Self {
        let credential = self.add(name, identity, [Some(digest)]);
        let added = self.add_key(digest, &credential, 0, u64::MAX);
        debug_assert_eq!(added, Ok(()));
        self
    }

    /// Adds a credential, with the digests of its keys; or without any, if it is of another kind.
    pub(crate) fn add(
        &mut self,
        name: &str,
        identity: &Arc<Identity>,
        keys: impl IntoIterator<Item = Option<KeyDigest>>,
    ) -> Arc<KnownCredential> {
        let name: Arc<str> = name.into();
        let last_use = |key| Arc::new(LastUse::new(UseId { credential: name.clone(), key }));
        let last_uses = keys.into_iter().map(last_use).collect();
        let credential = Arc::new(KnownCredential { name: name.clone(), identity: identity.clone(), last_uses });
        self.by_name.insert(name.clone(), credential.clone());
        credential
    }

    /// Accepts a key of `credential`, the one at `position`, until then.
    pub(crate) fn add_key(
        &mut self,
        digest: KeyDigest,
        credential: &Arc<KnownCredential>,
        position: usize,
        until: u64,
    ) -> Result<(), Taken> {
        insert(self.keys.entry(digest), Acceptance::new(credential, position, until))
    }

    pub(crate) fn add_password(
        &mut self,
        username: &str,
        hash: &str,
        credential: &Arc<KnownCredential>,
        until: u64,
    ) -> Result<(), Taken> {
        insert(self.passwords.entry(username.into()), (hash.into(), Acceptance::new(credential, 0, until)))
    }

    pub(crate) fn add_certificate(
        &mut self,
        name: CertificateName,
        credential: &Arc<KnownCredential>,
        until: u64,
    ) -> Result<(), Taken> {
        insert(self.certificates.entry(name), Acceptance::new(credential, 0, until))
    }
}

impl Acceptance {
    fn new(credential: &Arc<KnownCredential>, position: usize, until: u64) -> Self {
        Self { credential: credential.clone(), last_use: credential.last_uses[position].clone(), until }
    }

    /// The credential, if it is accepted at `now`, in milliseconds since 1970; notes the use.
    #[inline]
    #[must_use]
    pub fn accept(&self, now: u64) -> Option<&Arc<KnownCredential>> {
        if !self.lasts(now) {
            return None;
        }
        self.last_use.note(now);
        Some(&self.credential)
    }

    /// Whether it is accepted at `now`, in milliseconds since 1970.
    #[inline]
    #[must_use]
    pub fn lasts(&self, now: u64) -> bool {
        now < self.until
    }
}

fn insert<K, V>(entry: Entry<'_, K, V>, value: V) -> Result<(), Taken> {
    match entry {
        Entry::Vacant(free) => {
            free.insert(value);
            Ok(())
        }
        Entry::Occupied(_) => Err(Taken),
    }
}

#[cfg(test)]
mod tests;
