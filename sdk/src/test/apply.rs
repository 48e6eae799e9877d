//! What a hook handed back, applied as the host applies it.

use std::collections::BTreeSet;

use sluice_abi::{
    outcome::{Name, Operation, Outcome, is_reserved},
    wire::Declaration,
};

use super::{headers::Headers, reply::Problem};

/// Everything that the operations of one hook may change.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) headers: Headers,
    pub(super) status: Option<u16>,
    pub(super) consumer: Option<String>,
    pub(super) body: Vec<u8>,
    pub(super) problem: Problem,
}

/// Applies the operations in `out` to `headers`.
///
/// # Errors
/// What the host has against them.
pub(super) fn apply(
    out: &[u8],
    declaration: &Declaration,
    consumers: &BTreeSet<String>,
    headers: Headers,
) -> Result<Changed, String> {
    let mut changed = Changed { headers, ..Changed::default() };
    let outcome = Outcome::read(out).expect("the SDK writes well-formed outcomes");
    for operation in outcome.operations() {
        changed.apply(operation.expect("the SDK writes well-formed operations"), declaration)?;
    }
    match &changed.consumer {
        Some(name) if !consumers.contains(name) => Err(format!("there is no consumer {name:?}")),
        _ => Ok(changed),
    }
}

/// The message of a fault.
pub(super) fn fault_message(out: &[u8]) -> String {
    let changed = apply(out, &Declaration::default(), &BTreeSet::new(), Headers::default());
    changed.ok().and_then(|changed| changed.problem.detail).expect("a fault has a message")
}

impl Changed {
    fn apply(&mut self, operation: Operation<'_>, declaration: &Declaration) -> Result<(), String> {
        match operation {
            Operation::SetHeader(name, value) => self.headers.set(&header_name(name, declaration)?, value),
            Operation::AppendHeader(name, value) => self.headers.append(&header_name(name, declaration)?, value),
            Operation::RemoveHeader(name) => self.headers.remove(&header_name(name, declaration)?),
            Operation::SetStatus(status) => self.status = Some(status),
            Operation::SetConsumer(name) => self.consumer = Some(name.to_owned()),
            Operation::Body(bytes) => self.body = bytes.to_vec(),
            Operation::ProblemKind(text) => self.problem.kind = text.to_owned(),
            Operation::ProblemTitle(text) => self.problem.title = text.to_owned(),
            Operation::Detail(text) => self.problem.detail = Some(text.to_owned()),
            _ => return Err("the harness does not know this operation".to_owned()),
        }
        Ok(())
    }
}

fn header_name(name: Name<'_>, declaration: &Declaration) -> Result<String, String> {
    match name {
        Name::Declared(position) => Ok(declaration.header_names[usize::from(position)].clone()),
        Name::Inline(name) if is_reserved(name) => {
            Err(format!("it writes header {name}, which the gateway sets itself"))
        }
        Name::Inline(name) => Ok(name.to_owned()),
    }
}
