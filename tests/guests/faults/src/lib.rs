//! Fails in every way a plugin can, when the request header `x-fault` asks for it; other requests pass.
//!
//! `trap` panics, `loop` never ends, `leak` allocates until there is no memory, `stack` recurses until there is no
//! stack, `error` returns an error, and `response-trap` panics in the response hook.

use std::hint::black_box;

use sluice_sdk::prelude::*;

/// The plugin.
#[derive(Debug)]
pub struct Faults {
    fault: HeaderSlot,
}

/// Bytes that a leak takes at a time.
const LEAK: usize = 64 * 1024;

#[plugin(name = "faults", order = 900)]
impl Plugin for Faults {
    type State = bool;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        Ok(Self { fault: setup.request_header("x-fault") })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<bool>> {
        match request.header(self.fault) {
            None => Ok(Flow::next()),
            Some("trap") => panic!("a trap was asked for"),
            Some("loop") => run_for_ever(),
            Some("leak") => leak(),
            Some("stack") => bail!("{} frames fit", recurse(0)),
            Some("error") => bail!("an error was asked for"),
            Some("response-trap") => Ok(Flow::next_with(true)),
            Some(other) => bail!("{other:?} is no fault"),
        }
    }

    fn on_response(&self, _response: &mut Response<'_>, trap: bool) -> Result<Flow<bool>> {
        assert!(!trap, "a trap in the response was asked for");
        Ok(Flow::next())
    }
}

fn run_for_ever() -> ! {
    let mut turns = 0_u64;
    loop {
        turns = black_box(turns.wrapping_add(1));
    }
}

fn leak() -> ! {
    let mut hoard = Vec::new();
    loop {
        hoard.push(vec![1_u8; LEAK]);
        black_box(&hoard);
    }
}

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    match frame[0] {
        u64::MAX => depth,
        _ => black_box(recurse(depth + 1)) + frame[63] % 2,
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn honest_requests_pass() {
        let mut h = Harness::<Faults>::new(json!({}));
        assert_eq!(h.get("/").send().status(), 200);
    }

    #[test]
    fn a_request_gets_the_error_it_asks_for() {
        let mut h = Harness::<Faults>::new(json!({}));
        assert_eq!(h.get("/").header("x-fault", "error").send().fault(), Some("an error was asked for"));
    }

    #[test]
    #[should_panic(expected = "a trap in the response was asked for")]
    fn a_request_gets_the_trap_it_asks_for() {
        drop(Harness::<Faults>::new(json!({})).get("/").header("x-fault", "response-trap").send());
    }
}
