// Writes a site while Chromium shows it through `briefing serve`: pages follow the files, what the reader opened and
// typed stays, errors come and go.
//
// usage: node live.mjs BRIEFING

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { chromium } from "playwright-core";

const program = process.argv[2];
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => statSync(path, { throwIfNoEntry: false }));

/** Whoever waits longer waits for nothing. */
const PATIENCE = 20000;

const square = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>\n`;

const paragraphs = Array.from({ length: 60 }, (_, number) => `Paragraph ${number} of a long text.`).join("\n\n");
const article = (title, text) => `---\ntitle: ${title}\npublished: 2025-03-01\nplayers: [japan]\n---\n\n${text}\n`;
const story = (text) => article("A story", `${text}\n\n<details id="more"><summary>More</summary><p>Hidden.</p></details>\n\n<p><input id="note"></p>\n\n${paragraphs}`);

/** A site in a folder of its own. */
class Site {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "briefing-live-"));
    this.write("content/site.yaml", "title: Live\ncontent_trust: trusted\n");
    this.write("content/players/japan.md", "---\nname: Japan\nkind: country\n---\n\nA country.\n");
    this.write("content/articles/story.md", story("The first words."));
    for (let number = 0; number < 12; number += 1) {
      this.write(`content/articles/page-${number}.md`, article(`Page ${number}`, "A text.\n\n![A square](/square.svg)"));
    }
    this.write("static/square.svg", square("red"));
    this.write("static/theme/site.css", "h1 { letter-spacing: 1px; }\n");
    this.write("static/own.css", "body { outline-width: 1px; }\n");
  }

  write(path, text) {
    const place = join(this.folder, path);
    mkdirSync(dirname(place), { recursive: true });
    // As editors do: the file is whole at any time.
    writeFileSync(`${place}.tmp`, text);
    renameSync(`${place}.tmp`, place);
  }

  rename(from, to) {
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  remove(path) {
    rmSync(join(this.folder, path));
  }

  /** Serves it; at a port that is free unless one is given. */
  async serve(port = 0, ...more) {
    const args = ["serve", "--site", this.folder, "--port", String(port), "--today", "2026-01-01", ...more];
    this.server = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    this.said = "";
    this.port = await new Promise((ready, fail) => {
      this.server.stderr.on("data", (text) => {
        this.said += text;
        const found = /serving http:\/\/127\.0\.0\.1:(\d+)\//.exec(this.said);
        if (found) ready(Number(found[1]));
      });
      this.server.on("exit", () => fail(new Error(this.said)));
    });
    this.home = `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    const ended = new Promise((ready) => this.server.on("exit", ready));
    this.server.kill("SIGKILL");
    await ended;
  }

  async end() {
    if (this.server.exitCode === null && this.server.signalCode === null) await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}

