//! WebSockets (RFC 6455, and RFC 8441 over HTTP/2): requests like all others until the upstream has switched, and bytes in
//! both directions from then on.

mod handshake;
mod tunnel;

pub(crate) use self::{
    handshake::{Handshake, Ungreeted, accept, ask, is_asked, is_switched},
    tunnel::{Farewell, Tunnel},
};
