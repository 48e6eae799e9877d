//! `[cache]`: how much is cached in front of upstreams, and where.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use gateway_proxy::CacheSettings;
use gateway_store::{
    RemoteStores,
    cache::{
        disk::{DiskError, DiskOptions, DiskTier},
        lower::Lower,
        remote::{SharedOptions, SharedTier},
    },
};
use serde::{Deserialize, Serialize};

const MIB: u64 = 1 << 20;

/// The cache in front of upstreams; plugins say which requests it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cache {
    /// In memory, in bytes, all costs included; 0 keeps nothing.
    pub memory_bytes: u64,
    /// The largest body that is kept in memory, in bytes; at most a quarter of the memory is.
    pub object_bytes: u64,
    /// On disk, in bytes; 0 for nothing there.
    pub disk_bytes: u64,
    /// The largest body that is kept on disk, in bytes.
    pub disk_object_bytes: u64,
    /// Folder of what is on disk, for one process alone; empty for `cache` in the data folder.
    pub directory: PathBuf,
    /// Name of the store that nodes share responses in, one of `[stores]`; empty for none.
    pub store: String,
    /// Parts the responses of this installation from those of others in that store. Nodes with the same one share their
    /// configuration.
    pub namespace: String,
}

impl Default for Cache {
    fn default() -> Self {
        let CacheSettings { memory, object, large } = CacheSettings::default();
        Self {
            memory_bytes: memory,
            object_bytes: object,
            disk_bytes: 0,
            disk_object_bytes: large,
            directory: PathBuf::new(),
            store: String::new(),
            namespace: "cache".to_owned(),
        }
    }
}

impl Cache {
    pub(super) fn check(&self) -> Result<()> {
        let memory = self.memory_bytes;
        ensure!(
            memory == 0 || (MIB..=1 << 40).contains(&memory),
            "cache.memory_bytes is {memory}: give 0, or 1 MiB (1048576) to 1 TiB (1099511627776)"
        );
        let disk = self.disk_bytes;
        ensure!(
            disk == 0 || (64 * MIB..=1 << 46).contains(&disk),
            "cache.disk_bytes is {disk}: give 0, or 64 MiB (67108864) to 64 TiB (70368744177664)"
        );
        for (name, bytes) in [("object_bytes", self.object_bytes), ("disk_object_bytes", self.disk_object_bytes)] {
            ensure!(
                (1024..=1 << 38).contains(&bytes),
                "cache.{name} is {bytes}: give 1 KiB (1024) to 256 GiB (274877906944)"
            );
        }
        Ok(())
    }

    pub(crate) fn settings(&self) -> CacheSettings {
        CacheSettings { memory: self.memory_bytes, object: self.object_bytes, large: self.disk_object_bytes }
    }

    /// Opens what is below memory. If this process takes over from another one, a disk that is still in use comes later.
    pub(crate) fn lower(&self, data: &Path, remote: &RemoteStores, takeover: bool) -> Result<Lower> {
        let disk = (self.disk_bytes > 0).then(|| self.disk(data)).transpose();
        let shared =
            match self.store.as_str() {
                "" => None,
                name => {
                    let store = remote.get(name);
                    let known = "one of [stores], or nothing";
                    Some(store.with_context(|| {
                        format!("cache.store is {name:?}, and there is no such store: name {known}")
                    })?)
                }
            };
        let shared = shared.map(|store| (SharedTier::new(store, SharedOptions::default()), self.namespace.clone()));
        match disk {
            Err(DiskError::InUse(_)) if takeover => Ok(Lower::awaiting_disk(shared)),
            disk => {
                let remedy = "cache.directory: give each process that runs at the same time one of its own";
                Ok(Lower::new(disk.context(remedy)?, shared))
            }
        }
    }

    pub(crate) fn disk(&self, data: &Path) -> Result<DiskTier, DiskError> {
        let directory = match self.directory.as_os_str().is_empty() {
            true => data.join("cache"),
            false => self.directory.clone(),
        };
        let options = DiskOptions { record: self.disk_object_bytes, ..DiskOptions::default() };
        DiskTier::open(&directory, self.disk_bytes, options)
    }
}
