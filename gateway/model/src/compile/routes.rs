//! Routes: what they match, what becomes of their requests, and whether they stand in each other's way.

use std::{collections::BTreeSet, sync::Arc};

use gateway_algorithms::path::normalise;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, uri::PathAndQuery};

use super::{
    Compiler, at,
    basis::{Section, Told},
    is_host,
    plugins::{Chains, Rechained},
};
use crate::{
    document::Named,
    edit::Kind,
    finding::{Code, Finding, Path},
    route::{DirectResponse, Field, FieldEdits, Redirect, Rewrite, Route, Share, ValueMatch},
    snapshot::{
        Action, Clash, CompiledFields, CompiledRedirect, CompiledResponse, CompiledRewrite, CompiledRoute,
        CompiledShare, Conditions, MOST_AT_ONE_PLACE, NewPath, Part, PathPattern, RouteTable, Wanted,
    },
};

/// The largest weight of an upstream in a split.
const MOST_WEIGHT: u32 = 1_000_000;

/// The most upstreams, hosts, conditions of one kind and changes of one kind that a route may have.
const MOST: usize = 64;

/// The longest body of an answer that is always the same, in bytes.
const MOST_BODY: usize = 64 * 1024;

impl<'a> Compiler<'a> {
    pub(super) fn routes(&mut self, chains: &Section<Chains>) -> (RouteTable, Told) {
        let mut told = self.basis.told_of_routes.clone();
        let mut changes = Vec::new();
        for name in self.concerned(&chains.value) {
            let Some(route) = self.document.routes.get(name) else {
                told.remove(name);
                changes.push((name.into(), None));
                continue;
            };
            let path = at(Kind::Routes, name);
            let compiled = self.alone(&mut told, name, |this| this.route(&path, route, &chains.value));
            changes.push((name.into(), compiled));
        }
        self.tell(&told);
        let (table, faults) = self.basis.routes.with(changes);
        self.clashes(&table, faults);
        (table, told)
    }

