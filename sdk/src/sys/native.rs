//! The imports, answered by the fake host of the native harness, through the same bytes as by the real one.

mod calls;

use std::{cell::RefCell, rc::Rc};

use serde::Serialize;
use sluice_abi::{
    AREA,
    bytes::Writer,
    flat::{FLAT_MAX, Flat},
    wire,
};

use crate::test::FakeHost;

pub(crate) use calls::*;

/// The memory of the OUT area.
pub(crate) type OutArea = Vec<u8>;

/// Makes an OUT area.
pub(crate) fn out_area() -> OutArea {
    vec![0; AREA]
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<RefCell<FakeHost>>>> = const { RefCell::new(None) };
    /// A result that did not fit, until it is fetched.
    static PENDING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Lets `host` answer the imports that `call` makes.
pub(crate) fn with_host<T>(host: &Rc<RefCell<FakeHost>>, call: impl FnOnce() -> T) -> T {
    let _restored = Before(CURRENT.replace(Some(Rc::clone(host))));
    call()
}

/// Puts the host back that answered before, also when a hook panics.
struct Before(Option<Rc<RefCell<FakeHost>>>);

impl Drop for Before {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// The host of the hook that runs.
pub(crate) fn current_host() -> Rc<RefCell<FakeHost>> {
    let host = CURRENT.with_borrow(Clone::clone);
    host.expect("host functions answer within the Harness of sluice_sdk::test")
}

/// Whether the attachment grants a secret; outside of a harness there is nobody who would not.
pub(crate) fn grants_secret(name: &str) -> bool {
    CURRENT.with_borrow(|host| host.as_ref().is_none_or(|host| host.borrow_mut().grants_secret(name)))
}

fn host<T>(ask: impl FnOnce(&mut FakeHost) -> T) -> T {
    ask(&mut current_host().borrow_mut())
}

fn result<T: Serialize>(room: &mut [u8], ask: impl FnOnce(&mut FakeHost) -> T) -> i32 {
    answer(room, &host(ask))
}

/// As [`result`], for plain bytes.
fn plain(room: &mut [u8], ask: impl FnOnce(&mut FakeHost) -> Vec<u8>) -> i32 {
    give(room, host(ask))
}

/// As [`result`], for a record of scalars.
fn record<T: Flat>(room: &mut [u8], ask: impl FnOnce(&mut FakeHost) -> Option<T>) -> i32 {
    let mut bytes = [0; FLAT_MAX];
    let mut out = Writer::new(&mut bytes);
    if let Some(record) = host(ask) {
        record.write(&mut out).expect("there is room for the largest record");
    }
    let len = out.len();
    give(room, bytes[..len].to_vec())
}

fn answer(room: &mut [u8], answer: &impl Serialize) -> i32 {
    give(room, wire::encode(answer))
}

fn give(room: &mut [u8], bytes: Vec<u8>) -> i32 {
    let len = i32::try_from(bytes.len()).expect("a result fits in a module's memory");
    match room.get_mut(..bytes.len()) {
        Some(room) => {
            room.copy_from_slice(&bytes);
            len
        }
        None => {
            PENDING.set(bytes);
            -len
        }
    }
}

pub(crate) fn take(result: &mut [u8]) -> i32 {
    let bytes = PENDING.take();
    result[..bytes.len()].copy_from_slice(&bytes);
    i32::try_from(bytes.len()).expect("a result fits in a module's memory")
}
