//! What a schema tells about the rule that a configuration breaks.

use std::fmt::{self, Display, Formatter};

use jsonschema::ValidationError;
use serde_json::Value;

/// The whole schema of a configuration.
#[derive(Clone, Copy)]
pub(super) struct Schema<'a>(pub(super) &'a Value);

/// The rule that was broken, in its schema.
pub(super) struct Found<'a> {
    /// The last step to the rule: its keyword, or for a schema that is `false` the name of the member.
    pub(super) keyword: String,
    schema: Schema<'a>,
    /// JSON Pointer to the rule.
    pointer: String,
}

/// That one member of the object is, or is not, one value.
pub(super) struct Condition<'a> {
    pub(super) member: &'a str,
    value: &'a Value,
    holds: bool,
}

/// `then` or `else`, on the way to a rule.
struct Branch<'a> {
    is_then: bool,
    /// The schema beside it.
    condition: &'a Value,
    /// The rule is about the object of the condition, or a member of it, and not about a deeper place.
    is_near: bool,
}

// === impl Schema ===

impl<'a> Schema<'a> {
    pub(super) fn rule(self, error: &ValidationError<'_>) -> Found<'a> {
        let pointer = error.schema_path().as_str().to_owned();
        let keyword = pointer.rsplit('/').next().unwrap_or_default().to_owned();
        Found { keyword, schema: self, pointer }
    }

    fn at(self, pointer: &str) -> Option<&'a Value> {
        self.0.pointer(pointer)
    }
}

// === impl Found ===

impl<'a> Found<'a> {
    /// The members that the object may have, and the patterns of those that it may have as well.
    pub(super) fn known_members(&self) -> Vec<&'a str> {
        let names = |keyword| self.beside(keyword).and_then(Value::as_object).into_iter().flat_map(|it| it.keys());
        names("properties").chain(names("patternProperties")).map(String::as_str).collect()
    }

    /// The first line of a text beside the rule, such as its `description`.
    pub(super) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.beside(keyword)?.as_str()?.lines().next()
    }

    /// The members of which the rule demands some, if each of its branches does no more than require.
    pub(super) fn required_alternatives(&self) -> Option<Vec<String>> {
        let branches = self.schema.at(&self.pointer)?.as_array()?;
        branches.iter().map(only_required).collect()
    }

    /// Whether the rule holds only where an `if` is met, or is not.
    pub(super) fn is_conditional(&self) -> bool {
        self.branch().is_some()
    }

    /// When the rule applies, if that is easily said.
    pub(super) fn condition(&self) -> Option<Condition<'a>> {
        let branch = self.branch().filter(|branch| branch.is_near)?;
        let (member, schema) = only_entry(branch.condition.get("properties")?)?;
        Some(Condition { member, value: schema.get("const")?, holds: branch.is_then })
    }

    /// The innermost branch that the rule is in.
    fn branch(&self) -> Option<Branch<'a>> {
        let ends = self.pointer.match_indices('/').map(|(start, _)| start).chain([self.pointer.len()]);
        ends.filter_map(|end| self.branch_at(end)).next_back()
    }

    /// The branch to which the first `end` bytes of the pointer lead.
    fn branch_at(&self, end: usize) -> Option<Branch<'a>> {
        let (holder, keyword) = self.pointer[..end].rsplit_once('/')?;
        let is_then = keyword == "then";
        let condition = self.schema.at(holder)?.get("if").filter(|_| is_then || keyword == "else")?;
        let way: Vec<&str> = self.pointer[end..].split('/').skip(1).collect();
        Some(Branch { is_then, condition, is_near: matches!(way[..], [_] | ["properties", _]) })
    }

    fn beside(&self, keyword: &str) -> Option<&'a Value> {
        let (holder, _) = self.pointer.rsplit_once('/')?;
        self.schema.at(holder)?.get(keyword)
    }
}

// === impl Condition ===

impl Display for Condition<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = if self.holds { "when" } else { "unless" };
        write!(f, "{word} {} is {}", self.member, self.value)
    }
}

/// What a schema requires, if it says nothing else.
fn only_required(schema: &Value) -> Option<String> {
    let (keyword, members) = only_entry(schema)?;
    let members: Option<Vec<&str>> = members.as_array()?.iter().map(Value::as_str).collect();
    members.filter(|members| keyword == "required" && !members.is_empty()).map(|members| members.join(" with "))
}

fn only_entry(object: &Value) -> Option<(&str, &Value)> {
    let mut entries = object.as_object()?.iter();
    entries.next().filter(|_| entries.next().is_none()).map(|(name, value)| (name.as_str(), value))
}
