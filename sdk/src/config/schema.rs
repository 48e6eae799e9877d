//! JSON Schema (2020-12), as text: a guest has no use for a model of it.

/// The schema of a value: its keywords and their JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    keywords: Vec<(&'static str, String)>,
    /// The schema of each item or member, and the keyword that says so.
    inner: Option<(&'static str, Box<Schema>)>,
}

const DIALECT: &str = r#""https://json-schema.org/draft/2020-12/schema""#;

impl Schema {
    /// The schema that allows anything.
    #[must_use]
    pub fn any() -> Self {
        Self { keywords: Vec::new(), inner: None }
    }

    /// The schema of a JSON type, such as `"string"`.
    #[must_use]
    pub fn of_type(name: &str) -> Self {
        Self::any().set("type", format!("\"{name}\""))
    }

    /// The schema of texts to choose from; `description` is JSON.
    #[must_use]
    pub fn choice(description: &str, texts: &[&str]) -> Self {
        let schema = Self::of_type("string").set("enum", list(texts));
        if description == "\"\"" { schema } else { schema.set("description", description) }
    }

    /// Sets a keyword to a JSON value.
    #[must_use]
    pub fn set(mut self, keyword: &'static str, json: impl Into<String>) -> Self {
        let json = json.into();
        match self.keywords.iter_mut().find(|(known, _)| *known == keyword) {
            Some((_, value)) => *value = json,
            None => self.keywords.push((keyword, json)),
        }
        self
    }

    /// Sets the schema of each item (`items`) or member (`additionalProperties`).
    #[must_use]
    pub(super) fn of_each(mut self, keyword: &'static str, inner: Self) -> Self {
        self.inner = Some((keyword, Box::new(inner)));
        self
    }

    /// Changes the schema of each item or member, if there are such.
    #[must_use]
    pub(super) fn with_inner(mut self, change: impl FnOnce(Self) -> Self) -> Self {
        self.inner = self.inner.map(|(keyword, inner)| (keyword, Box::new(change(*inner))));
        self
    }

    /// Describes a member of this type: its own words come first, those on the choices of an enum stay.
    #[must_use]
    pub(super) fn describe(self, description: Option<&str>) -> Self {
        let Some(own) = description else { return self };
        let choices = self.get("enum").and(self.get("description"));
        let text = match choices {
            Some(choices) => format!("{}\\n{}", &own[..own.len() - 1], &choices[1..]),
            None => own.to_owned(),
        };
        self.set("description", text)
    }

    pub(super) fn is_object(&self) -> bool {
        self.get("type") == Some("\"object\"")
    }

    fn get(&self, keyword: &str) -> Option<&str> {
        self.keywords.iter().find(|(known, _)| *known == keyword).map(|(_, json)| json.as_str())
    }

    /// The JSON of the schema.
    #[must_use]
    pub fn json(&self) -> String {
        let inner = self.inner.iter().map(|(keyword, inner)| format!("\"{keyword}\":{}", inner.json()));
        let keywords = self.keywords.iter().map(|(keyword, json)| format!("\"{keyword}\":{json}"));
        let members: Vec<String> = keywords.chain(inner).collect();
        format!("{{{}}}", members.join(","))
    }

    /// The JSON of the schema as a document of its own.
    #[must_use]
    pub fn document(&self, title: &str) -> String {
        let members = self.json();
        let rest = members.strip_prefix('{').filter(|rest| *rest != "}").map(|rest| format!(",{rest}"));
        format!("{{\"$schema\":{DIALECT},\"title\":\"{title}\"{}", rest.unwrap_or_else(|| "}".to_owned()))
    }
}

/// A JSON list of plain texts.
pub(super) fn list(texts: &[&str]) -> String {
    match texts {
        [] => "[]".to_owned(),
        texts => format!("[\"{}\"]", texts.join("\",\"")),
    }
}
