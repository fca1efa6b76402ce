// Opens every page of a built site in Chromium, narrow and wide, light and dark, on paper, in forced colours, with a text
// twice as large: nothing may overflow sideways, nothing may move while fonts arrive, axe may find no violation, the page's own policy none
// either, and nothing may be asked of another host. What is pressed is 24 px large. Then the Nu HTML checker reads every file.
//
// usage: node check.mjs SITE_FOLDER [PAGE ...]: all pages, or some, such as `articles/index.html`

import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const site = process.argv[2];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

let failures = 0;
let checks = 0;
function fail(message) {
  failures += 1;
  console.log(message);
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

function serve(request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  let path = join(site, decodeURIComponent(url.pathname));
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    const type = types[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
    const send = () => {
      response.writeHead(200, { "content-type": type });
      response.end(readFileSync(path));
    };
    // Fonts arrive late, as on a slow line, so that their stand-ins are seen before.
    if (type === "font/woff2") setTimeout(send, 80);
    else send();
  } catch {
    response.writeHead(404);
    response.end();
  }
}

const some = process.argv.slice(3).map((page) => join(site, page));
const pages = some.length ? some : files(site).filter((path) => path.endsWith(".html"));
const server = createServer(serve);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const executablePath = browsers.find((path) => statSync(path, { throwIfNoEntry: false }));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What a page says of itself while it loads: how far its parts moved, and what its policy forbade. */
function watch() {
  window.moved = 0;
  window.forbidden = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  document.addEventListener("securitypolicyviolation", (event) => window.forbidden.push(`${event.violatedDirective} ${event.blockedURI}`));
}

/** What is pressed and smaller than 24 px, but for links in a run of text (WCAG 2.2, 2.5.8). */
function small() {
  const inText = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, td, th, dd, dt, figcaption, caption, h1, h2, h3, h4, h5, h6, blockquote, summary, pre");
    return block !== null;
  };
  return [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((element) => element.getClientRects().length && !element.closest(".unseen, .skip") && !inText(element))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < 23.5 || box.width < 23.5))
    .map(([element, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 90)}`);
}

const modes = [
  { colorScheme: "light", width: 320 },
  { colorScheme: "dark", width: 390, axe: true },
  { colorScheme: "light", width: 768, axe: true },
  { colorScheme: "dark", width: 1024 },
  { colorScheme: "light", width: 1360, axe: true },
  { colorScheme: "light", width: 390, large: true },
  { colorScheme: "light", width: 760, media: "print" },
  { colorScheme: "light", width: 1024, forcedColors: "active" },
];
for (const { colorScheme, width, media, large, forcedColors, axe: asked } of modes) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, forcedColors: forcedColors ?? "none" });
  await page.addInitScript(watch);
  if (media) await page.emulateMedia({ media, colorScheme });
  const mode = [`${width}px`, colorScheme, media, large && "large text", forcedColors && "forced colours"].filter(Boolean).join(", ");
  // A page that is left takes its last requests with it.
  page.on("requestfailed", (request) => request.failure()?.errorText === "net::ERR_ABORTED" || fail(`${request.url()}: not loaded`));
  page.on("request", (request) => request.url().startsWith(origin) || request.url().startsWith("data:") || fail(`${page.url()} asks for ${request.url()}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && fail(`${page.url()}: ${message.text()}`));
  for (const path of pages) {
    const url = "/" + relative(site, path).split(sep).join("/");
    // A redirect leaves at once: there is nothing to look at.
    if (readFileSync(path, "utf8").includes('http-equiv="refresh"')) continue;
    checks += 1;
    await page.goto(origin + url);
    // A reader's own size, as settings of a browser have it.
    if (large) await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await page.evaluate(() => document.fonts.ready);
    const found = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      moved: window.moved,
      forbidden: window.forbidden,
      inline: [...document.scripts].filter((script) => !script.src && script.type !== "application/ld+json").length,
    }));
    if (found.inline > 0) fail(`${url}, ${mode}: a script stands in the page`);
    if (found.wide > 0) fail(`${url}, ${mode}: ${found.wide}px too wide`);
    // Another size of the text moves everything.
    if (!large && found.moved > 0.001) fail(`${url}, ${mode}: moves by ${found.moved}`);
    for (const forbidden of found.forbidden) fail(`${url}, ${mode}: forbidden: ${forbidden}`);
    if (!media) for (const one of await page.evaluate(small)) fail(`${url}, ${mode}: ${one}`);
    if (!asked) continue;
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) fail(`${url}, ${mode}: ${id}: ${help}: ${nodes[0].html}`);
  }
  await page.close();
}
await browser.close();
server.close();

const jar = join(dirname(require.resolve("vnu-jar/package.json")), "build", "dist", "vnu.jar");
const vnu = spawnSync("java", ["-jar", jar, "--format", "gnu", ...pages], { encoding: "utf8" });
checks += pages.length;
if (vnu.error) fail(`the HTML checker did not run: ${vnu.error.message}`);
// It reads files, which have no origin that `'self'` could be: what a policy forbids is seen in the browser, above.
// And it takes JSON-LD, which runs nothing, for a script: that nothing else stands in a page is looked at above, too.
const ofPolicy = /Resource violates Content Security Policy \(meta tag\): (?:\w+ )+“\/|Inline script violates Content Security Policy/u;
for (const line of (vnu.stderr ?? "").split("\n").filter((line) => line && !ofPolicy.test(line))) fail(line);

console.log(`${checks - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
