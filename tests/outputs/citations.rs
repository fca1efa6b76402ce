//! Pages and sources for reference managers: JSON by its schema. `.ci/citations` lets a library of others read BibTeX and RIS.

use boon::{Compiler, Schemas};
use briefing::base::OutPath;
use briefing::engine::Loaded;
use briefing::source::Memory;
use serde_json::{Value, json};

use super::{load, text};

const SOURCES: &str = "\
paper:
  type: report
  title: 'What \"five percent\" means: R&D {and} 100%'
  publisher: The press
  author: [Carol Clerk, Ishiba Shigeru, Research Council]
  url: https://example.com/paper?a=1&b=2
  archived: https://archive.example/paper
  date: 2025-06-21T22:30:00Z
unused:
  title: Unused
  date: 2025-06
odd:
  type: Newspaper Article
  title: Of an unknown type
";

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let always = "title: Small\nbase_url: https://site.example/sub/\ntimezone: Asia/Tokyo\n";
    site.write("content/site.yaml", format!("{always}publisher: The Institute\n{settings}"));
    site.write("content/sources.yaml", SOURCES);
    let shigeru =
        "name: Ishiba Shigeru\nfamily_name: Ishiba\ngiven_name: Shigeru\nfamily_first: true\n";
    site.write("content/players/ishiba-shigeru.md", format!("---\n{shigeru}---\nText.\n"));
    let own = "[{title: By hand, publisher: A paper, type: article-newspaper}]";
    let dates = "published: 2025-05-01\nchanges: [{date: 2025-07-02, note: New.}]\n";
    site.write(
        "content/articles/cited.md",
        format!("---\ntitle: What it is\n{dates}sources: {own}\n---\n\nOf it.[^paper]\n"),
    );
    site.write("content/faq/asked.md", "---\ntitle: Asked\n---\n\n## What?\n\nThat.\n");
    site
}

/// The JSON of an output, which has the form that the schema says.
fn items(loaded: &Loaded, path: &str) -> Value {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let schema = include_str!("../../src/data/schemas/sources.json");
    compiler.add_resource("sources.json", serde_json::from_str(schema).unwrap()).unwrap();
    let index = compiler.compile("sources.json", &mut schemas).unwrap();
    let text = text(loaded, path).unwrap_or_else(|| panic!("no {path}"));
    let value = serde_json::from_str(&text).unwrap();
    if let Err(error) = schemas.validate(&value, index) {
        panic!("{path}: {error:#}");
    }
    value
}

#[test]
fn shared_sources_are_csl_json() {
    let loaded = load(&site(""));
    let all = items(&loaded, "sources.json");
    assert_eq!(all[0]["id"], "odd");
    assert_eq!(all[0]["type"], "document");
    assert_eq!(
        all[1],
        json!({
            "id": "paper",
            "type": "report",
            "title": "What “five percent” means: R&D {and} 100%",
            "author": [
                {"family": "Clerk", "given": "Carol"},
                // As the player's page declares the name.
                {"family": "Ishiba", "given": "Shigeru"},
                {"literal": "Research Council"},
            ],
            "publisher": "The press",
            // The day in the site's time zone.
            "issued": {"date-parts": [[2025, 6, 22]]},
            "URL": "https://example.com/paper?a=1&b=2",
            "archive": "archive.example",
            "archive_location": "https://archive.example/paper",
        })
    );
    assert_eq!(all[2]["issued"], json!({"date-parts": [[2025, 6]]}));
    assert_eq!(text(&loaded, "articles/cited/citation.json"), None);
}

#[test]
fn a_page_has_its_record_and_those_of_its_sources() {
    let loaded = load(&site("citation_files: true\n"));
    let all = items(&loaded, "articles/cited/citation.json");
    assert_eq!(
        all[0],
        json!({
            "id": "cited",
            "type": "webpage",
            "title": "What it is",
            "author": [{"literal": "The Institute"}],
            "container-title": "Small",
            // Of the last change.
            "issued": {"date-parts": [[2025, 7, 2]]},
            "URL": "https://site.example/sub/articles/cited/",
            "language": "en",
        })
    );
    assert_eq!(all[1]["container-title"], "A paper");
    assert_eq!(all[2]["id"], "paper");
    assert_eq!(all.as_array().unwrap().len(), 3);
    assert_eq!(items(&loaded, "faq/asked/citation.json")[0]["id"], "asked");
    let bibtex = text(&loaded, "articles/cited/citation.bib").unwrap();
    assert!(
        bibtex.contains("title = {{What “five percent” means: R\\&D \\{and\\} 100\\%}}"),
        "{bibtex}"
    );
    assert!(bibtex.contains("author = {Clerk, Carol and Ishiba, Shigeru and {Research Council}}"));
    let ris = text(&loaded, "articles/cited/citation.ris").unwrap();
    assert_eq!(ris.matches("ER  - \r\n").count(), 3);
    assert!(ris.contains("DA  - 2025/06/22\r\n"), "{ris}");
}

#[test]
fn types_of_files_are_those_that_reference_managers_ask_for() {
    let loaded = load(&site("citation_files: true\n"));
    for (extension, essence) in [
        ("bib", "text/x-bibtex"),
        ("json", "application/json"),
        ("ris", "application/x-research-info-systems"),
    ] {
        let path = OutPath::new(&format!("articles/cited/citation.{extension}")).unwrap();
        let output = loaded.site().outputs.get(&path).unwrap();
        assert_eq!(output.media_type.essence(), essence);
    }
}
