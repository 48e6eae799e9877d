//! `random`: numbers that nobody can predict, so that plugins may make tokens of them.

use aws_lc_rs::rand;
use sluice_abi::import::RANDOM;
use wasmtime::Linker;

use crate::{error::Misuse, state::State};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(RANDOM, "next-u64", next)?;
    Ok(())
}

fn next() -> wasmtime::Result<u64> {
    let mut bytes = [0; 8];
    rand::fill(&mut bytes).map_err(|_| Misuse::new("the machine gives no random numbers"))?;
    Ok(u64::from_le_bytes(bytes))
}
