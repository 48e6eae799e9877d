//! Keeping a body whole, for plugins that asked for it.

use std::{future::poll_fn, pin::Pin, rc::Rc};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::Body;

use super::budget::{Budget, Exhausted, Reservation};

/// A whole body, and its place in the memory for such. Clones share the memory and the place.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) bytes: Bytes,
    pub(crate) trailers: Option<HeaderMap>,
    reservation: Rc<Reservation>,
}

/// Why a body was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CollectFault<E> {
    /// It has more bytes than the plugin asked for.
    TooLarge,
    /// There is no memory left for it.
    Exhausted,
    /// It did not come to its end.
    Body(E),
}

/// Reads a body to its end, at most `most` bytes.
pub(crate) async fn collect<B>(body: &mut B, most: u64, budget: &Budget) -> Result<Held, CollectFault<B::Error>>
where
    B: Body<Data = Bytes> + Unpin,
{
    if body.size_hint().lower() > most {
        return Err(CollectFault::TooLarge);
    }
    let mut gathered = Gathered::default();
    let mut reservation = budget.reservation();
    let mut trailers = None;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        match frame.map_err(CollectFault::Body)?.into_data() {
            Ok(data) => {
                let length = gathered.len() + data.len() as u64;
                if length > most {
                    return Err(CollectFault::TooLarge);
                }
                reservation.resize(length)?;
                gathered.add(data);
            }
            Err(frame) => trailers = frame.into_trailers().ok(),
        }
    }
    Ok(Held { bytes: gathered.whole(), trailers, reservation: Rc::new(reservation) })
}

/// Data that came. Most bodies come in one piece, which is not copied.
#[derive(Default)]
struct Gathered {
    first: Bytes,
    all: BytesMut,
}

impl Gathered {
    fn len(&self) -> u64 {
        (self.first.len() + self.all.len()) as u64
    }

    fn add(&mut self, data: Bytes) {
        if self.len() == 0 {
            self.first = data;
            return;
        }
        let first = std::mem::take(&mut self.first);
        self.all.extend_from_slice(&first);
        self.all.extend_from_slice(&data);
    }

    fn whole(self) -> Bytes {
        match self.all.is_empty() {
            true => self.first,
            false => self.all.freeze(),
        }
    }
}

// === impl Held ===

impl Held {
    /// Puts other bytes in the place of these.
    pub(crate) fn replace(&mut self, bytes: Bytes) -> Result<(), Exhausted> {
        match Rc::get_mut(&mut self.reservation) {
            Some(reservation) => reservation.resize(bytes.len() as u64)?,
            // A clone holds on to what was there: the new bytes have a place of their own.
            None => {
                let mut reservation = self.reservation.another();
                reservation.resize(bytes.len() as u64)?;
                self.reservation = Rc::new(reservation);
            }
        }
        self.bytes = bytes;
        Ok(())
    }
}

impl<E> From<Exhausted> for CollectFault<E> {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}
