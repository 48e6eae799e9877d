//! Starts the process that is to take over: the program as it is on disk now, with the arguments of this one.

use std::{
    env,
    ffi::OsString,
    io,
    process::{Command, Stdio},
    thread,
};

/// The option that has a process take over.
const TAKEOVER: &str = "--takeover";

/// Starts it. It says itself when it is ready, and whether it fails is in the log.
pub(crate) fn spawn() -> io::Result<u32> {
    let mut args = env::args_os();
    // As it was called, not the file that runs: a symbolic link may lead to another version now.
    let program = args.next().ok_or(io::ErrorKind::NotFound)?;
    let args: Vec<OsString> = args.collect();
    let takeover = (!args.iter().any(|arg| arg == TAKEOVER)).then_some(TAKEOVER);
    let mut command = Command::new(program);
    // It has another number than the process that is watched now.
    command.args(args).args(takeover).env_remove("WATCHDOG_PID").stdin(Stdio::null());
    let mut child = command.spawn()?;
    let process = child.id();
    thread::Builder::new().name("successor".into()).spawn(move || match child.wait() {
        Ok(status) => tracing::error!(process, %status, "the process that was to take over has ended"),
        Err(error) => tracing::error!(process, %error, "what became of the process that was to take over is not known"),
    })?;
    Ok(process)
}