const scenarios = {
  async "an edit changes the page and nothing that the reader did"({ site, open }) {
    const page = await open("/articles/story/");
    await page.evaluate(() => {
      window.mark = "here since before";
      document.querySelector("#more").open = true;
      document.querySelector("#note").value = "typed";
      document.querySelector("#note").focus({ preventScroll: true });
      window.scrollTo({ top: 700, behavior: "instant" });
    });
    assert.equal(await page.evaluate(() => window.scrollY), 700);
    site.write("content/articles/story.md", story("The second words."));
    await shows(page, "The second words.");
    const now = await page.evaluate(() => ({
      mark: window.mark,
      open: document.querySelector("#more").open,
      typed: document.querySelector("#note").value,
      focus: document.activeElement.id,
      scroll: window.scrollY,
      scripts: document.querySelectorAll("script[data-briefing-live]").length,
    }));
    assert.deepEqual(now, { mark: "here since before", open: true, typed: "typed", focus: "note", scroll: 700, scripts: 1 });
    site.write("content/articles/story.md", story("The third words.").replace("A story", "Another title"));
    await page.waitForFunction(() => document.title.startsWith("Another title"));
    assert.equal(await page.evaluate(() => window.mark), "here since before");
  },

  async "only pages that changed do anything"({ site, open }) {
    const [one, other] = [await open("/articles/page-1/"), await open("/articles/page-2/")];
    const asked = [];
    other.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const checked = other.evaluate(() => new Promise((ready) => document.addEventListener("briefing:checked", ready, { once: true })));
    site.write("content/articles/page-1.md", article("Page 1", "Other words."));
    await shows(one, "Other words.");
    await checked;
    assert.deepEqual([...new Set(asked)], ["/_briefing/page"]);
  },

  async "errors lie over the page until they are corrected"({ site, open }) {
    const page = await open("/articles/page-3/");
    await page.evaluate(() => (window.mark = 3));
    site.write("content/articles/page-3.md", "---\ntitle: \"<img src=x onerror=alert(1)>\nplayers: [japan\n---\n\nA text.\n");
    const overlay = page.locator("briefing-live .overlay");
    await overlay.getByText("content/articles/page-3.md").first().waitFor();
    await overlay.getByText("<img src=x onerror=alert(1)>").first().waitFor();
    assert.equal(await page.locator("briefing-live img").count(), 0);
    await page.locator("briefing-live .badge.bad").waitFor();
    // Whoever loads it again sees the same, and the page comes back by itself.
    const again = await open("/articles/page-3/", 500);
    await again.getByRole("heading", { name: "content/articles/page-3.md has errors" }).waitFor();
    assert.equal(await again.locator("img").count(), 0);
    site.write("content/articles/page-3.md", article("Page 3", "It is repaired."));
    await shows(page, "It is repaired.");
    await overlay.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => window.mark), 3);
    await shows(again, "It is repaired.");
    await again.locator("header").first().waitFor();
  },

  async "a broken template leaves the pages as they were, under a badge"({ site, open }) {
    const page = await open("/articles/page-1/");
    const before = await page.locator("h1").first().textContent();
    site.write("templates/article.html", "{% if %}");
    await page.locator("briefing-live .badge.bad", { hasText: "old pages" }).waitFor();
    const again = await open("/articles/page-1/");
    assert.equal(await again.locator("h1").first().textContent(), before);
    site.remove("templates/article.html");
    await page.locator("briefing-live .badge:not(.bad)").waitFor();
  },

  async "a page that went says so and where it is now"({ site, open }) {
    const page = await open("/articles/page-4/");
    site.rename("content/articles/page-4.md", "content/articles/moved.md");
    const gone = page.locator("briefing-live .gone");
    await gone.getByRole("link", { name: "Page 4" }).waitFor();
    assert.equal(await gone.getByRole("link").getAttribute("href"), "/articles/moved/");
    const other = await open("/articles/page-5/");
    site.remove("content/articles/page-5.md");
    await other.locator("briefing-live .gone").getByText("no longer there").waitFor();
    assert.equal((await other.context().request.get(`${site.home}/articles/page-5/`)).status(), 404);
    site.write("content/articles/page-5.md", article("Page 5", "It is back."));
    await shows(other, "It is back.");
    await other.locator("briefing-live .gone").waitFor({ state: "hidden" });
  },

  async "styles and pictures change in place"({ site, open }) {
    const page = await open("/articles/page-6/");
    await page.evaluate(() => (window.mark = 6));
    site.write("static/theme/site.css", "h1 { letter-spacing: 7px; }\n");
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 2);
    site.write("static/square.svg", square("lime").replaceAll("40", "77"));
    await page.waitForFunction(() => document.querySelector("img[alt='A square']").naturalWidth === 77);
    // The next edit keeps them.
    site.write("content/articles/page-6.md", article("Page 6", "Newer.\n\n![A square](/square.svg)"));
    await shows(page, "Newer.");
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).letterSpacing), "7px");
    assert.equal(await page.evaluate(() => window.mark), 6);
  },

  async "twelve tabs share one stream"({ site, open, context }) {
    let streams = 0;
    const count = (request) => {
      if (request.url().includes("/_briefing/events")) streams += 1;
    };
    context.on("request", count);
    const tabs = [];
    for (let number = 0; number < 12; number += 1) tabs.push(await open(`/players/japan/?${number}`));
    site.write("content/players/japan.md", "---\nname: Japan\nkind: country\n---\n\nAn island country.\n");
    await Promise.all(tabs.map((tab) => shows(tab, "An island country.")));
    assert.equal(streams, 1);
    // Another one listens when the first goes.
    await tabs[0].close();
    await waitUntil(() => streams === 2);
    site.write("content/players/japan.md", "---\nname: Japan\nkind: country\n---\n\nStill an island country.\n");
    await Promise.all(tabs.slice(1).map((tab) => shows(tab, "Still an island country.")));
    assert.equal(streams, 2);
    context.off("request", count);
  },

  async "a server that was killed and started again is found"({ site, open }) {
    const page = await open("/articles/story/");
    await page.evaluate(() => (window.mark = "still"));
    await site.stop();
    await page.locator("briefing-live .badge.bad", { hasText: "no server" }).waitFor();
    site.write("content/articles/story.md", story("Written meanwhile."));
    await site.serve(site.port);
    await shows(page, "Written meanwhile.");
    site.write("content/articles/story.md", story("Written after."));
    await shows(page, "Written after.");
    assert.equal(await page.evaluate(() => window.mark), "still");
    await page.locator("briefing-live .badge:not(.bad)").waitFor();
  },

  async "the badge counts and the panel tells"({ site, open }) {
    const page = await open("/articles/story/");
    site.write("content/articles/page-7.md", article("Page 7", "See [[japn]] and [this](/nowhere/). [[story]]"));
    await page.locator("briefing-live .badge.bad", { hasText: "2 errors" }).waitFor();
    await page.locator("briefing-live .badge").click();
    const panel = page.locator("briefing-live .panel");
    await panel.getByText("Every page was looked over.").waitFor();
    await panel.getByText("did you mean `japan`").first().waitFor();
    await panel.getByText("dead-link").first().waitFor();
    assert.match(await panel.locator("p").first().textContent(), /^content\/articles\/story\.md, 3\d\d words$/);
    await panel.getByRole("link", { name: "Japan" }).waitFor();
    await panel.getByRole("link", { name: "Page 7" }).waitFor();
    const editor = await panel.getByRole("link", { name: "content/articles/story.md" }).getAttribute("href");
    assert.equal(editor, `editor://open?file=${site.folder}/content/articles/story.md&line=1`);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    site.write("content/articles/page-7.md", article("Page 7", "See [[japan]]."));
    await page.locator("briefing-live .badge:not(.bad)").waitFor();
  },

  async "drafts and scheduled pages have a ribbon"({ site, open }) {
    site.write("content/articles/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\nNot yet.\n");
    site.write("content/articles/later.md", article("Later", "Soon.").replace("2025-03-01", "2026-05-01"));
    await open("/articles/draft/").then((page) => page.locator("briefing-live .ribbon", { hasText: "draft" }).waitFor());
    await open("/articles/later/").then((page) => page.locator("briefing-live .ribbon", { hasText: "scheduled for 2026-05-01" }).waitFor());
    const page = await open("/articles/page-1/");
    assert.equal(await page.locator("briefing-live .ribbon").isVisible(), false);
  },

  async "a tab may follow what is saved"({ site, open }) {
    const page = await open("/articles/story/");
    await page.bringToFront();
    await page.locator("briefing-live .badge").click();
    await page.getByLabel("go to the page that I just saved").check();
    site.write("content/articles/page-8.md", article("Page 8", "Just saved."));
    await page.waitForURL(`${site.home}/articles/page-8/`);
    await shows(page, "Just saved.");
  },

  async "without fitting pages in, they are loaded again"({ site, open }) {
    await site.stop();
    await site.serve(0, "--no-morph");
    const page = await open("/articles/story/");
    await page.evaluate(() => (window.mark = 1));
    site.write("content/articles/story.md", story("Loaded again."));
    await shows(page, "Loaded again.");
    assert.equal(await page.evaluate(() => window.mark), undefined);
  },
};

