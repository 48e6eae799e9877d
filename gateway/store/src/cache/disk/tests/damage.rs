//! Files that are not any more what was written.

use super::*;

/// Records of one and of many pieces, and without a body.
fn length(number: u64) -> usize {
    match number % 4 {
        0 => 0,
        1 => number as usize * 31,
        2 => 60_000,
        _ => 2 * PIECE + number as usize,
    }
}

async fn filled(folder: &TempDir, count: u64) {
    let tier = open(folder);
    (0..count).for_each(|number| tier.put(key(number), record(number, length(number))));
    tier.close().await;
    assert_eq!(files(folder).len() as u64, count);
}

/// Does something to every file, and finds out that none of them is taken for a record any more.
async fn check(what: &str, damage: impl Fn(&Path, &mut fastrand::Rng)) {
    let (folder, count) = (place(), 40);
    filled(&folder, count).await;
    let mut random = fastrand::Rng::with_seed(what.len() as u64);
    for _ in 0..4 {
        files(&folder).iter().for_each(|file| damage(file, &mut random));
        let tier = open(&folder);
        for number in 0..count {
            assert_eq!(tier.get(key(number)).await, None, "{number}: {what}");
            assert_eq!(tier.get(key(number)).await, None, "{number}: {what}");
        }
        let stats = tier.stats();
        assert_eq!((stats.corrupt, stats.missed, stats.entries), (count, 2 * count, 0), "{what}");
        tier.close().await;
        assert_eq!(files(&folder), Vec::<PathBuf>::new(), "{what}");
        filled(&folder, count).await;
    }
}

fn change(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    change(&mut bytes);
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_bit_that_turned_is_found_out_wherever_it_is() {
    check("a bit", |file, random| {
        change(file, |bytes| {
            let at = random.usize(0..bytes.len());
            bytes[at] ^= 1 << random.u8(0..8);
        });
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_lost_is_found_out() {
    check("a page", |file, random| {
        change(file, |bytes| {
            let page = random.usize(0..bytes.len().div_ceil(4096)) * 4096;
            let end = bytes.len().min(page + 4096);
            bytes[page..end].fill(0);
        });
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_cut_or_grew_is_found_out() {
    check("its end", |file, random| {
        change(file, |bytes| match random.usize(0..3) {
            0 => bytes.push(0),
            1 => bytes.truncate(random.usize(0..bytes.len())),
            _ => bytes.clear(),
        });
    })
    .await;
}

#[tokio::test]
async fn a_record_under_the_name_of_another_is_not_taken_for_it() {
    let folder = place();
    let tier = open(&folder);
    (0..2).for_each(|number| tier.put(key(number), Record { head: noise(number, 9), body: vec![] }));
    tier.close().await;
    let [one, other] = &files(&folder)[..] else { panic!("two were written") };
    let away = folder.path().join("away");
    fs::rename(one, &away).unwrap();
    fs::rename(other, one).unwrap();
    fs::rename(&away, other).unwrap();
    let tier = open(&folder);
    assert_eq!((tier.get(key(0)).await, tier.get(key(1)).await), (None, None));
    assert_eq!(tier.stats().corrupt, 2);
}

#[tokio::test]
async fn files_that_somebody_deletes_are_missed_and_directories_made_again() {
    let folder = place();
    let tier = open(&folder);
    tier.put(key(1), record(1, 1000));
    tier.flush().await;
    fs::remove_dir_all(folder.path().join("v1")).unwrap();
    assert_eq!(tier.get(key(1)).await, None);
    tier.put(key(2), record(2, 1000));
    tier.flush().await;
    assert_eq!(verify(&tier.get(key(2)).await.unwrap()), 2);
    let stats = tier.stats();
    assert_eq!((stats.entries, stats.bytes, stats.corrupt, stats.dropped), (1, 4096, 0, 0));
}
