// How results are ranked: which answers a query has (data/search.yml), which pages have its words, which of their sections
// say most of it, and what stands first.

import { fold } from "./search-query.js";
import { isAmong, known, pagefind, pagesHave } from "./search-index.js";
import { plain } from "./search-words.js";

const PAGES = 300; // so many there are, about: a word that few of them have says more
const FEW = 6; // pages that have a word; with fewer, words that mean the same are looked for too
const LEAST = 0.4; // of what the words of a query say, a page must have
const ALIKE = 0.8; // what a word is worth that means the same
export const GOOD = 0.5; // the part of a query from which an answer is a good one

const kept = new Map(); // each answer asks again
function sameAs(word) {
  if (!kept.has(word)) kept.set(word, (known.groups.get(word) ?? []).map(plain).filter((words) => words.length === 1).flat());
  return kept.get(word);
}

// How much of the one the words of an answer and of a query have in common, where the one has all of the other: 1 where
// they are the same. The last word of a query may be only begun. A word that means the same is nearly as good; so is,
// `loosely`, most of a query with words too many (I chair an association, may I vote).
function partInCommon(words, query, loosely) {
  const last = query.at(-1);
  const isBegun = (word) => word === last && word.length > 2 && words.some((other) => other.startsWith(word));
  const isThere = (word) => words.includes(word) || isBegun(word);
  if (query.every(isThere)) return query.length / words.length;
  const alike = query.map(sameAs);
  const ofQuery = query.filter((word, i) => isThere(word) || alike[i].some((other) => words.includes(other))).length;
  const ofAnswer = words.filter((word) => query.includes(word) || alike.some((others) => others.includes(word))).length;
  const isWhole = ofAnswer === words.length || ofQuery === query.length;
  const common = isWhole ? Math.min(ofAnswer, ofQuery) : query.filter(isThere).length;
  const part = (ALIKE * common) / Math.max(words.length, query.length);
  return isWhole || (loosely && part >= GOOD) ? part : 0;
}

// What a query has, bare, that asks what a word means.
const MEANING = /\bwhat (?:is|are)\b|\bmean(?:s|ing)?\b|\bdefini|c'?est quoi|qu'?est.ce qu|\ba quoi sert|\bsignifi|\bveut dire\b/;
const isTerm = ({ url }) => url.includes("/glossary/#");

// What a query has, bare, of one who asks for an organisation, not for an authority: the page for these then comes first.
const FOR_OURSELVES = /\b(?:i|we|our|my|us|je|nous|notre|nos|mon|ma|ask|apply|sell|demander|obtenir|vendre)\b/;
const isForOrganisations = ({ url }) => url.includes("start/sse-organisations/#");

// What begins a question that has a page of its own: who pays, qui décide.
const QUESTION = /^(?:who|qui) /;

// Whether a query, so spaced, has a name word for word; only a question, or a name of three words and more, is looked for.
const spaced = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
const isSaid = (name, asked) => (QUESTION.test(name) || name.split(" ").length > 2) && asked.includes(spaced(name));

// How well an answer fits a query, from 0 to 1: by a name that is the query, or that stands in it word for word; by those
// of its names that the query has whole, together (deputy mayor first 100 days); or by the one that has most in common.
function fitOf({ words, names }, query, text, loosely) {
  if (names.includes(text)) return 1;
  const whole = words.filter((some) => some.every((word) => query.includes(word)));
  const asked = spaced(text);
  const named = names.some((name) => isSaid(name, asked)) ? GOOD : new Set(whole.flat()).size / query.length;
  return Math.max(named, ...words.map((some) => partInCommon(some, query, loosely)));
}

// How much each word of a query says: one that few answers have says more. Of a grant for a gymnasium, gymnasium.
function weighed(query) {
  const holdersOf = (word) => known.answers.filter(({ words }) => words.some((some) => some.includes(word))).length;
  return query.map((word) => ({ word, says: Math.log(1 + known.answers.length / (1 + holdersOf(word))) }));
}

// What part of a query, its words weighed, an answer has in all its words together, in any order.
function coverOf(answer, weights) {
  const all = new Set(answer.words.flat());
  const part = (word) => (all.has(word) ? 1 : sameAs(word).some((other) => all.has(other)) ? ALIKE : 0);
  const sum = weights.reduce((sum, { says }) => sum + says, 0);
  return weights.reduce((had, { word, says }) => had + says * part(word), 0) / (sum || 1);
}

