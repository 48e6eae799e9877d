//! The imports of the contract, as core Wasm has them: the table of `sluice_abi::import`, row by row.

#[link(wasm_import_module = "sluice:sys@0.1.0")]
unsafe extern "C" {
    pub(super) fn take(result: *mut u8, capacity: usize) -> i32;
    pub(super) fn panic(message: *const u8, len: usize);
}

#[link(wasm_import_module = "sluice:plugin/current@0.1.0")]
unsafe extern "C" {
    #[link_name = "request-header"]
    pub(super) fn request_header(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "request-headers"]
    pub(super) fn request_headers(result: *mut u8, capacity: usize) -> i32;
    #[link_name = "response-header"]
    pub(super) fn response_header(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "response-headers"]
    pub(super) fn response_headers(result: *mut u8, capacity: usize) -> i32;
    pub(super) fn attribute(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/body@0.1.0")]
unsafe extern "C" {
    #[link_name = "len"]
    pub(super) safe fn body_len() -> u64;
    #[link_name = "read"]
    pub(super) fn body_read(offset: u64, max: u32, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "replace"]
    pub(super) fn body_replace(bytes: *const u8, bytes_len: usize);
    #[link_name = "find"]
    pub(super) fn body_find(needle: *const u8, needle_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "sha256"]
    pub(super) fn body_sha256(result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/log@0.1.0")]
unsafe extern "C" {
    #[link_name = "enabled"]
    pub(super) safe fn log_enabled(level: i32) -> i32;
    #[link_name = "write"]
    pub(super) fn log_write(level: i32, message: *const u8, message_len: usize);
}

#[link(wasm_import_module = "sluice:plugin/metrics@0.1.0")]
unsafe extern "C" {
    #[link_name = "define-counter"]
    pub(super) fn define_counter(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
    pub(super) safe fn add(counter: u32, delta: u64);
    #[link_name = "define-metric"]
    pub(super) fn define_metric(metric: *const u8, metric_len: usize, result: *mut u8, capacity: usize) -> i32;
    pub(super) fn observe(metric: u32, value: f64, labels: *const u8, labels_len: usize);
}

#[link(wasm_import_module = "sluice:plugin/clock@0.1.0")]
unsafe extern "C" {
    #[link_name = "now-unix-ms"]
    pub(super) safe fn now_unix_ms() -> u64;
    #[link_name = "monotonic-ns"]
    pub(super) safe fn monotonic_ns() -> u64;
}

#[link(wasm_import_module = "sluice:plugin/random@0.1.0")]
unsafe extern "C" {
    #[link_name = "next-u64"]
    pub(super) safe fn next_u64() -> u64;
    #[link_name = "bytes"]
    pub(super) fn random_bytes(count: u32, result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/kv@0.1.0")]
unsafe extern "C" {
    #[link_name = "open"]
    pub(super) fn kv_open(shared: *const u8, shared_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "get"]
    pub(super) fn kv_get(store: u32, key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "set"]
    pub(super) fn kv_set(
        store: u32,
        key: *const u8,
        key_len: usize,
        value: *const u8,
        value_len: usize,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "compare-and-set"]
    pub(super) fn kv_compare_and_set(
        store: u32,
        key: *const u8,
        key_len: usize,
        expected: u64,
        value: *const u8,
        value_len: usize,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "delete"]
    pub(super) fn kv_delete(store: u32, key: *const u8, key_len: usize) -> i32;
    #[link_name = "increment"]
    pub(super) fn kv_increment(
        store: u32,
        key: *const u8,
        key_len: usize,
        by: i64,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "keys"]
    pub(super) fn kv_keys(
        store: u32,
        prefix: *const u8,
        prefix_len: usize,
        limit: u32,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/rate-limit@0.1.0")]
unsafe extern "C" {
    #[link_name = "define"]
    pub(super) fn define_limit(policy: *const u8, policy_len: usize, result: *mut u8, capacity: usize) -> i32;
    pub(super) fn acquire(
        limiter: u32,
        key: *const u8,
        key_len: usize,
        cost: u32,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "acquire-plan"]
    pub(super) fn acquire_plan(cost: u32, result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/limits@0.1.0")]
unsafe extern "C" {
    #[link_name = "define"]
    pub(super) fn define_charged_limit(policy: *const u8, policy_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "announce"]
    pub(super) fn announce_limits(
        announcement: *const u8,
        announcement_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "has-plan"]
    pub(super) fn has_plan() -> i32;
}

#[link(wasm_import_module = "sluice:plugin/cache@0.1.0")]
unsafe extern "C" {
    #[link_name = "lookup"]
    pub(super) fn cache_lookup(key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "purge"]
    pub(super) fn cache_purge(key: *const u8, key_len: usize) -> i32;
    #[link_name = "purge-tag"]
    pub(super) fn cache_purge_tag(tag: *const u8, tag_len: usize) -> u32;
}

#[link(wasm_import_module = "sluice:plugin/identity@0.1.0")]
unsafe extern "C" {
    #[link_name = "verify-api-key"]
    pub(super) fn verify_api_key(key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "identify-api-key"]
    pub(super) fn identify_api_key(key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "identify-certificate"]
    pub(super) fn identify_certificate(result: *mut u8, capacity: usize) -> i32;
    #[link_name = "verify-password"]
    pub(super) fn verify_password(
        username: *const u8,
        username_len: usize,
        password: *const u8,
        password_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "consumer-exists"]
    pub(super) fn consumer_exists(name: *const u8, name_len: usize) -> i32;
    #[link_name = "define-jwt"]
    pub(super) fn define_jwt(policy: *const u8, policy_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "verify-jwt"]
    pub(super) fn verify_jwt(policy: u32, token: *const u8, token_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "consumer-groups"]
    pub(super) fn consumer_groups(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "define-tokens"]
    pub(super) fn define_tokens(policy: *const u8, policy_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "verify-token"]
    pub(super) fn verify_token(
        policy: u32,
        token: *const u8,
        token_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/crypto@0.1.0")]
unsafe extern "C" {
    pub(super) fn sha256(data: *const u8, data_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "define-hmac"]
    pub(super) fn define_hmac(secret: *const u8, secret_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "hmac-sha256"]
    pub(super) fn hmac_sha256(key: u32, data: *const u8, data_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "verify-hmac-sha256"]
    pub(super) fn verify_hmac_sha256(key: u32, data: *const u8, data_len: usize, mac: *const u8, mac_len: usize)
    -> i32;
    #[link_name = "constant-time-eq"]
    pub(super) fn constant_time_eq(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/load@0.1.0")]
unsafe extern "C" {
    #[link_name = "sample"]
    pub(super) fn load_sample(result: *mut u8, capacity: usize) -> i32;
    #[link_name = "upstream"]
    pub(super) fn load_upstream(result: *mut u8, capacity: usize) -> i32;
    #[link_name = "pressure"]
    pub(super) fn load_pressure(result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/callout@0.1.0")]
unsafe extern "C" {
    pub(super) fn send(call: *const u8, call_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "send-all"]
    pub(super) fn send_all(calls: *const u8, calls_len: usize, result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/callout-detached@0.1.0")]
unsafe extern "C" {
    pub(super) fn post(call: *const u8, call_len: usize, result: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "sluice:plugin/kv-remote@0.1.0")]
unsafe extern "C" {
    #[link_name = "open"]
    pub(super) fn remote_open(name: *const u8, name_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "get"]
    pub(super) fn remote_get(store: u32, key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "set"]
    pub(super) fn remote_set(
        store: u32,
        key: *const u8,
        key_len: usize,
        value: *const u8,
        value_len: usize,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "compare-and-set"]
    pub(super) fn remote_compare_and_set(
        store: u32,
        key: *const u8,
        key_len: usize,
        expected: *const u8,
        expected_len: usize,
        value: *const u8,
        value_len: usize,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
    #[link_name = "delete"]
    pub(super) fn remote_delete(store: u32, key: *const u8, key_len: usize, result: *mut u8, capacity: usize) -> i32;
    #[link_name = "increment"]
    pub(super) fn remote_increment(
        store: u32,
        key: *const u8,
        key_len: usize,
        by: i64,
        ttl: *const u8,
        ttl_len: usize,
        result: *mut u8,
        capacity: usize,
    ) -> i32;
}
