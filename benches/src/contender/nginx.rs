//! nginx as a plain reverse proxy or with a cache, where it is installed.

use std::{
    fs,
    net::SocketAddr,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use hyper::HeaderMap;

use super::{free_address, wait_until_accepting};
use crate::{Contender, Surroundings, process::Process};

/// What it does with the upstream's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answers {
    Passed,
    Kept,
}

/// Starts nginx, or answers `None` when it is not on `PATH`.
///
/// # Errors
/// When it is there and does not start.
pub fn start(surroundings: &Surroundings<'_>) -> Result<Option<Contender>> {
    start_as("nginx", Answers::Passed, surroundings)
}

/// Starts nginx with a cache, which is on disk: what is asked for is in the kernel's page cache, and its file stays open.
/// Its processes must be able to enter the scratch folder.
///
/// # Errors
/// As [`start`].
pub fn start_caching(surroundings: &Surroundings<'_>) -> Result<Option<Contender>> {
    start_as("nginx, proxy_cache", Answers::Kept, surroundings)
}

fn start_as(name: &str, answers: Answers, surroundings: &Surroundings<'_>) -> Result<Option<Contender>> {
    if !is_installed() {
        return Ok(None);
    }
    let folder = surroundings.scratch.join("nginx");
    fs::create_dir_all(&folder)?;
    let address = free_address()?;
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration(answers, surroundings, address))?;

    let mut command = Command::new("nginx");
    command.arg("-p").arg(&folder).arg("-c").arg(&file).arg("-e").arg("stderr");
    let mut process = Process::start(&mut command)?;
    wait_until_accepting(&mut process, address).context("nginx did not start")?;
    Ok(Some(Contender { name: name.to_owned(), process, beside: Vec::new(), address, headers: HeaderMap::new() }))
}

fn is_installed() -> bool {
    Command::new("nginx")
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Logs off and connections kept on both sides, as for the other contenders.
fn configuration(answers: Answers, surroundings: &Surroundings<'_>, address: SocketAddr) -> String {
    let Surroundings { upstream, certificate, workers, connections, http2, .. } = surroundings;
    let http2 = if *http2 { "http2" } else { "" };
    let certificate_file = certificate.certificate.display();
    let key_file = certificate.key.display();
    let (cache, is_cached) = match answers {
        Answers::Passed => ("", ""),
        Answers::Kept => (
            "proxy_cache_path cache keys_zone=bench:8m max_size=64m inactive=1d; open_file_cache max=1000 inactive=1d;",
            "proxy_cache bench; proxy_cache_lock on;",
        ),
    };
    format!(
        "daemon off;
pid nginx.pid;
error_log stderr error;
worker_processes {workers};
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
    client_body_temp_path client;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    ssl_protocols TLSv1.3;
    ssl_certificate {certificate_file};
    ssl_certificate_key {key_file};
    {cache}
    upstream origin {{
        server {upstream};
        keepalive {connections};
        keepalive_timeout 600s;
        keepalive_requests 1000000000;
    }}
    server {{
        listen {address} ssl {http2} reuseport;
        location / {{
            proxy_pass http://origin;
            proxy_http_version 1.1;
            proxy_set_header Connection \"\";
            proxy_set_header Host $host;
            {is_cached}
        }}
    }}
}}
"
    )
}
