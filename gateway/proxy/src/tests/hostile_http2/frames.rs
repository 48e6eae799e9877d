//! HTTP/2 by the frame (RFC 9113, section 4.1).

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

use super::super::{harness::soon, tls::Secure};

pub(super) const DATA: u8 = 0;
pub(super) const HEADERS: u8 = 1;
pub(super) const PRIORITY: u8 = 2;
pub(super) const RST_STREAM: u8 = 3;
pub(super) const SETTINGS: u8 = 4;
pub(super) const PING: u8 = 6;
pub(super) const GOAWAY: u8 = 7;
pub(super) const WINDOW_UPDATE: u8 = 8;
pub(super) const CONTINUATION: u8 = 9;

pub(super) const END_STREAM: u8 = 1;
pub(super) const ACK: u8 = 1;
pub(super) const END_HEADERS: u8 = 4;

/// `GET https://localhost/`, by indices of the static table and a literal that is kept nowhere.
pub(super) const GET: &[u8] = b"\x82\x87\x84\x01\x09localhost";
/// The same as `POST`.
pub(super) const POST: &[u8] = b"\x83\x87\x84\x01\x09localhost";

/// A client that may send whatever it wants.
pub(super) struct Frames(pub(super) TlsStream<TcpStream>);

#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: u8,
    pub(super) flags: u8,
    pub(super) stream: u32,
    pub(super) payload: Vec<u8>,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The gateway said why (RFC 9113, section 7).
    GoAway(u32),
    /// It said nothing.
    Closed,
}

impl Frames {
    /// A connection with its preface and empty settings sent.
    pub(super) async fn to(secure: &Secure) -> Self {
        let mut frames = Self(secure.connect("h2").await);
        frames.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
        frames.send(SETTINGS, 0, 0, b"").await;
        frames
    }

    pub(super) async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        self.write(&frame(kind, flags, stream, payload)).await;
    }

    /// Sends bytes; the gateway may have ended the connection, which is seen when it is read.
    pub(super) async fn write(&mut self, bytes: &[u8]) {
        drop(soon("room for bytes", self.0.write_all(bytes)).await);
    }

    /// The next frame; none when the connection has ended.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        soon("a frame", self.0.read_exact(&mut head)).await.ok()?;
        let [first, second, third, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, first, second, third]) as usize];
        soon("a payload", self.0.read_exact(&mut payload)).await.ok()?;
        Some(Frame { kind, flags, stream: u32::from_be_bytes(stream), payload })
    }

    /// The next frame of this kind on this stream.
    pub(super) async fn expect(&mut self, kind: u8, stream: u32) -> Frame {
        loop {
            let frame = self.next().await.unwrap_or_else(|| panic!("no frame of kind {kind} on {stream}"));
            if (frame.kind, frame.stream) == (kind, stream) {
                return frame;
            }
            assert_ne!(frame.kind, GOAWAY, "{:?}", frame.reason());
        }
    }

    /// Reads to the end of the connection.
    pub(super) async fn end(&mut self) -> End {
        let mut end = End::Closed;
        while let Some(frame) = self.next().await {
            if frame.kind == GOAWAY {
                end = End::GoAway(frame.reason());
            }
        }
        end
    }
}

impl Frame {
    /// The error code of a `GOAWAY` or `RST_STREAM`.
    pub(super) fn reason(&self) -> u32 {
        let at = if self.kind == GOAWAY { 4 } else { 0 };
        u32::from_be_bytes(self.payload[at..at + 4].try_into().unwrap())
    }
}

pub(super) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let [_, length @ ..] = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}
