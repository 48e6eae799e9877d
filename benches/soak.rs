//! The soak: plugins are uploaded and swapped thousands of times under traffic, and nothing may fail or stay behind.
//!
//! `cargo bench -p gateway-benches --bench soak`; README.md beside this file explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

use std::{
    fs,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Parser;
use gateway_benches::{
    Surroundings,
    certificate::Certificate,
    contender::sluice::{
        self, Blank,
        configure::{create, module, route},
    },
    load::{Generator, Protocol, Shape, Tally, Target, Window},
    machine,
    process::Process,
    statistics::Spread,
};
use hyper::HeaderMap;
use serde_json::json;
use sluice_testkit::admin::Admin;
use tokio::runtime;

/// Swaps and uploads plugins under traffic, and looks for what failed and for what stayed behind.
///
/// Example: cargo bench -p gateway-benches --bench soak -- --swaps 1000 --uploads 100
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works.
    #[arg(long)]
    quick: bool,
    /// How often the plugin's module is swapped [default: 10000, quick 200].
    #[arg(long)]
    swaps: Option<usize>,
    /// How many modules are uploaded, no two of them alike [default: 1000, quick 20].
    #[arg(long)]
    uploads: Option<usize>,
    /// Client connections.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Actions after which memory is looked at for the first time: by then everything has been used that will be.
const SETTLED: usize = 100;

/// Modules that the plugin is swapped between.
const VERSIONS: u64 = 4;

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine::facts());
    let scratch = tempfile::tempdir()?;
    let certificate = Certificate::create(scratch.path())?;
    let (_upstream, upstream) = Process::start_listening(&mut Command::new(env!("CARGO_BIN_EXE_upstream")))?;
    let surroundings = Surroundings {
        upstream,
        certificate: &certificate,
        workers: 2,
        http2: false,
        connections: options.connections,
        scratch: scratch.path(),
    };
    let binary = sluice::build(env!("CARGO_BIN_EXE_bare_proxy").as_ref())?;
    let gateway = sluice::start_blank("soak", &binary, &surroundings)?;

    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(prepare(&gateway.admin, &surroundings))?;
    let traffic = Traffic::start(&gateway, &certificate, options.connections)?;
    let swaps = runtime.block_on(swap(&gateway, options.swaps()))?;
    let uploads = runtime.block_on(upload(&gateway, options.uploads()))?;
    let tally = traffic.stop()?;

    println!("traffic: {} requests, all answered as expected, {:.0} a second", tally.requests(), tally.rate());
    println!("swaps:   {swaps}\nuploads: {uploads}");
    ensure!(swaps.stayed_behind <= 1.05 && uploads.stayed_behind <= 1.05, "memory grew by more than 5 %");
    ensure!(swaps.instances_left == 0 && uploads.instances_left == 0, "instances of replaced plugins are left");
    Ok(())
}

/// A route with the plugin on it.
async fn prepare(admin: &Admin, surroundings: &Surroundings<'_>) -> Result<()> {
    route(admin, surroundings.upstream).await?;
    let digest = admin.upload(variant(0)?).await?;
    create(admin, "Plugin", json!({ "name": "swapped", "digest": digest })).await?;
    create(admin, "Attachment", json!({ "name": "swapped", "plugin": "swapped" })).await?;
    Ok(())
}

/// The module of the guest `header` with a custom section of its own, so that its digest is another one.
fn variant(number: u64) -> Result<Vec<u8>> {
    let mut wasm = module("guest-header")?;
    let name = b"soak";
    let size = u8::try_from(1 + name.len() + 8).context("the section is small")?;
    wasm.extend([0, size, u8::try_from(name.len()).context("the name is short")?]);
    wasm.extend(name);
    wasm.extend(number.to_le_bytes());
    Ok(wasm)
}

// === traffic ===

/// Load that goes on until it is stopped.
struct Traffic {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<Tally>>,
}

impl Traffic {
    fn start(gateway: &Blank, certificate: &Certificate, connections: usize) -> Result<Self> {
        let target = Target::new(gateway.address, certificate, Protocol::Http1, HeaderMap::new())?;
        let shape = Shape { protocol: Protocol::Http1, connections, streams: 1, threads: 1 };
        let generator = Generator::connect(shape, &target)?;
        let stop = Arc::new(AtomicBool::new(false));
        let asked = stop.clone();
        let thread = thread::spawn(move || {
            let mut total = Tally::default();
            let began = Instant::now();
            while !asked.load(Ordering::Relaxed) {
                let window = Window { requests: usize::MAX, time: Duration::from_millis(500) };
                total.add(generator.run(window)?)?;
            }
            total.elapsed = began.elapsed();
            Ok(total)
        });
        Ok(Self { stop, thread })
    }

