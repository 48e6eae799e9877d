//! What comes before a client's first byte: the PROXY header of a load balancer that only passes bytes on.

use std::{io, net::SocketAddr};

use gateway_algorithms::proxy_protocol::{self, Fault, LONGEST, Source};
use tokio::{io::AsyncReadExt, net::TcpStream};

use crate::{origin::Peer, worker::Worker};

/// Why a connection is not served.
#[derive(Debug, thiserror::Error)]
pub(super) enum Ungreeted {
    #[error("it comes from none of the trusted proxies, and their connections alone have a PROXY header")]
    Stranger,
    #[error(transparent)]
    Header(#[from] Fault),
    #[error(transparent)]
    Connection(#[from] io::Error),
}

/// Whom the connection is from, by its header. Nothing behind the header is read.
pub(super) async fn read(worker: &Worker, stream: &mut TcpStream, peer: SocketAddr) -> Result<Peer, Ungreeted> {
    let direct = Peer::direct(peer.ip());
    if !worker.proxies.trusts(direct.socket) {
        return Err(Ungreeted::Stranger);
    }
    let mut bytes = vec![0; LONGEST];
    let mut have = 0;
    loop {
        let there = stream.peek(&mut bytes[have..]).await?;
        if there == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let header = proxy_protocol::read(&bytes[..have + there])?;
        // Until the header is whole all that is there belongs to it.
        let end = header.map_or(have + there, |header| header.length);
        have += stream.read_exact(&mut bytes[have..end]).await?;
        match header.map(|header| header.source) {
            None => {}
            Some(Source::Itself) => return Ok(direct),
            // Not the proxy's own: what comes over it says nothing that is believed.
            Some(Source::Unknown) => return Ok(Peer { is_nameless: true, ..direct }),
            Some(Source::Client { client, .. }) => return Ok(Peer { client: client.ip().to_canonical(), ..direct }),
        }
    }
}
