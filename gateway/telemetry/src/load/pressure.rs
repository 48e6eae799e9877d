//! How long something had to wait for what the process needs, as the system tells it (pressure stall information of Linux).

use std::{fs, path::Path};

/// The share of time in which something had to wait for a resource: "some avg10", in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pressure {
    pub cpu_permille: u32,
    pub memory_permille: u32,
    pub io_permille: u32,
}

impl Pressure {
    /// Reads what holds now: of the process's control group, which says more of the process than the machine does, or else
    /// of the machine; 0 where neither tells. `root` is `/`, but in tests.
    pub(super) fn read(root: &Path) -> Self {
        let groups = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
        let mount = root.join("sys/fs/cgroup");
        // In a container the path may be the one outside, and the group of the process the root that is to be seen.
        let group = groups.lines().find_map(|line| line.strip_prefix("0::/")).map(|path| mount.join(path));
        let of = |resource: &str| {
            let name = format!("{resource}.pressure");
            let own = group.as_ref().and_then(|group| some(&group.join(&name)).or_else(|| some(&mount.join(&name))));
            own.or_else(|| some(&root.join("proc/pressure").join(resource))).unwrap_or(0)
        };
        Self { cpu_permille: of("cpu"), memory_permille: of("memory"), io_permille: of("io") }
    }
}

/// From a line such as `some avg10=1.53 avg60=0.87 avg300=0.73 total=1047`, in percent.
fn some(file: &Path) -> Option<u32> {
    let text = fs::read_to_string(file).ok()?;
    let fields = text.lines().find_map(|line| line.strip_prefix("some "))?;
    let percent = fields.split(' ').find_map(|field| field.strip_prefix("avg10="))?;
    let percent: f64 = percent.parse().ok()?;
    Some((percent * 10.0).clamp(0.0, 1000.0).round() as u32)
}
