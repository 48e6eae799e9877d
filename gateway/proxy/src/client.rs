//! A client's connection, as its requests, its driver and the worker's patrol see it. Lives on one thread.

use std::{
    cell::{Cell, RefCell},
    net::IpAddr,
    rc::Rc,
    task::Waker,
    time::Instant,
};

use gateway_algorithms::framing::Fault;
use http::HeaderValue;

use crate::{
    origin::{self, Origin, Peer},
    settings::ConnectionLimits,
    tls::Session,
    websocket::Tunnel,
    worker::Worker,
};

/// What is the same for all requests of a connection, and what they are about.
pub(crate) struct Client {
    pub(crate) worker: Rc<Worker>,
    /// For whom the connection was made, and by whom.
    pub(crate) ip: IpAddr,
    pub(crate) peer: IpAddr,
    /// Whether it is believed what it says of whom its requests are from.
    pub(crate) is_trusted: bool,
    pub(crate) http2: bool,
    /// None in cleartext.
    pub(crate) session: Option<Session>,
    /// The value of `X-Forwarded-For`.
    pub(crate) forwarded_for: HeaderValue,
    /// The value of `Forwarded` for the host of the last request: most connections use only one.
    forwarded: RefCell<Option<(HeaderValue, HeaderValue)>>,
    /// What is wrong with one of its HTTP/1 requests, the last one, and the number of that, counted from 1.
    fault: Cell<Option<(u64, Fault)>>,
    /// What follows one of its HTTP/1 requests depends on the answer: the number of that, and what was decided.
    undecided: Cell<Option<(u64, Option<Switch>)>>,
    /// What follows the requests of an HTTP/1 connection, once its answer is sent.
    tunnel: RefCell<Option<Tunnel>>,
    activity: Activity,
}

/// What the connection's driver is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Serve,
    /// Answer what may be on its way, then do as with [`Order::Finish`].
    Drain,
    /// Take no further request, and close when those in flight have ended.
    Finish,
    /// Close now.
    Cut,
}

/// What follows a request that asks to switch protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// HTTP, as before.
    Stay,
    Switched,
}

/// When the client last did its part, and whose turn it is.
struct Activity {
    requests: Cell<u64>,
    given_up: Cell<u64>,
    in_flight: Cell<u32>,
    /// Responses of which the client has not taken the last part that was handed out.
    standing: Cell<u32>,
    /// When a response last ended or moved.
    moved: Cell<Instant>,
    /// When the first byte of an unfinished head came.
    head_began: Cell<Option<Instant>>,
    order: Cell<Order>,
    driver: RefCell<Option<Waker>>,
}

// === impl Client ===

impl Client {
    pub(crate) fn new(worker: Rc<Worker>, peer: Peer, http2: bool, session: Option<Session>) -> Self {
        let ip = peer.client;
        let is_trusted = !peer.is_nameless && worker.proxies.trusts(ip);
        let forwarded_for = HeaderValue::from_str(&ip.to_string()).expect("an address may stand in a header");
        let now = Instant::now();
        let activity = Activity {
            requests: Cell::new(0),
            given_up: Cell::new(0),
            in_flight: Cell::new(0),
            standing: Cell::new(0),
            moved: Cell::new(now),
            // An HTTP/1 connection is made in order to send something.
            head_began: Cell::new((!http2).then_some(now)),
            order: Cell::new(Order::Serve),
            driver: RefCell::new(None),
        };
        Self {
            worker,
            ip,
            peer: peer.socket,
            is_trusted,
            http2,
            session,
            forwarded_for,
            forwarded: RefCell::new(None),
            fault: Cell::new(None),
            undecided: Cell::new(None),
            tunnel: RefCell::new(None),
            activity,
        }
    }

