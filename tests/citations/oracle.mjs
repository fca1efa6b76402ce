// What citeproc-js makes of `items.json`: a line for each item, in a file for each style.
//
// Usage: node oracle.mjs ITEMS STYLES LOCALE OUT
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import CSL from 'citeproc';

const [items, styles, locale, out] = process.argv.slice(2);
const names = { apa: 'apa', mla: 'modern-language-association', chicago: 'chicago-author-date' };
const all = new Map(JSON.parse(readFileSync(items, 'utf8')).map((item) => [item.id, item]));
const words = readFileSync(locale, 'utf8');
mkdirSync(out, { recursive: true });
for (const [name, file] of Object.entries(names)) {
  const style = readFileSync(`${styles}/${file}.csl`, 'utf8');
  const system = { retrieveLocale: () => words, retrieveItem: (id) => ({ ...all.get(id) }) };
  const engine = new CSL.Engine(system, style, 'en-US', true);
  // Each by itself: in one list, years get letters and repeated authors a dash.
  const line = (id) => {
    engine.updateItems([]);
    engine.updateItems([id]);
    return engine.makeBibliography()[1].join('').replace(/<\/?div[^>]*>/g, '').trim();
  };
  writeFileSync(`${out}/${name}.txt`, [...all.keys()].map((id) => `${id}: ${line(id)}\n`).join(''));
}
