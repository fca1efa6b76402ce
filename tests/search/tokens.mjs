// Holds the tokens and stems of the script of the search against those of the index.
//
// usage: node tokens.mjs FILE, where FILE is what `tests/search/tokens.rs` wrote; `search.mjs` beside this file is the script

import { readFileSync } from "node:fs";

import { stemmer, tokens } from "./search.mjs";

let [stem, failures, checks] = [null, 0, 0];
for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const [language, text, expected] = line.split("\t");
  if (language) {
    stem = stemmer(text);
    continue;
  }
  checks += 1;
  const found = tokens(text).map(([token, isWord]) => `${token} ${isWord ? stem(token) : token}`).join("|");
  if (found === expected) continue;
  failures += 1;
  if (failures <= 20) console.log(`${JSON.stringify(text)}\n  index:  ${expected}\n  script: ${found}`);
}
console.log(`${checks - failures} strings alike, ${failures} not`);
process.exitCode = checks > 10000 && failures === 0 ? 0 : 1;
