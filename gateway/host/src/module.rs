//! Modules: compiled, checked against the ABI, and asked what they are.

use std::{collections::BTreeSet, sync::Arc};

use aws_lc_rs::digest as hash;
use gateway_model::{Digest, Grant, PluginFacts};
use gateway_telemetry::Gauge;
use serde_json::Value as Json;
use sluice_abi::{
    EXPORT_AREAS, EXPORT_CONFIGURE, EXPORT_DESCRIBE, MARKER,
    import::{CACHE, IDENTITY, IMPORTS, Import, LIMITS, RATE_LIMIT, SYS, Value},
    wire::{Descriptor, Hooks},
};
use wasmtime::{ExternType, FuncType, InstancePre, Linker, Module, ValType};

use crate::{
    compile::lines::Lines,
    engine::Core,
    error::{LoadError, named, quoted_name},
    hook::Hook,
    instance,
    state::State,
    uses::Uses,
};

/// The longest name and version that a module may give itself, in bytes.
const NAME: usize = 63;

/// The longest description, in bytes.
const DESCRIPTION: usize = 1024;

/// A module that may be configured.
pub(crate) struct Loaded {
    pre: InstancePre<State>,
    /// For configurations that never wait; none for a module that cannot wait anyway.
    direct: Option<InstancePre<State>>,
    descriptor: Descriptor,
    imports: Vec<String>,
    /// The grants without which it cannot be used.
    pub(crate) needs: Vec<Grant>,
    pub(crate) uses: Uses,
    /// Where its author's lines are.
    pub(crate) lines: Lines,
    /// Counts the code for as long as it is there.
    _code: Code,
}

/// Compiled code in the gauge of all code.
struct Code {
    gauge: Gauge,
    bytes: i64,
}

/// The digest of a module's bytes.
pub(crate) fn digest(wasm: &[u8]) -> Digest {
    let sum = hash::digest(&hash::SHA256, wasm);
    Digest::sha256(sum.as_ref().try_into().expect("SHA-256 has 32 bytes"))
}

// === impl Loaded ===

impl Loaded {
    pub(crate) fn new(core: &Arc<Core>, (module, lines): (Module, Lines)) -> Result<Self, LoadError> {
        let module = &module;
        let imports = offered(module)?;
        require(module, REQUIRED)?;
        let linked = |linker: &Linker<State>| {
            linker.instantiate_pre(module).map_err(|error| LoadError::Invalid(format!("{error:#}")))
        };
        let uses = Uses::of(&imports);
        let pre = linked(&core.linker)?;
        let direct = uses.blocking.then(|| linked(&core.direct)).transpose()?;
        let descriptor = instance::describe(core, &pre, uses).map_err(LoadError::Describe)?;
        check(&descriptor)?;
        require(module, &hooks_required(descriptor.hooks))?;
        let names: BTreeSet<_> = imports.iter().map(|import| import.interface).filter(|name| *name != SYS).collect();
        Ok(Self {
            pre,
            direct,
            descriptor,
            imports: names.into_iter().map(str::to_owned).collect(),
            needs: needs(&imports),
            uses,
            lines,
            _code: Code::new(core, module),
        })
    }

    /// What instances are made from: of calls that may wait on fibers, or of others.
    pub(crate) fn pre(&self, waits: bool) -> &InstancePre<State> {
        self.direct.as_ref().filter(|_| !waits).unwrap_or(&self.pre)
    }

    pub(crate) fn hooks(&self) -> Hooks {
        self.descriptor.hooks
    }

    pub(crate) fn facts(&self, digest: Digest, size: usize) -> Result<PluginFacts, LoadError> {
        let descriptor = &self.descriptor;
        Ok(PluginFacts {
            digest,
            name: descriptor.name.clone(),
            version: descriptor.version.clone(),
            description: descriptor.description.clone(),
            default_order: descriptor.order,
            config_schema: schema(&descriptor.config_schema)?,
            imports: self.imports.clone(),
            hooks: descriptor.hooks.names().map(str::to_owned).collect(),
            needs: self.needs.clone(),
            size: size as u64,
        })
    }
}

// === impl Code ===

impl Code {
    fn new(core: &Core, module: &Module) -> Self {
        let image = module.image_range();
        let bytes = i64::try_from(image.end.addr() - image.start.addr()).expect("code is far smaller");
        let gauge = core.services.metrics.plugin_code();
        gauge.add(bytes);
        Self { gauge, bytes }
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.gauge.add(-self.bytes);
    }
}

// === imports ===

