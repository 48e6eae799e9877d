//! What was pulled, by digest: manifests and modules, so that a registry that is down is not missed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// A folder with one file for each digest.
pub(super) struct Cache(PathBuf);

impl Cache {
    /// # Errors
    /// No cache folder can be named or made.
    pub(super) fn open() -> anyhow::Result<Self> {
        Self::at(&sluice_build::cache()?.join("registry"))
    }

    fn at(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self(folder.to_owned()))
    }

    /// What has this digest; a file that was changed is as good as none.
    pub(super) fn get(&self, digest: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.file(digest)).ok()?;
        (super::sha256(&bytes) == digest).then_some(bytes)
    }

    /// Keeps what has this digest, whole or not at all.
    pub(super) fn put(&self, digest: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.0).context("the cache of pulled plugins")?;
        std::io::Write::write_all(&mut file, bytes).context("the cache of pulled plugins")?;
        file.persist(self.file(digest)).map(drop).context("the cache of pulled plugins")
    }

    /// A digest comes from outside: only its hex digits get into a path.
    fn file(&self, digest: &str) -> PathBuf {
        let digits = digest.trim_start_matches("sha256:").chars().filter(char::is_ascii_hexdigit);
        self.0.join(digits.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_got_by_its_digest_and_a_damaged_file_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let digest = super::super::sha256(b"module");
        assert_eq!(digest.len(), 71);
        assert!(cache.get(&digest).is_none());
        cache.put(&digest, b"module").unwrap();
        assert_eq!(cache.get(&digest).as_deref(), Some(&b"module"[..]));
        fs::write(cache.file(&digest), "damaged").unwrap();
        assert!(cache.get(&digest).is_none());
    }

    #[test]
    fn a_digest_that_is_a_path_stays_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        assert_eq!(cache.file("sha256:../../etc").parent(), Some(folder.path()));
    }
}
