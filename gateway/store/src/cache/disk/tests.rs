//! On a real disk, in a directory of the test's own.

mod bounds;
mod damage;
mod death;
mod streams;
mod trouble;

use std::{fs, sync::LazyLock};

use tempfile::TempDir;

use super::*;

const MIB: u64 = 1024 * 1024;

fn place() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn open(folder: &TempDir) -> DiskTier {
    sized(folder, 256 * MIB)
}

fn sized(folder: &TempDir, bytes: u64) -> DiskTier {
    // Machines that run tests may be slow: only those tests that are about the deadline have a short one.
    let options = DiskOptions { deadline: Duration::from_secs(20), ..DiskOptions::default() };
    DiskTier::open(folder.path(), bytes, options).unwrap()
}

fn key(number: u64) -> CacheKey {
    let mut bytes = [0; 32];
    fastrand::Rng::with_seed(number).fill(&mut bytes);
    CacheKey::new(bytes)
}

/// Bytes that another seed does not have; cheap, as some tests make a lot of them.
fn noise(seed: u64, length: usize) -> Bytes {
    static NOISE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut random = fastrand::Rng::with_seed(0);
        std::iter::repeat_with(|| random.u8(..)).take(65_537).collect()
    });
    let mut bytes = NOISE[seed as usize * 8191 % NOISE.len()..].to_vec();
    while bytes.len() < length {
        bytes.extend_from_slice(&NOISE);
    }
    bytes.truncate(length);
    bytes.into()
}

/// A record that says by itself what it has to be: of `length` bytes, in pieces of any size.
fn record(number: u64, length: usize) -> Record {
    let head =
        [&number.to_le_bytes()[..], &(length as u64).to_le_bytes(), &noise(number, number as usize % 500)].concat();
    let mut body = noise(number, length);
    let mut pieces = Vec::new();
    let mut random = fastrand::Rng::with_seed(number);
    while !body.is_empty() {
        pieces.push(body.split_to(random.usize(1..=body.len())));
    }
    Record { head: head.into(), body: pieces }
}

/// The number of a record, which has to be right in every bit.
fn verify(found: &Record) -> u64 {
    let number = u64::from_le_bytes(found.head[..8].try_into().unwrap());
    let length = u64::from_le_bytes(found.head[8..16].try_into().unwrap());
    let expected = record(number, usize::try_from(length).unwrap());
    assert!(found.head == expected.head && found.body.concat() == expected.body.concat(), "{number} is wrong");
    number
}

/// The files of records.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    let list =
        |path: &Path| -> Vec<PathBuf> { fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect() };
    let folders = list(&folder.path().join("v1")).into_iter().filter(|path| path.is_dir() && !path.ends_with("new"));
    folders.flat_map(|path| list(&path)).collect()
}

#[tokio::test]
async fn what_is_put_is_found_before_and_after_it_is_written() {
    let folder = place();
    let tier = open(&folder);
    for length in [0, 1, 4096, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17] {
        let number = length as u64;
        tier.put(key(number), record(number, length));
        assert_eq!(verify(&tier.get(key(number)).await.unwrap()), number);
        tier.flush().await;
        assert_eq!(verify(&tier.get(key(number)).await.unwrap()), number);
    }
    let stats = tier.stats();
    assert_eq!((stats.entries, stats.written, stats.read, stats.missed), (7, 7, 14, 0));
    assert_eq!((stats.dropped, stats.queued), (0, 0));
}

#[tokio::test]
async fn the_last_put_of_a_key_is_found_and_no_earlier_one() {
    let folder = place();
    let tier = open(&folder);
    for number in 0..100 {
        tier.put(key(7), record(number, 1000));
        assert_eq!(verify(&tier.get(key(7)).await.unwrap()), number);
    }
    tier.close().await;
    assert_eq!(files(&folder).len(), 1);
    assert_eq!(verify(&open(&folder).get(key(7)).await.unwrap()), 99);
}

#[tokio::test]
async fn what_is_removed_is_gone_at_once_and_after_a_restart() {
    let folder = place();
    let tier = open(&folder);
    (0..20).for_each(|number| tier.put(key(number), record(number, 1000)));
    tier.flush().await;
    tier.put(key(1), record(101, 1000));
    (0..10).for_each(|number| tier.remove(key(number)));
    for number in 0..20 {
        assert_eq!(tier.get(key(number)).await.is_some(), number >= 10, "{number}");
    }
    tier.close().await;
    let tier = open(&folder);
    for number in 0..20 {
        assert_eq!(tier.get(key(number)).await.is_some(), number >= 10, "{number}");
    }
    assert_eq!(files(&folder).len(), 10);
}

#[tokio::test]
async fn a_restart_finds_everything_and_goes_on() {
    let folder = place();
    for round in 0..3 {
        let tier = open(&folder);
        for number in 0..50 * round {
            assert_eq!(verify(&tier.get(key(number)).await.unwrap()), number, "round {round}");
        }
        (50 * round..50 * (round + 1)).for_each(|number| tier.put(key(number), record(number, 3000)));
        tier.close().await;
        assert!(tier.get(key(0)).await.is_none(), "it is closed");
        tier.put(key(0), record(0, 10));
        assert_eq!(tier.stats().dropped, 1);
    }
    let tier = open(&folder);
    let stats = tier.stats();
    assert_eq!((stats.entries, stats.bytes), (150, 150 * 4096));
}

#[tokio::test]
async fn who_has_a_directory_open_has_it_alone() {
    let folder = place();
    let tier = open(&folder);
    let again = DiskTier::open(folder.path(), MIB, DiskOptions::default());
    assert!(matches!(again, Err(DiskError::InUse(_))), "{again:?}");
    tier.close().await;
    open(&folder);
}

#[tokio::test]
async fn the_last_clone_writes_what_waits() {
    let folder = place();
    let tier = open(&folder);
    (0..100).for_each(|number| tier.put(key(number), record(number, 10_000)));
    drop(tier);
    let tier = loop {
        match DiskTier::open(folder.path(), 256 * MIB, DiskOptions::default()) {
            Ok(tier) => break tier,
            Err(DiskError::InUse(_)) => std::thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(tier.stats().entries, 100);
}

#[test]
fn workers_share_a_tier_each_on_a_runtime_of_its_own() {
    let folder = place();
    let tier = open(&folder);
    std::thread::scope(|scope| {
        for worker in 0..4_u64 {
            let tier = tier.clone();
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                let mut random = fastrand::Rng::with_seed(worker);
                for _ in 0..300 {
                    let number = random.u64(0..40);
                    match random.u8(0..10) {
                        0 => tier.remove(key(number)),
                        1..4 => tier.put(key(number), record(number, random.usize(0..30_000))),
                        _ => {
                            let found = runtime.block_on(tier.get(key(number)));
                            assert!(found.is_none_or(|found| verify(&found) == number));
                        }
                    }
                }
            });
        }
    });
    assert_eq!(tier.stats().corrupt, 0);
}
