// Goes to addresses at which nothing is: the page searches for their words, in the reader's language, and does nothing else
// that an address says.
//
// usage: node missing.mjs SITE_FOLDER SITE_FOLDER_IN_ENGLISH_JAPANESE_ARABIC

import assert from "node:assert/strict";

import { axe, launch, serve } from "./site.mjs";

const browser = await launch();
const shipped = await serve(process.argv[2]);
const languages = await serve(process.argv[3]);
const said = [];

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // That there is nothing, the browser says itself.
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !/status of 404/.test(message.text()) && said.push(message.text()));
  page.on("dialog", (dialog) => said.push(`a dialog: ${dialog.message()}`));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(url);
  return page;
}

const box = (page) => page.locator("main input[type=search]");
const links = (page) => page.locator("#b-results h3 a");
const status = (page) => page.locator("#b-search-status");

for (const [address, words] of [
  ["/articles/japan-budgett/", "japan budgett"],
  ["/articles/2025/06/20/Japan_budget.html?from=x#y", "Japan budget"],
  ["/players/japann", "japann"],
  ["/japan/index.html", "japan"],
  ["/%E6%97%A5%E6%9C%AC/", "日本"],
]) {
  const page = await open(shipped.origin + address);
  const first = links(page).first();
  await first.waitFor();
  assert.equal(await box(page).inputValue(), words, address);
  assert.match(await page.locator("#b-results").textContent(), /Japan/, address);
  assert.match(await status(page).textContent(), /^Results: \d+$/);
  assert.ok(await page.evaluate(() => window.moved) < 0.001, `${address} moves`);
  assert.ok(page.url().endsWith(address), "the address stays");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  // What is typed is searched for at once; Enter leads to the search, where results have an address.
  await box(page).fill("nato");
  await page.waitForFunction(() => document.getElementById("b-results").dataset.shown === "nato");
  assert.ok(page.url().endsWith(address));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${shipped.origin}/search/?q=nato`);
  await page.context().close();
}

// An address without words searches for nothing.
for (const address of ["/404.html", "/%20/", "/1234/"]) {
  const page = await open(shipped.origin + address);
  assert.equal(await box(page).inputValue(), "");
  assert.equal(await status(page).textContent(), "");
  await page.context().close();
}

// An address is text.
for (const address of [
  "/%3Cimg%20src=x%20onerror=alert(1)%3E/", "/%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E/", "/%", "/%ff%fe/%E0%A4", "/%00/x",
  "/__proto__/constructor/toString/", "/javascript:alert(1)/", `/${"a".repeat(5000)}/`, `/${"word-".repeat(900)}/`, "//example.org/x", "/..%2f..%2fetc%2fpasswd",
]) {
  const page = await open(shipped.origin + address);
  await page.waitForFunction(() => document.getElementById("b-search-status").textContent || !document.querySelector("main input").value);
  assert.equal(await page.locator("#b-results :is(img, script, svg, iframe)").count(), 0, address);
  assert.ok((await box(page).inputValue()).length <= 200, address);
  for (const href of await links(page).evaluateAll((all) => all.map((link) => link.href))) assert.ok(href.startsWith(`${shipped.origin}/`), href);
  await page.context().close();
}

// In the reader's language, from its own index; the page leads to the others.
for (const [address, lang, found] of [["/ja/articles/%E6%B5%B7/", "ja", "/ja/"], ["/articles/sea-summit/", "en", "/"], ["/ar/articles/x/", "ar", null], ["/jam/", "en", null]]) {
  const page = await open(languages.origin + address);
  assert.equal(await page.locator("html").getAttribute("lang"), lang, address);
  assert.deepEqual(
    await page.locator(".elsewhere [hreflang]").evaluateAll((all) => all.map((link) => link.hreflang)),
    ["en", "ja", "ar"].filter((other) => other !== lang),
  );
  if (found) {
    await links(page).first().waitFor();
    assert.ok((await links(page).first().getAttribute("href")).startsWith(found));
  }
  await page.context().close();
}

// Without script: the box leads to the search, which leads on; and there are the lists.
const plain = await open(`${shipped.origin}/articles/nothing/`, { javaScriptEnabled: false });
assert.ok(await box(plain).isVisible());
assert.equal(await plain.locator("main form").getAttribute("action"), "/search/");
assert.ok((await plain.locator(".elsewhere a").count()) > 3);
assert.equal(await plain.locator("#b-results").textContent(), "");

shipped.close();
languages.close();
await browser.close();
assert.deepEqual(said, []);
console.log("missing: passed");
