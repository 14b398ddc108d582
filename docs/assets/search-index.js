// What the search knows, loaded at its first use: Pagefind's index of the page's language, and data/search.json
// (scripts/web/search_index.py).

import { fold, queryForIndex, WORD } from "./search-query.js";
import { bare, beginsAll, plain } from "./search-words.js";

const lang = document.documentElement.lang;
export const root = new URL("../../", import.meta.url);
const version = import.meta.url.split("/").at(-2); // the folder of this script is named by what the assets hold

export let pagefind;
// `small` words; `answers` with their words; `groups` of words that mean the same, by the stem of each; an expression for
// what is `absent`, what no page is about; the words of the `pages`; `words`, those and the answers'; the `choices`
// that narrow a search, each with its pages by the id of their hits.
export let known;
let loading;

// To be waited for before the index is asked.
export const ready = () =>
  (loading ??= load().catch((error) => {
    loading = undefined; // to be asked for again
    throw error;
  }));

// What is missing without a network is asked for again when there is one.
export const loadAgainOnline = () => addEventListener("online", () => (loading = undefined), { once: true });

async function load() {
  const name = lang === "en" ? "data/search.json" : `${lang}/data/search.json`;
  const [index, answer] = await Promise.all([
    import(new URL("pagefind/pagefind.js", root).href),
    fetch(new URL(`${name}?v=${version}`, root)),
  ]);
  const data = await answer.json();
  await index.destroy(); // a part that could not be loaded before is asked for again
  await index.options({ baseUrl: "/", excerptLength: 24, highlightParam: null });
  const choices = data.choices.map(([name, value, ids]) => ({ name, value, ids: new Set(ids) }));
  const small = new Set(data.small.map(fold));
  const answers = data.answers.map((one) => ({ ...one, ...formsOf(one.asked, small) }));
  const pages = data.words.flatMap((text, rare) => formsOfWords(text, rare)); // of frequent words and of rare ones
  const words = [...pages, ...formsOfWords(fold(answers.flatMap(({ asked }) => asked).join(" ")), 1)];
  known = { small, answers, groups: groupsByStem(data.same), absent: expressionFor(data.absent), pages, words, choices };
  pagefind = index;
}

// Whether a hit is one of the pages that all choices have: `{ theme: "Food" }`.
export function isAmong({ id }, chosen) {
  return known.choices.every(({ name, value, ids }) => chosen[name] !== value || ids.has(id));
}

// What is asked of an answer: the words of each query, and the query as it stands.
function formsOf(asked, small) {
  const words = asked.map((query) => [...new Set(plain(queryForIndex(query, small)))]);
  return { words: words.filter((some) => some.length), names: asked.map((query) => bare(fold(query))) };
}

// The words of a text, each bare and as it is written; `rare` is 1 of those that are, else 0.
const formsOfWords = (text, rare) => [...new Set(text.match(WORD))].map((written) => ({ form: bare(written), written, rare }));

function groupsByStem(same) {
  const groups = new Map();
  for (const group of same.map((words) => words.map((word) => word.replaceAll("-", " ")))) {
    for (const word of group) {
      const stem = plain(word).join(" ");
      groups.set(stem, [...(groups.get(stem) ?? []), ...group]);
    }
  }
  return groups;
}

// Any of these names as a whole word, in capitals or not, with or without accents and hyphens.
function expressionFor(names) {
  const spelt = names.map((name) => name.replace(/[ -]/g, "[ -]").replace(/[À-ÿ]/g, "."));
  return new RegExp(`(?<![\\p{L}\\d-])(?:[dl]')?(${spelt.join("|") || "(?!)"})(?![\\p{L}\\d-])`, "giu");
}

// Whether pages have a word, or one that begins with it. For another, Pagefind takes what has its first letters: re, for
// refugees.
export const pagesHave = (word) => beginsAll(word, known.pages);

// Whether the site can be reached: the service worker, which answers from what it keeps, lets this request through.
export const siteIsReached = () => fetch(root, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
