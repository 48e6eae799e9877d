//! One request, as the access log tells it.

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime},
};

use super::{
    json::{decimal, key, number, text, texts},
    timestamp::Clock,
};

/// Bytes of a text from outside that are logged; the rest is cut off.
const LONGEST_TEXT: usize = 1024;

/// What is known of a request once its response has ended.
///
/// It holds no query, no header and no body: those may hold secrets.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// When its head came.
    pub time: SystemTime,
    pub request_id: &'a str,
    pub client_ip: IpAddr,
    /// Who made the connection, if that is a proxy in front.
    pub peer_ip: Option<IpAddr>,
    /// `HTTP/1.1`, `HTTP/2`.
    pub http_version: &'static str,
    /// `TLSv1.3`; none in cleartext.
    pub tls_version: Option<&'static str>,
    pub method: &'a str,
    pub host: &'a str,
    pub path: &'a str,
    pub route: Option<&'a str>,
    pub consumer: Option<&'a str>,
    pub status: u16,
    /// Bytes of the request's body.
    pub received_bytes: u64,
    /// Bytes of the response's body.
    pub sent_bytes: u64,
    /// From the request's head to the end of the response.
    pub duration: Duration,
    /// From sending the request upstream to the head of the response; none when it was not sent.
    pub upstream_duration: Option<Duration>,
    /// In all plugin calls together; none when there was none.
    pub plugins_duration: Option<Duration>,
    /// The target that answered, or the last one tried.
    pub upstream: Option<SocketAddr>,
    /// The attachment, or the gateway's own reason, that refused the request.
    pub refused_by: Option<&'a str>,
    /// The class that the request had when it came to its upstream, or was turned away before.
    pub class: Option<&'a str>,
    /// How long it waited for a slot at its upstream; none when it did not have to.
    pub queue_duration: Option<Duration>,
    /// What the cache made of it; none where it was not to be asked.
    pub cache: Option<&'a str>,
    /// Why it was not given one.
    pub shed: Option<&'a str>,
    /// The attachment whose plugin answered, refused, failed or broke a body off, and which of these it was.
    pub plugin: Option<(&'a str, &'static str)>,
    /// What plugins noted about the request: names and values.
    pub attributes: Vec<(&'a str, &'a str)>,
    pub ended: Ended,
}

/// How a response ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All of it was handed to the connection.
    Complete,
    /// The client went away, or stopped reading for too long.
    ClientAborted,
    /// The upstream broke off, or stopped sending for too long.
    UpstreamAborted,
    /// A plugin broke it off, or failed in the middle of it.
    PluginAborted,
    /// Nothing went over the WebSocket for too long.
    Idle,
    /// It was a WebSocket when the gateway ended.
    Shutdown,
}

// === impl Record ===

impl Record<'_> {
    /// Appends the record as a line of JSON. Fields that do not apply are left out.
    pub(super) fn write(&self, line: &mut Vec<u8>, clock: &mut Clock) {
        line.extend_from_slice(b"{\"ts\":\"");
        line.extend_from_slice(clock.format(self.time));
        line.extend_from_slice(b"\",");
        text(line, "request_id", self.request_id);
        address(line, "client_ip", self.client_ip);
        if let Some(peer) = self.peer_ip {
            address(line, "peer_ip", peer);
        }
        text(line, "http_version", self.http_version);
        optional(line, "tls_version", self.tls_version);
        text(line, "method", cut(self.method));
        text(line, "host", cut(self.host));
        text(line, "path", cut(self.path));
        optional(line, "route", self.route);
        optional(line, "consumer", self.consumer);
        number(line, "status", self.status.into());
        number(line, "received_bytes", self.received_bytes);
        number(line, "sent_bytes", self.sent_bytes);
        number(line, "duration_us", micros(self.duration));
        for (name, duration) in [
            ("queue_us", self.queue_duration),
            ("upstream_us", self.upstream_duration),
            ("plugins_us", self.plugins_duration),
        ] {
            if let Some(duration) = duration {
                number(line, name, micros(duration));
            }
        }
        if let Some(upstream) = self.upstream {
            socket(line, "upstream", upstream);
        }
        optional(line, "cache", self.cache);
        optional(line, "class", self.class);
        optional(line, "refused_by", self.refused_by);
        optional(line, "shed", self.shed);
        if let Some((attachment, verdict)) = self.plugin {
            text(line, "plugin", attachment);
            text(line, "verdict", verdict);
        }
        if !self.attributes.is_empty() {
            texts(line, "attributes", &self.attributes);
        }
        key(line, "ended");
        line.extend_from_slice(self.ended.quoted());
        line.extend_from_slice(b"}\n");
    }
}

// === impl Ended ===

impl Ended {
    fn quoted(self) -> &'static [u8] {
        match self {
            Self::Complete => b"\"complete\"",
            Self::ClientAborted => b"\"client_aborted\"",
            Self::UpstreamAborted => b"\"upstream_aborted\"",
            Self::PluginAborted => b"\"plugin_aborted\"",
            Self::Idle => b"\"idle\"",
            Self::Shutdown => b"\"shutdown\"",
        }
    }
}

fn optional(line: &mut Vec<u8>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        text(line, name, value);
    }
}

fn address(line: &mut Vec<u8>, name: &str, ip: IpAddr) {
    match ip {
        IpAddr::V4(ip) => {
            key(line, name);
            line.push(b'"');
            dotted(line, ip.octets());
            line.extend_from_slice(b"\",");
        }
        IpAddr::V6(ip) => text(line, name, &ip.to_string()),
    }
}

fn socket(line: &mut Vec<u8>, name: &str, socket: SocketAddr) {
    match socket {
        SocketAddr::V4(socket) => {
            key(line, name);
            line.push(b'"');
            dotted(line, socket.ip().octets());
            line.push(b':');
            decimal(line, socket.port().into());
            line.extend_from_slice(b"\",");
        }
        SocketAddr::V6(socket) => text(line, name, &socket.to_string()),
    }
}

fn dotted(line: &mut Vec<u8>, octets: [u8; 4]) {
    for (position, octet) in octets.into_iter().enumerate() {
        if position > 0 {
            line.push(b'.');
        }
        decimal(line, octet.into());
    }
}

fn cut(text: &str) -> &str {
    match text.len() > LONGEST_TEXT {
        true => &text[..text.floor_char_boundary(LONGEST_TEXT)],
        false => text,
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
