//! Which class a request has.

use sluice_sdk::prelude::*;

use crate::settings::{ClassRule, Matching};

/// The rules, in order.
#[derive(Debug)]
pub(crate) struct Classes(Vec<(When, PriorityClass)>);

/// All that is given must be so.
#[derive(Debug)]
struct When {
    header: Option<(HeaderSlot, Option<Vec<String>>)>,
    path_prefixes: Option<Vec<String>>,
    methods: Option<Vec<String>>,
    consumers: Option<Vec<String>>,
}

impl Classes {
    pub(crate) fn new(rules: Vec<ClassRule>, setup: &mut Setup) -> Self {
        Self(rules.into_iter().map(|rule| (When::new(rule.when, setup), rule.class.into())).collect())
    }

    /// That of the first rule that matches.
    pub(crate) fn of(&self, request: &Request<'_>) -> Option<PriorityClass> {
        self.0.iter().find(|(when, _)| when.is_so(request)).map(|(_, class)| *class)
    }
}

impl When {
    fn new(matching: Matching, setup: &mut Setup) -> Self {
        let Matching { header, values, path_prefixes, methods, consumers } = matching;
        if consumers.is_some() {
            setup.want_consumer();
        }
        let header = header.map(|name| (setup.request_header(&name), values));
        Self { header, path_prefixes, methods, consumers }
    }

    fn is_so(&self, request: &Request<'_>) -> bool {
        let header = |(slot, values): &(HeaderSlot, Option<Vec<String>>)| {
            let value = request.header(*slot);
            value.is_some_and(|value| values.as_ref().is_none_or(|values| has_one_of(value, values)))
        };
        let is = |known: &Vec<String>, value: &str| known.iter().any(|known| known == value);
        self.header.as_ref().is_none_or(header)
            && self.methods.as_ref().is_none_or(|methods| is(methods, request.method()))
            && self.path_prefixes.as_ref().is_none_or(|known| known.iter().any(|it| request.is_below(it)))
            && self.consumers.as_ref().is_none_or(|known| request.consumer().is_some_and(|name| is(known, name)))
    }
}

/// The value itself, or an element of the list that it is.
fn has_one_of(value: &str, values: &[String]) -> bool {
    let is_known = |text: &str| values.iter().any(|known| known == text);
    is_known(value) || value.split(',').any(|part| is_known(part.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_one_of_the_values_or_lists_one() {
        let known = ["gold".to_owned(), "a, b".to_owned()];
        assert!(has_one_of("gold", &known) && has_one_of("trial,gold", &known) && has_one_of("a, b", &known));
        assert!(!has_one_of("golden", &known) && !has_one_of("", &known));
    }
}
