//! `current`: what the hook that runs is about, where it did not come with the head.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_bytes::Bytes;
use sluice_abi::import::CURRENT;
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::{
    declared::separator,
    state::{Lent, Priority, State},
};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(
        CURRENT,
        "request-header",
        |caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32| {
            header(caller, (ptr, len), Return { ptr: ret, capacity: cap }, |lent| &lent.request_headers)
        },
    )?;
    linker.func_wrap(CURRENT, "request-headers", |caller: Caller<'_, State>, ret: u32, cap: u32| {
        headers(caller, Return { ptr: ret, capacity: cap }, |lent| &lent.request_headers)
    })?;
    linker.func_wrap(
        CURRENT,
        "response-header",
        |caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32| {
            header(caller, (ptr, len), Return { ptr: ret, capacity: cap }, |lent| &lent.response_headers)
        },
    )?;
    linker.func_wrap(CURRENT, "response-headers", |caller: Caller<'_, State>, ret: u32, cap: u32| {
        headers(caller, Return { ptr: ret, capacity: cap }, |lent| &lent.response_headers)
    })?;
    linker.func_wrap(CURRENT, "attribute", attribute)?;
    Ok(())
}

fn header(
    mut caller: Caller<'_, State>,
    name: (u32, u32),
    to: Return,
    of: fn(&Lent) -> &HeaderMap,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let name = state.crossing.text(memory, name.0, name.1)?;
    let value = joined(of(&state.call), name);
    state.crossing.give(memory, to, &value.as_deref().map(Bytes::new))
}

/// All field lines of a name, in one.
fn joined<'h>(headers: &'h HeaderMap, name: &str) -> Option<Cow<'h, [u8]>> {
    let mut lines = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    let first = lines.next()?;
    let mut all = Cow::Borrowed(first);
    for line in lines {
        let all = all.to_mut();
        all.extend_from_slice(separator(name));
        all.extend_from_slice(line);
    }
    Some(all)
}

/// As `sluice_abi::wire::Header`, without copies.
#[derive(Serialize)]
struct Header<'h> {
    name: &'h str,
    value: &'h Bytes,
}

fn headers(mut caller: Caller<'_, State>, to: Return, of: fn(&Lent) -> &HeaderMap) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let lines = of(&state.call).iter();
    let lines: Vec<_> =
        lines.map(|(name, value)| Header { name: name.as_str(), value: Bytes::new(value.as_bytes()) }).collect();
    state.crossing.give(memory, to, &lines)
}

fn attribute(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let value = value(&state.call, name);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &value)
}

/// What the host knows by a name, or what a plugin has noted under it. Outside of a request there is neither.
fn value<'l>(lent: &'l Lent, name: &str) -> Option<Cow<'l, str>> {
    let about = &lent.about;
    let client_ip = about.client_ip?;
    let known = match name {
        "request.id" => &*lent.request_id,
        "route" => &about.route,
        "upstream" => &about.upstream,
        "http.version" => about.http_version,
        "scheme" => about.scheme,
        "client.ip" => return Some(client_ip.to_string().into()),
        "client.certificate.fingerprint" => &lent.certificate.as_deref()?.fingerprint,
        "client.certificate.subject" => &lent.certificate.as_deref()?.subject,
        "priority" => match about.priority? {
            Priority::Admitted(class) => class.as_str(),
            Priority::Given(given) => given.class(&about.route, lent.consumer.as_deref()).as_str(),
        },
        "consumer" => return lent.consumer.as_deref().map(|identity| (&*identity.consumer).into()),
        other => lent.attributes.get(other)?,
    };
    Some(known.into())
}
