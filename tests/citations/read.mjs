// Reads the BibTeX and the RIS of a page, and compares them with its CSL-JSON.
//
// Usage: node read.mjs FOLDER
import { readFileSync } from 'node:fs';
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';

const [folder] = process.argv.slice(2);
const read = (extension) => readFileSync(`${folder}/citation.${extension}`, 'utf8');
const names = (authors) =>
  (authors ?? []).map((name) =>
    [
      [name['non-dropping-particle'] ?? name['dropping-particle'], name.family ?? name.literal].filter(Boolean).join(' '),
      name.given, name.suffix,
    ].filter(Boolean).join('|').replaceAll('.', ''));
const title = (text) => text?.replace(/<[^>]*>/g, '');
const fields = (item, author, date) => JSON.stringify({
  author: names(author),
  title: title(item.title),
  date,
  url: item.URL,
});
// RIS has no authors of bills, hearings and laws. The library makes reporters of a newspaper's, and reads the year of its date.
const without = { ris: ['article-newspaper', 'bill', 'hearing', 'legislation', 'regulation'] };
const ours = JSON.parse(read('json'));
let wrong = 0;
for (const [extension, format] of [['bib', '@bibtex/text'], ['ris', '@ris/file']]) {
  const found = plugins.input.chain(read(extension), { forceType: format, generateGraph: false });
  if (found.length !== ours.length) {
    console.error(`${extension}: ${found.length} items of ${ours.length}`);
    wrong += 1;
  }
  ours.forEach((item, at) => {
    const back = found[at] ?? {};
    const lacks = without[extension]?.includes(item.type);
    const ofYear = extension === 'ris' && item.type === 'article-newspaper';
    const date = (of) => of.issued?.['date-parts']?.[0].slice(0, ofYear ? 1 : 3);
    const expected = fields(item, lacks ? [] : item.author, date(item));
    const got = fields(back, lacks ? [] : back.author, date(back));
    if (expected !== got) {
      console.error(`${extension} ${item.id}:\n  wrote ${expected}\n  read  ${got}`);
      wrong += 1;
    }
  });
}
if (wrong) process.exit(1);
console.log(`${ours.length} items, read back from BibTeX and RIS`);
