//! The imports, handed to the fake host.

use serde::de::DeserializeOwned;
use sluice_abi::wire;

use super::{CURRENT, answer, host, plain, record, result};
use crate::{
    log::Level,
    test::host::{callouts, crypto},
};

pub(crate) fn request_header(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.request_header(name))
}

pub(crate) fn request_headers(bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.request_headers())
}

pub(crate) fn response_header(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.response_header(name))
}

pub(crate) fn response_headers(bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.response_headers())
}

pub(crate) fn attribute(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.attribute(name))
}

pub(crate) fn body_len() -> u64 {
    host(|host| host.body_len())
}

pub(crate) fn body_read(offset: u64, max: u32, bytes: &mut [u8]) -> i32 {
    plain(bytes, |host| host.body_read(offset, max))
}

pub(crate) fn body_replace(bytes: &[u8]) {
    host(|host| host.body_replace(bytes));
}

pub(crate) fn body_find(needle: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.body_find(needle))
}

pub(crate) fn body_sha256(bytes: &mut [u8]) -> i32 {
    plain(bytes, |host| host.body_sha256())
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

pub(crate) fn define_metric(metric: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_metric(decoded(metric)))
}

pub(crate) fn observe(metric: u32, value: f64, labels: &[u8]) {
    host(|host| host.observe(metric, value, decoded(labels)));
}

pub(crate) fn now_unix_ms() -> u64 {
    host(|host| host.now_unix_ms())
}

pub(crate) fn monotonic_ns() -> u64 {
    host(|host| host.monotonic_ns())
}

pub(crate) fn next_u64() -> u64 {
    host(|host| host.next_u64())
}

pub(crate) fn random_bytes(count: u32, bytes: &mut [u8]) -> i32 {
    plain(bytes, |host| host.random_bytes(count))
}

pub(crate) fn kv_open(shared: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.kv_open(decoded(shared)))
}

pub(crate) fn kv_get(store: u32, key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.kv_get(store, key))
}

pub(crate) fn kv_set(store: u32, key: &str, value: &[u8], ttl: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.kv_set(store, key, value, decoded(ttl)))
}

pub(crate) fn kv_compare_and_set(
    store: u32,
    key: &str,
    expected: u64,
    value: &[u8],
    ttl: &[u8],
    bytes: &mut [u8],
) -> i32 {
    result(bytes, |host| host.kv_compare_and_set(store, key, expected, value, decoded(ttl)))
}

pub(crate) fn kv_delete(store: u32, key: &str) -> bool {
    host(|host| host.kv_delete(store, key))
}

pub(crate) fn kv_increment(store: u32, key: &str, by: i64, ttl: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.kv_increment(store, key, by, decoded(ttl)))
}

pub(crate) fn kv_keys(store: u32, prefix: &str, limit: u32, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.kv_keys(store, prefix, limit))
}

pub(crate) fn define_limit(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_limit(decoded(policy)))
}

pub(crate) fn acquire(limiter: u32, key: &str, cost: u32, bytes: &mut [u8]) -> i32 {
    record(bytes, |host| Some(host.acquire(limiter, key, cost)))
}

pub(crate) fn acquire_plan(cost: u32, bytes: &mut [u8]) -> i32 {
    record(bytes, |host| host.acquire_plan(cost))
}

pub(crate) fn define_charged_limit(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_charged_limit(decoded(policy)))
}

pub(crate) fn announce_limits(announcement: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.announce_limits(decoded(announcement)))
}

pub(crate) fn has_plan() -> bool {
    host(|host| host.has_plan())
}

pub(crate) fn cache_lookup(key: &str, bytes: &mut [u8]) -> i32 {
    record(bytes, |host| host.cache_lookup(key))
}

pub(crate) fn cache_purge(key: &str) -> bool {
    host(|host| host.cache_purge(key))
}

pub(crate) fn cache_purge_tag(tag: &str) -> u32 {
    host(|host| host.cache_purge_tag(tag))
}

pub(crate) fn verify_api_key(key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_api_key(key))
}

pub(crate) fn identify_api_key(key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.identify_api_key(key))
}

pub(crate) fn identify_certificate(bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.identify_certificate())
}

pub(crate) fn verify_password(username: &str, password: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_password(username, password))
}

pub(crate) fn consumer_exists(name: &str) -> bool {
    host(|host| host.consumer_exists(name))
}

pub(crate) fn define_jwt(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_jwt(decoded(policy)))
}

pub(crate) fn verify_jwt(policy: u32, token: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_jwt(policy, token))
}

pub(crate) fn consumer_groups(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.consumer_groups(name))
}

pub(crate) fn define_tokens(policy: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_tokens(decoded(policy)))
}

pub(crate) fn verify_token(policy: u32, token: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.verify_token(policy, token))
}

pub(crate) fn define_hmac(secret: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.define_hmac(secret))
}

pub(crate) fn hmac_sha256(key: u32, data: &[u8], bytes: &mut [u8]) -> i32 {
    plain(bytes, |host| host.hmac_sha256(key, data))
}

pub(crate) fn verify_hmac_sha256(key: u32, data: &[u8], mac: &[u8]) -> bool {
    host(|host| host.verify_hmac_sha256(key, data, mac))
}

pub(crate) fn load_sample(bytes: &mut [u8]) -> i32 {
    record(bytes, |host| Some(host.load_sample()))
}

pub(crate) fn load_upstream(bytes: &mut [u8]) -> i32 {
    record(bytes, |host| Some(host.load_upstream()))
}

pub(crate) fn load_pressure(bytes: &mut [u8]) -> i32 {
    record(bytes, |host| Some(host.load_pressure()))
}

pub(crate) fn post(call: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.post(decoded(call)))
}

pub(crate) fn remote_open(name: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.remote_open(name))
}

pub(crate) fn remote_get(store: u32, key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.remote_get(store, key))
}

pub(crate) fn remote_set(store: u32, key: &str, value: &[u8], ttl: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.remote_set(store, key, value, decoded(ttl)))
}

pub(crate) fn remote_compare_and_set(
    store: u32,
    key: &str,
    expected: &[u8],
    value: &[u8],
    ttl: &[u8],
    bytes: &mut [u8],
) -> i32 {
    result(bytes, |host| host.remote_compare_and_set(store, key, decoded(expected), value, decoded(ttl)))
}

pub(crate) fn remote_delete(store: u32, key: &str, bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.remote_delete(store, key))
}

pub(crate) fn remote_increment(store: u32, key: &str, by: i64, ttl: &[u8], bytes: &mut [u8]) -> i32 {
    result(bytes, |host| host.remote_increment(store, key, by, decoded(ttl)))
}

pub(crate) fn log_enabled(_level: Level) -> bool {
    CURRENT.with_borrow(Option::is_some)
}

pub(crate) fn sha256(data: &[u8], bytes: &mut [u8]) -> i32 {
    plain(bytes, |_| crypto::sha256(data))
}

pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    host(|_| crypto::constant_time_eq(a, b))
}

/// The answers are asked for without the host at hand, for a test's own code makes them.
pub(crate) fn send(call: &[u8], bytes: &mut [u8]) -> i32 {
    let mut replies = callouts::send(vec![decoded(call)]);
    answer(bytes, &replies.remove(0))
}

pub(crate) fn send_all(calls: &[u8], bytes: &mut [u8]) -> i32 {
    answer(bytes, &callouts::send(decoded(calls)))
}

fn decoded<T: DeserializeOwned>(argument: &[u8]) -> T {
    wire::decode(argument).expect("the SDK wrote this argument")
}
