//! Modules before they are compiled: counted, measured and validated.
//!
//! Compiling is the dearest thing that a stranger's module makes the gateway do, and what it costs grows with these
//! counts, often faster than they do. So each has a bound, far above what compilers emit for a plugin; what is above it
//! is refused here, in a time that grows with the module's size and no faster.
//!
//! A `start` function is allowed: it runs whenever an instance starts, within the deadline for that.

use std::time::{Duration, Instant};

use sluice_abi::{
    MARKER,
    import::{IMPORTS, Import, Value},
};
use wasmparser::{
    BinaryReader, ElementItems, Encoding, FuncToValidate, FuncType, FuncValidatorAllocations, FunctionBody, Parser,
    Payload, TypeRef, ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures,
};

use crate::{
    error::{LoadError, named},
    memory::TABLE_ENTRIES,
};

/// Bytes of a module.
pub(crate) const MODULE: usize = 16 * 1024 * 1024;
/// Bytes of the code of all functions.
const CODE: u64 = 8 * 1024 * 1024;
/// Bytes of the code of one function.
const BODY: u64 = 256 * 1024;
const FUNCTIONS: u64 = 20_000;
/// Local variables of one function, parameters not counted.
const LOCALS: u64 = 10_000;
/// Blocks within one another in one function.
const NESTING: u64 = 1_000;
const TYPES: u64 = 4_000;
/// Parameters of one type, and results of one type.
const PARAMS: u64 = 100;
const IMPORTED: u64 = 1_000;
const EXPORTED: u64 = 1_000;
const GLOBALS: u64 = 1_000;
/// Segments of data, and segments of table entries.
const SEGMENTS: u64 = 5_000;
/// How long validation may take.
const TIME: Duration = Duration::from_secs(2);

/// Bytes of a page of memory.
const PAGE: u64 = 64 * 1024;

/// Checks a module against all bounds and the rules of Wasm, and its imports and the marker by name.
///
/// # Errors
/// What is wrong, how much of it there is, and the bound.
pub(crate) fn vet(wasm: &[u8], features: WasmFeatures, memory: usize) -> Result<(), LoadError> {
    at_most("bytes", wasm.len() as u64, MODULE as u64)?;
    let until = Instant::now() + TIME;
    let mut found = Found { memory: memory as u64, ..Found::default() };
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut validator = Validator::new_with_features(features);
    let mut allocations = FuncValidatorAllocations::default();
    for payload in parser.parse_all(wasm) {
        let payload = payload.map_err(invalid)?;
        found.take(&payload)?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload).map_err(invalid)? {
            allocations = validate(function, &body, allocations)?;
        }
        if Instant::now() > until {
            return Err(LoadError::SlowToValidate(TIME));
        }
    }
    found.finish()
}

/// What was met so far.
#[derive(Default)]
struct Found {
    /// The bound on the memory's size, in bytes.
    memory: u64,
    types: Vec<FuncType>,
    tables: u64,
    memories: u64,
    unknown_imports: Vec<String>,
    has_marker: bool,
}

// === impl Found ===

impl Found {
    fn take(&mut self, payload: &Payload<'_>) -> Result<(), LoadError> {
        match payload {
            Payload::Version { encoding: Encoding::Component, .. } => {
                Err(LoadError::Invalid("it is a component; a plugin is a core module".to_owned()))
            }
            Payload::TypeSection(reader) => self.types(reader.clone()),
            Payload::ImportSection(reader) => self.imports(reader.clone()),
            Payload::FunctionSection(reader) => at_most("functions", reader.count().into(), FUNCTIONS),
            Payload::TableSection(reader) => self.tables(reader.clone()),
            Payload::MemorySection(reader) => self.memories(reader.clone()),
            Payload::GlobalSection(reader) => at_most("globals", reader.count().into(), GLOBALS),
            Payload::ExportSection(reader) => self.exports(reader.clone()),
            Payload::ElementSection(reader) => elements(reader.clone()),
            Payload::DataSection(reader) => at_most("segments of data", reader.count().into(), SEGMENTS),
            Payload::DataCountSection { count, .. } => at_most("segments of data", (*count).into(), SEGMENTS),
            Payload::CodeSectionStart { size, .. } => at_most("bytes of code", (*size).into(), CODE),
            Payload::CodeSectionEntry(body) => at_most("bytes of code in one function", body_size(body), BODY),
            _ => Ok(()),
        }
    }

    fn types(&mut self, reader: wasmparser::TypeSectionReader<'_>) -> Result<(), LoadError> {
        at_most("types", reader.count().into(), TYPES)?;
        for ty in reader.into_iter_err_on_gc_types() {
            let ty = ty.map_err(invalid)?;
            at_most("parameters in one type", ty.params().len() as u64, PARAMS)?;
            at_most("results in one type", ty.results().len() as u64, PARAMS)?;
            self.types.push(ty);
        }
        Ok(())
    }

