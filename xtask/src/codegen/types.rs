//! Types of the contract as Markdown.

use wit_parser::{Docs, Resolve, Type, TypeDefKind};

/// A type as the contract writes it.
pub(super) fn name(resolve: &Resolve, ty: &Type) -> String {
    let Type::Id(id) = ty else { return primitive(ty).to_owned() };
    let definition = &resolve.types[*id];
    if let Some(name) = &definition.name {
        return name.clone();
    }
    let of = |ty: &Type| name(resolve, ty);
    let or_none = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "_".to_owned(), of);
    match &definition.kind {
        TypeDefKind::List(ty) => format!("list<{}>", of(ty)),
        TypeDefKind::Option(ty) => format!("option<{}>", of(ty)),
        TypeDefKind::Tuple(tuple) => format!("tuple<{}>", tuple.types.iter().map(of).collect::<Vec<_>>().join(", ")),
        TypeDefKind::Result(result) => format!("result<{}, {}>", or_none(&result.ok), or_none(&result.err)),
        TypeDefKind::Type(ty) => of(ty),
        other => other.as_str().to_owned(),
    }
}

fn primitive(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::S8 => "s8",
        Type::S16 => "s16",
        Type::S32 => "s32",
        Type::S64 => "s64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext => "error-context",
        Type::Id(_) => "type",
    }
}

/// What a type is made of: a row for each member, in the order in which they cross.
pub(super) fn body(resolve: &Resolve, kind: &TypeDefKind) -> String {
    let of = |ty: &Option<Type>| ty.as_ref().map(|ty| name(resolve, ty));
    let rows: Vec<(String, Option<String>, &Docs)> = match kind {
        TypeDefKind::Record(record) => {
            record.fields.iter().map(|it| (it.name.clone(), of(&Some(it.ty)), &it.docs)).collect()
        }
        TypeDefKind::Variant(variant) => {
            variant.cases.iter().map(|it| (it.name.clone(), of(&it.ty), &it.docs)).collect()
        }
        TypeDefKind::Enum(choices) => choices.cases.iter().map(|it| (it.name.clone(), None, &it.docs)).collect(),
        TypeDefKind::Flags(flags) => flags.flags.iter().map(|it| (it.name.clone(), None, &it.docs)).collect(),
        TypeDefKind::Type(ty) => return format!("The same as `{}`.\n\n", name(resolve, ty)),
        _ => return String::new(),
    };
    match rows.iter().all(|(_, ty, docs)| ty.is_none() && docs.is_empty()) {
        true => list(&rows),
        false => table(&rows),
    }
}

fn list(rows: &[(String, Option<String>, &Docs)]) -> String {
    let names: Vec<String> = rows.iter().map(|(name, ..)| format!("`{name}`")).collect();
    format!("In this order: {}.\n\n", names.join(", "))
}

fn table(rows: &[(String, Option<String>, &Docs)]) -> String {
    let row = |(name, ty, docs): &(String, Option<String>, &Docs)| {
        let ty = ty.as_ref().map(|ty| format!("`{ty}`")).unwrap_or_default();
        let about = docs.contents.as_deref().unwrap_or_default();
        format!("|{}|{}|{}|\n", cell(&format!("`{name}`")), cell(&ty), cell(about))
    };
    format!("| name | type | |\n| --- | --- | --- |\n{}\n", rows.iter().map(row).collect::<String>())
}

fn cell(text: &str) -> String {
    match text.trim() {
        "" => " ".to_owned(),
        text => format!(" {} ", text.replace('\n', " ").replace('|', "\\|")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_the_contract_writes_them() {
        let mut resolve = Resolve::default();
        let wit = "package a:b; interface i { record r { x: option<list<u8>>, y: result<_, string> } f: func(r: r) -> tuple<r, u64>; }";
        resolve.push_str("a.wit", wit).unwrap();
        let (_, interface) = resolve.interfaces.iter().next().unwrap();
        let function = &interface.functions["f"];
        assert_eq!(name(&resolve, &function.result.unwrap()), "tuple<r, u64>");
        let body = body(&resolve, &resolve.types[interface.types["r"]].kind);
        assert!(body.contains("| `x` | `option<list<u8>>` | |"), "{body}");
        assert!(body.contains("| `y` | `result<_, string>` | |"), "{body}");
    }
}
