// Searches a built site in Chromium: by typing, by address, by keyboard, with filters, with slips, with hostile text.
//
// usage: node search.mjs SITE_FOLDER

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const site = process.argv[2];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript", ".txt": "text/plain; charset=utf-8" };
// As a host that lets pages run their own files alone.
const policy = "default-src 'none'; font-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";
let bytes = 0;
let isDown = false;
const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
  try {
    if (isDown) throw new Error("down");
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    const content = readFileSync(path);
    // The page, its looks and its faces are there without a search.
    if (![".html", ".css", ".svg", ".woff2"].some((end) => path.endsWith(end))) bytes += gzipSync(content).length;
    const type = types[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": policy });
    response.end(content);
  } catch {
    response.writeHead(isDown ? 503 : 404);
    response.end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => statSync(path, { throwIfNoEntry: false }));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
const said = [];
page.on("console", (message) => message.type() === "error" && !isDown && said.push(message.text()));
page.on("dialog", (dialog) => said.push(`a dialog: ${dialog.message()}`));
page.on("pageerror", (error) => said.push(error.message));

const box = () => page.locator("#b-search input[name=q]");
const links = () => page.locator("#b-results h3 a");
const status = () => page.locator("#b-search-status").textContent();
async function finds(query) {
  await box().fill(query);
  await page.waitForFunction((query) => document.getElementById("b-results").dataset.shown === query, query);
  return links().allTextContents();
}

// From the box at the head of any page.
await page.goto(`${origin}/articles/`);
await page.fill(".site-search input", "nato");
await page.keyboard.press("Enter");
await page.waitForURL(`${origin}/search/?q=nato`);
await links().first().waitFor();
assert.equal(await links().first().textContent(), "NATO");
assert.match(await status(), /^Results: \d+$/);
assert.ok(bytes < 40000, `${bytes} bytes`);

// A name with a slip, without its diacritics or by another name; a word that is being typed; a section by its heading.
assert.equal((await finds("Trmup"))[0], "Donald Trump");
assert.equal((await finds("pete hegs"))[0], "Pete Hegseth");
assert.equal((await finds("日本"))[0], "Japan");
await finds("decision of the cabinet 1976");
assert.match(await links().first().getAttribute("href"), /^\/articles\/[^#]+#./);
assert.ok((await page.locator("#b-results mark").allTextContents()).some((text) => text.toLowerCase().includes("cabinet")));
await finds("qqqqqqq");
assert.match(await status(), /qqqqqqq/);
assert.equal(await links().count(), 0);

// Filters, and the address that keeps them.
await finds("japan");
const all = await links().count();
await page.selectOption("#b-search select[name=kind]", "1");
await page.waitForURL(/kind=1/);
await page.waitForFunction(() => document.querySelectorAll("#b-results h2").length === 1);
assert.ok((await links().evaluateAll((all) => all.every((link) => link.pathname.startsWith("/players/")))));
await page.goto(`${origin}/search/?q=japan&year=2025`);
await links().first().waitFor();
assert.ok((await links().count()) <= all);
assert.equal(await box().inputValue(), "japan");

// By keyboard.
await box().focus();
await page.keyboard.press("ArrowDown");
await page.keyboard.press("ArrowDown");
assert.ok(await links().nth(1).evaluate((link) => link === document.activeElement));
await page.keyboard.press("ArrowUp");
await page.keyboard.press("ArrowUp");
assert.ok(await box().evaluate((input) => input === document.activeElement));
await page.keyboard.press("ArrowDown");
await page.keyboard.press("Enter");
await page.waitForURL(/\/(articles|players|facts|topics|faq)\//);

// What is typed is text.
for (const query of ['<img src=x onerror="alert(1)">', "</script><script>alert(1)</script>", "$& $1 {n} {q} \u0000", "__proto__ constructor toString", "../../../etc/passwd", "%", "a".repeat(5000)]) {
  await page.goto(`${origin}/search/?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => document.getElementById("b-search-status").textContent);
  assert.equal(await page.locator("#b-results img, #b-results script").count(), 0);
}

// No violation with results.
await page.goto(`${origin}/search/?q=japan`);
await links().first().waitFor();
await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
const { violations } = await page.evaluate(() => window.axe.run());
assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
assert.deepEqual(said, []);

// A server that is down is said, and forgotten.
isDown = true;
await box().fill("pentagon");
await page.waitForFunction(() => /could not/.test(document.getElementById("b-search-status").textContent));
isDown = false;
await box().fill("pentagon ");
await links().first().waitFor();

// Without script the page leads to the lists.
const plain = await browser.newContext({ javaScriptEnabled: false });
const bare = await plain.newPage();
await bare.goto(`${origin}/search/?q=japan`);
assert.ok(await bare.locator("#b-search-off").isVisible());
assert.ok((await bare.locator(".search-lists a").count()) > 3);
assert.ok(!(await bare.locator("#b-search").isVisible()));

await browser.close();
server.close();
console.log("the search finds what it should");
