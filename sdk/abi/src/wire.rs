//! Aggregates that cross as postcard bytes. Field order is the wire order: new fields go into a new ABI version.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What a module says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptor {
    /// The module's own name.
    pub name: String,
    /// Semantic version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Default place in the chain, lowest first.
    pub order: i32,
    /// JSON Schema (2020-12) of the configuration.
    pub config_schema: String,
    /// The hooks it implements.
    pub hooks: Hooks,
}

/// The hooks that a module implements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hooks {
    /// `on-request`.
    pub request: bool,
    /// `on-response`.
    pub response: bool,
}

/// What a configured plugin wants to be handed, and the names it will write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Parts of the request head.
    pub wants: Wants,
    /// Request headers, by slot.
    pub request_headers: Vec<String>,
    /// Response headers, by slot.
    pub response_headers: Vec<String>,
    /// Names that mutations refer to by position.
    pub header_names: Vec<String>,
}

/// Parts of the request head that cross only if wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wants {
    /// The query string.
    pub query: bool,
    /// Host and port as the client sent them.
    pub authority: bool,
    /// The client's address.
    pub client_ip: bool,
    /// The consumer's name.
    pub consumer: bool,
}

/// A limit to define.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Identifies the limit within the attachment.
    pub name: String,
    /// Requests in each window.
    pub limit: u64,
    /// Milliseconds.
    pub window: u64,
    /// Requests at one instant.
    pub burst: u32,
}

/// What a limiter decided; times in milliseconds, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The request passes.
    pub allowed: bool,
    /// Requests that a rested key may send at one instant.
    pub burst: u32,
    /// Time in which a spent burst comes back.
    pub window: u64,
    /// Requests that would still pass now.
    pub remaining: u32,
    /// Time until it is one more.
    pub more_after: u64,
    /// Time until the refused request passes; 0 when it was allowed.
    pub retry_after: u64,
}

/// Which tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtPolicy {
    /// Who may have issued them.
    pub issuers: Vec<JwtIssuer>,
    /// Tolerated difference of clocks, in milliseconds.
    pub leeway: u64,
}

/// One issuer of tokens and its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtIssuer {
    /// The `iss` that its tokens carry.
    pub issuer: String,
    /// One of these must be in `aud`; empty: tokens must carry none.
    pub audiences: Vec<String>,
    /// Its keys.
    pub keys: Vec<JwtKey>,
    /// The claim that names the consumer.
    pub consumer_claim: String,
}

/// A key, bound to one algorithm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtKey {
    /// The `kid` of its tokens.
    pub id: Option<String>,
    /// The only algorithm it verifies.
    pub algorithm: Algorithm,
    /// The key itself.
    pub source: KeySource,
}

/// Where a key comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeySource {
    /// Name of a granted secret.
    Secret(String),
    /// A public key or certificate in PEM.
    Pem(String),
    /// A public JSON Web Key.
    Jwk(String),
}

/// Signature algorithms (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the RFCs")]
pub enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    EdDsa,
}

/// A token that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedToken {
    /// Its `iss`.
    pub issuer: String,
    /// The value of the consumer claim.
    pub consumer: String,
}

/// Why a token did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JwtError {
    /// It is no JSON Web Token, or larger or deeper than is read.
    Malformed,
    /// Its `iss` is not allowed.
    UnknownIssuer,
    /// No key of the issuer fits its `kid`.
    UnknownKey,
    /// Its `alg` is not that of the key.
    WrongAlgorithm,
    /// The signature does not match.
    BadSignature,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// `aud` names none of ours.
    WrongAudience,
    /// A required claim is not there or of the wrong type.
    MissingClaim,
}

/// The postcard form of a value.
///
/// # Panics
/// Never for the types of this module: all of them can be serialised.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain data serialises into memory")
}

/// Encodes into `buffer` without allocation; `None` when it does not fit.
pub fn encode_into<'b, T: Serialize>(value: &T, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    postcard::to_slice(value, buffer).ok().map(|written| &*written)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// A message for the log when the bytes are not of that type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
