//! A child process that ends with its owner.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// How long a child may take to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running child; dropped, it is asked to end, killed if it does not, and waited for.
pub struct Process {
    child: Child,
    /// Held open, so that a child that prints more does not die of it.
    output: Option<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts `command` with its output thrown away; its errors go to ours.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        Self::spawn(command.stdout(Stdio::null()))
    }

    /// Starts `command` and waits for the first line of its output, which must be the address it listens on.
    ///
    /// # Errors
    /// When it cannot be started, ends before it prints, or prints something else.
    pub fn start_listening(command: &mut Command) -> Result<(Self, SocketAddr)> {
        let mut process = Self::spawn(command.stdout(Stdio::piped()))?;
        let line = process.line()?;
        let address =
            line.trim().parse().with_context(|| format!("{command:?} printed {line:?} where its address was due"))?;
        Ok((process, address))
    }

    fn spawn(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start {command:?}"))?;
        let output = child.stdout.take().map(BufReader::new);
        Ok(Self { child, output })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.as_mut().context("the child's output is not ours to read")?.read_line(&mut line)?;
        Ok(line)
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Confirms that the child still runs.
    ///
    /// # Errors
    /// When it has ended.
    pub fn check_running(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("process {} ended early: {status}", self.child.id()),
            None => Ok(()),
        }
    }
}

impl Drop for Process {
    /// Asks before it kills, so that a parent like nginx can end its own children.
    fn drop(&mut self) {
        if !self.end_politely() {
            // Both fail only when it has ended by itself.
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

impl Process {
    /// Whether the child ended within [`PATIENCE`] of being asked.
    fn end_politely(&mut self) -> bool {
        let asked = i32::try_from(self.id()).is_ok_and(|id| kill(Pid::from_raw(id), Signal::SIGTERM).is_ok());
        let deadline = Instant::now() + PATIENCE;
        while asked && Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            thread::sleep(Duration::from_millis(5));
        }
        false
    }
}
