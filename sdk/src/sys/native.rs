//! The imports, answered by the fake host of the native harness, through the same bytes as by the real one.

use std::{cell::RefCell, rc::Rc};

use serde::Serialize;
use sluice_abi::{AREA, wire};

use crate::{log::Level, test::FakeHost};

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
    let before = CURRENT.replace(Some(Rc::clone(host)));
    let value = call();
    CURRENT.replace(before);
    value
}

fn host<T>(answer: impl FnOnce(&mut FakeHost) -> T) -> T {
    CURRENT.with_borrow(|host| {
        let host = host.as_ref().expect("host functions answer within the Harness of sluice_sdk::test");
        answer(&mut host.borrow_mut())
    })
}

fn result<T: Serialize>(result: &mut [u8], answer: impl FnOnce(&mut FakeHost) -> T) -> i32 {
    let bytes = wire::encode(&host(answer));
    let len = i32::try_from(bytes.len()).expect("a result fits in a module's memory");
    match result.get_mut(..bytes.len()) {
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

pub(crate) fn log_enabled(_level: Level) -> bool {
    CURRENT.with_borrow(Option::is_some)
}

pub(crate) fn log_write(level: Level, message: &str) {
    host(|host| host.log(level, message));
}

pub(crate) fn define_counter(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_counter(name))
}

pub(crate) fn add(counter: u32, delta: u64) {
    host(|host| host.add(counter, delta));
}

pub(crate) fn now_unix_ms() -> u64 {
    host(|host| host.now_unix_ms())
}

pub(crate) fn monotonic_ns() -> u64 {
    host(|host| host.monotonic_ns())
}

pub(crate) fn next_u64() -> u64 {
    host(FakeHost::next_u64)
}

pub(crate) fn define_limit(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_limit(wire::decode(policy).expect("the SDK wrote this policy")))
}

pub(crate) fn acquire(limiter: u32, key: &str, cost: u32, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.acquire(limiter, key, cost))
}

pub(crate) fn acquire_plan(cost: u32, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.acquire_plan(cost))
}

pub(crate) fn verify_api_key(key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_api_key(key))
}

pub(crate) fn consumer_exists(name: &str) -> bool {
    host(|host| host.consumer_exists(name))
}

pub(crate) fn define_jwt(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_jwt(wire::decode(policy).expect("the SDK wrote this policy")))
}

pub(crate) fn verify_jwt(policy: u32, token: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_jwt(policy, token))
}