    /// The names of the routes that have changed, or something that they rest on.
    fn concerned(&self, chains: &Chains) -> BTreeSet<&'a str> {
        let all: &'a Named<Route> = &self.document.routes;
        let mut names = self.touched(Kind::Routes);
        let upstreams = self.touched(Kind::Upstreams);
        if !upstreams.is_empty() {
            let rests = |route: &Route| route.upstreams().any(|(_, name)| upstreams.contains(name));
            names.extend(all.iter().filter(|(_, route)| rests(route)).map(|(name, _)| name.as_str()));
        }
        match chains.changed_since(&self.basis.chains.value) {
            Rechained::All => names.extend(all.keys().map(String::as_str)),
            Rechained::Some(routes) => names
                .extend(routes.into_iter().filter_map(|name| all.get_key_value(name)).map(|(name, _)| name.as_str())),
        }
        names
    }

    /// Tells which routes stand in the way of others, in the order of those that come second.
    fn clashes(&mut self, table: &RouteTable, faults: Vec<Clash>) {
        let name = |place: usize| table.get(place).map_or("", |route| &route.name);
        let mut clashes: Vec<Clash> = faults.into_iter().chain(table.overlaps()).collect();
        clashes.sort_by_key(|clash| match *clash {
            Clash::Same { first, second } | Clash::Overlapping { first, second } => (name(second), name(first)),
            Clash::Crowded { second } => (name(second), name(second)),
        });
        for clash in clashes {
            self.clash(clash, name);
        }
    }

    fn clash<'n>(&mut self, clash: Clash, name: impl Fn(usize) -> &'n str) {
        let place = |second: usize| at(Kind::Routes, name(second));
        let field = |second: usize| self.document.routes.get(name(second)).map_or("pathPrefix", |it| pattern_field(it));
        match clash {
            Clash::Same { first, second } => {
                let message = format!(
                    "the same host and path belong to route {:?} already: change one of them, or tell them apart by methods, \
                     headers or query",
                    name(first)
                );
                self.error(place(second).then(field(second)), message);
            }
            Clash::Crowded { second } => {
                let message = format!(
                    "{MOST_AT_ONE_PLACE} routes have the same host and path already: tell some of them apart by their paths"
                );
                self.error(place(second).then(field(second)), message);
            }
            Clash::Overlapping { first, second } => {
                let message = format!(
                    "requests that match route {:?}, too, go there, only because of its name: make one of them ask for more",
                    name(first)
                );
                self.findings.push(Finding::warning(place(second), message).coded(Code::RouteOverlaps));
            }
        }
    }

    fn route(&mut self, path: &Path, route: &Route, chains: &Chains) -> Option<Arc<CompiledRoute>> {
        self.counts(path, route);
        let hosts = self.hosts(path, &route.hosts);
        let pattern = self.pattern(path, route);
        let conditions = self.conditions(path, route);
        let action = self.action(path, route, pattern.as_ref());
        let rewrite = route.rewrite.as_ref().and_then(|rewrite| self.rewrite(path, route, rewrite, pattern.as_ref()));
        let request_fields = self.fields(&path.then("requestHeaders"), &route.request_headers, is_set_by_gateway);
        let response_fields = self.fields(&path.then("responseHeaders"), &route.response_headers, is_of_connection);
        Some(Arc::new(CompiledRoute {
            name: route.name.as_str().into(),
            hosts,
            pattern: pattern?,
            conditions,
            action: action?,
            rewrite,
            request_fields,
            response_fields,
            chain: chains.of_route(&route.name),
            priority: route.priority,
            client_certificate: self.client_certificate(path, route),
        }))
    }

    /// What each request is compared with, and what is done to it, has a bound.
    fn counts(&mut self, path: &Path, route: &Route) {
        let lists = [
            ("hosts", route.hosts.len()),
            ("methods", route.methods.len()),
            ("headers", route.headers.len()),
            ("query", route.query.len()),
            ("split", route.split.len()),
        ];
        let edits = [("requestHeaders", &route.request_headers), ("responseHeaders", &route.response_headers)];
        let edits = edits.into_iter().flat_map(|(field, edits)| {
            [("set", edits.set.len()), ("add", edits.add.len()), ("remove", edits.remove.len())]
                .map(|(list, count)| (path.then(field).then(list), count))
        });
        let lists = lists.map(|(list, count)| (path.then(list), count));
        let answer = route.respond.iter().map(|answer| (path.then("respond").then("headers"), answer.headers.len()));
        for (place, count) in lists.into_iter().chain(edits).chain(answer).filter(|(_, count)| *count > MOST) {
            self.error(place, format!("{count} are too many: use {MOST} at most"));
        }
    }

    // === what it matches ===

    fn hosts(&mut self, path: &Path, hosts: &[String]) -> Vec<Box<str>> {
        for (index, host) in hosts.iter().enumerate() {
            if !is_host(host.strip_prefix("*.").unwrap_or(host)) {
                let message = format!(
                    "{host:?} is no host name: use one such as api.example.com or *.example.com, without scheme or port"
                );
                self.error(path.then("hosts").then(index), message);
            }
        }
        // One that is there twice is one.
        let hosts: BTreeSet<String> = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        hosts.into_iter().map(Into::into).collect()
    }

    fn pattern(&mut self, path: &Path, route: &Route) -> Option<PathPattern> {
        let given = [&route.path, &route.path_prefix, &route.path_regex].into_iter().flatten().count();
        if given > 1 {
            self.error(path.clone(), "use one of \"path\", \"pathPrefix\" and \"pathRegex\"");
            return None;
        }
        let pattern = match (&route.path, &route.path_prefix, &route.path_regex) {
            (Some(pattern), ..) => PathPattern::parse(pattern),
            (_, _, Some(pattern)) => PathPattern::regex(pattern),
            (_, prefix, _) => PathPattern::prefix(prefix.as_deref().unwrap_or("/")),
        };
        pattern.map_err(|message| self.error(path.then(pattern_field(route)), message)).ok()
    }

    fn conditions(&mut self, path: &Path, route: &Route) -> Conditions {
        let mut conditions = Conditions::default();
        for (index, method) in route.methods.iter().enumerate() {
            match Method::from_bytes(method.as_bytes()) {
                Ok(known) if known != Method::CONNECT && known != Method::TRACE && !has_lower_case(method) => {
                    conditions.methods.push(known);
                }
                _ => {
                    let message =
                        format!("{method:?} is no method that can be served: use one such as GET, in upper case");
                    self.error(path.then("methods").then(index), message);
                }
            }
        }
        conditions.methods.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        conditions.methods.dedup();
        for (index, wanted) in route.headers.iter().enumerate() {
            let place = path.then("headers").then(index);
            let name = self.field_name(&place.then("name"), &wanted.name);
            if name.as_ref().is_some_and(|name| is_no_condition(name.as_str())) {
                let message = format!(
                    "{:?} is none that says what a request is for: clients forge it, or the gateway reads it itself",
                    wanted.name
                );
                self.error(place.then("name"), message);
            }
            if let Some(condition) = name.zip(self.wanted(&place, wanted)) {
                conditions.headers.push(condition);
            }
        }
        conditions.headers.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        for (index, wanted) in route.query.iter().enumerate() {
            let place = path.then("query").then(index);
            if wanted.name.is_empty()
                || !wanted.name.bytes().all(|byte| byte.is_ascii_graphic() && !b"&=#".contains(&byte))
            {
                let message =
                    format!("{:?} is no name of a parameter: write it as in a URL, percent-encoded", wanted.name);
                self.error(place.then("name"), message);
            }
            if let Some(condition) = self.wanted(&place, wanted) {
                conditions.query.push((wanted.name.as_str().into(), condition));
            }
        }
        conditions.query.sort_by(|(one, _), (other, _)| one.cmp(other));
        conditions
    }

    fn wanted(&mut self, place: &Path, wanted: &ValueMatch) -> Option<Wanted> {
        match (&wanted.value, &wanted.regex) {
            (None, None) => Some(Wanted::Present),
            (Some(value), None) => Some(Wanted::Exactly(value.as_bytes().into())),
            (None, Some(regex)) => {
                Wanted::matching(regex).map_err(|message| self.error(place.then("regex"), message)).ok()
            }
            (Some(_), Some(_)) => {
                self.error(place.clone(), "use one of \"value\" and \"regex\", or none for any value");
                None
            }
        }
    }

    // === what becomes of its requests ===

    fn action(&mut self, path: &Path, route: &Route, pattern: Option<&PathPattern>) -> Option<Action> {
        let given =
            [route.upstream.is_some(), !route.split.is_empty(), route.redirect.is_some(), route.respond.is_some()];
        if given.into_iter().filter(|is_given| *is_given).count() != 1 {
            self.error(path.clone(), "use one of \"upstream\", \"split\", \"redirect\" and \"respond\"");
            return None;
        }
        if let Some(redirect) = &route.redirect {
            return self.redirect(&path.then("redirect"), route, redirect, pattern).map(Action::Redirect);
        }
        if let Some(response) = &route.respond {
            return self.respond(&path.then("respond"), response).map(Action::Respond);
        }
        let shares: Vec<Option<CompiledShare>> = route
            .upstreams()
            .map(|(steps, name)| {
                let place = steps.iter().fold(path.clone(), |path, step| path.then(step));
                let Some(upstream) = self.document.upstreams.get(name) else {
                    self.dangling(place, Kind::Upstreams, name);
                    return None;
                };
                Some(CompiledShare { upstream: upstream.clone(), weight: 1 })
            })
            .collect();
        let shares: Option<Vec<CompiledShare>> = shares.into_iter().collect();
        let mut shares = shares?;
        self.weights(&path.then("split"), &route.split);
        for (share, Share { weight, .. }) in shares.iter_mut().zip(&route.split) {
            share.weight = *weight;
        }
        Some(Action::Forward(shares))
    }

    fn weights(&mut self, place: &Path, shares: &[Share]) {
        for (index, share) in shares.iter().enumerate() {
            if share.weight > MOST_WEIGHT {
                let message = format!("{} is too large: use 0 to {MOST_WEIGHT}", share.weight);
                self.error(place.then(index).then("weight"), message);
            }
        }
        if !shares.is_empty() && shares.iter().all(|share| share.weight == 0) {
            self.error(place.clone(), "all weights are 0: give at least one upstream a part of the requests");
        }
    }

    fn redirect(
        &mut self,
        place: &Path,
        route: &Route,
        redirect: &Redirect,
        pattern: Option<&PathPattern>,
    ) -> Option<CompiledRedirect> {
        let scheme = match redirect.scheme.as_deref() {
            None => None,
            Some("http") => Some("http"),
            Some("https") => Some("https"),
            Some(other) => {
                self.error(place.then("scheme"), format!("{other:?} is no scheme: use \"http\" or \"https\""));
                None
            }
        };
        if !matches!(redirect.status, 301 | 302 | 303 | 307 | 308) {
            let message = format!("{} does not redirect: use 301, 302, 303, 307 or 308", redirect.status);
            self.error(place.then("status"), message);
        }
        if let Some(host) = &redirect.host {
            self.authority(&place.then("host"), host);
        }
        let path = self.new_path(place, route, (&redirect.path, &redirect.path_prefix), pattern);
        if scheme.is_none() && redirect.host.is_none() && path.is_none() {
            self.error(place.clone(), "it leads back to the same URL: give a scheme, a host or a path");
        }
        let authority = redirect.host.as_deref().map(Into::into);
        Some(CompiledRedirect { status: StatusCode::from_u16(redirect.status).ok()?, scheme, authority, path })
    }

    fn respond(&mut self, place: &Path, response: &DirectResponse) -> Option<CompiledResponse> {
        if !(200..600).contains(&response.status) {
            self.error(place.then("status"), format!("{} is no status of an answer: use 200 to 599", response.status));
        }
        if response.body.len() > MOST_BODY {
            let message = format!("{} bytes are too many: use {MOST_BODY} at most", response.body.len());
            self.error(place.then("body"), message);
        }
        if matches!(response.status, 204 | 205 | 304) && !response.body.is_empty() {
            self.error(
                place.then("body"),
                format!("an answer with status {} has no body: leave it out", response.status),
            );
        }
        let mut headers = HeaderMap::new();
        for (name, value) in self.named(&place.then("headers"), &response.headers, is_of_connection) {
            headers.append(name, value);
        }
        let status = StatusCode::from_u16(response.status).ok()?;
        Some(CompiledResponse { status, headers, body: response.body.as_str().into() })
    }

    fn rewrite(
        &mut self,
        path: &Path,
        route: &Route,
        rewrite: &Rewrite,
        pattern: Option<&PathPattern>,
    ) -> Option<CompiledRewrite> {
        let place = path.then("rewrite");
        if route.redirect.is_some() || route.respond.is_some() {
            self.error(place.clone(), "no request of this route goes to an upstream: leave it out");
        }
        let host = rewrite.host.as_ref().and_then(|host| self.authority(&place.then("host"), host));
        let path = self.new_path(&place, route, (&rewrite.path, &rewrite.path_prefix), pattern);
        Some(CompiledRewrite { path, host })
    }

    fn new_path(
        &mut self,
        place: &Path,
        route: &Route,
        (template, prefix): (&Option<String>, &Option<String>),
        pattern: Option<&PathPattern>,
    ) -> Option<NewPath> {
        match (template, prefix) {
            (None, None) => None,
            (Some(_), Some(_)) => {
                self.error(place.clone(), "use one of \"path\" and \"pathPrefix\"");
                None
            }
            (None, Some(prefix)) => {
                if !matches!(pattern, None | Some(PathPattern::Beginning(..))) {
                    let message = format!("\"{}\" matches the whole path: use \"path\"", pattern_field(route));
                    self.error(place.then("pathPrefix"), message);
                }
                if let Err(message) = PathPattern::prefix(prefix) {
                    self.error(place.then("pathPrefix"), message);
                }
                Some(NewPath::Prefix(prefix.trim_end_matches('/').into()))
            }
            (Some(template), None) => self.template(&place.then("path"), template, pattern).map(NewPath::Template),
        }
    }

    fn template(&mut self, place: &Path, template: &str, pattern: Option<&PathPattern>) -> Option<Vec<Part>> {
        let plain = template.replace(['{', '}'], "");
        if !template.starts_with('/')
            || !plain.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\\\"<>|^`".contains(&byte))
        {
            self.error(place.clone(), format!("{template:?} is no path: begin with '/', without '?', '#' or spaces"));
            return None;
        }
        let known = pattern?.names();
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((text, behind)) = rest.split_once('{') {
            let Some((name, behind)) = behind.split_once('}') else {
                self.error(place.clone(), format!("{template:?} has a '{{' without '}}'"));
                return None;
            };
            if !known.contains(&name) {
                let message = match known.is_empty() {
                    true => format!("the route's path has no parameter {name:?}: it has none"),
                    false => format!("the route's path has no parameter {name:?}: it has {}", known.join(", ")),
                };
                self.error(place.clone(), message);
                return None;
            }
            parts.extend([Part::Text(text.into()), Part::Value(name.into())]);
            rest = behind;
        }
        parts.push(Part::Text(rest.into()));
        let sample: String = parts.iter().map(|part| if let Part::Text(text) = part { text } else { "a" }).collect();
        if PathAndQuery::try_from(sample).is_ok_and(|sample| normalise(&sample).is_err()) {
            self.error(place.clone(), format!("{template:?} is no path: write '%' as '%25', and no backslash"));
            return None;
        }
        parts.retain(|part| *part != Part::Text("".into()));
        Some(parts)
    }

    /// A host with or without a port.
    fn authority(&mut self, place: &Path, authority: &str) -> Option<HeaderValue> {
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let is_sound = is_host(host) && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        if !is_sound {
            let message = format!("{authority:?} is no host: use one such as api.example.com or api.example.com:8080");
            self.error(place.clone(), message);
        }
        HeaderValue::from_str(authority).ok()
    }

    // === fields ===

    fn fields(&mut self, place: &Path, edits: &FieldEdits, is_taken: fn(&str) -> bool) -> CompiledFields {
        let set = self.named(&place.then("set"), &edits.set, is_taken);
        let add = self.named(&place.then("add"), &edits.add, is_taken);
        let mut remove = Vec::new();
        for (index, name) in edits.remove.iter().enumerate() {
            let step = place.then("remove").then(index);
            remove.extend(self.free_name(&step, name, is_taken));
        }
        CompiledFields { remove, set, add }
    }

    fn named(&mut self, place: &Path, fields: &[Field], is_taken: fn(&str) -> bool) -> Vec<(HeaderName, HeaderValue)> {
        let mut named = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let step = place.then(index);
            let name = self.free_name(&step.then("name"), &field.name, is_taken);
            match HeaderValue::from_str(&field.value) {
                Ok(value) => named.extend(name.zip(Some(value))),
                Err(_) => {
                    let message = format!("{:?} is no value of a field: use printable ASCII characters", field.value);
                    self.error(step.then("value"), message);
                }
            }
        }
        named
    }

    fn free_name(&mut self, place: &Path, name: &str, is_taken: fn(&str) -> bool) -> Option<HeaderName> {
        let name = self.field_name(place, name)?;
        if is_taken(name.as_str()) {
            self.error(place.clone(), format!("{:?} is written by the gateway itself: leave it out", name.as_str()));
            return None;
        }
        Some(name)
    }

    fn field_name(&mut self, place: &Path, name: &str) -> Option<HeaderName> {
        let message = || format!("{name:?} is no name of a header field: use letters, digits and '-'");
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| self.error(place.clone(), message())).ok()
    }
}

/// The field that says what path a route is for.
fn pattern_field(route: &Route) -> &'static str {
    match () {
        () if route.path.is_some() => "path",
        () if route.path_regex.is_some() => "pathRegex",
        () => "pathPrefix",
    }
}

fn has_lower_case(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Fields that say how a message is sent, not what it is.
fn is_of_connection(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "content-length"
            | "date"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "x-request-id"
    )
}

/// Fields that the gateway takes from requests, and those of which it makes one of several: what they say would be decided by
/// what is not sent on.
fn is_no_condition(name: &str) -> bool {
    is_set_by_gateway(name) || matches!(name, "cookie" | "http2-settings") || name.starts_with("proxy-")
}

/// Those, and what upstreams learn from the gateway about the client.
fn is_set_by_gateway(name: &str) -> bool {
    is_of_connection(name) || matches!(name, "host" | "forwarded" | "via" | "cdn-loop" | "expect") || {
        let name = name.replace('_', "-");
        name.starts_with("x-forwarded-") || name.starts_with("x-sluice-") || name == "x-real-ip"
    }
}
