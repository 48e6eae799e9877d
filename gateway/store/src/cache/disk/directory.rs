//! The directory of a tier: where its files are, what their names say, and that no other process has it open.
//!
//! A record is in `v1/KK/KEY-GENERATION-LENGTH`, all in hexadecimal, with `KK` the first two digits of the key; one
//! that is being written is in `v1/new/NUMBER`. What has other names is left alone.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::{DiskError, index::Place};
use crate::cache::record::CacheKey;

/// Digits of a key.
const KEY: usize = 64;

/// Digits of a generation and of a length.
const NUMBER: usize = 16;

/// Greater numbers are not written, so that what is added to them stays within 64 bits.
const GREATEST: u64 = 1 << 62;

/// Responses may be private: nobody but the gateway's user reads them.
const OWNER_ONLY: u32 = 0o700;

#[derive(Debug)]
pub(super) struct Directory {
    root: PathBuf,
}

impl Directory {
    /// Makes the directory if need be and takes its lock, which lasts as long as the file.
    pub(super) fn open(path: &Path) -> Result<(Self, File), DiskError> {
        let wrong = |source| DiskError::Directory { directory: path.to_owned(), source };
        let this = Self { root: path.join("v1") };
        make(&this.root.join("new")).map_err(wrong)?;
        let lock = create(&path.join("lock"), false).map_err(wrong)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DiskError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(wrong(source)),
        }
        this.drop_unfinished().map_err(wrong)?;
        Ok((this, lock))
    }

    /// All records by their names, the oldest writing first.
    pub(super) fn records(&self) -> io::Result<Vec<(CacheKey, Place)>> {
        let mut found = Vec::new();
        for folder in fs::read_dir(&self.root)? {
            let folder = folder?;
            if folder.file_name().len() == 2 && folder.file_type()?.is_dir() {
                for file in fs::read_dir(folder.path())? {
                    found.extend(file?.file_name().to_str().and_then(parse));
                }
            }
        }
        found.sort_unstable_by_key(|(_, place): &(CacheKey, Place)| place.generation);
        Ok(found)
    }

    pub(super) fn record(&self, key: &CacheKey, place: &Place) -> PathBuf {
        let name = name(key, place);
        self.root.join(&name[..2]).join(name)
    }

    pub(super) fn unfinished(&self, number: u64) -> PathBuf {
        self.root.join("new").join(format!("{number:x}"))
    }

    /// Has a finished file be that of a record, in the moment of one rename.
    pub(super) fn finish(&self, number: u64, key: &CacheKey, place: &Place) -> io::Result<()> {
        let (from, to) = (self.unfinished(number), self.record(key, place));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(to.parent().unwrap_or(&self.root))?;
                fs::rename(&from, &to)
            }
            done => done,
        }
    }

    pub(super) fn create_unfinished(&self, number: u64) -> io::Result<File> {
        let path = self.unfinished(number);
        match create(&path, true) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(&self.root.join("new"))?;
                create(&path, true)
            }
            done => done,
        }
    }

    fn drop_unfinished(&self) -> io::Result<()> {
        fs::read_dir(self.root.join("new"))?.try_for_each(|file| fs::remove_file(file?.path()))
    }
}

fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(path)
}

fn create(path: &Path, emptied: bool) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(emptied).mode(OWNER_ONLY & 0o666).open(path)
}

fn name(key: &CacheKey, place: &Place) -> String {
    format!("{key:x}-{:016x}-{:016x}", place.generation, place.length)
}

/// What the name of a file says; none for a file that no tier has written.
fn parse(name: &str) -> Option<(CacheKey, Place)> {
    let mut parts = name.split('-');
    let (key, generation, length) = (parts.next()?, parts.next()?, parts.next()?);
    let place = Place { generation: number(generation)?, length: number(length)? };
    let key = parse_key(key)?;
    (parts.next().is_none() && self::name(&key, &place) == name).then_some((key, place))
}

fn number(digits: &str) -> Option<u64> {
    if digits.len() != NUMBER {
        return None;
    }
    u64::from_str_radix(digits, 16).ok().filter(|number| *number <= GREATEST)
}

fn parse_key(digits: &str) -> Option<CacheKey> {
    let mut key = [0; 32];
    if digits.len() != KEY || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(CacheKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_was_made_of_and_other_names_say_nothing() {
        let (key, place) = (CacheKey::new([0xa5; 32]), Place { generation: 77, length: GREATEST });
        let name = name(&key, &place);
        assert_eq!(parse(&name), Some((key, place)));
        let foreign = [
            String::new(),
            "README".to_owned(),
            name.to_uppercase(),
            name.replace("-4", "-5"),
            name[1..].to_owned(),
            format!("{name}-"),
            name.replace('-', "+"),
            name.replacen("a5", "+5", 1),
            name.replacen("a5a5", "é5", 1),
        ];
        for name in foreign {
            assert_eq!(parse(&name), None, "{name}");
        }
    }

    #[test]
    fn one_process_at_a_time_has_a_directory_open() {
        let folder = tempfile::tempdir().unwrap();
        let (_directory, lock) = Directory::open(folder.path()).unwrap();
        let again = Directory::open(folder.path());
        assert!(matches!(again, Err(DiskError::InUse(_))), "{again:?}");
        drop(lock);
        assert!(Directory::open(folder.path()).is_ok());
    }

    #[test]
    fn what_was_left_unfinished_is_gone_and_what_is_foreign_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (directory, lock) = Directory::open(folder.path()).unwrap();
        let (unfinished, foreign) = (directory.unfinished(3), folder.path().join("v1/notes"));
        for path in [&unfinished, &foreign] {
            fs::write(path, "x").unwrap();
        }
        drop(lock);
        let (directory, _lock) = Directory::open(folder.path()).unwrap();
        assert!(!unfinished.exists() && foreign.exists());
        assert_eq!(directory.records().unwrap(), []);
    }

    #[test]
    fn a_directory_that_is_a_file_is_refused_with_the_cause() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = Directory::open(file.path()).unwrap_err();
        assert!(std::error::Error::source(&error).is_some(), "{error}");
    }
}
