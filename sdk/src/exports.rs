//! The exports of a module, over the calls of [`guest`]: IN, OUT, and the one configured plugin.

use std::{
    cell::{Cell, OnceCell, RefCell},
    fmt::Write,
    panic::{self, PanicHookInfo},
};

use crate::{
    Described, Plugin,
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

impl<P: Plugin> Instance<P> {
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
        let Some(configured) = self.0.get() else { return not_configured() };
        with_input(head, |head| with_out(|out| guest::on_request(configured, head, out)))
    }

    /// Runs the response hook on the head in IN and the state behind it.
    pub fn on_response(&self, head: u32, state: u32) -> u64 {
        let Some(configured) = self.0.get() else { return not_configured() };
        with_input(head.saturating_add(state), |input| {
            let (head, state) = input.split_at(input.len().min(head as usize));
            with_out(|out| guest::on_response(configured, head, state, out))
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
    let words =
        INPUT.with(|input| [input.start(), input.capacity(), out.buffer().as_ptr() as usize, out.buffer().len()]);
    AREAS.with(|areas| areas.iter().zip(words).for_each(|(area, word)| area.set(word as u32)));
}

/// Tells the host what a panic says before it becomes a trap.
fn report(info: &PanicHookInfo<'_>) {
    let mut line = Line::new();
    let message = info.payload_as_str().unwrap_or("panic");
    let place = info.location();
    let (file, number) = place.map_or(("unknown", 0), |place| (place.file(), place.line()));
    // A message that is too long is cut, which is all that can go wrong.
    let _cut = write!(line, "{message}, {file}:{number}");
    sys::panic(line.as_bytes());
}
