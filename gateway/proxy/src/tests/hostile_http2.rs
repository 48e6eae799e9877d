//! Hostile HTTP/2 clients: each connection ends as it should, and honest ones on other connections go on being served.

mod faults;
mod floods;
mod frames;
mod windows;

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::Empty;

use self::frames::*;
use super::{harness::*, tls::Secure};

/// Error codes (RFC 9113, section 7).
const NO_ERROR: u32 = 0;
const PROTOCOL_ERROR: u32 = 1;
const FLOW_CONTROL_ERROR: u32 = 3;
const STREAM_CLOSED: u32 = 5;
const FRAME_SIZE_ERROR: u32 = 6;
const REFUSED_STREAM: u32 = 7;
const ENHANCE_YOUR_CALM: u32 = 11;

const OPEN: &str = r#"sluice_connections{listener="https"}"#;
const FLOODS: &str = r#"sluice_framing_faults_total{fault="flood"}"#;

/// An upstream that answers honest clients, and reads nothing of what others send it beyond the head.
async fn unmoved() -> Upstream {
    Upstream::talking(|mut raw| async move {
        // Or the kernel takes tens of megabytes for it.
        socket2::SockRef::from(&raw.stream).set_recv_buffer_size(4096).unwrap();
        while raw.take_until("\r\n\r\n").await.is_some_and(|head| head.contains("/honest")) {
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        }
        std::future::pending::<()>().await;
    })
    .await
}

/// A gateway with an honest client and a hostile one.
struct Stage {
    secure: Secure,
    honest: hyper::client::conn::http2::SendRequest<Empty<Bytes>>,
    hostile: Frames,
    _upstream: Upstream,
}

impl Stage {
    async fn set() -> Self {
        Self::before(Upstream::echoing().await, |_| {}).await
    }

    async fn before(upstream: Upstream, change: impl FnOnce(&mut crate::ConnectionLimits)) -> Self {
        let secure = Secure::with(&one_route(&[upstream.address]), |limits| {
            limits.stall_timeout = Duration::from_millis(500);
            change(limits);
        });
        let honest = secure.http2().await;
        let hostile = Frames::to(&secure).await;
        Self { secure, honest, hostile, _upstream: upstream }
    }

    async fn honest_is_served(&mut self) {
        let request = Request::get("https://localhost/honest").body(Empty::new()).unwrap();
        let response = soon("an honest answer", self.honest.send_request(request)).await.unwrap();
        assert_eq!(response.status(), 200);
    }

    /// The hostile connection ends like this, leaves nothing behind, and the honest one goes on.
    async fn ends(mut self, expected: End) {
        self.honest_is_served().await;
        assert_eq!(self.hostile.end().await, expected);
        self.leaves_nothing().await;
    }

    async fn leaves_nothing(mut self) {
        self.secure.gate.until_metric(OPEN, 1.0).await;
        self.honest_is_served().await;
        self.secure.gate.until_metric("http_requests_in_flight", 0.0).await;
    }
}
