//! One instance, configured: how hooks run on it.

mod exports;
mod guest;
mod lending;
mod request;
mod response;
mod start;
mod stream;

use std::sync::Arc;

use sluice_abi::outcome::Packed;

pub(crate) use self::guest::at_once;
pub(crate) use self::start::{describe, start_failed};
use self::{exports::Exports, guest::Guest};
use crate::{
    apply::{Change, Context, Rejection},
    call::Visit,
    deadline::Budget,
    declared::Declared,
    error::{Failure, FailureKind},
    generation::Generation,
    hook::Hook,
    uses::Uses,
};

/// A configured instance, ready for hooks.
pub(crate) struct Instance {
    guest: Guest,
    exports: Exports,
    generation: Arc<Generation>,
    pub(crate) declared: Arc<Declared>,
    uses: Uses,
    /// Whether anything is lent, so that nothing is looked at for modules that can ask for nothing.
    lends: bool,
    /// Scratch space, so that a call allocates for nothing but the values that it writes.
    changes: Vec<Change>,
    calls_left: u32,
    /// What the hook that runs may take where its request has taken something before.
    left: Budget,
}

/// What a hook may take of the processor. By reference: what is put together anew is not moved at once.
#[inline]
fn budget<'b>(generation: &'b Generation, left: &'b Budget, visit: &Visit) -> &'b Budget {
    if visit.spent.is_zero() { &generation.deadline } else { left }
}

impl Instance {
    /// Counts a call that came to an end; true when the instance ran its share of them or has grown large.
    #[inline]
    pub(crate) fn is_spent(&mut self) -> bool {
        self.calls_left = self.calls_left.saturating_sub(1);
        self.calls_left == 0 || self.guest.state().memory_limit.held() > self.generation.core.limits.memory / 2
    }

    /// Begins a call of a hook; what it may take of the processor is [`budget`] afterwards.
    ///
    /// # Errors
    /// [`FailureKind::Budget`] when the request's time is spent.
    #[inline]
    fn begin(&mut self, hook: Hook, visit: &Visit) -> Result<(), Failure> {
        self.guest.state().hook = Some(hook);
        match visit.spent.is_zero() {
            true => Ok(()),
            false => self.begin_with_less(visit),
        }
    }

    #[cold]
    fn begin_with_less(&mut self, visit: &Visit) -> Result<(), Failure> {
        // Should it end here, it has taken nothing itself.
        self.guest.state().deadline.forget();
        let left = self.generation.deadline.within(self.generation.request_budget, visit);
        self.left = left.ok_or_else(|| self.out_of_budget())?;
        Ok(())
    }

    /// Counts the time that a call took, and reads what it returned.
    #[inline(always)]
    fn end(&mut self, result: Result<u64, Failure>, visit: &mut Visit) -> Result<Packed, Failure> {
        let taken = self.guest.taken();
        if !taken.is_zero() {
            visit.spent += taken;
        }
        match result {
            Ok(bits) => self.guest.unpack(bits),
            Err(failure) => Err(self.blame(failure, visit)),
        }
    }

    /// Applies the outcome of a call.
    #[inline(always)]
    fn apply<R>(
        &mut self,
        hook: Hook,
        packed: Packed,
        apply: impl FnOnce(&[u8], Context<'_>, &mut Vec<Change>) -> Result<R, Rejection>,
    ) -> Result<R, Failure> {
        let out = self.guest.output(packed.len)?;
        let context = Context {
            hook,
            hooks: self.declared.hooks,
            names: &self.declared.header_names,
            attachment: &self.generation.attachment,
            buffered_body: self.generation.core.limits.buffered_body,
            limits: &self.generation.shared.limits,
            usage_plan: self.generation.usage_plan,
        };
        apply(out, context, &mut self.changes).map_err(|rejection| self.guest.failure(rejection.kind(), &rejection))
    }

    /// A hook that was cut because of what the request's hooks took before is not to blame alone.
    #[cold]
    fn blame(&self, failure: Failure, visit: &Visit) -> Failure {
        let left = self.generation.deadline.within(self.generation.request_budget, visit);
        match (failure.kind, left) {
            (FailureKind::Deadline, None) => failure.recast(FailureKind::Budget),
            _ => failure,
        }
    }

    #[cold]
    fn out_of_budget(&self) -> Failure {
        let budget = self.generation.request_budget.as_millis();
        let cause = format!("its hooks have used up the {budget} ms of the processor that one request gives them");
        self.guest.failure(FailureKind::Budget, cause)
    }

    /// A hook that was given up because of what it waited for.
    #[cold]
    pub(crate) fn waited_for_too_long(&self) -> Failure {
        let seconds = self.generation.core.limits.wait.as_secs_f32();
        self.guest.failure(FailureKind::Deadline, format_args!("it waited for others until its {seconds} s were over: give its calls a shorter timeout, or raise `plugins.wait_ms`"))
    }

    #[cold]
    fn head_too_large(&self) -> Failure {
        self.guest.failure(FailureKind::HeadTooLarge, "the parts of the head that it declared do not fit into IN")
    }
}
