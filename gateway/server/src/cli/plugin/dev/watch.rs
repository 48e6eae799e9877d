//! Notices saves, by looking: a plugin has a few dozen files, and every file system and editor can be looked at.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::{Context, ensure};

/// How often it looks.
const PERIOD: Duration = Duration::from_millis(200);

/// Between noticing and returning: an editor that saves several files gets to the last one.
const SETTLE: Duration = Duration::from_millis(30);

/// More files than any plugin has; a folder that holds more is not one.
const FILES: usize = 10_000;

/// What is known of each file.
type Seen = BTreeMap<PathBuf, (SystemTime, u64)>;

pub(super) struct Watch {
    folder: PathBuf,
    /// Wherever it lies.
    extra: Option<PathBuf>,
    seen: Seen,
}

impl Watch {
    /// # Errors
    /// The folder cannot be read, or holds too many files.
    pub(super) fn new(folder: &Path, extra: Option<&Path>) -> anyhow::Result<Self> {
        let mut watch = Self { folder: folder.to_owned(), extra: extra.map(Path::to_owned), seen: Seen::new() };
        watch.seen = watch.look()?;
        Ok(watch)
    }

    /// Completes when a file was saved, made or removed since the last call, and says when.
    ///
    /// # Errors
    /// The folder cannot be read any more.
    pub(super) async fn changed(&mut self) -> anyhow::Result<SystemTime> {
        loop {
            if self.look()? != self.seen {
                tokio::time::sleep(SETTLE).await;
                let now = self.look()?;
                let newest = newest(&self.seen, &now);
                self.seen = now;
                return Ok(newest);
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    fn look(&self) -> anyhow::Result<Seen> {
        let mut seen = Seen::new();
        walk(&self.folder, &mut seen)?;
        if let Some(file) = &self.extra {
            note(file, &mut seen);
        }
        Ok(seen)
    }
}

/// When the latest of the changes happened; a file that is gone is gone just now.
fn newest(before: &Seen, now: &Seen) -> SystemTime {
    let changed = now.iter().filter(|(path, state)| before.get(*path) != Some(*state));
    changed.map(|(_, (time, _))| *time).max().unwrap_or_else(SystemTime::now)
}

fn walk(folder: &Path, seen: &mut Seen) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot look at {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        // A file may go between listing it and looking at it.
        let Ok(kind) = entry.file_type() else { continue };
        let name = name.to_string_lossy();
        if kind.is_dir() && name != "target" && !name.starts_with('.') {
            walk(&path, seen)?;
        } else if kind.is_file() && !is_product(&name) {
            note(&path, seen);
        }
        ensure!(seen.len() <= FILES, "{} holds more than {FILES} files: name a plugin's own folder", folder.display());
    }
    Ok(())
}

/// What builds and editors leave, not what authors save.
fn is_product(name: &str) -> bool {
    name.ends_with(".wasm") || name.ends_with('~') || name.starts_with('.') || name == "Cargo.lock"
}

fn note(file: &Path, seen: &mut Seen) {
    if let Ok(about) = fs::metadata(file) {
        let time = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        seen.insert(file.to_owned(), (time, about.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_save_is_noticed_and_what_builds_leave_is_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src")).unwrap();
        fs::create_dir_all(folder.path().join("target")).unwrap();
        fs::write(folder.path().join("src/lib.rs"), "one").unwrap();
        let mut watch = Watch::new(folder.path(), None).unwrap();
        fs::write(folder.path().join("target/lib.rs"), "product").unwrap();
        fs::write(folder.path().join("hello.wasm"), "product").unwrap();
        assert_eq!(watch.look().unwrap(), watch.seen);
        fs::write(folder.path().join("src/lib.rs"), "another").unwrap();
        assert!(watch.changed().await.unwrap().elapsed().unwrap() < Duration::from_secs(60));
        assert_eq!(watch.look().unwrap(), watch.seen);
    }

    #[tokio::test]
    async fn a_file_that_an_editor_put_in_place_by_renaming_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lib.rs");
        fs::write(&file, "one").unwrap();
        let mut watch = Watch::new(folder.path(), None).unwrap();
        fs::write(folder.path().join(".new"), "longer").unwrap();
        fs::rename(folder.path().join(".new"), &file).unwrap();
        watch.changed().await.unwrap();
    }
}
