//! A descriptor on its way from one process to another: `SCM_RIGHTS` (unix(7)), one with each byte.

use std::{
    io::{self, ErrorKind, IoSlice, IoSliceMut},
    mem::MaybeUninit,
    net::TcpListener,
    os::fd::{AsFd, OwnedFd},
};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags,
    recvmsg, sendmsg,
};
use tokio::{io::Interest, net::UnixStream};

/// Sends a byte and a socket with it.
pub(super) async fn send(stream: &UnixStream, byte: u8, socket: &TcpListener) -> io::Result<()> {
    let send = || {
        let descriptors = [socket.as_fd()];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !ancillary.push(SendAncillaryMessage::ScmRights(&descriptors)) {
            return Err(io::Error::other("there is no room for a descriptor"));
        }
        let sent = sendmsg(stream, &[IoSlice::new(&[byte])], &mut ancillary, SendFlags::NOSIGNAL)?;
        debug_assert_eq!(sent, 1, "a byte goes whole or not at all");
        Ok(())
    };
    stream.async_io(Interest::WRITABLE, send).await
}

/// Receives a byte, and the socket that came with it.
pub(super) async fn receive(stream: &UnixStream) -> io::Result<(u8, Option<TcpListener>)> {
    let receive = || {
        let mut byte = [0];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut ancillary = RecvAncillaryBuffer::new(&mut space);
        // Not more than a byte: the kernel says of no more which descriptor came with which.
        let received = recvmsg(stream, &mut [IoSliceMut::new(&mut byte)], &mut ancillary, RecvFlags::CMSG_CLOEXEC)?;
        let mut descriptors = ancillary.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(descriptors) => Some(descriptors),
            _ => None,
        });
        let socket: Option<OwnedFd> = descriptors.next().and_then(|mut descriptors| descriptors.next());
        match received.bytes {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok((byte[0], socket.map(TcpListener::from))),
        }
    };
    stream.async_io(Interest::READABLE, receive).await
}
