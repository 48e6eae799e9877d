use std::os::unix::fs::MetadataExt;

use tempfile::TempDir;

use super::*;
use crate::{compile::artifact, module, tests::core};

/// A module of a few functions.
const MODULE: &str = r#"(module (func (export "one") (result i32) (i32.const 1)))"#;

struct Fixture {
    folder: TempDir,
    engine: Engine,
    digest: Digest,
    code: Artifact,
}

fn fixture() -> Fixture {
    let wasm = wat::parse_str(MODULE).expect("a module");
    let engine = core().engine.clone();
    let code = artifact::make(&engine, &wasm).expect("compiles");
    Fixture { folder: TempDir::new().expect("a folder"), engine, digest: module::digest(&wasm), code }
}

impl Fixture {
    fn open(&self) -> Cache {
        Cache::open(self.folder.path().join("plugins"), &self.engine).expect("opens")
    }

    fn file(&self, cache: &Cache) -> PathBuf {
        cache.folder.join(cache.name(&self.digest))
    }
}

#[test]
fn what_was_put_is_taken_by_the_next_process() {
    let fixture = fixture();
    assert!(fixture.open().take(&fixture.engine, &fixture.digest).is_none());
    fixture.open().put(&fixture.digest, &fixture.code);
    let (module, _) = fixture.open().take(&fixture.engine, &fixture.digest).expect("is there");
    assert!(module.get_export("one").is_some());
}

#[test]
fn what_was_removed_is_gone_and_may_be_removed_again() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    cache.remove(&fixture.digest);
    assert!(!fixture.file(&cache).exists());
    cache.remove(&fixture.digest);
    assert!(cache.take(&fixture.engine, &fixture.digest).is_none());
}

#[test]
fn nobody_else_can_read_or_write() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    let mode = |path: &Path| fs::metadata(path).expect("is there").mode() & 0o777;
    assert_eq!(mode(&cache.folder), 0o700);
    assert_eq!(mode(&cache.folder.join(KEY_FILE)), 0o600);
    assert_eq!(mode(&fixture.file(&cache)), 0o600);
}

#[test]
fn a_changed_file_is_never_loaded() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    let file = fixture.file(&cache);
    let good = fs::read(&file).expect("is there");
    for position in [0, MAC, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[position] ^= 1;
        fs::write(&file, bad).expect("written");
        assert!(cache.take(&fixture.engine, &fixture.digest).is_none(), "byte {position}");
    }
    for len in [0, MAC - 1, MAC, good.len() - 1] {
        fs::write(&file, &good[..len]).expect("written");
        assert!(cache.take(&fixture.engine, &fixture.digest).is_none(), "{len} bytes");
    }
    fs::write(&file, good).expect("written");
    assert!(cache.take(&fixture.engine, &fixture.digest).is_some());
}

#[test]
fn the_code_of_one_module_is_not_taken_for_another() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    let other = module::digest(b"other");
    fs::copy(fixture.file(&cache), cache.folder.join(cache.name(&other))).expect("copied");
    assert!(cache.take(&fixture.engine, &other).is_none());
}

#[test]
fn code_under_another_key_is_not_taken() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    fs::write(cache.folder.join(KEY_FILE), [9; KEY]).expect("written");
    assert!(fixture.open().take(&fixture.engine, &fixture.digest).is_none());
}

#[test]
fn a_key_that_others_could_read_is_replaced() {
    let fixture = fixture();
    let key = fixture.open().folder.join(KEY_FILE);
    let before = fs::read(&key).expect("is there");
    fs::set_permissions(&key, Permissions::from_mode(0o644)).expect("set");
    fixture.open();
    assert_ne!(fs::read(&key).expect("is there"), before);
}

#[test]
fn what_other_versions_left_is_removed() {
    let fixture = fixture();
    let cache = fixture.open();
    cache.put(&fixture.digest, &fixture.code);
    let stranger = cache.folder.join("00-0000-0.0.0.cwasm");
    let cut = cache.folder.join(format!("x{TEMPORARY}"));
    for path in [&stranger, &cut] {
        fs::write(path, b"x").expect("written");
    }
    let cache = fixture.open();
    assert!(!stranger.exists() && !cut.exists());
    assert!(cache.take(&fixture.engine, &fixture.digest).is_some());
}

#[test]
fn a_folder_that_cannot_be_is_no_cache() {
    let fixture = fixture();
    let file = fixture.folder.path().join("file");
    fs::write(&file, b"x").expect("written");
    assert!(Cache::open(file.join("plugins"), &fixture.engine).is_none());
}
