//! What a process leaves that dies while it writes.

use std::{
    io::{BufRead, BufReader},
    ops::RangeInclusive,
    process::{Child, Command, Stdio},
};

use super::*;

const VICTIM: &str = "SLUICE_TEST_CACHE_VICTIM";

/// Keys that the victim writes over and over, and how many it removes of them again and again.
const KEYS: u64 = 40;

/// Steps between two promises.
const BATCH: u64 = 7;

/// Every so many steps a record is written piece by piece, and finished at the next such step.
const STREAMS: u64 = 5;

fn length(step: u64) -> usize {
    match step % STREAMS {
        0 => 700_000 + step as usize % 1000,
        _ => step as usize * 997 % 60_000,
    }
}

/// Kills a process that writes without pause, time and again: every record is whole, and none is older than promised.
#[tokio::test]
async fn whatever_kill_9_leaves_is_whole_or_gone() {
    let folder = place();
    let (mut promised, mut unfinished) = (Vec::new(), 0);
    for round in 0..20 {
        promised.push(kill_after(spawn_victim(folder.path()), 1 + round * 13));
        unfinished += fs::read_dir(folder.path().join("v1/new")).unwrap().count();
        let tier = open(&folder);
        let last = |name| promised.iter().rev().find_map(|steps| last_of(name, steps));
        for name in 0..KEYS {
            // It is none if a later one was on its way, which had taken the old one's place already.
            if let Some(step) = tier.get(key(name)).await.map(|found| verify(&found)) {
                assert_eq!(step % KEYS, name);
                assert!(last(name).is_none_or(|last| step >= last), "{step} after {:?}", last(name));
            }
        }
        let stats = tier.stats();
        assert_eq!(stats.corrupt, 0, "a process that dies damages nothing");
        let known = (0..KEYS).filter_map(last).count() as u64;
        assert!(stats.read + BATCH >= known, "{stats:?} of {known}");
        assert_eq!(stats.bytes, files(&folder).iter().map(|file| room(fs::metadata(file).unwrap().len())).sum::<u64>());
        tier.close().await;
    }
    assert!(unfinished > 0, "somebody was caught in the middle");
}

/// The last of the promised steps that wrote this key, and had to be through.
fn last_of(name: u64, steps: &RangeInclusive<u64>) -> Option<u64> {
    let is_through = |step: u64| !step.is_multiple_of(STREAMS) || step + STREAMS <= *steps.end();
    steps.clone().rev().find(|step| step % KEYS == name && is_through(*step))
}

#[tokio::test]
#[ignore = "runs in a process of its own, to be killed by whatever_kill_9_leaves_is_whole_or_gone"]
async fn victim() {
    let Some(folder) = std::env::var_os(VICTIM) else { return };
    let options = DiskOptions { queue: usize::MAX, ..DiskOptions::default() };
    let tier = DiskTier::open(Path::new(&folder), 256 * MIB, options).unwrap();
    let first = tier.0.shared.state.lock().number();
    println!("first {first}");
    // Numbers of writings grow faster than steps: so it is later than all steps before.
    let mut unfinished = None::<PieceWriter>;
    for step in first.. {
        let record = record(step, length(step));
        if step % STREAMS == 0 {
            let mut writer = tier.writer(key(step % KEYS), record.head);
            record.body.into_iter().for_each(|piece| writer.write(piece).unwrap());
            if let Some(earlier) = unfinished.replace(writer) {
                earlier.finish();
            }
        } else {
            tier.put(key(step % KEYS), record);
        }
        if step % BATCH == 0 {
            tier.flush().await;
            println!("flushed {step}");
        }
    }
}

fn spawn_victim(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "cache::disk::tests::death::victim", "--ignored", "--nocapture"])
        .env(VICTIM, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the victim has promised `count` steps or more, kills it and returns those that it promised.
fn kill_after(mut victim: Child, count: u64) -> RangeInclusive<u64> {
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
    let number = |line: String, word: &str| -> Option<u64> { line.strip_prefix(word)?.parse().ok() };
    let first = lines.find_map(|line| number(line, "first ")).expect("the victim gave up");
    let mut promises = lines.filter_map(|line| number(line, "flushed "));
    let heard = promises.find(|step| step + 1 >= first + count).expect("the victim gave up");
    victim.kill().unwrap();
    victim.wait().unwrap();
    first..=promises.last().unwrap_or(heard)
}
