//! Running the compile child: fed through one pipe, read through another, watched on the clock.

use std::{
    ffi::OsString,
    io::{self, Read, Write},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;

use super::{error::CompileError, limits::CompileLimits};
use crate::error::quoted;

/// The largest output that is read, in bytes: far above what the largest module compiles to.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Bytes of what the child says on standard error that are read.
const WORDS: u64 = 4 * 1024;

/// Between two looks at whether a child that has closed its pipes has ended.
const LOOK: Duration = Duration::from_millis(1);

/// Runs the child on a module, and returns what it wrote if it ended well and in time.
pub(super) fn run(
    program: &Path,
    args: &[OsString],
    limits: &CompileLimits,
    wasm: &[u8],
) -> Result<Vec<u8>, CompileError> {
    let until = Instant::now() + limits.time;
    let mut child = start(program, args)?;
    let Pipes { stdin, stdout, stderr } = child.pipes();
    thread::scope(|scope| {
        let (done, wait) = mpsc::channel::<()>();
        let code = scope.spawn(move || {
            // Told by being dropped, however reading ends.
            let _done = done;
            read(stdout, LARGEST)
        });
        let words = scope.spawn(move || read(stderr, WORDS));
        // Fails when the child goes before it has read all: then its end tells why.
        scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(wasm)));

        let patience = until.saturating_duration_since(Instant::now());
        let in_time = !matches!(wait.recv_timeout(patience), Err(mpsc::RecvTimeoutError::Timeout));
        let status = if in_time { child.end(until) } else { None };
        // From here on nobody holds the other ends of the pipes, and the threads come to their ends.
        drop(child);
        let code = code.join().expect("reading does not panic");
        let words = words.join().expect("reading does not panic").unwrap_or_default();
        match status {
            None => Err(CompileError::Time(limits.time)),
            Some(status) if status.success() => code.map_err(|error| CompileError::Failed(error.to_string())),
            Some(status) => Err(ended_badly(status, &words, limits)),
        }
    })
}

/// Threads of the compiler. Two halve the time of a large module; being nice, they go behind those who serve.
const THREADS: (&str, &str) = ("RAYON_NUM_THREADS", "2");

/// A child with none of this process's environment.
fn start(program: &Path, args: &[OsString]) -> Result<Killed, CompileError> {
    let mut command = Command::new(program);
    command.args(args).env_clear().env(THREADS.0, THREADS.1).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let failed = |error: io::Error| CompileError::Start { program: program.to_owned(), error: error.to_string() };
    command.spawn().map(Killed).map_err(failed)
}

/// Reads a pipe to its end.
fn read(pipe: Option<impl Read>, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(pipe) = pipe else { return Ok(bytes) };
    pipe.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A child that does not outlive this value.
struct Killed(Child);

struct Pipes {
    stdin: Option<std::process::ChildStdin>,
    stdout: Option<std::process::ChildStdout>,
    stderr: Option<std::process::ChildStderr>,
}

impl Killed {
    fn pipes(&mut self) -> Pipes {
        let Child { stdin, stdout, stderr, .. } = &mut self.0;
        Pipes { stdin: stdin.take(), stdout: stdout.take(), stderr: stderr.take() }
    }

    /// How it ended, if it did so in time.
    fn end(&mut self, until: Instant) -> Option<ExitStatus> {
        loop {
            match self.0.try_wait() {
                Ok(None) if Instant::now() < until => thread::sleep(LOOK),
                Ok(status) => return status,
                Err(_) => return None,
            }
        }
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        // Neither fails for a child that is still there, and one that has ended is not signalled.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What a child that wrote no code died of.
fn ended_badly(status: ExitStatus, words: &[u8], limits: &CompileLimits) -> CompileError {
    let words = quoted(String::from_utf8_lossy(words).trim());
    let wanted_memory =
        ["memory allocation of", "Cannot allocate memory", "out of memory"].iter().any(|sign| words.contains(sign));
    match status.signal().and_then(|signal| Signal::try_from(signal).ok()) {
        Some(Signal::SIGXCPU) => CompileError::Cpu(limits.cpu),
        _ if wanted_memory => CompileError::Memory(limits.memory),
        Some(signal) => CompileError::Crashed(format!("{signal}: {words}")),
        None if words.is_empty() => CompileError::Failed(status.to_string()),
        None => CompileError::Failed(words),
    }
}
