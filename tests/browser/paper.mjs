// Prints pages on A4 and Letter, and reads the paper: the address, the pages counted, none of them empty, items of lists in one
// piece, the addresses of links that lead away, and nothing that can only be pressed.
//
// usage: node paper.mjs SITE_FOLDER

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch, serve } from "./site.mjs";

const browser = await launch();
const site = await serve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "paper-"));
const file = join(folder, "page.pdf");
/** A text by its letters and digits alone: lines have spaces and hyphens of their own, lists their signs. */
const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");
let pages = 0;

for (const path of [
  "/", "/articles/allied-spending-push/", "/articles/us-japan-two-plus-two/", "/articles/japan-defence-limits/", "/players/japan/",
  "/players/pete-hegseth/", "/faq/spending-questions/", "/facts/japan-budget-1987/", "/facts/", "/topics/defence-spending/",
]) {
  const page = await browser.newPage();
  await page.goto(site.origin + path);
  await page.evaluate(() => document.fonts.ready);
  const address = await page.locator("link[rel=canonical]").getAttribute("href");
  await page.emulateMedia({ media: "print" });
  const whole = await page.locator(":is(.question-links, .mentions, .figure-rows, .next-events, .often-with) > li, .questions h3").allInnerTexts();
  const away = await page.locator(".text a[href^=http], .sources a[href^=http]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const format of ["A4", "Letter"]) {
    await page.pdf({ path: file, format, preferCSSPageSize: true });
    const sheets = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    const where = `${path} on ${format}`;
    pages += sheets.length;
    sheets.forEach((text, at) => {
      assert.match(text, new RegExp(`^${at + 1} / ${sheets.length}$`, "m"), `${where}: the number of page ${at + 1}`);
      assert.ok(text.split(/\s+/).length > 12, `${where}: page ${at + 1} is all but empty`);
    });
    assert.ok(letters(sheets[0]).includes(letters(address)), `${where}: the address`);
    for (const text of whole) assert.ok(sheets.some((sheet) => letters(sheet).includes(letters(text))), `${where}: in two parts: ${text}`);
    for (const href of away) assert.ok(letters(sheets.join("")).includes(letters(href)), `${where}: ${href}`);
    assert.doesNotMatch(sheets.join(""), /Copy link|Skip to content|Cite this page|Search this site/, where);
  }
  await page.close();
}

rmSync(folder, { recursive: true });
site.close();
await browser.close();
console.log(`paper: ${pages} pages read`);