    pub(crate) fn http_version(&self) -> &'static str {
        if self.http2 { "HTTP/2" } else { "HTTP/1.1" }
    }

    /// Whom its requests are from, where it says nothing else of it.
    pub(crate) fn origin(&self) -> Origin {
        Origin { ip: self.ip, scheme: if self.session.is_some() { "https" } else { "http" } }
    }

    /// `TLSv1.3`; none in cleartext.
    pub(crate) fn tls_version(&self) -> Option<&'static str> {
        self.session.as_ref().map(|session| session.version)
    }

    /// The value of `Forwarded` (RFC 7239) for a request to `host`.
    pub(crate) fn forwarded(&self, host: &HeaderValue) -> HeaderValue {
        if let Some((_, value)) = self.forwarded.borrow().as_ref().filter(|(known, _)| known == host) {
            return value.clone();
        }
        let value = origin::forwarded(&[], self.ip, host, self.origin().scheme);
        self.forwarded.replace(Some((host.clone(), value.clone())));
        value
    }

    // === what its bytes say ===

    /// The request with this number, counted from 1, is faulty: one of the gateway's own comes in its place.
    pub(crate) fn refuses(&self, number: u64, fault: Fault) {
        self.fault.set(Some((number, fault)));
    }

    /// What is wrong with the request that began last, if it stands for a faulty one.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault.get().filter(|(number, _)| *number == self.activity.requests.get()).map(|(_, fault)| fault)
    }

    /// The request with this number, counted from 1, asks to switch: nothing behind it is read until that is decided.
    pub(crate) fn asks_to_switch(&self, number: u64) {
        self.undecided.set(Some((number, None)));
    }

    /// Whether the request that began last may be answered with a switch.
    pub(crate) fn may_switch(&self) -> bool {
        self.undecided
            .get()
            .is_some_and(|(number, decided)| number == self.activity.requests.get() && decided.is_none())
    }

    /// Decides it, if it is to be decided for the request that began last.
    pub(crate) fn decide(&self, switch: Switch) {
        if self.may_switch() {
            self.undecided.set(Some((self.activity.requests.get(), Some(switch))));
            self.wake();
        }
    }

    /// What was decided; not to be asked again then.
    pub(crate) fn decided(&self) -> Option<Switch> {
        let switch = self.undecided.get()?.1?;
        self.undecided.set(None);
        Some(switch)
    }

    /// The connection is a WebSocket once the answer is sent.
    pub(crate) fn becomes(&self, tunnel: Tunnel) {
        self.tunnel.replace(Some(tunnel));
    }

    /// The WebSocket that the connection is to be.
    pub(crate) fn tunnel(&self) -> Option<Tunnel> {
        self.tunnel.take()
    }

    // === what requests report ===

    pub(crate) fn request_began(&self) {
        let Activity { requests, in_flight, head_began, .. } = &self.activity;
        requests.set(requests.get() + 1);
        in_flight.set(in_flight.get() + 1);
        head_began.set(None);
    }

    pub(crate) fn request_ended(&self, now: Instant) {
        let Activity { in_flight, moved, .. } = &self.activity;
        in_flight.set(in_flight.get() - 1);
        moved.set(now);
    }

    /// The client gave a request up before its response was complete.
    pub(crate) fn request_given_up(&self) {
        let Activity { requests, given_up, .. } = &self.activity;
        given_up.set(given_up.get() + 1);
        let most = self.worker.limits().resets as u64;
        if self.http2 && given_up.get() > most.max(requests.get() / 2) {
            tracing::debug!(ip = %self.ip, given_up = given_up.get(), "a client gives up too many requests");
            self.order(Order::Cut);
        }
    }

    /// A part of a response was handed out: it is the client's turn.
    pub(crate) fn response_stands(&self) {
        let Activity { standing, moved, .. } = &self.activity;
        standing.set(standing.get() + 1);
        moved.set(self.worker.now());
    }

    /// The client took that part, or the response is over.
    pub(crate) fn response_moves(&self) {
        let Activity { standing, .. } = &self.activity;
        standing.set(standing.get() - 1);
    }

    /// Bytes came from the client.
    pub(crate) fn heard(&self) {
        let Activity { in_flight, head_began, .. } = &self.activity;
        // HTTP/2 clients also speak without asking for anything: only idleness is measured there.
        if in_flight.get() == 0 && !self.http2 && head_began.get().is_none() {
            head_began.set(Some(self.worker.now()));
        }
    }

    // === what the worker and the driver do ===

    /// Whether no request has come yet.
    pub(crate) fn is_fresh(&self) -> bool {
        self.activity.requests.get() == 0
    }

    /// Whether it waits for an answer.
    pub(crate) fn is_waiting(&self) -> bool {
        self.activity.in_flight.get() > 0
    }

    /// Whether it was served and asks for nothing now.
    pub(crate) fn is_idle(&self) -> bool {
        let Activity { in_flight, head_began, .. } = &self.activity;
        !self.is_fresh() && in_flight.get() == 0 && head_began.get().is_none()
    }

    /// Whether the client has kept the gateway waiting for longer than it may.
    pub(crate) fn is_overdue(&self, now: Instant, limits: &ConnectionLimits) -> bool {
        let Activity { in_flight, standing, moved, head_began, .. } = &self.activity;
        let since = |moment: Instant| now.saturating_duration_since(moment);
        match (in_flight.get(), head_began.get()) {
            (0, Some(began)) => since(began) > limits.head_timeout,
            (0, None) => since(moved.get()) > limits.idle_timeout,
            _ => standing.get() > 0 && since(moved.get()) > limits.stall_timeout,
        }
    }

    /// What is to be done about being overdue. An idle HTTP/2 client is told first: its next request may be on its way.
    pub(crate) fn sanction(&self) -> Order {
        let Activity { in_flight, order, .. } = &self.activity;
        match self.http2 && in_flight.get() == 0 && order.get() == Order::Serve {
            true => Order::Finish,
            false => Order::Cut,
        }
    }

    /// Gives the driver an order and wakes it.
    pub(crate) fn order(&self, order: Order) {
        self.activity.order.set(order);
        self.wake();
    }

    fn wake(&self) {
        if let Some(driver) = self.activity.driver.borrow().as_ref() {
            driver.wake_by_ref();
        }
    }

    /// The current order; the next one wakes `waker`.
    pub(crate) fn orders(&self, waker: &Waker) -> Order {
        let mut driver = self.activity.driver.borrow_mut();
        match &mut *driver {
            Some(known) => known.clone_from(waker),
            None => *driver = Some(waker.clone()),
        }
        self.activity.order.get()
    }
}
