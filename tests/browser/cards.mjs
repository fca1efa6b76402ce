// Reads pages with the script of the page in Chromium: cards beside names by pointer and by keyboard, notes of figures, what
// changed since the last visit, the key of the search, and a walk through a site by keyboard alone.
//
// usage: node cards.mjs SITE_FOLDER HOSTILE_SITE_FOLDER

import assert from "node:assert/strict";
import { axe, launch, serve } from "./site.mjs";

const browser = await launch();
const said = [];

async function open(origin, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("dialog", (dialog) => said.push(`a dialog: ${dialog.message()}`));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => request.url().startsWith(origin) || said.push(`asks for ${request.url()}`));
  await page.goto(origin + path);
  return page;
}

const shipped = await serve(process.argv[2]);
const article = "/articles/allied-spending-push/";
const card = (page) => page.locator("#b-card");
const name = (page, href) => page.locator(`.text a[href="${href}"]`).first();

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

// By pointer: not at once, then with the words of the card's file; it stays while the pointer is on it, and goes after that.
{
  const page = await open(shipped.origin, article);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  const loaded = page.waitForResponse("**/players/pete-hegseth/card.json");
  await name(page, "/players/pete-hegseth/").hover();
  await page.clock.runFor(160);
  const file = await (await loaded).json();
  await page.clock.runFor(330);
  assert.equal(await card(page).count(), 0, "a card opens before its time");
  await page.clock.runFor(20);
  await card(page).waitFor();
  assert.equal(await card(page).locator(".card-name").textContent(), file.name.text);
  assert.equal(await card(page).locator(".card-summary").textContent(), file.summary.text);
  assert.equal(await card(page).locator(".card-post").textContent(), file.post.text);
  assert.equal(await card(page).locator(".card-since").textContent(), file.since);
  assert.equal(await name(page, "/players/pete-hegseth/").getAttribute("aria-describedby"), "b-card");
  await card(page).hover();
  await page.clock.runFor(5000);
  assert.equal(await card(page).count(), 1, "the pointer cannot stay on the card");
  await page.mouse.move(2, 2);
  await page.clock.runFor(400);
  assert.equal(await card(page).count(), 0, "the card stays behind");

  // A second look fetches nothing, and Escape closes: it does not open again while the pointer stays.
  const before = shipped.asked.length;
  await name(page, "/players/pete-hegseth/").hover();
  await page.clock.runFor(600);
  await card(page).waitFor();
  assert.equal(shipped.asked.length, before);
  await page.keyboard.press("Escape");
  assert.equal(await card(page).count(), 0);
  await page.clock.runFor(5000);
  assert.equal(await card(page).count(), 0);

  // Who passes over a name asks for nothing.
  await page.mouse.move(2, 2);
  await name(page, "/players/north-korea/").hover();
  await page.clock.runFor(100);
  await page.mouse.move(2, 2);
  await page.clock.runFor(1000);
  assert.ok(!shipped.asked.includes("/players/north-korea/card.json"));

  // A file that is not there opens nothing.
  shipped.gone.add("/players/china/card.json");
  const missing = page.waitForResponse("**/players/china/card.json");
  await name(page, "/players/china/").hover();
  await page.clock.runFor(160);
  await missing;
  await page.clock.runFor(1000);
  assert.equal(await card(page).count(), 0);
  // The browser's own line about the answer is all that is said.
  assert.match(said.splice(0).join("\n"), /^Failed to load resource: .* 404 \(Not Found\)$/);
  await page.context().close();
}

// By keyboard: focus opens, Escape closes and focus stays, the next name closes the last.
{
  const page = await open(shipped.origin, article, { colorScheme: "dark", reducedMotion: "reduce", forcedColors: "active" });
  await name(page, "/players/united-states/").evaluate((link) => link.focus({ focusVisible: true }));
  await card(page).waitFor();
  assert.match(await card(page).textContent(), /United States/);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await card(page).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "/players/united-states/");
  assert.equal(await name(page, "/players/united-states/").getAttribute("aria-describedby"), null);
  await page.keyboard.press("Tab");
  await card(page).waitFor();
  assert.match(await card(page).textContent(), /Pete Hegseth/);
  const box = await card(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 1100, "the card leaves the page");
  await page.emulateMedia({ media: "print" });
  assert.equal(await card(page).isVisible(), false);
  await page.context().close();
}

// By touch: a name is a link.
{
  const page = await open(shipped.origin, article, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  await name(page, "/players/united-states/").tap();
  await page.waitForURL(`${shipped.origin}/players/united-states/`);

  // The note of a figure opens without a script, by touch as by keyboard, and says what it says in its list.
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(shipped.origin, article, { hasTouch: true, isMobile: true, javaScriptEnabled, viewport: { width: 390, height: 800 } });
    const words = page.locator(".text .fact").first();
    await words.tap();
    const note = page.locator(".figure-note:popover-open");
    await note.waitFor();
    assert.ok((await note.textContent()).includes(await words.textContent()));
    const box = await note.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && Math.round(box.y + box.height) <= 800);
    if (javaScriptEnabled) assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
    const button = words.locator("button");
    await button.focus();
    await page.keyboard.press("Enter");
    await note.waitFor();
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
    if (javaScriptEnabled) assert.ok(await button.evaluate((button) => button === document.activeElement));
    await page.context().close();
  }
  await page.context().close();
}

// With the script no page has a word that it has not without.
for (const path of ["/", article, "/articles/us-japan-two-plus-two/", "/players/japan/", "/topics/defence-spending/", "/faq/spending-questions/"]) {
  const texts = [];
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(shipped.origin, path, { javaScriptEnabled });
    // What it unhides are controls.
    texts.push(await page.evaluate(() => (document.querySelectorAll(".tools, .appearance").forEach((one) => one.remove()), document.body.innerText)));
    await page.context().close();
  }
  assert.equal(texts[0], texts[1], path);
}

