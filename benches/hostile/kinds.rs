//! The ways in which a plugin does harm while requests run, and what each must come to.

use anyhow::Result;
use gateway_benches::{
    contender::sluice::configure,
    load::paced::{Ask, Expected},
};
use hyper::{
    HeaderMap, StatusCode,
    header::{HeaderName, HeaderValue},
};

use crate::modules;

/// One way.
pub(crate) struct Kind {
    /// What the report calls it.
    pub(crate) name: &'static str,
    /// Its route, its plugin and its attachment.
    pub(crate) slug: &'static str,
    module: Module,
    /// The field of the request that asks for it; the text modules need none.
    trigger: Option<(&'static str, &'static str)>,
    outcome: Outcome,
}

/// Where the plugin is from.
#[derive(Clone, Copy)]
enum Module {
    /// `target/plugins/PACKAGE.wasm`.
    Guest(&'static str),
    /// What the SDK does not let an author do.
    Text(fn() -> Result<Vec<u8>>),
}

/// What becomes of every request.
#[derive(Clone, Copy)]
enum Outcome {
    /// 503: the hook fails, or the attachment is quarantined because it has failed.
    Refused,
    /// The upstream's answer: the host has bounded what the plugin did.
    Passed,
    /// The upstream's answer, or 503: what the plugin does takes about as long as a hook may.
    PassedOrRefused,
    /// 200 from the plugin, with this body.
    Answered(&'static str),
}

use Module::{Guest, Text};
use Outcome::{Answered, Passed, PassedOrRefused, Refused};

/// A guest that never waits, so its hooks hold their worker.
const FAULTS: Module = Guest("guest-faults");
/// A guest that may call out, so its hooks run on fibers.
const HOSTILE: Module = Guest("guest-hostile");

impl Kind {
    /// All ways.
    pub(crate) const ALL: [Self; 15] = [
        kind("endless loop", "loop", FAULTS, Some(("x-fault", "loop")), Refused),
        kind("endless loop on a fiber", "loop-fiber", HOSTILE, Some(("x-attack", "loop")), Refused),
        kind("recursion", "recursion", FAULTS, Some(("x-fault", "stack")), Refused),
        kind("memory bomb", "memory", FAULTS, Some(("x-fault", "leak")), Refused),
        kind("table growth", "table", Text(modules::table_growth), None, Passed),
        kind("trap", "trap", Text(modules::trap), None, Refused),
        kind("panic", "panic", FAULTS, Some(("x-fault", "trap")), Refused),
        kind("log flood", "log-flood", HOSTILE, Some(("x-attack", "log-flood")), PassedOrRefused),
        kind("metric-label flood", "label-flood", HOSTILE, Some(("x-attack", "label-flood")), Passed),
        kind("5,000 mutations", "mutations", HOSTILE, Some(("x-attack", "mutations")), Refused),
        kind("header injection", "header", HOSTILE, Some(("x-attack", "header")), Refused),
        kind("forged handle", "forged", Text(modules::forged_handle), None, Refused),
        kind("forbidden callout", "callout", HOSTILE, Some(("x-attack", "callout")), Refused),
        kind("another's store", "steal", HOSTILE, Some(("x-attack", "steal")), Answered("nothing")),
        kind("state of 10 MiB", "state", HOSTILE, Some(("x-attack", "state")), Refused),
    ];

    /// The bytes of its module.
    pub(crate) fn module(&self) -> Result<Vec<u8>> {
        match self.module {
            Guest(package) => configure::module(package),
            Text(module) => module(),
        }
    }

    /// The path of its route.
    pub(crate) fn path(&self) -> String {
        format!("/hostile/{}", self.slug)
    }

    /// A request that sets it off.
    pub(crate) fn ask(&self, headers: &HeaderMap) -> Ask {
        let mut headers = headers.clone();
        // Only the injection reads it.
        headers.insert("x-value", HeaderValue::from_static("x-a=one%0d%0ax-evil: 1"));
        headers
            .extend(self.trigger.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))));
        let passed = Expected::UPSTREAM;
        let refused = Expected { status: StatusCode::SERVICE_UNAVAILABLE, length: None };
        let expected = match self.outcome {
            Refused => vec![refused],
            Passed => vec![passed],
            PassedOrRefused => vec![passed, refused],
            Answered(body) => vec![Expected { length: Some(body.len()), ..passed }],
        };
        Ask { path: self.path(), headers, expected }
    }
}

const fn kind(
    name: &'static str,
    slug: &'static str,
    module: Module,
    trigger: Option<(&'static str, &'static str)>,
    outcome: Outcome,
) -> Kind {
    Kind { name, slug, module, trigger, outcome }
}
