//! `random`: numbers that nobody can predict, so that plugins may make tokens of them.

use aws_lc_rs::rand;
use sluice_abi::{bounds::RANDOM_BYTES, import::RANDOM};
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::{error::Misuse, state::State};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(RANDOM, "next-u64", next)?;
    linker.func_wrap(RANDOM, "bytes", bytes)?;
    Ok(())
}

fn next(mut caller: Caller<'_, State>) -> wasmtime::Result<u64> {
    caller.data_mut().crossing.call()?;
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn bytes(mut caller: Caller<'_, State>, count: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    if count as usize > RANDOM_BYTES {
        return Err(Misuse::new(format!("the guest asked for {count} random bytes: at most {RANDOM_BYTES}")).into());
    }
    let mut bytes = vec![0; count as usize];
    fill(&mut bytes)?;
    state.crossing.give_bytes(memory, Return { ptr: ret, capacity: cap }, &bytes)
}

fn fill(bytes: &mut [u8]) -> Result<(), Misuse> {
    rand::fill(bytes).map_err(|_| Misuse::new("the machine gives no random numbers"))
}
