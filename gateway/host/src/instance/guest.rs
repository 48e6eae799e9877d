//! A module in its store: how it is started, called and read.

use std::{
    borrow::Cow,
    fmt,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use sluice_abi::{AREA, EXPORT_AREAS, EXPORT_RESERVE, outcome::Packed};
use wasmtime::{InstancePre, Memory, Store, TypedFunc, WasmParams, WasmResults};

use crate::{
    deadline::{self, Budget, fiber::Timed},
    engine::Core,
    error::{Failure, FailureKind, Misuse},
    memory::{
        area::{Area, Areas},
        slice_mut,
    },
    state::State,
};

/// What a guest is told that was suspended where nobody waits for it.
const SUSPENDED: Misuse = Misuse(Cow::Borrowed("an import suspended it where it cannot wait"));

/// A module in its store, before it is anything in particular.
pub(super) struct Guest {
    store: Store<State>,
    instance: wasmtime::Instance,
    memory: Memory,
    areas: Areas,
    /// Where IN was when it was last made larger.
    input: Area,
    /// Whether the module has imports that may suspend it: then it runs on fibers only.
    blocking: bool,
}

impl Guest {
    /// Instantiates the module and asks for its areas.
    pub(super) fn start(state: State, module: &InstancePre<State>, blocking: bool) -> Result<Self, Failure> {
        let (core, budget) = (state.core.clone(), state.core.start);
        let mut store = Store::new(&core.engine, state);
        store.limiter(|state| &mut state.memory_limit);
        deadline::enforce(&mut store);
        deadline::arm(&mut store, &budget);
        let started = match blocking {
            true => at_once(instantiate_on_fiber(&mut store, module)).unwrap_or_else(|| Err(SUSPENDED.into())),
            false => instantiate(&mut store, module),
        };
        match started {
            Ok((instance, memory, areas)) => {
                let input = Area::default();
                let mut guest = Self { store, instance, memory, areas, input, blocking };
                guest.find_input()?;
                Ok(guest)
            }
            Err(error) => Err(Failure::of_call(&error, store.data())),
        }
    }

    /// Reads where IN is.
    fn find_input(&mut self) -> Result<(), Failure> {
        let area = self.areas.input(self.memory.data(&self.store));
        self.input = area.map_err(|misuse| malformed(self.store.data(), &misuse))?;
        Ok(())
    }

    pub(super) fn function<P: WasmParams, R: WasmResults>(&mut self, name: &str) -> Result<TypedFunc<P, R>, Failure> {
        self.instance
            .get_typed_func(&mut self.store, name)
            .map_err(|error| self.failure(FailureKind::Malformed, error.root_cause()))
    }

    /// Calls the guest, for as long as `budget` allows. The guest cannot be suspended.
    #[inline]
    pub(super) fn call<P: WasmParams + Sync, R: WasmResults + Sync>(
        &mut self,
        function: &TypedFunc<P, R>,
        params: P,
        budget: &Budget,
    ) -> Result<R, Failure> {
        if self.blocking {
            return self.call_at_once(function, params, budget);
        }
        self.store.data_mut().begin();
        deadline::arm(&mut self.store, budget);
        let result = function.call(&mut self.store, params);
        deadline::end(self.store.data_mut());
        result.map_err(|error| Failure::of_call(&error, self.store.data()))
    }

    /// Calls the guest either way; without a fiber the future is over when it is first polled.
    pub(super) async fn run<const FIBER: bool, P: WasmParams + Sync, R: WasmResults + Sync>(
        &mut self,
        function: &TypedFunc<P, R>,
        params: P,
        budget: &Budget,
    ) -> Result<R, Failure> {
        match FIBER {
            true => self.call_on_fiber(function, params, budget).await,
            false => self.call(function, params, budget),
        }
    }

    /// Calls the guest on a fiber, for as long as `budget` allows; what it is suspended for does not count.
    pub(super) async fn call_on_fiber<P: WasmParams + Sync, R: WasmResults + Sync>(
        &mut self,
        function: &TypedFunc<P, R>,
        params: P,
        budget: &Budget,
    ) -> Result<R, Failure> {
        self.store.data_mut().call.may_suspend = true;
        let result = self.timed(function, params, budget).await;
        self.store.data_mut().call.may_suspend = false;
        result
    }

    /// Calls a guest that needs a fiber where nobody can wait for it.
    #[cold]
    fn call_at_once<P: WasmParams + Sync, R: WasmResults + Sync>(
        &mut self,
        function: &TypedFunc<P, R>,
        params: P,
        budget: &Budget,
    ) -> Result<R, Failure> {
        let result = at_once(self.timed(function, params, budget));
        result.unwrap_or_else(|| Err(self.failure(FailureKind::Malformed, SUSPENDED)))
    }

    async fn timed<P: WasmParams + Sync, R: WasmResults + Sync>(
        &mut self,
        function: &TypedFunc<P, R>,
        params: P,
        budget: &Budget,
    ) -> Result<R, Failure> {
        let state = self.store.data_mut();
        state.begin();
        let core = state.core.clone();
        deadline::arm_on_fiber(&mut self.store, budget);
        let (result, taken) = {
            let call = pin!(function.call_async(&mut self.store, params));
            Timed::new(call, core, budget.first()).await
        };
        deadline::end_on_fiber(self.store.data_mut(), taken);
        result.map_err(|error| Failure::of_call(&error, self.store.data()))
    }

    /// The processor's time that the last call took.
    #[inline]
    pub(super) fn taken(&self) -> Duration {
        self.store.data().deadline.taken()
    }

    /// Puts pieces one behind the other into IN, and makes IN larger if that is needed.
    pub(super) fn put<const N: usize>(&mut self, pieces: [&[u8]; N]) -> Result<(), Failure> {
        let size = pieces.iter().map(|piece| piece.len()).sum();
        if size > self.input()?.len() {
            self.reserve(size)?;
        }
        let mut rest = self.input()?;
        if rest.len() < size {
            return Err(self.failure(FailureKind::Malformed, "IN did not grow when it was asked to"));
        }
        for piece in pieces {
            let (place, behind) = rest.split_at_mut(piece.len());
            place.copy_from_slice(piece);
            rest = behind;
        }
        Ok(())
    }

    /// Makes IN at least `size` bytes large, and never smaller than it is at the start.
    #[cold]
    pub(super) fn reserve(&mut self, size: usize) -> Result<(), Failure> {
        let function = self.function::<u32, ()>(EXPORT_RESERVE)?;
        let budget = self.core().start;
        self.call(&function, narrow(size.max(AREA)), &budget)?;
        self.find_input()
    }

    /// The IN area.
    #[inline]
    pub(super) fn input(&mut self) -> Result<&mut [u8], Failure> {
        let (memory, state) = self.memory.data_and_store_mut(&mut self.store);
        let Area { start, capacity } = self.input;
        slice_mut(memory, start, capacity).map_err(|misuse| malformed(state, &misuse))
    }

    /// The front of the OUT area.
    #[inline]
    pub(super) fn output(&self, len: u32) -> Result<&[u8], Failure> {
        let out = self.areas.output(self.memory.data(&self.store), len);
        out.map_err(|misuse| malformed(self.store.data(), &misuse))
    }

    #[inline(always)]
    pub(super) fn unpack(&self, bits: u64) -> Result<Packed, Failure> {
        Packed::unpack(bits)
            .map_err(|_| self.failure(FailureKind::Malformed, "it returned an action or a flag that does not exist"))
    }

    #[inline]
    pub(super) fn state(&mut self) -> &mut State {
        self.store.data_mut()
    }

    pub(super) fn core(&self) -> &Core {
        &self.store.data().core
    }

    #[cold]
    pub(super) fn failure(&self, kind: FailureKind, cause: impl fmt::Display) -> Failure {
        Failure::new(kind, self.store.data(), cause)
    }
}

fn instantiate(
    store: &mut Store<State>,
    module: &InstancePre<State>,
) -> wasmtime::Result<(wasmtime::Instance, Memory, Areas)> {
    let instance = module.instantiate(&mut *store)?;
    let memory = instance.get_memory(&mut *store, "memory").ok_or(Misuse::new("no export `memory`"))?;
    store.data_mut().memory = Some(memory);
    let areas = instance.get_typed_func::<(), u32>(&mut *store, EXPORT_AREAS)?.call(&mut *store, ())?;
    Ok((instance, memory, Areas(areas)))
}

/// The same for a module that needs a fiber.
async fn instantiate_on_fiber(
    store: &mut Store<State>,
    module: &InstancePre<State>,
) -> wasmtime::Result<(wasmtime::Instance, Memory, Areas)> {
    let instance = module.instantiate_async(&mut *store).await?;
    let memory = instance.get_memory(&mut *store, "memory").ok_or(Misuse::new("no export `memory`"))?;
    store.data_mut().memory = Some(memory);
    let areas = instance.get_typed_func::<(), u32>(&mut *store, EXPORT_AREAS)?.call_async(&mut *store, ()).await?;
    Ok((instance, memory, Areas(areas)))
}

/// The result of what is never suspended, because its imports answer at once and the epoch only ends it.
#[inline]
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

#[cold]
fn malformed(state: &State, misuse: &Misuse) -> Failure {
    Failure::new(FailureKind::Malformed, state, misuse)
}

/// A length within an area, which is within 32 bits.
#[inline]
pub(super) fn narrow(len: usize) -> u32 {
    u32::try_from(len).expect("areas are within 32 bits")
}
