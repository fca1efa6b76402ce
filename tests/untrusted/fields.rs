//! Files with a payload in every field, made from the schema that `briefing explain` prints: a field that is added
//! to the program is in here by itself.

use briefing::config::RawSite;
use briefing::content::raw::{
    RawArticle, RawFact, RawFaq, RawPage, RawPlayer, RawSource, RawTopic,
};
use briefing::yaml::{self, FieldDoc};

/// A kind of file: its name for `briefing explain`, its fields, and how they are wrapped.
pub(crate) struct Schema {
    /// The name.
    pub(crate) name: &'static str,
    /// The file; `ID` stands for the file's own id, and the kinds with one have front matter.
    pub(crate) path: &'static str,
    /// The reference of its fields.
    pub(crate) docs: fn() -> Vec<FieldDoc>,
    shape: Shape,
    /// Versions of the file: fields with a value that is no payload, because what else is shown depends on it.
    pub(crate) versions: &'static [&'static [(&'static str, &'static str)]],
}

/// Every kind of file.
pub(crate) const SCHEMAS: &[Schema] = &[
    Schema {
        name: "article",
        path: "content/articles/ID.md",
        docs: yaml::fields::<RawArticle>,
        shape: Shape::Object,
        versions: &[&[], &[("published", "2025-01-01"), ("updated", "2025-02-01")]],
    },
    Schema {
        name: "player",
        path: "content/players/ID.md",
        docs: yaml::fields::<RawPlayer>,
        shape: Shape::Object,
        versions: &[&[], &[("kind", "organisation")], &[("kind", "country")]],
    },
    Schema {
        name: "faq",
        path: "content/faq/ID.md",
        docs: yaml::fields::<RawFaq>,
        shape: Shape::Object,
        versions: &[&[]],
    },
    Schema {
        name: "topic",
        path: "content/topics/ID.md",
        docs: yaml::fields::<RawTopic>,
        shape: Shape::Object,
        versions: &[&[]],
    },
    Schema {
        name: "page",
        path: "content/pages/ID.md",
        docs: yaml::fields::<RawPage>,
        shape: Shape::Object,
        versions: &[&[]],
    },
    Schema {
        name: "facts",
        path: "content/facts.yaml",
        docs: yaml::fields::<RawFact>,
        shape: Shape::Map,
        versions: &[&[]],
    },
    Schema {
        name: "sources",
        path: "content/sources.yaml",
        docs: yaml::fields::<RawSource>,
        shape: Shape::Map,
        versions: &[&[]],
    },
    Schema {
        name: "site",
        path: "content/site.yaml",
        docs: yaml::fields::<RawSite>,
        shape: Shape::Object,
        versions: &[&[]],
    },
];

/// Fields without which what stands beside them is not shown, though none alone is required.
const NEEDED: &[&str] = &["sources[].title", "<id>.title", "changes[].note"];

/// How a field holds others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    One,
    List,
    Map,
    Object,
}

/// A field and those inside it.
struct Field {
    name: String,
    path: String,
    shape: Shape,
    type_text: String,
    required: bool,
    inside: Vec<Field>,
}

/// A value of a file.
enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// A payload in a file.
#[derive(Clone)]
pub(crate) struct Placed {
    /// The field, as `briefing explain` names it; a key that is the author's ends in `<id>`.
    pub(crate) field: String,
    /// The payload with its mark.
    pub(crate) text: String,
    /// The mark.
    pub(crate) mark: String,
    /// Whether the field is Markdown.
    pub(crate) markdown: bool,
}

/// A file with a payload in its fields.
pub(crate) struct Filled {
    /// The text.
    pub(crate) text: String,
    /// What was placed.
    pub(crate) placed: Vec<Placed>,
    /// Whether there are fields that only the next file of this kind has room for.
    pub(crate) more: bool,
}

/// Counts marks and ids, so that each occurs once in a site.
#[derive(Default)]
pub(crate) struct Marks(usize);

impl Marks {
    /// A mark that no other text holds, and that holds no other.
    pub(crate) fn mark(&mut self) -> String {
        self.0 += 1;
        format!("zq{}x", self.0)
    }
}

