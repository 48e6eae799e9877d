//! What a plugin costs beside its calls: memory of an instance, and the way to its first one.

use std::{
    fmt, fs,
    time::{Duration, Instant},
};

use anyhow::Context;
use gateway_host::{Host, HostSettings};
use serde_json::{Value, json};

use super::{
    Failure,
    subject::{Setup, refused},
};

/// Instances that are started to see what one takes.
const INSTANCES: u32 = 64;

pub(super) struct Costs {
    wasm_bytes: u64,
    /// Of one instance, by what the kernel says; an estimate.
    resident_bytes: u64,
    compile: Duration,
    /// With the compiled code on disk.
    load: Duration,
    /// One instance started, and its configuration read.
    start: Duration,
}

impl Costs {
    /// # Errors
    /// The module or its configuration is refused, or there is no room for temporary files.
    pub(super) fn measure(wasm: &[u8], setup: &Setup<'_>) -> Result<Self, Failure> {
        let facts = setup.facts;
        let folder = tempfile::tempdir().context("a folder for compiled code")?;
        let cached = || Host::new(HostSettings { cache: Some(folder.path().into()), ..setup.settings() });
        let time = |host: &Host| {
            let begun = Instant::now();
            host.load(&facts.digest, wasm).map_err(|error| refused(&error)).map(|()| begun.elapsed())
        };
        let compile = time(&cached().context("the plugin sandbox")?)?;
        let host = cached().context("the plugin sandbox")?;
        let load = time(&host)?;

        // The first instance pays for what all of them share.
        let first = setup.load(&host, wasm)?;
        let (resident, begun) = (resident()?, Instant::now());
        let mut plugins = Vec::with_capacity(INSTANCES as usize);
        for _ in 0..INSTANCES {
            plugins.push(setup.configure(&host)?);
        }
        let (start, grown) = (begun.elapsed() / INSTANCES, self::resident()?.saturating_sub(resident));
        drop((first, plugins));
        Ok(Self { wasm_bytes: facts.size, resident_bytes: grown / u64::from(INSTANCES), compile, load, start })
    }

    pub(super) fn json(&self) -> Value {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        json!({
            "wasmBytes": self.wasm_bytes, "residentBytes": self.resident_bytes, "compileUs": micros(self.compile),
            "loadUs": micros(self.load), "startUs": micros(self.start),
        })
    }
}

/// Memory of this process that is in use, in bytes.
fn resident() -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("/proc/self/status has no VmRSS")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().context("VmRSS of /proc/self/status")?;
    Ok(kib * 1024)
}

impl fmt::Display for Costs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kib = |bytes: u64| bytes as f64 / 1024.0;
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        writeln!(f, "module            {:>9.1} KiB", kib(self.wasm_bytes))?;
        writeln!(f, "an instance       {:>9.1} KiB resident, about", kib(self.resident_bytes))?;
        writeln!(f, "compile           {:>9.2} ms", ms(self.compile))?;
        writeln!(f, "load from cache   {:>9.2} ms", ms(self.load))?;
        writeln!(f, "start, configure  {:>9.3} ms", ms(self.start))
    }
}
