//! The harness between requests: what the world does, and what the plugin did to it.

use std::time::Duration;

use gateway_algorithms::limit::Gcra;
use sluice_abi::wire::{
    Declaration, HostError, JwtPolicy, LoadSignal, PressureSignal, TokenPolicy, UpstreamSignal, Wants,
};

use super::{
    super::{SentCall, StoreView, host::identity::Policy},
    Harness,
};
use crate::log::Level;

// === the world ===

impl<P> Harness<P> {
    /// Moves both clocks on. Ticks are left to [`Harness::tick`].
    pub fn advance(&mut self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).expect("a test lasts less than 584 years");
        self.host.borrow_mut().elapsed_ns += by;
    }

    /// What the plugin is told by `clock::now_unix_ms`.
    #[must_use]
    pub fn now_unix_ms(&self) -> u64 {
        self.host.borrow().now_unix_ms()
    }

    /// Gives a consumer's usage plan another throttle; requests already counted stay counted.
    ///
    /// # Panics
    /// If the two make no throttle.
    #[track_caller]
    pub fn set_plan(&self, consumer: &str, rate: f64, burst: u32) {
        let throttle = Gcra::new(rate, burst).expect("the plan has a throttle");
        self.host.borrow_mut().limits.set_plan(consumer, throttle);
    }

    /// Takes an API key away.
    pub fn revoke_api_key(&mut self, key: &str) {
        self.host.borrow_mut().identity.api_keys.remove(key);
    }

    /// How busy the node is from now on.
    pub fn set_load(&mut self, load: LoadSignal) {
        self.host.borrow_mut().load = load;
    }

    /// How busy the upstream is from now on.
    pub fn set_upstream_load(&mut self, load: UpstreamSignal) {
        self.host.borrow_mut().upstream_load = load;
    }

    /// How long something has to wait from now on for what the gateway needs.
    pub fn set_pressure(&mut self, pressure: PressureSignal) {
        self.host.borrow_mut().pressure = pressure;
    }

    /// The attachment's own store, to look at and to change.
    pub fn kv(&mut self) -> StoreView {
        StoreView::own(&self.host)
    }

    /// A store that several attachments share.
    pub fn shared_kv(&mut self, name: &str) -> StoreView {
        StoreView::shared(&self.host, name)
    }

    /// A store that nodes share.
    pub fn remote_kv(&mut self, name: &str) -> StoreView {
        StoreView::remote(&self.host, name)
    }

    /// Lets all calls of remote stores fail from now on, or work again.
    pub fn fail_remote_kv(&mut self, failure: Option<HostError>) {
        self.host.borrow_mut().remotes.failure = failure;
    }
}

// === what the plugin did ===

impl<P> Harness<P> {
    /// What a counter stands at.
    ///
    /// # Panics
    /// If the plugin did not define it.
    #[must_use]
    #[track_caller]
    pub fn counter(&self, name: &str) -> u64 {
        self.host.borrow().metrics.counter(name).unwrap_or_else(|| panic!("the plugin defines no counter {name:?}"))
    }

    /// What a gauge, or a counter with labels, stands at for these label values; 0 before the first.
    ///
    /// # Panics
    /// If the plugin did not define it.
    #[must_use]
    #[track_caller]
    pub fn metric(&self, name: &str, labels: &[&str]) -> f64 {
        self.histogram(name, labels).last().copied().unwrap_or(0.0)
    }

    /// The values that a histogram recorded for these label values.
    ///
    /// # Panics
    /// If the plugin did not define it.
    #[must_use]
    #[track_caller]
    pub fn histogram(&self, name: &str, labels: &[&str]) -> Vec<f64> {
        let host = self.host.borrow();
        let observed = host.metrics.observed(name, labels);
        observed.unwrap_or_else(|| panic!("the plugin defines no metric {name:?}")).to_vec()
    }

    /// The lines that the plugin logged.
    #[must_use]
    pub fn logs(&self) -> Vec<(Level, String)> {
        self.host.borrow().logs.clone()
    }

    /// The callouts that the plugin sent, those that nobody waits for included.
    #[must_use]
    pub fn callouts(&self) -> Vec<SentCall> {
        self.host.borrow().callouts.sent().to_vec()
    }

    /// Whether a response is kept under a key.
    #[must_use]
    pub fn is_cached(&self, key: &str) -> bool {
        self.host.borrow().cached(key).is_some()
    }

    /// The grants that the plugin needed so far, in order: what an operator has to give.
    #[must_use]
    pub fn grants_used(&self) -> Vec<String> {
        self.host.borrow().grants.used().map(str::to_owned).collect()
    }

    /// The token policies that the plugin defined with [`Setup::jwt`](crate::Setup::jwt).
    #[must_use]
    pub fn jwt_policies(&self) -> Vec<JwtPolicy> {
        let narrow = |policy: &Policy| if let Policy::Jwt(policy) = policy { Some(policy.clone()) } else { None };
        self.host.borrow().identity.policies.iter().filter_map(narrow).collect()
    }

    /// Those that it defined with [`Setup::tokens`](crate::Setup::tokens).
    #[must_use]
    pub fn token_policies(&self) -> Vec<TokenPolicy> {
        let wide = |policy: &Policy| if let Policy::Tokens(policy) = policy { Some(policy.clone()) } else { None };
        self.host.borrow().identity.policies.iter().filter_map(wide).collect()
    }

    /// Whether the plugin, once it is configured, has said that it never waits.
    #[must_use]
    pub fn never_waits(&self) -> bool {
        self.declaration().is_some_and(|declaration| declaration.wants.has(Wants::NEVER_WAITS))
    }

    /// What the plugin declared, once it is configured.
    #[must_use]
    pub fn declaration(&self) -> Option<&Declaration> {
        self.started.as_ref().map(|started| &started.declaration)
    }
}
