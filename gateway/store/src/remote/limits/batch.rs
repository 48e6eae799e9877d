//! The way to the store: one exchange after the other, each with all that came while the last one was under way.
//!
//! So no charge waits for more than the exchange before it and its own, and the more there are the fewer exchanges each
//! of them needs.
//! The orders of a group are one call of the script, and the calls of an exchange are sent in one piece: a proxy before
//! a cluster may send each group where it is.
//!
//! When an exchange fails or takes longer than the deadline the store is down: all that wait are told at once, and so is
//! who comes, until an attempt to connect succeeds.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use redis::{Client, Cmd, RedisError, ServerError, ServerErrorKind, Value};
use tokio::{
    sync::mpsc::Receiver,
    time::{self, Interval, MissedTickBehavior},
};
use tracing::{info, warn};

use super::{
    Group, Outage,
    link::Link,
    nodes::{self, BEAT, LIFETIME},
    order::Order,
    outage::{Counters, add_one},
    script::{self, NoAnswer},
};

/// Orders in one exchange at most: the server does nothing else for the 2 ms that so many take.
pub(super) const BATCH: usize = 256;

/// The first pause between two attempts to connect, doubled each time.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest pause. With the time that an attempt takes it is a second from one attempt to the next.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// A connection that lasted so long was a sound one, after which another is made at once.
const STEADY: Duration = Duration::from_secs(5);

/// What the driver of a store and those who charge share.
pub(super) struct State {
    pub(super) name: Box<str>,
    pub(super) node: String,
    pub(super) deadline: Duration,
    /// Whether charges need not be sent: the store was found out of reach.
    pub(super) is_down: AtomicBool,
    /// Whether there is a connection that works.
    pub(super) is_connected: AtomicBool,
    pub(super) nodes: AtomicU32,
    pub(super) counters: Counters,
}

/// Carries orders to the store until nobody can give any more.
pub(super) struct Batches {
    pub(super) client: Client,
    pub(super) orders: Receiver<Order>,
    pub(super) state: Arc<State>,
}

/// Why a connection is of no use any more.
enum Broken {
    Error(RedisError),
    Silent,
    Server(ServerError),
}

impl Batches {
    pub(super) async fn run(mut self) {
        let mut pause = Duration::ZERO;
        while let Some(mut link) = self.connect(&mut pause).await {
            let Err(broken) = self.serve(&mut link).await else { return };
            self.down(&broken);
            // A store that takes connections and then does not serve is not asked all the time.
            if link.age() >= STEADY {
                pause = Duration::ZERO;
            }
        }
    }

    /// Tries until it succeeds, refusing what comes meanwhile; none when nobody is left to connect for.
    async fn connect(&mut self, pause: &mut Duration) -> Option<Link> {
        loop {
            self.unless_closed(time::sleep(*pause)).await?;
            *pause = (*pause * 2).clamp(PAUSE, LONGEST_PAUSE);
            match self.unless_closed(Link::connect(&self.client.clone())).await? {
                Ok(link) => {
                    info!(store = &*self.state.name, "connected to the store of shared limits");
                    self.state.is_down.store(false, Relaxed);
                    self.state.is_connected.store(true, Relaxed);
                    return Some(link);
                }
                Err(error) => self.down(&Broken::Error(error)),
            }
        }
    }

    /// Waits for `what`; while the store is down, orders that still come are refused.
    async fn unless_closed<T>(&mut self, what: impl Future<Output = T>) -> Option<T> {
        let mut what = std::pin::pin!(what);
        loop {
            tokio::select! {
                done = &mut what => return Some(done),
                order = self.orders.recv(), if self.state.is_down.load(Relaxed) => order?.fail(Outage::Down),
            }
        }
    }

    fn down(&mut self, broken: &Broken) {
        self.state.is_connected.store(false, Relaxed);
        if !self.state.is_down.swap(true, Relaxed) {
            add_one(&self.state.counters.downs);
            let store = &*self.state.name;
            match broken {
                Broken::Error(error) => warn!(store, %error, "the store of shared limits is out of reach"),
                Broken::Silent => warn!(store, "the store of shared limits does not answer in time"),
                Broken::Server(error) => warn!(store, %error, "the store of shared limits does not serve"),
            }
        }
        while let Ok(order) = self.orders.try_recv() {
            order.fail(Outage::Down);
        }
    }

    async fn serve(&mut self, link: &mut Link) -> Result<(), Broken> {
        let mut beat = time::interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut undo = Vec::new();
        loop {
            let mut orders = std::mem::take(&mut undo);
            let Some(beats) = self.next(&mut orders, &mut beat).await else { return Ok(()) };
            orders.retain(Order::is_wanted);
            if beats || !orders.is_empty() {
                undo = self.exchange(link, orders, beats).await?;
            }
        }
    }

    /// Waits for orders, or for the time to say that this node is there, and says whether it is that.
    async fn next(&mut self, orders: &mut Vec<Order>, beat: &mut Interval) -> Option<bool> {
        if !orders.is_empty() {
            while orders.len() < BATCH
                && let Ok(order) = self.orders.try_recv()
            {
                orders.push(order);
            }
            return Some(false);
        }
        tokio::select! {
            biased;
            _ = beat.tick() => {
                while orders.len() < BATCH && let Ok(order) = self.orders.try_recv() {
                    orders.push(order);
                }
                Some(true)
            }
            count = self.orders.recv_many(orders, BATCH) => (count > 0).then_some(false),
        }
    }