const bringForward = (list, from, to) => from > to && list.splice(to, 0, ...list.splice(from, 1));

// The three best answers to a query (its stems, and its `text`, bare), each of another address, and how good the best is.
// 1. Those that fit are taken: a third at least, and half as well as the best one.
// 2. They come by how well they fit, times what they cover. Of equals, first a term that the query asks the meaning of or
//    abbreviates, then what has the query for a name: sources, not sourcing.
// 3. The first term is second among its equals at the latest; second of all, the page of a question that is asked.
export function answersTo(query, text) {
  const fitting = (loosely) => known.answers.map((answer) => ({ answer, fit: fitOf(answer, query, text, loosely) }));
  const bestOf = (some) => Math.max(...some.map(({ fit }) => fit));
  const strictly = fitting(false);
  const fits = bestOf(strictly) < GOOD ? fitting(true) : strictly;
  const best = bestOf(fits);
  const weights = weighed(query);
  const ranks = fits.filter(({ fit }) => fit >= Math.max(1 / 3, best / 2)).map(({ answer, fit }) => {
    const cover = coverOf(answer, weights);
    const forOthers = isForOrganisations(answer) && !FOR_OURSELVES.test(text);
    return { answer, cover, rank: fit * (1 + 2 * cover) * (forOthers ? ALIKE : 1) };
  });
  const isMeant = ({ answer }) => isTerm(answer) && (MEANING.test(text) || answer.title.split(/[ ’]/).includes(text.toUpperCase()));
  const isCalled = ({ answer }) => answer.names.includes(text);
  ranks.sort((a, b) => b.rank - a.rank || isMeant(b) - isMeant(a) || isCalled(b) - isCalled(a));

  const term = ranks.findIndex(({ answer }) => isTerm(answer));
  bringForward(ranks, term, ranks.findIndex(({ rank }) => rank === ranks[term]?.rank) + 1);
  const isAsked = (name) => QUESTION.test(name) && isSaid(name, spaced(text));
  bringForward(ranks, ranks.findIndex(({ answer }) => answer.names.some(isAsked)), 1);

  const first = ranks.filter(({ answer }, i) => i === ranks.findIndex((other) => other.answer.url === answer.url)).slice(0, 3);
  const byRank = ranks.length ? ranks[0].rank / 1.4 : 0; // a rank of 0.7 is GOOD too
  return { answers: first.map(({ answer }) => answer), best: Math.max(best, byRank), cover: Math.max(0, ...first.map(({ cover }) => cover)) };
}

// Pages that have most of the words come first, rare words counting for more: Pagefind alone wants them all, and finds
// long pages only. Each page with its hits: of all the words together (`whole`), where it has them, and of each. Then
// whether the index has nothing on a word: those that it does not know were mended before, so a part of it may be missing.
export async function rankPages(words, whole) {
  const pages = new Map(); // by the id of their hits
  const pageOf = ({ id }) => pages.get(id) ?? pages.set(id, { id, each: [], score: 0, has: 0 }).get(id);
  let sum = 0;
  let isIncomplete = false;
  for (const word of words) {
    const hits = await hitsOfWord(word);
    isIncomplete ||= /\D/.test(word) && pagesHave(word) && !hits.length;
    if (!hits.length) continue;
    const rare = Math.log(1 + PAGES / hits.length);
    const highest = Math.max(...hits.map(({ score }) => score));
    sum += rare;
    for (const hit of hits) {
      const page = pageOf(hit);
      page.each.push({ hit, rare });
      page.has += rare;
      page.score += (rare * hit.score) / highest;
    }
  }
  for (const hit of whole.results) pageOf(hit).all = hit;
  for (const page of pages.values()) page.score *= page.has / sum;
  const ranked = [...pages.values()].filter(({ has }) => has / sum > LEAST).sort((a, b) => b.score - a.score);
  return { ranked, isIncomplete };
}

