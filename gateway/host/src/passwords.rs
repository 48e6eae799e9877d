//! Passwords: verified with argon2id, beside the threads that serve, and a busy client's only once in a while.

mod recent;

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use gateway_model::{Credentials, KnownCredential, Password};
use sluice_abi::wire::HostError;
use tokio::{sync::Semaphore, task::spawn_blocking};

use recent::Recent;

/// Passwords that may wait to be verified at one time, over all workers; more are answered with a limit.
const WAITING: usize = 64;

/// Bytes of a user name and of a password that are looked at; longer ones are nobody's.
const USERNAME: usize = Password::USERNAME;
const PASSWORD: usize = Password::LONGEST;

/// Stands in for the hash of a user that nobody has, so that it costs as much to be told so. Nobody knows its password.
static NOBODYS: LazyLock<Arc<str>> = LazyLock::new(|| {
    let mut bytes = [0; 48];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system always has random bytes to give");
    let (salt, hash) = bytes.split_at(16);
    let [salt, hash] = [salt, hash].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
    format!("{}{salt}${hash}", Password::PARAMETERS).into()
});

/// Verifies the passwords of one process.
pub(crate) struct Passwords {
    /// 19 MiB and one thread each.
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    recent: Recent,
}

/// Counts one that waits, until it is dropped.
struct Waiting<'p>(&'p AtomicUsize);

impl Default for Passwords {
    /// With half of the processors: those who serve have the other half.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            places: Arc::new(Semaphore::new((processors / 2).max(1))),
            waiting: AtomicUsize::new(0),
            recent: Recent::default(),
        }
    }
}

impl Passwords {
    /// Whose password this is at `now`, in milliseconds since 1970. `seats` has one for each that may wait of those who share it.
    ///
    /// # Errors
    /// [`HostError::Limit`] when too many wait.
    pub(crate) async fn verify(
        &self,
        credentials: &Credentials,
        username: &str,
        password: String,
        seats: &Semaphore,
        now: fn() -> u64,
    ) -> Result<Option<Arc<KnownCredential>>, HostError> {
        if username.len() > USERNAME || password.len() > PASSWORD {
            return Ok(None);
        }
        // One that has ended is like one that nobody has, in every way that could be measured.
        let known = credentials.password(username).filter(|known| known.acceptance.lasts(now()));
        let hash = known.map_or(&*NOBODYS, |known| known.hash);
        let right = self.matches(username, password, hash, seats).await?;
        Ok(known.filter(|_| right).and_then(|known| known.acceptance.accept(now()).cloned()))
    }

    async fn matches(
        &self,
        username: &str,
        password: String,
        hash: &Arc<str>,
        seats: &Semaphore,
    ) -> Result<bool, HostError> {
        let tag = self.recent.tag(username, &password);
        if self.recent.has(&tag, hash) {
            return Ok(true);
        }
        let _seat = seats
            .try_acquire()
            .map_err(|_| HostError::Limit("as many passwords and keys are waited for as may be here".to_owned()))?;
        let waiting = self.wait()?;
        let place = self.places.clone().acquire_owned().await;
        let place = place.map_err(|_| HostError::Unavailable("passwords are not verified any more".to_owned()))?;
        drop(waiting);
        // Another request of the same client was perhaps first, and has paid.
        if self.recent.has(&tag, hash) {
            return Ok(true);
        }
        let asked = hash.clone();
        let verified = spawn_blocking(move || {
            // Held to the end, also when nobody waits for it any more.
            let _place = place;
            is_of(&password, &asked)
        });
        let right = verified.await.map_err(|error| HostError::Unavailable(error.to_string()))?;
        if right {
            self.recent.keep(tag, hash);
        }
        Ok(right)
    }

    fn wait(&self) -> Result<Waiting<'_>, HostError> {
        let waiting = Waiting(&self.waiting);
        match self.waiting.fetch_add(1, Ordering::Relaxed) {
            ..WAITING => Ok(waiting),
            _ => Err(HostError::Limit(format!("{WAITING} passwords wait to be verified already"))),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Argon2id (RFC 9106), compared in constant time.
fn is_of(password: &str, hash: &str) -> bool {
    let decode = |text| BASE64_STANDARD_NO_PAD.decode(text).ok();
    let Some((salt, expected)) = Password::parts(hash) else { return false };
    let (Some(salt), Some(expected)) = (decode(salt), decode(expected)) else { return false };
    let mut actual = [0; 32];
    let [memory, passes, lanes] = Password::COSTS;
    let parameters = Params::new(memory, passes, lanes, Some(actual.len())).expect("the parameters are sound");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    argon2.hash_password_into(password.as_bytes(), &salt, &mut actual).is_ok()
        && verify_slices_are_equal(&actual, &expected).is_ok()
}

#[cfg(test)]
mod tests;
