//! Records that come and go piece by piece.

use super::*;

/// Writes all of a record but its end.
fn begin(tier: &DiskTier, key: CacheKey, record: &Record) -> PieceWriter {
    let mut writer = tier.writer(key, record.head.clone());
    record.body.iter().for_each(|piece| writer.write(piece.clone()).unwrap());
    writer
}

async fn read(found: StoredRecord) -> Record {
    let StoredRecord { head, length, mut pieces } = found;
    let mut body = Vec::new();
    while let Some(piece) = pieces.next().await.unwrap() {
        assert!((1..=PIECE).contains(&piece.len()));
        body.push(piece);
    }
    assert_eq!(pieces.next().await, Ok(None));
    let record = Record { head, body };
    assert_eq!(record.length(), length);
    record
}

#[tokio::test]
async fn a_large_record_is_written_and_read_piece_by_piece() {
    let folder = place();
    let tier = open(&folder);
    let lengths = [0, 1, PIECE, PIECE + 1, 20 * MIB as usize + 3];
    for length in lengths {
        let number = length as u64;
        begin(&tier, key(number), &record(number, length)).finish();
    }
    tier.close().await;
    let tier = open(&folder);
    for length in lengths {
        let number = length as u64;
        let found = tier.open_reader(key(number)).await.unwrap();
        assert_eq!(verify(&read(found).await), number);
        assert_eq!(tier.get(key(number)).await.is_some(), number <= WHOLE, "{length}");
    }
}

#[tokio::test]
async fn what_is_put_whole_can_be_read_piece_by_piece_at_once() {
    let folder = place();
    let tier = open(&folder);
    let record = record(1, 3 * PIECE);
    // As it was put, and with a piece that has nothing in it.
    let put = Record { head: record.head.clone(), body: vec![Bytes::new(), record.body.concat().into()] };
    tier.put(key(1), put);
    let found = tier.open_reader(key(1)).await.unwrap();
    assert_eq!(found.length, 3 * PIECE as u64);
    tier.flush().await;
    let found = tier.open_reader(key(1)).await.unwrap();
    assert_eq!(verify(&read(found).await), 1);
}

#[tokio::test]
async fn what_is_not_finished_leaves_nothing() {
    let folder = place();
    let tier = open(&folder);
    tier.put(key(1), record(1, 100));
    for number in [1, 2] {
        drop(begin(&tier, key(number), &record(9, MIB as usize)));
    }
    tier.flush().await;
    assert_eq!(verify(&tier.get(key(1)).await.unwrap()), 1, "what was there stays");
    assert_eq!(tier.get(key(2)).await, None);
    assert_eq!(fs::read_dir(folder.path().join("v1/new")).unwrap().count(), 0);
    assert_eq!((tier.stats().bytes, tier.stats().queued), (4096, 0));
}

#[tokio::test]
async fn what_is_removed_or_put_while_it_comes_is_given_up() {
    let folder = place();
    let tier = open(&folder);
    let [mut removed, finished, put] = [1, 2, 3].map(|number| begin(&tier, key(number), &record(number, 50_000)));
    tier.remove(key(1));
    tier.remove(key(2));
    tier.put(key(3), record(33, 10));
    assert_eq!(removed.write(noise(1, 1)), Err(GivenUp));
    assert_eq!(removed.write(noise(1, 1)), Err(GivenUp));
    removed.finish();
    finished.finish();
    put.finish();
    tier.flush().await;
    assert_eq!((tier.get(key(1)).await, tier.get(key(2)).await), (None, None));
    assert_eq!(verify(&tier.get(key(3)).await.unwrap()), 33);
    assert_eq!(fs::read_dir(folder.path().join("v1/new")).unwrap().count(), 0);
}

