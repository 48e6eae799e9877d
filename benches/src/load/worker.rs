//! One thread of the load generator.

use std::{cell::Cell, rc::Rc, sync::mpsc, time::Instant};

use anyhow::{Context, Result};
use hyper::StatusCode;
use tokio::{runtime, task};

use super::{
    Shape, Tally, Target, Window,
    client::{Client, Template},
};
use crate::RESPONSE_BYTES;

/// Connects, says so with an empty tally, then answers every window with its tally until the sender of windows is dropped.
pub(super) fn work(
    shape: Shape,
    target: &Target,
    windows: &mpsc::Receiver<Window>,
    results: &mpsc::Sender<Result<Tally>>,
) {
    let mut clients = match Clients::connect(shape, target) {
        Ok(clients) => clients,
        Err(error) => {
            // Nobody listens any more once another thread has failed.
            results.send(Err(error)).ok();
            return;
        }
    };
    let mut result = Ok(Tally::default());
    while results.send(result).is_ok() {
        let Ok(window) = windows.recv() else { return };
        result = clients.run(window);
    }
}

/// The connections of one thread.
struct Clients {
    runtime: runtime::LocalRuntime,
    clients: Vec<Client>,
    template: Rc<Template>,
    expected: StatusCode,
}

impl Clients {
    fn connect(shape: Shape, target: &Target) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build_local(Default::default())?;
        let clients = runtime.block_on(async {
            let mut clients = Vec::new();
            for _ in 0..shape.connections {
                clients.extend(Client::connect(target, shape.protocol, shape.streams).await?);
            }
            anyhow::Ok(clients)
        })?;
        let template = Rc::new(Template::new(target, shape.protocol)?);
        Ok(Self { runtime, clients, template, expected: target.expected })
    }

    /// Clients that failed are gone afterwards.
    fn run(&mut self, window: Window) -> Result<Tally> {
        let started = Instant::now();
        let budget = Rc::new(Budget { remaining: Cell::new(window.requests), deadline: started + window.time });
        let (template, expected) = (&self.template, self.expected);
        let clients = self.clients.drain(..);
        let (clients, mut total) = self.runtime.block_on(async {
            let tasks: Vec<_> = clients
                .map(|client| task::spawn_local(converse(client, template.clone(), expected, budget.clone())))
                .collect();
            let (mut clients, mut total) = (Vec::new(), Tally::default());
            for task in tasks {
                let (client, tally) = task.await.context("a client of the load generator panicked")?;
                clients.extend(client);
                total.add(tally)?;
            }
            anyhow::Ok((clients, total))
        })?;
        self.clients = clients;
        total.elapsed = started.elapsed();
        Ok(total)
    }
}

/// Requests that may still be sent.
struct Budget {
    remaining: Cell<usize>,
    deadline: Instant,
}

impl Budget {
    /// Takes one request out, or says that the window is full.
    fn take(&self, now: Instant) -> bool {
        let remaining = self.remaining.get();
        let may_send = remaining > 0 && now < self.deadline;
        if may_send {
            self.remaining.set(remaining - 1);
        }
        may_send
    }
}

/// The closed loop of one client; a client whose connection breaks is not given back.
async fn converse(
    mut client: Client,
    template: Rc<Template>,
    expected: StatusCode,
    budget: Rc<Budget>,
) -> (Option<Client>, Tally) {
    let mut tally = Tally::default();
    let mut started = Instant::now();
    while budget.take(started) {
        let answer = match client.exchange(template.request()).await {
            Ok(answer) => answer,
            Err(error) => {
                tally.count_failure(format!("{error:#}"));
                return (None, tally);
            }
        };
        let ended = Instant::now();
        tally.count_answer(answer.status, ended - started);
        if answer.status != expected {
            tally.count_failure(format!("status {} instead of {}", answer.status.as_u16(), expected.as_u16()));
        } else if answer.length != RESPONSE_BYTES {
            tally.count_failure(format!("a body of {} bytes instead of {RESPONSE_BYTES}", answer.length));
        }
        started = ended;
    }
    (Some(client), tally)
}
