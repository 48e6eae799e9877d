//! The exports of a module, over the calls of [`guest`]: IN, OUT, and the one configured plugin.

use std::{
    cell::{Cell, OnceCell, RefCell},
    fmt::Write,
    panic::{self, PanicHookInfo},
};

use crate::{
    Described,
    guest::{self, Configured, Out},
    log::Line,
    sys::{self, Input},
};

thread_local! {
    static INPUT: Input = const { Input::new() };
    static OUTPUT: RefCell<Option<Out>> = const { RefCell::new(None) };
    /// IN address, IN capacity, OUT address, OUT capacity: the host reads them where [`areas`] says.
    static AREAS: [Cell<u32>; 4] = const { [const { Cell::new(0) }; 4] };
}

/// The plugin of an instance, once it is configured.
pub struct Instance<P>(OnceCell<Configured<P>>);

/// Where the four words stand that say where IN and OUT are.
pub fn areas() -> u32 {
    start();
    AREAS.with(|words| words.as_ptr() as u32)
}

/// Makes IN at least `size` bytes large.
pub fn reserve(size: u32) {
    start();
    INPUT.with(|input| input.reserve(size as usize));
    OUTPUT.with_borrow(|out| publish(out.as_ref()));
}

/// Writes the descriptor.
pub fn describe<P: Described>() -> u32 {
    start();
    with_out(guest::describe::<P>)
}

// === impl Instance ===

impl<P: Described> Instance<P> {
    /// An instance before its configuration.
    pub const fn unconfigured() -> Self {
        Self(OnceCell::new())
    }

    /// Configures the plugin from the JSON in IN, once.
    pub fn configure(&self, config: u32) -> u64 {
        start();
        if self.0.get().is_some() {
            return with_out(|out| out.fault("an instance is configured once"));
        }
        with_input(config, |config| {
            with_out(|out| {
                let (configured, packed) = guest::configure(config, out);
                if let Some(configured) = configured {
                    self.0.get_or_init(|| configured);
                }
                packed
            })
        })
    }

    /// Runs the request hook.
    pub fn on_request(&self, head: u32) -> u64 {
        self.with(head, |plugin, head, out| guest::on_request(plugin, head, out))
    }

    /// Runs the request-body hook.
    pub fn on_request_body(&self, state: u32) -> u64 {
        self.with(state, |plugin, state, out| guest::on_request_body(plugin, state, out))
    }

    /// Runs the request-chunk hook on the state in IN and the chunk behind it.
    pub fn on_request_chunk(&self, state: u32, chunk: u32, last: u32) -> u64 {
        self.with_two(state, chunk, |plugin, state, chunk, out| {
            guest::on_request_chunk(plugin, state, chunk, last != 0, out)
        })
    }

    /// Runs the response hook on the head in IN and the state behind it.
    pub fn on_response(&self, head: u32, state: u32) -> u64 {
        self.with_two(head, state, |plugin, head, state, out| guest::on_response(plugin, head, state, out))
    }

    /// Runs the response-body hook.
    pub fn on_response_body(&self, state: u32) -> u64 {
        self.with(state, |plugin, state, out| guest::on_response_body(plugin, state, out))
    }

    /// Runs the response-chunk hook on the state in IN and the chunk behind it.
    pub fn on_response_chunk(&self, state: u32, chunk: u32, last: u32) -> u64 {
        self.with_two(state, chunk, |plugin, state, chunk, out| {
            guest::on_response_chunk(plugin, state, chunk, last != 0, out)
        })
    }

    /// Runs the log hook on the summary in IN and the state behind it.
    pub fn on_log(&self, summary: u32, state: u32) -> u64 {
        self.with_two(summary, state, |plugin, summary, state, out| guest::on_log(plugin, summary, state, out))
    }

    /// Runs the tick hook.
    pub fn on_tick(&self) -> u64 {
        self.with(0, |plugin, _, out| guest::on_tick(plugin, out))
    }

    /// Runs a hook on the first `len` bytes of IN.
    fn with(&self, len: u32, hook: impl FnOnce(&Configured<P>, &[u8], &mut Out) -> u64) -> u64 {
        let Some(configured) = self.0.get() else { return not_configured() };
        with_input(len, |input| with_out(|out| hook(configured, input, out)))
    }

    /// Runs a hook on two areas of IN, one behind the other.
    fn with_two(
        &self,
        first: u32,
        second: u32,
        hook: impl FnOnce(&Configured<P>, &[u8], &[u8], &mut Out) -> u64,
    ) -> u64 {
        self.with(first.saturating_add(second), |configured, input, out| {
            let (first, second) = input.split_at(input.len().min(first as usize));
            hook(configured, first, second, out)
        })
    }
}

fn not_configured() -> u64 {
    start();
    with_out(|out| out.fault("the instance is not configured"))
}

// === memory ===

/// Makes the areas and the panic hook, at the first call of an instance.
fn start() {
    if OUTPUT.with_borrow(Option::is_some) {
        return;
    }
    panic::set_hook(Box::new(report));
    OUTPUT.set(Some(Out::default()));
    OUTPUT.with_borrow(|out| publish(out.as_ref()));
}

fn with_input<T>(len: u32, call: impl FnOnce(&[u8]) -> T) -> T {
    INPUT.with(|input| input.with(len as usize, call))
}

fn with_out<T>(call: impl FnOnce(&mut Out) -> T) -> T {
    OUTPUT.with_borrow_mut(|out| {
        let value = call(out.as_mut().expect("every export starts the instance"));
        publish(out.as_ref());
        value
    })
}

/// Says where IN and OUT are: OUT moves when a call outgrows it.
fn publish(out: Option<&Out>) {
    let Some(out) = out else { return };
    let words = INPUT.with(|input| [input.start(), input.capacity(), out.area().as_ptr() as usize, out.area().len()]);
    AREAS.with(|areas| areas.iter().zip(words).for_each(|(area, word)| area.set(word as u32)));
}

/// Tells the host what a panic says before it becomes a trap.
fn report(info: &PanicHookInfo<'_>) {
    let mut line = Line::new();
    let message = info.payload_as_str().unwrap_or("panic");
    let place = info.location();
    let (file, number) = place.map_or(("unknown", 0), |place| (place.file(), place.line()));
    // A message that is too long is cut, which is all that can go wrong.
    let _cut = write!(line, "{file}:{number}: {message}");
    sys::panic(line.as_bytes());
}
