//! From a place in a module to the lines of its author.
//!
//! Debug information is a program of its own, with as much recursion as its author likes, so a gateway never reads a
//! guest's: the compile child does, and makes this flat table of it, which is only looked up where a guest fails.

use std::{collections::HashMap, sync::OnceLock};

use addr2line::{Context, gimli};
use gimli::{Dwarf, EndianSlice, LittleEndian};
use serde::{Deserialize, Serialize};
use sluice_abi::wire;
use wasmparser::{Parser, Payload};

use crate::error::{function_name, quoted_name};

/// Functions inlined into one another that are told of one place.
const DEPTH: usize = 8;

/// The largest table, encoded, in bytes; a module that needs more has no lines.
const LARGEST: usize = 4 * 1024 * 1024;

/// The lines of a module.
#[derive(Debug)]
pub(crate) struct Lines {
    encoded: Box<[u8]>,
    /// Decoded at the first failure; `None` where there is nothing sound to decode.
    table: OnceLock<Option<Table>>,
}

/// A call as its author sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    pub(crate) function: &'t str,
    pub(crate) file: &'t str,
    /// 0 when it is not known.
    pub(crate) number: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Table {
    /// Where chains begin: bytes since the row before, and the chain.
    rows: Vec<(u32, u32)>,
    /// Positions of lines, innermost first.
    chains: Vec<Vec<u32>>,
    /// Function and file, as positions of texts, and the line's number.
    lines: Vec<(u32, u32, u32)>,
    texts: Vec<String>,
}

// === making ===

/// The table of a module, encoded; empty when it has no debug information, or none that can be read.
pub(crate) fn of_module(wasm: &[u8]) -> Vec<u8> {
    let table = sections(wasm).and_then(|sections| table(&sections));
    let encoded = table.map(|table| wire::encode(&table)).unwrap_or_default();
    if encoded.len() <= LARGEST { encoded } else { Vec::new() }
}

/// What of a module tells about lines.
struct Sections<'w> {
    debug: HashMap<&'w str, &'w [u8]>,
    /// Where the code is in the module: addresses count from there.
    code: std::ops::Range<usize>,
}

fn sections(wasm: &[u8]) -> Option<Sections<'_>> {
    let mut debug = HashMap::new();
    let mut code = None;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.ok()? {
            Payload::CustomSection(section) if section.name().starts_with(".debug_") => {
                debug.insert(section.name(), section.data());
            }
            Payload::CodeSectionStart { range, .. } => code = Some(range),
            _ => {}
        }
    }
    let code = code.filter(|_| !debug.is_empty())?;
    Some(Sections { debug, code })
}

fn table(sections: &Sections<'_>) -> Option<Table> {
    let section = |id: gimli::SectionId| {
        let data = sections.debug.get(id.name()).copied().unwrap_or_default();
        Ok::<_, gimli::Error>(EndianSlice::new(data, LittleEndian))
    };
    let context = Context::from_dwarf(Dwarf::load(section).ok()?).ok()?;
    let mut maker = Maker::default();
    let end = sections.code.len() as u64;
    for (address, _, _) in context.find_location_range(0, end).ok()? {
        let offset = u32::try_from(sections.code.start as u64 + address).ok()?;
        let chain = maker.chain(&context, address);
        maker.row(offset, chain);
    }
    Some(maker.table)
}

/// A table in the making.
#[derive(Default)]
struct Maker {
    table: Table,
    /// The offset and the chain of the last row.
    last: Option<(u32, u32)>,
    chains: HashMap<Vec<u32>, u32>,
    lines: HashMap<(u32, u32, u32), u32>,
    texts: HashMap<String, u32>,
    /// Functions by the compiler's spelling, which is long.
    functions: HashMap<String, u32>,
    /// The line of a function and its file that was last met.
    nearest: HashMap<(u32, u32), u32>,
}

impl Maker {
    fn row(&mut self, offset: u32, chain: u32) {
        let (before, same) = self.last.map_or((0, false), |(before, last)| (before, last == chain));
        // Ranges come in order; one that does not would only make this place's lines wrong.
        if !same && offset >= before {
            self.table.rows.push((offset - before, chain));
            self.last = Some((offset, chain));
        }
    }

    fn chain(&mut self, context: &Context<EndianSlice<'_, LittleEndian>>, address: u64) -> u32 {
        let mut chain = Vec::new();
        if let Ok(mut frames) = context.find_frames(address).skip_all_loads() {
            while let (true, Ok(Some(frame))) = (chain.len() < DEPTH, frames.next()) {
                let symbol = frame.function.as_ref().and_then(|name| name.raw_name().ok());
                let function = self.function(symbol.as_deref().unwrap_or_default());
                let place = frame.location.as_ref();
                let file = self.text(quoted_name(readable(place.and_then(|it| it.file).unwrap_or_default())));
                let number = self.number((function, file), place.and_then(|it| it.line).unwrap_or(0));
                let line = (function, file, number);
                chain.push(position(&mut self.lines, &mut self.table.lines, line));
            }
        }
        position(&mut self.chains, &mut self.table.chains, chain)
    }

