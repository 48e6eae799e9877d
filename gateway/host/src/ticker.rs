//! The ticker: one thread that moves the engine's epoch on each millisecond while guests run.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, Thread},
    time::Duration,
};

use wasmtime::Engine;

/// The time between two ticks; deadlines are whole numbers of these.
pub(crate) const TICK: Duration = Duration::from_millis(1);

/// The longest time that a guest runs before it wakes the thread again.
pub(crate) const STRETCH: Duration = Duration::from_millis(100);

/// Ticks after the longest stretch before the thread may park, for a guest that was about to be cut.
const MARGIN: u32 = 100;

/// Handle of the thread; dropping it ends the thread within a tick.
#[derive(Debug)]
pub(crate) struct Ticker {
    flags: Arc<Flags>,
    thread: Thread,
}

/// On a cache line of its own: every call reads `awake`, and hardly any writes it.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Flags {
    awake: AtomicBool,
    stop: AtomicBool,
    parked: AtomicBool,
    /// Ticks so far.
    now: AtomicU64,
}

impl Ticker {
    /// Starts the thread, parked.
    pub(crate) fn start(engine: Engine) -> io::Result<Self> {
        let flags = Arc::new(Flags::default());
        let shared = flags.clone();
        let handle = thread::Builder::new()
            .name("plugin-ticker".into())
            .stack_size(128 * 1024)
            .spawn(move || run(&engine, &shared))?;
        Ok(Self { flags, thread: handle.thread().clone() })
    }

    /// Makes sure that the thread ticks. To be called after a call's deadline was set.
    ///
    /// Relaxed: the thread clears the flag and goes on ticking for longer than any stretch before it parks, so
    /// whoever still saw the flag is cut in time, and whoever sees it cleared sets it again.
    #[inline]
    pub(crate) fn wake(&self) {
        if !self.flags.awake.load(Ordering::Relaxed) {
            self.rouse();
        }
    }

    /// Ticks so far, while guests run: a clock that costs nothing to read, good to about a tick.
    #[inline]
    pub(crate) fn now(&self) -> u64 {
        self.flags.now.load(Ordering::Relaxed)
    }

    #[cfg(test)]
    pub(crate) fn is_parked(&self) -> bool {
        self.flags.parked.load(Ordering::Acquire)
    }

    #[cold]
    fn rouse(&self) {
        self.flags.awake.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.flags.stop.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Whole ticks in `time`, rounded up.
pub(crate) fn ticks(time: Duration) -> u32 {
    u32::try_from(time.as_nanos().div_ceil(TICK.as_nanos())).unwrap_or(u32::MAX)
}

fn run(engine: &Engine, flags: &Flags) {
    let quiet = ticks(STRETCH) + MARGIN;
    let mut ticked = 0;
    while !flags.stop.load(Ordering::Relaxed) {
        // No catching up when the thread was late: then the guests were, too.
        thread::sleep(TICK);
        engine.increment_epoch();
        flags.now.fetch_add(1, Ordering::Relaxed);
        ticked += 1;
        if ticked >= quiet {
            ticked = 0;
            if !flags.awake.swap(false, Ordering::AcqRel) {
                park(flags);
            }
        }
    }
}

/// Returns once a guest runs or the thread is to end.
fn park(flags: &Flags) {
    flags.parked.store(true, Ordering::Release);
    while !flags.awake.load(Ordering::Acquire) && !flags.stop.load(Ordering::Acquire) {
        thread::park();
    }
    flags.parked.store(false, Ordering::Release);
}
