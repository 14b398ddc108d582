// The search: first what a query finds, which the finder asks too (`ready`, `find`, `pagesWith`), then the dialog
// (overrides/search.html, with its words). It asks Pagefind's index of the page's language, and what
// scripts/web/search_answers.py knows besides (data/search.json). Both are loaded at the first use.

import { answersTo, bare, begun, nearest, plain } from "./search-words.js";

const lang = document.documentElement.lang;
const root = new URL("../../", import.meta.url);
const version = import.meta.url.split("/").at(-2); // the folder of this script is named by what the assets hold
const MOST = 12; // results shown
const PAGES = 300; // so many there are, about: a word that few of them have says more
const FEW = 6; // pages that have a word; with fewer, words that mean the same are looked for too
const LEAST = 0.4; // of what the words of a query say, a page must have
// The index is made from text folded in the same way (scripts/web/search_index.py).
export const fold = (text) =>
  text.replaceAll("’", "'").replaceAll("œ", "oe").replaceAll("Œ", "Oe").replaceAll("æ", "ae").replace(/[\u202f\u00a0]/g, " ");

// The text of the index as it is printed: of the words with oe, those in oeu- and oeil have œ; no line ends within 50 000
// or before a sign of French.
const unfold = (text) =>
  text
    .replace(/(?<=\d)'(?=\d{3})/g, "\u202f")
    .replaceAll("'", "’")
    .replace(/oe(?=u|il)/g, "œ")
    .replace(/Oe(?=u|il)/g, "Œ")
    .replace(/(?<=«) | (?=[»;:?!%])/g, "\u00a0");

// A query without the small words of a question (how much does it cost, peut-on, a-t-elle), unless it has no others.
function withoutSmallWords(query, small) {
  const words = query.split(/\s+/);
  const alone = (word) => word.toLowerCase().replace(/[?!.,;:]+$/, "").replace(/-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)$/, "");
  const others = words.filter((word) => !small.has(alone(word)));
  return (others.some((word) => /\p{L}|\p{N}/u.test(word)) ? others : words).join(" ");
}