    /// Ends the load; fails if any answer was not as expected.
    fn stop(self) -> Result<Tally> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| anyhow!("the load generator panicked"))?
    }
}

// === what is done ===

/// What many of one action came to.
struct Outcome {
    count: usize,
    /// Milliseconds for one.
    time: Spread,
    /// MiB of resident memory after the first [`SETTLED`], and at the end.
    resident: (f64, f64),
    /// The end's memory divided by that before.
    stayed_behind: f64,
    /// Live instances at the end beyond those before.
    instances_left: i64,
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { count, time, resident: (before, after), stayed_behind, instances_left } = self;
        write!(
            f,
            "{count}, each in {:.1} ms ({:.1}-{:.1}); resident {before:.1} MiB after {SETTLED}, {after:.1} MiB at the end \
             (x {stayed_behind:.3}); {instances_left} instances more than before",
            time.median, time.min, time.max
        )
    }
}

async fn swap(gateway: &Blank, count: usize) -> Result<Outcome> {
    let mut digests = Vec::new();
    for number in 0..VERSIONS {
        digests.push(gateway.admin.upload(variant(number)?).await?);
    }
    measure(gateway, "swap", count, async |turn| {
        let digest = &digests[turn % digests.len()];
        let mutation =
            "mutation($input: UpdatePluginInput!) { updatePlugin(input: $input) { userErrors { path message } } }";
        let input = json!({ "name": "swapped", "digest": digest });
        gateway.admin.mutate(mutation, json!({ "input": input })).await.map(drop)
    })
    .await
}

async fn upload(gateway: &Blank, count: usize) -> Result<Outcome> {
    measure(gateway, "upload", count, async |turn| {
        let number = VERSIONS + u64::try_from(turn)?;
        gateway.admin.upload(variant(number)?).await.map(drop)
    })
    .await
}

async fn measure(
    gateway: &Blank,
    what: &str,
    count: usize,
    action: impl AsyncFn(usize) -> Result<()>,
) -> Result<Outcome> {
    let settled = SETTLED.min(count / 2);
    let mut times = Vec::with_capacity(count);
    let (mut resident_before, mut instances_before) = (0.0, 0);
    for turn in 0..count {
        if turn == settled {
            (resident_before, instances_before) = (resident(&gateway.process)?, instances(&gateway.admin).await?);
        }
        let began = Instant::now();
        action(turn).await.with_context(|| format!("{what} {turn}"))?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        if turn % 500 == 499 {
            eprintln!("{what} {} of {count}: {:.1} MiB", turn + 1, resident(&gateway.process)?);
        }
    }
    let resident_after = resident(&gateway.process)?;
    Ok(Outcome {
        count,
        time: Spread::of(times).context("nothing was done")?,
        resident: (resident_before, resident_after),
        stayed_behind: resident_after / resident_before,
        instances_left: settles(gateway, instances_before).await?,
    })
}

/// Live instances beyond `before`, once those of the last swap are gone: the longest request is far below this wait.
async fn settles(gateway: &Blank, before: i64) -> Result<i64> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let more = instances(&gateway.admin).await? - before;
        if more <= 0 || Instant::now() > deadline {
            return Ok(more.max(0));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

// === what is looked at ===

/// Resident memory of a process in MiB.
fn resident(process: &Process) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib / 1024.0)
}

/// The gauge of live instances over all attachments.
async fn instances(admin: &Admin) -> Result<i64> {
    let (_, page) = admin.page("/metrics").await?;
    let lines = page.lines().filter(|line| line.starts_with("sluice_plugin_instances{"));
    let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
    Ok(values.sum::<f64>() as i64)
}

impl Options {
    fn is_quick(&self) -> bool {
        self.quick || !self.bench
    }

    fn swaps(&self) -> usize {
        self.swaps.unwrap_or(if self.is_quick() { 200 } else { 10_000 })
    }

    fn uploads(&self) -> usize {
        self.uploads.unwrap_or(if self.is_quick() { 20 } else { 1_000 })
    }
}
