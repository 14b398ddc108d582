// The words of a query beside those that the search knows: which answers have them, how many are shown, and which word was
// meant where one is mistyped.

// A text without accents and capitals.
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
// One form for singular and plural, masculine and feminine, verb and noun, as far as endings go.
const ENDINGS = [[/aux$/, "al"], [/euses?$/, "eur"], [/(?:es|s|x|e)$/, ""], [/(?<=...)(?:ing|ed)$/, ""], [/y$/, "i"], [/([a-z])\1$/, "$1"]];
const stem = (word) => (word.length > 3 ? ENDINGS.reduce((text, [end, by]) => text.replace(end, by), word) : word);

// A text as words without accents, case and endings. A letter alone is no word.
export const plain = (text) => (bare(text).match(/[\p{L}\p{N}]{2,}|\p{N}/gu) ?? []).map(stem);

// How much of the one the words of an answer and of a query have in common, where the one has all of the other: 1 where
// they are the same. The last word of a query may be only begun. A word that means the same (`same` gives them) is
// nearly as good; so is, `loosely`, most of a query with words too many (I chair an association, may I vote).
function partInCommon(words, query, same, loosely) {
  const alike = query.map(same);
  if (words.every((word) => query.includes(word))) return words.length / query.length;
  const last = query.at(-1);
  const has = (word) => words.includes(word) || (word === last && word.length > 2 && words.some((other) => other.startsWith(word)));
  if (query.every(has)) return query.length / words.length;
  const near = alike.filter((others, i) => has(query[i]) || others.some((other) => words.includes(other))).length;
  const met = words.filter((word) => query.includes(word) || alike.some((others) => others.includes(word))).length;
  const isWhole = met === words.length || near === query.length;
  const part = (ALIKE * (isWhole ? Math.min(met, near) : query.filter(has).length)) / Math.max(words.length, query.length);
  return isWhole || (loosely && part >= 0.5) ? part : 0;
}
const ALIKE = 0.8;

// A phrase to be looked for in another, word for word.
const spaced = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;

// The three best answers to a query, and how well the best fits: at least a third, the others half as well. Of those that
// fit alike, first the one that has the query as it stands (`text`, bare): sources, not sourcing.
export function answersTo(query, text, answers, same) {
  const asked = spaced(text);
  const isSaid = ({ names }) => names.some((name) => name === text || (name.split(" ").length > 2 && asked.includes(spaced(name))));
  const shareOf = (one, loosely) => Math.max(isSaid(one) ? 0.5 : 0, ...one.words.map((words) => partInCommon(words, query, same, loosely)));
  const bestOf = (shares) => Math.max(...shares.map(([share]) => share));
  let shares = answers.map((answer) => [shareOf(answer, false), answer]);
  if (bestOf(shares) < 0.5) shares = answers.map((answer) => [shareOf(answer, true), answer]);
  const best = bestOf(shares);
  const found = shares.filter(([share]) => share >= Math.max(1 / 3, best / 2));
  found.sort(([a, { names }], [b, other]) => b - a || other.names.includes(text) - names.includes(text));
  return [found.slice(0, 3).map(([, answer]) => answer), best];
}

// How many letters differ, are missing, too many or the wrong way round; more than `most` is not counted on. One letter
// in place of another counts for `wrong`.
function lettersApart(a, b, most, wrong) {
  if (Math.abs(a.length - b.length) > 1) return most + 1;
  let [before, above] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]) * wrong);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}

// Whether one of `words` begins with a word, its plural ending aside (of four letters it may be none: Mans), or is a number.
// Each of `words` is bare and as written; and whether it is rare.
export function begun(word, words) {
  const start = word.length > 4 ? word.replace(/(?:es|s|x)$/, "") : word;
  return words.some(([other]) => (/\d/.test(word) ? other === word : other.startsWith(start)));
}

// A French word as it sounds: clôse is clause.
const SOUNDS = [[/e?au/g, "o"], [/ph/g, "f"], [/y/g, "i"], [/(.)\1/g, "$1"], [/(?:es|[esx])$/, ""]];
const sound = (word) => SOUNDS.reduce((text, [spelt, by]) => text.replace(spelt, by), word);

// The consonants of a word, as they sound before -ion: of two words that differ by two letters, they tell whether one is
// the other (subvansion, subvention) or not (plastique, pratique).
const consonants = (word) => word.replace(/t(?=ion)/g, "s").replace(/[aeiouy]/g, "").replace(/(.)\1/g, "$1");

// The word itself where one of `words` begins with it; else one that sounds the same, in French; else the nearest with the
// same first letter, or "". A rare one is nearer only if it differs less. In a short word another letter makes another
// word (Nîmes, names); one of four letters, an abbreviation or a number (whatever stands before it) is what it is.
export function nearest(word, words, lang) {
  const own = bare(word).replace(/^.* /, "");
  if (begun(own, words)) return word;
  const heard = lang === "fr" && words.find(([other, , rare]) => !rare && other.length > 3 && sound(other) === sound(own));
  if (heard) return heard[1];
  if (own.length < 5 || /^\p{Lu}{2,5}$|\d/u.test(word)) return "";
  const most = own.length > 7 ? 2 : 1;
  const wrong = own.length > 5 ? 1 : 2;
  let best = ["", most + 2];
  for (const [other, written, rare] of words) {
    const far = other[0] === own[0] ? lettersApart(own, other, most, wrong) : most + 1;
    if (far <= most && far + rare < best[1] && (far < 2 || consonants(own) === consonants(other))) best = [written, far + rare];
  }
  return best[0];
}
