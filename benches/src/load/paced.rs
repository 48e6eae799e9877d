//! The open loop: requests are sent when they are due, whether or not the ones before them were answered.
//!
//! A closed loop slows down with what it measures, and so asks least while a gateway stalls. Here every latency counts from the
//! moment at which its request was due: one that waits for a stalled gateway, or behind others for a connection, has waited.
//! Requests are due at random moments, as those of many clients are that know nothing of each other.
//!
//! The load is to be far below what gateway, generator and upstream can do together; [`Heard::lag`] shows whether it was.

mod alarm;

use std::{
    cell::RefCell,
    collections::VecDeque,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use hdrhistogram::Histogram;
use hyper::{HeaderMap, StatusCode};
use tokio::{
    runtime,
    sync::Semaphore,
    task::{self, JoinSet},
};

use self::alarm::Alarm;
use super::{
    Protocol, Tally, Target,
    client::{Answer, Client, Template},
    tally,
};
use crate::RESPONSE_BYTES;

/// Requests that may be under way or wait for a connection: some seconds of any load that this is for.
const MOST_UNDER_WAY: usize = 50_000;

/// A request, and the answers to it that are right.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked for.
    pub path: String,
    /// Fields of the request, beside host.
    pub headers: HeaderMap,
    /// Any other answer fails the run.
    pub expected: Vec<Expected>,
}

/// A right answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its status.
    pub status: StatusCode,
    /// Bytes of its body, if they are known.
    pub length: Option<usize>,
}

impl Expected {
    /// The upstream's answer.
    pub const UPSTREAM: Self = Self { status: StatusCode::OK, length: Some(RESPONSE_BYTES) };
}

/// What one group of clients asks for, in turn.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Not empty.
    pub asks: Vec<Ask>,
    /// Requests a second, on average.
    pub rate: f64,
}

/// What came of one window.
pub struct Heard {
    /// One for each group; latencies count from when requests were due.
    pub tallies: Vec<Tally>,
    /// Nanoseconds from when a request was due until it was on its way: the generator's own part, and waits for a connection.
    pub lag: Histogram<u64>,
}

/// Connected clients, on the thread that calls.
pub struct Paced {
    runtime: runtime::LocalRuntime,
    groups: Vec<Rc<Group>>,
}

impl Paced {
    /// Opens `connections` HTTP/1.1 connections to `target` for each of `groups` groups.
    ///
    /// # Errors
    /// When one is refused or its handshake fails.
    pub fn connect(target: &Target, groups: usize, connections: usize) -> Result<Self> {
        Self::connect_each(target, &vec![connections; groups])
    }

    /// Opens so many HTTP/1.1 connections to `target` for each group.
    ///
    /// # Errors
    /// When one is refused or its handshake fails.
    pub fn connect_each(target: &Target, connections: &[usize]) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build_local(Default::default())?;
        let groups = runtime.block_on(async {
            let mut connected = Vec::new();
            for connections in connections {
                connected.push(Rc::new(Group::connect(target, *connections).await?));
            }
            anyhow::Ok(connected)
        });
        Ok(Self { groups: groups.context("cannot connect the load generator")?, runtime })
    }

    /// Sends what each group is to ask for during `time`; afterwards no request is under way.
    ///
    /// The same `seed` makes the same moments.
    ///
    /// # Errors
    /// When any answer was not as expected, any connection broke, or too many requests were under way.
    pub fn run(&self, asked: &[Asked], time: Duration, seed: u64) -> Result<Heard> {
        let window = Rc::new(Open::new(asked)?);
        self.runtime.block_on(send_when_due(&self.groups, &window, asked, time, seed))?;
        let window = Rc::into_inner(window).context("a request is still under way")?;
        let heard = window.heard.into_inner();
        heard.tallies.iter().try_for_each(Tally::check)?;
        Ok(heard)
    }
}

/// Connections of clients that ask for the same.
struct Group {
    /// As many as there are idle connections. Those who wait get theirs in the order in which they were due.
    places: Semaphore,
    /// The one that has been idle for longest is taken first, so that all connections are used alike.
    idle: RefCell<VecDeque<Client>>,
}

impl Group {
    async fn connect(target: &Target, connections: usize) -> Result<Self> {
        let mut idle = VecDeque::new();
        for _ in 0..connections {
            idle.extend(Client::connect(target, Protocol::Http1, 1).await?);
        }
        Ok(Self { places: Semaphore::new(idle.len()), idle: RefCell::new(idle) })
    }

    /// The answer, and when the request was sent. A connection that breaks takes the group along: the run has failed.
    async fn exchange(&self, template: &Template) -> Result<(Answer, Instant)> {
        let _place = self.places.acquire().await.context("another connection of the group broke")?;
        let client = self.idle.borrow_mut().pop_front();
        let mut client = client.context("there are more places than connections")?;
        let sent = Instant::now();
        let answer = client.exchange(template.request()).await.inspect_err(|_| self.places.close())?;
        self.idle.borrow_mut().push_back(client);
        Ok((answer, sent))
    }
}

