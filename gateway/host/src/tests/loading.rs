//! Modules that are accepted, and those that are not.

use std::{collections::HashSet, time::Duration};

use sluice_abi::{
    import::{IDENTITY, LOG, RATE_LIMIT},
    outcome::{Action, Operation},
};

use super::*;
use crate::{FailureKind, LoadError};

fn refused(guest: &Guest) -> LoadError {
    let host = host_with(|limits| limits.start_deadline = Duration::from_millis(20));
    host.inspect(&guest.wasm()).expect_err("is refused")
}

#[test]
fn facts_are_what_the_module_says_and_imports() {
    let guest = Guest::new()
        .import(LOG, "enabled", "enabled", "(param i32) (result i32)")
        .import(RATE_LIMIT, "acquire-plan", "plan", "(param i32 i32 i32) (result i32)")
        .import(IDENTITY, "consumer-exists", "exists", "(param i32 i32) (result i32)");
    let wasm = guest.wasm();
    let facts = host().inspect(&wasm).expect("is accepted");
    assert_eq!((&*facts.name, &*facts.version, &*facts.description), ("test", "1.0.0", "a test"));
    assert_eq!((facts.default_order, facts.size), (5, wasm.len() as u64));
    assert_eq!(facts.hooks, ["request", "response"]);
    assert_eq!(facts.imports, [IDENTITY, LOG, RATE_LIMIT]);
    assert_eq!(facts.needs, [Grant::Identity, Grant::UsagePlan]);
    assert_eq!(facts.digest, module::digest(&wasm));
}

#[test]
fn a_limiter_of_its_own_needs_no_grant() {
    let guest = Guest::new().import(RATE_LIMIT, "define", "define", "(param i32 i32 i32 i32) (result i32)");
    assert_eq!(host().inspect(&guest.wasm()).expect("is accepted").needs, []);
}

