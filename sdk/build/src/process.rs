//! Runs other programs quietly, and no longer than they may take.

use std::{
    io::{ErrorKind, Read},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, bail};

/// Runs a program to its end and returns what it printed.
///
/// # Errors
///
/// The program is not there, fails (the error then carries what it said), or takes longer than `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> anyhow::Result<String> {
    let deadline = Instant::now() + limit;
    let name = describe(command);
    let mut child = spawn(command)?;
    let stdout = drain(child.stdout.take().expect("stdout is piped"));
    let stderr = drain(child.stderr.take().expect("stderr is piped"));

    let (Some(stdout), Some(stderr)) = (wait(&stdout, deadline), wait(&stderr, deadline)) else {
        end(&mut child);
        bail!("`{name}` did not finish within {} s", limit.as_secs());
    };
    let status = child.wait().with_context(|| format!("lost sight of `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status}): {}", stderr.trim());
    }
    Ok(stdout)
}

fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Their complaints are quoted to people; rustup's would otherwise be buried under its own backtrace.
    command.env("RUST_BACKTRACE", "0");
    command.spawn().map_err(|error| missing(command, error))
}

/// Says which program could not be started.
pub(crate) fn missing(command: &Command, error: std::io::Error) -> anyhow::Error {
    let program = command.get_program().display();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no `{program}` on this machine"),
        _ => anyhow!("cannot run `{program}`: {error}"),
    }
}

/// Reads a pipe to its end beside the others, since a full pipe would stall the program.
fn drain(mut pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before an error is still worth reporting; the exit status says the rest.
        pipe.read_to_end(&mut bytes).unwrap_or_default();
        // Nobody listens any more once the deadline has passed.
        sender.send(String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    });
    receiver
}

fn wait(output: &Receiver<String>, deadline: Instant) -> Option<String> {
    output.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()
}

/// Ends a program that overstayed; either call fails only if it has ended by itself.
fn end(child: &mut Child) {
    child.kill().unwrap_or_default();
    drop(child.wait());
}

fn describe(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(60);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_that_succeeds_returns_what_it_printed() {
        assert_eq!(run(&mut shell("echo out; echo noise >&2"), PATIENCE).unwrap(), "out\n");
    }

    #[test]
    fn a_program_that_fails_is_quoted() {
        let error = run(&mut shell("echo no such target >&2; exit 3"), PATIENCE).unwrap_err().to_string();
        assert!(error.contains("no such target") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("no-such-program"), PATIENCE).unwrap_err().to_string();
        assert_eq!(error, "there is no `no-such-program` on this machine");
    }

    #[test]
    fn a_program_that_overstays_is_ended() {
        let error = run(Command::new("sleep").arg("600"), Duration::from_millis(20)).unwrap_err().to_string();
        assert!(error.contains("did not finish"), "{error}");
    }
}
