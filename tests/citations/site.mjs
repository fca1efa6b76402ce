// Writes a site whose shared sources are the items of a file, and whose one article cites them all.
//
// Usage: node site.mjs ITEMS SITE
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [items, site] = process.argv.slice(2);
const day = (date) => date?.['date-parts'][0].map((part, at) => String(part).padStart(at ? 2 : 4, '0')).join('-');
const author = (name) =>
  name.literal ??
  [[name['non-dropping-particle'], name.family].filter(Boolean).join(' '), name.suffix, name.given].filter(Boolean).join(', ');
const sources = {};
for (const item of JSON.parse(readFileSync(items, 'utf8'))) {
  sources[item.id] = JSON.parse(JSON.stringify({
    type: item.type,
    title: item.title,
    author: item.author?.map(author),
    publisher: item['container-title'] ?? item.publisher,
    url: item.URL,
    date: day(item.issued),
    accessed: day(item.accessed),
  }));
}
mkdirSync(`${site}/content/articles`, { recursive: true });
const write = (path, text) => writeFileSync(`${site}/content/${path}`, text);
write('site.yaml', 'title: Citations\nbase_url: https://site.example/\ncitation_files: true\n');
// JSON is YAML.
write('sources.yaml', JSON.stringify(sources, null, 1));
const cited = Object.keys(sources).map((id) => `[^${id}]`).join(' ');
write('articles/all.md', `---
title: 'All of "them", & more {than} 100%'
published: 2025-05-01
updated: 2025-06-01
authors: [Jane Q. Doe, Ursula von der Leyen, Ministry of Defence]
---

Text.${cited}
`);
