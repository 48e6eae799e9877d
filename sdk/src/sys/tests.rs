//! The declarations of `wasm/imports.rs` against the table that the host offers.

use std::collections::BTreeMap;

use sluice_abi::import::{IMPORTS, Value};

type Signature = (Vec<Value>, Option<Value>);

fn value(ty: &str) -> Value {
    match ty {
        "u64" | "i64" => Value::I64,
        "f64" => Value::F64,
        _ => Value::I32,
    }
}

/// The quoted text in a line.
fn quoted(line: &str) -> &str {
    line.split('"').nth(1).expect("the line quotes a name")
}

/// Reads the source, which no native build compiles.
fn declared() -> BTreeMap<(String, String), Signature> {
    let source = include_str!("wasm/imports.rs");
    let (mut module, mut link_name) = ("", None);
    let mut declared = BTreeMap::new();
    // A declaration may stand on several lines: it ends with its ';'.
    let code: Vec<&str> = source.lines().filter(|line| !line.trim().starts_with("//")).collect();
    let statements = (code.join("\n") + "\n").replace("{\n", ";\n").replace("]\n", "];\n");
    for statement in statements.split(";\n").map(|statement| statement.trim_matches(['}', '\n', ' '])) {
        if statement.starts_with("#[link(") {
            module = quoted(statement);
        } else if statement.starts_with("#[link_name") {
            link_name = Some(quoted(statement));
        } else if let Some((_, function)) = statement.split_once("fn ") {
            let (name, rest) = function.split_once('(').expect("a function has parameters");
            let (params, result) = rest.rsplit_once(')').expect("parameters end");
            let params = params.split(',').filter_map(|param| param.split_once(':'));
            let params = params.map(|(_, ty)| value(ty.trim())).collect();
            let result = result.split_once("->").map(|(_, ty)| value(ty.trim()));
            let name = link_name.take().unwrap_or(name);
            declared.insert((module.to_owned(), name.to_owned()), (params, result));
        }
    }
    declared
}

#[test]
fn the_sdk_declares_the_whole_table_as_the_host_offers_it() {
    let declared = declared();
    for import in IMPORTS {
        let key = (import.interface.to_owned(), import.function.to_owned());
        assert_eq!(declared.get(&key), Some(&(import.params.to_vec(), import.result)), "{key:?}");
    }
    assert_eq!(declared.len(), IMPORTS.len());
}
