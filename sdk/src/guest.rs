//! The calls of the ABI over plain byte slices: the exports of a module and the native harness both end here.

mod out;
#[cfg(test)]
mod tests;

use sluice_abi::{
    head::{RequestHead, ResponseHead, Summary},
    outcome::Action,
    wire::{self, Declaration, Descriptor, Hooks, Wants},
};

pub(crate) use out::Out;

use crate::{
    Body, Chunk, Config, Described, Error, Flow, Plugin, Request, Response, Result, Setup, State, config, error,
    flow::Place, log,
};

/// A plugin that accepted its configuration.
#[derive(Debug)]
pub(crate) struct Configured<P> {
    plugin: P,
    wants: Wants,
}

/// Writes the postcard form of the descriptor and returns its length.
pub(crate) fn describe<P: Described>(out: &mut Out) -> u32 {
    out.raw(&wire::encode(&descriptor::<P>()));
    u32::try_from(out.bytes().len()).expect("OUT_MAX fits in 32 bits")
}

/// What the module says of itself.
#[must_use]
pub(crate) fn descriptor<P: Described>() -> Descriptor {
    let about = P::ABOUT;
    Descriptor {
        name: about.name.to_owned(),
        version: about.version.to_owned(),
        description: about.description.to_owned(),
        order: about.order,
        config_schema: P::Config::schema().document(about.name),
        hooks: about.hooks,
    }
}

/// Makes a plugin of its configuration, or says why not.
pub(crate) fn configure<P: Described>(config: &[u8], out: &mut Out) -> (Option<Configured<P>>, u64) {
    match configured(config) {
        Ok((plugin, declaration)) => {
            let configured = Configured { plugin, wants: declaration.wants };
            (Some(configured), out.raw(&wire::encode(&declaration)))
        }
        Err(error) => (None, out.refusal(&error::sentence(&error))),
    }
}

fn configured<P: Described>(config: &[u8]) -> Result<(P, Declaration)> {
    let config = config::read::<P::Config>(config)?;
    let mut setup = Setup::new(P::ABOUT.hooks);
    let plugin = P::new(config, &mut setup)?;
    let declaration = setup.finish()?;
    check_state::<P>(declaration.hooks)?;
    Ok((plugin, declaration))
}

/// Without its request hook a plugin has nobody to make a state that holds something.
fn check_state<P: Described>(hooks: Hooks) -> Result<()> {
    let narrowed = P::ABOUT.hooks.has(Hooks::REQUEST) && !hooks.has(Hooks::REQUEST);
    let asks = hooks.without(Hooks::TICK) != Hooks::NONE;
    match narrowed && asks && size_of::<P::State>() > 0 {
        true => Err("without the request hook there is no state for the others: keep it, or leave them out too".into()),
        false => Ok(()),
    }
}

// === hooks ===

fn begin(out: &mut Out) {
    log::begin();
    out.begin();
}

/// Runs the request hook on the head in `input`.
pub(crate) fn on_request<P: Plugin>(configured: &Configured<P>, input: &[u8], out: &mut Out) -> u64 {
    begin(out);
    let Ok(head) = RequestHead::read(input) else { return out.fault("the host handed over no request head") };
    let flow = configured.plugin.on_request(&mut Request::new(head, configured.wants, out));
    finish(flow, Place::RequestHead, out)
}

/// Runs the request-body hook on the state of its request.
pub(crate) fn on_request_body<P: Plugin>(configured: &Configured<P>, state: &[u8], out: &mut Out) -> u64 {
    begin(out);
    let Some(state) = read_state(state) else { return no_state(out) };
    let mut request = Request::headless(configured.wants, out);
    let flow = configured.plugin.on_request_body(&mut request, &mut Body::new(), state);
    finish(flow, Place::RequestBody, out)
}

/// Runs the request-chunk hook on the state of its request and a piece of its body.
pub(crate) fn on_request_chunk<P: Plugin>(
    configured: &Configured<P>,
    state: &[u8],
    chunk: &[u8],
    last: bool,
    out: &mut Out,
) -> u64 {
    on_chunk(state, chunk, last, out, |chunk, state| configured.plugin.on_request_chunk(chunk, state))
}

/// Runs the response hook on a head and the state of its request.
pub(crate) fn on_response<P: Plugin>(configured: &Configured<P>, head: &[u8], state: &[u8], out: &mut Out) -> u64 {
    begin(out);
    let Ok(head) = ResponseHead::read(head) else { return out.fault("the host handed over no response head") };
    let Some(state) = read_state(state) else { return no_state(out) };
    let flow = configured.plugin.on_response(&mut Response::new(head, out), state);
    finish(flow, Place::ResponseHead, out)
}

/// Runs the response-body hook on the state of its request.
pub(crate) fn on_response_body<P: Plugin>(configured: &Configured<P>, state: &[u8], out: &mut Out) -> u64 {
    begin(out);
    let Some(state) = read_state(state) else { return no_state(out) };
    let flow = configured.plugin.on_response_body(&mut Response::headless(out), &mut Body::new(), state);
    finish(flow, Place::ResponseBody, out)
}

/// Runs the response-chunk hook on the state of its request and a piece of the response's body.
pub(crate) fn on_response_chunk<P: Plugin>(
    configured: &Configured<P>,
    state: &[u8],
    chunk: &[u8],
    last: bool,
    out: &mut Out,
) -> u64 {
    on_chunk(state, chunk, last, out, |chunk, state| configured.plugin.on_response_chunk(chunk, state))
}

/// Runs the log hook on a summary and the state of its request.
pub(crate) fn on_log<P: Plugin>(configured: &Configured<P>, summary: &[u8], state: &[u8], out: &mut Out) -> u64 {
    begin(out);
    let Ok(summary) = Summary::read(summary) else { return out.fault("the host handed over no summary") };
    let Some(state) = read_state(state) else { return no_state(out) };
    finish_quietly(configured.plugin.on_log(&summary, state), out)
}

/// Runs the tick hook.
pub(crate) fn on_tick<P: Plugin>(configured: &Configured<P>, out: &mut Out) -> u64 {
    begin(out);
    finish_quietly(configured.plugin.on_tick(), out)
}

fn on_chunk<S: State>(
    state: &[u8],
    bytes: &[u8],
    last: bool,
    out: &mut Out,
    hook: impl FnOnce(&mut Chunk<'_>, &mut S) -> Result<()>,
) -> u64 {
    begin(out);
    let Some(mut state) = read_state(state) else { return no_state(out) };
    let mut chunk = Chunk::new(bytes, last);
    match hook(&mut chunk, &mut state) {
        Ok(()) => chunk.write(&state, out),
        Err(error) => fault(&error, out),
    }
}

fn finish<S: State>(flow: Result<Flow<S>>, place: Place, out: &mut Out) -> u64 {
    match flow {
        Ok(flow) => flow.write(place, out),
        Err(error) => fault(&error, out),
    }
}

fn finish_quietly(done: Result<()>, out: &mut Out) -> u64 {
    match done {
        Ok(()) => out.finish(Action::Next, 0, false),
        Err(error) => fault(&error, out),
    }
}

fn fault(error: &Error, out: &mut Out) -> u64 {
    out.fault(&error::sentence(error))
}

fn read_state<S: State>(state: &[u8]) -> Option<S> {
    wire::decode(state).ok()
}

fn no_state(out: &mut Out) -> u64 {
    out.fault("the state is not that of the hook before")
}