    /// One exchange, and what is to be undone of it because nobody waited for the answer.
    async fn exchange(&self, link: &mut Link, orders: Vec<Order>, beats: bool) -> Result<Vec<Order>, Broken> {
        let batch = by_group(orders);
        let deadline = self.state.deadline;
        match time::timeout(deadline, self.ask(link, &batch, beats)).await {
            Ok(Ok(answers)) => self.tell(link, batch, answers),
            Ok(Err(error)) => Err(fail(batch, Outage::Down, Broken::Error(error))),
            Err(_) => Err(fail(batch, Outage::Late, Broken::Silent)),
        }
    }

    async fn ask(&self, link: &mut Link, batch: &[Vec<Order>], beats: bool) -> Result<Vec<Value>, RedisError> {
        let latest = link.latest(self.state.deadline);
        let mut commands: Vec<Cmd> = batch.iter().map(|orders| script::command(orders, latest, None)).collect();
        if !commands.is_empty() {
            add_one(&self.state.counters.round_trips);
        }
        if beats {
            commands.push(nodes::announce(&self.state.node));
        }
        let mut answers = link.exchange(&commands).await?;
        let unknown: Vec<usize> = (0..answers.len()).filter(|index| is_unknown(&answers[*index])).collect();
        if !unknown.is_empty() {
            link.teach().await?;
            let again: Vec<Cmd> = unknown.iter().filter_map(|index| commands.get(*index).cloned()).collect();
            add_one(&self.state.counters.round_trips);
            for (index, answer) in unknown.into_iter().zip(link.exchange(&again).await?) {
                answers[index] = answer;
            }
        }
        Ok(answers)
    }

    fn tell(&self, link: &mut Link, batch: Vec<Vec<Order>>, answers: Vec<Value>) -> Result<Vec<Order>, Broken> {
        let mut answers = answers.into_iter();
        let (mut undo, mut broken) = (Vec::new(), None);
        for (orders, answer) in batch.into_iter().zip(&mut answers) {
            match understand(&orders, answer) {
                Ok(answers) => undo.extend(orders.into_iter().zip(answers).filter_map(|(order, it)| order.answer(it))),
                Err(Misunderstood::Late(clock)) => {
                    link.set_clock(clock);
                    orders.into_iter().for_each(|order| order.fail(Outage::Late));
                }
                Err(Misunderstood::Error(error)) => {
                    warn!(store = &*self.state.name, ?error, "the store of shared limits refuses to count");
                    orders.into_iter().for_each(|order| order.fail(Outage::Refused));
                    broken = broken.or(error.filter(is_out_of_service));
                }
            }
        }
        if let Some((nodes, clock)) = answers.next().as_ref().and_then(nodes::counted) {
            // After an outage the others have yet to say that they are there.
            let before = if link.age() < LIFETIME { self.state.nodes.load(Relaxed) } else { 1 };
            self.state.nodes.store(nodes.max(before), Relaxed);
            link.hear_clock(clock);
        }
        broken.map_or(Ok(undo), |error| Err(Broken::Server(error)))
    }
}

/// Why an answer decides nothing.
enum Misunderstood {
    Late(i64),
    /// An error of the server; none when the answer makes no sense.
    Error(Option<ServerError>),
}

fn understand(orders: &[Order], answer: Value) -> Result<Vec<super::order::Answer>, Misunderstood> {
    match answer {
        Value::ServerError(error) => Err(Misunderstood::Error(Some(error))),
        answer => script::answers(orders, answer).map_err(|no_answer| match no_answer {
            NoAnswer::Late(clock) => Misunderstood::Late(clock),
            NoAnswer::Strange => Misunderstood::Error(None),
        }),
    }
}

/// Whether the server has lost the scripts.
fn is_unknown(answer: &Value) -> bool {
    matches!(answer, Value::ServerError(error) if error.kind() == Some(ServerErrorKind::NoScript))
}

/// Whether the server says that it serves nobody, or no longer this connection: another one may lead to its successor.
fn is_out_of_service(error: &ServerError) -> bool {
    matches!(
        error.kind(),
        Some(
            ServerErrorKind::ReadOnly
                | ServerErrorKind::BusyLoading
                | ServerErrorKind::MasterDown
                | ServerErrorKind::ClusterDown
        )
    ) || error.code() == "NOAUTH"
}

/// The orders of each group together, in the order in which they came.
fn by_group(orders: Vec<Order>) -> Vec<Vec<Order>> {
    let mut places: HashMap<Group, usize> = HashMap::new();
    let mut batch: Vec<Vec<Order>> = Vec::new();
    for order in orders {
        let place = *places.entry(order.group.clone()).or_insert(batch.len());
        match batch.get_mut(place) {
            Some(orders) => orders.push(order),
            None => batch.push(vec![order]),
        }
    }
    batch
}

fn fail(batch: Vec<Vec<Order>>, outage: Outage, broken: Broken) -> Broken {
    batch.into_iter().flatten().for_each(|order| order.fail(outage));
    broken
}
