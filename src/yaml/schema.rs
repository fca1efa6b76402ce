//! The author's reference, from the JSON schema of a type.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// One field of the author's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDoc {
    /// Where it is written: `title`, `players[].role`, `facts.<id>.value`.
    pub path: String,
    /// How many fields hold it: 0 at the top.
    pub depth: usize,
    /// What may be written there, in words: "text, or a list of text".
    pub type_text: String,
    /// What it means: the doc comment of the struct's field, on one line.
    pub description: String,
}

/// The fields of a type, each followed by those inside it, in the order of the struct.
///
/// Descriptions come from doc comments. A field whose type says too little gets its own words with
/// `#[schemars(extend("x-type" = "date"))]`.
pub fn fields<T: JsonSchema>() -> Vec<FieldDoc> {
    let schema = FieldSchema::of::<T>();
    let mut docs = Vec::new();
    schema.document(&schema.0, "", 0, &mut docs);
    docs
}

/// The JSON schema of a type, as its `Deserialize` reads it.
struct FieldSchema(Value);

/// Levels of nesting that are followed: a guard against types that contain themselves.
const MAX_LEVELS: usize = 16;

impl FieldSchema {
    fn of<T: JsonSchema>() -> Self {
        Self(SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value())
    }

    /// The alternatives of a schema, with references followed and without null.
    fn forms<'s>(&'s self, schema: &'s Value) -> Vec<&'s Value> {
        let mut forms = Vec::new();
        self.collect_forms(schema, 0, &mut forms);
        forms
    }

    fn collect_forms<'s>(&'s self, schema: &'s Value, level: usize, forms: &mut Vec<&'s Value>) {
        if level > MAX_LEVELS || schema.get("type").is_some_and(|name| name == "null") {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let pointer = reference.trim_start_matches('#');
            if let Some(target) = self.0.pointer(pointer) {
                self.collect_forms(target, level + 1, forms);
            }
            return;
        }
        let mut leaf = true;
        for choice in ["anyOf", "oneOf", "allOf"] {
            for form in schema.get(choice).and_then(Value::as_array).into_iter().flatten() {
                leaf = false;
                self.collect_forms(form, level + 1, forms);
            }
        }
        if leaf {
            forms.push(schema);
        }
    }

    fn document(&self, schema: &Value, prefix: &str, depth: usize, docs: &mut Vec<FieldDoc>) {
        if depth > MAX_LEVELS / 2 {
            return;
        }
        for form in self.forms(schema) {
            for (name, field) in properties(form) {
                let path = format!("{prefix}{name}");
                docs.push(FieldDoc {
                    path: path.clone(),
                    depth,
                    type_text: self.type_text(field),
                    description: description(field),
                });
                self.document_inside(field, &path, depth + 1, docs);
            }
        }
        if depth == 0 {
            self.document_inside(schema, "", 0, docs);
        }
    }

    /// The fields inside a field: those of its items if it may be a list.
    fn document_inside(&self, field: &Value, path: &str, depth: usize, docs: &mut Vec<FieldDoc>) {
        let forms = self.forms(field);
        let list = forms.iter().find_map(|form| form.get("items"));
        let values = forms.iter().find_map(|form| form.get("additionalProperties"));
        let dot = if path.is_empty() { "" } else { "." };
        match (list, values) {
            (Some(item), _) => self.document(item, &format!("{path}[]."), depth.max(1), docs),
            (_, Some(value)) if value.is_object() => {
                self.document(value, &format!("{path}{dot}<id>."), depth.max(1), docs);
            }
            _ if depth > 0 => self.document(field, &format!("{path}."), depth, docs),
            _ => {}
        }
    }

    fn type_text(&self, schema: &Value) -> String {
        if let Some(text) = schema.get("x-type").and_then(Value::as_str) {
            return text.to_owned();
        }
        let choices = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        let is_null = |choice: &&Value| choice.get("type").is_some_and(|name| name == "null");
        let choices: Vec<&Value> = choices.filter(|choice| !is_null(choice)).collect();
        match choices[..] {
            [only] => return self.type_text(only),
            [item, list] if list.get("items") == Some(item) => {
                return format!("{}, or a list of them", self.type_text(item));
            }
            _ => {}
        }
        let mut texts: Vec<String> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for form in self.forms(schema) {
            if let Some(word) = form.get("const").and_then(Value::as_str) {
                words.push(format!("`{word}`"));
            } else if let Some(values) = form.get("enum").and_then(Value::as_array) {
                words.extend(
                    values.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")),
                );
            } else {
                for text in self.form_text(form) {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                }
            }
        }
        texts.splice(0..0, words);
        either(&texts)
    }

    fn form_text(&self, form: &Value) -> Vec<String> {
        if let Some(text) = form.get("x-type").and_then(Value::as_str) {
            return vec![text.to_owned()];
        }
        let names = match form.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return vec!["anything".to_owned()],
        };
        let one = |name: &str| match name {
            "string" => "text".to_owned(),
            "integer" => "whole number".to_owned(),
            "number" => "number".to_owned(),
            "boolean" => "`true` or `false`".to_owned(),
            "array" => match form.get("items") {
                Some(items) => format!("list of {}", self.type_text(items)),
                None => "list".to_owned(),
            },
            "object" => match form.get("additionalProperties") {
                Some(value) if value.is_object() => {
                    format!("mapping of names to {}", self.type_text(value))
                }
                _ => "mapping".to_owned(),
            },
            other => other.to_owned(),
        };
        names.into_iter().filter(|name| *name != "null").map(one).collect()
    }
}

fn properties(form: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let properties = form.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn description(field: &Value) -> String {
    let text = field.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "a", "a or b", "a, b or c".
fn either<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [word] => word.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}
