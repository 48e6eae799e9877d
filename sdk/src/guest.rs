//! The calls of the ABI over plain byte slices: the exports of a module and the native harness both end here.

mod out;
#[cfg(test)]
mod tests;

use sluice_abi::{
    head::{RequestHead, ResponseHead},
    outcome::Action,
    wire::{self, Declaration, Descriptor, Hooks, Wants},
};

pub(crate) use out::Out;

use crate::{Config, Described, Plugin, Request, Response, Result, Setup, config};

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
        hooks: Hooks::REQUEST.when(about.request_hook).with(Hooks::RESPONSE.when(about.response_hook)),
    }
}

/// Makes a plugin of its configuration, or says why not.
pub(crate) fn configure<P: Plugin>(config: &[u8], out: &mut Out) -> (Option<Configured<P>>, u64) {
    match configured(config) {
        Ok((plugin, declaration)) => {
            let configured = Configured { plugin, wants: declaration.wants };
            (Some(configured), out.raw(&wire::encode(&declaration)))
        }
        Err(error) => (None, out.refusal(error.message())),
    }
}

fn configured<P: Plugin>(config: &[u8]) -> Result<(P, Declaration)> {
    let config = config::read::<P::Config>(config)?;
    let mut setup = Setup::default();
    let plugin = P::new(config, &mut setup)?;
    // Narrowed to those of the descriptor by the host.
    let hooks = Hooks::REQUEST.with(Hooks::RESPONSE);
    Ok((plugin, Declaration { hooks, ..setup.finish()? }))
}

/// Runs the request hook on the head in `input`.
pub(crate) fn on_request<P: Plugin>(configured: &Configured<P>, input: &[u8], out: &mut Out) -> u64 {
    out.begin();
    let Ok(head) = RequestHead::read(input) else { return out.fault("the host handed over no request head") };
    match configured.plugin.on_request(&mut Request::new(head, configured.wants, out)) {
        Ok(flow) => flow.write(out),
        Err(error) => out.fault(error.message()),
    }
}

/// Runs the response hook on a head and the state of its request.
pub(crate) fn on_response<P: Plugin>(configured: &Configured<P>, head: &[u8], state: &[u8], out: &mut Out) -> u64 {
    out.begin();
    let Ok(head) = ResponseHead::read(head) else { return out.fault("the host handed over no response head") };
    let Ok(state) = wire::decode(state) else { return out.fault("the state is not that of the request hook") };
    match configured.plugin.on_response(&mut Response::new(head, out), state) {
        Ok(()) => out.finish(Action::Next, 0, false),
        Err(error) => out.fault(error.message()),
    }
}