    fn imports(&mut self, reader: wasmparser::ImportSectionReader<'_>) -> Result<(), LoadError> {
        at_most("imports", reader.count().into(), IMPORTED)?;
        for import in reader.into_imports() {
            let import = import.map_err(invalid)?;
            let row = IMPORTS.iter().find(|row| row.interface == import.module && row.function == import.name);
            match row {
                Some(row) if self.is_of_type(import.ty, row) => {}
                Some(_) => self.unknown_imports.push(named(import.module, import.name) + " with another type"),
                None => self.unknown_imports.push(named(import.module, import.name)),
            }
        }
        Ok(())
    }

    fn is_of_type(&self, ty: TypeRef, row: &Import) -> bool {
        let TypeRef::Func(position) = ty else { return false };
        let value = |value: &Value| match value {
            Value::I32 => ValType::I32,
            Value::I64 => ValType::I64,
            Value::F64 => ValType::F64,
        };
        self.types.get(position as usize).is_some_and(|ty| {
            ty.params().iter().copied().eq(row.params.iter().map(value))
                && ty.results().iter().copied().eq(row.result.iter().map(value))
        })
    }

    fn tables(&mut self, reader: wasmparser::TableSectionReader<'_>) -> Result<(), LoadError> {
        self.tables += u64::from(reader.count());
        at_most("tables", self.tables, 1)?;
        reader.into_iter().try_for_each(|table| {
            at_most("entries in its table", table.map_err(invalid)?.ty.initial, TABLE_ENTRIES as u64)
        })
    }

    fn memories(&mut self, reader: wasmparser::MemorySectionReader<'_>) -> Result<(), LoadError> {
        self.memories += u64::from(reader.count());
        at_most("memories", self.memories, 1)?;
        reader.into_iter().try_for_each(|memory| {
            let bytes = memory.map_err(invalid)?.initial.saturating_mul(PAGE);
            at_most("bytes of memory at its start", bytes, self.memory)
        })
    }

    fn exports(&mut self, reader: wasmparser::ExportSectionReader<'_>) -> Result<(), LoadError> {
        at_most("exports", reader.count().into(), EXPORTED)?;
        for export in reader {
            self.has_marker |= export.map_err(invalid)?.name == MARKER;
        }
        Ok(())
    }

    /// What is told of a sound module that is no plugin.
    fn finish(self) -> Result<(), LoadError> {
        if !self.unknown_imports.is_empty() {
            return Err(LoadError::unknown_imports(self.unknown_imports));
        }
        match self.has_marker {
            true => Ok(()),
            false => Err(LoadError::Exports(vec![MARKER.to_owned()])),
        }
    }
}

fn elements(reader: wasmparser::ElementSectionReader<'_>) -> Result<(), LoadError> {
    at_most("segments of table entries", reader.count().into(), SEGMENTS)?;
    let mut entries = 0;
    for segment in reader {
        entries += match segment.map_err(invalid)?.items {
            ElementItems::Functions(items) => u64::from(items.count()),
            ElementItems::Expressions(_, items) => u64::from(items.count()),
        };
        at_most("entries in its segments", entries, TABLE_ENTRIES as u64)?;
    }
    Ok(())
}

/// Validates one function.
fn validate(
    function: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    allocations: FuncValidatorAllocations,
) -> Result<FuncValidatorAllocations, LoadError> {
    let mut validator = function.into_validator(allocations);
    let mut reader = body.get_binary_reader();
    reader.set_features(*validator.features());
    at_most("local variables in one function", locals(reader.clone())?, LOCALS)?;
    validator.read_locals(&mut reader).map_err(invalid)?;
    while !reader.eof() {
        let position = reader.original_position();
        reader.visit_operator(&mut validator.visitor(position)).map_err(invalid)?.map_err(invalid)?;
        at_most("blocks within one another", validator.control_stack_height().into(), NESTING)?;
    }
    reader.finish_expression(&validator.visitor(reader.original_position())).map_err(invalid)?;
    Ok(validator.into_allocations())
}

fn locals(mut reader: BinaryReader<'_>) -> Result<u64, LoadError> {
    let mut locals = 0;
    for _ in 0..reader.read_var_u32().map_err(invalid)? {
        locals += u64::from(reader.read_var_u32().map_err(invalid)?);
        reader.read::<ValType>().map_err(invalid)?;
    }
    Ok(locals)
}

fn body_size(body: &FunctionBody<'_>) -> u64 {
    body.range().len() as u64
}

#[inline]
fn at_most(what: &'static str, found: u64, most: u64) -> Result<(), LoadError> {
    match found <= most {
        true => Ok(()),
        false => Err(LoadError::TooMuch { what, found, most }),
    }
}

fn invalid(error: wasmparser::Error) -> LoadError {
    LoadError::Invalid(error.to_string())
}
