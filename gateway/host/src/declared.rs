//! What a configured instance declared, with its header names parsed once.

mod names;

use std::time::Duration;

use http::{HeaderName, header::COOKIE};
use sluice_abi::{
    bounds::TICK_MS,
    outcome::is_reserved,
    wire::{Declaration, Hooks, Wants},
};

/// The most names in one list.
const NAMES: usize = 256;

/// What to hand to the guest, and the names that it writes.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The hooks that this configuration needs and the module has.
    pub(crate) hooks: Hooks,
    /// Only with a hook for it.
    pub(crate) tick_every: Option<Duration>,
    pub(crate) wants: Wants,
    pub(crate) request_headers: Vec<Wanted>,
    pub(crate) response_headers: Vec<Wanted>,
    pub(crate) header_names: Vec<HeaderName>,
}

/// A header that the guest reads.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) name: HeaderName,
    /// Between its field lines (RFC 9110 section 5.3, RFC 9113 section 8.2.3 for `cookie`).
    pub(crate) separator: &'static [u8],
}

impl Declared {
    /// Parses the names. `implemented` are the hooks of the module.
    ///
    /// # Errors
    /// A sentence that names the list, the name and the remedy.
    pub(crate) fn new(declaration: &Declaration, implemented: Hooks) -> Result<Self, String> {
        let header_names = names("header_names", &declaration.header_names)?;
        if let Some(reserved) = header_names.iter().find(|name| is_reserved(name.as_str())) {
            return Err(format!("header_names has {reserved:?}, which the gateway sets itself: leave it alone"));
        }
        let hooks = implemented.and(declaration.hooks);
        Ok(Self {
            hooks,
            tick_every: tick_every(declaration)?.filter(|_| hooks.has(Hooks::TICK)),
            wants: declaration.wants,
            request_headers: wanted("request_headers", &declaration.request_headers)?,
            response_headers: wanted("response_headers", &declaration.response_headers)?,
            header_names,
        })
    }
}

impl Declared {
    /// Whether this configuration never waits, whatever its module imports.
    pub(crate) fn never_waits(&self) -> bool {
        self.wants.has(Wants::NEVER_WAITS)
    }

    /// The same with names that are never freed, so that workers may share it. Takes a lock.
    pub(crate) fn shared(mut self) -> Self {
        let read = self.request_headers.iter_mut().chain(&mut self.response_headers).map(|wanted| &mut wanted.name);
        for name in read.chain(&mut self.header_names) {
            *name = names::kept(name);
        }
        self
    }
}

fn tick_every(declaration: &Declaration) -> Result<Option<Duration>, String> {
    match declaration.tick_every {
        Some(millis) if millis < TICK_MS => Err(format!("tick_every is {millis} ms: use at least {TICK_MS}")),
        millis => Ok(millis.map(Duration::from_millis)),
    }
}

fn wanted(list: &str, declared: &[String]) -> Result<Vec<Wanted>, String> {
    let names = names(list, declared)?;
    Ok(names.into_iter().map(|name| Wanted { separator: separator(name.as_str()), name }).collect())
}

fn names(list: &str, declared: &[String]) -> Result<Vec<HeaderName>, String> {
    if declared.len() > NAMES {
        return Err(format!("{list} has {} names: declare at most {NAMES}", declared.len()));
    }
    let parse = |name: &String| {
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{list} has {name:?}, which is no header name"))
    };
    declared.iter().map(parse).collect()
}

/// What stands between the field lines of a name when they are joined.
pub(crate) fn separator(name: &str) -> &'static [u8] {
    match name == COOKIE.as_str() {
        true => b"; ",
        false => b", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declare(declaration: &Declaration) -> Result<Declared, String> {
        Declared::new(declaration, Hooks::REQUEST.with(Hooks::TICK))
    }

    #[test]
    fn names_are_parsed_once_and_in_order() {
        let declaration = Declaration {
            request_headers: vec!["Cookie".into(), "x-key".into()],
            header_names: vec!["x-plan".into()],
            ..Declaration::default()
        };
        let declared = declare(&declaration).expect("sound");
        let request: Vec<_> = declared.request_headers.iter().map(|it| (it.name.as_str(), it.separator)).collect();
        assert_eq!(request, [("cookie", &b"; "[..]), ("x-key", b", ")]);
        assert_eq!(declared.header_names[0], "x-plan");
    }

    #[test]
    fn a_name_that_is_none_is_quoted_with_its_list() {
        let declaration = Declaration { response_headers: vec!["a b".into()], ..Declaration::default() };
        let error = declare(&declaration).expect_err("no name");
        assert_eq!(error, r#"response_headers has "a b", which is no header name"#);
    }

    #[test]
    fn a_plugin_cannot_write_what_frames_messages() {
        let declaration = Declaration { header_names: vec!["Transfer-Encoding".into()], ..Declaration::default() };
        let error = declare(&declaration).expect_err("reserved");
        assert!(error.contains("transfer-encoding"), "{error}");
        let reading = Declaration { request_headers: vec!["host".into()], ..Declaration::default() };
        assert!(declare(&reading).is_ok());
    }

    #[test]
    fn a_list_without_end_is_refused() {
        let declaration = Declaration { header_names: vec!["a".into(); NAMES + 1], ..Declaration::default() };
        assert!(declare(&declaration).is_err());
    }

    #[test]
    fn a_configuration_narrows_the_hooks_and_adds_none() {
        let declaration = Declaration { hooks: Hooks::REQUEST.with(Hooks::LOG), ..Declaration::default() };
        assert_eq!(declare(&declaration).expect("sound").hooks, Hooks::REQUEST);
    }

    #[test]
    fn ticks_need_their_hook_and_some_time_between_them() {
        let ticking = |hooks, tick_every| declare(&Declaration { hooks, tick_every, ..Declaration::default() });
        let every = |hooks| ticking(hooks, Some(100)).expect("sound").tick_every;
        assert_eq!(every(Hooks::TICK), Some(Duration::from_millis(100)));
        assert_eq!(every(Hooks::REQUEST), None);
        assert_eq!(ticking(Hooks::TICK, Some(99)).expect_err("too often"), "tick_every is 99 ms: use at least 100");
    }
}
