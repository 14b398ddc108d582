// Lighthouse, mobile, over the addresses that stand on standard input; one line of JSON a page on standard output.
// One browser serves for all of them (CHROME_PATH); Lighthouse empties its storage before each page.

import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const browser = await launch({
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const number = (audit) => Math.round(audit.numericValue * 1000) / 1000;

for await (const address of createInterface({ input: process.stdin })) {
  const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "error", disableFullPageScreenshot: true });
  const { audits, categories } = lhr;
  const failed = Object.values(categories)
    .flatMap((category) => category.auditRefs)
    .filter((ref) => ref.weight > 0 && audits[ref.id].score !== null && audits[ref.id].score < 0.9)
    .map((ref) => ref.id);
  const page = {
    address,
    scores: Object.values(categories).map((category) => Math.round(category.score * 100)),
    bytes: audits["total-byte-weight"].numericValue,
    requests: audits["network-requests"].details.items.length,
    blocked_ms: number(audits["total-blocking-time"]),
    shift: number(audits["cumulative-layout-shift"]),
    largest_paint_ms: Math.round(audits["largest-contentful-paint"].numericValue),
    failed: [...new Set(failed)],
    error: lhr.runtimeError?.message,
  };
  console.log(JSON.stringify(page));
}
browser.kill();
