//! Refuses requests whose JSON body does not fit a JSON Schema.
//!
//! The schema is compiled once for each instance; the body is read once, when all of it is there.

use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use sluice_sdk::{config::Value, prelude::*};

/// What requests with a body must look like.
#[derive(Debug, Config)]
pub struct Settings {
    /// JSON Schema of the body.
    schema: Value,
    /// Methods whose requests are checked.
    #[config(default = ["POST", "PUT", "PATCH"])]
    methods: Vec<String>,
    /// The largest body that is read, in bytes.
    #[config(default = 1_048_576, range(1..=8_388_608))]
    max_body: u64,
}

/// Where the schema stands, for what it refers to in itself.
const LOCATION: &str = "config:/schema";

/// Findings that a refusal tells.
const TOLD: usize = 5;

/// The plugin, configured.
pub struct JsonSchema {
    schemas: Schemas,
    schema: SchemaIndex,
    methods: Vec<String>,
    max_body: u64,
    content_type: HeaderSlot,
}

#[plugin(name = "json-schema", order = 400)]
impl Plugin for JsonSchema {
    type Config = Settings;
    type State = ();

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        let (schemas, schema) = compile(settings.schema).map_err(|error| format!("/schema: {error}"))?;
        Ok(Self {
            schemas,
            schema,
            methods: settings.methods,
            max_body: settings.max_body,
            content_type: setup.request_header("content-type"),
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        if !self.methods.iter().any(|method| method == request.method()) {
            return Ok(Flow::next());
        }
        if !request.header(self.content_type).is_some_and(is_json) {
            return Ok(Flow::problem(415, "Unsupported Media Type").detail("Send application/json."));
        }
        Ok(Flow::buffer_body(self.max_body, ()))
    }

    fn on_request_body(&self, _request: &mut Request<'_>, body: &mut Body, (): ()) -> Result<Flow> {
        let value: Value = match serde_json::from_slice(&body.read_all()) {
            Ok(value) => value,
            Err(error) => return Ok(Flow::problem(400, "The body is no JSON").detail(error.to_string())),
        };
        match self.schemas.validate(&value, self.schema) {
            Ok(()) => Ok(Flow::next()),
            Err(error) => Ok(Flow::problem(422, "The body does not fit its schema").detail(told(&error))),
        }
    }
}

/// The schema alone: it may refer to itself, and to nothing outside.
fn compile(schema: Value) -> Result<(Schemas, SchemaIndex), Box<boon::CompileError>> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(LOCATION, schema)?;
    let index = compiler.compile(LOCATION, &mut schemas)?;
    Ok((schemas, index))
}

/// The findings at the leaves, each with its place: what is above them only says that something is below.
fn told(error: &ValidationError<'_, '_>) -> String {
    let mut findings = Vec::new();
    leaves(error, &mut findings);
    findings.join("; ")
}

fn leaves(error: &ValidationError<'_, '_>, findings: &mut Vec<String>) {
    if error.causes.is_empty() && findings.len() < TOLD {
        findings.push(match error.instance_location.to_string().as_str() {
            "" => error.kind.to_string(),
            place => format!("{place}: {}", error.kind),
        });
    }
    error.causes.iter().for_each(|cause| leaves(cause, findings));
}

/// `application/json`, or a type that says it is JSON by its suffix (RFC 6839).
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn harness() -> Harness<JsonSchema> {
        Harness::new(json!({ "schema": {
            "type": "object",
            "required": ["sku", "count"],
            "properties": { "sku": { "type": "string" }, "count": { "type": "integer", "minimum": 1 } },
        } }))
    }

    #[test]
    fn a_body_that_fits_passes_as_it_is() {
        let body = r#"{ "sku": "a-1", "count": 2 }"#;
        let reply = harness().post("/orders").header("content-type", "application/json").body(body).send();
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.upstream_request().body(), body.as_bytes());
    }

    #[test]
    fn a_body_that_does_not_fit_is_told_where() {
        let body = r#"{ "sku": 7, "count": 0 }"#;
        let reply =
            harness().post("/orders").header("content-type", "application/json; charset=utf-8").body(body).send();
        assert_eq!(reply.status(), 422);
        let detail = reply.problem().detail.clone().unwrap_or_default();
        assert!(detail.contains("/sku") && detail.contains("/count"), "{detail}");
    }

    #[test]
    fn what_is_no_json_is_refused_by_what_is_wrong() {
        assert_eq!(harness().post("/").header("content-type", "application/json").body("{").send().status(), 400);
        assert_eq!(harness().post("/").header("content-type", "text/plain").body("{}").send().status(), 415);
    }

    #[test]
    fn other_methods_are_not_looked_at() {
        assert_eq!(harness().get("/").send().status(), 200);
    }

    #[test]
    fn a_schema_that_is_none_is_a_configuration_error() {
        Harness::<JsonSchema>::new(json!({ "schema": { "type": "nothing" } })).expect_config_error("/schema");
    }
}