/** Waits until a page shows a text. */
function shows(page, text) {
  return page.waitForFunction((text) => document.body?.textContent.includes(text), text);
}

async function waitUntil(is) {
  const start = Date.now();
  while (!is()) {
    assert.ok(Date.now() - start < PATIENCE, `waited for ${is}`);
    await new Promise((ready) => setTimeout(ready, 20));
  }
}

const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"];
const browser = await chromium.launch({ executablePath, args });
let failures = 0;
const wanted = process.argv[3];
for (const [name, scenario] of Object.entries(scenarios)) {
  if (wanted && !name.includes(wanted)) continue;
  const site = new Site();
  await site.serve(0, "--editor", "editor://open?file={path}&line={line}");
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const wrong = [];
  context.on("weberror", (error) => wrong.push(String(error.error())));
  context.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) wrong.push(message.text());
  });
  /** Opens a page and waits until it listens or is told what others hear. */
  const open = async (path, status = 200) => {
    const page = await context.newPage();
    const response = await page.goto(site.home + path);
    assert.equal(response.status(), status, path);
    await page.locator("briefing-live .badge").waitFor();
    return page;
  };
  try {
    await scenario({ site, open, context });
    assert.deepEqual(wrong, []);
    console.log(`ok: ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED: ${name}\n${error.stack}\n${wrong.join("\n")}\n${site.said}`);
  }
  await context.close();
  await site.end();
}
await browser.close();
console.log(`${Object.keys(scenarios).length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
