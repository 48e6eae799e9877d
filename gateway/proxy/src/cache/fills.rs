//! Who asks the upstream for what many want: one does, the others follow.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use gateway_model::PriorityClass;
use gateway_store::cache::{
    entry::{Entry, EntryHead},
    record::CacheKey,
};
use parking_lot::Mutex;
use tokio::{sync::watch, time::timeout_at};

use super::growing::Growing;
use crate::error::GatewayError;

/// Parts of the register, each with a lock of its own, which is held to look one key up.
const PARTS: usize = 16;

/// The longest that a request follows another one that has no answer yet. After that it asks itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is being asked for on this node. As large as the number of requests on their way.
#[derive(Debug, Default)]
pub(crate) struct Fills {
    parts: [Mutex<HashMap<CacheKey, Arc<Fill>>>; PARTS],
}

/// One answer that is waited for.
#[derive(Debug)]
struct Fill {
    /// Of the request that asks.
    class: PriorityClass,
    stage: watch::Sender<Stage>,
}

/// How far it is.
#[derive(Clone, Debug)]
pub(crate) enum Stage {
    /// The upstream is being asked.
    Asked,
    /// The response comes in.
    Streams(Arc<Streamed>),
    /// What was stored holds.
    Validated(Arc<Entry>),
    /// The response is not for others.
    Passes,
    /// The upstream answered with an error, and who asked was served what is stored.
    ServerError,
    /// The upstream did not answer.
    Failed(GatewayError),
    /// There was no room at the upstream for a request of this class.
    Refused(PriorityClass, GatewayError),
    /// Who asked has gone without an answer.
    Left,
}

/// A response that comes in for all who want it.
#[derive(Debug)]
pub(crate) struct Streamed {
    pub(crate) head: EntryHead,
    /// Under which it is stored once it is there.
    pub(crate) key: CacheKey,
    pub(crate) body: Arc<Growing>,
    /// In bytes, where it is known.
    pub(crate) length: Option<u64>,
}

/// What a request does.
pub(crate) enum Role {
    /// It asks, and others follow it.
    Leads(Lead),
    /// Another one asks.
    Follows(Follow),
    /// It asks for itself: the one that asks is less important, and may wait for its turn.
    Alone,
}

/// Asks for others, too. Dropped without a word it hands over to one of them.
#[derive(Debug)]
pub(crate) struct Lead {
    fills: Arc<Fills>,
    key: CacheKey,
    fill: Arc<Fill>,
    done: bool,
}

/// Waits for what another request gets.
pub(crate) struct Follow {
    stage: watch::Receiver<Stage>,
    until: Instant,
    /// The answer had begun when it came.
    pub(crate) late: bool,
}

impl Fills {
    /// Joins those who want what is under `key`.
    pub(crate) fn join(self: &Arc<Self>, key: CacheKey, class: PriorityClass) -> Role {
        let mut part = self.part(&key).lock();
        if let Some(fill) = part.get(&key) {
            let waits = matches!(*fill.stage.borrow(), Stage::Asked);
            return match waits && class < fill.class {
                true => Role::Alone,
                false => Role::Follows(Follow {
                    stage: fill.stage.subscribe(),
                    until: Instant::now() + PATIENCE,
                    late: !waits,
                }),
            };
        }
        let fill = Arc::new(Fill { class, stage: watch::Sender::new(Stage::Asked) });
        part.insert(key, fill.clone());
        Role::Leads(Lead { fills: self.clone(), key, fill, done: false })
    }

    #[cfg(test)]
    pub(crate) fn has(&self, key: &CacheKey) -> bool {
        self.part(key).lock().contains_key(key)
    }

    fn part(&self, key: &CacheKey) -> &Mutex<HashMap<CacheKey, Arc<Fill>>> {
        &self.parts[usize::from(key.as_bytes()[0]) % PARTS]
    }
}

impl Lead {
    /// Tells those who follow; who comes later is told the same, as long as this is not dropped.
    pub(crate) fn tell(&mut self, stage: Stage) {
        self.done = true;
        self.fill.stage.send_replace(stage);
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        // First out of the register, so that one of those who are told takes this place.
        self.fills.part(&self.key).lock().remove(&self.key);
        if !self.done {
            self.fill.stage.send_replace(Stage::Left);
        }
    }
}

impl Follow {
    /// What the request that asks has got; none when that takes too long.
    pub(crate) async fn outcome(mut self) -> Option<Stage> {
        let told = self.stage.wait_for(|stage| !matches!(stage, Stage::Asked));
        let stage = timeout_at(self.until.into(), told).await.ok()?;
        Some(stage.map_or(Stage::Left, |stage| stage.clone()))
    }
}

#[cfg(test)]
mod tests {
    use gateway_store::cache::key::KeyWriter;

    use super::*;

    fn key() -> CacheKey {
        KeyWriter::new("test").finish()
    }

    fn lead(fills: &Arc<Fills>, class: PriorityClass) -> Lead {
        let Role::Leads(lead) = fills.join(key(), class) else { panic!("somebody leads already") };
        lead
    }

    fn follow(fills: &Arc<Fills>) -> Follow {
        let Role::Follows(follow) = fills.join(key(), PriorityClass::Normal) else { panic!("nobody leads") };
        follow
    }

    #[tokio::test]
    async fn one_asks_and_all_others_are_told() {
        let fills = Arc::new(Fills::default());
        let mut lead = lead(&fills, PriorityClass::Normal);
        let followers: Vec<Follow> = (0..100).map(|_| follow(&fills)).collect();
        lead.tell(Stage::Passes);
        let late = follow(&fills);
        drop(lead);
        for follower in followers.into_iter().chain([late]) {
            assert!(matches!(follower.outcome().await, Some(Stage::Passes)));
        }
        assert!(!fills.has(&key()));
    }

    #[tokio::test]
    async fn who_goes_without_an_answer_hands_over_to_one() {
        let fills = Arc::new(Fills::default());
        let first = lead(&fills, PriorityClass::Normal);
        let followers = [follow(&fills), follow(&fills)];
        drop(first);
        let mut roles = Vec::new();
        for follower in followers {
            assert!(matches!(follower.outcome().await, Some(Stage::Left)));
            roles.push(fills.join(key(), PriorityClass::Normal));
        }
        assert!(matches!(roles[..], [Role::Leads(_), Role::Follows(_)]));
    }

    #[test]
    fn nobody_waits_for_somebody_less_important() {
        let fills = Arc::new(Fills::default());
        let mut lead = lead(&fills, PriorityClass::Low);
        assert!(matches!(fills.join(key(), PriorityClass::Critical), Role::Alone));
        assert!(matches!(fills.join(key(), PriorityClass::Low), Role::Follows(_)));
        lead.tell(Stage::Passes);
        assert!(matches!(fills.join(key(), PriorityClass::Critical), Role::Follows(_)), "the answer is there");
    }

    #[tokio::test]
    async fn nobody_follows_for_ever() {
        let fills = Arc::new(Fills::default());
        let _lead = lead(&fills, PriorityClass::Normal);
        let mut follower = follow(&fills);
        follower.until = Instant::now();
        assert!(follower.outcome().await.is_none());
    }
}
