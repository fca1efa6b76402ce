// Judges the JSON-LD of every page of some folders by the vocabulary of schema.org: which types there are, which properties
// each has, and what search engines ask of some. Every page has one graph at most.
//
// Usage: node check.mjs FOLDER...
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';

/** The vocabulary as schema.org's own file has it, as far as the validator reads that, from its typings. */
function vocabulary(typings) {
  const graph = [];
  const classes = new Set();
  const reference = (name) => ({ '@id': `schema:${name}` });
  const add = (name, parents) => {
    if (classes.has(name)) return;
    classes.add(name);
    graph.push({ '@type': 'rdfs:Class', ...reference(name), 'rdfs:subClassOf': parents.map(reference) });
  };
  const bases = (text) => [...text.matchAll(/(\w+)Base\b/g)].map(([, name]) => name);
  for (const [, name, parents, body] of typings.matchAll(/^interface (\w+)Base extends ([^{]+) \{\n([^]*?)^\}/gm)) {
    add(name, bases(parents));
    for (const [, property] of body.matchAll(/^ {4}"(\w+)"\?:/gm)) {
      graph.push({ '@type': 'rdf:Property', ...reference(property), 'schema:domainIncludes': reference(name) });
    }
  }
  // A type without properties of its own has the base of its parent.
  for (const [, name, parents] of typings.matchAll(/^(?:export )?interface (\w+)Leaf extends ([^{]+) \{/gm)) {
    add(name, bases(parents));
  }
  return { '@graph': graph };
}

const typings = createRequire(import.meta.url).resolve('schema-dts').replace(/schema\.js$/, 'schema.d.ts');
const validator = new Validator(vocabulary(readFileSync(typings, 'utf8')));
const counts = { pages: 0, graphs: 0, messages: 0 };
const say = (message) => {
  counts.messages += 1;
  console.log(message);
};
for (const folder of process.argv.slice(2)) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
  for (const file of files.sort()) {
    const page = join(folder, file);
    const html = readFileSync(page, 'utf8');
    const graphs = html.match(/<script type="application\/ld\+json">/g)?.length ?? 0;
    counts.pages += 1;
    counts.graphs += graphs;
    if (graphs > 1) say(`${page}: ${graphs} graphs`);
    const { jsonld, errors } = new WebAutoExtractor({ addLocation: true }).parse(html);
    for (const { issueMessage, path } of await validator.validate({ jsonld, errors })) {
      say(`${page}: ${issueMessage} (${path?.map((step) => step.property ?? step.type).join('.')})`);
    }
  }
}
console.log(`${counts.pages} pages, ${counts.graphs} graphs, ${counts.messages} messages`);
process.exit(counts.messages > 0 || counts.graphs === 0 ? 1 : 0);