const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\S)/giu;
const HOW_MUCH = /\bhow much\b|\bcombien\b(?! d[e'])/gi;
const NUMBER = /(?<!\d)\d{1,3}(?:[ ,.']\d{3})+(?!\d)/g; // 50 000, 50,000: asked for as 50000

// A query as the index is asked. Pagefind stems words and completes them, but looks for l'évaluation as it stands, and
// takes these plurals for words of their own: without its elision, and in the singular, a word finds all its forms.
// L1511-3 is the article that pages call L. 1511-3. Who asks how much asks for the cost.
const queryForIndex = (query, small) =>
  withoutSmallWords(fold(query).replace(HOW_MUCH, lang === "en" ? "cost" : "coût").replace(ELISION, ""), small)
    .replace(NUMBER, (number) => number.replace(/\D/g, ""))
    .replace(/(lieu|jeu)x\b/gi, "$1")
    .replace(/([ée]lu)s\b/gi, "$1")
    .replace(/\b(metropolis)es\b/gi, "$1")
    .replace(/\bco-(?=operat)/gi, "co")
    .replace(/\b([dlr])\.?\s?(?=\d{3,4}-\d)/gi, "$1. ");

// A word, or the number of an article; and with what stands before this.
const WORD = /\p{L}{2,}|(?<!\d)\d{3,4}(?:-\d{1,3})+(?!\d)/gu;
const WORD_OR_ARTICLE = new RegExp(`(?:\\barticles? )?(?:\\b[dlr]\\. )?(?:${WORD.source})`, "giu");

let pagefind;
let loading;
let known; // of data/search.json: small words, answers with their words, what no page is about, the words of the pages, those and the answers'

export const ready = () =>
  (loading ??= loadIndex().catch((error) => {
    loading = undefined; // to be asked for again
    throw error;
  }));

async function loadIndex() {
  const name = lang === "en" ? "data/search.json" : `${lang}/data/search.json`;
  const [index, answer] = await Promise.all([
    import(new URL("pagefind/pagefind.js", root).href),
    fetch(new URL(`${name}?v=${version}`, root)),
  ]);
  const { small, same, answers, words, absent } = await answer.json();
  const few = new Set(small.map(fold));
  for (const one of answers) {
    one.words = one.asked.map((words) => [...new Set(plain(queryForIndex(words, few)))]).filter((words) => words.length);
    one.names = one.asked.map((words) => bare(fold(words)));
  }
  await index.destroy(); // a part that could not be loaded before is asked for again
  await index.options({ baseUrl: "/", excerptLength: 24, highlightParam: null });
  await index.filters(); // so that results come with their counts
  const read = (text, rare) => [...new Set(text.match(WORD))].map((word) => [bare(word), word, rare]);
  const pages = words.flatMap(read);
  const groups = new Map(); // the words that mean the same, by the stem of each
  for (const group of same.map((words) => words.map((word) => word.replaceAll("-", " ")))) {
    for (const word of group) groups.set(plain(word).join(" "), [...(groups.get(plain(word).join(" ")) ?? []), ...group]);
  }
  const ofAnswers = read(fold(answers.flatMap((one) => one.asked).join(" ")), 1);
  const spelt = absent.map((name) => name.replace(/[ -]/g, "[ -]").replace(/[À-ÿ]/g, "."));
  const ofAbsent = new RegExp(`(?<![\\p{L}\\d-])(?:[dl]')?(${spelt.join("|") || "(?!)"})(?![\\p{L}\\d-])`, "giu");
  known = { small: few, answers, groups, absent: ofAbsent, pages, words: [...pages, ...ofAnswers] };
  pagefind = index;
}

// A query as the index is asked, and what was changed in it: what no page is about, words and articles that neither pages
// nor answers have: left out, or the nearest word instead. Of another ending alone (finançable, finance) nothing is said.
function understood(query) {
  const changes = { near: [], without: [], absent: [] };
  const rest = fold(query.slice(0, 200)).replace(known.absent, (_, name) => (changes.absent.push(name), ""));
  const better = queryForIndex(rest, known.small).replace(WORD_OR_ARTICLE, (word) => {
    const group = known.groups.get(plain(word)[0]);
    const isKnown = [bare(word), ...plain(word)].some((form) => begun(form, known.words));
    const near = group ? (isKnown ? word : (group.find(pagesHave) ?? word)) : nearest(word, known.words, lang);
    if (!near) changes.without.push(word);
    else if (!bare(word).startsWith(bare(near))) changes.near.push([word, near]);
    return near;
  });
  return [better, changes];
}

// Whether pages have a word, or one that begins with it. For another, Pagefind takes what has its first letters: re, for
// refugees.
const pagesHave = (word) => (bare(word).match(/\p{L}{2,}/gu) ?? []).every((part) => begun(part, known.pages));

// Whether the site can be reached: the service worker, which answers from what it keeps, lets this request through.
const siteIsReached = () => fetch(root, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

// A letter alone is no word, unless there is no other.
const wordsOf = (text) => [...new Set(text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]+|\p{N}/gu) ?? text.match(/\p{L}/gu) ?? [])];

// What a query finds: answers, then pages of the index, each with its address, and what was changed in the query;
// `offline` where parts of the index are missing; `loose` where no section found has two of its words. Null where a later
// query has come between. Wait until it is `ready`.
export async function find(query, filters = {}, wait = 0) {
  const [text, changes] = understood(query);
  const words = wordsOf(text);
  const held = words.filter(pagesHave).join(" ");
  const found = held ? await pagefind.debouncedSearch(held, { filters }, wait) : { results: [], filters: {} };
  if (!found) return null;
  const same = (word) => (known.groups.get(word) ?? []).map(plain).flatMap((words) => (words.length === 1 ? words : []));
  const stems = [...new Set(plain(text))];
  const [answers, best] = Object.keys(filters).length ? [[], 1] : answersTo(stems, bare(fold(query.trim())), known.answers, same);
  const [ranked, unknown] = await rankPages(words, found, filters);
  const loaded = await Promise.allSettled(ranked.slice(0, MOST).map(pageWithSections));
  const pages = loaded.flatMap(({ value }) => value ?? []);
  const lost = loaded.find(({ reason }) => reason);
  const offline = Boolean(lost || unknown) && !(await siteIsReached());
  if (lost && !offline) throw lost.reason;
  if (offline) addEventListener("online", () => (loading = undefined), { once: true });
  const results = inOrder(answers, best, pages, stems);
  const count = results.length + (offline ? 0 : ranked.length - pages.length); // with those that are not loaded
  const loose = !offline && best < 0.5 && words.length > 1 && pages.length === ranked.length && pages.every(({ most }) => most < 2);
  return { results: results.slice(0, MOST), count, offline, loose, filters: found.filters, ...changes };
}

// Answers, of which the best has a share of the query, and pages, as results in their order. An answer with half of the
// query comes first, one with less behind the two best pages. Of a place and a subject (Lille housing), a case of that place
// comes before them, where it is the best page.
function inOrder(answers, share, pages, stems) {
  const answered = new Set(answers.map(({ url }) => url));
  const isGood = share >= 0.5;
  const all = pages.map((page) => asResult(page, isGood ? answered : new Set()));
  const results = all.filter(({ url }) => !answered.has(url));
  const withSections = answers.map((answer) => ({ ...all.find(({ url }) => url === answer.url), excerpt: "", ...answer }));
  const place = known.answers.find(({ url, title }) => url.includes("territories/") && results[0]?.facts.includes(` · ${fold(title)} · `));
  const isNamed = place?.words.some((name) => name.every((word) => stems.includes(word)));
  const isOfPlace = isNamed && stems.some((word) => !place.words.flat().includes(word));
  results.splice(!isGood ? 2 : isOfPlace ? 1 : 0, 0, ...withSections);
  return results;
}

// Pages that have most of the words come first, rare words counting for more: Pagefind alone wants them all, and finds
// long pages only. Each page with its hits: of all the words together, where it has them, and of each. Then whether the
// index has nothing on a word: those that it does not know were mended before, so a part of it may be missing.
async function rankPages(words, whole, filters) {
  const pages = new Map();
  const pageOf = (hit) => pages.get(hit.id) ?? pages.set(hit.id, { each: [], score: 0, has: 0 }).get(hit.id);
  let sum = 0;
  let unknown = false;
  for (const word of words) {
    const results = await hitsOfWord(word, filters);
    unknown ||= /\D/.test(word) && pagesHave(word) && !results.length;
    if (!results.length) continue;
    const rare = Math.log(1 + PAGES / results.length);
    sum += rare;
    for (const hit of results) {
      const page = pageOf(hit);
      page.each.push([hit, rare]);
      page.has += rare;
      page.score += (rare * hit.score) / Math.max(...results.map(({ score }) => score));
    }
  }
  for (const hit of whole.results) pageOf(hit).all = hit;
  for (const page of pages.values()) page.score *= page.has / sum;
  return [[...pages.values()].filter((page) => page.has / sum > LEAST).sort((a, b) => b.score - a.score), unknown];
}

// The pages that have a word; where there are few, those besides that have another of the same meaning. Of a number
// Pagefind takes the beginning too (1070 for 107), unless it is quoted: then it ranks by nothing.
async function hitsOfWord(word, filters) {
  const hitsOf = async (text) => (await pagefind.search(text, { filters })).results;
  const own = pagesHave(word) ? await hitsOf(word) : [];
  const whole = /^\d+$/.test(word) && (await hitsOf(`"${word}"`)).map(({ id }) => id);
  if (whole) return own.filter(({ id }) => whole.includes(id));
  if (own.length >= FEW) return own;
  const found = new Map();
  for (const other of new Set(known.groups.get(plain(word)[0])?.filter(pagesHave))) {
    for (const hit of await hitsOf(other)) if (!(found.get(hit.id)?.score > hit.score)) found.set(hit.id, hit);
  }
  return [...new Map([...found, ...own.map((hit) => [hit.id, hit])]).values()];
}

// A page with the best sections of all its hits: those that have most of the words.
async function pageWithSections({ all, each }) {
  const data = [];
  for (const [hit] of each) data.push({ ...(await hit.data()) }); // Pagefind changes the same object for each hit
  const whole = all ? await all.data() : data[0];
  const sections = new Map();
  const hits = data.flatMap(({ sub_results }) => sub_results.map(({ url }) => url));
  const most = Math.max(...hits.map((url) => hits.filter((other) => other === url).length)); // words in one section
  data.forEach(({ sub_results }, i) => {
    for (const section of sub_results.filter(({ anchor }) => anchor)) {
      const one = sections.get(section.url) ?? sections.set(section.url, { ...section, weight: 0, best: 0 }).get(section.url);
      const by = weightOf(section);
      const own = (each[i][1] * by) / (by + 4);
      one.weight += own;
      if (own > one.best) [one.best, one.excerpt] = [own, section.excerpt];
    }
  });
  for (const section of whole.sub_results ?? []) if (sections.has(section.url)) sections.get(section.url).excerpt = section.excerpt;
  return { most, url: whole.url, meta: whole.meta, excerpt: whole.excerpt, sections: [...sections.values()].sort((a, b) => b.weight - a.weight) };
}

// For the finder: each word of a query, as the index is asked for it, with the section that says most of it on each page of
// the kind, by the last part of its address. Wait until it is `ready`.
export async function pagesWith(query, filters) {
  const [text, { without, absent }] = understood(query);
  const told = new Map([...absent, ...without].map((word) => [word, new Map()]));
  for (const word of wordsOf(text)) {
    const pages = await Promise.all((await hitsOfWord(word, filters)).map((hit) => pageWithSections({ each: [[hit, 1]] })));
    const best = pages.map((page) => asResult(page, new Set()));
    told.set(word, new Map(best.map(({ url, excerpt, sections: [section] }) => [url.split("/").at(-2), section ?? { title: "", excerpt }])));
  }
  return told;
}

// How much of the query a section holds: a word of its heading counts as ten of its text.
function weightOf({ anchor, locations, title }) {
  const heading = anchor.location + title.trim().split(/\s+/).length;
  return locations.reduce((sum, place) => sum + (place < heading ? 10 : 1), 0);
}

// A page of the index in the shape of an answer, with its best sections that are not `given` already. It shows an
// excerpt of its own where none does.
function asResult({ url, meta, excerpt, sections: all }, given) {
  const sections = all
    .map(({ url, title, excerpt }) => ({ url: url.slice(1), title: title.trim(), excerpt }))
    .filter(({ url }) => !given.has(url))
    .slice(0, 3);
  return { url: (meta.url ?? url).slice(1), title: meta.title, facts: meta.facts, excerpt: sections.length ? "" : excerpt, sections };
}

// ---------------------------------------------------------------- the dialog

let dialog;
let turns = 0;
let latest; // the search under way, or the last one
let hint; // what the dialog says before anything is typed

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

// Pagefind marks hits with <mark>; the rest of an excerpt is text. Its entities are resolved by the parser,
// in a document that runs nothing, and only text and marks are taken over. The title, or its end, where it begins with
// that, is said already.
export function excerptOf(html, title) {
  const line = element("span", { className: "excerpt" });
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const words = title.split(" ");
  const ends = words.map((_, start) => words.slice(start).join(" "));
  let said = (ends.find((end) => body.textContent.startsWith(`${end}.`))?.length ?? -1) + 1;
  for (const node of body.childNodes) {
    let text = unfold(node.textContent.slice(said)).replace(/ (?=[.,)])/g, ""); // where a note stood
    if (!line.hasChildNodes()) text = text.replace(/^[\s.,;:·)?!»”]+/, ""); // the end of what stands before
    said = Math.max(0, said - node.textContent.length);
    if (!text) continue;
    line.append(node.nodeName === "MARK" ? element("mark", { textContent: text }) : text);
  }
  if (/^\p{Ll}/u.test(line.textContent)) line.prepend("… ");
  if (!/[.!?…][)»”]?\s*$/.test(line.textContent)) line.append(" …");
  return line;
}

