//! Varnish behind hitch, which speaks TLS for it, where both are installed.

use std::{
    fs,
    net::SocketAddr,
    os::unix::net::UnixStream,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use hyper::HeaderMap;
use nix::unistd::Uid;

use super::{free_address, wait_until_accepting};
use crate::{Contender, Surroundings, process::Process};

/// How long Varnish may take from its start until it listens: it compiles its configuration with a C compiler.
const START_LIMIT: Duration = Duration::from_secs(30);

/// As whom hitch runs where it is started as root, which it refuses to stay.
const HITCH_USER: &str = "nobody";

/// What of a hit would go to its log in memory: logs are off for all contenders.
const LOGGED: [&str; 24] = [
    "Begin",
    "End",
    "Hit",
    "Link",
    "Proxy",
    "ReqAcct",
    "ReqHeader",
    "ReqMethod",
    "ReqProtocol",
    "ReqStart",
    "ReqURL",
    "ReqUnset",
    "RespHeader",
    "RespMethod",
    "RespProtocol",
    "RespReason",
    "RespStatus",
    "RespURL",
    "RespUnset",
    "SessOpen",
    "SessClose",
    "Timestamp",
    "VCL_call",
    "VCL_return",
];

/// Starts both, or answers `None` when one of them is not on `PATH`. They must be able to enter the scratch folder.
///
/// # Errors
/// When they are there and do not start.
pub fn start(surroundings: &Surroundings<'_>) -> Result<Option<Contender>> {
    if !is_installed("varnishd", "-V") || !is_installed("hitch", "--version") {
        return Ok(None);
    }
    let folder = surroundings.scratch.join("varnish");
    fs::create_dir_all(&folder)?;
    let socket = folder.join("varnish.sock");
    let varnish = start_varnish(&folder, &socket, surroundings).context("varnish did not start")?;
    let address = free_address()?;
    let hitch = start_hitch(&folder, &socket, address, surroundings).context("hitch did not start")?;
    let headers = HeaderMap::new();
    Ok(Some(Contender { name: "varnish + hitch".to_owned(), process: hitch, beside: vec![varnish], address, headers }))
}

fn is_installed(name: &str, version: &str) -> bool {
    let tried = Command::new(name).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

/// With as many threads as there are connections: each request takes one.
fn start_varnish(folder: &Path, socket: &Path, surroundings: &Surroundings<'_>) -> Result<Process> {
    let configuration = folder.join("bench.vcl");
    let (host, port) = (surroundings.upstream.ip(), surroundings.upstream.port());
    fs::write(&configuration, format!("vcl 4.1;\nbackend origin {{ .host = \"{host}\"; .port = \"{port}\"; }}\n"))?;
    let mut command = Command::new("varnishd");
    command.args(["-F", "-j", "none", "-T", "none", "-s", "malloc,64m"]);
    command.arg("-n").arg(folder.join("work")).arg("-f").arg(&configuration);
    command.arg("-a").arg(format!("{},PROXY,mode=666", socket.display()));
    let threads = surroundings.connections + 10;
    let mask = LOGGED.map(|tag| format!("-{tag}")).join(",");
    let parameters = [
        "thread_pools=1".to_owned(),
        format!("thread_pool_max={}", threads.max(100)),
        format!("thread_pool_min={threads}"),
        "timeout_idle=600".to_owned(),
        "http_req_size=64k".to_owned(),
        format!("vsl_mask={mask}"),
    ];
    for parameter in parameters {
        command.arg("-p").arg(parameter);
    }
    // It reports its start and its end as if they were errors.
    let mut process = Process::start(command.stderr(Stdio::null()))?;
    let deadline = Instant::now() + START_LIMIT;
    // The file is there long before anybody listens.
    while UnixStream::connect(socket).is_err() {
        process.check_running()?;
        ensure!(Instant::now() < deadline, "nobody listens on {} after {START_LIMIT:?}", socket.display());
        thread::sleep(Duration::from_millis(10));
    }
    Ok(process)
}

/// Connected by a socket in the file system, as its manual advises.
fn start_hitch(folder: &Path, socket: &Path, address: SocketAddr, surroundings: &Surroundings<'_>) -> Result<Process> {
    let Surroundings { certificate, workers, http2, .. } = surroundings;
    let chain = folder.join("hitch.pem");
    let (key, own) = (fs::read_to_string(&certificate.key)?, fs::read_to_string(&certificate.certificate)?);
    fs::write(&chain, key + &own)?;
    let user = if Uid::current().is_root() { format!("user = \"{HITCH_USER}\"") } else { String::new() };
    let protocol = if *http2 { "h2" } else { "http/1.1" };
    let file = folder.join("hitch.conf");
    let text = format!(
        "frontend = \"[{}]:{}\"
backend = \"{}\"
pem-file = \"{}\"
workers = {workers}
tls-protos = TLSv1.3
alpn-protos = \"{protocol}\"
write-proxy-v2 = on
quiet = on
{user}
",
        address.ip(),
        address.port(),
        socket.display(),
        chain.display()
    );
    fs::write(&file, text)?;
    let mut command = Command::new("hitch");
    command.arg(format!("--config={}", file.display()));
    let mut process = Process::start(&mut command)?;
    wait_until_accepting(&mut process, address)?;
    Ok(process)
}
