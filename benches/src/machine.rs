//! What a figure has to be read with: machine, versions, load by others.

use std::{fs, process::Command, thread};

/// One fact per line, for the head of a report.
pub fn facts() -> String {
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    let build = if cfg!(debug_assertions) { "DEBUG, its figures mean nothing" } else { "optimised" };
    [
        format!("machine: {cores} cores, {}", processor()),
        format!("kernel:  {}", line_of("/proc/sys/kernel/osrelease")),
        format!("rustc:   {}, {build}", compiler()),
        format!("load:    {} (1, 5, 15 minutes, before the run)", load_average()),
    ]
    .join("\n")
}

fn processor() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(|| "unknown processor".to_owned(), |(_, name)| name.trim().to_owned())
}

fn load_average() -> String {
    line_of("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

fn line_of(file: &str) -> String {
    fs::read_to_string(file).map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output().ok().filter(|output| output.status.success());
    output
        .map_or_else(|| "unknown rustc".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
