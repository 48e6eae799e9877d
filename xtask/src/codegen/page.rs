//! The contract as Markdown: a section for each interface.

use sluice_abi::import::{IMPORTS, Value, is_blocking};
use wit_parser::{Docs, Function, Interface, InterfaceId, Resolve, TypeDefKind, WorldItem};

use super::types;

/// All interfaces: the shared types, what plugins export, what they may import.
pub(super) fn contract(resolve: &Resolve) -> String {
    let mut text = String::from("## Types\n\n");
    let worlds = || resolve.worlds.iter().map(|(_, world)| world);
    let interfaces = |items: Vec<InterfaceId>| items.into_iter().map(|id| (id, &resolve.interfaces[id]));
    let imports = interfaces(worlds().flat_map(|world| ids(world.imports.values())).collect());
    let exports = interfaces(worlds().flat_map(|world| ids(world.exports.values())).collect());
    let (shared, imports): (Vec<_>, Vec<_>) = imports.partition(|(_, interface)| interface.functions.is_empty());
    shared.iter().for_each(|(_, interface)| text.push_str(&section_types(resolve, interface)));
    text.push_str("## What a plugin exports\n\n");
    exports.for_each(|(id, interface)| text.push_str(&section(resolve, id, interface)));
    text.push_str("## What a plugin may import\n\n");
    imports.iter().for_each(|(id, interface)| text.push_str(&section(resolve, *id, interface)));
    text.trim_end().to_owned() + "\n"
}

fn ids<'a>(items: impl Iterator<Item = &'a WorldItem>) -> Vec<InterfaceId> {
    let id = |item: &WorldItem| match item {
        WorldItem::Interface { id, .. } => Some(*id),
        _ => None,
    };
    items.filter_map(id).collect()
}

fn section(resolve: &Resolve, id: InterfaceId, interface: &Interface) -> String {
    let module = resolve.id_of(id).unwrap_or_default();
    let mut text = format!("### `{module}`\n\n{}", prose(&interface.docs));
    for function in interface.functions.values() {
        text.push_str(&format!("**`{}`**\n\n", signature(resolve, function)));
        text.push_str(&prose(&function.docs));
        text.push_str(&lowered(&module, &function.name));
    }
    text + &section_types(resolve, interface)
}

fn signature(resolve: &Resolve, function: &Function) -> String {
    let params: Vec<String> =
        function.params.iter().map(|param| format!("{}: {}", param.name, types::name(resolve, &param.ty))).collect();
    let result = function.result.as_ref().map(|ty| format!(" -> {}", types::name(resolve, ty))).unwrap_or_default();
    format!("{}({}){result}", function.name, params.join(", "))
}

/// How an import crosses; what plugins export is told by the rules.
fn lowered(module: &str, function: &str) -> String {
    let Some(row) = IMPORTS.iter().find(|row| row.interface == module && row.function == function) else {
        return String::new();
    };
    let params: Vec<&str> = row.params.iter().map(core_type).collect();
    let result = row.result.as_ref().map(|value| format!(" -> {}", core_type(value))).unwrap_or_default();
    let blocking = if is_blocking(module, function) { ", on a fiber" } else { "" };
    format!("Crosses as `({}){result}`{blocking}.\n\n", params.join(", "))
}

fn core_type(value: &Value) -> &'static str {
    match value {
        Value::I32 => "i32",
        Value::I64 => "i64",
        Value::F64 => "f64",
    }
}

/// The interface's own types; those that it borrows from others are told there.
fn section_types(resolve: &Resolve, interface: &Interface) -> String {
    let mut text = String::new();
    for (name, id) in &interface.types {
        let ty = &resolve.types[*id];
        let borrowed = matches!(ty.kind, TypeDefKind::Type(wit_parser::Type::Id(_)));
        if !borrowed {
            text.push_str(&format!(
                "**{} `{name}`**\n\n{}{}",
                ty.kind.as_str(),
                prose(&ty.docs),
                types::body(resolve, &ty.kind)
            ));
        }
    }
    text
}

fn prose(docs: &Docs) -> String {
    docs.contents.as_ref().map(|text| format!("{}\n\n", text.trim())).unwrap_or_default()
}