// The pages that have a word; where there are few, those besides that have another of the same meaning. Of a number
// Pagefind takes the beginning too (1070 for 107), unless it is quoted: then it ranks by nothing.
export async function hitsOfWord(word, chosen = {}) {
  const hitsOf = async (text) => (await pagefind.search(text)).results.filter((hit) => isAmong(hit, chosen));
  const own = pagesHave(word) ? await hitsOf(word) : [];
  if (/^\d+$/.test(word)) {
    const exact = new Set((await hitsOf(`"${word}"`)).map(({ id }) => id));
    return own.filter(({ id }) => exact.has(id));
  }
  if (own.length >= FEW) return own;
  const hits = new Map(); // of each page the best, its own before all
  for (const other of new Set(known.groups.get(plain(word)[0])?.filter(pagesHave))) {
    for (const hit of await hitsOf(other)) if (!(hits.get(hit.id)?.score > hit.score)) hits.set(hit.id, hit);
  }
  for (const hit of own) hits.set(hit.id, hit);
  return [...hits.values()];
}

// How much of the query a section holds: a word of its heading counts as ten of its text.
function weightOf({ anchor, locations, title }) {
  const heading = anchor.location + title.trim().split(/\s+/).length;
  return locations.reduce((sum, place) => sum + (place < heading ? 10 : 1), 0);
}

// A page with the best sections of all its hits, those that have most of the words, and how many words one of them has at
// most. A section has the excerpt of all the words together, else that of the word that it says most of.
export async function pageWithSections({ all, each }) {
  const sections = new Map(); // by address; also what stands above the first heading, which has no anchor
  let whole;
  for (const { hit, rare } of each) {
    const data = { ...(await hit.data()) }; // Pagefind changes the same object for each hit
    whole ??= data;
    for (const found of data.sub_results) {
      const section = sections.get(found.url) ?? { ...found, weight: 0, best: 0, words: 0 };
      sections.set(found.url, section);
      section.words += 1;
      const weight = found.anchor ? weightOf(found) : 0;
      const own = (rare * weight) / (weight + 4);
      section.weight += own;
      if (own > section.best) [section.best, section.excerpt] = [own, found.excerpt];
    }
  }
  if (all) whole = await all.data();
  for (const { url, excerpt } of whole.sub_results) if (sections.has(url)) sections.get(url).excerpt = excerpt;
  const best = [...sections.values()].filter(({ anchor }) => anchor).sort((a, b) => b.weight - a.weight);
  const mostWords = Math.max(0, ...[...sections.values()].map(({ words }) => words));
  return { ...whole, sections: best, mostWords };
}

// A page of the index in the shape of an answer, with its best sections that are not `given` already. It shows an
// excerpt of its own where none does.
export function asResult({ url, meta, excerpt, content, sections: all }, given = new Set()) {
  const sections = all
    .map(({ url, title, excerpt }) => ({ url: url.slice(1), title: title.trim(), excerpt }))
    .filter(({ url }) => !given.has(url))
    .slice(0, 3);
  return { url: (meta.url ?? url).slice(1), title: meta.title, facts: meta.facts, excerpt: sections.length ? "" : excerpt, content, sections };
}

// Answers, of which the best has a share of the query, and pages, as results in their order. A good answer comes first,
// another behind the two best pages, unless it is one of them. Of a place and a subject (Lille housing), a case of that
// place comes before them, where it is the best page and has both.
export function inOrder(answers, share, pages, stems) {
  const isGood = share >= GOOD;
  const answered = new Set(answers.map(({ url }) => url));
  const ofPages = pages.map((page) => asResult(page, isGood ? answered : undefined));
  if (!isGood) for (const { url } of ofPages.slice(0, 2)) answered.delete(url);
  const results = ofPages.filter(({ url }) => !answered.has(url));
  const others = answers.filter(({ url }) => answered.has(url));
  const ofAnswers = others.map((answer) => ({ ...ofPages.find(({ url }) => url === answer.url), excerpt: "", ...answer }));
  results.splice(!isGood ? 2 : isOfPlace(results[0], stems) ? 1 : 0, 0, ...ofAnswers);
  return results;
}

// Whether a query names the place of a result, and something else that it says too.
function isOfPlace(result, stems) {
  const place = known.answers.find(({ url, title }) => url.includes("territories/") && result?.facts.includes(` · ${fold(title)} · `));
  if (!place?.words.some((name) => name.every((word) => stems.includes(word)))) return false;
  const text = new Set(plain(result.content));
  const isSaid = (word) => [word, ...sameAs(word)].some((other) => text.has(other));
  const subject = stems.filter((word) => !place.words.flat().includes(word));
  return subject.length > 0 && subject.every(isSaid);
}
