//! Attacks the gateway in the way that the request header `x-attack` names; other requests pass.
//!
//! What the SDK does not let an author do at all, such as forging a handle, is in `tests/it/hostile` as text modules.

use std::hint::black_box;

use sluice_sdk::prelude::*;

/// What the attacks are aimed at.
#[derive(Debug, Config)]
pub struct Settings {
    /// An upstream that the attachment may not be granted.
    #[config(default = "forbidden")]
    upstream: String,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct Hostile {
    settings: Settings,
    attack: HeaderSlot,
    value: HeaderSlot,
    own: kv::Store,
    flooded: LabelledCounter<1>,
}

/// Lines and changes of a flood.
const FLOOD: u32 = 5_000;

/// Values of a label: more than are kept, and few enough for the time of a hook in a gateway that is not optimised.
const LABELS: u32 = 300;

#[plugin(name = "hostile", order = 900)]
impl Plugin for Hostile {
    type Config = Settings;
    type State = Vec<u8>;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            settings,
            attack: setup.request_header("x-attack"),
            value: setup.request_header("x-value"),
            own: setup.kv()?,
            flooded: setup.counter_with_labels("hostile_flood", "What a flood of labels counts.", ["turn"])?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Vec<u8>>> {
        let Some(attack) = request.header(self.attack) else { return Ok(Flow::next()) };
        match attack {
            "loop" => run_for_ever(),
            "recursion" => bail!("{} frames fit", recurse(0)),
            "memory" => leak(),
            "panic" => panic!("a panic was asked for"),
            "trap" => {
                let empty: &[u8] = black_box(&[]);
                bail!("{}", empty[black_box(7)])
            }
            "log-flood" => (0..FLOOD).for_each(|turn| log::info!("flood {turn}")),
            "label-flood" => (0..LABELS).for_each(|turn| self.flooded.increment([turn.to_string().as_str()])),
            "mutations" => (0..FLOOD).for_each(|turn| request.set_header("x-flood", turn)),
            "header" => {
                let (name, value) =
                    request.header(self.value).and_then(|text| text.split_once('=')).unwrap_or_default();
                let (name, value) = (unescape(name), unescape(value));
                request.set_header(name.as_str(), value);
            }
            "state" => return Ok(Flow::next_with(vec![b'x'; 10 << 20])),
            "callout" => {
                let reply = Call::get(&self.settings.upstream, "/secrets").send()?;
                bail!("the upstream answered {}", reply.status())
            }
            "steal" => {
                let found = self.own.get("treasure");
                return Ok(Flow::respond(200).body(if found.is_some() { "stolen" } else { "nothing" }));
            }
            "hide" => {
                self.own.set("treasure", "gold", None)?;
            }
            other => bail!("{other:?} is no attack"),
        }
        Ok(Flow::next())
    }
}

/// `%0d` and its like: what a client could not send in a header.
fn unescape(text: &str) -> String {
    text.replace("%0d", "\r").replace("%0a", "\n").replace("%00", "\0")
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
        hoard.push(vec![1_u8; 64 * 1024]);
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
