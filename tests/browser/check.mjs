// Opens every page of a built site in Chromium, narrow and wide, light and dark: nothing may overflow sideways, and
// axe may find no violation. Then the Nu HTML checker reads every file.
//
// usage: node check.mjs SITE_FOLDER

import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const site = process.argv[2];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml" };

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
    response.writeHead(200, { "content-type": type });
    response.end(readFileSync(path));
  } catch {
    response.writeHead(404);
    response.end();
  }
}

const pages = files(site).filter((path) => path.endsWith(".html"));
const server = createServer(serve);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const executablePath = browsers.find((path) => statSync(path, { throwIfNoEntry: false }));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
for (const [colorScheme, width] of [["light", 360], ["dark", 768], ["light", 1280], ["dark", 1280]]) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on("requestfailed", (request) => fail(`${request.url()}: not loaded`));
  page.on("console", (message) => message.type() === "error" && fail(`${page.url()}: ${message.text()}`));
  for (const path of pages) {
    const url = "/" + relative(site, path).split(sep).join("/");
    // A redirect leaves at once: there is nothing to look at.
    if (readFileSync(path, "utf8").includes('http-equiv="refresh"')) continue;
    checks += 1;
    await page.goto(origin + url);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) fail(`${url} at ${width}px: ${wide}px too wide`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) fail(`${url} at ${width}px, ${colorScheme}: ${id}: ${help}: ${nodes[0].html}`);
  }
  await page.close();
}
await browser.close();
server.close();

const jar = join(dirname(require.resolve("vnu-jar/package.json")), "build", "dist", "vnu.jar");
const vnu = spawnSync("java", ["-jar", jar, "--format", "gnu", ...pages], { encoding: "utf8" });
checks += pages.length;
if (vnu.error) fail(`the HTML checker did not run: ${vnu.error.message}`);
for (const line of (vnu.stderr ?? "").split("\n").filter(Boolean)) fail(line);

console.log(`${checks - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
