//! Admin tokens: made, told apart and withdrawn. Only their keyed hashes are stored.

use std::time::{SystemTime, UNIX_EPOCH};

use gateway_model::{Actor, Path, check_name};
use gateway_store::{StoreError, StoredToken};

use crate::{
    actor,
    error::{ConfigError, TokenError},
    keys,
    service::Service,
};

/// The name of the token that is made at the first start.
const FIRST: &str = "first";

impl Service {
    /// Makes an admin token and returns its text, to be shown once.
    ///
    /// # Errors
    /// The name is no name, is reserved, or has a token already.
    pub async fn create_token(&self, actor: &Actor, name: &str) -> Result<String, TokenError> {
        check_name(name, &Path::new()).map_err(|finding| TokenError::Name(finding.message))?;
        if actor::is_reserved(name) {
            return Err(TokenError::Name(format!(
                "{name:?} is what the gateway itself is called: choose another name"
            )));
        }
        let text = keys::issue(keys::ADMIN_TOKEN);
        let token = StoredToken {
            name: name.to_owned(),
            digest: self.digest_token(&text),
            created_at_ms: now_ms(),
            created_by: actor.clone(),
        };
        self.core.store.add_token(&token).await?;
        Ok(text)
    }

    /// Who holds this token; `None` if nobody does.
    ///
    /// Asks the store each time, so a token that any process made or deleted counts at once.
    ///
    /// # Errors
    /// The store cannot be read: nobody can be let in.
    pub async fn authenticate(&self, token: &str) -> Result<Option<Actor>, ConfigError> {
        if !keys::is_well_formed(keys::ADMIN_TOKEN, token) {
            return Ok(None);
        }
        // The store compares keyed hashes: how long it takes tells nothing about any token.
        let stored = self.core.store.token_by_digest(&self.digest_token(token)).await?;
        Ok(stored.map(|token| Actor { name: token.name }))
    }

    /// Makes the first admin token, if there is none at all, and returns its text, to be shown once.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub async fn bootstrap_token(&self) -> Result<Option<String>, TokenError> {
        if !self.tokens().await?.is_empty() {
            return Ok(None);
        }
        match self.create_token(&actor::system(), FIRST).await {
            Ok(text) => Ok(Some(text)),
            // Another process starts at the same time and has it.
            Err(TokenError::Taken(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All admin tokens by name, without their texts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn tokens(&self) -> Result<Vec<StoredToken>, StoreError> {
        self.core.store.tokens().await
    }

    /// Withdraws a token, from the next request on; false if there is none of that name.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn delete_token(&self, actor: &Actor, name: &str) -> Result<bool, StoreError> {
        self.core.store.delete_token(actor, name).await
    }

    fn digest_token(&self, token: &str) -> [u8; 32] {
        keys::keyed_hash(&self.core.secrets.token_hash, token).0
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
