//! Disks that hang or refuse. What hangs is a pipe with nobody at its other end.

use std::{process::Command, time::Instant};

use super::*;

/// What the machine may take beyond a deadline, while other tests run: what hangs would do so for ever.
const SLACK: Duration = Duration::from_secs(5);

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[tokio::test]
async fn a_disk_that_hangs_costs_readers_the_deadline_and_then_nothing() {
    let folder = place();
    let options = DiskOptions { deadline: Duration::from_millis(50), ..DiskOptions::default() };
    let tier = DiskTier::open(folder.path(), 64 * MIB, options).unwrap();
    (0..5).for_each(|number| tier.put(key(number), record(number, 1000)));
    tier.flush().await;
    let file = |number: u64| {
        let name = |file: &PathBuf| file.file_name().unwrap().to_str().unwrap().to_owned();
        let digits = format!("{:x}", key(number));
        files(&folder).into_iter().find(|file| name(file).starts_with(&digits)).unwrap()
    };
    let hanging: Vec<PathBuf> = (0..4).map(file).collect();
    for file in &hanging {
        fs::remove_file(file).unwrap();
        pipe(file);
    }
    for number in 0..4 {
        let began = Instant::now();
        assert_eq!(tier.get(key(number)).await, None);
        assert!(began.elapsed() < options.deadline + SLACK, "{:?}", began.elapsed());
    }
    while !tier.0.shared.readers.are_stuck(options.deadline) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let began = Instant::now();
    for _ in 0..1000 {
        assert_eq!(tier.get(key(4)).await, None);
    }
    assert!(began.elapsed() < SLACK, "{:?}", began.elapsed());
    // Opened at the other end, they are no files that can be read.
    hanging.iter().for_each(|file| drop(fs::OpenOptions::new().write(true).open(file).unwrap()));
    while tier.get(key(4)).await.is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn when_the_writer_is_behind_records_wait_and_then_are_not_written() {
    let folder = place();
    let options = DiskOptions { queue: 100_000, ..DiskOptions::default() };
    let tier = DiskTier::open(folder.path(), 64 * MIB, options).unwrap();
    // The file of the first writing.
    let hanging = folder.path().join("v1/new/1");
    pipe(&hanging);
    (0..20).for_each(|number| tier.put(key(number), record(number, 10_000)));
    let stats = tier.stats();
    assert!((80_000..=100_000).contains(&stats.queued), "{stats:?}");
    assert_eq!((stats.entries, stats.dropped), (0, 11));
    for number in 0..20 {
        let found = tier.get(key(number)).await;
        assert_eq!(found.is_some(), number < 9, "{number}: what waits is found");
    }
    tier.remove(key(1));
    assert_eq!(tier.get(key(1)).await, None);
    let mut stream = tier.writer(key(30), noise(0, 10));
    assert_eq!(stream.write(noise(0, 50_000)), Err(GivenUp));
    drop(fs::File::open(&hanging).unwrap());
    tier.flush().await;
    let stats = tier.stats();
    assert_eq!((stats.queued, stats.written, stats.entries, stats.dropped), (0, 7, 7, 13), "the pipe takes no record");
    assert_eq!(verify(&tier.get(key(2)).await.unwrap()), 2);
}

#[tokio::test]
async fn a_disk_that_refuses_costs_records_until_it_takes_them_again() {
    let folder = place();
    let tier = open(&folder);
    let new = folder.path().join("v1/new");
    fs::remove_dir(&new).unwrap();
    fs::write(&new, "no directory").unwrap();
    let mut stream = tier.writer(key(9), noise(9, 10));
    (0..5).for_each(|number| tier.put(key(number), record(number, 10_000)));
    tier.flush().await;
    assert_eq!((tier.get(key(0)).await, stream.write(noise(0, 10))), (None, Err(GivenUp)));
    let stats = tier.stats();
    assert_eq!((stats.entries, stats.dropped, stats.queued, stats.bytes), (0, 6, 0, 0));
    fs::remove_file(&new).unwrap();
    tier.put(key(0), record(0, 10_000));
    tier.flush().await;
    assert_eq!(verify(&tier.get(key(0)).await.unwrap()), 0);
    assert_eq!(tier.stats().written, 1);
}
