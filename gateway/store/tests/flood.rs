//! A flood of distinct keys takes no more memory than was promised, and helps nobody who is over the limit.
//!
//! Alone in its process, whose resident memory it measures.
#![cfg(target_os = "linux")]

use gateway_algorithms::limit::{Algorithm, Gcra};
use gateway_store::{LimitKind, Table};

const CAPACITY: usize = 400_000;
const FLOOD: u64 = 1_000_000;
const SECOND: u64 = 1_000_000_000;

/// Bytes that are promised for each key of the capacity.
const BYTES: usize = 64;

/// Spreads small numbers over all bits, as the hash of an identity does.
fn key(number: u64) -> u128 {
    let mut random = fastrand::Rng::with_seed(number);
    random.u128(..)
}

fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells of every process");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("it is resident");
    let kib: usize = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("in KiB");
    kib * 1024
}

#[test]
fn a_million_distinct_keys_stay_within_the_bound_and_forgive_nobody() {
    let limit = Algorithm::from(Gcra::new(1.0, 5).unwrap());
    let before = resident();
    let table = Table::new(LimitKind::Gcra, CAPACITY);
    // They ask for more than they may at every step, so they are never at rest.
    let clients: Vec<u128> = (0..100).map(|number| key(u64::MAX - number)).collect();
    clients.iter().for_each(|client| assert!(table.take(*client, &limit, SECOND, 5).admitted));
    let mut admitted = [0u64; 100];
    let mut most = 0;
    for number in 0..FLOOD {
        // In the second that a request takes to come back, about as many come as there is room for.
        let now = SECOND + number * 2_700;
        let _whatever = table.take(key(number), &limit, now, 1);
        if number % 10_000 == 0 {
            for (client, admitted) in clients.iter().zip(&mut admitted) {
                *admitted += u64::from(table.take(*client, &limit, now, 1).admitted);
            }
            most = most.max(resident());
        }
    }
    assert!(table.len() <= CAPACITY);
    assert!(table.len() * 100 > CAPACITY * 90, "{} keys are no flood", table.len());
    // The flood lasts 2.7 seconds, so two requests have come back to each client, and none more was given.
    assert_eq!(admitted, [2; 100]);
    let grown = most.max(resident()) - before;
    assert!(grown <= CAPACITY * BYTES, "{grown} bytes for {CAPACITY} keys");
    println!("{} keys, {grown} bytes: {} for each", table.len(), grown / table.len());
}