// What changed since the last visit: nothing at the first, each change once.
{
  const path = "/articles/us-japan-two-plus-two/";
  const page = await open(shipped.origin, path);
  const notice = page.locator(".since-visit");
  assert.equal(await notice.count(), 0);
  const changes = await page.locator(".changes li").count();
  assert.ok(changes > 0);
  const kept = await page.evaluate(() => localStorage.getItem(`read ${location.pathname}`));
  assert.match(kept, new RegExp(`^\\d{4}-\\d\\d-\\d\\d ${changes}$`));
  await page.reload();
  assert.equal(await notice.count(), 0);
  await page.evaluate(() => localStorage.setItem(`read ${location.pathname}`, "2020-05-03 0"));
  await page.reload();
  assert.match(await notice.textContent(), /3 May 2020/);
  const links = notice.locator("a");
  assert.equal(await links.count(), changes);
  const shown = await page.locator("body").textContent();
  for (const line of await notice.locator("p:not(.banner-title)").allTextContents()) {
    for (const word of line.split(/\s+/)) assert.ok(shown.indexOf(word) !== shown.lastIndexOf(word), word);
  }
  assert.deepEqual(await violations(page), []);
  await links.first().click();
  assert.match(page.url(), /#b-(updates|corrections)$/);
  await page.reload();
  assert.equal(await notice.count(), 0);
  await page.evaluate(() => localStorage.setItem(`read ${location.pathname}`, "<img src=x onerror=alert(1)>"));
  await page.reload();
  await page.context().close();

  // Where a browser keeps nothing, nothing is said.
  const closed = await open(shipped.origin, "/");
  await closed.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("off"); } }));
  await closed.goto(shipped.origin + path);
  assert.equal(await closed.locator(".since-visit").count(), 0);
  await closed.context().close();
}

// The key of the search; not while a reader types.
{
  const page = await open(shipped.origin, article);
  const box = page.locator(".site-search input");
  await page.keyboard.press("Control+/");
  assert.equal(await box.evaluate((box) => box === document.activeElement), false);
  await page.keyboard.press("/");
  assert.equal(await box.evaluate((box) => box === document.activeElement), true);
  await page.keyboard.type("a/b");
  assert.equal(await box.inputValue(), "a/b");
  await page.context().close();
}

// From the home page through the search, an article, a card, a player and back, by keyboard alone.
{
  const page = await open(shipped.origin, "/");
  const tab = async (found) => {
    for (let at = 0; at < 120; at += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(found)) return;
    }
    assert.fail(`the keyboard does not reach ${found}`);
  };
  await page.keyboard.press("/");
  await page.keyboard.type("Hague push");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search/?q=*");
  await page.locator("#b-results h3 a").first().waitFor();
  await tab(() => document.activeElement.pathname?.startsWith("/articles/") && document.activeElement.closest("#b-results"));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/articles/**");
  await tab(() => document.activeElement.pathname === "/players/united-states/" && document.activeElement.closest(".text"));
  await card(page).waitFor();
  assert.deepEqual(await violations(page), []);
  const address = page.url();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/players/united-states/");
  await page.goBack();
  await page.waitForURL(address);
  await page.context().close();
}
shipped.close();

// Names and words that an author means ill with are words.
const hostile = await serve(process.argv[3]);
{
  const page = await open(hostile.origin, "/articles/story/");
  for (const link of await page.locator(".text a[href^='/players/']").all()) {
    await link.evaluate((link) => link.focus({ focusVisible: true }));
    await card(page).waitFor();
    assert.equal(await card(page).locator("img, script, b").count(), 0);
    assert.match(await card(page).textContent(), /<img src=x onerror=alert\(1\)>/);
    await page.keyboard.press("Escape");
  }
  await page.evaluate(() => localStorage.setItem(`read ${location.pathname}`, "2020-05-03 0"));
  await page.reload();
  assert.match(await page.locator(".since-visit").textContent(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator(".since-visit img").count(), 0);
  await page.context().close();

  // The card of a player whose page is in another language says so.
  const arabic = await open(hostile.origin, "/ar/articles/story/");
  await arabic.locator(".text a[href='/ar/players/jane/']").first().evaluate((link) => link.focus({ focusVisible: true }));
  await card(arabic).waitFor();
  assert.equal(await card(arabic).getAttribute("lang"), "ar");
  assert.equal(await card(arabic).getAttribute("dir"), "rtl");
  // It begins where the name does, on the right, and so do its words of another direction; no paper has it.
  const ends = async (of) => { const { x, width } = await of.boundingBox(); return Math.round(x + width); };
  assert.equal(await ends(card(arabic)), await ends(name(arabic, "/ar/players/jane/")));
  const english = card(arabic).locator("[dir=ltr]");
  assert.equal(await english.count(), 1);
  assert.equal(await english.evaluate((line) => getComputedStyle(line).textAlign), "end");
  await arabic.emulateMedia({ media: "print" });
  assert.equal(await card(arabic).isVisible(), false);
  await arabic.emulateMedia({ media: "screen" });
  await arabic.locator(".text a[href='/players/tom/']").first().evaluate((link) => link.focus({ focusVisible: true }));
  await arabic.locator("#b-card[lang=en]").waitFor();
  assert.equal(await card(arabic).getAttribute("dir"), "ltr");
  await arabic.context().close();
}
hostile.close();
await browser.close();
assert.deepEqual(said, []);
console.log("cards: passed");
