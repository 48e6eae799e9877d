//! Passwords that were right a moment ago: each thread keeps its own, so that looking takes no lock.

use std::{
    cell::RefCell,
    sync::Arc,
    time::{Duration, Instant},
};

use aws_lc_rs::hmac;
use quick_cache::unsync::Cache;

/// Passwords that a thread keeps; the least used go first.
const KEPT: usize = 1_000;

/// How long a password is taken for right without looking.
const FOR: Duration = Duration::from_secs(300);

thread_local! {
    static RIGHT: RefCell<Cache<Tag, Right>> = RefCell::new(Cache::new(KEPT));
}

/// Tells user names with passwords apart, and gives neither away.
pub(super) struct Recent {
    key: hmac::Key,
}

/// The keyed hash of a user name and a password.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Tag([u8; 32]);

#[derive(Clone)]
struct Right {
    /// The very hash that it was compared with: a password that has changed has another one.
    hash: Arc<str>,
    since: Instant,
}

impl Default for Recent {
    /// With a key that lives as long as this does: what other hosts of the process keep is not found.
    fn default() -> Self {
        let mut key = [0; 32];
        aws_lc_rs::rand::fill(&mut key).expect("the system always has random bytes to give");
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &key) }
    }
}

impl Recent {
    pub(super) fn tag(&self, username: &str, password: &str) -> Tag {
        let mut context = hmac::Context::with_key(&self.key);
        // The length says where the name ends.
        context.update(&(username.len() as u64).to_le_bytes());
        context.update(username.as_bytes());
        context.update(password.as_bytes());
        Tag(context.sign().as_ref().try_into().expect("HMAC-SHA-256 has 32 bytes"))
    }

    /// Whether this was right a moment ago, when compared with `hash`.
    pub(super) fn has(&self, tag: &Tag, hash: &Arc<str>) -> bool {
        RIGHT.with_borrow_mut(|right| match right.get(tag) {
            Some(found) if found.hash == *hash && found.since.elapsed() < FOR => true,
            Some(_) => {
                right.remove(tag);
                false
            }
            None => false,
        })
    }

    pub(super) fn keep(&self, tag: Tag, hash: &Arc<str>) {
        let right = Right { hash: hash.clone(), since: Instant::now() };
        RIGHT.with_borrow_mut(|kept| kept.insert(tag, right));
    }
}
