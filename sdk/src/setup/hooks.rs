//! Which hooks a configuration needs, and how often the clock calls.

use sluice_abi::bounds::TICK_MS;

use super::{Declaration, Duration, Hook, Hooks, Result, Setup};

/// Hooks that run only because another asked for them, and that other.
const ASKED_FOR: [(Hooks, Hooks); 4] = [
    (Hooks::REQUEST_BODY, Hooks::REQUEST),
    (Hooks::REQUEST_CHUNK, Hooks::REQUEST),
    (Hooks::RESPONSE_BODY, Hooks::RESPONSE),
    (Hooks::RESPONSE_CHUNK, Hooks::RESPONSE),
];

impl Setup {
    /// Leaves a hook out, and the body hooks that only it could ask for: this configuration has no use for it, so that
    /// requests need not pay for it.
    pub fn without_hook(&mut self, hook: Hook) {
        let hooks = &mut self.declaration.hooks;
        *hooks = hooks.without(hook.flag());
        for (asked, asker) in ASKED_FOR {
            if hook.flag() == asker {
                *hooks = hooks.without(asked);
            }
        }
    }

    /// Leaves all hooks out but these.
    pub fn only_hooks(&mut self, hooks: &[Hook]) {
        let kept = hooks.iter().fold(Hooks::NONE, |kept, hook| kept.with(hook.flag()));
        self.declaration.hooks = self.declaration.hooks.and(kept);
    }

    /// Calls `on_tick` that often: at least 100 ms apart.
    pub fn tick_every(&mut self, period: Duration) {
        match u64::try_from(period.as_millis()) {
            Ok(millis) if millis >= TICK_MS => self.declaration.tick_every = Some(millis),
            _ => self.refuse(format!("ticks are {period:?} apart: leave at least {TICK_MS} ms")),
        }
    }

    /// What was declared.
    pub(crate) fn finish(mut self) -> Result<Declaration> {
        if let Some(message) = self.wrong_with_ticks() {
            self.refuse(message.to_owned());
        }
        match self.wrong {
            Some(error) => Err(error),
            None => Ok(self.declaration),
        }
    }

    fn wrong_with_ticks(&self) -> Option<&'static str> {
        let hooks = self.declaration.hooks.has(Hooks::TICK);
        match (hooks, self.declaration.tick_every.is_some()) {
            (true, false) => Some(
                "on_tick is never called: say how often with setup.tick_every(), or leave it out with \
                 setup.without_hook(Hook::Tick)",
            ),
            (false, true) => Some("setup.tick_every() is for plugins with on_tick: define it, or leave the call out"),
            _ => None,
        }
    }
}
