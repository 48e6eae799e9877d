//! Where a target is.

use std::{io, net::SocketAddr, sync::Arc};

use http::HeaderValue;
use rustls_pki_types::ServerName;
use tokio::net::TcpStream;

/// Where a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Known(SocketAddr),
    /// `host:port`, looked up whenever a connection is made.
    Named(Arc<str>),
}

impl Address {
    /// That of a `host:port`.
    pub(crate) fn new(address: &str) -> Self {
        address.parse().map_or_else(|_| Self::Named(address.into()), Self::Known)
    }

    /// Host and port.
    pub(crate) fn host(&self) -> HeaderValue {
        let host = match self {
            Self::Known(address) => HeaderValue::try_from(address.to_string()),
            Self::Named(name) => HeaderValue::try_from(&**name),
        };
        host.unwrap_or(HeaderValue::from_static(""))
    }

    /// Whom a certificate must be for where nothing else is said; none for a host that no certificate can name.
    pub(super) fn server_name(&self) -> Option<ServerName<'static>> {
        match self {
            Self::Known(address) => Some(ServerName::from(address.ip())),
            Self::Named(name) => {
                let (host, _) = name.rsplit_once(':')?;
                ServerName::try_from(host.to_owned()).ok()
            }
        }
    }

    /// A connection: to the first address of a name that accepts one.
    pub(crate) async fn reach(&self) -> io::Result<TcpStream> {
        match self {
            Self::Known(address) => TcpStream::connect(*address).await,
            Self::Named(name) => TcpStream::connect(&**name).await,
        }
    }
}
