//! What the process may use: its control groups' limits (version 2 and 1), or else the machine.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

/// Cores and bytes that the process may use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    /// A quota may be a fraction of a core.
    pub(super) cores: f64,
    pub(super) memory: u64,
}

/// The control group of one hierarchy, and the names of its files.
struct Group {
    /// Where the hierarchy is mounted.
    mount: PathBuf,
    /// The group's place in it. In a container it may be the place outside, of which only an ancestor is to be seen.
    path: String,
    version: Version,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

// === impl Limits ===

impl Limits {
    /// Reads what holds now. `root` is `/`, but in tests.
    pub(super) fn read(root: &Path) -> Self {
        let groups = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
        let cores = thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
        let quota = Group::of(root, &groups, "cpu").and_then(|group| group.least(Group::cores));
        let machine = kibibytes(&root.join("proc/meminfo"), "MemTotal:").unwrap_or(0);
        let limit = Group::of(root, &groups, "memory").and_then(|group| group.least(Group::memory));
        Self {
            cores: quota.map_or(cores, |quota| quota.min(cores)),
            // Version 1 says that there is no limit by a number larger than any machine.
            memory: limit.map_or(machine, |limit| if machine > 0 { machine.min(limit as u64) } else { limit as u64 }),
        }
    }
}

// === impl Group ===

impl Group {
    /// The group that limits `controller`, from the text of `/proc/self/cgroup`: lines of `number:controllers:path`.
    fn of(root: &Path, groups: &str, controller: &str) -> Option<Self> {
        let lines = groups.lines().filter_map(|line| {
            let (_, line) = line.split_once(':')?;
            line.split_once(':')
        });
        let base = root.join("sys/fs/cgroup");
        let mut unified = None;
        for (controllers, path) in lines {
            if controllers.split(',').any(|name| name == controller) {
                let mount = [controllers, controller].map(|name| base.join(name)).into_iter().find(|it| it.is_dir())?;
                return Some(Self { mount, path: path.to_owned(), version: Version::One });
            }
            if controllers.is_empty() {
                let mount = Some(base.join("unified")).filter(|mount| mount.is_dir()).unwrap_or(base.clone());
                unified = Some(Self { mount, path: path.to_owned(), version: Version::Two });
            }
        }
        unified
    }

    /// The least limit of the group and those above it, for all of them hold.
    fn least(&self, limit: impl Fn(&Self, &Path) -> Option<f64>) -> Option<f64> {
        let place = Path::new(self.path.trim_start_matches('/'));
        place.ancestors().filter_map(|place| limit(self, &self.mount.join(place))).reduce(f64::min)
    }

    fn cores(&self, folder: &Path) -> Option<f64> {
        let (quota, period) = match self.version {
            Version::Two => {
                let text = read(&folder.join("cpu.max"))?;
                let (quota, period) = text.split_once(' ')?;
                (quota.to_owned(), period.to_owned())
            }
            Version::One => (read(&folder.join("cpu.cfs_quota_us"))?, read(&folder.join("cpu.cfs_period_us"))?),
        };
        // "max" and -1 stand for no quota.
        let (quota, period): (f64, f64) = (quota.parse().ok()?, period.parse().ok()?);
        (quota > 0.0 && period > 0.0).then_some(quota / period)
    }

    fn memory(&self, folder: &Path) -> Option<f64> {
        let file = match self.version {
            Version::Two => "memory.max",
            Version::One => "memory.limit_in_bytes",
        };
        read(&folder.join(file))?.parse().ok()
    }
}

fn read(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok().map(|text| text.trim().to_owned())
}

/// Bytes, from a line such as `MemTotal: 1024 kB`.
pub(super) fn kibibytes(file: &Path, field: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(field))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}
