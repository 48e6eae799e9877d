//! Upgrades: a new process takes the listening sockets over from the one that runs, and not one connection is lost.
//!
//! They talk over a Unix socket in the data folder:
//!
//! | from | what | meaning |
//! | --- | --- | --- |
//! | new | [`HELLO`] | it is built, and asks for the sockets |
//! | old | a byte and a descriptor for each socket, then [`END`] | the sockets; the old one goes on accepting |
//! | new | [`READY`] and which it [`Took`] | it accepts on these |
//! | old | [`GOES`] | it stops accepting, and drains |
//! | old | [`LETS_GO`] | the cache on disk is closed, and all usage until now is saved |
//! | old | end of the stream | it has ended, and saved the rest |
//!
//! Whatever goes wrong before [`GOES`], the old process serves on as if nothing had been.

mod passing;
mod predecessor;
mod spawn;
mod successor;

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};

use gateway_proxy::{Listeners, Taken};

pub(crate) use self::{
    predecessor::{Predecessor, ask},
    spawn::spawn,
    successor::{Successor, Upgrades},
};

/// The version of this protocol is its last word.
const HELLO: &[u8] = b"sluice-upgrade 1\n";
const END: u8 = b'.';
const READY: u8 = b'r';
const GOES: u8 = b'g';
const LETS_GO: u8 = b'l';

/// For a process that asked for the sockets to accept on them: it has nothing left to build.
const HANDOVER: Duration = Duration::from_secs(30);

/// What is served on a socket that is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Http,
    Https,
    Admin,
}

/// The sockets that a process accepts on.
#[derive(Debug, Default)]
pub(crate) struct Sockets {
    pub(crate) http: Vec<TcpListener>,
    pub(crate) https: Vec<TcpListener>,
    pub(crate) admin: Option<TcpListener>,
}

/// What another process accepts on from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Took {
    pub(crate) clients: Taken,
    pub(crate) admin: bool,
}

/// Where processes of one data folder find each other.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join("upgrade.sock")
}

// === impl Kind ===

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::Http => b'h',
            Self::Https => b's',
            Self::Admin => b'a',
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Http, Self::Https, Self::Admin].into_iter().find(|kind| kind.byte() == byte)
    }
}

// === impl Sockets ===

impl Sockets {
    /// Keeps those that are at these addresses. The others are closed here, and the process that passed them serves what
    /// is in their queues.
    pub(crate) fn keep(&mut self, http: Option<SocketAddr>, https: Option<SocketAddr>, admin: SocketAddr) {
        self.http.retain(|socket| is_at(socket, http));
        self.https.retain(|socket| is_at(socket, https));
        self.admin = self.admin.take().filter(|socket| is_at(socket, Some(admin)));
    }

    pub(crate) fn took(&self) -> Took {
        let clients = Taken { http: !self.http.is_empty(), https: !self.https.is_empty() };
        Took { clients, admin: self.admin.is_some() }
    }

    /// Those of clients, and that of the admin API.
    pub(crate) fn split(self) -> (Listeners, Option<TcpListener>) {
        (Listeners { http: self.http, https: self.https }, self.admin)
    }

    fn add(&mut self, kind: Kind, socket: TcpListener) {
        match kind {
            Kind::Http => self.http.push(socket),
            Kind::Https => self.https.push(socket),
            Kind::Admin => self.admin = Some(socket),
        }
    }
}

fn is_at(socket: &TcpListener, wanted: Option<SocketAddr>) -> bool {
    let (Some(wanted), Ok(address)) = (wanted, socket.local_addr()) else { return false };
    address == wanted || wanted.port() == 0 && address.ip() == wanted.ip()
}

// === impl Took ===

impl Took {
    fn byte(self) -> u8 {
        let Self { clients: Taken { http, https }, admin } = self;
        u8::from(http) | u8::from(https) << 1 | u8::from(admin) << 2
    }

    fn of(byte: u8) -> Self {
        let has = |bit: u8| byte & (1 << bit) != 0;
        Self { clients: Taken { http: has(0), https: has(1) }, admin: has(2) }
    }
}

#[cfg(test)]
mod tests;
