// What a query finds: asked by the search dialog (search-dialog.js) and by the finder. How it is read: search-query.js; how
// what is found is ranked: search-rank.js.

import { isAmong, known, loadAgainOnline, pagefind, pagesHave, ready, siteIsReached } from "./search-index.js";
import { fold, readQuery, wordsOf } from "./search-query.js";
import { answersTo, asResult, hitsOfWord, inOrder, pageWithSections, rankPages } from "./search-rank.js";
import { bare, plain } from "./search-words.js";

export { ready };
export { excerptOf } from "./search-results.js";
export const MOST = 12; // results shown

// What a query finds: answers, then pages of the index, each with its address, and what was changed in the query;
// `offline` where parts of the index are missing; `loose` where no section shown has all its words, nor an answer most.
// Null where a later query has come between. Wait until it is `ready`.
export async function find(query, filters = {}, wait = 0) {
  const { text, ...changes } = readQuery(query, known);
  const words = wordsOf(text);
  const held = words.filter(pagesHave).join(" ");
  const whole = held ? await pagefind.debouncedSearch(held, {}, wait) : { results: [] };
  if (!whole) return null;
  const offered = changes.absent.filter((name) => known.answers.some(({ names }) => names.includes(bare(name)))); // the nearest
  const stems = [...new Set(plain([text, ...offered].join(" ")))];
  const isNarrowed = Object.keys(filters).length > 0; // to pages of a kind: no answer is one
  const { answers, best, cover } = isNarrowed ? { answers: [], best: 1, cover: 1 } : answersTo(stems, bare(fold(query.trim())));
  const { ranked: all, isIncomplete } = await rankPages(words, whole);
  const ranked = all.filter((hit) => isAmong(hit, filters));
  const counts = {}; // of what each choice would leave
  for (const { name, value, ids } of known.choices) (counts[name] ??= {})[value] = ranked.filter(({ id }) => ids.has(id)).length;
  const loaded = await Promise.allSettled(ranked.slice(0, MOST).map(pageWithSections));
  const pages = loaded.flatMap(({ value }) => value ?? []);
  const lost = loaded.find(({ reason }) => reason);
  const offline = Boolean(lost || isIncomplete) && !(await siteIsReached());
  if (lost && !offline) throw lost.reason;
  if (offline) loadAgainOnline();
  const results = inOrder(answers, best, pages, stems);
  const count = results.length + (offline ? 0 : ranked.length - pages.length); // with those that are not loaded
  const loose = !offline && cover < 0.6 && words.length > 1 && pages.every(({ mostWords }) => mostWords < words.length);
  return { results: results.slice(0, MOST), count, offline, loose, filters: counts, ...changes };
}

// For the finder: each word of a query, as the index is asked for it, with the section that says most of it on each page of
// the kind, by the last part of its address. Wait until it is `ready`.
export async function pagesWith(query, filters) {
  const { text, without, absent } = readQuery(query, known);
  const told = new Map([...absent, ...without].map((word) => [word, new Map()]));
  for (const word of wordsOf(text)) {
    const hits = await hitsOfWord(word, filters);
    const pages = await Promise.all(hits.map((hit) => pageWithSections({ each: [{ hit, rare: 1 }] })));
    const results = pages.map((page) => asResult(page));
    const said = results.map(({ url, excerpt, sections: [best] }) => [url.split("/").at(-2), best ?? { title: "", excerpt }]);
    told.set(word, new Map(said));
  }
  return told;
}