/// Fills a file of a kind. An object has room for one payload at a time: `round` says which.
pub(crate) fn fill(
    schema: &Schema,
    version: &[(&str, &str)],
    round: usize,
    payload: &str,
    marks: &mut Marks,
) -> Filled {
    let mut filling = Filling { payload, marks, placed: Vec::new(), ids: Vec::new(), player: 0 };
    let prefix = if schema.shape == Shape::Map { "<id>." } else { "" };
    let fields = fields(&(schema.docs)(), prefix);
    let (mut map, mut more) = (Vec::new(), false);
    if schema.shape == Shape::Map {
        map = filling.entries(prefix, &fields);
    } else {
        for field in &fields {
            if let Some((_, value)) = version.iter().find(|(name, _)| *name == field.name) {
                map.push((field.name.clone(), Value::Text((*value).into())));
                continue;
            }
            let rounds = filling.rounds(field);
            more |= round + 1 < rounds;
            if round < rounds {
                map.push((field.name.clone(), filling.value(field, round)));
            } else if field.required {
                map.push((field.name.clone(), filling.valid(field)));
            }
        }
    }
    let mut yaml = String::new();
    write(&Value::Map(map), 0, &mut yaml);
    let text = if schema.path.ends_with(".md") {
        // A figure or source is on the page if the text uses it.
        let uses = filling.ids.iter().map(|(kind, id)| match kind {
            'f' => format!("[[fact:{id}]] "),
            _ => format!("A.[^{id}] "),
        });
        format!("---\n{yaml}---\n{}\n", uses.collect::<String>())
    } else {
        yaml
    };
    Filled { text, placed: filling.placed, more }
}

/// The ids that a data file declares, for a page that uses them.
pub(crate) fn ids(text: &str) -> impl Iterator<Item = &str> {
    let plain = |id: &&str| id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.lines()
        .filter_map(|line| line.strip_prefix('"')?.split_once("\":"))
        .map(|(id, _)| id)
        .filter(plain)
}

/// The fields that have no payload in what was placed: none, unless this file forgets some.
pub(crate) fn without_payload(schema: &Schema, placed: &[Placed]) -> Vec<String> {
    let prefix = if schema.shape == Shape::Map { "<id>." } else { "" };
    let all = (schema.docs)().into_iter().map(|doc| format!("{prefix}{}", doc.path));
    // A mapping of names holds no text itself: its names and their values do.
    let has = |path: &String| {
        let inside = format!("{path}.<id>");
        placed.iter().any(|placed| placed.field == *path || placed.field == inside)
    };
    all.filter(|path| !has(path)).collect()
}

struct Filling<'a> {
    payload: &'a str,
    marks: &'a mut Marks,
    placed: Vec<Placed>,
    /// Ids of figures (`f`) and sources (`s`) that the file declares.
    ids: Vec<(char, String)>,
    player: usize,
}

