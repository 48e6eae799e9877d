//! SIGHUP: what of the settings can change while serving does, and of the rest is said that it does not.

use std::path::Path;

use anyhow::Result;
use toml::{Table, Value};

use super::{Settings, source::leaves};

/// Settings that change while serving.
const CHANGING: [&str; 3] = ["log.level", "shutdown.delay_ms", "shutdown.grace_ms"];

impl Settings {
    /// Reads the settings again, and has those that can change do so; answers what holds from now on. A file that cannot be
    /// used changes nothing. The log says what became of it.
    pub(crate) fn reload(&self, file: Option<&Path>) -> Self {
        match self.reloaded(file) {
            Ok(settings) => settings,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the settings stay as they were");
                self.clone()
            }
        }
    }

    fn reloaded(&self, file: Option<&Path>) -> Result<Self> {
        let read = Self::load(file, std::env::vars())?;
        let changed = self.differences(&read);
        let (changing, fixed): (Vec<_>, Vec<_>) =
            changed.into_iter().partition(|name| CHANGING.contains(&name.as_str()));
        if self.log.level != read.log.level {
            gateway_telemetry::logging::set_filter(&read.log.level)?;
        }
        if !fixed.is_empty() {
            tracing::warn!(settings = fixed.join(", "), "changed settings that take a restart, or an upgrade");
        }
        tracing::info!(settings = changing.join(", "), "the settings were read again");
        let mut settings = self.clone();
        settings.log.level = read.log.level;
        settings.shutdown = read.shutdown;
        Ok(settings)
    }

    /// The names of the settings that are not the same in both.
    fn differences(&self, other: &Self) -> Vec<String> {
        let [one, other] = [self, other].map(|settings| {
            let table = Table::try_from(settings).expect("settings are what TOML can hold");
            let named = |(path, value): (Vec<String>, &Value)| (path.join("."), value.clone());
            leaves(&table).into_iter().map(named).collect::<Vec<_>>()
        });
        let mut names: Vec<String> = one
            .iter()
            .chain(&other)
            .filter(|leaf| !(one.contains(leaf) && other.contains(leaf)))
            .map(|(name, _)| name.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn settings_that_differ_are_named_and_their_values_are_not() {
        let (one, mut other) = (Settings::default(), Settings::default());
        assert!(one.differences(&other).is_empty());
        other.http.enabled = false;
        other.shutdown.grace_ms += 1;
        let store = super::super::Store { url: "redis://:hush@a:1".into(), ..super::super::Store::default() };
        other.stores.insert("shared".into(), store);
        let named = one.differences(&other);
        assert_eq!(named[..2], ["http.enabled", "shutdown.grace_ms"]);
        assert!(named[2..].iter().all(|name| name.starts_with("stores.shared.")), "{named:?}");
    }

    #[test]
    fn what_can_change_does_and_the_rest_stays() {
        let file = write("workers = 9\n[shutdown]\ngrace_ms = 7\ndelay_ms = 8");
        let settings = Settings::default().reload(Some(file.path()));
        assert_eq!((settings.shutdown.grace_ms, settings.shutdown.delay_ms), (7, 8));
        assert_eq!(settings.workers, Settings::default().workers);
    }

    #[test]
    fn a_file_that_cannot_be_used_changes_nothing() {
        for faulty in ["[shutdown]\ngrace_ms = 7\n[http]\nport = 1", "[shutdown]\ngrace_ms = 7\n[connections]\nmax = 0"]
        {
            let file = write(faulty);
            assert_eq!(Settings::default().reload(Some(file.path())), Settings::default(), "{faulty}");
        }
        assert_eq!(Settings::default().reload(Some(Path::new("/nowhere.toml"))), Settings::default());
    }
}
