//! The GraphQL endpoint: GraphQL over HTTP in front of the schema.
//!
//! We follow the GraphQL-over-HTTP draft of July 2026 but for two of its status codes, which many clients do not
//! know yet: a response with data is always 200 (never 294), and a request that is refused before execution is 400
//! (never 422).

mod answer;
mod body;
mod guard;
mod tokens;

use std::{sync::Arc, time::Duration};

use async_graphql::{Request as GraphQlRequest, parser::types::OperationType};
use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
};
use http::{HeaderMap, Uri};

use crate::{App, auth::Caller, frame::RequestId, media, pages, refusal::Refusal, schema::Scope};
use body::Call;
pub(crate) use guard::DEEPEST_FIELDS;

/// How long a request may take from its last byte to the answer; a change waits for the store and the data path.
const DEADLINE: Duration = Duration::from_secs(30);

/// `POST /graphql`: queries and mutations.
pub(crate) async fn post(
    caller: Result<Caller, Refusal>,
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Result<Response, Refusal> {
    let caller = caller?;
    let answers_as = media::graphql_response(request.headers()).ok_or_else(Refusal::not_acceptable)?;
    let call = body::read(request).await?;
    let prepared = prepare(call)?;
    execute(&app, caller, id, prepared.request, answers_as).await
}

/// `GET /graphql`: the page for a browser, queries for the others.
pub(crate) async fn get(
    caller: Result<Caller, Refusal>,
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if media::wants_html(&headers) {
        return Ok(pages::home(caller));
    }
    let caller = caller?;
    let answers_as = media::graphql_response(&headers).ok_or_else(Refusal::not_acceptable)?;
    let prepared = prepare(Call::from_uri(&uri)?)?;
    if prepared.kind != OperationType::Query {
        return Err(Refusal::only_post());
    }
    execute(&app, caller, id, prepared.request, answers_as).await
}

/// A request within our limits, and what it will do.
struct Prepared {
    request: GraphQlRequest,
    kind: OperationType,
}

fn prepare(call: Call) -> Result<Prepared, Refusal> {
    tokens::check(&call.query)?;
    let mut request = GraphQlRequest::new(call.query).variables(call.variables);
    let document = request.parsed_query().map_err(|error| body::unparsable(&error))?;
    let kind = guard::check(document, call.operation_name.as_deref())?;
    request.operation_name = call.operation_name;
    Ok(Prepared { request, kind })
}

async fn execute(
    app: &App,
    caller: Caller,
    id: RequestId,
    request: GraphQlRequest,
    answers_as: &'static str,
) -> Result<Response, Refusal> {
    let scope = Scope {
        service: app.state.service.clone(),
        metrics: app.state.metrics.clone(),
        load: app.state.load.clone(),
        actor: caller.actor,
        turn: app.turn.clone(),
        view: app.views.newest(),
    };
    let execution = app.schema.execute(request.data(Arc::new(scope)));
    let Ok(response) = tokio::time::timeout(DEADLINE, execution).await else {
        return Err(Refusal::unavailable(
            "the answer took too long; a change that was under way may still happen: look at the newest revision",
        ));
    };
    Ok(answer::write(response, &id.0, answers_as))
}
