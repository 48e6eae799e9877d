//! The harness: one configured plugin and its host.

use std::{cell::RefCell, rc::Rc, time::Duration};

use gateway_algorithms::limit::Quota;
use serde_json::Value;
use sluice_abi::{
    AREA,
    outcome::{Action, Packed},
    wire::{self, Declaration, Descriptor, JwtError, JwtPolicy, VerifiedToken},
};

use super::{Exchange, FakeHost};
use crate::{
    Described,
    config::{Finding, Refused},
    guest::{self, Configured, Out},
    log::Level,
    sys::with_host,
};

/// A plugin under test.
///
/// The plugin is configured by the first request, or by [`Harness::start`]: set the host up before.
#[derive(Debug)]
pub struct Harness<P> {
    config: Value,
    pub(super) host: Rc<RefCell<FakeHost>>,
    pub(super) out: Out,
    pub(super) input: Vec<u8>,
    pub(super) started: Option<Started<P>>,
}

/// A configured plugin and what it declared.
#[derive(Debug)]
pub(super) struct Started<P> {
    pub(super) plugin: Configured<P>,
    pub(super) declaration: Declaration,
}

// === impl Harness: before the first request ===

impl<P: Described> Harness<P> {
    /// A plugin that will be configured with `config`, and a host that knows nobody.
    #[must_use]
    pub fn new(config: Value) -> Self {
        let host = Rc::default();
        Self { config, host, out: Out::default(), input: vec![0; AREA], started: None }
    }

    /// A consumer that exists.
    #[must_use]
    pub fn with_consumer(self, name: &str) -> Self {
        self.host.borrow_mut().consumers.insert(name.to_owned());
        self
    }

    /// A live API key of a consumer, who then exists.
    #[must_use]
    pub fn with_api_key(self, key: &str, consumer: &str) -> Self {
        self.host.borrow_mut().api_keys.insert(key.to_owned(), consumer.to_owned());
        self.with_consumer(consumer)
    }

    /// A token that verifies for every policy that names its issuer, whether its consumer exists or not.
    #[must_use]
    pub fn with_token(self, token: &str, issuer: &str, consumer: &str) -> Self {
        let verified = VerifiedToken { issuer: issuer.to_owned(), consumer: consumer.to_owned() };
        self.host.borrow_mut().tokens.insert(token.to_owned(), Ok(verified));
        self
    }

    /// A token that does not verify; one that the host was never told of is malformed.
    #[must_use]
    pub fn with_refused_token(self, token: &str, error: JwtError) -> Self {
        self.host.borrow_mut().tokens.insert(token.to_owned(), Err(error));
        self
    }

    /// A secret that is granted to the attachment.
    #[must_use]
    pub fn with_secret(self, name: &str) -> Self {
        self.host.borrow_mut().secrets.insert(name.to_owned());
        self
    }

    /// A consumer whose usage plan has a throttle: `rate` requests a second, `burst` at one instant.
    ///
    /// # Panics
    /// If the two make no throttle.
    #[must_use]
    pub fn with_plan(self, consumer: &str, rate: f64, burst: u32) -> Self {
        self.set_plan(consumer, rate, burst);
        self.with_consumer(consumer)
    }

    /// Configures the plugin now.
    ///
    /// # Errors
    /// What the operator would read.
    pub fn start(&mut self) -> Result<(), String> {
        let config = self.config.to_string();
        self.host.borrow_mut().configuring = true;
        let (plugin, packed) = with_host(&self.host, || guest::configure::<P>(config.as_bytes(), &mut self.out));
        self.host.borrow_mut().configuring = false;
        let packed = Packed::unpack(packed).expect("the SDK packs what it returns");
        match (plugin, packed.action) {
            (Some(plugin), Action::Next) => {
                let declaration = wire::decode(self.out.bytes()).expect("the SDK wrote the declaration");
                self.started = Some(Started { plugin, declaration });
                Ok(())
            }
            _ => Err(String::from_utf8_lossy(self.out.bytes()).into_owned()),
        }
    }

