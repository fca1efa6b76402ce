// A reader chooses light or dark: what is chosen holds on the next page before anything is shown, by keyboard too, after going
// back, and where nothing can be kept as long as the page is open. Without script there is no choice to see.
//
// usage: node appearance.mjs SITE_FOLDER

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

const site = process.argv[2];
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2" };
const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://a").pathname));
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  } catch {
    response.writeHead(404);
    response.end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}/`;

let failures = 0;
function expect(what, found, expected) {
  if (found === expected) return;
  failures += 1;
  console.log(`${what}: ${found}, not ${expected}`);
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => statSync(path, { throwIfNoEntry: false }));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
const context = await browser.newContext({ colorScheme: "light" });
const page = await context.newPage();
page.on("pageerror", (error) => expect("an error", error.message, undefined));
// What is in force when the first element that could be shown is there: the style sheet goes by it.
await page.addInitScript(() => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector("main")) return;
    window.first = document.documentElement.dataset.theme;
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
});
const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
const chosen = () => page.evaluate(() => document.querySelector(".appearance :checked").value);

await page.goto(origin);
expect("at first", `${await scheme()} ${await chosen()}`, "light dark auto");
await page.getByRole("radio", { name: "Dark" }).check();
expect("when chosen", await scheme(), "dark");
await page.goto(`${origin}articles/`);
expect("before anything is shown", await page.evaluate(() => window.first), "dark");
expect("on the next page", `${await scheme()} ${await chosen()}`, "dark dark");
await page.getByRole("radio", { name: "Dark" }).focus();
await page.keyboard.press("ArrowLeft");
expect("by keyboard", `${await scheme()} ${await chosen()}`, "light light");
await page.goBack();
await page.waitForFunction(() => document.querySelector(".appearance :checked").value === "light");
expect("after going back", await scheme(), "light");
await page.emulateMedia({ media: "print" });
expect("on paper", await page.evaluate(() => getComputedStyle(document.querySelector(".appearance")).display), "none");
await page.emulateMedia({ media: "screen" });
await page.getByRole("radio", { name: "Automatic" }).check();
expect("what is kept", await page.evaluate(() => localStorage.appearance), "auto");
await page.evaluate(() => (localStorage.appearance = "\"]<img src=x onerror=alert(1)>"));
await page.reload();
expect("when something else is kept", `${await scheme()} ${await chosen()}`, "light dark auto");

const closed = await context.newPage();
await closed.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("off"); } }));
await closed.goto(origin);
await closed.getByRole("radio", { name: "Dark" }).check();
expect("where nothing can be kept", await closed.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");

const without = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await without.goto(origin);
expect("without script", await without.getByRole("radio").count(), 0);

await browser.close();
server.close();
if (failures > 0) process.exit(1);
console.log("a reader's choice of light and dark holds");