#[tokio::test]
async fn of_two_that_come_at_once_the_one_that_began_last_is_kept() {
    let folder = place();
    let tier = open(&folder);
    for (name, first_ends_first) in [(1, true), (2, false)] {
        let first = begin(&tier, key(name), &record(10, 50_000));
        let second = begin(&tier, key(name), &record(20, 50_000));
        if first_ends_first {
            first.finish();
            tier.flush().await;
            assert_eq!(verify(&tier.get(key(name)).await.unwrap()), 10);
            second.finish();
        } else {
            second.finish();
            first.finish();
        }
        tier.flush().await;
        assert_eq!(verify(&tier.get(key(name)).await.unwrap()), 20);
    }
}

#[tokio::test]
async fn whoever_reads_reads_to_the_end_though_the_record_is_pushed_out() {
    let folder = place();
    let tier = sized(&folder, 20 * MIB);
    tier.put(key(1), record(1, 4 * MIB as usize));
    tier.flush().await;
    let removed = tier.open_reader(key(1)).await.unwrap();
    let pushed_out = tier.open_reader(key(1)).await.unwrap();
    (2..12).for_each(|number| tier.put(key(number), record(number, 4 * MIB as usize)));
    tier.flush().await;
    assert_eq!(tier.get(key(1)).await, None);
    assert_eq!(verify(&read(pushed_out).await), 1);
    tier.close().await;
    assert_eq!(verify(&read(removed).await), 1, "even when the tier is closed");
}

#[tokio::test]
async fn a_body_that_grows_too_large_is_given_up() {
    let folder = place();
    let options = DiskOptions { record: 100, ..DiskOptions::default() };
    let tier = DiskTier::open(folder.path(), MIB, options).unwrap();
    for (number, more) in [(1, 0), (2, 1)] {
        let mut writer = tier.writer(key(number), noise(0, 50));
        writer.write(noise(0, 60)).unwrap();
        writer.write(noise(0, 40 + more)).unwrap();
        writer.finish();
    }
    tier.flush().await;
    assert_eq!((tier.get(key(1)).await.map(|found| found.length()), tier.get(key(2)).await), (Some(100), None));
    assert_eq!((tier.stats().dropped, tier.stats().bytes), (1, 4096));
}

#[tokio::test]
async fn damage_in_the_middle_ends_the_body_there() {
    let folder = place();
    let tier = open(&folder);
    let whole = record(1, 5 * PIECE);
    tier.put(key(1), whole.clone());
    tier.flush().await;
    let file = files(&folder).remove(0);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let mut found = tier.open_reader(key(1)).await.unwrap().pieces;
    let mut read = Vec::new();
    let end = loop {
        match found.next().await {
            Ok(piece) => read.push(piece.expect("the end is damaged")),
            Err(lost) => break lost,
        }
    };
    assert_eq!((end, found.next().await), (Lost, Err(Lost)));
    assert_eq!(read.concat(), whole.body.concat()[..2 * PIECE], "what came before is right");
    assert!(tier.open_reader(key(1)).await.is_none());
    assert!(tier.stats().corrupt >= 1);
}

#[tokio::test]
async fn records_that_come_at_once_and_their_bytes_are_bounded() {
    let folder = place();
    let tier = sized(&folder, 4 * MIB);
    let mut large = tier.writer(key(0), Bytes::new());
    let mut written = 0;
    // The thread that writes says it when it gets there: one piece later.
    while large.write(noise(0, 10_000)).is_ok() {
        written += 10_000;
        tier.flush().await;
    }
    assert!((MIB..=MIB + 10_000).contains(&written), "{written} are about a quarter");
    large.finish();
    assert_eq!(tier.get(key(0)).await, None);
    let mut many: Vec<_> = (1..=300).map(|number| tier.writer(key(number), Bytes::new())).collect();
    let accepted = many.iter_mut().map(|writer| u64::from(writer.write(noise(0, 1)).is_ok())).sum::<u64>();
    assert_eq!(accepted, 256);
    assert_eq!(tier.stats().dropped, 1 + 300 - 256);
    drop(many);
    tier.flush().await;
    assert!(tier.writer(key(1), Bytes::new()).write(noise(0, 1)).is_ok(), "there is room again");
}
