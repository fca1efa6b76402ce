// Prints what the search and Pagefind take for the same pages: files and bytes on the host, bytes of a first query with the script
// and ten results, and, for queries with known answers, how high those stand.
//
// usage: node bench.mjs SITE_FOLDER [QUERIES], where Pagefind has written SITE_FOLDER/pagefind. QUERIES has a line for each query:
// the query, a tab, the URLs of the pages that answer it. Without it the titles of the site's own pages are asked for.

import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

const [site, queries] = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".txt": "text/plain; charset=utf-8", ".json": "application/json" };
const sizes = new Map();
let bytes = 0;
const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    const content = readFileSync(path);
    // What Pagefind writes for its index is compressed already.
    if (!sizes.has(path)) sizes.set(path, Math.min(content.length, gzipSync(content).length));
    // The page, its looks and its faces are there without a search.
    if (!/\.(html|css|svg|woff2)$/.test(path)) bytes += sizes.get(path);
    response.writeHead(200, { "content-type": types[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream" });
    response.end(content);
  } catch {
    response.writeHead(404);
    response.end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

function weight(folder, isOurs) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const all = files.map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name)));
  return [files.length, all.reduce((sum, content) => sum + (isOurs ? gzipSync(content).length : Math.min(content.length, gzipSync(content).length)), 0)];
}

function asked() {
  if (queries) return readFileSync(queries, "utf8").split("\n").filter(Boolean).map((line) => [line.split("\t")[0], line.split("\t")[1].split(" ")]);
  const texts = readdirSync(join(site, "search/text")).flatMap((name) => readFileSync(join(site, "search/text", name), "utf8").split("\n\n").map((text) => text.split("\n")[0].split("\t")));
  const step = Math.max(1, Math.floor(texts.length / 100));
  return texts.filter((_, at) => at % step === 0).map(([url, title]) => [title, [url]]);
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });
const find = {
  briefing: async (page, query) => {
    await page.goto(`${origin}/search/?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.getElementById("b-search-status").textContent);
    return page.locator("#b-results h3 a").evaluateAll((links) => links.map((link) => link.pathname));
  },
  Pagefind: async (page, query) => {
    await page.goto(`${origin}/404.html`);
    return page.evaluate(async (query) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const { results } = await pagefind.search(query);
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return shown.map(({ url }) => url);
    }, query);
  },
};
console.log("| | files | on the host | first query, median | 95 % | MRR@10 | in the first ten |\n|---|--:|--:|--:|--:|--:|--:|");
for (const [name, folder] of [["briefing", "search"], ["Pagefind", "pagefind"]]) {
  const taken = [];
  let [sum, found] = [0, 0];
  const all = asked();
  for (const [query, answers] of all) {
    // A browser that has fetched nothing yet.
    const context = await browser.newContext();
    bytes = 0;
    const urls = (await find[name](await context.newPage(), query)).slice(0, 10);
    taken.push(bytes);
    const at = urls.findIndex((url) => answers.includes(url));
    if (at >= 0) [sum, found] = [sum + 1 / (at + 1), found + 1];
    await context.close();
  }
  taken.sort((one, other) => one - other);
  const kilobytes = (number) => `${(number / 1000).toFixed(1)} kB`;
  const [files, size] = weight(join(site, folder), name === "briefing");
  console.log(`| ${name} | ${files} | ${kilobytes(size)} | ${kilobytes(taken[taken.length >> 1])} | ${kilobytes(taken[Math.floor(taken.length * 0.95)])} | ${(sum / all.length).toFixed(3)} | ${((100 * found) / all.length).toFixed(0)} % |`);
}
await browser.close();
server.close();
