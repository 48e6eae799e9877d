//! Secrets: one file for each name, in a folder that only the gateway reads.

use std::{fs, path::PathBuf, sync::Arc};

/// Looks a secret up by name.
pub(crate) type Reader = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// Reads secrets from files in `folder`, without the line end that editors leave behind.
///
/// Names come from grants, which validation has held to `a-z 0-9 - _ .`, beginning and ending with a letter or digit:
/// no name leaves the folder.
pub(crate) fn reader(folder: PathBuf) -> Reader {
    Arc::new(move |name| {
        let mut bytes = fs::read(folder.join(name)).ok()?;
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        Some(bytes)
    })
}
