// What the tests in a browser share: a host for a built site, the browser, axe.

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/** A site, and what was asked of it. Where there is nothing, the nearest page for that is the answer, as at hosts. */
export async function serve(site) {
  const asked = [];
  const gone = new Set();
  const missing = (pathname) => {
    for (const folder of pathname.match(/^\/\w+(?=\/)/) ?? []) {
      const own = join(site, folder.slice(0, 20), "404.html");
      if (statSync(own, { throwIfNoEntry: false })) return readFileSync(own);
    }
    return readFileSync(join(site, "404.html"));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    asked.push(pathname);
    try {
      if (gone.has(pathname)) throw new Error("gone");
      let path = join(site, decodeURIComponent(pathname));
      if (statSync(path).isDirectory()) path = join(path, "index.html");
      const content = readFileSync(path);
      const type = types[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
      const isText = /text|json|svg/.test(type) && /gzip/.test(request.headers["accept-encoding"]);
      response.writeHead(200, { "content-type": type, "cache-control": "max-age=31536000", ...(isText && { "content-encoding": "gzip" }) });
      response.end(isText ? gzipSync(content) : content);
    } catch {
      response.writeHead(404, { "content-type": types[".html"] });
      response.end(missing(pathname));
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, gone, close: () => server.close() };
}

export const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => statSync(path, { throwIfNoEntry: false }));

/** The browser that is installed. */
export function launch() {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
}
