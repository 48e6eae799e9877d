//! Wakes a gate when those that wait and are held back may go.

use std::{
    sync::{
        Arc, Weak,
        atomic::{
            AtomicBool, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
    },
    time::{Duration, Instant},
};

use tokio::{sync::Notify, time::sleep_until};

use super::gate::Gate;

/// The alarm of one gate. It runs on the worker that was first to have somebody wait, as long as gate and worker live.
#[derive(Debug, Default)]
pub(super) struct Pacer {
    is_running: Arc<AtomicBool>,
    alarm: Arc<Alarm>,
}

#[derive(Debug, Default)]
struct Alarm {
    /// In nanoseconds of the gate's own time; 0 for never.
    at: AtomicU64,
    is_set: Notify,
}

/// Lets another worker run the alarm when this one ends.
struct Running(Arc<AtomicBool>);

impl Pacer {
    /// Runs the alarm, unless it runs already. The gate's own time begins at `beginning`.
    pub(super) fn run(&self, gate: &Arc<Gate>, beginning: Instant) {
        if !self.is_running.load(Relaxed) && !self.is_running.swap(true, SeqCst) {
            let running = Running(self.is_running.clone());
            tokio::spawn(watch(Arc::downgrade(gate), self.alarm.clone(), beginning, running));
        }
    }

    /// Has the gate look at that time whether somebody may go.
    pub(super) fn set(&self, at: u64) {
        if self.alarm.at.swap(at, SeqCst) != at {
            self.alarm.is_set.notify_one();
        }
    }
}

async fn watch(gate: Weak<Gate>, alarm: Arc<Alarm>, beginning: Instant, _running: Running) {
    while gate.strong_count() > 0 {
        let at = alarm.at.load(SeqCst);
        if at == 0 {
            alarm.is_set.notified().await;
            continue;
        }
        tokio::select! {
            () = sleep_until((beginning + Duration::from_nanos(at)).into()) => {
                // Unless it was set anew meanwhile.
                alarm.at.compare_exchange(at, 0, SeqCst, SeqCst).ok();
                if let Some(gate) = gate.upgrade() {
                    gate.pass_on();
                }
            }
            () = alarm.is_set.notified() => {}
        }
    }
}

impl Drop for Pacer {
    fn drop(&mut self) {
        self.alarm.is_set.notify_one();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}
