//! An answer in the making.

use std::borrow::Cow;

use sluice_abi::outcome::{Action, Name, Operation};

use crate::{
    field::{FieldName, FieldValue, Scratch},
    guest::Out,
};

#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    pub(super) kind: Kind,
    headers: Vec<Header>,
}

#[derive(Debug)]
pub(super) enum Kind {
    Response { body: Vec<u8> },
    Problem { kind: Cow<'static, str>, title: Cow<'static, str>, detail: Option<Cow<'static, str>> },
}

#[derive(Debug)]
struct Header {
    name: OwnedName,
    value: Vec<u8>,
    append: bool,
}

#[derive(Debug)]
enum OwnedName {
    Declared(u16),
    Inline(String),
}

impl Answer {
    pub(super) fn new(status: u16, kind: Kind) -> Self {
        Self { status, kind, headers: Vec::new() }
    }

    pub(super) fn add_header(&mut self, name: FieldName<'_>, value: &impl FieldValue, append: bool) {
        let value = value.bytes(&mut Scratch::default()).to_vec();
        let name = match name.0 {
            Name::Declared(position) => OwnedName::Declared(position),
            Name::Inline(name) => OwnedName::Inline(name.to_owned()),
        };
        self.headers.push(Header { name, value, append });
    }

    pub(super) fn write(&self, out: &mut Out) -> u64 {
        out.keep_what_is_said();
        for Header { name, value, append } in &self.headers {
            let name = match name {
                OwnedName::Declared(position) => Name::Declared(*position),
                OwnedName::Inline(name) => Name::Inline(name),
            };
            match append {
                true => out.append_header(FieldName(name), value),
                false => out.set_header(FieldName(name), value),
            }
        }
        match &self.kind {
            Kind::Response { body } => {
                out.operation(&Operation::Body(body));
                self.finish(out, 200, Action::Respond)
            }
            Kind::Problem { kind, title, detail } => {
                out.operation(&Operation::ProblemKind(kind));
                out.operation(&Operation::ProblemTitle(title));
                if let Some(detail) = detail {
                    out.operation(&Operation::Detail(detail));
                }
                self.finish(out, 400, Action::Refuse)
            }
        }
    }

    fn finish(&self, out: &mut Out, lowest: u16, action: Action) -> u64 {
        match (lowest..=599).contains(&self.status) {
            true => out.finish(action, self.status, false),
            false => out.fault(&format!("{} is no status to answer with: use {lowest} to 599", self.status)),
        }
    }
}