/// A window that is under way.
struct Open {
    templates: Vec<Vec<(Ask, Template)>>,
    heard: RefCell<Heard>,
}

impl Open {
    fn new(asked: &[Asked]) -> Result<Self> {
        let template = |ask: &Ask| Ok((ask.clone(), Template::of(&ask.path, ask.headers.clone(), Protocol::Http1)?));
        let templates = asked.iter().map(|asked| asked.asks.iter().map(template).collect());
        let tallies = asked.iter().map(|_| Tally::default()).collect();
        Ok(Self {
            templates: templates.collect::<Result<_>>()?,
            heard: RefCell::new(Heard { tallies, lag: tally::latencies() }),
        })
    }

    /// The request that is number `turn` of a group, due at `due`.
    async fn ask(self: Rc<Self>, group: Rc<Group>, index: usize, turn: usize, due: Instant) {
        let templates = &self.templates[index];
        let (ask, template) = &templates[turn % templates.len()];
        let answered = group.exchange(template).await;
        let mut heard = self.heard.borrow_mut();
        let heard = &mut *heard;
        let tally = &mut heard.tallies[index];
        match answered {
            Ok((answer, sent)) => {
                heard.lag.saturating_record(tally::nanoseconds(sent - due));
                tally.count_answer(answer.status, due.elapsed());
                if let Some(wrong) = ask.wrong(&answer) {
                    tally.count_failure(format!("{}: {wrong}", ask.path));
                }
            }
            Err(error) => tally.count_failure(format!("{}: {error:#}", ask.path)),
        }
    }
}

impl Ask {
    /// What is wrong with an answer, if anything is.
    fn wrong(&self, answer: &Answer) -> Option<String> {
        let is_as_expected = |expected: &Expected| {
            expected.status == answer.status && expected.length.is_none_or(|length| length == answer.length)
        };
        let Answer { status, length } = answer;
        (!self.expected.iter().any(is_as_expected)).then(|| format!("status {} with {length} bytes", status.as_u16()))
    }
}

async fn send_when_due(
    groups: &[Rc<Group>],
    window: &Rc<Open>,
    asked: &[Asked],
    time: Duration,
    seed: u64,
) -> Result<()> {
    let mut alarm = Alarm::new()?;
    let mut under_way = JoinSet::new();
    let mut schedules: Vec<Schedule> =
        asked.iter().zip(seed..).map(|(asked, seed)| Schedule::new(asked.rate, seed)).collect();
    let began = Instant::now();
    while let Some((index, schedule)) = earliest(&mut schedules).filter(|(_, schedule)| schedule.next < time) {
        let (due, turn) = (began + schedule.next, schedule.turn);
        schedule.advance();
        alarm.wait_until(due).await?;
        under_way.spawn_local(window.clone().ask(groups[index].clone(), index, turn, due));
        while let Some(ended) = under_way.try_join_next() {
            ended.context("a client of the load generator panicked")?;
        }
        if under_way.len() > MOST_UNDER_WAY {
            bail!("{MOST_UNDER_WAY} requests are under way: the load is more than can be carried");
        }
    }
    while let Some(ended) = under_way.join_next().await {
        ended.context("a client of the load generator panicked")?;
    }
    for tally in &mut window.heard.borrow_mut().tallies {
        tally.elapsed = time;
    }
    // The last connection to come back has a word to say to its driver.
    task::yield_now().await;
    Ok(())
}

fn earliest(schedules: &mut [Schedule]) -> Option<(usize, &mut Schedule)> {
    schedules.iter_mut().enumerate().min_by_key(|(_, schedule)| schedule.next)
}

/// When a group's requests are due: the gaps are exponential, which is what independent clients add up to.
struct Schedule {
    random: fastrand::Rng,
    rate: f64,
    /// From the beginning of the window.
    next: Duration,
    turn: usize,
}

impl Schedule {
    fn new(rate: f64, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        Self { next: gap(&mut random, rate), random, rate, turn: 0 }
    }

    fn advance(&mut self) {
        self.next += gap(&mut self.random, self.rate);
        self.turn += 1;
    }
}

fn gap(random: &mut fastrand::Rng, rate: f64) -> Duration {
    Duration::from_secs_f64(-(1.0 - random.f64()).ln() / rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_has_its_rate_and_the_same_seed_makes_the_same_one() {
        let after_1000 = |seed| {
            let mut schedule = Schedule::new(100.0, seed);
            (0..1000).for_each(|_| schedule.advance());
            schedule.next
        };
        assert!((8.0..12.0).contains(&after_1000(1).as_secs_f64()), "{:?}", after_1000(1));
        assert_eq!(after_1000(1), after_1000(1));
        assert_ne!(after_1000(1), after_1000(2));
    }
}
