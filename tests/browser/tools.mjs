// What a reader takes along from a page, in Chromium: a link to it, to a section, to a sentence; a citation; the system's way
// to share; and the key of the search, which can be switched off.
//
// usage: node tools.mjs SITE_FOLDER SITE_FOLDER_IN_ENGLISH_JAPANESE_ARABIC

import assert from "node:assert/strict";

import { axe, launch, serve } from "./site.mjs";

const browser = await launch();
const shipped = await serve(process.argv[2]);
const languages = await serve(process.argv[3]);
const said = [];
const article = "/articles/allied-spending-push/";

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(url);
  return page;
}

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const status = (page) => page.locator(".tools [role=status]");
async function says(page, text) {
  await page.waitForFunction((text) => document.querySelector(".tools [role=status]").textContent === text, text);
}

{
  const page = await open(shipped.origin + article);
  const canonical = await page.locator("link[rel=canonical]").getAttribute("href");

  // Of the page, by keyboard.
  await page.locator(".tools button[value=link]").focus();
  await page.keyboard.press("Enter");
  await says(page, "Link copied");
  assert.equal(await copied(page), canonical);
  for (const box of await page.locator(".tools button:visible").evaluateAll((all) => all.map((button) => button.getBoundingClientRect().toJSON()))) {
    assert.ok(box.width >= 24 && box.height >= 24);
  }

  // Of a section.
  const heading = page.locator(".text h2 .permalink").first();
  await heading.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".permalink.copied"));
  assert.equal(await copied(page), canonical + (await heading.getAttribute("href")));
  await says(page, "Link copied");

  // A citation, without the words of its button.
  await page.locator(".cite-page summary").click();
  const copy = page.getByRole("button", { name: "Copy APA" });
  await copy.click();
  await says(page, "Citation copied");
  const line = (await page.locator(".cite-page dd").first().textContent()).trim();
  assert.equal(await copied(page), line);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);

  // Nothing on paper.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".tools").isVisible(), false);
  assert.equal(await copy.isVisible(), false);
  await page.context().close();
}

/** Selects from a place in the text of one element to one in another. */
function select([from, start, to, end]) {
  const text = (selector) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    return walker.nextNode();
  };
  getSelection().setBaseAndExtent(text(from), start, text(to), end);
}

// Of what is selected: whole words, of one line or of several, and the browser finds them again.
for (const [range, form] of [
  [[".text > p:nth-of-type(3)", 2, ".text > p:nth-of-type(3)", 30], /^#:~:text=[^,]+$/],
  [[".text > p:nth-of-type(2)", 0, ".text > p:nth-of-type(4)", 9], /^#:~:text=[^,]+,[^,]+$/],
]) {
  const page = await open(shipped.origin + article);
  const button = page.locator(".tools button[value=words]");
  assert.equal(await button.isVisible(), false);
  await page.evaluate(select, range);
  await button.waitFor();
  const box = await button.boundingBox();
  const text = await page.locator(".text").first().boundingBox();
  assert.ok(box.x >= text.x + text.width, "it lies on the text");
  await button.click();
  await says(page, "Link copied");
  const link = new URL(await copied(page));
  const [, fragment] = link.href.split("#");
  assert.match(`#${fragment}`, form);
  const words = fragment.slice(":~:text=".length).split(",").map(decodeURIComponent);
  const shown = (await page.evaluate(() => document.body.innerText)).replace(/\s+/g, " ");
  for (const part of words) assert.ok(shown.includes(part), part);
  const selected = await page.evaluate(() => getSelection().toString());
  assert.ok(selected.startsWith(words[0].slice(0, 10)));
  const other = await open(`${shipped.origin}${article}#${fragment}`);
  await other.waitForFunction(() => scrollY > 0);
  await other.context().close();
  // Nothing is selected: nothing is to be copied.
  await page.evaluate(() => getSelection().removeAllRanges());
  await button.waitFor({ state: "hidden" });
  await page.context().close();
}

// The system's way to share, where it has one.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shared = [];
    Object.defineProperty(navigator, "share", { value: async (what) => window.shared.push(what) });
  });
  await page.goto(`${shipped.origin}/players/japan/`);
  await page.locator(".tools button[value=share]").click();
  const [{ title, url }] = await page.evaluate(() => window.shared);
  assert.match(title, /^Japan/);
  assert.equal(url, await page.locator("link[rel=canonical]").getAttribute("href"));
  await context.close();
  const other = await open(`${shipped.origin}/players/japan/`);
  if (!(await other.evaluate(() => "share" in navigator))) assert.equal(await other.locator(".tools button[value=share]").isVisible(), false);
  await other.context().close();
}

// Without script there is nothing of it; in other languages its words are theirs.
for (const path of [article, "/players/japan/", "/topics/defence-spending/", "/faq/spending-questions/"]) {
  const page = await open(shipped.origin + path, { javaScriptEnabled: false });
  assert.equal(await page.locator(".tools").count(), 1, path);
  assert.equal(await page.locator(".tools").isVisible(), false);
  for (const button of await page.locator(".copy").all()) assert.equal(await button.isVisible(), false);
  await page.context().close();
}
for (const [path, word] of [["/ja/articles/summit/", "リンクをコピー"], ["/ar/articles/summit/", "نسخ الرابط"]]) {
  const page = await open(languages.origin + path);
  assert.equal(await page.locator(".tools button[value=link]").textContent(), word);
  await page.context().close();
}

// The key of the search is switched off where the search is, for all pages, and on again.
{
  const page = await open(`${shipped.origin}/search/`);
  const isFocused = () => page.locator("form[role=search] input[type=search]").first().evaluate((box) => box === document.activeElement);
  const key = page.locator("#b-key");
  assert.ok(await key.isChecked());
  await key.uncheck();
  await page.goto(shipped.origin + article);
  await page.keyboard.press("/");
  assert.equal(await isFocused(), false);
  await page.goto(`${shipped.origin}/search/`);
  assert.equal(await key.isChecked(), false);
  await key.check();
  await page.goto(shipped.origin + article);
  await page.keyboard.press("/");
  assert.ok(await isFocused());
  await page.context().close();
}

// Escape, while a card is on its way, keeps it from opening.
{
  const page = await open(shipped.origin + article);
  let answer;
  await page.route("**/players/united-states/card.json", async (route) => {
    await new Promise((ready) => (answer = ready));
    await route.continue();
  });
  const asked = page.waitForRequest("**/players/united-states/card.json");
  await page.locator('.text a[href="/players/united-states/"]').first().evaluate((link) => link.focus({ focusVisible: true }));
  await asked;
  await page.waitForTimeout(500);
  await page.keyboard.press("Escape");
  const loaded = page.waitForResponse("**/players/united-states/card.json");
  answer();
  await (await loaded).finished();
  await page.evaluate(() => new Promise((ready) => requestAnimationFrame(() => setTimeout(ready))));
  assert.equal(await page.locator("#b-card").count(), 0);
  await page.context().close();
}

shipped.close();
languages.close();
await browser.close();
assert.deepEqual(said, []);
console.log("tools: passed");
