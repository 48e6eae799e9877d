//! Those who wait already.

use std::{
    pin::Pin,
    task::{Context, Poll, Waker},
};

use gateway_algorithms::{
    admission::{ClassRule, Queue, Request, Rules},
    priority::PriorityClass,
};
use gateway_proxy::bench::{Gate, Slot};

/// Requests that wait while one more is measured.
pub(crate) const WAITING: u64 = 10_000;

/// An hour: nobody's time is over meanwhile.
const MAX_WAIT: u64 = 3_600_000_000_000;

/// Whose they are.
#[derive(Clone, Copy)]
pub(crate) enum Flows {
    /// Each has a flow of its own.
    Many,
    /// All are of one.
    One,
}

/// A queue in which so many wait, in all four classes.
pub(crate) struct Crowd {
    queue: Queue<u64>,
    flows: Flows,
    number: u64,
}

/// Requests that wait at a gate, and hang up when they are dropped.
pub(crate) struct Waiters {
    _waiting: Vec<Pin<Box<dyn Future<Output = Option<Slot>>>>>,
}

impl Crowd {
    pub(crate) fn new(flows: Flows) -> Self {
        let classes = [ClassRule { max_wait: MAX_WAIT, share: 5 }; 4];
        let queue = Queue::new(Rules { max_requests: 1_000_000, max_bytes: u64::MAX, classes });
        let mut crowd = Self { queue, flows, number: 0 };
        for _ in 0..WAITING {
            crowd.enters();
        }
        assert_eq!(crowd.queue.len() as u64, WAITING, "some were refused");
        crowd
    }

    /// One comes, and the next one goes.
    pub(crate) fn passes(&mut self) -> Option<u64> {
        self.enters();
        self.queue.next(self.number, &mut |_, _| {}).map(|turn| turn.item)
    }

    /// One comes, and leaves again before its turn.
    pub(crate) fn cancels(&mut self) -> Option<u64> {
        let ticket = self.enters()?;
        self.queue.leave(ticket)
    }

    fn enters(&mut self) -> Option<gateway_algorithms::admission::Ticket> {
        self.number += 1;
        let request = request(self.number, self.flows);
        self.queue.enter(request, self.number, self.number, &mut |_, _| {}).ok()
    }
}

impl Waiters {
    pub(crate) fn new(gate: &Gate, count: u64) -> Self {
        let waits = |_| {
            let mut waits = Box::pin(gate.enter(request(fastrand::u64(..), Flows::Many)));
            let polled = waits.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(matches!(polled, Poll::Pending), "nobody leaves");
            waits as Pin<Box<dyn Future<Output = Option<Slot>>>>
        };
        Self { _waiting: (0..count).map(waits).collect() }
    }
}

fn request(number: u64, flows: Flows) -> Request {
    let flow = match flows {
        // Spread over all numbers, as hashes are.
        Flows::Many => number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        Flows::One => 1,
    };
    let class = PriorityClass::ALL[(number % 4) as usize];
    Request { class, flow, bytes: 1024, max_wait: None }
}
