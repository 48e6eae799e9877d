//! An answer that is far larger than what the cache may take.

use std::{fs, time::Instant};

use anyhow::{Context, Result, ensure};
use gateway_benches::{
    certificate::Certificate,
    load::{Protocol, Target, download::download},
    statistics::Spread,
    table,
};
use hyper::HeaderMap;

use crate::{origin::large, stage::Gateway};

const MEBIBYTE: f64 = (1 << 20) as f64;

/// One answer, read to its end.
struct Passed {
    /// Mebibytes a second.
    rate: f64,
    /// CPU milliseconds of the gateway for each gibibyte.
    cpu: f64,
    /// The most memory that the gateway has occupied meanwhile, in mebibytes.
    peak: f64,
}

/// Asks each gateway in turn for the large answer, with its length in its head and without.
pub(crate) fn run(gateways: &[Gateway], certificate: &Certificate, bytes: u64, rounds: usize) -> Result<String> {
    let titles = ["answer", "gateway", "MiB/s", "CPU ms/GiB", "× without cache", "peak MiB", "MiB before"];
    let mut rows = vec![titles.map(str::to_owned)];
    for says_length in [true, false] {
        let kind = if says_length { "with length" } else { "chunked" };
        let mut passed: Vec<Vec<Passed>> = gateways.iter().map(|_| Vec::new()).collect();
        let before = gateways.iter().map(|gateway| memory(gateway, "VmRSS")).collect::<Result<Vec<_>>>()?;
        for _ in 0..rounds {
            for (gateway, passed) in gateways.iter().zip(&mut passed) {
                passed.push(pass(gateway, certificate, &large(says_length), bytes)?);
            }
        }
        for ((gateway, own), before) in gateways.iter().zip(&passed).zip(before) {
            let spread = |value: fn(&Passed) -> f64| Spread::of(own.iter().map(value)).context("no rounds");
            let pairs = own.iter().zip(&passed[0]);
            let ratio = Spread::of(pairs.map(|(own, first)| own.cpu / first.cpu)).context("no rounds")?;
            rows.push([
                kind.to_owned(),
                gateway.contender.name.clone(),
                format!("{:.0}", spread(|passed| passed.rate)?),
                format!("{:.0}", spread(|passed| passed.cpu)?),
                ratio.to_string(),
                format!("{:.1}", spread(|passed| passed.peak)?.max),
                format!("{before:.1}"),
            ]);
        }
    }
    Ok(table::render(&rows))
}

fn pass(gateway: &Gateway, certificate: &Certificate, path: &str, bytes: u64) -> Result<Passed> {
    let target = Target::new(gateway.contender.address, certificate, Protocol::Http1, HeaderMap::new())?;
    // From now on the peak counts anew (proc(5), clear_refs).
    fs::write(format!("/proc/{}/clear_refs", gateway.contender.process.id()), "5")?;
    let (began, before) = (Instant::now(), gateway.contender.cpu_time()?);
    let length = download(&target, path)?;
    let (took, cpu) = (began.elapsed().as_secs_f64(), gateway.contender.cpu_time()? - before);
    ensure!(length == bytes, "{length} bytes of {bytes}");
    let mebibytes = bytes as f64 / MEBIBYTE;
    let cpu = cpu.as_secs_f64() * 1000.0 / (mebibytes / 1024.0);
    Ok(Passed { rate: mebibytes / took, cpu, peak: memory(gateway, "VmHWM")? })
}

/// What the gateway occupies, in mebibytes.
fn memory(gateway: &Gateway, field: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", gateway.contender.process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kibibytes = line.with_context(|| format!("no {field}"))?.trim().trim_end_matches("kB").trim();
    Ok(kibibytes.parse::<f64>()? / 1024.0)
}