function itemOf({ url, title, facts, text, excerpt, sections = [] }) {
  const link = element("a", { href: new URL(url, root).href }, element("strong", { textContent: unfold(title) }));
  if (facts) link.append(" ", element("span", { className: "is", textContent: unfold(facts) }));
  if (text) link.append(element("span", { className: "excerpt", textContent: text }));
  if (excerpt) link.append(excerptOf(excerpt, title));
  const item = element("li", {}, link);
  if (sections.length) item.append(element("ol", {}, ...sections.map(itemOf)));
  return item;
}

// The choices that narrow a search, each option with the number of results it would leave; what is chosen stays, and
// stands beside the words that unfold them.
function showFilters(filters, totals) {
  for (const select of filters) {
    const chosen = select.value;
    const counts = { ...(chosen && { [chosen]: 0 }), ...totals[select.name] };
    const options = Object.entries(counts).filter(([value, count]) => count > 0 || value === chosen);
    select.replaceChildren(
      new Option(select.dataset.all, ""),
      ...options.map(([value, count]) => new Option(`${unfold(value)} (${count})`, value)),
    );
    select.value = chosen;
    select.parentElement.hidden = options.length === 0;
  }
  const narrow = filters[0].closest("details");
  narrow.hidden = !narrow.querySelector("label:not([hidden])");
  const summary = narrow.querySelector("summary");
  summary.textContent = [summary.dataset.words, ...filters.map(({ value }) => unfold(value))].filter(Boolean).join(" · ");
}

