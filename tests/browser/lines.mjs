// Opens every page of a site on phones and a desk, and looks at each line of text: how it begins and ends, whether a word
// is cut, whether anything is wider than the page, and in which direction a text runs. At the end it looks at a page that is
// set badly on purpose, and must find that.
//
// usage: node lines.mjs SITE_FOLDER [PATH_OF_A_PAGE KINDS_OF_FAULTS]...

import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { chromium } from "playwright-core";

const site = process.argv[2];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml" };

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

// In the page: the faults of its lines.
function faultsOfLines() {
  // JIS X 4051 and its Chinese kin: what does not begin a line, and what does not end one.
  const NOT_FIRST = /[、。，．：；！？」』）】〕》〉”’%％…―ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々)\]},.!?:;»]/u;
  const NOT_LAST = /[「『（【〔《〈“‘(\[{«]/u;
  const LETTER = /[\p{L}\p{M}\p{N}]/u;
  const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〇]/u;
  const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

  const width = document.documentElement.clientWidth;
  const faults = [];
  const blockOf = (node) => {
    let at = node.parentElement;
    while (getComputedStyle(at).display === "inline") at = at.parentElement;
    return at;
  };
  // What only assistive technology reads has no lines.
  const isClipped = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).clipPath !== "none") return true;
    }
    return false;
  };
  const wordAround = (text, at) => {
    let [start, end] = [at, at];
    while (start > 0 && !/\s/u.test(text[start - 1])) start -= 1;
    while (end < text.length && !/\s/u.test(text[end])) end += 1;
    return text.slice(start, end);
  };
  const widthOf = (word, element) => {
    const canvas = document.createElement("canvas").getContext("2d");
    // The short form is empty for a style that it cannot say, such as one with tabular figures.
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    return canvas.measureText(word).width;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    // A line of a bibliography mixes languages, and links back have labels that are read.
    if (!node.data.trim() || element.closest("svg, script, style, [lang=mul], .backlinks") || isClipped(element)) continue;
    const block = blockOf(node);
    const style = getComputedStyle(element);
    const lang = element.closest("[lang]").lang;

    const letters = [...node.data].filter((letter) => /\p{L}/u.test(letter));
    const right = letters.filter((letter) => RTL.test(letter)).length;
    // Addresses and acronyms run alike in either direction.
    const isCode = /:\/\//u.test(node.data) || !/\p{Ll}|\p{Lo}/u.test(node.data);
    if (letters.length && right === letters.length && style.direction !== "rtl") faults.push(`runs left to right: ${node.data}`);
    if (letters.length && right === 0 && !isCode && style.direction === "rtl") faults.push(`runs right to left: ${node.data}`);
    if (lang === "de" && style.hyphens !== "auto") faults.push(`de: is not hyphenated: ${node.data}`);

    // A table of a text's own scrolls in its frame, which itself lies within the page.
    const frame = element.closest(".table-scroll")?.getBoundingClientRect();
    if (frame && (frame.left < 0 || frame.right > width)) faults.push("a table leaves the page");

    // Names above the columns of a table run down, in one line.
    if (style.writingMode !== "horizontal-tb") continue;

    for (let at = 0; at < node.length; at += 1) {
      const letter = String.fromCodePoint(node.data.codePointAt(at));
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + letter.length);
      at += letter.length - 1;
      const box = [...range.getClientRects()].find((box) => box.width > 0);
      if (!box || /\s/u.test(letter)) {
        if (last) last.space = true;
        continue;
      }
      if (!frame && (box.left < -0.5 || box.right > width + 0.5)) {
        faults.push(`${lang}: \`${wordAround(node.data, at)}\` leaves the page`);
        break;
      }
      if (last && last.block === block && box.top > last.bottom - 2) {
        const line = `…${last.letter} | ${node.data.slice(at, at + 12)}`;
        if (NOT_FIRST.test(letter)) faults.push(`${lang}: a line begins with \`${letter}\`: ${line}`);
        if (NOT_LAST.test(last.letter)) faults.push(`${lang}: a line ends with \`${last.letter}\`: ${line}`);
        const isWord = LETTER.test(letter) && LETTER.test(last.letter) && !last.space;
        const isDense = DENSE.test(letter) || DENSE.test(last.letter);
        if (isWord && !isDense && last.node === node) {
          const word = wordAround(node.data, at);
          const room = block.clientWidth - parseFloat(getComputedStyle(block).paddingInlineStart);
          const needed = widthOf(word, element);
          if (needed < room * 0.98) faults.push(`${lang}: \`${word}\` is cut (${Math.round(needed)} of ${Math.round(room)}px)`);
        }
      }
      last = { block, node, letter, bottom: box.bottom, space: false };
    }
  }
  const tooWide = document.documentElement.scrollWidth - width;
  if (tooWide > 0) faults.push(`${tooWide}px too wide`);
  return [...new Set(faults)];
}

const pages = files(site).filter((path) => path.endsWith(".html"));
for (const width of [320, 390, 1360]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  for (const path of pages) {
    if (readFileSync(path, "utf8").includes('http-equiv="refresh"')) continue;
    const url = "/" + relative(site, path).split(sep).join("/");
    checks += 1;
    await page.goto(origin + url);
    for (const fault of await page.evaluate(faultsOfLines)) fail(`${url} at ${width}px: ${fault}`);
  }
  await page.close();
}

// With every break allowed, each kind of fault is there to be found.
// The looks that are set badly are the test's own, which the page's policy would forbid.
const page = await browser.newPage({ viewport: { width: 320, height: 900 }, bypassCSP: true });
for (let at = 3; at + 1 < process.argv.length; at += 2) {
  await page.goto(origin + process.argv[at]);
  const anywhere = "* { line-break: anywhere !important; word-break: break-all !important; hyphens: manual !important; }";
  const sideways = "main { inline-size: 200vw; } bdi { direction: ltr !important; }";
  const found = [];
  for (const content of [anywhere, sideways]) {
    await page.addStyleTag({ content });
    // Where a line ends by chance depends on the width.
    for (const width of [320, 337, 354, 371]) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await page.evaluate(faultsOfLines)));
    }
  }
  for (const kind of process.argv[at + 1].split(",")) {
    checks += 1;
    if (!found.some((fault) => fault.includes(kind))) fail(`${process.argv[at]}: set badly, it has no line that ${kind}`);
  }
}
await browser.close();
server.close();

console.log(`${checks} checks, ${failures} failures`);
process.exitCode = failures ? 1 : 0;
