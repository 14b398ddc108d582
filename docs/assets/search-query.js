// How a query is read: as the index is asked, and what was changed in it.

import { bare, begun, beginsAll, nearest, plain } from "./search-words.js";

const lang = document.documentElement.lang;

// The index is made from text folded in the same way (scripts/web/search_index.py).
export const fold = (text) =>
  text.replaceAll("’", "'").replaceAll("œ", "oe").replaceAll("Œ", "Oe").replaceAll("æ", "ae").replace(/[\u202f\u00a0]/g, " ");

// A query without the small words of a question (how much does it cost, peut-on, a-t-elle), unless it has no others.
function withoutSmallWords(query, small) {
  const words = query.split(/\s+/);
  const alone = (word) => word.toLowerCase().replace(/[?!.,;:]+$/, "").replace(/-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)$/, "");
  const others = words.filter((word) => !small.has(alone(word)));
  return (others.some((word) => /\p{L}|\p{N}/u.test(word)) ? others : words).join(" ");
}

const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\S)/giu;
const ELIDED = /^(?:[djls]|qu)(?=h?[aeiouyàâéèêîôœ].{3})/;
const HOW_MUCH = /\bhow much\b|\bcombien\b(?! d[e'])/gi;
const NUMBER = /(?<!\d)\d{1,3}(?:[ ,.']\d{3})+(?!\d)/g; // 50 000, 50,000: asked for as 50000

// A query as the index is asked. Pagefind stems words and completes them, but looks for l'évaluation as it stands, and
// takes these plurals for words of their own: without its elision, and in the singular, a word finds all its forms.
// L1511-3 is the article that pages call L. 1511-3, a co-op is a coop. Who asks how much asks for the cost.
export const queryForIndex = (query, small) =>
  withoutSmallWords(fold(query).replace(HOW_MUCH, lang === "en" ? "cost" : "coût").replace(ELISION, ""), small)
    .replace(NUMBER, (number) => number.replace(/\D/g, ""))
    .replace(/(lieu|jeu)x\b|([ée]lu)s\b|\b(metropolis)es\b/gi, "$1$2$3")
    .replace(/\bco-(?=op)/gi, "co")
    .replace(/\b([dlr])\.?\s?(?=\d{3,4}-\d)/gi, "$1. ");

// A word, or the number of an article; and with what stands before this.
export const WORD = /\p{L}{2,}|(?<!\d)\d{3,4}(?:-\d{1,3})+(?!\d)/gu;
const WORD_OR_ARTICLE = new RegExp(`(?:\\barticles? )?(?:\\b[dlr]\\. )?(?:${WORD.source})`, "giu");

// A query as the index is asked, and what was changed in it: `absent`, what no page is about; of words and articles that
// neither pages nor answers have, `without` those that are left out, `near` those that the nearest word stands for. Of
// another ending alone (finançable, finance) nothing is said. `known`: see search-index.js.
export function readQuery(query, known) {
  const changes = { near: [], without: [], absent: [] };
  const about = fold(query.slice(0, 200)).replace(known.absent, (_, name) => {
    changes.absent.push(name);
    return "";
  });
  const text = queryForIndex(about, known.small).replace(WORD_OR_ARTICLE, (word) => {
    const meant = wordMeant(word, known);
    if (!meant) changes.without.push(word);
    else if (!bare(word).startsWith(bare(meant))) changes.near.push([word, meant]);
    return meant;
  });
  return { text, ...changes };
}

// What is looked for where a word is asked for: the word itself if it is known; else, in French, what follows an elision
// without its apostrophe (lépicerie), one that means the same and that pages have, or the nearest, or "".
function wordMeant(word, known) {
  const isSaid = (text) => begun(bare(text), known.words);
  const rest = lang === "fr" ? word.replace(ELIDED, "") : word;
  if (!isSaid(word) && isSaid(rest)) return rest;
  const group = known.groups.get(plain(word)[0]);
  if (!group) return nearest(word, known.words, lang);
  return isSaid(word) || plain(word).some(isSaid) ? word : (group.find((other) => beginsAll(other, known.pages)) ?? word);
}

// The words of a query that was read. A letter alone is none, unless there is no other.
export const wordsOf = (text) => [...new Set(text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]+|\p{N}/gu) ?? text.match(/\p{L}/gu) ?? [])];
