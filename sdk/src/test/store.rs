//! A store as a test looks at it.

use std::{cell::RefCell, fmt::Debug, rc::Rc, time::Duration};

use super::FakeHost;

/// A store of the test's host; changes show at once.
#[derive(Debug)]
pub struct StoreView {
    host: Rc<RefCell<FakeHost>>,
    which: Which,
}

#[derive(Debug)]
enum Which {
    Own,
    Shared(String),
    Remote(String),
}

impl StoreView {
    pub(super) fn own(host: &Rc<RefCell<FakeHost>>) -> Self {
        Self { host: Rc::clone(host), which: Which::Own }
    }

    pub(super) fn shared(host: &Rc<RefCell<FakeHost>>, name: &str) -> Self {
        Self { host: Rc::clone(host), which: Which::Shared(name.to_owned()) }
    }

    pub(super) fn remote(host: &Rc<RefCell<FakeHost>>, name: &str) -> Self {
        Self { host: Rc::clone(host), which: Which::Remote(name.to_owned()) }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.with(|store, now| store.get(key, now).map(|entry| entry.value))
    }

    /// The value of a key as text.
    ///
    /// # Panics
    /// If it is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).map(|value| String::from_utf8(value).expect("this value is not text"))
    }

    /// The keys that are there, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.with(|store, now| store.keys("", u32::MAX, now))
    }

    /// Sets a value that stays.
    ///
    /// # Panics
    /// If it is over a bound.
    #[track_caller]
    pub fn set(&self, key: &str, value: impl AsRef<[u8]>) {
        self.put(key, value.as_ref(), None);
    }

    /// Sets a value for some time.
    ///
    /// # Panics
    /// If it is over a bound.
    #[track_caller]
    pub fn set_for(&self, key: &str, value: impl AsRef<[u8]>, time: Duration) {
        self.put(key, value.as_ref(), Some(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)));
    }

    /// Takes a key away; answers whether it was there.
    pub fn delete(&self, key: &str) -> bool {
        self.with(|store, now| store.delete(key, now))
    }

    #[track_caller]
    fn put(&self, key: &str, value: &[u8], ttl: Option<u64>) {
        let set = self.with(|store, now| store.set(key, value, ttl, now));
        set.expect("the store takes what a test puts into it");
    }

    fn with<T>(&self, look: impl FnOnce(&mut super::Store, u64) -> T) -> T {
        let mut host = self.host.borrow_mut();
        let now = host.monotonic_ns();
        look(
            match &self.which {
                Which::Own => host.stores.named(None),
                Which::Shared(name) => host.stores.named(Some(name)),
                Which::Remote(name) => host.remotes.named(name),
            },
            now,
        )
    }
}
