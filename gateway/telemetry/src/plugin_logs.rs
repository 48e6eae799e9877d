//! The last log lines of each attachment's plugin, in memory, for whoever watches one live.
//!
//! Each worker writes a part of its own, under a lock that only a reader contends for, and only while a line is written.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::SystemTime,
};

use parking_lot::Mutex;
use tracing::Level;

use crate::shard::Sharded;

/// Lines that are kept of one attachment by each worker, and told of it.
pub const LOG_LINES: usize = 200;

/// Bytes of lines that one worker keeps over all attachments.
const SHARD_BYTES: usize = 2 << 20;

/// What a line takes beside its text, about.
const OVERHEAD: usize = 128;

/// The tails of all plugins' logs; clones share them.
#[derive(Clone, Debug)]
pub struct PluginLogs(Arc<Shards>);

/// A line that a plugin wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Counts up over all lines of the process, from 1.
    pub sequence: u64,
    pub at: SystemTime,
    pub level: Level,
    pub message: Box<str>,
    /// The request that the plugin was called for; empty if there was none.
    pub request_id: Box<str>,
}

#[derive(Debug)]
struct Shards {
    last: AtomicU64,
    tails: Sharded<Mutex<Tails>>,
}

/// The lines that one worker keeps.
#[derive(Debug, Default)]
struct Tails {
    by_attachment: BTreeMap<Box<str>, VecDeque<LogLine>>,
    bytes: usize,
}

// === impl PluginLogs ===

impl PluginLogs {
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Shards { last: AtomicU64::new(0), tails: Sharded::new(workers) }))
    }

    /// Keeps a line; the oldest ones go when there are too many. The caller bounds the length and the number in a second.
    pub fn write(&self, attachment: &str, level: Level, request_id: &str, message: &str) {
        let line = LogLine {
            sequence: self.0.last.fetch_add(1, Relaxed) + 1,
            at: SystemTime::now(),
            level,
            message: message.into(),
            request_id: request_id.into(),
        };
        self.0.tails.mine().lock().push(attachment, line);
    }

    /// The newest `most` lines of an attachment whose sequence is above `after`, oldest first; [`LOG_LINES`] at most.
    #[must_use]
    pub fn tail(&self, attachment: &str, after: u64, most: usize) -> Vec<LogLine> {
        let mut lines: Vec<_> = self.0.tails.iter().flat_map(|tails| tails.lock().after(attachment, after)).collect();
        lines.sort_unstable_by_key(|line| line.sequence);
        let surplus = lines.len().saturating_sub(most.min(LOG_LINES));
        lines.split_off(surplus)
    }

    /// Forgets the lines of attachments that are no longer configured.
    pub(crate) fn retain(&self, in_use: impl Fn(&str) -> bool) {
        for tails in self.0.tails.iter() {
            tails.lock().retain(&in_use);
        }
    }
}

// === impl Tails ===

impl Tails {
    fn push(&mut self, attachment: &str, line: LogLine) {
        self.bytes += size(&line);
        // Looked up twice for a new name, so that a known one costs no allocation.
        if !self.by_attachment.contains_key(attachment) {
            self.by_attachment.insert(attachment.into(), VecDeque::new());
        }
        if let Some(tail) = self.by_attachment.get_mut(attachment) {
            tail.push_back(line);
            if tail.len() > LOG_LINES {
                self.bytes -= tail.pop_front().as_ref().map_or(0, size);
            }
        }
        while self.bytes > SHARD_BYTES {
            self.shorten();
        }
    }

    /// Takes a line from the longest tail: one that floods takes from itself, not from the quiet ones.
    fn shorten(&mut self) {
        let longest = self.by_attachment.values_mut().max_by_key(|tail| tail.len());
        self.bytes -= longest.and_then(VecDeque::pop_front).as_ref().map_or(self.bytes, size);
    }

    fn after(&self, attachment: &str, after: u64) -> Vec<LogLine> {
        let tail = self.by_attachment.get(attachment).into_iter().flatten();
        tail.filter(|line| line.sequence > after).cloned().collect()
    }

    fn retain(&mut self, in_use: impl Fn(&str) -> bool) {
        self.by_attachment.retain(|name, _| in_use(name));
        self.bytes = self.by_attachment.values().flatten().map(size).sum();
    }
}

fn size(line: &LogLine) -> usize {
    line.message.len() + line.request_id.len() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(logs: &PluginLogs, attachment: &str, after: u64, most: usize) -> Vec<String> {
        logs.tail(attachment, after, most).into_iter().map(|line| line.message.into()).collect()
    }

    #[test]
    fn the_last_lines_of_all_workers_are_told_oldest_first() {
        let logs = PluginLogs::new(2);
        logs.write("a", Level::INFO, "r-1", "one");
        let elsewhere = logs.clone();
        let worker = std::thread::spawn(move || {
            crate::enter_worker(0);
            elsewhere.write("a", Level::WARN, "r-2", "two");
            elsewhere.write("b", Level::INFO, "", "other");
        });
        worker.join().unwrap();
        logs.write("a", Level::ERROR, "r-3", "three");
        assert_eq!(messages(&logs, "a", 0, 10), ["one", "two", "three"]);
        assert_eq!(messages(&logs, "a", 0, 2), ["two", "three"]);
        assert_eq!(messages(&logs, "a", 1, 10), ["two", "three"]);
        assert_eq!(messages(&logs, "none", 0, 10), [""; 0]);
        let first = logs.tail("a", 0, 10).remove(0);
        assert_eq!((first.sequence, first.level, &*first.request_id), (1, Level::INFO, "r-1"));
    }

    #[test]
    fn a_tail_has_an_end() {
        let logs = PluginLogs::new(1);
        for number in 0..LOG_LINES + 5 {
            logs.write("a", Level::INFO, "", &number.to_string());
        }
        let kept = messages(&logs, "a", 0, usize::MAX);
        assert_eq!((kept.len(), kept[0].as_str()), (LOG_LINES, "5"));
    }

    #[test]
    fn a_flood_takes_from_itself_and_what_is_gone_is_forgotten() {
        let logs = PluginLogs::new(1);
        logs.write("quiet", Level::INFO, "", "here");
        let long = "x".repeat(64 << 10);
        for _ in 0..100 {
            logs.write("loud", Level::INFO, "", &long);
        }
        assert_eq!(messages(&logs, "quiet", 0, 10), ["here"]);
        assert!((20..40).contains(&logs.tail("loud", 0, 200).len()));
        logs.retain(|name| name == "quiet");
        assert!(logs.tail("loud", 0, 10).is_empty());
        assert_eq!(messages(&logs, "quiet", 0, 10), ["here"]);
    }
}
