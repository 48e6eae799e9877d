//! The imports, called: the pointers and lengths are those of live slices, and the host keeps none of them.

use super::imports;
use crate::log::Level;

pub(crate) fn take(result: &mut [u8]) -> i32 {
    unsafe { imports::take(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn panic(message: &[u8]) {
    unsafe { imports::panic(message.as_ptr(), message.len()) }
}

pub(crate) fn request_header(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::request_header(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn request_headers(result: &mut [u8]) -> i32 {
    unsafe { imports::request_headers(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn response_header(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::response_header(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn response_headers(result: &mut [u8]) -> i32 {
    unsafe { imports::response_headers(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn attribute(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::attribute(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn body_len() -> u64 {
    imports::body_len()
}

pub(crate) fn body_read(offset: u64, max: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::body_read(offset, max, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn body_replace(bytes: &[u8]) {
    unsafe { imports::body_replace(bytes.as_ptr(), bytes.len()) }
}

pub(crate) fn body_find(needle: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::body_find(needle.as_ptr(), needle.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn body_sha256(result: &mut [u8]) -> i32 {
    unsafe { imports::body_sha256(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn log_enabled(level: Level) -> bool {
    imports::log_enabled(level as i32) != 0
}

pub(crate) fn log_write(level: Level, message: &str) {
    unsafe { imports::log_write(level as i32, message.as_ptr(), message.len()) }
}

pub(crate) fn define_counter(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::define_counter(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn add(counter: u32, delta: u64) {
    imports::add(counter, delta);
}

pub(crate) fn define_metric(metric: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_metric(metric.as_ptr(), metric.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn observe(metric: u32, value: f64, labels: &[u8]) {
    unsafe { imports::observe(metric, value, labels.as_ptr(), labels.len()) }
}

pub(crate) fn now_unix_ms() -> u64 {
    imports::now_unix_ms()
}

pub(crate) fn monotonic_ns() -> u64 {
    imports::monotonic_ns()
}

pub(crate) fn next_u64() -> u64 {
    imports::next_u64()
}

pub(crate) fn random_bytes(count: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::random_bytes(count, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn kv_open(shared: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::kv_open(shared.as_ptr(), shared.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn kv_get(store: u32, key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::kv_get(store, key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn kv_set(store: u32, key: &str, value: &[u8], ttl: &[u8], result: &mut [u8]) -> i32 {
    unsafe {
        imports::kv_set(
            store,
            key.as_ptr(),
            key.len(),
            value.as_ptr(),
            value.len(),
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn kv_compare_and_set(
    store: u32,
    key: &str,
    expected: u64,
    value: &[u8],
    ttl: &[u8],
    result: &mut [u8],
) -> i32 {
    unsafe {
        imports::kv_compare_and_set(
            store,
            key.as_ptr(),
            key.len(),
            expected,
            value.as_ptr(),
            value.len(),
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn kv_delete(store: u32, key: &str) -> bool {
    unsafe { imports::kv_delete(store, key.as_ptr(), key.len()) != 0 }
}

pub(crate) fn kv_increment(store: u32, key: &str, by: i64, ttl: &[u8], result: &mut [u8]) -> i32 {
    unsafe {
        imports::kv_increment(
            store,
            key.as_ptr(),
            key.len(),
            by,
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn kv_keys(store: u32, prefix: &str, limit: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::kv_keys(store, prefix.as_ptr(), prefix.len(), limit, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn define_limit(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_limit(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn acquire(limiter: u32, key: &str, cost: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::acquire(limiter, key.as_ptr(), key.len(), cost, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn acquire_plan(cost: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::acquire_plan(cost, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn define_charged_limit(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_charged_limit(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn announce_limits(announcement: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::announce_limits(announcement.as_ptr(), announcement.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn has_plan() -> bool {
    unsafe { imports::has_plan() != 0 }
}

pub(crate) fn cache_lookup(key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::cache_lookup(key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn cache_purge(key: &str) -> bool {
    unsafe { imports::cache_purge(key.as_ptr(), key.len()) != 0 }
}

pub(crate) fn cache_purge_tag(tag: &str) -> u32 {
    unsafe { imports::cache_purge_tag(tag.as_ptr(), tag.len()) }
}

pub(crate) fn verify_api_key(key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::verify_api_key(key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn identify_api_key(key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::identify_api_key(key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn identify_certificate(result: &mut [u8]) -> i32 {
    unsafe { imports::identify_certificate(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_password(username: &str, password: &str, result: &mut [u8]) -> i32 {
    unsafe {
        imports::verify_password(
            username.as_ptr(),
            username.len(),
            password.as_ptr(),
            password.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn consumer_exists(name: &str) -> bool {
    unsafe { imports::consumer_exists(name.as_ptr(), name.len()) != 0 }
}

pub(crate) fn define_jwt(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_jwt(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_jwt(policy: u32, token: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::verify_jwt(policy, token.as_ptr(), token.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn consumer_groups(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::consumer_groups(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn define_tokens(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_tokens(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_token(policy: u32, token: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::verify_token(policy, token.as_ptr(), token.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn sha256(data: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::sha256(data.as_ptr(), data.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn define_hmac(secret: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::define_hmac(secret.as_ptr(), secret.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn hmac_sha256(key: u32, data: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::hmac_sha256(key, data.as_ptr(), data.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_hmac_sha256(key: u32, data: &[u8], mac: &[u8]) -> bool {
    unsafe { imports::verify_hmac_sha256(key, data.as_ptr(), data.len(), mac.as_ptr(), mac.len()) != 0 }
}

pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    unsafe { imports::constant_time_eq(a.as_ptr(), a.len(), b.as_ptr(), b.len()) != 0 }
}

pub(crate) fn load_sample(result: &mut [u8]) -> i32 {
    unsafe { imports::load_sample(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn load_upstream(result: &mut [u8]) -> i32 {
    unsafe { imports::load_upstream(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn load_pressure(result: &mut [u8]) -> i32 {
    unsafe { imports::load_pressure(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn send(call: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::send(call.as_ptr(), call.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn send_all(calls: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::send_all(calls.as_ptr(), calls.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn post(call: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::post(call.as_ptr(), call.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn remote_open(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::remote_open(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn remote_get(store: u32, key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::remote_get(store, key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn remote_set(store: u32, key: &str, value: &[u8], ttl: &[u8], result: &mut [u8]) -> i32 {
    unsafe {
        imports::remote_set(
            store,
            key.as_ptr(),
            key.len(),
            value.as_ptr(),
            value.len(),
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn remote_compare_and_set(
    store: u32,
    key: &str,
    expected: &[u8],
    value: &[u8],
    ttl: &[u8],
    result: &mut [u8],
) -> i32 {
    unsafe {
        imports::remote_compare_and_set(
            store,
            key.as_ptr(),
            key.len(),
            expected.as_ptr(),
            expected.len(),
            value.as_ptr(),
            value.len(),
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}

pub(crate) fn remote_delete(store: u32, key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::remote_delete(store, key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn remote_increment(store: u32, key: &str, by: i64, ttl: &[u8], result: &mut [u8]) -> i32 {
    unsafe {
        imports::remote_increment(
            store,
            key.as_ptr(),
            key.len(),
            by,
            ttl.as_ptr(),
            ttl.len(),
            result.as_mut_ptr(),
            result.len(),
        )
    }
}