// What was found, in words: what was changed in the query, then how many pages.
function sayFound(words, found, query, narrowed) {
  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
  const parts = found.offline ? [say("offline")] : [];
  if (found.absent.length) parts.push(say("absent", { word: found.absent.join(", ") }));
  if (!found.count && (narrowed || !parts.length || found.offline)) parts.push(say(narrowed ? "narrowed" : "none", { query }));
  if (!found.count) return parts.join(" ");
  if (found.near.length) {
    const [word, near] = [0, 1].map((i) => found.near.map((pair) => pair[i]).join(", "));
    parts.push(say("near", { word, near }));
  }
  if (found.without.length) parts.push(say("without", { word: found.without.join(", ") }));
  else if (found.loose) parts.push(say("loose"));
  parts.push(say(found.count === 1 ? "one" : "some", found) + (found.count > MOST ? say("first", { most: MOST }) : ""));
  return parts.join(" ");
}

async function runSearch(query, filters, said, list, offers) {
  const turn = ++turns;
  if (!query.trim()) {
    list.replaceChildren();
    offers.hidden = true;
    said.textContent = hint;
    for (const select of filters) select.value = "";
    showFilters(filters, {});
    return;
  }
  try {
    const chosen = Object.fromEntries(filters.filter((f) => f.value).map((f) => [f.name, f.value]));
    if (!known) said.textContent = said.dataset.loading;
    await ready();
    if (turn !== turns) return; // while it was loaded, more was typed: to ask now would put aside what is asked there
    const found = await find(query, chosen, 150);
    if (found === null || turn !== turns) return;
    const narrowed = Object.keys(chosen).length > 0;
    list.replaceChildren(...found.results.map(itemOf));
    dialog.scrollTop = 0;
    offers.hidden = found.count > 0 || narrowed;
    showFilters(filters, found.filters);
    said.textContent = sayFound(said.dataset, found, query, narrowed);
  } catch {
    if (turn !== turns) return;
    list.replaceChildren();
    offers.hidden = false;
    said.textContent = said.dataset.failed;
  }
}

