use std::{fs, hint::black_box};

use super::*;
use crate::Metrics;

/// A machine's file system with these files; a memory of 8 GiB.
fn machine(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [("proc/meminfo", "MemFree: 1 kB\nMemTotal:        8388608 kB\n")].iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn cores() -> f64 {
    thread::available_parallelism().unwrap().get() as f64
}

const GIB: u64 = 1024 * 1024 * 1024;

#[track_caller]
fn check(files: &[(&str, &str)], cores: f64, memory: u64) {
    assert_eq!(Limits::read(machine(files).path()), Limits { cores, memory });
}

#[test]
fn without_control_groups_the_machine_is_the_limit() {
    check(&[], cores(), 8 * GIB);
    check(&[("proc/self/cgroup", "0::/\n")], cores(), 8 * GIB);
}

#[test]
fn the_second_version_limits_by_the_least_of_a_group_and_those_above_it() {
    let files = [
        ("proc/self/cgroup", "0::/pods/gateway\n"),
        ("sys/fs/cgroup/pods/cpu.max", "50000 100000\n"),
        ("sys/fs/cgroup/pods/memory.max", "1073741824\n"),
        ("sys/fs/cgroup/pods/gateway/cpu.max", "max 100000\n"),
        ("sys/fs/cgroup/pods/gateway/memory.max", "2147483648\n"),
    ];
    check(&files, 0.5, GIB);
}

#[test]
fn in_a_container_the_limits_stand_at_the_root_whatever_the_path_is_outside() {
    let files = [
        ("proc/self/cgroup", "0::/outside/of/here\n"),
        ("sys/fs/cgroup/cpu.max", "25000 100000\n"),
        ("sys/fs/cgroup/memory.max", "max\n"),
    ];
    check(&files, 0.25, 8 * GIB);
}

#[test]
fn the_first_version_has_a_hierarchy_for_each_controller() {
    let files = [
        ("proc/self/cgroup", "4:memory:/box\n2:cpu,cpuacct:/box\n0::/\n"),
        ("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "75000\n"),
        ("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n"),
        ("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "536870912\n"),
    ];
    check(&files, 0.75, GIB / 2);
}

#[test]
fn no_limit_in_the_first_version_is_a_number_that_no_machine_has() {
    let files = [
        ("proc/self/cgroup", "4:memory:/\n2:cpu:/\n"),
        ("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n"),
        ("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"),
        ("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"),
    ];
    check(&files, cores(), 8 * GIB);
}

#[test]
fn files_that_cannot_be_read_limit_nothing() {
    let files = [
        ("proc/self/cgroup", "nonsense\n0::/x\n"),
        ("sys/fs/cgroup/x/cpu.max", "many\n"),
        ("sys/fs/cgroup/x/memory.max", "\n"),
    ];
    check(&files, cores(), 8 * GIB);
}

#[test]
fn pressure_is_that_of_the_control_group_or_else_of_the_machine() {
    let some =
        |percent: &str| format!("some avg10={percent} avg60=9.00 avg300=0.00 total=1\nfull avg10=50.00 total=0\n");
    let (group, top, machine_wide) = (some("12.34"), some("1.00"), some("7.55"));
    let files = [
        ("proc/self/cgroup", "1:cpu:/elsewhere\n0::/pods/gateway\n"),
        ("sys/fs/cgroup/pods/gateway/cpu.pressure", group.as_str()),
        ("sys/fs/cgroup/cpu.pressure", &top),
        ("sys/fs/cgroup/memory.pressure", &top),
        ("proc/pressure/io", &machine_wide),
    ];
    let expected = Pressure { cpu_permille: 123, memory_permille: 10, io_permille: 76 };
    assert_eq!(Pressure::read(machine(&files).path()), expected);
    assert_eq!(Pressure::read(machine(&[("proc/pressure/cpu", "some avg10=lots\n")]).path()), Pressure::default());
    let load = Load::fixed(0, 0, Metrics::new(1).in_flight()).under(expected);
    assert_eq!(load.pressure(), expected);
}

#[test]
fn a_share_of_the_processor_is_smoothed_and_never_more_than_all_of_it() {
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    let mut cpu = CpuShare::new(start, Duration::from_secs(1));
    assert_eq!(cpu.at(at(250), Duration::from_millis(1_250), 2.0), 250);
    assert_eq!(cpu.at(at(500), Duration::from_millis(1_500), 2.0), 375);
    assert_eq!(cpu.at(at(500), Duration::from_millis(1_500), 2.0), 375, "no time, no sample");
    assert_eq!(cpu.at(at(750), Duration::from_millis(9_500), 2.0), 1000);
}

#[test]
fn what_this_process_uses_is_seen() {
    let before = usage::cpu_time();
    black_box((0..2_000_000_u64).fold(0, |sum, number| black_box(sum ^ number)));
    let usage = Usage::read(Path::new("/"));
    assert!(usage.cpu_time > before);
    assert!(usage.memory > 100_000 && usage.memory < Limits::read(Path::new("/")).memory, "{usage:?}");
}

#[test]
fn a_started_load_measures_until_nobody_holds_it() {
    let metrics = Metrics::new(1);
    metrics.in_flight().add(3);
    let load = Load::start(metrics.in_flight()).unwrap();
    assert_eq!(load.in_flight(), 3);
    let deadline = Instant::now() + Duration::from_secs(20);
    while load.memory_permille() == 0 && load.cpu_permille() == 0 {
        assert!(Instant::now() < deadline, "no sample came");
        black_box(vec![1_u8; 1 << 20]);
    }
    let weak = Arc::downgrade(&load.0);
    drop(load);
    while weak.strong_count() > 0 {
        assert!(Instant::now() < deadline, "the thread keeps it");
        thread::yield_now();
    }
}