impl Filling<'_> {
    fn place(&mut self, field: &str, type_text: &str) -> String {
        let mark = self.marks.mark();
        let text = format!("{}{mark}", self.payload);
        self.placed.push(Placed {
            field: field.into(),
            text: text.clone(),
            mark,
            markdown: type_text.contains("Markdown"),
        });
        text
    }

    fn rounds(&self, field: &Field) -> usize {
        match field.shape {
            Shape::Object => 1 + field.inside.iter().map(|inner| self.rounds(inner)).sum::<usize>(),
            _ => 1,
        }
    }

    fn value(&mut self, field: &Field, round: usize) -> Value {
        match field.shape {
            Shape::One => Value::Text(self.place(&field.path, &field.type_text)),
            Shape::List => {
                let mut items = vec![Value::Text(self.place(&field.path, ""))];
                items.extend(self.items(&field.inside).into_iter().map(Value::Map));
                Value::List(items)
            }
            Shape::Map => Value::Map(self.entries(&format!("{}.<id>.", field.path), &field.inside)),
            Shape::Object if round == 0 => Value::Text(self.place(&field.path, "")),
            Shape::Object => {
                let mut left = round - 1;
                for inner in &field.inside {
                    let rounds = self.rounds(inner);
                    if left < rounds {
                        let value = self.value(inner, left);
                        return Value::Map(self.with_needed(&field.inside, &inner.name, value));
                    }
                    left -= rounds;
                }
                Value::Map(Vec::new())
            }
        }
    }

    /// One item for each field inside, with the payload there and valid values beside it.
    fn items(&mut self, inside: &[Field]) -> Vec<Vec<(String, Value)>> {
        let mut items = Vec::new();
        for inner in inside {
            for round in 0..self.rounds(inner) {
                let value = self.value(inner, round);
                items.push(self.with_needed(inside, &inner.name, value));
            }
        }
        items
    }

    /// The same as a mapping, and an entry whose key is the payload.
    fn entries(&mut self, path: &str, inside: &[Field]) -> Vec<(String, Value)> {
        let name = path.trim_end_matches('.');
        let key = self.place(name, "");
        if inside.is_empty() {
            let field = name.trim_end_matches(".<id>");
            let value = Value::Text(self.place(field, ""));
            return vec![(key, value), ("k".into(), Value::Text(self.place(field, "")))];
        }
        let kind = if inside.iter().any(|field| field.name == "value") { 'f' } else { 's' };
        let mut entries = Vec::new();
        for item in self.items(inside) {
            let id = format!("k{}", self.marks.mark());
            self.ids.push((kind, id.clone()));
            entries.push((id, Value::Map(item)));
        }
        let needed = self.with_needed(inside, "", Value::Map(Vec::new()));
        entries.push((key, Value::Map(needed)));
        entries
    }

    fn with_needed(&mut self, inside: &[Field], name: &str, value: Value) -> Vec<(String, Value)> {
        let mut map = Vec::new();
        for field in inside.iter().filter(|field| field.required && field.name != name) {
            map.push((field.name.clone(), self.valid(field)));
        }
        if !name.is_empty() {
            map.push((name.into(), value));
        }
        map
    }

    fn valid(&mut self, field: &Field) -> Value {
        Value::Text(match &*field.type_text {
            "date" => "2025-01-01".into(),
            "URL" => "https://known.example/".into(),
            "number" => "1".into(),
            // A player is listed once.
            "player id" if field.path.starts_with("players") => {
                self.player += 1;
                format!("known-{}", self.player)
            }
            "player id" => "known-1".into(),
            _ if field.name == "value" => "1".into(),
            _ if field.name == "src" => "https://known.example/a.png".into(),
            _ if field.name == "to" => "/".into(),
            _ => "Known".into(),
        })
    }
}

/// How many players the files refer to: `known-1` and so on.
pub(crate) const KNOWN_PLAYERS: usize = 5;

fn fields(docs: &[FieldDoc], outer: &str) -> Vec<Field> {
    fields_below(docs, "", outer)
}

fn fields_below(docs: &[FieldDoc], prefix: &str, outer: &str) -> Vec<Field> {
    let own = docs.iter().filter_map(|doc| {
        let name = doc.path.strip_prefix(prefix).filter(|rest| !rest.contains(['.', '[', '<']))?;
        let path = format!("{outer}{}", doc.path);
        let below = |middle: &str| {
            let prefix = format!("{}{middle}.", doc.path);
            fields_below(docs, &prefix, outer)
        };
        let shapes = [(Shape::List, "[]"), (Shape::Map, ".<id>"), (Shape::Object, "")];
        let found = shapes.map(|(shape, middle)| (shape, below(middle)));
        let found = found.into_iter().find(|(_, inside)| !inside.is_empty());
        let (shape, inside) = found.unwrap_or_else(|| {
            (if doc.type_text.contains("mapping") { Shape::Map } else { Shape::One }, Vec::new())
        });
        let needed = NEEDED.contains(&&*path);
        Some(Field {
            name: name.into(),
            path,
            shape,
            type_text: doc.type_text.clone(),
            required: needed || doc.description.starts_with("Required."),
            inside,
        })
    });
    own.collect()
}

/// Writes a value as YAML with every text in double quotes, on a line of its own.
fn write(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let inside = |value: &Value, out: &mut String| match value {
        Value::Text(text) => out.push_str(&format!(" {}\n", quoted(text))),
        Value::Map(map) if map.is_empty() => out.push_str(" {}\n"),
        value => {
            out.push('\n');
            write(value, depth + 1, out);
        }
    };
    match value {
        Value::Text(text) => out.push_str(&format!("{indent}{}\n", quoted(text))),
        Value::List(items) => {
            for item in items {
                out.push_str(&format!("{indent}-"));
                inside(item, out);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                out.push_str(&format!("{indent}{}:", quoted(key)));
                inside(item, out);
            }
        }
    }
}

/// A text in double quotes, as YAML has them. Every character can be written so.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}
