//! Redis, and what speaks its language: what is asked of it, and one connection that all calls share.
//!
//! A key is `sluice:`, the length of the namespace, the namespace and the plugin's key, with colons between: because
//! of the length no namespace reaches into another. A cached record has `sluice:cache:` and its name, which no
//! namespace reaches either: none has a length of `cache`.

mod link;

use std::{sync::LazyLock, time::Duration};

use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, Script, ScriptInvocation, Value};

pub(super) use self::link::Redis;
use crate::{error::KvError, kv::VALUE};

/// The longest time to live that is asked for, in milliseconds: about 70 years, which Redis can add to its clock.
const TTL: u128 = 1 << 41;

/// What a script answers in place of a value that is too large.
const TOO_LARGE: &str = "TOOLARGE";

/// Checks the length where the value is: what somebody else wrote may be larger than this process should read.
static GET: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('STRLEN', KEYS[1]) > tonumber(ARGV[1]) then return redis.error_reply('TOOLARGE value') end
         return redis.call('GET', KEYS[1])",
    )
});

/// `ARGV`: the new value, the time to live or 0, and the expected value if one is expected.
static COMPARE_AND_SET: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local found = redis.call('GET', KEYS[1])
         if found ~= (ARGV[3] or false) then return 0 end
         if ARGV[2] == '0' then redis.call('SET', KEYS[1], ARGV[1])
         else redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
         return 1",
    )
});

/// Answers text: numbers of scripts are floating point.
static INCREMENT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local made = redis.call('EXISTS', KEYS[1]) == 0
         redis.call('INCRBY', KEYS[1], ARGV[1])
         if made and ARGV[2] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
         return redis.call('GET', KEYS[1])",
    )
});

/// What is asked.
pub(super) enum Request {
    Command(Cmd),
    Script(ScriptInvocation<'static>),
}

pub(super) fn get(namespace: &str, key: &str) -> Request {
    at_most(full(namespace, key), VALUE)
}

pub(super) fn set(namespace: &str, key: &str, value: &[u8], ttl: Option<Duration>) -> Request {
    let mut command = redis::cmd("SET");
    command.arg(full(namespace, key)).arg(value);
    if ttl.is_some() {
        command.arg("PX").arg(millis(ttl));
    }
    Request::Command(command)
}

pub(super) fn compare_and_set(
    namespace: &str,
    key: &str,
    expected: Option<&[u8]>,
    value: &[u8],
    ttl: Option<Duration>,
) -> Request {
    let mut script = COMPARE_AND_SET.key(full(namespace, key));
    script.arg(value).arg(millis(ttl));
    if let Some(expected) = expected {
        script.arg(expected);
    }
    Request::Script(script)
}

pub(super) fn delete(namespace: &str, key: &str) -> Request {
    let mut command = redis::cmd("DEL");
    command.arg(full(namespace, key));
    Request::Command(command)
}

pub(super) fn increment(namespace: &str, key: &str, delta: i64, ttl: Option<Duration>) -> Request {
    let mut script = INCREMENT.key(full(namespace, key));
    script.arg(delta).arg(millis(ttl));
    Request::Script(script)
}

pub(super) fn cached(name: &str, limit: usize) -> Request {
    at_most(in_cache(name), limit)
}

pub(super) fn cache(name: &str, value: &[u8], ttl: Duration) -> Request {
    let mut command = redis::cmd("SET");
    command.arg(in_cache(name)).arg(value).arg("PX").arg(millis(Some(ttl)));
    Request::Command(command)
}

pub(super) fn forget(name: &str) -> Request {
    let mut command = redis::cmd("DEL");
    command.arg(in_cache(name));
    Request::Command(command)
}

pub(super) fn ping() -> Request {
    Request::Command(redis::cmd("PING"))
}

fn at_most(key: String, limit: usize) -> Request {
    let mut script = GET.key(key);
    script.arg(limit);
    Request::Script(script)
}

fn in_cache(name: &str) -> String {
    format!("sluice:cache:{name}")
}

fn full(namespace: &str, key: &str) -> String {
    format!("sluice:{}:{namespace}:{key}", namespace.len())
}

/// Rounded up, so that no time to live becomes none; 0 stands for none.
fn millis(ttl: Option<Duration>) -> u64 {
    let millis = ttl.map_or(0, |ttl| ttl.as_nanos().div_ceil(1_000_000));
    u64::try_from(millis.min(TTL)).expect("it is within 42 bits")
}

// === answers ===

pub(super) fn value(answer: Value) -> Result<Option<Vec<u8>>, KvError> {
    read(answer)
}

pub(super) fn flag(answer: &Value) -> Result<bool, KvError> {
    match answer {
        Value::Int(number) => Ok(*number != 0),
        _ => Err(strange()),
    }
}

pub(super) fn number(answer: Value) -> Result<i64, KvError> {
    let text: Vec<u8> = read(answer)?;
    std::str::from_utf8(&text).ok().and_then(|text| text.parse().ok()).ok_or_else(strange)
}

fn read<T: FromRedisValue>(answer: Value) -> Result<T, KvError> {
    T::from_redis_value(answer).map_err(|_| strange())
}

fn strange() -> KvError {
    KvError::Unavailable("the store answered what makes no sense".to_owned())
}

/// What an error means for the plugin, which is told neither addresses nor names of users.
fn meaning(error: &RedisError) -> KvError {
    let text = error.to_string();
    let code = error.code().unwrap_or_default();
    match error.kind() {
        _ if error.is_timeout() => KvError::Timeout,
        ErrorKind::Io => KvError::Unavailable("the store is out of reach".to_owned()),
        _ if code == TOO_LARGE => KvError::Limit(format!("the value is larger than {VALUE} bytes")),
        _ if code == "WRONGTYPE" || text.contains("not an integer") => {
            KvError::Invalid("the value is no counter, or was not written by a plugin".to_owned())
        }
        _ if text.contains("would overflow") => {
            KvError::Limit("the counter would leave the range of 64-bit integers".to_owned())
        }
        _ if code == "OOM" => KvError::Limit("the store is full".to_owned()),
        _ => KvError::Unavailable("the store refuses to serve: the gateway's log says why".to_owned()),
    }
}

impl Request {
    async fn send(self, connection: &mut redis::aio::MultiplexedConnection) -> Result<Value, RedisError> {
        match self {
            Self::Command(command) => command.query_async(connection).await,
            Self::Script(script) => script.invoke_async(connection).await,
        }
    }
}
