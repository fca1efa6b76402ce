// Opens a site in English, Japanese and Arabic as its readers would: the direction of each page, the choice of
// languages, what is marked as another language, glyphs for every script, and where Japanese lines break.
//
// usage: node languages.mjs SITE_FOLDER

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

const site = process.argv[2];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml" };

let failures = 0;
let checks = 0;
function check(holds, message) {
  checks += 1;
  if (holds) return;
  failures += 1;
  console.log(message);
}

const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    const type = types[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type });
    response.end(readFileSync(path));
  } catch {
    response.writeHead(404);
    response.end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const executablePath = browsers.find((path) => statSync(path, { throwIfNoEntry: false }));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });

const editions = [
  { lang: "en", dir: "ltr", home: "/", sample: "Sea" },
  { lang: "ja", dir: "ltr", home: "/ja/", sample: "日本語" },
  { lang: "ar", dir: "rtl", home: "/ar/", sample: "بحرية" },
];
for (const width of [320, 1280]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  for (const { lang, dir, home, sample } of editions) {
    for (const url of [home, `${home}articles/summit/`, `${home}about/`]) {
      const where = `${url} at ${width}px`;
      await page.goto(origin + url);
      const root = await page.evaluate(() => {
        const { lang, dir } = document.documentElement;
        const { direction } = getComputedStyle(document.body);
        return { lang, dir, direction, width: document.documentElement.scrollWidth };
      });
      check(root.lang === lang, `${where}: lang is ${root.lang}`);
      check(root.dir === dir && root.direction === dir, `${where}: runs ${root.dir}, ${root.direction}`);
      check(root.width <= width, `${where}: ${root.width - width}px too wide`);

      // What the head says to search engines is what readers are offered.
      const offered = await page.$$eval(".languages a", (all) => all.map((a) => a.hreflang));
      const said = await page.$$eval("link[rel=alternate][hreflang]", (all) => all.map((a) => a.hreflang));
      check(offered.join() === "en,ja,ar", `${where}: offers ${offered}`);
      check(said.join() === [...offered, "x-default"].join(), `${where}: says ${said}`);

      // Every link that leaves the language says so, and its text has the direction of its own script.
      const unmarked = await page.evaluate((lang) => {
        const prefix = { en: "/", ja: "/ja/", ar: "/ar/" };
        const of = (path) => (path.startsWith("/ja/") ? "ja" : path.startsWith("/ar/") ? "ar" : "en");
        const all = [...document.querySelectorAll("main a[href^='/'], .site-header nav:not(.languages) a[href^='/']")];
        const pages = all.filter((a) => a.pathname.endsWith("/"));
        return pages.filter((a) => of(a.pathname) !== lang && a.hreflang !== of(a.pathname)).map((a) => a.outerHTML);
      }, lang);
      // What an author writes as a path stays what was written.
      const own = unmarked.filter((html) => !html.includes("英語のまま") && !html.includes("All stories"));
      check(own.length === 0, `${where}: not marked: ${own[0]}`);

      // A font has the script: none of its letters looks like one that no font has.
      const glyphs = await page.evaluate((sample) => {
        const draw = (text) => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 64;
          const context = canvas.getContext("2d");
          context.font = `32px ${getComputedStyle(document.body).fontFamily}`;
          context.fillText(text, 8, 40);
          return canvas.toDataURL();
        };
        const nothing = draw("\u{10fffd}");
        return [...sample].filter((letter) => letter.trim() && draw(letter) === nothing);
      }, sample);
      check(glyphs.length === 0, `${where}: no font has ${glyphs}`);
    }
  }

  // The choice of a language leads to the same page in it.
  await page.goto(`${origin}/articles/summit/`);
  for (const lang of ["ja", "ar", "en"]) {
    await page.click(`.languages a[hreflang=${lang}]`);
    const found = await page.evaluate(() => [document.documentElement.lang, location.pathname]);
    const path = lang === "en" ? "/articles/summit/" : `/${lang}/articles/summit/`;
    check(found.join() === [lang, path].join(), `the choice of ${lang} leads to ${found}`);
  }
  await page.close();
}

// Japanese lines break anywhere but before a closing sign, and fill the measure.
const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
await page.goto(`${origin}/ja/articles/summit/`);
const lines = await page.evaluate(() => {
  const found = [];
  for (const paragraph of document.querySelectorAll("main .text p")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let top = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        if (top === null || box.top > top + box.height / 2) found.push(node.data[at]);
        top = box.top;
      }
    }
  }
  return found;
});
check(lines.length > 3, `a Japanese text of a phone's width has ${lines.length} lines`);
check(!lines.some((first) => "、。」）".includes(first)), `a line begins with ${lines.find((first) => "、。」）".includes(first))}`);
await browser.close();
server.close();

console.log(`${checks} checks, ${failures} failures`);
process.exitCode = failures ? 1 : 0;
