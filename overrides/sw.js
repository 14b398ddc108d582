// Made by scripts/web/offline.py. Keeps the pages a reader has seen, so that they open without a network.
// The network always comes first: online the site is what it would be without this file, and never stale. Kept are
// pages, what they load, and what was used of the search; not the books and the data. When the assets change, so does
// the version, and what was kept is dropped: no page meets the style or script of another version.
// A reader says no on the page About. To withdraw it from a published site, publish a sw.js that says only
// `registration.unregister();`, as `make serve` does.
{% if serving %}
registration.unregister();
{% else %}
const ROOT = registration.scope;
const PREFIX = `kept ${ROOT} `; // other sites may share the host; offline.js knows the prefix too
const KEPT = PREFIX + "{{ version }}";
const isKept = (path) => /(^|\/)$|^(assets|pagefind)\/|(glossary|search|search-dialog)\.json$/.test(path);

const keep = async () => {
  await registration.navigationPreload?.enable(); // the page is asked for while this worker wakes up
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== KEPT) await caches.delete(name);
  await caches.open(KEPT);
  await clients.claim();
  for (const client of await clients.matchAll()) client.postMessage("took over"); // site.js: keep what it shows, too
};

async function answer(event, address, path) {
  try {
    const fresh = (await event.preloadResponse) ?? (await fetch(event.request));
    // A reader who says no deletes the cache: nothing goes into it after that.
    if (fresh.ok && isKept(path) && (await caches.has(KEPT))) {
      const [cache, copy] = [await caches.open(KEPT), fresh.clone()];
      event.waitUntil(cache.put(address, copy));
    }
    return fresh;
  } catch (error) {
    const kept = await caches.match(address, { cacheName: KEPT });
    if (kept) return kept;
    if (event.request.mode === "navigate" && (await caches.has(KEPT))) return unread(path);
    throw error;
  }
}

// What a reader without a network gets for a page that is not kept: those of its language that are.
const WORDS = {{ words | tojson }};
async function unread(path) {
  const lang = path.startsWith("fr/") ? "fr" : "en";
  const cache = await caches.open(KEPT);
  const pages = [];
  for (const { url } of await cache.keys()) {
    const here = url.slice(ROOT.length);
    if (!/(^|\/)$/.test(here) || here.startsWith("fr/") !== (lang === "fr")) continue;
    const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(await (await cache.match(url)).text())?.[1].replace(/<[^>]*>/g, "");
    if (title) pages.push(`<li><a href="${url}">${title}</a></li>`);
  }
  const words = WORDS[lang];
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; font-src 'self'">
<meta name="viewport" content="width=device-width"><title>${words.offline_title}</title>
<link rel="stylesheet" href="${ROOT}assets/{{ version }}/style.css">
<div class="frame"><main class="text"><h1>${words.offline_title}</h1><p>${words.offline_text}</p>
<ul>${pages.join("")}</ul><p>${words.offline_later}</p></main></div></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(keep()));
addEventListener("message", (event) => event.waitUntil(keep()));
addEventListener("fetch", (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  const path = address.slice(ROOT.length);
  if (event.request.method !== "GET" || !address.startsWith(ROOT)) return;
  if (event.request.mode === "navigate" || isKept(path)) event.respondWith(answer(event, address, path));
});
{% endif %}
