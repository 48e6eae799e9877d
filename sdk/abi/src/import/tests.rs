//! The table against the contract: each function of the WIT, lowered by the rules, is a row, and each row is a function.

use wit_parser::{Function, Resolve, Type, TypeDefKind, WorldItem};

use super::*;

fn contract() -> Resolve {
    let mut resolve = Resolve::default();
    let wit = concat!(env!("CARGO_MANIFEST_DIR"), "/../wit");
    resolve.push_dir(wit).expect("the contract parses");
    resolve
}

/// Whether a type crosses as one integer, and which.
fn scalar(resolve: &Resolve, ty: &Type) -> Option<Value> {
    match ty {
        Type::Bool | Type::U8 | Type::S8 | Type::U16 | Type::S16 | Type::U32 | Type::S32 => Some(I32),
        Type::U64 | Type::S64 => Some(I64),
        Type::F64 => Some(F64),
        Type::Id(id) => match &resolve.types[*id].kind {
            TypeDefKind::Type(inner) => scalar(resolve, inner),
            TypeDefKind::Enum(_) => Some(I32),
            _ => None,
        },
        _ => None,
    }
}

fn lower(resolve: &Resolve, function: &Function) -> (Vec<Value>, Option<Value>) {
    let mut params = Vec::new();
    for param in &function.params {
        match scalar(resolve, &param.ty) {
            Some(value) => params.push(value),
            None => params.extend([I32, I32]),
        }
    }
    match &function.result {
        None => (params, None),
        Some(ty) => match scalar(resolve, ty) {
            Some(value) => (params, Some(value)),
            None => {
                params.extend([I32, I32]);
                (params, Some(I32))
            }
        },
    }
}

#[test]
fn the_table_is_the_contract_lowered() {
    let resolve = contract();
    let mut expected = Vec::new();
    for (_, world) in &resolve.worlds {
        for item in world.imports.values() {
            let WorldItem::Interface { id, .. } = item else { panic!("the world imports interfaces only") };
            let module = resolve.id_of(*id).expect("interfaces have names");
            for function in resolve.interfaces[*id].functions.values() {
                let (params, result) = lower(&resolve, function);
                expected.push((module.clone(), function.name.clone(), params, result));
            }
        }
    }
    let rows = IMPORTS.iter().filter(|row| row.interface != SYS);
    let mut table: Vec<_> =
        rows.map(|row| (row.interface.to_owned(), row.function.to_owned(), row.params.to_vec(), row.result)).collect();
    expected.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    table.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    assert_eq!(table, expected);
}
