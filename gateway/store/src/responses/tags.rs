//! Which responses carry a tag.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Weak},
};

use parking_lot::Mutex;

use super::{Kept, ResponseKey, join};

/// Parts of the index, each with a lock of its own, which is held for one response at a time.
const PARTS: usize = 16;

/// A tag of one attachment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct TagKey(Arc<[u8]>);

/// The responses by tag. As large as what the cache holds: each response forgets its tags when it goes.
#[derive(Debug, Default)]
pub(super) struct Tags {
    parts: [Mutex<HashMap<TagKey, Tagged>>; PARTS],
    hasher: RandomState,
}

/// The responses with one tag, by their address: the same key may have had another response a moment ago.
type Tagged = HashMap<usize, (ResponseKey, Weak<Kept>)>;

impl Tags {
    /// To be called before the response can be found.
    pub(super) fn learn(&self, key: &ResponseKey, kept: &Arc<Kept>) {
        for tag in &kept.tags {
            let mut part = self.part(tag).lock();
            let tagged = part.entry(tag.clone()).or_default();
            tagged.insert(address(kept), (key.clone(), Arc::downgrade(kept)));
        }
    }

    /// To be called when the response can be found no more.
    pub(super) fn forget(&self, kept: &Arc<Kept>) {
        for tag in &kept.tags {
            let mut part = self.part(tag).lock();
            let Some(tagged) = part.get_mut(tag) else { continue };
            tagged.remove(&address(kept));
            if tagged.is_empty() {
                part.remove(tag);
            }
        }
    }

    /// All that carry the tag. They are forgotten when they go, not here: one may be on its way into the cache.
    pub(super) fn find(&self, tag: &TagKey) -> Vec<(ResponseKey, Weak<Kept>)> {
        let part = self.part(tag).lock();
        part.get(tag).map(|tagged| tagged.values().cloned().collect()).unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.lock().values().map(HashMap::len).sum::<usize>()).sum()
    }

    fn part(&self, tag: &TagKey) -> &Mutex<HashMap<TagKey, Tagged>> {
        &self.parts[self.hasher.hash_one(tag) as usize % PARTS]
    }
}

/// What tells one response from another for as long as either lives.
fn address(kept: &Arc<Kept>) -> usize {
    Arc::as_ptr(kept).addr()
}

impl TagKey {
    pub(super) fn new(attachment: &str, tag: &str) -> Self {
        Self(join(attachment, tag).into())
    }

    /// In bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
