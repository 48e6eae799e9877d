//! Compiles one package to a plugin.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{Report, TARGET, Toolchain, cache, process};

/// For `cargo metadata`, which reads manifests only.
const LOOK_UP: Duration = Duration::from_secs(60);

/// What a module is compiled for. Whatever it is, a panic is a trap, and the name section stays, because traps are
/// reported with function names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For gateways: for speed, as one unit.
    Ship,
    /// For the next try: ready soon, not fast, and with the lines of the source, so that a trap says where it was.
    Try,
}

/// A stack of 64 KiB in place of 1 MiB, as every instance of every plugin has its own; and random numbers from the host
/// for the crate `getrandom`, where the SDK's feature of that name is on.
const FLAGS: (&str, &str) = (
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "-C link-arg=-zstack-size=65536 --cfg getrandom_backend=\"custom\"",
);

impl Profile {
    /// The settings of cargo's release profile, whatever the workspace's own says.
    fn settings(self) -> [(&'static str, &'static str); 7] {
        // Lines make a module of 130 kB one of 560 kB, most of it the standard library's: too much to ship.
        let (level, lto, units, incremental, debug, strip) = match self {
            Self::Ship => ("3", "fat", "1", "false", "false", "debuginfo"),
            Self::Try => ("1", "off", "16", "true", "line-tables-only", "none"),
        };
        [
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", level),
            ("CARGO_PROFILE_RELEASE_LTO", lto),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", units),
            ("CARGO_PROFILE_RELEASE_INCREMENTAL", incremental),
            ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
            ("CARGO_PROFILE_RELEASE_DEBUG", debug),
            ("CARGO_PROFILE_RELEASE_STRIP", strip),
        ]
    }

    /// What the folder of its products is called behind the compiler's name.
    fn suffix(self) -> &'static str {
        match self {
            Self::Ship => "",
            Self::Try => "-try",
        }
    }
}

/// A package that is to become a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    package: String,
    manifest: PathBuf,
    workspace: PathBuf,
}

/// Finds a package and compiles it; see [`Guest::find`] and [`Guest::build`].
///
/// # Errors
///
/// As theirs.
pub fn build(
    toolchain: &Toolchain,
    manifest_dir: &Path,
    package: Option<&str>,
    profile: Profile,
    report: Report<'_>,
) -> anyhow::Result<PathBuf> {
    Guest::find(toolchain, manifest_dir, package)?.build(toolchain, profile, report)
}

impl Guest {
    /// Finds the package whose `Cargo.toml` is in a folder, or the named member of the workspace there.
    ///
    /// # Errors
    ///
    /// The folder has no manifest that cargo can read, or the package is not among its members.
    pub fn find(toolchain: &Toolchain, manifest_dir: &Path, package: Option<&str>) -> anyhow::Result<Self> {
        let manifest = manifest_dir.join("Cargo.toml");
        let manifest = fs::canonicalize(&manifest)
            .with_context(|| format!("there is no {}: name the folder of a plugin's package", manifest.display()))?;
        let mut cargo = cargo_in(toolchain, &manifest);
        cargo.args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"]).arg(&manifest);
        let metadata = process::run(&mut cargo, LOOK_UP)?;
        let metadata = serde_json::from_str(&metadata).context("cannot read what `cargo metadata` says")?;
        member(&metadata, &manifest, package)
    }

    /// The package's name.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// Compiles the package and returns where its module is, in a folder of the cache that the next build reuses.
    ///
    /// Compiles only what changed. Messages of cargo and the compiler go to the terminal as they are.
    ///
    /// # Errors
    ///
    /// The package does not compile, and the compiler has said why; or it made no module.
    pub fn build(&self, toolchain: &Toolchain, profile: Profile, report: Report<'_>) -> anyhow::Result<PathBuf> {
        report(&format!("compiling {} to {TARGET}", self.package));
        let target = cache::guest_target(&(toolchain.key() + profile.suffix()), &self.workspace)?;
        let mut cargo = self.command(toolchain, profile, &target);
        let messages = run(&mut cargo).with_context(|| format!("`{}` did not compile", self.package))?;
        module_in(&messages, &self.manifest)
            .with_context(|| format!("`{}` made no module: a plugin's package needs a src/lib.rs", self.package))
    }

    /// Names the one crate type: were the manifest's `rlib` built with it, cargo would drop link-time optimisation.
    /// That takes `cargo rustc`, so packages are built one after the other; they share the standard library all the same,
    /// and each gets only the features it asked for, whatever its neighbours do.
    fn command(&self, toolchain: &Toolchain, profile: Profile, target: &Path) -> Command {
        let mut cargo = cargo_in(toolchain, &self.manifest);
        cargo
            .args(["rustc", "--release", "--lib", "--crate-type=cdylib", "--target", TARGET])
            .args(toolchain.build_options())
            .arg("--manifest-path")
            .arg(&self.manifest)
            .arg("--target-dir")
            .arg(target)
            .arg("--message-format=json-render-diagnostics")
            .envs(profile.settings())
            .env(FLAGS.0, FLAGS.1);
        cargo
    }
}

