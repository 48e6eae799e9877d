//! What becomes of a route's requests.

use async_graphql::{InputObject, SimpleObject};
use gateway_model as model;

use crate::schema::{patch::Draft, upstream::Upstream};

/// An upstream that gets a part of a route's requests.
#[derive(SimpleObject)]
pub(crate) struct UpstreamShare {
    /// Where that part goes.
    pub(super) upstream: Option<Upstream>,
    /// The part is this of the sum of all weights.
    pub(super) weight: u32,
}

/// What the upstream sees in the place of what the client has asked for.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Rewrite {
    /// The path, with the parameters of the route's own.
    path: Option<String>,
    /// In the place of what the route's prefix matches.
    path_prefix: Option<String>,
    /// In the place of the client's `Host`.
    host: Option<String>,
}

/// An answer that sends the client to another URL: what is null stays as it is in the request's own.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Redirect {
    /// 301, 302, 303, 307 or 308.
    status: u16,
    /// `http` or `https`.
    scheme: Option<String>,
    /// A name, and a port if it needs one.
    host: Option<String>,
    /// The path, with the parameters of the route's own.
    path: Option<String>,
    /// In the place of what the route's prefix matches.
    path_prefix: Option<String>,
}

/// An answer that is always the same.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct DirectResponse {
    /// 200 to 599.
    status: u16,
    /// Its header fields.
    headers: Vec<HeaderField>,
    /// Its body, as text.
    body: String,
}

/// A header field.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct HeaderField {
    /// In lower case.
    name: String,
    /// As it is sent.
    value: String,
}

/// Changes to header fields: `remove` goes first, then `set` and `add`.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct HeaderEdits {
    /// In the place of those of that name.
    set: Vec<HeaderField>,
    /// Beside those of that name.
    add: Vec<HeaderField>,
    /// Names.
    remove: Vec<String>,
}

/// An upstream that gets a part of the requests.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct UpstreamShareInput {
    /// Name of the upstream.
    upstream: String,
    /// Its part is this of the sum of all weights: 0 for none, up to 1000000.
    weight: i32,
}

/// What the upstream sees in the place of what the client has asked for.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct RewriteInput {
    /// The path, with the parameters of the route's own: `/v2/orders/{id}`.
    path: Option<String>,
    /// In the place of what the route's prefix matches; `/` takes it away.
    path_prefix: Option<String>,
    /// In the place of the client's `Host`: a name, and a port if it needs one.
    host: Option<String>,
}

/// An answer that sends the client to another URL: what is left out stays as it is in the request's own.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct RedirectInput {
    /// 301, 302, 303, 307 or 308.
    #[graphql(default = 302)]
    status: i32,
    /// `http` or `https`.
    scheme: Option<String>,
    /// A name, and a port if it needs one.
    host: Option<String>,
    /// The path, with the parameters of the route's own.
    path: Option<String>,
    /// In the place of what the route's prefix matches; `/` takes it away.
    path_prefix: Option<String>,
}

/// An answer that is always the same.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct DirectResponseInput {
    /// 200 to 599.
    status: i32,
    /// Its header fields.
    #[graphql(default)]
    headers: Vec<HeaderFieldInput>,
    /// Its body, as text of up to 64 KiB.
    #[graphql(default)]
    body: String,
}

/// A header field.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct HeaderFieldInput {
    /// Its name.
    name: String,
    /// As it is sent.
    value: String,
}

/// Changes to header fields: `remove` goes first, then `set` and `add`.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct HeaderEditsInput {
    /// In the place of those of that name.
    #[graphql(default)]
    set: Vec<HeaderFieldInput>,
    /// Beside those of that name.
    #[graphql(default)]
    add: Vec<HeaderFieldInput>,
    /// Names.
    #[graphql(default)]
    remove: Vec<String>,
}

// === from the model ===

impl From<model::Rewrite> for Rewrite {
    fn from(model::Rewrite { path, path_prefix, host }: model::Rewrite) -> Self {
        Self { path, path_prefix, host }
    }
}

impl From<model::Redirect> for Redirect {
    fn from(model::Redirect { status, scheme, host, path, path_prefix }: model::Redirect) -> Self {
        Self { status, scheme, host, path, path_prefix }
    }
}

impl From<model::DirectResponse> for DirectResponse {
    fn from(model::DirectResponse { status, headers, body }: model::DirectResponse) -> Self {
        Self { status, headers: headers.into_iter().map(Into::into).collect(), body }
    }
}

impl From<model::Field> for HeaderField {
    fn from(model::Field { name, value }: model::Field) -> Self {
        Self { name, value }
    }
}

impl From<model::FieldEdits> for HeaderEdits {
    fn from(model::FieldEdits { set, add, remove }: model::FieldEdits) -> Self {
        let fields = |fields: Vec<model::Field>| fields.into_iter().map(Into::into).collect();
        Self { set: fields(set), add: fields(add), remove }
    }
}

// === to the model ===

impl UpstreamShareInput {
    pub(super) fn all(shares: &[Self], draft: &mut Draft) -> Vec<model::Share> {
        let share = |(index, share): (usize, &Self)| {
            let weight =
                draft.within("split", |draft| draft.within(index, |draft| draft.count("weight", share.weight)));
            model::Share { upstream: share.upstream.clone(), weight }
        };
        shares.iter().enumerate().map(share).collect()
    }
}

impl From<RewriteInput> for model::Rewrite {
    fn from(RewriteInput { path, path_prefix, host }: RewriteInput) -> Self {
        Self { path, path_prefix, host }
    }
}

impl From<RedirectInput> for model::Redirect {
    fn from(RedirectInput { status, scheme, host, path, path_prefix }: RedirectInput) -> Self {
        // What is no status is told by the rules of the model.
        Self { status: u16::try_from(status).unwrap_or_default(), scheme, host, path, path_prefix }
    }
}

impl From<DirectResponseInput> for model::DirectResponse {
    fn from(DirectResponseInput { status, headers, body }: DirectResponseInput) -> Self {
        let headers = headers.into_iter().map(Into::into).collect();
        Self { status: u16::try_from(status).unwrap_or_default(), headers, body }
    }
}

impl From<HeaderFieldInput> for model::Field {
    fn from(HeaderFieldInput { name, value }: HeaderFieldInput) -> Self {
        Self { name, value }
    }
}

impl From<HeaderEditsInput> for model::FieldEdits {
    fn from(HeaderEditsInput { set, add, remove }: HeaderEditsInput) -> Self {
        let fields = |fields: Vec<HeaderFieldInput>| fields.into_iter().map(Into::into).collect();
        Self { set: fields(set), add: fields(add), remove }
    }
}
