//! The harness: one configured plugin and its host.

mod world;

use std::{cell::RefCell, rc::Rc};

use serde_json::Value;
use sluice_abi::{
    AREA,
    outcome::{Action, Packed},
    wire::{self, Declaration, Descriptor, JwtError, LoadSignal, PressureSignal, Token, TokenError, UpstreamSignal},
};

use super::{Answer, Exchange, FakeHost, SentCall, apply::fault_message, host::identity};
use crate::{
    Described,
    config::{Finding, Refused},
    guest::{self, Configured, Out},
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
    /// How many there were, for their ids.
    pub(super) requests: u64,
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
        Self { config, host, out: Out::default(), input: vec![0; AREA], started: None, requests: 0 }
    }

    /// A consumer that exists.
    #[must_use]
    pub fn with_consumer(self, name: &str) -> Self {
        self.host.borrow_mut().identity.consumers.insert(name.to_owned());
        self
    }

    /// A consumer that belongs to these groups, and to no others.
    #[must_use]
    pub fn with_groups<'g>(self, consumer: &str, groups: impl IntoIterator<Item = &'g str>) -> Self {
        let groups = groups.into_iter().map(str::to_owned).collect();
        self.host.borrow_mut().identity.groups.insert(consumer.to_owned(), groups);
        self.with_consumer(consumer)
    }

    /// A password of a consumer, who then exists; the credential is called `CONSUMER-password`.
    #[must_use]
    pub fn with_password(self, username: &str, password: &str, consumer: &str) -> Self {
        let user = (username.to_owned(), password.to_owned());
        self.host.borrow_mut().identity.passwords.insert(user, consumer.to_owned());
        self.with_consumer(consumer)
    }

    /// Clients hold the certificate of a consumer, who then exists; the credential is called `CONSUMER-certificate`.
    #[must_use]
    pub fn with_certificate(self, consumer: &str) -> Self {
        self.host.borrow_mut().identity.certificate = Some(consumer.to_owned());
        self.with_consumer(consumer)
    }

    /// A live API key of a consumer, who then exists; the credential is called `CONSUMER-key`.
    #[must_use]
    pub fn with_api_key(self, key: &str, consumer: &str) -> Self {
        self.host.borrow_mut().identity.api_keys.insert(key.to_owned(), consumer.to_owned());
        self.with_consumer(consumer)
    }

    /// A token that verifies for every policy that names its issuer, whether its consumer exists or not.
    #[must_use]
    pub fn with_token(self, token: &str, issuer: &str, consumer: &str) -> Self {
        self.with_token_that_says(token, identity::token(issuer, consumer))
    }

    /// The same for a token of which more is known.
    #[must_use]
    pub fn with_token_that_says(self, token: &str, verified: Token) -> Self {
        self.host.borrow_mut().identity.tokens.insert(token.to_owned(), Ok(verified));
        self
    }

    /// A token that does not verify; one that the host was never told of is malformed.
    #[must_use]
    pub fn with_refused_token(self, token: &str, error: JwtError) -> Self {
        self.with_token_error(token, identity::at_length(error))
    }

    /// The same for a reason that [`JwtError`] does not know.
    #[must_use]
    pub fn with_token_error(self, token: &str, error: TokenError) -> Self {
        self.host.borrow_mut().identity.tokens.insert(token.to_owned(), Err(error));
        self
    }

    /// A secret and its value, with which HMACs are made.
    #[must_use]
    pub fn with_secret(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.host.borrow_mut().keys.secrets.insert(name.to_owned(), value.as_ref().to_vec());
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

    /// What the attachment grants, such as `identity` or `upstream:policy`, and nothing else.
    ///
    /// Without it everything is granted; [`Harness::grants_used`] then says what an operator has to grant.
    #[must_use]
    pub fn with_grants<'g>(self, grants: impl IntoIterator<Item = &'g str>) -> Self {
        self.host.borrow_mut().grants.give(grants);
        self
    }

    /// Answers the callouts: with a status, with an [`Answer`], or with a [`HostError`](crate::HostError) for none.
    ///
    /// ```
    /// # use sluice_sdk::{prelude::*, test::*};
    /// # fn example<P>(harness: Harness<P>) where Harness<P>: Sized {}
    /// let answer = |call: &SentCall| match call.path.as_str() {
    ///     "/allow" => Answer::json(json!({ "result": true })),
    ///     _ => Answer::from(HostError::Timeout),
    /// };
    /// ```
    #[must_use]
    pub fn with_callout<A: Into<Answer>>(self, answer: impl Fn(&SentCall) -> A + 'static) -> Self {
        self.host.borrow_mut().callouts.answer_with(Rc::new(move |call| answer(call).into().into_result()));
        self
    }

    /// How busy the node is.
    #[must_use]
    pub fn with_load(self, load: LoadSignal) -> Self {
        self.host.borrow_mut().load = load;
        self
    }

    /// How busy the upstream is.
    #[must_use]
    pub fn with_upstream_load(self, load: UpstreamSignal) -> Self {
        self.host.borrow_mut().upstream_load = load;
        self
    }

    /// How long something has to wait for what the gateway needs.
    #[must_use]
    pub fn with_pressure(self, pressure: PressureSignal) -> Self {
        self.host.borrow_mut().pressure = pressure;
        self
    }

    /// Configures the plugin now.
    ///
    /// # Errors
    /// What the operator would read.
    pub fn start(&mut self) -> Result<(), String> {
        let config = self.config.to_string();
        self.host.borrow_mut().begin_configuration();
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
    #[track_caller]
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
    #[track_caller]
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
    #[track_caller]
    pub fn get(&mut self, target: &str) -> Exchange<'_, P> {
        self.request("GET", target)
    }

    /// A POST request; give it a [body](Exchange::body) or [pieces of one](Exchange::chunks), else its length is unknown.
    #[track_caller]
    pub fn post(&mut self, target: &str) -> Exchange<'_, P> {
        self.request("POST", target).without_content_length()
    }

    /// A request of any method.
    ///
    /// # Panics
    /// If the plugin refuses its configuration.
    #[track_caller]
    pub fn request(&mut self, method: &str, target: &str) -> Exchange<'_, P> {
        self.start_once();
        Exchange::new(self, method, target)
    }

    /// Runs the tick hook once; the clocks stay where they are.
    ///
    /// # Errors
    /// The message of the fault.
    ///
    /// # Panics
    /// If the plugin refuses its configuration.
    #[track_caller]
    pub fn tick(&mut self) -> Result<(), String> {
        self.start_once();
        let Self { host, out, started, .. } = self;
        let plugin = &started.as_ref().expect("it was started").plugin;
        let packed = with_host(host, || guest::on_tick(plugin, out));
        match Packed::unpack(packed).expect("the SDK packs what it returns").action {
            Action::Fault => Err(fault_message(out.bytes())),
            _ => Ok(()),
        }
    }

    /// Replaces the instance by a fresh one, as the gateway does after some thousands of requests and after a change:
    /// what the host keeps stays.
    pub fn restart(&mut self) {
        self.started = None;
    }

    /// As [`Harness::restart`], with another configuration.
    pub fn restart_with(&mut self, config: Value) {
        self.config = config;
        self.started = None;
    }

    #[track_caller]
    fn start_once(&mut self) {
        if self.started.is_none()
            && let Err(message) = self.start()
        {
            panic!("the configuration is refused: {message}");
        }
    }
}
