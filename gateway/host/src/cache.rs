//! Compiled code on disk, so that a start compiles nothing that was compiled before.
//!
//! Loading compiled code is as good as running it, so each file ends with a MAC under a key that only this gateway has;
//! what does not verify is compiled anew. Nothing that goes wrong in here is an error: the cache is a cache.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use aws_lc_rs::{hmac, rand};
use gateway_model::Digest;
use wasmtime::{Engine, Module};

use crate::compile::{
    artifact::{Artifact, engine_hash},
    lines::Lines,
};

/// Bytes of the MAC, at the end of a file.
const MAC: usize = 32;

/// Bytes of the key of the MAC.
const KEY: usize = 32;

/// The largest file that is read: far above what the largest module compiles to.
const LARGEST: u64 = 512 * 1024 * 1024;

/// A folder of compiled modules.
pub(crate) struct Cache {
    folder: PathBuf,
    key: hmac::Key,
    /// The end of the names of files that this engine can load.
    suffix: String,
}

impl Cache {
    /// Opens the folder, readable by nobody else, and removes what other versions left there.
    pub(crate) fn open(folder: PathBuf, engine: &Engine) -> Option<Self> {
        match prepare(&folder) {
            Ok(key) => {
                let cache = Self { folder, key: hmac::Key::new(hmac::HMAC_SHA256, &key), suffix: suffix(engine) };
                cache.remove_strangers();
                Some(cache)
            }
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "no cache of compiled plugins: each start compiles them");
                None
            }
        }
    }

    /// The compiled module, if it is there and this gateway wrote it.
    pub(crate) fn take(&self, engine: &Engine, digest: &Digest) -> Option<(Module, Lines)> {
        let name = self.name(digest);
        let file = read(&self.folder.join(&name)).ok()?;
        let code = self.verified(&name, file).and_then(|bytes| Artifact::of_cache(bytes, engine));
        let module = code.and_then(|code| code.load(engine).ok());
        if module.is_none() {
            tracing::warn!(
                file = name,
                "a compiled plugin in the cache was not written by this gateway: compiling it anew"
            );
        }
        module
    }

    /// Keeps a compiled module.
    pub(crate) fn put(&self, digest: &Digest, code: &Artifact) {
        let name = self.name(digest);
        let mac = self.mac(&name, code.bytes());
        if let Err(error) = write(&self.folder, &name, &[code.bytes(), mac.as_ref()]) {
            tracing::warn!(file = name, %error, "a compiled plugin was not cached");
        }
    }

    /// Removes a compiled module, if it is there.
    pub(crate) fn remove(&self, digest: &Digest) {
        match fs::remove_file(self.folder.join(self.name(digest))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%digest, %error, "the compiled code of a deleted plugin stays in the cache");
            }
            _ => {}
        }
    }

    fn name(&self, digest: &Digest) -> String {
        let hex = digest.as_str().trim_start_matches("sha256:");
        format!("{hex}{}", self.suffix)
    }

    /// Covers the name, so that no module can be put in another one's place.
    fn mac(&self, name: &str, code: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&(name.len() as u64).to_le_bytes());
        context.update(name.as_bytes());
        context.update(code);
        context.sign()
    }

    /// A file without its MAC, if that is right.
    fn verified(&self, name: &str, mut file: Vec<u8>) -> Option<Vec<u8>> {
        let code = file.len().checked_sub(MAC)?;
        let expected = self.mac(name, &file[..code]);
        aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_ref(), &file[code..]).ok()?;
        file.truncate(code);
        Some(file)
    }

    fn remove_strangers(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.ends_with(&self.suffix) || name == KEY_FILE;
            let cached = name.ends_with(".cwasm") || name.ends_with(TEMPORARY);
            // Whether it can be removed does not matter: it is never read.
            if cached && !ours {
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}

/// Engine and gateway in the name: code of another one is never even opened.
fn suffix(engine: &Engine) -> String {
    format!("-{:016x}-{}.cwasm", engine_hash(engine), env!("CARGO_PKG_VERSION"))
}

// === files ===

const KEY_FILE: &str = "key";
const TEMPORARY: &str = ".tmp";

/// Makes the folder and the key, both for the gateway's user alone, and returns the key.
fn prepare(folder: &Path) -> io::Result<[u8; KEY]> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    match read_key(&folder.join(KEY_FILE)) {
        Ok(key) => Ok(key),
        Err(_) => make_key(folder),
    }
}

/// The key, unless somebody else could have read it.
fn read_key(path: &Path) -> io::Result<[u8; KEY]> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(io::Error::other("others can read it"));
    }
    read(path)?.try_into().map_err(|_| io::Error::other("it has another length"))
}

/// A new key; what was written under an old one is compiled anew.
fn make_key(folder: &Path) -> io::Result<[u8; KEY]> {
    let mut key = [0; KEY];
    rand::fill(&mut key).map_err(io::Error::other)?;
    write(folder, KEY_FILE, &[&key])?;
    Ok(key)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::other("it is too large"));
    }
    fs::read(path)
}

/// Writes a file whole or not at all, so that a crash leaves nothing half-written under its name.
fn write(folder: &Path, name: &str, pieces: &[&[u8]]) -> io::Result<()> {
    let temporary = folder.join(format!("{name}.{:016x}{TEMPORARY}", fastrand::u64(..)));
    let written = fill(&temporary, pieces).and_then(|()| fs::rename(&temporary, folder.join(name)));
    if written.is_err() {
        drop(fs::remove_file(&temporary));
        return written;
    }
    File::open(folder)?.sync_all()
}

fn fill(path: &Path, pieces: &[&[u8]]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    pieces.iter().try_for_each(|piece| file.write_all(piece))?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
