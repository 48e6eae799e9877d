//! Hooks that may wait: on fibers, many at a time on one thread.
//!
//! These futures belong to the thread that first polls them, which must run a tokio runtime with time.
//! One that is dropped gives back what was lent to it; its instance is not used again.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use gateway_model::Snapshot;
use sluice_abi::wire::Hooks;
use tokio::{sync::OwnedSemaphorePermit, time::timeout};

use super::Plugin;
use crate::{
    call::{Onward, RequestCall, ResponseCall, ResponseVerdict, Verdict, Visit},
    error::{Failure, FailureKind},
    instance::Instance,
    pool,
    state::State,
};

/// The longest wait for a place among those that wait.
const PLACE: Duration = Duration::from_secs(1);

impl Plugin {
    /// As [`on_request`](Self::on_request), on a fiber.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    pub async fn on_request_on_fiber(&self, call: &mut RequestCall<'_>, visit: &mut Visit) -> Result<Verdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST) {
            return Ok(Verdict::Next(Onward::NOTHING_MORE));
        }
        self.run_on_fiber(async |instance| instance.on_request_on_fiber(call, visit).await).await
    }

    /// As [`on_request_body`](Self::on_request_body), on a fiber.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` and `body` as they were.
    pub async fn on_request_body_on_fiber(
        &self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<Verdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST_BODY) {
            return Ok(Verdict::Next(Onward::NOTHING_MORE));
        }
        self.run_on_fiber(async |instance| instance.on_request_body::<true>(call, visit, body).await).await
    }

    /// As [`on_response`](Self::on_response), on a fiber.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    pub async fn on_response_on_fiber(
        &self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
    ) -> Result<ResponseVerdict, Failure> {
        if !self.hooks().has(Hooks::RESPONSE) {
            return Ok(ResponseVerdict::Next(Onward::NOTHING_MORE));
        }
        self.run_on_fiber(async |instance| instance.on_response_on_fiber(call, visit).await).await
    }

    /// As [`on_response_body`](Self::on_response_body), on a fiber.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` and `body` as they were.
    pub async fn on_response_body_on_fiber(
        &self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<ResponseVerdict, Failure> {
        if !self.hooks().has(Hooks::RESPONSE_BODY) {
            return Ok(ResponseVerdict::Next(Onward::NOTHING_MORE));
        }
        self.run_on_fiber(async |instance| instance.on_response_body::<true>(call, visit, body).await).await
    }

    /// As [`on_tick`](Self::on_tick), on a fiber.
    ///
    /// # Errors
    /// A [`Failure`].
    pub async fn on_tick_on_fiber(&self, snapshot: &Arc<Snapshot>) -> Result<(), Failure> {
        if !self.hooks().has(Hooks::TICK) {
            return Ok(());
        }
        self.run_on_fiber(async |instance| instance.on_tick::<true>(snapshot).await).await
    }

    async fn run_on_fiber<R>(&self, hook: impl AsyncFnOnce(&mut Instance) -> Result<R, Failure>) -> Result<R, Failure> {
        let limits = &self.generation().core.limits;
        // Held until the hook has ended or is dropped.
        let _place = self.place().await?;
        let mut instance = self.instance()?;
        let result = match timeout(limits.wait, hook(&mut instance)).await {
            Ok(result) => result,
            Err(_) => Err(instance.waited_for_too_long()),
        };
        self.leave(instance, &result);
        result
    }

    /// A place among the calls that may wait on this thread.
    async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let places = pool::with_local(self.generation(), |local| local.places.clone());
        if let Ok(place) = places.clone().try_acquire_owned() {
            return Ok(place);
        }
        match timeout(PLACE, places.acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(self.saturated()),
        }
    }

    #[cold]
    fn saturated(&self) -> Failure {
        let generation = self.generation();
        let state = State::new(generation.core.clone(), Some(generation.clone()));
        let most = generation.core.limits.waiting;
        let cause = format!(
            "{most} of its calls are waiting on this worker, which is the most, and none ended in a second: let them wait \
                     for less, or raise `plugins.waiting`"
        );
        Failure::new(FailureKind::Saturated, &state, cause)
    }
}
