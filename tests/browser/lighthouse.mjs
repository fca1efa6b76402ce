// Lighthouse on the home page, an article and a player, as on a phone on a slow line: 100 in each category. Performance is
// printed alone: it depends on what else the machine does.
//
// usage: node lighthouse.mjs SITE_FOLDER

import assert from "node:assert/strict";

import { launch as launchChrome } from "chrome-launcher";
import lighthouse from "lighthouse";

import { executablePath, serve } from "./site.mjs";

const site = await serve(process.argv[2]);
const chrome = await launchChrome({ chromePath: executablePath, chromeFlags: ["--headless=new", "--no-sandbox"] });
const low = [];
for (const path of ["/", "/articles/us-japan-two-plus-two/", "/players/japan/"]) {
  const { lhr } = await lighthouse(site.origin + path, { port: chrome.port, logLevel: "error" });
  const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  console.log(path, scores.map((score) => score.join(" ")).join(", "));
  for (const [id, score] of scores.filter(([id, score]) => id !== "performance" && score < 100)) {
    const audits = lhr.categories[id].auditRefs.filter(({ weight }) => weight).map(({ id }) => lhr.audits[id]);
    const lost = audits.filter((audit) => audit.score !== null && audit.score < 1);
    low.push(`${path}: ${id} ${score}: ${lost.map((audit) => `${audit.id} ${audit.displayValue ?? ""} ${JSON.stringify(audit.details?.items?.slice(0, 2) ?? "")}`).join("; ")}`);
  }
}
chrome.kill();
site.close();
assert.deepEqual(low, []);