// The choice to switch the key off, kept in this browser; none where nothing can be kept.
function offerKeyChoice(label) {
  const box = label.querySelector("input");
  try {
    box.checked = localStorage.getItem("search-key") !== "off";
  } catch {
    label.remove();
    return;
  }
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem("search-key") : localStorage.setItem("search-key", "off")));
}

function buildDialog(opener, html) {
  document.body.insertAdjacentHTML("beforeend", html);
  dialog = document.body.lastElementChild;
  for (const link of dialog.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), root);
  const [form, input, close, said, list, offers] = ["form", "input", "button", ".said", "ol", ".offers"].map((name) => dialog.querySelector(name));
  const filters = [...dialog.querySelectorAll("select")];
  if (matchMedia("(hover: none)").matches) said.textContent = said.dataset.touch; // no keys to speak of
  hint = said.textContent;
  const again = () => (latest = runSearch(input.value, filters, said, list, offers));
  for (const select of filters) select.addEventListener("change", again);
  offerKeyChoice(dialog.querySelector(".key"));

  input.addEventListener("input", again);
  // Enter opens the first result, also before it is there.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await latest;
    list.querySelector("a")?.click();
  });
  close.addEventListener("click", () => dialog.close(""));
  // The browser gives the focus back to where it was; where it was nowhere, the button takes it. A result keeps it.
  dialog.addEventListener("close", () => {
    const focused = document.activeElement;
    if (dialog.returnValue !== "result" && (focused === document.body || dialog.contains(focused))) opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("a")) dialog.close("result");
    else if (event.target === dialog) dialog.close("");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // a search field with a text would only empty itself
      dialog.close("");
    }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target.matches("select")) return;
    event.preventDefault();
    const stops = [input, ...dialog.querySelectorAll(":is(ol, .offers:not([hidden])) a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + step))].focus();
  });
}

export function openSearch(opener, html, query) {
  if (!dialog) buildDialog(opener, html);
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  if (query) {
    input.value = query;
    input.dispatchEvent(new Event("input"));
  }
  input.select();
}