    /// Code that the compiler adds, such as the jump back to where a loop begins, has the line 0: the line before it in the
    /// same function says more.
    fn number(&mut self, place: (u32, u32), number: u32) -> u32 {
        if number == 0 {
            return self.nearest.get(&place).copied().unwrap_or(0);
        }
        self.nearest.insert(place, number);
        number
    }

    fn function(&mut self, symbol: &str) -> u32 {
        if let Some(known) = self.functions.get(symbol) {
            return *known;
        }
        let text = self.text(function_name(symbol));
        self.functions.insert(symbol.to_owned(), text);
        text
    }

    fn text(&mut self, text: String) -> u32 {
        position(&mut self.texts, &mut self.table.texts, text)
    }
}

/// Where `value` stands in the list, which it is added to if need be.
fn position<T: Clone + Eq + std::hash::Hash>(known: &mut HashMap<T, u32>, list: &mut Vec<T>, value: T) -> u32 {
    if let Some(position) = known.get(&value) {
        return *position;
    }
    let position = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list.push(value.clone());
    known.insert(value, position);
    position
}

/// The end of a path that a person would name the file by.
fn readable(path: &str) -> &str {
    let after = |marker: &str| path.rfind(marker).map(|at| &path[at + marker.len()..]);
    // A package of a registry lies in a folder that is named after the registry.
    if let Some((_, file)) = after("/registry/src/").and_then(|rest| rest.split_once('/')) {
        return file;
    }
    if let Some(at) = path.rfind("/library/") {
        return &path[at + 1..];
    }
    // Of one's own package: what is from its `src` on.
    path.rfind("/src/").map_or(path, |at| &path[at + 1..])
}

// === reading ===

impl Lines {
    pub(crate) fn new(encoded: &[u8]) -> Self {
        Self { encoded: encoded.into(), table: OnceLock::new() }
    }

    /// What stands at an offset of the module, innermost function first; nothing where that is not known.
    pub(crate) fn at(&self, offset: usize) -> Vec<Line<'_>> {
        let table = self.table.get_or_init(|| wire::decode(&self.encoded).ok());
        table.as_ref().map(|table| table.at(offset)).unwrap_or_default()
    }
}

impl Table {
    fn at(&self, offset: usize) -> Vec<Line<'_>> {
        let mut start = 0u64;
        let mut chain = None;
        // From row to row: this is read when a guest has failed, and few thousand additions are quick.
        for (bytes, next) in &self.rows {
            start += u64::from(*bytes);
            if start > offset as u64 {
                break;
            }
            chain = Some(*next);
        }
        let chain = chain.and_then(|chain| self.chains.get(chain as usize));
        chain.into_iter().flatten().filter_map(|line| self.line(*line)).collect()
    }

    fn line(&self, position: u32) -> Option<Line<'_>> {
        let (function, file, number) = *self.lines.get(position as usize)?;
        let text = |position: u32| self.texts.get(position as usize).map(String::as_str);
        Some(Line { function: text(function)?, file: text(file)?, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_a_person_would() {
        for (path, name) in [
            ("/home/ann/tenants/src/lib.rs", "src/lib.rs"),
            ("src/keys.rs", "src/keys.rs"),
            ("/r/registry/src/index-1/serde_json-1.0.1/src/de.rs", "serde_json-1.0.1/src/de.rs"),
            ("/usr/lib/rust/library/core/src/option.rs", "library/core/src/option.rs"),
        ] {
            assert_eq!(readable(path), name);
        }
    }

    #[test]
    fn a_place_belongs_to_the_row_before_it() {
        let mut maker = Maker::default();
        let line = maker.text("f".into());
        let at = |maker: &mut Maker, number| {
            let line = position(&mut maker.lines, &mut maker.table.lines, (line, line, number));
            position(&mut maker.chains, &mut maker.table.chains, vec![line])
        };
        for (offset, number) in [(10, 1), (14, 1), (20, 2)] {
            let chain = at(&mut maker, number);
            maker.row(offset, chain);
        }
        assert_eq!(maker.table.rows.len(), 2, "rows that say the same are one");
        let lines = Lines::new(&wire::encode(&maker.table));
        let number = |offset| lines.at(offset).first().map(|line| line.number);
        assert_eq!([9, 10, 19, 20, 999].map(number), [None, Some(1), Some(1), Some(2), Some(2)]);
    }

    #[test]
    fn code_without_a_line_is_told_with_the_line_before_it_in_its_function() {
        let mut maker = Maker::default();
        assert_eq!(
            [(0, 0), (0, 7), (1, 3), (0, 0)].map(|(function, number)| maker.number((function, 0), number)),
            [0, 7, 3, 7]
        );
    }

    #[test]
    fn a_module_without_debug_information_has_no_lines() {
        let wasm = wat::parse_str("(module (func))").expect("a module");
        assert!(of_module(&wasm).is_empty());
        assert!(Lines::new(&[]).at(3).is_empty());
    }

    #[test]
    fn debug_information_that_is_none_has_no_lines() {
        let wasm = wat::parse_str(r#"(module (func) (@custom ".debug_info" "\ff\ff\ff\ff\ff\ff\ff\ff\00"))"#);
        assert!(Lines::new(&of_module(&wasm.expect("a module"))).at(30).is_empty());
    }
}
