// What a screen reader is given of a page: the tree of its roles, names and states, as text, compared with the one that is
// committed. With BRIEFING_BLESS=1 it is written anew: read it as a listener would.
//
// usage: node tree.mjs SITE_FOLDER FOLDER_OF_TREES

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { launch, serve } from "./site.mjs";

const browser = await launch();
const site = await serve(process.argv[2]);
for (const path of ["/articles/treaty/", "/players/jane/", "/404.html"]) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  await page.goto(site.origin + path);
  const tree = `${await page.locator("body").ariaSnapshot()}\n`;
  const file = join(process.argv[3], `${path.split("/").filter(Boolean).pop().replace(".html", "")}.yml`);
  if (process.env.BRIEFING_BLESS) writeFileSync(file, tree);
  else assert.equal(tree, readFileSync(file, "utf8"), `${path} differs for a screen reader: ${file}`);
  await page.close();
}
site.close();
await browser.close();
console.log("trees: passed");
