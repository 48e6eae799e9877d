//! What is asked of the host, and its answer as one line of text.

use sluice_sdk::prelude::*;

/// Everything that has to be defined before it is used.
#[derive(Debug)]
pub(crate) struct Tools {
    own: kv::Store,
    shared: kv::Store,
    key: Hmac,
    limit: RateLimit,
    acts: LabelledCounter<1>,
    entries: Gauge,
    bytes: Histogram,
    events: Counter,
}

impl Tools {
    pub(crate) fn new(setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            own: setup.kv()?,
            shared: setup.shared_kv("shared")?,
            key: setup.hmac(super::SECRET.0)?,
            limit: setup.rate_limit(Policy::new("twice", 2, Duration::from_secs(3_600)))?,
            acts: setup.counter_with_labels("conformance_acts", "What was asked for.", ["act"])?,
            entries: setup.gauge("conformance_entries", "Entries of the store.", [])?,
            bytes: setup.histogram("conformance_bytes", "Bytes of responses.", [], &[1.0, 1_000.0])?,
            events: setup.counter("asked")?,
        })
    }

    /// The answer, if it is one of the host's.
    pub(crate) fn ask(&self, act: &str) -> Result<Option<String>> {
        self.events.increment();
        let answer = match act {
            _ if act.starts_with("kv-") => self.ask_store(act)?,
            _ if act.starts_with("callout-") => ask_callout(act),
            "sha256" => crypto::hex(crypto::sha256("abc")),
            "hmac" => {
                let mac = self.key.sign("what do ya want for nothing?");
                let verified = self.key.verify("what do ya want for nothing?", mac);
                format!("{} {verified} {}", crypto::hex(mac), self.key.verify("other", mac))
            }
            "constant-time-eq" => {
                format!("{} {}", crypto::constant_time_eq("a", "a"), crypto::constant_time_eq("a", "ab"))
            }
            "random" => {
                let (some, many) = (random::bytes(16), random::bytes(10_000));
                format!("{} {} {}", some.len(), many.len(), random::next_u64() != random::next_u64())
            }
            "clock" => format!("{}", clock::now_unix_ms() > 1_700_000_000_000 && clock::monotonic_ns() > 0),
            "limit" => (0..3)
                .map(|_| self.limit.acquire("one key", 1))
                .map(|decision| format!("{} {}", decision.allowed, decision.remaining))
                .collect::<Vec<_>>()
                .join(", "),
            "plan" => format!("{:?}", limit::acquire_plan(1).is_some()),
            "identity" => {
                format!("{:?} {}", identity::verify_api_key("no key"), identity::consumer_exists("nobody-of-that-name"))
            }
            "callers" => format!(
                "{:?} {:?} {:?}",
                identity::identify_api_key("no key"),
                identity::identify_certificate(),
                identity::verify_password("nobody-of-that-name", "no password"),
            ),
            "cache" => {
                format!(
                    "{:?} {} {}",
                    cache::lookup("absent").is_some(),
                    cache::purge("absent"),
                    cache::purge_tag("absent")
                )
            }
            "purge" => format!("{} {}", cache::purge_tag("tag"), cache::lookup("kept").is_some()),
            "load" => format!("{}", load::sample().cpu_permille <= 1_000),
            "load-upstream" => format!("{}", load::upstream().error_permille <= 1_000),
            "load-pressure" => format!("{}", load::pressure().cpu_permille <= 1_000),
            "priority" => format!("{:?}", current::priority()),
            "current" => format!(
                "{:?} {:?} {:?} {:?}",
                current::request_header("x-twice"),
                current::request_header("x-absent"),
                current::request_headers().iter().filter(|header| header.name == "x-twice").count(),
                current::response_header("x-act"),
            ),
            "attributes" => {
                format!("{:?} {}", current::attribute("absent"), current::attribute("request.id").is_some())
            }
            _ => return Ok(None),
        };
        Ok(Some(answer))
    }

    fn ask_store(&self, act: &str) -> Result<String> {
        let Self { own, shared, .. } = self;
        Ok(match act {
            "kv-set" => {
                let first = own.set("set", "one", None)?;
                let second = own.set("set", "two", None)?;
                format!(
                    "{} {:?} {}",
                    first < second,
                    own.get_text("set"),
                    own.get("set").is_some_and(|entry| entry.version == second)
                )
            }
            "kv-compare-and-set" => {
                own.delete("cas");
                let version = own.compare_and_set("cas", 0, "one", None)?;
                let again = own.compare_and_set("cas", 0, "two", None);
                let right = own.compare_and_set("cas", version, "three", None).is_ok();
                format!("{} {right} {:?}", told(again), own.get_text("cas"))
            }
            "kv-increment" => {
                own.delete("count");
                let sums = [own.increment("count", 5, None)?, own.increment("count", -7, None)?];
                own.set("count", "9", None)?;
                format!("{sums:?} {} {:?}", own.increment("count", 1, None)?, own.get_text("count"))
            }
            "kv-no-counter" => {
                own.set("text", "01", None)?;
                own.set("most", i64::MAX.to_string(), None)?;
                format!("{} {}", told(own.increment("text", 1, None)), told(own.increment("most", 1, None)))
            }
            "kv-delete" => {
                own.set("gone", "x", None)?;
                format!("{} {} {:?}", own.delete("gone"), own.delete("gone"), own.get_text("gone"))
            }
            "kv-keys" => {
                for key in ["list/b", "list/a", "list/c", "lisp"] {
                    own.set(key, "", None)?;
                }
                format!("{:?} {:?}", own.keys("list/", 2), own.keys("list/", 1_000).len())
            }
            "kv-bounds" => {
                let long = "k".repeat(513);
                let large = vec![0; 64 * 1024 + 1];
                let results = [
                    told(own.set("", "x", None)),
                    told(own.set(&long, "x", None)),
                    told(own.set("large", &large, None)),
                    told(own.set("fits", &large[1..], None)),
                    told(own.set("now", "x", Duration::ZERO)),
                ];
                own.delete("fits");
                format!("{} {:?}", results.join(" "), own.get(&long).is_some())
            }
            "kv-ttl" => {
                own.set("soon", "x", Duration::from_secs(3_600))?;
                let left = own.get("soon").and_then(|entry| entry.expires_in).unwrap_or_default();
                own.set("stays", "x", None)?;
                let stays = own.get("stays").is_some_and(|entry| entry.expires_in.is_none());
                format!("{} {stays}", (3_590_000..=3_600_000).contains(&left))
            }
            "kv-apart" => {
                own.set("apart", "own", None)?;
                shared.set("apart", "shared", None)?;
                format!("{:?} {:?}", own.get_text("apart"), shared.get_text("apart"))
            }
            other => bail!("{other:?} is no case"),
        })
    }

    pub(crate) fn note(&self, summary: &Summary<'_>, act: &str) {
        self.acts.increment([act]);
        self.bytes.observe(summary.response_bytes as f64, []);
        log::debug!("{} {}", summary.status, summary.path);
    }

    pub(crate) fn tick(&self) -> Result<()> {
        self.entries.set(self.own.keys("", 1_000).len() as f64, []);
        Ok(())
    }
}

fn ask_callout(act: &str) -> String {
    let granted = || Call::get("granted", "/");
    match act {
        "callout-not-granted" => told(Call::get("elsewhere", "/").send()),
        "callout-detached-not-granted" => told(Call::get("elsewhere", "/").send_detached()),
        "callout-bad-path" => told(Call::get("granted", "no-slash").send()),
        "callout-no-time" => told(granted().timeout(Duration::ZERO).send()),
        "callout-too-large" => told(granted().body(vec![0; 1024 * 1024 + 1]).send()),
        "callout-too-many-at-once" => {
            callout::send_all((0..9).map(|_| granted())).into_iter().map(told).collect::<Vec<_>>().join(" ")
        }
        _ => "no case".to_owned(),
    }
}

/// The kind of an error, for its words are each host's own.
fn told<T>(result: Result<T, HostError>) -> String {
    match result {
        Ok(_) => "ok",
        Err(HostError::Denied(_)) => "denied",
        Err(HostError::Limit(_)) => "limit",
        Err(HostError::Timeout) => "timeout",
        Err(HostError::Unavailable(_)) => "unavailable",
        Err(HostError::Invalid(_)) => "invalid",
        Err(HostError::Conflict) => "conflict",
    }
    .to_owned()
}
