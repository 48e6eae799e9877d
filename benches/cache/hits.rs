//! What a hit costs, beside other caches and beside a request that goes to the upstream.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use gateway_benches::{
    Contender, Surroundings,
    contender::{nginx, varnish},
    cores,
    load::{Generator, Shape, Target, Window},
    report,
    rounds::{self, Plan, Sample},
    statistics::Spread,
    table,
};
use hyper::HeaderMap;

use crate::{origin::Origin, stage::Gateway};

/// Our own gateway without a plugin, with which the others are compared.
const PROXIED: &str = "sluice, proxied";

/// The one this is about.
const HIT: &str = "sluice, hit";

/// What a hit may cost of a proxied request.
const SHARE: f64 = 0.6;

/// The tables, and what was promised and not reached.
pub(crate) struct Report {
    pub(crate) lines: Vec<String>,
    pub(crate) broken: Vec<String>,
}

pub(crate) fn run(
    plan: Plan,
    only: &[String],
    binary: &Path,
    surroundings: &Surroundings<'_>,
    origin: &Origin,
) -> Result<Report> {
    let contenders = contenders(only, binary, surroundings)?;
    for contender in &contenders {
        fill(contender, plan.shape, surroundings).with_context(|| contender.name.clone())?;
    }
    let (mut before, mut wrong) = (origin.asked(), Vec::new());
    let samples = rounds::run(plan, &contenders, surroundings.certificate, |round, contender, sample| {
        let asked = origin.asked() - std::mem::replace(&mut before, origin.asked());
        if (contender.name == PROXIED) == (asked == 0) {
            wrong.push(format!("{}, round {round}: {asked} requests to the upstream", contender.name));
        }
        eprintln!("round {round}/{}  {:20} {:7.2} µs", plan.rounds, contender.name, sample.cpu_micros_per_request());
    })?;
    ensure!(wrong.is_empty(), "{}", wrong.join("; "));
    let names: Vec<&str> = contenders.iter().map(|contender| contender.name.as_str()).collect();
    let mut lines = vec![report::table(&names, &samples)];
    let ratios = ratios(&names, &samples);
    if !ratios.is_empty() {
        let rows = ratios.iter().map(|(name, ratio)| {
            let half = format!("{:.2}–{:.2}", ratio.lower_quartile, ratio.upper_quartile);
            [(*name).to_owned(), ratio.to_string(), half]
        });
        let titles = ["a hit", "×", "middle half"].map(str::to_owned);
        lines.push(table::render(&std::iter::once(titles).chain(rows).collect::<Vec<_>>()));
    }
    Ok(Report { lines, broken: broken(&ratios) })
}

fn contenders(only: &[String], binary: &Path, surroundings: &Surroundings<'_>) -> Result<Vec<Contender>> {
    let wants = |name: &str| only.is_empty() || only.iter().any(|text| name.contains(text.as_str()));
    let mut contenders = Vec::new();
    for (name, caches) in [(PROXIED, false), (HIT, true)] {
        if wants(name) {
            contenders.push(Gateway::start(name, caches, binary, surroundings)?.contender);
        }
    }
    if wants("nginx") {
        match cores::on_last(|| nginx::start_caching(surroundings))? {
            Some(nginx) => contenders.push(nginx),
            None => eprintln!("note: nginx is left out, it is not on PATH"),
        }
    }
    if wants("varnish") {
        match cores::on_last(|| varnish::start(surroundings))? {
            Some(varnish) => contenders.push(varnish),
            None => eprintln!("note: varnish is left out, varnishd and hitch are not both on PATH"),
        }
    }
    ensure!(!contenders.is_empty(), "no contender has {} in its name", only.join(" or "));
    Ok(contenders)
}

/// One request, so that what is asked for afterwards is there.
fn fill(contender: &Contender, shape: Shape, surroundings: &Surroundings<'_>) -> Result<()> {
    let target = Target::new(contender.address, surroundings.certificate, shape.protocol, HeaderMap::new())?;
    let generator = Generator::connect(Shape { connections: 1, streams: 1, ..shape }, &target)?;
    generator.run(Window { requests: 1, time: std::time::Duration::from_secs(5) })?;
    Ok(())
}

/// What our hit costs beside each of the others, within each round.
fn ratios<'a>(names: &[&'a str], samples: &[Vec<Sample>]) -> Vec<(&'a str, Spread)> {
    let Some(hits) = names.iter().position(|name| *name == HIT).map(|place| &samples[place]) else {
        return Vec::new();
    };
    let others = names.iter().zip(samples).filter(|(name, _)| **name != HIT);
    let beside = |other: &[Sample]| {
        let pairs = hits.iter().zip(other);
        Spread::of(pairs.map(|(hit, other)| hit.cpu_micros_per_request() / other.cpu_micros_per_request()))
    };
    others.filter_map(|(name, other)| Some((*name, beside(other)?))).collect()
}

fn broken(ratios: &[(&str, Spread)]) -> Vec<String> {
    let most = |name: &str| if name == PROXIED { SHARE } else { 1.0 };
    let missed = ratios.iter().filter(|(name, ratio)| ratio.median > most(name));
    missed.map(|(name, ratio)| format!("a hit costs {ratio} of {name}, {} was promised", most(name))).collect()
}
