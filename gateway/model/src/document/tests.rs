use super::*;

fn route(name: &str, upstream: &str) -> Arc<Route> {
    Arc::new(Route::to(name, &format!("/{name}"), upstream))
}

fn document(routes: &[(&str, &str)]) -> Document {
    let file = DocumentFile { routes: routes.iter().map(|(n, u)| route(n, u)).collect(), ..Default::default() };
    file.into_document().unwrap()
}

#[test]
fn the_difference_of_two_documents_leads_from_one_to_the_other() {
    let from = document(&[("a", "1"), ("b", "1"), ("c", "1")]);
    let to = document(&[("b", "2"), ("c", "1"), ("d", "1")]);
    let edits = from.diff(&to);
    assert_eq!(edits.len(), 3);
    let mut walked = from.clone();
    for edit in &edits {
        walked.apply(edit);
    }
    assert_eq!(walked, to);
    assert!(to.diff(&walked).is_empty());
}

#[test]
fn an_edit_returns_what_stood_there_before() {
    let mut document = document(&[("a", "1")]);
    let before = document.apply(&Edit::Put(Resource::Route(route("a", "2"))));
    assert_eq!(before, Some(Resource::Route(route("a", "1"))));
    assert_eq!(document.apply(&Edit::Delete { kind: Kind::Routes, name: "none".into() }), None);
}

#[test]
fn a_name_that_stands_twice_is_found_at_its_position() {
    let file = DocumentFile { routes: vec![route("a", "1"), route("b", "1"), route("a", "2")], ..Default::default() };
    let findings = file.into_document().unwrap_err();
    assert_eq!(findings[0].to_string(), r#"error at routes.2.name: "a" stands twice: names are unique among routes"#);
}

#[test]
fn a_file_and_its_document_say_the_same() {
    let document = document(&[("a", "1"), ("b", "2")]);
    let json = serde_json::to_string(&DocumentFile::from(&document)).unwrap();
    let back: DocumentFile = serde_json::from_str(&json).unwrap();
    assert_eq!(back.into_document().unwrap(), document);
}

#[test]
fn a_field_that_nobody_reads_is_refused() {
    let wrong = r#"{"routes": [{"name": "a", "upstream": "u", "pathPrefx": "/"}]}"#;
    let error = serde_json::from_str::<DocumentFile>(wrong).unwrap_err().to_string();
    assert!(error.contains("pathPrefx"), "{error}");
}
