//! Ticks: what plugins do from time to time, without a request.
//!
//! Each attachment that ticks does so on one worker of the node, in a task of its own there: it is shown the newest
//! snapshot, never ticks twice at a time, and ends as soon as another generation of its plugin serves.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use tokio::{
    task::{self, JoinHandle},
    time::{Instant, MissedTickBehavior, interval_at},
};

use crate::{
    chain::Link,
    live::{Live, Serving},
    worker::Worker,
};

/// The first tick comes within this time, and within the time between two: not all plugins at one moment.
const FIRST_WITHIN: Duration = Duration::from_secs(1);

/// The ticking attachments of one worker. Dropped, they end.
pub(crate) struct Ticks {
    /// Which of how many workers this is.
    share: (usize, usize),
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    serving: Option<Rc<Serving>>,
    running: HashMap<Arc<str>, Running>,
}

/// Dropped, it ends.
struct Running {
    link: Arc<Link>,
    task: JoinHandle<()>,
}

// === impl Ticks ===

impl Ticks {
    /// The ticks of a worker, by its number and how many there are, 1 at least.
    pub(crate) fn new(share: (usize, usize)) -> Self {
        Self { share, state: RefCell::default() }
    }

    /// Lets those tick that are to tick in what serves now, and no others. Costs a comparison when nothing has changed.
    pub(crate) fn follow(&self, worker: &Rc<Worker>) {
        let serving = worker.serving();
        let State { serving: followed, running } = &mut *self.state.borrow_mut();
        if followed.as_ref().is_some_and(|followed| Rc::ptr_eq(followed, &serving)) {
            return;
        }
        running.retain(|name, running| serving.link(name).is_some_and(|link| Arc::ptr_eq(link, &running.link)));
        for (name, link, every) in ticking(&serving).filter(|(name, ..)| self.is_mine(name)) {
            running.entry(name.clone()).or_insert_with(|| Running {
                link: link.clone(),
                task: task::spawn_local(tick(worker.clone(), link.clone(), every)),
            });
        }
        *followed = Some(serving);
    }

    /// Spreads the attachments of a node over its workers.
    fn is_mine(&self, attachment: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        attachment.hash(&mut hasher);
        let (index, workers) = self.share;
        hasher.finish() % workers as u64 == index as u64
    }
}

fn ticking(live: &Live) -> impl Iterator<Item = (&Arc<str>, &Arc<Link>, Duration)> {
    live.links().filter_map(|(name, link)| Some((name, link, link.plugin.tick_every()?)))
}

async fn tick(worker: Rc<Worker>, link: Arc<Link>, every: Duration) {
    let first = Instant::now() + every.min(FIRST_WITHIN).mul_f64(fastrand::f64());
    let mut ticks = interval_at(first, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // Held to the end of the tick: its callouts are to find the upstreams of the snapshot that it was shown.
        let serving = worker.serving();
        link.tick(serving.snapshot()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attachment_ticks_on_one_worker_and_all_workers_have_some() {
        let workers: Vec<_> = (0..4).map(|index| Ticks::new((index, 4))).collect();
        let mut shares = [0; 4];
        for number in 0..100 {
            let name = format!("attachment-{number}");
            let mine: Vec<_> = (0..4).filter(|index| workers[*index].is_mine(&name)).collect();
            assert_eq!(mine.len(), 1);
            shares[mine[0]] += 1;
        }
        assert!(shares.iter().all(|share| *share > 10), "{shares:?}");
    }
}