    /// Checks that the plugin refuses its configuration, in `new` or before, with a message that contains `text`.
    ///
    /// # Panics
    /// Otherwise.
    pub fn expect_config_error(mut self, text: &str) {
        match self.start() {
            Err(message) => assert!(message.contains(text), "the configuration is refused, but with: {message}"),
            Ok(()) => panic!("the configuration is accepted: {}", self.config),
        }
    }

    /// Checks that the configuration breaks the schema at `pointer` (a JSON Pointer).
    ///
    /// # Panics
    /// Otherwise.
    pub fn expect_schema_error(self, pointer: &str) {
        let findings = self.schema_findings();
        let found = findings.iter().any(|finding| finding.pointer == pointer);
        assert!(found, "nothing is wrong at {pointer:?} but: {findings:?}");
    }

    fn schema_findings(&self) -> Vec<Finding> {
        let read = crate::config::read::<P::Config>(self.config.to_string().as_bytes());
        read.err().map_or_else(Vec::new, |Refused { findings }| findings)
    }

    /// What the module says of itself, its JSON Schema included.
    ///
    /// # Panics
    /// Never: it reads what it wrote.
    #[must_use]
    pub fn descriptor(&mut self) -> Descriptor {
        guest::describe::<P>(&mut self.out);
        wire::decode(self.out.bytes()).expect("the SDK wrote the descriptor")
    }
}

// === impl Harness: requests ===

impl<P: Described> Harness<P> {
    /// A GET request; `target` is a path, and perhaps a query.
    pub fn get(&mut self, target: &str) -> Exchange<'_, P> {
        self.request("GET", target)
    }

    /// A POST request with a body of unknown length.
    pub fn post(&mut self, target: &str) -> Exchange<'_, P> {
        self.request("POST", target).without_content_length()
    }

    /// A request of any method.
    ///
    /// # Panics
    /// If the plugin refuses its configuration.
    pub fn request(&mut self, method: &str, target: &str) -> Exchange<'_, P> {
        if self.started.is_none()
            && let Err(message) = self.start()
        {
            panic!("the configuration is refused: {message}");
        }
        Exchange::new(self, method, target)
    }
}

// === impl Harness: between requests ===

impl<P> Harness<P> {
    /// Moves both clocks on.
    pub fn advance(&mut self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).expect("a test lasts less than 584 years");
        self.host.borrow_mut().elapsed_ns += by;
    }

    /// Gives a consumer's usage plan another throttle; requests already counted stay counted.
    ///
    /// # Panics
    /// If the two make no throttle.
    pub fn set_plan(&self, consumer: &str, rate: f64, burst: u32) {
        let quota = Quota::new(rate, burst).expect("the plan has a throttle");
        self.host.borrow_mut().plans.insert(consumer.to_owned(), quota);
    }

    /// Takes an API key away.
    pub fn revoke_api_key(&mut self, key: &str) {
        self.host.borrow_mut().api_keys.remove(key);
    }

    /// What a counter stands at.
    ///
    /// # Panics
    /// If the plugin did not define it.
    #[must_use]
    pub fn counter(&self, name: &str) -> u64 {
        self.host.borrow().counter(name).unwrap_or_else(|| panic!("the plugin defines no counter {name:?}"))
    }

    /// The lines that the plugin logged.
    #[must_use]
    pub fn logs(&self) -> Vec<(Level, String)> {
        self.host.borrow().logs.clone()
    }

    /// The token policies that the plugin defined.
    #[must_use]
    pub fn jwt_policies(&self) -> Vec<JwtPolicy> {
        self.host.borrow().jwt_policies.clone()
    }

    /// What the plugin declared, once it is configured.
    #[must_use]
    pub fn declaration(&self) -> Option<&Declaration> {
        self.started.as_ref().map(|started| &started.declaration)
    }
}
