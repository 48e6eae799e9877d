//! Purges: what is no longer to be served from the cache.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use gateway_config::StoredPurge;
use gateway_model::{self as model, Path, Purge, PurgeKind, PurgeScopeError};

use crate::{
    error::Failure,
    schema::{
        Scope,
        change::{self, Options, Outcome, UserError, UserErrorCode},
        revision::Revision,
    },
};

/// How a purge names what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PurgeKind")]
pub(crate) enum PurgeScope {
    /// All that is cached.
    All,
    /// What is cached for one URL, whatever it varies on.
    Url,
    /// What is cached for a URL with any query, and below it.
    Prefix,
    /// What is cached with a tag.
    Tag,
}

/// A purge that still says something: it covers what was asked for under earlier revisions than its own.
#[derive(SimpleObject)]
pub(crate) struct CachePurge {
    /// How it names what it is about.
    scope: PurgeScope,
    /// The URL, prefix or tag in its normal form; empty for all that is cached.
    value: String,
    /// Whether what it covers counts as stale, so that the upstream may confirm it, rather than as gone.
    soft: bool,
    /// The revision that it made: when, by whom and why.
    revision: Revision,
}

/// What is no longer to be served from the cache: exactly one of `url`, `prefix`, `tag` and `all`.
#[derive(Debug, InputObject)]
pub(crate) struct PurgeCacheInput {
    /// What is cached for one absolute URL with its query, such as `https://api.example.com/orders?page=2`, as clients ask
    /// for it; at most 8192 bytes.
    url: Option<String>,
    /// What is cached for an absolute URL without a query, and below it: `https://api.example.com/orders` covers
    /// `/orders?page=2` and `/orders/7` there, not `/orders-archive`; at most 8192 bytes and 128 segments.
    prefix: Option<String>,
    /// What is cached with this tag: 1 to 128 visible ASCII characters other than the comma.
    tag: Option<String>,
    /// `true` for all that is cached.
    all: Option<bool>,
    /// Whether it counts as stale from now on, so that the upstream may confirm it, rather than as gone.
    #[graphql(default = false)]
    soft: bool,
    #[graphql(flatten)]
    options: Options,
}

/// What became of the purge.
#[derive(SimpleObject)]
pub(crate) struct PurgeCachePayload {
    /// How it names what it is about; null if it was refused.
    scope: Option<PurgeScope>,
    /// The URL, prefix or tag in its normal form, empty for all that is cached; null if it was refused.
    value: Option<String>,
    #[graphql(flatten)]
    outcome: Outcome,
}

#[derive(Default)]
pub(crate) struct PurgeMutations;

#[Object]
impl PurgeMutations {
    /// Says that something is no longer to be served from the cache, on any node. It is a revision: what was asked for under an
    /// earlier one is covered, also what is still on its way, and going back to an older configuration brings nothing back.
    async fn purge_cache(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is to be gone.")] input: PurgeCacheInput,
    ) -> Result<Option<PurgeCachePayload>, Failure> {
        let purge = input.purge();
        let answer = change::change(Scope::of(context), &input.options, |_| purge.clone());
        let change::Answer { after, outcome, .. } = answer.await?;
        let purged = purge.ok().filter(|_| after.is_some()).map(|purge| purge.scope);
        Ok(Some(PurgeCachePayload {
            scope: purged.as_ref().map(|scope| scope.kind().into()),
            value: purged.map(|scope| scope.value().to_owned()),
            outcome,
        }))
    }
}

impl PurgeCacheInput {
    fn purge(&self) -> Result<Purge, Vec<UserError>> {
        type Parse = fn(&str) -> Result<model::PurgeScope, PurgeScopeError>;
        let texts: [(&str, &Option<String>, Parse); 3] = [
            ("url", &self.url, model::PurgeScope::url),
            ("prefix", &self.prefix, model::PurgeScope::prefix),
            ("tag", &self.tag, model::PurgeScope::tag),
        ];
        let given: Vec<_> =
            texts.into_iter().filter_map(|(field, text, parse)| Some((field, text.as_deref()?, parse))).collect();
        let scope = match (&given[..], self.all.unwrap_or(false)) {
            ([], true) => model::PurgeScope::all(),
            ([(field, text, parse)], false) => parse(text).map_err(|wrong| vec![invalid(field, wrong.to_string())])?,
            ([], false) => {
                return Err(vec![wrong(Path::new(), "nothing is named: give one of url, prefix, tag and all: true")]);
            }
            (several, all) => return Err(too_many(several.iter().map(|(field, ..)| *field), all)),
        };
        Ok(Purge { scope, soft: self.soft })
    }
}

/// A complaint about each field but the first.
fn too_many<'a>(texts: impl Iterator<Item = &'a str>, all: bool) -> Vec<UserError> {
    let mut named = texts.chain(all.then_some("all"));
    let first = named.next().unwrap_or_default();
    let complaint = |field| {
        let message = format!("{field} stands beside {first}: give exactly one of url, prefix, tag and all");
        invalid(field, message)
    };
    named.map(complaint).collect()
}

fn invalid(field: &str, message: impl Into<String>) -> UserError {
    wrong(Path::new().then(field), message)
}

fn wrong(path: Path, message: impl Into<String>) -> UserError {
    UserError::new(path, message, UserErrorCode::Invalid)
}

impl From<StoredPurge> for CachePurge {
    fn from(StoredPurge { revision, purge: Purge { scope, soft } }: StoredPurge) -> Self {
        Self { scope: scope.kind().into(), value: scope.value().to_owned(), soft, revision: revision.into() }
    }
}
