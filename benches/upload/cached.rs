//! How long a module takes whose compiled code is on disk, as after a restart.

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::{Result, ensure};
use gateway_benches::{contender::sluice::configure, statistics::Spread, table};
use gateway_host::{Host, HostSettings};
use gateway_model::{Digest, FailurePolicy, Isolation, ResolvedAttachment};

use crate::large::Guest;

/// Milliseconds of one way from the disk to a plugin that can be called.
struct Start {
    load: f64,
    configure: f64,
}

/// A table of `rounds` starts of a small module and of a large one.
///
/// # Errors
/// When the host refuses a module.
pub(crate) fn measure(guest: &Guest, folder: &Path, rounds: usize) -> Result<String> {
    gateway_telemetry::enter_worker(0);
    let modules = [("guest-typical", configure::module("guest-typical")?), ("2 MiB", guest.enlarged(0)?)];
    let mut rows = vec![["module", "KiB", "load ms", "configure ms", "both ms"].map(str::to_owned)];
    for (name, wasm) in &modules {
        let starts = starts(wasm, folder, rounds)?;
        let spread = |value: fn(&Start) -> f64| Spread::of(starts.iter().map(value));
        let (load, configure, both) =
            (spread(|it| it.load), spread(|it| it.configure), spread(|it| it.load + it.configure));
        let cells = [load, configure, both].map(|spread| spread.map(|it| it.to_string()).unwrap_or_default());
        let [load, configure, ready] = cells;
        rows.push([(*name).to_owned(), (wasm.len() >> 10).to_string(), load, configure, ready]);
    }
    Ok(table::render(&rows))
}

/// A host for each, as a process that starts has one; all share the folder, and the first has compiled.
fn starts(wasm: &[u8], folder: &Path, rounds: usize) -> Result<Vec<Start>> {
    let digest = host(folder)?.inspect(wasm)?.digest;
    (0..rounds).map(|_| start(&host(folder)?, &digest, wasm)).collect()
}

fn start(host: &Host, digest: &Digest, wasm: &[u8]) -> Result<Start> {
    let began = Instant::now();
    host.load(digest, wasm)?;
    let loaded = Instant::now();
    let plugin = host.configure(&attachment(digest))?;
    let configured = Instant::now();
    ensure!(!plugin.is_blocking(), "the guest does not wait");
    let ms = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1e3;
    Ok(Start { load: ms(began, loaded), configure: ms(loaded, configured) })
}

fn host(folder: &Path) -> Result<Host> {
    Ok(Host::new(HostSettings { cache: Some(folder.to_owned()), ..HostSettings::offline() })?)
}

fn attachment(digest: &Digest) -> Arc<ResolvedAttachment> {
    Arc::new(ResolvedAttachment {
        name: "cached".into(),
        plugin: "cached".into(),
        digest: digest.clone(),
        config: "{}".into(),
        grants: Vec::new(),
        on_failure: FailurePolicy::Closed,
        isolation: Isolation::Shared,
        deadline_ms: None,
        quarantined: false,
    })
}