/// A cargo that reads the configuration a person in the package's folder would get.
fn cargo_in(toolchain: &Toolchain, manifest: &Path) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.current_dir(manifest.parent().expect("a manifest lies in a folder"));
    cargo
}

/// Runs cargo on the author's terminal and returns its messages for programs.
fn run(cargo: &mut Command) -> anyhow::Result<String> {
    let mut child = cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| process::missing(cargo, error))?;
    let mut messages = String::new();
    let read = child.stdout.take().expect("stdout is piped").read_to_string(&mut messages);
    let status = child.wait().context("lost sight of cargo")?;
    read.context("cannot read cargo's messages")?;
    if !status.success() {
        bail!("cargo ended with {status}");
    }
    Ok(messages)
}

/// Picks from `cargo metadata` the named member, or the one with this manifest.
fn member(metadata: &Value, manifest: &Path, package: Option<&str>) -> anyhow::Result<Guest> {
    let path = |value: &Value| value.as_str().map(PathBuf::from);
    let workspace = path(&metadata["workspace_root"]).context("cargo names no workspace")?;
    let members = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let members: Vec<(&str, PathBuf)> =
        members.iter().filter_map(|member| Some((member["name"].as_str()?, path(&member["manifest_path"])?))).collect();

    let found = members.iter().find(|(name, file)| match package {
        Some(package) => *name == package,
        None => same_file(file, manifest),
    });
    let Some((name, file)) = found else {
        let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        let wanted = package.map_or_else(|| "a package".into(), |package| format!("`{package}`"));
        bail!("{} is not the manifest of {wanted}; name one of: {}", manifest.display(), names.join(", "));
    };
    Ok(Guest { package: (*name).to_owned(), manifest: file.clone(), workspace })
}

/// Picks from cargo's messages the module made from this manifest: dependencies may make modules too.
fn module_in(messages: &str, manifest: &Path) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let ours = messages.filter(|message| {
        message["reason"] == "compiler-artifact"
            && message["manifest_path"].as_str().is_some_and(|path| same_file(path.as_ref(), manifest))
    });
    let files: Vec<Value> =
        ours.flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default()).collect();
    let mut paths = files.iter().filter_map(Value::as_str).map(PathBuf::from);
    paths.find(|path| path.extension().is_some_and(|extension| extension == "wasm"))
}

fn same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn workspace() -> Value {
        json!({
            "workspace_root": "/w",
            "packages": [
                { "name": "plugin-auth", "manifest_path": "/w/auth/Cargo.toml" },
                { "name": "plugin-cache", "manifest_path": "/w/cache/Cargo.toml" },
            ],
        })
    }

    #[test]
    fn a_package_is_found_by_its_folder_or_by_its_name() {
        let by_folder = member(&workspace(), "/w/cache/Cargo.toml".as_ref(), None).unwrap();
        let by_name = member(&workspace(), "/w/Cargo.toml".as_ref(), Some("plugin-cache")).unwrap();
        assert_eq!(by_folder, by_name);
        assert_eq!(by_folder.package(), "plugin-cache");
        assert_eq!(by_folder.workspace, Path::new("/w"));
    }

    #[test]
    fn a_package_that_is_not_there_is_answered_with_those_that_are() {
        for package in [None, Some("plugin-gone")] {
            let error = member(&workspace(), "/w/Cargo.toml".as_ref(), package).unwrap_err().to_string();
            assert!(error.contains("plugin-auth, plugin-cache"), "{error}");
        }
    }

    #[test]
    fn the_module_is_the_one_of_this_package_not_of_a_dependency() {
        let artifact = |manifest: &str, files: &[&str]| {
            json!({ "reason": "compiler-artifact", "manifest_path": manifest, "filenames": files }).to_string()
        };
        let messages = [
            artifact("/w/dep/Cargo.toml", &["/t/dep.wasm"]),
            "a line that a build script printed".to_owned(),
            artifact("/w/auth/Cargo.toml", &["/t/libauth.rlib", "/t/auth.wasm"]),
            json!({ "reason": "build-finished", "success": true }).to_string(),
        ]
        .join("\n");
        assert_eq!(module_in(&messages, "/w/auth/Cargo.toml".as_ref()), Some("/t/auth.wasm".into()));
        assert_eq!(module_in(&messages, "/w/cache/Cargo.toml".as_ref()), None);
    }
}
