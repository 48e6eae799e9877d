//! No tier takes more than it was given.

use super::*;

#[tokio::test]
async fn the_bound_on_bytes_holds_whatever_is_written() {
    let (folder, bound) = (place(), 4 * MIB);
    let tier = sized(&folder, bound);
    let mut random = fastrand::Rng::with_seed(4);
    for number in 0..600 {
        if random.bool() {
            tier.put(key(number), record(number, random.usize(0..200_000)));
        } else {
            let mut writer = tier.writer(key(number), noise(number, 10));
            (0..random.u64(0..5)).for_each(|at| writer.write(noise(at, random.usize(0..100_000))).unwrap());
            if random.bool() {
                writer.finish();
            }
        }
        let bytes = tier.stats().bytes;
        assert!(bytes <= bound, "{bytes}");
    }
    tier.flush().await;
    let on_disk: u64 = files(&folder).iter().map(|file| room(fs::metadata(file).unwrap().len())).sum();
    let stats = tier.stats();
    assert_eq!(stats.bytes, on_disk);
    assert!((bound / 2..=bound).contains(&on_disk), "{on_disk} of {bound}");
    assert!(stats.evicted > 300 && stats.dropped == 0, "{stats:?}");
}

#[tokio::test]
async fn the_least_recently_used_go_first() {
    let folder = place();
    let tier = sized(&folder, 40 * 4096);
    for number in 0..120 {
        tier.put(key(number), record(number, 2000));
        tier.flush().await;
        assert!(tier.get(key(0)).await.is_some(), "it is used all the time");
    }
    for number in 1..120 {
        assert_eq!(tier.get(key(number)).await.is_some(), number > 80, "{number}");
    }
}

#[tokio::test]
async fn records_are_bounded_in_number_too() {
    let folder = place();
    let tier = DiskTier::open(folder.path(), MIB, DiskOptions { entries: 10, ..DiskOptions::default() }).unwrap();
    for number in 0..30 {
        tier.put(key(number), record(number, 10));
    }
    tier.flush().await;
    for number in 0..30 {
        assert_eq!(tier.get(key(number)).await.is_some(), number >= 20, "{number}");
    }
    assert_eq!((tier.stats().entries, tier.stats().evicted), (10, 20));
}

#[tokio::test]
async fn after_a_restart_with_less_room_the_oldest_are_gone() {
    let folder = place();
    let tier = sized(&folder, 40 * 4096);
    (0..40).for_each(|number| tier.put(key(number), record(number, 2000)));
    tier.close().await;
    let tier = sized(&folder, 10 * 4096);
    tier.flush().await;
    for number in 0..40 {
        assert_eq!(tier.get(key(number)).await.is_some(), number >= 30, "{number}");
    }
    assert_eq!((tier.stats().bytes, files(&folder).len()), (10 * 4096, 10));
}

#[tokio::test]
async fn a_record_that_is_too_large_takes_the_one_that_was_with_it() {
    let folder = place();
    let options = DiskOptions { record: 10_000, queue: 100_000, ..DiskOptions::default() };
    let tier = DiskTier::open(folder.path(), MIB, options).unwrap();
    let head = |length| Record { head: noise(1, length), body: vec![] };
    for (what, large) in [
        ("its body", record(1, 10_001)),
        ("its head", head(HEAD + 1)),
        ("what waits", head(100_001)),
        ("a quarter of the tier", head(MIB as usize / 4)),
    ] {
        tier.put(key(1), record(1, 10_000));
        tier.flush().await;
        assert!(tier.get(key(1)).await.is_some(), "{what}");
        let dropped = tier.stats().dropped;
        tier.put(key(1), large);
        assert_eq!((tier.get(key(1)).await, tier.stats().dropped), (None, dropped + 1), "{what}");
    }
}
