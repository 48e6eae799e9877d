//! The limits as one would explain them: lists of what came, added up anew for each question.

/// What has passed so far, and what would.
pub(super) trait Reference {
    fn passes(&self, now: u64, cost: u64) -> bool;
    /// Lets it pass, and answers how long it has to wait.
    fn take(&mut self, now: u64, cost: u64) -> u64;
}

// === token bucket ===

/// Tokens in nanoseconds of refill, so that they are whole.
pub(super) struct Bucket {
    interval: u128,
    full: u128,
    tokens: u128,
    last: u64,
}

impl Bucket {
    pub(super) fn new(interval: u64, burst: u32) -> Self {
        let full = u128::from(interval) * u128::from(burst);
        Self { interval: interval.into(), full, tokens: full, last: 0 }
    }

    fn tokens(&self, now: u64) -> u128 {
        self.full.min(self.tokens + u128::from(now - self.last))
    }
}

impl Reference for Bucket {
    fn passes(&self, now: u64, cost: u64) -> bool {
        self.tokens(now) >= self.interval * u128::from(cost)
    }

    fn take(&mut self, now: u64, cost: u64) -> u64 {
        self.tokens = self.tokens(now) - self.interval * u128::from(cost);
        self.last = now;
        0
    }
}

// === queue ===

/// A counter that serves one request in each interval, and people who stand in line.
pub(super) struct Queue {
    interval: u64,
    burst: u64,
    undelayed: u64,
    /// When each was served, or will be; the newest last.
    served: Vec<u64>,
}

impl Queue {
    pub(super) fn new(interval: u64, burst: u32, undelayed: u32) -> Self {
        Self { interval, burst: burst.into(), undelayed: undelayed.into(), served: vec![] }
    }

    /// The line with `cost` more in it.
    fn with(&self, now: u64, cost: u64) -> Vec<u64> {
        let mut served = self.served.clone();
        for _ in 0..cost {
            let turn = served.last().map_or(now, |last| now.max(last + self.interval));
            served.push(turn);
        }
        served
    }
}

impl Reference for Queue {
    fn passes(&self, now: u64, cost: u64) -> bool {
        let served = self.with(now, cost);
        cost == 0 || served.last().is_none_or(|turn| turn - now <= self.burst * self.interval)
    }

    fn take(&mut self, now: u64, cost: u64) -> u64 {
        self.served = self.with(now, cost);
        let turn = self.served.last().filter(|_| cost > 0).unwrap_or(&now);
        (turn - now).saturating_sub(self.undelayed * self.interval)
    }
}

// === events ===

/// All that ever passed, and how it is counted.
pub(super) struct Events {
    limit: u128,
    window: u64,
    count: fn(&Events, u64, u128) -> bool,
    passed: Vec<(u64, u64)>,
}

impl Events {
    pub(super) fn fixed(limit: u64, window: u64) -> Self {
        Self::new(limit, window, |events, now, cost| events.in_window(now / events.window) + cost <= events.limit)
    }

    pub(super) fn sliding(limit: u64, window: u64) -> Self {
        Self::new(limit, window, |events, now, cost| {
            let (position, length) = (now / events.window, u128::from(events.window));
            let elapsed = u128::from(now % events.window);
            let previous = position.checked_sub(1).map_or(0, |before| events.in_window(before));
            let current = events.in_window(position);
            // Both sides times the length of a window.
            previous * (length - elapsed) + (current + cost) * length <= events.limit * length
        })
    }

    pub(super) fn log(limit: u64, window: u64) -> Self {
        Self::new(limit, window, |events, now, cost| {
            let recent = events.sum(|at| at + events.window > now);
            recent + cost <= events.limit
        })
    }

    fn new(limit: u64, window: u64, count: fn(&Events, u64, u128) -> bool) -> Self {
        Self { limit: limit.into(), window, count, passed: vec![] }
    }

    fn in_window(&self, position: u64) -> u128 {
        self.sum(|at| at / self.window == position)
    }

    fn sum(&self, counts: impl Fn(u64) -> bool) -> u128 {
        self.passed.iter().filter(|(at, _)| counts(*at)).map(|(_, cost)| u128::from(*cost)).sum()
    }
}

impl Reference for Events {
    fn passes(&self, now: u64, cost: u64) -> bool {
        cost == 0 || (self.count)(self, now, cost.into())
    }

    fn take(&mut self, now: u64, cost: u64) -> u64 {
        self.passed.push((now, cost));
        0
    }
}
