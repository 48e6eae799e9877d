//! The compiler: what is loaded of it, and each way in which it may fail.

use std::time::Duration;

use super::*;
use crate::tests::core;

const MODULE: &str = r#"(module (func (export "one") (result i32) (i32.const 1)))"#;

fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("a module")
}

/// A shell as the child, so that each way to end badly can be brought about.
fn shell(script: &str, limits: CompileLimits) -> Workshop {
    let args = ["-c", script].map(OsString::from);
    Workshop::new(Compiler::Child { program: "/bin/sh".into(), args: args.into(), limits }, None)
}

#[track_caller]
fn fails(script: &str, limits: CompileLimits, expected: impl Fn(&CompileError) -> bool) {
    match shell(script, limits).compile(&core().engine, &wasm(MODULE)) {
        Err(LoadError::Compile(error)) => assert!(expected(&error), "{error:?}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it compiled"),
    }
}

#[test]
fn the_engine_of_the_child_makes_code_for_the_engine_of_the_gateway() {
    let child = child::engine().expect("starts");
    let core = core();
    assert_eq!(artifact::engine_hash(&child), artifact::engine_hash(&core.engine));
    let made = artifact::make(&child, &wasm(MODULE)).expect("compiles");
    let read = Artifact::of_child(made.bytes().to_vec(), &core.engine).expect("ours");
    let (module, _) = read.load(&core.engine).expect("loads");
    assert!(module.get_export("one").is_some());
}

#[test]
fn what_is_not_whole_or_not_ours_is_never_loaded() {
    let core = core();
    let made = artifact::make(&core.engine, &wasm(MODULE)).expect("compiles");
    for len in [0, 8, 16, 23] {
        assert!(Artifact::of_child(made.bytes()[..len].to_vec(), &core.engine).is_err(), "{len} bytes");
    }
    for (position, bits) in [(0, 1), (8, 1), (23, 0x80), (17, 0xff), (16, 0xff)] {
        let mut bytes = made.bytes().to_vec();
        bytes[position] ^= bits;
        let read = Artifact::of_child(bytes, &core.engine).and_then(|code| code.load(&core.engine).map(drop));
        assert_eq!(read, Err(CompileError::OtherCompiler), "byte {position}");
    }
}

#[test]
fn a_child_that_never_ends_is_killed() {
    let limits = CompileLimits { time: Duration::from_millis(50), ..CompileLimits::default() };
    fails("cat > /dev/null; exec sleep 1000", limits, |error| *error == CompileError::Time(limits.time));
    fails("exec >&-; exec sleep 1000", limits, |error| *error == CompileError::Time(limits.time));
}

#[test]
fn each_way_to_die_is_told_apart() {
    let limits = CompileLimits::default();
    fails("kill -XCPU $$", limits, |error| *error == CompileError::Cpu(limits.cpu));
    fails("echo memory allocation of 9 bytes failed >&2; kill -ABRT $$", limits, |error| {
        *error == CompileError::Memory(limits.memory)
    });
    fails("echo out of memory >&2; exit 1", limits, |error| *error == CompileError::Memory(limits.memory));
    fails("kill -SEGV $$", limits, |error| matches!(error, CompileError::Crashed(how) if how.contains("SIGSEGV")));
    fails("echo no luck >&2; exit 1", limits, |error| *error == CompileError::Failed("no luck".into()));
    fails("exit 7", limits, |error| matches!(error, CompileError::Failed(how) if how.contains('7')));
    fails("cat", limits, |error| *error == CompileError::OtherCompiler);
    fails("true", limits, |error| *error == CompileError::OtherCompiler);
}

#[test]
fn a_child_that_reads_nothing_of_a_large_module_is_no_trouble() {
    let workshop = shell("exit 3", CompileLimits::default());
    let made = workshop.compile(&core().engine, &vec![0; 4 << 20]);
    assert!(matches!(made, Err(LoadError::Compile(CompileError::Failed(_)))));
}

#[test]
fn a_compiler_that_is_not_there_is_named() {
    let compiler = Compiler::Child { program: "/no/such".into(), args: vec![], limits: CompileLimits::default() };
    let made = Workshop::new(compiler, None).compile(&core().engine, b"");
    let Err(error) = made else { panic!("it compiled") };
    assert!(error.to_string().contains("/no/such"), "{error}");
}