/// The rows of the table that the module imports; all imports that are not there are named in one error.
fn offered(module: &Module) -> Result<Vec<&'static Import>, LoadError> {
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for import in module.imports() {
        let row = IMPORTS.iter().find(|row| row.interface == import.module() && row.function == import.name());
        match (row, import.ty()) {
            (Some(row), ExternType::Func(ty)) if is_of_type(&ty, row.params, row.result) => found.push(row),
            (row, _) => {
                let hint = if row.is_some() { " with another type" } else { "" };
                unknown.push(format!("{}{hint}", named(import.module(), import.name())));
            }
        }
    }
    match unknown.is_empty() {
        true => Ok(found),
        false => Err(LoadError::unknown_imports(unknown)),
    }
}

/// The grants that imports need, by function: an interface may have functions for everybody.
///
/// Those of upstreams, stores and secrets depend on names: they are checked when one is defined or used.
fn needs(imports: &[&Import]) -> Vec<Grant> {
    let identity = imports.iter().any(|import| import.interface == IDENTITY);
    let plan = imports.iter().any(|import| is_plan(import));
    let cache = imports.iter().any(|import| import.interface == CACHE);
    let needs = [identity.then_some(Grant::Identity), plan.then_some(Grant::UsagePlan), cache.then_some(Grant::Cache)];
    needs.into_iter().flatten().collect()
}

fn is_plan(import: &Import) -> bool {
    matches!((import.interface, import.function), (RATE_LIMIT, "acquire-plan") | (LIMITS, "has-plan"))
}

// === exports ===

/// A function that a module must export.
#[derive(Clone, Copy)]
struct Export {
    name: &'static str,
    params: &'static [Value],
    result: Option<Value>,
}

const REQUIRED: &[Export] = &[
    Export { name: MARKER, params: &[], result: None },
    Export { name: EXPORT_AREAS, params: &[], result: Some(Value::I32) },
    Export { name: EXPORT_DESCRIBE, params: &[], result: Some(Value::I32) },
    Export { name: EXPORT_CONFIGURE, params: &[Value::I32], result: Some(Value::I64) },
];

fn hooks_required(hooks: Hooks) -> Vec<Export> {
    let named = Hook::ALL.into_iter().filter(|hook| hooks.has(hook.flag()));
    named.map(|hook| Export { name: hook.export(), params: hook.params(), result: Some(Value::I64) }).collect()
}

fn require(module: &Module, required: &[Export]) -> Result<(), LoadError> {
    let has = |export: &Export| match module.get_export(export.name) {
        Some(ExternType::Func(ty)) => is_of_type(&ty, export.params, export.result),
        _ => false,
    };
    let mut missing: Vec<_> =
        required.iter().filter(|export| !has(export)).map(|export| export.name.to_owned()).collect();
    if !matches!(module.get_export("memory"), Some(ExternType::Memory(_))) {
        missing.push("memory".to_owned());
    }
    match missing.is_empty() {
        true => Ok(()),
        false => Err(LoadError::Exports(missing)),
    }
}

fn is_of_type(ty: &FuncType, params: &[Value], result: Option<Value>) -> bool {
    let is = |(ty, value): (ValType, &Value)| match value {
        Value::I32 => ty.is_i32(),
        Value::I64 => ty.is_i64(),
        Value::F64 => ty.is_f64(),
    };
    ty.params().len() == params.len()
        && ty.params().zip(params).all(is)
        && ty.results().len() == usize::from(result.is_some())
        && ty.results().zip(&result).all(is)
}

// === the descriptor ===

pub(crate) fn check(descriptor: &Descriptor) -> Result<(), LoadError> {
    for (field, value) in [("name", &descriptor.name), ("version", &descriptor.version)] {
        let good = (1..=NAME).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
        if !good {
            let value = quoted_name(value);
            let message = format!("its {field} is {value:?}: use 1 to {NAME} visible ASCII characters without spaces");
            return Err(LoadError::Descriptor(message));
        }
    }
    if descriptor.description.len() > DESCRIPTION || descriptor.description.chars().any(char::is_control) {
        let message =
            format!("its description is no line of text: use at most {DESCRIPTION} bytes without line breaks");
        return Err(LoadError::Descriptor(message));
    }
    schema(&descriptor.config_schema).map(drop)
}

/// The schema as JSON. Whether it is a sound schema is checked by who validates with it.
fn schema(text: &str) -> Result<Json, LoadError> {
    match serde_json::from_str(text) {
        Ok(schema @ (Json::Object(_) | Json::Bool(_))) => Ok(schema),
        Ok(_) => Err(LoadError::Descriptor("its config_schema is no JSON Schema: use an object".to_owned())),
        Err(error) => Err(LoadError::Descriptor(format!("its config_schema is no JSON: {error}"))),
    }
}