#[test]
fn all_unknown_imports_are_named_at_once() {
    let guest = Guest::new()
        .import("wasi_snapshot_preview1", "fd_write", "a", "(param i32 i32 i32 i32) (result i32)")
        .import(LOG, "shout", "b", "")
        .import(LOG, "enabled", "c", "(param i64) (result i32)");
    let text = refused(&guest).to_string();
    for part in ["wasi_snapshot_preview1.fd_write", "log@0.1.0.shout", "log@0.1.0.enabled with another type"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_module_without_the_marker_is_none_of_ours() {
    let mut guest = Guest::new();
    guest.marker = "other-abi".into();
    let error = refused(&guest);
    assert!(error.to_string().contains("sluice-abi-0.1"), "{error}");
}

#[test]
fn a_hook_that_is_named_must_be_there() {
    let text = r#"(module (memory (export "memory") 1) (func (export "sluice-abi-0.1")))"#;
    let wasm = wat::parse_str(text).expect("a module");
    let error = host().inspect(&wasm).expect_err("is refused");
    let LoadError::Exports(missing) = error else { panic!("{error}") };
    assert_eq!(missing, ["sluice1:areas", "sluice1:describe", "sluice1:configure"]);
}

#[test]
fn what_is_no_module_is_refused() {
    for bytes in [&b""[..], b"\0asm", b"not wasm at all", b"\0asm\x0d\0\x01\0"] {
        assert!(matches!(host().inspect(bytes), Err(LoadError::Invalid(_))), "{bytes:?}");
    }
}

#[test]
fn features_that_plugins_do_not_have_are_refused() {
    for text in [
        "(module (memory i64 1))",
        "(module (memory 1 1 shared))",
        "(module (type (struct (field i32))))",
        "(module (tag))",
    ] {
        let wasm = wat::parse_str(text).expect("well-formed");
        let result = host().inspect(&wasm);
        assert!(matches!(result, Err(LoadError::Invalid(_))), "{text}: {result:?}");
    }
}

#[test]
fn a_module_that_starts_with_more_memory_than_it_may_have_is_refused() {
    let host = host_with(|limits| limits.memory = 1 << 20);
    let large = wat::parse_str(
        r#"(module (memory (export "memory") 100) (func (export "sluice-abi-0.1"))
            (func (export "sluice1:areas") (result i32) unreachable)
            (func (export "sluice1:describe") (result i32) unreachable)
            (func (export "sluice1:configure") (param i32) (result i64) unreachable))"#,
    );
    assert!(host.inspect(&large.expect("a module")).is_err());
}

#[test]
fn a_module_that_never_describes_itself_is_refused() {
    let mut guest = Guest::new();
    guest.describe = Some("(loop $l (br $l)) unreachable".into());
    let error = refused(&guest);
    assert!(matches!(&error, LoadError::Describe(failure) if failure.kind == FailureKind::Deadline), "{error}");
}

#[test]
fn a_module_that_never_starts_is_refused() {
    let mut guest = Guest::new();
    guest.extra = "(start $forever) (func $forever (loop $l (br $l)))".into();
    let error = refused(&guest);
    assert!(matches!(&error, LoadError::Describe(failure) if failure.kind == FailureKind::Deadline), "{error}");
}

#[test]
fn a_descriptor_that_makes_no_sense_is_refused() {
    let spoils: [fn(&mut Guest); 6] = [
        |guest| guest.areas[2] = 512 * 1024 - 1,
        |guest| guest.descriptor.name = String::new(),
        |guest| guest.descriptor.version = "a b".into(),
        |guest| guest.descriptor.config_schema = "{".into(),
        |guest| guest.descriptor.config_schema = "[]".into(),
        |guest| guest.describe = Some("(i32.const -1)".into()),
    ];
    for spoil in spoils {
        let mut guest = Guest::new();
        spoil(&mut guest);
        let error = refused(&guest);
        assert!(matches!(error, LoadError::Descriptor(_) | LoadError::Describe(_)), "{error}");
    }
}

#[test]
fn bytes_of_another_digest_are_refused() {
    let digest = module::digest(b"other");
    let error = host().load(&digest, &Guest::new().wasm()).expect_err("is refused");
    assert!(matches!(error, LoadError::Digest { expected, .. } if expected == digest));
}

#[test]
fn what_is_not_in_use_is_forgotten() {
    let host = host();
    let guest = Guest::new();
    let plugin = configure(&host, &guest);
    let digest = plugin.attachment().digest.clone();
    assert!(host.is_loaded(&digest));
    host.retain(&HashSet::new());
    assert!(!host.is_loaded(&digest));
    Request::new().run(&plugin).expect("keeps its module");
    let error = host.configure(&attachment(&guest.wasm(), &[])).expect_err("is not loaded");
    assert_eq!(error, crate::ConfigureError::NotLoaded(digest));
}

// === configure ===

#[test]
fn a_plugin_refuses_its_configuration_in_its_own_words() {
    let mut guest = Guest::new().data(b"keys: give at least one");
    guest.configure = Some(format!(
        "(memory.copy (i32.const {}) (i32.const {}) (i32.const 23)) (i64.const {:#x})",
        guest::OUT,
        guest::DATA,
        23u64 << 32 | 3 << 24,
    ));
    let error = try_configure(&host(), &guest, &[]).expect_err("is refused");
    assert_eq!(error.to_string(), "keys: give at least one");
}

#[test]
fn a_plugin_that_fails_in_configure_is_not_configured() {
    let host = host_with(|limits| limits.start_deadline = Duration::from_millis(20));
    for (body, kind) in [
        ("unreachable", FailureKind::Trap),
        ("(loop $l (br $l)) unreachable", FailureKind::Deadline),
        ("(i64.const -1)", FailureKind::Malformed),
        ("(i64.const 0x100000001000000)", FailureKind::Malformed),
        ("(i64.const 0x3000000)", FailureKind::Malformed),
    ] {
        let mut guest = Guest::new();
        guest.configure = Some(body.into());
        match try_configure(&host, &guest, &[]) {
            Err(crate::ConfigureError::Failed(failure)) => assert_eq!(failure.kind, kind, "{body}: {failure}"),
            Err(crate::ConfigureError::Refused(text)) => assert_eq!((body, &*text), ("(i64.const 0x3000000)", "")),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn a_name_that_the_plugin_may_not_write_is_told_at_once() {
    let mut guest = Guest::new();
    guest.declaration.header_names = vec!["connection".into()];
    let error = try_configure(&host(), &guest, &[]).expect_err("is refused");
    assert!(error.to_string().contains("\"connection\""), "{error}");
}

#[test]
fn an_in_that_is_too_small_is_refused() {
    let mut guest = Guest::new();
    guest.areas[1] = 1024;
    let error = refused(&guest);
    assert!(error.to_string().contains("IN has 1024 bytes"), "{error}");
}

#[test]
fn a_large_configuration_gets_the_room_it_needs() {
    let mut guest =
        Guest::new().outcome(Action::Next, 0, b"", &[Operation::RemoveHeader(sluice_abi::outcome::Name::Inline("x"))]);
    guest.extra = format!(
        "(func (export \"sluice1:reserve\") (param $size i32)
            (i32.store (i32.const {}) (i32.const {}))
            (i32.store (i32.const {}) (local.get $size)))",
        guest::AREAS,
        guest::OUT + 64 * 1024,
        guest::AREAS + 4,
    );
    let wasm = guest.wasm();
    let host = host();
    let mut large = (*attachment(&wasm, &[])).clone();
    large.config = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000)).into();
    host.load(&large.digest, &wasm).expect("loads");
    host.configure(&Arc::new(large.clone())).expect("is configured");
    large.config = "x".repeat(2 << 20).into();
    assert!(host.configure(&Arc::new(large)).is_err(), "there is an end to it");
}

// === the host ===

#[test]
fn the_default_limits_fit_into_the_address_space() {
    let limits = Limits::default();
    Host::new(HostSettings { limits, ..settings() }).expect("starts");
}

#[test]
fn compiled_code_is_kept_for_the_next_start_and_never_trusted_blindly() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let start = || Host::new(HostSettings { cache: Some(folder.path().to_owned()), ..settings() }).expect("starts");
    let guest = Guest::new();
    let code = || {
        let files = std::fs::read_dir(folder.path()).expect("is there").flatten();
        let mut code = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|it| it == "cwasm"));
        code.next().expect("a compiled module")
    };
    configure(&start(), &guest);
    let good = std::fs::read(code()).expect("is there");
    configure(&start(), &guest);
    assert_eq!(std::fs::read(code()).expect("is there"), good);
    std::fs::write(code(), b"forged").expect("written");
    configure(&start(), &guest);
    assert_eq!(std::fs::read(code()).expect("is there").len(), good.len(), "compiled anew");
}
