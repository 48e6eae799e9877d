//! What a try-out of the gateway needs around it: certificates, tokens, upstreams that say their name, a Redis, issuers, and clients.
//!
//! Shared by the demo, the end-to-end tests and the benches; knows the gateway only from outside.

pub mod admin;
pub mod certificate;
pub mod client;
pub mod held;
pub mod jwks;
pub mod key;
pub mod redis;
mod refusal;
pub mod registry;
pub mod token;
pub mod upstream;

/// Makes aws-lc-rs the cryptography of rustls and jsonwebtoken in this process; repeated calls change nothing.
pub fn install_crypto_provider() {
    // A second installation reports the first as an error: that is the state we want.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
}
