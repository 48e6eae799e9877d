//! Purges: which stored responses an operator wants gone.
//!
//! The clock of purges is the configuration's revision: an entry remembers the one that its request was served under, and a
//! purge covers all entries of earlier ones. So a response that was asked for before the purge and is stored after it is
//! covered too, and no clock of any node matters.

mod prefixes;

use std::collections::HashMap;

use self::prefixes::Prefixes;

/// What is no longer to be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purge {
    /// The revision that it made: entries of earlier ones are covered.
    pub revision: u64,
    /// Which of them.
    pub scope: PurgeScope,
    /// Whether they are to be validated with the origin, rather than gone.
    pub soft: bool,
}

/// Which entries a purge is about. URLs are `scheme://authority/path?query` in their normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PurgeScope {
    /// All of them.
    All,
    /// Those of one URL, whatever they vary on.
    Url(String),
    /// Those of a URL without its query, and of all below it: `/orders` is no prefix of `/orders-archive`. A query in it
    /// says nothing.
    Prefix(String),
    /// Those with a tag.
    Tag(String),
}

/// Whether an entry is covered by a purge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covered {
    /// It may be served.
    No,
    /// It counts as stale, and may be validated with the origin, or served where that fails.
    Soft,
    /// It is gone.
    Hard,
}

/// All purges that count, arranged so that asking for an entry costs the length of its URL, however many there are.
#[derive(Clone, Debug, Default)]
pub struct Purges {
    newest: u64,
    all: Newest,
    urls: HashMap<String, Newest>,
    tags: HashMap<String, Newest>,
    prefixes: Prefixes,
}

/// The revisions of the last purges of a scope: those before say nothing more.
#[derive(Clone, Copy, Debug, Default)]
struct Newest {
    hard: u64,
    soft: u64,
}

impl Purges {
    /// From a list in any order. Entries of revisions before `floor` are gone, whatever the list says: so purges from before
    /// it need not be kept.
    #[must_use]
    pub fn new(purges: impl IntoIterator<Item = Purge>, floor: u64) -> Self {
        let mut all = Self { newest: floor, all: Newest { hard: floor, soft: 0 }, ..Self::default() };
        purges.into_iter().for_each(|purge| all.add(purge));
        all
    }

    fn add(&mut self, purge: Purge) {
        self.newest = self.newest.max(purge.revision);
        let newest = match purge.scope {
            PurgeScope::All => &mut self.all,
            PurgeScope::Url(url) => self.urls.entry(url).or_default(),
            PurgeScope::Tag(tag) => self.tags.entry(tag).or_default(),
            PurgeScope::Prefix(prefix) => self.prefixes.entry(without_query(&prefix)),
        };
        newest.add(purge.revision, purge.soft);
    }

    /// The revision of the last purge, or the floor: entries of this revision and of later ones are covered by none.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Whether an entry is covered that was asked for under `revision`.
    #[must_use]
    pub fn covers(&self, revision: u64, url: &str, tags: &[Box<str>]) -> Covered {
        if revision >= self.newest {
            return Covered::No;
        }
        let mut newest = self.all;
        newest.merge(self.urls.get(url));
        tags.iter().for_each(|tag| newest.merge(self.tags.get(&**tag)));
        self.prefixes.each(without_query(url), |prefix| newest.merge(Some(prefix)));
        newest.covers(revision)
    }
}

impl Newest {
    fn add(&mut self, revision: u64, soft: bool) {
        let newest = if soft { &mut self.soft } else { &mut self.hard };
        *newest = revision.max(*newest);
    }

    fn merge(&mut self, other: Option<&Self>) {
        let Some(other) = other else { return };
        self.hard = self.hard.max(other.hard);
        self.soft = self.soft.max(other.soft);
    }

    fn covers(self, revision: u64) -> Covered {
        match () {
            () if revision < self.hard => Covered::Hard,
            () if revision < self.soft => Covered::Soft,
            () => Covered::No,
        }
    }
}

fn without_query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(path, _)| path)
}
