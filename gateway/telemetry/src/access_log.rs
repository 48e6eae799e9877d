//! The access log: one JSON line per request, written when its response has ended.
//!
//! Each worker formats lines into its own buffer and hands full buffers to one writer thread over a bounded channel.
//! When that channel is full, because the log's reader is slow, lines are dropped and counted: logging never delays a request.

mod json;
mod record;
mod timestamp;

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
    sync::mpsc::{self, Receiver, SyncSender, TrySendError},
    thread,
};

pub use self::record::{Ended, Record};
use self::timestamp::Clock;
use crate::instrument::Counter;

/// A buffer with so many bytes is handed over; further lines are likely to fit into what the operating system writes at once.
const BATCH: usize = 16 * 1024;
/// Room for the line that fills a batch.
const LONGEST_LINE: usize = 4 * 1024;
/// Batches on their way to the writer: with [`BATCH`] about a megabyte.
const QUEUED_BATCHES: usize = 64;

/// Where access-log lines go; clones go to the same place.
#[derive(Clone, Debug)]
pub struct AccessLog {
    writer: Option<SyncSender<Message>>,
    dropped: Counter,
}

/// The lines of one worker that are still to be handed over.
#[derive(Debug)]
pub struct AccessLogBuffer {
    log: AccessLog,
    lines: Vec<u8>,
    count: u64,
    clock: Clock,
}

#[derive(Debug)]
enum Message {
    Lines {
        text: Vec<u8>,
        count: u64,
    },
    /// Answered when all that was sent before is written.
    Flush(SyncSender<()>),
}

// === impl AccessLog ===

impl AccessLog {
    /// No access log.
    #[must_use]
    pub fn off(dropped: Counter) -> Self {
        Self { writer: None, dropped }
    }

    /// Lines on standard output.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn stdout(dropped: Counter) -> io::Result<Self> {
        Self::to(io::stdout(), dropped)
    }

    /// Lines at the end of a file, which is created if need be.
    ///
    /// # Errors
    /// When the file cannot be opened for writing or no thread can be started.
    pub fn file(path: &Path, dropped: Counter) -> io::Result<Self> {
        Self::to(OpenOptions::new().create(true).append(true).open(path)?, dropped)
    }

    /// Lines to any sink; `dropped` counts the ones that are lost.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn to(sink: impl Write + Send + 'static, dropped: Counter) -> io::Result<Self> {
        let (writer, messages) = mpsc::sync_channel(QUEUED_BATCHES);
        let lost = dropped.clone();
        thread::Builder::new().name("access-log".into()).spawn(move || write_all(sink, &messages, &lost))?;
        Ok(Self { writer: Some(writer), dropped })
    }

    /// A buffer for one worker.
    #[must_use]
    pub fn buffer(&self) -> AccessLogBuffer {
        let room = if self.writer.is_some() { BATCH + LONGEST_LINE } else { 0 };
        AccessLogBuffer { log: self.clone(), lines: Vec::with_capacity(room), count: 0, clock: Clock::default() }
    }

    /// Waits until all lines that were handed over are written. Blocks; call it when the workers have ended.
    pub fn flush(&self) {
        let Some(writer) = &self.writer else { return };
        let (done, wait) = mpsc::sync_channel(1);
        if writer.send(Message::Flush(done)).is_ok() {
            // An error means that the writer thread has ended: there is nothing left to wait for.
            wait.recv().unwrap_or_default();
        }
    }
}

// === impl AccessLogBuffer ===

impl AccessLogBuffer {
    /// Adds a line, and hands the buffer over when it is full.
    pub fn write(&mut self, record: &Record<'_>) {
        if self.log.writer.is_none() {
            return;
        }
        record.write(&mut self.lines, &mut self.clock);
        self.count += 1;
        if self.lines.len() >= BATCH {
            self.hand_over();
        }
    }

    /// Hands over what there is. To be called every 100 ms or so, that no line waits for a batch to fill.
    pub fn hand_over(&mut self) {
        let Some(writer) = self.log.writer.as_ref().filter(|_| self.count > 0) else { return };
        let text = std::mem::replace(&mut self.lines, Vec::with_capacity(BATCH + LONGEST_LINE));
        let count = std::mem::take(&mut self.count);
        match writer.try_send(Message::Lines { text, count }) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => self.log.dropped.add(count),
        }
    }
}

impl Drop for AccessLogBuffer {
    fn drop(&mut self) {
        self.hand_over();
    }
}

/// Runs on the writer's thread until the last sender is gone.
fn write_all(mut sink: impl Write, messages: &Receiver<Message>, lost: &Counter) {
    while let Ok(message) = messages.recv() {
        match message {
            Message::Lines { text, count } => {
                if let Err(error) = sink.write_all(&text).and_then(|()| sink.flush()) {
                    tracing::warn!(%error, lines = count, "access-log lines could not be written");
                    lost.add(count);
                }
            }
            // Whoever asked may have stopped waiting.
            Message::Flush(done) => done.send(()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;
